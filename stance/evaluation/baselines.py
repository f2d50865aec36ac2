"""What one would get without a model: the commonest label, or a short list of keywords a class.

The keyword lists are what a careful analyst writes down in five minutes; they are a yardstick, not a feature.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from stance.labels import HEADS
from stance.text import plain_key, word_tokens

_KEYWORDS = {
    label: frozenset(words.split())
    for label, words in {
        "escalatory": """
            attack attacks attacked threaten threatened threatens threat war strike strikes missile
            missiles troops bomb bombed bombing sanctions retaliate force deploy deployed killed fired
            arrested detained banned expelled suspended
        """,
        "diplomatic": """
            talks dialogue peace agree agreed agreement cooperation negotiate negotiations meeting met
            support aid help welcome welcomed thank offer offered visit signed released ceasefire
            restraint mediation commend
        """,
        "critical": """
            condemn condemned condemns accuse accused criticize criticized reject rejected denied blame
            blamed protest protested failed failure wrong violation concern concerned denounced
            unacceptable demanded disaster
        """,
        "negative": """
            attack attacked killed war threat crisis failed failure condemn condemned accused wrong
            violence violation concern concerned disaster fear suffering victims terrible weak worst
            dead illegal corrupt
        """,
        "positive": """
            peace agreement welcome welcomed thank support progress hope great good success successful
            proud best strong commend praised helped win happy positive important better
        """,
    }.items()
}
_OTHERWISE = {"stance": "none", "sentiment": "neutral"}


def majority(gold: Sequence[str]) -> list[str]:
    """Give the commonest gold label for every row; the first in the alphabet on a tie."""
    counted = Counter(gold)
    commonest = min(counted, key=lambda label: (-counted[label], label))
    return [commonest] * len(gold)


def keywords(texts: Sequence[str], head: str, labels: Sequence[str]) -> list[str] | None:
    """Give, for each text, the class with most keywords in it, or the head's quiet class if there is none.

    Returns
    -------
    list of str, or None
        None when ``labels`` are not the codebook's, for which there are no keywords.
    """
    if not set(labels) <= set(HEADS[head]):
        return None
    lists = {label: _KEYWORDS[label] for label in HEADS[head] if label in _KEYWORDS and label in labels}
    return [_densest(text, lists) or _OTHERWISE[head] for text in texts]


def lexicon(texts: Sequence[str], entries: Mapping[str, Sequence[str]], head: str) -> list[str] | None:
    """Give, for each text, the label with most entries in it: a lexicon that is looked up and not learnt from.

    An entry of n words counts n; the quiet class of the head is given where none occurs.

    Parameters
    ----------
    entries : label to words and phrases

    Returns
    -------
    list of str, or None
        None when the labels are not the codebook's, whose quiet class would be unknown, or there are no entries.
    """
    if not any(entries.values()) or not set(entries) <= set(HEADS[head]):
        return None
    labels_of: dict[tuple[str, ...], list[str]] = {}
    for label, phrases in entries.items():
        for phrase in phrases:
            labels_of.setdefault(tuple(plain_key(phrase).split()), []).append(label)
    lengths = sorted({len(words) for words in labels_of if words})
    return [_looked_up(plain_key(text).split(), labels_of, lengths) or _OTHERWISE[head] for text in texts]


def _looked_up(words: list[str], labels_of: Mapping[tuple[str, ...], list[str]], lengths: list[int]) -> str | None:
    weight: Counter[str] = Counter()
    for n in lengths:
        for start in range(len(words) - n + 1):
            for label in labels_of.get(tuple(words[start : start + n]), ()):
                weight[label] += n
    return min(weight, key=lambda label: (-weight[label], label), default=None)


def _densest(text: str, lists: dict[str, frozenset[str]]) -> str | None:
    words = [token.lower() for token in word_tokens(text)]
    hits = {label: sum(word in known for word in words) for label, known in lists.items()}
    best = max(hits, key=lambda label: hits[label], default=None)
    return best if best is not None and hits[best] else None
