"""What counts as found: clauses, bodies, documents."""

from __future__ import annotations

import pytest

from api.evaluate.gold import Gold
from api.evaluate.match import flat, same_clause, same_document
from bench.evaluate.match import bodies_named, office


@pytest.mark.parametrize(
    ("found", "wanted", "same"),
    [
        ("II.5.2", "II.5.2", True),
        ("II.5.2.a", "II.5.2", True),  # beneath it
        ("II.5", "II.5.2", False),  # above it says too little
        ("II.5.21", "II.5.2", False),
        ("1.-4", "1.-3", True),  # bullets count as the clause that they stand in
        ("5(2)", "5", True),  # a label printed twice
        ("Điều 5.2.a", "Điều 5.2", True),
        ("preamble", "preamble", True),
        ("preamble", "1", False),
        (None, "1", False),
    ],
)
def test_a_clause_is_found_when_it_or_one_beneath_it_is(found: str | None, wanted: str, same: bool) -> None:
    """Bullets and repeated labels count as the clause that they stand in."""
    assert same_clause(found, wanted) is same


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Giám đốc Sở Tài chính", "so tai chinh"),
        ("Chủ tịch Ủy ban nhân dân các quận, huyện", "ubnd cac quan huyen"),
        ("Thủ trưởng các sở, ban, ngành", "so ban nganh"),
        ("đồng chí Phó Chủ tịch UBND thành phố Huế", "ubnd tp hue"),
        ("Sở Giám đốc", "so giam doc"),  # a title inside a name is none
    ],
)
def test_the_holder_stands_for_the_office(name: str, key: str) -> None:
    """Titles fall off, and the common words of names have one form."""
    assert office(name) == key


@pytest.mark.parametrize(
    ("found", "wanted", "share"),
    [
        (["Sở Tài chính"], ["Giám đốc Sở Tài chính"], 1.0),
        (["UBND các xã"], ["Ủy ban nhân dân các xã", "Sở Y tế"], 0.5),
        (["Văn phòng UBND Thành phố Hà Nội"], ["Văn phòng UBND TP"], 1.0),  # one name within the other
        (["Sở"], ["Sở Tài chính"], 0.0),  # too short to mean anything
        ([], ["Sở Tài chính"], 0.0),
    ],
)
def test_bodies_are_found_under_any_form_of_their_name(found: list[str], wanted: list[str], share: float) -> None:
    """The share is of the bodies wanted."""
    assert bodies_named(found, wanted) == share


def _gold(number: str | None) -> Gold:
    return Gold(
        id="s001",
        file="001_473d.txt",
        title="Tiếp tục nêu gương trong đẩy mạnh CCHC của Thành phố",
        metadata={"number": number} if number else {},
        clauses=(),
        assignments=(),
        questions=(),
    )


@pytest.mark.parametrize(
    ("found", "number", "same"),
    [
        ({"source": "001_473d.md"}, None, True),
        ({"source": "s001.pdf"}, None, True),
        ({"source": "x.txt", "document_title": "tiếp tục nêu gương trong đẩy mạnh CCHC của thành phố"}, None, True),
        ({"source": "x.txt", "document_title": "Tiếp tục nêu gương"}, None, False),  # too short to tell
        ({"source": "x.txt", "document_number": "441 / TB-VP"}, "441/TB-VP", True),
        ({"source": "x.txt", "document_number": "44/TB-VP"}, "441/TB-VP", False),
        ({"source": "x.txt", "document_number": None}, None, False),
    ],
)
def test_a_document_is_known_by_file_number_or_title(found: dict[str, str], number: str | None, same: bool) -> None:
    """A title decides only where there is no number, and only when it is long."""
    assert same_document(found, _gold(number)) is same


def test_emphasis_case_and_white_space_do_not_matter_to_strings() -> None:
    """Documents from Markdown keep their asterisks and line breaks."""
    assert flat("đạt **mức “Hoàn\n thành”**  ") == "đạt mức “hoàn thành”"
