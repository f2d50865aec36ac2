"""The application: all routes, behind :class:`stance.serve.access.Access`.

Starlette routes and streams; msgspec decodes, checks and encodes. Both are the quickest of their kind that are well
kept (``benchmarks/serve.py`` measures the others), and neither brings a page that fetches scripts from elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from stance.serve import inference, metrics, openapi, page, predict, read
from stance.serve.access import Access
from stance.serve.keys import Keys
from stance.serve.model import ModelHolder
from stance.serve.service import Service, json_response
from stance.serve.settings import Settings


def application(settings: Settings, holder: ModelHolder, connections: Callable[[], int] = lambda: 0) -> Access:
    """Build the application.

    Parameters
    ----------
    holder : the model that answers
    connections : gives the number of open connections

    Raises
    ------
    FileError, RowError
        If there is a file of keys and it cannot be used.
    """
    service = Service.of(settings, holder)
    keys = Keys(settings.api_keys) if settings.api_keys else None
    routes = [
        *predict.routes(service),
        *read.routes(service),
        *_about(service),
        *inference.routes(service),
        *page.routes(),
        *openapi.routes(service),
    ]
    router = Router(routes, redirect_slashes=False)
    return Access(router, settings, service.metrics, keys, connections)


def _about(service: Service) -> list[Route]:
    """Give the routes that tell of the service itself."""

    async def model(_: Request) -> Response:
        return json_response(service.holder.current.about)

    async def live(_: Request) -> Response:
        return json_response({"status": "live"})

    async def ready(_: Request) -> Response:
        return json_response({"status": "ready"})

    async def counts(_: Request) -> Response:
        return Response(service.metrics.text(), headers={"content-type": metrics.CONTENT_TYPE})

    return [
        Route("/v1/model", model),
        Route("/health/live", live),
        Route("/health/ready", ready),
        Route("/v2/health/live", live),
        Route("/v2/health/ready", ready),
        Route("/metrics", counts),
    ]
