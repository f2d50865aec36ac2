"""Which words of a quote are labelled, and where each of their characters stands in the article.

Knows nothing of labels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from stance.records import Quote
from stance.text.tokens import BREAK
from stance.text.units import units_in
from stance.undecided import FEWEST_WORDS

Basis = Literal["statement", "carrier", "sentence"]
Span = tuple[int, int]

#: A sentence ends here unless the word before is an abbreviation; the next one starts with a capital or a mark.
_SENTENCE_END = re.compile(r"(?P<word>\S*)[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])")
_ABBREVIATION = re.compile(r"(?:(?:[A-Za-z]\.)*[A-Z]|Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|St|No)$")


@dataclass(frozen=True, slots=True)
class Judged:
    """The text that was labelled, made of stretches of the article joined by one space.

    Attributes
    ----------
    text : what the predictor was given
    basis : ``statement``, the quoted words; ``carrier``, the clause around them; ``sentence``, the sentence around
        them, where no clause is known
    pieces : (start, end) of each stretch in the article, in text order;
        ``" ".join(article[start:end] for start, end in pieces) == text``
    """

    text: str
    basis: Basis
    pieces: tuple[Span, ...]

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Give the stretches of the article that ``text[start:end]`` was taken from.

        Words on both sides of an interruption ("…," said X. "…") give two; the space that joins them stands
        nowhere in the article and gives none.
        """
        found, at = [], 0
        for first, last in self.pieces:
            low, high = max(start, at), min(end, at + last - first)
            if low < high:
                found.append((first + low - at, first + high - at))
            at += last - first + 1
        return tuple(found)


def judged_text(article: str, quote: Quote) -> Judged:
    """Choose what to label: the statement, or its surroundings where a partial quote is too short to judge.

    A partial quote of fewer than three words (:data:`stance.undecided.FEWEST_WORDS`, the fewest that a label rests
    on) is a piece of somebody else's sentence: “seriously deteriorated” says nothing without what has. So its
    carrier clause is labelled, or its sentence when the clause is not known. A direct quote that short stays as it
    is, and is undecided.
    """
    if quote.kind != "partial" or _words(quote.statement) >= FEWEST_WORDS:
        return _joined(article, _without_final_comma(article, quote.parts), "statement")
    if quote.carrier is not None:
        return _joined(article, (quote.carrier,), "carrier")
    return _joined(article, (sentence_around(article, quote.start, quote.end),), "sentence")


def sentence_around(article: str, start: int, end: int) -> Span:
    """Give the offsets of the sentence that holds ``article[start:end]``, within its paragraphs."""
    first = article.rfind("\n", 0, start) + 1
    last = article.find("\n", end)
    last = len(article) if last < 0 else last
    for match in _SENTENCE_END.finditer(article, first, last):
        if _ABBREVIATION.match(match["word"].lstrip("\"“‘'([")):
            continue
        if match.end() <= start:
            first = match.end()
        elif match.end() > end:
            last = match.end()
            break
    inside = article[first:last]
    return first + len(inside) - len(inside.lstrip()), last - (len(inside) - len(inside.rstrip()))


def _words(text: str) -> int:
    """Count as the predictor does before it calls a text undecided."""
    units = units_in(text)
    return len(units) - units.count(BREAK)


def _joined(article: str, pieces: tuple[Span, ...], basis: Basis) -> Judged:
    return Judged(" ".join(article[start:end] for start, end in pieces), basis, pieces)


def _without_final_comma(article: str, parts: tuple[Span, ...]) -> tuple[Span, ...]:
    """Drop the comma that a statement leaves out, so that the pieces make up exactly the statement."""
    *others, (start, end) = parts
    return (*others, (start, end - article[start:end].endswith(",")))
