"""The key figures of each head, and the words that explain them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stance.report.elements import Markup, join, lines, tag
from stance.report.wording import NO_INTERVAL, bounds, counted, fine, number, percent, score, share_of, title_of

if TYPE_CHECKING:
    from stance.evaluation.records import HeadEvaluation

_TERMS = {
    "Precision": "Of the rows given a label, the share that deserved it.",
    "Recall": "Of the rows that deserved a label, the share that was given it.",
    "F1": "The harmonic mean of precision and recall: high only when both are.",
    "Macro-F1": "The plain mean of the classes\u2019 F1, so that a rare class counts as much as a common one.",
    "Support": "The number of rows whose gold label it is.",
    "95\u00a0% interval": "Where the middle 95\u00a0% of scores fall when whole groups of rows (an article, a topic) "
    "are drawn again at random; rows of one group are alike, so drawing single rows would flatter the model.",
    "Undecided": "Rows without any term that the model knows. They count as missed, never as another class.",
    "Confidence": "The probability that the model gives to its own label.",
    "Calibration error": "The mean distance between confidence and the share of right labels, over ten bins of equally "
    "many rows, weighed by their size (ECE).",
    "Log loss and Brier score": "Penalties on the probabilities, over decided rows; 0 is perfect. Brier sums squared "
    "differences over the classes and is at most 2.",
}


def key_figures(heads: Sequence[tuple[str, HeadEvaluation]]) -> Markup:
    """Give one row of key figures for each (anchor, head)."""
    return lines(*(_row(anchor, head) for anchor, head in heads))


def _row(anchor: str, head: HeadEvaluation) -> Markup:
    interval = head.macro_f1_interval
    error = head.calibration_error
    figures = [
        ("Macro-F1", score(head.macro_f1), f"95\u00a0% interval {bounds(interval)}" if interval else NO_INTERVAL),
        ("Accuracy", percent(head.accuracy), "of all rows labelled rightly"),
        ("Rows", number(head.rows), f"in {counted(head.groups, 'group')}"),
        ("Undecided", number(head.undecided), f"{share_of(head.undecided, head.rows)} of rows"),
        (
            "Calibration error",
            "\N{EN DASH}" if error is None else fine(error),
            "too few rows" if error is None else "ECE",
        ),
    ]
    title = tag("h3", tag("a", tag("bdi", title_of(head.head)), href=f"#{anchor}"))
    return tag("div", title, tag("dl", join(_figure(*figure) for figure in figures), class_="key"), class_="headline")


def _figure(name: str, value: str, remark: str) -> Markup:
    return tag("div", tag("dt", name), tag("dd", value, class_="value"), tag("dd", remark, class_="remark"))


def glossary() -> Markup:
    """Give the words of the report and what they mean."""
    entries = (tag("div", tag("dt", name), tag("dd", meaning)) for name, meaning in _TERMS.items())
    return tag("dl", lines(*entries), class_="glossary")
