"""What a question asks for, and how much of it a clause speaks of."""

from __future__ import annotations

from functools import cache

import pytest

from api.answer.coverage import Need, Needs
from api.answer.places import named
from api.answer.question import Slot, read
from index.lexicon import Lexicon
from index.query import Understanding, document_numbers, language_of
from index.restore import Restorer
from ingest.agencies import Register


@pytest.fixture(scope="module")
def understand() -> Understanding:
    """The shipped register and lexicon."""
    return Understanding(
        register=Register.load(),
        lexicon=Lexicon.load(),
        abbreviations={"CCHC": "cải cách hành chính"},
        restorer=cache(Restorer.load),
    )


@pytest.mark.parametrize(
    ("question", "slots"),
    [
        ("Sở Tài chính được giao nhiệm vụ gì, hạn khi nào?", {Slot.DUTIES, Slot.DEADLINE}),
        ("so tai chinh duoc giao gi va han khi nao", {Slot.DUTIES, Slot.DEADLINE}),
        ("What is the Department of Finance assigned and by when?", {Slot.DUTIES, Slot.DEADLINE}),
        ("Đơn vị nào chủ trì?", {Slot.WHO}),
        ("Which body leads the survey?", {Slot.WHO}),
        ("Những văn bản nào nói đến chữ ký số?", {Slot.DOCUMENTS}),
        ("Which documents mention it?", {Slot.DOCUMENTS}),
        ("Tỷ lệ hồ sơ đúng hạn là bao nhiêu?", {Slot.FIGURE}),
        ("How many units were rated Good?", {Slot.FIGURE}),
        ("Vì sao chậm?", {Slot.REASON}),
        ("Chủ đề năm 2022 là gì?", set()),
    ],
)
def test_slots_are_read(understand: Understanding, question: str, slots: set[Slot]) -> None:
    """What an answer must hold to be one."""
    found = read(understand(question)).slots
    assert slots <= found
    assert not ({Slot.REASON, Slot.FIGURE, Slot.DOCUMENTS} - slots) & found


@pytest.mark.parametrize(
    ("question", "general"),
    [
        ("Sở Tài chính được giao nhiệm vụ gì, hạn khi nào?", True),
        ("so tai chinh duoc giao gi va han khi nao", True),
        ("What is the Department of Finance assigned and by when?", True),
        ("What is due in October 2022?", True),
        ("Sở Tài chính được giao nhiệm vụ gì về tự chủ tài chính?", False),
        ("What must the Department of Finance do about public assets?", False),
    ],
)
def test_a_question_without_a_subject_asks_for_everything(
    understand: Understanding, question: str, general: bool
) -> None:
    """Beyond body, day and the words that ask, is there a subject?"""
    assert read(understand(question)).general is general


def test_a_frame_says_where_to_look(understand: Understanding) -> None:
    """Bodies and days of the frame are not those of the question proper."""
    asked = read(understand("Theo kết luận của Chủ tịch UBND TP Hà Nội tháng 8/2022, Sở Nội vụ phải làm gì?"))
    assert asked.bodies == ("Sở Nội vụ",)
    assert not asked.days
    assert len(asked.frame_days) == 1


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("so tai chinh duoc giao gi va han khi nao", "vi"),
        ("Sở Tài chính", "vi"),
        ("What is the Department of Finance assigned and by when?", "en"),
        ("Which documents mention Papi?", "en"),
        ("Who must report to Sở Nội vụ before 15/11/2024?", "en"),  # a Vietnamese name in an English question
        ("don vi nao phai ket noi che do bao cao", "vi"),
        ("CCHC", "vi"),
    ],
)
def test_the_language_of_a_question(text: str, language: str) -> None:
    """Marks decide where there are any; the shapes of words where there are none."""
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Theo 441/TB-VP thì sao?", ("441/TB-VP",)),
        ("Kế hoạch 214 giao gì?", ("214",)),
        ("ke hoach so 214 giao gi", ("214",)),
        ("What does Plan 214/KH-UBND require?", ("214/KH-UBND",)),
        ("Có 22 đơn vị?", ()),
        ("năm 2022", ()),
    ],
)
def test_documents_are_named_by_number(text: str, numbers: tuple[str, ...]) -> None:
    """Whole numbers, or the serial after a type."""
    assert document_numbers(text) == numbers


def test_needs_weigh_what_they_find() -> None:
    """A need is met by its strongest rendering; rare needs weigh more."""
    needs = Needs(
        needs=(
            Need(renderings=(("tự_chủ", 1.0),), weight=3.0),
            Need(renderings=(("ngân_sách", 0.5), ("kinh_phí", 1.0)), weight=1.0),
        ),
        folded=False,
    )
    assert needs.met("đơn vị tự chủ về kinh phí") == 1.0
    assert needs.met("tự chủ về ngân sách") == pytest.approx(0.875)
    assert needs.met("không có gì") == 0.0
    assert Needs(needs=(), folded=False).met("bất kỳ") == 1.0


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Sở Nội vụ Hà Nội", {"ha noi"}),
        ("TP.HCM và Hanoi", {"ho chi minh", "ha noi"}),
        ("UBND tỉnh Đắk Lắk", {"dak lak"}),
        ("District 1", {"quan 1"}),
        ("10 phường", set()),
    ],
)
def test_provinces_are_known_by_all_their_names(text: str, places: set[str]) -> None:
    """A question about Hà Nội is not answered from another province."""
    assert named(text) == places
