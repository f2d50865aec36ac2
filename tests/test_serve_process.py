"""The process: signals, workers, models replaced while it answers, keys, and where settings come from."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import threading
import time
from pathlib import Path

import pytest

pytest.importorskip("uvicorn")

from serving import Server, drained, request_bytes

from stance.errors import FileError, RowError, UsageError
from stance.resources import default_model
from stance.serve import settings as serve_settings
from stance.serve.keys import Keys, add_key
from stance.serve.settings import Settings, resolve, table

ARTICLE = "“We will answer with force if they cross the border again,” said Joel Wit.\n" * 400
TEXTS = {"texts": ["We remain open to talks with all sides."]}


@pytest.fixture
def serve():
    """Give a function that starts a server, ended after the test."""
    started = []

    def begin(*arguments, **variables):
        started.append(Server(*arguments, **variables))
        return started[-1]

    yield begin
    for each in started:
        each.close()


# ---- start and end -----------------------------------------------------------------------------------------


def test_it_listens_on_this_machine_only(serve):
    """Unless told otherwise."""
    server = serve()
    assert server.host == "127.0.0.1"
    assert any(line.startswith("stance answers on http://127.0.0.1:") for line in server.lines)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_was_accepted_is_finished(serve, number, workers):
    """A request under way is answered, then the process ends well; nobody new is let in."""
    server = serve("--workers", workers)
    body = request_bytes(json.dumps({"text": ARTICLE}).encode(), path="/v1/read")
    with socket.create_connection((server.host, server.port), timeout=20) as connection:
        connection.sendall(body)
        time.sleep(0.15)
        server.process.send_signal(number)
        received = drained(connection)
    assert received.startswith(b"HTTP/1.1 200 ")
    assert json.loads(received.partition(b"\r\n\r\n")[2])["status"] == "ok"
    assert server.process.wait(10) == 0
    with pytest.raises(ConnectionRefusedError):
        server.ask("GET", "/health/live")


def test_taken_port_is_told(serve, run):
    """In a sentence, with what to do."""
    server = serve()
    ended = run("serve", "--port", server.port)
    assert (ended.code, ended.stdout) == (2, "")
    assert ended.stderr == (
        f"Cannot listen on 127.0.0.1, port {server.port} (address already in use). Choose others: --host, --port.\n"
    )


def test_broken_model_is_told_before_anything_is_answered(run, own_model):
    """The command ends; it does not serve what it cannot trust."""
    (own_model / "model.safetensors").write_bytes(b"nonsense")
    ended = run("serve", "--port", 0, "--model", own_model)
    assert ended.code == 1
    assert "truncated or no safetensors file" in ended.stderr


# ---- a model replaced --------------------------------------------------------------------------------------


def replace_folder(folder: Path, new: Path):
    """Put a model folder in the place of another, as ``stance train --force`` does."""
    copy = folder.with_name("copy")
    shutil.copytree(new, copy)
    folder.rename(folder.with_name("aside"))
    copy.rename(folder)
    shutil.rmtree(folder.with_name("aside"))


@pytest.mark.parametrize("workers", [1, 2])
def test_new_model_is_loaded_without_dropping_a_request(serve, own_model, workers):
    """SIGHUP while four clients ask all the time: every request is answered, from one model or the other."""
    server = serve("--model", own_model, "--workers", workers)
    statuses, versions, done = [], set(), threading.Event()

    def ask():
        connection = http.client.HTTPConnection(server.host, server.port, timeout=10)
        while not done.is_set():
            connection.request("POST", "/v1/predict", json.dumps(TEXTS), {"Content-Type": "application/json"})
            response = connection.getresponse()
            versions.add(len(json.load(response)["predictions"][0]["stance_probabilities"]))
            statuses.append(response.status)
        connection.close()

    asking = [threading.Thread(target=ask) for _ in range(4)]
    for each in asking:
        each.start()
    replace_folder(own_model, Path(default_model()))
    server.process.send_signal(signal.SIGHUP)
    server.event("model loaded", count=workers if workers == 1 else workers + 1)
    time.sleep(0.2)
    done.set()
    for each in asking:
        each.join()
    assert set(statuses) == {200}
    assert versions == {3, 4}  # the tiny model lacks a label
    assert {server.ask("GET", "/v1/model").json["version"] for _ in range(6)} == {server.event("model loaded")["model"]}


@pytest.mark.parametrize("workers", [1, 2])
def test_model_that_does_not_verify_is_refused(serve, own_model, workers):
    """The old one goes on, and the log says why."""
    server = serve("--model", own_model, "--workers", workers)
    before = server.ask("GET", "/v1/model").json["version"]
    manifest = json.loads((own_model / "manifest.json").read_text())
    manifest["canaries"][0]["stance_probabilities"]["none"] += 0.1
    (own_model / "manifest.json").write_text(json.dumps(manifest))
    server.process.send_signal(signal.SIGHUP)
    assert "gets other probabilities of stance than recorded" in server.event("model refused")["problem"]
    assert server.ask("GET", "/v1/model").json["version"] == before
    assert server.post("/v1/predict", TEXTS).status == 200


# ---- workers -----------------------------------------------------------------------------------------------


def test_killed_worker_is_replaced(serve):
    """Kill -9 of one: the others answer on, a new one comes, and all counts are kept."""
    server = serve("--workers", 2)
    server.event("ready", count=2)
    for _ in range(10):
        assert server.post("/v1/predict", TEXTS).status == 200
    killed = server.workers()[0]
    os.kill(killed, signal.SIGKILL)
    assert server.event("worker lost")["status"] == -signal.SIGKILL
    server.event("ready", count=3)
    assert killed not in server.workers()
    assert len(server.workers()) == 2
    assert {server.post("/v1/predict", TEXTS).status for _ in range(10)} == {200}
    assert b"stance_texts_total 20.0" in server.ask("GET", "/metrics").body


def test_workers_of_a_killed_server_end(serve):
    """Kill -9 of the leader leaves nothing behind, and the port is free for the next."""
    server = serve("--workers", 2)
    server.event("ready", count=2)
    workers = server.workers()
    server.process.kill()
    server.process.wait()
    until = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() and "Z" not in state(pid) for pid in workers):
        assert time.monotonic() < until, "workers go on without their leader"
        time.sleep(0.05)
    assert serve("--port", server.port).post("/v1/predict", TEXTS).status == 200


def state(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "Z"


# ---- keys and origins --------------------------------------------------------------------------------------


def test_key_is_needed_where_there_are_keys(serve, run, tmp_path):
    """Made by the command, hashed in the file; probes and the page itself stay open."""
    made = run("serve", "--new-key", "archive", "--api-keys", "keys.txt")
    key = made.stdout.strip()
    kept = (tmp_path / "keys.txt").read_text()
    assert key not in kept
    assert (tmp_path / "keys.txt").stat().st_mode & 0o077 == 0
    server = serve("--api-keys", tmp_path / "keys.txt")
    refused = server.post("/v1/predict", TEXTS)
    assert (refused.status, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert refused.json["detail"] == "A key is needed: Authorization: Bearer KEY."
    assert server.post("/v1/predict", TEXTS, Authorization="Bearer wrong").status == 401
    assert server.ask("GET", "/metrics").status == 401
    assert server.post("/v1/predict", TEXTS, Authorization=f"Bearer {key}").status == 200
    assert server.post("/v1/predict", TEXTS, X_API_Key=key).status == 200
    assert [server.ask("GET", path).status for path in ("/health/live", "/", "/openapi.json")] == [200, 200, 200]
    assert server.event("request", count=4)["key"] == "archive"
    assert not any(key in line for line in server.lines)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "keys.txt: holds no key, so nobody could ask. Make keys with: stance serve --new-key NAME"),
        ("archive secret", "keys.txt, line 1: not a name and a hash, as in: archive sha256:0f3a…."),
        (b"\xff\xfe", "keys.txt: not a file of keys: it is not text in UTF-8."),
        (None, "keys.txt: could not be read (no such file or directory)."),
    ],
)
def test_unusable_file_of_keys_is_told(tmp_path, write, content, message, monkeypatch):
    """File, line and what to do."""
    monkeypatch.chdir(tmp_path)
    if content is not None:
        write("keys.txt", content)
    with pytest.raises((FileError, RowError)) as told:
        Keys("keys.txt")
    assert str(told.value).startswith(message)


def test_key_needs_a_name_of_its_own(tmp_path):
    """One word, and one key a name."""
    path = str(tmp_path / "keys.txt")
    add_key(path, "archive")
    with pytest.raises(FileError, match='there is a key called "archive" already'):
        add_key(path, "archive")
    with pytest.raises(FileError, match='"two words" is no name for a key'):
        add_key(path, "two words")
    with pytest.raises(FileError, match="could not be written"):
        add_key(str(tmp_path / "missing" / "keys.txt"), "archive")


def test_key_without_a_file_is_told(run):
    """Where should it go?"""
    ended = run("serve", "--new-key", "archive")
    assert (ended.code, ended.stderr) == (2, "--new-key needs --api-keys FILE, to which it is added.\n")


def test_one_origin_is_let_in_when_named(serve):
    """CORS is off by default; with an origin, its preflight and its requests pass."""
    server = serve("--cors-origin", "https://desk.example")
    preflight = server.ask("OPTIONS", "/v1/predict", headers={"Origin": "https://desk.example"})
    assert preflight.status == 204
    assert preflight.headers["access-control-allow-origin"] == "https://desk.example"
    assert server.post("/v1/predict", TEXTS).headers["access-control-allow-origin"] == "https://desk.example"


# ---- settings ----------------------------------------------------------------------------------------------


def test_flag_beats_variable_beats_file_beats_default(tmp_path):
    """And each is remembered."""
    path = tmp_path / "serve.toml"
    path.write_text('port = 1\ntexts = 2\nhost = "::1"\nidle_seconds = 5\n')
    variables = {"STANCE_SERVE_PORT": "3", "STANCE_SERVE_TEXTS": "4", "STANCE_SERVE_LOG_REQUESTS": "off", "HOME": "x"}
    resolved = resolve({"port": 5, "host": None}, variables, str(path))
    assert resolved.settings == Settings(port=5, texts=4, host="::1", idle_seconds=5.0, log_requests=False)
    assert resolved.origins["port"] == "flag --port"
    assert resolved.origins["texts"] == "environment STANCE_SERVE_TEXTS"
    assert resolved.origins["host"] == f"file {path}"
    assert resolved.origins["workers"] == "default"


@pytest.mark.parametrize(
    ("flags", "variables", "file", "message"),
    [
        ({"port": 70_000}, {}, None, "--port is 70000; expected a whole number, 0 to 65,535."),
        ({"workers": 0}, {}, None, "--workers is 0; expected a whole number, 1 to 1,000,000,000."),
        ({}, {"STANCE_SERVE_PORT": "x"}, None, "STANCE_SERVE_PORT is 'x'; expected a whole number, 0 to 65,535."),
        ({}, {"STANCE_SERVE_LOG_REQUESTS": "maybe"}, None, "STANCE_SERVE_LOG_REQUESTS is 'maybe'; expected true or"),
        ({}, {"STANCE_SERVE_IDLE_SECONDS": "nan"}, None, "STANCE_SERVE_IDLE_SECONDS is nan; expected a number, 0.1 to"),
        ({}, {"STANCE_SERVE_PROT": "1"}, None, "STANCE_SERVE_PROT is no setting. Known are: STANCE_SERVE_HOST, "),
        ({}, {}, "port = true", "f.toml: port is True; expected a whole number, 0 to 65,535."),
        ({}, {}, "prot = 1", 'f.toml: "prot" is no setting. Known are: host, port, '),
        ({}, {}, "port", "f.toml: not valid TOML ("),
        ({}, {}, "", None),
    ],
)
def test_wrong_setting_is_told_by_its_name(tmp_path, monkeypatch, flags, variables, file, message):
    """As it was given, with what was expected."""
    monkeypatch.chdir(tmp_path)
    if file is not None:
        Path("f.toml").write_text(file)
    if message is None:
        assert resolve(flags, variables, "f.toml").settings == Settings()
        return
    with pytest.raises((UsageError, FileError)) as told:
        resolve(flags, variables, "f.toml" if file is not None else None)
    assert str(told.value).startswith(message)


def test_missing_file_of_settings_is_told():
    """By name."""
    with pytest.raises(FileError, match=r"gone\.toml: could not be read \(no such file or directory\)\."):
        resolve({}, {}, "gone.toml")


def test_verbose_tells_where_each_setting_came_from(serve):
    """The table that the documentation has too, with values."""
    server = serve("--verbose", "--texts", 7, STANCE_SERVE_CONCURRENCY="3")
    shown = "".join(server.lines)
    assert "| `--texts` | `STANCE_SERVE_TEXTS` | 1000 | 7 | flag --texts |" in shown
    assert "| `--concurrency` | `STANCE_SERVE_CONCURRENCY` | 16 | 3 | environment STANCE_SERVE_CONCURRENCY |" in shown


def test_documentation_has_the_table_of_settings():
    """Generated from the code, so it cannot be out of date."""
    page = Path(serve_settings.__file__).parents[2].joinpath("docs", "service.md").read_text(encoding="utf-8")
    assert table() in page


def test_missing_extra_is_told(call, monkeypatch):
    """What to install."""
    import sys

    monkeypatch.setitem(sys.modules, "uvicorn", None)
    for name in [name for name in sys.modules if name.startswith("stance.serve.run")]:
        monkeypatch.delitem(sys.modules, name)
    ended = call("serve", "--port", 0)
    assert (ended.code, ended.stderr) == (2, "The service needs uvicorn: pip install 'stance[serve]'\n")
