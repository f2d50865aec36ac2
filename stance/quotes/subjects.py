"""Find the subject of a verb, looking back over adverbs, appositions, brackets and relative clauses.

Works on words alone, without a parser. Knows nothing of quotes or of who a phrase stands for.
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
from stance.quotes.places import PLACES
from stance.quotes.titles import HEADS_WITH_A_TAIL, PERSON_NOUNS
from stance.quotes.tokens import QUOTE, Paragraph
from stance.quotes.verbs import FORMS, NOUN_FORMS

_LONGEST_CLAUSE = 60


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
        return _clause_subject(p, first, i - 1)
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
        before = _before_bracket(p, first, i)
        return subject(p, first, before + 1) if before < i else None
    if closer == "," and i - 1 > first and p.words[i - 1] == ")":
        return ending_at(p, first, i - 1)
    return _opening_phrase(p, first, i) or _nearest_explained(p, first, i, closer)


def _nearest_explained(p: Paragraph, first: int, i: int, closer: str) -> Span | None:
    """Give the phrase before the nearest opening sign that is no explanation of another phrase itself."""
    lowest = max(first, i - _LONGEST_CLAUSE)
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


def _opening_phrase(p: Paragraph, first: int, i: int) -> Span | None:
    """Give the phrase that the sentence opens with when a comma or bracket follows it: what comes then explains it."""
    start = _skip_openers(p, first, i)
    start += p.lower[start] == "as"
    if i - start > _LONGEST_CLAUSE or p.lower[start].endswith("ing"):
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


def ending_at(p: Paragraph, first: int, i: int) -> Span | None:
    """Give the subject phrase whose clause runs up to token ``i``: the whole phrase with its tail when there is one."""
    if i > first and p.words[i] == ")":
        i = _before_bracket(p, first, i)
    if i < first or not is_word(p.words[i]):
        return None
    start = _clause_start(p, first, i)
    start = _skip_openers(p, start, i)
    if start > i:
        return None
    if p.lower[start] not in grammar.PREPOSITIONS and not (
        p.lower[start] in FORMS and start < i and not is_name(p.words[start + 1])
    ):
        whole = forward(p, start, i + 1)
        if whole is not None and (whole[1] == i + 1 or _has_tail(p, whole[1], i)):
            return whole
    return _shortest(p, start, i)


def _before_bracket(p: Paragraph, first: int, i: int) -> int:
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
    lowest = max(first, i - _LONGEST_CLAUSE)
    k = i
    while k >= lowest:
        word = lower[k]
        if word == QUOTE or not (is_word(p.words[k]) or word in ("&", "$", "%")):
            if word == QUOTE and lowest < k < i and is_nickname(p, k):
                k -= 1
                continue
            if word == "," and _is_list(p, lowest, k, i):
                k -= 1
                continue
            return k + 1
        if word == "and":
            if not _joins(p, lowest, k):
                return k + 1
        elif (
            k < i
            and (word in grammar.CONJUNCTIONS or word in grammar.AUXILIARIES)
            and word not in ("since", "until", "like")
        ) or (
            k < i
            and word in FORMS
            and word not in NOUN_FORMS
            and not is_name(p.words[k])
            and FORMS[word].clause
            and not FORMS[word].participle
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


def _skip_openers(p: Paragraph, start: int, i: int) -> int:
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


def _clause_subject(p: Paragraph, first: int, i: int) -> Span | None:
    """Give the subject of the clause that token ``i`` stands in, for an infinitive that has none of its own."""
    k = i
    lowest = max(first, i - _LONGEST_CLAUSE)
    while k >= lowest and (
        is_word(p.words[k]) and p.lower[k] not in ("that", "but", "because", "while", "when", "if", "although")
    ):
        k -= 1
    start = _skip_openers(p, k + 1, i)
    return forward(p, start, i + 1)


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
