"""JSON lines: one object a line; blank lines are skipped, and counted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from stance.errors import RowError
from stance.tables.base import Row, decoded_lines


def read(stream: Iterable[bytes], path: str, *, strict: bool = False) -> Iterator[Row]:
    """Yield the objects of a JSON-lines stream.

    Raises
    ------
    RowError
        If a line is not a JSON object in UTF-8.
    """
    for number, line in decoded_lines(stream, path, strict=strict):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except ValueError as error:
            detail = getattr(error, "msg", str(error)).lower()
            raise RowError(path, number, f"not valid JSON ({detail})", "Each line must be one JSON object.") from None
        except RecursionError:
            raise RowError(path, number, "nested too deeply", "Each line must be one flat JSON object.") from None
        if not isinstance(values, dict):
            raise RowError(
                path, number, f"a JSON {_kind(values)}, not an object", 'Each line must look like {"text": "…"}.'
            )
        yield Row(number, values)


def to_json(value: object) -> str:
    """Give the JSON of a value on one line; what JSON lacks, such as a date of a Parquet file, as its text."""
    try:
        line = json.dumps(value, ensure_ascii=False, default=str)
        line.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate, legal in JSON as an escape only
        line = json.dumps(value, default=str)
    return line


class JsonlWriter:
    """Writes one object a line, in UTF-8 and not ASCII escapes, because people read these files."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, row: Mapping[str, Any]) -> None:
        """Write one row."""
        self._stream.write(to_json(row) + "\n")

    def close(self) -> None:
        """Do nothing: every row is complete."""


def _kind(value: object) -> str:
    return {list: "list", str: "string", bool: "boolean", type(None): "null"}.get(type(value), "number")
