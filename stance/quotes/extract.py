"""Article text in, quotes out: the order of the steps, and the records that they end in."""

from __future__ import annotations

from stance.quotes.context import find_speakers
from stance.quotes.coreference import Resolver
from stance.quotes.joining import joined
from stance.quotes.layout import paragraphs
from stance.quotes.marks import stretches
from stance.quotes.naming import name_of
from stance.quotes.passage import Passage
from stance.quotes.passages import passages
from stance.quotes.people import Register
from stance.quotes.phrases import Span
from stance.quotes.tokens import Paragraph
from stance.quotes.transcripts import Turn, turns
from stance.records import Quote, Speaker


def extract_quotes(article: str, *, mentions: bool = False) -> list[Quote]:
    """Find who said what in an article: direct, partial and indirect quotes in text order.

    A quote interrupted by its attribution ("…," said X. "…") is one quote of several parts; so is one that goes on in
    the next paragraph after an unclosed mark. A reported clause is an ``indirect`` quote, and the pieces of it in marks
    are ``partial`` quotes of their own with that clause as their carrier. No text is refused: odd marks are made good
    and remarked on. Time is linear in the length of the text.

    Parameters
    ----------
    article : text with one paragraph a line (blank lines between are fine), or wrapped with blank lines between
    mentions : also give words in marks that nobody states (titles, terms, names, scare quotes), as kind ``mention``

    Returns
    -------
    list of Quote
        By start, the longer first; ``article[quote.start:quote.end] == quote.text`` for each.

    Examples
    --------
    >>> for quote in extract_quotes("“We agree,” said Anna Lindt. She added that talks would go on."):
    ...     print(quote.kind, quote.speaker.text, quote.speaker.name, quote.statement, sep=" | ")
    direct | Anna Lindt | None | We agree
    indirect | She | Anna Lindt | talks would go on
    """
    spans = paragraphs(article)
    spoken, taken = turns(article, spans)
    pages = [_read(article, spans, number) for number in range(len(spans)) if number not in taken]
    found = joined([passages(page) for page in pages])
    find_speakers(pages, found)
    resolver = Resolver(Register(pages)) if spoken or any(passage.claim is not None for passage in found) else None
    found.sort(key=lambda passage: (passage.parts[0][0], -passage.parts[-1][1]))
    quotes = [_quote(article, passage, resolver) for passage in found if mentions or passage.kind != "mention"]
    quotes += [_spoken(article, turn, resolver) for turn in spoken]
    return sorted(quotes, key=lambda quote: (quote.start, -quote.end)) if spoken else quotes


def _read(article: str, spans: list[tuple[int, int]], number: int) -> Paragraph:
    start, end = spans[number]
    following = spans[number + 1] if number + 1 < len(spans) else None
    return Paragraph(article, start, end, stretches(article, start, end, following=following))


def _quote(article: str, passage: Passage, resolver: Resolver | None) -> Quote:
    parts = tuple(passage.parts)
    speaker = relayed = None
    if passage.claim is not None and passage.where is not None and passage.kind != "mention":
        speaker = _speaker(passage, passage.claim.who, resolver)
        relayed = _speaker(passage, passage.claim.relayed_by, resolver)
    remarks = [stretch.remark for stretch in passage.stretches if stretch.remark]
    return Quote(
        parts=parts,
        text=article[parts[0][0] : parts[-1][1]],
        statement=" ".join(article[start:end] for start, end in parts).removesuffix(","),
        kind=passage.kind,
        speaker=speaker,
        relayed_by=relayed,
        carrier=passage.carrier if passage.kind == "partial" else None,
        remark=remarks[0] if remarks else None,
    )


def _speaker(passage: Passage, who: Span | None, resolver: Resolver | None) -> Speaker | None:
    if who is None or passage.claim is None or passage.where is None:
        return None
    p = passage.where
    named = name_of(p, who)
    text = p.article[named.start : named.end]
    name = resolver.full_name(text, named) if resolver is not None else None
    kind = "person" if resolver is not None and resolver.is_person(name) else named.kind
    return Speaker(text, named.start, named.end, name, kind, passage.claim.rule, passage.claim.grade)


def _spoken(article: str, turn: Turn, resolver: Resolver | None) -> Quote:
    """Give the record of a turn of a transcript."""
    text = article[turn.start : turn.end]
    name = resolver.of_turn(text) if resolver is not None else None
    return Quote(
        parts=tuple(turn.parts),
        text=article[turn.parts[0][0] : turn.parts[-1][1]],
        statement=" ".join(article[start:end] for start, end in turn.parts).removesuffix(","),
        kind="direct",
        speaker=Speaker(text, turn.start, turn.end, name, turn.kind, "transcript", "certain"),
    )
