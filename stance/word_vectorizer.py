"""The words of a text as scikit-learn features, for those who work on with ``pipeline.joblib``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin

from stance.text import is_account, shifted, units_in


class WordVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Turns texts into counts of words outside and inside a shifter's scope, and the leading act.

    Parameters
    ----------
    words : the words that have weights
    acts : shape (n_words,), whether a word can lead
    """

    def __init__(self, words: Sequence[str], acts: NDArray[np.bool_]) -> None:
        self.words = words
        self.acts = acts

    def fit(self, texts: Iterable[str], y: Any = None) -> WordVectorizer:  # noqa: ARG002 -- scikit-learn's signature
        """Do nothing: the words are given."""
        return self

    def __sklearn_is_fitted__(self) -> bool:
        """Tell scikit-learn that nothing is left to fit."""
        return True

    def _rows(self) -> dict[str, int]:
        """Give word to row, made once: a pipeline is asked for one text at a time too."""
        if not hasattr(self, "rows_"):
            self.rows_ = {word: number for number, word in enumerate(self.words)}
        return self.rows_

    def transform(self, texts: Iterable[str]) -> csr_matrix:
        """Give the features, shape (n_texts, 3 × n_words): outside, inside, leading."""
        row, size = self._rows(), len(self.words)
        data: list[float] = []
        columns: list[int] = []
        ends = [0]
        for text in texts:
            units = units_in(text)
            inside = set(shifted(units))
            known = [(row[unit], place in inside) for place, unit in enumerate(units) if unit in row]
            columns += [number + size * within for number, within in known]
            data += [1 / sqrt(len(known) or 1)] * len(known)
            lead = next((number for number, _ in known if self.acts[number]), None) if is_account(units) else None
            if lead is not None:
                columns.append(2 * size + lead)
                data.append(1.0)
            ends.append(len(columns))
        matrix = csr_matrix((data, columns, ends), shape=(len(ends) - 1, 3 * size))
        matrix.sum_duplicates()
        return matrix
