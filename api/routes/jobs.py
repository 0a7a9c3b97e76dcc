"""POST /documents, DELETE /documents/{id}, POST /reindex and GET /jobs…: changing what the library holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Annotated, Literal

from fastapi import APIRouter, File, Header, Request, Response, UploadFile
from fastapi.responses import StreamingResponse

from api import schemas
from api.jobs import Job
from api.messages import preferred
from api.problems import Refusal
from api.routes.ask import EVENTS, event
from api.routes.inputs import Opened, Working
from index.model import Added, Changed, Language, Refused, Removed, Unchanged
from ingest.read import ARCHIVES, REFUSED, SUPPORTED

router = APIRouter(tags=["jobs"])

_NAMES: Mapping[type, Literal["added", "changed", "unchanged", "removed"]] = {
    Added: "added",
    Changed: "changed",
    Unchanged: "unchanged",
    Removed: "removed",
}

Accepted = Annotated[str | None, Header(alias="accept-language")]


@router.post("/documents", status_code=202)
def upload(
    jobs: Working,
    http: Request,
    response: Response,
    file: Annotated[list[UploadFile], File()],
    language: Accepted = None,
) -> schemas.Job:
    """Have files (multipart, one or more fields `file`) read and indexed; the job says when and with what outcome."""
    for one in file:
        suffix = PurePath(one.filename or "").suffix.lower()
        if suffix not in (*SUPPORTED, *ARCHIVES, *REFUSED):
            raise Refusal(
                "unsupported-type", file=(one.filename or "")[:80], supported=" ".join((*SUPPORTED, *ARCHIVES))
            )
    made = jobs.upload([(one.filename or "", one.file.read()) for one in file])
    return _accepted(made, http, response, language)


@router.delete("/documents/{id}", status_code=204)
def remove(library: Opened, id: str) -> Response:
    """Remove a document from the store and the index."""
    if library.intake.remove(id) is None:
        raise Refusal("unknown-document", document=id)
    return Response(status_code=204)


@router.post("/reindex", status_code=202)
def reindex(jobs: Working, http: Request, response: Response, language: Accepted = None) -> schemas.Job:
    """Have everything read and indexed anew, beside what is served."""
    return _accepted(jobs.reindex(), http, response, language)


@router.get("/jobs/{id}")
def job(jobs: Working, id: str, language: Accepted = None) -> schemas.Job:
    """How far a job is, and in the end what it did."""
    return _shown(jobs.find(id), preferred(language))


@router.get("/jobs/{id}/events", response_class=StreamingResponse, responses={200: {"content": {EVENTS: {}}}})
def events(jobs: Working, id: str, language: Accepted = None) -> StreamingResponse:
    """The same as the events `progress` (one a change) and `done` or `failed`."""
    jobs.find(id)
    changes = _events(jobs.follow(id), preferred(language))
    return StreamingResponse(changes, media_type=EVENTS, headers={"Cache-Control": "no-store"})


def _events(changes: Iterator[Job | None], language: Language) -> Iterator[str]:
    for one in changes:
        if one is None:
            yield ": still at work\n\n"
        else:
            name = one.state if one.over else "progress"
            yield event(name, _shown(one, language).model_dump(mode="json"))


def _accepted(made: Job, http: Request, response: Response, language: str | None) -> schemas.Job:
    response.headers["Location"] = f"{http.url.path.rpartition('/')[0]}/jobs/{made.id}"
    return _shown(made, preferred(language))


def _shown(job: Job, language: Language) -> schemas.Job:
    return schemas.Job(
        id=job.id,
        kind=job.kind,
        made=job.made,
        state=job.state,
        progress=schemas.Progress(done=job.done, total=job.total),
        result=[
            schemas.Outcome(file=one.name, outcome=_NAMES[type(one)], document_id=one.document_id)
            for one in job.outcomes
            if not isinstance(one, Refused)
        ]
        if job.state == "done"
        else None,
        refused=[
            schemas.RefusedFile(file=one.name, reason=one.reason) for one in job.outcomes if isinstance(one, Refused)
        ],
        error=job.refusal.detail(language) if job.refusal else None,
    )
