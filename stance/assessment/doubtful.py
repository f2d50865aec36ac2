"""Gold labels to look at again, with their texts and places."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stance.evaluation import Suspect
from stance.evaluation.suspects import suspected
from stance.records import Statement
from stance.training import Trained


def doubtful_labels(
    head: str,
    labels: Sequence[str],
    statements: Sequence[Statement],
    probabilities: NDArray[np.float64],
    decided: Sequence[bool] | None = None,
) -> tuple[Suspect, ...]:
    """Give the suspects, the most doubtful first.

    Parameters
    ----------
    statements : length n, each with a gold label of ``head``
    probabilities : of a model that has not seen them, shape (n, len(labels))
    decided : length n; undecided rows are not suspected, since their probabilities say nothing
    """
    kept = [i for i in range(len(statements)) if decided is None or decided[i]]
    gold = np.array([labels.index(statements[i].labels[head]) for i in kept], np.intp)
    if not kept:
        return ()
    return tuple(
        Suspect(
            head=head,
            text=statements[kept[row]].text,
            gold=labels[int(gold[row])],
            suggested=labels[other],
            self_confidence=round(float(probabilities[kept[row], gold[row]]), 6),
            confidence=round(float(probabilities[kept[row], other]), 6),
            where=f"{statements[kept[row]].source}, line {statements[kept[row]].line}",
        )
        for row, other in suspected(probabilities[kept], gold)
    )


def doubtful_in_training(trained: Trained) -> tuple[Suspect, ...]:
    """Give the suspects among the rows that cross-validation tested."""
    found: list[Suspect] = []
    for head, own in trained.heads.items():
        found += doubtful_labels(
            head, own.labels, [trained.dataset.statements[i] for i in own.tested], own.probabilities
        )
    return tuple(found)
