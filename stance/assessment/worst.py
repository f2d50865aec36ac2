"""The rows that a model was surest of and got wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from stance.evaluation import WorstError
from stance.records import Statement

MOST = 10


def worst_errors(
    head: str,
    labels: Sequence[str],
    statements: Sequence[Statement],
    probabilities: NDArray[np.float64],
    decided: Sequence[bool],
    words: Callable[[int, str], tuple[tuple[str, float], ...]],
) -> tuple[WorstError, ...]:
    """Give the ten most confident errors, the surest first.

    Parameters
    ----------
    statements : length n, each with a label of ``head``
    probabilities : shape (n, len(labels))
    decided : length n
    words : gives the deciding words of row i for a label
    """
    given = [labels[column] for column in probabilities.argmax(axis=1)]
    confidence = probabilities.max(axis=1)
    wrong = [i for i, s in enumerate(statements) if decided[i] and given[i] != s.labels[head]]
    wrong.sort(key=lambda i: (-confidence[i], i))
    return tuple(
        WorstError(
            head=head,
            text=statements[i].text,
            gold=statements[i].labels[head],
            predicted=given[i],
            confidence=round(float(confidence[i]), 6),
            where=f"{statements[i].source}, line {statements[i].line}",
            words=words(i, given[i]),
        )
        for i in wrong[:MOST]
    )
