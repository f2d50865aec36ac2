"""The OpenAPI document against the running service, by schemathesis: every operation, broken in every way it knows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("uvicorn")
pytest.importorskip("schemathesis")

from serving import Server

HERE = Path(__file__).parent / "serve_contract"


def test_service_does_what_its_description_says(tmp_path):
    """Examples, boundaries, invented values, and sequences of requests; no failure of any check."""
    server = Server()
    try:
        ended = subprocess.run(
            [
                *[
                    str(Path(sys.executable).with_name("schemathesis")),
                    "--config-file",
                    str(HERE / "schemathesis.toml"),
                ],
                *["run", f"{server.address}/openapi.json", "--url", server.address],
                *["--max-examples", "15", "--seed", "1", "--no-color"],
            ],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(HERE), "SCHEMATHESIS_HOOKS": "serializers"},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    finally:
        server.close()
    assert ended.returncode == 0, ended.stdout[:3_000] + ended.stdout[-1_000:]
    assert "Selected: 12/12" in ended.stdout
    assert [each for each in server.events if each["event"] == "fault"] == []
