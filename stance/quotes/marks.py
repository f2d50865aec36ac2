"""Find the stretches of text between quotation marks, paragraph by paragraph."""

from __future__ import annotations

import re
from typing import NamedTuple

_PARAGRAPH = re.compile(r"[^\n]+")
_OPENING = re.compile(r"“|(?<![^\s(\[—–-])\"(?=\S)")
_CLOSING = {"“": re.compile("”"), '"': re.compile(r'"(?!\w)')}
_SENTENCE_END = re.compile(r"[.!?…,]$")


class Stretch(NamedTuple):
    """Quoted words and the paragraph around them, as offsets into the article.

    ``start`` and ``end`` leave out the marks and the white space inside them; ``before`` and ``after`` take in both.
    """

    start: int
    end: int
    before: int
    after: int
    paragraph_start: int
    paragraph_end: int
    closed: bool


def find_stretches(article: str) -> list[Stretch]:
    """Give every stretch between marks, in text order.

    Curly and straight double marks count. A mark that is never closed ends with its paragraph (``closed`` is
    False): the usual way to print a quote of several paragraphs, and the mildest reading of a slip.
    A paragraph that is nothing but a quoted phrase without a sentence's end is a heading and is left out.
    """
    found = []
    for paragraph in _PARAGRAPH.finditer(article):
        stretches = _in_paragraph(article, *paragraph.span())
        if not (len(stretches) == 1 and _is_heading(article, stretches[0])):
            found += stretches
    return found


def _in_paragraph(article: str, first: int, last: int) -> list[Stretch]:
    stretches = []
    position = first
    while opening := _OPENING.search(article, position, last):
        closing = _CLOSING[opening.group()].search(article, opening.end(), last)
        after = closing.end() if closing else last
        start, end = _trimmed(article, opening.end(), closing.start() if closing else last)
        if start < end:
            stretches.append(Stretch(start, end, opening.start(), after, first, last, closing is not None))
        position = after
    return stretches


def _trimmed(article: str, start: int, end: int) -> tuple[int, int]:
    inside = article[start:end]
    return start + len(inside) - len(inside.lstrip()), end - (len(inside) - len(inside.rstrip()))


def _is_heading(article: str, stretch: Stretch) -> bool:
    around = article[stretch.paragraph_start : stretch.start] + article[stretch.end : stretch.paragraph_end]
    return not any(c.isalnum() for c in around) and not _SENTENCE_END.search(article[stretch.start : stretch.end])
