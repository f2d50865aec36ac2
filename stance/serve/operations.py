"""What the service can be asked, for its description: one entry an operation.

Knows nothing of how it is answered; tests hold this list to the routes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from stance.serve import schema

JSON, NDJSON, BINARY = "application/json", "application/x-ndjson", "application/octet-stream"

#: Problems that any request may meet, and those of requests that bring a body.
_ALWAYS = (401, 503)
_OF_BODIES = (400, 408, 413, 415, 422, 429)


@dataclass(frozen=True)
class Operation:
    """An operation.

    Attributes
    ----------
    name : unique; examples are found by it
    asked : shape of the body; None for requests without one
    answers : media type to shape; None where it is no JSON
    own : statuses beside those of all operations and of all that bring a body
    also : further media types of the body
    """

    name: str
    path: str
    summary: str
    answers: Mapping[str, type | None] = field(default_factory=lambda: {JSON: schema.Health})
    asked: type | None = None
    own: tuple[int, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def method(self) -> str:
        """``post`` if there is a body, else ``get``."""
        return "get" if self.asked is None else "post"

    @property
    def statuses(self) -> list[int]:
        """Statuses of the problems that may come back."""
        return sorted((*_ALWAYS, *self.own, *(_OF_BODIES if self.asked else ())))


OPERATIONS = (
    Operation(
        *("predict", "/v1/predict", "Label texts. As application/x-ndjson: a stream, line by line, of any length."),
        *({JSON: schema.PredictResponse, NDJSON: None}, schema.PredictRequest),
        also=(NDJSON,),
    ),
    Operation(
        *("read", "/v1/read", "Tell who said what in an article: as a row, a table of statements, an offline page."),
        *({JSON: schema.ArticleRow, "text/csv": None, "text/html": None}, schema.ReadRequest, (406,)),
    ),
    Operation("model", "/v1/model", "The model that answers: card, labels, manifest.", {JSON: schema.ModelResponse}),
    Operation("live", "/health/live", "Whether the process answers."),
    Operation("ready", "/health/ready", "Whether a model is loaded."),
    Operation("metrics", "/metrics", "Counts in Prometheus' text format.", {"text/plain": None}),
    Operation("server", "/v2", "Open Inference Protocol: what answers.", {JSON: schema.ServerMetadata}),
    Operation("v2_live", "/v2/health/live", "Open Inference Protocol: whether the process answers."),
    Operation("v2_ready", "/v2/health/ready", "Open Inference Protocol: whether a model is loaded."),
    Operation(
        *("v2_model", "/v2/models/{name}", "Open Inference Protocol: what the model takes and gives."),
        *({JSON: schema.ModelMetadata}, None, (404,)),
    ),
    Operation(
        *("v2_model_ready", "/v2/models/{name}/ready", "Open Inference Protocol: whether this model answers."),
        *({JSON: schema.ModelReady}, None, (404,)),
    ),
    Operation(
        *("v2_infer", "/v2/models/{name}/infer", "Open Inference Protocol: label texts."),
        *({JSON: schema.InferResponse, BINARY: None}, schema.InferRequest, (404,)),
    ),
)
