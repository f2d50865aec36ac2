"""Choose C by cross-validation, calibrate on the out-of-fold scores, fit on everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from threadpoolctl import threadpool_limits

from stance.dataset import Dataset
from stance.records import Statement
from stance.training import calibrate, folds, relevance, solve
from stance.training.config import TrainingConfig
from stance.training.features import Features, Folded
from stance.training.reading import Reading, read
from stance.training.relevance import Relevance, has_gate

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
    gate : tells politics from other worlds before the stance; None if the data set has too little of other worlds
    """

    dataset: Dataset
    config: TrainingConfig
    reading: Reading
    vocabulary: list[str]
    features: Features
    heads: dict[str, TrainedHead]
    gate: Relevance | None = None


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
    splits = folds.split_heads(statements, list(dataset.heads), folds=config.folds, seed=config.seed)
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
        gate = _gate(features, dataset, everything)
    vocabulary = [reading.vocabulary[i] for i in features.kept]
    return Trained(dataset, config, reading, vocabulary, features, heads, gate)


def _gate(features: Features, dataset: Dataset, rows: Rows) -> Relevance | None:
    if not any(has_gate(dataset.statements, head) for head in dataset.heads):
        return None
    fitted = relevance.fit(features, dataset.statements, rows)
    return Relevance(features.folded(fitted[0][None, :], leading=False), fitted[1]) if fitted else None


def fit_features(reading: Reading, dataset: Dataset, rows: Rows, config: TrainingConfig) -> Features:
    """Fit the features on some rows; the first head, which is the stance if there is one, decides what is an act."""
    own = [dataset.statements[i] for i in rows]
    deciding = next(iter(dataset.heads))
    learnt = set(_learnt(dataset, deciding, rows).tolist())
    labels = [s.labels[deciding] if i in learnt else None for i, s in zip(rows.tolist(), own, strict=True)]
    return Features(reading, rows, labels, row_weights(own, config), config)


def leads(dataset: Dataset, head: str) -> bool:
    """Tell whether the leading act has features in a head: in the one that decides what is an act."""
    return head == next(iter(dataset.heads))


class _FoldScores(NamedTuple):
    """What one fold says of its test rows of one head: the scores by place in the grid, and the relevance."""

    test: Rows
    scores: list[Floats]
    relevance: Floats


def _search(
    reading: Reading,
    dataset: Dataset,
    splits: dict[str, list[folds.Fold]],
    config: TrainingConfig,
    progress: Progress,
) -> dict[str, list[_FoldScores]]:
    """Give head to what its folds say."""
    sharing: dict[int, list[str]] = {}
    for head, own in splits.items():
        sharing.setdefault(id(own), []).append(head)
    tasks = [(heads, fold) for heads in sharing.values() for fold in splits[heads[0]]]
    work = Parallel(n_jobs=config.jobs, prefer="threads", return_as="generator")(
        delayed(_fold_scores)(reading, dataset, heads, fold, config) for heads, fold in tasks
    )
    results: dict[str, list[_FoldScores]] = {head: [] for head in splits}
    for done, ((heads, _), found) in enumerate(zip(tasks, work, strict=True), start=1):
        for head, own_scores in zip(heads, found, strict=True):
            results[head].append(own_scores)
        progress("cross-validation", done, len(tasks))
    return results


def _fold_scores(
    reading: Reading, dataset: Dataset, heads: list[str], fold: folds.Fold, config: TrainingConfig
) -> list[_FoldScores]:
    features = fit_features(reading, dataset, fold.train, config)
    found = []
    for head in heads:
        outside = features.matrix(fold.test, leading=leads(dataset, head))
        fitted = _fit_path(features, dataset, head, fold.train, config.grid, config)
        gate = None
        if has_gate(dataset.statements, head):
            gate = relevance.fit(features, dataset.statements, fold.train)
        found.append(
            _FoldScores(
                fold.test,
                [solve.scores(classifier, outside) for classifier in fitted],
                relevance.relevance(features, gate, fold.test),
            )
        )
    return found


def _fit_path(
    features: Features, dataset: Dataset, head: str, rows: Rows, strengths: Sequence[float], config: TrainingConfig
) -> list[LogisticRegression]:
    """Fit a head on those of some rows that it learns from, for each C."""
    learnt = _learnt(dataset, head, rows)
    own = [dataset.statements[i] for i in learnt]
    matrix = features.matrix(learnt, leading=leads(dataset, head))
    return solve.path(matrix, [s.labels[head] for s in own], row_weights(own, config), strengths)


def _learnt(dataset: Dataset, head: str, rows: Rows) -> Rows:
    """Give the rows that a head learns from: behind a gate, those that are about politics."""
    statements = dataset.statements
    gate = has_gate(statements, head)
    return np.array(
        [i for i in rows if head in statements[i].labels and not (gate and statements[i].off_topic)], np.intp
    )


def _finish(
    head: str,
    labels: tuple[str, ...],
    dataset: Dataset,
    features: Features,
    found: list[_FoldScores],
    splits: list[folds.Fold],
    config: TrainingConfig,
) -> TrainedHead:
    """Choose C, fit the temperature on the out-of-fold scores, fit the classifier on all rows."""
    statements = dataset.statements
    order = [sorted(labels).index(label) for label in labels]  # scikit-learn sorts its classes
    tested = np.concatenate([own.test for own in found])
    fold_of = np.concatenate([np.full(len(own.test), number) for number, own in enumerate(found)])
    gold = np.array([labels.index(statements[i].labels[head]) for i in tested])
    learnt = np.isin(tested, _learnt(dataset, head, tested))
    by_strength = {
        strength: np.concatenate([own.scores[place] for own in found])[:, order]
        for place, strength in enumerate(config.grid)
    }
    search = {
        strength: round(float(f1_score(gold[learnt], own[learnt].argmax(axis=1), average="macro")), 6)
        for strength, own in by_strength.items()
    }
    strength = max(search, key=lambda c: (search[c], -c))
    temperature = calibrate.fit_temperature(by_strength[strength][learnt], gold[learnt])
    probabilities = calibrate.probabilities(by_strength[strength], temperature)
    if has_gate(statements, head):
        probabilities = relevance.gated(probabilities, np.concatenate([own.relevance for own in found]), labels)
    everything = np.arange(len(statements))
    coefficients, intercepts = fit_head(features, dataset, head, everything, strength, config)
    return TrainedHead(
        labels=labels,
        weights=features.folded(coefficients, leading=leads(dataset, head)),
        intercepts=intercepts,
        temperature=temperature,
        strength=strength,
        search=search,
        tested=tested,
        probabilities=probabilities,
        fold_of=fold_of,
        splits=tuple(splits),
    )


def fit_head(
    features: Features, dataset: Dataset, head: str, rows: Rows, strength: float, config: TrainingConfig
) -> tuple[Floats, Floats]:
    """Fit one head on some rows; give coefficients and intercepts in the order of its labels."""
    [classifier] = _fit_path(features, dataset, head, rows, [strength], config)
    coefficients, intercepts = solve.columns(classifier)
    order = [list(classifier.classes_).index(label) for label in dataset.heads[head]]
    return coefficients[order], intercepts[order]


def row_weights(statements: Sequence[Statement], config: TrainingConfig) -> Floats:
    """Give the importance of each statement in the loss, shape (n,)."""
    return np.array([config.phrase_weight if s.kind == "phrase" else 1.0 for s in statements])
