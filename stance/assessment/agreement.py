"""How far the two readers of a data set agree, in all, per label and per topic."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.metrics import cohen_kappa_score

from stance.dataset import Dataset
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
    if len({given for pair in pairs for given in pair}) < 2:
        return None
    first, second = zip(*pairs, strict=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return round(float(cohen_kappa_score(first, second)), 3)
