"""What every request passes on its way in and out: its id, the key, the headers, the log line, the counts.

A log line holds sizes and times and the pattern of the address; never a text, an address as given, or a key.
"""

from __future__ import annotations

import re
import secrets
import sys
from collections.abc import Callable, MutableMapping
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stance.serve.keys import Keys
from stance.serve.metrics import Metrics
from stance.serve.problems import Problem, busy, response_of
from stance.serve.settings import Settings

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
#: Routes that need no key: whether the service is up, the page, and the description of the interface.
_OPEN = ("/health/", "/v2/health/", "/assets/")
_OPEN_PAGES = frozenset(("/", "/docs", "/openapi.json", "/favicon.ico"))

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SECURITY_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"content-security-policy", _POLICY.encode()),
]


def log(event: str, **facts: Any) -> None:
    """Write one line of JSON on standard error."""
    moment = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    line = msgspec.json.encode({"time": moment, "event": event, **facts})
    if sys.stderr is not None:
        sys.stderr.buffer.write(line + b"\n")
        sys.stderr.buffer.flush()


class Access:
    """The outermost application.

    Parameters
    ----------
    app : the routes
    keys : who may ask; None lets everybody
    connections : gives the number of open connections
    """

    def __init__(
        self, app: ASGIApp, settings: Settings, metrics: Metrics, keys: Keys | None, connections: Callable[[], int]
    ) -> None:
        self._app, self._settings, self._metrics = app, settings, metrics
        self._keys, self._connections = keys, connections
        self._cors = settings.cors_origin.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever happens."""
        begin = perf_counter()
        headers = dict(scope["headers"])
        answer = _Answer(send, self._request_id(headers), self._more_headers())
        scope["app"] = self  # asks the router to raise what it does not find
        try:
            self._admit(scope, headers, answer)
            if scope["method"] == "OPTIONS" and self._cors:
                await self._preflight(scope, receive, answer)
            else:
                await self._app(scope, receive, answer)
        except Problem as problem:
            await self._tell(problem, scope, receive, answer)
        except HTTPException as error:
            await self._tell(_of_router(error, scope), scope, receive, answer)
        except Exception as error:  # noqa: BLE001 -- told, counted and logged; a server goes on
            log("fault", id=answer.request_id, error=type(error).__name__, where=_where(error))
            await self._tell(Problem(500, "This should not have happened."), scope, receive, answer)
        finally:
            self._record(scope, headers, answer, perf_counter() - begin)

    def _admit(self, scope: Scope, headers: MutableMapping[bytes, bytes], answer: _Answer) -> None:
        path, most = scope["path"], self._settings.connections
        if self._connections() > most and not path.startswith(_OPEN):
            problem = busy(f"{most:,} connections are open already. Try again in a second.", status=503)
            problem.headers["connection"] = "close"
            raise problem
        if self._keys is None or path in _OPEN_PAGES or path.startswith(_OPEN) or scope["method"] == "OPTIONS":
            return
        scheme, _, token = headers.get(b"authorization", b"").partition(b" ")
        key = token.strip() if scheme.lower() == b"bearer" else headers.get(b"x-api-key", b"")
        answer.caller = self._keys.name_of(key)
        if answer.caller is None:
            raise Problem(
                401, "A key is needed: Authorization: Bearer KEY.", field="Authorization", www_authenticate="Bearer"
            )

    async def _preflight(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        from starlette.responses import Response

        allowed = {
            "access-control-allow-methods": "GET, POST",
            "access-control-allow-headers": "authorization, content-type, x-api-key, x-request-id",
            "access-control-max-age": "600",
        }
        await Response(status_code=204, headers=allowed)(scope, receive, answer)

    async def _tell(self, problem: Problem, scope: Scope, receive: Receive, answer: _Answer) -> None:
        if not answer.started:  # else the answer stays without its end, by which a client knows
            await response_of(problem, answer.request_id, scope["path"])(scope, receive, answer)

    def _more_headers(self) -> list[tuple[bytes, bytes]]:
        if not self._cors:
            return SECURITY_HEADERS
        cors = [(b"access-control-allow-origin", self._cors), (b"vary", b"origin")]
        others = [pair for pair in SECURITY_HEADERS if pair[0] != b"cross-origin-resource-policy"]
        return [*others, *cors, (b"access-control-expose-headers", b"x-request-id, retry-after")]

    @staticmethod
    def _request_id(headers: MutableMapping[bytes, bytes]) -> str:
        given = headers.get(b"x-request-id", b"")
        return given.decode() if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)

    def _record(self, scope: Scope, headers: MutableMapping[bytes, bytes], answer: _Answer, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "other")
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.request(route=route, method=method, status=answer.status, seconds=seconds)
        if self._settings.log_requests:
            log(
                "request",
                id=answer.request_id,
                method=method,
                route=route,
                status=answer.status,
                **({"key": answer.caller} if answer.caller else {}),
                bytes_in=int(headers.get(b"content-length", b"0")),
                bytes_out=answer.sent,
                texts=scope.get("stance.texts", 0),
                ms=round(1000 * seconds, 2),
            )


class _Answer:
    """Sends on what is answered, with the headers that all answers have, and notes status and size."""

    def __init__(self, send: Send, request_id: str, headers: list[tuple[bytes, bytes]]) -> None:
        self._send, self._headers = send, headers
        self.request_id = request_id
        self.caller: str | None = None
        self.status, self.sent, self.started = 499, 0, False

    async def __call__(self, message: Message) -> None:
        """Send one message."""
        if message["type"] == "http.response.start":
            self.status, self.started = message["status"], True
            own = [*self._headers, (b"x-request-id", self.request_id.encode())]
            message = {**message, "headers": [*message["headers"], *own]}
        else:
            self.sent += len(message.get("body", b""))
        await self._send(message)


def _of_router(error: HTTPException, scope: Scope) -> Problem:
    if error.status_code == 405:
        allowed = (error.headers or {}).get("Allow", "")
        return Problem(405, f"This address answers to {allowed}, not to {scope['method'][:20]}.", allow=allowed)
    return Problem(404, "There is nothing at this address. GET /openapi.json tells what there is.")


def _where(error: Exception) -> str:
    """Give file and line of a fault; its message might quote a text."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    return f"{at.tb_frame.f_code.co_filename}:{at.tb_lineno}" if at else "unknown"
