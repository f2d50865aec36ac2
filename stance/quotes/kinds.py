"""Decide whether a quoted stretch after a verb or a noun of saying is direct or partial.

A stretch is direct when it is all that is said: a sentence by its signs, or set off from the words before it.
"""

from __future__ import annotations

from stance.quotes import grammar
from stance.quotes.complements import after_addressee, circumstance
from stance.quotes.marks import last_sign
from stance.quotes.mentions import is_sentence
from stance.quotes.phrases import base_of_contraction
from stance.quotes.report import Report
from stance.quotes.tokens import Paragraph
from stance.records import QuoteKind

_SUBJECTS = grammar.PRONOUNS | frozenset("there this these those that".split())


_SHORTEST_STATEMENT = 6


def kind_after_report(p: Paragraph, quote: int, text: str, report: Report | None) -> QuoteKind:
    """Give the kind of the stretch at token ``quote`` that the words before it attribute, by ``report`` or a noun."""
    before = p.words[quote - 1]
    if before == "," and is_sentence(text):
        return "direct"
    speaks = report is not None and (report.verb.quote or report.verb.addressee) and report.rule != "according-to"
    if before == "," and speaks and report is not None and (is_sentence(text) or _says_all_before(p, report, quote)):
        return "direct"
    words = len(text.split())
    ends, follows = last_sign(text) in ".!?…", report is not None and quote == report.at + 1
    if speaks and text[0].isupper() and ends and words > (1 if follows else 2):
        return "direct"
    if before == "," and report is None and ends and p.lower[quote - 2] in ("words", "word") and _begins_clause(text):
        return "direct"
    if speaks and report is not None and follows and report.verb.clause and ends and _begins_statement(text):
        return "direct"
    return "partial"


def _says_all_before(p: Paragraph, report: Report, quote: int) -> bool:
    """Tell whether only those told, times and places stand between a verb and the comma before a quote."""
    start = after_addressee(p, report.after, quote - 1) if report.verb.addressee else report.after
    return circumstance(p, start, quote - 1) >= quote - 1


def _begins_clause(text: str) -> bool:
    """Tell whether words begin with a pronoun as their subject, so that they need no word from outside."""
    return base_of_contraction(text.split()[0].lower()) in _SUBJECTS


def _begins_statement(text: str) -> bool:
    """Tell whether words directly after "said" can be all that is said: long enough, no verb or "to" first."""
    words = text.lower().split()
    first = words[0]
    return len(words) >= _SHORTEST_STATEMENT and first not in grammar.AUXILIARIES and first not in ("to", "that")
