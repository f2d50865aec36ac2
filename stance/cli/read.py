"""``stance read``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, Optional

import typer

from stance.errors import UsageError

if TYPE_CHECKING:
    from stance.article import Article
    from stance.article.sources import Source
    from stance.predictor import Predictor

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="markdown")

_EPILOG = """
Examples: \n
stance read article.txt \n
stance read saved-page.html --html reading.html \n
stance read --input articles.csv --column body --output statements.csv
"""


class _Table(NamedTuple):
    """A file of articles and what its rows get."""

    source: str | None
    column: str
    prefix: str
    target: str | None
    from_html: bool


@app.command(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
def read(
    files: Annotated[
        Optional[list[str]],
        typer.Argument(help="Articles: text or HTML files, folders of them; - reads standard input.", metavar="FILE…"),
    ] = None,
    source: Annotated[
        Optional[str], typer.Option("--input", "-i", help="A table with one article a row: .jsonl, .csv, .tsv, …")
    ] = None,
    target: Annotated[
        Optional[str],
        typer.Option("--output", "-o", help="Write one row an article (.jsonl) or one a statement (.csv, .tsv, …)."),
    ] = None,
    page: Annotated[
        Optional[str], typer.Option("--html", help="Write the articles with their statements marked as one HTML page.")
    ] = None,
    column: Annotated[str, typer.Option(help="The column of --input that holds the article.")] = "text",
    prefix: Annotated[str, typer.Option(help="Put this before the name of each output column.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object an article.")] = False,
    mentions: Annotated[
        bool, typer.Option("--mentions", help="Also list words in marks that nobody states: titles, terms, slogans.")
    ] = False,
    from_html: Annotated[
        bool, typer.Option("--from-html", help="The input is HTML, whatever it is called: read the article in it.")
    ] = False,
    model: Annotated[
        Optional[str], typer.Option("--model", "-m", help="A model folder; the default comes along.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace --output and --html if they exist.")] = False,
) -> None:
    """Tell who said what in an article, with which stance.

    Every statement is shown with its speaker, its stance and sentiment, and the words that decided; then how often
    each speaker takes which stance. A speaker marked as a guess may be wrong.
    """
    from stance.article.rows import articles
    from stance.predictor import load

    if source is not None and files:
        raise UsageError("Give either files or --input, not both.")
    if as_json and target is not None:
        raise UsageError("--json prints, --output writes a file; give one of them.")
    if source is None and (column != "text" or prefix):
        raise UsageError("--column and --prefix are about tables and need --input.")
    if force and target is None and page is None:
        raise UsageError("--force is about --output and --html, and neither is given.")
    if source is None and not files and (sys.stdin is None or sys.stdin.isatty()):
        raise UsageError("Nothing to read. Try: stance read article.txt")
    _check_page(page, force=force)
    table = _Table(source, column, prefix, target, from_html)
    predictor = load(model)
    found = articles(_sources(files, table, predictor), predictor, mentions=mentions)
    if page is not None:
        found = _with_page(found, page)
    if target is not None:
        _write(found, table, target, force=force)
    elif as_json:
        _print(found, table)
    elif page is None:
        _show(found)


def _check_page(page: str | None, *, force: bool) -> None:
    from stance.atomic import check_target

    if page is not None:
        if not page.lower().endswith((".html", ".htm")):
            raise UsageError(f"--html {page}: the page is an HTML file; give a name that ends in .html.")
        check_target(Path(page), force=force)


def _sources(files: list[str] | None, table: _Table, predictor: Predictor) -> Iterator[Source]:
    from stance.article.rows import article_columns, statement_columns
    from stance.article.sources import articles_in_files, articles_in_table

    if table.source is None:
        stdin = sys.stdin.buffer if sys.stdin is not None else None
        return articles_in_files(files or ["-"], stdin, from_html=table.from_html)
    flat = _flat(table)
    names = statement_columns(predictor.heads) if flat else article_columns(with_text=table.from_html)
    added = {table.prefix + name for name in names} - ({table.column} if flat else set())
    return articles_in_table(table.source, table.column, added, flat=flat, from_html=table.from_html)


def _flat(table: _Table) -> bool:
    from stance.tables import format_of

    return table.target is not None and format_of(table.target) != "jsonl"


def _with_page(found: Iterable[tuple[Source, Article]], page: str) -> Iterator[tuple[Source, Article]]:
    """Write the page once all articles are read, and hand them on."""
    from stance.article_page import render_page
    from stance.atomic import write_file

    kept = list(found)
    with write_file(Path(page)) as stream:
        stream.write(render_page([article for _, article in kept]))
    typer.echo(f"Page written: {page}", err=True)
    return iter(kept)


def _write(found: Iterable[tuple[Source, Article]], table: _Table, target: str, *, force: bool) -> None:
    from stance.article.rows import article_row, statement_rows
    from stance.cli.progress import counting
    from stance.tables import open_writer

    flat, number, statements = _flat(table), 0, 0
    with counting("reading") as progress, open_writer(target, force=force) as writer:
        for number, (source, article) in enumerate(found, start=1):
            if flat:
                for row in statement_rows(source, article, column=table.column, prefix=table.prefix):
                    writer.write(row)
            else:
                writer.write(article_row(source, article, prefix=table.prefix, with_text=_with_text(table)))
            statements += len(article.statements)
            progress(number)
    typer.echo(f"{number:,} articles read, {statements:,} statements: {target}", err=True)


def _print(found: Iterable[tuple[Source, Article]], table: _Table) -> None:
    from stance.article.rows import article_row
    from stance.tables.jsonl import to_json

    for source, article in found:
        typer.echo(to_json(article_row(source, article, prefix=table.prefix, with_text=_with_text(table))))


def _with_text(table: _Table) -> bool:
    """Tell whether a row must bring its text: that of a table passes through already."""
    return table.source is None or table.from_html


def _show(found: Iterable[tuple[Source, Article]]) -> None:
    from stance.cli.article_view import show_article

    for _, article in found:
        show_article(article)
