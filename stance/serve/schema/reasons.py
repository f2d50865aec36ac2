"""Why a text got its labels."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from stance.serve.schema.values import Count, Offset, Probability


class Contribution(Struct):
    """What one occurrence of a term adds to a score; text is its words."""

    text: str
    term: str
    start: Offset
    end: Offset
    weight: float


class Sum(Struct):
    """The intercept and the weights of the contributions add up to the score."""

    score: float
    intercept: float
    contributions: list[Contribution]


class RunnerUp(Sum):
    """Why not the second most probable label: the difference of the two scores."""

    label: str


class Word(Struct):
    """A word of the text."""

    text: str
    start: Offset
    end: Offset


class Deletion(Struct):
    """Words without which the text gets another label."""

    words: list[Word]
    remaining: str
    label: str
    smallest: bool


class HeadExplanation(Sum):
    """Why a label: what each term adds, against the runner-up too, and what would change it."""

    label: str
    runner_up: RunnerUp
    relevance: Annotated[Probability | None, Meta(description="That the text is about politics at all.")]
    gate: Annotated[Sum | None, Meta(description="What speaks against politics, where that decided.")]
    deletion: Deletion | None


class Neighbour(Struct):
    """A labelled statement of the training data that is near."""

    text: str
    source: str
    line: Count
    similarity: Annotated[float, Meta(ge=0, le=1)]
    stance: str | UnsetType = UNSET
    sentiment: str | UnsetType = UNSET


class Explanation(Struct, kw_only=True):
    """Each head's reasons, and the nearest labelled statements where the model has them."""

    stance: HeadExplanation | UnsetType = UNSET
    sentiment: HeadExplanation | UnsetType = UNSET
    nearest: list[Neighbour] | None
