"""Score every C on the test side of every fold."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stance.training import relevance, solve
from stance.training.features import Choice
from stance.training.fit import fit_features, fit_path, leads
from stance.training.folds import Fold
from stance.training.relevance import has_gate
from stance.training.workers import Shared, Workers

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
Progress = Callable[[str, int, int], None]


class FoldScores(NamedTuple):
    """What one fold says of its test rows of one head.

    Attributes
    ----------
    test : the rows
    scores : by place in the grid, shape (n_test, n_labels)
    relevance : the probability that each row is about politics, shape (n_test,)
    choice : what the fold's features were fitted to
    coefficients : by place in the grid, shape (n_labels, n_features), in single precision, which holds them exactly

    The labels are in the order of their names, as scikit-learn sorts them.
    """

    test: Rows
    scores: list[Floats]
    relevance: Floats
    choice: Choice
    coefficients: list[NDArray[np.float32]]


def search(pool: Workers, splits: dict[str, list[Fold]], progress: Progress) -> dict[str, list[FoldScores]]:
    """Give head to what its folds say."""
    tasks = [(head, fold) for head, own in splits.items() for fold in own]
    results: dict[str, list[FoldScores]] = {head: [] for head in splits}
    scored = pool.run((_fold_scores, task) for task in tasks)
    for done, ((head, _), found) in enumerate(zip(tasks, scored, strict=True), start=1):
        results[head].append(found)
        progress("cross-validation", done, len(tasks))
    return results


def _fold_scores(shared: Shared, head: str, fold: Fold) -> FoldScores:
    reading, dataset, config = shared
    features = fit_features(reading, dataset, fold.train, config, leading=leads(dataset, head))
    outside = features.matrix(fold.test, leading=leads(dataset, head))
    fitted = fit_path(features, dataset, head, fold.train, config.grid, config)
    gate = relevance.fit(features, dataset, fold.train, config) if has_gate(dataset, head, config) else None
    return FoldScores(
        fold.test,
        [solve.scores(classifier, outside) for classifier in fitted],
        relevance.relevance(features, gate, fold.test),
        features.choice,
        [solve.columns(classifier)[0].astype(np.float32) for classifier in fitted],
    )
