"""Does a confidence of 80 % mean four right in five?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stance.evaluation.records import CalibrationBin

Floats = NDArray[np.float64]

BINS = 10
#: With fewer rows a bin holds fewer than ten, and its share of right labels is noise of ±0.3.
FEWEST_ROWS = 100
_HISTOGRAM_BINS = 20
_SMALLEST = 1e-15


def equal_count_bins(confidence: Floats, right: NDArray[np.bool_]) -> tuple[CalibrationBin, ...]:
    """Divide rows into ten bins of equal count by confidence; none below a hundred rows.

    Parameters
    ----------
    confidence : shape (n,), probability of the label given
    right : shape (n,), whether that label was the gold one
    """
    if len(confidence) < FEWEST_ROWS:
        return ()
    order = np.argsort(confidence, kind="stable")
    return tuple(
        CalibrationBin(
            low=round(float(confidence[rows[0]]), 6),
            high=round(float(confidence[rows[-1]]), 6),
            confidence=round(float(confidence[rows].mean()), 6),
            accuracy=round(float(right[rows].mean()), 6),
            count=len(rows),
        )
        for rows in np.array_split(order, BINS)
    )


def expected_error(bins: tuple[CalibrationBin, ...]) -> float:
    """Give the mean distance of confidence and accuracy over the bins, weighed by count.

    M. Pakdaman Naeini, G. Cooper and M. Hauskrecht, "Obtaining well calibrated probabilities using Bayesian
    binning", AAAI 2015; with bins of equal count, which a skewed confidence does not empty.
    """
    total = sum(each.count for each in bins)
    return sum(abs(each.confidence - each.accuracy) * each.count for each in bins) / total


def log_loss(probabilities: Floats, gold: NDArray[np.intp]) -> float:
    """Give the mean of -ln p(gold class); 0 for no rows."""
    if not len(gold):
        return 0.0
    picked = probabilities[np.arange(len(gold)), gold]
    return float(-np.log(np.maximum(picked, _SMALLEST)).mean())


def brier(probabilities: Floats, gold: NDArray[np.intp]) -> float:
    """Give the mean over rows of the squared distance to the gold class's unit vector, in [0, 2]; 0 for no rows."""
    if not len(gold):
        return 0.0
    distance = probabilities.copy()
    distance[np.arange(len(gold)), gold] -= 1
    return float((distance**2).sum(axis=1).mean())


def histogram(confidence: Floats) -> tuple[int, ...]:
    """Count rows in twenty bins of confidence over [0, 1]."""
    found, _ = np.histogram(confidence, bins=_HISTOGRAM_BINS, range=(0, 1))
    return tuple(int(count) for count in found)
