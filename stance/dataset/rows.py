"""Turn one row of a file into a :class:`Statement`, or say what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from stance.errors import RowError, UnknownLabelError
from stance.labels import HEADS
from stance.records import Statement
from stance.tables import Row

#: Longer texts are articles, not statements: the codebook's unit is one to three sentences.
LONGEST_TEXT = 5_000

_OWN = {"text", "readers", *HEADS}


def checked_text(values: Mapping[str, Any], column: str, path: str, line: int) -> str:
    """Give the text of a row.

    Raises
    ------
    RowError
        If the column is missing, empty, no string, or longer than ``LONGEST_TEXT`` characters.
    """
    if column not in values:
        present = ", ".join(f'"{name}"' for name in values) or "none"
        raise RowError(path, line, f'no column "{column}" (columns here: {present})', "Add it, or name another.")
    text = values[column]
    if not isinstance(text, str):
        raise RowError(path, line, f'"{column}" is not text but {type(text).__name__}', "Put the text in quotes.")
    if not text.strip():
        raise RowError(path, line, "the text is empty", "Write the text or remove the line.")
    if len(text) > LONGEST_TEXT:
        raise RowError(
            path,
            line,
            f"the text has {len(text):,} characters, more than {LONGEST_TEXT:,}",
            "Split it into statements of one to three sentences.",
        )
    return text


def codebook_labels(values: Mapping[str, Any], path: str, line: int) -> dict[str, str]:
    """Give both labels of a row of our own data.

    Raises
    ------
    RowError
        If one is missing or not in the codebook.
    """
    labels = {}
    for head, known in HEADS.items():
        if values.get(head) is None:
            raise RowError(path, line, f'no "{head}"', f"Give one of: {', '.join(known)}.")
        labels[head] = known_label(values[head], head, path, line)
    return labels


def known_label(label: object, head: str, path: str, line: int) -> str:
    """Give the label as a string if the codebook has it.

    Raises
    ------
    UnknownLabelError
    """
    if label not in HEADS[head]:
        raise UnknownLabelError(path, line, label, head, HEADS[head])
    return str(label)


def corpus_statement(row: Row, *, kind: Literal["statement", "phrase"], group: str, path: str) -> Statement:
    """Make a statement of a row of ``data/statements`` or ``data/phrases``.

    Raises
    ------
    RowError
        If the text, a label or a reader's label cannot be used.
    """
    text = checked_text(row.values, "text", path, row.line)
    labels = codebook_labels(row.values, path, row.line)
    return Statement(
        text=text,
        labels=labels,
        kind=kind,
        group=group,
        source=path,
        line=row.line,
        readers=readers_of(row.values, path, row.line),
        traits=_traits(row.values.items(), topic=group),
    )


def readers_of(values: Mapping[str, Any], path: str, line: int) -> dict[str, tuple[str, str]]:
    """Give head to the two readers' labels.

    Raises
    ------
    RowError
        If the key is missing or does not hold two labels for each head.
    """
    readers = values.get("readers")
    pairs = {head: readers.get(head) if isinstance(readers, dict) else None for head in HEADS}
    result: dict[str, tuple[str, str]] = {}
    for head, pair in pairs.items():
        if not isinstance(pair, list) or len(pair) != 2:
            raise RowError(
                path,
                line,
                f'"readers" does not hold two labels of {head}',
                'Write it as {"stance": ["critical", "none"], "sentiment": ["negative", "negative"]}.',
            )
        first, second = (known_label(label, head, path, line) for label in pair)
        result[head] = (first, second)
    return result


def _traits(items: Iterable[tuple[str, Any]], *, topic: str) -> dict[str, str]:
    return {"topic": topic, **{key: str(value) for key, value in items if key not in _OWN}}
