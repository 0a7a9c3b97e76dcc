"""Tokens: words split once, pairs where they are likelier."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tokenizers import Tokenizer
from tokenizers.models import Unigram, WordLevel
from tokenizers.pre_tokenizers import Metaspace

from index import encoder
from index.tokens import UNKNOWN, Tokens
from ingest.text import syllables

SHIPPED = Path(encoder.__file__).parent / "weights" / "encoder" / "tokenizer.json"


def _tokenizer(**scores: float) -> Tokenizer:
    tokenizer = Tokenizer(
        Unigram([("<unk>", 0.0), *((name.replace("_", "▁"), one) for name, one in scores.items())], 0)
    )
    tokenizer.pre_tokenizer = Metaspace(split=False)
    return tokenizer


def test_a_pair_is_one_token_where_that_is_likelier() -> None:
    """Of two pairs that share a word the better one stands, for the whole of the words."""
    scores = {"_a": -2.0, "_b": -2.0, "_c": -2.0, "_d": -2.0}
    likely = Tokens(_tokenizer(**scores, _a_b=-3.0, _b_c=-2.5, _c_d=-3.0))
    assert likely.of(["a", "b", "c", "d"]) == [5, 7]
    assert likely.of(["a", "b", "c"]) == [1, 6]
    assert Tokens(_tokenizer(**scores, _a_b=-4.5)).of(["a", "b"]) == [1, 2]
    assert likely.of([]) == []


def test_a_pair_is_two_whole_words() -> None:
    """Letter by letter "gia tố" would begin "gia tốc"."""
    scores = {"_gia": -6.2, "_tốc": -9.6, "_gia_tố": -10.4, "c": -4.8}
    tokenizer = _tokenizer(**scores)
    assert tokenizer.encode("gia tốc").ids == [3, 4]
    assert Tokens(tokenizer).of(["gia", "tốc"]) == [1, 2]


def test_the_tokens_are_those_of_the_library() -> None:
    """But for words that begin like the second of a pair."""
    tokenizer = Tokenizer.from_file(str(SHIPPED))
    tokens = Tokens(Tokenizer.from_file(str(SHIPPED)))
    for text in (
        "Sở Nội vụ chủ trì, tham mưu UBND Thành phố ban hành Kế hoạch cải cách hành chính năm 2023.",
        "Which department must report on administrative reform?",
        "Hoà giải ở cơ sở, thuỷ lợi; 441/TB-VP",
    ):
        assert tokens.of(syllables(text)) == tokenizer.encode(text, add_special_tokens=False).ids


def test_what_no_token_spells_is_unknown() -> None:
    """Of any script."""
    assert set(encoder.shipped().tokens.of(["漢字"])) >= {UNKNOWN}


def test_other_tokenizers_are_refused() -> None:
    """They split otherwise."""
    with pytest.raises(ValueError, match="WordLevel"):
        Tokens(Tokenizer(WordLevel({"a": 0}, unk_token="a")))


def test_the_vocabulary_fits_the_index() -> None:
    """Texts keep tokens in 16 bits."""
    assert len(json.loads(SHIPPED.read_text(encoding="utf-8"))["model"]["vocab"]) < 1 << 16
