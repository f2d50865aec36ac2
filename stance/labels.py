"""The two label sets of the codebook: names, order, one-line meanings, parsing.

Order is part of the model format of the default model and of every table. Knows nothing of files.
"""

from __future__ import annotations

from enum import StrEnum


class Stance(StrEnum):
    """What the source does with the conflict or the other party."""

    ESCALATORY = "escalatory"
    DIPLOMATIC = "diplomatic"
    CRITICAL = "critical"
    NONE = "none"


class Sentiment(StrEnum):
    """The tone towards what the statement is about."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


MEANINGS: dict[str, str] = {
    "escalatory": "raises the level of conflict, or says that it will or may",
    "diplomatic": "lowers the level of conflict, or works together",
    "critical": "judges an act, policy or failure as wrong, without threatening",
    "none": "does none of these",
    "negative": "disapproval, fear, anger, grief, alarm",
    "neutral": "neither, or both in balance",
    "positive": "approval, hope, praise, satisfaction",
}

#: The heads of the shipped model, in the order of every table, with their labels.
HEADS: dict[str, tuple[str, ...]] = {
    "stance": tuple(Stance),
    "sentiment": tuple(Sentiment),
}

#: What is not about politics at all takes this label of this head.
GATED_HEAD, GATED_LABEL = "stance", "none"


def in_canonical_order(labels: set[str]) -> tuple[str, ...]:
    """Order a label set: the codebook's order where it is the codebook's set, else alphabetical.

    A user's own label set has no order of ours, so sorting is the only choice that is the same every time.
    """
    for known in HEADS.values():
        if labels <= set(known):
            return tuple(str(label) for label in known if label in labels)
    return tuple(sorted(labels))
