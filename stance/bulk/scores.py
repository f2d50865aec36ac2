"""The sums and softmaxes of many texts at once, in NumPy.

Worth its import from some hundred texts on; :class:`stance.predictor.Predictor` decides. Knows nothing of words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stance.bulk.find import BulkVocabulary, FoundTogether
from stance.bulk.sums import sums
from stance.errors import ModelError
from stance.vocabulary import Vocabulary
from stance.weights import Weights, WordWeights

Floats = NDArray[np.float64]
#: A head, its labels, its first column of scores, and the column after its last.
Columns = tuple[str, tuple[str, ...], int, int]

#: exp of more than some 700 is no number.
_LARGE = 500.0


class BulkScorer:
    """Looks texts up and turns what is known of them into scores.

    Parameters
    ----------
    vocabulary, weights : of the model
    path : of the model, for messages
    """

    def __init__(self, vocabulary: Vocabulary, weights: Weights, path: str) -> None:
        self.vocabulary = BulkVocabulary(vocabulary)
        self._terms = _term_rows(weights)
        outside, inside, self._leading = map(_stored, (weights.outside, weights.inside, weights.leading))
        self._words = np.concatenate([outside, inside])  # in whole steps
        self._steps: Floats = np.array(weights.outside.steps, np.float64)
        self._intercepts: Floats = np.array(weights.intercepts, np.float64)
        self._path = path

    def scores(self, found: FoundTogether) -> Floats:
        """Give the calibrated scores, shape (n_texts, n_columns).

        Raises
        ------
        ModelError
            If the model's weights are not finite numbers.
        """
        with np.errstate(all="ignore"):  # what is not finite is an error below, not a warning
            scores = self._term_scores(found)
            scores += self._intercepts
            scores += self._word_scores(found)
            scores[found.led] += self._leading[found.leads] * self._steps
        if not np.isfinite(scores).all():
            raise ModelError(self._path, "the weights are not all finite numbers", "Train it again or fetch it again.")
        return scores

    def _term_scores(self, found: FoundTogether) -> Floats:
        weights = self._terms.take(found.terms, axis=0)
        often = np.flatnonzero(found.times > 1)
        shares = (1 + np.log(found.times[often]))[:, None]
        weights[often] *= shares
        weights[often, -1:] *= shares
        by_text = sums(weights, found.terms_of)
        norms = np.sqrt(np.where(by_text[:, -1] > 0, by_text[:, -1], 1.0))
        scores: Floats = by_text[:, :-1] / norms[:, None]
        return scores

    def _word_scores(self, found: FoundTogether) -> Floats:
        by_text = sums(self._words.take(found.words, axis=0) * self._steps, found.words_of)
        scores: Floats = by_text / np.sqrt(np.maximum(found.words_of, 1))[:, None]
        return scores


def _term_rows(weights: Weights) -> Floats:
    """Give what each term adds that occurs once, as :meth:`stance.weights.Weights.read` has it."""
    idf = np.asarray(weights.idf).astype(np.float64)
    rows = np.empty((len(idf), weights.width + 1))
    rows[:, :-1] = np.asarray(weights.coefficients).reshape(-1, weights.width) * idf[:, None] * weights.factors
    rows[:, -1] = idf * idf
    return rows


def _stored(words: WordWeights) -> NDArray[Any]:
    return np.asarray(words.stored).reshape(len(words.known), len(words.steps))


def probabilities(scores: Floats, columns: Sequence[Columns], gate: tuple[str, int] | None) -> list[list[list[float]]]:
    """Give for each head the probabilities of each text, as :meth:`stance.predictor.Predictor.predict` has them.

    Parameters
    ----------
    scores : shape (n_texts, n_columns), the gate's log-odds last
    columns : (head, its labels, first column, column after the last)
    gate : the head behind the gate and the place of its label of what is not about politics
    """
    found = []
    for head, _, first, last in columns:
        own = _softmax(scores[:, first:last])
        if gate is not None and gate[0] == head:
            relevance = 1 / (1 + np.exp(-np.maximum(scores[:, -1], -_LARGE)))
            own *= relevance[:, None]
            own[:, gate[1]] += 1 - relevance
        found.append(own.tolist())
    return found


def _softmax(scores: Floats) -> Floats:
    powers: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
    powers /= powers.sum(axis=1, keepdims=True)
    return powers
