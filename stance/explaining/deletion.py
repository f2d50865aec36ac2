"""The smallest set of words without which a text gets another label, found by predicting what remains.

Nothing is estimated: a set counts when the prediction of the text without its words, made as for any text, has another
label; one that leaves a text undecided does not. Greedy deletion gives a set and so an upper bound; then every smaller
set is tried, as long as there are no more than a thousand.

J. Li, W. Monroe and D. Jurafsky, "Understanding neural networks through representation erasure", 2016, ask the same
of neural networks, by reinforcement learning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

from stance.explaining.records import Deletion
from stance.records import Contribution
from stance.text.analysis import spans_of_words

if TYPE_CHECKING:
    from stance.predictor import Predictor

#: Sets of a size are all tried as long as they and all smaller ones are no more than this.
MOST_TRIES = 1_000
#: Greedy deletion stops at so many words: who has to delete more has written another text.
MOST_WORDS = 6
#: Of a text of more words, those are considered that add most to the difference of the two likeliest labels.
MOST_CONSIDERED = 64
#: In a text of more words nothing is searched.
LONGEST = 500

Span = tuple[int, int]


def smallest_deletion(
    predictor: Predictor, text: str, head: str, contributions: Sequence[Contribution]
) -> Deletion | None:
    """Give the set, or None if there is none within the limits of this module or the text has no label.

    Parameters
    ----------
    contributions : of the difference of the two likeliest labels
    """
    words = spans_of_words(text)
    label = predictor.predict(text).label(head)
    if label is None or len(words) > LONGEST:
        return None
    considered = _considered(words, contributions)
    search = _Search(predictor, text, head, label)
    found = _greedy(search, considered)
    tried = 1  # the greedy search has tried every single word
    most = len(found) - 1 if found else len(considered)
    while tried < most and _sets_up_to(len(considered), tried + 1) <= MOST_TRIES:
        tried += 1
        smaller = next((each for each in combinations(considered, tried) if search.changed(each)), None)
        if smaller:
            return search.deletion(smaller, smallest=len(considered) == len(words))
    if found is None:
        return None
    if tried < len(found) - 1:
        found = _without_superfluous(search, found)
    return search.deletion(found, smallest=len(found) == 1 or (tried >= len(found) - 1 and considered == words))


def without(text: str, words: Iterable[Span]) -> str:
    """Give a text without some words; what stood on both sides of one does not grow together."""
    parts: list[str] = []
    last = 0
    for start, end in sorted(words):
        parts.append(text[last:start])
        if (start and not text[start - 1].isspace()) and (end < len(text) and not text[end].isspace()):
            parts.append(" ")
        last = end
    return "".join(parts) + text[last:]


class _Search:
    """One text and its label, and what it gets without some words."""

    def __init__(self, predictor: Predictor, text: str, head: str, label: str) -> None:
        self._predictor, self._text, self._head, self._label = predictor, text, head, label

    def lead(self, words: Iterable[Span]) -> tuple[bool, float]:
        """Tell whether the label has changed, and how far another is ahead of it."""
        prediction = self._predictor.predict(without(self._text, words))
        others = dict(prediction.probabilities(self._head))
        own = others.pop(self._label)
        return prediction.label(self._head) not in (None, self._label), max(others.values()) - own

    def changed(self, words: Iterable[Span]) -> bool:
        """Tell whether the label has changed."""
        label = self._predictor.predict(without(self._text, words)).label(self._head)
        return label not in (None, self._label)

    def deletion(self, words: Iterable[Span], *, smallest: bool) -> Deletion:
        """Make the record."""
        remaining = without(self._text, words)
        label = self._predictor.predict(remaining).label(self._head)
        return Deletion(tuple(sorted(words)), remaining, str(label), smallest)


def _considered(words: list[Span], contributions: Sequence[Contribution]) -> list[Span]:
    """Give the words that may be deleted, in text order."""
    if len(words) <= MOST_CONSIDERED:
        return words
    weight = dict.fromkeys(words, 0.0)
    for c in contributions:
        for word in words:
            if c.start <= word[0] and word[1] <= c.end:
                weight[word] += abs(c.weight)
    return sorted(sorted(words, key=lambda word: (-weight[word], word))[:MOST_CONSIDERED])


def _greedy(search: _Search, words: list[Span]) -> tuple[Span, ...] | None:
    """Delete, one after the other, the word without which another label is farthest ahead; the earlier on a tie."""
    chosen: tuple[Span, ...] = ()
    for _ in range(min(MOST_WORDS, len(words))):
        left = [word for word in words if word not in chosen]
        leads = [search.lead((*chosen, word)) for word in left]
        best = max(range(len(left)), key=lambda i: (*leads[i], -i))
        chosen = (*chosen, left[best])
        if leads[best][0]:
            return chosen
    return None


def _without_superfluous(search: _Search, words: tuple[Span, ...]) -> tuple[Span, ...]:
    """Put back, in text order, each word that was not needed."""
    for word in sorted(words):
        rest = tuple(other for other in words if other != word)
        if search.changed(rest):
            words = rest
    return words


def _sets_up_to(words: int, size: int) -> int:
    return sum(comb(words, k) for k in range(1, size + 1))
