"""Find the subject of a verb, looking back over adverbs, appositions, brackets and relative clauses.

Works on words alone, without a parser. Knows nothing of quotes or of who a phrase stands for.
"""

from __future__ import annotations

from stance.quotes import grammar
from stance.quotes.appositions import nearest_explained, opening_phrase
from stance.quotes.backward import before_bracket, ending_at
from stance.quotes.main_subjects import clause_subject
from stance.quotes.phrases import (
    Span,
    base_of_contraction,
    is_name,
    is_word,
)
from stance.quotes.titles import HEADS_WITH_A_TAIL
from stance.quotes.tokens import QUOTE, Paragraph


def subject(p: Paragraph, first: int, verb: int) -> Span | None:
    """Give the subject of the verb at token ``verb``, looking back to ``first``; None when it has none of its own."""
    span = _subject(p, first, verb)
    return span if span is not None and _can_act(p, span) else None


def _can_act(p: Paragraph, span: Span) -> bool:
    """Tell a phrase that can be a subject from a lone adjective, participle or possessive."""
    last, lower = p.words[span[1] - 1], p.lower[span[1] - 1]
    if (
        is_name(last)
        or lower in grammar.PRONOUNS
        or base_of_contraction(lower) in grammar.PRONOUNS
        or lower in grammar.STANDALONE
    ):
        return True
    if span[1] - span[0] > 1:
        return not lower.endswith("ing") or lower in HEADS_WITH_A_TAIL
    return lower in HEADS_WITH_A_TAIL or (lower.endswith("s") and lower not in grammar.DETERMINERS)


def _subject(p: Paragraph, first: int, verb: int) -> Span | None:
    i = _before_adverbs(p, first, verb - 1)
    if i < first:
        return None
    lower = p.lower[i]
    if lower == "to":
        return clause_subject(p, first, i - 1)
    if (lower == QUOTE and p.quoted(i).endswith(",")) or lower in (",", "-", "--", "—", "–", ")"):
        return _before_apposition(p, first, i)
    if lower in ("who", "which", "that") and i > first:
        i -= 2 if p.lower[i - 1] == "," and i - 1 > first else 1
        return ending_at(p, first, i)
    if not is_word(p.words[i]) or lower in grammar.CONJUNCTIONS or lower in grammar.OPENERS:
        return None
    return ending_at(p, first, i)


def _before_adverbs(p: Paragraph, first: int, i: int) -> int:
    """Step back over auxiliaries, adverbs and times that stand between subject and verb."""
    lower = p.lower
    while i >= first:
        word = lower[i]
        if word in grammar.AUXILIARIES or (
            grammar.is_adverb(word) and not (i == first and is_name(p.words[i]) and word not in grammar.ADVERBS)
        ):
            i -= 1
        elif word in grammar.DAYS and i > first:
            i -= 2 if lower[i - 1] in ("on", "last", "late", "early") else 1
        elif word in ("week", "month", "year", "night") and i > first and lower[i - 1] in ("last", "this", "earlier"):
            i -= 2
        else:
            break
    return i


def _before_apposition(p: Paragraph, first: int, i: int) -> Span | None:
    """Give the phrase before the comma, dash or bracket that opens what token ``i`` closes."""
    closer = "," if p.lower[i] == QUOTE else p.lower[i]
    if closer == ")":
        before = before_bracket(p, first, i)
        return subject(p, first, before + 1) if before < i else None
    if closer == "," and i - 1 > first and p.words[i - 1] == ")":
        return ending_at(p, first, i - 1)
    return opening_phrase(p, first, i) or nearest_explained(p, first, i, closer)
