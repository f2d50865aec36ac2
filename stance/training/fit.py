"""Fit features and one head on some rows: what cross-validation, the final model and its explanation share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from stance.dataset import Dataset
from stance.records import Statement
from stance.training import solve
from stance.training.config import TrainingConfig
from stance.training.features import Features
from stance.training.reading import Reading
from stance.training.relevance import has_gate

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


def fit_features(reading: Reading, dataset: Dataset, rows: Rows, config: TrainingConfig, *, leading: bool) -> Features:
    """Fit the features on some rows.

    Parameters
    ----------
    leading : whether to learn which words are acts, for heads in which the leading act has features
    """
    own = [dataset.statements[i] for i in rows]
    labels: list[str | None] = [None] * len(own)
    if leading:
        deciding = next(iter(dataset.heads))
        taught = set(learnt(dataset, deciding, rows, config).tolist())
        labels = [s.labels[deciding] if i in taught else None for i, s in zip(rows.tolist(), own, strict=True)]
    return Features.fit(reading, rows, labels, row_weights(own, config), config)


def leads(dataset: Dataset, head: str) -> bool:
    """Tell whether the leading act has features in a head: in the first, which is the stance if there is one."""
    return head == next(iter(dataset.heads))


def fit_path(
    features: Features, dataset: Dataset, head: str, rows: Rows, strengths: Sequence[float], config: TrainingConfig
) -> list[LogisticRegression]:
    """Fit a head on those of some rows that it learns from, for each C."""
    taught = learnt(dataset, head, rows, config)
    own = [dataset.statements[i] for i in taught]
    matrix = features.matrix(taught, leading=leads(dataset, head))
    return solve.path(matrix, [s.labels[head] for s in own], row_weights(own, config), strengths)


def learnt(dataset: Dataset, head: str, rows: Rows, config: TrainingConfig) -> Rows:
    """Give the rows that a head learns from: behind a gate, those that are about politics."""
    statements = dataset.statements
    gate = has_gate(dataset, head, config)
    return np.array(
        [i for i in rows if head in statements[i].labels and not (gate and statements[i].off_topic)], np.intp
    )


def fit_head(
    features: Features, dataset: Dataset, head: str, rows: Rows, strength: float, config: TrainingConfig
) -> tuple[Floats, Floats]:
    """Fit one head on some rows; give coefficients and intercepts in the order of its labels."""
    [classifier] = fit_path(features, dataset, head, rows, [strength], config)
    coefficients, intercepts = solve.columns(classifier)
    order = [list(classifier.classes_).index(label) for label in dataset.heads[head]]
    return coefficients[order], intercepts[order]


def row_weights(statements: Sequence[Statement], config: TrainingConfig) -> Floats:
    """Give the importance of each statement in the loss, shape (n,)."""
    return np.array([config.phrase_weight if s.kind == "phrase" else 1.0 for s in statements])
