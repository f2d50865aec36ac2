"""The body of a request: read within its limits of size and time, and decoded into the shape that was asked for.

How much all requests hold of bodies at once is bounded too. Knows nothing of what is done with a body.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request

from stance.serve.problems import Problem, busy, from_validation
from stance.serve.settings import Settings

Shape = TypeVar("Shape")

#: A body that is too large is still read up to so many times the limit, and thrown away: a client that sends before it
#: reads would not see the answer otherwise.
_DRAINED = 8


class Intake:
    """Reads bodies.

    Parameters
    ----------
    settings : the limits; bodies that wait for the end of their reading may hold ``concurrency`` times ``body_bytes``
    """

    def __init__(self, settings: Settings) -> None:
        self._largest = settings.body_bytes
        self._seconds = settings.read_seconds
        self._room = settings.body_bytes * settings.concurrency

    async def decoded(self, request: Request, decoder: msgspec.json.Decoder[Shape]) -> Shape:
        """Read a JSON body and decode it.

        Raises
        ------
        Problem
            408 too slow, 413 too large, 415 no JSON by its header, 400 not JSON, 422 of another shape, 503 no room.
        """
        require(request, "application/json")
        body = await self.whole(request)
        return decode(body, decoder)

    async def whole(self, request: Request) -> bytes:
        """Read a body.

        Raises
        ------
        Problem
            408, 413 or 503, as :meth:`decoded`.
        """
        announced = int(request.headers.get("content-length", 0))
        if announced > self._largest * _DRAINED:
            raise self._too_large(close=True)
        try:
            with self._holding() as hold:
                async with asyncio.timeout(self._seconds):
                    return await self._gathered(request, hold)
        except TimeoutError:
            raise too_slow(self._seconds) from None
        except ClientDisconnect:
            raise Problem(400, "The connection ended before the body was complete.", field="body") from None

    async def _gathered(self, request: Request, hold: Callable[[int], None]) -> bytes:
        """Join the pieces of a body; one that is too large is read on for a while, and thrown away."""
        chunks: list[bytes] = []
        size = 0
        async for chunk in request.stream():
            size += len(chunk)
            if size > self._largest * _DRAINED:
                raise self._too_large(close=True)
            if size <= self._largest:
                hold(len(chunk))
                chunks.append(chunk)
        if size > self._largest:
            raise self._too_large(close=False)
        return b"".join(chunks)

    @contextmanager
    def _holding(self) -> Iterator[Callable[[int], None]]:
        held = 0

        def hold(size: int) -> None:
            nonlocal held
            if size > self._room:
                raise Problem(503, "Too many bodies are being received at once.", retry_after="1", connection="close")
            held += size
            self._room -= size

        try:
            yield hold
        finally:
            self._room += held

    def _too_large(self, *, close: bool) -> Problem:
        detail = (
            f"The body is larger than {self._largest:,} bytes. Send fewer texts, or a stream (application/x-ndjson)."
        )
        headers = {"connection": "close"} if close else {}
        return Problem(413, detail, field="body", **headers)


def require(request: Request, *expected: str) -> str:
    """Give the content type of a body.

    Raises
    ------
    Problem
        415 if it is none of those expected, or encoded.
    """
    given = request.headers.get("content-type", "")
    kind, _, rest = given.partition(";")
    kind, charset = kind.strip().lower(), rest.lower().replace('"', "").replace(" ", "")
    if kind not in expected:
        raise Problem(
            415,
            f'Content-Type is "{given[:100]}"; expected {" or ".join(filter(None, expected))}.',
            field="Content-Type",
        )
    if charset.startswith("charset=") and charset != "charset=utf-8":
        raise Problem(415, f'Content-Type names "{rest.strip()[:60]}"; expected UTF-8.', field="Content-Type")
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", ""):
        raise Problem(
            415,
            f'Content-Encoding is "{encoding[:60]}"; expected none. Send the body as it is.',
            field="Content-Encoding",
            accept_encoding="identity",
        )
    return kind


def decode(body: bytes, decoder: msgspec.json.Decoder[Shape]) -> Shape:
    """Decode JSON.

    Raises
    ------
    Problem
        400 if it is no JSON in UTF-8, 422 if it is JSON of another shape; the field is named.
    """
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise from_validation(error) from None
    except UnicodeDecodeError as error:
        raise Problem(400, f"The body is not UTF-8 ({error.reason}). Expected JSON in UTF-8.", field="body") from None
    except RecursionError:
        raise Problem(400, "The body is nested too deeply. Expected a flat JSON object.", field="body") from None
    except msgspec.DecodeError as error:
        raise Problem(400, f"The body is not JSON ({error}). Expected an object in UTF-8.", field="body") from None


def too_slow(seconds: float) -> Problem:
    """Give the problem of a body that does not arrive."""
    return Problem(408, f"Nothing complete arrived within {seconds:g} seconds.", field="body", connection="close")


class Slots:
    """Counts the requests that are being worked on; there is no queue, so that nobody waits in vain.

    Parameters
    ----------
    most : the largest number at once
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self.taken = 0

    @contextmanager
    def one(self) -> Iterator[None]:
        """Take a slot.

        Raises
        ------
        Problem
            429 if all are taken.
        """
        if self.taken >= self._most:
            raise busy(f"{self._most} requests are being worked on already. Try again in a second.")
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1
