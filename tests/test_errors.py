"""Each exception composes its own sentence and knows its exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.errors import (
    DataError,
    DatasetError,
    FileError,
    ModelError,
    RowError,
    StanceError,
    UnknownLabelError,
    UsageError,
)


def test_file_error_names_file_problem_and_remedy():
    """Where, what, and what to do, in one line."""
    error = FileError(Path("data") / "a.csv", "no such file", "Check the name.")
    assert str(error) == "data/a.csv: no such file. Check the name."
    assert (error.path, error.problem, error.remedy) == ("data/a.csv", "no such file", "Check the name.")


def test_row_error_names_file_and_line():
    """A row's error says where the row stands."""
    error = RowError("a.csv", 118, "the text is empty", "Write the text or remove the line.")
    assert str(error) == "a.csv, line 118: the text is empty.\nWrite the text or remove the line."
    assert (error.path, error.line) == ("a.csv", 118)
    assert (error.problem, error.remedy) == ("the text is empty", "Write the text or remove the line.")


def test_unknown_label_error_lists_what_was_expected():
    """The one who mistyped a label is shown the list."""
    error = UnknownLabelError("trade.jsonl", 118, "hostile", "stance", ["escalatory", "none"])
    assert str(error) == (
        'trade.jsonl, line 118: "hostile" is not a stance.\n'
        "Expected one of: escalatory, none. Correct the line; data/codebook.md says what each means."
    )


def test_dataset_error_shows_one_problem_a_line():
    """All problems are told at once."""
    error = DatasetError(["First.", "Second."])
    assert str(error) == "First.\nSecond."
    assert error.problems == ("First.", "Second.")


def test_dataset_error_shows_the_first_twenty():
    """A wrong separator makes every row wrong; the rest is counted, and kept for programs."""
    error = DatasetError([f"Row {number}." for number in range(1, 24)])
    assert str(error).splitlines()[0] == "Row 1."
    assert str(error).splitlines()[19:] == ["Row 20.", "… and 3 more."]
    assert error.problems[22] == "Row 23."


def test_twenty_problems_are_all_shown():
    """Nothing is counted where nothing is left out."""
    assert str(DatasetError(["Bad."] * 20)) == "\n".join(["Bad."] * 20)


def test_model_error_names_folder_problem_and_remedy():
    """As for files."""
    error = ModelError("models/x", "no such model folder", "Train one.")
    assert str(error) == "models/x: no such model folder. Train one."
    assert (error.path, error.problem, error.remedy) == ("models/x", "no such model folder", "Train one.")


def test_usage_error_says_what_it_is_told():
    """A contradiction in a call has no common form."""
    assert str(UsageError("Give --input or texts, not both.")) == "Give --input or texts, not both."


@pytest.mark.parametrize(
    ("kind", "parent", "exit_code"),
    [
        (DataError, StanceError, 1),
        (FileError, DataError, 1),
        (RowError, DataError, 1),
        (UnknownLabelError, RowError, 1),
        (DatasetError, DataError, 1),
        (ModelError, StanceError, 1),
        (UsageError, StanceError, 2),
    ],
)
def test_tree_and_exit_codes(kind, parent, exit_code):
    """Bad data and models exit with 1, contradictory calls with 2; one root catches all of ours."""
    assert kind.__bases__ == (parent,)
    assert kind.exit_code == exit_code
    assert issubclass(kind, StanceError)


def test_bad_models_are_no_bad_data():
    """Whoever catches data errors does not hide a damaged model."""
    assert not issubclass(ModelError, DataError)
