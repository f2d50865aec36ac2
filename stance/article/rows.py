"""Articles as rows of files: one row an article where rows nest, one row a statement where they are flat.

No article is lost: one in which nobody is quoted has a row that says so. Knows nothing of what the labels mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from stance.article.read import read_article
from stance.article.records import Article, LabelledQuote
from stance.article.sources import Source
from stance.predictor import Predictor
from stance.tables.jsonl import to_json

Heads = Mapping[str, tuple[str, ...]]


def articles(
    sources: Iterable[Source], predictor: Predictor, *, mentions: bool = False
) -> Iterator[tuple[Source, Article]]:
    """Read each source."""
    for source in sources:
        yield source, read_article(source.text, predictor=predictor, id=source.values["id"], mentions=mentions)


def article_columns(*, with_text: bool) -> set[str]:
    """Give the names of the columns that an article row adds to those that pass through, without prefix."""
    return {"status", "quotes", "speakers", "remarks"} | ({"text"} if with_text else set())


def article_row(source: Source, article: Article, *, prefix: str = "", with_text: bool = True) -> dict[str, Any]:
    """Give the row of an article.

    Parameters
    ----------
    prefix : put before the name of each column that is added
    with_text : add the text that the offsets point into; not needed where it passes through
    """
    row = article.as_dict()
    row["status"] = source.problem or row["status"]
    added = article_columns(with_text=with_text)
    return {**source.values, **{prefix + name: cell for name, cell in row.items() if name in added}}


def statement_columns(heads: Heads) -> list[str]:
    """Give the names of the columns that a statement row adds, in order, without prefix."""
    names = ["status", "number", "within", "kind", "speaker", "speaker_start", "speaker_end", "speaker_name"]
    names += ["speaker_kind", "rule", "grade", "relayed_by", "start", "end", "text", "parts", "statement"]
    names += ["judged", "judged_as"]
    for head, labels in heads.items():
        names += [head, *(f"{head}_{label}" for label in labels), f"{head}_because"]
    return [*names, "known_terms", "reason", "remark"]


def statement_rows(
    source: Source, article: Article, *, column: str = "text", prefix: str = ""
) -> Iterator[dict[str, Any]]:
    """Yield a row for each statement of an article, or one row with a status if there is none.

    Parameters
    ----------
    column : the column of the article's text, which is left out: a table would repeat it in every row
    """
    kept = {name: value for name, value in source.values.items() if name != column}
    empty: dict[str, Any] = dict.fromkeys(statement_columns(article.heads))
    found: list[dict[str, Any]] = [_flat(number, article, each) for number, each in enumerate(article.statements)]
    for row in found or [{"status": source.problem or article.status}]:
        yield {**kept, **{prefix + name: cell for name, cell in {**empty, **row}.items()}}


def _flat(place: int, article: Article, statement: LabelledQuote) -> dict[str, Any]:
    """Give the statement's row; ``number`` and ``within`` count from 1."""
    row = statement.as_dict(article.heads)
    attribution = row["attribution"] or {}
    relayed = statement.quote.relayed_by
    flat = {name: row[name] for name in statement_columns(article.heads) if name in row}
    flat.update(
        number=place + 1,
        within=None if statement.within is None else statement.within + 1,
        rule=attribution.get("rule"),
        grade=attribution.get("grade"),
        relayed_by=(relayed.name or relayed.text) if relayed else None,
        parts=to_json(row["parts"]),
    )
    for head, labels in article.heads.items():
        probabilities = row[f"{head}_probabilities"] or {}
        flat.update({f"{head}_{label}": probabilities.get(label) for label in labels})
        flat[f"{head}_because"] = " · ".join(word["words"] for word in row["because"][head])
    return flat
