"""The command as a whole: version, help, the module, output that nobody reads to the end or that cannot be shown."""

from __future__ import annotations

import sys

import pytest

EXAMPLES = [
    (["predict"], 'stance predict "We remain open to talks."'),
    (["read"], "stance read article.txt"),
    (["train"], "stance train --data mine.csv --group article --output models/mine"),
    (["evaluate"], "stance evaluate --data labelled.jsonl --output report.html"),
    (["drift"], "stance drift january.jsonl february.jsonl"),
    (["totals"], "stance totals labelled.csv --by speaker --over month --date published --chart totals.svg"),
    (["build"], "stance build --output dataset.jsonl"),
    (["model"], "stance model verify"),
    (["model", "show"], "stance model show models/mine"),
    (["model", "verify"], "stance model verify models/mine"),
]


def test_version_is_one_line(run):
    """The version is printed alone, so that a script can read it."""
    assert run("--version") == (0, "stance 0.1.0\n", "")


def test_module_is_the_command(run):
    """``python -m stance`` is the same as ``stance``."""
    assert run("-m", "stance", "--version", program=(sys.executable,)) == (0, "stance 0.1.0\n", "")


def test_help_lists_every_command(run):
    """The help of the whole names each command with what it does."""
    code, stdout, stderr = run("--help")
    assert (code, stderr) == (0, "")
    assert "Label texts: arguments, a file, or standard input." in stdout
    assert "Tell who said what in an article, with which stance." in stdout
    assert "Train, calibrate and cross-validate a model; write its folder." in stdout
    assert "Score a model; write an offline HTML report and its JSON twin." in stdout
    assert "Join seeds and data into a checked data set; print what is in it." in stdout
    assert "Show what a model is; verify that it still gives what it gave." in stdout
    assert 'Try: stance predict "We remain open to negotiations towards that goal."' in stdout


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_every_command_has_help_with_an_example(call, name, example):
    """Each command explains itself and ends with a call that can be copied."""
    code, stdout, stderr = call(*name, "--help")
    assert (code, stderr) == (0, "")
    assert f"Usage: stance {' '.join(name)}" in stdout
    assert example in stdout


def test_short_help_flag(call):
    """``-h`` is ``--help``, for the whole and for a command."""
    assert call("-h") == call("--help")
    assert call("predict", "-h") == call("predict", "--help")


def test_no_command_shows_the_help(run):
    """Without a command the help is shown, and the exit code is that of a usage error."""
    code, stdout, stderr = run()
    assert code == 2
    assert "Usage: stance [OPTIONS] COMMAND [ARGS]..." in stdout + stderr


def test_reader_that_stops_early_is_no_error(run, command, tiny_model, tmp_path):
    """``| head -1`` gets its line, and nothing is said on standard error."""
    (tmp_path / "many.txt").write_text("We will sign.\n" * 20_000, encoding="utf-8")
    line = f'"{command}" predict --model "{tiny_model}" --input many.txt --json | head -1'
    code, stdout, stderr = run("-c", line, program=("sh",))
    assert (code, stderr) == (0, "")
    assert stdout.startswith('{"text": "We will sign.", "status": "ok"')
    assert stdout.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [("--version",), ("predict", "We will sign."), ("predict", "--json", "We will sign."), ("model", "show")],
)
def test_full_device_is_a_sentence(run, arguments):
    """Output that cannot be written ends with a sentence, not with a traceback."""
    with open("/dev/full", "wb") as full:
        code, _, stderr = run(*arguments, stdout=full)
    assert code == 1
    assert stderr == (
        "Standard input or output failed (no space left on device). Check where it comes from and where it goes.\n"
    )


def test_closed_standard_output_is_no_traceback(run, command):
    """A caller that closed standard output gets no complaint: there is nobody to tell."""
    code, stdout, stderr = run("-c", f'"{command}" predict "We will sign." >&-', program=("sh",))
    assert (code, stdout, stderr) == (0, "", "")


def test_terminal_without_unicode_shows_question_marks(run, tiny_model):
    """What the terminal's encoding lacks is replaced; nothing fails."""
    code, stdout, stderr = run("predict", "--model", tiny_model, "Peace — now", PYTHONIOENCODING="latin-1")
    assert (code, stderr) == (0, "")
    assert stdout.startswith("Peace ? now\n")


def test_unexpected_error_asks_for_a_report(call, monkeypatch):
    """A defect of ours is told in two sentences, without a traceback, and says how to get one."""
    monkeypatch.setattr("stance.predictor.load", lambda _: 1 / 0)
    assert call("predict", "We will sign.") == (
        1,
        "",
        (
            "This should not have happened (ZeroDivisionError: division by zero).\n"
            "Please report it with what you ran; STANCE_TRACEBACK=1 shows where it happened.\n"
        ),
    )


def test_traceback_on_request(monkeypatch):
    """``STANCE_TRACEBACK=1`` lets a defect through as it is."""
    from stance.cli import main

    monkeypatch.setenv("STANCE_TRACEBACK", "1")
    monkeypatch.setattr("stance.predictor.load", lambda _: 1 / 0)
    monkeypatch.setattr(sys, "argv", ["stance", "predict", "We will sign."])
    with pytest.raises(ZeroDivisionError):
        main()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nosuch",), "No such command 'nosuch'."),
        (("predict", "--nosuch"), "No such option: --nosuch"),
        (("evaluate", "--folds", "1"), "Invalid value for '--folds'"),
        (("train", "--seed", "-1"), "Invalid value for '--seed'"),
        (("model", "nosuch"), "No such command 'nosuch'."),
    ],
)
def test_usage_errors_end_with_two(call, arguments, message):
    """A call that cannot be understood ends with exit code 2 and says what is wrong with it."""
    code, stdout, stderr = call(*arguments)
    assert (code, stdout) == (2, "")
    assert message in stderr


def test_prediction_loads_no_training_code(run):
    """Labelling a text imports neither NumPy nor scikit-learn nor rich: that is why it is quick."""
    code = (
        "import sys; from stance.cli import main; sys.argv = ['stance', 'predict', 'We will sign.']\n"
        "try: main()\n"
        "except SystemExit: print(sorted({'numpy', 'sklearn', 'scipy', 'rich', 'joblib'} & sys.modules.keys()))"
    )
    assert run("-c", code, program=(sys.executable,)).stdout.endswith("\n[]\n")
