"""Find the subject of a whole sentence or clause, looking forward from its beginning.

Knows nothing of the verb that asks for it.
"""

from __future__ import annotations

from stance.quotes import grammar
from stance.quotes.backward import LONGEST_CLAUSE, skip_openers
from stance.quotes.phrases import (
    Span,
    forward,
    is_name,
    is_word,
)
from stance.quotes.tokens import Paragraph
from stance.quotes.verbs import FORMS


def main_subject(p: Paragraph, first: int, stop: int) -> Span | None:
    """Give the phrase that the sentence begins with, or the first one after an opening adverbial and its comma."""
    i = first
    while i < stop and (
        p.lower[i] in grammar.OPENERS
        or grammar.is_adverb(p.lower[i])
        or p.words[i] in ("(", ")", "-", "—", "–", "--", "•", "*", ",")
    ):
        i += 1
    if i >= stop:
        return None
    word = p.lower[i]
    opens_adverbial = (
        word in grammar.PREPOSITIONS
        or word in grammar.CONJUNCTIONS
        or (word.endswith(("ing", "ed")) and not is_name(p.words[i + 1 if i + 1 < stop else i]))
        or word in grammar.DAYS
        or (
            word in ("earlier", "later", "last", "this", "next", "early", "late")
            and i + 1 < stop
            and p.lower[i + 1] in ("this", "last", "week", "month", "year", "in", "on", "night", "time")
        )
    )
    if opens_adverbial or word in ("asked", "speaking", "pressed", "told", "saying"):
        for k in range(i + 1, stop - 1):
            if p.words[k] == ",":
                span = forward(p, k + 1, stop)
                if span is not None and p.lower[span[0]] in FORMS and not is_name(p.words[span[0]]):
                    span = None
                if span is not None and (span[1] >= stop or p.words[span[1]] != "," or is_name(p.words[span[1] - 1])):
                    return span
        return None
    return forward(p, i, stop)


def clause_subject(p: Paragraph, first: int, i: int) -> Span | None:
    """Give the subject of the clause that token ``i`` stands in, for an infinitive that has none of its own."""
    k = i
    lowest = max(first, i - LONGEST_CLAUSE)
    while k >= lowest and (
        is_word(p.words[k]) and p.lower[k] not in ("that", "but", "because", "while", "when", "if", "although")
    ):
        k -= 1
    start = skip_openers(p, k + 1, i)
    return forward(p, start, i + 1)
