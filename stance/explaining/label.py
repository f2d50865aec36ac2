"""What speaks for one label of one head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from stance.explaining.occurrences import Occurrence, ReadText, occurrences, read, shares
from stance.records import Contribution, Explanation

if TYPE_CHECKING:
    from stance.predictor import Predictor

#: What :meth:`stance.Predictor.explain` calls the gate, and its two sides.
RELEVANCE = "relevance"
POLITICS, OTHER = "politics", "other"


def explain(predictor: Predictor, text: str, head: str, label: str | None) -> Explanation:
    """Give what each term adds to the score of a label; see :meth:`stance.Predictor.explain`."""
    found = read(predictor, text)
    if head == RELEVANCE and predictor.gate is not None:
        label = label or (POLITICS if found.scores[-1] >= 0 else OTHER)
        return explain_relevance(predictor, found, label)
    first, names = {name: (begin, own) for name, own, begin, _ in predictor.columns}[head]
    if label is None:
        own = predictor.head_probabilities(head, found.scores[first : first + len(names)], found.scores[-1])
        label = names[own.index(max(own))]
    column = first + names.index(label)
    return explanation(predictor, head, label, column, _added(predictor, found, [column]))


def explain_labels(predictor: Predictor, text: str, labels: Mapping[str, str]) -> dict[str, Explanation]:
    """Give what speaks for a label of each of some heads; see :meth:`stance.Predictor.explain_labels`."""
    found = read(predictor, text)
    of_head = {name: (begin, own) for name, own, begin, _ in predictor.columns}
    columns = [of_head[head][0] + of_head[head][1].index(label) for head, label in labels.items()]
    added = _added(predictor, found, columns)
    return {
        head: explanation(predictor, head, label, columns[place], added, place=place)
        for place, (head, label) in enumerate(labels.items())
    }


def explain_relevance(predictor: Predictor, found: ReadText, label: str) -> Explanation:
    """Give what speaks for a text being, or not being, about politics.

    Raises
    ------
    ValueError
        If ``label`` is neither ``politics`` nor ``other``.
    """
    sign = (1.0, -1.0)[(POLITICS, OTHER).index(label)]
    column = len(found.scores) - 1
    added = _added(predictor, found, [column])
    return explanation(predictor, RELEVANCE, label, column, added, sign=sign)


def explanation(
    predictor: Predictor,
    head: str,
    label: str,
    column: int,
    added: list[Occurrence],
    *,
    place: int = 0,
    sign: float = 1.0,
) -> Explanation:
    """Make the record.

    Parameters
    ----------
    column : of the scores
    added : occurrences with what they add to this column at ``place`` of each
    sign : -1 for the other side of log-odds
    """
    contributions = tuple([Contribution(term, start, end, sign * w[place]) for start, end, term, w in added])
    intercept = sign * predictor.weights.intercepts[column]
    return Explanation(head, label, intercept + sum([c.weight for c in contributions]), intercept, contributions)


def _added(predictor: Predictor, text: ReadText, columns: Sequence[int]) -> list[Occurrence]:
    return occurrences(predictor, text, shares(predictor, text, columns), range(len(columns)))
