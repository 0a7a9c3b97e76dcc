"""Vietnamese typed before Unicode: TCVN3 (ABC), VNI and VISCII to Unicode.

In the first two a font draws Vietnamese letters at the places of Latin ones, so that files declare Western text and
hold "Céng hßa x· héi" or "Coäng hoøa xaõ hoäi". The text itself is the proof, paragraph by paragraph: words that
are no Vietnamese syllables as they stand and become syllables when decoded. Of a paragraph that holds Vietnamese
letters of Unicode, only such words are decoded, and those between and beside them that make a phrase with them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest import phrases
from ingest.casing import seen_capitals
from ingest.read.vietnamese import is_syllable

# TCVN 5712:1993, VN3, the table of the ABC fonts: one byte a letter; ư is 0xAD, which Unicode calls the soft hyphen.
_TCVN3_RANGES = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xB5, "àảãáạ"),
    (0xBB, "ằẳẵắ"),
    (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộờởỡớợù"),
    (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)

# VNI for Windows: a vowel and a sign after it; some letters stand alone.
_VNI_SIGNS = {
    "ùøûõï": {"a": "áàảãạ", "e": "éèẻẽẹ", "o": "óòỏõọ", "u": "úùủũụ", "y": "ýỳỷỹ", "ô": "ớờởỡợ", "ö": "ứừửữự"},
    "âáàåãä": {"a": "âấầẩẫậ", "e": "êếềểễệ", "o": "ôốồổỗộ"},
    "êéèúüë": {"a": "ăắằẳẵặ"},
}
_VNI_ALONE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư", "ñ": "đ"}

# RFC 1456. The six capitals that stand among the control characters are left out: no text can hold them.
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)

# A run of what may be one word in an old font. Fonts that call themselves symbols put their letters at U+F0xx.
_TOKEN = re.compile("[A-Za-z\u00a1-\u00ff\uf0a1-\uf0ff]+")
_OLD = re.compile("[\u00a1-\u00ff\uf0a1-\uf0ff]")
_SYMBOL = {0xF000 + byte: byte for byte in range(0xA1, 0x100)}
_BULLETS = frozenset("·×÷\uf0b7\uf0a7\uf0a8\uf0d8\uf0fc")
# Letters that only Unicode has, composed or with their marks beside them.
_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯư\u0300\u0301\u0303\u0309\u0323\u1ea0-\u1ef9]")
_ASCII_LETTER = re.compile("[A-Za-z]")

_ANY_WORD = re.compile("[A-Za-z\u00a1-\u00ff\uf0a1-\uf0ff\u0100-\u01b0\u0300-\u036f\u1e00-\u1eff]+")

# Fonts with a table of their own may declare Vietnamese or Central European text: "kiƠn", "tiŇn" for kiến, tiền.
_PAGES = ("cp1258", "cp1250")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_MISTAKEN = re.compile("[\u0100-\u02ff\u0300-\u036f\u20ab\u1e00-\u1eff]")
_FIRST_OLD = 0xA1

# So many different words must have become syllables before anything is decoded: "10 µm" and "m×n" are chance.
_PROOF = 3
_PHRASE = 20  # times that two words stand beside each other in all texts, to be a phrase


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Encoding:
    """An old table of letters: what stands in the text (one character or two) → the letter that was meant."""

    name: str
    letters: Mapping[str, str]
    signs: frozenset[str]

    @classmethod
    def of(cls, name: str, letters: Mapping[str, str]) -> Encoding:
        """A table with its `signs`: the characters that it gives a meaning."""
        return cls(name=name, letters=letters, signs=frozenset("".join(letters)))

    def has(self, word: str) -> bool:
        """Whether the table knows every letter of a word that is not ASCII."""
        return all(letter.isascii() or letter.translate(_SYMBOL) in self.signs for letter in word)

    def decode(self, word: str) -> str:
        """The letters that were meant, longest signs first."""
        written: list[str] = []
        place = 0
        while place < len(word):
            for size in (2, 1):
                meant = self.letters.get(word[place : place + size])
                if meant is not None:
                    break
            written.append(meant if meant is not None else word[place])
            place += size if meant is not None else 1
        return "".join(written)


def _vni() -> dict[str, str]:
    letters: dict[str, str] = {}
    for sign, meant in _VNI_ALONE.items():
        letters |= {sign: meant, sign.upper(): meant.upper()}
    for signs, vowels in _VNI_SIGNS.items():
        for vowel, row in vowels.items():
            for sign, meant in zip(signs, row, strict=False):
                for printed in (sign, sign.upper()):  # the vowel decides the case
                    letters |= {vowel + printed: meant, vowel.upper() + printed: meant.upper()}
    return letters


TCVN3 = Encoding.of(
    "TCVN3 (ABC)", {chr(first + i): letter for first, row in _TCVN3_RANGES for i, letter in enumerate(row)}
)
VNI = Encoding.of("VNI", _vni())
ENCODINGS = (TCVN3, VNI)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text in Unicode, and the names of the old tables that parts of it were typed with."""

    text: str
    encodings: tuple[str, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the person who keeps the documents should know."""
        return tuple(f"văn bản gõ bằng bảng mã {name}, đã chuyển sang Unicode" for name in self.encodings)


def decode(text: str) -> Decoded:
    """Decode the lines that were typed with an old table; every other line stays as it is, character by character.

    >>> decode("Céng hßa x· héi chñ nghÜa ViÖt Nam").text
    'Cộng hòa xã hội chủ nghĩa Việt Nam'
    """
    if not _OLD.search(text) and not _MISTAKEN.search(text):
        return Decoded(text=text)
    lines = _western(text.split("\n"))
    judged = [_judge(line) for line in lines]
    mixed = [line for line, verdict in zip(lines, judged, strict=True) if not verdict.open and _OLD.search(line)]
    words = {encoding.name: _words(encoding, judged) | _words_in(encoding, mixed) for encoding in ENCODINGS}
    proven = [encoding for encoding in ENCODINGS if len(words[encoding.name]) >= _PROOF]
    proven.sort(key=lambda encoding: len(words[encoding.name]), reverse=True)
    if not proven:
        return Decoded(text=text)
    chosen = _neighbours([verdict.encoding(proven) for verdict in judged])
    decoded = [
        (seen_capitals(_decode_line(line, encoding)) if encoding is not None else line)
        if verdict.open
        else _decode_parts(line, proven)
        for line, verdict, encoding in zip(lines, judged, chosen, strict=True)
    ]
    return Decoded(text="\n".join(decoded), encodings=tuple(encoding.name for encoding in proven))


def _western(lines: list[str]) -> list[str]:
    """The lines as Western fonts would have given them, where only that makes Vietnamese of an old table.

    A text must hold enough words that are no syllables as they stand and become such; then lines follow of which
    every word does, and that are no Vietnamese as they stand or go on with one that was not.
    """
    odd = [_MISTAKEN.search(line) is not None and not _stands(line) for line in lines]
    if not any(odd):
        return lines
    for page in _PAGES:
        judged = [_Undone.of(line, page) if is_odd else None for line, is_odd in zip(lines, odd, strict=True)]
        won = frozenset().union(*(undone.won for undone in judged if undone is not None and undone.speaks))
        if len(won) < _PROOF:
            continue
        above = False
        for place, line in enumerate(lines):
            if not _MISTAKEN.search(line):
                continue
            undone = judged[place] or (_Undone.of(line, page) if above else None)
            above = undone is not None and (undone.speaks or (above and not undone.lost))
            lines[place] = undone.text if undone is not None and above else line
    return lines


def _stands(line: str) -> bool:
    """Whether all words that are not ASCII are syllables."""
    return all(is_syllable(word) for word in _ANY_WORD.findall(line) if not word.isascii())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Undone:
    """A line as a Western font would have given it, and what its words become when they are decoded.

    `won` were no syllables and become such; `lost` words become none.
    """

    text: str
    won: frozenset[str]
    lost: int

    @property
    def speaks(self) -> bool:
        return len(self.won) > 9 * self.lost

    @classmethod
    def of(cls, line: str, page: str) -> _Undone:
        text = "".join(_western_letters(letter, page) for letter in line)
        won, lost = _best_reading(_ANY_WORD.findall(text))
        return cls(text=text, won=won, lost=lost)


def _best_reading(words: Sequence[str]) -> tuple[frozenset[str], int]:
    """The different words that are none and become syllables with the table that makes most; how many become none."""
    odd = {word for word in words if not word.isascii()}
    readings = []
    for encoding in ENCODINGS:
        made = {word for word in odd if encoding.has(word) and is_syllable(_decode_word(word, encoding))}
        readings.append((frozenset(word for word in made if not is_syllable(word)), len(odd - made)))
    return max(readings, key=lambda reading: len(reading[0]) - reading[1])


@lru_cache(maxsize=4096)
def _western_letters(letter: str, page: str) -> str:
    """The Western letters at the places of this one in a code page, which may write it as a letter and a tone ("ỉ").

    The letter itself where the page has no place for it, or one among the signs that all pages share.
    """
    try:
        places = letter.encode(page)
    except UnicodeEncodeError:
        apart = unicodedata.normalize("NFD", letter)
        bare = unicodedata.normalize("NFC", _TONE.sub("", apart))
        try:
            places = (bare + "".join(_TONE.findall(apart))).encode(page)
        except UnicodeEncodeError:
            return letter
    return places.decode("latin-1") if places[-1] >= _FIRST_OLD else letter


def from_viscii(data: bytes) -> str:
    """Bytes of a VISCII file as text."""
    return data.decode("latin-1").translate({0x80 + place: letter for place, letter in enumerate(_VISCII)})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verdict:
    """What a line says of itself: words won by decoding for each table, words lost, and whether it may be decoded."""

    open: bool
    won: Mapping[str, frozenset[str]]
    lost: Mapping[str, int]
    marked: int = 0

    def speaks_for(self, encoding: Encoding) -> bool:
        won = len(self.won[encoding.name])
        return self.open and won > self.lost[encoding.name] and 2 * won >= self.marked

    def encoding(self, proven: Iterable[Encoding]) -> Encoding | bool | None:
        """The table that made the most words; None for a line that Unicode explains; False where nothing is sure."""
        if not self.open:
            return None
        best = max(proven, key=lambda encoding: len(self.won[encoding.name]) - self.lost[encoding.name])
        if self.speaks_for(best):
            return best
        return None if self.lost[best.name] > len(self.won[best.name]) else False


_CLOSED = _Verdict(open=False, won={e.name: frozenset() for e in ENCODINGS}, lost={e.name: 0 for e in ENCODINGS})


def _judge(line: str) -> _Verdict:
    if _UNICODE.search(line):
        return _CLOSED
    won: dict[str, set[str]] = {encoding.name: set() for encoding in ENCODINGS}
    lost = dict.fromkeys(won, 0)
    words = {token for token in _TOKEN.findall(line) if not token.isascii() and _ASCII_LETTER.search(token)}
    for word in words:
        stands = is_syllable(word)
        for encoding in ENCODINGS:
            meant = _decode_word(word, encoding)
            explained = encoding.has(word)
            if explained and not stands and is_syllable(meant):
                won[encoding.name].add(word)
            elif stands and not (explained and is_syllable(meant)):
                lost[encoding.name] += 1
    return _Verdict(open=True, won={name: frozenset(row) for name, row in won.items()}, lost=lost, marked=len(words))


def _words(encoding: Encoding, judged: Iterable[_Verdict]) -> frozenset[str]:
    """The different words that only this table explains, on the lines that speak for it."""
    return frozenset().union(
        *(
            verdict.won[encoding.name].difference(*(won for name, won in verdict.won.items() if name != encoding.name))
            for verdict in judged
            if verdict.speaks_for(encoding)
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Words in a row of a line that may have been typed with a table, from `start` to `end` of its text.

    `won` are those that are no syllables as they stand.
    """

    start: int
    end: int
    won: frozenset[str]


def _words_in(encoding: Encoding, lines: Iterable[str]) -> frozenset[str]:
    """The different words that only this table explains, in parts of lines that hold Unicode too."""
    others = [other for other in ENCODINGS if other is not encoding]
    return frozenset(
        word
        for line in lines
        for part in _parts(line, encoding)
        for word in part.won
        if not any(_wins(word, other) for other in others)
    )


@lru_cache(maxsize=20_000)
def _wins(word: str, encoding: Encoding) -> bool:
    return encoding.has(word) and not is_syllable(word) and is_syllable(_decode_word(word, encoding))


def _decode_parts(line: str, proven: Sequence[Encoding]) -> str:
    """A line that holds Unicode, with those of its words decoded that can be nothing else, or go with them."""
    if not _OLD.search(line):
        return line
    for encoding in proven:
        written, last = [], 0
        for part in _parts(line, encoding):
            written += [line[last : part.start], seen_capitals(_decode_line(line[part.start : part.end], encoding))]
            last = part.end
        line = "".join([*written, line[last:]])
    return line


def _parts(line: str, encoding: Encoding) -> Iterator[_Part]:
    """The parts of a line that were typed with a table, between words that cannot have been."""
    row: list[re.Match[str]] = []
    for word in [*_ANY_WORD.finditer(line), None]:
        if word is not None and _may_be(word[0], encoding):
            row.append(word)
            continue
        won = [place for place, found in enumerate(row) if _wins(found[0], encoding)]
        if won:
            yield from _grown(row, won, encoding)
        row = []


@lru_cache(maxsize=20_000)
def _may_be(word: str, encoding: Encoding) -> bool:
    return word.isascii() or (encoding.has(word) and is_syllable(_decode_word(word, encoding)))


def _grown(row: Sequence[re.Match[str]], won: Sequence[int], encoding: Encoding) -> Iterator[_Part]:
    """From the first to the last of the words that were won, and on to both sides as long as that makes phrases."""
    first, last = won[0], won[-1]
    if len(won) == 1 and not any(_phrase(row, won[0], side, encoding) for side in (-1, 1)):
        return
    while first > 0 and _belongs(row, first - 1, 1, encoding):
        first -= 1
    while last < len(row) - 1 and _belongs(row, last + 1, -1, encoding):
        last += 1
    yield _Part(start=row[first].start(), end=row[last].end(), won=frozenset(row[place][0] for place in won))


def _phrase(row: Sequence[re.Match[str]], place: int, side: int, encoding: Encoding) -> bool:
    """Whether a word makes a phrase with its neighbour, both decoded."""
    if not 0 <= place + side < len(row):
        return False
    return _beside(_decode_word(row[place][0], encoding), _decode_word(row[place + side][0], encoding), side) >= _PHRASE


def _belongs(row: Sequence[re.Match[str]], place: int, side: int, encoding: Encoding) -> bool:
    """Whether a word that reads both ways makes a phrase with its decoded neighbour only when it is decoded."""
    inner = _decode_word(row[place + side][0], encoding)
    return not row[place][0].isascii() and (
        _phrase(row, place, side, encoding) and not _beside(row[place][0], inner, side)
    )


def _beside(word: str, other: str, side: int) -> int:
    known = phrases.shipped()
    ids = [known.id(phrases.key(one)) for one in ((word, other) if side > 0 else (other, word))]
    return known.pair(*ids)


def _neighbours(verdicts: list[Encoding | bool | None]) -> list[Encoding | None]:
    """A line that proves nothing goes with the nearest above that does, or with the first below."""
    first = next((verdict for verdict in verdicts if verdict is not False), None)
    last = first if isinstance(first, Encoding) else None
    chosen: list[Encoding | None] = []
    for verdict in verdicts:
        if verdict is False:
            chosen.append(last)
        else:
            last = verdict if isinstance(verdict, Encoding) else None
            chosen.append(last)
    return chosen


def _decode_line(line: str, encoding: Encoding) -> str:
    return _TOKEN.sub(lambda found: found[0] if found[0] in _BULLETS else _decode_word(found[0], encoding), line)


def _decode_word(word: str, encoding: Encoding) -> str:
    return encoding.decode(word.translate(_SYMBOL))
