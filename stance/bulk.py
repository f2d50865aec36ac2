"""The sums and softmaxes of many texts at once, in NumPy: the same numbers as one by one, to the last bits.

Worth its import from some hundred texts on; :class:`stance.predictor.Predictor` decides. Knows nothing of terms.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stance.errors import ModelError
from stance.lookup import Found, Weights

Floats = NDArray[np.float64]


class BulkScorer:
    """Turns what is known of texts into scores.

    Parameters
    ----------
    weights : of the model; all are read
    path : of the model, for messages
    """

    def __init__(self, weights: Weights, path: str) -> None:
        self._terms: Floats = np.array(weights.table(), np.float64)
        self._outside: Floats = np.array(weights.outside.table(), np.float64)
        self._inside: Floats = np.array(weights.inside.table(), np.float64)
        self._leading: Floats = np.array(weights.leading.table(), np.float64)
        self._intercepts: Floats = np.array(weights.intercepts, np.float64)
        self._path = path

    def scores(self, found: Sequence[Found]) -> Floats:
        """Give the calibrated scores, shape (n_texts, n_labels).

        Raises
        ------
        ModelError
            If the model's weights are not finite numbers.
        """
        words = np.array([len(each.outside) + len(each.inside) for each in found], np.float64)
        with np.errstate(invalid="ignore"):  # what is not finite is an error below, not a warning
            scores = self._term_scores([each.terms for each in found])
            sums = _sums(self._outside, [each.outside for each in found])
            sums += _sums(self._inside, [each.inside for each in found])
            scores += sums / np.sqrt(np.maximum(words, 1))[:, None]
            led = [text for text, each in enumerate(found) if each.lead is not None]
            scores[led] += self._leading[[each.lead for each in found if each.lead is not None]]
            scores += self._intercepts
        if not np.isfinite(scores).all():
            raise ModelError(self._path, "the weights are not all finite numbers", "Train it again or fetch it again.")
        return scores

    def _term_scores(self, counts: Sequence[dict[int, int]]) -> Floats:
        shares = 1 + np.log(np.array([count for each in counts for count in each.values()], np.float64))
        sums = _sums(self._terms, [list(each) for each in counts], shares)
        norms = np.sqrt(np.where(sums[:, -1] > 0, sums[:, -1], 1.0))
        scores: Floats = sums[:, :-1] / norms[:, None]
        return scores


def _sums(table: Floats, rows: Sequence[Sequence[int]], shares: Floats | None = None) -> Floats:
    """Sum rows of a table for each text; shares scale each of them, the last column by the square."""
    sizes = np.array([len(each) for each in rows], np.intp)
    sums = np.zeros((len(rows), table.shape[1]))
    filled = sizes > 0
    if not filled.any():
        return sums
    added = table[[row for each in rows for row in each]]
    if shares is not None:
        added *= shares[:, None]
        added[:, -1] *= shares
    sums[filled] = np.add.reduceat(added, (np.cumsum(sizes) - sizes)[filled], axis=0)
    return sums


def softmax(scores: Floats) -> list[list[float]]:
    """Give the probabilities of each row of scores, as lists."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    listed: list[list[float]] = (powers / powers.sum(axis=1, keepdims=True)).tolist()
    return listed
