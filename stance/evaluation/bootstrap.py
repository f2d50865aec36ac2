"""Percentile intervals by resampling groups (B. Efron and R. Tibshirani, "An Introduction to the Bootstrap", 1993).

Rows of one article or topic are alike; resampling rows would make intervals too narrow.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from stance.evaluation.confusion import scores

Floats = NDArray[np.float64]

REPLICATES = 1_000
_AT_ONCE = 50  # bounds memory for files of a hundred thousand groups


def f1_intervals(tables: NDArray[np.int64], *, seed: int) -> tuple[Floats, Floats]:
    """Give the 2.5th and 97.5th percentiles of each class's F1 and, last, of the macro-F1; shape (k + 1,) each.

    Parameters
    ----------
    tables : one confusion table a group, shape (n_groups, k, k + 1)
    """
    return percentiles(f1_replicates(tables, seed=seed))


def percentiles(replicates: Floats) -> tuple[Floats, Floats]:
    """Give the 2.5th and 97.5th percentiles along the first axis."""
    low, high = np.percentile(replicates, [2.5, 97.5], axis=0)
    return low, high


def f1_replicates(tables: NDArray[np.int64], *, seed: int) -> Floats:
    """Give each class's F1 and, last, the macro-F1 of a thousand resamples, shape (1000, k + 1).

    Tables of as many groups are resampled alike with the same seed, so that replicates of two models are paired.
    """
    replicates = []
    for resampled in resamples(tables, seed=seed):
        _, _, f1 = scores(resampled)
        replicates.append(np.column_stack([f1, f1.mean(axis=1)]))
    return np.concatenate(replicates)


def resamples(tables: NDArray[np.int64], *, seed: int) -> Iterator[NDArray[np.int64]]:
    """Yield a thousand resamples of the groups, some at a time: their confusion tables, shape (n, k, k + 1)."""
    generator = np.random.default_rng(seed)
    n_groups = len(tables)
    flat = tables.reshape(n_groups, -1)
    for _ in range(0, REPLICATES, _AT_ONCE):
        drawn = generator.multinomial(n_groups, np.full(n_groups, 1 / n_groups), size=_AT_ONCE)
        yield (drawn @ flat).reshape(-1, *tables.shape[1:])


def draws(n_groups: int, *, seed: int) -> Iterator[NDArray[np.int64]]:
    """Yield, a thousand times, how often each group is drawn, shape (n_groups,)."""
    generator = np.random.default_rng(seed)
    for _ in range(REPLICATES):
        yield generator.multinomial(n_groups, np.full(n_groups, 1 / n_groups))
