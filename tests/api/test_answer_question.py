"""What a question asks for, and how much of it a clause speaks of."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from api.answer.coverage import Need, Needs
from api.answer.evidence import has_figure
from api.answer.places import named
from api.answer.question import Slot, read
from index.lexicon import Lexicon
from index.query import Understanding, document_numbers, language_of
from index.restore import Restorer
from ingest.agencies import Register

TODAY = date(2024, 5, 15)  # a Wednesday


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
    found = read(understand(question), TODAY).slots
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
    assert read(understand(question), TODAY).general is general


def test_a_frame_says_where_to_look(understand: Understanding) -> None:
    """Bodies and days of the frame are not those of the question proper."""
    asked = read(understand("Theo kết luận của Chủ tịch UBND TP Hà Nội tháng 8/2022, Sở Nội vụ phải làm gì?"), TODAY)
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


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("Tháng này Sở Y tế phải làm gì?", date(2024, 5, 1), date(2024, 5, 31)),
        ("thang toi So Y te phai lam gi", date(2024, 6, 1), date(2024, 6, 30)),
        ("Tuần sau đơn vị nào phải báo cáo?", date(2024, 5, 20), date(2024, 5, 26)),
        ("Quý tới Sở Y tế được giao gì?", date(2024, 7, 1), date(2024, 9, 30)),
        ("Who must report next year?", date(2025, 1, 1), date(2025, 12, 31)),
        ("Trong 30 ngày tới Sở Y tế phải làm gì?", date(2024, 5, 15), date(2024, 6, 14)),
        ("Từ nay đến cuối năm ai phải báo cáo?", date(2024, 5, 15), date(2024, 12, 31)),
        ("Sở Y tế có nhiệm vụ nào sắp đến hạn?", date(2024, 5, 15), date(2024, 5, 29)),
    ],
)
def test_days_count_from_the_one_it_is_asked_on(
    understand: Understanding, question: str, first: date, last: date
) -> None:
    """Both ends belong to the period."""
    (day,) = read(understand(question), TODAY).days
    assert (day.first, day.last) == (first, last)


def test_overdue_is_whatever_was_due_before(understand: Understanding) -> None:
    """Up to yesterday, and it asks for tasks."""
    asked = read(understand("Nhiệm vụ nào của Sở Y tế đã quá hạn?"), TODAY)
    assert [day.last for day in asked.days] == [date(2024, 5, 14)]
    assert Slot.TASKS in asked.slots


@pytest.mark.parametrize(
    "question",
    [
        "Hồ sơ trễ hạn bị phạt bao nhiêu tiền?",  # a fine, no list of tasks
        "Tháng sáu Sở Y tế phải làm gì?",  # June
        "Kế hoạch năm nay có chủ đề gì?",  # nobody's tasks
    ],
)
def test_other_words_count_from_no_day(understand: Understanding, question: str) -> None:
    """They only look like it."""
    assert not read(understand(question), TODAY).counted


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("Có bao nhiêu hồ sơ được giải quyết?", ("ho",)),
        ("How many small enterprises were inspected?", ("enterprises",)),
        ("Tỷ lệ là bao nhiêu phần trăm?", ()),
        ("Kế hoạch tốn bao nhiêu tiền?", ()),
    ],
)
def test_what_is_counted_is_read(understand: Understanding, question: str, units: tuple[str, ...]) -> None:
    """The noun behind "bao nhiêu" and "how many"; shares and sums of money have none."""
    assert read(understand(question), TODAY).units == units


def test_a_body_is_counted_under_any_word_for_bodies(understand: Understanding) -> None:
    """ "Bao nhiêu cơ quan?" is answered by "12 đơn vị"."""
    assert {"don vi", "so"} <= set(read(understand("Có bao nhiêu cơ quan được khen?"), TODAY).units)


@pytest.mark.parametrize(
    ("text", "is_money"),
    [
        ("Tổng kinh phí 7.500.000.000 đồng.", True),
        ("Khoảng 45 tỷ đồng", True),
        ("Đến năm 2030, tỷ lệ thu gom đạt mức cao", False),  # a year, and a share
        ("Tỷ trọng năm 2030 tỷ trọng", False),
    ],
)
def test_a_sum_of_money_has_its_unit(understand: Understanding, text: str, is_money: bool) -> None:
    """ "tỷ" of "tỷ lệ" is no billion."""
    asked = read(understand("Kế hoạch tốn bao nhiêu tiền?"), TODAY)
    assert has_figure(asked, text) is is_money


def test_a_kind_of_body_is_asked_for(understand: Understanding) -> None:
    """Whoever is asked for by kind must be of that kind; any unit of the administration goes by many names."""
    assert read(understand("Công ty nào trúng thầu?"), TODAY).kind == "cong ty"
    assert read(understand("Which private company won the contract?"), TODAY).kind == "cong ty"
    assert read(understand("Đơn vị nào chủ trì?"), TODAY).kind is None
