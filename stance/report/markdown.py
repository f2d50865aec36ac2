"""Small pieces of Markdown in which no label or value can break a table or become HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_SPECIAL = re.compile(r"([\\`*_\[\]|~])")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def plain(text: str) -> str:
    """Give a text as one line that Markdown shows letter for letter."""
    one_line = _UNPRINTABLE.sub(" ", text).strip()
    return _SPECIAL.sub(r"\\\1", one_line.translate(_ENTITIES))


def table(header: Sequence[str], rows: Sequence[Sequence[str]], *, words: int = 1) -> str:
    """Give a table; cells are escaped here, and columns after the first ``words`` are flush right."""
    rules = ["---" if place < words else "---:" for place in range(len(header))]
    written = [header, *rows]
    body = [f"| {' | '.join(plain(cell) or ' ' for cell in row)} |" for row in written]
    return "\n".join([body[0], f"| {' | '.join(rules)} |", *body[1:]])


def facts(entries: Mapping[str, Any]) -> str:
    """Give a table of names and values, or say that there are none."""
    if not entries:
        return "Not recorded."
    return table(
        ["what", "value"], [[str(key).replace("_", " "), value(entry)] for key, entry in entries.items()], words=2
    )


def value(entry: Any) -> str:
    """Write a value of a manifest so that it can be copied: numbers shortest, lists and mappings as one line."""
    if isinstance(entry, bool):
        return "yes" if entry else "no"
    if isinstance(entry, float):
        return f"{entry:g}"
    if isinstance(entry, Mapping):
        return "; ".join(f"{key} {value(inner)}" for key, inner in entry.items())
    if isinstance(entry, Sequence) and not isinstance(entry, str):
        return ", ".join(value(inner) for inner in entry)
    return "not set" if entry is None else str(entry)
