"""What is known of the words of many texts, looked up at once: :meth:`stance.vocabulary.Vocabulary.find` in NumPy.

Each unit becomes a number by one look-up in a dict; all else is read from tables at that number. Knows nothing of
weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stance.bulk.sums import sums
from stance.text import analysis
from stance.text.function_words import FUNCTION_WORDS
from stance.text.tokens import BREAK
from stance.vocabulary import NO_WORDS, Vocabulary, WordCounts

Places = NDArray[np.intp]

#: What a unit is, a bit each.
_BREAK, _SHIFTER, _SPEECH, _ACT = 1, 2, 4, 8


class FoundTogether(NamedTuple):
    """What is known of several texts; rows stand text by text.

    Attributes
    ----------
    terms, times : the different TF-IDF terms, by their rows, and how often each occurs, shape (n_terms,)
    terms_of : number of terms of each text, shape (n_texts,)
    words : rows of the words; those in the scope of a valence shifter are counted on from the last word
    words_of : number of words of each text, shape (n_texts,)
    led, leads : the texts that have a leading act, and the rows of those acts
    counts : of each text, how many words there are and how many that are known
    """

    terms: Places
    times: Places
    terms_of: Places
    words: Places
    words_of: Places
    led: Places
    leads: Places
    counts: list[WordCounts]


class BulkVocabulary:
    """Words to row numbers for many texts at once.

    Parameters
    ----------
    vocabulary : is read as a whole
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        vocabulary.read_all()
        self._terms = len(vocabulary.terms)
        self._words = len(vocabulary.words)
        # The number of a word is its row; what is no word comes behind, and last what is not known at all.
        others = chain(
            vocabulary.units, vocabulary.shifted, FUNCTION_WORDS, analysis.SHIFTERS, analysis.SPEECH_MARKS, NO_WORDS
        )
        behind = dict.fromkeys(unit for unit in others if unit not in vocabulary.rows_of_words)
        self._numbers = vocabulary.rows_of_words | {unit: self._words + i for i, unit in enumerate(behind)}
        self._unknown = len(self._numbers)
        self._unit_rows = self._rows(vocabulary.units)
        self._shifted_rows = self._rows(vocabulary.shifted)
        self._word_rows = self._rows(vocabulary.rows_of_words)
        self._pairs, self._pair_rows = self._table_of_pairs(vocabulary)
        self._traits = self._table_of_traits(vocabulary)
        self._counted = self._table_of_counts()

    def _rows(self, known: Mapping[str, int]) -> Places:
        """Give the row of each numbered unit, or -1."""
        table = np.full(self._unknown + 1, -1, np.intp)
        table[list(map(self._numbers.__getitem__, known))] = list(known.values())
        return table

    def _numbered(self, units: Iterable[str]) -> list[int]:
        return list(map(self._numbers.__getitem__, units))

    def _table_of_pairs(self, vocabulary: Vocabulary) -> tuple[Places, Places]:
        """Give a key for each known pair, in order, and their rows; a dict of tuples takes three times as long."""
        units = map(self._numbers.__getitem__, chain.from_iterable(vocabulary.pairs))
        both = np.fromiter(units, np.intp, 2 * len(vocabulary.pairs))
        keys = self._key(both[::2], both[1::2])
        order = np.argsort(keys)
        # behind the last, a key and a row of no pair: what is sought is always found somewhere
        rows = np.fromiter(vocabulary.pairs.values(), np.intp, len(order))
        return np.append(keys[order], np.iinfo(np.intp).max), np.append(rows[order], -1)

    def _key(self, left: Places, right: Places) -> Places:
        return left * (self._unknown + 1) + right

    def _table_of_traits(self, vocabulary: Vocabulary) -> NDArray[np.uint8]:
        table = np.zeros(self._unknown + 1, np.uint8)
        table[: self._words][np.asarray(vocabulary.acts).astype(bool)] |= _ACT
        for trait, units in ((_BREAK, [BREAK]), (_SHIFTER, analysis.SHIFTERS), (_SPEECH, analysis.SPEECH_MARKS)):
            table[self._numbered(units)] |= trait
        return table

    def _table_of_counts(self) -> Places:
        """Give what each unit adds to :class:`WordCounts`, its first occurrence in a text only: all but the length."""
        table = np.empty((self._unknown + 1, 4), np.intp)
        is_unit, is_word = self._unit_rows >= 0, self._word_rows >= 0
        table[:, 0], table[:, 1], table[:, 2], table[:, 3] = True, is_unit | is_word, is_word, False
        table[self._numbered(FUNCTION_WORDS), 3] = True
        table[self._numbered(NO_WORDS), :2] = False
        return table

    def find(self, texts: Sequence[list[str]]) -> FoundTogether:
        """Look up texts by their units."""
        units = list(chain.from_iterable(texts))
        sizes = np.fromiter(map(len, texts), np.intp, len(texts))
        text = np.repeat(np.arange(len(texts)), sizes)
        numbers = np.fromiter(map(self._numbers.get, units, repeat(self._unknown)), np.intp, len(units))
        traits = self._traits.take(numbers)
        inside = _in_scope(traits, text)
        terms, times, terms_of = self._count_terms(numbers, text, inside, len(texts))
        words, words_of = self._words_of(numbers, text, inside, len(texts))
        led, leads = _leading(numbers, traits, text, len(texts))
        breaks = np.bincount(text[traits & _BREAK > 0], minlength=len(texts))
        counts = list(self._counts(units, numbers, text, sizes - breaks))
        return FoundTogether(terms, times, terms_of, words, words_of, led, leads, counts)

    def _count_terms(
        self, numbers: Places, text: Places, inside: Places, n_texts: int
    ) -> tuple[Places, Places, Places]:
        """Give the different terms of each text, their numbers of occurrences, and how many each text has."""
        sought = self._key(numbers[:-1], numbers[1:])
        places = np.searchsorted(self._pairs, sought)
        pairs = np.where((self._pairs[places] == sought) & (text[1:] == text[:-1]), self._pair_rows[places], -1)
        rows = np.concatenate([self._unit_rows.take(numbers), pairs, self._shifted_rows.take(numbers[inside])])
        owners = np.concatenate([text, text[:-1], text[inside]])
        known = rows >= 0
        ordered = np.sort(owners[known] * self._terms + rows[known])  # NumPy's unique takes twice as long
        first = _first(ordered)
        owner, term = np.divmod(ordered[first], self._terms)
        return term, np.diff(first, append=len(ordered)), np.bincount(owner, minlength=n_texts)

    def _words_of(self, numbers: Places, text: Places, inside: Places, n_texts: int) -> tuple[Places, Places]:
        rows = self._word_rows.take(numbers)
        known = rows >= 0
        rows[inside] += self._words
        return rows[known], np.bincount(text[known], minlength=n_texts)

    def _counts(self, units: list[str], numbers: Places, text: Places, lengths: Places) -> Iterator[WordCounts]:
        unknown = np.flatnonzero(numbers == self._unknown)
        different = numbers
        if len(unknown):  # two of them may be different words
            met: dict[str, int] = {}
            different = numbers.copy()
            different[unknown] += [met.setdefault(units[place], len(met)) for place in unknown.tolist()]
        span = self._unknown + 1 + len(unknown)
        ordered = np.sort(text * span + different)
        owner, number = np.divmod(ordered[_first(ordered)], span)
        counted = self._counted.take(np.minimum(number, self._unknown), axis=0)
        by_text = sums(counted, np.bincount(owner, minlength=len(lengths)))
        return map(WordCounts, lengths.tolist(), *by_text.T.tolist())


def _first(ordered: Places) -> Places:
    """Give the places where each different number first stands."""
    return np.flatnonzero(np.diff(ordered, prepend=-1))


def _in_scope(traits: NDArray[np.uint8], text: Places) -> Places:
    """Give the places of the units inside the scope of a valence shifter, as :func:`stance.text.analysis.shifted`."""
    clause = np.cumsum(traits & _BREAK) + text  # both only rise: the sum is the same where both are
    shifters = np.flatnonzero(traits & _SHIFTER)
    inside = np.zeros(len(text), bool)
    for distance in range(1, analysis.SCOPE + 1):
        shifters = shifters[shifters + distance < len(text)]
        reached = shifters + distance
        inside[reached[clause[reached] == clause[shifters]]] = True
    return np.flatnonzero(inside)


def _leading(numbers: Places, traits: NDArray[np.uint8], text: Places, n_texts: int) -> tuple[Places, Places]:
    """Give the texts that nobody speaks for himself in and that have an act, and the row of the first one."""
    speeches = np.bincount(text[traits & _SPEECH > 0], minlength=n_texts) > 0
    acts = np.flatnonzero(traits & _ACT)
    acts = acts[~speeches[text[acts]]]
    first = acts[_first(text[acts])]
    return text[first], numbers[first]
