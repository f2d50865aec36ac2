"""HTTP over one connection, with the limits that uvicorn leaves to others.

They are the size and the time of the head, the time of what follows an early answer, and the time that an answer may
stay unread.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any, ClassVar

import msgspec
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from stance.serve.problems import MEDIA_TYPE, Problem
from stance.serve.settings import Settings

_LARGEST_HEAD = 32_768


class LimitedProtocol(HttpToolsProtocol):
    """A connection; make a subclass with :func:`limited`."""

    limits: ClassVar[Settings]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._arriving: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None
        self._head_size: int | None = 0
        self._receiving = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Give the first head its time."""
        super().connection_made(transport)  # type: ignore[arg-type]
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadlines."""
        self._stop("_arriving")
        self._stop("_unread")
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Refuse a head that is too large; watch over what is no request yet."""
        if self._head_size is not None:
            self._head_size += len(data)
        if self._arriving is None and not self._receiving:
            self._expect_head()
        super().data_received(data)
        if self._head_size is not None and self._head_size > _LARGEST_HEAD:
            self._refuse(_too_large())

    def on_message_begin(self) -> None:
        """Note that a request begins."""
        self._receiving = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Stop the clock of the head."""
        self._stop("_arriving")
        if len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers) > _LARGEST_HEAD:
            raise _LargeHeadError  # the parser turns it into an error of its own
        self._head_size = None
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note that the request is whole."""
        self._receiving, self._head_size = False, 0
        super().on_message_complete()
        if self.cycle is not None and self.cycle.response_complete:
            self._stop("_arriving")  # was armed for the rest of a body that was answered early

    def on_response_complete(self) -> None:
        """Give the rest of a body that was answered early its time."""
        super().on_response_complete()
        if self._receiving and not self.transport.is_closing():
            self._arriving = self._arriving or self.loop.call_later(self.limits.read_seconds, self.transport.close)

    def pause_writing(self) -> None:
        """Give the client its time to read."""
        super().pause_writing()
        self._unread = self.loop.call_later(self.limits.write_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop the clock of the client."""
        self._stop("_unread")
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Tell, in the form of all other problems, that this is no HTTP."""
        large = isinstance(getattr(sys.exception(), "__context__", None), _LargeHeadError)
        self._refuse(_too_large() if large else Problem(400, f"{msg} Expected HTTP/1.1."))

    def _expect_head(self) -> None:
        self._arriving = self.loop.call_later(self.limits.header_seconds, self._too_slow)

    def _too_slow(self) -> None:
        seconds = self.limits.header_seconds
        self._refuse(Problem(408, f"The head of the request did not arrive within {seconds:g} seconds."))

    def _refuse(self, problem: Problem) -> None:
        """Answer, unless an answer is under way, and close."""
        if self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete:
            body = msgspec.json.encode(problem.as_dict())
            head = f"content-type: {MEDIA_TYPE}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
            self.transport.write(STATUS_LINE[problem.status] + head.encode() + body)
        self.transport.close()

    def _stop(self, name: str) -> None:
        timer: asyncio.TimerHandle | None = getattr(self, name)
        if timer is not None:
            timer.cancel()
            setattr(self, name, None)


class _LargeHeadError(Exception):
    """The head is complete, and too large."""


def _too_large() -> Problem:
    return Problem(431, f"The head of the request is larger than {_LARGEST_HEAD:,} bytes.")


def limited(settings: Settings) -> type[LimitedProtocol]:
    """Give the protocol with the limits of these settings."""
    return type("Protocol", (LimitedProtocol,), {"limits": settings})
