"""Registered names as a tree of syllables, found in text in one pass with one or two damaged letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.agencies import words
from ingest.agencies.agency import Agency
from ingest.agencies.units import Gap, Syllable, syllables
from ingest.text import fold

# Dropped from names and skipped between the syllables of a name: "Văn hoá, Thể thao & Du lịch".
_CONNECTORS = frozenset((",", "-", "&", "/", "và", "va", "and", "'", "’"))
# Words of grammar and of places are never read as damaged: "Công an các xã" is not "Công an cấp xã".
_SOUND = frozenset(fold(word) for word in words.JOINTS | words.TIERS | words.COMMUNE_LEVELS | {"cấp", "theo"})
_MIN_DAMAGED_NAME = 3
_SYLLABLES_PER_DAMAGE = 4
_MIN_DAMAGED_SYLLABLE = 3


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    names: list[tuple[tuple[str, ...], Agency]] = field(default_factory=list)


class Names:
    """The names of agencies. `match` finds the longest that begins at a syllable."""

    def __init__(self, entries: Iterable[tuple[str, Agency]]) -> None:
        self._root = _Node()
        for name, agency in entries:
            keys = tuple(s.key for s in syllables(name) if s.key not in _CONNECTORS)
            node = self._root
            for key in keys:
                node = node.children.setdefault(fold(key), _Node())
            if not any(known is agency for _, known in node.names):
                node.names.append((keys, agency))

    def begins(self, key: str) -> bool:
        """Whether a name begins with this syllable."""
        return fold(key) in self._root.children

    def match(
        self, text: Sequence[Syllable], start: int, *, bare: bool = False, exact: bool = False
    ) -> tuple[Agency, int] | None:
        """The agency with the longest name at `start` and the index after it, or null.

        With `bare` the text carries no marks and any name that folds to it fits. A name of three syllables
        or more may have one damaged letter or mark, a longer one two; with `exact`, none.
        """
        best: tuple[Agency, int] | None = None
        node = self._root
        keys: list[str] = []
        damaged: int | None = None  # which syllable of the name has a damaged letter
        index = start
        while index < len(text):
            syllable = text[index]
            if keys and syllable.gap is Gap.PARAGRAPH:
                break
            if syllable.key in _CONNECTORS:
                if not keys or index + 1 >= len(text):
                    break
                index += 1
                continue
            key = fold(syllable.key)
            child = node.children.get(key)
            if child is None:
                open_to_damage = not (bare or exact) and damaged is None and bool(keys) and key not in _SOUND
                near = _near(key, node.children) if open_to_damage else None
                if near is None:
                    break
                child = node.children[near]
                damaged = len(keys)
            node = child
            keys.append(syllable.key)
            index += 1
            for name, agency in node.names:
                if damaged == len(keys) - 1 and len(keys) < _SYLLABLES_PER_DAMAGE:
                    break  # a short name that differs at its end is another name: Tổng cục Thủy sản, Thuế
                if bare or _fits(keys, name, exact=exact):
                    best = (agency, index)
                    break
        return best


def _fits(keys: Sequence[str], name: Sequence[str], *, exact: bool) -> bool:
    differences = sum(key != other for key, other in zip(keys, name, strict=True))
    if not differences:
        return True
    if exact or len(name) < _MIN_DAMAGED_NAME:
        return False
    return differences <= 1 + (len(name) > _SYLLABLES_PER_DAMAGE)


def _near(key: str, candidates: Iterable[str]) -> str | None:
    for candidate in candidates:
        if max(len(key), len(candidate)) >= _MIN_DAMAGED_SYLLABLE and _one_edit(key, candidate):
            return candidate
    return None


def _one_edit(left: str, right: str) -> bool:
    if abs(len(left) - len(right)) > 1:
        return False
    if len(left) > len(right):
        left, right = right, left
    for index, letter in enumerate(left):
        if letter != right[index]:
            rest = index + (len(left) == len(right))
            return left[rest:] == right[index + 1 :]
    return True
