"""POST /ask: a question, answered from the documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Header, Response
from fastapi.responses import StreamingResponse

from api import desk, schemas
from api.metrics import Metrics
from api.routes.inputs import Counted, Opened

router = APIRouter(tags=["ask"])

EVENTS = "text/event-stream"


@router.post("/ask", response_model=schemas.Answer, responses={200: {"content": {EVENTS: {}}}})
def ask(
    library: Opened, counted: Counted, request: schemas.AskRequest, accept: Annotated[str, Header()] = "*/*"
) -> Response:
    """Answer with citations, or say that the documents do not hold the answer.

    With `Accept: text/event-stream` the same answer comes as the events `citations`, `statement` (one for each),
    `sentence` (one for each that a model wrote and the clauses support, where a model is set; `done` may leave them
    out again) and `done` (the whole answer).
    """
    if EVENTS in accept:
        known = desk.answering(library, request)
        return StreamingResponse(_events(known, counted), media_type=EVENTS, headers={"Cache-Control": "no-store"})
    answer = desk.ask(library, request)
    counted.answered(answer)
    # written here: the framework would check once more what is a schema already, for as long as the search takes
    return Response(answer.model_dump_json(), media_type="application/json")


def _events(known: Iterator[schemas.Answer | schemas.Sentence], counted: Metrics) -> Iterator[str]:
    """Server-sent events (WHATWG HTML, 9.2); JSON never holds a line break, so each takes one data line."""
    answer = next(known)
    assert isinstance(answer, schemas.Answer)  # what is quoted is known before anything is written
    whole = answer.model_dump(mode="json")
    yield event("citations", whole["citations"])
    for statement in whole["statements"]:
        yield event("statement", statement)
    for one in known:
        if isinstance(one, schemas.Answer):
            answer = one
        else:
            yield event("sentence", one.model_dump(mode="json"))
    counted.answered(answer)
    yield event("done", answer.model_dump(mode="json"))


def event(name: str, data: object) -> str:
    """One server-sent event with JSON."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
