"""The shapes of the Open Inference Protocol."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from stance.serve.schema.values import Count


class InferTensor(Struct, kw_only=True):
    """A tensor of the Open Inference Protocol."""

    name: str
    shape: Annotated[list[Count], Meta(max_length=8)]
    datatype: Literal["BYTES"]
    data: Annotated[list[str] | None, Meta(description="The texts; without it they follow as binary data.")] = None
    parameters: dict[str, Any] = {}


class InferOutput(Struct, kw_only=True):
    """An output that is wanted."""

    name: str
    parameters: dict[str, Any] = {}


class InferRequest(Struct, kw_only=True):
    """Texts to label, as the Open Inference Protocol sends them."""

    inputs: list[InferTensor]
    id: str | None = None
    outputs: list[InferOutput] | None = None
    parameters: dict[str, Any] = {}


class OutputTensor(Struct, kw_only=True):
    """A tensor of labels or probabilities."""

    name: str
    datatype: Literal["BYTES", "FP64"]
    shape: list[Count]
    data: list[str | float] | UnsetType = UNSET
    parameters: dict[str, Any] | UnsetType = UNSET


class InferResponse(Struct, kw_only=True):
    """Labels and probabilities of the texts."""

    model_name: str
    model_version: str
    id: str | UnsetType = UNSET
    outputs: list[OutputTensor]


class TensorMetadata(Struct):
    """What a tensor holds; -1 is any length."""

    name: str
    datatype: str
    shape: list[int]


class ModelMetadata(Struct):
    """What the model takes and gives, for the Open Inference Protocol."""

    name: str
    versions: list[str]
    platform: str
    inputs: list[TensorMetadata]
    outputs: list[TensorMetadata]
    labels: Annotated[dict[str, list[str]], Meta(description="Head to its labels, in the order of the probabilities.")]


class ModelReady(Struct):
    """Whether a model answers."""

    name: str
    ready: bool


class ServerMetadata(Struct):
    """What answers, for the Open Inference Protocol."""

    name: str
    version: str
    extensions: list[str]
