"""Find the words that a report covers: behind its verb, in front of it, or around it.

Knows nothing of what stands inside quotation marks; a quoted stretch is one token.
"""

from __future__ import annotations

from stance.quotes import grammar
from stance.quotes.complements import circumstance, complement, is_clause, is_finite
from stance.quotes.phrases import Span, forward, is_word
from stance.quotes.report import Report, passes_on
from stance.quotes.tokens import QUOTE, Paragraph
from stance.quotes.verbs import FORMS

#: Words that open an adverbial clause, after which the main clause has to come.
_SUBORDINATING = frozenset("when while after before once until although though if unless because since as".split())


def add_clauses(p: Paragraph, first: int, stop: int, found: list[Report]) -> None:
    """Give every report of a sentence the clause that it reports."""
    end = _without_stop(p, first, stop)
    for report in found:
        if report.rule == "passive" or report.hypothetical:
            continue
        report.clauses = _clauses(p, first, end, report)
    _let_relay(p, found)
    for index, report in enumerate(found):
        if len(report.clauses) == 1 and report.clauses[0][0] >= report.after:
            report.clauses = _cut(p, report, found[index + 1 :])


def _let_relay(p: Paragraph, found: list[Report]) -> None:
    """Make "according to" relay when its clause is itself a report: "he said so, according to his driver"."""
    for source in found:
        if source.rule != "according-to" or not source.clauses:
            continue
        for report in found:
            if report is not source and source.covers(report.at) and report.verb.speech and report.subject is not None:
                if source.subject is not None and passes_on(p, source.subject):
                    report.relayed_by = source.subject
                source.clauses = []
                break


def _without_stop(p: Paragraph, first: int, stop: int) -> int:
    while stop > first and p.words[stop - 1] in (".", "!", "?", "…", ")", "]", ";"):
        stop -= 1
    return stop


def _clauses(p: Paragraph, first: int, end: int, report: Report) -> list[Span]:
    if report.rule == "according-to":
        return _around_according(p, first, end, report)
    if not (report.verb.clause or report.verb.quote) or _says_how(p, report, end):
        return []
    if report.verb.clause and report.rule != "verb-subject":
        following = complement(p, report.at, end, report.verb)
        if following is not None and report.rule == "opening-participle" and report.subject is not None:
            return [(following[0], report.subject[0] - 1)] if following[0] < report.subject[0] - 1 else []
        if following is not None:
            return [following]
    if report.rule in ("subject-verb", "verb-subject") and not report.verb.thought:
        return _fronted(p, first, end, report)
    return []


def _says_how(p: Paragraph, report: Report, end: int) -> bool:
    """Tell "began by saying", where the second verb has the words that are said and the first one none."""
    if report.after + 1 >= end or p.lower[report.after] != "by":
        return False
    verb = FORMS.get(p.lower[report.after + 1])
    return verb is not None and verb.participle and verb.speech


def _fronted(p: Paragraph, first: int, end: int, report: Report) -> list[Span]:
    """Give the clause before "…, the minister said", and what goes on after it."""
    k = report.first - 1
    if k < first:
        return []
    if p.words[k] not in (",", "—", "--", "–") and p.words[k] != QUOTE:
        return []
    before = (sentence_body(p, first, k), k + (p.words[k] == QUOTE))
    opening = p.lower[before[0]]
    if (
        before[1] - before[0] < 2
        or (opening.endswith(("ed", "ing")) and opening in FORMS)
        or (p.words[before[0]] == QUOTE and before[1] - before[0] < 2)
    ):
        return []
    told = forward(p, report.after, end) if report.verb.addressee else None
    tail = circumstance(p, told[1] if told else report.after, end)
    if tail < end and p.words[tail] == "," and p.words[k] == "," and _goes_on(p, tail + 1, end):
        return [before, (tail + 1, end)]
    if not _is_statement(p, *before):
        return []
    return [before] if tail >= end or not is_word(p.words[tail]) or tail > report.after else []


def _is_statement(p: Paragraph, first: int, end: int) -> bool:
    """Tell whether words before an attribution can be a sentence; an adverbial alone, "When he returned", is none."""
    opening = p.lower[first]
    if opening in _SUBORDINATING:
        return any(p.words[k] == "," and is_clause(p, k + 1, end, strict=False) for k in range(first + 1, end))
    return is_clause(p, first, end, strict=False)


def _goes_on(p: Paragraph, i: int, end: int) -> bool:
    """Tell whether an interrupted clause goes on: no participle, relative clause or second verb begins here."""
    if i < end and p.words[i] == QUOTE:
        return p.quoted(i)[0].islower()
    if i >= end or not is_word(p.words[i]):
        return False
    word = p.lower[i]
    if not any(is_finite(p, k) for k in range(i, min(end, i + 25))):
        return False
    return not (
        word.endswith("ing")
        or word in grammar.RELATIVES
        or word in ("and", "but", "as", "while", "after", "although", "though", "because", "a", "an")
    )


def sentence_body(p: Paragraph, first: int, stop: int) -> int:
    """Give the token after a dateline: "GREYHAVEN, March 3 (Reuters) -"."""
    if first != 0:
        return first
    for k in range(first, min(first + 14, stop)):
        if p.words[k] in ("-", "--", "—", "–") and (p.words[k - 1] == ")" or (k and p.words[first].isupper())):
            return k + 1
    return first


def _around_according(p: Paragraph, first: int, end: int, report: Report) -> list[Span]:
    after = _after_apposition(p, report.after, end)
    body = sentence_body(p, first, report.first)
    if report.first <= body + 1 and (report.first == body or p.lower[body] in grammar.OPENERS):
        for k in range(report.after, end):
            if p.words[k] == "," and k >= after:
                return [(k + 1, end)] if k + 1 < end else []
        return []
    before = report.first - 1 if p.words[report.first - 1] == "," else report.first
    while before > body and p.words[before - 1] in (",", "—", "--"):
        before -= 1
    if before - body < 2 and not (before > body and p.words[body] != QUOTE):
        return []
    if (
        after < end
        and p.words[after] == ","
        and p.words[report.first - 1] == ","
        and _goes_on(p, after + 1, end)
        and end - after > 3
    ):
        return [(body, before), (after + 1, end)]
    return [(body, before)]


def _after_apposition(p: Paragraph, i: int, end: int) -> int:
    """Step over ", who kept the visitors' book" up to the comma that closes it."""
    if (
        i + 1 < end
        and p.words[i] == ","
        and (p.lower[i + 1] in grammar.RELATIVES or p.lower[i + 1] in grammar.DETERMINERS)
    ):
        for k in range(i + 1, end):
            if p.words[k] == ",":
                return k
    return i


def _cut(p: Paragraph, report: Report, later: list[Report]) -> list[Span]:
    """End a clause where the next attribution of the same sentence begins."""
    start, end = report.clauses[0]
    for other in later:
        at = other.first
        if not start < at < end:
            continue
        before = p.lower[at - 1]
        if other.rule == "according-to":
            end = at - 1 if before == "," else at
        elif other.rule == "participle" and before == "," and other.subject == report.subject:
            end = at - 1
        elif other.rule == "shared-subject" and before in ("and", "but", "or") and other.subject == report.subject:
            end = at - 2 if p.words[at - 2] == "," else at - 1
        elif (
            other.rule == "subject-verb"
            and before in ("and", "but", "while", "although", "though", "because", "as")
            and p.words[at - 2] == ","
        ):
            end = at - 2
        elif other.rule == "subject-verb" and before == ";":
            end = at - 1
    return [(start, end)] if end > start else []
