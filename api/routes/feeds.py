"""GET /feeds/{agency}.ics: the due dates of a body, for a calendar that subscribes to them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api import ledger, schemas
from api.export import file
from api.export.listing import Listing
from api.routes.inputs import Opened, base
from index.model import Language

router = APIRouter(tags=["agencies"])


@router.get(
    "/feeds/{agency:path}.ics",
    response_class=Response,
    responses={200: {"content": {file.MEDIA_TYPES["ics"]: {}}}},
)
def feed(library: Opened, http: Request, agency: str, lang: Annotated[Language, Query()] = "vi") -> Response:
    """The calendar of a body, by its key, a name or an abbreviation, with those of the bodies it succeeded."""
    listing = Listing(
        found=ledger.feed(library, agency),
        request=schemas.AssignmentsRequest(format="ics"),
        base=base(http),
        language=lang,
    )
    made = file.written(listing, "ics")
    return Response(
        made.content, media_type=made.media_type, headers={"Content-Disposition": made.disposition("inline")}
    )
