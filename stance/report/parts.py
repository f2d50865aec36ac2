"""How good a head is on parts of the rows, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stance.report.bars import Bar, score_bars
from stance.report.elements import NOTHING, Markup, lines, tag
from stance.report.findings import quoted
from stance.report.sections import figure, finding, side_by_side
from stance.report.tables import table
from stance.report.wording import bounds, clipped, counted, number, percent, score, title_of

if TYPE_CHECKING:
    from stance.evaluation.records import Slice

_LONGEST = 24
_MOST = 12  # bars of one column; of longer ones the weakest are drawn
_TABLE = (
    "Compare the intervals and not the scores; \u201cfew\u201d marks slices of fewer than thirty rows, from which "
    "nothing follows, and the macro-F1 is over the gold labels that occur in the slice."
)


def slices_part(slices: Sequence[Slice]) -> Markup:
    """Give a chart and a table a column; of a column of many values its twelve weakest that are large enough."""
    if not slices:
        return tag("p", "No parts of the rows were scored.")
    columns = list(dict.fromkeys(each.column for each in slices))
    return lines(
        finding(_weakest(slices)),
        *(_column(name, [each for each in slices if each.column == name]) for name in columns),
    )


def _weakest(slices: Sequence[Slice]) -> str:
    large = [each for each in slices if not each.small]
    if not large:
        return "All parts are of fewer than thirty rows, so none can be called weak."
    low = min(large, key=lambda each: each.accuracy)
    return (
        f"Weakest of the parts that are large enough: {low.column} {quoted(low.value)}, "
        f"{percent(low.accuracy)} of {counted(low.rows, 'row')} labelled rightly."
    )


def _column(name: str, slices: Sequence[Slice]) -> Markup:
    shown = shown_slices(slices, _MOST)
    bars = [Bar(_named(each), each.accuracy, each.accuracy_interval, "is-model") for each in shown]
    rows = [
        [
            _named(each),
            number(each.rows),
            percent(each.accuracy),
            score(each.macro_f1),
            bounds(each.macro_f1_interval) if each.macro_f1_interval else "\N{EN DASH}",
        ]
        for each in shown
    ]
    left_out = len(slices) - len(shown)
    rest = f"{len(shown)} of {len(slices)} values, the weakest of those large enough; the JSON beside the page has all."
    return lines(
        tag("h4", title_of(name)),
        side_by_side(
            figure(
                score_bars(bars, label=f"Accuracy by {name}", axis="accuracy"),
                "A longer bar is better; the thin line across its end is the 95\u00a0% interval, where there is one.",
            ),
            figure(
                table([name, "rows", "accuracy", "macro-F1", "95 % interval"], rows, name=f"Scores by {name}"), _TABLE
            ),
        ),
        tag("p", rest, class_="note") if left_out else NOTHING,
    )


def shown_slices(slices: Sequence[Slice], most: int) -> list[Slice]:
    """Give all slices of a column, or, when there are too many, the weakest that are large enough."""
    if len(slices) <= most:
        return list(slices)
    return sorted((each for each in slices if not each.small), key=lambda each: each.accuracy)[:most]


def _named(each: Slice) -> str:
    value = clipped(each.value, _LONGEST)
    return f"{value} (few)" if each.small else value
