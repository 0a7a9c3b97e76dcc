"""GET /assignments: who is told to do what, by when."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import desk, schemas
from api.routes.inputs import Opened

router = APIRouter(tags=["assignments"])


@router.get("/assignments")
def assignments(library: Opened, request: Annotated[schemas.AssignmentsRequest, Query()]) -> schemas.Assignments:
    """List assignments with their status as of a day."""
    return desk.assignments(library, request)
