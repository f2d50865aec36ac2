"""The model beside another on the same rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stance.report.elements import Markup, lines
from stance.report.findings import quoted
from stance.report.sections import figure, finding, side_by_side
from stance.report.tables import table
from stance.report.wording import chance, number, score, signed

if TYPE_CHECKING:
    from stance.evaluation.records import Comparison


def comparison_part(comparison: Comparison) -> Markup:
    """Give the differences by class and in all, and the rows that only one of the models labels rightly."""
    rows = [
        [
            each.what,
            score(each.this),
            score(each.other),
            signed(each.difference),
            f"{signed(each.interval.low)} to {signed(each.interval.high)}" if each.interval else "\N{EN DASH}",
        ]
        for each in comparison.f1
    ]
    columns = ["F1", "this model", "other", "difference", "95 % interval"]
    cells = [
        ["both rightly", number(comparison.both_right)],
        ["only this model", number(comparison.only_this)],
        ["only the other", number(comparison.only_other)],
        ["neither", number(comparison.both_wrong)],
    ]
    return lines(
        finding(verdict(comparison)),
        side_by_side(
            figure(
                table(columns, rows, name=f"Differences of {comparison.head}"),
                "An interval that holds 0 leaves open which model is better; whole groups were resampled, both models "
                "on the same draws.",
            ),
            figure(
                table(["labelled rightly by", "rows"], cells, name=f"Rows of {comparison.head} by who is right"),
                f"McNemar\u2019s exact test compares the two middle counts: {chance(comparison.p_value)}, small when "
                "chance would seldom split them so.",
            ),
        ),
    )


def verdict(comparison: Comparison) -> str:
    """Say which model is better, or that the rows do not tell."""
    macro = comparison.f1[-1]
    other = quoted(comparison.other)
    if macro.interval is None:
        return f"There are too few groups to say whether this model or {other} is better."
    if macro.interval.low <= 0 <= macro.interval.high:
        return (
            f"These rows do not tell whether this model or {other} is better: the interval of the difference holds 0."
        )
    better, worse = ("This model", other) if macro.difference > 0 else (f"The other model, {other},", "this one")
    return f"{better} is better than {worse}: macro-F1 differs by {signed(macro.difference)}."
