"""Files → documents, in order: small texts here when they are few, all else in processes that can be stopped.

A file that crashes its reader, or asks for more time or memory than any directive needs, is refused and the others
go on.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import resource
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
from types import FrameType
from typing import NoReturn

from index.model import Refused
from ingest.model import Document, Unreadable

Parse = Callable[[bytes, str], Document]

# Starting a process costs about as much as reading this many files.
POOL_FROM = 9
MOST_WORKERS = 8
_AHEAD = 4  # jobs in the queue for each worker

LARGEST = 256 * 1024 * 1024
"""Bytes of a file that is opened at all."""

# Text of this size takes no time worth a process; formats that unpack or draw are read in one whatever their size.
_LIGHT = 128 * 1024
_HEAVY = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*")

_CRASHED = "chương trình đọc tệp dừng đột ngột vì tệp này (tệp hỏng, quá lớn hoặc đọc quá lâu)"
_TOO_LARGE = "đọc tệp cần quá nhiều bộ nhớ; hãy tách tệp hoặc xuất lại từ văn bản gốc"
_TOO_LONG = "đọc tệp quá lâu nên đã dừng; hãy tách tệp hoặc xuất lại từ văn bản gốc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one file may cost: seconds of processor time, programs that its reader runs aside, and bytes of address
    space of the process that reads it. A PDF of 227 pages takes eight seconds."""

    seconds: float = 180.0
    bytes: int = 2 * 1024**3


LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A file to read; `name` is what its document will call its source."""

    name: str
    data: bytes


def read(job: Job, parse: Parse) -> Document | Refused:
    """Whatever is wrong with a file comes back as a refusal: a mistake of the parser stops no run either."""
    try:
        return parse(job.data, job.name)
    except Unreadable as refusal:
        return Refused(name=job.name, reason=refusal.reason)
    except MemoryError:
        return Refused(name=job.name, reason=_TOO_LARGE)
    except Exception as error:  # a parser may fail in any way on a file nobody has seen before
        return Refused(name=job.name, reason=f"lỗi khi đọc tệp: {type(error).__name__}: {error}")


def read_all(
    jobs: Iterable[Job], parse: Parse, *, workers: int, limits: Limits = LIMITS
) -> Generator[Document | Refused, None, None]:
    """One result for each job, in their order; `jobs` is drawn only a little ahead of the results.

    With `workers` 0 small texts are read in this process. Whatever else is read in others, for which `parse` must be
    importable by its name; where it is not, or where no process can be started, everything is read here.
    """
    if not workers:
        yield from _read_few(jobs, parse, limits)
        return
    pool = _Pool(parse, workers, limits)
    try:
        for job in jobs:
            pool.submit(job)
            if len(pool) > _AHEAD * workers:
                yield pool.next()
        while len(pool):
            yield pool.next()
    finally:
        pool.close()


def _read_few(jobs: Iterable[Job], parse: Parse, limits: Limits) -> Generator[Document | Refused, None, None]:
    pool: _Pool | None = None
    movable = _is_importable(parse)
    try:
        for job in jobs:
            if _is_light(job) or not movable:
                yield read(job, parse)
                continue
            pool = pool if pool is not None else _Pool(parse, 1, limits)
            pool.submit(job)
            yield pool.next()
    finally:
        if pool is not None:
            pool.close()


def _is_light(job: Job) -> bool:
    return len(job.data) <= _LIGHT and not any(mark in job.data[:1024] for mark in _HEAVY)


def _is_importable(parse: Parse) -> bool:
    try:
        pickle.dumps(parse)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
    return True


class _OutOfTime(BaseException):
    """Raised in the middle of a reader; no `except Exception` of its own holds it up."""


def _read_within(limits: Limits, job: Job, parse: Parse) -> Document | Refused:
    """In a process of the pool: out of time the reader is interrupted, or ended where it does not come to that."""
    signal.signal(signal.SIGVTALRM, _interrupt)
    signal.setitimer(signal.ITIMER_VIRTUAL, limits.seconds)
    signal.setitimer(signal.ITIMER_PROF, 1.5 * limits.seconds)  # SIGPROF ends the process
    try:
        return read(job, parse)
    except _OutOfTime:
        return Refused(name=job.name, reason=_TOO_LONG)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)


def _result(job: Job, future: Future[Document | Refused]) -> Document | Refused:
    try:
        return future.result()
    except MemoryError:  # there was none left to send the document back
        return Refused(name=job.name, reason=_TOO_LARGE)


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise _OutOfTime


def _prepare(limits: Limits) -> None:
    """In a process of the pool, before its first job."""
    _limit_memory(limits)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A process that is killed, as a server is by the signal that ends it, does not stop those it has started."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _limit_memory(limits: Limits) -> None:
    """The limit of this process, which the programs that it runs may raise again for themselves."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    bound = limits.bytes if hard == resource.RLIM_INFINITY else min(limits.bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


def default_workers(files: int) -> int:
    """How many processes are worth their start for so many files."""
    return min(os.cpu_count() or 1, MOST_WORKERS) if files >= POOL_FROM else 0


class _Pool:
    """A queue of jobs. When a process dies, the jobs it may have died of are tried again one at a time; where
    no process can be started at all, they are done here."""

    def __init__(self, parse: Parse, workers: int, limits: Limits) -> None:
        self._parse = parse
        self._workers = workers
        self._limits = limits
        self._executor: ProcessPoolExecutor | None = processes(workers, limits)
        self._queue: deque[tuple[Job, Future[Document | Refused] | None]] = deque()

    def __len__(self) -> int:
        return len(self._queue)

    def submit(self, job: Job) -> None:
        future = None
        if self._executor is not None:
            # A job that comes too late for processes that have just died is tried with the others.
            with suppress(BrokenProcessPool):
                future = self._executor.submit(_read_within, self._limits, job, self._parse)
        self._queue.append((job, future))

    def next(self) -> Document | Refused:
        job, future = self._queue.popleft()
        if future is not None:
            with suppress(BrokenProcessPool):
                return _result(job, future)
        if self._executor is None:
            return read(job, self._parse)
        result = self._alone(job)
        self._start_anew()
        return result

    def close(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)

    def _alone(self, job: Job) -> Document | Refused:
        """In a process of its own, so that a crash says which file is to blame."""
        with processes(1, self._limits) as executor:
            try:
                executor.submit(os.getpid).result()
            except BrokenProcessPool:
                self._workers = 0
                return read(job, self._parse)
            try:
                return _result(job, executor.submit(_read_within, self._limits, job, self._parse))
            except BrokenProcessPool:
                return Refused(name=job.name, reason=_CRASHED)

    def _start_anew(self) -> None:
        """Other processes in place of those that are gone, for what is queued and not done."""
        self.close()
        self._executor = processes(self._workers, self._limits) if self._workers else None
        jobs, self._queue = self._queue, deque()
        for job, future in jobs:
            if future is not None and future.done() and future.exception() is None:
                self._queue.append((job, future))
            else:
                self.submit(job)


def processes(workers: int, limits: Limits) -> ProcessPoolExecutor:
    """Processes for files of strangers, each held to the memory of these limits."""
    # Not by fork: the engines have threads running, and a forked copy of their locks may never open.
    return ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=_prepare, initargs=(limits,)
    )
