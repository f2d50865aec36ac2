"""Choose C by cross-validation, calibrate on rows that were not trained on, fit on everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from stance.dataset import Dataset
from stance.training import calibrate, folds, relevance
from stance.training.config import TrainingConfig
from stance.training.features import Choice, Features, Folded
from stance.training.fit import fit_features, fit_head, leads, learnt
from stance.training.reading import Reading, read
from stance.training.relevance import Relevance, has_gate
from stance.training.search import FoldScores, Progress, search
from stance.training.transfer import transfer_scores
from stance.training.workers import Shared, Task, workers

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
    fitted : for each fold what its features were fitted to, and the coefficients at the C that was chosen
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
    fitted: tuple[tuple[Choice, NDArray[np.float32]], ...]


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
    with workers(config, len(statements)) as pool:
        reading = read([s.text for s in statements])
        pool.share(Shared(reading, dataset, config))
        searched = {head: _chosen(head, dataset, own, config) for head, own in search(pool, splits, progress).items()}
        everything = np.arange(len(statements))
        features = fit_features(reading, dataset, everything, config, leading=True)
        tasks: list[Task] = [(_final, (features.choice, head, own.strength)) for head, own in searched.items()]
        tasks += [(transfer_scores, (head, own.strength)) for head, own in searched.items()]
        *finished, gate = pool.run([*tasks, (_gate, (features.choice,))])
    fitted, transferred = finished[: len(searched)], finished[len(searched) :]
    heads = {
        head: _finished(dataset, own, features, final, transfer, splits[head])
        for (head, own), final, transfer in zip(searched.items(), fitted, transferred, strict=True)
    }
    vocabulary = [reading.vocabulary[i] for i in features.choice.kept]
    folded = Relevance(features.folded(gate[0][None, :], leading=False), gate[1]) if gate else None
    return Trained(dataset, config, reading, vocabulary, features, heads, folded)


def _gate(shared: Shared, choice: Choice) -> tuple[Floats, float] | None:
    """Fit the gate on all rows, if a head has one."""
    reading, dataset, config = shared
    if not any(has_gate(dataset, head, config) for head in dataset.heads):
        return None
    return relevance.fit(Features(reading, choice, config), dataset, np.arange(len(dataset.statements)), config)


def _final(shared: Shared, choice: Choice, head: str, strength: float) -> tuple[Floats, Floats]:
    """Fit a head on all rows; give coefficients and intercepts."""
    reading, dataset, config = shared
    everything = np.arange(len(dataset.statements))
    return fit_head(Features(reading, choice, config), dataset, head, everything, strength, config)


class _Chosen(NamedTuple):
    """A head after cross-validation: the C that was chosen, and what the folds said at that C."""

    head: str
    strength: float
    search: dict[float, float]
    tested: Rows
    fold_of: Rows
    scores: Floats
    gold: NDArray[np.intp]
    taught: NDArray[np.bool_]
    relevance: Floats
    fitted: tuple[tuple[Choice, NDArray[np.float32]], ...]


def _chosen(head: str, dataset: Dataset, found: list[FoldScores], config: TrainingConfig) -> _Chosen:
    """Choose the C of the highest macro-F1 on the rows that a head learns from."""
    labels = dataset.heads[head]
    order = [sorted(labels).index(label) for label in labels]  # scikit-learn sorts its classes
    tested = np.concatenate([own.test for own in found])
    gold = np.array([labels.index(dataset.statements[i].labels[head]) for i in tested])
    taught = np.isin(tested, learnt(dataset, head, tested, config))
    by_place = [np.concatenate(scores)[:, order] for scores in zip(*(own.scores for own in found), strict=True)]
    achieved = {
        strength: round(float(f1_score(gold[taught], own[taught].argmax(axis=1), average="macro")), 6)
        for strength, own in zip(config.grid, by_place, strict=True)
    }
    strength = max(achieved, key=lambda c: (achieved[c], -c))
    place = config.grid.index(strength)
    return _Chosen(
        head=head,
        strength=strength,
        search=achieved,
        tested=tested,
        fold_of=np.concatenate([np.full(len(own.test), number) for number, own in enumerate(found)]),
        scores=by_place[place],
        gold=gold,
        taught=taught,
        relevance=np.concatenate([own.relevance for own in found]),
        fitted=tuple((own.choice, own.coefficients[place][order]) for own in found),
    )


def _temperature(dataset: Dataset, own: _Chosen, transfer: tuple[Floats, list[str]] | None) -> float:
    """Fit on texts of another kind than those trained on if the data set has them, else on left-out groups."""
    if transfer is None:
        return calibrate.fit_temperature(own.scores[own.taught], own.gold[own.taught])
    scores, given = transfer
    order = sorted(dataset.heads[own.head])
    return calibrate.fit_temperature(scores, np.array([order.index(label) for label in given]))


def _finished(
    dataset: Dataset,
    own: _Chosen,
    features: Features,
    final: tuple[Floats, Floats],
    transfer: tuple[Floats, list[str]] | None,
    splits: list[folds.Fold],
) -> TrainedHead:
    """Bring the weights to the words and the scores to probabilities."""
    labels = dataset.heads[own.head]
    coefficients, intercepts = final
    temperature = _temperature(dataset, own, transfer)
    probabilities = calibrate.probabilities(own.scores, temperature)
    return TrainedHead(
        labels=labels,
        weights=features.folded(coefficients, leading=leads(dataset, own.head)),
        intercepts=np.array(intercepts.tolist()),  # whose type is numpy's own: another process sends a copy of it
        temperature=temperature,
        strength=own.strength,
        search=own.search,
        tested=own.tested,
        probabilities=relevance.gated(probabilities, own.relevance, labels)
        if own.relevance.min() < 1
        else probabilities,
        fold_of=own.fold_of,
        splits=tuple(splits),
        fitted=own.fitted,
    )
