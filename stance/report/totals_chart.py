"""Corrected shares as one SVG file: dots with intervals by value, or lines over time; plain shares hollow beside them.

Knows nothing of how the shares were made.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING

from stance.report.colours import colours
from stance.report.elements import NOTHING, Markup, join, tag
from stance.report.wording import clipped, number

if TYPE_CHECKING:
    from stance.evaluation.totals import Cell, Share, Totals

#: More rows of panels would not fit on a page; the table and the CSV file have all.
MOST_VALUES = 12
_NAMES, _PANEL, _GAP, _TOP, _FOOT = 260, 190, 26, 96, 52
_DOT_ROW, _LINE_ROW = 34, 120
_FEW = "\N{MULTIPLICATION SIGN}"
_READING = (
    "Filled: corrected share of the decided rows, with its 95 % interval. Hollow: plain count. "
    "×: too few decided rows to say."
)


def render_totals(totals: Totals) -> str:
    """Give the chart as a complete SVG file: one column of panels a label, one row a value of the column counted by."""
    values = list(dict.fromkeys(cell.value for cell in totals.cells))[:MOST_VALUES]
    by_value = {value: [cell for cell in totals.cells if cell.value == value] for value in values}
    height = _LINE_ROW if totals.over else _DOT_ROW
    width = _NAMES + len(totals.labels) * (_PANEL + _GAP)
    whole = _TOP + height * len(values) + _FOOT
    periods = sorted({cell.period for cell in totals.cells if cell.period is not None})
    rows = (
        _row(totals, value, by_value[value], periods, _TOP + height * place, height)
        for place, value in enumerate(values)
    )
    drawing = tag(
        "svg",
        tag("title", f"Shares of {totals.head}"),
        tag("style", Markup(_style())),
        tag("rect", width=width, height=whole, class_="paper"),
        _text(f"Shares of {totals.head}, corrected for known confusions", 16, 30, "heading"),
        _text(_READING, 16, 52, "soft"),
        *(_heading(label, place, totals) for place, label in enumerate(totals.labels)),
        *rows,
        _foot(totals, periods, whole),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {whole}",
        width=width,
        height=whole,
        role="img",
    )
    return f"{drawing}\n"


def _row(
    totals: Totals, value: str | None, cells: Sequence[Cell], periods: Sequence[str], top: int, height: int
) -> Markup:
    rows = sum(cell.rows for cell in cells)
    name = (value if value is not None else "(blank)") if totals.by else "all rows"
    named = [
        _text(clipped(name, 24), 16, top + 20, "name"),
        _text(f"{number(rows)} rows", _NAMES - 14, top + 20, "soft", anchor="end")
        if height == _DOT_ROW
        else _text(f"{number(rows)} rows", 16, top + 38, "soft"),
    ]
    panels = [
        _line_panel(cells, place, kind, periods, top)
        if totals.over
        else _dot_panel(cells[0].shares[place], kind, _left(place), top)
        for place, kind in enumerate(colours(totals.labels)[label] for label in totals.labels)
    ]
    return join([*named, *panels])


def _dot_panel(share: Share, kind: str, left: int, top: int) -> Markup:
    """Draw one share along a scale from 0 to 1."""
    y = top + 16
    track = _line(left, y, left + _PANEL, y, "track")
    if share.plain is None or share.corrected is None or share.interval is None:
        return join([track, _text(_FEW, left + _PANEL / 2, y + 4, "soft", anchor="middle")])
    low, high = (left + _PANEL * bound for bound in share.interval)
    return join(
        [
            track,
            _line(low, y, high, y, f"range {kind}"),
            _dot(left + _PANEL * share.plain, y, "plain", share),
            _dot(left + _PANEL * share.corrected, y, f"dot {kind}", share),
        ]
    )


def _line_panel(cells: Sequence[Cell], place: int, kind: str, periods: Sequence[str], top: int) -> Markup:
    """Draw one label over time; a period without a corrected share breaks the line."""
    left, high = _left(place), _LINE_ROW - 24
    step = _PANEL / max(len(periods), 1)
    at = {period: left + step * (i + 0.5) for i, period in enumerate(periods)}

    def up(share: float) -> float:
        return top + 8 + high * (1 - share)

    parts = [_line(left, up(level), left + _PANEL, up(level), "track") for level in (0, 0.5, 1)]
    before: tuple[float, float] | None = None
    shares = {cell.period: cell.shares[place] for cell in cells if cell.period is not None}
    for period, share in ((period, shares[period]) for period in periods if period in shares):
        x = at[period]
        if share.plain is None or share.corrected is None or share.interval is None:
            parts.append(_text(_FEW, x, up(0) - 4, "soft", anchor="middle"))
            before = None
            continue
        now = (x, up(share.corrected))
        parts += [
            _line(x, up(share.interval.low), x, up(share.interval.high), f"range {kind}"),
            _line(*before, *now, f"path {kind}") if before else NOTHING,
            _dot(x, up(share.plain), "plain", share),
            _dot(*now, f"dot {kind}", share),
        ]
        before = now
    return join(parts)


def _heading(label: str, place: int, totals: Totals) -> Markup:
    kind = colours(totals.labels)[label]
    left = _left(place)
    return join(
        [
            tag("rect", x=left, y=_TOP - 22, width=10, height=10, class_=f"swatch {kind}"),
            _text(clipped(label, 24), left + 16, _TOP - 13, "name"),
        ]
    )


def _foot(totals: Totals, periods: Sequence[str], whole: int) -> Markup:
    y = whole - _FOOT + 14
    ends = (periods[0], periods[-1]) if totals.over and periods else ("0", "1")
    marks = [
        _text(word, _left(place) + shift, y, "soft", anchor=anchor)
        for place in range(len(totals.labels))
        for word, shift, anchor in ((ends[0], 0, "start"), (ends[1], _PANEL, "end"))
    ]
    scale = "Each panel is scaled from 0 to 1 upwards. " if totals.over else ""
    return join([*marks, _text(f"{scale}Confusions: {totals.confusions_from}.", 16, whole - 14, "soft")])


def _left(place: int) -> int:
    return _NAMES + place * (_PANEL + _GAP)


def _style() -> str:
    """Give the report's colours and the few rules of this chart."""
    style = files("stance.report").joinpath("style.css").read_text(encoding="utf-8")
    tokens = style[: style.index("\n*, *::before")]
    return tokens + _RULES


_RULES = """
.paper { fill: var(--paper); } text { font: 13px var(--sans); fill: var(--ink); }
.heading { font: 19px var(--serif); } .name { font-size: 14px; } .soft { font-size: 12px; fill: var(--soft); }
.track { stroke: var(--rule); } .range { stroke: var(--k); stroke-width: 5; opacity: .35; }
.path { stroke: var(--k); stroke-width: 2; } .dot, .swatch { fill: var(--k); }
.plain { fill: none; stroke: var(--soft); stroke-width: 1.3; }
"""


def _text(content: str, x: float, y: float, class_: str, *, anchor: str = "start") -> Markup:
    return tag("text", content, x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor, class_=class_)


def _line(x1: float, y1: float, x2: float, y2: float, class_: str) -> Markup:
    return tag("line", x1=f"{x1:.1f}", y1=f"{y1:.1f}", x2=f"{x2:.1f}", y2=f"{y2:.1f}", class_=class_)


def _dot(x: float, y: float, class_: str, share: Share) -> Markup:
    said = f"{share.label}: {number(share.count)} rows"
    return tag("circle", tag("title", said), cx=f"{x:.1f}", cy=f"{y:.1f}", r="4.5", class_=class_)
