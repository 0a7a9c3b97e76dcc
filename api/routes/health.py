"""GET /healthz, /readyz and /metrics: for whatever watches the server."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api import desk, schemas
from api.metrics import MEDIA_TYPE
from api.routes.inputs import Counted, Opened

router = APIRouter(tags=["health"])


@router.get("/healthz")
def healthz() -> schemas.Alive:
    """The process answers."""
    return schemas.Alive()


@router.get("/readyz")
def readyz(library: Opened) -> schemas.Ready:
    """A generation is loaded; 503 with the reason until then."""
    return desk.ready(library)


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def metrics(library: Opened, counted: Counted) -> Response:
    """Requests, their times, answers and documents, for Prometheus."""
    return Response(counted.text(library), media_type=MEDIA_TYPE)
