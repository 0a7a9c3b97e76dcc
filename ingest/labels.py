"""Labels of clauses as they are printed: "II.", "5.2.", "Điều 5.", "đ)", "-", "Thứ nhất,".

Kinds and their usual order: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.5 (phần, chương, mục, tiểu mục, điều,
khoản, điểm; or I, 1, 1.1, a), -).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from ingest.text import LOWER, UPPER


class Kind(IntEnum):
    """Kinds of labels, outermost first: the value is the usual rank."""

    ANNEX = 0
    PART = 1
    CHAPTER = 2
    SECTION = 3
    UPPER = 4
    ROMAN = 5
    ARTICLE = 6
    NUMBER = 7
    ORDINAL = 8
    SUBNUMBER = 9
    LETTER = 10
    PAREN = 11
    DASH = 12
    PLUS = 13


BULLETS = (Kind.DASH, Kind.PLUS)
LETTERS = "abcdđeghiklmnopqrstuvxy"
_WORDS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_WORD = "|".join(_WORDS)
_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label at the start of a line. `name` is what a path shows; `end` is where the words begin.

    `style` is the mark after the number: "1." and "1)" number different levels.
    """

    kind: Kind
    ordinal: int
    name: str
    printed: str
    end: int
    style: str = ""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of a sub-number: (5, 2) for "5.2"; of anything else its ordinal."""
        return tuple(map(int, self.name.split("."))) if self.kind is Kind.SUBNUMBER else (self.ordinal,)


_NO_REFERENCE = rf"(?!\s+[{LOWER}])"  # "Phụ lục kèm theo", "Chương II của Luật này" refer, they do not open
_PATTERN = re.compile(
    rf"""
    (?P<annex>   (?:PHỤ\ LỤC|Phụ\ lục) (?:\s+(?:số\s+)?(?P<annex_n>[IVXLC]+|\d{{1,2}})\b)?
                 (?:\s*[.:])? {_NO_REFERENCE} )
  | (?P<part>    (?:PHẦN|Phần) \s+ (?:(?:THỨ|thứ)\s+)? (?P<part_n>[IVXLC]+|\d{{1,2}}|(?i:{_WORD})) \b
                 (?:\s*[.:-])? {_NO_REFERENCE} )                                     # Phần I   PHẦN THỨ NHẤT
  | (?P<chapter> (?:CHƯƠNG|Chương) \s+ (?P<chapter_n>[IVXLC]+|\d{{1,3}}) \b (?:\s*[.:-])? {_NO_REFERENCE} )
  | (?P<section> (?:MỤC|Mục) \s+ (?P<section_n>[IVXLC]+|\d{{1,2}}) \b (?:\s*[.:-])?
                 {_NO_REFERENCE} (?!\s+(?:Chương|CHƯƠNG)) (?!,) )                     # Mục 1, not "Mục 1 Chương II"
  | (?P<article> (?:ĐIỀU|Điều) \s* (?:thứ\s+)?
                 (?P<article_n>\d{{1,3}}[a-zđ]?(?:\.\d+)*(?:\.[A-Z]{{2}}(?:\.\d+)+)?|[IVXLC]+|{_WORD}) \s* (?:[.:]|$) )
  | (?P<roman>   (?P<roman_n>(?:X{{1,3}}|L)?(?:IX|IV|V?I{{1,3}}|V)|X{{1,3}})
                 \s*(?P<roman_s>[.)]|\s?[-–]|/(?=\s)) (?=\s|$|[{UPPER}]) )          # II.   II-   IV)
  | (?P<upper>   (?P<upper_n>[A-HK]) \s?(?P<upper_s>[.)-]) (?=\s) )                 # A.
  | (?P<sub>     (?P<sub_n>[1-9]\d?(?:\.[1-9]\d?){{1,4}}) \s*[.):]? (?=\s|$|[{UPPER}“"]) )  # 5.2.   1.1.3
  | (?P<number>  (?P<number_n>\d{{1,3}}) (?:
                     \s*(?P<number_s>[.)]) (?=\s|$|[{UPPER}“"(])                     # 5.   5)   1.Nhà nước
                   | \s?(?P<number_d>[-–/]) (?=\s*[{UPPER}“"]) ) )                   # 1-   1/
  | (?P<paren>   \( (?P<paren_n>\d{{1,2}}|[a-zđ]) \) )                              # (1)
  | (?P<letter>  (?P<letter_n>[{LETTERS}fjwz]) \s?(?P<letter_s>[.)]) (?=\s|$|[{UPPER}“"]) )      # đ)   a.
  | (?P<plus>    \+ (?=\s|[^\W\d_]) )
  | (?P<dash>    [-–—−•●▪◦■◆➢➤✓✔\uf000-\uf8ff*] (?=\s|[{UPPER}“"\uf000-\uf0ff]) )
  | (?P<ordinal> (?:Thứ|Khoản\ thứ)\ (?P<ordinal_n>{_WORD}) \s*[,:] )                # Thứ nhất,   Khoản thứ nhất:
    """,
    re.VERBOSE,
)
_KINDS = {
    "annex": Kind.ANNEX,
    "part": Kind.PART,
    "chapter": Kind.CHAPTER,
    "section": Kind.SECTION,
    "article": Kind.ARTICLE,
    "roman": Kind.ROMAN,
    "upper": Kind.UPPER,
    "sub": Kind.SUBNUMBER,
    "number": Kind.NUMBER,
    "paren": Kind.PAREN,
    "letter": Kind.LETTER,
    "plus": Kind.PLUS,
    "dash": Kind.DASH,
    "ordinal": Kind.ORDINAL,
}
_SPACES = re.compile(r"\s*")


def match(line: str) -> Label | None:
    """The label at the start of a line, or None. Whether it is one in its place is for the caller to judge.

    >>> match("5.2. Trình UBND").name
    '5.2'
    >>> match("đ) Bố trí").ordinal
    5
    """
    found = _PATTERN.match(line)
    if found is None:
        return None
    group = next(name for name in _KINDS if found[name] is not None)
    kind = _KINDS[group]
    value = "" if kind in BULLETS else found[f"{group}_n"] or ""
    end = _SPACES.match(line, found.end()).end()  # type: ignore[union-attr]  # matches everywhere
    return Label(
        kind=kind,
        ordinal=_ordinal(kind, value),
        name=_name(kind, value),
        printed=found[0].strip(),
        end=end,
        style=next((found[s] for s in (f"{group}_s", "number_d") if s in found.groupdict() and found[s]), ""),
    )


def _ordinal(kind: Kind, value: str) -> int:
    if kind in BULLETS:
        return 0
    if kind is Kind.SUBNUMBER:
        return int(value.rpartition(".")[2])
    if kind is Kind.UPPER:
        return ord(value) - ord("A") + 1
    if value.lower() in _WORDS:
        return _WORDS.index(value.lower()) + 1
    if value in LETTERS and value:
        return LETTERS.index(value) + 1
    if value in ("f", "j", "w", "z"):  # no Vietnamese letters, but some typists count by the English alphabet
        return sum(letter < value for letter in LETTERS) + 1
    digits = re.match(r"\d+", value)
    return int(digits[0]) if digits else _roman(value)


def _roman(value: str) -> int:
    numbers = [_DIGITS[c] for c in value] or [1]
    return sum(-n if n < following else n for n, following in zip(numbers, [*numbers[1:], 0], strict=True))


def _name(kind: Kind, value: str) -> str:
    prefix = {Kind.PART: "Phần", Kind.CHAPTER: "Chương", Kind.SECTION: "Mục", Kind.ARTICLE: "Điều"}.get(kind)
    if value.lower() in _WORDS:
        value = str(_ordinal(kind, value))
    return f"{prefix} {value}" if prefix else value
