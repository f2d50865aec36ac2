"""What an explanation says, as records and as plain dicts (which are the JSON form).

Knows nothing of models.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stance.records import Contribution, Explanation, strongest


@dataclass(frozen=True, slots=True)
class Comparison:
    """Why one label and not another: the difference of two scores, ``intercept`` plus the contributions' weights.

    Scores are compared before the gate, as if the text is about politics; ``score`` can be negative for a label that
    the gate gave.
    """

    label: str
    against: str
    score: float
    intercept: float
    contributions: tuple[Contribution, ...]

    def strongest(self, most: int = 5, *, opposing: bool = False) -> tuple[Contribution, ...]:
        """Give the contributions that spoke most for the label, or for the other one, equal terms added up."""
        return strongest(self.contributions, most, opposing=opposing)


@dataclass(frozen=True, slots=True)
class Deletion:
    """A set of words without which a text gets another label, the smallest that was found.

    Attributes
    ----------
    words : (start, end) of each, in text order; ``text[start:end]`` is the word
    remaining : the text without them, as it was predicted
    label : what it gets
    smallest : whether it is proven that no smaller set does, which it is for one word; of several there may be fewer
    """

    words: tuple[tuple[int, int], ...]
    remaining: str
    label: str
    smallest: bool


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a text gets its label in one head.

    Attributes
    ----------
    text : as given
    label : the most probable label, whether or not the text was decided
    probabilities : label to probability, in the model's order
    explanation : what each term adds to the label's score; intercept and weights sum to it
    comparison : the same against the runner-up, the second most probable label
    relevance : probability that the text is about politics at all; None without a gate before this head
    gate : what speaks against politics, if that alone decided the label: among texts about politics it would be another
    deletion : a small set of words that decides; None if none was found within the limits, or not searched
    """

    text: str
    head: str
    label: str
    probabilities: Mapping[str, float]
    explanation: Explanation
    comparison: Comparison
    relevance: float | None = None
    gate: Explanation | None = None
    deletion: Deletion | None = None

    @property
    def deciding(self) -> tuple[Contribution, ...]:
        """The contributions that decided: against politics if the gate did, else for the label."""
        return (self.gate or self.explanation).strongest()

    def as_dict(self) -> dict[str, Any]:
        """Give the JSON form; contributions carry their words."""
        return {
            "label": self.label,
            "score": self.explanation.score,
            "intercept": self.explanation.intercept,
            "contributions": _listed(self.text, self.explanation.contributions),
            "runner_up": {
                "label": self.comparison.against,
                "score": self.comparison.score,
                "intercept": self.comparison.intercept,
                "contributions": _listed(self.text, self.comparison.contributions),
            },
            "relevance": self.relevance,
            "gate": None
            if self.gate is None
            else {
                "score": self.gate.score,
                "intercept": self.gate.intercept,
                "contributions": _listed(self.text, self.gate.contributions),
            },
            "deletion": None
            if self.deletion is None
            else {
                "words": [{"text": self.text[a:b], "start": a, "end": b} for a, b in self.deletion.words],
                "remaining": self.deletion.remaining,
                "label": self.deletion.label,
                "smallest": self.deletion.smallest,
            },
        }


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A labelled statement of the training data.

    Attributes
    ----------
    text, labels : as labelled; a head may be missing
    source, line : the file, as training named it, and the line in it
    similarity : cosine of the TF-IDF vectors, in (0, 1]
    """

    text: str
    labels: Mapping[str, str]
    source: str
    line: int
    similarity: float

    def as_dict(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "text": self.text,
            **self.labels,
            "source": self.source,
            "line": self.line,
            "similarity": round(self.similarity, 6),
        }


def _listed(text: str, contributions: tuple[Contribution, ...]) -> list[dict[str, Any]]:
    return [{"text": text[c.start : c.end], **c._asdict()} for c in contributions]
