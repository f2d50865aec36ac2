"""The HTTP interface on a real server: the command line's rows, the other formats, and what is told of mistakes."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

pytest.importorskip("uvicorn")

from serving import Server

import stance
from stance.article import read_article

TEXTS = ["We remain open to negotiations towards that goal.", "You have broken every promise you made.", " ", "zzz"]
ARTICLE = "“We remain open to talks,” said Joel Wit. “You have broken every promise,” Anna Lindt said."
MORE = "More of it follows here. " * 9
HTML = f"<html><body><article><h1>Talks</h1><p>{ARTICLE}</p><p>{MORE}</p></article></body></html>"


@pytest.fixture(scope="module")
def server():
    running = Server()
    yield running
    running.close()


@pytest.fixture(scope="module")
def model():
    return stance.load()


# ---- predict -----------------------------------------------------------------------------------------------


def test_rows_are_those_of_the_command_line(server, run):
    """One shape for both: what ``stance predict --json`` prints is what the service answers, undecided ones too."""
    printed = [json.loads(line) for line in run("predict", "--json", *TEXTS).stdout.splitlines()]
    assert server.post("/v1/predict", {"texts": TEXTS}).json == {"predictions": printed}


def test_the_client_of_the_readme_works(server):
    """Ten lines of the standard library give the rows."""
    readme = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
    (client,) = re.findall(r"```python\n(import json.*?)\n\n\nfor row", readme, re.DOTALL)
    names: dict[str, object] = {}
    exec(client, names)
    rows = names["predict"](TEXTS[:1], server.address + "/v1/predict")
    assert [(row["stance"], row["text"]) for row in rows] == [("diplomatic", TEXTS[0])]


def test_no_texts_are_no_predictions(server):
    """An empty list is a request like others."""
    assert server.post("/v1/predict", {"texts": []}).json == {"predictions": []}


def test_explanations_are_those_of_the_command_line(server, run):
    """On request; nothing for what is undecided."""
    printed = [json.loads(line) for line in run("predict", "--json", "--explain", *TEXTS).stdout.splitlines()]
    answered = server.post("/v1/predict", {"texts": TEXTS, "explain": True}).json["predictions"]
    assert answered == printed
    assert [row["explanation"] is None for row in answered] == [False, False, True, True]


def test_promise_that_cannot_be_kept_is_told(server):
    """By the field that asked for it."""
    answer = server.post("/v1/predict", {"texts": TEXTS, "risk": 0.000001})
    assert (answer.status, answer.json["field"]) == (422, "risk")


@pytest.mark.parametrize(
    ("body", "status", "field", "detail"),
    [
        (b'{"texts": [1]}', 422, "texts[0]", "texts[0]: Expected str, got int."),
        (b'{"texts": "one"}', 422, "texts", "texts: Expected array, got str."),
        (b"{}", 422, "body", "The body: Object missing required field texts."),
        (b'{"texts": [], "txt": 1}', 422, "body", "The body: Object contains unknown field txt."),
        (b"[]", 422, "body", "The body: Expected object, got array."),
        (b'{"texts": [NaN]}', 400, "body", "The body is not JSON (JSON is malformed: invalid character (byte 11))."),
        (b'{"texts": ["\xff"]}', 400, "body", "The body is not UTF-8 (invalid start byte). Expected JSON in UTF-8."),
        ('{"texts": ["é"]}'.encode("utf-16"), 400, "body", "The body is not JSON"),
        (b"", 400, "body", "The body is not JSON (Input data was truncated)."),
        (b'{"texts": ["\\ud800 and so on"]}', 400, "body", "The body is not JSON"),
        (b"[" * 500_000, 422, "body", "The body: Expected object, got array."),
        (b'{"texts": [' + b"[" * 500_000, 422, "texts[0]", "texts[0]: Expected str, got array."),
    ],
)
def test_wrong_body_is_told_with_its_field(server, body, status, field, detail):
    """What came and what was expected, as problem+json."""
    answer = server.post("/v1/predict", body)
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["field"] == field
    assert answer.json["detail"].startswith(detail)
    assert answer.json["request_id"] == answer.headers["x-request-id"]


@pytest.mark.parametrize(
    ("headers", "status", "detail"),
    [
        ({"Content-Type": "text/plain"}, 415, 'Content-Type is "text/plain"; expected application/json or'),
        ({}, 415, 'Content-Type is ""'),
        ({"Content-Type": "application/json; charset=latin-1"}, 415, "expected UTF-8"),
        ({"Content-Type": "application/json", "Content-Encoding": "gzip"}, 415, 'Content-Encoding is "gzip"'),
    ],
)
def test_wrong_headers_are_told(server, headers, status, detail):
    """What is no JSON by its header is not guessed at; a packed body is not unpacked, so a bomb does nothing."""
    answer = server.ask("POST", "/v1/predict", b'{"texts": []}', headers)
    assert answer.status == status
    assert detail in answer.json["detail"]


def test_unknown_address_and_method(server):
    """404 says where to look, 405 what would go."""
    assert server.ask("GET", "/v1/nothing").json["status"] == 404
    answer = server.ask("GET", "/v1/predict")
    assert (answer.status, answer.headers["allow"]) == (405, "POST")
    assert answer.json["detail"] == "This address answers to POST, not to GET."


# ---- streams -----------------------------------------------------------------------------------------------


def stream(server, body):
    answer = server.ask("POST", "/v1/predict", body, {"Content-Type": "application/x-ndjson"})
    assert answer.status == 200
    return [json.loads(line) for line in answer.body.splitlines()]


def test_stream_has_a_row_for_each_line_and_passes_columns_through(server, model):
    """Blank lines are none; numbers too large for a float stay as they are."""
    found = stream(server, b'{"id": 123456789012345678901234567890, "text": "We remain open."}\n\n{"text": ""}')
    assert found[0]["id"] == 123456789012345678901234567890
    assert [{k: v for k, v in row.items() if k != "id"} for row in found] == [
        model.predict(text).as_dict() for text in ("We remain open.", "")
    ]


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"x", "not a JSON object (JSON is malformed: invalid character (byte 0))"),
        (b"[1]", "not a JSON object (Expected object, got array)"),
        (b'{"text": 3}', "not text: int"),
        (b'{"id": 1}', "no text"),
        (b'{"text": "\xff"}', "not a JSON object (invalid start byte)"),
        (b'{"text": NaN}', "not a JSON object (JSON is malformed: invalid character (byte 9))"),
        (b'{"x": ' + b"[" * 50_000 + b"]" * 50_000 + b"}", "not a JSON object (maximum recursion depth exceeded"),
        (b'{"text": "' + b"a" * 20_001 + b'"}', "the text is too long"),
        (b'{"text": "' + b"a" * 400_000 + b'"}', "the line is too long"),
    ],
)
def test_line_that_cannot_be_used_has_its_row(server, line, status):
    """The stream goes on, and the row says which line and why."""
    row, after = stream(server, line + b'\n{"text": "We remain open to talks."}')
    assert row["status"].startswith(status)
    assert row["line"] == 1
    assert after["status"] == "ok"


def test_empty_stream_is_an_empty_answer(server):
    """Nothing in, nothing out."""
    assert stream(server, b"") == []


def test_texts_together_are_answered_as_one_by_one(server, model):
    """Alone, in a small request, in one of many pieces: the same rows, in order, whatever their lengths."""
    texts = [f"{n}. We {'remain open to talks ' * (n % 7)}and {'will strike ' * (n % 5)}." for n in range(150)]
    texts[40:40] = ["", "word " * 3_900, "zzz", "They will not talk. " * 900]
    expected = [model.predict(text).as_dict() for text in texts]
    assert server.post("/v1/predict", {"texts": texts}).json["predictions"] == expected
    assert server.post("/v1/predict", {"texts": texts[:3]}).json["predictions"] == expected[:3]
    assert server.post("/v1/predict", {"texts": []}).json["predictions"] == []


# ---- articles ----------------------------------------------------------------------------------------------


def test_article_row_is_that_of_the_reader(server, model):
    """The same row as from Python, with the words that decided or without, and its offsets hold."""
    for explain in (True, False):
        row = server.post("/v1/read", {"text": ARTICLE, "id": "a.txt", "explain": explain}).json
        own = read_article(ARTICLE, predictor=model, id="a.txt", explain=explain)
        assert row == json.loads(json.dumps(own.as_dict()))
        assert [quote["because"] is not None for quote in row["quotes"]] == [explain] * len(row["quotes"])
    assert row == server.post("/v1/read", {"text": ARTICLE, "id": "a.txt"}).json
    assert [row["text"][q["start"] : q["end"]] for q in row["quotes"]] == [q["text"] for q in row["quotes"]]


def test_html_is_read(server):
    """The article in a page; the offsets point into the text that was found."""
    row = server.post("/v1/read", {"html": HTML}).json
    assert row["status"] == "ok"
    assert "<p>" not in row["text"]
    assert {quote["speaker"] for quote in row["quotes"]} == {"Joel Wit", "Anna Lindt"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"html": "<p></p>"}, "no article was found in this page"),
        ({"html": " "}, "empty"),
        ({"html": "<div>" * 20_000}, "no article was found in this page"),
        ({"text": ""}, "empty"),
        ({"text": "Nobody speaks here."}, "no_statement"),
    ],
)
def test_article_without_statements_says_why(server, body, status):
    """As in the command line's tables, the status tells."""
    answer = server.post("/v1/read", body)
    assert (answer.status, answer.json["status"], answer.json["quotes"]) == (200, status, [])


@pytest.mark.parametrize("body", [{}, {"text": "a", "html": "b"}])
def test_article_is_text_or_html(server, body):
    """One of the two, and which is said."""
    answer = server.post("/v1/read", body)
    assert (answer.status, answer.json["field"]) == (422, "text")
    assert answer.json["detail"] == 'The body holds both "text" and "html", or neither; expected one of them.'


def test_article_as_table_and_as_page(server):
    """What ``stance read`` writes to files, to download."""
    table = server.post("/v1/read", {"text": ARTICLE}, Accept="text/csv")
    assert table.headers["content-disposition"] == 'attachment; filename="statements.csv"'
    assert [row["speaker"] for row in csv.DictReader(io.StringIO(table.body.decode()))] == ["Joel Wit", "Anna Lindt"]
    page = server.post("/v1/read", {"text": ARTICLE}, Accept="text/html;q=0.9, image/png")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.body.startswith(b"<!DOCTYPE html>")
    refused = server.post("/v1/read", {"text": ARTICLE}, Accept="image/png, text/csv;q=0")
    assert (refused.status, refused.json["field"]) == (406, "Accept")


# ---- the service itself ------------------------------------------------------------------------------------


def test_model_card_labels_and_manifest(server, model):
    """Who asks gets to know what answers."""
    about = server.ask("GET", "/v1/model").json
    assert about["name"] == "default"
    assert about["manifest"] == dict(model.manifest)
    assert [label["name"] for label in about["heads"]["stance"]] == list(model.heads["stance"])
    assert all(label["meaning"] for label in about["heads"]["sentiment"])
    assert about["card"].startswith("#")


def test_metrics_count_and_hold_no_text(server):
    """Texts, labels and undecided rise by what was sent, and nothing of the text is there."""

    def counted():
        lines = server.ask("GET", "/metrics").body.decode().splitlines()
        pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
        return {name: float(value) for name, value in pairs}

    before = counted()
    server.post("/v1/predict", {"texts": ["Unmistakable we remain open to talks.", "qqqq"]})
    after = counted()
    changed = {name: after[name] - before.get(name, 0) for name in after if after[name] != before.get(name, 0)}
    assert changed["stance_texts_total"] == 2
    assert changed['stance_labels_total{head="stance",label="diplomatic"}'] == 1
    assert changed['stance_undecided_total{reason="no_known_terms"}'] == 1
    assert changed['stance_requests_total{method="POST",route="/v1/predict",status="200"}'] == 1
    assert not any("Unmistakable" in name for name in after)


def test_log_holds_sizes_and_times_and_no_text(server):
    """One JSON line a request, found by the id that the client gave."""
    body = json.dumps({"texts": ["Unmistakable we remain open to talks."]})
    headers = {"Content-Type": "application/json", "X-Request-ID": "mine-1"}
    assert server.ask("POST", "/v1/predict?secret=1", body, headers).headers["x-request-id"] == "mine-1"
    server.ask("GET", "/Unmistakable")
    server.ask("GET", "/health/live", headers={"X-Request-ID": "bad id <b>"})
    server.event("request", count=len([e for e in server.events if e["event"] == "request"]))
    line = next(each for each in server.events if each.get("id") == "mine-1")
    assert {name: line[name] for name in ("method", "route", "status", "bytes_in", "texts")} == {
        "method": "POST",
        "route": "/v1/predict",
        "status": 200,
        "bytes_in": len(body),
        "texts": 1,
    }
    assert line["ms"] > 0
    assert not any("Unmistakable" in line or "secret" in line or "bad id" in line for line in server.lines)


def test_security_headers_are_on_every_answer(server):
    """No script but the page's own, no framing, no sniffing; no other origin is let in."""
    for path in ("/", "/v1/model", "/nothing", "/docs", "/assets/app.js"):
        headers = server.ask("GET", path, headers={"Origin": "http://elsewhere.example"}).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers


def test_documentation_page_needs_nothing_from_elsewhere(server):
    """It names every operation and fetches its style from here."""
    page = server.ask("GET", "/docs").body.decode()
    for path in server.ask("GET", "/openapi.json").json["paths"]:
        assert path in page
    assert "<script" not in page
    assert "src=" not in page
    assert 'href="/assets/' in page


def test_description_names_every_route_and_only_those():
    """The list of operations and the routes are written apart; here they meet."""
    from starlette.routing import Router

    from stance.serve.app import application
    from stance.serve.model import ModelHolder
    from stance.serve.operations import OPERATIONS
    from stance.serve.settings import Settings

    router = application(Settings(), ModelHolder(""))._app
    assert isinstance(router, Router)
    served = {
        (method.lower(), route.path) for route in router.routes for method in route.methods or () if method != "HEAD"
    }
    pages = {("get", path) for path in ("/", "/docs", "/openapi.json", "/favicon.ico", "/assets/{name}")}
    assert {(each.method, each.path) for each in OPERATIONS} == served - pages


def mapped(server):
    """Give the files that are mapped into the memory of a server."""
    return Path(f"/proc/{server.process.pid}/maps").read_text()


@pytest.mark.parametrize("module", ["sklearn", "scipy", "pandas", "joblib", "fastapi", "pydantic"])
def test_server_maps_nothing_heavy(server, module):
    """After all that was asked above, scikit-learn and its like are not in the process."""
    assert f"/{module}/" not in mapped(server)
    assert "model.safetensors" in mapped(server)


def test_numpy_is_loaded_for_many_texts_only():
    """A service that is asked for few texts, explanations and articles does without."""
    own = Server()
    try:
        assert own.post("/v1/predict", {"texts": ["We will talk."] * 5, "explain": True}).status == 200
        assert own.post("/v1/read", {"text": ARTICLE}).status == 200
        assert "/numpy/" not in mapped(own)
        assert own.post("/v1/predict", {"texts": ["We will talk."] * 6}).status == 200
        assert "/numpy/" in mapped(own)
    finally:
        own.close()


# ---- the Open Inference Protocol ---------------------------------------------------------------------------


def infer(server, **request):
    return server.post("/v2/models/default/infer", request)


def test_inference_gives_labels_and_probabilities(server, model):
    """As arrays, in the order of the metadata's labels."""
    tensor = {"name": "text", "shape": [2], "datatype": "BYTES", "data": TEXTS[:2]}
    answer = infer(server, id="7", inputs=[tensor], outputs=[{"name": "stance"}, {"name": "stance_probabilities"}]).json
    predictions = [model.predict(text) for text in TEXTS[:2]]
    assert answer["id"] == "7"
    assert answer["outputs"][0] == {
        "name": "stance",
        "datatype": "BYTES",
        "shape": [2],
        "data": [each.stance for each in predictions],
    }
    assert answer["outputs"][1]["shape"] == [2, 4]
    assert answer["outputs"][1]["data"] == [
        round(p, 6) for each in predictions for p in each.stance_probabilities.values()
    ]


@pytest.mark.parametrize(
    ("change", "field", "detail"),
    [
        ({"shape": [3]}, "inputs[0].shape", "inputs[0].shape is [3], which is 3 texts, but data holds 1."),
        ({"name": "prompt"}, "inputs", 'inputs holds other tensors than expected: one, "text".'),
        ({"datatype": "FP32"}, "inputs[0].datatype", "inputs[0].datatype: Invalid enum value 'FP32'."),
        ({"data": None}, "inputs[0].data", "inputs[0].data is missing; expected a list of texts."),
        ({"parameters": {"binary_data_size": 5}}, "inputs[0].data", "binary_data_size is 5, but 0 bytes follow"),
    ],
)
def test_wrong_tensor_is_told(server, change, field, detail):
    """Which field, and what was expected."""
    answer = infer(server, inputs=[{"name": "text", "shape": [1], "datatype": "BYTES", "data": ["a"], **change}])
    assert (answer.status, answer.json["field"]) == (422, field)
    assert answer.json["detail"].startswith(detail)


def test_unknown_model_and_output(server):
    """Named, with what there is."""
    tensor = {"name": "text", "shape": [1], "datatype": "BYTES", "data": ["a"]}
    assert server.ask("GET", "/v2/models/other").json["detail"].endswith('expected "default".')
    assert 'No output is called "x"' in infer(server, inputs=[tensor], outputs=[{"name": "x"}]).json["detail"]


@pytest.mark.parametrize(
    ("length", "tail", "detail"),
    [
        ("x", b"", "must be a number of bytes within the body"),
        ("99999", b"", "must be a number of bytes within the body"),
        (None, b"\x05\x00\x00\x00ab", "ends within text 0"),
        (None, b"\x05\x00", "ends within text 0"),
        (None, b"\x01\x00\x00\x00\xff", "Text 0 is not UTF-8."),
    ],
)
def test_broken_binary_tensor_is_told(server, length, tail, detail):
    """Lengths that do not add up are the client's fault, not ours."""
    tensor = {"name": "text", "shape": [1], "datatype": "BYTES", "parameters": {"binary_data_size": len(tail)}}
    head = json.dumps({"inputs": [tensor]}).encode()
    headers = {"Inference-Header-Content-Length": length or str(len(head)), "Content-Type": "application/octet-stream"}
    answer = server.ask("POST", "/v2/models/default/infer", head + tail, headers)
    assert answer.status in (400, 422)
    assert detail in answer.json["detail"]


@pytest.mark.parametrize("binary", [True, False])
def test_client_of_the_protocol_understands_it(server, model, binary):
    """A client that nobody here wrote, with binary tensors as is its habit, and without."""
    client = pytest.importorskip("tritonclient.http")
    numpy = pytest.importorskip("numpy")
    with client.InferenceServerClient(server.address.removeprefix("http://")) as asking:
        assert asking.is_server_live()
        assert asking.is_server_ready()
        assert asking.is_model_ready("default")
        assert asking.get_model_metadata("default")["inputs"][0]["datatype"] == "BYTES"
        given = client.InferInput("text", [2], "BYTES")
        given.set_data_from_numpy(numpy.array(TEXTS[:2], dtype=object), binary_data=binary)
        outputs = [client.InferRequestedOutput(n, binary_data=binary) for n in ("stance", "stance_probabilities")]
        result = asking.infer("default", [given], outputs=outputs, request_id="9")
    labels = [label.decode() if isinstance(label, bytes) else label for label in result.as_numpy("stance")]
    assert labels == [model.predict(text).stance for text in TEXTS[:2]]
    assert result.as_numpy("stance_probabilities").shape == (2, 4)
    assert result.as_numpy("stance_probabilities").sum(axis=1) == pytest.approx([1, 1], abs=1e-5)
