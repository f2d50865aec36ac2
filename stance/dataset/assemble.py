"""Statements from any source made into a data set: duplicates out, contradictions refused, fingerprint taken."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from stance.dataset.duplicates import exact_duplicates, near_duplicates
from stance.errors import DatasetError
from stance.labels import HEADS, in_canonical_order
from stance.records import Statement


@dataclass(frozen=True)
class Dataset:
    """Checked statements, in a fixed order.

    Attributes
    ----------
    statements : at least one; no two with the same text
    dropped : number of rows whose text stood before; their labels, where new, went to the first
    near_duplicates : index pairs of nearly equal texts whose labels agree; empty when it was not asked for
    """

    statements: tuple[Statement, ...]
    dropped: int = 0
    near_duplicates: tuple[tuple[int, int], ...] = ()

    @cached_property
    def heads(self) -> dict[str, tuple[str, ...]]:
        """Head to its labels, in canonical order; heads without any label are left out."""
        found = {head: {s.labels[head] for s in self.statements if head in s.labels} for head in HEADS}
        return {head: in_canonical_order(labels) for head, labels in found.items() if labels}

    @cached_property
    def off_topic(self) -> int:
        """Number of whole statements that are marked as being of other worlds than politics."""
        return sum(s.off_topic and s.kind != "phrase" for s in self.statements)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over texts, labels, kinds and groups: what training sees and nothing else."""
        digest = hashlib.sha256()
        for s in self.statements:
            row = [s.text, sorted(s.labels.items()), s.kind, s.group, *(["off_topic"] if s.off_topic else [])]
            digest.update(json.dumps(row, ensure_ascii=True).encode("ascii") + b"\n")
        return digest.hexdigest()

    def count(self, kind: str) -> int:
        """Give the number of statements of one kind."""
        return sum(s.kind == kind for s in self.statements)


def assemble(statements: Sequence[Statement], *, check_near: bool = False) -> Dataset:
    """Join repeated rows into the first of them and refuse contradictions.

    Parameters
    ----------
    check_near : also refuse nearly equal texts with different labels, as fits a corpus that one keeps oneself;
        in found data they may both be right

    Raises
    ------
    DatasetError
        If there is no statement, or equal texts (with ``check_near`` nearly equal ones too) carry different labels.
    """
    if not statements:
        raise DatasetError(["There is not one labelled text. Check the folder or the file."])
    first = dict(enumerate(statements))
    problems = []
    repeated = exact_duplicates([s.text for s in statements])
    for before, later in repeated:
        problems.append(_conflict("the same text", first[before], first[later]))
        # The later row may label the other head, as when stance and sentiment were coded apart.
        first[before] = replace(first[before], labels={**first.pop(later).labels, **first[before].labels})
    kept = list(first.values())
    near = near_duplicates([s.text for s in kept]) if check_near else []
    problems += [_conflict("nearly the same text", kept[a], kept[b]) for a, b in near]
    found = [problem for problem in problems if problem]
    if found:
        raise DatasetError(found)
    return Dataset(tuple(kept), dropped=len(repeated), near_duplicates=tuple(near))


def _conflict(what: str, one: Statement, other: Statement) -> str:
    heads = [head for head in one.labels if head in other.labels and one.labels[head] != other.labels[head]]
    if not heads:
        return ""
    head = heads[0]
    return (
        f"{other.source}, line {other.line}: {what} as {one.source}, line {one.line}, "
        f'but {head} is "{other.labels[head]}" here and "{one.labels[head]}" there.\n'
        f"Decide which holds, or reword one of them. Text: {_short(other.text)}"
    )


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
