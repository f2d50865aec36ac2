"""What all table formats share: the row, the writer's shape, and bytes to text with the line named."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, NamedTuple, Protocol

from stance.errors import FileError, RowError


class Row(NamedTuple):
    """One row of a file; ``values`` keeps the columns' order, ``line`` counts from 1."""

    line: int
    values: dict[str, Any]


class Writer(Protocol):
    """Takes rows one at a time; the first decides the columns of formats that have a header."""

    def write(self, row: Mapping[str, Any]) -> None:
        """Write one row."""

    def close(self) -> None:
        """Write what is still owed, such as a footer; the stream itself is closed by its owner."""


def open_binary(path: str) -> IO[bytes]:
    """Open a file for reading, its absence or being a folder told as a sentence.

    Raises
    ------
    FileError
    """
    try:
        return open(path, "rb")
    except FileNotFoundError:
        raise FileError(path, "no such file", "Check the name.") from None
    except IsADirectoryError:
        raise FileError(path, "is a folder, a file was expected", "Give a file in it.") from None
    except OSError as error:
        raise _unreadable(path, error) from error


def decoded_lines(
    stream: Iterable[bytes], path: str, *, strict: bool, keep_ends: bool = False
) -> Iterator[tuple[int, str]]:
    """Yield (line number, text without its line end); a leading byte order mark is skipped.

    Parameters
    ----------
    strict : refuse a byte order mark and CR LF, as for files that are kept under version control
    keep_ends : leave LF and CR LF where they are, for formats in which a value may hold them

    Raises
    ------
    RowError
        If a line is not UTF-8, or strict and not clean.
    FileError
        If the operating system cannot read on.
    """
    for number, line in enumerate(_told(stream, path), start=1):
        marked = number == 1 and line.startswith(codecs.BOM_UTF8)
        if marked and strict:
            raise RowError(path, 1, "the file starts with a byte order mark", 'Save it as "UTF-8 without BOM".')
        raw = line.removeprefix(codecs.BOM_UTF8) if marked else line
        if strict and raw.endswith(b"\r\n"):
            raise RowError(path, number, "the line ends with CR LF", "Save the file with LF line ends.")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise RowError(
                path,
                number,
                f"byte {raw[error.start]:#04x} at position {error.start + 1} is not UTF-8",
                "Save the file as UTF-8.",
            ) from None
        yield number, text if keep_ends else text.removesuffix("\n").removesuffix("\r")


def _told(stream: Iterable[bytes], path: str) -> Iterator[bytes]:
    """Yield the lines; a failing disk or connection is told as a sentence about this file."""
    try:
        yield from stream
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: str, error: OSError) -> FileError:
    reason = (error.strerror or str(error)).lower()
    return FileError(path, f"could not be read ({reason})", "Check the file and its rights.")
