"""Where articles come from: files, folders, standard input, and tables with an article a row.

Knows nothing of quotes and models.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import IO, Any, NamedTuple

from stance.article.html import EXTENSIONS, text_of_html
from stance.errors import FileError, UsageError
from stance.tables import Row, format_of, rows_with
from stance.tables.base import decoded_lines, open_binary

_STANDARD_INPUT = "standard input"


class Source(NamedTuple):
    """An article to read.

    Attributes
    ----------
    values : columns that pass through, ``id`` among them
    text : the article; empty when the row holds none
    problem : why the row holds no text; None when it does
    """

    values: dict[str, Any]
    text: str
    problem: str | None = None


def articles_in_files(paths: Sequence[str], stdin: IO[bytes] | None, *, from_html: bool = False) -> Iterator[Source]:
    """Yield the article of each file, and of each .txt and .html file of a folder, by name.

    Parameters
    ----------
    paths : ``-`` is ``stdin``
    from_html : take every file for HTML, and not only those whose name says so

    Raises
    ------
    FileError
        If a file is missing or holds no text, or a folder holds no article.
    RowError
        If a text file is not UTF-8.
    UsageError
        If a file is a table, or HTML cannot be read.
    """
    for path in _files(paths):
        text = _article(path, stdin, from_html=from_html)
        if not text.strip():
            raise FileError(_called(path), "the file holds no text", "Check that it is the file you mean.")
        yield Source({"id": path}, text)


def articles_in_table(
    path: str, column: str, added: Set[str], *, flat: bool, from_html: bool = False
) -> Iterator[Source]:
    """Yield the article of each row of a table; ``id`` is the row's number where no column is called so.

    Parameters
    ----------
    added, flat : as :func:`stance.tables.rows_with`

    Raises
    ------
    FileError, RowError, UsageError
        As :func:`stance.tables.rows_with`; if HTML cannot be read at all.
    """
    for number, row in enumerate(rows_with(path, column, added, flat=flat), start=1):
        text, problem = _text(row, path, column, from_html=from_html)
        yield Source(row.values if "id" in row.values else {"id": number, **row.values}, text, problem)


def _text(row: Row, path: str, column: str, *, from_html: bool) -> tuple[str, str | None]:
    given = row.values.get(column)
    if given is None:
        return "", None
    if not isinstance(given, str):
        return "", f"not text: {type(given).__name__}"
    if not from_html or not given.strip():
        return given, None
    try:
        return text_of_html(given, f"{path}, line {row.line}"), None
    except FileError as error:  # one page among many: its row says so
        return "", error.problem


def _files(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        if path != "-" and os.path.isdir(path):
            yield from _inside(path)
        else:
            yield path


def _inside(folder: str) -> list[str]:
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if entry.is_file())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileError(folder, f"could not be read ({reason})", "Check the folder and its rights.") from error
    found = [os.path.join(folder, name) for name in names if name.lower().endswith((".txt", *EXTENSIONS))]
    if not found:
        raise FileError(folder, "the folder holds no .txt or .html file", "Name the files, or a folder of articles.")
    return found


def _article(path: str, stdin: IO[bytes] | None, *, from_html: bool) -> str:
    if path == "-":
        if stdin is None:
            raise FileError(_STANDARD_INPUT, "it is closed", "Pipe an article in, or name a file.")
        return _decoded(stdin, path, from_html=from_html)
    if _is_table(path):
        raise UsageError(f"{path} is a table of articles. Give it with --input.")
    with open_binary(path) as stream:
        return _decoded(stream, path, from_html=from_html or path.lower().endswith(EXTENSIONS))


def _decoded(stream: IO[bytes], path: str, *, from_html: bool) -> str:
    if from_html:
        page = b"".join(stream)
        return text_of_html(page, _called(path)) if page.strip() else ""
    return "".join(line for _, line in decoded_lines(stream, _called(path), strict=False, keep_ends=True))


def _is_table(path: str) -> bool:
    try:
        return format_of(path) != "txt"
    except FileError:
        return False


def _called(path: str) -> str:
    return _STANDARD_INPUT if path == "-" else path
