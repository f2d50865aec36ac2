"""Decide for every quoted stretch and every report of a paragraph what it is: direct, partial, indirect or a mention.

Looks at one paragraph. Who speaks where the paragraph does not say so is another module's question.
"""

from __future__ import annotations

from bisect import bisect_left

from stance.quotes import grammar
from stance.quotes.attribution import Claim
from stance.quotes.clauses import sentence_body
from stance.quotes.indirect import indirect, offsets
from stance.quotes.kinds import kind_after_report
from stance.quotes.leading import before_quote, lead_in
from stance.quotes.main_subjects import main_subject
from stance.quotes.marks import last_sign
from stance.quotes.mentions import is_named, is_sentence, is_title, is_title_in_prose
from stance.quotes.naming import name_of
from stance.quotes.passage import Passage
from stance.quotes.phrases import Span, is_name, is_nickname, is_word
from stance.quotes.report import Report
from stance.quotes.reports import reports
from stance.quotes.signals import may_state, signals
from stance.quotes.titles import DOCUMENT_NOUNS
from stance.quotes.tokens import QUOTE, Paragraph
from stance.quotes.trailing import claim_behind

_SPEAKING_PRONOUNS = grammar.PRONOUNS - {"it", "you", "i"}


_SHORTEST_PIECE = 4
#: Signs before a stretch that announce it.
_ANNOUNCING = (",", ":", "—", "--", "–")


def passages(p: Paragraph) -> list[Passage]:
    """Give the passages of a paragraph in text order."""
    found: list[Passage] = []
    on, marked = signals(p, 0, len(p.words)), list(p.quotes)
    if not on and not marked:
        return found
    for first, stop in p.sentences:
        among = on[bisect_left(on, first) : bisect_left(on, stop)]
        quoted = marked[bisect_left(marked, first) : bisect_left(marked, stop)]
        if not quoted and not may_state(p, first, stop, among):
            continue
        own = reports(p, first, stop, among)
        placed = [_quoted(p, first, stop, i, own) for i in quoted]
        found += placed
        found += indirect(p, first, stop, own, placed)
    return sorted(found, key=lambda passage: (passage.parts[0][0], -passage.parts[-1][1]))


def _quoted(p: Paragraph, first: int, stop: int, quote: int, own: list[Report]) -> Passage:
    stretch = p.quotes[quote]
    text = p.quoted(quote)
    opens = _opens_sentence(p, first, quote)
    alone = opens and all(not is_word(p.words[k]) and p.words[k] != QUOTE for k in range(quote + 1, stop))
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
    after = claim_behind(p, stop, quote, text, opens=opens)
    if opens and after is not None:
        passage.claim, passage.interrupted_by = after, after.after
        return passage
    _claim_within(p, first, quote, text, passage, after, own)
    if passage.kind == "partial":
        passage.carrier = _carrier(p, quote, own)
    return passage


def _claim_within(
    p: Paragraph, first: int, quote: int, text: str, passage: Passage, after: Claim | None, own: list[Report]
) -> None:
    """Decide kind and speaker of a stretch that does not open a sentence with its attribution behind it."""
    before = before_quote(p, first, quote, own)
    report = before[1] if before else None
    mark = p.words[quote - 1] if quote > first else ""
    if mark == ":" and not (after is not None and last_sign(text) == "," and not _is_near(report, quote, 3)):
        _claim_by_colon(p, first, quote, text, passage, report, own)
        return
    if after is not None and not _belongs_before(report, quote, text, after, announced=mark in _ANNOUNCING):
        passage.claim, passage.interrupted_by = after, after.after
        passage.kind = "direct" if is_sentence(text) and not is_title(text) and len(text.split()) > 2 else "partial"
    elif before is not None:
        passage.claim = before[0]
        unsaid = report is not None and report.hypothetical
        passage.kind = "mention" if unsaid else kind_after_report(p, quote, text, report)
    elif passage.alone:
        titled = is_title(text) and last_sign(text) not in "?!"
        passage.kind = "direct" if is_sentence(text) and not titled else "mention"
        return
    else:
        _unclaimed(p, first, quote, text, passage)
    announced = mark in _ANNOUNCING and passage.kind == "direct"
    if not announced and mark and (is_named(p, quote) or is_title_in_prose(p, quote, text)):
        passage.kind = "mention"


def _claim_by_colon(
    p: Paragraph, first: int, quote: int, text: str, passage: Passage, report: Report | None, own: list[Report]
) -> None:
    passage.claim = lead_in(p, first, quote - 1, own)
    shouted = all(word.isupper() or not word[0].isalpha() for word in p.words[first:quote])
    unsaid = report is not None and report.hypothetical
    if unsaid or ((passage.claim is None or shouted) and (is_title(text) or not is_sentence(text))):
        passage.kind = "mention"


def _is_near(report: Report | None, quote: int, most: int) -> bool:
    return report is not None and 0 < quote - report.at <= most


def _belongs_before(report: Report | None, quote: int, text: str, after: Claim, *, announced: bool) -> bool:
    """Tell whether a stretch between two attributions is the first one's: "called it “X,” the club, which …, said"."""
    if report is None:
        return False
    if _is_near(report, quote, 2) and report.verb.label and after.after - quote > 8:
        return True
    return announced and _is_near(report, quote, 8) and is_sentence(text)


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


def _unclaimed(p: Paragraph, first: int, quote: int, text: str, passage: Passage) -> None:
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
        is_name(p.words[who[1] - 1]) or p.lower[who[0]] in _SPEAKING_PRONOUNS or named.kind != "organisation"
    )


def _carrier(p: Paragraph, quote: int, own: list[Report]) -> tuple[int, int] | None:
    for report in own:
        for span in report.clauses:
            if span[0] <= quote < span[1] and span[1] - span[0] > 1:
                return offsets(p, span)
    return None
