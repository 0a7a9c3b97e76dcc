"""What the server counts, in Prometheus' text format. The only module that knows prometheus_client."""

from __future__ import annotations

from time import perf_counter

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.library import Library
from api.schemas import Answer

MEDIA_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The counts of one server."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "chidao_requests", "Requests answered", ["method", "route", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "chidao_request_seconds", "Time to answer", ["route"], buckets=_SECONDS, registry=self._registry
        )
        self._answers = Counter(
            "chidao_answers", "Questions by what became of them", ["language", "outcome"], registry=self._registry
        )
        self._written = Counter(
            "chidao_answers_written", "Answers that a model phrased and the clauses support", registry=self._registry
        )
        self._documents = Gauge("chidao_documents", "Documents in the store", registry=self._registry)

    def requested(self, method: str, route: str, status: int, seconds: float) -> None:
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answered(self, answer: Answer) -> None:
        self._answers.labels(answer.language, answer.reason or "answered").inc()
        if answer.written is not None:
            self._written.inc()

    def text(self, library: Library) -> bytes:
        """All counts, as they stand now."""
        total, _ = library.store.documents(q=None, type=None, issuer=None, limit=1, offset=0)
        self._documents.set(total)
        return generate_latest(self._registry)


class Measured:
    """Counts every request with its route, its status and the time until its answer was sent."""

    def __init__(self, app: ASGIApp, metrics: Metrics, prefix: str) -> None:
        self.app = app
        self.metrics = metrics
        self.prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = perf_counter()
        status = 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watched)
        finally:
            self.metrics.requested(scope["method"], self._route(scope), status, perf_counter() - started)

    def _route(self, scope: Scope) -> str:
        """The pattern of the address, never the address: every document would be a series of its own."""
        pattern = getattr(scope.get("route"), "path", None)
        if not isinstance(pattern, str):
            return "/static" if scope["path"].startswith("/static/") else "other"
        within = scope["path"].startswith(self.prefix) and not pattern.startswith(self.prefix)
        return self.prefix + pattern if within else pattern  # a router may not know where it hangs
