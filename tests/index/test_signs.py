"""Signs: what a close reading says of a passage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from index.encoder import shipped
from index.meaning import Meaning
from index.model import Query, Term
from index.signs import NAMES, Candidates, signs
from index.texts import Notes, Texts
from index.words import Indexed, tokens

# Every two words are a little near to each other, and every text has a length.
UNCERTAIN = {"length", "meaning held", "heading meant"}


def _signs(question: str | Query, *texts: str, contexts: Sequence[str] = ()) -> list[Mapping[str, float]]:
    """The signs of each text, each syllable as rare as the next."""
    contexts = contexts or [""] * len(texts)
    notes = Notes(Texts.empty(), shipped().tokens.of)
    for key, (text, context) in enumerate(zip(texts, contexts, strict=True)):
        list(notes.of([Indexed(passage=key, document=1, text=text, context=context)]))
    held = notes.texts()
    keys = np.arange(len(texts))
    nothing = np.zeros(len(texts))
    table = signs(
        Candidates(passages=keys, words=nothing, vector=nothing),
        held.excerpt(keys),
        _query(question, *(Term(text=token) for token in tokens(question))) if isinstance(question, str) else question,
        meaning=Meaning(shipped()),
        rarity=lambda term: 1.0,
        mean_length=held.mean_length,
    )
    assert table.shape == (len(texts), len(NAMES))
    return [dict(zip(NAMES, row.tolist(), strict=True)) for row in table]


def _query(text: str, *terms: Term) -> Query:
    return Query(text=text, language="vi", exact=terms, folded=())


def test_the_share_of_the_question_that_a_text_holds() -> None:
    """Syllables and pairs of neighbours, each counted once however often they stand there."""
    whole, half, none = _signs("cấp giấy phép", "Cấp giấy phép", "giấy giấy phép giấy phép", "nghỉ lễ")
    assert (whole["syllables held"], whole["pairs held"]) == (1, 1)
    assert half["syllables held"] == pytest.approx(2 / 3)
    assert half["pairs held"] == pytest.approx(1 / 2)
    assert not any(value for name, value in none.items() if name not in UNCERTAIN)


def test_neighbours_are_in_one_line() -> None:
    """The end of a line parts a pair, and so does the end of a passage."""
    for row in _signs("giấy phép", "giấy\nphép", "giấy", "phép"):
        assert row["pairs held"] == row["run"] == 0


def test_the_first_line_of_the_own_text_is_the_heading() -> None:
    """Not the context; what it says beyond the question counts against it."""
    exact, wider, below, above = _signs(
        "giấy phép",
        "Giấy phép\ncấp",
        "Giấy phép lái xe\ncấp",
        "Cấp\ngiấy phép",
        "Cấp\nthẻ",
        contexts=("", "", "", "Giấy phép"),
    )
    assert (exact["pairs in heading"], exact["heading said"]) == (1, 1)
    assert (wider["pairs in heading"], wider["heading said"]) == (1, 0.5)
    assert (below["syllables in heading"], below["heading said"]) == (0, 0)
    assert above["syllables in heading"] == 0
    assert above["pairs held"] == 1


def test_terms_that_stand_in_one_line_say_more() -> None:
    """The best line counts."""
    together, apart = _signs("hồ sơ cấp thẻ", "x\nhồ sơ cấp thẻ", "hồ sơ\nđề nghị\ncấp thẻ")
    assert (together["syllables in a line"], together["pairs in a line"]) == (1, 1)
    assert apart["syllables in a line"] == pytest.approx(1 / 2)
    assert apart["pairs in a line"] == pytest.approx(1 / 3)


def test_the_longest_run_of_the_question() -> None:
    """As a share of its syllables."""
    whole, part = _signs("hồ sơ cấp thẻ", "nộp hồ sơ cấp thẻ", "hồ sơ xin cấp thẻ")
    assert (whole["run"], part["run"]) == (1, 0.5)


def test_weights_and_rarity_decide_what_counts() -> None:
    """A translation with a small share says little."""
    row, other = _signs(_query("thẻ cấp", Term(text="thẻ", weight=0.9), Term(text="cấp", weight=0.1)), "thẻ", "cấp")
    assert row["syllables held"] == pytest.approx(0.9)
    assert other["syllables held"] == pytest.approx(0.1)


def test_pairs_whose_syllables_are_no_terms_are_found() -> None:
    """The lexicon names pairs alone."""
    (row,) = _signs(_query("giấy phép", Term(text="giấy_phép", weight=0.4)), "một giấy phép")
    assert row["pairs held"] == 1
    assert row["syllables held"] == 0


@pytest.mark.parametrize("texts", [(), ("",), ("", "", ""), ("nghỉ lễ", "")])
def test_nothing_to_read_gives_no_signs(texts: tuple[str, ...]) -> None:
    """Empty texts are texts."""
    for row in _signs("thẻ", *texts):
        assert not any(value for name, value in row.items() if name not in UNCERTAIN)
