"""Turn rows of a gold file of articles into records, or say which row cannot be used and why. Scores nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stance.errors import RowError, UnknownLabelError
from stance.records import Quote
from stance.tables import Row

#: ``mixed`` is a reported clause with quoted pieces, each of which has a row of its own (``partial``).
KINDS = ("direct", "partial", "indirect", "mixed")
_SHAPE = 'An article looks like {"text": "…", "quotes": [{"start": 0, "end": 9, "kind": "direct", "speaker": null}]}.'


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of words that somebody is said to have said, as gold or as prediction.

    Attributes
    ----------
    start, end : offsets of the words
    kind : one of ``KINDS``
    speaker, speaker_start, speaker_end : the words that name the speaker, and where; None when nobody is named
    """

    start: int
    end: int
    kind: str
    speaker: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its quotes as somebody marked them."""

    text: str
    quotes: tuple[Span, ...]


def article_of(row: Row, path: str) -> Article:
    """Give the article of a row in the format that ``stance read --json`` writes.

    Raises
    ------
    RowError
        If there is no text or no list of quotes, or an offset, kind or text does not fit.
    """
    text, quotes = row.values.get("text"), row.values.get("quotes")
    if not isinstance(text, str):
        raise RowError(path, row.line, 'the article has no "text"', _SHAPE)
    if not isinstance(quotes, list):
        raise RowError(path, row.line, 'the article has no list "quotes"', _SHAPE)
    spans = [
        span for number, quote in enumerate(quotes, 1) for span in _spans(quote, text, _Place(path, row.line, number))
    ]
    return Article(text, tuple(spans))


def spans_of(quotes: Iterable[Quote]) -> tuple[Span, ...]:
    """Give the spans of predicted quotes, one for each part; mentions are nobody's words and left out."""
    return tuple(
        Span(
            start,
            end,
            quote.kind,
            *((who.text, who.start, who.end) if (who := quote.speaker) is not None else (None, None, None)),
        )
        for quote in quotes
        if quote.kind != "mention"
        for start, end in quote.parts
    )


@dataclass(frozen=True, slots=True)
class _Place:
    path: str
    line: int
    number: int

    def error(self, problem: str, remedy: str) -> RowError:
        return RowError(self.path, self.line, f"quote {self.number}: {problem}", remedy)


def _spans(quote: object, text: str, place: _Place) -> list[Span]:
    if not isinstance(quote, Mapping):
        raise place.error("not a JSON object", _SHAPE)
    kind = quote.get("kind")
    if kind not in KINDS:
        raise UnknownLabelError(place.path, place.line, kind, "kind of quote", KINDS)
    start, end = _offsets(quote.get("start"), quote.get("end"), text, place, "start and end")
    written = quote.get("text")
    if written is not None and text[start:end] != written:
        raise place.error(f'"text" is not what stands at {start}–{end}', "Correct the offsets or the text.")
    speaker = _speaker(quote, text, place)
    return [Span(*part, kind, *speaker) for part in _parts(quote, (start, end), text, place)]


def _parts(quote: Mapping[str, Any], whole: tuple[int, int], text: str, place: _Place) -> Sequence[tuple[int, int]]:
    parts = quote.get("parts")
    if parts is None:
        return [whole]
    if not isinstance(parts, list) or not all(isinstance(part, list) and len(part) == 2 for part in parts):
        raise place.error('"parts" is no list of pairs', "Give pairs of offsets, or leave it out.")
    return [_offsets(first, last, text, place, "parts") for first, last in parts]


def _speaker(quote: Mapping[str, Any], text: str, place: _Place) -> tuple[str | None, int | None, int | None]:
    speaker = quote.get("speaker")
    if speaker is None:
        return None, None, None
    if not isinstance(speaker, str):
        raise place.error('"speaker" is not text', "Give the words that name the speaker, or null.")
    start, end = quote.get("speaker_start"), quote.get("speaker_end")
    if start is None and end is None:
        return speaker, None, None
    return speaker, *_offsets(start, end, text, place, "speaker_start and speaker_end")


def _offsets(start: Any, end: Any, text: str, place: _Place, what: str) -> tuple[int, int]:
    whole = all(isinstance(offset, int) and not isinstance(offset, bool) for offset in (start, end))
    if not whole or not 0 <= start < end <= len(text):
        raise place.error(
            f"{what} are {start} and {end}, no stretch of a text of {len(text):,} characters",
            "Offsets count characters of the text, from 0; the end is the first one after.",
        )
    return start, end
