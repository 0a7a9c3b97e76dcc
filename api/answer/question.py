"""What a question asks for: duties, a person or body, a day, a figure, a reason, or documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from api.answer import places, relative
from index import period, topics
from index.model import Query
from index.period import Period
from index.topics import Topic
from ingest.text import LOWER, UPPER, fold, nfc


class Slot(Enum):
    """What an answer must hold to be one."""

    DUTIES = "duties"
    WHO = "who"
    DEADLINE = "deadline"
    DAY = "day"
    FIGURE = "figure"
    REASON = "reason"
    DOCUMENTS = "documents"
    TASKS = "tasks"


# Patterns over folded text: they read questions typed with or without marks, and English.
_BODY = "don vi|co quan|to chuc|so|phong|(?<!van )ban|bo|nganh|dia phuong|vien|cuc|uy ban|ubnd"
_ENGLISH_BODY = (
    "body|bodies|agency|agencies|departments?|offices?|units?|ministr(?:y|ies)|divisions?|authorit(?:y|ies)"
    "|organi[sz]ations?|institutes?"
)
_DOCUMENT = "van ban|tai lieu|cong van|chi thi|thong bao|ke hoach"
_SLOTS: dict[Slot, tuple[str, ...]] = {
    Slot.DUTIES: (
        r"duoc giao",
        r"(?:phai|can) (?:\w+ ){0,3}?(?:lam|nhung) (?:\w+ )?gi",
        r"nhiem vu(?: \w+){0,2} (?:gi|nao)",
        r"lam (?:nhung )?gi",
        r"(?:nhung )?viec (?:gi|nao)",
        r"duoc (?:yeu cau|de nghi)",
        r"trach nhiem gi",
        r"\b(?:assigned|told|asked|required|instructed|ordered|expected|supposed|responsible)\b",
        r"\b(?:duties|tasks|duty|task|jobs?)\b|\b(?:what|which) role\b",
        r"what (?:must|should|does|do|is|are)\b.*\b(?:do|have to|require|responsible)\b",
    ),
    Slot.WHO: (
        r"\bai\b",
        rf"(?:{_BODY}) nao\b",
        r"\bwho(?:m|se)?\b",
        rf"\b(?:which|what) (?:\w+ ){{0,2}}?(?:{_ENGLISH_BODY})\b",
    ),
    Slot.DEADLINE: (
        r"thoi han|(?:co|den|het|kip) han\b|\bhan (?:chot|cuoi|nop|nao|khi|la|den|bao|hoan|trinh|bao cao)",
        r"muon nhat|cham nhat|bao gio|chu ky nao|bao lau|(?:truoc|vao|den|trong) (?:quy|thang|nam) (?:nao|may)",
        r"\b(?:deadlines?|due)\b",
        r"\bby (?:when|what (?:date|time|day)|which (?:date|day))\b",
        r"(?:before|until|by) (?:which|what|when)\b(?! (?:criteri|standards?|means|body|agency|unit|whom))",
        r"(?:which|what) (?:day|date)\b.*\bmust\b",
        r"\bwhen (?:must|should|does|do|is|are|will)\b|how (?:soon|often)",
        r"(?:phai|can)\b.*\bkhi nao|khi nao\b.*\bphai|truoc (?:ngay|thang) nao",
    ),
    Slot.DAY: (
        r"\bkhi nao|ngay nao|luc nao|nam nao|moc nam",
        r"\bwhen\b|(?:which|what) (?:day|date|year|month)",
    ),
    Slot.FIGURE: (
        r"bao nhieu|\b(?:thu|gom|co|trong|nhung) may\b|ty le (?:nao|gi)|muc nao|xep thu",
        r"how (?:many|much|high|large)",
        r"\b(?:what|which) (?:\w+ ){0,3}?(?:share|percentage|per cent|rate|proportion|number|amount)\b",
        r"\b(?:what|which) (?:\w+ ){0,3}?(?:level|score|rank)\b",
    ),
    Slot.REASON: (r"\bvi sao|tai sao|ly do", r"\bwhy\b|for what reason"),
    Slot.DOCUMENTS: (rf"(?:{_DOCUMENT}) nao", r"which (?:documents?|texts?|directives?|notices?|plans?)"),
    Slot.TASKS: (
        r"(?:nhung|cac) (?:nhiem vu|viec|cong viec) (?:nao|gi)|viec nao",
        r"(?:which|what) tasks?|what (?:is|are|falls|becomes) (?:\w+ )?due",
    ),
}
_TIMED = frozenset((Slot.DUTIES, Slot.DEADLINE, Slot.TASKS, Slot.WHO))
_SLOT = {slot: re.compile("|".join(patterns)) for slot, patterns in _SLOTS.items()}
_FRAME = re.compile(r"(?:Theo|Tại|Trong|According to|Under|In)\s[^,?]{8,160},\s+(?=\w)", re.IGNORECASE)
# "Phường Bến Nghé", "Trần Sỹ Thanh": two capitalised words or more, inside a sentence.
_WORDS = rf"[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+)+"
_NAME = re.compile(rf"(?<=[{LOWER},] ){_WORDS}")
_COUNT = re.compile(
    rf"(?<=[{LOWER},] )0?(\d{{1,4}})(?= [{LOWER}]{{2,}})"  # not "Quận 1", not "Đề án 06"
    r"|(?<![\d.,/])(\d{1,3}(?:[.,]\d+)?%)"
)
_DATE = re.compile(
    r"(?:ngay|truoc|sau|den|before|by) (?:ngay )?(?P<d>\d{1,2})/(?P<m>\d{1,2})(?![\d/])"
    r"|ngay (?P<vd>\d{1,2}) thang (?P<vm>\d{1,2})(?! nam)"
)
_SPELLED = {
    word: count
    for count, word in enumerate(
        ("three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 3
    )
}
# Kinds of body that are no part of the administration: who is asked for by kind must be of that kind.
_KINDS = {
    "cong ty": "cong ty", "nha thau": "nha thau", "ngan hang": "ngan hang", "benh vien": "benh vien",
    "companies": "cong ty", "company": "cong ty", "contractors": "nha thau", "contractor": "nha thau",
    "banks": "ngan hang", "bank": "ngan hang", "hospitals": "benh vien", "hospital": "benh vien",
}  # fmt: skip
_KIND = re.compile(rf"\b({'|'.join(_KINDS)}) nao\b|\b(?:which|what) (?:\w+ ){{0,2}}?({'|'.join(_KINDS)})\b")
_MONEY = re.compile(
    r"(?:kinh phi|tien|\bvon|\bluong|\bphi)\b.*bao nhieu|bao nhieu (?:kinh phi|tien|ty|trieu|dong|von)"
    r"|how much\b.*\b(?:budget|funding|money|costs?|pays?|paid|spend|allocate)"
    r"|(?:what|which) (?:fine|fee|price|sum|salary)"
)
_SIGNER = re.compile(r"\b(?:ai|nguoi nao) (?:\w+ )?ky\b|nguoi ky|\bwho signed\b|\bsigned by who(?:m)?\b")
_ISSUED = re.compile(
    r"\b(?:ban hanh|ky)\b(?: \w+){0,2} (?:ngay nao|khi nao|bao gio)|(?:ngay nao|khi nao|bao gio)\b.*\bban hanh\b"
    r"|ngay (?:ban hanh|ky)\b|\bwhen (?:was|were)\b.*\b(?:issued|signed|dated)\b|\bdate of (?:issue|signature)\b"
)
_PERCENT = re.compile(r"phan tram|ty le|\bshare\b|percent|per cent|\brate\b|proportion|%")
_UNIT = re.compile(rf"bao nhieu (?P<unit>(?:{_BODY})\b|[^\W\d_]+)")
# The noun that an English question counts: "how many small enterprises were …" counts enterprises.
_COUNTED = re.compile(
    r"\bhow many (?:[\w-]+ ){0,5}?(?P<unit>[a-z]+)(?= (?:are|is|were|was|do|does|did|have|has|had|must|should|will|can"
    r"|in|of|to|at|by|for|from|with|on|under|that|which|who|currently|already|there)\b|$)"
)
BODY_UNITS = ("don vi", "co quan", "to chuc", "so", "phong", "ban", "nganh", "quan", "huyen", "phuong", "xa")
_NO_UNIT = frozenset(
    ["phan", "ty", "trieu", "nghin", "ngan", "dong", "tien", "muc", "so", "lan", "nam", "thang", "ngay", "thi", "va",
     "la"]
)  # fmt: skip
# Phrases that ask for duties and deadlines whatever their subject, and single words that may fill the gaps between.
_GENERAL = re.compile(
    r"""\b(?:
        (?:duoc\s)?(?:giao|phan\scong|yeu\scau|de\snghi)(?:\s(?:nhung|cac))?(?:\s(?:nhiem\svu|viec|cong\sviec))?
            (?:\s(?:gi|nao))?
      | (?:nhung|cac)?\s?(?:nhiem\svu|cong\sviec|viec)\s(?:gi|nao)
      | (?:thoi\s)?han(?:\s(?:la|vao|den))?\s(?:khi\snao|bao\sgio|nao|ra\ssao|the\snao|bao\slau)
      | (?:nhung\s|cac\s)?(?:van\sban|tai\slieu)\snao | which\sdocuments?
      | (?:co\s)?(?:nhac|de\scap|noi)\s(?:den|toi|ve) | de\scap | mention(?:s|ed)?
      | (?:phai\s)?lam(?:\snhung)?(?:\sviec)?\sgi | trach\snhiem\sgi | khi\snao | bao\sgio
      | assigned|told|asked|required|responsible|tasks?|dut(?:y|ies)|deadlines?|due|when|whom|must|do
    )\b""",
    re.VERBOSE,
)
_GENERAL_WORD = re.compile(
    r"""\b(?:duoc|giao|nhiem|vu|viec|cong|gi|han|thoi|khi|nao|va|phai|lam|nhung|cac|theo|trong|chi|dao|yeu|cau|trach|bao
        |gio|den|co|cho|ai|o|tai|cua|the|la|vao|what|is|are|and|by|to|does|have|has|of|which|in|for|on|with|its|their|a
        |an|it|they|who|how|long|should|each|any|at|be|was|were|truoc|ngay|before|until)\b""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, taken apart.

    `frame` is what comes before the question proper and says where to look ("Theo kết luận hội nghị …,"); `days`
    and `bodies` are those of the question proper, `frame_days` those of the frame, `subject` the words that are
    left. `general` says that these name nothing; `signer` and `issued`, that the question is who signed a document
    and on which day. `units` are words for what is counted, as the question has them;
    `counted` says that days are counted from the one it is asked on ("tháng này", "quá hạn").
    `kind` is what kind of body outside the administration is asked for ("công ty nào"), folded.
    """

    slots: frozenset[Slot]
    frame: str
    frame_days: tuple[Period, ...]
    days: tuple[Period, ...]
    bodies: tuple[str, ...]
    subject: str
    dates: tuple[tuple[int, int], ...]
    names: tuple[str, ...]
    counts: tuple[str, ...]
    money: bool
    percent: bool
    units: tuple[str, ...]
    general: bool
    signer: bool
    issued: bool
    topics: tuple[Topic, ...] = ()
    counted: bool = False
    kind: str | None = None


def read(query: Query, today: date) -> Asked:
    """Take a question apart, as asked on a day."""
    text = " ".join(re.findall(r"[\w%/.-]+", fold(nfc(query.text))))
    slots = frozenset(slot for slot, pattern in _SLOT.items() if pattern.search(text))
    framed = _FRAME.match(query.text)
    start = framed.end() if framed else 0
    counted = tuple(relative.find(query.text, today)) if slots & _TIMED or relative.is_status(query.text) else ()
    if counted and relative.is_status(query.text):
        slots = slots | {Slot.TASKS}
    every = (*period.find(query.text), *counted)
    proper = fold(nfc(query.text[start:]))
    spoken = [query.text[day.start : day.end] for day in every]
    about = tuple(topics.find(query.text))
    if any(one.lasts for one in about):
        slots = slots - {Slot.DEADLINE} | {Slot.DAY}
    asking = [query.text[first:last] for one in about for first, last in one.spans]
    left = subject(query.text[start:], (*query.agencies, *query.document_numbers, *spoken, *asking))
    unit = (_COUNTED if query.language == "en" else _UNIT).search(text)
    percent = bool(_PERCENT.search(text)) and Slot.FIGURE in slots
    return Asked(
        slots=slots,
        frame=query.text[:start],
        frame_days=tuple(day for day in every if day.start < start),
        days=tuple(day for day in every if day.start >= start),
        bodies=tuple(name for name in query.agencies if fold(name) in proper),
        money=bool(_MONEY.search(text)) and not percent,
        percent=percent,
        units=_units(unit["unit"]) if unit else (),
        subject=left,
        counts=tuple(found[1] or found[2] for found in _COUNT.finditer(left)) + _spelled(query, left),
        names=tuple(found[0] for found in _NAME.finditer(left) if not places.named(found[0])),
        dates=tuple(_dates(query.text[start:], every, start)),
        general=not re.search(r"[^\W\d_]{2,}", _GENERAL_WORD.sub(" ", fold(left))),
        signer=bool(_SIGNER.search(text)),
        issued=bool(_ISSUED.search(text)),
        topics=about,
        counted=bool(counted),
        kind=_KINDS[kind[1] or kind[2]] if (kind := _KIND.search(text)) else None,
    )


def _spelled(query: Query, text: str) -> tuple[str, ...]:
    """Numbers that an English question spells out, as figures: documents print them so."""
    found = (
        re.findall(rf"\b({'|'.join(_SPELLED)})\b(?= (?!years?|months?|weeks?|days?)[a-z]{{3,}})", text.lower())
        if query.language == "en"
        else ()
    )
    return tuple(str(_SPELLED[word]) for word in found)


def _units(counted: str) -> tuple[str, ...]:
    """What may stand behind the figure: the noun itself, or for one kind of body any other word for bodies."""
    if counted in _NO_UNIT:
        return ()
    return BODY_UNITS if re.fullmatch(f"{_ENGLISH_BODY}|{_BODY}", counted) else (counted,)


def _dates(text: str, days: Iterable[Period], start: int) -> Iterator[tuple[int, int]]:
    """Days named without a year, outside of the periods that have one: "trước 30/11"."""
    taken = [(day.start - start, day.end - start) for day in days]
    for found in _DATE.finditer(fold(nfc(text))):
        day, month = int(found["d"] or found["vd"]), int(found["m"] or found["vm"])
        inside = any(first < found.end() and found.start() < last for first, last in taken)
        if not inside and 1 <= day <= 31 and 1 <= month <= 12:
            yield day, month


def subject(text: str, apart: Iterable[str]) -> str:
    """What is left of a question without the phrases set apart and the words that only ask for duties."""
    for phrase in apart:
        text = re.sub(re.escape(phrase), " ; ", text, flags=re.IGNORECASE)
    folded = fold(nfc(text))
    if len(folded) != len(text):
        return text
    for found in reversed(list(_GENERAL.finditer(folded))):
        text = text[: found.start()] + " ; " + text[found.end() :]
    return text
