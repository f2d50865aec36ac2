"""Fit one multinomial logistic regression on weighted terms."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from stance.errors import DatasetError

Floats = NDArray[np.float64]

#: Weights are rounded to this step, so that another processor's last bit does not make another file. The scores
#: move by less than 0.001, the fit by nothing that could be measured.
STEP = 2.0**-12
TOLERANCE = 1e-4


def new_classifier(strength: float) -> LogisticRegression:
    """Give an unfitted classifier.

    ``newton-cg`` converges some ten times faster here than the default ``lbfgs`` (benchmarks/solvers.py).
    """
    return LogisticRegression(C=strength, solver="newton-cg", tol=TOLERANCE, max_iter=200)


def fit(
    weighted: csr_matrix,
    labels: Sequence[str],
    weights: Floats,
    strength: float,
    *,
    tolerance: float = TOLERANCE,
) -> LogisticRegression:
    """Fit and round.

    Parameters
    ----------
    weighted : shape (n, n_terms)
    labels : length n, at least two different
    weights : shape (n,), importance of each row
    strength : C, the inverse of the regularisation strength
    tolerance : the solver stops when no entry of the loss's gradient is larger

    Raises
    ------
    DatasetError
        If the solver does not converge or gives numbers that are not finite.
    """
    return path(weighted, labels, weights, [strength], tolerance=tolerance)[0]


def path(
    weighted: csr_matrix,
    labels: Sequence[str],
    weights: Floats,
    strengths: Sequence[float],
    *,
    tolerance: float = TOLERANCE,
) -> list[LogisticRegression]:
    """Fit one classifier for each C, ascending, each starting where the one before ended: half of the time.

    Parameters, errors and rounding as :func:`fit`.
    """
    fitted: list[LogisticRegression] = []
    classifier = new_classifier(strengths[0])
    classifier.tol = tolerance
    classifier.warm_start = True
    for strength in strengths:
        classifier.C = strength
        classifier.fit(weighted, labels, sample_weight=weights)
        fitted.append(_checked(copy(classifier), strength))
    return fitted


def _checked(classifier: LogisticRegression, strength: float) -> LogisticRegression:
    if classifier.n_iter_.max() >= classifier.max_iter:
        raise DatasetError([f"Training did not converge with C = {strength:g}. Try smaller values of C."])
    if not (np.isfinite(classifier.coef_).all() and np.isfinite(classifier.intercept_).all()):
        raise DatasetError([f"Training gave weights that are no finite numbers (C = {strength:g})."])
    classifier.coef_ = rounded(classifier.coef_)
    classifier.intercept_ = rounded(classifier.intercept_)
    return classifier


def rounded(weights: Floats) -> Floats:
    """Give weights as whole multiples of ``STEP``."""
    whole: Floats = np.round(weights / STEP) * STEP
    return whole


@contextmanager
def quiet_solver() -> Iterator[None]:
    """Keep scikit-learn from warning of what :func:`fit` raises.

    Around all threads and not in each: they share one list of filters, which the last to leave would leave behind.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield


def scores(classifier: LogisticRegression, weighted: csr_matrix) -> Floats:
    """Give the scores, shape (n, n_classes), two columns for two classes as well.

    scikit-learn keeps one row of weights for two classes; the pair (-w/2, +w/2) gives the same probabilities.
    """
    decision = classifier.decision_function(weighted)
    if decision.ndim == 1:
        return np.column_stack([-decision / 2, decision / 2])
    return np.asarray(decision, np.float64)


def columns(classifier: LogisticRegression) -> tuple[Floats, Floats]:
    """Give coefficients, shape (n_classes, n_terms), and intercepts, shape (n_classes,), also for two classes."""
    if len(classifier.classes_) == 2:
        return (
            np.vstack([-classifier.coef_ / 2, classifier.coef_ / 2]),
            np.concatenate([-classifier.intercept_ / 2, classifier.intercept_ / 2]),
        )
    return classifier.coef_, classifier.intercept_
