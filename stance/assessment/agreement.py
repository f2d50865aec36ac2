"""How far the two readers of a data set agree, in all, per label and per topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stance.dataset import Dataset
from stance.evaluation.agreement import cohens_kappa
from stance.records import Statement


@dataclass(frozen=True)
class Agreement:
    """Agreement of the first and the second reader on some rows.

    Attributes
    ----------
    of : ``statements``, ``phrases``, a label, or a topic
    rows : with two labels
    kappa : head to Cohen's kappa (J. Cohen, 1960), in [-1, 1]; None where both readers gave one label throughout
    """

    of: str
    rows: int
    kappa: dict[str, float | None]


def agreements(dataset: Dataset) -> dict[str, list[Agreement]]:
    """Give the agreement by kind of row, by label (that label against all others), and by topic or act.

    Rows that one reader alone has labelled do not count.
    """
    read = [s for s in dataset.statements if s.readers]
    heads = list(dataset.heads)
    by_label = [
        Agreement(f"{head}: {label}", _given(read, head, label), {head: _kappa(read, head, label)})
        for head, labels in dataset.heads.items()
        for label in labels
    ]
    return {
        "kind": _grouped(read, [f"{s.kind}s" for s in read], heads),
        "label": by_label,
        "topic": _grouped(read, [s.group for s in read], heads),
    }


def _grouped(rows: Sequence[Statement], names: Sequence[str], heads: Sequence[str]) -> list[Agreement]:
    found = []
    for name in sorted(set(names)):
        own = [row for row, group in zip(rows, names, strict=True) if group == name]
        found.append(Agreement(name, len(own), {head: _kappa(own, head) for head in heads}))
    return found


def _given(rows: Sequence[Statement], head: str, label: str) -> int:
    return sum(label in row.readers.get(head, ()) for row in rows)


def _kappa(rows: Sequence[Statement], head: str, label: str | None = None) -> float | None:
    pairs = [row.readers[head] for row in rows if head in row.readers]
    if label is not None:
        pairs = [(str(first == label), str(second == label)) for first, second in pairs]
    labels = sorted({given for pair in pairs for given in pair})
    table = np.zeros((len(labels), len(labels)))
    for first, second in pairs:
        table[labels.index(first), labels.index(second)] += 1
    kappa = float(cohens_kappa(table))
    return None if np.isnan(kappa) else round(kappa, 3)
