"""Files as officials have them, against what a reader finds in them: read or refused, metadata, words of scans.

Conventions of the gold are in its README: numbers without their inner spaces, "other" for types that no directive
has, the holder of an office as good as the office. A number or day that is not read counts as missed; one that is
read and differs counts as `wrong` too, which is worse.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2

from api import settings
from api.library import scans
from bench.evaluate.figures import Row
from bench.evaluate.match import bare, bodies_named, office
from ingest import pipeline
from ingest.model import Document, Unreadable
from ingest.text import old_tones

Parse = Callable[[bytes, str], Document]

READABLE, SCANS, UNREADABLE = "readable text", "scans", "unreadable"
PRINTED = "typed, as scans"
"""The first pages of PDFs with text, made black-and-white pictures of 200 dpi: what they say is known by the word."""

_PRINTED_PAGES = 2
_PRINTED_DPI = 200
_INK = 150

_OTHER_TYPES = {
    bare(name)
    for name in (
        "Sắc lệnh", "Phụ lục", "Công điện", "Phiếu trình", "Phiếu xử lý", "Hiến pháp", "Văn bản hợp nhất", "Danh mục",
        "Sổ", "Khác", "Văn bản khác",
    )
}  # fmt: skip
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")
_METADATA = ("number", "date", "type", "issuer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One file: what gold says of it, and the document it became or the reason why it was refused."""

    gold: Mapping[str, Any]
    document: Document | None
    reason: str | None
    printed: bool = False

    @property
    def kind(self) -> str:
        if self.printed:
            return PRINTED
        if not self.gold["readable"]:
            return UNREADABLE
        scanned = self.gold["kind"] in ("scan", "mixed") or self.gold["file"].startswith("ocr_")
        return SCANS if scanned else READABLE

    @property
    def found(self) -> dict[str, str | None]:
        if self.document is None:
            return dict.fromkeys(_METADATA)
        day = self.document.date.isoformat() if self.document.date else None
        return {
            "number": self.document.number,
            "date": day,
            "type": self.document.type,
            "issuer": self.document.issuer,
        }

    @property
    def right(self) -> dict[str, bool]:
        """Whether each kind of metadata is what gold says; of what gold says nothing, only number and date count."""
        wanted = {name: self.gold[name] for name in _METADATA}
        return {
            name: self.document is not None and _SAME[name](self.found[name], wanted[name])
            for name in _METADATA
            if wanted[name] is not None or name in ("number", "date")
        }

    @property
    def words(self) -> tuple[int, int] | None:
        """Of the words of the sample that gold quotes, how many stand in the text with all their marks."""
        if not self.gold.get("sample"):
            return None
        return aligned(self.gold["sample"], self.document.source.text if self.document else "")


def measure(data: Path, cache: Path) -> Iterator[tuple[str, Row]]:
    """The figures of each class of files. Scans are recognised once and kept in `cache`."""
    readings = read(data, cache)
    readings += as_scans(data, cache, readings)
    for line in shown(readings):
        print(line)
    print()
    for kind in (READABLE, SCANS, PRINTED, UNREADABLE):
        yield kind, score([one for one in readings if one.kind == kind])


def read(data: Path, cache: Path) -> list[Reading]:
    """Every file that gold describes."""
    parse = _parse(cache)
    folder = data / "originals"
    rows = map(json.loads, (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines())
    return [_read(row, (folder / row["file"]).read_bytes(), parse) for row in rows]


def as_scans(data: Path, cache: Path, readings: Sequence[Reading]) -> list[Reading]:
    """The PDFs with text once more, as pictures; their samples are the words that were read from the text."""
    made = []
    for one in readings:
        if one.kind != READABLE or one.document is None or one.document.source.kind != "pdf":
            continue
        pages = one.document.source.pages[:_PRINTED_PAGES]
        gold = {
            **one.gold,
            "sample": one.document.source.text[: pages[-1].span.end],
            "file": f"as scan: {one.gold['file']}",
        }
        picture = _pictured((data / "originals" / one.gold["file"]).read_bytes())
        made.append(replace(_read(gold, picture, _parse(cache)), printed=True))
    return made


def _pictured(data: bytes) -> bytes:
    """The first pages of a PDF as one of pictures, with what was written on them on signing."""
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    count = min(_PRINTED_PAGES, len(document))
    pages = [document[number].render(scale=_PRINTED_DPI / 72, grayscale=True).to_pil() for number in range(count)]
    first, *rest = [page.point(lambda value: 255 * (value > _INK)).convert("1", dither=0) for page in pages]
    written = io.BytesIO()
    # the time of making it would make the file, and what is kept of it, another one every time
    first.save(
        written, "PDF", save_all=True, append_images=rest, resolution=_PRINTED_DPI, creationDate=None, modDate=None
    )
    return written.getvalue()


def _parse(cache: Path) -> Parse:
    ocr = scans(settings.read())
    return partial(pipeline.parse, ocr=ocr and replace(ocr, folder=cache / "ocr"))


def _read(row: Mapping[str, Any], data: bytes, parse: Parse) -> Reading:
    try:
        document = parse(data, row["file"])
    except Unreadable as refusal:
        return Reading(gold=row, document=None, reason=refusal.reason)
    return Reading(gold=row, document=document, reason=None)


def score(readings: Sequence[Reading]) -> Row:
    """The shares over the files of one class; of unreadable ones, how many are refused or read with a warning."""
    if readings and readings[0].kind == UNREADABLE:
        told = [one.document is None or bool(one.document.warnings) for one in readings]
        return {"files": len(readings), "refused": sum(told) / len(told)}
    held = {name: [one.right[name] for one in readings if name in one.right] for name in _METADATA}
    counted = [one.words for one in readings if one.words is not None]
    return {
        "files": len(readings),
        "read": sum(one.document is not None for one in readings) / max(1, len(readings)),
        **{name: sum(right) / len(right) for name, right in held.items() if right},
        "wrong number": sum(_differs(one, "number") for one in readings),
        "wrong date": sum(_differs(one, "date") for one in readings),
        **({"words": sum(right for right, _ in counted) / sum(total for _, total in counted)} if counted else {}),
    }


def _differs(one: Reading, name: str) -> bool:
    return one.found[name] is not None and not one.right[name]


def shown(readings: Sequence[Reading]) -> Iterator[str]:
    """A line for each file: what is right in it, what was found instead, or why it was refused."""
    width = max(len(one.gold["file"]) for one in readings)
    for one in readings:
        if one.document is None:
            yield f"{one.gold['file'].ljust(width)}  refused: {one.reason}"
            continue
        cells = [
            f"{name} right" if right else f"{name} {one.found[name]!r} for {one.gold[name]!r}"
            for name, right in one.right.items()
        ]
        if one.words is not None:
            cells.append("words {} of {}".format(*one.words))
        yield f"{one.gold['file'].ljust(width)}  read: {', '.join(cells)}"


def aligned(sample: str, text: str) -> tuple[int, int]:
    """How many words of a sample are right at the place of a text that is most like it, and how many it has.

    Every word that is missing, wrong or too many counts against it. Case and the place of tones do not matter.
    """
    wanted, given = _words(sample), _words(text)
    costs = [0] * (len(given) + 1)  # of aligning nothing with an end of the text: it may begin anywhere
    for row, word in enumerate(wanted, start=1):
        above, costs = costs, [row]
        for column, other in enumerate(given, start=1):
            costs.append(min(above[column] + 1, costs[-1] + 1, above[column - 1] + (word != other)))
    return max(0, len(wanted) - min(costs)), len(wanted)


def _words(text: str) -> list[str]:
    return _WORD.findall(old_tones(text).lower())


def _same_number(found: str | None, wanted: str | None) -> bool:
    return (found and _SPACES.sub("", found)) == wanted


def _same_type(found: str | None, wanted: str) -> bool:
    return bare(found or "") in _OTHER_TYPES if wanted == "other" else bare(found or "") == bare(wanted)


def _same_issuer(found: str | None, wanted: str) -> bool:
    return found is not None and (office(found) == office(wanted) or bodies_named([found], [wanted]) == 1)


_SAME: Mapping[str, Callable[[Any, Any], bool]] = {
    "number": _same_number,
    "date": lambda found, wanted: found == wanted,
    "type": _same_type,
    "issuer": _same_issuer,
}
