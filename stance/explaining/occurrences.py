"""What each occurrence of a term adds to some columns of scores: the sums of the prediction, taken apart.

Knows nothing of labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from stance.text.analysis import shifted
from stance.text.units import spanned_units
from stance.vocabulary import Found

if TYPE_CHECKING:
    from stance.predictor import Predictor

#: Start and end in the text, term, what it adds to each column: sorts in text order.
Occurrence = tuple[int, int, str, list[float]]


class ReadText(NamedTuple):
    """A text as the model reads it: units, their offsets, what is known of them, the scores of all columns."""

    units: list[str]
    spans: list[tuple[int, int]]
    found: Found
    scores: list[float]


class Shares(NamedTuple):
    """What one occurrence adds to each of some columns.

    Attributes
    ----------
    terms : of each TF-IDF term, by its row; last its share in the squared length of the text's vector, in (0, 1]
    words : of each unit, by its vector; None for what is no word
    within : indices of the units in the scope of a valence shifter
    lead : of the leading act; None for a text without one
    lead_place : index of its unit, or None
    """

    terms: dict[int | None, list[float]]
    words: list[list[float] | None]
    within: list[int]
    lead: list[float] | None
    lead_place: int | None


def read(predictor: Predictor, text: str) -> ReadText:
    """Read a text.

    Raises
    ------
    ModelError
        If the model's weights are not finite numbers.
    """
    units, spans = spanned_units(text)
    found = predictor.vocabulary.find(units)
    return ReadText(units, spans, found, predictor.scores(found))


def shares(predictor: Predictor, text: ReadText, columns: Sequence[int]) -> Shares:
    """Give what everything in a text adds to some columns of scores."""
    rows = list(map(predictor.vocabulary.rows_of_words.get, text.units))
    within = shifted(text.units)
    lead = text.found.lead
    leading = None if lead is None else predictor.weights.leading.read(lead)
    return Shares(
        terms=_of_terms(predictor, text.found, columns),
        words=_of_words(predictor, rows, set(within), columns),
        within=within,
        lead=None if leading is None else [leading[c] for c in columns],
        lead_place=None if lead is None else rows.index(lead),
    )


def occurrences(predictor: Predictor, text: ReadText, found: Shares, places: Sequence[int]) -> list[Occurrence]:
    """Give every known term with what it adds, in text order.

    Parameters
    ----------
    places : of the columns that are asked for, among those of ``found``
    """
    vocabulary, terms = predictor.vocabulary, found.terms
    units, spans = text.units, text.spans
    row_of = vocabulary.units.get
    result: list[Occurrence] = []
    for i, (unit, (start, end), own) in enumerate(zip(units, spans, found.words, strict=True)):
        share = terms.get(row_of(unit))
        if share is None and own is None:
            continue
        added = [0.0 if share is None else share[c] for c in places]
        if own is not None:
            added = [a + own[c] for a, c in zip(added, places, strict=True)]
        if i == found.lead_place and found.lead is not None:
            added = [a + found.lead[c] for a, c in zip(added, places, strict=True)]
        result.append((start, end, unit, added))
    for i in found.within:
        share = terms.get(vocabulary.shifted.get(units[i]))
        if share is not None:
            result.append((*spans[i], "~" + units[i], [share[c] for c in places]))
    for i, row in enumerate(map(vocabulary.pairs.get, pairwise(units))):
        if row is not None and row in terms:
            share = terms[row]
            result.append((spans[i][0], spans[i + 1][1], f"{units[i]} {units[i + 1]}", [share[c] for c in places]))
    result.sort()
    return result


def _of_terms(predictor: Predictor, found: Found, columns: Sequence[int]) -> dict[int | None, list[float]]:
    """Give for each TF-IDF term what one of its occurrences adds, and its share in the squared norm."""
    times = predictor.weights.times
    used = {row: times(row, count) for row, count in found.terms.items()}
    square = sum([weights[-1] for weights in used.values()]) or 1.0
    norm = sqrt(square)
    result: dict[int | None, list[float]] = {}
    for row, weights in used.items():
        count = found.terms[row]
        scale = 1 / (norm * count)
        result[row] = [weights[c] * scale for c in columns]
        result[row].append(weights[-1] / (square * count))
    return result


def _of_words(
    predictor: Predictor, rows: list[int | None], within: set[int], columns: Sequence[int]
) -> list[list[float] | None]:
    """Give for each unit what it adds by its vector; None for what is no word."""
    weights = predictor.weights
    scale = 1 / sqrt(len(rows) - rows.count(None) or 1)
    result: list[list[float] | None] = []
    for place, row in enumerate(rows):
        if row is None:
            result.append(None)
            continue
        table = weights.inside if place in within else weights.outside
        own = table.known[row] or table.read(row)
        result.append([scale * own[c] for c in columns])
    return result
