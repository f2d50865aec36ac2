"""How the score grows with the statements learnt from, and what a better one is expected to take."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from stance.report import svg
from stance.report.elements import NOTHING, Markup, join, lines
from stance.report.histogram import round_step
from stance.report.sections import figure, finding, side_by_side
from stance.report.tables import table
from stance.report.wording import bounds, counted, number, percent, score

if TYPE_CHECKING:
    from stance.evaluation.learning import CurvePoint, LearningCurve

_HEIGHT = 230  # pixels of the plot
_SEGMENTS = 60
#: The drawing ends at the target, or at so many times the statements there are.
_LEAST, _MOST = 1.5, 4.0
_READING = (
    "Each dot is the macro-F1 after learning from part of the statements, with its 95\u00a0% interval; the line is the "
    "power law through them, and right of the upright line, where all statements are used up, it is an expectation."
)


def learning_part(curve: LearningCurve) -> Markup:
    """Give the sentence that the curve comes down to, the chart and the table of its points."""
    rows = [
        [
            percent(each.share),
            number(each.statements),
            number(each.phrases),
            score(each.macro_f1),
            bounds(each.macro_f1_interval) if each.macro_f1_interval else "\N{EN DASH}",
        ]
        for each in curve.points
    ]
    columns = ["learnt from", "statements", "phrases", "macro-F1", "95 % interval"]
    points = figure(
        table(columns, rows, name=f"Learning curve of {curve.head}"),
        "Further statements count as much only if they are as different from these as these are from each other, "
        "and labelled as carefully.",
    )
    drawing = figure(chart(curve), _READING) if curve.points else NOTHING
    return lines(finding(learning_finding(curve)), side_by_side(drawing, points))


def learning_finding(curve: LearningCurve) -> str:
    """Say what the target is expected to take, or why that cannot be said."""
    if curve.law is None or curve.expected is None or curve.target is None:
        return (
            f"What further statements would bring to {curve.head}: too few rows for a claim "
            f"({counted(curve.statements, 'statement')})."
        )
    now = f"With all {number(curve.statements)} statements {curve.head} is expected to reach {score(curve.expected)}"
    target = f"a macro-F1 of {score(curve.target)}"
    if curve.verdict == "reached":
        return f"{now}, so {target} is reached already."
    if curve.verdict == "not reachable":
        return f"{now}; {target} is not reachable by more of the same: the curve levels off at {score(curve.law.a)}."
    if curve.further is None:
        return f"{now}; {target} would take more than ten times as many, which is too far to say."
    return f"{now}; {target} is expected to take some {_round(curve.further)} further statements{_range(curve)}."


def _range(curve: LearningCurve) -> str:
    if curve.further_interval is None:
        return ""
    low, high = curve.further_interval
    if high is None:
        return f" (95\u00a0% interval: {_round(low)} to more than can be told)"
    return f" (95\u00a0% interval: {_round(low)} to {_round(high)})"


def _round(rows: int) -> str:
    """Write two leading digits: no curve knows more."""
    return number(int(float(f"{rows:.2g}")))


def chart(curve: LearningCurve) -> Markup:
    """Draw the macro-F1 (up) against the statements learnt from (across)."""
    most = _most(curve)
    ends = [bound for each in curve.points for bound in each.macro_f1_interval or (each.macro_f1,)]
    if curve.target is not None:
        ends.append(curve.target)
    floor, top = int(min(ends) * 10) / 10, min(1.0, (int(max(ends) * 10) + 1) / 10)
    said = ", ".join(f"{score(each.macro_f1)} after {number(each.statements)}" for each in curve.points)
    return svg.canvas(
        _HEIGHT + 64,
        f"Learning curve of {curve.head}, macro-F1 and statements: {said}.",
        svg.text("macro-F1", 0, "14", "tick"),
        svg.area(
            _grid(floor, top, most),
            _target(curve, floor, top),
            svg.line(curve.statements / most, "0", curve.statements / most, "100%", "axis"),
            _law(curve, floor, top, most),
            *(_point(each, floor, top, most) for each in curve.points),
            x=0.1,
            y=28,
            width=0.86,
            height=_HEIGHT,
        ),
        svg.text("statements learnt from", 0.96, f"{_HEIGHT + 60}", "tick", anchor="end"),
    )


def _most(curve: LearningCurve) -> float:
    wanted = curve.statements + (curve.further or 0)
    return max(1.0, min(max(1.1 * wanted, _LEAST * curve.statements), _MOST * curve.statements))


def _grid(floor: float, top: float, most: float) -> Markup:
    tenths = range(round(10 * floor), round(10 * top) + 1)
    step = round_step(int(most))
    ups = [(each / 10, _up(each / 10, floor, top)) for each in tenths]
    return join(
        [
            *(svg.line(0, y, 1, y, "grid") for _, y in ups),
            *(svg.text(f"{level:.1f}", -0.025, y, "tick", anchor="end", dy=4) for level, y in ups),
            *(
                svg.text(number(rows), rows / most, "100%", "tick", anchor="middle", dy=17)
                for rows in range(0, int(most) + 1, step)
            ),
        ]
    )


def _target(curve: LearningCurve, floor: float, top: float) -> Markup:
    if curve.target is None:
        return NOTHING
    y = _up(curve.target, floor, top)
    return join([svg.line(0, y, 1, y, "diagonal"), svg.text("target", 0.01, y, "remark", dy=-5)])


def _law(curve: LearningCurve, floor: float, top: float, most: float) -> Markup:
    if curve.law is None or not curve.points:
        return NOTHING
    first = curve.points[0].statements
    rows = [first + (most - first) * step / _SEGMENTS for step in range(_SEGMENTS + 1)]
    at = [(each / most, _up(curve.law.at(each), floor, top)) for each in rows]
    return join([svg.line(*a, *b, "curve") for a, b in pairwise(at)])


def _point(each: CurvePoint, floor: float, top: float, most: float) -> Markup:
    x, interval = each.statements / most, each.macro_f1_interval
    title = f"{score(each.macro_f1)} after {counted(each.statements, 'statement')}"
    spread = (
        svg.line(x, _up(interval.low, floor, top), x, _up(interval.high, floor, top), "spread") if interval else NOTHING
    )
    return join([spread, svg.dot(x, _up(each.macro_f1, floor, top), 5, "dot", title=title)])


def _up(value: float, floor: float, top: float) -> str:
    return svg.share(1 - (value - floor) / (top - floor))
