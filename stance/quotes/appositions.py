"""Find what an explanation between commas, dashes or brackets explains: "Lindt, the president of Norland, said".

Knows nothing of verbs.
"""

from __future__ import annotations

from stance.quotes import grammar
from stance.quotes.backward import LONGEST_CLAUSE, ending_at, skip_openers
from stance.quotes.phrases import (
    Span,
    forward,
    is_name,
    is_word,
)
from stance.quotes.places import PLACES
from stance.quotes.tokens import QUOTE, Paragraph


def nearest_explained(p: Paragraph, first: int, i: int, closer: str) -> Span | None:
    """Give the phrase before the nearest opening sign that is no explanation of another phrase itself."""
    lowest = max(first, i - LONGEST_CLAUSE)
    found: Span | None = None
    k = i - 1
    while k > lowest:
        if p.lower[k] == closer:
            span = ending_at(p, lowest, k - 1) if k - 1 >= lowest else None
            if span is not None and _is_age_or_place(p, span):
                span = None
            if span is not None and not (found is not None and not _is_apposed(p, found, span, lowest)):
                found = span
                if span[0] - 1 <= lowest or p.lower[span[0] - 1] != ",":
                    break
            elif found is not None:
                break
        elif p.lower[k] in (";", ":", ".", QUOTE):
            break
        k -= 1
    return found


def _is_age_or_place(p: Paragraph, span: Span) -> bool:
    """Tell the parts of "Lindt, 52, of Denver, Colo., said" that are nobody."""
    lone = span[1] - span[0] == 1 and (p.words[span[0]][-1] == "." or p.lower[span[0]] in PLACES)
    return lone or p.lower[span[0]].isdigit()


def opening_phrase(p: Paragraph, first: int, i: int) -> Span | None:
    """Give the phrase that the sentence opens with when a comma or bracket follows it: what comes then explains it."""
    start = skip_openers(p, first, i)
    start += p.lower[start] == "as"
    if i - start > LONGEST_CLAUSE or p.lower[start].endswith("ing"):
        return None
    span = forward(p, start, i)
    if span is None or span[1] >= i or p.words[span[1]] not in (",", "(", "—", "--", "–"):
        return None
    return span if p.lower[start] not in grammar.DAYS and not p.lower[start][0].isdigit() else None


def _is_apposed(p: Paragraph, inner: Span, outer: Span, lowest: int) -> bool:
    """Tell whether ``inner`` explains ``outer``: "Lindt, the president of Norland, a think tank, said"."""
    starts_low = p.lower[inner[0]] in grammar.DETERMINERS or not is_name(p.words[inner[0]])
    named = is_name(p.words[outer[1] - 1]) and (outer[0] == lowest or p.lower[outer[0] - 1] not in grammar.PREPOSITIONS)
    opens = outer[0] <= lowest or not is_word(p.words[outer[0] - 1]) or p.lower[outer[0] - 1] in grammar.CONJUNCTIONS
    return starts_low and named and opens
