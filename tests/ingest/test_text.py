"""Vietnamese text in one normal form."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text import fold, has_marks, nfc, old_tones, squeeze, syllables

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹỳýỷỹỵ AĐƯỦ.,"
VIETNAMESE = st.text(alphabet=st.sampled_from(LETTERS), max_size=40)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Uỷ ban", "Ủy ban"),  # the most frequent word with two spellings
        ("hoà giải", "hòa giải"),
        ("khoẻ", "khỏe"),
        ("thuỷ sản", "thủy sản"),
        ("UỶ BAN", "ỦY BAN"),
        ("quý", "quý"),  # u belongs to qu: the tone stays on y
        ("toàn", "toàn"),  # a coda follows: one placement only
        ("ngoài", "ngoài"),
    ],
)
def test_a_tone_has_one_place(typed: str, expected: str) -> None:
    """hoà and hòa are one word."""
    assert old_tones(typed) == expected
    assert old_tones(unicodedata.normalize("NFD", typed)) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("Đề nghị Ủy ban", "de nghi uy ban"), ("ƯỞNG", "uong"), ("18/8/2022 “x”", "18/8/2022 “x”")]
)
def test_folding_drops_marks_and_keeps_the_rest(text: str, expected: str) -> None:
    """Text typed without marks is found under the folded key; đ is a letter that NFD leaves alone."""
    assert fold(text) == expected


@given(VIETNAMESE)
def test_folding_does_not_depend_on_composition(text: str) -> None:
    """NFC and NFD fold to the same key, and folding twice changes nothing."""
    assert fold(nfc(text)) == fold(unicodedata.normalize("NFD", text))
    assert fold(fold(text)) == fold(text)
    assert not has_marks(fold(text))


@given(VIETNAMESE)
def test_folding_keeps_the_length_of_composed_text(text: str) -> None:
    """Offsets found in folded text are offsets of the NFC text."""
    assert len(fold(nfc(text))) == len(nfc(text))


@given(VIETNAMESE)
def test_tones_are_placed_once(text: str) -> None:
    """Normalising is idempotent and loses no mark."""
    once = old_tones(text)
    assert old_tones(once) == once
    assert fold(once) == fold(text)


def test_syllables_are_what_a_reader_would_count() -> None:
    """Punctuation and the parts of a number part syllables."""
    assert syllables("Uỷ ban, số 441/TB-VP") == ["ủy", "ban", "số", "441", "tb", "vp"]
    assert squeeze(" a \n\t b ") == "a b"
