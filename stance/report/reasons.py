"""Why a head decides as it does: its most telling terms, and its surest errors with the words that decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from stance.report.bars import term_bars
from stance.report.elements import NOTHING, Markup, lines, tag
from stance.report.matrix import MOST_LABELS
from stance.report.mistakes import MOST_ERRORS, label_mark, mistakes_table
from stance.report.sections import figure
from stance.report.wording import counted

if TYPE_CHECKING:
    from stance.evaluation.records import HeadEvaluation, WorstError

_MOST_TERMS = 12
_READING_TERMS = (
    "A longer bar speaks more strongly for the class, on one scale for all; a word stands for all its "
    "forms (troop, troops), "
    "\u201cnot \u2026 word\u201d is a word shortly after a negation, and \u2039name\u203a, \u2039place\u203a, "
    "\u2039number\u203a and \u2039date\u203a stand for any of their kind."
)
_READING_ERRORS = (
    "The thicker the line under a word, the more it weighed for the label given; a dotted line and a minus mean that "
    "it weighed against it."
)


def terms_part(
    head: HeadEvaluation, telling: Mapping[str, Sequence[tuple[str, float]]], coloured: Mapping[str, str]
) -> Markup:
    """Give one panel of bars a class, all on one scale; at most twelve terms of at most twenty classes."""
    shown = {label: _longest_first(telling[label]) for label in head.labels[:MOST_LABELS] if telling.get(label)}
    if not shown:
        return tag("p", "No terms were recorded.")
    scale = max(abs(weight) for terms in shown.values() for _, weight in terms)
    panels = [
        tag(
            "div",
            tag("h4", label_mark(label, coloured)),
            term_bars(terms, scale=scale, colour=coloured[label], label=f"Telling terms of {label}"),
        )
        for label, terms in shown.items()
    ]
    return figure(tag("div", lines(*panels), class_="panels"), _READING_TERMS, class_="wide")


def _longest_first(terms: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """Give the first twelve terms by weight, whatever they were chosen by: bars that jump are hard to read."""
    return sorted(terms[:_MOST_TERMS], key=lambda each: -each[1])


def errors_part(head: HeadEvaluation, errors: Sequence[WorstError], coloured: Mapping[str, str]) -> Markup:
    """Give the table of errors, and how many more were recorded than it shows."""
    if not errors:
        return tag("p", "No errors were recorded.")
    table = figure(mistakes_table(errors, coloured, head=head.head), _READING_ERRORS, class_="wide")
    left_out = len(errors) - MOST_ERRORS
    more = tag("p", f"{counted(left_out, 'less sure error')} not shown.", class_="note") if left_out > 0 else NOTHING
    return lines(table, more)
