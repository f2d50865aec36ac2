"""Choose C by cross-validation, calibrate on the out-of-fold scores, fit on everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from threadpoolctl import threadpool_limits

from stance.dataset import Dataset
from stance.records import Statement
from stance.training import calibrate, counts, folds, solve
from stance.training.config import TrainingConfig

Floats = NDArray[np.float64]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class TrainedHead:
    """One fitted head and what cross-validation said of it.

    Attributes
    ----------
    labels : column order of everything below
    classifier : fitted on all rows, weights rounded
    temperature : of the out-of-fold scores
    strength : the C that was chosen
    search : C to out-of-fold macro-F1
    tested : indices of the statements that were scored, shape (n,)
    probabilities : calibrated out-of-fold probabilities of those, shape (n, n_labels)
    fold_of : the fold that tested each of them, shape (n,)
    splits : the folds
    """

    labels: tuple[str, ...]
    classifier: LogisticRegression
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
    vocabulary : the terms, in the order of their bytes
    idf : shape (n_terms,)
    heads : head to its fitted form
    """

    dataset: Dataset
    config: TrainingConfig
    vocabulary: list[str]
    idf: Floats
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
    counted, vocabulary = counts.count_terms([s.text for s in statements])
    # One BLAS thread: the folds run side by side already, and the sums must not depend on the number of cores.
    with threadpool_limits(limits=1), solve.quiet_solver():
        searched = _search(counted, statements, splits, config, progress)
        kept, idf, weighted = _weighed_side(counted, config)
        heads = {
            head: _finish(head, labels, statements, weighted, searched[head], splits[head], config)
            for head, labels in dataset.heads.items()
        }
    return Trained(dataset, config, [vocabulary[i] for i in kept], idf, heads)


def _search(
    counted: csr_matrix,
    statements: Sequence[Statement],
    splits: dict[str, list[folds.Fold]],
    config: TrainingConfig,
    progress: Progress,
) -> dict[str, list[list[Floats]]]:
    """Give head to, for each fold, the test scores of every C."""
    tasks = [(head, fold) for head, own in splits.items() for fold in own]
    work = Parallel(n_jobs=config.jobs, prefer="threads", return_as="generator")(
        delayed(_fold_scores)(counted, statements, head, fold, config) for head, fold in tasks
    )
    results: dict[str, list[list[Floats]]] = {head: [] for head in splits}
    for done, ((head, _), fold_scores) in enumerate(zip(tasks, work, strict=True), start=1):
        results[head].append(fold_scores)
        progress("cross-validation", done, len(tasks))
    return results


def _fold_scores(
    counted: csr_matrix, statements: Sequence[Statement], head: str, fold: folds.Fold, config: TrainingConfig
) -> list[Floats]:
    kept, idf, weighted = _weighed_side(counted[fold.train], config)
    outside = counts.weigh(counted[fold.test][:, kept], idf)
    labels = [statements[i].labels[head] for i in fold.train]
    weights = row_weights([statements[i] for i in fold.train], config)
    return [solve.scores(solve.fit(weighted, labels, weights, strength), outside) for strength in config.grid]


def _weighed_side(counted: csr_matrix, config: TrainingConfig) -> tuple[NDArray[np.intp], Floats, csr_matrix]:
    """Fit the vectoriser on one side: the columns kept, their inverse document frequencies, the weighted rows."""
    kept = counts.kept_columns(counted, config.min_count)
    inside = counted[:, kept]
    idf = counts.inverse_document_frequencies(inside)
    return kept, idf, counts.weigh(inside, idf)


def _finish(
    head: str,
    labels: tuple[str, ...],
    statements: Sequence[Statement],
    weighted: csr_matrix,
    fold_scores: list[list[Floats]],
    splits: list[folds.Fold],
    config: TrainingConfig,
) -> TrainedHead:
    """Choose C, fit the temperature on the out-of-fold scores, fit the classifier on all rows."""
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
    rows = [i for i, s in enumerate(statements) if head in s.labels]
    classifier = solve.fit(
        weighted[rows],
        [statements[i].labels[head] for i in rows],
        row_weights([statements[i] for i in rows], config),
        strength,
    )
    return TrainedHead(
        labels=labels,
        classifier=classifier,
        temperature=temperature,
        strength=strength,
        search=search,
        tested=tested,
        probabilities=calibrate.probabilities(by_strength[strength], temperature),
        fold_of=fold_of,
        splits=tuple(splits),
    )


def row_weights(statements: Sequence[Statement], config: TrainingConfig) -> Floats:
    """Give the importance of each statement in the loss, shape (n,)."""
    return np.array([config.phrase_weight if s.kind == "phrase" else 1.0 for s in statements])
