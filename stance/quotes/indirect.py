"""Give the reported clauses of a sentence that stand as quotes of their own."""

from __future__ import annotations

from stance.quotes.attribution import Claim
from stance.quotes.passage import Passage
from stance.quotes.phrases import Span
from stance.quotes.report import Report
from stance.quotes.signals import REPORTED_THOUGHTS
from stance.quotes.tokens import Paragraph


def offsets(p: Paragraph, span: Span) -> tuple[int, int]:
    """Give the offsets of a span of tokens, without the white space at the open side of a quote with one mark only."""
    start, end = p.starts[span[0]], p.end_of(span[1] - 1)
    inside = p.article[start:end]
    return end - len(inside.lstrip()), start + len(inside.rstrip())


def indirect(p: Paragraph, first: int, stop: int, own: list[Report], placed: list[Passage]) -> list[Passage]:
    """Give the reported clauses that are not themselves within another one, nor nothing but a quote."""
    spoken = {passage.interrupted_by for passage in placed if passage.kind == "direct"}
    whole = {passage.token for passage in placed if passage.kind == "direct"}
    found: list[Passage] = []
    for report in own:
        if not report.clauses or report.hypothetical or report.subject is None:
            continue
        if report.verb.thought and report.verb.lemma not in REPORTED_THOUGHTS:
            continue
        if report.after in spoken and p.lower[report.clauses[0][0] - 1] != "that":
            continue
        if (len(own) > 1 and any(_holds(other, report) for other in own)) or _size(report) < 2:
            continue
        if any(start <= token < end for token in whole for start, end in report.clauses):
            continue
        claim = Claim(
            report.subject,
            report.rule,
            "certain" if not report.verb.thought else "likely",
            report.after,
            report.relayed_by,
        )
        parts = [offsets(p, span) for span in report.clauses]
        found.append(Passage(p, parts, "indirect", report.clauses[0][0], (first, stop), claim, p))
    return found


def _holds(other: Report, report: Report) -> bool:
    """Tell whether a report stands within the clause of another; of two that hold each other the longer one holds."""
    if other is report or other.subject is None or other.hypothetical or not other.covers(report.at):
        return False
    return not report.covers(other.at) or _size(other) > _size(report)


def _size(report: Report) -> int:
    return sum([end - start for start, end in report.clauses])
