"""The labelled statements nearest to a text, by the cosine of the TF-IDF vectors of the model itself.

All of them are read and indexed by term on first use. Knows nothing of scores: near is what shares rare words, not what
got its label for the same reason.
"""

from __future__ import annotations

from heapq import nsmallest
from math import log, sqrt

from stance.explaining.records import Neighbour
from stance.model.folder import StoredModel
from stance.model.neighbours import read_neighbours
from stance.text.analysis import shifted, units_in
from stance.vocabulary import Vocabulary
from stance.weights import Weights


class Neighbours:
    """The statements of a model folder, ready to be searched.

    Raises
    ------
    ModelError
        If the folder holds no statements, or they are not those of the manifest.
    """

    def __init__(self, model: StoredModel, vocabulary: Vocabulary, weights: Weights) -> None:
        self._vocabulary, self._idf = vocabulary, weights.idf
        self._statements = read_neighbours(model)
        #: Term to (number of the statement, its value there) of each statement that holds it.
        self._postings: dict[int, list[tuple[int, float]]] = {}
        for number, statement in enumerate(self._statements):
            for row, value in self._vector(statement.text).items():
                self._postings.setdefault(row, []).append((number, value))

    def nearest(self, text: str, most: int) -> tuple[Neighbour, ...]:
        """Give the nearest that share a term with the text, the nearest first, in file order where equally near."""
        similarities: dict[int, float] = {}
        for row, value in self._vector(text).items():
            for number, other in self._postings.get(row, ()):
                similarities[number] = similarities.get(number, 0.0) + value * other
        best = nsmallest(most, similarities.items(), key=lambda item: (-round(item[1], 12), item[0]))
        return tuple(
            Neighbour(*self._statements[number], similarity=min(similarity, 1.0)) for number, similarity in best
        )

    def _vector(self, text: str) -> dict[int, float]:
        """Give term to value, of length one."""
        units = units_in(text)
        counts = self._vocabulary.count_terms(units, shifted(units))
        idf = self._idf
        values = {row: idf[row] if n == 1 else (1 + log(n)) * idf[row] for row, n in counts.items()}
        norm = sqrt(sum([value * value for value in values.values()])) or 1.0
        return {row: value / norm for row, value in values.items()}
