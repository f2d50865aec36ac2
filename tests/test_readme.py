"""The README is true: its commands print what it shows, its Python runs, its figures are the model's."""

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parent.parent / "README.md"
TEXT = README.read_text("utf-8")


def _console_examples() -> list[tuple[str, str]]:
    """Give (command, expected output) in order, over all console blocks."""
    examples: list[tuple[str, str]] = []
    for block in re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            examples.append((command, output.rstrip("\n")))
    return examples


def _as_pattern(expected: str) -> str:
    """Turn expected output into a pattern; a line of three dots stands for any lines."""
    return re.escape(expected + "\n").replace(re.escape("...\n"), r"(?:.*\n)*?") + r"\n*"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, str]]:
    """Run all examples in one folder, as a reader would; give (command, expected, printed)."""
    folder = tmp_path_factory.mktemp("readme")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    results = []
    for command, expected in _console_examples():
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        printed = "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip("\n")
        results.append((command, expected, printed))
    return results


@pytest.mark.parametrize("number", range(len(_console_examples())))
def test_commands_print_what_the_readme_shows(shown: list[tuple[str, str, str]], number: int) -> None:
    """Every console example prints exactly the output below it."""
    command, expected, printed = shown[number]
    assert re.fullmatch(_as_pattern(expected), printed + "\n"), f"$ {command}\n{printed}"


def test_every_command_has_an_example() -> None:
    """A command that the README does not show is a command that nobody finds."""
    commands = {command for line, _ in _console_examples() for command in re.findall(r"stance (\w+)", line)}
    assert commands == {"predict", "train", "evaluate", "build", "model", "read", "totals", "drift"}


def test_python_examples_run() -> None:
    """The Python session gives the results that it shows."""
    parser = doctest.DocTestParser()
    source = "\n".join(re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL))
    test = parser.get_doctest(source, {}, "README", str(README), 0)
    runner = doctest.DocTestRunner()
    runner.run(test)
    assert runner.summarize(verbose=False).failed == 0
