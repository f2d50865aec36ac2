"""The one sentence that each group of figures comes down to; read off the results, never computed anew."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import bidirectional

from stance.report.matrix import confusions
from stance.report.wording import chance, counted, fine, number, percent, score

if TYPE_CHECKING:
    from stance.evaluation.records import ChanceTest, HeadEvaluation

_ISOLATE, _END_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
NO_CALIBRATION = (
    "There are too few decided rows to claim anything about calibration: below one hundred, "
    "the share of right labels in a bin is mostly chance."
)


def best_and_worst_class(head: HeadEvaluation) -> str:
    """Say which class is recognised best and which worst."""
    ranked = sorted(head.classes, key=lambda each: -each.f1)
    if not ranked or ranked[0].f1 == ranked[-1].f1:
        return "All classes are recognised equally well."
    best, worst = ranked[0], ranked[-1]
    return (
        f"Best recognised is {quoted(best.label)} (F1 {score(best.f1)}), "
        f"least {quoted(worst.label)} ({score(worst.f1)})."
    )


def commonest_confusion(head: HeadEvaluation) -> str:
    """Say which class is most often taken for which."""
    found = confusions(head)
    if not found:
        return "No row was given the label of another class."
    count, gold, given = found[0]
    return f"The commonest confusion: {counted(count, 'row')} of {quoted(gold)} labelled {quoted(given)}."


def gain_over_baselines(head: HeadEvaluation) -> str:
    """Say how far the model is above, or below, the best baseline."""
    if not head.baselines:
        return "No baseline was scored."
    best = max(head.baselines, key=lambda each: each.macro_f1)
    difference = head.macro_f1 - best.macro_f1
    return (
        f"The model\u2019s macro-F1 is {score(abs(difference))} {'below' if difference < 0 else 'above'} "
        f"that of the best baseline, {quoted(best.name)}."
    )


def beyond_chance(test: ChanceTest) -> str:
    """Say how a model does whose labels are shuffled."""
    return (
        f"With gold labels shuffled within groups {number(test.permutations)} times, the macro-F1 is "
        f"{score(test.by_chance)} on average and at most {score(test.by_chance_high)} in nineteen of twenty; "
        f"the model\u2019s is {score(test.macro_f1)} ({chance(test.p_value)})."
    )


def trust(head: HeadEvaluation) -> str:
    """Say how far confidence and share of right labels lie apart."""
    if head.calibration_error is None:
        return NO_CALIBRATION
    interval = head.calibration_error_interval
    within = f", 95\u00a0% interval {fine(interval.low)}\N{EN DASH}{fine(interval.high)}" if interval else ""
    return (
        f"Confidence and the share of right labels lie {fine(head.calibration_error)} apart on average "
        f"(expected calibration error; 0 is perfect{within}).{_by_chance(head)}"
    )


def _by_chance(head: HeadEvaluation) -> str:
    """Say what would remain of the error in a perfectly calibrated model with as many rows."""
    if head.calibration_error is None or head.calibration_error_by_chance is None:
        return ""
    limit = fine(head.calibration_error_by_chance)
    if head.calibration_error <= head.calibration_error_by_chance:
        return f" That is within what chance gives a perfectly calibrated model on so many rows (up to {limit})."
    return f" Chance alone would give a perfectly calibrated model no more than {limit} on so many rows."


def sureness(head: HeadEvaluation) -> str:
    """Say how much the model had to leave undecided."""
    decided = head.rows - head.undecided
    if not head.undecided:
        return f"All {counted(decided, 'row')} were decided."
    return (
        f"{counted(decided, 'row').capitalize()} were decided; {counted(head.undecided, 'row')} "
        f"({percent(head.undecided / head.rows)}) were left undecided and count as missed."
    )


def quoted(name: str) -> str:
    """Put a name into quotation marks; one written from right to left is kept from turning the sentence around."""
    if any(bidirectional(character) in {"R", "AL"} for character in name):
        name = f"{_ISOLATE}{name}{_END_ISOLATE}"
    return f"\u201c{name}\u201d"
