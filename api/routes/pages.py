"""The pages for people: the box to ask in, the ledger, and a document to read."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import FileResponse

from api import desk
from api.problems import Refusal
from api.routes.inputs import Opened
from web import ROOT

router = APIRouter(include_in_schema=False, default_response_class=FileResponse)

READ = ["GET", "HEAD"]


@router.api_route("/", methods=READ)
def index() -> FileResponse:
    """The web box."""
    return FileResponse(ROOT / "index.html")


@router.api_route("/ledger", methods=READ)
def ledger() -> FileResponse:
    """The ledger as a table."""
    return FileResponse(ROOT / "ledger.html")


@router.api_route("/d/{id}", methods=READ)
def document(library: Opened, id: str) -> FileResponse:
    """The page of a document; with status 404 the page itself says that there is none."""
    return FileResponse(ROOT / "document.html", status_code=_status(library, id, None))


@router.api_route("/d/{id}/{clause:path}", methods=READ)
def clause(library: Opened, id: str, clause: str) -> FileResponse:
    """The page of a document, opened at a clause."""
    return FileResponse(ROOT / "document.html", status_code=_status(library, id, clause))


def _status(library: Opened, id: str, clause: str | None) -> int:
    try:
        desk.exists(library, id, clause)
    except Refusal as refusal:
        return refusal.status
    return 200
