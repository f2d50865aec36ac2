"""One temperature a head, so that a probability means what it says.

C. Guo, G. Pleiss, Y. Sun and K. Q. Weinberger, "On calibration of modern neural networks", ICML 2017: divide the
scores by the T that minimises the log-loss of held-out rows. It keeps every label as it was.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax

Floats = NDArray[np.float64]

_LOWEST, _HIGHEST = 0.05, 20.0


def fit_temperature(scores: Floats, gold: NDArray[np.intp]) -> float:
    """Give the temperature, in [0.05, 20], rounded to four places.

    Parameters
    ----------
    scores : shape (n, n_classes), of rows that were not trained on
    gold : shape (n,), the column of the right class
    """
    rows = np.arange(len(gold))

    def loss(log_temperature: float) -> float:
        return -float(log_softmax(scores / np.exp(log_temperature), axis=1)[rows, gold].mean())

    found = minimize_scalar(loss, bounds=(np.log(_LOWEST), np.log(_HIGHEST)), method="bounded")
    return round(float(np.exp(found.x)), 4)


def probabilities(scores: Floats, temperature: float) -> Floats:
    """Give the probabilities, shape as ``scores``, rows summing to one."""
    return np.asarray(softmax(scores / temperature, axis=1), np.float64)
