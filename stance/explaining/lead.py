"""How far a label is ahead of the others of its head, and which scores it owes that to.

Knows nothing of words.
"""

from __future__ import annotations

from operator import sub
from typing import TYPE_CHECKING

from stance.predictor import softmax

if TYPE_CHECKING:
    from stance.predictor import Predictor

#: Probabilities are no lower than this where they divide.
_TINY = 1e-300


#: The likeliest other labels; a third one more would find a smaller set in one of two hundred texts.
RIVALS = 2


class Lead:
    """One label of one head.

    Attributes
    ----------
    head, label : as given
    columns : of the scores, those that decide: the head's and the last, which is the gate's where there is one
    """

    def __init__(self, predictor: Predictor, head: str, label: str) -> None:
        self._predictor, self.head, self.label = predictor, head, label
        first, last, names = next((a, b, names) for name, names, a, b in predictor.columns if name == head)
        self._place = names.index(label)
        gate = predictor.gate
        self._gate_place = gate.place if gate is not None and gate.head == head else None
        self.columns = [*range(first, last), predictor.weights.width - 1]

    def of(self, scores: list[float]) -> float:
        """Give by how much the label is more probable than the likeliest other one; below 0 it is less.

        Parameters
        ----------
        scores : of :attr:`columns`
        """
        others = self._predictor.head_probabilities(self.head, scores[:-1], scores[-1])
        own = others.pop(self._place)
        return own - max(others)

    def slopes(self, scores: list[float]) -> list[list[float]]:
        """Give for each rival the derivatives, by each score, of the log-odds of this label against it."""
        inner = softmax(scores[:-1])
        relevance = 1.0 if self._gate_place is None else self._predictor.relevance(scores)
        own = self._slopes(self._place, inner, relevance)
        final = self._predictor.head_probabilities(self.head, scores[:-1], scores[-1])
        others = sorted([(-p, place) for place, p in enumerate(final) if place != self._place])
        return [list(map(sub, own, self._slopes(place, inner, relevance))) for _, place in others[:RIVALS]]

    def _slopes(self, place: int, inner: list[float], relevance: float) -> list[float]:
        """Differentiate the logarithm of ``relevance * inner[place]``, plus ``1 - relevance`` for the gate's label."""
        gated = float(place == self._gate_place)
        by_words = relevance * inner[place]
        whole = max(by_words + (1 - relevance) * gated, _TINY)
        share = by_words / whole
        slopes = [share * ((column == place) - probability) for column, probability in enumerate(inner)]
        return [*slopes, (1 - relevance) * (share - gated * relevance / whole)]
