"""The features of one training side: TF-IDF terms, sums of word vectors, and the leading act of an account.

Every feature is linear in the words of the text, so that after training each block folds into one weight a word and
class (:func:`Features.folded`): the vectors are not needed to predict.

The leading act: in news English the first strong word governs ("freed a blogger who had been arrested in a raid",
"refused to lift the ban"), and a bag of words cannot know it. Which words are strong is learnt first, by a model of
single words; the first of them in a text without "I", "we" or "you" gets features of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from stance.text import is_slot
from stance.training import counts, solve
from stance.training.config import TrainingConfig
from stance.training.reading import Reading

Floats = NDArray[np.float64]
Ids = NDArray[np.intp]

#: Words as strong as the strongest tenth of running words can lead; a fifth or a twentieth did no better
#: (benchmarks/README.md).
STRONGEST = 0.9
_STRENGTH_C = 1.0
#: Which words are strong takes no exact solution: half of the time, the same scores.
_ROUGHLY = 1e-3
_NOBODY = -1


@dataclass(frozen=True)
class Folded:
    """One head's weights as prediction uses them.

    Attributes
    ----------
    terms : shape (n_classes, n_terms), of TF-IDF values
    outside, inside : shape (n_classes, n_words), of a word outside or inside a shifter's scope, divided by the
        square root of the number of words
    leading : shape (n_classes, n_words), of the leading act; zero for words that are none
    """

    terms: Floats
    outside: Floats
    inside: Floats
    leading: Floats


@dataclass(frozen=True)
class Choice:
    """What features were fitted to.

    Attributes
    ----------
    kept : columns of ``reading.counted``, shape (n_terms,)
    idf : shape (n_terms,)
    acts : whether a word can lead, shape (n_words,)
    leaders : words that lead a training text, each with a column of its own
    """

    kept: Ids
    idf: Floats
    acts: NDArray[np.bool_]
    leaders: Ids


class Features:
    """Give the matrix of any rows.

    Parameters
    ----------
    reading : all texts
    choice : what :meth:`fit` found on the training rows
    """

    def __init__(self, reading: Reading, choice: Choice, config: TrainingConfig) -> None:
        self.choice = choice
        self._reading, self._config = reading, config
        self._lead = _leads(reading, choice.acts)

    @classmethod
    def fit(
        cls, reading: Reading, rows: Ids, labels: Sequence[str | None], weights: Floats, config: TrainingConfig
    ) -> Features:
        """Fit on the training rows.

        Parameters
        ----------
        rows : the training side
        labels : of the training rows, in the head that decides which words are acts; None where it has no label
        weights : importance of each training row, shape (n_rows,)
        """
        counted = reading.counted[rows]
        kept = counts.kept_columns(counted, config.min_count)
        idf = counts.inverse_document_frequencies(counted[:, kept])
        acts = _strong_words(reading, config, kept, idf, rows, labels, weights)
        leads = _leads(reading, acts)[rows]
        return cls(reading, Choice(kept, idf, acts, np.unique(leads[leads != _NOBODY])), config)

    def matrix(self, rows: Ids, *, leading: bool) -> csr_matrix:
        """Give the features, shape (n_rows, n_features).

        Parameters
        ----------
        leading : whether the leading act has features; it says what is done, and nothing of the tone
        """
        reading, config = self._reading, self._config
        terms = counts.weigh(reading.counted[rows][:, self.choice.kept], self.choice.idf)
        if not config.vector_weight:
            return terms
        blocks = list(self._leading_blocks(rows)) if leading else []
        extra = hstack([*blocks, csr_matrix(reading.sums[rows])])
        return hstack([terms, config.vector_weight * extra]).tocsr()

    def _leading_blocks(self, rows: Ids) -> tuple[csr_matrix, csr_matrix]:
        """Give the leading word itself, if it leads a training text, and its vector."""
        words = self._reading.words.matrix
        leads = self._lead[rows]
        led = np.flatnonzero(leads != _NOBODY)
        known = led[np.isin(leads[led], self.choice.leaders)]
        own = csr_matrix(
            (np.ones(len(known)), (known, np.searchsorted(self.choice.leaders, leads[known]))),
            shape=(len(rows), len(self.choice.leaders)),
        )
        vectors = np.zeros((len(rows), words.shape[1]))
        vectors[led] = words[leads[led]]
        return own, csr_matrix(vectors)

    def lead(self, row: int) -> int | None:
        """Give the word that leads a text, or None."""
        return int(self._lead[row]) if self._lead[row] != _NOBODY else None

    def folded(self, coefficients: Floats, *, leading: bool) -> Folded:
        """Bring the weights of the features to the words.

        Parameters
        ----------
        coefficients : shape (n_classes, n_features)
        leading : as in :meth:`matrix`
        """
        matrix = self._reading.words.matrix
        classes, n_terms = len(coefficients), len(self.choice.kept)
        none = np.zeros((classes, len(matrix)))
        if not self._config.vector_weight:
            return Folded(coefficients, none, none, none)
        extra = self._config.vector_weight * coefficients[:, n_terms:]
        outside, inside = np.split(extra[:, -2 * matrix.shape[1] :], 2, axis=1)
        by_act = none
        if leading:
            own, by_vector = np.split(extra[:, : -2 * matrix.shape[1]], [len(self.choice.leaders)], axis=1)
            by_act = by_vector @ matrix.T * self.choice.acts
            by_act[:, self.choice.leaders] += own
        return Folded(coefficients[:, :n_terms], outside @ matrix.T, inside @ matrix.T, by_act)


def _strong_words(
    reading: Reading,
    config: TrainingConfig,
    kept: Ids,
    idf: Floats,
    rows: Ids,
    labels: Sequence[str | None],
    weights: Floats,
) -> NDArray[np.bool_]:
    """Tell which words are acts: how far a word's weights of the classes lie apart, in a model of single words."""
    known = [label for label in labels if label is not None]
    if not (config.vector_weight and config.leading_act) or len(set(known)) < 2:
        return np.zeros(len(reading.words.units), bool)
    labelled = np.array([label is not None for label in labels])
    rows, weights = rows[labelled], weights[labelled]
    single = np.array([i for i, n in enumerate(kept) if _is_unit(reading.vocabulary[n])], np.intp)
    counted = reading.counted[rows][:, kept[single]]
    half = reading.words.matrix.shape[1]
    sums = reading.sums[rows][:, :half] + reading.sums[rows][:, half:]
    fitted = hstack([counts.weigh(counted, idf[single]), csr_matrix(sums)]).tocsr()
    coefficients, _ = solve.columns(solve.fit(fitted, known, weights, _STRENGTH_C, tolerance=_ROUGHLY))
    of_words = coefficients[:, len(single) :] @ reading.words.matrix.T
    number = {unit: n for n, unit in enumerate(reading.words.units)}
    for column, index in enumerate(single):
        word = number.get(reading.vocabulary[kept[index]])
        if word is not None:
            of_words[:, word] += coefficients[:, column] * idf[index]
    apart = np.ptp(of_words, axis=0)
    running = np.concatenate([reading.accounts[row] for row in rows])
    if not len(running):
        return np.zeros(len(apart), bool)
    strong: NDArray[np.bool_] = apart >= np.quantile(apart[running], STRONGEST)
    return strong


def _leads(reading: Reading, acts: NDArray[np.bool_]) -> Ids:
    """Give the word that leads each text, or -1."""
    if not acts.any():
        return np.full(len(reading.accounts), _NOBODY)
    found = [next((word for word in words if acts[word]), _NOBODY) for words in reading.accounts]
    return np.array(found, np.intp)


def _is_unit(term: str) -> bool:
    return " " not in term and not term.startswith("~") and not is_slot(term)
