"""GET /search: clauses that match, best first."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import desk, schemas
from api.routes.inputs import Opened

router = APIRouter(tags=["search"])


@router.get("/search")
def search(library: Opened, request: Annotated[schemas.SearchRequest, Query()]) -> schemas.Found:
    """Find clauses; one hit for each, with the facets of all that match."""
    return desk.search(library, request)
