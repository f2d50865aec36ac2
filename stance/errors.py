"""Everything that can go wrong, each with its own sentence.

    StanceError
    ├── DataError                a file or a row that cannot be used (exit code 1)
    │   ├── RowError             one line of one file
    │   ├── FileError            a file as a whole
    │   └── DatasetError         rows that do not make a data set
    ├── ModelError               a model folder that cannot be trusted or read (exit code 1)
    └── UsageError               a call that contradicts itself (exit code 2)

Classes take data and write the sentence: where, what came, what was expected, what to do.
This module knows nothing of the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike

PathInput = str | PathLike[str]


class StanceError(Exception):
    """Root of all errors that a user can cause and mend."""

    exit_code = 1


class DataError(StanceError):
    """Input that cannot be used as it is."""


class FileError(DataError):
    """A file as a whole: missing, a folder, not writable, of no known format.

    Parameters
    ----------
    path : path of the file, as the user gave it
    problem : what is wrong, without a full stop
    remedy : what to do, a whole sentence
    """

    def __init__(self, path: PathInput, problem: str, remedy: str) -> None:
        self.path, self.problem, self.remedy = str(path), problem, remedy
        super().__init__(f"{self.path}: {problem}. {remedy}")


class RowError(DataError):
    """One line of one file.

    Parameters
    ----------
    path : path of the file, as the user gave it
    line : line number, counted from 1
    problem : what is wrong, without a full stop
    remedy : what to do, a whole sentence
    """

    def __init__(self, path: PathInput, line: int, problem: str, remedy: str) -> None:
        self.path, self.line, self.problem, self.remedy = str(path), line, problem, remedy
        super().__init__(f"{self.path}, line {line}: {problem}.\n{remedy}")


class UnknownLabelError(RowError):
    """A label that is in no list."""

    def __init__(self, path: PathInput, line: int, label: object, kind: str, expected: Iterable[str]) -> None:
        super().__init__(
            path,
            line,
            f'"{label}" is not a {kind}',
            f"Expected one of: {', '.join(expected)}. Correct the line; data/codebook.md says what each means.",
        )


class DatasetError(DataError):
    """Rows that are each readable but together do not make a data set.

    Parameters
    ----------
    problems : one whole sentence each; the first twenty are shown, one a line
    """

    MOST_SHOWN = 20

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        shown = self.problems[: self.MOST_SHOWN]
        rest = len(self.problems) - len(shown)
        super().__init__("\n".join([*shown, *([f"… and {rest} more."] if rest else [])]))

    def __reduce__(self) -> tuple[type[DatasetError], tuple[tuple[str, ...]]]:
        """Be made anew of the problems when raised in another process; an exception's arguments are its message."""
        return type(self), (self.problems,)


class ModelError(StanceError):
    """A model folder that is missing, damaged, foreign or not to be trusted.

    Parameters
    ----------
    path : the model folder or the file in it
    problem : what is wrong, without a full stop
    remedy : what to do, a whole sentence
    """

    def __init__(self, path: PathInput, problem: str, remedy: str) -> None:
        self.path, self.problem, self.remedy = str(path), problem, remedy
        super().__init__(f"{self.path}: {problem}. {remedy}")


class UsageError(StanceError):
    """A call that contradicts itself or lacks something."""

    exit_code = 2
