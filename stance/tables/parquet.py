"""Parquet, by pyarrow (extra ``parquet``), in batches, so that a file of any size passes in constant memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO, Any

from stance.errors import FileError, UsageError
from stance.tables.base import Row

_BATCH = 1_000


def _pyarrow() -> Any:
    try:
        import pyarrow.parquet
    except ImportError:
        raise UsageError("Parquet needs pyarrow: pip install 'stance[parquet]'") from None
    return pyarrow


def read(path: str) -> Iterator[Row]:
    """Yield the rows of a Parquet file; ``line`` is the row's number.

    Raises
    ------
    UsageError
        If pyarrow is not installed.
    FileError
        If the file is not Parquet.
    """
    pyarrow = _pyarrow()
    number = 0
    try:
        with pyarrow.parquet.ParquetFile(path) as source:
            for batch in source.iter_batches(batch_size=_BATCH):
                for values in batch.to_pylist():
                    number += 1
                    yield Row(number, values)
    except (pyarrow.ArrowException, OSError) as error:
        raise FileError(path, f"not readable as Parquet ({error})", "Check the file.") from None


class ParquetWriter:
    """Writes Parquet in row groups of a thousand; the first of them decides the columns' types, text if all are null.

    Raises
    ------
    UsageError
        If pyarrow is not installed.
    FileError
        If a column holds values of several types, or text that UTF-8 cannot hold.
    """

    def __init__(self, stream: IO[bytes], path: str) -> None:
        self._pyarrow = _pyarrow()
        self._stream = stream
        self._path = path
        self._rows: list[dict[str, Any]] = []
        self._writer: Any = None

    def write(self, row: Mapping[str, Any]) -> None:
        """Take one row; write a row group when a thousand are there."""
        self._rows.append({_clean(name): _clean(value) for name, value in row.items()})
        if len(self._rows) >= _BATCH:
            self._flush()

    def close(self) -> None:
        """Write the remaining rows and the footer."""
        try:
            self._flush()
        finally:
            if self._writer is not None:
                self._writer.close()

    def _flush(self) -> None:
        rows, self._rows = self._rows, []
        if not rows:
            return
        schema = self._writer.schema if self._writer is not None else None
        try:
            table = self._pyarrow.Table.from_pylist(rows, schema=schema)
        except (self._pyarrow.ArrowException, TypeError, ValueError) as error:
            raise FileError(
                self._path, f"the rows do not fit Parquet ({error})", "Write .jsonl, which takes any value."
            ) from None
        if self._writer is None:
            table = table.cast(self._without_null_type(table.schema))
            self._writer = self._pyarrow.parquet.ParquetWriter(self._stream, table.schema)
        self._writer.write_table(table)

    def _without_null_type(self, schema: Any) -> Any:
        text, is_null = self._pyarrow.string(), self._pyarrow.types.is_null
        return self._pyarrow.schema([field.with_type(text) if is_null(field.type) else field for field in schema])


def _clean(value: Any) -> Any:
    """Replace lone surrogates, which UTF-8 cannot hold."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
