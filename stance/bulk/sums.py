"""Sums of rows by text. Knows nothing of what the rows are."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.generic)


def sums(rows: NDArray[Number], sizes: NDArray[np.intp]) -> NDArray[Number]:
    """Sum rows that stand text by text.

    Parameters
    ----------
    rows : shape (n_rows, n_columns)
    sizes : number of rows of each text, shape (n_texts,); may be 0

    Returns
    -------
    array of shape (n_texts, n_columns)
    """
    starts, filled = np.cumsum(sizes) - sizes, sizes > 0
    if filled.all() and len(sizes):
        return added(rows, starts)
    found = np.zeros((len(sizes), rows.shape[1]), rows.dtype)
    if filled.any():
        found[filled] = added(rows, starts[filled])
    return found


def added(rows: NDArray[Number], starts: NDArray[np.intp]) -> NDArray[Number]:
    """Sum the rows from each start to the next."""
    found: NDArray[Any] = np.add.reduceat(rows, starts, axis=0)
    return found
