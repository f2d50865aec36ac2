"""The Open Inference Protocol (``/v2``): the same predictions for clients that speak it, as arrays of BYTES and FP64.

Follows version 2 of the protocol over HTTP, with its extension for binary tensors, which common clients use unless told
otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stance.records import Prediction
from stance.serve.binary import packed, unpacked
from stance.serve.intake import decode, require
from stance.serve.model import Serving
from stance.serve.predict import check_texts
from stance.serve.problems import Problem
from stance.serve.schema import InferRequest, InferTensor
from stance.serve.service import Service, json_response, note_texts

_DECODER = msgspec.json.Decoder(InferRequest)
INPUT = "text"
_HEADER = "inference-header-content-length"


def routes(service: Service) -> list[Route]:
    """Give the routes."""

    async def server(_: Request) -> Response:
        from stance import __version__

        return json_response({"name": "stance", "version": __version__, "extensions": ["binary_tensor_data"]})

    async def model(request: Request) -> Response:
        return json_response(_metadata(_serving(request, service)))

    async def ready(request: Request) -> Response:
        serving = _serving(request, service)
        return json_response({"name": serving.name, "ready": True})

    async def infer(request: Request) -> Response:
        serving = _serving(request, service)
        require(request, "application/json", "application/octet-stream", "")  # clients of the protocol name no type
        head, tail = _divided(await service.intake.whole(request), request)
        asked = decode(head, _DECODER)
        texts = _texts(asked, tail)
        check_texts(texts, service.settings, "inputs[0].data")
        note_texts(request, len(texts))
        with service.slots.one():
            predictions = await serving.batches.predictions(texts)
        service.metrics.rows((each._asdict() for each in predictions), serving.heads)
        return _answer(asked, serving, predictions)

    name = "/v2/models/{name}"
    return [
        Route("/v2", server),
        Route(name, model),
        Route(f"{name}/ready", ready),
        Route(f"{name}/infer", infer, methods=["POST"]),
    ]


def _serving(request: Request, service: Service) -> Serving:
    serving = service.holder.current
    if request.path_params["name"] != serving.name:
        raise Problem(404, f'No model of this name is here; expected "{serving.name}".', field="name")
    return serving


@dataclass(frozen=True)
class _Output:
    """A tensor that the model gives: the status, the labels of a head, or its probabilities."""

    datatype: str
    shape: tuple[int, ...]
    head: str | None = None

    def value(self, prediction: Prediction) -> Any:
        if self.head is None:
            return prediction.status
        if not self.shape:
            return prediction.label(self.head) or ""
        return [round(p, 6) for p in prediction.probabilities(self.head).values()]


def outputs(serving: Serving) -> dict[str, _Output]:
    """Give name to what each tensor holds that the model gives."""
    found = {"status": _Output("BYTES", ())}
    for head, labels in serving.heads.items():
        found[head] = _Output("BYTES", (), head)
        found[f"{head}_probabilities"] = _Output("FP64", (len(labels),), head)
    return found


def _metadata(serving: Serving) -> dict[str, Any]:
    given = [
        {"name": name, "datatype": output.datatype, "shape": [-1, *output.shape]}
        for name, output in outputs(serving).items()
    ]
    return {
        "name": serving.name,
        "versions": [serving.about["version"]],
        "platform": "stance",
        "inputs": [{"name": INPUT, "datatype": "BYTES", "shape": [-1]}],
        "outputs": given,
        "labels": {head: list(labels) for head, labels in serving.heads.items()},
    }


def _divided(body: bytes, request: Request) -> tuple[bytes, bytes]:
    """Give the JSON and the binary tensors that follow it."""
    given = request.headers.get(_HEADER)
    if given is None:
        return body, b""
    if not (given.isascii() and given.isdigit() and int(given) <= len(body)):
        raise Problem(400, f"{_HEADER} must be a number of bytes within the body.", field=_HEADER)
    return body[: int(given)], body[int(given) :]


def _texts(asked: InferRequest, tail: bytes) -> Sequence[str]:
    if len(asked.inputs) != 1 or asked.inputs[0].name != INPUT:
        raise Problem(422, f'inputs holds other tensors than expected: one, "{INPUT}".', field="inputs")
    tensor = asked.inputs[0]
    size = tensor.parameters.get("binary_data_size")
    texts = _given(tensor) if size is None else unpacked(tail, size)
    expected = 1
    for length in tensor.shape:
        expected *= length
    if expected != len(texts):
        said = f"inputs[0].shape is {tensor.shape}, which is {expected} texts, but data holds {len(texts)}."
        raise Problem(422, said, field="inputs[0].shape")
    return texts


def _given(tensor: InferTensor) -> Sequence[str]:
    if tensor.data is None:
        raise Problem(422, "inputs[0].data is missing; expected a list of texts.", field="inputs[0].data")
    return tensor.data


def _answer(asked: InferRequest, serving: Serving, predictions: Sequence[Prediction]) -> Response:
    known = outputs(serving)
    all_binary = asked.parameters.get("binary_data_output") is True
    wanted = {each.name: each.parameters.get("binary_data", all_binary) is True for each in asked.outputs or ()}
    tensors, tail = [], b""
    for name, binary in (wanted or dict.fromkeys(known, all_binary)).items():
        if name not in known:
            raise Problem(422, f'No output is called "{name}"; expected {", ".join(known)}.', field="outputs")
        tensor, data = _tensor(name, known[name], predictions, binary=binary)
        tensors.append(tensor)
        tail += data
    row = {"model_name": serving.name, "model_version": serving.about["version"], "outputs": tensors}
    return _whole(row if asked.id is None else {**row, "id": asked.id}, tail)


def _tensor(
    name: str, output: _Output, predictions: Sequence[Prediction], *, binary: bool
) -> tuple[dict[str, Any], bytes]:
    """Give a tensor and the bytes that follow the JSON."""
    values = [output.value(prediction) for prediction in predictions]
    if output.shape:
        values = [number for value in values for number in value]
    tensor: dict[str, Any] = {"name": name, "datatype": output.datatype}
    tensor["shape"] = [len(predictions), *output.shape]
    if not binary:
        return {**tensor, "data": values}, b""
    data = packed(output.datatype, values)
    return {**tensor, "parameters": {"binary_data_size": len(data)}}, data


def _whole(row: dict[str, Any], tail: bytes) -> Response:
    if not tail:
        return json_response(row)
    head = msgspec.json.encode(row)
    return Response(head + tail, media_type="application/octet-stream", headers={_HEADER: str(len(head))})
