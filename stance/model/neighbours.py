"""The labelled statements that a model was trained on, beside its arrays, so that a label can be held against them.

A JSON-lines file. An object ``{"source": "data/statements/talks.jsonl"}`` starts the rows of a file; each row is an
array: line number, text, and for each head of the manifest the number of the label there, or null. That is half of
what objects would take. Read only when asked for, and only if it is the file of the manifest.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from stance.errors import ModelError
from stance.model.folder import NEIGHBOURS, StoredModel

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
    content = checked_bytes(model)
    try:
        return _statements(content, model.heads)
    except (ValueError, TypeError, LookupError, RecursionError):
        path = os.path.join(model.path, NEIGHBOURS)
        raise ModelError(path, "does not fit to manifest.json", _RETRAIN) from None


def checked_bytes(model: StoredModel) -> bytes:
    """Give the content of the file.

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
    path = os.path.join(model.path, NEIGHBOURS)
    try:
        with open(path, "rb") as stream:
            content = stream.read()
    except OSError as error:
        raise ModelError(path, f"could not be read ({(error.strerror or str(error)).lower()})", _RETRAIN) from None
    if not isinstance(recorded, dict) or sha256(content).hexdigest() != recorded.get("sha256"):
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
