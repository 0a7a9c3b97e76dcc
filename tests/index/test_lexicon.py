"""English questions become weighted Vietnamese terms; codes and names stay."""

from __future__ import annotations

import math
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexicon import ENGLISH_STOP_WORDS, SHIPPED, Lexicon, written
from index.model import IndexFailure
from ingest.text import syllables

TABLE = "".join(
    sorted(
        [
            "plan\thoạch\t0.250\n",
            "plan\tkế_hoạch\t0.500\n",
            "plans\tkế_hoạch\t0.400\n",
            "par\tngang\t0.300\n",
            "study\tnghiên_cứu\t0.600\n",
            "home\tnhà\t0.700\n",
            "zoning\tphân_khu\t0.500\n",
        ],
        key=str.encode,
    )
)
LAW = "study\tkhảo sát\nlong\t-\t0\ndeadline\tngày cuối\n"
EXTRA = """# a comment

department of home affairs\tSở Nội vụ
deadline\tthời hạn\t0.5
deadline\thoàn thành\t0.5
take the lead\tchủ trì
"""


# Beside what is written by hand the learned translation keeps its part.
STUDY = {"khảo": 0.65 / 3, "sát": 0.65 / 3, "khảo_sát": 0.65 / 3, "nghiên_cứu": 0.35}


@pytest.fixture(scope="module")
def shipped() -> Lexicon:
    return Lexicon.load()


@pytest.fixture
def lexicon(tmp_path: Path) -> Lexicon:
    (tmp_path / "lexicon.tsv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "lexicon.law.tsv").write_text(LAW, encoding="utf-8")
    (tmp_path / "lexicon.extra.tsv").write_text(EXTRA, encoding="utf-8")
    return Lexicon.load(tmp_path)


def weights(lexicon: Lexicon, question: str) -> dict[str, float]:
    return {term.text: term.weight for term in lexicon.translate(question)}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("plan", {"kế_hoạch": 2 / 3, "hoạch": 1 / 3}),
        ("Which plan?", {"kế_hoạch": 2 / 3, "hoạch": 1 / 3}),  # stop words say nothing
        ("the plan of the plan", {"kế_hoạch": 4 / 3, "hoạch": 2 / 3}),  # said twice, weighs twice
        ("plans", {"kế_hoạch": 1.0}),  # listed as it stands
        ("planned", {"kế_hoạch": 2 / 3, "hoạch": 1 / 3}),  # its ending off, the consonant single
        ("studies", STUDY),
        ("studied", STUDY),
        ("studying", STUDY),
        ("how long", {}),  # a word that says nothing
        ("in LONG", {"long": 1.0}),  # unless it is a name
        ("ZONING", {"zoning": 0.5, "phân_khu": 1.0}),  # capitals may be an acronym, the word may be meant
        ("frobnicate", {"frobnicate": 1.0}),  # unknown: perhaps a name in the text
        ("in 2022", {"2022": 1.0}),
        ("What is Par?", {"par": 0.5, "ngang": 1.0}),  # a name that is also a word
        ("Par is what?", {"ngang": 1.0}),  # a capital at the start says nothing
        ("Papi", {"papi": 1.0}),
        ("on Quang Nam", {"quang": 1.0, "nam": 1.0, "quang_nam": 1.0}),  # names stay beside each other
        ("by 214/KH-UBND", {"214": 1, "kh": 1, "ubnd": 1, "214_kh": 1, "kh_ubnd": 1, "214/kh-ubnd": 1}),
        ("", {}),
        ("?!", {}),
        ("who must do it by when", {}),
    ],
)
def test_a_question_becomes_terms(lexicon: Lexicon, question: str, expected: dict[str, float]) -> None:
    assert weights(lexicon, question) == pytest.approx(expected, abs=1e-4)


def test_the_longest_key_wins(lexicon: Lexicon) -> None:
    """ "home" in the name of a department is no house; the phrase weighs the root of its content words."""
    found = weights(lexicon, "the Department of Home Affairs plan")
    assert "nhà" not in found
    assert {"sở", "nội", "vụ", "sở_nội", "nội_vụ"} < set(found)
    assert sum(found[term] for term in ("sở", "nội", "vụ", "sở_nội", "nội_vụ")) == pytest.approx(
        math.sqrt(3), abs=0.001
    )
    assert found["kế_hoạch"] == pytest.approx(2 / 3, abs=1e-4)


@pytest.mark.parametrize("question", ["who takes the lead", "taking the lead", "take the leads"])
def test_a_phrase_is_found_with_other_endings(lexicon: Lexicon, question: str) -> None:
    assert {"chủ", "trì", "chủ_trì"} == set(weights(lexicon, question))


@pytest.mark.parametrize("slip", ["deadlne", "deadlinee", "dedaline", "deadlime"])
def test_a_slip_of_one_letter_is_the_word_it_was_meant_for(lexicon: Lexicon, slip: str) -> None:
    assert lexicon.respell(f"The {slip}'s plan?") == "The deadline's plan?"


@pytest.mark.parametrize("text", ["Deadlne", "DEADLINES", "deeedline", "stdy", "deadlne7", "deadlines", "Kế hoạch", ""])
def test_names_short_words_listed_ones_and_those_far_from_all_stay(lexicon: Lexicon, text: str) -> None:
    assert lexicon.respell(text) == text


def test_a_long_word_with_a_capital_is_righted_and_keeps_it(shipped: Lexicon) -> None:
    assert shipped.respell("the Deparment of Finance, Hanoi") == "the Department of Finance, Hanoi"


def test_a_correction_wins(lexicon: Lexicon, tmp_path: Path) -> None:
    """A correction takes the place of all that was learned for the word and its plural."""
    (tmp_path / "lexicon.extra.tsv").write_text("plan\tđề án\n", encoding="utf-8")
    corrected = Lexicon.load(tmp_path)
    for question in ("plan", "plans"):
        assert set(weights(corrected, question)) == {"đề", "án", "đề_án"}


def test_several_lines_share_a_key(lexicon: Lexicon) -> None:
    found = weights(lexicon, "deadline")
    assert set(found) == {"thời", "hạn", "thời_hạn", "hoàn", "thành", "hoàn_thành"}
    assert sum(found.values()) == pytest.approx(1, abs=0.001)


def test_a_line_that_cannot_be_read_is_named(lexicon: Lexicon, tmp_path: Path) -> None:
    (tmp_path / "lexicon.extra.tsv").write_text("# one\nplan = kế hoạch\n", encoding="utf-8")
    with pytest.raises(IndexFailure, match=r"line 2: 'plan = kế hoạch'"):
        Lexicon.load(tmp_path)


def test_a_missing_lexicon_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexFailure, match="no lexicon in"):
        Lexicon.load(tmp_path)


def test_every_line_of_a_table_is_found(lexicon: Lexicon) -> None:
    """The binary search finds first, last and only lines."""
    for line in TABLE.splitlines():
        word, term, _ = line.split("\t")
        assert term in dict(lexicon.lookup(word))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who leads administrative reform?", {"cải_cách", "hành_chính", "chủ_trì"}),
        ("disbursement of public investment", {"giải_ngân", "đầu_tư"}),
        ("What is the deadline for the plan?", {"thời_hạn", "kế_hoạch"}),
        ("tasks of the Department of Finance", {"sở_tài", "tài_chính", "nhiệm_vụ"}),
        ("Which wards report monthly?", {"phường", "báo_cáo", "hằng_tháng", "hàng_tháng"}),
        ("vaccination of children", {"tiêm_chủng", "trẻ_em"}),
        ("the one-stop shop and the e-service portal", {"một_cửa", "cổng_dịch", "dịch_vụ"}),
    ],
)
def test_the_shipped_lexicon_speaks_administration(shipped: Lexicon, question: str, expected: set[str]) -> None:
    assert expected <= set(weights(shipped, question))


def test_the_learned_table_is_sorted_and_well_formed() -> None:
    """The search relies on the order; people rely on being able to read it."""
    lines = (files("index") / "weights" / "lexicon.tsv").read_bytes().splitlines(keepends=True)
    assert len(lines) > 50_000
    assert lines == sorted(lines)
    for line in lines:
        word, term, share = line.decode().removesuffix("\n").split("\t")
        assert word == word.lower()
        assert word not in ENGLISH_STOP_WORDS
        assert 0 < float(share) <= 1
        first, *second = term.split("_")
        assert syllables(" ".join((first, *second))) == [first, *second]
        assert len(second) <= 1


@pytest.mark.parametrize("name", ["lexicon.law.tsv", "lexicon.extra.tsv"])
def test_the_shares_written_by_hand_add_up_to_one(name: str) -> None:
    """Otherwise a key would have a translation missing or twice."""
    for key, phrases in written(SHIPPED / name).items():
        assert key == key.lower()
        assert all(syllables(phrase) for phrase, _ in phrases), key
        assert not phrases or sum(share for _, share in phrases) == pytest.approx(1, abs=0.05), key


@given(st.text())
def test_any_text_can_be_asked(text: str) -> None:
    """Terms are what the word index holds, each once, all of positive weight, heaviest first."""
    lexicon = Lexicon(TABLE.encode(), {"study": (("khảo sát", 1.0),)}, {"deadline": (("thời hạn", 1.0),)})
    terms = lexicon.translate(text)
    assert len({term.text for term in terms}) == len(terms)
    assert all(term.weight > 0 for term in terms)
    assert list(terms) == sorted(terms, key=lambda term: (-term.weight, term.text))
