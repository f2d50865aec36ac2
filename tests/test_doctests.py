"""Examples in docstrings are true."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import stance

MODULES = sorted(
    found.name
    for found in pkgutil.walk_packages(stance.__path__, "stance.")
    if not found.name.endswith("__main__")  # importing it runs the program
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_give_what_they_show(name: str) -> None:
    """Every example gives the result written below it."""
    assert doctest.testmod(import_module(name)).failed == 0


def test_there_are_examples() -> None:
    """The entry points show how they are used."""
    found = doctest.DocTestFinder().find(import_module("stance.predictor"))
    assert [test.name for test in found if test.examples] == ["stance.predictor.Predictor"]
