"""GET /assignments: who is told to do what, by when."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api import ledger, schemas
from api.export import file
from api.export.listing import Listing
from api.routes.inputs import Opened, base

router = APIRouter(tags=["assignments"])


@router.get(
    "/assignments",
    response_model=schemas.Assignments,
    responses={200: {"content": {kind: {} for kind in file.MEDIA_TYPES.values()}}},
)
def assignments(
    library: Opened, http: Request, request: Annotated[schemas.AssignmentsRequest, Query()]
) -> schemas.Assignments | Response:
    """List assignments with their status as of a day; or all of them as a file, by `format`."""
    found = ledger.assignments(library, request)
    if request.format == "json":
        return found
    listing = Listing(found=found, request=request, base=base(http), language=request.lang)
    made = file.written(listing, request.format)
    headers = {"Content-Disposition": made.disposition("attachment")}
    return Response(made.content, media_type=made.media_type, headers=headers)
