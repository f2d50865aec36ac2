"""The sums and softmaxes of many texts at once, in NumPy: the same numbers as one by one, to the last bits.

Worth its import from some hundred texts on; :class:`stance.predictor.Predictor` decides. Knows nothing of terms.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stance.errors import ModelError

Floats = NDArray[np.float64]


class BulkScorer:
    """Turns counts of known terms into probabilities.

    Parameters
    ----------
    weights : one row a term, one column a label, and last the term's square in the norm (as ``Weights.times``)
    intercepts : one a label
    path : of the model, for messages
    """

    def __init__(self, weights: Sequence[Sequence[float]], intercepts: Sequence[float], path: str) -> None:
        self._weights: Floats = np.array(weights, np.float64)
        self._intercepts: Floats = np.array(intercepts, np.float64)
        self._path = path

    def scores(self, counts: Sequence[dict[int, int]]) -> Floats:
        """Give the calibrated scores, shape (n_texts, n_labels).

        Parameters
        ----------
        counts : for each text, term row to number of occurrences

        Raises
        ------
        ModelError
            If the model's weights are not finite numbers.
        """
        rows = [row for each in counts for row in each]
        sizes = np.array([len(each) for each in counts], np.intp)
        shares = 1 + np.log(np.array([count for each in counts for count in each.values()], np.float64))
        added = self._weights[rows] * shares[:, None]
        added[:, -1] *= shares
        sums = np.zeros((len(counts), self._weights.shape[1]))
        filled = sizes > 0
        with np.errstate(invalid="ignore"):  # what is not finite is an error below, not a warning
            if filled.any():
                sums[filled] = np.add.reduceat(added, (np.cumsum(sizes) - sizes)[filled], axis=0)
            norms = np.sqrt(np.where(filled, sums[:, -1], 1.0))
            scores = np.asarray(sums[:, :-1] / norms[:, None] + self._intercepts, np.float64)
        if not np.isfinite(scores).all():
            raise ModelError(self._path, "the weights are not all finite numbers", "Train it again or fetch it again.")
        return scores


def softmax(scores: Floats) -> list[list[float]]:
    """Give the probabilities of each row of scores, as lists."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    listed: list[list[float]] = (powers / powers.sum(axis=1, keepdims=True)).tolist()
    return listed
