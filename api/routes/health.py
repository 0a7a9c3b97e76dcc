"""GET /healthz and /readyz: for whatever watches the server."""

from __future__ import annotations

from fastapi import APIRouter

from api import desk, schemas
from api.routes.inputs import Opened

router = APIRouter(tags=["health"])


@router.get("/healthz")
def healthz() -> schemas.Alive:
    """The process answers."""
    return schemas.Alive()


@router.get("/readyz")
def readyz(library: Opened) -> schemas.Ready:
    """A generation is loaded; 503 with the reason until then."""
    return desk.ready(library)
