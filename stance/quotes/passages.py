"""Decide for every quoted stretch and every report of a paragraph what it is: direct, partial, indirect or a mention.

Looks at one paragraph. Who speaks where the paragraph does not say so is another module's question.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from stance.quotes import grammar
from stance.quotes.attribution import Claim, after_quote, before_quote, lead_in
from stance.quotes.complements import circumstance
from stance.quotes.marks import Stretch, last_sign
from stance.quotes.mentions import is_named, is_sentence, is_title, is_title_in_prose
from stance.quotes.naming import name_of
from stance.quotes.phrases import Span, is_name, is_nickname, is_word
from stance.quotes.reports import Report, main_subject, reports, sentence_body
from stance.quotes.titles import DOCUMENT_NOUNS
from stance.quotes.tokens import QUOTE, Paragraph
from stance.records import QuoteKind

_CUTS = ",?!…—-"
_MAY_BE_FOLLOWED = "?!…—-,"
_SHORTEST_PIECE = 4
_REPORTED_THOUGHTS = frozenset("believe think hope fear expect doubt suspect".split())


@dataclass(slots=True)
class Passage:
    """A quoted stretch, several that belong together, or a reported clause.

    Attributes
    ----------
    paragraph : where it stands
    parts : (start, end) offsets
    kind : what it is
    token, sentence : its first token; the tokens of its sentence
    claim : who speaks, in ``where``; None when the sentence does not say
    where : the paragraph that the claim's tokens count in
    carrier : (start, end) of the reported clause around a partial quote
    alone : whether it is a sentence of its own, without any other words
    stretches : the quoted stretches, for their remarks
    """

    paragraph: Paragraph
    parts: list[tuple[int, int]]
    kind: QuoteKind
    token: int
    sentence: Span
    claim: Claim | None = None
    where: Paragraph | None = None
    carrier: tuple[int, int] | None = None
    alone: bool = False
    stretches: list[Stretch] = field(default_factory=list)
    last_token: int = 0
    last_paragraph: Paragraph | None = None
    interrupted_by: int | None = None


def passages(p: Paragraph) -> list[Passage]:
    """Give the passages of a paragraph in text order."""
    found: list[Passage] = []
    for first, stop in p.sentences:
        quoted = [i for i in range(first, stop) if i in p.quotes]
        own = reports(p, first, stop)
        placed = [_quoted(p, first, stop, i, own) for i in quoted]
        found += placed
        found += _indirect(p, first, stop, own, placed)
    return sorted(found, key=lambda passage: (passage.parts[0][0], -passage.parts[-1][1]))


def _quoted(p: Paragraph, first: int, stop: int, quote: int, own: list[Report]) -> Passage:
    stretch = p.quotes[quote]
    text = p.quoted(quote)
    opens = _opens_sentence(p, first, quote)
    rest = quote + 1
    alone = opens and all(not is_word(p.words[k]) and p.words[k] != QUOTE for k in range(rest, stop))
    passage = Passage(
        p,
        [(stretch.start, stretch.end)],
        "direct",
        quote,
        (first, stop),
        alone=alone,
        where=p,
        stretches=[stretch],
        last_token=quote,
    )
    if is_nickname(p, quote):
        passage.kind = "mention"
        return passage
    after = _after(p, first, stop, quote, text, opens)
    if opens and after is not None:
        passage.claim, passage.interrupted_by = after, after.after
        return passage
    before = before_quote(p, first, quote, own)
    report = before[1] if before else None
    leads = quote > first and p.words[quote - 1] in (",", ":", "—", "--", "–")
    if (
        quote > first
        and p.words[quote - 1] == ":"
        and not (after is not None and last_sign(text) == "," and not (report and quote - 3 <= report.at < quote))
    ):
        passage.claim = lead_in(p, first, quote - 1, own)
        shouted = all(word.isupper() or not word[0].isalpha() for word in p.words[first:quote])
        if (report is not None and report.hypothetical) or (
            (passage.claim is None or shouted) and (is_title(text) or not is_sentence(text))
        ):
            passage.kind = "mention"
        return passage
    named_just_before = (
        report is not None
        and 0 < quote - report.at <= 2
        and report.verb.label
        and after is not None
        and after.after - quote > 8
    )
    if (
        after is not None
        and not named_just_before
        and not (leads and before and report is not None and 0 < quote - report.at <= 8 and is_sentence(text))
    ):
        passage.claim, passage.interrupted_by = after, after.after
        passage.kind = "direct" if is_sentence(text) and not is_title(text) and len(text.split()) > 2 else "partial"
    elif before is not None:
        passage.claim = before[0]
        if passage.claim.relayed_by is None and after is not None:
            pass
        passage.kind = _kind_after_report(p, quote, text, report)
        if report is not None and report.hypothetical:
            passage.kind = "mention"
    elif alone:
        passage.kind = (
            "direct" if is_sentence(text) and not (is_title(text) and last_sign(text) not in "?!") else "mention"
        )
    else:
        _unclaimed(p, first, quote, text, passage, own)
    if passage.kind in ("partial", "direct") and not (leads and passage.kind == "direct") and not opens:
        if is_named(p, quote) or is_title_in_prose(p, quote, text):
            passage.kind = "mention"
    if passage.kind == "partial":
        passage.carrier = _carrier(p, quote, own)
    return passage


def _opens_sentence(p: Paragraph, first: int, quote: int) -> bool:
    """Tell whether only signs, list numbers, a time stamp, a dateline or "But" stand before a stretch."""
    if quote == first:
        return True
    return all(_is_no_lead(p, k) for k in range(sentence_body(p, first, quote), quote))


def _is_no_lead(p: Paragraph, k: int) -> bool:
    word = p.words[k]
    if is_word(word):
        return word[0].isdigit() or p.lower[k] in grammar.OPENERS
    return word not in (":", "—", "--", QUOTE) and (word != "," or p.lower[k - 1] in grammar.OPENERS)


def _after(p: Paragraph, first: int, stop: int, quote: int, text: str, opens: bool) -> Claim | None:
    last = last_sign(text)
    if quote + 1 >= stop:
        if quote + 1 >= len(p.words):
            return None
        begin, end = p.sentence_at(quote + 1)
        claim = after_quote(p, quote, end) if opens or last in "?!…" else None
        if claim is None or claim.who is None:
            return None
        if last in _MAY_BE_FOLLOWED:
            tail = circumstance(p, claim.after, end)
            return (
                claim
                if tail >= end or _closes_attribution(p, tail) or last in ",—-" or claim.rule == "verb-subject-after"
                else None
            )
        return (
            claim
            if (end - begin <= 12 and circumstance(p, claim.after, end) >= end - 1 and claim.rule != "according-to")
            or claim.rule == "signature"
            else None
        )
    cut = last in _CUTS or p.words[quote + 1] in (",", "—", "-", "--", "–")
    return after_quote(p, quote, stop) if cut or opens else None


def _closes_attribution(p: Paragraph, tail: int) -> bool:
    """Tell whether what follows "she asked" is no clause that the verb could take instead of the quote."""
    word = p.lower[tail]
    return (
        not is_word(word)
        or word in grammar.PREPOSITIONS
        or word in ("when", "while", "before", "and", "as")
        or word.endswith("ing")
    )


def _kind_after_report(p: Paragraph, quote: int, text: str, report: Report | None) -> QuoteKind:
    before = p.words[quote - 1]
    if before == "," and is_sentence(text):
        return "direct"
    speaks = report is not None and (report.verb.quote or report.verb.addressee) and report.rule != "according-to"
    if (
        before == ","
        and speaks
        and report is not None
        and (is_sentence(text) or circumstance(p, report.after, quote - 1) >= quote - 1)
    ):
        return "direct"
    if speaks and text[0].isupper() and last_sign(text) in ".!?…" and len(text.split()) > 2:
        return "direct"
    return "partial"


def _unclaimed(p: Paragraph, first: int, quote: int, text: str, passage: Passage, own: list[Report]) -> None:
    subject = main_subject(p, first, quote)
    if subject is not None and p.lower[subject[1] - 1] in DOCUMENT_NOUNS and len(text.split()) > 2:
        passage.kind = "partial"
        passage.claim = Claim(subject, "document-as-subject", "likely", subject[1])
        return
    if len(text.split()) >= _SHORTEST_PIECE and not is_title(text):
        who = main_subject(p, first, quote)
        if who is not None and _can_speak(p, who):
            passage.kind = "direct" if p.words[quote - 1] == "," and is_sentence(text) else "partial"
            passage.claim = Claim(who, "sentence-subject", "guess", who[1])
            return
    passage.kind = "mention"


def _can_speak(p: Paragraph, who: Span) -> bool:
    named = name_of(p, who)
    return named.kind in ("person", "group", "organisation") and (
        is_name(p.words[who[1] - 1])
        or p.lower[who[0]] in grammar.PRONOUNS - {"it", "you", "i"}
        or named.kind != "organisation"
    )


def _carrier(p: Paragraph, quote: int, own: list[Report]) -> tuple[int, int] | None:
    for report in own:
        for span in report.clauses:
            if span[0] <= quote < span[1] and span[1] - span[0] > 1:
                return _offsets(p, span)
    return None


def _offsets(p: Paragraph, span: Span) -> tuple[int, int]:
    return p.starts[span[0]], p.ends[span[1] - 1]


def _indirect(p: Paragraph, first: int, stop: int, own: list[Report], placed: list[Passage]) -> list[Passage]:
    """Give the reported clauses that are not themselves within another one, nor nothing but a quote."""
    whole = {passage.token for passage in placed if passage.kind == "direct"}
    found: list[Passage] = []
    for report in own:
        if not report.clauses or report.hypothetical or report.subject is None:
            continue
        if report.verb.thought and report.verb.lemma not in _REPORTED_THOUGHTS:
            continue
        if any(_holds(other, report) for other in own):
            continue
        if any(token in whole for span in report.clauses for token in range(*span)):
            continue
        if sum(end - start for start, end in report.clauses) < 2:
            continue
        claim = Claim(
            report.subject,
            report.rule,
            "certain" if not report.verb.thought else "likely",
            report.after,
            report.relayed_by,
        )
        parts = [_offsets(p, span) for span in report.clauses]
        found.append(Passage(p, parts, "indirect", report.clauses[0][0], (first, stop), claim, p))
    return found


def _holds(other: Report, report: Report) -> bool:
    """Tell whether a report stands within the clause of another; of two that hold each other the longer one holds."""
    if other is report or other.subject is None or other.hypothetical or not other.covers(report.at):
        return False
    return not report.covers(other.at) or _size(other) > _size(report)


def _size(report: Report) -> int:
    return sum(end - start for start, end in report.clauses)
