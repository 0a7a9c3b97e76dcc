"""The end of a document: who signed it and who receives it.

Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7 (authority, title, name of the signer) and II.9 ("Nơi nhận").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest import header, labels
from ingest.clean import Line
from ingest.labels import BULLETS, Kind
from ingest.text import LOWER, UPPER, fold

_RECIPIENTS = re.compile(r"^Nơi nhận\s*:?\s*$|^Nơi nhận\s*:", re.IGNORECASE)
_AUTHORITY = re.compile(r"^(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\s?[.:]\s?[^\W\d_]", re.IGNORECASE)
_OFFICES = re.compile(
    r"""^(?:phó\s+|quyền\s+)*(?:
        chủ\ tịch | bộ\ trưởng | thứ\ trưởng | thủ\ tướng | phó\ thủ\ tướng | giám\ đốc | tổng\ giám\ đốc
      | chánh\ (?:văn\ phòng|thanh\ tra|án) | cục\ trưởng | vụ\ trưởng | viện\ trưởng | trưởng\ (?:ban|phòng|đoàn)
      | bí\ thư | tổng\ (?:bí\ thư|cục\ trưởng|thanh\ tra|kiểm\ toán) | hiệu\ trưởng | chủ\ nhiệm | thống\ đốc
      | chi\ cục\ trưởng | chỉ\ huy\ trưởng | chính\ ủy | chánh$
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
# capitals of which recognition lost marks: "PHÓ CHỦ TICH", "KT. CHU TỊCH"
_OFFICES_READ = re.compile(
    r"^(?:pho |quyen )*(?:chu tich|bo truong|thu truong|giam doc|thu tuong|chanh van phong|cuc truong)\b"
)
_RANK = re.compile(
    r"^(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá)|PGS|GS|TS|ThS|BS|CKI+|Kỹ sư|Luật sư|Đồng chí)\.?\s*(?:TS\.?\s*)?",
    re.IGNORECASE,
)
_NAME = re.compile(rf"^(?:[{UPPER}][{LOWER}']*\s+){{1,5}}[{UPPER}][{LOWER}']*$")
_ENDS = re.compile(r"\./\.?\s*\S{0,20}$")
_FORM = re.compile(r"^(?:Mẫu(?: biểu)?|Biểu(?: mẫu)?|MẪU(?: BIỂU)?|BIỂU)(?: số)? \d|^DANH MỤC\b")
_ISSUED_WITH = re.compile(r"^\(?(?:Kèm theo|Ban hành kèm theo)\b", re.IGNORECASE)
_SIGNED = re.compile(r"^\(?đã ký\)?$", re.IGNORECASE)
_FURNITURE_WORDS = 4
_HEAD_ABOVE = 8  # lines over the motto where issuer, number and subject may stand
_HEAD_BELOW = 12  # lines from the motto to the type
_TITLE_LINES = 6  # with the type over them


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """`start`: index of the first line that no longer belongs to the body; `end`: of the first line after."""

    signer: str | None
    recipients: tuple[str, ...]
    start: int
    end: int


def parse(found: Sequence[Line], body: int) -> Footer:
    """Find where the body ends, and read what follows up to an annex."""
    start = _start(found, body)
    end = _end(found, start)
    head = next((i for i in range(start + 1, end) if header.is_motto(found[i].text)), None)
    tail = found[start : end if head is None else max(head_above(found, head), start)]
    return Footer(signer=_signer(tail), recipients=_recipients(tail), start=start, end=end)


def is_of_an_end(text: str) -> bool:
    """Whether a line belongs to the end of a document: recipients, or an authority or an office that signs."""
    return _RECIPIENTS.match(text) is not None or _office(text)


def _start(found: Sequence[Line], body: int) -> int:
    listed = next((i for i in range(body, len(found)) if _RECIPIENTS.match(found[i].text)), None)
    signed = next((i for i in range(body, len(found)) if _signs(found, i)), None)
    closed = next((i + 1 for i in range(body, len(found)) if _ENDS.search(found[i].text)), None)
    marks = [i for i in (listed, signed) if i is not None]
    if marks:
        return min(marks)
    return closed if closed is not None and _only_furniture(found[closed:]) else len(found)


def _signs(found: Sequence[Line], i: int) -> bool:
    """An authority ("TM. ỦY BAN NHÂN DÂN") or an office in capitals with a name within the next lines.

    Copies print "(Đã ký)" for the hand of the signer: the office above it need not be in capitals.
    """
    if i + 2 < len(found) and _SIGNED.match(found[i + 1].text) and _OFFICES.match(found[i].text):
        return _name(found[i + 2].text) is not None
    return _office(found[i].text) and any(_name(line.text) for line in found[i + 1 : i + 9])


def _only_furniture(rest: Sequence[Line]) -> bool:
    return all(len(line.text.split()) <= _FURNITURE_WORDS for line in rest)


def _end(found: Sequence[Line], start: int) -> int:
    """Where the annexes begin: at their label, a form, or a text that is issued with this one."""
    for i in range(start + 1, len(found)):
        label = labels.match(found[i].text)
        if label is not None and label.kind in (Kind.ANNEX, Kind.ROMAN, Kind.PART, Kind.CHAPTER, Kind.ARTICLE):
            return _title_above(found, i, start)
        if _FORM.match(found[i].text):
            return i
        if header.is_motto(found[i].text):
            return _type_below(found, i)
        if _ISSUED_WITH.match(found[i].text):
            return _title_above(found, i, start)
    return len(found)


def _type_below(found: Sequence[Line], motto: int) -> int:
    """Where a draft or another text under the head of an attached document begins: with its type."""
    below = range(motto, min(motto + _HEAD_BELOW, len(found)))
    return next((i for i in below if header.is_type_line(found[i].text)), head_above(found, motto))


def head_above(found: Sequence[Line], motto: int) -> int:
    """The first line of the head that a motto stands in: the first of its page, or the issuer's name over it."""
    first = motto
    for i in range(motto - 1, max(motto - _HEAD_ABOVE, 0) - 1, -1):
        if found[i].page != found[motto].page:
            return i + 1
        if is_of_an_end(found[i].text):
            break
        if header.is_of_a_head(found[i].text):
            first = i
    return first


def _title_above(found: Sequence[Line], i: int, start: int) -> int:
    """The first of the lines in capitals that stand right above a line and are no part of the signature.

    A title need not be in capitals where its type stands over it: "QUY CHẾ" / "Làm việc của …".
    """
    for type_line in range(i - 1, max(i - _TITLE_LINES, start + 1) - 1, -1):
        if _office(found[type_line].text):
            break
        if header.is_type_line(found[type_line].text):
            i = type_line
            break
    while i - 1 > start and found[i - 1].text.isupper() and not _office(found[i - 1].text):
        i -= 1
    return i


def _name(text: str) -> str | None:
    bare = _RANK.sub("", text.strip(" .*"))
    if (
        _OFFICES.match(bare)
        or _office(text)
        or _AUTHORITY.match(text)
        or fold(bare).startswith(("noi nhan", "luu", "da ky"))
    ):
        return None
    if _NAME.match(bare):
        return bare
    if bare.isupper() and 2 <= len(bare.split()) <= 5 and not any(c.isdigit() or c in ",;:-" for c in bare):
        return bare.title()
    return None


def _signer(tail: Sequence[Line]) -> str | None:
    """The name below the last office: in mixed case if there is one; recipients stand in bullets."""
    offices = [i for i, line in enumerate(tail) if _office(line.text)]
    below = [line.text for line in tail[offices[-1] + 1 if offices else 0 :] if not _office(line.text)]
    names = [(text, name) for text in below if (name := _name(text))]
    mixed = [name for text, name in names if not text.isupper()]
    return next(iter(mixed), next((name for _, name in names), None))


def _office(text: str) -> bool:
    return bool(
        _AUTHORITY.match(text) or (text.isupper() and (_OFFICES.match(text) or _OFFICES_READ.match(fold(text))))
    )


def _recipients(tail: Sequence[Line]) -> tuple[str, ...]:
    at = next((i for i, line in enumerate(tail) if _RECIPIENTS.match(line.text)), None)
    if at is None:
        return ()
    names: list[str] = []
    for line in tail[at + 1 :]:
        label = labels.match(line.text)
        if label is not None and label.kind in BULLETS:
            names.append(line.text[label.end :])
        elif names and not line.borders and (names[-1][-1:] not in ".;" or line.text.startswith("(")):
            names[-1] += f" {line.text}"
        elif names:
            break
    return tuple(name.strip(" .;") for name in names)
