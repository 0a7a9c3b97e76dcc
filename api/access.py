"""Who is let in: keys and their scopes, the rate of each key, and requests that another site's page makes."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Callable, Mapping
from math import ceil
from threading import Lock
from time import monotonic
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api import guards, keys
from api.keys import Key, Keyring
from api.problems import Refusal

OPEN = frozenset({"/healthz", "/readyz", "/", "/ledger", "/openapi.json"})
OPEN_BELOW = ("/static/", "/d/")
"""Pages hold no documents: what they show comes from the API."""

READING = frozenset({"GET", "HEAD", "OPTIONS"})
ASKING = "/api/v1/ask"
ADMIN = frozenset({"/api/v1/reindex"})

CHALLENGE: Mapping[str, str] = {"WWW-Authenticate": 'Basic realm="Chi Dao", charset="UTF-8", Bearer realm="Chi Dao"'}
"""Programs send the token itself. A browser or a calendar asks for a password, and takes it there; Chromium does so
only when Basic comes first."""

MINUTE = 60.0


def needed(method: str, path: str) -> keys.Scope | None:
    """The scope that a request needs, none for what anybody may see. What is not known is not open."""
    if path in OPEN or path.startswith(OPEN_BELOW):
        return None
    if method in READING or path == ASKING:
        return "read"
    return "admin" if path in ADMIN else "write"


class Access:
    """Lets in whoever brings a key with the scope, or anybody while there is no key and only this machine asks.

    `trusting` says that without keys nobody has to bring one: the server listens on this machine only, or its
    owner chose to do without. Otherwise nobody is let in when the last key is revoked.
    """

    def __init__(self, app: ASGIApp, keyring: Keyring, *, trusting: bool, rate: int) -> None:
        self.app = app
        self.keyring = keyring
        self.trusting = trusting
        self.rate = Rate(rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            await run_in_threadpool(self._admit, scope["method"], scope["path"], headers)
        except Refusal as refusal:
            more = dict(CHALLENGE) if refusal.status == 401 else {}
            if refusal.kind == "too-many-requests":
                more["Retry-After"] = str(refusal.values["seconds"])
            await guards.problem(refusal, headers.get("accept-language"), more)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _admit(self, method: str, path: str, headers: Headers) -> None:
        """Raises `Refusal`."""
        if method not in READING and path != ASKING:
            _expect_own_page(headers)
        scope = needed(method, path)
        if scope is None or (self.trusting and not self.keyring.held()):
            return
        key = self._key(headers.get("authorization"))
        if not key.may(scope):
            raise Refusal("missing-scope", name=key.name, scope=key.scope, needed=scope)
        self.rate.take(key.name)

    def _key(self, authorization: str | None) -> Key:
        if not authorization:
            raise Refusal("key-needed")
        token = _token(authorization)
        key = self.keyring.find(token) if token else None
        if key is None:
            raise Refusal("wrong-key")
        return key


class Rate:
    """How often each name may come: `limit` times a minute, after a pause all at once; 0 for no limit."""

    def __init__(self, limit: int, clock: Callable[[], float] = monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def take(self, name: str) -> None:
        """Refuses a request too many, with the whole seconds after which one will be met."""
        if not self._limit:
            return
        with self._lock:
            now = self._clock()
            left, since = self._left.get(name, (float(self._limit), now))
            left = min(float(self._limit), left + (now - since) * self._limit / MINUTE)
            if left < 1:
                raise Refusal("too-many-requests", limit=self._limit, seconds=ceil((1 - left) * MINUTE / self._limit))
            self._left[name] = (left - 1, now)


def _token(authorization: str) -> str | None:
    """The token of `Bearer TOKEN` (RFC 6750), or the password of `Basic …` (RFC 7617), whatever the name is."""
    scheme, _, value = authorization.strip().partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() != "basic":
        return None
    try:
        return b64decode(value.strip(), validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return None


def _expect_own_page(headers: Headers) -> None:
    """Refuses what a page of another site sends: a browser would add the password, or reach this machine, for it."""
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != headers.get("host", ""):
        raise Refusal("foreign-origin", origin=origin[:80])
