"""What a stored model knows of the words of a text, looked up where it lies in the file.

Knows nothing of labels or probabilities.
"""

from __future__ import annotations

from itertools import chain, pairwise
from sys import intern
from typing import NamedTuple

from stance.model.folder import StoredModel
from stance.strings import StringTable
from stance.text.analysis import is_account, shifted
from stance.text.function_words import FUNCTION_WORDS
from stance.text.tokens import BREAK, DATE, NAME, NUMBER, PLACE

#: After so many texts the whole vocabulary is read into dicts (some 70 ms); before, each term is searched on disk.
_WARM_AFTER = 32

#: Units that are no words.
NO_WORDS = frozenset((BREAK, PLACE, NAME, NUMBER, DATE))


class WordCounts(NamedTuple):
    """How much of a text is known.

    Attributes
    ----------
    length : number of units, clause marks not counted
    plain : number of different units that are no slot
    known : of those, the units with a weight
    english : of those, the units of the general English word list
    holding : the function words
    """

    length: int
    plain: int
    known: int
    english: int
    holding: int


class Found(NamedTuple):
    """What is known of a text.

    Attributes
    ----------
    terms : row of a TF-IDF term to number of occurrences
    outside, inside : rows of the words outside and inside the scope of a valence shifter, in text order
    lead : row of the leading act, or None
    counts : how many words there are, and how many that are known
    """

    terms: dict[int, int]
    outside: list[int]
    inside: list[int]
    lead: int | None
    counts: WordCounts


class Vocabulary:
    """Words to row numbers: binary search in the file at first, dicts once there are many texts.

    Attributes
    ----------
    terms, words : the tables in the file
    acts : for each word whether it is an act
    units, pairs, shifted : row of each unit, pair of units and unit in the scope of a valence shifter met so far
    rows_of_words : row of each word met so far
    known : the units of both that are no slot
    """

    def __init__(self, model: StoredModel) -> None:
        self.terms = StringTable(model.arrays, "terms", "term_offsets")
        self.words = StringTable(model.arrays, "words", "word_offsets")
        self.acts = model.arrays.array("acts")
        self._texts = 0
        self._warm = False
        self.units: dict[str, int] = {}
        self.shifted: dict[str, int] = {}
        self.pairs: dict[tuple[str, str], int] = {}
        self.rows_of_words: dict[str, int] = {}
        self.known: set[str] = set()

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
            WordCounts(
                len(units) - units.count(BREAK),
                len(different) - len(NO_WORDS & different),
                len(self.known & different),
                len(self.rows_of_words.keys() & different),
                len(FUNCTION_WORDS & different),
            ),
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
        acts = self.acts
        for row in rows:
            if row is not None and acts[row]:
                return row
        return None

    def _learn(self, units: list[str], inside: list[int]) -> None:
        """Search the terms of one text and keep what is found."""
        for unit in units:
            self._keep(self.units, unit, self.terms.find(unit))
            self._keep(self.rows_of_words, unit, self.words.find(unit))
        self.known = (self.units.keys() | self.rows_of_words.keys()) - NO_WORDS
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
        if self._warm:
            return
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
        self.known = (self.units.keys() | self.rows_of_words.keys()) - NO_WORDS
        self._warm = True
