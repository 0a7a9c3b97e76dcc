"""Vietnamese text in one normal form: composed characters, one placement of tones, folding for comparison.

This is the only place where Vietnamese text is normalised. Nothing here changes what is quoted:
`nfc` is applied once on reading, the rest makes keys to compare and to search by.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from string import ascii_lowercase

# A tone may stand on either vowel of a final oa, oe, uy: hoà or hòa, khoẻ or khỏe, thuý or thúy.
# Quyết định 240/QĐ (1984) and most typing programs differ; keys use the first vowel (hòa).
_TONE_MARKS = "\u0300\u0301\u0309\u0303\u0323"  # huyền, sắc, hỏi, ngã, nặng
_TONES_MOVED = {
    unicodedata.normalize("NFC", first + second + tone): unicodedata.normalize("NFC", first + tone + second)
    for first, second in ("oa", "oe", "uy", "Oa", "Oe", "Uy", "OA", "OE", "UY")
    for tone in _TONE_MARKS
}
_FIRST, _SECOND = (re.escape("".join(sorted({pair[at] for pair in _TONES_MOVED}))) for at in (0, 1))
_LATE_TONE = re.compile(rf"(?<![qQ])[{_FIRST}][{_SECOND}](?![^\W\d_])")
_FOLDED = str.maketrans(
    {
        chr(code): "".join(c for c in unicodedata.normalize("NFD", chr(code)) if not unicodedata.combining(c))
        for block in (range(0xC0, 0x1B1), range(0x1EA0, 0x1EFA))
        for code in block
    }
    | {"đ": "d", "Đ": "D"}
    | dict.fromkeys(range(0x300, 0x370))
)
# Every Vietnamese letter, for classes in patterns: ranges of code points mix upper and lower case ("à-ỹ" holds Đ).
_MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
LOWER = f"a-z{_MARKED}"
UPPER = f"A-Z{_MARKED.upper()}"
_SYLLABLE = re.compile(r"[^\W_]+")
_SPACES = re.compile(r"\s+")


def nfc(text: str) -> str:
    """Compose characters (Unicode NFC), as TCVN 6909:2001 orders for Vietnamese."""
    return unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """One space for every run of white space, none at the ends."""
    return _SPACES.sub(" ", text).strip()


def old_tones(text: str) -> str:
    """Put the tone of a final oa, oe, uy on the first vowel: hoà → hòa, Uỷ → Ủy. The result is NFC.

    >>> old_tones("Uỷ ban hoà giải quý")
    'Ủy ban hòa giải quý'
    """
    return _LATE_TONE.sub(lambda found: _TONES_MOVED.get(found[0], found[0]), unicodedata.normalize("NFC", text))


def fold(text: str) -> str:
    """Lower case without marks, đ as d: the key under which text typed without marks is found.

    >>> fold("Đề nghị Ủy ban")
    'de nghi uy ban'
    """
    return text.translate(_FOLDED).lower()


def has_marks(text: str) -> bool:
    """Whether any letter carries a Vietnamese mark (or is đ): false for text typed without marks."""
    return text.translate(_FOLDED) != text


def syllables(text: str) -> list[str]:
    """The runs of letters and digits, lower case, NFC, tones in one place.

    >>> syllables("Uỷ ban, số 441/TB-VP")
    ['ủy', 'ban', 'số', '441', 'tb', 'vp']
    """
    return _SYLLABLE.findall(old_tones(text).lower())


def one_away(word: str) -> Iterator[str]:
    """What a slip of one letter may have been, for a word of the letters a to z: one missing, two swapped, another
    one, one too many (Damerau 1964). Some come twice.

    >>> sorted(one_away("a"))[:4]
    ['', 'a', 'a', 'a']
    """
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in ascii_lowercase:
            yield before + letter + after[1:]
            yield before + letter + after
