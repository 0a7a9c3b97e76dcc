"""Numbers of clauses that were misread at the start of their lines, "l." for "1.", told by how the lines count.

Only the label is mended, and it is no part of what is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.text import UPPER

# 1.   10)   5.2.   and the same with letters that look like figures: l.   lO)   5.l.
_LABEL = re.compile(rf"(?P<number>[\dlIO|]{{1,3}}(?:\.[\dlI|O]{{1,2}})*)(?P<style>[.)])(?=\s|[{UPPER}“\"])")
_FIGURES = str.maketrans("lI|O", "1110")
_ROMAN_AFTER = re.compile(r"II(?P<style>[.)])")
_LETTER_BESIDE = re.compile(r"[km](?P<style>[.)])(?=\s)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ordinal:
    """The number that a line begins with: "5.2." is (5, 2). `sure`: it is printed in figures."""

    line: int
    numbers: tuple[int, ...]
    style: str
    sure: bool
    printed: str

    @property
    def level(self) -> tuple[tuple[int, ...], int, str]:
        """What it counts in: its parents' numbers, its depth, its style."""
        return self.numbers[:-1], len(self.numbers), self.style

    @property
    def last(self) -> int:
        return self.numbers[-1]


def mended(texts: Sequence[str]) -> dict[int, str]:
    """The lines whose label was misread, by place, as they were meant: where those before and after count so.

    >>> mended(["l. Sở Tài chính", "2. Sở Nội vụ"])
    {0: '1. Sở Tài chính'}
    """
    ordinals = [ordinal for place, text in enumerate(texts) if (ordinal := _ordinal(place, text)) is not None]
    if all(ordinal.sure for ordinal in ordinals):
        return {}
    counted_otherwise = {
        (shown, found["style"])
        for text in texts
        for shown, pattern in (("I", _ROMAN_AFTER), ("l", _LETTER_BESIDE))
        if (found := pattern.match(text))
    }
    right: dict[int, str] = {}
    before: dict[object, int] = {}
    for ordinal, after in zip(ordinals, _next_of_level(ordinals), strict=True):
        certain = ordinal.sure or (
            (ordinal.printed, ordinal.style) not in counted_otherwise
            and _counts(ordinal, before.get(ordinal.level), after)
        )
        if certain:
            before[ordinal.level] = ordinal.last
        if certain and not ordinal.sure:
            text, end = texts[ordinal.line], len(ordinal.printed)
            right[ordinal.line] = text[:end].translate(_FIGURES) + text[end:]
    return right


def _ordinal(line: int, text: str) -> _Ordinal | None:
    found = _LABEL.match(text)
    if found is None:
        return None
    printed = found["number"]
    numbers = tuple(int(part.translate(_FIGURES)) for part in printed.split("."))
    return _Ordinal(
        line=line,
        numbers=numbers,
        style=found["style"],
        sure=printed.translate(_FIGURES) == printed,
        printed=printed,
    )


def _next_of_level(ordinals: Sequence[_Ordinal]) -> list[_Ordinal | None]:
    """The ordinal that follows each in what it counts in."""
    seen: dict[object, _Ordinal] = {}
    after: list[_Ordinal | None] = []
    for ordinal in reversed(ordinals):
        after.append(seen.get(ordinal.level))
        seen[ordinal.level] = ordinal
    return after[::-1]


def _counts(ordinal: _Ordinal, before: int | None, after: _Ordinal | None) -> bool:
    """Whether what is known before it goes up to it; the first is told by a second that has no first before it."""
    if ordinal.last == 1:
        return after is not None and after.sure and after.last == 2 and before != 1
    return before == ordinal.last - 1 and (after is None or after.last in (1, ordinal.last + 1))
