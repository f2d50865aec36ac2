"""The terms that speak most for each class."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stance.text import is_slot

Floats = NDArray[np.float64]

MOST = 12


def telling_terms(
    vocabulary: Sequence[str], idf: Floats, coefficients: Floats, labels: Sequence[str]
) -> dict[str, tuple[tuple[str, float], ...]]:
    """Give, for each label, its twelve weightiest terms with their coefficients.

    Terms are ranked by coefficient / idf, which asks for common terms among the weighty ones: the largest
    coefficients alone belong to words that occur once.

    Parameters
    ----------
    idf : shape (n_terms,)
    coefficients : shape (n_labels, n_terms)
    """
    words = np.array([not is_slot(term) for term in vocabulary])
    result = {}
    for row, label in zip(coefficients, labels, strict=True):
        order = np.lexsort((np.arange(len(row)), -row / idf * words))[:MOST]
        result[label] = tuple((vocabulary[i], round(float(row[i]), 4)) for i in order if words[i] and row[i] > 0)
    return result
