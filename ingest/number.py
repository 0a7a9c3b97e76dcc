"""Numbers of official documents: "441/TB-VP", "163/2024/QH15", "14-KH/TU".

Shapes: Nghị định 30/2020/NĐ-CP, Phụ lục I (serial/type-body), Luật Ban hành văn bản quy phạm pháp luật
(serial/year/type-body), Hướng dẫn 36-HD/VPTW of the Party (serial-type/body).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.text import fold, nfc

_UPPER = "A-ZĐƯƠÂĂÊÔ"
_NUMBER = re.compile(
    rf"""
    (?<![\w/.,-])
    (?P<serial> \d{{1,5}} (?: \.\d{{1,3}} )? [a-zA-Z]? )      # 441   0044   66.15   12a
    (?:
        \s* / \s* (?P<year> (?:19|20)\d\d )                   # /2024
        \s* / \s* (?P<law> [{_UPPER}][\w]* (?: \s?-\s?[{_UPPER}][\w]* )* )      # /QH15   /NĐ-CP   /TT-BNNPTNT
      | \s* / \s* (?P<symbol>
            [{_UPPER}][{_UPPER}a-z]{{0,9}}                    # TB   TTr   CĐ   CC
            (?: \s?[-–]\s?[{_UPPER}][\w&]* (?:\.[{_UPPER}]\w*)? )*   # -VP   -UBND   - HTDN   -TCTLNTW-C04
        )
      | \s? - \s? (?P<party>
            [{_UPPER}][{_UPPER}a-z]{{0,6}} (?: \s?[-–]\s?[{_UPPER}]\w* )? \s?/\s? [{_UPPER}][\w-]*   # -NQ/TW   -CTr/TU
        )
    )
    """,
    re.VERBOSE,
)
_SPACE_INSIDE = re.compile(r"\s*([/–-])\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumber:
    """The number of a document: its serial, the year where it is part of the number, and the symbol.

    `parse` and `str` are inverse; inner spaces of the printed form ("3815 /UBND-NV") are dropped.
    """

    serial: str
    symbol: str
    year: int | None = None
    party: bool = False

    @classmethod
    def parse(cls, text: str) -> DocumentNumber:
        """Raises ValueError when the text is not exactly one document number."""
        text = nfc(text).strip()
        found = _NUMBER.fullmatch(text)
        if found is None:
            raise ValueError(f"not a document number: {text!r}")
        return cls._of(found)

    @classmethod
    def _of(cls, found: re.Match[str]) -> DocumentNumber:
        symbol = found["law"] or found["symbol"] or found["party"]
        symbol = _SPACE_INSIDE.sub(lambda m: "-" if m[1] == "–" else m[1], symbol)
        year = int(found["year"]) if found["year"] else None
        return cls(serial=found["serial"], symbol=symbol, year=year, party=found["party"] is not None)

    def __str__(self) -> str:
        if self.party:
            return f"{self.serial}-{self.symbol}"
        if self.year is not None:
            return f"{self.serial}/{self.year}/{self.symbol}"
        return f"{self.serial}/{self.symbol}"

    @property
    def key(self) -> str:
        """For comparison: folded, without leading zeros of the serial."""
        return fold(str(self)).lstrip("0")


def find(text: str) -> Iterator[tuple[int, int, DocumentNumber]]:
    """Every document number in a text with its start and end."""
    for found in _NUMBER.finditer(text):
        yield found.start(), found.end(), DocumentNumber._of(found)
