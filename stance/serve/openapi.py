"""The OpenAPI document, with an example for everything, and the page that shows it without anything from outside.

Shapes come from :mod:`stance.serve.schema`, examples from the model itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stance.predictor import Predictor
from stance.serve import schema
from stance.serve.inference import INPUT, outputs
from stance.serve.operations import JSON, OPERATIONS, Operation
from stance.serve.problems import MEDIA_TYPE, TITLES
from stance.serve.service import Service, json_response


def routes(service: Service) -> list[Route]:
    """Give the routes of the document and its page."""

    @lru_cache(maxsize=2)
    def document_of(version: str) -> dict[str, Any]:  # noqa: ARG001 -- a new model has other examples
        return document(service)

    def current() -> dict[str, Any]:
        return document_of(service.holder.current.about["version"])

    async def openapi(_: Request) -> Response:
        return json_response(current())

    async def docs(_: Request) -> Response:
        from stance.serve.docs_page import render_docs  # the report's elements take a while to import

        return Response(render_docs(current()), media_type="text/html")

    return [Route("/openapi.json", openapi), Route("/docs", docs)]


def document(service: Service) -> dict[str, Any]:
    """Give the OpenAPI document of version 3.1."""
    from stance import __version__
    from stance.serve.examples import examples  # they are made by reading an article, which takes a while to import

    shown = examples(service.holder.current)
    shapes = {shape for each in OPERATIONS for shape in (each.asked, *each.answers.values()) if shape}
    shapes.add(schema.ProblemDetails)
    ordered = sorted(shapes, key=lambda shape: shape.__name__)
    _, components = msgspec.json.schema_components(ordered, ref_template="#/components/schemas/{name}")
    _limit(components, service)
    paths: dict[str, Any] = {}
    for each in OPERATIONS:
        paths.setdefault(each.path, {})[each.method] = _operation(each, shown, service)
    keyed = service.settings.api_keys != ""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "stance",
            "version": __version__,
            "description": "Stance and sentiment of what people say about international affairs. Rows are those of the "
            "command line; within /v1 a field may be added, none changes or goes.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
        **({"security": [{"key": []}]} if keyed else {}),
    }


def _limit(components: dict[str, Any], service: Service) -> None:
    """Write the limits of this service into the shapes."""
    settings = service.settings
    texts = components["PredictRequest"]["properties"]["texts"]
    texts["maxItems"] = settings.texts
    texts["items"] = {**texts["items"], "maxLength": settings.text_chars}
    components["PredictRequest"]["properties"].update(_promised(service.holder.current.predictor))
    components["InferTensor"]["properties"]["name"]["enum"] = [INPUT]
    components["InferOutput"]["properties"]["name"]["enum"] = list(outputs(service.holder.current))
    read = components["ReadRequest"]
    read["oneOf"] = [
        {"required": [name], "properties": {name: {"type": "string"}, other: {"type": "null"}}}
        for name, other in (("text", "html"), ("html", "text"))
    ]


def _promised(predictor: Predictor) -> dict[str, Any]:
    """Describe the promises that this model can keep; one that was trained without thresholds keeps none."""
    from stance.confidence.promises import Promises

    none = {"type": "null", "description": "This model can promise nothing."}
    if not predictor.manifest.get("confidence"):
        return {"risk": none, "sets": none}
    promises = [Promises(predictor.path, predictor.manifest, head) for head in predictor.heads]
    risks, coverages = [each.lowest_risk for each in promises], [each.highest_coverage for each in promises]
    found: dict[str, Any] = {"risk": none, "sets": none}
    if None not in risks:
        found["risk"] = _share(
            "Label only where fewer labels than this share are wrong.", minimum=max(filter(None, risks))
        )
    if None not in coverages:
        found["sets"] = _share(
            "Also give sets that hold the right label this often.", maximum=min(filter(None, coverages))
        )
    return found


def _share(meaning: str, **limit: float) -> dict[str, Any]:
    number = {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1, **limit}
    return {"anyOf": [number, {"type": "null"}], "default": None, "description": meaning}


def _operation(operation: Operation, shown: Mapping[str, Any], service: Service) -> dict[str, Any]:
    name, path = operation.name, operation.path
    described: dict[str, Any] = {"operationId": name, "summary": operation.summary, "tags": [path.split("/")[1]]}
    if "{name}" in path:
        place = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
        described["parameters"] = [{**place, "example": service.holder.current.name}]
    if operation.asked is not None:
        bodies = {JSON: _content(operation.asked, shown[name])}
        bodies.update({kind: _lines(shown[f"{name} as {kind}"]) for kind in operation.also})
        described["requestBody"] = {"required": True, "content": bodies}
    content = {kind: _content(shape, shown.get(f"{name} {kind}")) for kind, shape in operation.answers.items()}
    described["responses"] = {"200": {"description": "As asked.", "content": content}}
    for status in operation.statuses:
        described["responses"][str(status)] = _problem(status, shown)
    return described


def _lines(example: str) -> dict[str, Any]:
    """Describe a stream, of which every line is answered, whatever it holds."""
    return {"schema": {"description": 'One JSON object with a "text" a line.'}, "example": example}


def _content(shape: type | None, example: Any) -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{shape.__name__}"} if shape else {"type": "string"}
    return {"schema": reference, **({"example": example} if example is not None else {})}


def _problem(status: int, shown: Mapping[str, Any]) -> dict[str, Any]:
    described: dict[str, Any] = {
        "description": f"{TITLES[status].capitalize()}.",
        "content": {MEDIA_TYPE: _content(schema.ProblemDetails, shown[f"problem {status}"])},
    }
    if status in (429, 503):
        described["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "example": 1}}
    return described
