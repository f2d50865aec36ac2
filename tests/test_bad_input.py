"""Everything that a user can get wrong ends with a whole sentence and its exit code, and leaves no file behind."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
from pathlib import Path

import pytest

JSON_LINE = '{"text": "We offer peace talks"}\n'


@pytest.fixture
def predict(run, tiny_model):
    """Give a function that runs ``stance predict`` with the tiny model."""
    return lambda *arguments, **settings: run("predict", "--model", tiny_model, *arguments, **settings)


@pytest.fixture
def predict_here(call, tiny_model):
    """Give a function that does the same in this process, for what only a patch can bring about."""
    return lambda *arguments: call("predict", "--model", tiny_model, *arguments)


# ---- the input ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param(
            "in.txt",
            b"peace\n\xff\xfe\n",
            "in.txt, line 2: byte 0xff at position 1 is not UTF-8.\nSave the file as UTF-8.\n",
            id="text not UTF-8",
        ),
        pytest.param(
            "in.csv",
            b"text\npeace\ncaf\xe9\n",
            "in.csv, line 3: byte 0xe9 at position 4 is not UTF-8.\nSave the file as UTF-8.\n",
            id="CSV in Latin-1",
        ),
        pytest.param(
            "in.jsonl",
            '{"text": "peace"}\n'.encode("utf-16"),
            "in.jsonl, line 1: byte 0xff at position 1 is not UTF-8.\nSave the file as UTF-8.\n",
            id="JSON lines in UTF-16",
        ),
        pytest.param(
            "in.jsonl",
            JSON_LINE * 2 + '{"text": peace}\n',
            "in.jsonl, line 3: not valid JSON (expecting value).\nEach line must be one JSON object.\n",
            id="malformed JSON",
        ),
        pytest.param(
            "in.jsonl",
            JSON_LINE + '["peace"]\n',
            'in.jsonl, line 2: a JSON list, not an object.\nEach line must look like {"text": "…"}.\n',
            id="JSON of another kind",
        ),
        pytest.param(
            "in.jsonl",
            JSON_LINE + "[" * 200_000 + "\n",
            "in.jsonl, line 2: nested too deeply.\nEach line must be one flat JSON object.\n",
            id="JSON without a bottom",
        ),
        pytest.param(
            "in.csv",
            "id,body\n1,peace\n",
            'in.csv: no column "text" (there are: "id", "body"). Name the text column with --column.\n',
            id="missing column",
        ),
        pytest.param(
            "in.csv",
            "id,text\n1,peace\n2\n",
            "in.csv, line 3: 1 fields, but the header has 2.\n"
            'Put fields that contain the separator or a line end in double quotes ("…").\n',
            id="field missing",
        ),
        pytest.param(
            "in.csv",
            "id,text\n1,peace, and talks\n",
            "in.csv, line 2: 3 fields, but the header has 2.\n"
            'Put fields that contain the separator or a line end in double quotes ("…").\n',
            id="comma without quotes",
        ),
        pytest.param(
            "in.csv",
            'text\n"peace\n',
            "in.csv, line 2: not valid CSV (unexpected end of data).\nCheck the double quotes.\n",
            id="quote without end",
        ),
        pytest.param(
            "in.csv",
            "text,text\npeace,war\n",
            'in.csv: the column "text" occurs twice. Give each column its own name.\n',
            id="column twice",
        ),
        pytest.param(
            "in.csv",
            "text,stance\npeace,none\n",
            'in.csv, line 2: the column "stance" has the name of an output column.\n'
            "Choose a prefix for the output columns, such as --prefix predicted_\n",
            id="column named like a result",
        ),
        pytest.param(
            "in.csv",
            "",
            "in.csv: the file holds no rows. Check that it is the file you mean.\n",
            id="empty CSV",
        ),
        pytest.param(
            "in.csv",
            "text\n",
            "in.csv: the file holds no rows. Check that it is the file you mean.\n",
            id="header alone",
        ),
        pytest.param(
            "in.jsonl",
            "\n\n",
            "in.jsonl: the file holds no rows. Check that it is the file you mean.\n",
            id="blank JSON lines",
        ),
        pytest.param(
            "in.txt",
            "",
            "in.txt: the file holds no rows. Check that it is the file you mean.\n",
            id="empty text",
        ),
        pytest.param(
            "in.docx",
            "peace",
            "in.docx: the extension names no format that is known here. "
            "Use one of: .jsonl, .csv, .tsv, .txt, .parquet.\n",
            id="unknown format",
        ),
    ],
)
def test_input_that_cannot_be_read_is_told(predict_here, write, names, name, content, message):
    """File, line, what came and what to do; no output is left, and none of the rows before counts."""
    write(name, content)
    assert predict_here("--input", name, "--output", "out.jsonl") == (1, "", message)
    assert names() == [name]


def test_installed_command_shows_the_sentence_and_no_traceback(predict, write, names):
    """What holds in this process holds for the command itself."""
    write("in.jsonl", JSON_LINE * 2 + "{\n")
    assert predict("--input", "in.jsonl", "--output", "out.csv") == (
        1,
        "",
        (
            "in.jsonl, line 3: not valid JSON (expecting property name enclosed in double quotes).\n"
            "Each line must be one JSON object.\n"
        ),
    )
    assert names() == ["in.jsonl"]


def test_rows_before_a_bad_line_are_printed(predict, write):
    """Printed rows are a stream: those before the bad line come, then the sentence, then exit code 1."""
    write("in.jsonl", JSON_LINE * 2 + "{\n")
    code, stdout, stderr = predict("--input", "in.jsonl", "--json")
    assert code == 1
    assert stderr.startswith("in.jsonl, line 3: not valid JSON")
    assert stdout.count('"status": "ok"') == stdout.count("\n")


@pytest.mark.parametrize("name", ["nosuch.csv", "nosuch.jsonl", "nosuch.txt", "nosuch.parquet"])
def test_missing_file_is_told(predict_here, names, name):
    """No format needs the file to say that it is not there."""
    assert predict_here("--input", name, "--output", "out.csv") == (1, "", f"{name}: no such file. Check the name.\n")
    assert names() == []


def test_missing_file_is_told_by_the_installed_command(predict):
    """The card of a file that is not there is a sentence too."""
    assert predict("--input", "nosuch.csv") == (1, "", "nosuch.csv: no such file. Check the name.\n")


def test_folder_in_place_of_a_file_is_told(predict_here, tmp_path):
    """A folder is not read as if it were empty."""
    (tmp_path / "in.csv").mkdir()
    assert predict_here("--input", "in.csv", "--output", "out.csv") == (
        1,
        "",
        "in.csv: is a folder, a file was expected. Give a file in it.\n",
    )


def test_file_that_is_not_parquet_is_told(predict_here, write, names):
    """A name does not make a file Parquet."""
    write("in.parquet", "text\npeace\n")
    code, stdout, stderr = predict_here("--input", "in.parquet", "--output", "out.csv")
    assert (code, stdout) == (1, "")
    assert stderr.startswith("in.parquet: not readable as Parquet (")
    assert stderr.endswith("). Check the file.\n")
    assert names() == ["in.parquet"]


@pytest.mark.parametrize(("source", "target"), [("in.parquet", "out.csv"), ("in.txt", "out.parquet")])
def test_parquet_without_pyarrow_is_told(predict_here, monkeypatch, write, names, source, target):
    """The extra that is missing is named with the command that installs it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    write(source, "peace\n")
    assert predict_here("--input", source, "--output", target) == (
        2,
        "",
        "Parquet needs pyarrow: pip install 'stance[parquet]'\n",
    )
    assert names() == [source]


def test_standard_input_that_is_not_utf8_is_told(predict):
    """The line of a stream is counted like that of a file."""
    code, stdout, stderr = predict("--json", stdin=b"peace\n\xe9\n")
    assert code == 1
    assert stdout.count("\n") == 1
    assert stderr == "standard input, line 2: byte 0xe9 at position 1 is not UTF-8.\nSave the file as UTF-8.\n"


# ---- the output --------------------------------------------------------------------------------------------


def test_existing_output_is_not_replaced(predict, write, tmp_path):
    """A file that is there stays, unless ``--force`` says otherwise."""
    write("in.txt", "peace\n")
    write("out.csv", "precious")
    assert predict("--input", "in.txt", "--output", "out.csv") == (
        1,
        "",
        "out.csv: exists already. Choose another name, or add --force to replace it.\n",
    )
    assert (tmp_path / "out.csv").read_text() == "precious"
    assert predict("--input", "in.txt", "--output", "out.csv", "--force").code == 0
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").startswith("text,status,")


def test_failed_run_with_force_leaves_the_old_output(predict_here, write, tmp_path, names):
    """``--force`` replaces a file by a complete one only."""
    write("in.jsonl", JSON_LINE + "{\n")
    write("out.csv", "precious")
    assert predict_here("--input", "in.jsonl", "--output", "out.csv", "--force").code == 1
    assert (tmp_path / "out.csv").read_text() == "precious"
    assert names() == ["in.jsonl", "out.csv"]


@pytest.mark.parametrize(
    ("target", "code", "message"),
    [
        (
            "nosuch/out.csv",
            1,
            'nosuch/out.csv: the folder "nosuch" does not exist. Create it or choose another place.\n',
        ),
        ("folder.csv", 1, "folder.csv: is a folder, a file was expected. Give a file name.\n"),
        (
            "out.xlsx",
            1,
            (
                "out.xlsx: the extension names no format that is known here. "
                "Use one of: .jsonl, .csv, .tsv, .txt, .parquet.\n"
            ),
        ),
        ("out.txt", 2, "out.txt: a .txt file cannot hold labels; write .jsonl, .csv, .tsv or .parquet.\n"),
    ],
)
def test_output_that_cannot_be_is_told(predict_here, write, tmp_path, names, target, code, message):
    """A target that cannot hold the result is refused, and nothing is made in its place."""
    write("in.txt", "peace\n")
    (tmp_path / "folder.csv").mkdir()
    assert predict_here("--input", "in.txt", "--output", target) == (code, "", message)
    assert names() == ["folder.csv", "in.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_folder_without_rights_is_told(predict, write, tmp_path):
    """A folder that may not be written to is named."""
    write("in.txt", "peace\n")
    (tmp_path / "closed").mkdir(mode=0o500)
    assert predict("--input", "in.txt", "--output", "closed/out.csv") == (
        1,
        "",
        'closed/out.csv: the folder "closed" is not writable. Choose another place or change its rights.\n',
    )


def test_folder_without_rights_is_told_whoever_runs_the_test(predict_here, write, monkeypatch, tmp_path):
    """The same, where the system's answer is given by the test."""
    write("in.txt", "peace\n")
    (tmp_path / "closed").mkdir()
    monkeypatch.setattr("stance.atomic.os.access", lambda *_: False)
    assert predict_here("--input", "in.txt", "--output", "closed/out.csv") == (
        1,
        "",
        'closed/out.csv: the folder "closed" is not writable. Choose another place or change its rights.\n',
    )


def test_full_disk_is_told(predict_here, write, monkeypatch, tmp_path, names):
    """The device that is always full stands for a full disk: a sentence, and the old file as it was."""

    def on_full_device(dir, prefix, suffix):  # noqa: A002
        part = Path(dir) / f"{prefix}0{suffix}"
        part.touch()
        return os.open("/dev/full", os.O_WRONLY), str(part)

    write("in.txt", "peace\n")
    write("out.jsonl", "precious")
    monkeypatch.setattr("stance.atomic.tempfile.mkstemp", on_full_device)
    assert predict_here("--input", "in.txt", "--output", "out.jsonl", "--force") == (
        1,
        "",
        (
            "out.jsonl: could not be written (no space left on device). "
            "Nothing was changed; make room or choose another place.\n"
        ),
    )
    assert (tmp_path / "out.jsonl").read_text() == "precious"
    assert names() == ["in.txt", "out.jsonl"]


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.parquet"])
def test_write_that_the_system_refuses_is_told(predict, write, names, name):
    """The installed command against a real limit of the kernel, in the middle of the file."""
    write("in.jsonl", "".join(f'{{"n": {n}, "text": "We offer peace talks"}}\n' for n in range(5_000)))
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))  # noqa: E731
    assert predict("--input", "in.jsonl", "--output", name, preexec_fn=limit) == (
        1,
        "",
        f"{name}: could not be written (file too large). Nothing was changed; make room or choose another place.\n",
    )
    assert names() == ["in.jsonl"]


def test_interrupt_leaves_nothing(start, tiny_model, write, names, tmp_path):
    """Ctrl-C in the middle of a large file: exit code 130, no traceback, no output, no temporary."""
    write("in.jsonl", JSON_LINE * 1_000_000)
    process = start("predict", "--model", tiny_model, "--input", "in.jsonl", "--output", "out.jsonl")
    deadline = time.monotonic() + 60
    while not any(part.stat().st_size for part in tmp_path.glob(".out.jsonl.*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert (stdout, stderr) == (b"", b"")
    assert names() == ["in.jsonl"]


# ---- the call ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("peace", "--input", "in.csv"), "Give either texts or --input, not both.\n"),
        (
            ("--input", "in.csv", "--output", "out.csv", "--json"),
            "--json prints, --output writes a file; give one of them.\n",
        ),
        (("peace", "--column", "body"), "--column, --prefix and --force are about files and need --input.\n"),
        (("peace", "--prefix", "my_"), "--column, --prefix and --force are about files and need --input.\n"),
        (("peace", "--force"), "--column, --prefix and --force are about files and need --input.\n"),
        (
            ("peace", "--output", "out.csv"),
            "--output needs --input. To keep what is printed, use --json and redirect it.\n",
        ),
    ],
)
def test_options_that_contradict_each_other_are_told(predict_here, names, arguments, message):
    """A call that cannot be meant ends with exit code 2 before anything is read."""
    assert predict_here(*arguments) == (2, "", message)
    assert names() == []


def test_nothing_to_label_on_a_terminal_is_told(predict_here, monkeypatch):
    """Without text and without a pipe the command does not wait for a keyboard; it says what to type."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    assert predict_here() == (2, "", 'Nothing to label. Try: stance predict "We remain open to talks."\n')


def test_closed_standard_input_is_told(run, command):
    """A caller without standard input gets the same sentence as one at a terminal."""
    assert run("-c", f'"{command}" predict <&-', program=("sh",)) == (
        2,
        "",
        'Nothing to label. Try: stance predict "We remain open to talks."\n',
    )
