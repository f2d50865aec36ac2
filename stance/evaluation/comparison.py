"""Is one model better than another on the same rows, by class and in all?

McNemar's test counts the rows that one model alone labels rightly, exactly and two-sided (Q. McNemar, Psychometrika 12,
1947; B. S. Everitt, "The Analysis of Contingency Tables", 1977); it takes rows as independent. The intervals of the
differences resample whole groups, both models' rows together, so they allow for groups and for easy and hard rows.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr

from stance.evaluation import bootstrap, confusion
from stance.evaluation.records import Comparison, Difference, Interval

FEWEST_GROUPS = 5


def compare(
    head: str,
    labels: Sequence[str],
    gold: NDArray[np.intp],
    given: NDArray[np.intp],
    other: NDArray[np.intp],
    *,
    name: str,
    groups: Sequence[Hashable] | None = None,
    seed: int = 0,
) -> Comparison:
    """Compare the labels of two models.

    Parameters
    ----------
    gold, given, other : columns of the gold labels, of this model's and of the other's, shape (n,); an undecided row
        has column k
    name : what to call the other model
    groups : length n, resampled as a whole; None means every row for itself
    """
    k = len(labels)
    resampled = groups if groups is not None else range(len(gold))
    tables = [confusion.by_group(gold, column, k, resampled) for column in (given, other)]
    own, others = (_with_macro(table) for table in tables)
    intervals = _intervals(tables, seed)
    right, other_right = given == gold, other == gold
    alone, other_alone = int((right & ~other_right).sum()), int((~right & other_right).sum())
    return Comparison(
        head=head,
        other=name,
        rows=len(gold),
        groups=len(tables[0]),
        both_right=int((right & other_right).sum()),
        only_this=alone,
        only_other=other_alone,
        both_wrong=int((~right & ~other_right).sum()),
        p_value=round(mcnemar(alone, other_alone), 6),
        f1=tuple(
            Difference(what, round(float(a), 6), round(float(b), 6), round(float(a - b), 6), interval)
            for what, a, b, interval in zip([*labels, "macro-F1"], own, others, intervals, strict=True)
        ),
    )


def mcnemar(only_one: int, only_other: int) -> float:
    """Give the exact two-sided p-value that both models alone are right equally often; 1 where they never differ."""
    discordant = only_one + only_other
    return min(1.0, 2 * float(bdtr(min(only_one, only_other), discordant, 0.5))) if discordant else 1.0


def _with_macro(tables: NDArray[np.int64]) -> NDArray[np.float64]:
    _, _, f1 = confusion.scores(tables.sum(axis=0))
    return np.append(f1, f1.mean())


def _intervals(tables: Sequence[NDArray[np.int64]], seed: int) -> list[Interval | None]:
    if len(tables[0]) < FEWEST_GROUPS:
        return [None] * (tables[0].shape[1] + 1)
    own, others = (bootstrap.f1_replicates(table, seed=seed) for table in tables)
    low, high = bootstrap.percentiles(own - others)
    return [Interval(round(float(a), 6), round(float(b), 6)) for a, b in zip(low, high, strict=True)]
