"""Several processes that share one socket: made by fork after the model is in memory, made anew when one dies.

Knows nothing of requests.
"""

from __future__ import annotations

import gc
import os
import shutil
import signal
import socket
import tempfile
import time
from types import FrameType

from stance.serve.access import log
from stance.serve.model import ModelHolder
from stance.serve.settings import Settings

#: A worker that dies so soon after its start is made anew only after this pause, in seconds.
_PAUSE = 1.0


def lead(settings: Settings, listener: socket.socket, holder: ModelHolder) -> None:
    """Keep the workers running until told to stop."""
    counts = tempfile.mkdtemp(prefix="stance-serve-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = counts
    try:
        _Leader(settings, listener, holder).run()
    finally:
        shutil.rmtree(counts, ignore_errors=True)


class _Leader:
    def __init__(self, settings: Settings, listener: socket.socket, holder: ModelHolder) -> None:
        self._settings, self._listener, self._holder = settings, listener, holder
        self._workers: dict[int, float] = {}
        self._stopping = False
        self._watched, self._held = os.pipe()  # closes with this process, by which workers know

    def run(self) -> None:
        import stance.article  # noqa: F401 -- here, so that the workers share it

        gc.collect()
        gc.freeze()  # so that the workers' collectors leave the shared memory shared
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGHUP, self._reload)
        while self._workers or not self._stopping:
            while not self._stopping and len(self._workers) < self._settings.workers:
                self._start()
            self._wait()

    def _start(self) -> None:
        pid = os.fork()
        if pid == 0:
            self._work()
        self._workers[pid] = time.monotonic()

    def _work(self) -> None:
        """Answer, in a worker, and end it."""
        from stance.serve.run import answer

        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # until the loop handles them
        os.close(self._held)
        code = 1
        try:
            answer(self._settings, self._listener, self._holder, self._watched)
            code = 0
        finally:
            os._exit(code)

    def _wait(self) -> None:
        """Wait for a worker to end; one that was killed is replaced by the loop of :meth:`run`."""
        try:
            pid, status = os.wait()
        except ChildProcessError:
            return
        age = time.monotonic() - self._workers.pop(pid)
        if not self._stopping:
            log("worker lost", worker=pid, status=os.waitstatus_to_exitcode(status))
            if age < _PAUSE:
                time.sleep(_PAUSE)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True
        self._tell(signal.SIGTERM)

    def _reload(self, _number: int, _frame: FrameType | None) -> None:
        from stance.serve.run import reload

        if reload(self._holder):
            self._tell(signal.SIGHUP)

    def _tell(self, number: int) -> None:
        for pid in self._workers:
            os.kill(pid, number)
