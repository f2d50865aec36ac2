"""A training run as scikit-learn pipelines, for those who work on there: the probabilities of the model folder."""

from __future__ import annotations

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from stance.gated_classifier import GatedClassifier
from stance.labels import GATED_HEAD, GATED_LABEL
from stance.stored_arrays import stored_weights
from stance.text import terms
from stance.training import Trained
from stance.training.solve import new_classifier
from stance.training.train import TrainedHead
from stance.word_vectorizer import WordVectorizer


def pipelines(trained: Trained) -> dict[str, Pipeline]:
    """Give one fitted scikit-learn pipeline a head, with the probabilities of the model folder.

    The classifier's weights are divided by the temperature, which is the same as dividing its scores.
    """
    vectoriser = TfidfVectorizer(analyzer=terms, sublinear_tf=True, vocabulary=trained.vocabulary)
    vectoriser.idf_ = trained.features.choice.idf
    words = WordVectorizer(trained.reading.words.units, trained.features.choice.acts)
    union = FeatureUnion([("tfidf", vectoriser), ("words", words)])
    return {head: Pipeline([("features", union), ("classifier", _classifier(trained, head))]) for head in trained.heads}


def _classifier(trained: Trained, head: str) -> LogisticRegression | GatedClassifier:
    own = trained.heads[head]
    if trained.gate is None or head != GATED_HEAD:
        return _calibrated(own)
    return GatedClassifier(
        _calibrated(own), stored_weights(trained.gate.weights)[0], trained.gate.intercept, GATED_LABEL
    )


def _calibrated(own: TrainedHead) -> LogisticRegression:
    """Give a fitted classifier over the columns of :func:`stance.stored_arrays.stored_weights`."""
    coefficients = stored_weights(own.weights)
    order = np.argsort(own.labels)  # scikit-learn sorts its classes
    classifier = new_classifier(own.strength)
    classifier.classes_ = np.array(own.labels)[order]
    classifier.coef_ = coefficients[order] / own.temperature
    classifier.intercept_ = own.intercepts[order] / own.temperature
    if len(own.labels) == 2:  # scikit-learn keeps one row for two classes
        classifier.coef_ = classifier.coef_[1:] - classifier.coef_[:1]
        classifier.intercept_ = classifier.intercept_[1:] - classifier.intercept_[:1]
    classifier.n_features_in_ = coefficients.shape[1]
    classifier.n_iter_ = np.array([1])
    return classifier
