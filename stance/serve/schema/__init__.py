"""The shapes of what is sent and answered: checked when a body is decoded, and written into the OpenAPI document.

Answers are made by the records' own ``as_dict``, which the command line uses as well; the classes below describe
them, and tests hold both to it. The shapes are those of version 1: a field may be added, none changes or goes.
"""

from stance.serve.schema.about import Health, ModelResponse, ProblemDetails
from stance.serve.schema.articles import ArticleRow, ReadRequest
from stance.serve.schema.inference import (
    InferRequest,
    InferResponse,
    InferTensor,
    ModelMetadata,
    ModelReady,
    ServerMetadata,
)
from stance.serve.schema.labels import PredictRequest, PredictResponse

__all__ = [
    "ArticleRow",
    "Health",
    "InferRequest",
    "InferResponse",
    "InferTensor",
    "ModelMetadata",
    "ModelReady",
    "ModelResponse",
    "PredictRequest",
    "PredictResponse",
    "ProblemDetails",
    "ReadRequest",
    "ServerMetadata",
]
