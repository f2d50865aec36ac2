"""``POST /v1/predict``: texts in, the command line's rows out; at once, or as a stream of lines."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stance.additions import Addition, add_cells
from stance.errors import ModelError, StanceError
from stance.predictor import Predictor
from stance.records import Prediction
from stance.serve.intake import decode, require
from stance.serve.problems import Problem
from stance.serve.schema import PredictRequest
from stance.serve.service import Service, json_response, note_texts
from stance.serve.settings import Settings
from stance.serve.stream import NDJSON, RowStream

Row = dict[str, Any]

_DECODER = msgspec.json.Decoder(PredictRequest)


def routes(service: Service) -> list[Route]:
    """Give the route."""

    async def predict(request: Request) -> Response:
        if require(request, "application/json", NDJSON) == NDJSON:
            return RowStream(service, request)
        asked = decode(await service.intake.whole(request), _DECODER)
        check_texts(asked.texts, service.settings)
        serving = service.holder.current
        predictor = serving.predictor
        additions = _additions(asked, predictor, service.settings)
        note_texts(request, len(asked.texts))
        with service.slots.one():
            row_of = partial(_row, additions)
            if asked.explain:
                rows = await _explained(service, row_of, await serving.batches.predictions(asked.texts))
            else:
                rows = await serving.batches.each(asked.texts, row_of)
        service.metrics.rows(rows, predictor.heads)
        return json_response({"predictions": rows})

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


def _additions(asked: PredictRequest, predictor: Predictor, settings: Settings) -> list[Addition]:
    """Give what is asked for beside the labels, as the command line's flags of the same names do."""
    additions: list[Addition] = []
    if asked.risk is not None or asked.sets is not None:
        per_class = asked.sets_per == "class"
        try:
            additions.append(predictor.deciding(risk=asked.risk, coverage=asked.sets, per_class=per_class))
        except StanceError as error:
            said = f"The model {error.problem}." if isinstance(error, ModelError) else str(error)
            raise Problem(422, said, field="sets" if asked.risk is None else "risk") from None
    if asked.explain:
        if len(asked.texts) > settings.explained:
            said = f"texts holds {len(asked.texts):,} texts; expected {settings.explained:,} at most to explain."
            raise Problem(422, said, field="texts")
        from stance.explaining.cells import Explained

        additions.append(Explained(predictor))
    return additions


async def _explained(service: Service, row_of: Callable[[Prediction], Row], found: Sequence[Prediction]) -> list[Row]:
    """Explain in a thread: the words that decide are found by many predictions."""
    loop = asyncio.get_running_loop()
    return [await loop.run_in_executor(service.threads, row_of, prediction) for prediction in found]


def _row(additions: Sequence[Addition], prediction: Prediction) -> Row:
    return add_cells(prediction.as_dict(), prediction, additions, flat=False)
