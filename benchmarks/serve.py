"""What the service claims about speed, over loopback, as ratios of one run; needs ``wrk``, FastAPI and Litestar.

``python benchmarks/serve.py FOLDER``, where FOLDER is a model that ``stance train`` wrote on this machine, with its
scikit-learn pipeline. Requests are counted per second of the server's processor time, because the load generator
shares the machine; the servers take turns and what counts is the median of the rounds' ratios.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from measure import script, stance

TEXT = "We remain open to negotiations, but they have broken every promise that they made to this Council."
CONNECTIONS = 16


@dataclass(frozen=True)
class Load:
    """What a server did under load: requests a second of its processor time and of the clock, p50 and p99 in ms."""

    per_cpu: float
    per_second: float
    p50: float
    p99: float


class Server:
    """A server in a process of its own."""

    def __init__(self, command: list[str], port: int, health: str = "/v1/predict") -> None:
        self.port, begin = port, time.perf_counter()
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not self._answers(health):
            if self.process.poll() is not None or time.perf_counter() - begin > 60:
                raise RuntimeError(f"{' '.join(command)} does not answer")
            time.sleep(0.005)
        self.start = time.perf_counter() - begin

    def _answers(self, path: str) -> bool:
        try:
            self.ask("GET", path)
        except OSError:
            return False
        return True

    def ask(self, method: str, path: str, body: bytes | None = None) -> bytes:
        """Send one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body, {"Content-Type": "application/json"})
        answer = connection.getresponse().read()
        connection.close()
        return answer

    def cpu(self) -> float:
        """Give the processor time used so far, in seconds."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def load(self, texts: int, seconds: int) -> Load:
        """Send requests of so many texts all the time."""
        body = json.dumps({"texts": [TEXT] * texts})
        with tempfile.NamedTemporaryFile("w", suffix=".lua") as program:
            program.write(f"wrk.method='POST'; wrk.body=[==[{body}]==]; wrk.headers['Content-Type']='application/json'")
            program.flush()
            url = f"http://127.0.0.1:{self.port}/v1/predict"
            command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", program.name, url]
            before = self.cpu()
            printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            used = self.cpu() - before
        if "Non-2xx" in printed:
            raise RuntimeError(f"not every request was answered well: {printed}")
        done = int(re.search(r"(\d+) requests in", printed)[1])
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", printed)[1])
        return Load(done / used, rate, _ms(printed, "50%"), _ms(printed, "99%"))

    def close(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()


def _ms(printed: str, share: str) -> float:
    value, unit = re.search(rf"{share}\s+([\d.]+)(us|ms|s)", printed).groups()
    return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def free_port() -> int:
    """Give a port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def own(*more: str) -> Server:
    """Start the service."""
    port = free_port()
    return Server(stance("serve", "--port", str(port), "--no-log-requests", *more), port, "/health/ready")


def other(name: str, *arguments: str) -> Server:
    """Start another server of this folder."""
    port = free_port()
    return Server(script(name, *arguments, str(port)), port)


def compare(ours: Server, theirs: Server, texts: int, rounds: int, seconds: int) -> str:
    """Give a row: the medians of both and of the ratios."""
    pairs = [(ours.load(texts, seconds), theirs.load(texts, seconds)) for _ in range(rounds)]
    a, b = (median(each.per_cpu for each in column) for column in zip(*pairs, strict=True))
    p99 = [median(each.p99 for each in column) for column in zip(*pairs, strict=True)]
    ratio = median(x.per_cpu / y.per_cpu for x, y in pairs)
    return f"{a:,.0f} | {b:,.0f} | {ratio:.1f} | {p99[0]:.1f} | {p99[1]:.1f} | {p99[0] / p99[1]:.2f} |"


def reading(server: Server, words: int, rounds: int, *, explain: bool = False) -> tuple[float, int]:
    """Give the median time of reading an article of so many words, in ms, and its number of statements."""
    seed = min(Path(__file__).parents[1].joinpath("seeds").iterdir()).read_text(encoding="utf-8")
    paragraphs, article = [part for part in seed.split("\n") if part.strip()], []
    while sum(len(part.split()) for part in article) < words:
        article.append(paragraphs[len(article) % len(paragraphs)])
    body = json.dumps({"text": "\n".join(article), "explain": explain}).encode()
    times = []
    for _ in range(rounds + 2):
        begin = time.perf_counter()
        answer = server.ask("POST", "/v1/read", body)
        times.append(1000 * (time.perf_counter() - begin))
    return median(times[2:]), len(json.loads(answer)["quotes"])


def main() -> None:
    """Measure and print tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", help="a model folder with pipeline.joblib")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed")
    print("| requests per second of server processor time | stance | other | ratio | p99 ms | other | ratio |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    service = own("--model", options.folder)
    usual = other("usual_serve.py", options.folder)
    for texts in (1, 32):
        row = compare(service, usual, texts, options.rounds, options.seconds)
        print(f"| {texts} text(s), against FastAPI and scikit-learn | {row}", flush=True)
    usual.close()
    for name in ("starlette", "fastapi", "litestar"):
        bare = other("bare_serve.py", name)
        row = compare(service, bare, 1, options.rounds, options.seconds)
        print(f"| 1 text, against a bare route of {name} | {row}", flush=True)
        bare.close()
    took, statements = reading(service, 5_000, 20)
    explained, _ = reading(service, 5_000, 20, explain=True)
    service.close()
    starts = []
    for _ in range(7):
        started = own()
        starts.append(started.start)
        started.close()
    print(f"\n/v1/read, 5,000 words, {statements} statements: median {took:.0f} ms, explained {explained:.0f} ms")
    print(f"start to ready: median {median(starts):.2f} s")


if __name__ == "__main__":
    main()
