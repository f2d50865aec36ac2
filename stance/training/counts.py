"""Count the terms of all texts once; weigh any subset as a vectoriser fitted on it would.

Cross-validation with a pipeline tokenises every text once a fold and grid point; here a fold is a choice of rows and
columns. :func:`weigh` gives exactly what scikit-learn's ``TfidfVectorizer`` gives (a test compares them).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.preprocessing import normalize

from stance.errors import DatasetError

Rows = NDArray[np.intp]


def count_terms(texts: Sequence[Sequence[str]]) -> tuple[csr_matrix, list[str]]:
    """Give the counts, shape (n_texts, n_terms), and the terms in the order of their UTF-8 bytes.

    Parameters
    ----------
    texts : the terms of each
    """
    counted = [Counter(terms) for terms in texts]
    vocabulary = sorted({term for each in counted for term in each}, key=lambda term: term.encode())
    column = {term: index for index, term in enumerate(vocabulary)}
    indptr = np.cumsum([0, *(len(each) for each in counted)])
    indices = np.fromiter((column[term] for each in counted for term in sorted(each)), np.int32)
    data = np.fromiter((each[term] for each in counted for term in sorted(each)), np.float64)
    matrix = csr_matrix((data, indices, indptr), shape=(len(texts), len(vocabulary)))
    matrix.sort_indices()
    return matrix, vocabulary


def kept_columns(counts: csr_matrix, min_count: int) -> Rows:
    """Give the columns of terms that occur in at least ``min_count`` of the rows.

    Raises
    ------
    DatasetError
        If there is none.
    """
    kept = np.flatnonzero(document_frequencies(counts) >= min_count)
    if not len(kept):
        raise DatasetError(["Training finds too few words in the texts. Check that they are in the text column."])
    return kept


def document_frequencies(counts: csr_matrix) -> NDArray[np.int64]:
    """Give, for each term, the number of texts that hold it."""
    return np.bincount(counts.indices, minlength=counts.shape[1]).astype(np.int64)


def inverse_document_frequencies(counts: csr_matrix) -> NDArray[np.float64]:
    """Give ln((1 + n) / (1 + df)) + 1, scikit-learn's smoothed form, rounded to single precision.

    Single precision because that is what the model file holds: what is trained is what will predict.
    """
    n = counts.shape[0]
    idf: NDArray[np.float64] = np.log((1 + n) / (1 + document_frequencies(counts))) + 1
    return idf.astype(np.float32).astype(np.float64)


def weigh(counts: csr_matrix, idf: NDArray[np.float64]) -> csr_matrix:
    """Give (1 + ln count) × idf, each row divided by its Euclidean norm; rows without a term stay zero."""
    weighted = counts.copy()
    weighted.data = (1 + np.log(weighted.data)) * idf[weighted.indices]
    return normalize(weighted, copy=False)
