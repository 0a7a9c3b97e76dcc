"""Folder → store → published generation: reads what is new, forgets what has gone, leaves the rest alone.

Every file has an outcome (`Added | Changed | Unchanged | Removed | Refused`). One generation is published at
the end of a run, and some on the way when there is much to read; a run cut short is taken up by the next.
"""

from __future__ import annotations

import sqlite3
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from itertools import chain
from pathlib import Path, PureWindowsPath
from threading import Event
from typing import Protocol

from index import archives, identity
from index.folders import Found, Walk, is_document, walk
from index.lock import locked
from index.model import Added, Changed, Encoder, Entry, IndexFailure, Outcome, Refused, Removed, Unchanged
from index.publication import EMBED_BATCH, Publication
from index.reading import LARGEST, Job, Parse, default_workers, read, read_all
from index.staging import File, Kept, Known, Staged, Staging
from index.store import Store
from ingest.model import Document, Passage, Unreadable
from ingest.read import ARCHIVES, REFUSED, SUPPORTED
from ingest.text import nfc

# A long run publishes now and then, so that its first documents are found before its last are read.
PUBLISH_EVERY = 5_000
# A file written less than this before it is read may be written again without a change of its time.
_SETTLED_NS = 2_000_000_000
# How long a watcher lets another writer finish.
_WATCH_WAIT_SECONDS = 600.0
# The first step of watching comes after this, and later ones when no change has come for as long.
_WATCH_STEP_MS = 500
_NAMELESS = "van-ban"
_SUFFIXES = (*SUPPORTED, *ARCHIVES, *REFUSED)

LoadEncoder = Callable[[], Encoder]
_Reading = tuple[Document, Sequence[Passage]]


class Split(Protocol):
    """A document into passages that the encoder can read whole (`ingest.chunk.passages`)."""

    def __call__(self, document: Document, *, max_tokens: int) -> Sequence[Passage]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is: files done of all files, and passages that were stored."""

    done: int
    total: int
    passages: int


def sync(
    paths: Sequence[Path],
    *,
    store: Store,
    encoder: LoadEncoder,
    parse: Parse,
    passages: Split,
    prune: bool = False,
    progress: Callable[[Progress], None] | None = None,
    suffixes: Collection[str] = _SUFFIXES,
    workers: int | None = None,
    publish_every: int = PUBLISH_EVERY,
) -> Iterator[Outcome]:
    """Bring the store up to date with these files and folders; the outcomes come as the work is done.

    `encoder` is called only when a document is new or changed. `prune` lets documents go whose file has gone
    from one of the folders, never others. `workers` is the number of processes that read (0: none; None: as
    many as are worth it). The run is published when the outcomes are exhausted, and on the way after every
    `publish_every` documents. Raises MissingPath at once; Locked on the first outcome; EncoderMismatch on the
    first document that is new or changed, before it is stored.
    """
    found = walk(paths, suffixes=suffixes, without=store.home)

    def outcomes() -> Iterator[Outcome]:
        with locked(store.home):
            run = _Run(store, encoder, parse, passages, progress, workers, publish_every=publish_every)
            yield from run.files(found.files)
            if prune:
                yield from run.prune(found)
            run.publish()

    return outcomes()


def receive(
    uploads: Iterable[tuple[str, bytes]],
    *,
    store: Store,
    encoder: LoadEncoder,
    parse: Parse,
    passages: Split,
    progress: Callable[[Progress], None] | None = None,
    workers: int | None = 0,
) -> Iterator[Outcome]:
    """Store files that came over the network, as (name, bytes); no folder can take them away again.

    A document uploaded anew (same number, date, issuer and title, or same file name and number) keeps its id.
    Raises as `sync`.
    """
    with locked(store.home):
        run = _Run(store, encoder, parse, passages, progress, workers)
        yield from run.uploads(list(uploads))
        run.publish()


def remove(store: Store, id: str) -> Removed | None:
    """Take a document out of the store and publish that; None when there is none of that id. Raises Locked."""
    with locked(store.home):
        found = store.document(id)
        staging = Staging(store)
        if not staging.depart(id) or found is None:
            return None
        publication = Publication(store, _no_encoder)
        publication.recover()
        publication.publish(staging.changes(waiting=False))
    return Removed(name=found.document.source.name, document_id=id)


def reindex(
    store: Store,
    *,
    encoder: LoadEncoder,
    passages: Split,
    parse: Parse | None = None,
    progress: Callable[[Progress], None] | None = None,
    workers: int | None = None,
) -> Iterator[Outcome]:
    """Build everything that is derived anew, for this encoder, beside the current generation; ids stay.

    With `parse` the originals are read again too: what cannot be read any more is refused and stays as it was.
    Raises Locked.
    """
    with locked(store.home):
        run = _Run(store, encoder, parse or _no_parse, passages, progress, workers, any_encoder=True)
        yield from run.again(reread=parse is not None)
        run.publish(whole=True)


def watch(
    paths: Sequence[Path],
    *,
    store: Store,
    encoder: LoadEncoder,
    parse: Parse,
    passages: Split,
    suffixes: Collection[str] = _SUFFIXES,
    stop: Event | None = None,
) -> Iterator[Outcome]:
    """Follow files and folders until `stop` is set: an outcome for everything new, changed or deleted.

    Begins with what changed while nobody watched. Changes that come close together are taken together.
    Raises as `sync`, but waits for another writer.
    """
    watched = walk(paths, suffixes=suffixes, without=store.home)

    def outcomes() -> Iterator[Outcome]:
        for number, touched in enumerate(_changes(paths, store.home, stop)):
            if number and not touched:
                continue
            # The first step only says that watching has begun: nothing is missed from here on.
            standing = [path for path in paths if path.exists()]
            found = replace(walk(standing, suffixes=suffixes, without=store.home), folders=watched.folders)
            near = [file for file in found.files if not number or touched & {file.path, *file.path.parents}]
            with locked(store.home, wait=_WATCH_WAIT_SECONDS):
                run = _Run(store, encoder, parse, passages, None, None)
                for outcome in chain(run.files(near), run.prune(found)):
                    if not isinstance(outcome, Unchanged):
                        yield outcome
                run.publish()

    return outcomes()


def _changes(paths: Sequence[Path], home: Path, stop: Event | None) -> Iterator[set[Path]]:
    """What was touched, step by step; the first step is empty and comes as soon as watching has begun."""
    from watchfiles import watch as steps

    own = home.absolute()
    for step in steps(
        *(path.absolute() for path in paths),
        stop_event=stop,
        step=_WATCH_STEP_MS,
        rust_timeout=_WATCH_STEP_MS,
        yield_on_timeout=True,
        recursive=True,
    ):
        yield {Path(path) for _, path in step if not Path(path).is_relative_to(own)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """One file that was looked at: its outcome stands, or its bytes were met before (`again`), or are to be read.
    `called` is what its document will call its source."""

    name: str
    called: str = ""
    outcome: Outcome | None = None
    file: File | None = None
    data: bytes = b""
    again: bool = False

    @property
    def is_job(self) -> bool:
        return self.outcome is None and not self.again


class _Run:
    """One run of the writer, who holds the lock. `publish` ends it."""

    def __init__(
        self,
        store: Store,
        encoder: LoadEncoder,
        parse: Parse,
        split: Split,
        progress: Callable[[Progress], None] | None,
        workers: int | None,
        *,
        any_encoder: bool = False,
        publish_every: int = PUBLISH_EVERY,
    ) -> None:
        self._store = store
        self._publish_every = publish_every
        self._staging = Staging(store)
        self._publication = Publication(store, encoder, any_encoder=any_encoder)
        self._parse = parse
        self._split = split
        self._progress = progress
        self._workers = workers
        self._in_work: set[str] = set()
        self._refused: dict[str, str] = {}
        self._unembedded: list[int] = []
        self._unembedded_passages = 0
        self._unpublished = 0
        self._passages = 0
        if not any_encoder:
            self._publication.recover()

    def files(self, files: Sequence[Found]) -> Iterator[Outcome]:
        known = self._staging.files()
        settled = [_settled(file, known.get(file.key)) for file in files]
        plans = (
            _Plan(name=file.name, outcome=outcome) if outcome else self._plan_file(file, known.get(file.key))
            for file, outcome in zip(files, settled, strict=True)
        )
        yield from self._carry_out(plans, total=len(files), to_read=settled.count(None))

    def uploads(self, uploads: Sequence[tuple[str, bytes]]) -> Iterator[Outcome]:
        plans = [plan for name, data in uploads for plan in self._plan_upload(_base_name(name), data)]
        yield from self._carry_out(plans, total=len(plans), to_read=len(plans))

    def _plan_upload(self, name: str, data: bytes) -> Iterator[_Plan]:
        """One file, or the documents of an archive, each a file of its own."""
        inside = None
        if name.lower().endswith(archives.SUFFIX):
            inside = archives.members(BytesIO(data), lambda name: is_document(name, _SUFFIXES))
        if inside is None:
            yield self._plan(name, data, File(path=None, sha256=_digest(data), size=len(data)), called=name)
            return
        for member in inside:
            called = f"{name}/{member.name}"
            try:
                own = b"" if member.refusal else archives.read(BytesIO(data), member.name)
            except OSError as error:
                member = replace(member, refusal=f"không mở được tệp: {error}")
            if member.refusal is not None:
                yield _Plan(name=called, outcome=Refused(name=called, reason=member.refusal))
            else:
                yield self._plan(called, own, File(path=None, sha256=_digest(own), size=len(own)), called=called)

    def again(self, *, reread: bool) -> Iterator[Outcome]:
        total = self._store.counts()["documents"]
        done = 0
        for stored, reading in self._readings(total, reread=reread):
            yield from self._take_again(stored, reading)
            done += len(stored)
            self._report(done, total)

    def prune(self, found: Walk) -> Iterator[Outcome]:
        listed = {file.key for file in found.files}
        for path in self._staging.files():
            if found.covers(path) and path not in listed and not archives.still_there(path):
                for id in self._staging.forget_file(path):
                    yield Removed(name=Path(path).name, document_id=id)

    def publish(self, *, whole: bool = False) -> None:
        changes = self._staging.changes()
        if changes or whole:
            self._publication.publish(changes, whole=whole)
        self._unpublished = 0

    def _plan_file(self, found: Found, known: Known | None) -> _Plan:
        try:
            state = found.path.stat()
            if found.member is None and state.st_size > LARGEST:
                reason = f"tệp lớn hơn {LARGEST // 2**20} MB; hãy tách tệp hoặc giảm độ phân giải ảnh quét rồi nạp lại"
                return _Plan(name=found.name, outcome=Refused(name=found.name, reason=reason))
            if found.refusal is not None:
                return _Plan(name=found.name, outcome=Refused(name=found.name, reason=found.refusal))
            modified = state.st_mtime_ns
            data = found.read()
        except OSError as error:
            reason = f"không mở được tệp: {error.strerror or error}"
            return _Plan(name=found.name, outcome=Refused(name=found.name, reason=reason))
        file = File(
            path=found.key,
            sha256=_digest(data),
            size=state.st_size,
            modified=modified if time.time_ns() - modified > _SETTLED_NS else None,
        )
        if known is not None and known.sha256 == file.sha256:
            self._staging.point(file, known.documents)
            unchanged = Unchanged(name=found.name, document_id=known.documents[0])
            return _Plan(name=found.name, outcome=unchanged)
        return self._plan(found.name, data, file, called=found.called)

    def _plan(self, name: str, data: bytes, file: File, *, called: str) -> _Plan:
        if file.sha256 in self._in_work or self._staging.holders(file.sha256):
            return _Plan(name=name, called=called, file=file, data=data, again=True)
        self._in_work.add(file.sha256)
        return _Plan(name=name, called=called, file=file, data=data)

    def _carry_out(self, plans: Iterable[_Plan], *, total: int, to_read: int) -> Iterator[Outcome]:
        """The outcomes in the order of the plans, while files are read ahead."""
        drawn: deque[_Plan] = deque()
        done = 0

        def jobs() -> Iterator[Job]:
            for plan in plans:
                drawn.append(plan)
                if plan.is_job:
                    yield _job(plan)

        def settled() -> Iterator[Outcome]:
            nonlocal done
            while drawn and not drawn[0].is_job:
                yield from self._settle(drawn.popleft())
                done += 1
                self._report(done, total)

        workers = default_workers(to_read) if self._workers is None else self._workers
        for result in read_all(jobs(), self._parse, workers=workers):
            yield from settled()
            yield from self._take(drawn.popleft(), result)
            done += 1
            self._report(done, total)
        yield from settled()

    def _settle(self, plan: _Plan) -> Iterator[Outcome]:
        """The outcome of a file that need not be read, or whose bytes have been read under another name."""
        if plan.outcome is not None:
            yield plan.outcome
            return
        if plan.file is None:
            return
        digest = plan.file.sha256
        ids = self._staging.holders(digest)
        if ids:
            departed = self._staging.point(plan.file, ids)
            yield Unchanged(name=plan.name, document_id=ids[0])
            for id in departed:
                yield Removed(name=plan.name, document_id=id)
        elif digest in self._refused:
            yield Refused(name=plan.name, reason=self._refused[digest])
        else:
            # What these bytes had become gave way to another file in this very run.
            yield from self._take(plan, read(_job(plan), self._parse))

    def _take(self, plan: _Plan, result: Document | Refused) -> Iterator[Outcome]:
        """Store what was read."""
        if plan.file is None:
            return
        readings = result if isinstance(result, Refused) else self._split_all(result, plan.file.sha256)
        kept = readings if isinstance(readings, Refused) else self._stage(readings, plan.file, plan.data)
        if isinstance(kept, Refused):
            self._refused[plan.file.sha256] = kept.reason
            yield Refused(name=plan.name, reason=kept.reason)
            return
        for staged in kept.staged:
            outcome = Added if staged.is_new else Changed
            yield outcome(name=plan.name, document_id=staged.id, passages=staged.passages)
        for id in kept.departed:
            yield Removed(name=plan.name, document_id=id)

    def _stage(self, readings: Sequence[_Reading], file: File, data: bytes) -> Kept | Refused:
        self._store.originals.keep(data)
        (document, passages), *attached = readings
        try:
            kept = self._staging.stage(document, passages, file, attached)
        except (sqlite3.IntegrityError, UnicodeError) as error:
            return _inconsistent(document, error)
        for staged in kept.staged:
            self._embed_later(staged)
        return kept

    def _readings(self, total: int, *, reread: bool) -> Iterator[tuple[list[Entry], Document | Refused]]:
        """What the documents of each file are when they are read again; without `reread`, each as it is."""
        if not reread:
            yield from (([stored], stored.document) for stored in self._staging.entries())
            return
        drawn: deque[list[Entry]] = deque()
        read: set[str] = set()

        def jobs() -> Iterator[Job]:
            for stored in self._staging.entries():
                digest = stored.document.sha256
                if digest in read:
                    continue
                read.add(digest)
                drawn.append(list(self._staging.entries(digest)))
                original = self._store.originals.path(digest)
                yield Job(name=stored.document.source.name, data=original.read_bytes() if original.exists() else b"")

        workers = default_workers(total) if self._workers is None else self._workers
        for result in read_all(jobs(), self._parse, workers=workers):
            yield drawn.popleft(), result

    def _take_again(self, stored: Sequence[Entry], result: Document | Refused) -> Iterator[Outcome]:
        """Documents keep their ids; one that was not seen before behind another is added, one no longer seen goes."""
        name = stored[0].document.source.name
        readings = result if isinstance(result, Refused) else self._split_all(result, stored[0].document.sha256)
        if isinstance(readings, Refused):
            yield from (Refused(name=name, reason=readings.reason) for _ in stored)
            return
        pairs = _paired(stored, [document for document, _ in readings])
        for entry, (document, passages) in zip(pairs, readings, strict=True):
            try:
                yield self._stage_again(entry, document, passages, beside=stored[0])
            except (sqlite3.IntegrityError, UnicodeError) as error:
                yield _inconsistent(document, error)
        seen = {entry.id for entry in pairs if entry is not None}
        for entry in stored:
            if entry.id not in seen and self._staging.depart(entry.id):
                yield Removed(name=name, document_id=entry.id)

    def _stage_again(
        self, entry: Entry | None, document: Document, passages: Sequence[Passage], *, beside: Entry
    ) -> Outcome:
        name = document.source.name
        if entry is None:
            staged = self._staging.attach(beside, document, passages)
            self._passages += staged.passages
            return Added(name=name, document_id=staged.id, passages=staged.passages)
        if self._staging.is_stored(entry, document, passages):
            return Unchanged(name=name, document_id=entry.id)
        self._staging.restage(entry, document, passages)
        self._passages += len(passages)
        return Changed(name=name, document_id=entry.id, passages=len(passages))

    def _split_all(self, document: Document, sha256: str) -> list[_Reading] | Refused:
        """A document and those attached to it, with their passages."""
        readings: list[_Reading] = []
        for one in (document, *document.attached):
            reading = self._split_up(replace(one, attached=()), sha256)
            if isinstance(reading, Refused):
                return reading
            readings.append(reading)
        return readings

    def _split_up(self, document: Document, sha256: str) -> _Reading | Refused:
        max_tokens = self._publication.encoder().max_tokens
        try:
            return replace(document, sha256=sha256), self._split(document, max_tokens=max_tokens)
        except Exception as error:  # as with parsing: one odd document must not stop the run
            reason = f"lỗi khi chia đoạn văn bản: {type(error).__name__}: {error}"
            return Refused(name=document.source.name, reason=reason)

    def _embed_later(self, staged: Staged) -> None:
        """Embed when there is enough for a batch, and publish when there is enough for a generation."""
        self._passages += staged.passages
        self._unembedded.append(staged.key)
        self._unembedded_passages += staged.passages
        self._unpublished += 1
        if self._unembedded_passages >= EMBED_BATCH:
            self._publication.embed(self._unembedded)
            self._unembedded, self._unembedded_passages = [], 0
        if self._unpublished >= self._publish_every:
            self.publish()

    def _report(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress(Progress(done=done, total=total, passages=self._passages))


def _paired(stored: Sequence[Entry], documents: Sequence[Document]) -> list[Entry | None]:
    """For each document of a file, which of the stored ones it is: by its number or title; the first is the first."""
    left = list(stored)
    pairs: list[Entry | None] = []
    for document in documents:
        pair = next((entry for entry in left if identity.successor(document, entry.document)), None)
        left = [entry for entry in left if entry is not pair]
        pairs.append(pair)
    if pairs[0] is None and left:
        pairs[0] = left.pop(0)
    return pairs


def _settled(found: Found, known: Known | None) -> Outcome | None:
    """The outcome of a file whose size and time are those of the last run; it is not even opened."""
    if known is None or known.modified is None:
        return None
    try:
        state = found.path.stat()
    except OSError:
        return None
    if (state.st_size, state.st_mtime_ns) != (known.size, known.modified):
        return None
    return Unchanged(name=found.name, document_id=known.documents[0])


def _base_name(name: str) -> str:
    """The file name of what a caller sent: no folders of any system, no control characters."""
    last = PureWindowsPath(nfc(name)).name
    return "".join(letter for letter in last if letter.isprintable()).strip() or _NAMELESS


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _job(plan: _Plan) -> Job:
    return Job(name=plan.called, data=plan.data)


def _inconsistent(document: Document, error: Exception) -> Refused:
    return Refused(name=document.source.name, reason=f"cấu trúc văn bản đọc được không nhất quán: {error}")


def _no_encoder() -> Encoder:
    raise IndexFailure("removing a document embeds nothing")


def _no_parse(data: bytes, name: str) -> Document:
    raise Unreadable(name, "not asked to be read again")
