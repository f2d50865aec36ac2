"""CSV and TSV with a header line, quoted as RFC 4180 says, and plain text of one row a line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from stance.errors import FileError, RowError
from stance.tables.base import Row, decoded_lines
from stance.tables.jsonl import to_json

_FIELD_LIMIT = 1 << 30  # the module's own 128 KiB would refuse long articles


def read(stream: Iterable[bytes], path: str, *, delimiter: str) -> Iterator[Row]:
    """Yield the rows of a CSV or TSV stream; ``line`` is where the row ends, as quoted fields may span lines.

    Raises
    ------
    FileError
        If there is no header or a column name occurs twice.
    RowError
        If a row has more or fewer fields than the header, or is not UTF-8.
    """
    csv.field_size_limit(_FIELD_LIMIT)
    lines = (line for _, line in decoded_lines(stream, path, strict=False, keep_ends=True))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    header: list[str] | None = None
    try:
        for fields in reader:
            if header is None:
                header = fields
                _check_header(header, path)
            elif fields:
                if len(fields) != len(header):
                    raise RowError(
                        path,
                        reader.line_num,
                        f"{len(fields)} fields, but the header has {len(header)}",
                        'Put fields that contain the separator or a line end in double quotes ("…").',
                    )
                yield Row(reader.line_num, dict(zip(header, fields, strict=True)))
    except csv.Error as error:
        raise RowError(path, reader.line_num, f"not valid CSV ({error})", "Check the double quotes.") from None


def read_lines(stream: Iterable[bytes], path: str) -> Iterator[Row]:
    """Yield one row ``{"text": line}`` for each line, blank ones too, so that output stays aligned with input."""
    for number, line in decoded_lines(stream, path, strict=False):
        yield Row(number, {"text": line})


class DelimitedWriter:
    """Writes CSV or TSV; the first row's keys become the header, values that are no scalars are written as JSON."""

    def __init__(self, stream: IO[str], *, delimiter: str) -> None:
        self._plain = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
        self._quoting = csv.writer(stream, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
        self._header: list[str] | None = None

    def write(self, row: Mapping[str, Any]) -> None:
        """Write one row, and the header before the first."""
        if self._header is None:
            self._header = list(row)
            self._write([_cell(column) for column in self._header])
        self._write([_cell(row.get(column)) for column in self._header])

    def close(self) -> None:
        """Do nothing: every row is complete."""

    def _write(self, cells: list[object]) -> None:
        # left to itself, the module before Python 3.13 writes a lone CR bare and then cannot read it
        bare = any(isinstance(cell, str) and "\r" in cell for cell in cells)
        (self._quoting if bare else self._plain).writerow(cells)


def _check_header(header: list[str], path: str) -> None:
    if not any(header):
        raise FileError(path, "the first line is empty", "It must name the columns, such as: text")
    for name in header:
        if header.count(name) > 1:
            raise FileError(path, f'the column "{name}" occurs twice', "Give each column its own name.")


def _cell(value: object) -> object:
    if isinstance(value, dict | list):
        return to_json(value)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return value
