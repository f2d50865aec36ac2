"""What a passage is: a quoted stretch, several that belong together, or a reported clause, not yet a record."""

from __future__ import annotations

from dataclasses import dataclass, field

from stance.quotes.attribution import Claim
from stance.quotes.marks import Stretch
from stance.quotes.phrases import Span
from stance.quotes.tokens import Paragraph
from stance.records import QuoteKind


@dataclass(slots=True)
class Passage:
    """A quoted stretch, several that belong together, or a reported clause.

    Attributes
    ----------
    paragraph : where it stands
    parts : (start, end) offsets
    kind : what it is
    token, sentence : its first token; the tokens of its sentence
    claim : who speaks, in ``where``; None when the sentence does not say
    where : the paragraph that the claim's tokens count in
    carrier : (start, end) of the reported clause around a partial quote
    alone : whether it is a sentence of its own, without any other words
    stretches : the quoted stretches, for their remarks
    """

    paragraph: Paragraph
    parts: list[tuple[int, int]]
    kind: QuoteKind
    token: int
    sentence: Span
    claim: Claim | None = None
    where: Paragraph | None = None
    carrier: tuple[int, int] | None = None
    alone: bool = False
    stretches: list[Stretch] = field(default_factory=list)
    last_token: int = 0
    last_paragraph: Paragraph | None = None
    interrupted_by: int | None = None
