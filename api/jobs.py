"""Work that takes longer than a request: one job at a time, in the order in which they came.

Jobs are kept in memory. What a job did is in the store; a job that a restart cuts short is sent again.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Condition
from typing import Literal
from uuid import uuid4

from api.intake import Intake, Told
from api.problems import Refusal, unavailable
from index.model import IndexFailure, Outcome
from index.sync import Progress

log = logging.getLogger("chidao")

State = Literal["queued", "running", "done", "failed"]
Kind = Literal["upload", "reindex"]

KEPT = 200
"""Jobs that can still be asked about."""

WAITING = 8
"""Jobs that may wait: each holds its files in memory."""

_KEEP_ALIVE_SECONDS = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job as it stands. `refusal` says why it failed."""

    id: str
    kind: Kind
    made: datetime
    state: State = "queued"
    done: int = 0
    total: int = 0
    outcomes: tuple[Outcome, ...] = ()
    refusal: Refusal | None = None

    @property
    def over(self) -> bool:
        return self.state in ("done", "failed")


Work = Callable[[Told], Iterator[Outcome]]


@dataclass
class Jobs:
    """The jobs of one server. Safe to use from several threads; `close` waits for the one that runs."""

    intake: Intake
    _jobs: OrderedDict[str, Job] = field(default_factory=OrderedDict)
    _changed: Condition = field(default_factory=Condition)

    def __post_init__(self) -> None:
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="chidao-jobs")

    def close(self) -> None:
        self._worker.shutdown(cancel_futures=True)

    def upload(self, files: Iterable[tuple[str, bytes]]) -> Job:
        """Have files, given as (name, bytes), read and published."""
        held = list(files)
        return self._queue("upload", lambda told: self.intake.receive(held, told), total=len(held))

    def reindex(self) -> Job:
        """Have everything indexed anew."""
        return self._queue("reindex", self.intake.reindex)

    def find(self, id: str) -> Job:
        """The job as it stands. Refuses an unknown one."""
        with self._changed:
            job = self._jobs.get(id)
        if job is None:
            raise Refusal("unknown-job", job=id)
        return job

    def follow(self, id: str) -> Iterator[Job | None]:
        """The job now and after each change until it is over; None now and then while nothing changes."""
        job = self.find(id)
        yield job
        while not job.over:
            newer = self._after(job)
            yield newer
            job = newer or job

    def _after(self, job: Job) -> Job | None:
        """The job when it has changed; None when it has not for a while."""
        with self._changed:
            changed = self._changed.wait_for(lambda: self._jobs.get(job.id) is not job, timeout=_KEEP_ALIVE_SECONDS)
            return self._jobs.get(job.id) if changed else None

    def _queue(self, kind: Kind, work: Work, *, total: int = 0) -> Job:
        """Refuses a job when too many wait."""
        job = Job(id=uuid4().hex, kind=kind, made=datetime.now(UTC), total=total)
        with self._changed:
            if sum(one.state == "queued" for one in self._jobs.values()) >= WAITING:
                raise Refusal("queue-full", waiting=WAITING)
            self._jobs[job.id] = job
            over = [one.id for one in self._jobs.values() if one.over]
            for old in over[: max(0, len(self._jobs) - KEPT)]:
                del self._jobs[old]
        self._worker.submit(self._work, job.id, work)
        return job

    def _work(self, id: str, work: Work) -> None:
        self._change(id, state="running")

        def told(progress: Progress) -> None:
            self._change(id, done=progress.done, total=progress.total)

        outcomes: list[Outcome] = []
        try:
            for outcome in work(told):
                outcomes.append(outcome)
                self._change(id, outcomes=tuple(outcomes))
        except IndexFailure as failure:
            self._change(id, state="failed", refusal=unavailable(failure))
        except Exception:
            log.exception("job %s failed", id)
            self._change(id, state="failed", refusal=Refusal("internal"))
        else:
            self._change(id, state="done", done=self.find(id).total)

    def _change(self, id: str, **values: object) -> None:
        with self._changed:
            self._jobs[id] = replace(self._jobs[id], **values)  # type: ignore[arg-type]  # fields of Job, above
            self._changed.notify_all()
