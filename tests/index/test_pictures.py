"""Pictures of pages: drawn in a process that a bad file may end, and no more than so many at a time."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from index import pictures
from index.pictures import Crowded, Pictures, Sight, Undrawn
from index.reading import Limits
from ingest.model import Page, Span


def _sight(path: Path, *, number: int = 1) -> Sight:
    page = Page(number=number, span=Span(start=0, end=0))
    return Sight(path=path, name="quet.png", kind="image", page=page, width=200)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "quet"
    Image.new("L", (400, 600), "white").save(path, "PNG")
    return path


@pytest.fixture
def drawing() -> Iterator[Pictures]:
    opened = Pictures()
    yield opened
    opened.close()


def test_a_page_is_drawn_as_wide_as_it_is_asked_for(drawing: Pictures, scan: Path) -> None:
    """As a JPEG."""
    with Image.open(io.BytesIO(drawing.draw(_sight(scan)))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (200, 300))


def test_what_cannot_be_drawn_is_refused_and_the_next_is_drawn(drawing: Pictures, scan: Path, tmp_path: Path) -> None:
    """A page that is not there, a file that has gone, a file of rubbish."""
    rubbish = tmp_path / "rac"
    rubbish.write_bytes(b"rubbish")
    for sight in (_sight(scan, number=2), _sight(tmp_path / "gone"), _sight(rubbish)):
        with pytest.raises(Undrawn):
            drawing.draw(sight)
    assert drawing.draw(_sight(scan))


def test_a_page_that_takes_too_long_ends_its_process_only(scan: Path) -> None:
    """Whoever asks next gets a new one."""
    hasty = Pictures(Limits(seconds=0.001))
    for _ in range(2):
        with pytest.raises(Undrawn, match="trang 1 quá lâu"):
            hasty.draw(_sight(scan))
    hasty.close()


KILLED = """
import os, signal, sys
from multiprocessing import active_children
from pathlib import Path
from index.pictures import Pictures, Sight
from ingest.model import Page, Span

if __name__ == "__main__":
    page = Page(number=1, span=Span(start=0, end=0))
    Pictures().draw(Sight(path=Path(sys.argv[1]), name="quet.png", kind="image", page=page, width=200))
    print([child.pid for child in active_children()][0], flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_process_ends_with_a_server_that_is_killed(scan: Path, tmp_path: Path) -> None:
    """Nobody is left to close it."""
    program = tmp_path / "killed.py"
    program.write_text(KILLED)
    told = tmp_path / "told"
    with told.open("w", encoding="ascii") as output:  # a pipe would be held open by what does not end
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
        subprocess.run([sys.executable, program, scan], stdout=output, check=False, env=environment)
    process = Path("/proc") / told.read_text(encoding="ascii").strip()
    until = time.monotonic() + 30
    while _runs(process) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _runs(process)


def _runs(process: Path) -> bool:
    """Whether a process is there; a dead one that nobody asks after is not."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_too_many_at_a_time_are_turned_away(scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that wait for pictures answer nobody else."""
    monkeypatch.setattr(pictures, "WAITING", 1)
    drawing = Pictures()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(drawing.draw, _sight(pipe))
        with pipe.open("wb") as end:  # opens when the drawing process reads
            with pytest.raises(Crowded):
                drawing.draw(_sight(scan))
            end.write(scan.read_bytes())
        assert waiting.result()
    assert drawing.draw(_sight(scan))
    drawing.close()
