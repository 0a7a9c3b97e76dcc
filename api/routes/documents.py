"""GET /documents…: the documents, their clauses, their originals and the pictures of their pages."""

from __future__ import annotations

from mimetypes import guess_type
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, Response

from api import desk, schemas
from api.routes.inputs import Opened

router = APIRouter(tags=["documents"])

PDF = "application/pdf"
SHOWN = {"Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'"}
SAVED = {"Content-Security-Policy": "default-src 'none'; sandbox"}
"""A browser may show a PDF; every other original is saved, because HTML from a file must not run here."""


@router.get("/documents")
def documents(library: Opened, request: Annotated[schemas.DocumentsRequest, Query()]) -> schemas.Documents:
    """List the documents."""
    return desk.documents(library, request)


@router.get("/documents/{id}")
def document(library: Opened, id: str) -> schemas.Document:
    """A document with its clauses, and the references out of it and into it."""
    return desk.document(library, id)


@router.get("/documents/{id}/source", response_class=FileResponse)
def source(library: Opened, id: str) -> FileResponse:
    """The original file."""
    path, name = desk.original(library, id)
    kind = guess_type(name)[0] or "application/octet-stream"
    if kind == PDF:
        return FileResponse(path, filename=name, media_type=kind, headers=SHOWN, content_disposition_type="inline")
    return FileResponse(path, filename=name, media_type=kind, headers=SAVED)


@router.get("/documents/{id}/pages/{n}", response_class=Response, responses={200: {"content": {"image/jpeg": {}}}})
def page(
    library: Opened, id: str, n: int, asked: Annotated[schemas.PageRequest, Query()], request: Request
) -> Response:
    """The picture of a page of a PDF or a scan, upright; a clause's regions are shares of it."""
    tag, sight = desk.sight(library, id, n, width=asked.width)
    headers = {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(desk.picture(library, id, sight), media_type="image/jpeg", headers=headers)


@router.get("/documents/{id}/clauses/{path:path}")
def clause(library: Opened, id: str, path: str) -> schemas.ClauseDetail:
    """A clause with its headings, page, span, assignments and references."""
    return desk.clause(library, id, path)
