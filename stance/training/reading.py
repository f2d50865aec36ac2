"""Read all texts once, into the counts and sums from which every fold's features are a choice of rows and columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from stance.text import is_account, shifted, terms_of, units_in
from stance.training import counts, vectors

Floats = NDArray[np.float64]
Ids = NDArray[np.intp]


@dataclass(frozen=True)
class Reading:
    """What the texts hold, whatever is trained on.

    Attributes
    ----------
    counted : shape (n_texts, n_terms)
    vocabulary : the terms, in the order of their bytes
    words : the word vectors
    sums : shape (n_texts, 2 × 80): the sum of the vectors of the words outside the scope of a valence shifter, then
        of those inside, each divided by the square root of the number of words that have a vector
    accounts : for each text the words that have a vector, in text order; empty for a text in which somebody speaks
    """

    counted: csr_matrix
    vocabulary: list[str]
    words: vectors.WordVectors
    sums: Floats
    accounts: tuple[Ids, ...]


def read(texts: Sequence[str]) -> Reading:
    """Read the texts."""
    units_of_texts = [units_in(text) for text in texts]
    counted, vocabulary = counts.count_terms([terms_of(units) for units in units_of_texts])
    words = vectors.load()
    row = {unit: number for number, unit in enumerate(words.units)}
    columns: list[int] = []
    shares: list[float] = []
    ends = [0]
    accounts = []
    for units in units_of_texts:
        inside = set(shifted(units))
        known = [(row[unit], place in inside) for place, unit in enumerate(units) if unit in row]
        columns += [number + len(row) * within for number, within in known]
        shares += [1 / sqrt(len(known) or 1)] * len(known)
        ends.append(len(columns))
        accounts.append(np.array([number for number, _ in known] if is_account(units) else [], np.intp))
    occurring = csr_matrix((shares, columns, ends), shape=(len(texts), 2 * len(row)))
    sums = np.hstack([np.asarray(half @ words.matrix) for half in (occurring[:, : len(row)], occurring[:, len(row) :])])
    return Reading(counted, vocabulary, words, sums, tuple(accounts))
