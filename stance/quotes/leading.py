"""Say who speaks a quoted stretch, from the words of its sentence before it or around it.

Each finding is a claim with the name of its rule.
"""

from __future__ import annotations

from stance.quotes import grammar
from stance.quotes.attribution import Claim
from stance.quotes.clauses import sentence_body
from stance.quotes.main_subjects import main_subject
from stance.quotes.phrases import forward, is_name, is_word
from stance.quotes.report import Report
from stance.quotes.tokens import Paragraph
from stance.records import Grade

_NOUNS_OF_SAYING = frozenset(
    """
    words word phrase promise call pledge verdict answer response reply comment remark message advice motto slogan
    demand warning vow claim question statement view assessment description complaint argument reaction prediction
    plea appeal insistence assertion admission quip tweet retort notion idea
    """.split()
)


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
    more = next((k for k in range(colon - 2, first, -1) if p.lower[k - 1 : k + 1] == ["more", "from"]), None)
    if more is not None and (source := forward(p, more + 1, colon)) is not None and source[1] == colon:
        return Claim(source, "name-and-colon", "certain", colon)
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
