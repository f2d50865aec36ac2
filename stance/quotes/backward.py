"""Find the noun phrase that ends at a word, looking back to where its clause begins.

Works on words alone, without a parser. Knows nothing of verbs that report.
"""

from __future__ import annotations

from stance.quotes import grammar
from stance.quotes.phrases import (
    LONGEST_PHRASE,
    Span,
    base_of_contraction,
    forward,
    head_noun,
    is_date,
    is_name,
    is_nickname,
    is_word,
)
from stance.quotes.titles import PERSON_NOUNS
from stance.quotes.tokens import QUOTE, Paragraph
from stance.quotes.verbs import FORMS, NOUN_FORMS

#: Finite verbs that take a clause and are no nouns.
_TAKE_CLAUSE = frozenset(
    word for word, verb in FORMS.items() if verb.clause and not verb.participle and word not in NOUN_FORMS
)


#: Words before which a clause begins; "since" and "until" as often stand before a noun.
_BEGIN_CLAUSE = ((grammar.CONJUNCTIONS | grammar.AUXILIARIES) - {"since", "until", "and"}) | _TAKE_CLAUSE


#: Signs that stand within a phrase: "Lodz & Sons", "$5", "a 5% rise", "@lindt".
_WITHIN_PHRASES = frozenset("&$%@")


#: No clause of prose is longer; the search stops there.
LONGEST_CLAUSE = 60


def ending_at(p: Paragraph, first: int, i: int) -> Span | None:
    """Give the subject phrase whose clause runs up to token ``i``: the whole phrase with its tail when there is one."""
    if i > first and p.words[i] == ")":
        i = before_bracket(p, first, i)
    if i < first or not is_word(p.words[i]):
        return None
    start = _clause_start(p, first, i)
    start = skip_openers(p, start, i)
    if start > i:
        return None
    if p.lower[start] not in grammar.PREPOSITIONS and not (
        p.lower[start] in FORMS and start < i and not is_name(p.words[start + 1])
    ):
        whole = forward(p, start, i + 1)
        if whole is not None and (whole[1] == i + 1 or _has_tail(p, whole[1], i)):
            return whole
    return _shortest(p, start, i)


def before_bracket(p: Paragraph, first: int, i: int) -> int:
    """Give the token before the bracket that closes at token ``i``; ``i`` itself when it opened too far back."""
    for k in range(i - 1, max(first, i - 12), -1):
        if p.words[k] == "(":
            return k - 1
    return i


def _has_tail(p: Paragraph, k: int, last: int) -> bool:
    word = p.lower[k]
    return (
        word in grammar.PREPOSITIONS
        or grammar.is_adverb(word)
        or word.endswith(("ed", "ing"))
        or word in grammar.RELATIVES
        or word == "that"
    ) and k < last


def _clause_start(p: Paragraph, first: int, i: int) -> int:
    lower = p.lower
    lowest = max(first, i - LONGEST_CLAUSE)
    k = i
    while k >= lowest:
        word = lower[k]
        if word == "and":
            if not _joins(p, lowest, k):
                return k + 1
        elif word in _BEGIN_CLAUSE:
            if k < i and (word not in _TAKE_CLAUSE or not is_name(p.words[k])):
                return k + 1
        elif not (word[0].isalnum() or word[0] in _WITHIN_PHRASES) and not (
            (word == QUOTE and lowest < k < i and is_nickname(p, k)) or (word == "," and _is_list(p, lowest, k, i))
        ):
            return k + 1
        k -= 1
    return k + 1


def _is_list(p: Paragraph, lowest: int, comma: int, i: int) -> bool:
    """Tell whether a comma parts the names of a list that ends in "and …": "Lodz, Uba and Pryce"."""
    k = comma + 1
    while k <= i and (is_name(p.words[k]) or p.lower[k] in grammar.PARTICLES_OF_NAMES):
        k += 1
    if k > i or k == comma + 1 or p.lower[k] not in ("and", ","):
        return False
    before = p.words[comma - 1] if comma > lowest else "."
    return is_word(before) and is_name(before) and p.lower[k] == "and" and p.lower[comma - 1] not in grammar.DAYS


def _joins(p: Paragraph, lowest: int, k: int) -> bool:
    """Tell whether "and" at token ``k`` joins two phrases of one subject: what precedes it is a short phrase."""
    if k - 1 < lowest or not is_word(p.words[k - 1]):
        return False
    j = k - 1
    while j >= lowest and is_word(p.words[j]) and k - j <= 8:
        word = p.lower[j]
        if word in grammar.AUXILIARIES or (word in FORMS and word not in NOUN_FORMS) or word in grammar.VERBS:
            return False
        if (
            word.endswith("ed")
            and not is_name(p.words[j])
            and j > lowest
            and is_word(p.words[j - 1])
            and p.lower[j - 1] not in grammar.DETERMINERS
        ):
            return False
        if word in grammar.CONJUNCTIONS:
            break
        j -= 1
    return k - j <= 8


def skip_openers(p: Paragraph, start: int, i: int) -> int:
    """Give the first token from ``start`` that is no "but", "and" or adverb."""
    while start < i and (
        p.lower[start] in grammar.OPENERS
        or (grammar.is_adverb(p.lower[start]) and p.lower[start] not in ("both", "most"))
    ):
        start += 1
    return start


def _shortest(p: Paragraph, start: int, i: int) -> Span | None:
    """Give the shortest phrase that ends at token ``i``: a run of names, or back to the nearest determiner."""
    lower = p.lower
    if lower[i] in grammar.PREPOSITIONS or grammar.is_adverb(lower[i]):
        return None
    k = i
    if is_name(p.words[i]):
        while (
            k > start
            and (
                is_name(p.words[k - 1])
                or (lower[k - 1] in grammar.PARTICLES_OF_NAMES and k - 2 >= start and is_name(p.words[k - 2]))
            )
            and not is_date(p, k - 1, k)
        ):
            k -= 1
        while k > start and head_noun(lower[k - 1]) in PERSON_NOUNS and not is_name(p.words[k - 1]):
            k -= 1
        if k > start and lower[k - 1] in grammar.DETERMINERS:
            k -= 1
        return (k, i + 1)
    while k >= start and i - k < LONGEST_PHRASE:
        if (
            lower[k] in grammar.DETERMINERS
            or lower[k] in grammar.PRONOUNS
            or base_of_contraction(lower[k]) in grammar.PRONOUNS
        ):
            return (k, i + 1)
        if k < i and lower[k] in grammar.PREPOSITIONS and lower[k] != "of":
            break
        k -= 1
    return (max(k + 1, start), i + 1) if k < i else None
