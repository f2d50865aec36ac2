"""The sums and softmaxes of many texts at once, in NumPy: the same numbers as one by one, to the last bits.

Worth its import from some hundred texts on; :class:`stance.predictor.Predictor` decides. Knows nothing of terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stance.errors import ModelError
from stance.lookup import Found, Weights, WordWeights

Floats = NDArray[np.float64]
#: A head, its labels, its first column of scores, and the column after its last.
Columns = tuple[str, tuple[str, ...], int, int]

#: exp of more than some 700 is no number.
_LARGE = 500.0


class BulkScorer:
    """Turns what is known of texts into scores.

    Parameters
    ----------
    weights : of the model
    path : of the model, for messages
    """

    def __init__(self, weights: Weights, path: str) -> None:
        self._terms = _term_rows(weights)
        outside, inside, self._leading = map(_stored, (weights.outside, weights.inside, weights.leading))
        self._words = np.concatenate([outside, inside])  # in whole steps
        self._steps: Floats = np.array(weights.outside.steps, np.float64)
        self._intercepts: Floats = np.array(weights.intercepts, np.float64)
        self._path = path

    def scores(self, found: Sequence[Found]) -> Floats:
        """Give the calibrated scores, shape (n_texts, n_columns).

        Raises
        ------
        ModelError
            If the model's weights are not finite numbers.
        """
        with np.errstate(all="ignore"):  # what is not finite is an error below, not a warning
            scores = self._term_scores([each.terms for each in found])
            scores += self._intercepts
            scores += self._word_scores(found)
            led = [text for text, each in enumerate(found) if each.lead is not None]
            if led:
                scores[led] += self._leading[[each.lead for each in found if each.lead is not None]] * self._steps
        if not np.isfinite(scores).all():
            raise ModelError(self._path, "the weights are not all finite numbers", "Train it again or fetch it again.")
        return scores

    def _term_scores(self, counts: Sequence[dict[int, int]]) -> Floats:
        weights = self._terms.take(_flat(counts), axis=0)
        _repeat(weights, _flat(map(dict.values, counts)))
        sums = _sums(weights, np.array([len(each) for each in counts], np.intp))
        norms = np.sqrt(np.where(sums[:, -1] > 0, sums[:, -1], 1.0))
        scores: Floats = sums[:, :-1] * (1 / norms)[:, None]
        return scores

    def _word_scores(self, found: Sequence[Found]) -> Floats:
        behind = len(self._leading)
        rows = [
            [*each.outside, *(row + behind for row in each.inside)] if each.inside else each.outside for each in found
        ]
        sizes = np.array([len(each) for each in rows], np.intp)
        sums = _sums(self._words.take(_flat(rows), axis=0) * self._steps, sizes)
        scores: Floats = sums * (1 / np.sqrt(np.maximum(sizes, 1)))[:, None]
        return scores


def _term_rows(weights: Weights) -> Floats:
    """Give what each term adds that occurs once, as :meth:`stance.lookup.Weights.read` has it."""
    idf = np.asarray(weights.idf).astype(np.float64)
    rows = np.empty((len(idf), weights.width + 1))
    rows[:, :-1] = np.asarray(weights.coefficients).reshape(-1, weights.width) * idf[:, None] * weights.factors
    rows[:, -1] = idf * idf
    return rows


def _stored(words: WordWeights) -> NDArray[Any]:
    return np.asarray(words.stored).reshape(len(words.known), len(words.steps))


def _flat(rows: Iterable[Iterable[int]]) -> NDArray[np.intp]:
    return np.fromiter(chain.from_iterable(rows), np.intp)


def _repeat(weights: Floats, counts: NDArray[np.intp]) -> None:
    """Scale the rows of terms that occur more than once; the last column by the square."""
    shares = np.ones(len(counts))
    often = np.flatnonzero(counts > 1)
    shares[often] = [1 + log(count) for count in counts[often].tolist()]
    weights *= shares[:, None]
    weights[:, -1] *= shares


def _sums(weights: Floats, sizes: NDArray[np.intp]) -> Floats:
    """Sum so many rows for each text."""
    starts, filled = np.cumsum(sizes) - sizes, sizes > 0
    if filled.all():
        return np.add.reduceat(weights, starts, axis=0)
    sums = np.zeros((len(sizes), weights.shape[1]))
    if filled.any():
        sums[filled] = np.add.reduceat(weights, starts[filled], axis=0)
    return sums


def probabilities(scores: Floats, columns: Sequence[Columns], gate: tuple[str, int] | None) -> list[list[list[float]]]:
    """Give for each head the probabilities of each text, as :meth:`stance.predictor.Predictor.predict` has them.

    Parameters
    ----------
    scores : shape (n_texts, n_columns), the gate's log-odds last
    columns : (head, its labels, first column, column after the last)
    gate : the head behind the gate and the place of its label of what is not about politics
    """
    found = []
    for head, _, first, last in columns:
        own = _softmax(scores[:, first:last])
        if gate is not None and gate[0] == head:
            relevance = 1 / (1 + np.exp(-np.maximum(scores[:, -1], -_LARGE)))
            own *= relevance[:, None]
            own[:, gate[1]] += 1 - relevance
        found.append(own.tolist())
    return found


def _softmax(scores: Floats) -> Floats:
    powers: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
    powers /= powers.sum(axis=1, keepdims=True)
    return powers
