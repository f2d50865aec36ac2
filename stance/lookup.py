"""What a stored model knows of the words of a text, looked up where it lies in the file.

Knows nothing of labels or probabilities.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, pairwise
from math import log
from sys import intern
from typing import NamedTuple

from stance.model.folder import StoredModel
from stance.strings import StringTable
from stance.text.analysis import is_account, shifted
from stance.text.function_words import FUNCTION_WORDS
from stance.text.tokens import BREAK, DATE, NAME, NUMBER, PLACE

#: After so many texts the whole vocabulary is read into dicts (some 70 ms); before, each term is searched on disk.
_WARM_AFTER = 32
#: The weights of terms repeated up to so many times are remembered: "the" is repeated in most texts.
_OFTEN = 4

#: Units that are no words.
_NO_WORDS = frozenset((BREAK, PLACE, NAME, NUMBER, DATE))

Row = tuple[float, ...]


class Found(NamedTuple):
    """What is known of a text.

    Attributes
    ----------
    terms : row of a TF-IDF term to number of occurrences
    outside, inside : rows of the words outside and inside the scope of a valence shifter, in text order
    lead : row of the leading act, or None
    length : number of units, clause marks not counted
    plain : number of different units that are no slot
    known : of those, the units with a weight
    english : of those, the units of the general English word list
    holding : the function words
    """

    terms: dict[int, int]
    outside: list[int]
    inside: list[int]
    lead: int | None
    length: int
    plain: int
    known: int
    english: int
    holding: int


class Vocabulary:
    """Words to row numbers: binary search in the file at first, dicts once there are many texts.

    Attributes
    ----------
    terms, words : the tables in the file
    units, pairs, shifted : row of each unit, pair of units and unit in the scope of a valence shifter met so far
    rows_of_words : row of each word met so far
    """

    def __init__(self, model: StoredModel) -> None:
        self.terms = StringTable(model.arrays, "terms", "term_offsets")
        self.words = StringTable(model.arrays, "words", "word_offsets")
        self._acts = model.arrays.array("acts")
        self._texts = 0
        self._warm = False
        self.units: dict[str, int] = {}
        self.shifted: dict[str, int] = {}
        self.pairs: dict[tuple[str, str], int] = {}
        self.rows_of_words: dict[str, int] = {}
        self._known: set[str] = set()

    def find(self, units: list[str]) -> Found:
        """Look up a text by its units; afterwards :attr:`units` and the like hold all that is known of them."""
        inside = shifted(units)
        counts = self.count_terms(units, inside)
        rows = list(map(self.rows_of_words.get, units))
        lead = self.lead(rows) if is_account(units) else None
        within: list[int] = []
        if inside:
            within = [row for row in [rows[i] for i in inside] if row is not None]
            for i in inside:
                rows[i] = None
        different = set(units)
        return Found(
            counts,
            [row for row in rows if row is not None],
            within,
            lead,
            len(units) - units.count(BREAK),
            len(different) - len(_NO_WORDS & different),
            len(self._known & different),
            len(self.rows_of_words.keys() & different),
            len(FUNCTION_WORDS & different),
        )

    def count_terms(self, units: list[str], inside: list[int]) -> dict[int, int]:
        """Give the TF-IDF terms of a text, row to number of occurrences.

        Parameters
        ----------
        inside : indices of the units in the scope of a valence shifter
        """
        if not self._warm:
            self._texts += 1
            if self._texts > _WARM_AFTER:
                self.read_all()
            else:
                self._learn(units, inside)
        found = chain(map(self.units.get, units), map(self.pairs.get, pairwise(units)))
        if inside:
            found = chain(found, [self.shifted.get(units[i]) for i in inside])
        counts: dict[int, int] = {}
        for row in found:  # a Counter of all, without those that are not known, takes longer
            if row is not None:
                if row in counts:
                    counts[row] += 1
                else:
                    counts[row] = 1
        return counts

    def lead(self, rows: list[int | None]) -> int | None:
        """Give the first of the words that is an act, by their rows, or None."""
        acts = self._acts
        for row in rows:
            if row is not None and acts[row]:
                return row
        return None

    def _learn(self, units: list[str], inside: list[int]) -> None:
        """Search the terms of one text and keep what is found."""
        for unit in units:
            self._keep(self.units, unit, self.terms.find(unit))
            self._keep(self.rows_of_words, unit, self.words.find(unit))
        self._known = (self.units.keys() | self.rows_of_words.keys()) - _NO_WORDS
        for i in inside:
            self._keep(self.shifted, units[i], self.terms.find("~" + units[i]))
        for a, b in pairwise(units):
            if a is not BREAK and b is not BREAK and a in self.units and b in self.units:
                row = self.terms.find(f"{a} {b}")
                if row is not None:
                    self.pairs[a, b] = row

    @staticmethod
    def _keep(where: dict[str, int], unit: str, row: int | None) -> None:
        if row is not None:
            where[unit] = row

    def read_all(self) -> None:
        """Read the whole vocabulary into dicts; then nothing changes any more, so that threads may share it."""
        # one object a word makes look-ups compare by identity
        self.rows_of_words = {intern(word): row for row, word in enumerate(self.words.all())}
        for row, term in enumerate(self.terms.all()):
            first, _, second = term.partition(" ")
            if second:
                self.pairs[intern(first), intern(second)] = row
            elif first[0] == "~":
                self.shifted[intern(first[1:])] = row
            else:
                self.units[intern(first)] = row
        self._known = (self.units.keys() | self.rows_of_words.keys()) - _NO_WORDS
        self._warm = True


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
