"""A text as the phrase patterns see it: NFC, lower case, one space for any white space, plain dashes.

Every character of the view knows the range of the source that it stands for, so that a match in the view is
a span of the source whatever its normal form, case or line breaks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.model import Span
from ingest.text import nfc

_RUN = re.compile(r"\s+|\S+")
_SPACES = dict.fromkeys("\t\n\v\f\r\u00a0\u2002\u2003\u2009\u202f", " ")
_PLAIN = str.maketrans({**_SPACES, "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "’": "'", "‘": "'", "′": "'"})


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """`text[i]` stands for the source characters `starts[i]` to `ends[i]`."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, source: str) -> View:
        plain = source.lower().translate(_PLAIN)
        if len(plain) == len(source) and "  " not in plain and unicodedata.is_normalized("NFC", source):
            return cls(text=plain, starts=range(len(source)), ends=range(1, len(source) + 1))
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for run in _RUN.finditer(source):
            for piece, start, end in _pieces(run[0], run.start()):
                parts.append(piece)
                if len(piece) == end - start:
                    starts.extend(range(start, end))
                    ends.extend(range(start + 1, end + 1))
                else:
                    starts.extend([start] * len(piece))
                    ends.extend([end] * len(piece))
        return cls(text="".join(parts), starts=starts, ends=ends)

    def span(self, start: int, end: int) -> Span:
        """The span of the source under the non-empty range `start` to `end` of the view."""
        return Span(start=self.starts[start], end=self.ends[end - 1])


def _pieces(run: str, offset: int) -> list[tuple[str, int, int]]:
    if run.isspace():
        return [(" ", offset, offset + len(run))]
    plain = run.lower().translate(_PLAIN)
    if len(plain) == len(run) and unicodedata.is_normalized("NFC", run):
        return [(plain, offset, offset + len(run))]
    pieces = []
    start = 0
    for end in range(1, len(run) + 1):
        if end == len(run) or not unicodedata.combining(run[end]):
            letter = nfc(run[start:end]).lower().translate(_PLAIN)
            pieces.append((letter, offset + start, offset + end))
            start = end
    return pieces
