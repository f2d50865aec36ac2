"""The learning curve of a training run: the same folds, learnt from parts of their training sides.

Whole groups are taken, the last one in part, as further statements would come on further topics or from further
articles; phrases are taken row by row. The whole training side is the run's own cross-validation and costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stance.dataset import Dataset
from stance.evaluation import confusion
from stance.evaluation.learning import LearningCurve, Measured, learning_curve
from stance.training import Trained, calibrate, relevance
from stance.training.fit import learnt
from stance.training.folds import Fold
from stance.training.relevance import has_gate
from stance.training.search import FoldScores, search
from stance.training.workers import Shared, workers

Progress = Callable[[str, int, int], None]
Rows = NDArray[np.intp]

#: Share of the training side to the number of draws: small parts differ more from each other, and cost less.
SHARES = {0.125: 3, 0.25: 2, 0.5: 1, 0.75: 1}


class _Draw(NamedTuple):
    share: float
    folds: dict[str, list[Fold]]


def learning_curves(
    trained: Trained, *, target: float | None = None, progress: Progress = lambda *_: None
) -> tuple[LearningCurve, ...]:
    """Give the learning curve of every head, each with the C that its whole training side has chosen.

    Parameters
    ----------
    target : macro-F1 in (0, 1); None for the next twentieth that each head has not reached
    """
    data, seed = trained.dataset, trained.config.seed
    draws = [_Draw(share, _parts(trained, share, number)) for share, times in SHARES.items() for number in range(times)]
    tables: dict[str, dict[float, list[NDArray[np.int64]]]] = {head: {} for head in trained.heads}
    for done, draw in enumerate(draws):
        progress("learning curve", done, len(draws))
        for head, scored in _scored(trained, draw.folds).items():
            tables[head].setdefault(draw.share, []).append(scored)
    progress("learning curve", len(draws), len(draws))
    curves = []
    for head in trained.heads:
        measured = [_measured(trained, head, share, own, draws) for share, own in sorted(tables[head].items())]
        measured.append(_whole(trained, head))
        statements = sum(head in s.labels and s.kind != "phrase" for s in data.statements)
        curves.append(learning_curve(head, measured, statements=statements, target=target, seed=seed))
    return tuple(curves)


def _parts(trained: Trained, share: float, number: int) -> dict[str, list[Fold]]:
    """Give head to its folds with a part of their training sides; heads that share folds share the parts."""
    made: dict[tuple[int, ...], list[Fold]] = {}
    found = {}
    for head, own in trained.heads.items():
        key = tuple(map(id, own.splits))
        if key not in made:
            made[key] = [
                Fold(part_of(fold.train, trained.dataset, share, seed=(trained.config.seed, number, place)), fold.test)
                for place, fold in enumerate(own.splits)
            ]
        found[head] = made[key]
    return found


def part_of(rows: Rows, dataset: Dataset, share: float, *, seed: Sequence[int]) -> Rows:
    """Give a share of the statements, group after group, and the same share of the phrases; in row order.

    With the same seed a smaller share is part of a larger one.
    """
    generator = np.random.default_rng(list(seed))
    statements = dataset.statements
    groups: dict[str, list[int]] = {}
    phrases = []
    for row in rows.tolist():
        if statements[row].kind == "phrase":
            phrases.append(row)
        else:
            groups.setdefault(statements[row].group, []).append(row)
    order = [groups[name] for name in np.array(list(groups), object)[generator.permutation(len(groups))]]
    shuffled = [own[i] for own in order for i in generator.permutation(len(own))]
    some = [phrases[i] for i in generator.permutation(len(phrases))]
    return np.array(sorted([*shuffled[: round(share * len(shuffled))], *some[: round(share * len(some))]]), np.intp)


def _scored(trained: Trained, folds: dict[str, list[Fold]]) -> dict[str, NDArray[np.int64]]:
    """Learn from the training sides; give head to a confusion table a group, without heads of one label only."""
    known = {head: [_labels(trained, head, fold) for fold in own] for head, own in folds.items()}
    usable = [head for head, labels in known.items() if min(map(len, labels)) > 1]
    found: dict[str, NDArray[np.int64]] = {}
    for strength in sorted({trained.heads[head].strength for head in usable}):
        same = {head: folds[head] for head in usable if trained.heads[head].strength == strength}
        config = replace(trained.config, grid=(strength,))
        with workers(config, len(trained.dataset.statements)) as pool:
            pool.share(Shared(trained.reading, trained.dataset, config))
            searched = search(pool, same, lambda *_: None)
        for head, scores in searched.items():
            given = [_given(trained, head, each, own) for each, own in zip(scores, known[head], strict=True)]
            tested = np.concatenate([each.test for each in scores])
            found[head] = _tables(trained, head, tested, np.concatenate(given))
    return found


def _labels(trained: Trained, head: str, fold: Fold) -> list[str]:
    """Give the labels of a training side in the order of the columns of its scores."""
    taught = learnt(trained.dataset, head, fold.train, trained.config)
    return sorted({trained.dataset.statements[row].labels[head] for row in taught})


def _given(trained: Trained, head: str, fold: FoldScores, known: Sequence[str]) -> Rows:
    """Give the columns of the labels that a fold's model gives; what it was not shown has no chance."""
    own = trained.heads[head]
    scores = np.full((len(fold.test), len(own.labels)), -np.inf)
    scores[:, [own.labels.index(label) for label in known]] = fold.scores[0]
    probabilities = calibrate.probabilities(scores, own.temperature)
    if has_gate(trained.dataset, head, trained.config):
        probabilities = relevance.gated(probabilities, fold.relevance, own.labels)
    return np.asarray(probabilities.argmax(axis=1), np.intp)


def _tables(trained: Trained, head: str, tested: Rows, given: Rows) -> NDArray[np.int64]:
    """Give a confusion table a group, the groups in the order of their names."""
    order = sorted(range(len(tested)), key=lambda place: trained.dataset.statements[tested[place]].group)
    rows = [trained.dataset.statements[tested[place]] for place in order]
    labels = trained.heads[head].labels
    gold = np.array([labels.index(s.labels[head]) for s in rows], np.intp)
    return confusion.by_group(gold, given[order], len(labels), [s.group for s in rows])


def _measured(
    trained: Trained, head: str, share: float, tables: list[NDArray[np.int64]], draws: Sequence[_Draw]
) -> Measured:
    folds = [fold for draw in draws if draw.share == share for fold in draw.folds[head]]
    return Measured(share, *_sizes(trained, folds), np.sum(tables, axis=0))


def _whole(trained: Trained, head: str) -> Measured:
    own = trained.heads[head]
    tables = _tables(trained, head, own.tested, np.asarray(own.probabilities.argmax(axis=1), np.intp))
    return Measured(1.0, *_sizes(trained, own.splits), tables)


def _sizes(trained: Trained, folds: Sequence[Fold]) -> tuple[int, int]:
    """Give the statements and the phrases of the training sides, each the mean over the folds."""
    rows = [trained.dataset.statements[row] for fold in folds for row in fold.train]
    phrases = sum(s.kind == "phrase" for s in rows)
    return round((len(rows) - phrases) / len(folds)), round(phrases / len(folds))
