"""Changing what the library holds: documents that are sent, removed, or indexed anew."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Protocol, TypeVar

from index import store, sync
from index.model import Encoder, Locked, Outcome, Removed
from index.sync import Progress
from ingest.chunk import passages
from ingest.pipeline import parse
from ingest.read.ocr import Ocr

Told = Callable[[Progress], None]
Made = TypeVar("Made")

_POLL_SECONDS = 0.5


class Intake(Protocol):
    """What the edge needs to change the library. All raise `index.model.IndexFailure`."""

    def receive(self, uploads: Iterable[tuple[str, bytes]], progress: Told) -> Iterator[Outcome]:
        """Store files, given as (name, bytes), and publish them; one outcome each."""
        ...

    def reindex(self, progress: Told) -> Iterator[Outcome]:
        """Read and index everything anew, beside what is served."""
        ...

    def remove(self, id: str) -> Removed | None:
        """Take a document away and publish that; None when there is none of that id."""
        ...


class StoreIntake:
    """Changes one store. Files of strangers are read in a process of their own, which may crash alone.

    `ocr` says how scans are recognised, null that they are refused; `patience` is how many seconds another writer is
    waited for.
    """

    def __init__(
        self, held: store.Store, encoder: Callable[[], Encoder], *, ocr: Ocr | None = None, patience: float = 60.0
    ) -> None:
        self._store = held
        self._encoder = encoder
        self._parse = partial(parse, ocr=ocr)
        self._patience = patience

    def receive(self, uploads: Iterable[tuple[str, bytes]], progress: Told) -> Iterator[Outcome]:
        files = list(uploads)
        return self._patiently(
            lambda: sync.receive(
                files,
                store=self._store,
                encoder=self._encoder,
                parse=self._parse,
                passages=passages,
                progress=progress,
                workers=1,
            )
        )

    def reindex(self, progress: Told) -> Iterator[Outcome]:
        return self._patiently(
            lambda: sync.reindex(
                self._store, encoder=self._encoder, passages=passages, parse=self._parse, progress=progress
            )
        )

    def remove(self, id: str) -> Removed | None:
        [removed] = self._patiently(lambda: iter([sync.remove(self._store, id)]))
        return removed

    def _patiently(self, run: Callable[[], Iterator[Made]]) -> Iterator[Made]:
        """A run of the writer. It is locked out before it has done anything, so it can be tried again."""
        until = time.monotonic() + self._patience
        while True:
            try:
                yield from run()
            except Locked:
                if time.monotonic() >= until:
                    raise
                time.sleep(_POLL_SECONDS)
            else:
                return
