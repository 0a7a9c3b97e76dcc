"""Marks that recognition, or a typist, lost in the lines of an issuer's name: only where one name can be meant.

Used for what is said of a document ("UBND tỉnh Quảng Ngãi"), never for its text.
"""

from __future__ import annotations

from ingest.agencies.words import PROVINCES
from ingest.text import fold, nfc, old_tones

_BODIES = (
    "ủy ban nhân dân",
    "hội đồng nhân dân",
    "ủy ban thường vụ quốc hội",
    "thủ tướng chính phủ",
    "chính phủ",
    "quốc hội",
)
_LEVELS = ("tỉnh", "thành phố")
_NAMES = (*_BODIES, *(f"{level} {place}" for level in _LEVELS for place in PROVINCES if " " in place))
# Đắk Lắk, Đăk Lăk: what is written in several ways is left as it is printed
_KNOWN = {
    key: names.pop()
    for key, names in {fold(name): {one for one in _NAMES if fold(one) == fold(name)} for name in _NAMES}.items()
    if len(names) == 1
}
_LONGEST = max(len(key.split()) for key in _KNOWN)


def marked(line: str) -> str:
    """A line in capitals with the marks of the names in it.

    >>> marked("UY BAN NHÁN DÂN TINH QUANG NGÃI")
    'ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI'
    """
    words = nfc(line).split()
    folded = [fold(word) for word in words]
    written: list[str] = []
    at = 0
    while at < len(words):
        for end in range(min(at + _LONGEST, len(words)), at, -1):
            known = _KNOWN.get(" ".join(folded[at:end]))
            if known is not None:
                printed = " ".join(words[at:end])
                written.append(printed if old_tones(printed).lower() == old_tones(known) else known.upper())
                at = end
                break
        else:
            written.append(words[at])
            at += 1
    return " ".join(written)
