"""Abbreviations that a document defines for itself."""

from __future__ import annotations

import re

from ingest.text import fold

_DEFINED = re.compile(r"\((?:sau đây (?:viết|gọi) tắt là\s+)?(?P<short>[A-ZĐ][A-ZĐa-z&.]{1,12})\)")
_LONGEST_NAME = 120  # characters before the bracket that may hold the name


def defined(text: str) -> dict[str, str]:
    """Abbreviations that the document defines: "Ủy ban nhân dân (UBND)". Initials must agree with the words."""
    result: dict[str, str] = {}
    for found in _DEFINED.finditer(text):
        short = found["short"]
        initials = [c for c in fold(short) if c.isalpha()]
        words = re.findall(r"[^\W\d_]+", text[max(0, found.start() - _LONGEST_NAME) : found.start()])
        tail = words[-len(initials) :]
        if len(tail) == len(initials) and all(fold(w)[0] == c for w, c in zip(tail, initials, strict=True)):
            result[short] = " ".join(tail)
    return result
