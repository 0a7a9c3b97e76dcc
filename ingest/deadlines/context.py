"""The sentence around a date, and the words in it that can govern the date.

The nearest such word decides what a date is: an order makes it a deadline, a plan, a target or the past does
not. Every look is bounded, so that it takes constant time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.deadlines.lexicon import Head, Kind, heads

LEFT, RIGHT = 320, 160  # characters of the sentence that are looked at

_STOP = re.compile(r"[.;!?…](?=[ )\"”]|$)(?<!tp\.)(?<!ths\.)")
_BREAK = re.compile(r"[,;:.()](?=[ )]|$)")
_CLAUSE = re.compile(r"[;:.](?=[ )]|$)")
_LABEL = re.compile(r" ?(?:[-+•*]|\w{1,4}[.)])? ?(?:(?:thường xuyên|liên tục),? )?[(\"“]?")
_PURPOSE = re.compile(r"(?<!\w)(?:để|gắn với|(?:làm )?cơ sở|căn cứ|phục vụ|việc)(?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A part of a sentence with the words in it that can govern a date."""

    text: str
    heads: tuple[Head, ...]

    @classmethod
    def of(cls, text: str) -> Words:
        return cls(text=text, heads=heads(text))

    def since(self, start: int) -> Words:
        """The part from `start` on."""
        kept = (head for head in self.heads if head.start >= start)
        return Words(text=self.text[start:], heads=tuple(head.moved(-start) for head in kept))

    def until(self, end: int) -> Words:
        return Words(text=self.text[:end], heads=tuple(head for head in self.heads if head.end <= end))

    def last_phrase(self) -> Words:
        """What stands after the last comma, colon or bracket."""
        return self.since(_last(_BREAK, self.text.rstrip(" ,(:")))

    def last_clause(self) -> Words:
        """What stands after the last colon or full stop; commas and brackets stay."""
        return self.since(_last(_CLAUSE, self.text))

    def first_phrase(self) -> Words:
        """What stands before the first comma, colon or bracket, leading marks aside."""
        skipped = len(self.text) - len(self.text.lstrip(" ,:)"))
        pause = _BREAK.search(self.text, skipped)
        return self.until(pause.start()) if pause else self

    @property
    def nearest(self) -> Kind | None:
        """What the last word is that can govern a date."""
        return self.heads[-1].kind if self.heads else None

    def touched_by(self, *kinds: Kind, within: int = 2) -> bool:
        """Whether the last governing word is of these kinds and at most `within` words from the end."""
        if self.nearest not in kinds:
            return False
        return len(self.text[self.heads[-1].end :].split()) <= within

    def has(self, *kinds: Kind) -> bool:
        return any(head.kind in kinds for head in self.heads)

    @property
    def orders(self) -> bool:
        return self.has("order", "finish")

    @property
    def sets_target(self) -> bool:
        """Whether a figure is aimed at: "đạt trên 80%", "tỷ lệ ..."."""
        return self.has("target", "figure")


def before(text: str, place: int) -> str:
    """The sentence up to the place, at most `LEFT` characters of it."""
    window = text[max(0, place - LEFT) : place]
    return window[_last(_STOP, window) :]


def after(text: str, place: int) -> str:
    """The sentence from the place on, at most `RIGHT` characters of it."""
    window = text[place : place + RIGHT]
    stop = _STOP.search(window)
    return window[: stop.start()] if stop else window


def is_opening(sentence: str) -> bool:
    """Whether nothing but a label stands in the sentence yet."""
    return _LABEL.fullmatch(sentence) is not None


def is_purpose(words: str) -> bool:
    """Whether what is said is only a purpose or a noun: "để đánh giá", "gắn với việc đánh giá"."""
    return _PURPOSE.search(words[-60:]) is not None


def _last(mark: re.Pattern[str], text: str) -> int:
    """Where the last of the marks ends, 0 without one."""
    end = 0
    for match in mark.finditer(text):
        end = match.end()
    return end
