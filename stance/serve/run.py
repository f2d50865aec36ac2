"""The process: one socket, one server or several workers that share it, and what signals do.

SIGTERM and SIGINT finish what was accepted; SIGHUP opens the model anew. Knows nothing of routes.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
import uvloop

from stance.errors import StanceError, UsageError
from stance.serve.access import log
from stance.serve.app import application
from stance.serve.keys import Keys
from stance.serve.model import ModelHolder
from stance.serve.protocol import limited
from stance.serve.settings import Settings

_BACKLOG = 2_048


def listen(settings: Settings) -> socket.socket:
    """Open the socket.

    Raises
    ------
    UsageError
        If the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        reason = (error.strerror or str(error)).lower()
        raise UsageError(
            f"Cannot listen on {settings.host}, port {settings.port} ({reason}). Choose others: --host, --port."
        ) from None
    listener.set_inheritable(True)
    return listener


def address_of(listener: socket.socket) -> str:
    """Give the address of the page."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def answer(settings: Settings, listener: socket.socket, holder: ModelHolder, leader: int | None = None) -> None:
    """Answer requests in this process until it is told to stop.

    Parameters
    ----------
    leader : a descriptor that closes when the process that leads the workers is gone; then this one stops too
    """
    uvloop.run(_answer(settings, listener, holder, leader))


async def _answer(settings: Settings, listener: socket.socket, holder: ModelHolder, leader: int | None) -> None:
    server: _Server
    app = application(settings, holder, lambda: len(server.server_state.connections))
    server = _Server(
        uvicorn.Config(
            app,
            http=limited(settings),
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            backlog=_BACKLOG,
            timeout_keep_alive=settings.idle_seconds,  # type: ignore[arg-type]
            timeout_graceful_shutdown=settings.shutdown_seconds,  # type: ignore[arg-type]
        )
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, server.handle_exit, number, None)
    loop.add_signal_handler(signal.SIGHUP, lambda: loop.run_in_executor(None, reload, holder))
    if leader is not None:
        loop.add_reader(leader, server.stop_for_good, leader)
    log("ready", address=address_of(listener), pid=os.getpid(), model=holder.current.about["version"])
    await server.serve(sockets=[listener])
    log("stopped", pid=os.getpid())


def reload(holder: ModelHolder) -> bool:
    """Open the model anew and tell the log; keep the old one when the new one cannot be trusted."""
    try:
        log("model loaded", pid=os.getpid(), model=holder.reload().about["version"])
    except StanceError as error:
        log("model refused", pid=os.getpid(), kept=holder.current.about["version"], problem=str(error))
        return False
    return True


class _Server(uvicorn.Server):
    """uvicorn, whose signals are handled by the loop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    def stop_for_good(self, leader: int) -> None:
        asyncio.get_running_loop().remove_reader(leader)
        self.should_exit = True


def serve(settings: Settings, listener: socket.socket, started: Callable[[], None] = lambda: None) -> None:
    """Load the model and answer, in this process or in workers, until told to stop.

    Parameters
    ----------
    started : called when the model is loaded

    Raises
    ------
    ModelError, FileError, RowError
        If the model or the file of keys cannot be used.
    """
    gc.disable()  # of what is loaded now nothing becomes garbage, which would be looked for again and again
    holder = ModelHolder(settings.model)
    if settings.api_keys:
        Keys(settings.api_keys)
    gc.freeze()
    gc.enable()
    started()
    if settings.workers == 1:
        answer(settings, listener, holder)
        return
    from stance.serve.workers import lead

    lead(settings, listener, holder)
