"""Choose the format by the file's extension and open it for reading or writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from stance import atomic
from stance.errors import FileError, UsageError
from stance.tables import delimited, jsonl
from stance.tables.base import Row, Writer, open_binary

FORMATS = ("jsonl", "csv", "tsv", "txt", "parquet")


def format_of(path: str) -> str:
    """Give the format that a path's extension names.

    Raises
    ------
    FileError
        If it names none.
    """
    extension = Path(path).suffix.lower().removeprefix(".")
    extension = {"ndjson": "jsonl", "tab": "tsv", "text": "txt"}.get(extension, extension)
    if extension not in FORMATS:
        known = ", ".join(f".{name}" for name in FORMATS)
        raise FileError(path, "the extension names no format that is known here", f"Use one of: {known}.")
    return extension


def read_rows(path: str, *, strict: bool = False) -> Iterator[Row]:
    """Yield the rows of a file, one in memory at a time.

    Parameters
    ----------
    path : file whose extension names the format
    strict : refuse a byte order mark and CR LF (JSON lines only)

    Raises
    ------
    FileError
        If the file is missing, a folder, of no known format or empty.
    RowError
        If a line cannot be read.
    """
    kind = format_of(path)
    rows = 0
    with open_binary(path) as stream:
        for row in _reader(kind, stream, path, strict=strict):
            rows += 1
            yield row
    if not rows:
        raise FileError(path, "the file holds no rows", "Check that it is the file you mean.")


def _reader(kind: str, stream: IO[bytes], path: str, *, strict: bool) -> Iterator[Row]:
    if kind == "jsonl":
        return jsonl.read(stream, path, strict=strict)
    if kind == "txt":
        return delimited.read_lines(stream, path)
    if kind == "parquet":
        from stance.tables import parquet

        return parquet.read(path)
    return delimited.read(stream, path, delimiter="," if kind == "csv" else "\t")


@contextmanager
def open_writer(path: str, *, force: bool = False) -> Iterator[Writer]:
    """Open a table for writing; it appears under its name only when the block ends well.

    Raises
    ------
    FileError
        If the target exists (without ``force``) or cannot be written, or its extension names no format.
    UsageError
        If the format can only be read.
    """
    kind = format_of(path)
    if kind == "txt":
        raise UsageError(f"{path}: a .txt file cannot hold labels; write .jsonl, .csv, .tsv or .parquet.")
    target = Path(path)
    atomic.check_target(target, force=force)
    with atomic.write_file(target, binary=kind == "parquet") as stream:
        writer = _writer(kind, stream, path)
        try:
            yield writer
        finally:
            writer.close()


def _writer(kind: str, stream: IO[Any], path: str) -> Writer:
    if kind == "jsonl":
        return jsonl.JsonlWriter(stream)
    if kind == "parquet":
        from stance.tables import parquet

        return parquet.ParquetWriter(stream, path)
    return delimited.DelimitedWriter(stream, delimiter="," if kind == "csv" else "\t")
