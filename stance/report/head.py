"""The section of one head: its labels, then what is asked of it, question by question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from stance.labels import HEADS, MEANINGS
from stance.report.colours import colours
from stance.report.elements import Markup, lines, tag
from stance.report.learning import learning_part
from stance.report.mistakes import label_mark
from stance.report.parts import slices_part
from stance.report.performance import baselines_part, classes_part, confusion_part
from stance.report.promises import promises_part
from stance.report.reasons import errors_part, terms_part
from stance.report.rivals import comparison_part
from stance.report.sections import Section
from stance.report.suspects import suspects_part
from stance.report.trust import calibration_part, confidence_part
from stance.report.wording import title_of

if TYPE_CHECKING:
    from stance.evaluation.records import (
        ChanceTest,
        Comparison,
        Evaluation,
        HeadEvaluation,
        Slice,
        Variant,
        WorstError,
    )


def head_section(
    anchor: str,
    head: HeadEvaluation,
    telling: Mapping[str, Sequence[tuple[str, float]]],
    errors: Sequence[WorstError],
    more: Evaluation | None = None,
) -> Section:
    """Give the section of one head.

    Parameters
    ----------
    telling : label to (term, weight), the weightiest first; empty if none were recorded
    errors : the errors of this head, the surest first
    more : the evaluation that the head belongs to, for what is not of every head; None leaves those parts out
    """
    coloured = colours(head.labels)
    slices, comparison, chance, variants = _more(head, more)
    suspects = _suspects(head, more, coloured)
    learning = _learning(head, more)
    parts = {
        "classes": ("Scores by class", classes_part(head, coloured)),
        "confusion": ("What is taken for what", confusion_part(head)),
        "baselines": ("Against doing without a model", baselines_part(head, chance, variants)),
        **({"comparison": ("Against another model", comparison_part(comparison))} if comparison else {}),
        **({"learning": ("What further statements would bring", learning)} if learning is not None else {}),
        **({"slices": ("Parts of the rows", slices_part(slices))} if slices else {}),
        "calibration": ("Can its confidence be trusted?", calibration_part(head)),
        "confidence": ("How sure it was, right and wrong", confidence_part(head)),
        "promises": ("What can be promised", promises_part(head)),
        "terms": ("The most telling terms", terms_part(head, telling, coloured)),
        **({"suspects": ("Labels to look at again", suspects)} if suspects is not None else {}),
        "errors": ("The surest errors", errors_part(head, errors, coloured)),
    }
    sections = (Section(f"{anchor}-{name}", title, body) for name, (title, body) in parts.items())
    return Section(anchor, title_of(head.head), _legend(head, coloured), tuple(sections))


def _learning(head: HeadEvaluation, whole: Evaluation | None) -> Markup | None:
    if whole is None or whole.learning_curves is None:
        return None
    return lines(*(learning_part(each) for each in whole.learning_curves if each.head == head.head))


def _suspects(head: HeadEvaluation, whole: Evaluation | None, coloured: Mapping[str, str]) -> Markup | None:
    if whole is None or whole.suspects is None:
        return None
    return suspects_part([each for each in whole.suspects if each.head == head.head], head.rows, coloured)


def _more(
    head: HeadEvaluation, whole: Evaluation | None
) -> tuple[list[Slice], Comparison | None, ChanceTest | None, list[Variant]]:
    """Give what an evaluation has of one head beside its scores."""
    if whole is None:
        return [], None, None, []
    return (
        [each for each in whole.slices if each.head == head.head],
        next((each for each in whole.comparisons if each.head == head.head), None),
        next((each for each in whole.chance if each.head == head.head), None),
        [each for each in whole.variants if each.head == head.head],
    )


def _legend(head: HeadEvaluation, coloured: Mapping[str, str]) -> Markup:
    """Give the labels with their colours and, where the codebook defines them, their meanings."""
    known = set(head.labels) <= set(HEADS.get(head.head, ()))
    entries = [
        tag("li", label_mark(label, coloured), tag("span", f" {MEANINGS[label]}") if known else "")
        for label in head.labels
    ]
    return tag("ul", lines(*entries), class_="legend" if known else "legend short")
