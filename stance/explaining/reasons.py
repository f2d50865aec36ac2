"""Why a text got its label in one head: one reading of the text, then everything from the same columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stance.explaining.deletion import smallest_deletion
from stance.explaining.label import OTHER, explain_relevance, explanation
from stance.explaining.occurrences import Occurrence, occurrences, read
from stance.explaining.records import Comparison, Reasons
from stance.records import Contribution

if TYPE_CHECKING:
    from stance.predictor import Predictor


def reasons(predictor: Predictor, text: str, head: str, *, deletion: bool) -> Reasons:
    """Explain the most probable label of a text; see :meth:`stance.Predictor.reasons`."""
    first, names = {name: (begin, own) for name, own, begin, _ in predictor.columns}[head]
    found = read(predictor, text)
    final = predictor.head_probabilities(head, found.scores)
    order = sorted(range(len(names)), key=lambda i: (-final[i], i))
    winner, second = order[0], order[1]
    added = occurrences(predictor, found, [first + winner, first + second])
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
        deletion=smallest_deletion(predictor, text, head, comparison.contributions) if deletion else None,
    )


def _comparison(
    predictor: Predictor, labels: tuple[str, str], columns: tuple[int, int], added: list[Occurrence]
) -> Comparison:
    intercepts = predictor.weights.intercepts
    contributions = tuple([Contribution(term, start, end, a - b) for start, end, term, (a, b) in added])
    intercept = intercepts[columns[0]] - intercepts[columns[1]]
    return Comparison(*labels, intercept + sum([c.weight for c in contributions]), intercept, contributions)
