"""What a question asks about in everyday words, and the headings under which Vietnamese documents treat it.

"Tiền lấy từ đâu?" is answered under "Kinh phí thực hiện", "chạy từ bao giờ đến bao giờ?" under "Thời gian". Headings
are those of the usual plan or directive of an administration (Nghị định 30/2020/NĐ-CP, Phụ lục III, and its practice).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.model import Term
from ingest.text import fold, nfc, syllables


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A subject of headings. `spans` are the words of the question that ask about it, as (start, end).

    `lasts` says that the answer is a stretch of time.
    """

    spans: tuple[tuple[int, int], ...]
    headings: tuple[str, ...]
    lasts: bool = False

    @property
    def terms(self) -> tuple[Term, ...]:
        """The headings as pairs of syllables for the word index."""
        pairs = (f"{a}_{b}" for heading in self.headings for a, b in pairwise(syllables(heading)))
        return tuple(Term(text=pair) for pair in dict.fromkeys(pairs))


# Over folded text, Vietnamese with or without marks and English. Groups capture the words that ask; what stands
# between them ("Tiền giám sát … lấy từ đâu") is what the question is about.
_GAP = r"[^?;]*?"
_TIME = ("thời gian", "thời gian thực hiện", "tiến độ")
_TOPICS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        (
            rf"\b(tien|kinh phi|chi phi|von)\b{_GAP}\b((?:duoc lay|lay|do|tu)\b.{{0,20}}?\b(?:dau|nguon nao|ai))\b",
            rf"\b(tien|kinh phi|chi phi|von)\b{_GAP}\b(nhung nguon|nguon)\b",
            r"\b((?:nhung |cac )?nguon (?:tien|kinh phi|von|luc) nao)\b",
            r"\b((?:which |what )?(?:sources?|kinds?) of (?:money|funding|funds|finance)(?: (?:pays?|paid) for)?)\b",
            r"\b(who (?:pays|funds|finances)(?: for)?)\b",
            r"\b(how (?:is|are|will))\b[^?]*\b(funded|paid for|financed)\b",
            r"\b(where (?:does|will) the (?:money|funding)(?: for)?)\b[^?]*\b(come from)\b",
        ),
        ("kinh phí", "nguồn vốn", "nguồn kinh phí", "nguồn lực"),
    ),
    (
        (
            rf"\b((?:chay |keo dai |dien ra )?tu (?:ngay nao|bao gio|khi nao|luc nao))\b{_GAP}"
            r"\b((?:den|toi) (?:ngay nao|bao gio|khi nao|luc nao))\b",
            rf"\b(bat dau)\b{_GAP}\b(ket thuc(?: (?:khi|luc|ngay) nao| bao gio)?)\b",
            r"\b((?:keo dai|dien ra)(?: trong)? (?:bao lau|khi nao|bao gio|ngay nao|vao luc nao))\b",
            r"\b(when (?:does|do|did|will))\b[^?]*\b(run|start|begin|end|take place)\b",
            r"\b(from when (?:to|until) when)\b",
        ),
        _TIME,
    ),
    (
        (
            r"\b((?:nhung |cac |theo )?(?:tieu chi|tieu chuan) (?:nao|gi|ra sao|the nao))\b",
            r"\b((?:which|what) (?:are the )?criteri(?:a|on))\b",
        ),
        ("tiêu chí", "tiêu chuẩn"),
    ),
    (
        (
            r"\b((?:muc|hinh thuc|loai|danh hieu) khen(?: thuong)? (?:nao|gi)|khen thuong (?:gi|the nao))\b",
            r"\b((?:which|what) (?:awards?|rewards?|commendations?))\b",
        ),
        ("hình thức khen thưởng", "khen thưởng"),
    ),
    (
        (
            rf"\b(thanh phan)\b{_GAP}\b((?:gom|co|la) (?:nhung )?ai)\b",
            r"\b(nhung ai (?:tham gia|tham du|du))\b",
            r"\b(who (?:takes part|attends?|participates?))\b",
        ),
        ("thành phần", "thành phần tham gia"),
    ),
    (
        (
            r"\b((?:theo |qua )?(?:cac |nhung |may )?buoc (?:nao|gi))\b",
            r"\b((?:quy trinh|trinh tu) (?:nao|gi|the nao|ra sao))\b",
            r"\b((?:which|what) steps)\b",
        ),
        ("quy trình", "trình tự", "các bước"),
    ),
    (
        (
            r"\b((?:ap dung|danh) cho (?:ai|doi tuong nao|nhung ai)|doi tuong (?:nao|la ai|gom ai))\b",
            r"\b(who is (?:covered|eligible))\b",
        ),
        ("đối tượng", "đối tượng áp dụng", "phạm vi"),
    ),
)  # fmt: skip
_KNOWN = tuple((re.compile("|".join(asked)), headings) for asked, headings in _TOPICS)


def find(question: str) -> Iterator[Topic]:
    """The topics that a question asks about, each once."""
    text = nfc(question)
    folded = fold(text)
    if len(folded) != len(text):
        return  # folding that changes lengths would move the spans
    for asked, headings in _KNOWN:
        found = asked.search(folded)
        if found:
            groups = range(1, asked.groups + 1)
            spans = tuple(found.span(group) for group in groups if found[group] is not None)
            yield Topic(spans=spans, headings=headings, lasts=headings is _TIME)
