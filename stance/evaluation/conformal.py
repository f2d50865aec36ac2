"""Sets of labels that hold the right one as often as was promised, whatever the probabilities are worth.

Split conformal prediction: V. Vovk, A. Gammerman and G. Shafer, "Algorithmic Learning in a Random World", 2005, with
one less the probability of the gold label as the score (M. Sadinle, J. Lei and L. Wasserman, JASA 114, 2019); by class,
as in V. Vovk, "Conditional validity of inductive conformal predictors", ACML 2012. The promise holds for rows
exchangeable with those calibrated on: of the same kind of text, one row a group.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stance.evaluation.calibration import wilson
from stance.evaluation.records import LabelSets

Floats = NDArray[np.float64]
Columns = NDArray[np.intp]
Flags = NDArray[np.bool_]

LEVELS = (0.8, 0.9, 0.95)
PARTS = 5


def thresholds(probabilities: Floats, gold: Columns, level: float, *, by_class: bool = False) -> Floats:
    """Give, for each label, the probability from which on it belongs into a set, shape (k,).

    Parameters
    ----------
    probabilities : of rows that the model was not trained on, shape (n, k)
    gold : column of each gold label, shape (n,)
    level : share of sets that shall hold the gold label, in (0, 1)
    by_class : hold the level within each gold label; one with too few rows for the level gets 0, so it is in every set
    """
    k = probabilities.shape[1]
    own = probabilities[np.arange(len(gold)), gold]
    if not by_class:
        return np.full(k, _threshold(own, level))
    return np.array([_threshold(own[gold == label], level) for label in range(k)])


def label_sets(probabilities: Floats, limits: Floats) -> Flags:
    """Give which labels are in each row's set, shape (n, k)."""
    return probabilities >= limits


def measured_sets(
    labels: Sequence[str],
    probabilities: Floats,
    gold: Columns,
    groups: Columns,
    level: float,
    *,
    by_class: bool = False,
    seed: int = 0,
) -> LabelSets:
    """Give the thresholds of all rows, and what sets were worth on rows left out.

    Groups are divided into five parts; the sets of each part are made by thresholds from the other four.

    Parameters
    ----------
    groups : number of each row's group, from 0, shape (n,); at least five different ones
    """
    n_groups = int(groups.max()) + 1
    part = np.random.default_rng(seed).permutation(n_groups) % PARTS
    sets = np.zeros(probabilities.shape, bool)
    for number in range(PARTS):
        out = part[groups] == number
        limits = thresholds(probabilities[~out], gold[~out], level, by_class=by_class)
        sets[out] = label_sets(probabilities[out], limits)
    held = sets[np.arange(len(gold)), gold]
    sizes = sets.sum(axis=1)
    final = thresholds(probabilities, gold, level, by_class=by_class)
    return LabelSets(
        level=level,
        by_class=by_class,
        thresholds={label: math.floor(float(limit) * 1e6) / 1e6 for label, limit in zip(labels, final, strict=True)},
        coverage=round(float(held.mean()), 6),
        coverage_interval=wilson(int(held.sum()), len(held)),
        class_coverage={
            label: round(float(held[gold == i].mean()), 6) if (gold == i).any() else None
            for i, label in enumerate(labels)
        },
        size=round(float(sizes.mean()), 6),
        single=round(float((sizes == 1).mean()), 6),
        empty=round(float((sizes == 0).mean()), 6),
    )


def _threshold(own: Floats, level: float) -> float:
    """Give the largest probability that at least ceil((n + 1) level) of n gold labels reach; 0 where n is too small."""
    needed = math.ceil((len(own) + 1) * level - 1e-9)
    return 0.0 if needed > len(own) else float(np.sort(own)[len(own) - needed])
