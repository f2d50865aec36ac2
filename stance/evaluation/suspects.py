"""Which gold labels are probably wrong? Confident learning over probabilities of rows that were not trained on.

C. Northcutt, L. Jiang and I. Chuang, "Confident learning: estimating uncertainty in dataset labels", JAIR 70, 2021: a
row is suspected when it is given another label than its gold one and reaches that label's threshold, the mean
probability of the label among rows that carry it. Suspects are ranked by self-confidence, the probability of their own
gold label.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Columns = NDArray[np.intp]

_CLOSE = 1e-6  # a probability so little below its threshold still reaches it


def suspected(probabilities: Floats, gold: Columns) -> list[tuple[int, int]]:
    """Give (row, label that it seems to deserve) of every suspect, the most doubtful first.

    Parameters
    ----------
    probabilities : out of fold, rows summing to one, shape (n, k)
    gold : column of each gold label, shape (n,)
    """
    limits = confident_thresholds(probabilities, gold)
    reached = np.where(probabilities >= limits - _CLOSE, probabilities, -1.0)
    confident = reached.argmax(axis=1)
    wrong = (reached.max(axis=1) >= 0) & (confident != gold) & (probabilities.argmax(axis=1) != gold)
    rows = np.flatnonzero(wrong)
    own = probabilities[rows, gold[rows]]
    return [(int(row), int(confident[row])) for row in rows[np.argsort(own, kind="stable")]]


def confident_thresholds(probabilities: Floats, gold: Columns) -> Floats:
    """Give, for each label, its mean probability among the rows that carry it; infinite where none does, shape (k,)."""
    k = probabilities.shape[1]
    return np.array([probabilities[gold == i, i].mean() if (gold == i).any() else np.inf for i in range(k)])
