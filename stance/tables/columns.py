"""The columns of an input file: the one that holds the text, and those that an output would overwrite or lose."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any

from stance.errors import FileError, RowError
from stance.tables.base import Row
from stance.tables.open import read_rows


def rows_with(path: str, column: str, added: Set[str], *, flat: bool) -> Iterator[Row]:
    """Yield the rows of a file, checked so that columns can be added.

    Parameters
    ----------
    column : the column that must be there
    added : names of the output columns, which no input column may have
    flat : the output is a table, whose columns are those of the first row

    Raises
    ------
    FileError
        If the first row lacks ``column``, or as :func:`stance.tables.read_rows`.
    RowError
        If a row has a column of ``added``, or one that a table has no place for, or cannot be read.
    """
    first: dict[str, Any] = {}
    for number, row in enumerate(read_rows(path)):
        if number == 0 and column not in row.values:
            present = ", ".join(f'"{name}"' for name in row.values)
            raise FileError(path, f'no column "{column}" (there are: {present})', "Name the text column with --column.")
        first = first or row.values
        later = [name for name in row.values if flat and name not in first]
        if later:
            raise RowError(
                path,
                row.line,
                f'the column "{later[0]}" is not in the first row, so a table has no place for it',
                "Write .jsonl, or give the first row every column.",
            )
        if not added.isdisjoint(row.values):
            raise RowError(
                path,
                row.line,
                f'the column "{min(added & row.values.keys())}" has the name of an output column',
                "Choose a prefix for the output columns, such as --prefix predicted_",
            )
        yield row
