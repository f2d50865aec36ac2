"""What a model can promise, from its out-of-fold predictions: thresholds for risks and for coverages.

Written into the manifest, so that prediction needs no arrays. Phrases are not among the rows.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stance.evaluation.conformal import thresholds
from stance.evaluation.selective import RISKS, promised
from stance.training import Trained
from stance.training.train import TrainedHead

#: From 50 to 99 %: below, a set is no more than the label; above, most rare labels have too few rows.
COVERAGES = tuple(round(0.01 * percent, 2) for percent in (*range(50, 95, 5), *range(95, 100)))


def confidence_tables(trained: Trained) -> dict[str, Any]:
    """Give for each head the number of rows, and the thresholds as :mod:`stance.confidence.promises` reads them."""
    return {head: _tables(trained, head, own) for head, own in trained.heads.items()}


def _tables(trained: Trained, head: str, own: TrainedHead) -> dict[str, Any]:
    statements = trained.dataset.statements
    gold = np.array([own.labels.index(statements[i].labels[head]) for i in own.tested])
    right = own.probabilities.argmax(axis=1) == gold
    kept = [promised(own.probabilities.max(axis=1), right, risk) for risk in RISKS]
    return {
        "rows": len(gold),
        "risks": {f"{each.risk:g}": each.confidence for each in kept if each.confidence is not None},
        "sets": {
            how: {f"{level:g}": _limits(own, gold, level, by_class=by_class) for level in COVERAGES}
            for how, by_class in (("class", True), ("all", False))
        },
    }


def _limits(own: TrainedHead, gold: NDArray[np.intp], level: float, *, by_class: bool) -> dict[str, float]:
    limits = thresholds(own.probabilities, gold, level, by_class=by_class)
    return {label: _down(limit) for label, limit in zip(own.labels, limits, strict=True)}


def _down(limit: float) -> float:
    """Round down, so that the row at the threshold stays in."""
    return math.floor(limit * 1e6) / 1e6
