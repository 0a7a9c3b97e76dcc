"""What stands between the network and the routes: ASGI layers that know no route."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.messages import preferred
from api.problems import MEDIA_TYPE, Refusal

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})

SECURITY: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}

log = logging.getLogger("chidao")


def problem(refusal: Refusal, accept_language: str | None, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The response to a refused request, in the language that it accepts."""
    language = preferred(accept_language)
    return JSONResponse(
        refusal.document(language),
        status_code=refusal.status,
        media_type=MEDIA_TYPE,
        headers={**(headers or {}), "Content-Language": language, "Vary": "Accept-Language"},
    )


class Hardened:
    """Puts the security headers on every response that does not bring its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def hardened(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, hardened if scope["type"] == "http" else send)


class LastResort:
    """Answers an unforeseen error with a problem that tells nothing of the inside; the log tells it all."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched if scope["type"] == "http" else send)
        except Exception:
            if scope["type"] != "http" or started:
                raise
            log.exception("%s %s failed", scope["method"], scope["path"])
            response = problem(Refusal("internal"), Headers(scope=scope).get("accept-language"))
            await response(scope, receive, send)


class LoopbackHosts:
    """Refuses a Host header that is not this machine's own.

    Without it a page of another site could have its name resolve to 127.0.0.1 and read the answers
    (DNS rebinding). `unless` says, for each request, that something else keeps strangers out.
    """

    def __init__(self, app: ASGIApp, unless: Callable[[], bool]) -> None:
        self.app = app
        self.unless = unless

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self.unless():
            headers = Headers(scope=scope)
            name, _, port = headers.get("host", "").rpartition(":")
            host = name if port.isdigit() else headers.get("host", "")
            if host.lower() not in LOOPBACK:
                response = problem(Refusal("foreign-host"), headers.get("accept-language"))
                await response(scope, receive, send)
                return
        await self.app(scope, receive, send)


class TooLarge(HTTPException):
    """A body that turns out too large while it is read. The framework lets no other kind of error through there."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.status)
        self.refusal = refusal


class BodyLimit:
    """Refuses a body of more than `limit` bytes, whether its length is declared or only found while reading.

    `more` are addresses that take larger ones.
    """

    def __init__(self, app: ASGIApp, limit: int, more: Mapping[str, int]) -> None:
        self.app = app
        self.limit = limit
        self.more = more

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = self.more.get(scope["path"], self.limit)
        setting = "CHIDAO_MAX_UPLOAD_BYTES" if scope["path"] in self.more else "CHIDAO_MAX_BODY_BYTES"
        refusal = Refusal("too-large", limit=limit, setting=setting)
        declared = headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > limit:
            await problem(refusal, headers.get("accept-language"))(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise TooLarge(refusal)
            return message

        await self.app(scope, counted, send)
