"""A scikit-learn classifier behind a gate, for those who work on with ``pipeline.joblib``."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression


class GatedClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Gives one label to what is not relevant, and leaves the rest to a classifier.

    Parameters
    ----------
    classifier : fitted
    coefficients : shape (n_features,), of the log-odds that a text is relevant
    intercept : of the log-odds
    label : of what is not relevant
    """

    def __init__(
        self, classifier: LogisticRegression, coefficients: NDArray[np.float64], intercept: float, label: str
    ) -> None:
        self.classifier = classifier
        self.coefficients = coefficients
        self.intercept = intercept
        self.label = label

    def fit(self, features: csr_matrix, y: Any = None) -> GatedClassifier:  # noqa: ARG002 -- scikit-learn's signature
        """Do nothing: both parts are given."""
        return self

    def __sklearn_is_fitted__(self) -> bool:
        """Tell scikit-learn that nothing is left to fit."""
        return True

    @property
    def classes_(self) -> NDArray[np.str_]:
        """The labels, in the order of the columns."""
        return np.asarray(self.classifier.classes_)

    def predict_proba(self, features: csr_matrix) -> NDArray[np.float64]:
        """Give the probabilities, shape (n, n_classes)."""
        relevance = expit(features @ self.coefficients + self.intercept)
        mixed: NDArray[np.float64] = self.classifier.predict_proba(features) * relevance[:, None]
        mixed[:, self.classes_.tolist().index(self.label)] += 1 - relevance
        return mixed

    def predict(self, features: csr_matrix) -> NDArray[np.str_]:
        """Give the most probable label of each row, shape (n,)."""
        return np.asarray(self.classes_[self.predict_proba(features).argmax(axis=1)])
