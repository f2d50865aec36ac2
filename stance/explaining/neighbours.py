"""The labelled statements nearest to a text, by the cosine of the TF-IDF vectors of the model itself.

Searched in the index of the model folder, rare terms first; once what is left of the text cannot bring a further
statement among the nearest, only those found are looked up in it (MaxScore: H. Turtle and J. Flood, "Query evaluation:
strategies and optimizations", 1995). Exact. Knows nothing of scores: near is what shares rare words, not what got its
label for the same reason.
"""

from __future__ import annotations

from bisect import bisect_left
from heapq import nlargest, nsmallest
from math import log, sqrt
from typing import NamedTuple

from stance.explaining.records import Neighbour
from stance.model.folder import StoredModel
from stance.model.neighbours import HIGHEST_STEPS, MOST_TIMES, read_index, read_neighbours
from stance.text.analysis import shifted
from stance.text.units import units_in
from stance.vocabulary import Vocabulary
from stance.weights import Weights

#: More than the rounding of sums.
_ROUNDING = 1e-9


class _Term(NamedTuple):
    """A term of the text: the most that it adds to a similarity, its row, its value in the text."""

    highest: float
    row: int
    value: float


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
        index = read_index(model, terms=len(vocabulary.terms), statements=len(self._statements))
        self._starts, self._highest = index.array("starts"), index.array("highest")
        self._numbers, self._times = index.array("numbers"), index.array("times")
        self._scales = index.array("scales").tolist()
        self._logarithms = [0.0, *(1 + log(times) for times in range(1, MOST_TIMES + 1))]

    def nearest(self, text: str, most: int) -> tuple[Neighbour, ...]:
        """Give the nearest that share a term with the text, the nearest first, in file order where equally near."""
        terms = sorted(self._terms(text), key=lambda term: (-term.highest, term.row))
        left = sum([term.highest for term in terms])
        found: dict[int, float] = {}
        least = 0.0  # of the nearest so far
        for term in terms:
            if left + _ROUNDING < least:
                found = {number: near for number, near in found.items() if near + left + _ROUNDING >= least}
                self._add_to(found, term)
            else:
                self._add(found, term)
            left -= term.highest
            if left < 1 and len(found) >= most:  # no similarity is higher
                least = nlargest(most, found.values())[-1]
        best = nsmallest(most, found.items(), key=lambda item: (-round(item[1], 12), item[0]))
        return tuple(
            Neighbour(*self._statements[number], similarity=min(similarity, 1.0)) for number, similarity in best
        )

    def _add(self, found: dict[int, float], term: _Term) -> None:
        """Add what a term adds to every statement that holds it."""
        first, last = self._starts[term.row], self._starts[term.row + 1]
        value, logarithms, scales = term.value * self._idf[term.row], self._logarithms, self._scales
        for number, times in zip(self._numbers[first:last], self._times[first:last], strict=True):
            found[number] = found.get(number, 0.0) + value * logarithms[times] * scales[number]

    def _add_to(self, found: dict[int, float], term: _Term) -> None:
        """Add what a term adds to the statements found so far."""
        first, last = self._starts[term.row], self._starts[term.row + 1]
        value = term.value * self._idf[term.row]
        for number in found:
            place = bisect_left(self._numbers, number, first, last)
            if place < last and self._numbers[place] == number:
                found[number] += value * self._logarithms[self._times[place]] * self._scales[number]

    def _terms(self, text: str) -> list[_Term]:
        """Give the terms of a text, their values of length one."""
        units = units_in(text)
        counts = self._vocabulary.count_terms(units, shifted(units))
        idf, highest = self._idf, self._highest
        values = {row: idf[row] if n == 1 else (1 + log(n)) * idf[row] for row, n in counts.items()}
        norm = sqrt(sum([value * value for value in values.values()])) or 1.0
        return [_Term(value / norm * highest[row] / HIGHEST_STEPS, row, value / norm) for row, value in values.items()]
