"""A real server over loopback, for tests: started by the installed command, asked by plain sockets and http.client."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import NamedTuple


class Answer(NamedTuple):
    """Status, headers (lower case) and body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self):
        """The body, decoded."""
        return json.loads(self.body)


class Server:
    """A running ``stance serve``; its log is read along, so that it never blocks."""

    def __init__(self, *arguments, **variables):
        command = [str(Path(sys.executable).with_name("stance")), "serve", "--port", "0", *map(str, arguments)]
        environment = {**os.environ, "PYTHONWARNINGS": "error", **variables}
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.address = self.event("ready")["address"]
        self.host, self.port = self.address.removeprefix("http://").split(":")[0], int(self.address.split(":")[-1])

    def _read(self):
        for line in self.process.stderr:
            self.lines.append(line.decode())

    @property
    def events(self):
        """The log so far."""
        return [json.loads(line) for line in list(self.lines) if line.startswith("{")]

    def event(self, name, count=1, seconds=10.0):
        """Wait for the log to tell of something for the ``count``-th time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = [each for each in self.events if each["event"] == name]
            if len(found) >= count:
                return found[count - 1]
            time.sleep(0.01)
        raise AssertionError(f"no {name} in the log: {self.lines}")

    def ask(self, method, path, body=None, headers=None, timeout=20.0):
        """Send one request on a connection of its own."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    def post(self, path, content, **headers):
        """Send JSON."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        body = content if isinstance(content, bytes) else json.dumps(content)
        return self.ask("POST", path, body, {"Content-Type": "application/json", **named})

    def raw(self, data, seconds=5.0):
        """Send bytes as they are; give all that comes until the server closes, or the time is over."""
        with socket.create_connection((self.host, self.port), timeout=seconds) as connection:
            connection.sendall(data)
            return drained(connection)

    def resident(self):
        """Memory of the process and its workers, in MiB."""
        return sum(_resident(pid) for pid in [self.process.pid, *self.workers()])

    def workers(self):
        """Process ids of the workers."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in path.read_text().split()]

    def stop(self, number=signal.SIGTERM, seconds=10.0):
        """Ask the server to end and give its exit code."""
        self.process.send_signal(number)
        return self.process.wait(seconds)

    def close(self):
        """End the server, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        self._reader.join()
        self.process.stderr.close()


def drained(connection):
    """Read until the other side closes or is silent for the connection's timeout."""
    received = b""
    try:
        while piece := connection.recv(65_536):
            received += piece
    except (TimeoutError, ConnectionResetError):
        pass
    return received


def request_bytes(body, *, path="/v1/predict", kind="application/json", more=""):
    """Write a POST request."""
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return head.encode() + body


def _resident(pid):
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024
