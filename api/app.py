"""The server: routes, guards and what the lifespan opens, put together from the settings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, closing
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api import access, guards, schemas
from api.jobs import Jobs
from api.keys import Keyring
from api.library import Library, open_library
from api.metrics import Measured, Metrics
from api.problems import MEDIA_TYPE, Refusal, invalid, shown, unavailable
from api.routes import agencies, ask, assignments, documents, feeds, health, jobs, pages, search
from api.settings import Settings
from index.model import IndexFailure
from web import STATIC

API = "/api/v1"

Opening = Callable[[Settings], AbstractContextManager[Library]]


def create_app(settings: Settings, opening: Opening = open_library) -> FastAPI:
    """The application. `opening` gives what the routes read from; it is entered when the server starts."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with opening(settings) as app.state.library, closing(Jobs(app.state.library.intake)) as app.state.jobs:
            yield

    app = FastAPI(
        title="Chỉ Đạo",
        summary="Cited answers over Vietnamese government directives",
        version=version("chidao"),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    api = APIRouter(prefix=API)
    for one in (ask, search, documents, assignments, agencies, jobs):
        api.include_router(one.router)
    for router in (api, health.router, feeds.router, pages.router):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")

    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(IndexFailure, _refused)
    app.add_exception_handler(RequestValidationError, _refused)
    app.add_exception_handler(HTTPException, _refused)
    keyring = Keyring(settings.home)
    trusting = settings.loopback or settings.insecure
    uploads = {f"{API}/documents": settings.max_upload_bytes}
    app.add_middleware(guards.BodyLimit, limit=settings.max_body_bytes, more=uploads)
    app.add_middleware(access.Access, keyring=keyring, trusting=trusting, rate=settings.rate_limit)
    if not settings.insecure:
        app.add_middleware(guards.LoopbackHosts, unless=lambda: not trusting or _has_keys(keyring))
    app.add_middleware(guards.LastResort)
    app.add_middleware(guards.Hardened)
    app.state.metrics = Metrics()
    app.add_middleware(Measured, metrics=app.state.metrics, prefix=API)

    app.openapi = lambda: _described(app)  # type: ignore[method-assign]
    app.state.settings = settings
    return app


def _has_keys(keyring: Keyring) -> bool:
    """Whether callers need a key; a file that cannot be read lets nobody in either."""
    try:
        return bool(keyring.held())
    except Refusal:
        return True


def _refused(request: Request, error: Exception) -> Response:
    """Every error of the rooms below and of the framework becomes a problem document here, once."""
    headers = dict(getattr(error, "headers", None) or {})
    return guards.problem(_refusal(request, error), request.headers.get("accept-language"), headers)


def _refusal(request: Request, error: Exception) -> Refusal:
    match error:
        case Refusal():
            return error
        case IndexFailure():
            return unavailable(error)
        case RequestValidationError():
            return invalid(error.errors())
        case guards.TooLarge():
            return error.refusal
        case HTTPException(status_code=400):
            return Refusal("unreadable-body")
        case HTTPException(status_code=404):
            return Refusal("unknown-address", address=shown(request.url.path))
        case HTTPException(status_code=405):
            return Refusal("wrong-method", method=request.method, allowed=(error.headers or {}).get("Allow", "-"))
        case HTTPException():
            return Refusal("http", status=error.status_code, phrase=HTTPStatus(error.status_code).phrase)
    raise error


def _described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with our problem in place of the framework's own validation error."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, summary=app.summary, version=app.version, routes=app.routes)
        held = document["components"]["schemas"]
        for name in ("HTTPValidationError", "ValidationError"):
            held.pop(name, None)
        described = schemas.Problem.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
        held.update(described.pop("$defs"), Problem=described)
        answer = {
            "description": "The request is not met",
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for path in document["paths"].values():
            for operation in path.values():
                operation["responses"].pop("422", None)
                operation["responses"]["default"] = answer
        app.openapi_schema = document
    return app.openapi_schema
