"""Say who speaks a quoted stretch, from the words right after it and from the reports of its sentence.

Each finding is a claim with the name of its rule. Looks no further than the sentence; what the paragraph around it
tells is another module's.
"""

from __future__ import annotations

from typing import NamedTuple

from stance.quotes import grammar
from stance.quotes.phrases import Span, forward, is_name, is_word, subject
from stance.quotes.reports import Report, main_subject, sentence_body
from stance.quotes.tokens import QUOTE, Paragraph
from stance.quotes.verbs import FORMS, NOUN_FORMS, PARTICLES
from stance.records import Grade

_LONGEST_ATTRIBUTION = 60
_NOUNS_OF_SAYING = frozenset(
    """
    words word phrase promise call pledge verdict answer response reply comment remark message advice motto slogan demand warning
    vow claim question statement view assessment description complaint argument reaction prediction plea appeal insistence
    assertion admission quip tweet retort notion idea
    """.split()
)
_GESTURES_END = frozenset(",.")


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
        if not speaks or (word in NOUN_FORMS and p.lower[k - 1] in grammar.DETERMINERS):
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
            and p.lower[named[1] + 1] in grammar.DETERMINERS | grammar.RELATIVES
        ):
            return Claim(named, "subject-verb-after", "likely", k + 1, _relayer(p, k + 1, stop))
    return None


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
            return forward(p, k + 2, stop)
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


def before_quote(p: Paragraph, first: int, quote: int, reports: list[Report]) -> tuple[Claim, Report | None] | None:
    """Give the claim of the words of the same sentence before the quoted stretch, and the report it rests on."""
    outer: Report | None = None
    adjacent = [r for r in reports if 0 < quote - r.at <= 2 and r.verb.label]
    for report in [*adjacent, *reversed(reports)]:
        if report.at > quote and not report.covers(quote):
            continue
        if not _reaches(p, report, quote):
            continue
        outer = _within_speech(report, reports)
        if outer is not None and outer.covers(quote) and not _speaks_within(p, report, quote):
            continue
        grade: Grade = "certain" if report.covers(quote) or quote - report.at <= 2 else "likely"
        relayed = report.relayed_by
        if outer is not None and not _same_person(p, outer, report):
            relayed = outer.subject
        if report.subject is None and report.rule != "passive":
            continue
        return Claim(report.subject, _rule(report, quote), grade, report.after, relayed), report
    nominal = _after_noun_of_saying(p, first, quote) if quote > first else None
    if nominal is not None:
        return nominal, None
    return None


def _rule(report: Report, quote: int) -> str:
    return report.rule if report.at > quote or report.rule != "subject-verb" else "subject-verb-before"


def _reaches(p: Paragraph, report: Report, quote: int) -> bool:
    """Tell whether a report's words go up to the quote: its clause holds it, or the verb takes it as an object."""
    if report.covers(quote):
        return True
    if report.at > quote or (report.rule == "according-to" and report.after < quote - 1):
        return False
    if report.clauses and report.clauses[0][0] >= report.after and report.clauses[-1][1] <= quote:
        return p.words[quote - 1] == ":" and quote - report.clauses[-1][1] <= 1
    if not (report.verb.quote or report.verb.label or report.verb.addressee):
        return False
    return not any(p.words[k] in (".", ";") for k in range(report.at, quote)) and quote - report.at < 45


def _speaks_within(p: Paragraph, report: Report, quote: int) -> bool:
    """Tell whether a report within another's clause has the quote for itself: its own subject, its own words."""
    if report.verb.thought or p.lower[report.at - 1] == "to" or report.subject is None:
        return False
    if p.lower[report.subject[0]] in grammar.PRONOUNS and p.words[quote - 1] not in (",", ":"):
        return False
    return report.covers(quote) or quote - report.at <= 6


def _within_speech(report: Report, reports: list[Report]) -> Report | None:
    for other in reports:
        if other is not report and other.covers(report.at) and other.verb.speech and other.subject is not None:
            return other
    return None


def _same_person(p: Paragraph, outer: Report, inner: Report) -> bool:
    assert outer.subject is not None
    return inner.subject is None or p.lower[inner.subject[0]] in grammar.PRONOUNS or inner.subject == outer.subject


def _after_noun_of_saying(p: Paragraph, first: int, quote: int) -> Claim | None:
    """Take "her promise of “…”", "in Kemp’s words, “…”" and "his verdict: “…”"."""
    for k in range(quote - 1, max(first, quote - 12), -1):
        if p.lower[k] not in _NOUNS_OF_SAYING:
            continue
        before = k - 1
        while (
            before > first
            and not p.lower[before].endswith(("’s", "'s", "s’", "s'"))
            and p.lower[before] not in ("his", "her", "their", "its")
        ):
            before -= 1
            if k - before > 4 or not is_word(p.words[before]):
                return None
        if not (
            p.lower[before].endswith(("’s", "'s", "s’", "s'")) or p.lower[before] in ("his", "her", "their", "its")
        ):
            return None
        start = before
        while (
            start > first
            and is_word(p.words[start - 1])
            and (is_name(p.words[start - 1]) or p.lower[start - 1] in grammar.DETERMINERS)
            and p.lower[start - 1] not in grammar.PREPOSITIONS
        ):
            start -= 1
        return Claim((start, before + 1), "noun-of-saying", "likely", k)
    return None


def lead_in(p: Paragraph, first: int, colon: int, reports: list[Report]) -> Claim | None:
    """Give the claim of the words before a colon: a report, a noun of saying, or whoever the sentence is about."""
    name = colon
    while name > first and (is_name(p.words[name - 1]) or p.words[name - 1] == "and"):
        name -= 1
    if first < name < colon and p.words[name - 1] in ("-", "—", "--", "–", "|", "•", ")"):
        return Claim((name, colon), "name-and-colon", "certain", colon)
    for report in reversed(reports):
        if (
            first <= report.at < colon
            and report.subject is not None
            and not report.hypothetical
            and not report.verb.thought
        ):
            return Claim(report.subject, "colon-after-report", "certain", report.after)
    nominal = _after_noun_of_saying(p, first, colon)
    if nominal is not None:
        return nominal
    start = sentence_body(p, first, colon)
    who = main_subject(p, start, colon)
    if p.lower[start] in ("from", "more", "says") and "from" in p.lower[start : start + 2]:
        who = forward(p, p.lower.index("from", start) + 1, colon)
    if who is None:
        return None
    alone = who[1] >= colon or p.words[who[1]] in (",", "(")
    return Claim(who, "name-and-colon" if alone else "subject-and-colon", "certain" if alone else "likely", colon)
