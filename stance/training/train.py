"""Choose C by cross-validation, calibrate on rows that were not trained on, fit on everything."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from sklearn.metrics import f1_score
from threadpoolctl import threadpool_limits

from stance.dataset import Dataset
from stance.training import calibrate, folds, relevance, solve
from stance.training.config import TrainingConfig
from stance.training.features import Features, Folded
from stance.training.fit import fit_features, fit_head, leads, learnt
from stance.training.reading import Reading, read
from stance.training.relevance import Relevance, has_gate
from stance.training.search import FoldScores, Progress, search
from stance.training.transfer import transfer_scores

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class TrainedHead:
    """One fitted head and what cross-validation said of it.

    Attributes
    ----------
    labels : column order of everything below
    weights : fitted on all rows, a weight a word and label
    intercepts : shape (n_labels,)
    temperature : of the scores of texts of another kind (:mod:`stance.training.transfer`), or of left-out groups
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
        searched = search(reading, dataset, splits, config, progress)
        everything = np.arange(len(statements))
        features = fit_features(reading, dataset, everything, config)
        finished = Parallel(n_jobs=config.jobs, prefer="threads")(
            delayed(_finish)(head, reading, dataset, features, searched[head], splits[head], config)
            for head in dataset.heads
        )
        heads = dict(zip(dataset.heads, finished, strict=True))
        gate = _gate(features, dataset, everything, config)
    vocabulary = [reading.vocabulary[i] for i in features.kept]
    return Trained(dataset, config, reading, vocabulary, features, heads, gate)


def _gate(features: Features, dataset: Dataset, rows: Rows, config: TrainingConfig) -> Relevance | None:
    if not any(has_gate(dataset, head, config) for head in dataset.heads):
        return None
    fitted = relevance.fit(features, dataset, rows, config)
    return Relevance(features.folded(fitted[0][None, :], leading=False), fitted[1]) if fitted else None


def _temperature(
    reading: Reading,
    dataset: Dataset,
    head: str,
    strength: float,
    config: TrainingConfig,
    out_of_fold: Floats,
    gold: NDArray[np.intp],
) -> float:
    """Fit on texts of another kind than those trained on if the data set has them, else on left-out groups."""
    found = transfer_scores(reading, dataset, head, strength, config)
    if found is None:
        return calibrate.fit_temperature(out_of_fold, gold)
    scores, given = found
    order = sorted(dataset.heads[head])
    return calibrate.fit_temperature(scores, np.array([order.index(label) for label in given]))


def _finish(
    head: str,
    reading: Reading,
    dataset: Dataset,
    features: Features,
    found: list[FoldScores],
    splits: list[folds.Fold],
    config: TrainingConfig,
) -> TrainedHead:
    """Choose C, fit the temperature on the out-of-fold scores, fit the classifier on all rows."""
    statements, labels = dataset.statements, dataset.heads[head]
    order = [sorted(labels).index(label) for label in labels]  # scikit-learn sorts its classes
    tested = np.concatenate([own.test for own in found])
    fold_of = np.concatenate([np.full(len(own.test), number) for number, own in enumerate(found)])
    gold = np.array([labels.index(statements[i].labels[head]) for i in tested])
    taught = np.isin(tested, learnt(dataset, head, tested, config))
    by_strength = {
        strength: np.concatenate([own.scores[place] for own in found])[:, order]
        for place, strength in enumerate(config.grid)
    }
    out_of_fold = {
        strength: round(float(f1_score(gold[taught], own[taught].argmax(axis=1), average="macro")), 6)
        for strength, own in by_strength.items()
    }
    strength = max(out_of_fold, key=lambda c: (out_of_fold[c], -c))
    temperature = _temperature(reading, dataset, head, strength, config, by_strength[strength][taught], gold[taught])
    probabilities = calibrate.probabilities(by_strength[strength], temperature)
    if has_gate(dataset, head, config):
        probabilities = relevance.gated(probabilities, np.concatenate([own.relevance for own in found]), labels)
    everything = np.arange(len(statements))
    coefficients, intercepts = fit_head(features, dataset, head, everything, strength, config)
    return TrainedHead(
        labels=labels,
        weights=features.folded(coefficients, leading=leads(dataset, head)),
        intercepts=intercepts,
        temperature=temperature,
        strength=strength,
        search=out_of_fold,
        tested=tested,
        probabilities=probabilities,
        fold_of=fold_of,
        splits=tuple(splits),
    )
