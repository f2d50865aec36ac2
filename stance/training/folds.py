"""Split a data set for cross-validation without letting the test side leak into the training side.

Whole groups (topics, documents) stay on one side, labels are spread evenly, and a phrase is never trained on in the
fold that tests a statement containing it. Phrases themselves are never tested on: they are not what users bring.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

from stance.errors import DatasetError
from stance.records import Statement
from stance.text import plain_key

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Fold:
    """Indices into the statements of the data set."""

    train: Rows
    test: Rows


def split_heads(
    statements: Sequence[Statement], heads: Sequence[str], *, folds: int, seed: int
) -> dict[str, list[Fold]]:
    """Give head to its folds; heads that label the same rows share the folds of the first, and so their features.

    Raises
    ------
    DatasetError
        As :func:`split`, for any head.
    """
    found: dict[str, list[Fold]] = {}
    of_rows: dict[tuple[int, ...], list[Fold]] = {}
    for head in heads:
        labelled = tuple(i for i, s in enumerate(statements) if head in s.labels)
        if labelled in of_rows:
            found[head] = of_rows[labelled]
            check(statements, head, folds)
            _check_folds(statements, head, found[head])
        else:
            found[head] = of_rows[labelled] = split(statements, head, folds=folds, seed=seed)
    return found


def split(statements: Sequence[Statement], head: str, *, folds: int, seed: int) -> list[Fold]:
    """Divide the statements that have a label of ``head`` into folds.

    Returns
    -------
    list of Fold, length ``folds``
        Test sides are disjoint and together hold every labelled statement and quote; phrases are trained on only.

    Raises
    ------
    DatasetError
        If there is one class only, or a class or the groups are too few for so many folds.
    """
    tested = _tested(statements, head)
    phrases = [i for i, s in enumerate(statements) if head in s.labels and s.kind == "phrase"]
    labels = [statements[i].labels[head] for i in tested]
    groups = [statements[i].group for i in tested]
    check(statements, head, folds)
    holding = _holding([statements[i].text for i in tested], [statements[i].text for i in phrases])
    splitter = StratifiedGroupKFold(n_splits=folds, shuffle=True, random_state=seed)
    result = []
    for train, test in splitter.split(np.zeros(len(tested)), labels, groups):
        leaking = set().union(*(holding[i] for i in test))
        kept = [i for place, i in enumerate(phrases) if place not in leaking]
        result.append(
            Fold(np.array([*(tested[i] for i in train), *kept], np.intp), np.array([tested[i] for i in test], np.intp))
        )
    _check_folds(statements, head, result)
    return result


def _tested(statements: Sequence[Statement], head: str) -> list[int]:
    return [i for i, s in enumerate(statements) if head in s.labels and s.kind != "phrase"]


def check(statements: Sequence[Statement], head: str, folds: int) -> None:
    """Refuse a head that cannot be divided into so many folds.

    Raises
    ------
    DatasetError
    """
    tested = _tested(statements, head)
    _check([statements[i].labels[head] for i in tested], [statements[i].group for i in tested], head, folds)


def _check(labels: list[str], groups: list[str], head: str, folds: int) -> None:
    support = {label: labels.count(label) for label in sorted(set(labels))}
    if len(support) < 2:
        only = f'all {len(labels)} rows are "{labels[0]}"' if labels else "there are no rows to test on"
        raise DatasetError([f"{head}: one class only ({only}). Training needs rows of at least two."])
    rarest = min(support, key=lambda label: support[label])
    if support[rarest] < folds:
        raise DatasetError(
            [
                f'{head}: only {support[rarest]} rows are "{rarest}", too few for {folds} folds. '
                f"Add rows of that label, or use --folds {support[rarest]}."
                if support[rarest] > 1
                else f'{head}: only one row is "{rarest}". Add rows of that label, or remove it.'
            ]
        )
    if len(set(groups)) < folds:
        raise DatasetError(
            [f"{head}: only {len(set(groups))} groups, too few for {folds} folds. Use --folds, or finer groups."]
        )


def _check_folds(statements: Sequence[Statement], head: str, made: Sequence[Fold]) -> None:
    """Refuse folds of which one has no row of some label to train on."""
    classes = {s.labels[head] for s in statements if head in s.labels}
    for fold in made:
        for label in sorted(classes - {statements[i].labels[head] for i in fold.train}):
            problem = f'{head}: all rows of "{label}" fall into one fold, so they cannot be trained and tested.'
            raise DatasetError([f"{problem} Use finer groups, or add rows of that label in other groups."])


def _holding(statements: list[str], phrases: list[str]) -> list[set[int]]:
    """Give for each statement the phrases whose words stand in it, in order and together.

    Punctuation and the kind of apostrophe do not matter.
    """
    wanted: dict[tuple[str, ...], set[int]] = {}
    for place, phrase in enumerate(phrases):
        wanted.setdefault(tuple(plain_key(phrase).split()), set()).add(place)
    lengths = sorted({len(words) for words in wanted})
    found = []
    for text in statements:
        words = plain_key(text).split()
        runs = (tuple(words[i : i + n]) for n in lengths for i in range(len(words) - n + 1))
        found.append(set().union(*(wanted.get(run, ()) for run in runs)))
    return found
