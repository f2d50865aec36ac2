"""How sure the model was: rows labelled rightly drawn upwards, rows labelled wrongly downwards."""

from __future__ import annotations

from collections.abc import Sequence

from stance.report import svg
from stance.report.elements import Markup, join
from stance.report.wording import counted, number

_HEIGHT = 220  # pixels of the plot, both directions together
_GAP = 0.12  # of a bin's width, left between neighbours


def confidence_histogram(right: Sequence[int], wrong: Sequence[int], *, head: str) -> Markup:
    """Draw two mirrored histograms on one scale.

    Parameters
    ----------
    right, wrong : rows in bins of equal width over [0, 1], as many in each
    """
    up, down = max(right, default=0), max(wrong, default=0)
    unit = _HEIGHT / (up + down) if up + down else 0.0
    zero = up * unit if unit else _HEIGHT / 2
    said = (
        f"Confidence of {head}: {counted(sum(right), 'row')} labelled rightly, most at {_peak(right)}; "
        f"{counted(sum(wrong), 'row')} labelled wrongly, most at {_peak(wrong)}."
    )
    return svg.canvas(
        _HEIGHT + 58,
        said,
        svg.area(
            _grid(up, down, zero, unit),
            *(_column(i, len(right), right[i], wrong[i], zero, unit) for i in range(len(right))),
            svg.line(0, f"{zero:.1f}", 1, f"{zero:.1f}", "axis"),
            y=20,
            height=_HEIGHT,
        ),
        _scale(),
    )


def _column(place: int, bins: int, right: int, wrong: int, zero: float, unit: float) -> Markup:
    left, width = (place + _GAP / 2) / bins, (1 - _GAP) / bins
    title = f"{_range(place, bins)} sure: {number(right)} right, {number(wrong)} wrong"
    return join(
        [
            svg.rect(left, f"{zero - right * unit:.1f}", width, f"{right * unit:.1f}", "bar is-right", title=title)
            if right
            else "",
            svg.rect(left, f"{zero:.1f}", width, f"{wrong * unit:.1f}", "bar is-wrong", title=title) if wrong else "",
        ]
    )


def _grid(up: int, down: int, zero: float, unit: float) -> Markup:
    """Draw a line and its count at every round number of rows, in both directions."""
    step = round_step(max(up, down))
    counts = [*range(step, up + 1, step), *(-count for count in range(step, down + 1, step))]
    heights = [(count, f"{zero - count * unit:.1f}") for count in counts]
    return join(
        [
            *(svg.line(0, y, 1, y, "grid") for _, y in heights),
            *(svg.text(number(abs(count)), 0, y, "tick", dy=-3 if count > 0 else 12) for count, y in heights),
            svg.text("right", 0, f"{zero:.1f}", "name", dy=-7),
            svg.text("wrong", 0, f"{zero:.1f}", "name", dy=17),
        ]
    )


def _scale() -> Markup:
    """Write the confidence below."""
    y = f"{_HEIGHT + 38}"
    ticks = (
        (0.0, "0", "start"),
        (0.25, "25", "middle"),
        (0.5, "50", "middle"),
        (0.75, "75", "middle"),
        (1.0, "100 %", "end"),
    )
    return join(
        [
            *(svg.text(word, x, y, "tick", anchor=anchor) for x, word, anchor in ticks),
            svg.text("confidence", 1, f"{_HEIGHT + 54}", "tick", anchor="end"),
        ]
    )


def round_step(largest: int) -> int:
    """Give 1, 2 or 5 times a power of ten such that two to five steps reach ``largest``; at least 1."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if largest < 5 * step:
                return step
        power *= 10


def _peak(counts: Sequence[int]) -> str:
    place = max(range(len(counts)), key=lambda i: counts[i])
    return _range(place, len(counts))


def _range(place: int, bins: int) -> str:
    return f"{100 * place / bins:.0f}\N{EN DASH}{100 * (place + 1) / bins:.0f} %"
