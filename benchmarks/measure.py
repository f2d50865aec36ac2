"""Run commands as whole processes and compare them pair by pair.

The machine's speed drifts, so A and B take turns and what counts is the median of the ratios A/B, never a time alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Run:
    """One finished process: wall time in seconds and peak resident memory in MiB."""

    wall: float
    peak: float


@dataclass(frozen=True)
class Pair:
    """Medians over the rounds; ``ratio`` is the median of the rounds' A/B."""

    a: Run
    b: Run
    ratio: float


def run(command: Sequence[str]) -> Run:
    """Run a command to its end, its output thrown away.

    Raises
    ------
    RuntimeError
        If it fails: a benchmark of a failure measures nothing.
    """
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    if os.waitstatus_to_exitcode(status):
        raise RuntimeError(f"{' '.join(command)} failed: {process.stderr.read().decode()[-500:]}")
    process.stderr.close()
    process.returncode = 0
    return Run(wall, usage.ru_maxrss / 1024)


def pair(a: Sequence[str], b: Sequence[str], rounds: int) -> Pair:
    """Run A and B in turn, once without counting and then ``rounds`` times."""
    run(a), run(b)
    runs = [(run(a), run(b)) for _ in range(rounds)]
    return Pair(
        a=_median([first for first, _ in runs]),
        b=_median([second for _, second in runs]),
        ratio=median(first.wall / second.wall for first, second in runs),
    )


def output_of(command: Sequence[str]) -> str:
    """Run a command and give what it prints."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def script(name: str, *arguments: str) -> list[str]:
    """Give the command that runs a script of this folder."""
    return [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), name), *arguments]


def stance(*arguments: str) -> list[str]:
    """Give the installed ``stance`` command."""
    return [os.path.join(os.path.dirname(sys.executable), "stance"), *arguments]


def _median(runs: list[Run]) -> Run:
    return Run(median(each.wall for each in runs), max(each.peak for each in runs))
