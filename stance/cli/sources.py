"""Where labelled text comes from: the packaged corpus or a user's file."""

from __future__ import annotations

from typing import NamedTuple

from stance import resources
from stance.dataset import Dataset, assemble, build_corpus, load_labelled_file


class Source(NamedTuple):
    """A data set and what to call it."""

    dataset: Dataset
    name: str


def corpus() -> Source:
    """Give the corpus that comes with the package."""
    return Source(build_corpus(resources.root()), "the stance corpus (seeds/ and data/)")


def training_file(path: str, *, column: str, group: str | None) -> Source:
    """Give a user's labelled file, repetitions left out and contradictions refused."""
    return Source(assemble(load_labelled_file(path, column=column, group=group)), _name(path))


def gold_file(path: str, *, column: str, group: str | None) -> Source:
    """Give a user's labelled file as it is: what is measured is the file, row by row."""
    return Source(Dataset(tuple(load_labelled_file(path, column=column, group=group))), _name(path))


def _name(path: str) -> str:
    """Give the file's name without its folder, which is nobody's business in a model or report."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]
