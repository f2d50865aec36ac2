"""Say who speaks a quoted stretch, from the words right after it and from the reports of its sentence.

Each finding is a claim with the name of its rule. Looks no further than the sentence; what the paragraph around it
tells is another module's.
"""

from __future__ import annotations

from typing import NamedTuple

from stance.quotes import grammar
from stance.quotes.phrases import Span, forward, is_name
from stance.quotes.report import passes_on
from stance.quotes.subjects import subject
from stance.quotes.tokens import QUOTE, Paragraph
from stance.quotes.verbs import FORMS, NOUN_FORMS, PARTICLES
from stance.records import Grade

_LONGEST_ATTRIBUTION = 60


_NEAR = 4


_BEGIN_EXPLANATION = grammar.DETERMINERS | grammar.RELATIVES


class Claim(NamedTuple):
    """Who speaks: the tokens that name them, the rule, how far it can be trusted, and where the attribution ends."""

    who: Span | None
    rule: str
    grade: Grade
    after: int
    relayed_by: Span | None = None


def after_quote(p: Paragraph, quote: int, stop: int) -> Claim | None:
    """Give the claim of the words after the quoted stretch at token ``quote``: "said X", "X said", "according to X"."""
    i = quote + 1
    if i < stop and p.words[i] == ",":
        i += 1
    if i < stop and p.lower[i] == "as" and i + 1 < stop:
        i += 1
    if i >= stop:
        return None
    word = p.lower[i]
    if word == "according" and i + 1 < stop and p.lower[i + 1] == "to":
        who = forward(p, i + 2, stop)
        return Claim(who, "according-to", "certain", who[1]) if who else None
    if word in ("—", "-", "--", "–"):
        return _after_dash(p, quote, i, stop)
    inverted = _inverted(p, i, stop)
    return inverted or _subject_and_verb(p, i, stop)


def _inverted(p: Paragraph, i: int, stop: int) -> Claim | None:
    while i < stop - 1 and grammar.is_adverb(p.lower[i]):
        i += 1
    word = p.lower[i]
    verb = FORMS.get(word)
    if word in PARTICLES and i + 1 < stop and p.lower[i + 1] in PARTICLES[word]:
        start = i + 2
    elif verb is not None and verb.speech and not verb.participle:
        start = i + 1
    else:
        return None
    who = forward(p, start, stop)
    if who is None or p.lower[who[0]] in ("it", "i", "you", "that", "this", "nothing"):
        return None
    if any(p.lower[k] in ("called", "named") for k in range(who[0], min(who[1] + 1, stop))):
        k = next(k for k in range(who[0], min(who[1] + 1, stop)) if p.lower[k] in ("called", "named"))
        who = forward(p, k + 1, stop) or who
    return Claim(who, "verb-subject-after", "certain", who[1], _relayer(p, who[1], stop))


def _subject_and_verb(p: Paragraph, i: int, stop: int) -> Claim | None:
    for k in range(i + 1, min(stop, i + _LONGEST_ATTRIBUTION)):
        word = p.lower[k]
        if p.words[k] in (QUOTE, ";", ":") or (p.words[k] == "." and k + 1 < stop):
            break
        speaks = word in PARTICLES and k + 1 < stop and p.lower[k + 1] in PARTICLES[word]
        verb = FORMS.get(word)
        if (verb is not None and not is_name(p.words[k])) or (verb is not None and p.words[k].isupper()):
            if verb.lemma == "quote":
                return _quoting(p, i, k, stop)
            if p.lower[k - 1] in ("was", "were", "been", "is", "are") and not verb.participle:
                return _agent(p, k, stop)
            speaks = speaks or (verb.speech and not (verb.participle and p.lower[k - 1] not in grammar.BE))
        if not speaks or _is_no_verb(p, i, k):
            continue
        who = subject(p, i, k)
        if who is not None and who[0] == i:
            return Claim(who, "subject-verb-after", "certain", k + 1, _relayer(p, k + 1, stop))
        named = forward(p, i, stop)
        if who is not None and named is not None and who[0] == named[1] + 1 and p.words[named[1]] == ",":
            return Claim(who, "subject-verb-after", "likely", k + 1, _relayer(p, k + 1, stop))
        if (
            named is not None
            and named[1] < k
            and p.words[named[1]] == ","
            and p.lower[named[1] + 1] in _BEGIN_EXPLANATION
        ):
            return Claim(named, "subject-verb-after", "likely", k + 1, _relayer(p, k + 1, stop))
    return None


def _is_no_verb(p: Paragraph, i: int, k: int) -> bool:
    """Tell a noun ("her report") and a far infinitive ("She had found a list to read") from a verb that attributes."""
    if p.lower[k - 1] == "to":
        return k - i > _NEAR
    return p.lower[k] in NOUN_FORMS and p.lower[k - 1] in grammar.DETERMINERS


def _quoting(p: Paragraph, i: int, k: int, stop: int) -> Claim | None:
    """Take "the agency quoted X as saying": the agency relays, X speaks."""
    who = forward(p, k + 1, stop)
    by = subject(p, i, k)
    return Claim(who, "quoted-as-saying", "certain", who[1], by) if who else None


def _agent(p: Paragraph, k: int, stop: int) -> Claim | None:
    """Take "they were told by an officer"."""
    if k + 1 < stop and p.lower[k + 1] == "by":
        who = forward(p, k + 2, stop)
        return Claim(who, "passive-agent", "certain", who[1]) if who else None
    return None


def _relayer(p: Paragraph, i: int, stop: int) -> Span | None:
    """Give who passes the words on: ", according to his driver", "read out by her lawyer"."""
    for k in range(i, min(i + 12, stop - 2)):
        if p.words[k] == QUOTE:
            return None
        pair = p.lower[k], p.lower[k + 1]
        if pair == ("according", "to") or (pair[0] in ("out", "relayed", "read") and pair[1] == "by"):
            source = forward(p, k + 2, stop)
            return source if source is not None and passes_on(p, source) else None
    return None


def _after_dash(p: Paragraph, quote: int, i: int, stop: int) -> Claim | None:
    """Take "— X" at the end as a signature, and "— she tapped the ledger —" as a gesture within a quote."""
    who = forward(p, i + 1, stop)
    if who is None:
        return None
    if stop < len(p.words) or any(p.words[k] == QUOTE for k in range(who[1], stop)):
        for k in range(who[1], stop - 1):
            if p.words[k] in ("—", "-", "--", "–") and p.words[k + 1] == QUOTE:
                return Claim(who, "gesture-between", "likely", k)
    named = is_name(p.words[who[0]]) and quote == max(p.quotes) and p.sentence_at(quote)[0] >= quote - 2
    ends = who[1] >= len(p.words) or p.words[who[1]] in (",", "(", ".")
    return Claim(who, "signature", "certain", len(p.words)) if named and ends else None
