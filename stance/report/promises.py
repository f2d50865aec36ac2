"""What can be promised: the risk when only the surest rows are labelled, and sets that hold the right label."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from stance.report import svg
from stance.report.elements import Markup, join, lines, tag
from stance.report.sections import figure, finding, side_by_side
from stance.report.tables import table
from stance.report.wording import percent, score

if TYPE_CHECKING:
    from stance.evaluation.records import HeadEvaluation, Interval, LabelSets, Promise, RiskCoverage

_HEIGHT = 230  # pixels of the plot
_SHOWN_RISKS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3)
TOO_FEW = "There are too few decided rows to promise anything: below one hundred, no threshold means much."


def promises_part(head: HeadEvaluation) -> Markup:
    """Give the risk-coverage curve, the thresholds of some risks and the label sets, or say that rows are too few."""
    if head.risk_coverage is None:
        return finding(TOO_FEW)
    risks = [each for each in head.promises if each.risk in _SHOWN_RISKS]
    parts = [
        finding(best_promise(risks)),
        side_by_side(
            figure(
                curve(head.risk_coverage, head=head.head),
                "From left to right ever less sure rows are labelled: the line shows which part of them is wrong, so a "
                "useful confidence climbs from the lower left.",
            ),
            figure(
                _risks_table(risks, head.head),
                "Label only rows at least so sure, and the share of wrong labels stays below the risk in nineteen "
                "samples of twenty, on text like this.",
            ),
        ),
    ]
    if head.label_sets:
        reading = (
            "Sets of labels instead of one label: a good set is small and holds the gold label as often as promised; "
            "\u201cleast\u201d is the class that is held least often on rows left out."
        )
        parts += [
            tag("h4", "Sets of labels"),
            figure(_sets_table(head.label_sets, head.head), reading, class_="wide"),
        ]
    return lines(*parts)


def best_promise(risks: Sequence[Promise]) -> str:
    """Say the smallest of the risks that can be promised and at what price."""
    kept = [each for each in risks if each.confidence is not None]
    if not kept:
        return "On so few rows none of the risks below can be promised at any threshold."
    first = kept[0]
    return (
        f"Labelling only what is at least {percent(first.confidence or 0.0)} sure keeps the share of wrong labels "
        f"below {percent(first.risk)}, and labels {percent(first.coverage)} of the rows."
    )


def curve(found: RiskCoverage, *, head: str) -> Markup:
    """Draw the share wrong (up) against the share labelled (across)."""
    top = max(0.05, *(risk for _, risk in found.points))
    said = f"Risk and coverage of {head}: {percent(found.points[-1][1])} wrong when all are labelled."
    segments = [svg.line(a[0], _up(a[1], top), b[0], _up(b[1], top), "curve") for a, b in pairwise([*found.points])]
    marks = [
        svg.text(percent(level * top), -0.02, _up(level * top, top), "tick", anchor="end", dy=4)
        for level in (0, 0.5, 1)
    ]
    grid = [svg.line(0, _up(level * top, top), 1, _up(level * top, top), "grid") for level in (0, 0.5, 1)]
    across = [svg.text(f"{100 * at:.0f}", at, "100%", "tick", anchor="middle", dy=17) for at in (0, 0.25, 0.5, 0.75, 1)]
    return svg.canvas(
        _HEIGHT + 64,
        said,
        svg.text("labelled wrongly", 0, "14", "tick"),
        svg.area(join([*grid, *marks, *across]), *segments, x=0.11, y=28, width=0.85, height=_HEIGHT),
        svg.text("labelled, % of rows, the surest first", 0.96, f"{_HEIGHT + 60}", "tick", anchor="end"),
    )


def _up(value: float, top: float) -> str:
    return svg.share(1 - value / top)


def _risks_table(risks: Sequence[Promise], head: str) -> Markup:
    rows = [
        [
            percent(each.risk),
            "none" if each.confidence is None else percent(each.confidence),
            percent(each.coverage),
            "\N{EN DASH}" if each.wrong is None else percent(each.wrong),
        ]
        for each in risks
    ]
    return table(["risk", "confidence", "rows labelled", "wrong here"], rows, name=f"Thresholds of {head}")


def _whole(interval: Interval) -> str:
    return f"{100 * interval.low:.0f}\N{EN DASH}{100 * interval.high:.0f}"


def _sets_table(sets: Sequence[LabelSets], head: str) -> Markup:
    rows = [
        [
            f"{percent(each.level)}, {'each class' if each.by_class else 'in all'}",
            f"{percent(each.coverage)} ({_whole(each.coverage_interval)})",
            percent(min((share for share in each.class_coverage.values() if share is not None), default=0.0)),
            score(each.size),
            percent(each.single),
            percent(each.empty),
        ]
        for each in sets
    ]
    columns = ["promised", "held (95 % interval)", "least", "labels in a set", "single", "empty"]
    return table(columns, rows, name=f"Label sets of {head}")
