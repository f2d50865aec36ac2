"""What the handlers of all routes share, and the JSON that they answer with."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stance.serve.intake import Intake, Slots
from stance.serve.metrics import Metrics
from stance.serve.model import ModelHolder
from stance.serve.settings import Settings


@dataclass(frozen=True)
class Service:
    """The shared parts.

    Attributes
    ----------
    threads : read articles and explain, which takes long, while other requests are answered
    """

    settings: Settings
    holder: ModelHolder
    intake: Intake
    slots: Slots
    metrics: Metrics
    threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(2))

    @classmethod
    def of(cls, settings: Settings, holder: ModelHolder) -> Service:
        """Put the parts together."""
        return cls(settings, holder, Intake(settings), Slots(settings.concurrency), Metrics())


def json_response(content: Any, status: int = 200) -> Response:
    """Give an answer in JSON."""
    return Response(msgspec.json.encode(content), status, media_type="application/json")


def note_texts(request: Request, texts: int) -> None:
    """Tell the log how many texts a request held."""
    request.scope["stance.texts"] = request.scope.get("stance.texts", 0) + texts
