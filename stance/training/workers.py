"""Do independent fits side by side, in processes: SciPy's sparse products hold the interpreter's lock."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, Protocol

from joblib import Parallel, delayed
from threadpoolctl import threadpool_limits

from stance.dataset import Dataset
from stance.training import solve
from stance.training.config import TrainingConfig
from stance.training.reading import Reading

#: Starting processes takes some two seconds; fewer rows are fitted in less.
FEWEST_ROWS = 4_000


class Shared(NamedTuple):
    """What every task looks at and none changes."""

    reading: Reading
    dataset: Dataset
    config: TrainingConfig


#: A function of a module, which takes what is shared, and its other arguments.
Task = tuple[Callable[..., Any], tuple[Any, ...]]


class Workers(Protocol):
    """Do tasks. What a task gives does not depend on the number of processes: each sums with one thread."""

    def share(self, shared: Shared) -> None:
        """Take what every task looks at; once, before any."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Any]:
        """Yield the results in the order of the tasks."""


@contextmanager
def workers(config: TrainingConfig, n_rows: int) -> Iterator[Workers]:
    """Give as many workers as are worth starting."""
    if config.jobs == 1 or n_rows < FEWEST_ROWS:
        yield _InProcess()
        return
    with TemporaryDirectory(prefix="stance-") as folder, Parallel(config.jobs, return_as="generator") as parallel:
        yield _Processes(parallel, config.jobs, os.path.join(folder, "shared.pickle"))


class _InProcess:
    _shared: Shared

    def share(self, shared: Shared) -> None:
        self._shared = shared

    def run(self, tasks: Iterable[Task]) -> Iterator[Any]:
        return (_done(self._shared, *task) for task in tasks)


class _Processes:
    """Processes that begin to import scikit-learn at once, while the caller reads the texts."""

    def __init__(self, parallel: Parallel, jobs: int, path: str) -> None:
        self._parallel, self._path = parallel, path
        self._started = parallel(delayed(_start)() for _ in range(jobs))

    def share(self, shared: Shared) -> None:
        with open(self._path, "wb") as stream:
            pickle.dump(shared, stream, protocol=pickle.HIGHEST_PROTOCOL)

    def run(self, tasks: Iterable[Task]) -> Iterator[Any]:
        for _ in self._started:
            pass
        found: Iterator[Any] = self._parallel(delayed(_done_elsewhere)(self._path, *task) for task in tasks)
        return found


def _start() -> None:
    """Do nothing: what takes time is to import this module."""


def _done(shared: Shared, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    with threadpool_limits(limits=1), solve.quiet_solver():
        return function(shared, *arguments)


def _done_elsewhere(path: str, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    return _done(_load(path), function, arguments)


@lru_cache(maxsize=1)
def _load(path: str) -> Shared:
    """Read what is shared, once a process."""
    with open(path, "rb") as stream:
        shared: Shared = pickle.load(stream)  # written above, in a folder of the user's own
    return shared
