"""The labelled statements that a model was trained on, beside its arrays, so that a label can be held against them.

A JSON-lines file. An object ``{"source": "data/statements/talks.jsonl"}`` starts the rows of a file; each row is an
array: line number, text, and for each head of the manifest the number of the label there, or null. That is half of
what objects would take. An index beside it, a safetensors file, tells which of them hold a term. Both are read only
when asked for, and only if they are the files of the manifest.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from stance.errors import ModelError
from stance.model.arrays import ArrayFile
from stance.model.folder import NEIGHBOUR_INDEX, NEIGHBOURS, StoredModel

#: The index counts a term that a statement holds more often as if it were this often.
MOST_TIMES = 255

#: The index keeps the highest value of a term in so many steps from 0 to 1.
HIGHEST_STEPS = 2**16 - 1

_RETRAIN = "Train the model again or fetch it again."


class StoredStatement(NamedTuple):
    """A labelled text and where it stands."""

    text: str
    labels: Mapping[str, str]
    source: str
    line: int


def neighbours_bytes(statements: Iterable[StoredStatement], heads: Mapping[str, Sequence[str]]) -> bytes:
    """Give the content of the file, in the order given."""
    lines = []
    for source, rows in groupby(statements, key=lambda s: s.source):
        lines.append(_json({"source": source}))
        for row in rows:
            numbers = [_number(labels, row.labels.get(head)) for head, labels in heads.items()]
            lines.append(_json([row.line, row.text, *numbers]))
    return "".join(f"{line}\n" for line in lines).encode()


def read_neighbours(model: StoredModel) -> list[StoredStatement]:
    """Give the statements of a model folder.

    Raises
    ------
    ModelError
        As :func:`checked_bytes`, or if they are not what the manifest says.
    """
    content = checked_bytes(model, NEIGHBOURS)
    try:
        return _statements(content, model.heads)
    except (ValueError, TypeError, LookupError, RecursionError):
        path = os.path.join(model.path, NEIGHBOURS)
        raise ModelError(path, "does not fit to manifest.json", _RETRAIN) from None


def read_index(model: StoredModel, *, terms: int, statements: int) -> ArrayFile:
    """Give the index of the statements, as of :func:`stance.neighbour_index.index_bytes`.

    Raises
    ------
    ModelError
        As :func:`checked_bytes`, or if it is not for so many terms and statements.
    """
    checked_bytes(model, NEIGHBOUR_INDEX)
    index = ArrayFile(os.path.join(model.path, NEIGHBOUR_INDEX))
    starts = index.array("starts")
    lengths = {"starts": terms + 1, "highest": terms, "scales": statements}
    lengths |= dict.fromkeys(("numbers", "times"), starts[-1] if len(starts) else 0)
    if any(len(index.array(name)) != length for name, length in lengths.items()):
        raise ModelError(index.path, "does not fit to model.safetensors and neighbours.jsonl", _RETRAIN)
    return index


def check_files(model: StoredModel) -> None:
    """Check statements and index against the manifest.

    Raises
    ------
    ModelError
        If the folder holds none, or a file is missing or another than that of the manifest.
    """
    checked_bytes(model, NEIGHBOURS)
    checked_bytes(model, NEIGHBOUR_INDEX)


def checked_bytes(model: StoredModel, name: str) -> bytes:
    """Give the content of one of the files.

    Raises
    ------
    ModelError
        If the folder holds none, or the file is missing or another than that of the manifest.
    """
    from hashlib import sha256

    recorded = model.manifest.get("neighbours")
    if recorded is None:
        raise ModelError(
            model.path,
            "holds no labelled statements, so none can be named as the nearest",
            "Train it again, without --no-neighbours.",
        )
    path = os.path.join(model.path, name)
    try:
        with open(path, "rb") as stream:
            content = stream.read()
    except OSError as error:
        raise ModelError(path, f"could not be read ({(error.strerror or str(error)).lower()})", _RETRAIN) from None
    if not isinstance(recorded, dict) or sha256(content).hexdigest() != recorded.get(name):
        raise ModelError(path, "its SHA-256 is not the one in manifest.json", _RETRAIN)
    return content


def _statements(content: bytes, heads: Mapping[str, Sequence[str]]) -> list[StoredStatement]:
    found = []
    source = ""
    for row in json.loads(f"[{','.join(content.decode().split(chr(10))[:-1])}]"):  # at once, which is much quicker
        if isinstance(row, dict):
            source = row["source"]
            continue
        number, text, *places = row
        pairs = zip(heads.items(), places, strict=True)
        labels = {head: names[place] for (head, names), place in pairs if place is not None}
        found.append(StoredStatement(text, labels, source, number))
    return found


def _number(labels: Sequence[str], label: str | None) -> int | None:
    return None if label is None else labels.index(label)


def _json(value: Any) -> str:
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        line.encode()
    except UnicodeEncodeError:  # a lone surrogate, legal in JSON as an escape only
        return json.dumps(value, separators=(",", ":"))
    return line
