"""The head of a document: issuer, number, place and date, type, title, addressees.

Where each part stands: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II and the model of page layout in mục IV. Header
tables arrive as cells in any order, so each part is recognised by its own form, not by its position.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest import labels, number
from ingest.casing import is_body, official, seen_capitals, sentence_case
from ingest.clean import Line
from ingest.issuers import marked
from ingest.labels import Kind
from ingest.text import UPPER, fold, squeeze

LETTER = "Công văn"
ANNEX = "Phụ lục"
OTHER = "Văn bản khác"
NEWS = "Tin tức"
SPEECH = "Bài phát biểu"
# Nghị định 30/2020/NĐ-CP, Phụ lục III, mục I (29 types with their symbols), and the types of legal acts.
TYPES = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "QC": "Quy chế", "QYĐ": "Quy định", "TC": "Thông cáo",
    "TB": "Thông báo", "HD": "Hướng dẫn", "CTr": "Chương trình", "KH": "Kế hoạch", "PA": "Phương án", "ĐA": "Đề án",
    "DA": "Dự án", "BC": "Báo cáo", "BB": "Biên bản", "TTr": "Tờ trình", "HĐ": "Hợp đồng", "CĐ": "Công điện",
    "BGN": "Bản ghi nhớ", "BTT": "Bản thỏa thuận", "GUQ": "Giấy ủy quyền", "GM": "Giấy mời", "PG": "Phiếu gửi",
    "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "NĐ": "Nghị định", "KL": "Kết luận", "L": "Luật",
}  # fmt: skip
_OTHER_TYPES = (
    "Luật",
    "Bộ luật",
    "Pháp lệnh",
    "Lệnh",
    "Sắc lệnh",
    "Hiến pháp",
    "Quy trình",
    "Văn bản hợp nhất",
)
_TYPE_BY_FOLDED = {fold(name): name for name in (*TYPES.values(), *_OTHER_TYPES)}
_TYPE = "|".join(re.escape(name.upper()) for name in sorted(_TYPE_BY_FOLDED.values(), key=len, reverse=True))

_HEAD_LINES = 90
_MOTTOS = ("cong hoa xa hoi chu nghia viet nam", "doc lap tu do hanh phuc", "dang cong san viet nam")
_MOTTO = "doclaptudohanhphuc"
_NAMES = ("conghoaxahoichunghiavietnam", "conghoaxahoichunghia", "dangcongsanvietnam")  # of the state, the party
_LETTERS = re.compile(r"[a-z]+")
# "Số: 441/TB-VP", "Luật số: 36/2013/QH13", "SỐ 5/KH-UBND"; recognised "Só:", "Sô ;", "Sốẽ:", "S6:"
_NUMBER_LINE = re.compile(
    r"""^(?:Luật\ |Nghị\ quyết\ |Pháp\ lệnh\ |Sắc\ lệnh\ )?
        (?: [Ss][ốôóồổòoỐÔÓỒỔÒO6][^\W\d_]?\s*[:;] | (?:Số|SỐ|số|Sô)\s*:? )
        \s*(?P<rest>.*)$""",
    re.VERBOSE,
)
_WITHIN = re.compile(r"^số\s+[^:\s]")  # "số 380/QĐ-TTg ngày …" goes on with a sentence of the line above
_DATE_LINE = re.compile(
    r"""^(?P<place>(?:TP\.\s?)?[^\W\d_][^,;:./]{1,40}?),?\s+            # Hà Nội,   Quận 1,   Thành phố Hồ Chí Minh,
        (?:,\s*)?[Nn]g[àa]y\s*(?P<day>\d{1,2})\s*             # ngày 09
        tháng\s*(?P<month>\d{1,2})\s*                      # tháng 9
        năm\s*(?P<year>\d{4})\b""",
    re.VERBOSE,
)
_TYPE_LINE = re.compile(rf"^(?P<type>{_TYPE})(?:\s+(?P<rest>\S.*))?$")
_TYPE_READ = re.compile(rf"^(?P<type>{fold(_TYPE)})(?P<rest>)\W*$")  # recognition loses marks: "QUYÉT ĐỊNH"
_SUBJECT = re.compile(r"^(?:V/v|Về việc|VV|V/V)\b[\s:]*", re.IGNORECASE)
_ADDRESSED = re.compile(r"^Kính gửi\s*:?\s*(?P<rest>.*)$", re.IGNORECASE)
_BODY_OPENS = re.compile(
    r"^(?:Căn cứ|Thực hiện|Triển khai|Kính gửi|Nhằm|Theo|Để|Trong|Xét|Ngày \d|Sau khi|Tiếp theo|Hiện nay"
    r"|Trên cơ sở|Qua)\b"
)
_GROUNDS = re.compile(r"^(?:Căn cứ|Kính gửi|Xét|Theo đề nghị)\b")  # never a title, which may open as a body does
# "Luật này đã được Quốc hội … khóa XIII thông qua ngày 20 tháng 6 năm 2013", not the law that is amended
_ADOPTED = re.compile(
    r"\b(?P<own>này\s(?:đã\s)?được\b[^.;]{0,200}?)?\bthông qua ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})"
)
# Registers of law head a text with all of it: "THÔNG TƯ CỦA BỘ … SỐ 02/2010/TT-BKH NGÀY 19 THÁNG 01 NĂM 2010 …"
_HEADLINE = re.compile(
    rf"""(?P<type>{_TYPE})\s+CỦA\s+(?P<issuer>.{{3,120}}?)\s+SỐ\s*:?\s*(?P<number>\d\S*)\s+
        NGÀY\s+(?P<day>\d{{1,2}})\s+THÁNG\s+(?P<month>\d{{1,2}})\s+NĂM\s+(?P<year>\d{{4}})\b[\s.:]*(?P<rest>.*)""",
    re.VERBOSE | re.IGNORECASE,
)
# "Luật Thuế bảo vệ môi trường số 57/2010/QH12": a title line that ends with the number
_TITLED_NUMBER = re.compile(rf"^(?:{_TYPE})\b.*\bsố\s+(?P<number>\S+)$", re.IGNORECASE)
_BARE_DATE = re.compile(r"^Ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})\s*\.?$", re.IGNORECASE)
# Who issues what ends so (Luật Ban hành văn bản quy phạm pháp luật): read where no issuer is printed.
_ISSUER_BY_SYMBOL = (
    (re.compile(r"^UBTVQH\d+$"), "Ủy ban Thường vụ Quốc hội"),
    (re.compile(r"^QH\d+$"), "Quốc hội"),
    (re.compile(r"-CP$"), "Chính phủ"),
    (re.compile(r"-TTg$"), "Thủ tướng Chính phủ"),
    (re.compile(r"-CTN$"), "Chủ tịch nước"),
)
_FOREWORD = frozenset({"loi noi dau", "loi mo dau"})
# "(Kèm theo Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ)" below the title of an annex
_ISSUED_WITH = re.compile(r"^\(?\s*(?:Ban hành )?kèm theo\b", re.IGNORECASE)
_ISSUED_BY = re.compile(r"\bcủa\s+(?P<issuer>[^()]+?)\s*(?:\)|$|\bvề\b|,)", re.IGNORECASE)
_CONSTITUTION = "Hiến pháp"
_FEW = 4  # lines above the first clause that may be a title together

_POSTED = re.compile(
    r"^(?:Ngày đăng|Đăng ngày|Ngày cập nhật|Cập nhật|Đã đăng)\D{0,12}(\d{1,2})[/-](\d{1,2})[/-](\d{4})"
)
_SPEECH = re.compile(
    r"^(?:Bài )?phát biểu(?: chỉ đạo| khai mạc| bế mạc| kết luận)* của (?P<issuer>.+?) tại ", re.IGNORECASE
)
_ISSUES = re.compile(
    rf"""(?P<issuer>[^\W\d_][^,.;]{{3,80}}?)\s+(?:đã\s+)?ban\s+hành\s+(?P<type>{_TYPE})\s+số\s+(?P<number>\S+)
        (?:\s+ngày\s+[\d/]+)?\s+(?:về\s+(?:việc\s+)?)?(?P<title>[^.]+?)(?:\.|$)""",
    re.VERBOSE | re.IGNORECASE,
)
_SAID_ON = re.compile(r"^Ngày (\d{1,2})/(\d{1,2})/(\d{4})")
_CITY = re.compile(rf"(?i:thành phố|tỉnh) (?:[{UPPER}]\w*\s?)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the head of a document says. `body` is the index of the first line that belongs to the body."""

    number: str | None
    date: date | None
    place: str | None
    type: str
    title: str
    issuer: str | None
    addressees: tuple[str, ...]
    body: int


def parse(found: Sequence[Line], *, hint: str | None = None) -> Header:
    """Read the head. `hint` is the title that the file gives itself, used where none is printed."""
    top = [replace(line, text=seen_capitals(line.text)) for line in found[:_HEAD_LINES]]
    registered = _registered(found, top, hint)
    if registered is not None:
        return registered
    first_label = next((i for i, line in enumerate(top) if _is_label(line)), len(top))
    at_number = next(
        (i for i, line in enumerate(top[: first_label + 1]) if _is_number(line.text, top[:i]) and i <= first_label),
        None,
    )
    motto = _motto(top[:first_label])
    if at_number is None and not motto:
        return _annex(found, top) or _web_page(found, top, hint)
    return _official(found, top, at_number, first_label, motto, hint)


def is_motto(text: str) -> bool:
    """Whether a line prints the name of the state or its motto, in the right column or alone; prose only names it."""
    words = "".join(_LETTERS.findall(fold(text)))
    return words.endswith(_MOTTO) or (text.isupper() and words.endswith(_NAMES))


def is_number_line(text: str) -> bool:
    return _NUMBER_LINE.match(text) is not None


def is_type_line(text: str) -> bool:
    """Whether a line is the type of a document in capitals, alone: "KẾ HOẠCH", "QUY CHẾ"."""
    hit = _TYPE_LINE.match(text)
    return hit is not None and not hit["rest"]


def is_of_a_head(text: str) -> bool:
    """Whether a line may stand in a head over the motto: who issues, the number, the day, the subject of a letter."""
    return is_body(text) or any(pattern.match(text) is not None for pattern in (_NUMBER_LINE, _DATE_LINE, _SUBJECT))


def _is_number(text: str, above: Sequence[Line]) -> bool:
    """Whether a line prints the number; once the body has opened, "số 15/2020/TT-BTC" is a number it cites."""
    cited = _WITHIN.match(text) and any(_BODY_OPENS.match(line.text) for line in above)
    return _NUMBER_LINE.match(text) is not None and not cited


def _type_line(text: str) -> re.Match[str] | None:
    """The type that a line prints, with a beginning of the title after it or not."""
    return _TYPE_LINE.match(text) or (_TYPE_READ.match(fold(text)) if text.isupper() else None)


def _motto(top: Sequence[Line]) -> frozenset[int]:
    """The lines that print the name of the state and its motto, over however many lines and both on one or not."""
    words = [" ".join(_LETTERS.findall(fold(line.text))) for line in top]
    return frozenset(
        i
        for motto in (*_MOTTOS, " ".join(_MOTTOS[:2]))
        for first in range(len(words))
        for end in range(first + 1, min(first + 6, len(words)) + 1)
        if " ".join(words[first:end]) == motto
        for i in range(first, end)
    )


def _is_label(line: Line) -> bool:
    label = labels.match(line.text)
    return label is not None and label.kind in (
        Kind.ROMAN,
        Kind.NUMBER,
        Kind.ARTICLE,
        Kind.CHAPTER,
        Kind.PART,
        Kind.UPPER,
    )


def _official(
    found: Sequence[Line],
    top: Sequence[Line],
    at_number: int | None,
    first_label: int,
    motto: frozenset[int],
    hint: str | None,
) -> Header:
    printed, after_number = _number(top, at_number)
    if at_number is None:
        printed = _number_in_title(top[:first_label])
    place, signed, after_date = _place_and_date(_head(top), motto)
    start = max(after_number, after_date)
    kind, subject, after_title = _type_and_title(top, start, at_number)
    addressees, after_addressees = _addressees(top, after_title)
    symbol = number.DocumentNumber.parse(printed).symbol if printed else ""
    issuer = _issuer(top, at_number if at_number is not None else after_date or len(top), motto)
    if kind is None and (printed or at_number is not None or subject or addressees):
        kind = TYPES.get(symbol.split("-")[0].split("/")[0], LETTER)
    elif kind is None:  # a form or a slip under the motto
        kind, subject = OTHER, _capital_title(top[:first_label], motto)
    elif kind == _CONSTITUTION:
        subject = f"{kind.upper()} {subject}"  # its type is its name
    body_words = "\n".join([f". {issuer}", f". {place}", _prose(found[after_title:])])
    return Header(
        number=printed,
        date=signed or _adopted(found) or _bare_date(top[:first_label]),
        place=place,
        type=kind,
        title=sentence_case(subject, body_words) if subject else (hint or kind),
        issuer=issuer or _issuer_of(symbol),
        addressees=addressees,
        body=max(after_title, after_addressees, start),
    )


def _prose(found: Sequence[Line]) -> str:
    """The lines that are not in capitals, for the case of words."""
    return " ".join(line.text for line in found if not line.text.isupper())


def _number_in_title(top: Sequence[Line]) -> str | None:
    for line in top:
        hit = _TITLED_NUMBER.match(line.text)
        if hit and (numbers := [found for _, _, found in number.find(hit["number"])]):
            return str(numbers[0])
    return None


def _issuer_of(symbol: str) -> str | None:
    return next((issuer for ending, issuer in _ISSUER_BY_SYMBOL if ending.search(symbol)), None)


def _capital_title(top: Sequence[Line], motto: frozenset[int]) -> str:
    """What is printed in capitals and is no body: PHIẾU XỬ LÝ VĂN BẢN."""
    pieces = [piece for i, line in enumerate(top) if i not in motto for piece in line.text.split(" | ")]
    return squeeze(" ".join(piece for piece in pieces if piece.isupper() and not is_body(piece)))


def _bare_date(top: Sequence[Line]) -> date | None:
    hits = (_BARE_DATE.match(line.text) for line in top)
    return next((_date(*hit.groups()) for hit in hits if hit), None)


def _registered(found: Sequence[Line], top: Sequence[Line], hint: str | None) -> Header | None:
    """A head as registers of law write it: type, issuer, number and day in one heading, over several lines."""
    for end in range(1, min(5, len(top)) + 1):
        hit = _HEADLINE.match(squeeze(" ".join(line.text for line in top[:end])))
        if hit is None:
            continue
        signed = _date(hit["day"], hit["month"], hit["year"])
        numbers = [str(value) for _, _, value in number.find(hit["number"])]
        kind = _TYPE_BY_FOLDED[fold(hit["type"])]
        subject, after = ("", end)
        if hit["rest"] or (end < len(top) and not top[end].gap and not _holder(top[end].text)):
            subject, after = _title(top, end, hit["rest"] or None)
        issuer = [hit["issuer"], *_completed(top[after:], hit["issuer"])]
        body_words = _prose(found[after:])
        return Header(
            number=numbers[0] if numbers else hit["number"].strip(".,;:"),
            date=signed,
            place=None,
            type=kind,
            title=sentence_case(subject, body_words) if subject else (hint or kind),
            issuer=official(issuer),
            addressees=(),
            body=after,
        )
    return None


def _completed(below: Sequence[Line], issuer: str) -> list[str]:
    """The rest of the issuer's name where it is printed again over the grounds, on more lines than one."""
    if not below or not fold(issuer).startswith(fold(below[0].text)):
        return []
    names = []
    for line in below[1:3]:
        if not line.text.isupper() or line.gap or _is_label(line):
            break
        names.append(line.text)
    return names


def _annex(found: Sequence[Line], top: Sequence[Line]) -> Header | None:
    """An annex in a file of its own: it has a title, and the act that it was issued with names the issuer."""
    label = labels.match(top[0].text) if top else None
    if label is None or label.kind is not Kind.ANNEX:
        return None
    rest = top[0].text[label.end :].strip()
    parts = [rest] if rest else []
    end = 1
    while end < len(top) and len(parts) < _FEW and not (top[end].gap and parts):
        if _is_label(top[end]) or _ISSUED_WITH.match(top[end].text) or (parts and not top[end].text.isupper()):
            break
        parts.append(top[end].text)
        end += 1
    title = sentence_case(squeeze(" ".join(parts)), _prose(found[end:]))
    name = squeeze(f"{ANNEX} {label.printed[len(ANNEX) :].strip(' .:')}")
    issued = squeeze(" ".join(line.text for line in top[end : end + 3]))
    issuers = _ISSUED_BY.findall(issued[: issued.find(")") + 1]) if _ISSUED_WITH.match(issued) else []
    return Header(
        number=None,
        date=None,
        place=None,
        type=ANNEX,
        title=f"{name}. {title}" if title else name,
        issuer=issuers[-1] if issuers else None,
        addressees=(),
        body=end,
    )


def _number(top: Sequence[Line], at: int | None) -> tuple[str | None, int]:
    if at is None:
        return None, 0
    rest = _NUMBER_LINE.match(top[at].text)["rest"]  # type: ignore[index]  # `at` was found by this pattern
    broken = rest.rstrip().endswith(("-", "–", "/"))  # "NĐ-" / "CP"
    for last in (at + 1, at) if broken else (at, at + 1):
        if last < len(top):
            text = rest if last == at else f"{rest} {top[last].text}"
            hits = list(number.find(text))
            if hits and hits[0][0] <= 2:
                return str(hits[0][2]), last + 1
    return None, at + 1


def _runs(top: Sequence[Line], longest: int = 3) -> Iterator[tuple[int, int, str]]:
    """Every run of one to `longest` lines, joined: (first, end, text)."""
    for first in range(len(top)):
        for end in range(first + 1, min(first + longest, len(top)) + 1):
            yield first, end, squeeze(" ".join(line.text for line in top[first:end]))


def _head(top: Sequence[Line]) -> Sequence[Line]:
    """The lines above the first that belongs to the body: dates further down are the body's."""
    end = next((i for i, line in enumerate(top) if _BODY_OPENS.match(line.text) or _is_label(line)), len(top))
    return top[:end]


def _place_and_date(top: Sequence[Line], motto: frozenset[int]) -> tuple[str | None, date | None, int]:
    for first, end, text in _runs(top):
        if first in motto:
            continue
        hit = _DATE_LINE.match(text)
        if hit and len(text) - hit.end() < 40:
            signed = _date(hit["day"], hit["month"], hit["year"])
            if signed:
                return hit["place"].strip(" *"), signed, end
    return None, None, 0


def _date(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _adopted(found: Sequence[Line]) -> date | None:
    """Laws and some resolutions print their date only in the closing sentence."""
    hits = list(_ADOPTED.finditer(" ".join(line.text for line in found[-40:])))
    hits = [hit for hit in hits if hit["own"]] or hits
    return _date(hits[-1][2], hits[-1][3], hits[-1][4]) if hits else None


def _type_and_title(top: Sequence[Line], start: int, at_number: int | None) -> tuple[str | None, str, int]:
    for i in range(max(0, start - 12), len(top)):
        hit = _type_line(top[i].text)
        if hit and (i >= start or at_number is None or i > at_number):
            subject, after = _title(top, i + 1, hit["rest"])
            return _TYPE_BY_FOLDED[fold(hit["type"])], subject, after
        if _BODY_OPENS.match(top[i].text) or _is_label(top[i]):
            break
    for i, line in enumerate(top):
        if _SUBJECT.match(line.text):
            subject, after = _title(top, i, None)
            return None, subject, max(after, start)
        if i > start and _BODY_OPENS.match(line.text):
            break
    return None, "", start


def _title(top: Sequence[Line], first: int, begun: str | None) -> tuple[str, int]:
    parts = [begun] if begun else []
    i = first
    while i < len(top) and len(parts) < 12:
        line, above = top[i], top[i - 1]
        if (
            _is_label(line)
            or (_BODY_OPENS.match(line.text) and (parts or _GROUNDS.match(line.text)))
            or _DATE_LINE.match(line.text)
            or is_motto(line.text)
            or (_NUMBER_LINE.match(line.text) and not (parts and _WITHIN.match(line.text)))
        ):
            break
        if parts and (line.borders or (line.gap and not (line.text == line.text.upper() and above.text.isupper()))):
            break
        if parts and above.text.isupper() and line.text.upper() != line.text:
            break
        if parts and line.text.isupper() and not above.text.isupper() and _holder(line.text):
            break  # a title in mixed case, and over the grounds the one who decides
        if parts and fold(line.text) in _FOREWORD:
            break
        if parts and line.gap and _holder(line.text):
            break
        parts.append(line.text)
        i += 1
    return squeeze(" ".join(parts)), i


def _holder(text: str) -> bool:
    """The one who decides, printed over the grounds: CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH, BỘ TRƯỞNG BỘ …"""
    return bool(
        re.match(
            r"^(?:chu tich|bo truong|giam doc|thu tuong|chinh phu|quoc hoi|hoi dong nhan dan"
            r"|uy ban (?:nhan dan|thuong vu))\b",
            fold(text),
        )
    )


def _addressees(top: Sequence[Line], start: int) -> tuple[tuple[str, ...], int]:
    for i in range(start, min(start + 6, len(top))):
        pair = f"{top[i].text} {top[i + 1].text}" if i + 1 < len(top) else top[i].text
        alone, split = _ADDRESSED.match(top[i].text), _ADDRESSED.match(pair)
        hit = alone or split
        if hit is None:
            continue
        names = [hit["rest"]] if hit["rest"] else []
        end = i + 1 if alone else i + 2
        while end < len(top):
            label = labels.match(top[end].text)
            if label is not None and label.kind is Kind.DASH:
                names.append(top[end].text[label.end :])
            elif names and not top[end].gap and not _BODY_OPENS.match(top[end].text) and names[-1][-1:] not in ".;":
                names[-1] += f" {top[end].text}"
            else:
                break
            end += 1
        return tuple(name.strip(" .;") for name in names), end
    return (), start


def _issuer(top: Sequence[Line], before: int, motto: frozenset[int]) -> str | None:
    end = next((i for i, line in enumerate(top[:before]) if _type_line(line.text)), before)
    names = [marked(line.text) for i, line in enumerate(top[:end]) if i not in motto and line.text.isupper()]
    return official(names) if names else None


def _web_page(found: Sequence[Line], top: Sequence[Line], hint: str | None) -> Header:
    """A page of a portal: news about directives, or the words of a speech, among menus and captions.

    Clauses that come before any prose are no page of that kind: what stands above the first is the title.
    """
    posted_at = next((i for i, line in enumerate(found[:30]) if _POSTED.match(line.text)), None)
    if posted_at is not None:
        day, month, year = _POSTED.match(found[posted_at].text).groups()  # type: ignore[union-attr]
        posted, body = _date(day, month, year), posted_at + 1
        first = posted_at
        while first > 0 and not found[first].gap:
            first -= 1
        title = squeeze(" ".join(line.text for line in found[first:posted_at])) or (hint or "")
    else:
        posted = None
        body = next((i for i, line in enumerate(found) if len(line.text) >= 60), 0)
        labelled = next((i for i, line in enumerate(top) if _is_label(line)), len(found))
        if labelled <= body or (found and " | " in found[body].text):
            return _untitled(found, top, min(labelled, body), hint)
        title, body = (found[body].text, body + 1) if found and not _stops(found[body].text) else (hint or "", body)
    opening = found[body].text if body < len(found) else ""
    issued = _ISSUES.search(opening)
    if issued and list(number.find(issued["number"])):
        said = _SAID_ON.match(opening)
        return Header(
            number=str(next(number.find(issued["number"]))[2]),
            date=_date(*said.groups()) if said else posted,
            place=None,
            type=_TYPE_BY_FOLDED[fold(issued["type"])],
            title=issued["title"][:1].upper() + issued["title"][1:],
            issuer=issued["issuer"].rpartition(", ")[2].strip(),
            addressees=(),
            body=body,
        )
    speech = _SPEECH.match(title)
    return Header(
        number=None,
        date=posted,
        place=None,
        type=SPEECH if speech else NEWS,
        title=title or (hint or (opening[:120])),
        issuer=_with_city(speech["issuer"], title) if speech else None,
        addressees=(),
        body=body,
    )


def _untitled(found: Sequence[Line], top: Sequence[Line], body: int, hint: str | None) -> Header:
    """A text without a head: its title is what stands above it in capitals, or the few lines that do."""
    kind, subject, after = _type_and_title(top[:body], 0, None)
    above = [line.text for line in top[:body]]
    words = _prose(found[body:])
    title = subject if kind else _capital_title(top[:body], frozenset())
    if not title and len(above) <= _FEW:
        title = squeeze(" ".join(text for text in above if not is_body(text)))
    issuer = [piece for text in above for piece in text.split(" | ") if is_body(piece)]
    return Header(
        number=None,
        date=None,
        place=None,
        type=kind or OTHER,
        title=sentence_case(title, words) or hint or (squeeze(found[body].text)[:120] if body < len(found) else OTHER),
        issuer=official(issuer) if issuer and len(above) <= _FEW else None,
        addressees=(),
        body=after if kind else body,
    )


def _stops(text: str) -> bool:
    return text.rstrip().endswith((".", ";", ":"))


def _with_city(issuer: str, title: str) -> str:
    """ "… Thành phố" in the name of a speaker means the city that the title names."""
    bare = re.search(r"\b(?:thành phố|tỉnh)$", issuer, re.IGNORECASE)
    cities = [hit[0].strip() for hit in _CITY.finditer(title) if len(hit[0].split()) > 2]
    return issuer[: bare.start()] + cities[-1] if bare and cities else issuer
