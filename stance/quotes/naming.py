"""Reduce a noun phrase to the words that name a speaker, and say what kind of speaker they name.

"U.S. Secretary of State Rex Tillerson" is reduced to "Rex Tillerson"; a description without a name stays as it stands.
Knows nothing of quotes.
"""

from __future__ import annotations

from typing import NamedTuple

from stance.quotes import grammar
from stance.quotes.name_words import after_titles, person, read_phrase
from stance.quotes.phrases import Span, forward, is_name
from stance.quotes.places import PLACES
from stance.quotes.speaker_kinds import Phrase
from stance.quotes.tokens import QUOTE, Paragraph
from stance.records import SpeakerKind


class Named(NamedTuple):
    """The words that name a speaker: offsets, kind, and the gender told by title or first name ("m", "f" or "").

    ``token`` is the one that they begin with; ``names`` are its words in lower case, without initials and possessives.
    """

    start: int
    end: int
    token: int
    kind: SpeakerKind
    gender: str
    title: str
    names: tuple[str, ...]


def name_of(p: Paragraph, span: Span) -> Named:
    """Give the name or description in a noun phrase."""
    first, after = span
    read = read_phrase(tuple(p.words[first:after]))
    if read.described is not None and after < len(p.words) and p.words[after] == ",":
        name = _name_after_comma(p, after + 1)
        if name is not None:
            first, after = first + read.described, name[1]
            words = tuple(p.words[first:after])
            read = person(Phrase(words, tuple(p.lower[first:after])), name[0] - first)
    token = first + read.start
    _, cut, kind, gender, title, _, names = read
    return Named(p.starts[token], p.end_of(after - 1) - cut, token, kind, gender, title, names)


def _name_after_comma(p: Paragraph, i: int) -> Span | None:
    """Give the name that begins at token ``i`` after its titles: "a neighbour, Agnes Tolland, …"."""
    if i >= len(p.words) or not is_name(p.words[i]) or p.lower[i] in PLACES or p.lower[i] in grammar.DAYS:
        return None
    span = forward(p, i, len(p.words))
    if span is None or span[1] - span[0] < 2 or not all(is_name(w) for w in p.words[span[0] : span[1]]):
        return None
    closes = p.words[span[1]] if span[1] < len(p.words) else "."
    if closes not in (",", ".", "-", "--", "—", QUOTE, ":"):
        return None
    start = after_titles(Phrase(tuple(p.words[i : span[1]]), tuple(p.lower[i : span[1]])), 0)
    return (i + start, span[1]) if start is not None else None
