"""Files → documents, in order: here for a few, in other processes for many. A file that crashes its reader is
refused and the others go on."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass

from index.model import Refused
from ingest.model import Document, Unreadable

Parse = Callable[[bytes, str], Document]

# Starting a process costs about as much as reading this many files.
POOL_FROM = 9
MOST_WORKERS = 8
_AHEAD = 4  # jobs in the queue for each worker
_CRASHED = "chương trình đọc tệp dừng đột ngột vì tệp này (tệp hỏng hoặc quá lớn)"


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
    except Exception as error:  # a parser may fail in any way on a file nobody has seen before
        return Refused(name=job.name, reason=f"lỗi khi đọc tệp: {type(error).__name__}: {error}")


def read_all(jobs: Iterable[Job], parse: Parse, *, workers: int) -> Generator[Document | Refused, None, None]:
    """One result for each job, in their order; `jobs` is drawn only a little ahead of the results.

    With `workers` 0 everything happens in this process; otherwise `parse` must be importable by its name.
    """
    if not workers:
        yield from (read(job, parse) for job in jobs)
        return
    pool = _Pool(parse, workers)
    try:
        for job in jobs:
            pool.submit(job)
            if len(pool) > _AHEAD * workers:
                yield pool.next()
        while len(pool):
            yield pool.next()
    finally:
        pool.close()


def default_workers(files: int) -> int:
    """How many processes are worth their start for so many files."""
    return min(os.cpu_count() or 1, MOST_WORKERS) if files >= POOL_FROM else 0


class _Pool:
    """A queue of jobs. When a process dies, the jobs it may have died of are tried again one at a time; where
    no process can be started at all, they are done here."""

    def __init__(self, parse: Parse, workers: int) -> None:
        self._parse = parse
        self._workers = workers
        self._executor: ProcessPoolExecutor | None = _executor(workers)
        self._queue: deque[tuple[Job, Future[Document | Refused] | None]] = deque()

    def __len__(self) -> int:
        return len(self._queue)

    def submit(self, job: Job) -> None:
        future = None
        if self._executor is not None:
            # A job that comes too late for processes that have just died is tried with the others.
            with suppress(BrokenProcessPool):
                future = self._executor.submit(read, job, self._parse)
        self._queue.append((job, future))

    def next(self) -> Document | Refused:
        job, future = self._queue.popleft()
        if future is not None:
            with suppress(BrokenProcessPool):
                return future.result()
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
        with _executor(1) as executor:
            try:
                executor.submit(os.getpid).result()
            except BrokenProcessPool:
                self._workers = 0
                return read(job, self._parse)
            try:
                return executor.submit(read, job, self._parse).result()
            except BrokenProcessPool:
                return Refused(name=job.name, reason=_CRASHED)

    def _start_anew(self) -> None:
        """Other processes in place of those that are gone, for what is queued and not done."""
        self.close()
        self._executor = _executor(self._workers) if self._workers else None
        jobs, self._queue = self._queue, deque()
        for job, future in jobs:
            if future is not None and future.done() and future.exception() is None:
                self._queue.append((job, future))
            else:
                self.submit(job)


def _executor(workers: int) -> ProcessPoolExecutor:
    # Not by fork: the engines have threads running, and a forked copy of their locks may never open.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
