"""What a report is: who says something, by which verb, and the clause that is reported."""

from __future__ import annotations

from dataclasses import dataclass, field

from stance.quotes.grammar import PREPOSITIONS
from stance.quotes.phrases import Span
from stance.quotes.titles import OCCASIONS
from stance.quotes.tokens import Paragraph
from stance.quotes.verbs import Verb


@dataclass(slots=True)
class Report:
    """One report.

    Attributes
    ----------
    first, after : the tokens of the attribution, subject and verb
    at : token of the verb
    verb : what the verb takes
    subject : tokens of the phrase that names who reports; None when nobody does
    rule : name of the pattern
    clauses : token spans of the reported clause; two when the attribution interrupts it; none without a clause
    hypothetical : denied, imagined or asked for: nothing was said
    relayed_by : tokens of the phrase that names who passes it on
    """

    first: int
    after: int
    at: int
    verb: Verb
    subject: Span | None
    rule: str
    clauses: list[Span] = field(default_factory=list)
    hypothetical: bool = False
    relayed_by: Span | None = None

    def covers(self, token: int) -> bool:
        """Tell whether a token stands in the reported clause."""
        return any(first <= token < after for first, after in self.clauses)


def passes_on(p: Paragraph, source: Span) -> bool:
    """Tell who relays words from where they were said: "according to his driver", not "according to an interview"."""
    first, after = source
    head = next((k for k in range(first + 1, after) if p.lower[k] in PREPOSITIONS), after) - 1
    return p.lower[head] not in OCCASIONS
