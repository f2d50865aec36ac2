"""Score every C on the test side of every fold."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from stance.dataset import Dataset
from stance.training import folds, relevance, solve
from stance.training.config import TrainingConfig
from stance.training.features import Features
from stance.training.fit import fit_features, fit_path, leads
from stance.training.reading import Reading
from stance.training.relevance import has_gate

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
Progress = Callable[[str, int, int], None]


class FoldScores(NamedTuple):
    """What one fold says of its test rows of one head: the scores by place in the grid, and the relevance."""

    test: Rows
    scores: list[Floats]
    relevance: Floats


def search(
    reading: Reading,
    dataset: Dataset,
    splits: dict[str, list[folds.Fold]],
    config: TrainingConfig,
    progress: Progress,
) -> dict[str, list[FoldScores]]:
    """Give head to what its folds say."""
    distinct = list({id(own): own for own in splits.values()}.values())
    work = Parallel(n_jobs=config.jobs, prefer="threads", return_as="generator")
    made = [fold for own in distinct for fold in own]
    features: dict[int, Features] = {}
    tasks = [(head, fold) for head, own in splits.items() for fold in own]
    steps = len(made) + len(tasks)
    for fold, fitted in zip(
        made, work(delayed(fit_features)(reading, dataset, f.train, config) for f in made), strict=True
    ):
        features[id(fold)] = fitted
        progress("cross-validation", len(features), steps)
    results: dict[str, list[FoldScores]] = {head: [] for head in splits}
    scored = work(delayed(_fold_scores)(features[id(fold)], dataset, head, fold, config) for head, fold in tasks)
    for done, ((head, _), found) in enumerate(zip(tasks, scored, strict=True), start=len(made) + 1):
        results[head].append(found)
        progress("cross-validation", done, steps)
    return results


def _fold_scores(
    features: Features, dataset: Dataset, head: str, fold: folds.Fold, config: TrainingConfig
) -> FoldScores:
    outside = features.matrix(fold.test, leading=leads(dataset, head))
    fitted = fit_path(features, dataset, head, fold.train, config.grid, config)
    gate = relevance.fit(features, dataset, fold.train, config) if has_gate(dataset, head, config) else None
    return FoldScores(
        fold.test,
        [solve.scores(classifier, outside) for classifier in fitted],
        relevance.relevance(features, gate, fold.test),
    )
