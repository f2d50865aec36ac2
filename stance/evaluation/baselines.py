"""What one would get without a model: the commonest label, or a short list of keywords a class.

The keyword lists are what a careful analyst writes down in five minutes; they are a yardstick, not a feature.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from stance.labels import HEADS
from stance.text import word_tokens

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


def _densest(text: str, lists: dict[str, frozenset[str]]) -> str | None:
    words = [token.lower() for token in word_tokens(text)]
    hits = {label: sum(word in known for word in words) for label, known in lists.items()}
    best = max(hits, key=lambda label: hits[label], default=None)
    return best if best is not None and hits[best] else None
