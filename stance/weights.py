"""The weights of a stored model's terms and words, read from the file when needed.

Knows nothing of texts or labels.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log

from stance.model.folder import StoredModel

#: The weights of terms repeated up to so many times are remembered: "the" is repeated in most texts.
_OFTEN = 4

Row = tuple[float, ...]


class Weights:
    """The weights of terms and words, divided by the temperatures, read when needed; those of the gate stand last.

    A term's row holds one weight a column, times its inverse document frequency, and last the squared inverse
    document frequency, which makes the norm of a text one more sum over the same rows. A word has three rows: outside
    and inside the scope of a valence shifter, and as the leading act.
    """

    def __init__(self, model: StoredModel) -> None:
        arrays = model.arrays
        temperatures = arrays.array("temperatures")
        by_column = [temperatures[place] for place, names in enumerate(model.heads.values()) for _ in range(len(names))]
        self.factors = [1 / temperature for temperature in by_column] + ([1.0] if model.gate else [])
        self.intercepts = [v * f for v, f in zip(arrays.array("intercepts"), self.factors, strict=True)]
        self.idf = arrays.array("idf")
        self.coefficients = arrays.array("coefficients")
        self.width = len(self.factors)
        #: Filled by :meth:`read` when a term first occurs.
        self.once: list[Row | None] = [None] * len(self.idf)
        self._repeated: dict[tuple[int, int], Row] = {}
        self.outside = WordWeights(model, "outside", self.factors)
        self.inside = WordWeights(model, "inside", self.factors)
        self.leading = WordWeights(model, "leading", self.factors)

    def times(self, row: int, count: int) -> Row:
        """Give what a term adds that occurs ``count`` times: a weight a column, and last its square in the norm."""
        once = self.once[row] or self.read(row)
        if count == 1:
            return once
        known = self._repeated.get((row, count))
        if known is None:
            share = 1 + log(count)
            *weights, square = once
            known = (*[share * weight for weight in weights], share * share * square)
            if count <= _OFTEN:
                self._repeated[row, count] = known
        return known

    def read(self, row: int) -> Row:
        """Give the weights of a term that occurs once, from the file, and keep them."""
        idf = self.idf[row]
        first = row * self.width
        own = self.coefficients[first : first + self.width]
        found = (*(idf * c * f for c, f in zip(own, self.factors, strict=True)), idf * idf)
        self.once[row] = found
        return found


class WordWeights:
    """One weight a word and column, stored in whole steps."""

    def __init__(self, model: StoredModel, name: str, factors: Iterable[float]) -> None:
        step = model.arrays.array("word_step")[0]
        self.steps = [step * factor for factor in factors]
        self.stored = model.arrays.array(name)
        self._width = len(self.steps)
        #: Filled by :meth:`read` when a word first occurs.
        self.known: list[Row | None] = [None] * (len(self.stored) // self._width)

    def read(self, row: int) -> Row:
        """Give the weights of a word, from the file, and keep them."""
        first = row * self._width
        own = self.stored[first : first + self._width]
        found = tuple([count * step for count, step in zip(own, self.steps, strict=True)])
        self.known[row] = found
        return found
