"""Examples for every request and answer, made by the model itself, so that they are true."""

from __future__ import annotations

from typing import Any

import msgspec

from stance.article import read_article
from stance.serve.model import Serving
from stance.serve.problems import Problem, busy

_TEXTS = ["We remain open to negotiations towards that goal.", "You have broken every promise you made."]
_ARTICLE = "“We remain open to talks,” said the foreign minister, Anna Lindt."

_PROBLEMS = [
    Problem(400, "The body is not JSON (JSON is malformed: trailing characters (byte 17)).", field="body"),
    Problem(401, "A key is needed: Authorization: Bearer KEY.", field="Authorization"),
    Problem(404, 'No model of this name is here; expected "default".', field="name"),
    Problem(406, 'Accept is "image/png"; expected application/json, text/csv, text/html.', field="Accept"),
    Problem(408, "Nothing complete arrived within 20 seconds.", field="body"),
    Problem(413, "The body is larger than 2,000,000 bytes.", field="body"),
    Problem(415, 'Content-Type is "text/plain"; expected application/json.', field="Content-Type"),
    Problem(422, "texts[0]: Expected str, got int.", field="texts[0]"),
    busy("16 requests are being worked on already. Try again in a second."),
    busy("1,000 connections are open already. Try again in a second.", status=503),
]


def examples(serving: Serving) -> dict[str, Any]:
    """Give operation to its request, "operation media type" to its answer, "problem 422" to a problem."""
    rows = [serving.predictor.predict(text).as_dict() for text in _TEXTS]
    article = read_article(_ARTICLE, predictor=serving.predictor, id="harbour.txt").as_dict()
    infer = {"name": "text", "shape": [2], "datatype": "BYTES", "data": _TEXTS}
    labels = {"name": "stance", "datatype": "BYTES", "shape": [2], "data": [row.get("stance") or "" for row in rows]}
    json = "application/json"
    about = {**serving.about, "card": serving.about["card"][:200], "manifest": {}, "metrics": {}}
    return {
        "predict": {"texts": _TEXTS},
        "predict as application/x-ndjson": _lines([{"id": place, "text": text} for place, text in enumerate(_TEXTS)]),
        f"predict {json}": {"predictions": rows},
        "predict application/x-ndjson": _lines([{"id": place, **row} for place, row in enumerate(rows)]),
        "read": {"text": _ARTICLE, "id": "harbour.txt", "explain": True},
        f"read {json}": article,
        f"model {json}": about,
        **{f"{name} {json}": {"status": "live"} for name in ("live", "v2_live")},
        **{f"{name} {json}": {"status": "ready"} for name in ("ready", "v2_ready")},
        "metrics text/plain": 'stance_texts_total 2.0\nstance_labels_total{head="stance",label="critical"} 1.0\n',
        f"server {json}": {"name": "stance", "version": "0.1.0", "extensions": ["binary_tensor_data"]},
        f"v2_model_ready {json}": {"name": serving.name, "ready": True},
        "v2_infer": {"id": "1", "inputs": [infer], "outputs": [{"name": "stance"}]},
        f"v2_infer {json}": {
            "model_name": serving.name,
            "model_version": serving.about["version"],
            "outputs": [labels],
            "id": "1",
        },
        **{f"problem {problem.status}": problem.as_dict() for problem in _PROBLEMS},
    }


def _lines(rows: list[dict[str, Any]]) -> str:
    return "".join(msgspec.json.encode(row).decode() + "\n" for row in rows)
