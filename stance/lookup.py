"""The terms and weights of a stored model, looked up where they lie in the file.

Knows nothing of labels or probabilities.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain, pairwise
from math import log
from sys import intern
from typing import cast

from stance.model.folder import StoredModel
from stance.text.analysis import is_slot, negated, parsed, terms, units_in

#: After so many texts the whole vocabulary is read into dicts (some 20 ms); before, each term is searched on disk.
_WARM_AFTER = 32
#: The weights of terms repeated up to so many times are remembered: "the" is repeated in most texts.
_OFTEN = 4


class Vocabulary:
    """Term to row number: binary search in the file at first, dicts once there are many texts."""

    def __init__(self, model: StoredModel) -> None:
        self._bytes = model.arrays.array("terms")
        self._offsets = model.arrays.array("term_offsets")
        self._size = len(self._offsets) - 1
        self._texts = 0
        self._words: dict[str, int] = {}
        self._negated: dict[str, int] = {}
        self._pairs: dict[tuple[str, str], int] = {}
        #: Rows of terms that are names alone; terms are sorted by their bytes, so these stand in two runs.
        self.slots = frozenset(
            row
            for start, end in ((b"@", b"A"), (b"~@", b"~A"))
            for row in range(self._position(start), self._position(end))
            if is_slot(self._term(row).decode())
        )

    def count(self, text: str) -> dict[int, int]:
        """Give row number to number of occurrences for the known terms of a text."""
        if not self._words:
            self._texts += 1
            if self._texts <= _WARM_AFTER:
                found_once = ((self.find(term), n) for term, n in Counter(terms(text)).items())
                return {row: n for row, n in found_once if row is not None}
            self._read_all()
        units = units_in(text)
        found = chain(map(self._words.get, units), map(self._pairs.get, pairwise(units)))
        inside = negated(units)
        if inside:
            found = chain(found, [self._negated.get(units[i]) for i in inside])
        return _counted(found)

    def _read_all(self) -> None:
        for row, term in enumerate(self.terms()):
            unit = parsed(term)
            if isinstance(unit, tuple):
                self._pairs[intern(unit[0]), intern(unit[1])] = row
            elif unit.startswith("~"):
                self._negated[intern(unit[1:])] = row
            else:
                self._words[intern(unit)] = row

    def find(self, term: str) -> int | None:
        """Give the row number of one term, or None."""
        sought = term.encode()
        row = self._position(sought)
        return row if row < self._size and self._term(row) == sought else None

    def terms(self) -> list[str]:
        """Give all terms, in row order."""
        return [self._term(row).decode() for row in range(self._size)]

    def _position(self, sought: bytes) -> int:
        """Give the number of terms that sort before ``sought``."""
        low, high = 0, self._size
        while low < high:
            middle = (low + high) // 2
            if self._term(middle) < sought:
                low = middle + 1
            else:
                high = middle
        return low

    def _term(self, row: int) -> bytes:
        return bytes(self._bytes[self._offsets[row] : self._offsets[row + 1]])


class Weights:
    """The weights of a term, times its inverse document frequency and divided by the temperatures, read when needed.

    A row holds one weight a column and last the squared inverse document frequency, which makes the norm of a
    text one more sum over the same rows.
    """

    def __init__(self, model: StoredModel) -> None:
        arrays = model.arrays
        temperatures = arrays.array("temperatures")
        by_column = [temperatures[place] for place, names in enumerate(model.heads.values()) for _ in range(len(names))]
        self._factors = [1 / temperature for temperature in by_column]
        self.intercepts = [v * f for v, f in zip(arrays.array("intercepts"), self._factors, strict=True)]
        self._idf = arrays.array("idf")
        self._coefficients = arrays.array("coefficients")
        self._width = len(self._factors)
        #: Filled by :meth:`read` when a term first occurs.
        self.once: list[tuple[float, ...] | None] = [None] * len(self._idf)
        self._repeated: dict[tuple[int, int], tuple[float, ...]] = {}

    def times(self, row: int, count: int) -> tuple[float, ...]:
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

    def table(self) -> list[tuple[float, ...]]:
        """Give all rows."""
        return [self.once[row] or self.read(row) for row in range(len(self.once))]

    def read(self, row: int) -> tuple[float, ...]:
        """Give the weights of a term that occurs once, from the file, and keep them."""
        idf = self._idf[row]
        first = row * self._width
        own = self._coefficients[first : first + self._width]
        found = (*(idf * c * f for c, f in zip(own, self._factors, strict=True)), idf * idf)
        self.once[row] = found
        return found


def _counted(rows: Iterable[int | None]) -> dict[int, int]:
    counts = Counter(rows)
    counts.pop(None, None)
    return cast(dict[int, int], counts)
