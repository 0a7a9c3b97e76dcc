"""One writer at a time: a lock on a file, which the system releases even when the process is killed."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.model import Locked

_POLL_SECONDS = 0.1


@contextmanager
def locked(home: Path, *, wait: float = 0.0) -> Iterator[None]:
    """Hold the writer's lock of a home. Raises Locked when another still has it after `wait` seconds."""
    path = home / "lock"
    deadline = time.monotonic() + wait
    with path.open("a+", encoding="ascii") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() >= deadline:
                    raise Locked(_sentence(path)) from error
                time.sleep(_POLL_SECONDS)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def _sentence(path: Path) -> str:
    holder = path.read_text(encoding="ascii").strip()
    who = f"process {holder}" if holder else "another process"
    return f"{who} is writing to {str(path.parent)!r}: wait until it has finished, then try again"
