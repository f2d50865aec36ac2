"""The text of an article, paragraph by paragraph, with statements, deciding words and speakers marked.

Every character of the article stands on the page, in order; only white space between paragraphs becomes a border.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stance.article import Article, LabelledQuote
from stance.article.judged import Span
from stance.article.wording import outcome, speaker_of
from stance.article_page.layers import Layer, clipped, nested
from stance.report.elements import NOTHING, Markup, join, lines, tag

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_OPENING, _CLOSING = "\u201c\"\u2018'\u00ab\u2039", "\u201d\"\u2019'\u00bb\u203a.,;:!?"
_LONGEST_HEADLINE, _LONGEST_CROSSHEAD = 160, 60


@dataclass(frozen=True, slots=True)
class Marked:
    """An article's text as HTML: its headline, if its first line reads like one, and the rest."""

    headline: Markup | None
    body: Markup


def marked_text(article: Article, anchor: str, coloured: Mapping[str, str]) -> Marked:
    """Give the text with everything marked.

    Parameters
    ----------
    anchor : begins every id, unique on the page
    coloured : label to CSS class
    """
    spans = [match.span() for match in _PARAGRAPH.finditer(article.text)]
    layers = _by_paragraph(_layers(article, anchor), spans)
    keys = {key_of(anchor, place): statement for place, statement in enumerate(article.statements)}

    def wrap(layer: Layer, inside: Markup) -> Markup:
        return _element(layer, inside, article, keys, coloured)

    shown = [nested(article.text, *span, inside, wrap) for span, inside in zip(spans, layers, strict=True)]
    headed = len(spans) > 1 and _is_heading(article.text[slice(*spans[0])], _LONGEST_HEADLINE)
    body = [
        tag("p", words, class_="crosshead" if _is_heading(article.text[slice(*span)], _LONGEST_CROSSHEAD) else None)
        for span, words in list(zip(spans, shown, strict=True))[headed:]
    ]
    return Marked(shown[0] if headed else None, lines(*body))


def key_of(anchor: str, place: int) -> str:
    """Give the key of a statement; its place in the text and its details derive their ids from it."""
    return f"{anchor}-s{place + 1}"


def _layers(article: Article, anchor: str) -> Iterator[Layer]:
    speakers: dict[Span, list[str]] = {}
    for place, statement in enumerate(article.statements):
        key, quote = key_of(anchor, place), statement.quote
        for number, (start, end) in enumerate(quote.parts):
            yield Layer(
                *_with_marks(article.text, start, end), "quote", key, number == 0, number == len(quote.parts) - 1
            )
        for start, end in deciding_spans(statement, article.head):
            yield Layer(start, end, "word", key)
        if quote.speaker is not None and quote.speaker.start < quote.speaker.end:
            speakers.setdefault((quote.speaker.start, quote.speaker.end), []).append(key)
    for (start, end), said in speakers.items():
        yield Layer(start, end, "who", " ".join(said))


def deciding_spans(statement: LabelledQuote, head: str) -> list[Span]:
    """Give where the words stand that decided a head, overlapping ones joined, in text order."""
    joined: list[Span] = []
    for start, end in sorted(span for word in statement.deciding.get(head, ()) for span in word.spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _with_marks(text: str, start: int, end: int) -> Span:
    """Take in the quotation marks, or the end of the sentence, so that the number stands after them."""
    opened = start > 0 and text[start - 1] in _OPENING
    return start - opened, end + (end < len(text) and text[end] in _CLOSING)


def _by_paragraph(layers: Iterator[Layer], spans: Sequence[Span]) -> list[list[Layer]]:
    """Cut layers at the borders of paragraphs and give those of each paragraph."""
    inside: list[list[Layer]] = [[] for _ in spans]
    starts = [start for start, _ in spans]
    for layer in layers:
        place = max(bisect_right(starts, layer.start) - 1, 0)
        while place < len(spans) and spans[place][0] < layer.end:
            if spans[place][1] > layer.start:
                inside[place].append(clipped(layer, *spans[place]))
            place += 1
    return inside


def _element(
    layer: Layer, inside: Markup, article: Article, keys: Mapping[str, LabelledQuote], coloured: Mapping[str, str]
) -> Markup:
    if layer.kind == "word":
        return tag("u", inside, class_="word")
    if layer.kind == "who":
        return tag("span", inside, class_="who", data_s=layer.key)
    statement = keys[layer.key]
    label = outcome(statement, article.head)
    colour = coloured.get(label, "k-unknown")
    mark = tag("mark", inside, class_=f"quote {colour}", data_s=layer.key, id=layer.key if layer.opens else None)
    return join([mark, _reference(layer.key, statement, label, colour) if layer.closes else NOTHING])


def _reference(key: str, statement: LabelledQuote, label: str, colour: str) -> Markup:
    """Give the small link after a statement: its number and label, and for those who listen whose it is."""
    number = key.rpartition("-s")[2]
    spoken = tag("span", f" \u2013 {speaker_of(statement)}, details", class_="aside")
    return tag(
        "a", tag("b", number), "\u00a0", label, spoken, href=f"#{key}-details", class_=f"ref {colour}", data_s=key
    )


def _is_heading(paragraph: str, longest: int) -> bool:
    words = paragraph.strip()
    return len(words) <= longest and words[-1] not in '.!?\u2026:;,\u201d"'
