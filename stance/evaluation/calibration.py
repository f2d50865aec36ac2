"""Does a confidence of 80 % mean four right in five?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stance.evaluation import bootstrap
from stance.evaluation.records import CalibrationBin, Interval

Floats = NDArray[np.float64]

BINS = 10
#: With fewer rows a bin holds fewer than ten, and its share of right labels is noise of ±0.3.
FEWEST_ROWS = 100
FEWEST_GROUPS = 5
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
            accuracy_interval=wilson(int(right[rows].sum()), len(rows)),
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


def error_interval(
    confidence: Floats, right: NDArray[np.bool_], groups: NDArray[np.intp], *, seed: int
) -> Interval | None:
    """Give the 95 % interval of the calibration error over resampled groups; None with fewer than five.

    Resampling adds noise that the error counts as miscalibration, so replicates lie too high; the basic bootstrap
    interval (A. Davison and D. Hinkley, "Bootstrap Methods", 1997, 5.2) reflects them at the estimate, which takes
    that bias off. It never reaches below 0 nor leaves out the estimate.

    Parameters
    ----------
    groups : number of each row's group, shape (n,)
    """
    n_groups = int(groups.max()) + 1 if len(groups) else 0
    if len(confidence) < FEWEST_ROWS or n_groups < FEWEST_GROUPS:
        return None
    order = np.argsort(confidence, kind="stable")
    sure, hit, own = confidence[order], right[order].astype(float), groups[order]
    estimate = _weighted_error(sure, hit, np.ones(len(sure)))
    drawn = [_weighted_error(sure, hit, weight[own].astype(float)) for weight in bootstrap.draws(n_groups, seed=seed)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(round(max(0.0, 2 * estimate - high), 6), round(max(estimate, 2 * estimate - low), 6))


def error_by_chance(confidence: Floats, *, seed: int) -> float | None:
    """Give the calibration error that a perfectly calibrated model exceeds in one sample of twenty; None for few rows.

    Labels are drawn right with the confidence given (consistency resampling: J. Bröcker and L. A. Smith, Weather and
    Forecasting 22, 2007).
    """
    if len(confidence) < FEWEST_ROWS:
        return None
    sure = np.sort(confidence)
    generator = np.random.default_rng(seed)
    even = np.ones(len(sure))
    drawn = [
        _weighted_error(sure, (generator.random(len(sure)) < sure).astype(float), even)
        for _ in range(bootstrap.REPLICATES)
    ]
    return round(float(np.percentile(drawn, 95)), 6)


def _weighted_error(confidence: Floats, right: Floats, weight: Floats) -> float:
    """Give the calibration error of sorted rows that count ``weight`` times each."""
    reached = weight.cumsum()
    place = np.minimum(((reached - weight / 2) * BINS / reached[-1]).astype(np.intp), BINS - 1)
    gap = np.bincount(place, weight * (confidence - right), BINS)
    return float(np.abs(gap).sum() / reached[-1])


def wilson(hits: int, rows: int) -> Interval:
    """Give the 95 % interval of a share (E. B. Wilson, JASA 22, 1927), rows taken as independent.

    Parameters
    ----------
    rows : at least one
    """
    share, z = hits / rows, 1.959964
    middle = (share + z * z / (2 * rows)) / (1 + z * z / rows)
    half = z / (1 + z * z / rows) * (share * (1 - share) / rows + z * z / (4 * rows * rows)) ** 0.5
    return Interval(round(max(0.0, middle - half), 6), round(min(1.0, middle + half), 6))


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
