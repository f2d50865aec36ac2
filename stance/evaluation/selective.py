"""How wrong are the labels if only the surest are given, and above which confidence is a risk kept?

Arrays in, records out: the confidence of each row and whether its label is right. All promises are for rows like these:
on text of another kind the same confidence may be worth less.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from stance.evaluation.records import Promise, RiskCoverage

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: The chance that a promise does not hold.
DELTA = 0.05
RISKS = tuple(round(0.01 * percent, 2) for percent in range(1, 41))
_POINTS = 100
_FIRST = 10  # rows of the first point drawn; a share of fewer jumps


def risk_coverage(confidence: Floats, right: Flags) -> RiskCoverage:
    """Give the curve of the share wrong against the share labelled, the surest rows first.

    R. El-Yaniv and Y. Wiener, "On the foundations of noise-free selective classification", JMLR 11, 2010; area and its
    best value as in Y. Geifman, G. Uziel and R. El-Yaniv, ICLR 2019. Rows of equal confidence stand in the order given.

    Parameters
    ----------
    confidence, right : shape (n,), n at least 1
    """
    risks = _risks(right[np.argsort(-confidence, kind="stable")])
    best = _risks(np.sort(right)[::-1])
    n = len(right)
    first = min(n, _FIRST)
    shown = np.unique(np.linspace(first, n, min(n, _POINTS)).round().astype(int))
    return RiskCoverage(
        points=tuple((round(rows / n, 6), round(float(risks[rows - 1]), 6)) for rows in shown.tolist()),
        area=round(float(risks.mean()), 6),
        area_at_best=round(float(best.mean()), 6),
    )


def promised(confidence: Floats, right: Flags, risk: float, *, delta: float = DELTA) -> Promise:
    """Give the lowest confidence found above which labels are wrong no more often than ``risk``.

    Y. Geifman and R. El-Yaniv, "Selective classification for deep neural networks", NIPS 2017, algorithm 2: a binary
    search over thresholds, each tested by the upper Clopper-Pearson bound of the rows above it, ``delta`` shared out
    over the tests, so that the promise fails in a share ``delta`` of samples at most. Rows are taken as independent.

    Parameters
    ----------
    confidence, right : shape (n,)
    risk, delta : in (0, 1)
    """
    order = np.argsort(-confidence, kind="stable")
    sure, wrong = confidence[order], np.cumsum(~right[order])
    n = len(sure)
    tests = max(1, math.ceil(math.log2(n))) if n else 0
    kept, low, high = 0, 0, n
    for _ in range(tests):
        middle = (low + high + 1) // 2
        rows = int(np.searchsorted(-sure, -sure[middle - 1], side="right"))  # with all that are as sure
        if upper_bound(int(wrong[rows - 1]), rows, delta / tests) <= risk:
            kept, low = max(kept, rows), middle
        else:
            high = middle - 1
        if low >= high:
            break
    if not kept:
        return Promise(risk, None, 0.0, None, None)
    errors = int(wrong[kept - 1])
    return Promise(
        risk=risk,
        confidence=_down(float(sure[kept - 1])),
        coverage=round(kept / n, 6),
        wrong=round(errors / kept, 6),
        bound=round(upper_bound(errors, kept, delta / tests), 6),
    )


def upper_bound(errors: int, rows: int, delta: float) -> float:
    """Give the largest error rate compatible with the errors seen, one-sided (C. Clopper and E. Pearson, 1934)."""
    return 1.0 if errors >= rows else float(betaincinv(errors + 1, rows - errors, 1 - delta))


def _risks(right: Flags) -> Floats:
    return np.asarray(np.cumsum(~right) / np.arange(1, len(right) + 1))


def _down(confidence: float) -> float:
    """Round down, so that the row at the threshold stays above it."""
    return math.floor(confidence * 1e6) / 1e6
