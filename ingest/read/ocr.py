"""Scanned pages → words with places and confidence, recognised once and kept.

A page is known by the bytes of its file, its number and the settings it is recognised with, so what has been
recognised is never recognised again: not by another run, not after a crash. At most `Ocr.processes` pages are in
work at a time on the machine, whoever asks for them.
"""

from __future__ import annotations

import fcntl
import json
import math
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from threading import Event, Lock
from typing import IO, TYPE_CHECKING

from ingest.model import Unreadable
from ingest.read import tesseract
from ingest.read.vietnamese import Measure, measure

if TYPE_CHECKING:
    from ingest.read.picture import Picture

_RECIPE = "1"
"""Changes when the same page would give other words: what was kept before is then recognised anew."""

_POINTS = 72.0
_POLL_SECONDS = 0.05
# Upside down or on its side a page gives few syllables among what looks like words.
_PROOF = 10
_UPRIGHT_SYLLABLES = 0.6
_TURNED_SYLLABLES = 1.2  # times as many as before: then turning was right
_SIDEWAYS_SYLLABLES = 0.8  # the same where the words themselves lie: Tesseract reads some of such pages, line by line
_LONG_WORD = 3  # letters from which on a word is wider than high

# "Số:" and "59/QĐ-TTg"
_LABEL = re.compile(r"S[ốôóồổòoỐÔÓỒỔÒO6]\S?\s*[:.;]", re.IGNORECASE)
_NUMBER = re.compile(r"\d+[a-zđ]?/[\w/-]*\w")
# "ngày 03 tháng 3 năm 2020"
_DAY = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})$")
_DAY_WORDS = 6
_RIGHT = 0.4  # of the width of a page, right of which place and day stand
_LOOKS = (1.5, 2.0)  # times the size
_CERTAIN = 100.0
SURE = 90.0
"""Confidence of figures that stand alone: below it, handwriting is read as figures it is not."""

_LIKELY = 40.0  # confidence of what is worth another look

_OFF = "nhận dạng chữ (OCR) đang tắt; hãy bật lại bằng CHIDAO_OCR=true"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ocr:
    """How scans are recognised, and the folder that keeps what was recognised.

    `pages` and `seconds` (of Tesseract's own work) are the most that one file may take; `processes` is how many
    pages are recognised at a time on this machine, 0 for as many as it has cores.
    """

    folder: Path
    pages: int = 300
    seconds: float = 1800.0
    processes: int = 0

    @property
    def at_a_time(self) -> int:
        return self.processes or os.cpu_count() or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """What a page says. Boxes of words are pixels of the page as it was read.

    Read, it was `turned` clockwise by so many degrees, and by `slope` degrees counterclockwise to be level;
    `resolution` is in dots per inch. The slope is null for what was kept before slopes were.
    """

    width: int
    height: int
    resolution: float
    turned: int
    words: tuple[tesseract.Word, ...]
    slope: float | None = None

    @property
    def text(self) -> str:
        return _text(self.words)

    @property
    def measure(self) -> Measure:
        return measure(self.text)

    @property
    def confidence(self) -> float:
        """The mean of the words, by letters, from 0 to 100; 100 for a blank page."""
        letters = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / letters if letters else 100.0


Render = Callable[[int], "tuple[Picture, float]"]
"""The picture of a page, numbered from 1, and its dots per inch."""


def missing(ocr: Ocr | None) -> str | None:
    """Why nothing can be recognised, as a sentence that names the remedy; None where it can."""
    return _OFF if ocr is None else tesseract.missing()


def recognised(folder: Path) -> int:
    """How many pages were ever recognised into a folder: what a run adds to it is how far it is."""
    counts = (path.read_text(encoding="ascii") for path in folder.glob("process-*"))
    return sum(int(count) for count in counts if count.isdigit())


def recognise(data: bytes, name: str, pages: Sequence[int], render: Render, ocr: Ocr) -> Mapping[int, Scanned]:
    """The words of these pages of a file, all of them. `render` is called from other threads.

    Raises `Unreadable` where the file goes beyond what it may take, or Tesseract fails on a page; what was
    recognised by then is kept.
    """
    if len(pages) > ocr.pages:
        raise Unreadable(
            name,
            f"tệp có {len(pages)} trang quét, quá giới hạn {ocr.pages} trang cho mỗi tệp; "
            "hãy tách tệp hoặc tăng CHIDAO_OCR_PAGES rồi nạp lại",
        )
    kept = _Kept(ocr.folder / sha256(data).hexdigest())
    found = {page: scanned for page in pages if (scanned := kept.read(page)) is not None}
    for page, scanned in found.items():
        if scanned.slope is None:
            found[page] = _measured(scanned, render(page)[0])
            kept.write(page, found[page])
    missed = [page for page in pages if page not in found]
    if missed:
        found.update(_Work(name, len(pages), kept, render, ocr).all(missed))
    return found


def _measured(scanned: Scanned, picture: Picture) -> Scanned:
    """A page with the slope that it was read with."""
    from ingest.read import picture as pictures

    return replace(scanned, slope=pictures.skew(pictures.turned(picture, scanned.turned)))


class _Work:
    """The recognition of the pages of one file, several at a time."""

    def __init__(self, name: str, total: int, kept: _Kept, render: Render, ocr: Ocr) -> None:
        self._name = name
        self._total = total
        self._kept = kept
        self._render = render
        self._ocr = ocr
        self._spent = 0.0
        self._lock = Lock()
        self._stopped = Event()

    def all(self, pages: Sequence[int]) -> Iterator[tuple[int, Scanned]]:
        with ThreadPoolExecutor(min(self._ocr.at_a_time, len(pages)), thread_name_prefix="ocr") as threads:
            asked: dict[Future[Scanned], int] = {threads.submit(self._page, page): page for page in pages}
            try:
                for future in as_completed(asked):
                    yield asked[future], future.result()
            except tesseract.Failed as failure:
                raise Unreadable(self._name, self._reason(failure, asked[future])) from failure
            finally:
                self._stopped.set()
                threads.shutdown(cancel_futures=True)

    def _page(self, page: int) -> Scanned:
        with _slot(self._ocr, self._stopped):
            picture, resolution = self._render(page)
            scanned = self._read(picture, resolution)
            self._kept.write(page, scanned)
            return scanned

    def _read(self, picture: Picture, resolution: float) -> Scanned:
        scanned = self._words(picture, resolution, turned=0)
        counts = scanned.measure
        lying = _is_lying(scanned.words)
        if not lying and (counts.words < _PROOF or counts.syllables >= _UPRIGHT_SYLLABLES * counts.words):
            return scanned
        degrees = self._turn(picture, resolution)
        if not degrees:
            return scanned
        other = self._words(picture, resolution, turned=degrees)
        better = _SIDEWAYS_SYLLABLES if lying else _TURNED_SYLLABLES
        return other if other.measure.syllables > better * counts.syllables else scanned

    def _words(self, picture: Picture, resolution: float, *, turned: int) -> Scanned:
        from ingest.read import picture as pictures

        shown = pictures.turned(picture, turned)
        skew = pictures.skew(shown)
        level = abs(skew) < pictures.READABLE_SKEW
        shown = shown if level else pictures.rotated(shown, skew)
        with self._clock() as left:
            words = tesseract.words(pictures.raw(shown), resolution=round(resolution), seconds=left)
        words = self._confirmed(words, shown, resolution)
        if level and skew:
            words = [_rotated(word, skew, shown.width, shown.height) for word in words]
        return Scanned(
            width=shown.width,
            height=shown.height,
            resolution=resolution,
            turned=turned,
            words=tuple(words),
            slope=skew,
        )

    def _confirmed(self, words: list[tesseract.Word], picture: Picture, resolution: float) -> list[tesseract.Word]:
        """Looks again, in two other sizes, at figures of a number and a day whose confidence says too little.

        "59/QĐ-TTg" is one word: its figures may be written by hand before a printed symbol. Figures of a slanted
        day are seldom sure. What both looks find again is certain; a number that they do not find is not.
        """
        checked = list(words)
        for at, word in enumerate(words):
            line = [other for other in words[at : at + _DAY_WORDS] if other.line == word.line]
            if _LABEL.fullmatch(word.text) and len(line) > 1 and (number := _NUMBER.match(line[1].text)):
                again = self._looks(line[:2], picture, resolution)
                same = all(number[0] in look for look in again)
                checked[at + 1] = replace(line[1], confidence=_CERTAIN if same else 0.0)
            elif word.left > _RIGHT * picture.width and _ends(line, words, at) and (day := _DAY.match(_text(line))):
                figures = [index for index, other in enumerate(line) if other.text.isdigit()]
                doubted = [index for index in figures if line[index].confidence < SURE]
                if not doubted or any(line[index].confidence < _LIKELY for index in doubted):
                    continue
                found = [_DAY.search(look) for look in self._looks(line, picture, resolution)]
                if all(look is not None and look.groups() == day.groups() for look in found):
                    for index in doubted:
                        checked[at + index] = replace(line[index], confidence=_CERTAIN)
        return checked

    def _looks(self, line: Sequence[tesseract.Word], picture: Picture, resolution: float) -> list[str]:
        """What these words of a line are read as in other sizes."""
        from ingest.read import picture as pictures

        top, bottom = min(word.top for word in line), max(word.bottom for word in line)
        edge = (bottom - top) // 3
        around = (line[0].left - edge, top - edge, line[-1].right + edge, bottom + edge)
        said = []
        for size in _LOOKS:
            image = pictures.raw(pictures.part(picture, around, size))
            with self._clock() as left:
                said.append(_text(tesseract.words(image, resolution=round(resolution * size), seconds=left, line=True)))
        return said

    def _turn(self, picture: Picture, resolution: float) -> int:
        from ingest.read import picture as pictures

        with self._clock() as left:
            return tesseract.turn(pictures.raw(picture), resolution=round(resolution), seconds=left)

    @contextmanager
    def _clock(self) -> Iterator[float]:
        """Counts the time that Tesseract works for this file; gives what is left of it."""
        with self._lock:
            left = self._ocr.seconds - self._spent
        if left <= 0:
            raise tesseract.Failed("", timeout=True)
        began = time.monotonic()
        try:
            yield left
        finally:
            with self._lock:
                self._spent += time.monotonic() - began

    def _reason(self, failure: tesseract.Failed, page: int) -> str:
        if failure.timeout:
            return (
                f"nhận dạng chữ quá {self._ocr.seconds:g} giây cho một tệp ({self._kept.count()}/{self._total} trang "
                "đã nhận dạng và được giữ lại); hãy nạp lại để làm tiếp, tách tệp, hoặc tăng CHIDAO_OCR_SECONDS"
            )
        return f"Tesseract không nhận dạng được trang {page} ({failure}); hãy quét lại trang này hoặc nạp bản gốc .docx"


def _is_lying(words: Sequence[tesseract.Word]) -> bool:
    """Whether most words stand higher than they are wide: they were read from the side."""
    long = [word for word in words if len(word.text) >= _LONG_WORD]
    high = sum(word.bottom - word.top > word.right - word.left for word in long)
    return len(long) >= _PROOF and 2 * high > len(long)


def _text(words: Sequence[tesseract.Word]) -> str:
    return " ".join(word.text for word in words)


def _ends(line: Sequence[tesseract.Word], words: Sequence[tesseract.Word], at: int) -> bool:
    """Whether the line of a page ends with these of its words."""
    end = at + len(line)
    return end == len(words) or words[end].line != line[0].line


def _rotated(word: tesseract.Word, degrees: float, width: int, height: int) -> tesseract.Word:
    """A word where it stands when the page is turned so little around its middle that its box keeps its size."""
    slope = math.radians(degrees)
    right = round(((word.top + word.bottom) / 2 - height / 2) * slope)
    up = round(((word.left + word.right) / 2 - width / 2) * slope)
    return replace(word, left=word.left + right, right=word.right + right, top=word.top - up, bottom=word.bottom - up)


class _Kept:
    """The pages of one file that have been recognised: a file for each, which appears whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, page: int) -> Scanned | None:
        """The words of a page; None where it has not been recognised, or what was kept is damaged."""
        try:
            held = json.loads(self._path(page).read_text(encoding="utf-8"))
            words = tuple(
                tesseract.Word(
                    text=text, left=left, right=right, top=top, bottom=bottom, confidence=confidence, line=line
                )
                for text, left, right, top, bottom, confidence, line in held.pop("words")
            )
            return Scanned(**held, words=words)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def write(self, page: int, scanned: Scanned) -> None:
        held = asdict(scanned) | {"words": [list(asdict(word).values()) for word in scanned.words]}
        target = self._path(page)
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f".{target.name}.{os.getpid()}")
        with unfinished.open("w", encoding="utf-8") as file:
            json.dump(held, file, ensure_ascii=False, separators=(",", ":"))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)

    def count(self) -> int:
        return sum(1 for _ in self._folder.glob(self._path(0).name.replace("0000", "????")))

    def _path(self, page: int) -> Path:
        from ingest.read.picture import RESOLUTION

        return self._folder / f"{page:04}-{tesseract.LANGUAGE}-{RESOLUTION}-{_RECIPE}.json"


@contextmanager
def _slot(ocr: Ocr, stopped: Event) -> Iterator[None]:
    """Wait for one of the machine's places for a page in work; a process that is killed gives its place back."""
    ocr.folder.mkdir(parents=True, exist_ok=True)
    while not stopped.is_set():
        for number in range(ocr.at_a_time):
            with (ocr.folder / f"process-{number}").open("a+", encoding="ascii") as place:
                try:
                    fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                yield
                _count_up(place)
                return
        time.sleep(_POLL_SECONDS)
    raise tesseract.Failed("stopped")


def _count_up(place: IO[str]) -> None:
    """One more page has been recognised in this place."""
    place.seek(0)
    counted = place.read()
    place.seek(0)
    place.truncate()
    place.write(str(int(counted) + 1 if counted.isdigit() else 1))
