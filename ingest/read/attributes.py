"""Pages that describe a document and do not show it: their attributes, set as the head of the document would be.

Legal portals keep the text behind a tab or as a file. What the page says of number, issuer, day, type, title and signer
is worth keeping: references to the document find it, and a warning says that its text is missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

WARNING = "trang chỉ có thuộc tính của văn bản, không có toàn văn; hãy tải tệp văn bản gốc rồi nạp tệp đó"

_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("number", r"số\s(?:ký\s)?hiệu"),
        ("type", r"loại\s(?:văn\sbản|vb)(?!\sđược)"),
        ("day", r"ngày\s(?:ban\shành|(?:ký\s)?xác\sthực|ký)"),
        ("issuer", r"cơ\squan\s(?:ban\shành|hợp\snhất)"),
        ("signer", r"người\ský"),
        ("rank", r"chức\s(?:danh|vụ)"),
    )
)
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_NUMBER = re.compile(r"\d+[\w./-]*/[\w./-]+")
_REACH = 30  # pieces behind the number in which a page tells its other attributes
_EMPTY = re.compile(r"[-–—.\s]*")
_CONSOLIDATED = "VBHN"  # in the symbol of every consolidated text (Pháp lệnh hợp nhất văn bản, Điều 4)


def head(lines: Sequence[str]) -> str | None:
    """The head of the document that a page describes, one line each; null when it does not tell the number.

    Attributes follow the number, as label and value in one piece or in two; menus before it name kinds of documents,
    and further down other documents are described.
    """
    pieces = [piece.strip() for line in lines for piece in line.split("|") if piece.strip()]
    first = next((i for i, _ in enumerate(pieces) if _NUMBER.search(_told(pieces, i).get("number", ""))), None)
    if first is None:
        return None
    told: dict[str, str] = {}
    for index in range(first, min(first + _REACH, len(pieces))):
        told = _told(pieces, index) | told
    number = _NUMBER.findall(told["number"])[0]
    day = _DAY.search(told.get("day", ""))
    type_name = told.get("type") or ("Văn bản hợp nhất" if _CONSOLIDATED in number else "")
    set_out = (
        told.get("issuer", "").upper(),
        f"Số: {number}",
        f"Ngày {day[1]} tháng {day[2]} năm {day[3]}" if day else "",
        type_name.upper(),
        pieces[first - 1].rpartition(number)[2].strip() if first else "",
        "",
        told.get("rank", "").upper(),
        told.get("signer", ""),
    )
    return "\n".join(set_out).strip() + "\n"


def _told(pieces: Sequence[str], index: int) -> dict[str, str]:
    """What a piece tells: "Số hiệu04/VBHN-BNV", "Ngày ban hành: 7/12/2020", or labels alone before their values.

    "Cơ quan hợp nhất/ Người ký" stands before two values.
    """
    parts = [part.strip(" :") for part in pieces[index].split("/")]
    named = [next((name for name, label in _LABELS if label.fullmatch(part)), "") for part in parts]
    if named[0]:
        values = pieces[index + 1 : index + 1 + len(named)]
    else:
        found = next(((name, hit) for name, label in _LABELS if (hit := label.match(pieces[index]))), None)
        if found is None:
            return {}
        named, values = [found[0]], [pieces[index][found[1].end() :].strip(" :")]
    return {name: value for name, value in zip(named, values, strict=False) if name and not _EMPTY.fullmatch(value)}
