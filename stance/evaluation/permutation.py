"""Could so good a score come about by chance?

Gold labels are shuffled among the rows of one group and the score is taken again, labels given staying as they are
(M. Ojala and G. Garriga, "Permutation tests for studying classifier performance", JMLR 11, 2010, test 1). It is done
within groups because labels of one topic are alike: over all rows, a model that knows the topic only would pass.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from stance.evaluation import confusion
from stance.evaluation.records import ChanceTest

PERMUTATIONS = 1_000


def chance_test(
    head: str,
    gold: NDArray[np.intp],
    given: NDArray[np.intp],
    n_classes: int,
    *,
    groups: Sequence[Hashable] | None = None,
    seed: int = 0,
) -> ChanceTest:
    """Compare the macro-F1 with that of shuffled gold labels.

    Parameters
    ----------
    gold, given : columns of the labels, shape (n,); an undecided row is given column ``n_classes``
    groups : length n; rows that are alone in their group are shuffled among each other; None shuffles all rows
    """
    pools = _pools(groups, len(gold))
    order = np.argsort(pools, kind="stable")
    sorted_pools, sorted_given = pools[order], given[order]
    generator = np.random.default_rng(seed)
    reached = _macro_f1(gold, given, n_classes)
    drawn = np.empty(PERMUTATIONS)
    for place in range(PERMUTATIONS):
        shuffled = order[np.lexsort((generator.random(len(gold)), sorted_pools))]
        drawn[place] = _macro_f1(gold[shuffled], sorted_given, n_classes)
    better = int((drawn >= reached - 1e-12).sum())
    return ChanceTest(
        head=head,
        macro_f1=round(reached, 6),
        by_chance=round(float(drawn.mean()), 6),
        by_chance_high=round(float(np.percentile(drawn, 95)), 6),
        p_value=round((1 + better) / (1 + PERMUTATIONS), 6),
        permutations=PERMUTATIONS,
    )


def _pools(groups: Sequence[Hashable] | None, n: int) -> NDArray[np.intp]:
    """Give the number of the pool that each row is shuffled in."""
    if groups is None:
        return np.zeros(n, np.intp)
    place = {group: number for number, group in enumerate(dict.fromkeys(groups), start=1)}
    numbers = np.array([place[group] for group in groups], np.intp)
    return np.where(np.bincount(numbers)[numbers] == 1, 0, numbers)


def _macro_f1(gold: NDArray[np.intp], given: NDArray[np.intp], k: int) -> float:
    table = np.bincount(gold * (k + 1) + given, minlength=k * (k + 1)).reshape(k, k + 1)
    return float(confusion.scores(table)[2].mean())
