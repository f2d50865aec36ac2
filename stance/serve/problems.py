"""What can be wrong with a request, as ``application/problem+json`` (RFC 9457).

Every problem says which field, what was expected, and what to do. Knows nothing of how a request is read.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"

#: Status to what it is called; the ``type`` of a problem is this name.
TITLES = {
    400: "not readable",
    401: "no valid key",
    404: "no such address",
    405: "no such method here",
    406: "no such format",
    408: "too slow",
    413: "too large",
    415: "not a known content type",
    422: "not what was expected",
    429: "too many requests at once",
    431: "head of the request too large",
    500: "a fault in the service",
    503: "not now",
}
_PATH = re.compile(r"(?P<said>.*?)(?: - at `(?P<path>[^`]+)`)?", re.DOTALL)


class Problem(Exception):  # noqa: N818 -- as RFC 9457 calls it
    """A request that cannot be answered as asked.

    Parameters
    ----------
    status : of HTTP, one of :data:`TITLES`
    detail : what is wrong and what was expected, whole sentences
    field : the field of the body, as in ``texts[3]``; None when no field is to blame
    headers : more headers of the answer
    """

    def __init__(self, status: int, detail: str, *, field: str | None = None, **headers: str) -> None:
        self.status, self.detail, self.field = status, detail, field
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        super().__init__(detail)

    def as_dict(self, request_id: str | None = None) -> dict[str, Any]:
        """Give the JSON form."""
        title = TITLES[self.status]
        row: dict[str, Any] = {"type": f"urn:stance:problem:{title.replace(' ', '-')}", "title": title}
        row.update(status=self.status, detail=self.detail)
        if self.field is not None:
            row["field"] = self.field
        if request_id is not None:
            row["request_id"] = request_id
        return row


def response_of(problem: Problem, request_id: str, path: str) -> Response:
    """Give the answer that tells a problem; under ``/v2`` with the one field that the protocol there asks for."""
    row = problem.as_dict(request_id)
    if path.startswith("/v2"):
        row["error"] = problem.detail
    body = msgspec.json.encode(row)
    return Response(body, problem.status, headers=problem.headers, media_type=MEDIA_TYPE)


def from_validation(error: msgspec.ValidationError) -> Problem:
    """Translate what the decoder says of a body of the wrong shape: "Expected `str`, got `int` - at `$.texts[0]`"."""
    match = _PATH.fullmatch(str(error))
    said, path = (match["said"], match["path"]) if match else (str(error), None)
    field = (path or "$").removeprefix("$").removeprefix(".")
    return Problem(422, f"{field or 'The body'}: {said.replace('`', '')}.", field=field or "body")


def busy(detail: str, *, status: int = 429) -> Problem:
    """Give the problem of a service that has enough to do; trying again in a second helps."""
    return Problem(status, detail, retry_after="1")
