"""Which Vietnamese words stand beside each other, and how often: what tells a misread word from a rare one.

Counted over statutes and other Vietnamese texts by `python -m bench.train.phrases`, which writes
`weights/phrases.npz`: counts only. Numbers are one word, and so are signs and line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ingest.model import IngestError
from ingest.text import old_tones

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE = "phrases.npz"
UNKNOWN, EDGE, NUMBER = range(3)
"""The first words of a table: any word that is in no table, a sign or the end of a line, any number."""
FIRST_WORD = 3
MOST_TIMES = 65_535
"""Counts in rows beyond it are kept as it: they are all frequent."""

_TOKEN = re.compile(r"(?P<word> [^\W\d_]+ ) | (?P<number> \d[\d./,-]* ) | [^\s\w] | [\n\0]", re.VERBOSE)

Token = re.Match[str]


def tokens(text: str) -> Iterator[Token]:
    """Words, numbers and edges in their order."""
    return _TOKEN.finditer(text)


def is_word(token: Token) -> bool:
    """Whether a piece of text is a word, and no number or edge."""
    return token.lastgroup == "word"


def is_number(token: Token) -> bool:
    """Whether a piece of text is a number."""
    return token.lastgroup == "number"


class Phrases:
    """Words in lower case (tones as `old_tones` places them), pairs and triples of them, with counts."""

    def __init__(self, arrays: dict[str, NDArray[Any]]) -> None:
        import numpy as np

        self.words: list[str] = str(bytes(arrays["words"]), "utf-8").split("\n")
        self._ids = {word: id for id, word in enumerate(self.words) if id >= FIRST_WORD}
        self._times = arrays["times"].tolist()
        firsts = np.repeat(np.arange(len(self.words), dtype=np.int64), arrays["pair_counts"])
        self._pairs = firsts << 16 | arrays["pairs"]
        self._pair_times = arrays["pair_times"]
        before = np.repeat(np.arange(len(self._pairs), dtype=np.int64), arrays["triple_counts"])
        self._triples = before << 16 | arrays["triples"]
        self._triple_times = arrays["triple_times"]

    def id(self, word: str) -> int:
        """The id of a word in lower case, UNKNOWN where no text had it."""
        return self._ids.get(word, UNKNOWN)

    def id_of(self, token: Token) -> int:
        """The id of a piece of text in lower case."""
        kind = token.lastgroup
        return self._ids.get(token[0], UNKNOWN) if kind == "word" else NUMBER if kind == "number" else EDGE

    def times(self, word: str) -> int:
        """How often a word stands in all the texts."""
        id = self._ids.get(word)
        return 0 if id is None else int(self._times[id])

    def pair(self, first: int, second: int) -> int:
        """How often two words stand beside each other; 0 for once, and for UNKNOWN."""
        place = _place(self._pairs, first << 16 | second)
        return 0 if place is None else int(self._pair_times[place])

    def triple(self, first: int, second: int, third: int) -> int:
        """How often three words stand in a row; 0 for a few times."""
        before = _place(self._pairs, first << 16 | second)
        place = None if before is None else _place(self._triples, before << 16 | third)
        return 0 if place is None else int(self._triple_times[place])

    def pair_times(self, ids: NDArray[Any]) -> NDArray[Any]:
        """`pair` of every two neighbours in a row of ids."""
        import numpy as np

        keys = ids[:-1].astype(np.int64) << 16 | ids[1:]
        places = np.minimum(np.searchsorted(self._pairs, keys), len(self._pairs) - 1)
        times: NDArray[Any] = np.where(self._pairs[places] == keys, self._pair_times[places], 0)
        return times


def _place(keys: NDArray[Any], key: int) -> int | None:
    place = int(keys.searchsorted(key))
    return place if place < len(keys) and keys[place] == key else None


@cache
def shipped() -> Phrases:
    """The table that ships, read once in a process. Raises IngestError, with the command that mends it."""
    # numpy takes a tenth of a second that only reading documents should pay
    import numpy as np

    path = files("ingest") / "weights" / FILE
    try:
        with path.open("rb") as file, np.load(file) as held:
            return Phrases({name: held[name] for name in held.files})
    except (OSError, ValueError, KeyError) as error:
        raise IngestError(
            f"no table of phrases in {str(path)!r}: reinstall chidao, or run `python -m bench.train.phrases`"
        ) from error


def key(text: str) -> str:
    """A text as the table counts it, letter for letter: its length and its places stay."""
    placed = old_tones(text).lower()
    return placed if len(placed) == len(text) else text.lower() if len(text.lower()) == len(text) else text
