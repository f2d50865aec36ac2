"""Read a user's own labelled file, with whatever label sets it uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stance.dataset.rows import checked_text
from stance.errors import DatasetError, FileError, RowError
from stance.labels import HEADS
from stance.records import Statement
from stance.tables import Row, read_rows
from stance.text import plain_key


def load_labelled_file(path: str, *, column: str = "text", group: str | None = None) -> list[Statement]:
    """Read a table with a text column and a column ``stance``, ``sentiment`` or both.

    A blank label means that the row has none for that head. Rows of equal text share a group, so no text stands
    on both sides of a split.

    Parameters
    ----------
    path : file of any known format
    column : name of the text column
    group : column whose equal values must not be split (article, speaker); None, and rows where it is blank:
        every text for itself

    Raises
    ------
    FileError
        If a column is missing or the file cannot be read.
    RowError
        If the file cannot be read further.
    DatasetError
        Listing every row that has no text or no label at all, each with file and line.
    """
    statements = []
    problems: list[str] = []
    for number, row in enumerate(read_rows(path)):
        if number == 0:
            _check_columns(row.values, path, column, group)
        try:
            statements.append(_statement(row, path, column, group))
        except RowError as error:
            problems.append(str(error))
    if problems:
        raise DatasetError(problems)
    return statements


def _check_columns(values: Mapping[str, Any], path: str, column: str, group: str | None) -> None:
    present = ", ".join(f'"{name}"' for name in values)
    if column not in values:
        raise FileError(path, f'no column "{column}" (there are: {present})', "Name the text column with --column.")
    if group is not None and group not in values:
        raise FileError(path, f'no column "{group}" (there are: {present})', "Name the group column with --group.")
    if not any(head in values for head in HEADS):
        raise FileError(
            path, f'neither a column "stance" nor "sentiment" (there are: {present})', "Rename the label column."
        )


def _statement(row: Row, path: str, column: str, group: str | None) -> Statement:
    text = checked_text(row.values, column, path, row.line)
    labels = {head: str(row.values[head]).strip() for head in HEADS if row.values.get(head) is not None}
    labels = {head: label for head, label in labels.items() if label}
    if not labels:
        raise RowError(path, row.line, "the row has no label", "Give it a stance or a sentiment, or remove it.")
    named = row.values.get(group) if group is not None else None
    return Statement(
        text=text,
        labels=labels,
        kind="statement",
        group=plain_key(text) or text if named is None or named == "" else str(named),
        source=path,
        line=row.line,
        traits={k: str(v) for k, v in row.values.items() if k != column and k not in HEADS and v is not None},
    )
