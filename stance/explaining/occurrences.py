"""What each occurrence of a term adds to some columns of scores: the sums of the prediction, taken apart.

Knows nothing of labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from stance.lookup import Found
from stance.text.analysis import shifted, spanned_units

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


def occurrences(predictor: Predictor, text: ReadText, columns: Sequence[int]) -> list[Occurrence]:
    """Give every known term with what it adds to each of some columns, in text order."""
    units, spans, found, _ = text
    vocabulary = predictor.vocabulary
    shares = _term_shares(predictor, found, columns)
    within = shifted(units)
    of_words = _word_shares(predictor, text, set(within), columns)
    result: list[Occurrence] = []
    row_of = vocabulary.units.get
    for unit, (start, end), own in zip(units, spans, of_words, strict=True):
        share = shares.get(row_of(unit))
        if share is None:
            if own is not None:
                result.append((start, end, unit, own))
        else:
            added = share if own is None else [a + b for a, b in zip(share, own, strict=True)]
            result.append((start, end, unit, added))
    for i in within:
        share = shares.get(vocabulary.shifted.get(units[i]))
        if share is not None:
            result.append((*spans[i], "~" + units[i], share))
    for i, pair in enumerate(pairwise(units)):
        share = shares.get(vocabulary.pairs.get(pair))
        if share is not None:
            result.append((spans[i][0], spans[i + 1][1], f"{pair[0]} {pair[1]}", share))
    result.sort()
    return result


def _term_shares(predictor: Predictor, found: Found, columns: Sequence[int]) -> dict[int | None, list[float]]:
    """Give for each TF-IDF term what one of its occurrences adds."""
    times = predictor.weights.times
    used = {row: times(row, count) for row, count in found.terms.items()}
    norm = sqrt(sum([weights[-1] for weights in used.values()])) or 1.0
    return {row: [weights[c] / norm / found.terms[row] for c in columns] for row, weights in used.items()}


def _word_shares(
    predictor: Predictor, text: ReadText, within: set[int], columns: Sequence[int]
) -> list[list[float] | None]:
    """Give for each unit what it adds by its vector and as the leading act; None for what is no word."""
    found, weights = text.found, predictor.weights
    rows = map(predictor.vocabulary.rows_of_words.get, text.units)
    scale = 1 / sqrt(len(found.outside) + len(found.inside) or 1)
    lead = found.lead
    shares: list[list[float] | None] = []
    for place, row in enumerate(rows):
        if row is None:
            shares.append(None)
            continue
        table = weights.inside if place in within else weights.outside
        own = table.known[row] or table.read(row)
        share = [scale * own[c] for c in columns]
        if row == lead:
            leading = weights.leading.known[row] or weights.leading.read(row)
            share = [a + leading[c] for a, c in zip(share, columns, strict=True)]
            lead = None
        shares.append(share)
    return shares
