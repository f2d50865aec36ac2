"""Confusion tables and the scores that follow from them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


def by_group(gold: NDArray[np.intp], given: NDArray[np.intp], n_classes: int, groups: Sequence[Hashable]) -> Counts:
    """Give one confusion table a group, shape (n_groups, k, k + 1); the last column counts undecided rows.

    Groups stand in the order of their first row.
    """
    place = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    tables = np.zeros((len(place), n_classes, n_classes + 1), np.int64)
    np.add.at(tables, (np.array([place[group] for group in groups], np.intp), gold, given), 1)
    return tables


def scores(tables: Counts) -> tuple[Floats, Floats, Floats]:
    """Give precision, recall and F1 of each class, shape (…, k), for tables of shape (…, k, k + 1).

    A ratio without a denominator is zero, as in scikit-learn's default.
    """
    hits = np.diagonal(tables, axis1=-2, axis2=-1).astype(float)
    given = tables[..., :-1].sum(axis=-2)
    gold = tables.sum(axis=-1)
    return _ratio(hits, given), _ratio(hits, gold), _ratio(2 * hits, given + gold)


def _ratio(above: Floats, below: Counts) -> Floats:
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)
