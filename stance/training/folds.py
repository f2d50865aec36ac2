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
    tested = [i for i, s in enumerate(statements) if head in s.labels and s.kind != "phrase"]
    phrases = [i for i, s in enumerate(statements) if head in s.labels and s.kind == "phrase"]
    labels = [statements[i].labels[head] for i in tested]
    groups = [statements[i].group for i in tested]
    classes = {statements[i].labels[head] for i in [*tested, *phrases]}
    _check(labels, groups, head, folds)
    splitter = StratifiedGroupKFold(n_splits=folds, shuffle=True, random_state=seed)
    result = []
    for train, test in splitter.split(np.zeros(len(tested)), labels, groups):
        leaking = _contained([statements[tested[i]].text for i in test], [statements[i].text for i in phrases])
        kept = [i for i, leaks in zip(phrases, leaking, strict=True) if not leaks]
        fold = Fold(
            np.array([*(tested[i] for i in train), *kept], np.intp), np.array([tested[i] for i in test], np.intp)
        )
        _check_classes(classes - {statements[i].labels[head] for i in fold.train}, head)
        result.append(fold)
    return result


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


def _check_classes(missing: set[str], head: str) -> None:
    for label in sorted(missing):
        problem = f'{head}: all rows of "{label}" fall into one fold, so they cannot be trained and tested.'
        raise DatasetError([f"{problem} Use finer groups, or add rows of that label in other groups."])


def _contained(statements: list[str], phrases: list[str]) -> list[bool]:
    """Tell for each phrase whether its words stand, in order and together, in one of the statements.

    Punctuation and the kind of apostrophe do not matter.
    """
    wanted = [tuple(plain_key(phrase).split()) for phrase in phrases]
    lengths = sorted({len(words) for words in wanted})
    runs: set[tuple[str, ...]] = set()
    for text in statements:
        words = plain_key(text).split()
        runs.update(tuple(words[i : i + n]) for n in lengths for i in range(len(words) - n + 1))
    return [words in runs for words in wanted]
