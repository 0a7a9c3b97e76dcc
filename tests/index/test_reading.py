"""Reading files in other processes: in order, and past those that kill their reader."""

from __future__ import annotations

import importlib
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.model import Refused
from index.reading import POOL_FROM, Job, Limits, default_workers, read_all
from ingest.model import Document

# Processes start anew and import the parser by its name, so it has to be a module of its own.
READER = """
    import os
    import time
    from ingest.model import Document, Source, Unreadable

    def parse(data, name):
        if data == b"kill":
            os._exit(9)
        if data == b"refuse":
            raise Unreadable(name, "bad")
        if data == b"fail":
            raise KeyError("x")
        if data == b"slow":
            time.sleep(0.3)
        if data == b"%PDF-endless":
            while True:
                pass
        if data == b"%PDF-stuck":
            sum(range(10**13))
        if data == b"%PDF-bomb":
            bytearray(64 * 1024**3)
        source = Source(name=name, kind="txt", text=data.decode())
        return Document(source=source, sha256="", number=None, date=None, place=None, type="", title="",
                        issuer=None, signer=None)
"""


UNGUARDED = """
    from index.reading import Job, read_all
    from miniature_reader import parse

    for result in read_all([Job(name=name, data=name.encode()) for name in "abc"], parse, workers=2):
        print(result.source.text)
"""


@pytest.fixture
def parse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes, str], Document]:
    (tmp_path / "miniature_reader.py").write_text(textwrap.dedent(READER))
    monkeypatch.syspath_prepend(tmp_path)
    module = importlib.import_module("miniature_reader")
    found: Callable[[bytes, str], Document] = module.parse
    return found


def _jobs(*contents: bytes) -> list[Job]:
    return [Job(name=f"{number}.txt", data=data) for number, data in enumerate(contents)]


def _told(result: Document | Refused) -> str:
    return result.reason if isinstance(result, Refused) else result.source.text


@pytest.mark.parametrize("workers", [0, 2])
def test_results_stand_in_the_order_of_the_files(parse: Callable[[bytes, str], Document], workers: int) -> None:
    """However long each takes; and refusals among them."""
    results = read_all(_jobs(b"slow", b"a", b"refuse", b"b", b"fail"), parse, workers=workers)
    assert [_told(result) for result in results] == [
        "slow",
        "a",
        "bad",
        "b",
        "lỗi khi đọc tệp: KeyError: 'x'",
    ]


def test_a_file_that_kills_its_reader_is_refused_alone(parse: Callable[[bytes, str], Document]) -> None:
    """Every other file is read, before and after."""
    contents = [b"a", b"b", b"kill", b"c", b"d", b"kill", b"e"]
    results = list(read_all(_jobs(*contents), parse, workers=2))
    assert [_told(result) if isinstance(result, Document) else "kill" for result in results] == [
        data.decode() for data in contents
    ]
    refused = [result for result in results if isinstance(result, Refused)]
    assert [result.name for result in refused] == ["2.txt", "5.txt"]
    assert "dừng đột ngột" in refused[0].reason


def test_files_are_drawn_only_a_little_ahead(parse: Callable[[bytes, str], Document]) -> None:
    """A thousand large files are not in memory at once."""
    drawn: list[Job] = []

    def jobs() -> Iterator[Job]:
        for job in _jobs(*[b"a"] * 100):
            drawn.append(job)
            yield job

    results = read_all(jobs(), parse, workers=2)
    next(results)
    assert len(drawn) < 20
    results.close()


def test_where_no_process_can_be_started_files_are_read_here(
    parse: Callable[[bytes, str], Document], tmp_path: Path
) -> None:
    """A program whose main module cannot be imported twice still gets its documents."""
    script = tmp_path / "unguarded.py"
    script.write_text(textwrap.dedent(UNGUARDED))
    ran = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["a", "b", "c"]


def test_a_few_files_are_read_in_this_process() -> None:
    """Starting others would take longer."""
    assert default_workers(POOL_FROM - 1) == 0
    assert default_workers(POOL_FROM) >= 1


@pytest.mark.parametrize("workers", [0, 1])
@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"%PDF-endless", "quá lâu"), (b"%PDF-stuck", "dừng đột ngột"), (b"%PDF-bomb", "bộ nhớ")],
)
def test_a_file_that_asks_for_too_much_is_refused(
    parse: Callable[[bytes, str], Document], workers: int, content: bytes, reason: str
) -> None:
    """Too much time, in Python or within a library, or too much memory; the others are read."""
    limits = Limits(seconds=0.5, bytes=1024**3)
    results = [_told(result) for result in read_all(_jobs(b"a", content, b"b"), parse, workers=workers, limits=limits)]
    assert [results[0], results[2]] == ["a", "b"]
    assert reason in results[1]


def test_a_parser_that_cannot_be_sent_elsewhere_reads_here(parse: Callable[[bytes, str], Document]) -> None:
    """A function within a function has no name to import it by."""
    results = read_all(_jobs(b"%PDF-a", b"b"), lambda data, name: parse(data, name), workers=0)
    assert [_told(result) for result in results] == ["%PDF-a", "b"]
