"""Names and titles that a document prints in capitals, in the case an official writes.

Rules of capitals: Nghị định 30/2020/NĐ-CP, Phụ lục II (names of bodies: first letters of the words that tell the
kind and field; names of places: every syllable; a place named by a number capitalises its kind).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.text import squeeze

_BODY_HEADS = (
    "ubnd", "ủy ban nhân dân", "uỷ ban nhân dân", "hội đồng nhân dân", "ủy ban mặt trận tổ quốc", "văn phòng",
    "chính phủ", "thủ tướng chính phủ", "quốc hội", "bộ", "sở", "ban", "tổng cục", "cục", "chi cục", "vụ", "thanh tra",
    "viện",
    "trung tâm", "trường", "đại học", "học viện", "phòng", "bảo hiểm xã hội", "kho bạc", "ngân hàng", "tòa án",
    "kiểm toán", "đài", "báo", "hội", "liên đoàn", "công an", "công ty", "tổng công ty", "tập đoàn",
    "tỉnh ủy",
    "thành ủy", "huyện ủy", "quận ủy", "đảng ủy", "đảng bộ", "ủy ban",
)  # fmt: skip
_HEAD = re.compile(rf"^(?:{'|'.join(map(re.escape, sorted(_BODY_HEADS, key=len, reverse=True)))})\b")
_PLACE = re.compile(r"\b(tỉnh|thành phố|thị xã|thị trấn|quận|huyện|xã(?! hội\b)|phường|đặc khu)\s+([^\W_].*)$")
_KIND_IN_NAME = ("hồ chí minh",)  # Thành phố Hồ Chí Minh: Nghị định 30/2020/NĐ-CP, Phụ lục II, mục III.1
_COMMITTEE = re.compile(r"u[ỷy] ban nhân dân|ủy ban nhân dân|ubnd")
_NAMED = re.compile(r"^(bộ|sở|phòng|cục|tổng cục|vụ|viện|trung tâm|ban|chi cục)\s+(.+)$")
_SENTENCE_END = re.compile(r"[.;:!?\n]\s*|(?<=\s)[-+]\s|[“\"]")
_LONGEST = 8  # words of a phrase whose case is taken over as a whole
_ENOUGH = 60_000  # characters of the body that are looked at
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = re.compile("[a-z]")
_OPENS = re.compile(r"^[^\w]*\w|(?<=[“\"])\w")


def official(lines: Sequence[str]) -> str:
    """The issuer's name from the lines of a header, the superior body first.

    >>> official(["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HÀ NỘI", "VĂN PHÒNG"])
    'Văn phòng UBND thành phố Hà Nội'
    >>> official(["UBND TỈNH PHÚ THỌ", "SỞ NỘI VỤ"])
    'Sở Nội vụ tỉnh Phú Thọ'
    """
    bodies = _bodies(lines)
    name = bodies[-1]
    if len(bodies) == 1:
        return _name(name)
    above = bodies[-2]
    place = _PLACE.search(above)
    if name == "văn phòng":
        return f"Văn phòng {_name(above)}"
    if place and not _PLACE.search(name) and _COMMITTEE.match(above):
        return f"{_name(name)} {_place(place)}"
    return _name(name)


def _bodies(lines: Sequence[str]) -> list[str]:
    """Lines → one string a body, lower case. A line opens a body when it starts with the kind of one."""
    words = [squeeze(line).lower() for line in lines]
    merged: list[str] = []
    for line in words:
        whole = f"{merged[-1]} {line}" if merged else line
        begins = _HEAD.match(line) and not (merged and _is_unfinished(merged[-1]))
        if merged and not begins:
            merged[-1] = whole
        else:
            merged.append(line)
    return merged


def _is_unfinished(name: str) -> bool:
    """ "ủy" before "ban nhân dân", "văn phòng" before "chính phủ": the line break fell inside a name."""
    return name in {"ủy", "uỷ", "hội", "văn", "thủ", "ủy ban", "uỷ ban", "văn phòng"} or name.endswith((" và", ","))


def _name(text: str) -> str:
    text = _COMMITTEE.sub("UBND", text, count=1)
    place = _PLACE.search(text)
    if place:
        head = _capitals(text[: place.start()].strip())
        return f"{head} {_place(place)}".strip()
    return _capitals(text)


def _place(found: re.Match[str]) -> str:
    kind, name = found[1], found[2]
    if name[0].isdigit() or name in _KIND_IN_NAME:
        kind = kind.capitalize()
    return f"{kind} {' '.join(w[:1].upper() + w[1:] for w in name.split())}"


def _capitals(text: str) -> str:
    """ "bộ tài nguyên và môi trường" → "Bộ Tài nguyên và Môi trường"; "văn phòng chính phủ" → "Văn phòng Chính phủ"."""
    if not text or text.startswith("UBND"):
        return text
    named = _NAMED.match(text)
    if named:
        fields = re.split(r"( và | - | – |, )", named[2])
        return f"{named[1].capitalize()} " + "".join(
            f[:1].upper() + f[1:] if i % 2 == 0 else f for i, f in enumerate(fields)
        )
    for inner in ("chính phủ", "quốc hội", "hội đồng nhân dân", "đảng", "thường vụ"):
        text = re.sub(rf"(?<=\s){inner}\b", inner.capitalize(), text)
    text = text.replace(" việt nam", " Việt Nam")
    return text[:1].upper() + text[1:]


def is_body(text: str) -> bool:
    """Whether a line in capitals names a body: "SỞ TÀI CHÍNH", not "SỔ VĂN BẢN ĐẾN"."""
    return text.isupper() and _HEAD.match(text.lower()) is not None


def seen_capitals(line: str) -> str:
    """A line as it was seen: fonts without marked capitals left "SắC LệNH" of what was printed SẮC LỆNH.

    >>> seen_capitals("CủA CHủ TịCH Số 4")
    'CỦA CHỦ TỊCH SỐ 4'
    """
    if not any(map(_lost_capitals, _WORD.findall(line))):
        return line
    if not _SMALL.search(line):
        return line.upper()
    return _WORD.sub(lambda found: found[0].upper() if _lost_capitals(found[0]) else found[0], line)


def _lost_capitals(word: str) -> bool:
    """Two capitals beside small letters with marks, and no other small letters."""
    return sum(c.isupper() for c in word) >= 2 and not word.isupper() and not _SMALL.search(word)


def sentence_case(title: str, body: str) -> str:
    """A title printed in capitals in the case that the body of the document uses for the same words.

    The longest phrases of the title that the body prints are taken over as they stand there, in the middle of a
    sentence; a word the body never uses is set in lower case. A title in mixed case is left alone.
    """
    letters = [c for c in title if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) < 0.8 * len(letters):
        return title
    words = list(_WORD.finditer(title))
    seen = _phrases(body[:_ENOUGH], {w[0].lower() for w in words}, longest=_LONGEST)
    cased: list[str] = []
    i = 0
    while i < len(words):
        for size in range(min(_LONGEST, len(words) - i), 0, -1):
            key = " ".join(w[0].lower() for w in words[i : i + size])
            if key in seen:
                cased += seen[key].split(" ")
                i += size
                break
        else:
            cased.append(words[i][0].lower())
            i += 1
    pieces, last = [], 0
    for word, new in zip(words, cased, strict=True):
        pieces += [title[last : word.start()], new]
        last = word.end()
    text = "".join([*pieces, title[last:]])
    return _OPENS.sub(lambda found: found[0].upper(), text)


def _phrases(body: str, wanted: set[str], *, longest: int) -> dict[str, str]:
    """Runs of up to `longest` wanted words inside a sentence, lower case → as most often printed."""
    counts: dict[str, dict[str, int]] = {}
    for sentence in _SENTENCE_END.split(body):
        words = _WORD.findall(sentence)
        for start in range(len(words)):
            for end in range(start + 1, min(start + longest, len(words)) + 1):
                if words[end - 1].lower() not in wanted:
                    break
                printed = " ".join(words[start:end])
                opens = start == 0 and end < len(words)  # capitalised for its place in the sentence
                if not opens and (not printed.isupper() or end == start + 1):
                    forms = counts.setdefault(printed.lower(), {})
                    forms[printed] = forms.get(printed, 0) + 1
    return {key: max(forms, key=forms.__getitem__) for key, forms in counts.items()}
