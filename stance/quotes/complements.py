"""Find the clause that a verb of saying takes, behind those told, times and places.

Knows nothing of subjects.
"""

from __future__ import annotations

from stance.quotes import grammar
from stance.quotes.phrases import Span, base_of_contraction, forward, is_name, is_word
from stance.quotes.tokens import QUOTE, Paragraph
from stance.quotes.verbs import FORMS, PARTICLES, Verb

#: Verbs after which "that" is often left out.
_BARE = frozenset(
    """
    say tell think believe claim insist add hope fear suggest admit acknowledge promise concede know expect feel
    confirm guess argue predict assure swear suspect vow warn allege realize estimate announce figure boast assume
    joke note explain doubt reckon stress reveal recall complain maintain deny
    """.split()
)


#: After "said", so many words are a clause even where no verb is recognised.
_LONG_ENOUGH = 5


_WONDERING = frozenset("ask wonder inquire question explain".split())


#: Verbs whose clause may do without "that".
TAKE_BARE_CLAUSE = _BARE | _WONDERING


_CIRCUMSTANTIAL = frozenset("in on at during after before to by through via from over outside inside as".split())


def complement(p: Paragraph, at: int, end: int, verb: Verb) -> Span | None:
    """Give the tokens of the reported clause after the verb at token ``at``; None when none is there.

    "that" is left out; "whether", "why" and their like stay, for they say that a question is reported.
    """
    i = at + 1
    if p.lower[at] in PARTICLES and i < end and p.lower[i] in PARTICLES[p.lower[at]]:
        i += 1
    while i < end and grammar.is_adverb(p.lower[i]):
        i += 1
    if verb.addressee and i < end and p.lower[i] not in ("that", "whether", "if", ",", ":") and p.words[i] != QUOTE:
        i = after_addressee(p, i, end)
    if i < end and not is_word(p.words[i]) and p.words[i] not in (QUOTE, ",", "$", "#", "["):
        return None
    started = _start_of_clause(p, i, end)
    if started is not None:
        return (started, end)
    if i >= end:
        return None
    if p.lower[i] in grammar.WH and verb.lemma in _WONDERING:
        return (i, end) if end - i > 2 else None
    if verb.lemma not in _BARE and verb.lemma != "ask":
        return (i, end) if _is_quoted_clause(p, i, end) else None
    i = _bare_start(p, i, end)
    return (i, end) if is_clause(p, i, end, strict=verb.lemma not in ("say", "think", "believe")) else None


def after_addressee(p: Paragraph, i: int, end: int) -> int:
    """Give the token after those who are told, when token ``i`` begins to name them."""
    told = forward(p, i, end)
    if told is None:
        return i
    if p.lower[told[1] - 1] in grammar.PRONOUNS and told[1] - told[0] > 1:
        return told[1] - 1
    return told[1]


def _start_of_clause(p: Paragraph, i: int, end: int) -> int | None:
    """Give the token after the "that" of the verb, when only times, places and persons stand before it."""
    for k in range(i, min(i + 18, end - 1)):
        word = p.lower[k]
        if word == "that":
            opens = k == i or (k == i + 1 and p.words[i] == ",") or _is_circumstance(p, i, k)
            return k + 1 if opens else None
        if word in grammar.AUXILIARIES or word == QUOTE or p.words[k] in (":", ";", ".", "—", "--"):
            return None
        if (
            word in FORMS
            and not is_name(p.words[k])
            and k > i
            and FORMS[word].clause
            and p.lower[k - 1] not in grammar.DETERMINERS
            and p.lower[k - 1] not in grammar.PREPOSITIONS
        ):
            return None
    return None


def _is_circumstance(p: Paragraph, i: int, that: int) -> bool:
    return (
        p.lower[i] in _CIRCUMSTANTIAL
        or p.lower[i] in grammar.DAYS
        or p.words[that - 1] == ","
        or p.lower[i] in ("last", "this", "earlier", "late", "early")
    )


def _is_quoted_clause(p: Paragraph, i: int, end: int) -> bool:
    return (
        i < end
        and p.words[i] == QUOTE
        and i + 2 < end
        and p.lower[i + 1] in grammar.AUXILIARIES
        and p.lower[i + 1] != "not"
    )


def _bare_start(p: Paragraph, i: int, end: int) -> int:
    """Step over "on Thursday", "in an interview", "to reporters" before a clause without "that"."""
    after = circumstance(p, i, end)
    if after >= end:
        return end
    return after


def circumstance(p: Paragraph, i: int, end: int) -> int:
    """Give the token after the times, places and persons told that begin at token ``i``."""
    while i < end:
        word = p.lower[i]
        if word in grammar.DAYS or (grammar.is_adverb(word) and word not in ("there", "here")):
            i += 1
        elif (
            word in ("last", "this", "earlier", "late", "early", "later")
            and i + 1 < end
            and (p.lower[i + 1] in grammar.DAYS or p.lower[i + 1] in ("week", "month", "year", "night", "on", "in"))
        ):
            i += 2 if p.lower[i + 1] not in ("on", "in") else 1
        elif word in grammar.MONTHS and i + 1 < end and p.lower[i + 1][0].isdigit():
            i += 2
        elif (word in _CIRCUMSTANTIAL and i + 1 < end and word != "as") or (word in ("of", "about") and i + 1 < end):
            after = _phrase_after(p, i + 1, end)
            if after is None:
                break
            i = after
        else:
            break
    return i


def _phrase_after(p: Paragraph, i: int, end: int) -> int | None:
    if p.words[i] == QUOTE:
        return i + 1
    if p.lower[i] in grammar.DAYS or p.lower[i][0].isdigit():
        return i + 1
    if p.lower[i].rstrip(".") in grammar.MONTHS:
        return i + 2 if i + 1 < end and p.lower[i + 1][0].isdigit() else i + 1
    span = forward(p, i, end)
    if span is None or p.lower[span[0]] in ("he", "she", "they", "we", "i"):
        return None
    return span[1]


def is_clause(p: Paragraph, i: int, end: int, *, strict: bool) -> bool:
    """Tell whether tokens form a clause: a noun phrase and, not far behind it, a finite verb.

    Parameters
    ----------
    strict : the verb must follow the phrase or what belongs to it, so that "announced a friendly match" has no clause
    """
    if i >= end or end - i < 2:
        return False
    if (
        p.lower[i] in grammar.PRONOUNS
        or base_of_contraction(p.lower[i]) in grammar.PRONOUNS
        or p.lower[i] in ("there", "there’s", "it", "this", "that")
    ):
        return True
    if p.words[i] == QUOTE:
        return i + 1 < end and (is_word(p.words[i + 1]))
    if p.lower[i] in grammar.PREPOSITIONS and strict:
        return False
    if p.lower[i] in ("to", "and", "but", "or", ",") or (p.lower[i] in grammar.RELATIVES and strict):
        return False
    if not strict and end - i >= _LONG_ENOUGH:
        return True
    limit = min(end, i + (14 if strict else 40))
    span = forward(p, i, end)
    k = span[1] if span is not None else i + 1
    while k < limit:
        word = p.lower[k]
        if strict and word in ("that", "which", "who", "to", "for", "as") and word != "of":
            return False
        if is_finite(p, k):
            return True
        k += 1
    return False


def is_finite(p: Paragraph, k: int) -> bool:
    """Tell whether a token is most likely a finite verb."""
    word = p.lower[k]
    if grammar.is_verbal(word) or (base_of_contraction(word) != word and not word.endswith(("’s", "'s"))):
        return True
    if is_name(p.words[k]):
        return False
    if word in FORMS and not FORMS[word].participle:
        return p.lower[k - 1] not in grammar.DETERMINERS
    return (
        word.endswith("s")
        and not word.endswith(("ss", "us", "’s", "'s"))
        and len(word) > 3
        and p.lower[k - 1] not in grammar.DETERMINERS
        and k > 0
        and not p.lower[k - 1].endswith("s")
        and p.lower[k - 1] not in grammar.PREPOSITIONS
    )
