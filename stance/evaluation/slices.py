"""How good a head is on parts of the rows: by register, topic, length or any other column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from stance.evaluation import bootstrap, confusion
from stance.evaluation.records import Interval, Slice

#: Below so many rows a slice is marked: its share of right labels is noise of ±0.18 and more.
SMALL = 30
#: Values of one column beyond the largest so many are scored together.
MOST_VALUES = 100
OTHERS, BLANK = "(all others)", "(blank)"
_FEWEST_GROUPS = 5


def score_slices(
    head: str,
    gold: NDArray[np.intp],
    given: NDArray[np.intp],
    n_classes: int,
    columns: Mapping[str, Sequence[str | None]],
    *,
    groups: Sequence[Hashable] | None = None,
    seed: int = 0,
) -> tuple[Slice, ...]:
    """Score every value of every column, the columns in their order, the largest value first.

    Parameters
    ----------
    gold, given : columns of the labels, shape (n,); an undecided row is given column ``n_classes``
    columns : name to n values; None is told as blank
    groups : length n, resampled as a whole; a slice that lies within one group resamples its rows instead, and one of
        two to four groups has no interval
    """
    units = list(groups) if groups is not None else list(range(len(gold)))
    found = []
    for name, values in columns.items():
        shown = _shown(values)
        for value in _ordered(Counter(shown)):
            rows = np.flatnonzero(np.array([each == value for each in shown]))
            own = [units[i] for i in rows]
            found.append(_scored(head, name, value, gold[rows], given[rows], n_classes, own, seed))
    return tuple(found)


def _shown(values: Sequence[str | None]) -> list[str]:
    named = [BLANK if value is None or not value.strip() else value for value in values]
    largest = sorted(Counter(named).items(), key=lambda each: (-each[1], each[0]))
    kept = {value for value, _ in largest[:MOST_VALUES]}
    return [value if value in kept else OTHERS for value in named]


def _ordered(counted: Counter[str]) -> list[str]:
    """Give bands, years and other numbers in their order, names by size."""
    numbers = {value: re.match(r"\d+", value) for value in counted if value not in (OTHERS, BLANK)}
    if all(numbers.values()):
        at = {value: int(found.group()) for value, found in numbers.items() if found}
        return sorted(counted, key=lambda value: (value not in at, at.get(value, 0), value))
    return sorted(counted, key=lambda value: (value == OTHERS, -counted[value], value))


def _scored(
    head: str,
    column: str,
    value: str,
    gold: NDArray[np.intp],
    given: NDArray[np.intp],
    n_classes: int,
    groups: Sequence[Hashable],
    seed: int,
) -> Slice:
    n_groups = len(set(groups))
    tables = confusion.by_group(gold, given, n_classes, groups if n_groups > 1 else range(len(gold)))
    present = np.flatnonzero(np.bincount(gold, minlength=n_classes))
    [[macro, accuracy]] = _scores(tables.sum(axis=0, keepdims=True), present)
    macro_interval = accuracy_interval = None
    if len(tables) >= _FEWEST_GROUPS:
        drawn = [_scores(resampled, present) for resampled in bootstrap.resamples(tables, seed=seed)]
        low, high = bootstrap.percentiles(np.concatenate(drawn))
        macro_interval, accuracy_interval = (
            Interval(round(float(a), 6), round(float(b), 6)) for a, b in zip(low, high, strict=True)
        )
    return Slice(
        head=head,
        column=column,
        value=value,
        rows=len(gold),
        groups=n_groups,
        labels=len(present),
        macro_f1=round(float(macro), 6),
        macro_f1_interval=macro_interval,
        accuracy=round(float(accuracy), 6),
        accuracy_interval=accuracy_interval,
        small=len(gold) < SMALL,
    )


def _scores(tables: NDArray[np.int64], present: NDArray[np.intp]) -> NDArray[np.float64]:
    """Give the macro-F1 over the gold labels that occur, and the accuracy, shape (n, 2)."""
    _, _, f1 = confusion.scores(tables)
    right = np.diagonal(tables, axis1=1, axis2=2).sum(axis=1)
    total = tables.sum(axis=(1, 2))
    accuracy = np.divide(right, total, out=np.zeros(len(tables)), where=total > 0)
    return np.column_stack([f1[:, present].mean(axis=1), accuracy])
