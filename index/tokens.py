"""Words to the tokens of the encoder that ships: subwords, and pairs of neighbouring words that are one token.

The library that learned the tokens splits a text letter by letter; Vietnamese has few thousand syllables, so here each
word is split once and remembered, and only where pairs lie is searched for in every text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from ingest.text import old_tones

if TYPE_CHECKING:
    from tokenizers import Tokenizer

UNKNOWN = 0
_SPACE = "▁"
# Numbers and names are without end, so that words are not remembered for ever.
_MOST_WORDS = 1 << 17


class _Piece(NamedTuple):
    """Tokens of one word or two, and their log probability."""

    tokens: tuple[int, ...]
    score: float
    words: int


class Tokens:
    """A Unigram tokenizer over words, as `bench.train.tokenizer` learns it. Safe to use from several threads."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Raises ValueError for a tokenizer of another kind."""
        tokenizer.no_padding()
        tokenizer.no_truncation()
        model = json.loads(tokenizer.to_str())["model"]
        if model["type"] != "Unigram":
            raise ValueError(f"not a Unigram tokenizer: {model['type']!r}")
        scores = [score for _, score in model["vocab"]]
        self._words = _Words(tokenizer, scores)
        self._pairs: dict[tuple[str, str], _Piece] = {}
        for token, (text, score) in enumerate(model["vocab"]):
            words = text.split(_SPACE)
            if len(words) == 3:  # "▁hành▁chính"
                self._pairs[old_tones(words[1]), old_tones(words[2])] = _Piece((token,), score, 2)

    def of(self, words: Iterable[str]) -> list[int]:
        """The likeliest tokens of words as `ingest.text.syllables` gives them (Viterbi 1967)."""
        known, pairs = self._words, self._pairs
        chosen: list[_Piece] = []  # what the likeliest reading of the words so far ends with
        before = best = 0.0
        last = ""
        for word in words:
            piece = known[word]
            score = best + piece.score
            pair = pairs.get((last, word))
            if pair is not None and before + pair.score > score:
                piece, score = pair, before + pair.score
            chosen.append(piece)
            before, best, last = best, score, word
        read: list[tuple[int, ...]] = []
        at = len(chosen) - 1
        while at >= 0:
            read.append(chosen[at].tokens)
            at -= chosen[at].words
        return list(chain.from_iterable(reversed(read)))


class _Words(dict[str, _Piece]):
    """The tokens of each word, found once."""

    def __init__(self, tokenizer: Tokenizer, scores: list[float]) -> None:
        super().__init__()
        self._tokenizer = tokenizer
        self._scores = scores

    def __missing__(self, word: str) -> _Piece:
        if len(self) >= _MOST_WORDS:
            self.clear()
        tokens = self._tokenizer.encode(word, add_special_tokens=False).ids
        self[word] = found = _Piece(tuple(tokens), sum(self._scores[token] for token in tokens), 1)
        return found
