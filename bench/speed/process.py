"""`chidao` as people run it: whole processes, with the time they take and the memory they need."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_CHIDAO = str(Path(sys.executable).with_name("chidao"))
_ROOT = Path(__file__).parents[2]
_SPAWN = str(Path(__file__).with_name("spawn.py"))
_READY_SECONDS = 60.0
_IMPORT = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+([\w.]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A process that has ended. `peak` is the most memory that it or a child of it held, in MiB.

    `processor` are the seconds that it spent on processors, which others that want them do not make more.
    """

    seconds: float
    processor: float
    peak: float


def run(home: Path, *arguments: str) -> Run:
    """Run `chidao` with these arguments. Raises ChildProcessError when it fails."""
    return _run(home, _CHIDAO, *arguments)


def module(home: Path, name: str, *arguments: str) -> Run:
    """Run a module of this repository with these arguments. Raises ChildProcessError when it fails."""
    return _run(home, sys.executable, "-m", name, *arguments)


def _run(home: Path, *command: str) -> Run:
    told = subprocess.run(
        [sys.executable, "-I", "-S", _SPAWN, *command],
        env=_environment(home),
        cwd=_ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    seconds, processor, peak, status = told.stdout.split()[-4:]
    if status != "0":
        raise ChildProcessError(f"{' '.join(command)} ended with {status}: {told.stderr.strip()}")
    return Run(seconds=float(seconds), processor=float(processor), peak=float(peak))


def imports(home: Path, *arguments: str) -> Mapping[str, float]:
    """Milliseconds spent importing, by top-level package, in one run of `chidao`; Python makes them longer."""
    code = "import sys; from api.cli import main; main(sys.argv[1:])"
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", code, *arguments],
        env=_environment(home),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    spent: Counter[str] = Counter()
    for microseconds, module in _IMPORT.findall(ended.stderr):
        spent[module.partition(".")[0]] += int(microseconds)
    return {package: total / 1e3 for package, total in spent.most_common()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that is ready. `seconds` passed from its start until then."""

    url: str
    seconds: float
    pid: int

    def peak(self) -> float | None:
        """The most memory it has held, in MiB; None where the system does not tell (it does on Linux)."""
        try:
            status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        except OSError:
            return None
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else None


@contextmanager
def server(home: Path) -> Iterator[Server]:
    """`chidao serve` on a free port. Raises TimeoutError when it does not become ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    started = time.perf_counter()
    command = [_CHIDAO, "serve", "--port", str(port)]
    environment = _environment(home) | {"CHIDAO_LOG_LEVEL": "error"}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as child:
        try:
            while not _is_ready(url):
                if child.poll() is not None or time.perf_counter() - started > _READY_SECONDS:
                    raise TimeoutError(f"chidao serve was not ready within {_READY_SECONDS:.0f} s")
                time.sleep(0.01)
            yield Server(url=url, seconds=time.perf_counter() - started, pid=child.pid)
        finally:
            child.terminate()


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError):
        return False


def _environment(home: Path) -> dict[str, str]:
    return dict(os.environ) | {"CHIDAO_HOME": str(home)}
