"""GET /agencies: the bodies that are told to do something."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import ledger, schemas
from api.routes.inputs import Opened

router = APIRouter(tags=["agencies"])


@router.get("/agencies")
def agencies(library: Opened, request: Annotated[schemas.AgenciesRequest, Query()]) -> schemas.Agencies:
    """List the register and the bodies that only documents name, with their assignments by status."""
    return ledger.agencies(library, request)
