"""The service under pressure, on a real server with small limits: every request is answered, and nothing is a 500."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import time

import pytest

pytest.importorskip("uvicorn")

from serving import Server, drained, request_bytes

ARTICLE = "“We will answer with force if they cross the border again,” said Joel Wit.\n" * 120
SAID = " ".join(f"Much was said on day {day}." for day in range(900))
PAGE = f"<html><body><article><p>{SAID}</p></article></body></html>"
STREAM = (
    b"POST /v1/predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
)
LIMITS = {
    "body-bytes": 50_000,
    "texts": 5,
    "text-chars": 300,
    "article-chars": 20_000,
    "concurrency": 4,
    "header-seconds": 0.5,
    "read-seconds": 1,
    "idle-seconds": 1,
    "write-seconds": 1,
}
FLAGS = [part for name, value in LIMITS.items() for part in (f"--{name}", value)]


@pytest.fixture(scope="module")
def server():
    running = Server(*FLAGS, "--no-log-requests")
    yield running
    running.close()


@pytest.fixture(autouse=True)
def still_well(server):
    """Whatever a test did, the server answers normally afterwards and met no fault."""
    yield
    assert server.post("/v1/predict", {"texts": ["We remain open to talks."]}).status == 200
    assert [each for each in server.events if each["event"] == "fault"] == []


def send_chunks(connection, head, chunks):
    """Send a body piece by piece."""
    connection.sendall(head)
    for chunk in chunks:
        connection.sendall(b"%x\r\n%s\r\n" % (len(chunk), chunk))


def drip(connection, data):
    """Send a byte every tenth of a second."""
    for byte in data:
        connection.sendall(bytes([byte]))
        time.sleep(0.1)


# ---- sizes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "body", "status", "field", "detail"),
    [
        ("predict", {"texts": ["a"] * 6}, 422, "texts", "texts holds 6 texts; expected 5 at most. Use a stream."),
        ("predict", {"texts": ["a", "a" * 301]}, 422, "texts[1]", "texts[1] has 301 characters; expected 300 at most."),
        ("read", {"text": "a" * 20_001}, 422, "text", "The article in text has 20,001 characters; expected 20,000"),
        (
            "read",
            {"html": PAGE},
            422,
            "html",
            "The article in html has 2",
        ),
        ("predict", {"texts": ["a" * 60_000]}, 413, "body", "The body is larger than 50,000 bytes."),
    ],
)
def test_too_much_is_told(server, path, body, status, field, detail):
    """Which limit, and how far it goes."""
    answer = server.post(f"/v1/{path}", body)
    assert (answer.status, answer.json["field"]) == (status, field)
    assert answer.json["detail"].startswith(detail)


def test_body_of_unknown_length_is_limited(server):
    """Chunks are counted; the answer arrives although the client was still sending."""

    def chunks():
        for _ in range(20):
            yield b"x" * 10_000

    answer = server.ask("POST", "/v1/predict", chunks(), {"Content-Type": "application/json"})
    assert answer.status == 413


def test_body_without_end_is_cut_off(server):
    """A client that only sends loses its connection."""
    with (
        socket.create_connection((server.host, server.port), timeout=5) as connection,
        pytest.raises((BrokenPipeError, ConnectionResetError)),
    ):
        send_chunks(connection, STREAM.replace(b"x-ndjson", b"json"), [b"x" * 10_000] * 20_000)


def test_announced_body_beyond_reason_is_refused_at_once(server):
    """Nobody waits for a gigabyte."""
    head = (
        b"POST /v1/predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n"
    )
    assert b" 413 " in server.raw(head).split(b"\r\n")[0]


def test_packed_bomb_is_not_unpacked(server):
    """A megabyte of zeros in a kilobyte is refused as it comes."""
    bomb = gzip.compress(b"0" * 1_000_000)
    assert server.post("/v1/predict", bomb, Content_Encoding="gzip").status == 415


def test_large_head_is_refused(server):
    """431, whether it is one header or many."""
    for header in (f"X-Long: {'a' * 40_000}\r\n", "X-Many: a\r\n" * 5_000):
        received = server.raw(f"GET / HTTP/1.1\r\nHost: x\r\n{header}\r\n".encode())
        assert b" 431 " in received.split(b"\r\n")[0]
        assert b"larger than 32,768 bytes" in received


# ---- what is no HTTP ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"NONSENSE\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHo st: x\r\n\r\n",
        b"POST /v1/predict HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /v1/predict HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
        b"POST /v1/predict HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /v1/predict HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x00" * 5_000,
    ],
)
def test_malformed_request_is_answered_and_closed(server, data):
    """4xx where there is somebody to tell, and the connection ends."""
    first = server.raw(data).split(b"\r\n")[0]
    assert first == b"" or first.startswith(b"HTTP/1.1 4")


def test_pipelined_requests_are_answered_in_order(server):
    """Two requests in one packet."""
    body = json.dumps({"texts": ["a"]}).encode()
    received = server.raw(request_bytes(body) + request_bytes(body, more="Connection: close\r\n"))
    assert received.count(b"HTTP/1.1 200") == 2


# ---- time --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n", b"\r\n\r\n"])
def test_slow_head_is_cut_off(server, data):
    """Half a second for the head, here, whatever was sent of it."""
    begin = time.monotonic()
    received = server.raw(data)
    assert time.monotonic() - begin < 2
    assert b" 408 " in received.split(b"\r\n")[0]


def test_dripping_head_is_cut_off(server):
    """A byte now and then does not prolong it."""
    with socket.create_connection((server.host, server.port), timeout=5) as connection:
        begin = time.monotonic()
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            drip(connection, b"GET / HTTP/1.1\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
        assert time.monotonic() - begin < 3


def test_slow_body_is_cut_off(server):
    """A second for the body, here; told as 408."""
    with socket.create_connection((server.host, server.port), timeout=5) as connection:
        connection.sendall(request_bytes(b"x" * 100)[:-50])
        begin = time.monotonic()
        received = drained(connection)
    assert b" 408 " in received.split(b"\r\n")[0]
    assert b"Nothing complete arrived within 1 seconds." in received
    assert time.monotonic() - begin < 3


def test_rest_of_a_body_that_was_answered_early_is_not_waited_for(server):
    """415 comes at once; who then goes silent loses the connection."""
    with socket.create_connection((server.host, server.port), timeout=5) as connection:
        connection.sendall(request_bytes(b"x" * 100, kind="text/plain")[:-50])
        begin = time.monotonic()
        assert b" 415 " in drained(connection).split(b"\r\n")[0]
    assert time.monotonic() - begin < 3


def test_idle_connection_is_closed(server):
    """A second between requests, here."""
    with socket.create_connection((server.host, server.port), timeout=5) as connection:
        connection.sendall(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
        begin = time.monotonic()
        assert b"live" in drained(connection)
    assert 0.5 < time.monotonic() - begin < 3


def test_stalled_stream_ends_without_its_last_chunk(server):
    """What was answered until then has arrived, and the missing end tells that it is not all."""
    line = b'{"text": "We remain open to talks."}\n'
    with socket.create_connection((server.host, server.port), timeout=5) as connection:
        connection.sendall(STREAM + b"%x\r\n%s\r\n" % (len(line), line))
        received = drained(connection)
    assert b'"stance":"diplomatic"' in received
    assert not received.endswith(b"0\r\n\r\n")


def test_unread_answer_is_given_up(server):
    """A client that sends without ever reading is cut off, and costs no memory meanwhile."""
    lines = b'{"text": "We remain open to talks."}\n' * 1_000
    headers = {"Content-Type": "application/x-ndjson"}
    assert server.ask("POST", "/v1/predict", lines, headers).status == 200  # loads NumPy and its tables, once
    before = server.resident()
    with socket.create_connection((server.host, server.port), timeout=10) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            send_chunks(connection, STREAM, [lines] * 5_000)
    assert server.resident() < before * 1.2 + 5


# ---- load --------------------------------------------------------------------------------------------------


async def exchange(server, data):
    """Send a request on a connection of its own and give the status."""
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(data)
    status = int((await reader.readline()).split()[1])
    head = await reader.readuntil(b"\r\n\r\n")
    writer.close()
    return status, head.lower()


def test_overload_is_answered_and_leaves_no_trace(server):
    """Ten times what is worked on at once: each is answered, 200 or 429 with Retry-After, and memory stays."""
    body = request_bytes(json.dumps({"text": ARTICLE}).encode(), path="/v1/read", more="Connection: close\r\n")

    async def storm():
        return await asyncio.gather(*(exchange(server, body) for _ in range(10 * LIMITS["concurrency"])))

    asyncio.run(storm())  # what is allocated once has been by now
    before = server.resident()
    answers = [each for _ in range(3) for each in asyncio.run(storm())]
    assert {status for status, _ in answers} == {200, 429}
    assert all((b"retry-after: 1" in head) == (status == 429) for status, head in answers)
    assert sum(status == 200 for status, _ in answers) >= 3 * LIMITS["concurrency"]
    assert server.resident() < before * 1.2


def test_health_is_answered_while_articles_are_read(server):
    """Reading is done beside the loop that answers."""
    body = request_bytes(json.dumps({"text": ARTICLE}).encode(), path="/v1/read", more="Connection: close\r\n")

    async def during():
        readings = [asyncio.create_task(exchange(server, body)) for _ in range(LIMITS["concurrency"])]
        await asyncio.sleep(0.05)
        begin = time.monotonic()
        status, _ = await exchange(server, b"GET /health/ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        took, pending = time.monotonic() - begin, sum(not each.done() for each in readings)
        await asyncio.gather(*readings)
        return status, took, pending

    status, took, pending = asyncio.run(during())
    assert (status, pending > 0) == (200, True)
    assert took < 0.3


def test_long_stream_takes_constant_memory(server):
    """Twenty thousand lines, read while they are written, beyond every limit of size."""
    line, count = b'{"text": "We remain open to talks with all sides."}\n' * 100, 200

    async def pump():
        reader, writer = await asyncio.open_connection(server.host, server.port)
        writer.write(b"POST /v1/predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n")
        writer.write(b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n")

        async def send():
            for _ in range(count):
                writer.write(b"%x\r\n%s\r\n" % (len(line), line))
                await writer.drain()
            writer.write(b"0\r\n\r\n")

        sending = asyncio.create_task(send())
        received = await reader.read()
        await sending
        writer.close()
        return received

    before = server.resident()
    received = asyncio.run(pump())
    assert received.count(b'"status":"ok"') == 100 * count
    assert received.endswith(b"0\r\n\r\n")
    assert server.resident() < before * 1.2


def test_connections_beyond_the_limit_are_told():
    """503 with Retry-After for requests, while the probes of health still pass."""
    few = Server("--connections", 3)
    held = []
    try:
        held = [socket.create_connection((few.host, few.port)) for _ in range(3)]
        time.sleep(0.2)
        refused = few.post("/v1/predict", {"texts": []})
        assert (refused.status, refused.headers["retry-after"]) == (503, "1")
        assert refused.json["detail"] == "3 connections are open already. Try again in a second."
        assert few.ask("GET", "/health/live").status == 200
    finally:
        for each in held:
            each.close()
        few.close()
