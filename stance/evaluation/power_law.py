"""The curve of a score over the number of rows learnt from: an inverse power law, by weighted least squares.

R. L. Figueroa, Q. Zeng-Treitler, S. Kandula and L. H. Ngo, "Predicting sample size required for classification
performance", BMC Medical Informatics and Decision Making 12:8, 2012: score = a - b * rows^-c, later points weighing
more. Knows nothing of models.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

Floats = NDArray[np.float64]

#: Three parameters take four points, or the curve goes through whatever there is.
FEWEST_POINTS = 4
#: Flatter curves rise for ever, steeper ones have ended before the first point.
_FLATTEST, _STEEPEST = 0.05, 4.0
_STEPS = 60


@dataclass(frozen=True, slots=True)
class PowerLaw:
    """score = a - b * rows^-c.

    Attributes
    ----------
    a : what the score tends to, at most 1
    b : at least 0; 0 for a curve that does not rise
    c : how fast, in [0.05, 4]
    """

    a: float
    b: float
    c: float

    def at(self, rows: float) -> float:
        """Give the expected score of so many rows."""
        return float(self.a - self.b * rows**-self.c)

    def rows_for(self, score: float) -> float | None:
        """Give the number of rows that a score takes; None if no number does."""
        if score >= self.a or not self.b:
            return None
        try:
            return float((self.b / (self.a - score)) ** (1 / self.c))
        except OverflowError:
            return None


def fit(rows: Sequence[float], scores: Sequence[float]) -> PowerLaw:
    """Fit the curve; the j-th of m points, by rows, weighs j / m, as in the paper.

    For a given c the curve is a straight line over rows^-c, so only c is searched: first over a grid, then finely.
    No starting point, and nothing that fails to converge.

    Raises
    ------
    ValueError
        If there are fewer than four different numbers of rows, or one below 1.
    """
    if len(set(rows)) < FEWEST_POINTS or min(rows) < 1:
        raise ValueError(f"a curve takes {FEWEST_POINTS} different numbers of rows of at least 1, not {list(rows)}")
    order = np.argsort(rows, kind="stable")
    largest = max(rows)
    share, given = np.array(rows, np.float64)[order] / largest, np.array(scores, np.float64)[order]
    weights = np.arange(1, len(rows) + 1) / len(rows)

    def line(log_c: float) -> tuple[float, float, float]:
        return _line(share ** -np.exp(log_c), given, weights)

    grid = np.linspace(np.log(_FLATTEST), np.log(_STEEPEST), _STEPS)
    losses = [line(log_c)[2] for log_c in grid]
    best = int(np.argmin(losses))
    bounds = (grid[max(best - 1, 0)], grid[min(best + 1, _STEPS - 1)])
    finer = minimize_scalar(lambda log_c: line(log_c)[2], bounds=bounds, method="bounded", options={"xatol": 1e-9})
    log_c = float(finer.x) if finer.fun < losses[best] else float(grid[best])
    a, b, _ = line(log_c)
    c = float(np.exp(log_c))
    return PowerLaw(a, float(b * largest**c), c)


def _line(falling: Floats, given: Floats, weights: Floats) -> tuple[float, float, float]:
    """Give a, b and the weighted squares of ``a - b * falling``, a at most 1 and b at least 0."""
    mean_x, mean_y = np.average(falling, weights=weights), np.average(given, weights=weights)
    spread = np.sum(weights * (falling - mean_x) ** 2)
    b = -np.sum(weights * (falling - mean_x) * (given - mean_y)) / spread if spread else 0.0
    a = mean_y + b * mean_x
    if a > 1:
        a, b = np.float64(1), np.sum(weights * falling * (1 - given)) / np.sum(weights * falling**2)
    if b < 0:
        a, b = mean_y, 0.0
    return float(a), float(b), float(np.sum(weights * (given - a + b * falling) ** 2))
