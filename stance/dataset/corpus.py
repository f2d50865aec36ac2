"""Read our own data: labelled seed quotes, statements and phrases, below one root folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

from stance.dataset.assemble import Dataset, assemble
from stance.dataset.rows import corpus_statement
from stance.dataset.seed_quotes import labelled_seed_quotes
from stance.errors import DatasetError, FileError, RowError
from stance.records import Statement
from stance.tables import Row, read_rows

_FOLDERS: tuple[tuple[str, Literal["statement", "phrase"]], ...] = (
    ("statements", "statement"),
    ("phrases", "phrase"),
)
_T = TypeVar("_T")


def build_corpus(root: str | Path) -> Dataset:
    """Join and check ``seeds/`` and ``data/`` below ``root``.

    Returns
    -------
    Dataset
        Quotes first, then statements, then phrases, each in the order of file names and lines. The topic is the
        group of a statement, the document that of a quote, the act that of a phrase.

    Raises
    ------
    FileError
        If a folder is missing.
    DatasetError
        Listing every row that cannot be used, each with file and line.
    """
    data = Path(root) / "data"
    problems: list[str] = []
    found: list[Statement] = []
    found += labelled_seed_quotes(Path(root), problems)
    for folder, kind in _FOLDERS:
        for path in _files(data / folder):
            name = str(path.relative_to(root))
            convert = partial(corpus_statement, kind=kind, group=path.stem, path=name)
            found += _converted(path, name, convert, problems)
    if problems:
        raise DatasetError(problems)
    return assemble(found, check_near=True)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise FileError(folder, "no such folder", "Run in a checkout, or give the folder that holds data/ with --root.")
    return sorted(folder.glob("*.jsonl"))


def _converted(path: Path, name: str, convert: Callable[[Row], _T], problems: list[str]) -> Iterator[_T]:
    """Yield what the rows of one file become; collect what is wrong instead of stopping at the first."""
    try:
        for row in read_rows(str(path), strict=True):
            try:
                yield convert(row)
            except RowError as error:
                problems.append(str(error))
    except RowError as error:  # the file cannot be read further
        problems.append(str(RowError(name, error.line, error.problem, error.remedy)))
