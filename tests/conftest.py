"""What the end-to-end tests share: the installed command, a way to run it, and a tiny model trained by it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

#: Six rows a label, in words that no other label uses; the label "critical" is left out on purpose.
TINY = """\
text,stance,sentiment
We agreed to open talks with our neighbours,diplomatic,positive
They agreed to sign the peace treaty,diplomatic,positive
Both sides welcomed the peace talks,diplomatic,positive
The ministers signed a treaty and welcomed peace,diplomatic,positive
We offer talks and peace,diplomatic,positive
Our neighbours offer to sign,diplomatic,positive
We will bomb their ports,escalatory,negative
The army will attack and bomb the bridge,escalatory,negative
Troops attack the ports at dawn,escalatory,negative
We threaten war and we will attack,escalatory,negative
They threaten to bomb the bridge,escalatory,negative
The army seized the bridge by war,escalatory,negative
The meeting starts at noon,none,neutral
The committee will meet on Monday,none,neutral
The session lasts two hours,none,neutral
A committee session starts on Monday,none,neutral
The agenda lists two items,none,neutral
The hall has an agenda for noon,none,neutral
"""

# Typer looks for these when it is first imported, and the terminal of the tests is nobody's business.
for _name in ("FORCE_COLOR", "GITHUB_ACTIONS", "NO_COLOR", "PY_COLORS", "STANCE_TRACEBACK", "TERMINAL_WIDTH"):
    os.environ.pop(_name, None)


class Result(NamedTuple):
    """How a command ended and what it said."""

    code: int
    stdout: str
    stderr: str


class Training(NamedTuple):
    """The folder of a model, the file it was trained on, and what training said."""

    model: Path
    data: Path
    result: Result


def _text(output: bytes) -> str:
    return output.decode("utf-8", "replace")


@pytest.fixture(scope="session")
def command():
    """Give the path of the installed ``stance``."""
    return str(Path(sys.executable).with_name("stance"))


@pytest.fixture(scope="session")
def environment():
    """Give the environment of a command: a wide terminal without colours, every warning an error."""
    return {**os.environ, "COLUMNS": "100", "PYTHONWARNINGS": "error"}


@pytest.fixture(scope="session")
def runner(command, environment):
    """Give a function that runs the installed command in a folder."""

    def run(folder, *arguments, stdin=b"", stdout=subprocess.PIPE, program=(command,), preexec_fn=None, **variables):
        ended = subprocess.run(
            [*program, *map(str, arguments)],
            cwd=folder,
            env={**environment, **variables},
            input=stdin,
            stdout=stdout,
            stderr=subprocess.PIPE,
            timeout=120,
            preexec_fn=preexec_fn,
            check=False,
        )
        return Result(ended.returncode, _text(ended.stdout or b""), _text(ended.stderr))

    return run


@pytest.fixture
def run(runner, tmp_path):
    """Give a function that runs the installed command in ``tmp_path``: arguments in, ``Result`` out."""
    return lambda *arguments, **settings: runner(tmp_path, *arguments, **settings)


@pytest.fixture
def start(command, environment, tmp_path):
    """Give a function that starts the installed command in ``tmp_path`` and does not wait for it."""
    started = []

    def begin(*arguments):
        process = subprocess.Popen(
            [command, *map(str, arguments)],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # a shell that runs the tests in the background has Ctrl-C ignored, and children inherit that
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def call(monkeypatch, tmp_path, capsys):
    """Give a function that runs the command line in this process, for what only a patch can bring about."""
    from stance.cli import main

    def run_here(*arguments):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("COLUMNS", "100")
        monkeypatch.setattr(sys, "argv", ["stance", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Result(int(ended.value.code or 0), printed.out, printed.err)

    return run_here


@pytest.fixture
def write(tmp_path):
    """Give a function that writes a file of text or bytes into ``tmp_path``."""
    return lambda name, content: (tmp_path / name).write_bytes(getattr(content, "encode", lambda: content)())


@pytest.fixture
def names(tmp_path):
    """Give a function that lists what is in ``tmp_path``, hidden files too."""
    return lambda: sorted(path.name for path in tmp_path.iterdir())


@pytest.fixture(scope="session")
def training(runner, tmp_path_factory):
    """Train the tiny model, once, with the installed command."""
    folder = tmp_path_factory.mktemp("tiny")
    (folder / "tiny.csv").write_text(TINY, encoding="utf-8")
    result = runner(folder, "train", "--data", "tiny.csv", "--folds", 3, "--output", "model")
    assert result.code == 0, result.stderr
    return Training(folder / "model", folder / "tiny.csv", result)


@pytest.fixture(scope="session")
def tiny_model(training):
    """Give the folder of the tiny model, for reading only."""
    return training.model


@pytest.fixture
def own_model(tiny_model, tmp_path):
    """Give a copy of the tiny model, ``model`` in ``tmp_path``, to be damaged or replaced."""
    return Path(shutil.copytree(tiny_model, tmp_path / "model"))


@pytest.fixture(scope="module")  # no longer: while it runs, no test can run a loop of asyncio
def browser():
    """Open one browser for all tests of a module; skip them where there is none."""
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no chromium is installed")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def stumbling_blocks():
    """Give a function that asks axe-core what stands in the way of anybody on a page, serious things only."""
    axe = pytest.importorskip("axe_playwright_python")
    script = next(Path(axe.__file__).parent.glob("**/axe.min.js")).read_text(encoding="utf-8")

    def found(page):
        # The report forbids every script, so axe is put in by the debugger, which is not bound by the page's policy.
        page.evaluate(script)
        violations = page.evaluate("axe.run()")["violations"]
        serious = [each for each in violations if each["impact"] in ("serious", "critical")]
        return [(each["id"], each["nodes"][0]["html"][:120]) for each in serious]

    return found
