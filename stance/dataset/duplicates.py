"""Find texts that stand twice, to the letter or nearly, so that no label contradicts another.

Near-duplicates are pairs of texts whose word sets have a Jaccard similarity of at least 0.8. They are found
exactly, by prefix filtering (Chaudhuri, Ganti and Kaushik, "A primitive operator for similarity joins in data
cleaning", ICDE 2006): two sets that similar share one of their rarest words, so only those need comparing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import ceil

from stance.text import plain_key

#: Share of common words from which two texts count as nearly the same.
SIMILARITY = 0.8
#: In shorter texts one changed word is another statement ("agreed to lift", "refused to lift").
FEWEST_WORDS = 6
#: One of these on one side only turns the act, so such a pair is no near-duplicate.
_TURNING = frozenset("no not never nor neither without cannot can't won't don't didn't doesn't isn't".split())


def exact_duplicates(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Give (first, later) index pairs of texts equal up to case, punctuation and spacing.

    Texts of punctuation alone are compared as they are.
    """
    first: dict[str, int] = {}
    pairs = []
    for index, text in enumerate(texts):
        key = plain_key(text) or text
        if key in first:
            pairs.append((first[key], index))
        else:
            first[key] = index
    return pairs


def near_duplicates(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Give (earlier, later) index pairs of near-duplicates that are no exact duplicates."""
    keys = [plain_key(text) for text in texts]
    words = [frozenset(key.split()) for key in keys]
    rarity = Counter(word for each in words for word in each)
    seen: dict[str, list[int]] = defaultdict(list)
    pairs: list[tuple[int, int]] = []
    for index, own in enumerate(words):
        if len(own) < FEWEST_WORDS:
            continue
        ordered = sorted(own, key=lambda word: (rarity[word], word))
        prefix = ordered[: len(own) - ceil(SIMILARITY * len(own)) + 1]
        candidates = sorted({candidate for word in prefix for candidate in seen[word]})
        pairs += [(c, index) for c in candidates if keys[c] != keys[index] and _is_near(own, words[c])]
        for word in prefix:
            seen[word].append(index)
    return pairs


def _is_near(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= SIMILARITY * len(one | other) and one & _TURNING == other & _TURNING
