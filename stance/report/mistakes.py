"""The errors the model was surest of: what was said, what was made of it, and which words decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from stance.report.elements import Markup, join, lines, tag
from stance.report.wording import clipped, human_term, percent, signed

if TYPE_CHECKING:
    from stance.evaluation.records import WorstError

MOST_ERRORS = 40
_LONGEST_TEXT = 600
_MOST_WORDS = 8
_STRENGTHS = 4


def mistakes_table(errors: Sequence[WorstError], colours: Mapping[str, str], *, head: str) -> Markup:
    """Give a table of errors, at most forty.

    On narrow screens the style sheet stacks its cells; the roles keep it a table for screen readers even then.

    Parameters
    ----------
    colours : label to CSS class
    """
    shown = errors[:MOST_ERRORS]
    strongest = max((abs(weight) for error in shown for _, weight in error.words), default=0.0)
    titles = ("Statement", "Gold \u2192 labelled as", "Confidence", "Deciding words")
    header = tag("tr", *(tag("th", title, scope="col", role="columnheader") for title in titles), role="row")
    return tag(
        "table",
        tag("thead", header, role="rowgroup"),
        tag("tbody", lines(*(_row(error, colours, strongest) for error in shown)), role="rowgroup"),
        class_="stacked",
        role="table",
        aria_label=f"Surest errors of {head}",
    )


def _row(error: WorstError, colours: Mapping[str, str], strongest: float) -> Markup:
    said = tag("span", clipped(error.text, _LONGEST_TEXT), class_="said", dir="auto")
    where = tag("span", tag("bdi", error.where), class_="where") if error.where else ""
    given = tag("div", "\u2192 ", label_mark(error.predicted, colours))
    verdict = join([tag("div", label_mark(error.gold, colours)), given])
    words = join((_word(term, weight, strongest) for term, weight in error.words[:_MOST_WORDS]), " ")
    return tag(
        "tr",
        tag("th", said, where, scope="row", role="rowheader"),
        tag("td", verdict, role="cell", class_="verdict"),
        tag("td", percent(error.confidence), role="cell", class_="sure"),
        tag("td", words or "none recorded", role="cell", class_="words"),
        role="row",
    )


def label_mark(label: str, colours: Mapping[str, str]) -> Markup:
    """Give a label with its colour in front."""
    return tag("span", tag("i", class_=f"swatch {colours.get(label, 'k-unknown')}"), tag("bdi", label), class_="label")


def _word(term: str, weight: float, strongest: float) -> Markup:
    """Give a word with its weight; the line under it is thicker the more it weighed, broken if it weighed against."""
    strength = 1 + round((_STRENGTHS - 1) * abs(weight) / strongest) if strongest else 1
    kind = f"word s{strength}{' against' if weight < 0 else ''}"
    return tag("span", tag("bdi", human_term(term), class_=kind), " ", tag("small", signed(weight)), class_="weighed")
