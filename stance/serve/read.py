"""``POST /v1/read``: an article in; its row, its table of statements or its offline page out."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stance.errors import FileError
from stance.predictor import Predictor
from stance.serve.problems import Problem
from stance.serve.schema import ReadRequest
from stance.serve.service import Service, json_response, note_texts
from stance.serve.settings import Settings

if TYPE_CHECKING:
    # at run time where they are used: what reads articles takes a while to import, and the service is ready without
    from stance.article import Article
    from stance.article.sources import Source

_DECODER = msgspec.json.Decoder(ReadRequest)
_JSON, _CSV, _HTML = "application/json", "text/csv", "text/html"


def routes(service: Service) -> list[Route]:
    """Give the route."""

    async def read(request: Request) -> Response:
        wanted = _wanted(request.headers.get("accept", "*/*"))
        asked = await service.intake.decoded(request, _DECODER)
        _check(asked, service.settings)
        predictor = service.holder.current.predictor
        with service.slots.one():
            work = asyncio.get_running_loop().run_in_executor(
                service.threads, _answer, asked, predictor, service.settings, wanted
            )
            article, response = await asyncio.shield(work)
        judged = [each.prediction._asdict() for each in article.statements if each.prediction]
        note_texts(request, len(judged))
        service.metrics.rows(judged, predictor.heads)
        return response

    return [Route("/v1/read", read, methods=["POST"])]


def _check(asked: ReadRequest, settings: Settings) -> None:
    if (asked.text is None) == (asked.html is None):
        raise Problem(422, 'The body holds both "text" and "html", or neither; expected one of them.', field="text")
    if asked.text is not None:
        _check_length(asked.text, "text", settings)


def _check_length(text: str, field: str, settings: Settings) -> None:
    if len(text) > settings.article_chars:
        said = f"The article in {field} has {len(text):,} characters; expected {settings.article_chars:,} at most."
        raise Problem(422, said, field=field)


def _answer(asked: ReadRequest, predictor: Predictor, settings: Settings, wanted: str) -> tuple[Article, Response]:
    """Read the article and write the answer; runs in a thread."""
    from stance.article import read_article

    source = _source(asked)
    _check_length(source.text, "html", settings)
    explain = asked.explain or wanted != _JSON  # what is kept as a file says why
    article = read_article(source.text, predictor=predictor, id=asked.id, mentions=asked.mentions, explain=explain)
    return article, _FORMATS[wanted](source, article)


def _source(asked: ReadRequest) -> Source:
    """Give the article; of a page that holds none the row will say so."""
    from stance.article.html import text_of_html
    from stance.article.sources import Source

    values = {"id": asked.id}
    if asked.text is not None:
        return Source(values, asked.text)
    page = asked.html or ""
    try:
        return Source(values, text_of_html(page, "html") if page.strip() else "")
    except FileError as error:
        return Source(values, "", error.problem)


def _json(source: Source, article: Article) -> Response:
    from stance.article.rows import article_row

    return json_response(article_row(source, article))


def _table(source: Source, article: Article) -> Response:
    from stance.article.rows import statement_rows
    from stance.tables.delimited import DelimitedWriter

    stream = io.StringIO()
    writer = DelimitedWriter(stream, delimiter=",")
    for row in statement_rows(source, article):
        writer.write(row)
    return _download(stream.getvalue(), _CSV, "statements.csv")


def _page(_: Source, article: Article) -> Response:
    from stance.article_page import render_page

    return _download(render_page([article]), _HTML, "article.html")


def _download(content: str, media_type: str, name: str) -> Response:
    return Response(content, media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'})


_FORMATS: dict[str, Callable[[Source, Article], Response]] = {_JSON: _json, _CSV: _table, _HTML: _page}


def _wanted(accept: str) -> str:
    """Give the format that a client likes best, of those there are; the first of equals.

    Raises
    ------
    Problem
        406 if it wants none of them.
    """
    liked = []
    for entry in accept.split(","):
        kind, *parameters = (part.strip().lower() for part in entry.split(";"))
        weight = next((_number(p[2:]) for p in parameters if p.startswith("q=")), 1.0)
        fitting = [name for name in _FORMATS if kind in (name, name.split("/")[0] + "/*", "*/*")]
        if fitting and weight > 0:
            liked.append((weight, fitting[0]))
    if not liked:
        raise Problem(406, f'Accept is "{accept[:100]}"; expected {", ".join(_FORMATS)}.', field="Accept")
    return max(liked, key=lambda each: each[0])[1]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
