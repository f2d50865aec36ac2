"""Texts asked and labelled."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from stance.serve.schema.reasons import Explanation
from stance.serve.schema.values import Count, Probabilities, Share, Status


class PredictRequest(Struct, kw_only=True, forbid_unknown_fields=True):
    """Texts to label."""

    texts: Annotated[list[str], Meta(description="Statements of one to three English sentences each.")]
    explain: Annotated[bool, Meta(description="Also say why, why not the runner-up, what would change it.")] = False
    risk: Annotated[Share | None, Meta(description="Label only where fewer labels than this share are wrong.")] = None
    sets: Annotated[Share | None, Meta(description="Also give sets that hold the right label this often.")] = None
    sets_per: Annotated[
        Literal["class", "all"], Meta(description="Hold sets among the texts of each class, or among all.")
    ] = "class"


class PredictionRow(Struct, kw_only=True):
    """What the model says of one text: the row that ``stance predict --json`` prints."""

    text: str
    status: Status
    stance: str | UnsetType | None = UNSET
    stance_probabilities: Probabilities | UnsetType = UNSET
    sentiment: str | UnsetType | None = UNSET
    sentiment_probabilities: Probabilities | UnsetType = UNSET
    known_terms: Count
    reason: Annotated[
        str | None, Meta(description="Why it is undecided: no_known_terms, few_known_terms, not_english.")
    ]
    explanation: Annotated[Explanation | UnsetType | None, Meta(description="With explain.")] = UNSET
    stance_reason: Annotated[str | UnsetType | None, Meta(description="With risk: why there is no stance.")] = UNSET
    sentiment_reason: Annotated[str | UnsetType | None, Meta(description="With risk.")] = UNSET
    stance_set: Annotated[list[str] | UnsetType | None, Meta(description="With sets.")] = UNSET
    sentiment_set: Annotated[list[str] | UnsetType | None, Meta(description="With sets.")] = UNSET


class PredictResponse(Struct):
    """One row for each text, in order."""

    predictions: list[PredictionRow]
