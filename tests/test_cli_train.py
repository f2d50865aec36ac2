"""``stance train``: a labelled file in, a complete model folder out, or the old one left as it was."""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
import time

import pytest

FILES = [
    *("README.md", "manifest.json", "metrics.json", "model.safetensors"),
    *("neighbours.jsonl", "neighbours.safetensors", "pipeline.joblib"),
]

#: Three rows a label, for two folds.
HAWKS = """\
text,stance
We will bomb their ports,hawk
The army will attack the bridge,hawk
They threaten war,hawk
We offer peace,dove
Both sides welcomed peace talks,dove
They signed the treaty,dove
"""


@pytest.fixture
def manifest_of(tmp_path):
    """Give a function that reads the manifest of a model folder."""
    return lambda folder: json.loads((tmp_path / folder / "manifest.json").read_text(encoding="utf-8"))


def content(folder):
    """Give every file of a folder, name to bytes."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


# ---- what a good run gives ---------------------------------------------------------------------------------


def test_result_is_printed_as_a_table(training):
    """The scores of the left-out rows go to standard output, one table a head; the rest is a remark."""
    code, stdout, stderr = training.result
    assert code == 0
    assert stderr == 'Model written: model\nTry: stance predict --model model "…"\n'
    assert stdout.startswith("Cross-validation on tiny.csv\n3-fold cross-validation")
    assert " stance              precision   recall      F1   95 % interval   rows" in stdout
    assert " sentiment           precision   recall      F1   95 % interval   rows" in stdout
    for label in ("escalatory", "diplomatic", "none", "negative", "neutral", "positive", "macro-F1", "commonest label"):
        assert f" {label} " in stdout
    assert "undecided" in stdout
    assert "groups 18" in stdout


def test_folder_holds_a_whole_model(training):
    """Arrays, manifest, scores, card and pipeline, and nothing besides; no temporary is left beside it."""
    assert sorted(content(training.model)) == FILES
    assert sorted(path.name for path in training.model.parent.iterdir()) == ["model", "tiny.csv"]


def test_manifest_tells_where_the_model_comes_from(training):
    """Format, labels in order, data by file name without its folder, parameters, libraries, canaries."""
    manifest = json.loads((training.model / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["format"] == 4
    assert manifest["heads"] == {
        "stance": ["escalatory", "diplomatic", "none"],
        "sentiment": ["negative", "neutral", "positive"],
    }
    assert manifest["data"]["source"] == "tiny.csv"
    assert (manifest["data"]["statements"], manifest["data"]["quotes"], manifest["data"]["phrases"]) == (18, 0, 0)
    assert (manifest["parameters"]["seed"], manifest["parameters"]["folds"]) == (0, 3)
    assert set(manifest["parameters"]["C"]) == {"stance", "sentiment"}
    assert {"python", "stance", "scikit-learn", "numpy"} <= manifest["libraries"].keys()
    assert len(manifest["canaries"]) == 7
    assert str(training.model.parent) not in json.dumps(manifest)


def test_metrics_and_card_tell_the_scores(training):
    """The scores lie beside the model, for programs and for people."""
    metrics = json.loads((training.model / "metrics.json").read_text(encoding="utf-8"))
    assert [head["head"] for head in metrics["heads"]] == ["stance", "sentiment"]
    assert [head["rows"] for head in metrics["heads"]] == [18, 18]
    assert "tiny.csv" in (training.model / "README.md").read_text(encoding="utf-8")


def test_own_labels_of_stance_alone(call, run, write, manifest_of):
    """Any label set will do, sorted; a model without the other head says nothing of it."""
    write("hawks.csv", HAWKS)
    assert call("train", "--data", "hawks.csv", "--folds", 2, "--output", "own").code == 0
    assert manifest_of("own")["heads"] == {"stance": ["dove", "hawk"]}
    row = json.loads(run("predict", "--model", "own", "--json", "The army will attack").stdout)
    assert list(row) == ["text", "status", "stance", "stance_probabilities", "known_terms", "reason"]
    assert (row["stance"], list(row["stance_probabilities"])) == ("hawk", ["dove", "hawk"])
    assert "sentiment" not in run("predict", "--model", "own", "The army will attack").stdout
    write("in.txt", "They offer peace\n")
    assert run("predict", "--model", "own", "--input", "in.txt", "--output", "out.csv").code == 0
    assert call("model", "verify", "own").code == 0


def test_own_labels_of_sentiment_alone(call, run, write, manifest_of, tmp_path):
    """A file with the one column ``sentiment`` gives a model of sentiment; stance is then in no output."""
    write("moods.csv", HAWKS.replace("stance", "sentiment"))
    assert call("train", "--data", "moods.csv", "--folds", 2, "--output", "own").code == 0
    assert manifest_of("own")["heads"] == {"sentiment": ["dove", "hawk"]}
    write("in.txt", "They offer peace\n")
    assert run("predict", "--model", "own", "--input", "in.txt", "--output", "out.csv").code == 0
    header, row = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert header == "text,status,sentiment,sentiment_dove,sentiment_hawk,known_terms,reason"
    assert row.startswith("They offer peace,ok,dove,")


def test_labels_that_look_like_markup_are_shown_as_they_are(call, write):
    """A label or a file name in brackets is text, not an instruction to the table."""
    write("[red].csv", HAWKS.replace("dove", "[/b]").replace("hawk", ":smile:"))
    code, stdout, _ = call("train", "--data", "[red].csv", "--folds", 2, "--output", "own")
    assert code == 0
    assert stdout.startswith("Cross-validation on [red].csv\n")
    assert "\n [/b] " in stdout
    assert "\n :smile: " in stdout


def test_folder_is_named_after_the_data(call, write, tmp_path):
    """Without ``--output`` the model of hawks.csv goes to models/hawks, made if need be."""
    write("hawks.csv", HAWKS)
    assert call("train", "--data", "hawks.csv", "--folds", 2).code == 0
    assert sorted(content(tmp_path / "models" / "hawks")) == FILES


def test_row_may_lack_one_of_two_labels(call, write, tmp_path):
    """A blank label leaves the row out of that head only."""
    write(
        "both.csv",
        "text,stance,sentiment\n"
        "We will bomb their ports,hawk,bad\n"
        "The army will attack the bridge,hawk,bad\n"
        "They threaten war,hawk,\n"
        "We offer peace,dove,good\n"
        "Both sides welcomed peace talks,,good\n"
        "They signed the treaty,dove,\n",
    )
    assert call("train", "--data", "both.csv", "--folds", 2, "--output", "own").code == 0
    metrics = json.loads((tmp_path / "own" / "metrics.json").read_text(encoding="utf-8"))
    assert [(head["head"], head["rows"]) for head in metrics["heads"]] == [("stance", 5), ("sentiment", 4)]


def test_repeated_rows_are_left_out(call, write, manifest_of):
    """The same text with the same label counts once."""
    write("hawks.csv", HAWKS + "we offer PEACE!,dove\n")
    assert call("train", "--data", "hawks.csv", "--folds", 2, "--output", "own").code == 0
    assert manifest_of("own")["data"]["statements"] == 6


def test_text_and_group_columns_can_be_named(call, write):
    """``--column`` and ``--group`` name columns of one's own; a group is never split."""
    rows = HAWKS.replace("text,stance", "body,stance,article").splitlines()
    write("hawks.csv", "\n".join([rows[0], *(f"{row},{n % 3}" for n, row in enumerate(rows[1:]))]) + "\n")
    arguments = ("--column", "body", "--group", "article", "--folds", 2, "--output", "own")
    code, stdout, _ = call("train", "--data", "hawks.csv", *arguments)
    assert code == 0
    assert "groups 3" in stdout


def test_check_trains_twice_and_writes_nothing(call, write, names):
    """``--check`` compares every byte of two trainings and leaves no folder."""
    write("hawks.csv", HAWKS)
    code, stdout, stderr = call("train", "--data", "hawks.csv", "--folds", 2, "--check")
    assert (code, stderr) == (0, "")
    assert stdout.startswith("Trained twice: 7 files, ")
    assert stdout.endswith(" bytes, all equal.\n")
    assert names() == ["hawks.csv"]


# ---- the old model stays until the new one is complete ------------------------------------------------------


def test_old_model_is_replaced_as_a_whole(call, write, own_model, manifest_of):
    """After training the folder holds the new model and nothing of the old."""
    (own_model / "note.txt").write_text("of the old model")
    write("hawks.csv", HAWKS)
    assert call("train", "--data", "hawks.csv", "--folds", 2, "--seed", 7, "--output", "model").code == 0
    assert sorted(content(own_model)) == FILES
    assert manifest_of("model")["parameters"]["seed"] == 7


def test_kill_during_training_leaves_the_old_model(start, own_model):
    """``kill -9`` in the middle of training changes nothing."""
    before = content(own_model)
    process = start("train", "--output", "model")
    time.sleep(1.5)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert content(own_model) == before


def test_kill_while_writing_leaves_the_old_model(run, call, own_model, write, tmp_path, names):
    """``kill -9`` with the new folder half full leaves the old one whole; the next training clears up."""
    before = content(own_model)
    write("hawks.csv", HAWKS)
    program = (
        "import os, signal, sys, joblib\n"
        "joblib.dump = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)\n"
        "sys.argv = ['stance', 'train', '--data', 'hawks.csv', '--folds', '2', '--output', 'model']\n"
        "from stance.cli import main\n"
        "main()\n"
    )
    assert run("-c", program, program=(sys.executable,)).code == -signal.SIGKILL
    assert content(own_model) == before
    assert len(list(tmp_path.glob(".model.new-*"))) == 1
    assert call("train", "--data", "hawks.csv", "--folds", 2, "--output", "model").code == 0
    assert names() == ["hawks.csv", "model"]


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (
            OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
            1,
            (
                "model: could not be written (no space left on device). "
                "Nothing was changed; make room or choose another place.\n"
            ),
        ),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_failure_while_writing_leaves_the_old_model(call, monkeypatch, own_model, write, names, error, code, message):
    """A full disk or Ctrl-C while the folder is filled leaves the old model and no temporary."""

    def fail(*_, **__):
        raise error

    before = content(own_model)
    write("hawks.csv", HAWKS)
    monkeypatch.setattr("stance.publish.render_card", fail)
    result = call("train", "--data", "hawks.csv", "--folds", 2, "--output", "model")
    assert (result.code, result.stderr) == (code, message)
    assert content(own_model) == before
    assert names() == ["hawks.csv", "model"]


# ---- refusals ----------------------------------------------------------------------------------------------


def test_folder_that_is_no_model_is_not_replaced(call, write, tmp_path):
    """A folder with something else in it is refused before the work, and left alone."""
    (tmp_path / "thesis").mkdir()
    write("thesis/chapter.txt", "years of work")
    write("hawks.csv", HAWKS)
    assert call("train", "--data", "hawks.csv", "--folds", 2, "--output", "thesis") == (
        1,
        "",
        "thesis: exists and is no model folder. Choose another place for the model with --output.\n",
    )
    assert content(tmp_path / "thesis") == {"chapter.txt": b"years of work"}


def test_file_is_no_place_for_a_model(call, write):
    """Neither a file itself nor a place below one can be a model folder."""
    write("hawks.csv", HAWKS)
    assert call("train", "--data", "hawks.csv", "--output", "hawks.csv").stderr == (
        "hawks.csv: exists and is no model folder. Choose another place for the model with --output.\n"
    )
    assert call("train", "--data", "hawks.csv", "--output", "hawks.csv/model").stderr == (
        'hawks.csv/model: nothing can be written in "hawks.csv". Choose another place for the model with --output.\n'
    )


def test_folder_without_rights_is_refused_before_the_work(call, write, monkeypatch):
    """Nobody waits for a training that cannot be kept."""
    write("hawks.csv", HAWKS)
    monkeypatch.setattr("stance.publish.os.access", lambda *_: False)
    assert call("train", "--data", "hawks.csv", "--output", "models/own") == (
        1,
        "",
        'models/own: nothing can be written in ".". Choose another place for the model with --output.\n',
    )


def test_empty_folder_may_be_filled(call, write, tmp_path):
    """An empty folder is nobody's work."""
    (tmp_path / "own").mkdir()
    write("hawks.csv", HAWKS)
    assert call("train", "--data", "hawks.csv", "--folds", 2, "--output", "own").code == 0
    assert sorted(content(tmp_path / "own")) == FILES


@pytest.mark.parametrize(
    ("rows", "arguments", "message"),
    [
        pytest.param(
            "text,stance\nWe sign,dove\nWe talk,dove\n",
            (),
            'stance: one class only (all 2 rows are "dove"). Training needs rows of at least two.\n',
            id="one class",
        ),
        pytest.param(
            HAWKS,
            (),
            'stance: only 3 rows are "dove", too few for 5 folds. Add rows of that label, or use --folds 3.\n',
            id="too few rows",
        ),
        pytest.param(
            HAWKS + "We wait,owl\n",
            ("--folds", "2"),
            'stance: only one row is "owl". Add rows of that label, or remove it.\n',
            id="a single row",
        ),
        pytest.param(
            HAWKS.replace("\n", ",a\n").replace("stance,a", "stance,article"),
            ("--folds", "2", "--group", "article"),
            "stance: only 1 groups, too few for 2 folds. Use --folds, or finer groups.\n",
            id="one group",
        ),
        pytest.param(
            "text,stance,article\nWe sign,dove,a\nWe talk,dove,b\nWe bomb,hawk,c\nWe attack,hawk,c\n",
            ("--folds", "2", "--group", "article"),
            'stance: all rows of "hawk" fall into one fold, so they cannot be trained and tested. '
            "Use finer groups, or add rows of that label in other groups.\n",
            id="one group of a label",
        ),
        pytest.param(
            "text,label\nWe sign,dove\n",
            (),
            'mine.csv: neither a column "stance" nor "sentiment" (there are: "text", "label"). '
            "Rename the label column.\n",
            id="no label column",
        ),
        pytest.param(
            "body,stance\nWe sign,dove\n",
            (),
            'mine.csv: no column "text" (there are: "body", "stance"). Name the text column with --column.\n',
            id="no text column",
        ),
        pytest.param(
            "text,stance\nWe sign,dove\n",
            ("--group", "article"),
            'mine.csv: no column "article" (there are: "text", "stance"). Name the group column with --group.\n',
            id="no group column",
        ),
        pytest.param(
            "text,stance\nWe sign,dove\nWe talk,\nWe wait, \n",
            (),
            "mine.csv, line 3: the row has no label.\nGive it a stance or a sentiment, or remove it.\n"
            "mine.csv, line 4: the row has no label.\nGive it a stance or a sentiment, or remove it.\n",
            id="unlabelled rows, all of them told",
        ),
        pytest.param(
            'text,stance\nWe sign,dove\n"",hawk\n',
            (),
            "mine.csv, line 3: the text is empty.\nWrite the text or remove the line.\n",
            id="empty text",
        ),
        pytest.param(
            "text,stance\nWe sign it,dove\nWe SIGN it!,hawk\n",
            (),
            'mine.csv, line 3: the same text as mine.csv, line 2, but stance is "hawk" here and "dove" there.\n'
            "Decide which holds, or reword one of them. Text: We SIGN it!\n",
            id="contradiction",
        ),
    ],
)
def test_data_that_cannot_be_trained_on_is_told(call, write, names, rows, arguments, message):
    """Each thing wrong with the data is a sentence that names the place and the remedy; no folder is made."""
    write("mine.csv", rows)
    assert call("train", "--data", "mine.csv", "--output", "own", *arguments) == (1, "", message)
    assert names() == ["mine.csv"]


def test_missing_data_is_told_by_the_installed_command(run):
    """What holds in this process holds for the command itself: a sentence, exit code 1, no traceback."""
    assert run("train", "--data", "nosuch.csv") == (1, "", "nosuch.csv: no such file. Check the name.\n")
