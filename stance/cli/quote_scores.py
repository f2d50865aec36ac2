"""``stance evaluate --quotes``: the quote extractor on articles whose quotes are known."""

from __future__ import annotations

from collections.abc import Sequence

import typer
from rich.console import RenderableType
from rich.text import Text

from stance.cli.tables import new_table, show
from stance.errors import FileError
from stance.evaluation.quote_rows import article_of, spans_of
from stance.evaluation.quotes import TrackScore, score_quotes
from stance.quotes import extract_quotes
from stance.tables import read_rows
from stance.tables.jsonl import to_json


def score_extractor(path: str, *, as_json: bool) -> None:
    """Print the scores on a gold file as tables or as JSON; no report is written.

    Raises
    ------
    FileError, RowError
        If the file cannot be read or a row is no article with its quotes.
    """
    if not path.lower().endswith((".jsonl", ".ndjson")):
        raise FileError(path, "gold quotes are JSON lines", "Give a file whose name ends in .jsonl.")
    gold = [article_of(row, path) for row in read_rows(path)]
    scores = score_quotes(gold, [spans_of(extract_quotes(article.text)) for article in gold])
    if as_json:
        typer.echo(to_json({"articles": len(gold), "tracks": [score.as_dict() for score in scores]}))
    else:
        show(*_tables(len(gold), scores))


def _tables(articles: int, scores: Sequence[TrackScore]) -> list[RenderableType]:
    parts: list[RenderableType] = [Text(f"Quotes of {articles:,} articles", style="bold"), ""]
    for track in scores:
        table = new_table(track.track, "precision", "recall", "F1")
        for name, score in (
            ("exact", track.exact),
            ("overlap 0.8", track.overlap_80),
            ("overlap 0.3", track.overlap_30),
            ("overlap 0.8 and speaker", track.end_to_end),
        ):
            table.add_row(name, f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}")
        summary = f"gold {track.gold:,} · predicted {track.predicted:,} · right speaker {track.speaker_match:.3f}"
        parts += [table, summary, ""]
    return parts
