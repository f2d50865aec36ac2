"""Scores of texts of another kind than those trained on: what is told against what is said.

The text that users bring was written by others, on other days, in other rooms. Topics left out of the corpus are not
as far away as that, and a temperature fitted on them is too sure of itself elsewhere. So the temperature is fitted
on the hardest transfer that the corpus holds: from reports and headlines to quotes, speeches and posts, and back.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stance.dataset import Dataset
from stance.training import solve
from stance.training.config import TrainingConfig
from stance.training.fit import fit_features, fit_path, leads, learnt
from stance.training.workers import Shared

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

TOLD = frozenset({"report", "headline"})
SAID = frozenset({"quote", "speech", "prepared", "indirect", "post"})
#: Fewer rows of a label on either side do not show how scores transfer.
FEWEST = 100


def transfer_scores(shared: Shared, head: str, strength: float) -> tuple[Floats, list[str]] | None:
    """Train on either kind of text, score the other.

    Returns
    -------
    scores, shape (n, n_labels) in the sorted order of the labels, and the labels of the n rows; None if the data set
    does not hold enough of both kinds
    """
    reading, dataset, config = shared
    sides = [_rows(dataset, head, kinds, config) for kinds in (TOLD, SAID)]
    if not all(_enough(dataset, head, rows) for rows in sides):
        return None
    scores, labels = [], []
    for own, other in (sides, sides[::-1]):
        features = fit_features(reading, dataset, own, config, leading=leads(dataset, head))
        [classifier] = fit_path(features, dataset, head, own, [strength], config)
        scores.append(solve.scores(classifier, features.matrix(other, leading=leads(dataset, head))))
        labels += [dataset.statements[row].labels[head] for row in other]
    return np.concatenate(scores), labels


def _rows(dataset: Dataset, head: str, kinds: frozenset[str], config: TrainingConfig) -> Rows:
    """Give the statements of one kind; phrases are of neither and would stand on both sides."""
    statements = dataset.statements
    own = [i for i, s in enumerate(statements) if s.kind != "phrase" and s.traits.get("register") in kinds]
    return learnt(dataset, head, np.array(own, np.intp), config)


def _enough(dataset: Dataset, head: str, rows: Rows) -> bool:
    found = [dataset.statements[row].labels[head] for row in rows]
    return all(found.count(label) >= FEWEST for label in dataset.heads[head])
