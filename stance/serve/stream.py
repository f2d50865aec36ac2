"""``application/x-ndjson``: one object a line in, one row a line out, of any length, in constant memory.

The answer begins while the request still arrives, and a client that does not read is not read from. A line that cannot
be used has its row too, which says why.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from stance.serve.service import Service, note_texts

NDJSON = "application/x-ndjson"
_DECODER = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ANYTHING = msgspec.json.Decoder()
#: Bytes that a character takes in JSON at most: an escaped pair of surrogates, halved.
_WIDEST = 6
#: So many lines are answered together.
_PIECE = 32


class RowStream(Response):
    """The answer to a stream, written as the stream is read."""

    def __init__(self, service: Service, request: Request) -> None:
        super().__init__(media_type=NDJSON)
        del self.headers["content-length"]
        self._service, self._request = service, request
        self._serving = service.holder.current

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 -- the request has it
        """Answer line by line."""
        with self._service.slots.one():
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            try:
                async for rows in self._answered():
                    await send({"type": "http.response.body", "body": rows, "more_body": True})
            except (TimeoutError, ClientDisconnect):
                return  # the answer stays without its end, by which a client knows that it is not whole
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _answered(self) -> AsyncIterator[bytes]:
        """Yield the rows of the lines that arrived together."""
        longest = self._service.settings.text_chars * _WIDEST
        number = 0
        async for lines in _lines(self._request, longest, self._service.settings.read_seconds):
            numbered = [(line, number + at) for at, line in enumerate(lines, start=1) if line is None or line.strip()]
            number += len(lines)
            for first in range(0, len(numbered), _PIECE):
                rows = await self._rows(numbered[first : first + _PIECE])
                self._service.metrics.rows(rows, self._serving.heads)
                note_texts(self._request, len(rows))
                yield b"".join([msgspec.json.encode(row) + b"\n" for row in rows])
                await asyncio.sleep(0)  # others get a turn

    async def _rows(self, lines: list[tuple[bytes | None, int]]) -> list[dict[str, Any]]:
        """Give the rows of lines; other columns pass through, and come first."""
        read = [self._read(line, number) for line, number in lines]
        found = iter(await self._serving.batches.predictions([text for _, text in read if text is not None]))
        return [columns if text is None else {**columns, **next(found).as_dict()} for columns, text in read]

    def _read(self, line: bytes | None, number: int) -> tuple[dict[str, Any], str | None]:
        """Give the columns of a line and its text; None if it cannot be used, and the columns say why."""
        if line is None:
            return _unusable(number, "the line is too long"), None
        try:
            line.decode()  # what passes through is not decoded otherwise
            given = _DECODER.decode(line)
            text = _ANYTHING.decode(given.get("text", b"null"))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            what = error.reason if isinstance(error, UnicodeDecodeError) else str(error) or "nested too deeply"
            return _unusable(number, f"not a JSON object ({what.replace('`', '')})"), None
        if not isinstance(text, str):
            why = "no text" if text is None else f"not text: {type(text).__name__}"
            return {**given, **_unusable(number, why)}, None
        if len(text) > self._service.settings.text_chars:
            return {**given, **_unusable(number, "the text is too long")}, None
        return given, text


def _unusable(number: int, why: str) -> dict[str, Any]:
    return {"status": why, "line": number}


async def _lines(request: Request, longest: int, seconds: float) -> AsyncIterator[list[bytes | None]]:
    """Yield the lines that each piece of the body completes; None is one of more than ``longest`` bytes."""
    begun, skipping = b"", False
    body = request.stream()
    while True:
        async with asyncio.timeout(seconds):
            piece = await anext(body, None)
        if piece is None:
            yield [None] if skipping else [begun]
            return
        *complete, rest = (begun + piece).split(b"\n")
        found = [line if len(line) <= longest else None for line in complete]
        if found and skipping:
            found[0], skipping = None, False
        skipping = skipping or len(rest) > longest
        begun = b"" if skipping else rest
        if found:
            yield found
