"""How often each speaker of an article said what.

Whoever is not named is no person: quotes without a speaker, and those of a "he" that nobody resolved, are counted
together as "no speaker named". Knows nothing of how speakers are found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stance.records import Speaker

#: Two of them need not be one person, so they name nobody.
_PRONOUNS = frozenset("he she they it we i you who one him her them".split())


@dataclass(frozen=True, slots=True)
class SpeakerSummary:
    """The statements of one speaker.

    Attributes
    ----------
    name : the full name where the article gives it, else the words that name the speaker; None: no speaker named
    statements : number of statements, undecided ones included
    labels : label to number of statements, all labels of the head, in its order
    """

    name: str | None
    statements: int
    labels: Mapping[str, int]

    @property
    def decided(self) -> int:
        """Number of statements that have a label."""
        return sum(self.labels.values())

    @property
    def undecided(self) -> int:
        """Number of statements that say too little to be labelled, which is not the stance ``none``."""
        return self.statements - self.decided

    @property
    def shares(self) -> dict[str, float]:
        """Label to its share in [0, 1] of the decided statements; {} when there are none."""
        return {label: count / self.decided for label, count in self.labels.items()} if self.decided else {}

    def as_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "name": self.name,
            "statements": self.statements,
            "undecided": self.undecided,
            "labels": dict(self.labels),
            "shares": {label: round(share, 6) for label, share in self.shares.items()},
        }


def named(speaker: Speaker | None) -> str | None:
    """Give what to call a speaker; None when nobody is named."""
    if speaker is None:
        return None
    name = " ".join((speaker.name or speaker.text).split())
    return None if name.casefold() in _PRONOUNS else name or None


def summarise(said: Sequence[tuple[Speaker | None, str | None]], labels: Sequence[str]) -> tuple[SpeakerSummary, ...]:
    """Count labels by speaker.

    Parameters
    ----------
    said : speaker and label of each statement, in text order; a label of None is undecided
    labels : the labels to count, in order

    Returns
    -------
    tuple of SpeakerSummary
        Most statements first, then in order of appearance; who is not named stands last.
    """
    names: dict[str, str | None] = {}
    found: dict[str, list[str | None]] = {}
    for speaker, label in said:
        name = named(speaker)
        key = (name or "").casefold()  # "The ministry" opens a sentence in which "the ministry" speaks
        names.setdefault(key, name)
        found.setdefault(key, []).append(label)
    summaries = [
        SpeakerSummary(names[key], len(given), {label: given.count(label) for label in labels})
        for key, given in found.items()
    ]
    return tuple(sorted(summaries, key=lambda each: (each.name is None, -each.statements)))
