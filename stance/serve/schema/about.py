"""What the service tells of itself and of what went wrong."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType


class LabelMeaning(Struct):
    """A label and, where the codebook defines it, its meaning."""

    name: str
    meaning: str | None


class ModelResponse(Struct):
    """The model that answers."""

    name: str
    version: Annotated[str, Meta(description="The first twelve digits of the hash of its weights.")]
    stance_version: str
    heads: dict[str, list[LabelMeaning]]
    card: Annotated[str, Meta(description="The model card, in Markdown.")]
    manifest: dict[str, Any]
    metrics: dict[str, Any]


class Health(Struct):
    """Whether the service is alive, or ready to answer."""

    status: Literal["live", "ready"]


class ProblemDetails(Struct, kw_only=True):
    """What is wrong with a request (RFC 9457)."""

    type: str
    title: str
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: Annotated[str, Meta(description="What was wrong and what was expected.")]
    field: Annotated[str | UnsetType, Meta(description="The field to blame.")] = UNSET
    request_id: str | UnsetType = UNSET
    error: Annotated[str | UnsetType, Meta(description="The detail once more, where a protocol asks for it.")] = UNSET
