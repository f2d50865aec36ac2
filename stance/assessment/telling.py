"""The terms that speak most for each class."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stance.text import is_slot

Floats = NDArray[np.float64]

MOST = 12
#: Terms of fewer training texts come last: the largest weights of all belong to words that occur once.
FEWEST_TEXTS = 5


def telling_terms(
    vocabulary: Sequence[str], idf: Floats, coefficients: Floats, labels: Sequence[str]
) -> dict[str, tuple[tuple[str, float], ...]]:
    """Give, for each label, twelve terms that speak for it with their coefficients, the weightiest first.

    They are the weightiest of the terms that stand in at least five training texts, and of the rarer ones only when
    those are fewer than twelve. The number of texts is read off the idf, ln((1 + n) / (1 + df)) + 1, the rarest term
    counting as df = 1. Slots for names are left out.

    Parameters
    ----------
    idf : shape (n_terms,)
    coefficients : shape (n_labels, n_terms)
    """
    rare = 2 * np.exp(idf.max() - idf) - 1 < FEWEST_TEXTS - 0.5
    words = np.array([not is_slot(term) for term in vocabulary])
    result = {}
    for row, label in zip(coefficients, labels, strict=True):
        speaking = np.flatnonzero(words & (row > 0))
        chosen = speaking[np.lexsort((-row[speaking], rare[speaking]))][:MOST]
        told = sorted(((vocabulary[i], round(float(row[i]), 4)) for i in chosen), key=lambda pair: (-pair[1], pair[0]))
        result[label] = tuple(told)
    return result
