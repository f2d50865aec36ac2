"""Is a confidence of 80 % right four times in five? The reliability diagram and its table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stance.report import svg
from stance.report.elements import NOTHING, Markup, join
from stance.report.tables import table
from stance.report.wording import counted, number, percent

if TYPE_CHECKING:
    from stance.evaluation.records import CalibrationBin

_SIDE = 330  # pixels, the height of the plot; style.css caps the width so that it stays about square
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def reliability(bins: Sequence[CalibrationBin], *, head: str) -> Markup:
    """Draw mean confidence (across) against the share labelled rightly (up), one dot a bin of rows."""
    said = "; ".join(f"{percent(each.confidence)} sure, {percent(each.accuracy)} right" for each in bins)
    return svg.canvas(
        _SIDE + 64,
        f"Reliability of {head}, {counted(len(bins), 'bin')}: {said}.",
        svg.text("labelled rightly", 0, "14", "tick"),
        svg.area(_grid(), *map(_bin, bins), x=0.1, y=28, width=0.86, height=_SIDE),
        svg.text("confidence", 0.96, f"{_SIDE + 60}", "tick", anchor="end"),
        class_="chart square",
    )


def _grid() -> Markup:
    return join(
        [
            *(svg.line(0, _up(tick), 1, _up(tick), "grid") for tick in _TICKS),
            *(svg.text(f"{100 * tick:.0f}", -0.025, _up(tick), "tick", anchor="end", dy=4) for tick in _TICKS),
            *(svg.text(f"{100 * tick:.0f}", tick, "100%", "tick", anchor="middle", dy=17) for tick in _TICKS),
            svg.line(0, _up(0), 1, _up(1), "diagonal"),
            svg.text("too modest", 0.04, _up(0.93), "remark"),
            svg.text("too sure", 0.96, _up(0.05), "remark", anchor="end"),
        ]
    )


def _bin(each: CalibrationBin) -> Markup:
    """Draw a bin: its range across, its interval and its distance from the diagonal up and down, and a dot."""
    up = _up(each.accuracy)
    title = f"{counted(each.count, 'row')}: {percent(each.confidence)} sure, {percent(each.accuracy)} right"
    interval = each.accuracy_interval
    return join(
        [
            svg.line(each.confidence, _up(interval.low), each.confidence, _up(interval.high), "spread")
            if interval
            else NOTHING,
            svg.line(each.confidence, _up(each.confidence), each.confidence, up, "gap"),
            svg.line(each.low, up, each.high, up, "range"),
            svg.dot(each.confidence, up, 5, "dot", title=title),
        ]
    )


def _up(value: float) -> str:
    return svg.share(1 - value)


def bins_table(bins: Sequence[CalibrationBin], *, head: str) -> Markup:
    """Give the bins as figures."""
    rows = [
        [
            _range(each.low, each.high),
            percent(each.confidence),
            percent(each.accuracy),
            _range(*each.accuracy_interval) if each.accuracy_interval else "\N{EN DASH}",
            number(each.count),
        ]
        for each in bins
    ]
    return table(["confidence", "mean", "right", "95 % interval", "rows"], rows, name=f"Calibration bins of {head}")


def _range(low: float, high: float) -> str:
    return f"{100 * low:.0f}\N{EN DASH}{100 * high:.0f}\N{NO-BREAK SPACE}%"
