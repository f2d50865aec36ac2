"""Join the quotes that the extractor finds in ``seeds/`` with their labels in ``data/seed_quotes.jsonl``."""

from __future__ import annotations

from pathlib import Path

from stance.dataset.rows import checked_text, codebook_labels, readers_of
from stance.errors import FileError, RowError
from stance.quotes import extract_quotes
from stance.records import Quote, Statement
from stance.tables import Row, read_rows

LABELS = Path("data") / "seed_quotes.jsonl"


def labelled_seed_quotes(root: Path, problems: list[str]) -> list[Statement]:
    """Give every quote found in the seeds with its labels, in file and text order.

    A quote without a label and a label without its quote are added to ``problems``, each as a whole sentence
    that names file and line.

    Raises
    ------
    FileError
        If there is no folder ``seeds`` or no file of labels.
    """
    found = {(name, quote.parts): quote for name, quotes in _quotes_of(root / "seeds") for quote in quotes}
    statements = []
    for row in read_rows(str(root / LABELS), strict=True):
        try:
            statements.append(_joined(row, found))
        except RowError as error:
            problems.append(str(error))
    for (name, _), quote in found.items():
        problems.append(
            f"seeds/{name}: the quote at {quote.start}–{quote.end} has no label: {quote.statement}\n"
            f"Add a line for it to {LABELS}."
        )
    return statements


def _quotes_of(folder: Path) -> list[tuple[str, list[Quote]]]:
    if not folder.is_dir():
        raise FileError(
            folder, "no such folder", "Run in a checkout, or give the folder that holds seeds/ with --root."
        )
    return [(path.name, _in_marks(_article(path))) for path in sorted(folder.glob("*.txt"))]


def _in_marks(article: str) -> list[Quote]:
    """Give the quotes that are somebody's own words: a reported clause is the writer's."""
    return [quote for quote in extract_quotes(article) if quote.kind in ("direct", "partial")]


def _article(path: Path) -> str:
    """Give a document as received: line ends are left alone, because offsets count them."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        problem = f"byte {error.object[error.start]:#04x} at position {error.start + 1} is not UTF-8"
        raise FileError(path, problem, "Save the file as UTF-8.") from None


def _joined(row: Row, found: dict[tuple[str, tuple[tuple[int, int], ...]], Quote]) -> Statement:
    path, values = str(LABELS), row.values
    text = checked_text(values, "text", path, row.line)
    document = str(values.get("document"))
    parts = values.get("parts")
    quote = found.pop((document, _offsets(parts)), None)
    if quote is None or quote.statement != text:
        raise RowError(
            path,
            row.line,
            f"the label has lost its quote: no quote with this text stands at {parts} of seeds/{document}",
            "Correct document, parts and text, or remove the line.",
        )
    return Statement(
        text=text,
        labels=codebook_labels(values, path, row.line),
        kind="quote",
        group=document,
        source=path,
        line=row.line,
        readers=readers_of(values, path, row.line),
        traits={"topic": "seeds", "register": "quote", "speaker": quote.speaker.text if quote.speaker else ""},
    )


def _offsets(parts: object) -> tuple[tuple[int, int], ...]:
    """Give the pairs of a JSON list of pairs; () for anything else, which is no quote's place."""
    try:
        return tuple((int(start), int(end)) for start, end in parts)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return ()
