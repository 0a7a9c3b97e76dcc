"""What the figures were taken on."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_PACKAGES = ("chidao", "numpy", "tantivy", "faiss-cpu", "torch", "sentence-transformers", "bm25s", "txtai")


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """`load` is the mean number of processes that wanted a core in the minute before; None where the system does not
    tell. `commit` is that of the repository, with a plus sign when files were changed since; None outside git.
    """

    processor: str
    cores: int
    memory_gib: float | None
    load: float | None
    system: str
    python: str
    commit: str | None
    packages: dict[str, str]

    @classmethod
    def this(cls) -> Machine:
        return cls(
            processor=_processor(),
            cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
            memory_gib=_memory(),
            load=round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
            system=platform.system(),
            python=platform.python_version(),
            commit=_commit(),
            packages=dict(_versions()),
        )


def _processor() -> str:
    try:
        found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return found[1].strip() if found else platform.processor() or platform.machine()


def _memory() -> float | None:
    try:
        return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30, 1)
    except (AttributeError, ValueError, OSError):
        return None


def _commit() -> str | None:
    try:
        told = subprocess.run(
            ["git", "describe", "--always", "--dirty=+", "--exclude=*", "--abbrev=10"],
            cwd=_ROOT,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return told.stdout.strip()


def _versions() -> list[tuple[str, str]]:
    held = []
    for package in _PACKAGES:
        try:
            held.append((package, version(package)))
        except PackageNotFoundError:
            continue
    return held
