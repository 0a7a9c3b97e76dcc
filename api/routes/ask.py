"""POST /ask: a question, answered from the documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Header, Response

from api import desk, schemas
from api.routes.inputs import Opened

router = APIRouter(tags=["ask"])

EVENTS = "text/event-stream"


@router.post("/ask", response_model=schemas.Answer, responses={200: {"content": {EVENTS: {}}}})
def ask(
    library: Opened, request: schemas.AskRequest, accept: Annotated[str, Header()] = "*/*"
) -> schemas.Answer | Response:
    """Answer with citations, or say that the documents do not hold the answer.

    With `Accept: text/event-stream` the same answer comes as the events `citations`, `statement` (one for
    each) and `done` (the whole answer).
    """
    answer = desk.ask(library, request)
    if EVENTS in accept:
        return Response("".join(_events(answer)), media_type=EVENTS, headers={"Cache-Control": "no-store"})
    return answer


def _events(answer: schemas.Answer) -> Iterator[str]:
    """Server-sent events (WHATWG HTML, 9.2); JSON never holds a line break, so each takes one data line."""
    whole = answer.model_dump(mode="json")
    yield _event("citations", whole["citations"])
    for statement in whole["statements"]:
        yield _event("statement", statement)
    yield _event("done", whole)


def _event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
