"""``POST /v1/predict``: texts in, the command line's rows out; at once, or as a stream of lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stance.predictor import Predictor
from stance.serve.intake import decode, require
from stance.serve.problems import Problem
from stance.serve.schema import PredictRequest
from stance.serve.service import Service, in_turns, json_response, note_texts
from stance.serve.settings import Settings
from stance.serve.stream import NDJSON, RowStream

_DECODER = msgspec.json.Decoder(PredictRequest)

#: The label given and its nearest rival: why, and why not the other.
_EXPLAINED = 2


def routes(service: Service) -> list[Route]:
    """Give the route."""

    async def predict(request: Request) -> Response:
        if require(request, "application/json", NDJSON) == NDJSON:
            return RowStream(service, request)
        asked = decode(await service.intake.whole(request), _DECODER)
        check_texts(asked.texts, service.settings)
        note_texts(request, len(asked.texts))
        with service.slots.one():
            return json_response({"predictions": await _rows(service, asked)})

    return [Route("/v1/predict", predict, methods=["POST"])]


def check_texts(texts: Sequence[str], settings: Settings, field: str = "texts") -> None:
    """Refuse more texts or longer ones than the settings allow.

    Raises
    ------
    Problem
        422, naming the text.
    """
    if len(texts) > settings.texts:
        raise Problem(
            422, f"{field} holds {len(texts):,} texts; expected {settings.texts:,} at most. Use a stream.", field=field
        )
    for place, text in enumerate(texts):
        if len(text) > settings.text_chars:
            where = f"{field}[{place}]"
            said = f"{where} has {len(text):,} characters; expected {settings.text_chars:,} at most"
            raise Problem(422, f"{said}. Articles go to /v1/read.", field=where)


async def _rows(service: Service, asked: PredictRequest) -> list[dict[str, Any]]:
    predictor = service.holder.current.predictor
    rows = []
    async for text in in_turns(asked.texts):
        row = predictor.predict(text).as_dict()
        if asked.explain:
            row["explanations"] = explanations(predictor, row)
        rows.append(row)
    service.metrics.rows(rows, predictor.heads)
    return rows


def explanations(predictor: Predictor, row: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Explain the two most probable labels of each head; nothing where nothing was decided."""
    if row["status"] != "ok":
        return {}
    found = {}
    for head in predictor.heads:
        odds = row[f"{head}_probabilities"]
        ranked = sorted(odds, key=lambda label: (label != row[head], -odds[label]))
        found[head] = [predictor.explain(row["text"], head, label).as_dict() for label in ranked[:_EXPLAINED]]
    return found
