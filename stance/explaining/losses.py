"""What a text loses with each of its words, and what its scores would then be about.

Scores are sums, divided by the length of the TF-IDF vector and by the square root of the number of known words, so what
is left without some words follows from the shares of each. An estimate: terms that only arise when words meet that
stood apart are not looked up, nor is a term that two of the words share. Whoever claims something predicts.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from operator import add, sub
from typing import TYPE_CHECKING, NamedTuple

from stance.explaining.occurrences import ReadText, Shares
from stance.text.analysis import SHIFTERS, SPEECH_MARKS, shifted
from stance.text.tokens import BREAK

if TYPE_CHECKING:
    from stance.predictor import Predictor

Span = tuple[int, int]
#: In one list: what terms add to each column, their share in the squared length; what word vectors add to each column,
#: the number of known words; what is added to each column whatever the length.
Amounts = list[float]

#: Of the squared length; less is rounding.
_NOTHING_LEFT = 1e-9


class Loss(NamedTuple):
    """What goes with a word: rows of terms, of word vectors, the number of its known words, what is added once."""

    terms: list[list[float]]
    words: list[list[float]]
    known: int
    fixed: list[float]


class Losses:
    """One text, taken apart by words.

    Parameters
    ----------
    columns : of scores, those that are asked for
    shares : of these columns

    Attributes
    ----------
    whole : the amounts of the text
    """

    def __init__(self, predictor: Predictor, text: ReadText, shares: Shares, columns: Sequence[int]) -> None:
        self._vocabulary, self._weights = predictor.vocabulary, predictor.weights
        self._text, self._shares = text, shares
        self._columns, self._none = columns, [0.0] * len(columns)
        words = [own for own in shares.words if own is not None]
        self._known = len(words)
        self._terms = self._terms_at()
        self._shifters = {i for i, unit in enumerate(text.units) if unit in SHIFTERS}
        self._turning = self._lead_turning()
        self._special = self._shifters | self._turning
        self.whole = self._whole(words)
        self._amounts: dict[Span, Amounts] = {}
        self._of_word = {span: self._loss(own) for span, own in self._places().items()}

    def scores(self, amounts: Amounts) -> list[float]:
        """Give the scores of all columns."""
        width = len(self._none)
        square, known = amounts[width], amounts[2 * width + 1]
        by_term = 1 / sqrt(square) if square > _NOTHING_LEFT else 0.0
        by_word = sqrt(self._known / known) if known else 0.0
        parts = zip(amounts, amounts[width + 1 :], amounts[2 * width + 2 :])  # noqa: B905 -- as long as the last
        return [by_term * terms + by_word * words + fixed for terms, words, fixed in parts]

    def without(self, amounts: Amounts, span: Span) -> Amounts:
        """Give the amounts without a word."""
        loss = self._amounts.get(span)
        if loss is None:
            terms, words, known, fixed = self._of_word[span]
            by_term = self._sum(terms) if terms else [*self._none, 0.0]
            loss = self._amounts[span] = [*by_term, *self._sum(words), float(known), *fixed]
        return list(map(sub, amounts, loss))

    def added(self) -> dict[Span, list[float]]:
        """Give what each word adds to each column as the text stands."""
        return {
            span: list(map(sum, zip(fixed, *terms, *words)))  # noqa: B905 -- terms have their square behind
            for span, (terms, words, _, fixed) in self._of_word.items()
        }

    def _whole(self, words: Sequence[list[float]]) -> Amounts:
        by_word = self._sum(words)
        fixed = list(map(add, self._chosen(self._weights.intercepts), self._shares.lead or self._none))
        by_term = map(sub, map(sub, self._chosen(self._text.scores), by_word), fixed)
        return [*by_term, 1.0, *by_word, float(self._known), *fixed]

    def _places(self) -> dict[Span, list[int]]:
        """Give the indices of the units of each word, in text order."""
        places: dict[Span, list[int]] = {}
        for i, (unit, span) in enumerate(zip(self._text.units, self._text.spans, strict=True)):
            if unit is not BREAK:
                places.setdefault(span, []).append(i)
        return places

    def _loss(self, own: list[int]) -> Loss:
        """Give what goes with the units of one word."""
        vectors = self._shares.words
        if len(own) == 1 and own[0] not in self._special:  # most words; the long way gives the same
            vector = vectors[own[0]]
            return Loss(self._terms[own[0]], [] if vector is None else [vector], vector is not None, self._none)
        terms = [row for i in own for row in self._terms[i]]
        words = [row for row in [vectors[i] for i in own] if row is not None]
        known = len(words)
        for i in self._shifters.intersection(own):
            freed = self._freed(i)
            terms += [row for row in map(self._shifted_share, freed) if row is not None]
            words += [row for row in map(self._turned, freed) if row is not None]
        return Loss(terms, words, known, self._lead_lost(own) if self._turning.intersection(own) else self._none)

    def _terms_at(self) -> list[list[list[float]]]:
        """Give for each unit the shares of the terms that go with it: its own, and pairs of which it is one half."""
        units, spans = self._text.units, self._text.spans
        terms, row_of = self._shares.terms, self._vocabulary.units.get
        found = [[terms[row]] if (row := row_of(unit)) in terms else [] for unit in units]
        for i in self._shares.within:
            share = self._shifted_share(i)
            if share is not None:
                found[i].append(share)
        for i, row in enumerate(map(self._vocabulary.pairs.get, pairwise(units))):
            if row in terms:
                found[i].append(terms[row])
                if spans[i] != spans[i + 1]:
                    found[i + 1].append(terms[row])
        return found

    def _shifted_share(self, place: int) -> list[float] | None:
        return self._shares.terms.get(self._vocabulary.shifted.get(self._text.units[place]))

    def _freed(self, place: int) -> list[int]:
        """Give the units that are in the scope of the shifter at a place and of no other."""
        units = self._text.units.copy()
        units[place] = ""
        return sorted(set(self._shares.within).difference(shifted(units)))

    def _turned(self, place: int) -> list[float] | None:
        """Give what a unit's vector adds inside a scope, less what it adds outside."""
        inside, row = self._shares.words[place], self._vocabulary.rows_of_words.get(self._text.units[place])
        if inside is None or row is None:
            return None
        outside = self._weights.outside.known[row] or self._weights.outside.read(row)
        return [a - b / sqrt(self._known) for a, b in zip(inside, self._chosen(outside), strict=True)]

    def _lead_turning(self) -> set[int]:
        """Give the units whose loss changes the leading act: that act, or the only "we" of a text."""
        speaking = [i for i, unit in enumerate(self._text.units) if unit in SPEECH_MARKS]
        lead = self._shares.lead_place
        return {lead} if lead is not None else set(speaking) if len(speaking) == 1 else set()

    def _lead_lost(self, own: list[int]) -> list[float]:
        """Give what the leading act adds, less what that of the rest adds."""
        rows = [self._vocabulary.rows_of_words.get(u) for i, u in enumerate(self._text.units) if i not in own]
        following = self._vocabulary.lead(rows)
        new = self._none if following is None else self._chosen(self._weights.leading.read(following))
        return list(map(sub, self._shares.lead or self._none, new))

    def _chosen(self, row: Sequence[float]) -> list[float]:
        return [row[column] for column in self._columns]

    def _sum(self, rows: Sequence[list[float]]) -> list[float]:
        return list(map(sum, zip(*rows, strict=True))) if len(rows) > 1 else rows[0] if rows else self._none
