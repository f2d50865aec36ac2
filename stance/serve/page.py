"""The page and its files: the same bytes to everybody, read once, asked for again only when they have changed."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stance.resources import root
from stance.serve.numbers import NUMBERS
from stance.serve.problems import Problem
from stance.undecided import REASONS

#: The look of the report and of the article page is this page's too.
_SHARED = {"report.css": ("stance.report", "style.css"), "article.css": ("stance.article_page", "style.css")}
_TYPES = {
    "json": "application/json",
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "txt": "text/plain",
}
_EXAMPLE, _WORDS = "example.txt", "words.json"


def routes() -> list[Route]:
    """Give the routes."""

    async def page(request: Request) -> Response:
        return _unless_known(request, "index.html")

    async def asset(request: Request) -> Response:
        return _unless_known(request, request.path_params["name"])

    async def icon(request: Request) -> Response:
        return _unless_known(request, "icon.svg")

    return [Route("/", page), Route("/assets/{name}", asset), Route("/favicon.ico", icon)]


def asset_names() -> list[str]:
    """Give the names of all files of the page."""
    own = [each.name for each in files("stance.serve").joinpath("assets").iterdir() if _type(each.name)]
    return sorted([*own, *_SHARED, _EXAMPLE, _WORDS])


def _unless_known(request: Request, name: str) -> Response:
    content, tag = _asset(name)
    headers = {"etag": tag, "cache-control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=_type(name), headers=headers)


@cache
def _asset(name: str) -> tuple[bytes, str]:
    if name not in asset_names():
        raise Problem(404, "There is no such file.")
    if name in _MADE:
        content = _MADE[name]()
    else:
        package, own = _SHARED.get(name, ("stance.serve.assets", name))
        content = files(package).joinpath(own).read_bytes()
    return content, f'"{sha256(content).hexdigest()[:16]}"'


def _example() -> bytes:
    """Give the first of the seed documents."""
    return min(Path(root(), "seeds").iterdir()).read_bytes()


def _words() -> bytes:
    """Give how kinds, grades, reasons and numbers are said to people, as the article page says it too."""
    from stance.article.wording import BASES, GRADES, KINDS, NOBODY

    reasons = {reason or "empty": words for reason, words in REASONS.items()}
    words = {"kinds": KINDS, "grades": GRADES, "bases": BASES, "nobody": NOBODY, "reasons": reasons}
    return msgspec.json.encode({**words, "notes": list(NUMBERS.items())})


_MADE = {_EXAMPLE: _example, _WORDS: _words}


def _type(name: str) -> str | None:
    return _TYPES.get(name.rpartition(".")[2])
