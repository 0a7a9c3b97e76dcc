"""Pictures of pages, drawn in a process of their own: a file that crashes or outlasts it costs its picture only."""

from __future__ import annotations

import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Lock

from index.model import IndexFailure
from index.reading import Limits, processes
from ingest.model import Kind, Page, Unreadable
from ingest.read import preview

LIMITS = Limits(seconds=20.0)
"""A page of a directive takes a tenth of a second."""

WAITING = 16
"""Pictures that may be asked for at a time; each of them keeps a thread of the server waiting."""

_STOPPED = "hiện trang {number} quá lâu hoặc cần quá nhiều bộ nhớ; hãy mở tệp gốc"


class Undrawn(IndexFailure):
    """A page that cannot be shown, with a reason for people."""


class Crowded(IndexFailure):
    """Too many pictures are being asked for already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A page of a file and the width in pixels to see it in; `name` is what people call the file."""

    path: Path
    name: str
    kind: Kind
    page: Page
    width: int


class Pictures:
    """Draws one page at a time; safe to use from several threads. The process starts with the first picture."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._places = BoundedSemaphore(WAITING)
        self._lock = Lock()
        self._process: ProcessPoolExecutor | None = None

    def draw(self, sight: Sight) -> bytes:
        """The picture as `preview.MEDIA_TYPE`. Raises `Undrawn` or `Crowded`."""
        if not self._places.acquire(blocking=False):
            raise Crowded(f"{WAITING} pictures are waited for")
        try:
            with self._lock:
                return self._drawn(sight)
        finally:
            self._places.release()

    def close(self) -> None:
        with self._lock:
            self._stop()

    def _drawn(self, sight: Sight) -> bytes:
        if self._process is None:
            self._process = processes(1, self._limits)
        try:
            return self._process.submit(_draw_within, self._limits, sight).result()
        except (BrokenProcessPool, MemoryError) as error:
            self._stop()
            raise Undrawn(_STOPPED.format(number=sight.page.number)) from error
        except (Unreadable, OSError) as error:
            raise Undrawn(error.reason if isinstance(error, Unreadable) else str(error)) from error

    def _stop(self) -> None:
        if self._process is not None:
            self._process.shutdown(cancel_futures=True)
            self._process = None


def _draw_within(limits: Limits, sight: Sight) -> bytes:
    """In the process: out of time SIGPROF ends it, whatever library it is in."""
    signal.setitimer(signal.ITIMER_PROF, limits.seconds)
    try:
        return preview.draw(sight.path.read_bytes(), sight.name, sight.kind, sight.page, width=sight.width)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
