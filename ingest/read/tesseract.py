"""Tesseract, run as a program: one process with one thread for each page, which can be stopped at any time."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass

from ingest.text import nfc

PROGRAM = "tesseract"
LANGUAGE = "vie"
PACKAGES = "tesseract-ocr tesseract-ocr-vie"
"""The Debian packages that hold both."""

_WORD_LEVEL = "5"
_LEAST_SECONDS = 0.1
_TURN = re.compile(r"^Rotate:\s*(\d+)$", re.MULTILINE)


class Failed(Exception):
    """The program is gone, ended with an error, or took longer than it was given (`timeout`)."""

    def __init__(self, said: str, *, timeout: bool = False) -> None:
        super().__init__(said)
        self.timeout = timeout


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A recognised word in pixels from the upper left corner.

    `line` names the line of the page it stands on; `confidence` goes from 0 to 100.
    """

    text: str
    left: int
    right: int
    top: int
    bottom: int
    confidence: float
    line: int


def missing() -> str | None:
    """What keeps scans from being read on this machine, as a sentence that names the remedy; None when nothing does."""
    remedy = f"hãy cài các gói Debian {PACKAGES} (`apt-get install {PACKAGES}`)"
    if shutil.which(PROGRAM) is None:
        return f"máy này chưa có chương trình nhận dạng chữ Tesseract; {remedy}"
    try:
        listed = _run(["--list-langs"], b"", seconds=30.0)
    except Failed as failure:
        return f"chương trình nhận dạng chữ Tesseract không chạy được ({failure}); {remedy}"
    if LANGUAGE not in listed.split():
        return f"Tesseract trên máy này chưa có dữ liệu tiếng Việt ({LANGUAGE}); {remedy}"
    return None


def version() -> str:
    """The version of the program, as it states it. Raises `Failed`."""
    return _run(["--version"], b"", seconds=30.0).split("\n", 1)[0].removeprefix(PROGRAM).strip()


def words(image: bytes, *, resolution: int, seconds: float, line: bool = False) -> list[Word]:
    """The words of a page, or of a single line, in the order of reading. Raises `Failed`."""
    layout = "7" if line else "3"
    arguments = ["-", "-", "-l", LANGUAGE, "--psm", layout, "--dpi", str(resolution), "tsv"]
    return _words(_run(arguments, image, seconds=seconds))


def turn(image: bytes, *, resolution: int, seconds: float) -> int:
    """Degrees by which a picture must be turned clockwise to stand upright; 0 where there is too little text."""
    try:
        said = _run(["-", "-", "-l", "osd", "--psm", "0", "--dpi", str(resolution)], image, seconds=seconds)
    except Failed as failure:
        if failure.timeout:
            raise
        return 0
    found = _TURN.search(said)
    return int(found[1]) if found else 0


def _words(table: str) -> list[Word]:
    """The rows of Tesseract's TSV that are words: level, page, block, paragraph, line, word, box, confidence, text."""
    found: list[Word] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in table.split("\n")[1:]:
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        left, top, width, height = (int(cell) for cell in cells[6:10])
        line = lines.setdefault(tuple(cells[2:5]), len(lines))
        found.append(
            Word(
                text=nfc(cells[11].strip()),
                left=left,
                right=left + width,
                top=top,
                bottom=top + height,
                confidence=float(cells[10]),
                line=line,
            )
        )
    return found


def _run(arguments: list[str], image: bytes, *, seconds: float) -> str:
    # One thread: several pages at a time gain more than several threads on one page.
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            [PROGRAM, *arguments],
            input=image,
            capture_output=True,
            env=environment,
            timeout=max(seconds, _LEAST_SECONDS),
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise Failed(f"{seconds:.0f} s", timeout=True) from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", errors="replace").strip().split("\n")
        raise Failed(said[-1] or f"exit {error.returncode}") from error
    except OSError as error:
        raise Failed(str(error)) from error
    return done.stdout.decode("utf-8", errors="replace")
