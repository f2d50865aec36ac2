"""Why a text got its label in one head: one reading of the text, then everything from the same columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stance.explaining.deletion import small_deletion
from stance.explaining.label import OTHER, explain_relevance, explanation
from stance.explaining.lead import Lead
from stance.explaining.losses import Losses
from stance.explaining.occurrences import Occurrence, ReadText, Shares, occurrences, read, shares
from stance.explaining.records import Comparison, Deletion, Reasons
from stance.records import Contribution
from stance.undecided import undecided

if TYPE_CHECKING:
    from stance.predictor import Predictor


def reasons(predictor: Predictor, text: str, head: str, *, deletion: bool) -> Reasons:
    """Explain the most probable label of a text; see :meth:`stance.Predictor.reasons`."""
    first, names = {name: (begin, own) for name, own, begin, _ in predictor.columns}[head]
    found = read(predictor, text)
    final = predictor.head_probabilities(head, found.scores[first : first + len(names)], found.scores[-1])
    order = sorted(range(len(names)), key=lambda i: (-final[i], i))
    winner, second = order[0], order[1]
    lead = Lead(predictor, head, names[winner])
    own_shares = shares(predictor, found, lead.columns)
    added = occurrences(predictor, found, own_shares, (winner, second))
    gated = predictor.gate is not None and predictor.gate.head == head
    own = found.scores[first : first + len(names)]
    by_gate = gated and own.index(max(own)) != winner
    comparison = _comparison(predictor, (names[winner], names[second]), (first + winner, first + second), added)
    return Reasons(
        text=text,
        head=head,
        label=names[winner],
        probabilities=dict(zip(names, final, strict=True)),
        explanation=explanation(predictor, head, names[winner], first + winner, added),
        comparison=comparison,
        relevance=predictor.relevance(found.scores) if gated else None,
        gate=explain_relevance(predictor, found, OTHER) if by_gate else None,
        deletion=_deletion(predictor, text, found, own_shares, lead) if deletion else None,
    )


def _deletion(predictor: Predictor, text: str, found: ReadText, own: Shares, lead: Lead) -> Deletion | None:
    if undecided(found.found.counts) is not None:
        return None
    return small_deletion(predictor, text, lead, Losses(predictor, found, own, lead.columns))


def _comparison(
    predictor: Predictor, labels: tuple[str, str], columns: tuple[int, int], added: list[Occurrence]
) -> Comparison:
    intercepts = predictor.weights.intercepts
    contributions = tuple([Contribution(term, start, end, a - b) for start, end, term, (a, b) in added])
    intercept = intercepts[columns[0]] - intercepts[columns[1]]
    return Comparison(*labels, intercept + sum([c.weight for c in contributions]), intercept, contributions)
