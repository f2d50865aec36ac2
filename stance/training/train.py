"""Choose C by cross-validation, calibrate on the out-of-fold scores, fit on everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from sklearn.metrics import f1_score
from threadpoolctl import threadpool_limits

from stance.dataset import Dataset
from stance.records import Statement
from stance.training import calibrate, folds, solve
from stance.training.config import TrainingConfig
from stance.training.features import Features, Folded
from stance.training.reading import Reading, read

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class TrainedHead:
    """One fitted head and what cross-validation said of it.

    Attributes
    ----------
    labels : column order of everything below
    weights : fitted on all rows, a weight a word and label
    intercepts : shape (n_labels,)
    temperature : of the out-of-fold scores
    strength : the C that was chosen
    search : C to out-of-fold macro-F1
    tested : indices of the statements that were scored, shape (n,)
    probabilities : calibrated out-of-fold probabilities of those, shape (n, n_labels)
    fold_of : the fold that tested each of them, shape (n,)
    splits : the folds
    """

    labels: tuple[str, ...]
    weights: Folded
    intercepts: Floats
    temperature: float
    strength: float
    search: dict[float, float]
    tested: NDArray[np.intp]
    probabilities: Floats
    fold_of: NDArray[np.intp]
    splits: tuple[folds.Fold, ...]


@dataclass(frozen=True)
class Trained:
    """Everything that a model folder needs, in memory.

    Attributes
    ----------
    reading : all texts, read
    vocabulary : the terms, in the order of their bytes
    features : fitted on all rows
    heads : head to its fitted form
    """

    dataset: Dataset
    config: TrainingConfig
    reading: Reading
    vocabulary: list[str]
    features: Features
    heads: dict[str, TrainedHead]


def train(dataset: Dataset, config: TrainingConfig, progress: Progress = lambda *_: None) -> Trained:
    """Train every head that the data set has labels for.

    Parameters
    ----------
    progress : called with (what, done, of how many) as work goes on

    Raises
    ------
    DatasetError
        If a head has one class only or too few rows for the folds, there are no words, or the solver fails.
    """
    statements = dataset.statements
    progress("reading", 0, 1)
    splits = {head: folds.split(statements, head, folds=config.folds, seed=config.seed) for head in dataset.heads}
    reading = read([s.text for s in statements])
    # One BLAS thread: the folds run side by side already, and the sums must not depend on the number of cores.
    with threadpool_limits(limits=1), solve.quiet_solver():
        searched = _search(reading, dataset, splits, config, progress)
        everything = np.arange(len(statements))
        features = fit_features(reading, dataset, everything, config)
        heads = {
            head: _finish(head, labels, dataset, features, searched[head], splits[head], config)
            for head, labels in dataset.heads.items()
        }
    vocabulary = [reading.vocabulary[i] for i in features.kept]
    return Trained(dataset, config, reading, vocabulary, features, heads)


def fit_features(reading: Reading, dataset: Dataset, rows: Rows, config: TrainingConfig) -> Features:
    """Fit the features on some rows; the first head, which is the stance if there is one, decides what is an act."""
    own = [dataset.statements[i] for i in rows]
    deciding = next(iter(dataset.heads))
    return Features(reading, rows, [s.labels.get(deciding) for s in own], row_weights(own, config), config)


def leads(dataset: Dataset, head: str) -> bool:
    """Tell whether the leading act has features in a head: in the one that decides what is an act."""
    return head == next(iter(dataset.heads))


def _search(
    reading: Reading,
    dataset: Dataset,
    splits: dict[str, list[folds.Fold]],
    config: TrainingConfig,
    progress: Progress,
) -> dict[str, list[list[Floats]]]:
    """Give head to, for each fold, the test scores of every C."""
    tasks = [(head, fold) for head, own in splits.items() for fold in own]
    work = Parallel(n_jobs=config.jobs, prefer="threads", return_as="generator")(
        delayed(_fold_scores)(reading, dataset, head, fold, config) for head, fold in tasks
    )
    results: dict[str, list[list[Floats]]] = {head: [] for head in splits}
    for done, ((head, _), fold_scores) in enumerate(zip(tasks, work, strict=True), start=1):
        results[head].append(fold_scores)
        progress("cross-validation", done, len(tasks))
    return results


def _fold_scores(
    reading: Reading, dataset: Dataset, head: str, fold: folds.Fold, config: TrainingConfig
) -> list[Floats]:
    features = fit_features(reading, dataset, fold.train, config)
    leading = leads(dataset, head)
    inside, outside = features.matrix(fold.train, leading=leading), features.matrix(fold.test, leading=leading)
    own = [dataset.statements[i] for i in fold.train]
    labels, weights = [s.labels[head] for s in own], row_weights(own, config)
    return [solve.scores(solve.fit(inside, labels, weights, strength), outside) for strength in config.grid]


def _finish(
    head: str,
    labels: tuple[str, ...],
    dataset: Dataset,
    features: Features,
    fold_scores: list[list[Floats]],
    splits: list[folds.Fold],
    config: TrainingConfig,
) -> TrainedHead:
    """Choose C, fit the temperature on the out-of-fold scores, fit the classifier on all rows."""
    statements = dataset.statements
    order = [sorted(labels).index(label) for label in labels]  # scikit-learn sorts its classes
    tested = np.concatenate([fold.test for fold in splits])
    fold_of = np.concatenate([np.full(len(fold.test), number) for number, fold in enumerate(splits)])
    gold = np.array([labels.index(statements[i].labels[head]) for i in tested])
    by_strength = {
        strength: np.concatenate([fold[place] for fold in fold_scores])[:, order]
        for place, strength in enumerate(config.grid)
    }
    search = {
        strength: round(float(f1_score(gold, own.argmax(axis=1), average="macro")), 6)
        for strength, own in by_strength.items()
    }
    strength = max(search, key=lambda c: (search[c], -c))
    temperature = calibrate.fit_temperature(by_strength[strength], gold)
    rows = np.array([i for i, s in enumerate(statements) if head in s.labels], np.intp)
    coefficients, intercepts = fit_head(features, dataset, head, rows, strength, config)
    return TrainedHead(
        labels=labels,
        weights=features.folded(coefficients, leading=leads(dataset, head)),
        intercepts=intercepts,
        temperature=temperature,
        strength=strength,
        search=search,
        tested=tested,
        probabilities=calibrate.probabilities(by_strength[strength], temperature),
        fold_of=fold_of,
        splits=tuple(splits),
    )


def fit_head(
    features: Features, dataset: Dataset, head: str, rows: Rows, strength: float, config: TrainingConfig
) -> tuple[Floats, Floats]:
    """Fit one head on some rows; give coefficients and intercepts in the order of its labels."""
    own = [dataset.statements[i] for i in rows]
    classifier = solve.fit(
        features.matrix(rows, leading=leads(dataset, head)),
        [s.labels[head] for s in own],
        row_weights(own, config),
        strength,
    )
    coefficients, intercepts = solve.columns(classifier)
    order = [list(classifier.classes_).index(label) for label in dataset.heads[head]]
    return coefficients[order], intercepts[order]


def row_weights(statements: Sequence[Statement], config: TrainingConfig) -> Floats:
    """Give the importance of each statement in the loss, shape (n,)."""
    return np.array([config.phrase_weight if s.kind == "phrase" else 1.0 for s in statements])
