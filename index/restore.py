"""Puts back the marks of Vietnamese that was typed without them, or with some of them missing, and rights slips.

A model of three syllables in a row says which marked reading of a text is the likeliest; it backs off to two
and to one (interpolated absolute discounting, Ney, Essen & Kneser 1994). A beam goes once through the readings
of each syllable, so that the time grows with the length of the text and nothing else. The model is the file
`weights/diacritics.npz`; `python -m bench.train.restore` learns it.
"""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from importlib.resources import files
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Literal
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from index import abbreviations
from index.model import IndexFailure
from ingest.text import fold, has_marks, nfc, old_tones, one_away

FILE = "diacritics.npz"
# Costs are -ln p in steps of 1/12: a byte holds probabilities down to e⁻²¹.
STEPS = 12
MOST_COST = 255
# The first words of a model: the edge of a sentence, any number, any word or code that the model does not know.
EDGE, NUMBER, UNKNOWN = range(3)
FIRST_WORD = 3

_BEAM = 14 * STEPS
_MOST_STATES = 32
_MOST_ROUNDS = 4
_NO_PAIR = -1
# How many times the counts we doubt that marks were left out where others are typed. Of 1,560 questions with all
# their marks, 1 changes 42 and 3 changes 3; with half of the marks gone, 1 leaves .981 of the words right and 3 .980.
_DOUBT = 3

# The longest syllable, "nghiêng", has seven letters; a slip may add one. Of two letters too little is left to tell.
_SLIP = re.compile(r"[a-z]{3,8}")

# ươ with one of its two horns left out: đuợc, người typed as ngừoi.
HALF_MARKED = re.compile(r"(?<!q)u[ờớởỡợ]|ư[oòóỏõọ]|[ừứửữự]o", re.IGNORECASE)

_CHUNK = re.compile(r"\S+")
_PIECE = re.compile(
    r"""
      (?P<word> [^\W\d_]+ [\u0300-\u036f]* )  # Sở   tai   CCHC; marks that compose with no letter belong to it
    | (?P<number> \d+ )                        # 214
    | (?P<edge> [.;:?!…] )                     # commas, quotes and brackets interrupt nothing
    """,
    re.VERBOSE,
)
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_JOINT = re.compile(r"[/–-]")
_ADDRESS = re.compile(r"@|://|^www\.|\.(?:vn|com|net|org)\b", re.IGNORECASE)

Kind = Literal["word", "number", "edge", "code"]
Piece = tuple[Kind, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What was learned, as it lies in the file. Costs are those of the last word after the words before it.

    `words`: EDGE, NUMBER, UNKNOWN, then words in lower case, NFC, tones where `old_tones` puts them. The next
    `pair_counts[w]` of `pairs` are the words seen after w, ascending; the next `triple_counts[i]` of `triples`
    those seen after the two words of pair i. `word_backs[w]` and `pair_backs[i]` are the cost of forgetting
    the earliest word, which a word that was not seen there pays. `capital_costs[w]` is the cost of a capital
    inside a sentence: names have them ("Lai Châu"), and other words with the same letters have not ("lại").
    """

    words: list[str]
    word_costs: NDArray[np.uint8]
    word_backs: NDArray[np.uint8]
    capital_costs: NDArray[np.uint8]
    pair_counts: NDArray[np.uint16]
    pairs: NDArray[np.uint16]
    pair_costs: NDArray[np.uint8]
    pair_backs: NDArray[np.uint8]
    triple_counts: NDArray[np.uint16]
    triples: NDArray[np.uint16]
    triple_costs: NDArray[np.uint8]

    @classmethod
    def read(cls, file: Path) -> Table:
        """Raises IndexFailure when there is no such file or it holds something else."""
        try:
            with np.load(file, allow_pickle=False) as held:
                columns = {field.name: held[field.name] for field in fields(cls)}
        except (OSError, ValueError, KeyError, BadZipFile) as error:
            raise IndexFailure(
                f"no table of marks in {str(file)!r}: install chidao again, or copy index/weights there"
            ) from error
        for name in ("pairs", "triples"):
            columns[name] = np.cumsum(columns[name], dtype=np.uint16)
        return cls(**columns | {"words": columns["words"].tobytes().decode().split("\n")})

    def write(self, file: Path) -> None:
        """The same table gives the same bytes."""
        columns: dict[str, NDArray[Any]] = {
            field.name: getattr(self, field.name) for field in fields(self) if field.name != "words"
        }
        # Differences (modulo 2¹⁶) of ascending numbers are small and pack well.
        for name in ("pairs", "triples"):
            columns[name] = np.diff(columns[name], prepend=np.uint16(0))
        words = np.frombuffer("\n".join(self.words).encode(), dtype=np.uint8)
        np.savez_compressed(file, allow_pickle=False, words=words, **columns)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A piece of a text and the words it may stand for. `open`: the choice among them is the model's."""

    start: int
    end: int
    readings: list[int]
    open: bool
    marked: bool
    capital: bool


class Restorer:
    """Chooses the likeliest marks. It holds no state of a text: safe to use from several threads."""

    def __init__(self, table: Table, *, kept: Collection[str] = ()) -> None:
        """`kept`: abbreviations that stay as they are when typed in capitals ("CAND", "DN")."""
        self._words = table.words
        self._kept = frozenset(kept)
        self._word_costs = table.word_costs.tolist()
        self._word_backs = table.word_backs.tolist()
        self._capital_costs = table.capital_costs.tobytes()
        self._pair_starts = list(accumulate(table.pair_counts.tolist(), initial=0))
        self._pairs = _array("H", table.pairs)
        self._pair_costs = table.pair_costs.tobytes()
        self._pair_backs = table.pair_backs.tobytes()
        self._triple_starts = _array("I", np.cumsum(np.append(np.uint32(0), table.triple_counts), dtype=np.uint32))
        self._triples = _array("H", table.triples)
        self._triple_costs = table.triple_costs.tobytes()
        self._marked = list(map(has_marks, table.words))
        self._id = {word: id for id, word in enumerate(table.words)}
        self._readings: dict[str, list[int]] = {}
        for id, key in enumerate(fold("\n".join(table.words)).split("\n")):
            self._readings.setdefault(key, []).append(id)

    @classmethod
    def load(cls, folder: Path | None = None) -> Restorer:
        """The model in `folder`, by default the one that ships. Raises IndexFailure."""
        folder = folder or Path(str(files("index"))) / "weights"
        return cls(Table.read(folder / FILE), kept=abbreviations.load())

    def restore(self, text: str) -> str:
        """The text in NFC with marks on the words that lack them; nothing else changes, and no length.

        A word that carries any mark stays as typed and tells its neighbours what to be. Numbers, codes,
        addresses, abbreviations and words that Vietnamese does not have stay as well. Where other words carry
        marks, words without any are changed only if the text shows that its writer left marks out.

        >>> Restorer.load().restore("So Tai chinh chu tri thuc hien Ke hoach 214/KH-UBND, CCHC")
        'Sở Tài chính chủ trì thực hiện Kế hoạch 214/KH-UBND, CCHC'
        """
        text = nfc(text)
        slots = self._slots(text)
        typed = sum(slot.marked for slot in slots)
        chosen = self._cheapest(slots, 0.0)
        for _ in range(_MOST_ROUNDS if typed else 0):
            left_out = sum(slot.open and self._marked[id] for slot, id in zip(slots, chosen, strict=True))
            if not left_out:
                break
            before = chosen
            chosen = self._cheapest(slots, _DOUBT * STEPS * math.log((left_out + typed) / left_out))
            if chosen == before:
                break
        letters = list(text)
        for slot, id in zip(slots, chosen, strict=True):
            if slot.open:
                letters[slot.start : slot.end] = map(_cased, self._words[id], text[slot.start : slot.end])
        return "".join(letters)

    def respell(self, text: str) -> str:
        """The text in NFC with words that Vietnamese does not have as they were meant, where that is certain.

        Such a word has the letters of words that it has, but not their marks, or is one letter or one swap of
        neighbours away from words of which one was seen beside its neighbours. Words with a capital, codes and
        words in which Vietnamese could not be meant stay as typed.

        >>> Restorer.load().respell("Sở Tài chímh đuợc giao nhiệm vụ gì")
        'Sở Tài chính được giao nhiệm vụ gì'
        """
        text = nfc(text)
        slots = self._slots(text)
        slips = {at for at, slot in enumerate(slots) if text[slot.start : slot.end].islower() and not slot.open}
        meant = {at: near for at in slips if (near := self._meant(text[slots[at].start : slots[at].end]))}
        if not meant:
            return text
        marked = has_marks(text)
        chosen = self._cheapest(
            [replace(slot, readings=meant.get(at, slot.readings)) for at, slot in enumerate(slots)], 0.0
        )
        for at in sorted(meant, reverse=True):
            slot, word = slots[at], self._words[chosen[at]]
            typed = text[slot.start : slot.end]
            only_marks = fold(word) == fold(typed)
            if only_marks or any(self._seen(*pair) for pair in pairwise([EDGE, *chosen, EDGE][at : at + 3])):
                text = f"{text[: slot.start]}{word if marked else fold(word)}{text[slot.end :]}"
        return text

    def _meant(self, word: str) -> list[int]:
        """The words that a word may be a slip of; none for a word that Vietnamese has, or that is far from all."""
        typed, key = old_tones(word), fold(word)
        if not _SLIP.fullmatch(key) or (typed in self._id and not HALF_MARKED.search(typed)):
            return []
        readings = self._readings.get(key, [])
        if readings and not has_marks(word):
            return []
        if same_letters := [id for id in readings if self._marked[id]]:
            near = [same_letters]
        else:
            near = [self._readings[one] for one in dict.fromkeys(one_away(key)) if one in self._readings]
            near = [[id for id in readings if _agree(typed, self._words[id])] for readings in near]
        return [id for readings in near for id in readings if not HALF_MARKED.search(self._words[id])]

    def _seen(self, first: int, second: int) -> bool:
        """Whether a pair of words was learned, edges and unknown words aside."""
        if first < FIRST_WORD or second < FIRST_WORD:
            return False
        start, end = self._pair_starts[first], self._pair_starts[first + 1]
        at = bisect_left(self._pairs, second, start, end)
        return at < end and self._pairs[at] == second

    def _slots(self, text: str) -> list[_Slot]:
        found = list(pieces(text))
        capitals = [
            kind == "word" and end - start > 1 and text[start:end].isupper() and fold(text[start:end]) in self._readings
            for kind, start, end in found
        ]
        begins = [kind == "word" and is_name(text, found, at) for at, (kind, _, _) in enumerate(found)]
        # Who writes most words with a capital says nothing by it.
        telling = sum(begins) * 2 < sum(kind == "word" for kind, _, _ in found)
        slots = []
        for at, (kind, start, end) in enumerate(found):
            word = text[start:end]
            marked = kind == "word" and has_marks(word)
            # A lone word in capitals is an abbreviation even if a syllable looks like it ("PAR", "CAN").
            alone = capitals[at] and not (any(capitals[max(at - 1, 0) : at]) or any(capitals[at + 1 : at + 2]))
            open = kind == "word" and not marked and not alone and word not in self._kept
            readings = self._readings.get(fold(word), []) if open else []
            if len(readings) == 1 and not self._marked[readings[0]]:
                open = False
            if not open or not readings:
                open, readings = False, [self._fixed(kind, word)]
            slots.append(_Slot(start, end, readings, open, marked, telling and begins[at]))
        if not found or found[-1][0] != "edge":
            slots.append(_Slot(len(text), len(text), [EDGE], open=False, marked=False, capital=False))
        return slots

    def _fixed(self, kind: Kind, word: str) -> int:
        if kind == "word":
            return self._id.get(old_tones(word).lower(), UNKNOWN)
        return {"edge": EDGE, "number": NUMBER, "code": UNKNOWN}[kind]

    def _cheapest(self, slots: list[_Slot], left_out: float) -> list[int]:
        """A word for every slot. `left_out`: the cost of each mark that the writer would have left out."""
        # A state is (cost, word, the pair that ends in it or _NO_PAIR, the state before).
        states: list[Any] = [(0.0, EDGE, _NO_PAIR, None)]
        triples, triple_starts, triple_costs = self._triples, self._triple_starts, self._triple_costs
        for slot in slots:
            best: dict[tuple[int, int], Any] = {}
            steps: dict[int, list[tuple[int, int, int, float]]] = {}
            for state in states:
                cost, word, pair, _ = state
                if (onward := steps.get(word)) is None:
                    onward = steps[word] = self._steps(word, slot, left_out)
                if pair == _NO_PAIR:
                    first = last = back = 0
                else:
                    first, last = triple_starts[pair], triple_starts[pair + 1]
                    back = self._pair_backs[pair]
                for id, key, step, extra in onward:
                    at = bisect_left(triples, id, first, last)
                    if at < last and triples[at] == id:
                        total = cost + triple_costs[at] + extra
                    else:
                        total = cost + back + step + extra
                    end = (id, key)
                    if (rival := best.get(end)) is None or total < rival[0]:
                        best[end] = (total, id, key, state)
            limit = min(state[0] for state in best.values()) + _BEAM
            states = sorted((state for state in best.values() if state[0] <= limit), key=_cost)[:_MOST_STATES]
        chosen = []
        state = states[0]
        while state[3] is not None:
            chosen.append(state[1])
            state = state[3]
        return chosen[::-1]

    def _steps(self, word: int, slot: _Slot, left_out: float) -> list[tuple[int, int, int, float]]:
        """(reading, its pair with the word or _NO_PAIR, the cost of the pair, the cost of marks left out)."""
        first, last = self._pair_starts[word], self._pair_starts[word + 1]
        found = []
        for id in slot.readings:
            at = bisect_left(self._pairs, id, first, last)
            extra = left_out if slot.open and self._marked[id] else 0.0
            if slot.capital:
                extra += self._capital_costs[id]
            if at < last and self._pairs[at] == id:
                # Nothing reaches across the edge of a sentence.
                found.append((id, _NO_PAIR if id == EDGE else at, self._pair_costs[at], extra))
            else:
                found.append((id, _NO_PAIR, self._word_backs[word] + self._word_costs[id], extra))
        return found


def pieces(text: str) -> Iterator[Piece]:
    """(kind, start, end) of what the model sees of a text, in order; commas, quotes and brackets it does not see.

    >>> [(kind, "So 441/TB-VP, muc 2."[start:end]) for kind, start, end in pieces("So 441/TB-VP, muc 2.")]
    [('word', 'So'), ('code', '441/TB-VP,'), ('word', 'muc'), ('number', '2'), ('edge', '.')]
    """
    for chunk in _CHUNK.finditer(text):
        if _is_code(chunk[0]):
            yield "code", *chunk.span()
            continue
        for found in _PIECE.finditer(text, *chunk.span()):
            yield found.lastgroup, *found.span()  # type: ignore[misc]  # the names of the groups are the kinds


def is_name(text: str, found: Sequence[Piece], at: int) -> bool:
    """Whether a word begins with a capital inside a sentence, and goes on in lower case."""
    _, start, end = found[at]
    return at > 0 and found[at - 1][0] != "edge" and end - start > 1 and text[start:end].istitle()


def _is_code(chunk: str) -> bool:
    """441/TB-VP   14-NQ/TW   30/2020/nd-cp   vanthu@hanoi.gov.vn   chinhphu.vn"""
    if _ADDRESS.search(chunk):
        return True
    return bool(_JOINT.search(chunk) and _DIGIT.search(chunk) and _LETTER.search(chunk))


def _agree(typed: str, meant: str) -> bool:
    """Whether the marks that were typed are those of the word: "chímh" may be "chính", not "chỉnh".

    A word typed without marks agrees with every reading.
    """
    marks = [letter for letter in typed if has_marks(letter)]
    return not marks or marks == [letter for letter in meant if has_marks(letter)]


def _cased(letter: str, like: str) -> str:
    return letter.upper() if like.isupper() else letter


def _cost(state: Any) -> float:
    return float(state[0])


def _array(kind: str, numbers: NDArray[Any]) -> array[int]:
    packed = array(kind)
    packed.frombytes(np.ascontiguousarray(numbers, dtype=np.dtype(kind)).tobytes())
    return packed
