"""Which agency is that: names in real text, names as people type them, and the register itself."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.agencies import Agency, BadRegister, Register
from ingest.text import nfc, squeeze

REGISTER = Register.load()
SHARED = Path(__file__).parents[3] / "shared"
SEEDS = SHARED / "seeds"
GOLD = SHARED / "data" / "dev" / "gold"

FOUND = [
    # a heading that gives an order
    ("Giao Sở Tài chính:", ["Sở Tài chính"]),
    # a line break inside the name
    ("3. Giao Sở Tài\nnguyên và Môi trường:", ["Sở Tài nguyên và Môi trường"]),
    # a paragraph that follows is no part of the name
    ("2. Sở Nội vụ\nTham mưu UBND tỉnh ban hành", ["Sở Nội vụ", "UBND tỉnh"]),
    # a longer name is not taken for the shorter one in it
    ("5. Phòng Tài chính – Kế hoạch Quận 1", ["Phòng Tài chính – Kế hoạch Quận 1"]),
    # nor where the longer one is in no register
    ("Sở Tài chính – Kế hoạch chủ trì", ["Sở Tài chính – Kế hoạch"]),
    # commas inside a name
    ("Sở Văn hóa, Thể thao và Du lịch, Sở Du lịch", ["Sở Văn hóa, Thể thao và Du lịch", "Sở Du lịch"]),
    # a list of departments
    ("Sở Nội vụ, Sở Giáo dục và Đào tạo, Sở Tài chính", ["Sở Nội vụ", "Sở Giáo dục và Đào tạo", "Sở Tài chính"]),
    # "và" joins two bodies
    ("Sở Tư pháp và Sở Nội vụ tham mưu", ["Sở Tư pháp", "Sở Nội vụ"]),
    # three ministries
    (
        "Giao Bộ Tài chính, Bộ Công Thương, Bộ Nông nghiệp và Môi trường theo chức năng",
        ["Bộ Tài chính", "Bộ Công Thương", "Bộ Nông nghiệp và Môi trường"],
    ),
    # the head stands once for all
    ("các Bộ: Tài chính, Nội vụ, Công Thương", ["Bộ Tài chính", "Bộ Nội vụ", "Bộ Công Thương"]),
    # the same, in letters
    ("- Các Bộ: TC, NV, NNMT, CT;", ["Bộ TC", "Bộ NV", "Bộ NNMT", "Bộ CT"]),
    # a resolution or plan named after a ministry belongs to no name
    ("của Bộ trưởng Bộ Công an và Kế hoạch này", ["Bộ trưởng Bộ Công an"]),
    # a verb of action ends a name
    (
        "7. Giao Viện Nghiên cứu phát triển kinh tế - xã hội triển khai ứng dụng công nghệ thông tin",
        ["Viện Nghiên cứu phát triển kinh tế - xã hội"],
    ),
    # the office of a committee is not the committee
    ("Văn phòng UBND Thành phố tổng hợp", ["Văn phòng UBND Thành phố"]),
    # two bodies of a district
    (
        "3. Văn phòng Ủy ban nhân dân Quận 1, Trung tâm Công nghệ Thông tin Quận 1",
        ["Văn phòng Ủy ban nhân dân Quận 1", "Trung tâm Công nghệ Thông tin Quận 1"],
    ),
    # the body that a part belongs to
    ("Ban Tuyên giáo Thành ủy, tập trung", ["Ban Tuyên giáo Thành ủy"]),
    ("Ban Cán sự Đảng UBND Thành phố trong việc", ["Ban Cán sự Đảng UBND Thành phố"]),
    # the Front, its place, and what stands beside it
    (
        "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam Thành phố và các đoàn thể chính trị - xã hội Thành phố phối hợp",
        ["Ủy ban Mặt trận Tổ quốc Việt Nam Thành phố", "các đoàn thể chính trị - xã hội Thành phố"],
    ),
    # a place after the name
    ("Sở Nông nghiệp và Môi trường tỉnh Đắk Lắk chủ trì", ["Sở Nông nghiệp và Môi trường tỉnh Đắk Lắk"]),
    # the holder's own name is no place
    ("Giám đốc Sở Nội vụ Hà Nội Trần Đình Cảnh phát biểu", ["Giám đốc Sở Nội vụ Hà Nội"]),
    ("Chủ tịch HĐND thành phố Nguyễn Ngọc Tuấn yêu cầu", ["Chủ tịch HĐND thành phố"]),
    # an office holder stands before the body
    ("Chánh Văn phòng UBND tỉnh chịu trách nhiệm", ["Chánh Văn phòng UBND tỉnh"]),
    # a holder shared by a list
    (
        "1. Thủ trưởng các phòng chuyên môn, các đơn vị sự nghiệp công lập và Chủ tịch Ủy ban nhân dân 10 phường",
        [
            "Thủ trưởng các phòng chuyên môn",
            "Thủ trưởng các đơn vị sự nghiệp công lập",
            "Chủ tịch Ủy ban nhân dân 10 phường",
        ],
    ),
    # a committee shared by a list
    (
        "1. Thủ trưởng sở, ban, ngành, Chủ tịch Ủy ban nhân dân thành phố Thủ Đức, các quận, huyện",
        [
            "Thủ trưởng sở, ban, ngành",
            "Chủ tịch Ủy ban nhân dân thành phố Thủ Đức",
            "Chủ tịch Ủy ban nhân dân các quận, huyện",
        ],
    ),
    # places that stand for their authorities
    (
        "phối hợp với các sở, ban, ngành, thành phố Thủ Đức, quận, huyện hoặc",
        ["các sở, ban, ngành", "thành phố Thủ Đức", "quận, huyện"],
    ),
    # groups
    (
        "I. Các sở, ngành\nThành phố; UBND cấp huyện; UBND cấp xã",
        ["Các sở, ngành Thành phố", "UBND cấp huyện", "UBND cấp xã"],
    ),
    ("UBND các phường xã; UBND xã, phường, đặc khu", ["UBND các phường xã", "UBND xã, phường, đặc khu"]),
    ("Đề nghị các các cơ quan báo, đài Thành phố và Trung ương", ["các cơ quan báo, đài Thành phố và Trung ương"]),
    ("9. Đề nghị các\nBan Đảng của Thành ủy phối hợp", ["các Ban Đảng của Thành ủy"]),
    ("Hiệu trưởng các trường học công lập thuộc quận và", ["Hiệu trưởng các trường học công lập thuộc quận"]),
    ("Chính quyền các cấp chủ động", ["Chính quyền các cấp"]),
    ("5. Các đơn vị được kiểm tra khẩn trương thực hiện", ["Các đơn vị được kiểm tra"]),
    ("phối hợp các đơn vị có liên quan triển khai", ["các đơn vị có liên quan"]),
    # businesses only where they are told to act
    ("Đề nghị các doanh nghiệp viễn thông bảo đảm", ["các doanh nghiệp viễn thông"]),
    ("tháo gỡ khó khăn cho người dân và các doanh nghiệp.", []),
    # a document number names no body
    ("Kế hoạch số 285/KH-UBND ngày 13/12/2021, Công văn 5557/UBND-KSTT", []),
    # everyday words with the syllables of a head
    ("Ban hành Kế hoạch; Báo cáo kết quả; Phòng, chống ma túy; Bộ tiêu chí; Hội nghị; Tổ chức thực hiện", []),
    ("cơ sở y tế, cán bộ y tế, các cơ sở dữ liệu, các trường hợp", []),
    # a tax is no tax office
    ("Thuế GTGT thu từ hàng hóa; Thuế tỉnh Cà Mau", ["Thuế tỉnh Cà Mau"]),
    # purpose in the name, with its own lists
    (
        "Ban Chỉ đạo quản lý tổ chức bộ máy, biên chế Thành phố.",
        ["Ban Chỉ đạo quản lý tổ chức bộ máy, biên chế Thành phố"],
    ),
    ("Ban Chỉ đạo phòng, chống tội phạm", ["Ban Chỉ đạo phòng, chống tội phạm"]),
    # not in the register, known by grammar
    ("Công ty Điện lực Đắk Lắk: Khẩn trương", ["Công ty Điện lực Đắk Lắk"]),
    (
        "Ban Quản lý các khu chế xuất và công nghiệp Cần Thơ chỉ đạo",
        ["Ban Quản lý các khu chế xuất và công nghiệp Cần Thơ"],
    ),
    ("12. Chi cục Dân số thuộc Sở Y tế", ["Chi cục Dân số thuộc Sở Y tế"]),
    # abbreviations
    ("STTTT nêu tên; Sở TT&TT, Sở KH&CN, VP UBND Quận 1", ["STTTT", "Sở TT&TT", "Sở KH&CN", "VP UBND Quận 1"]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_bodies_are_found_as_printed(text: str, expected: list[str]) -> None:
    """Every body and group of a text, whole, once, in order."""
    assert [mention.text for mention in REGISTER.find(text)] == expected


MEANT = [
    # capitals
    ("SỞ TÀI CHÍNH", "Sở Tài chính"),
    # tone placement
    ("Uỷ ban nhân dân Tỉnh", "Ủy ban nhân dân cấp tỉnh"),
    # spelling of a compound, no comma, no "và"
    ("Sở Văn hoá Thể thao du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
    # one damaged letter
    ("Ủy bân nhân dân xã, phường", "Ủy ban nhân dân cấp xã"),
    ("Sở Sây dựng", "Sở Xây dựng"),
    ("Sở Nông nghiep và Môi trường", "Sở Nông nghiệp và Môi trường"),
    # the look-alike of OCR
    ("ƯBND các xã", "Ủy ban nhân dân cấp xã"),
    # before the mergers
    ("Bộ Nông nghiệp và PTNT", "Bộ Nông nghiệp và Phát triển nông thôn"),
    # a city among districts
    ("UBND thành phố Thủ Đức", "Ủy ban nhân dân cấp huyện"),
    ("UBMTTQVN tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
    ("Văn phòng ĐĐBQH&HĐND tỉnh", "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân"),
]


@pytest.mark.parametrize(("text", "name"), MEANT)
def test_a_damaged_or_varied_name_means_its_agency(text: str, name: str) -> None:
    """Case, marks, tones, connecting words and a damaged letter do not hide a registered body."""
    (mention,) = REGISTER.find(text)
    assert mention.agency is not None
    assert mention.agency.name == name


def test_a_name_that_ends_otherwise_is_another_body() -> None:
    """Damage is not assumed where a short name differs at its end: Tổng cục Thủy sản is not Tổng cục Thuế."""
    (mention,) = REGISTER.find("Tổng cục Thủy sản phê duyệt")
    assert mention.agency is None


def test_the_holder_is_told_from_the_body() -> None:
    """The title is kept apart, and the body stands for the office."""
    (mention,) = REGISTER.find("Yêu cầu Giám đốc Sở Tài chính báo cáo")
    assert (mention.holder, mention.body) == ("Giám đốc", "Sở Tài chính")


def test_an_abbreviation_of_the_document_names_a_body_in_it() -> None:
    """Those that stand for a body count, those that stand for anything else do not."""
    defined = {"BQLKKT": "Ban Quản lý Khu kinh tế", "GPMB": "giải phóng mặt bằng"}
    mentions = REGISTER.find("BQLKKT chủ trì công tác GPMB", defined)
    assert [mention.text for mention in mentions] == ["BQLKKT"]
    assert mentions[0].agency == REGISTER.resolve("Ban Quản lý Khu kinh tế")


QUESTIONS = [
    # with marks, an abbreviation and a place
    ("Sở TC Hà Nội được giao những việc gì?", [("Sở TC Hà Nội", "Sở Tài chính")]),
    (
        "VP UBND Quận 1 và TT CNTT phải làm gì?",
        [
            ("VP UBND Quận 1", "Văn phòng Ủy ban nhân dân"),
            ("TT CNTT", "Trung tâm Công nghệ Thông tin"),
        ],
    ),
    # not registered by that place, lower case
    ("phòng quản lý đô thị quận 1 phải làm gì", [("phòng quản lý đô thị quận 1", "Phòng Quản lý đô thị")]),
    # without marks
    ("so tai chinh phai bao cao gi", [("so tai chinh", "Sở Tài chính")]),
    ("so TNMT Ha Noi bao gio phai xong", [("so TNMT Ha Noi", "Sở Tài nguyên và Môi trường")]),
    ("ubnd tp giao gi cho snv", [("ubnd tp", "Ủy ban nhân dân cấp tỉnh"), ("snv", "Sở Nội vụ")]),
    # words that hold a head and are none
    ("nhung van ban nao yeu cau tang cuong kiem tra dot xuat?", []),
    ("bo chi so danh gia chat luong phuc vu nguoi dan la theo quyet dinh nao?", []),
    # English
    (
        "Why was the Hanoi Department of Transport given more time?",
        [("Hanoi Department of Transport", "Sở Giao thông vận tải")],
    ),
    ("What is the District 1 Justice Division told to do?", [("District 1 Justice Division", "Phòng Tư pháp")]),
    ("What does the Department of Finance of Hanoi do?", [("Department of Finance of Hanoi", "Sở Tài chính")]),
    (
        "Who reports to the Ho Chi Minh City People's Committee?",
        [("Ho Chi Minh City People's Committee", "Ủy ban nhân dân cấp tỉnh")],
    ),
    (
        "What must the District 1 People's Committee do?",
        [("District 1 People's Committee", "Ủy ban nhân dân cấp huyện")],
    ),
    ("What must the Space Exploration Division do?", [("Space Exploration Division", None)]),
    ("Which documents are most important?", []),
]


@pytest.mark.parametrize(("question", "expected"), QUESTIONS)
def test_questions_name_bodies_as_people_type_them(question: str, expected: list[tuple[str, str | None]]) -> None:
    """With marks, without, in English, in lower case and in letters."""
    found = [(m.text, m.agency.name if m.agency else None) for m in REGISTER.find_in_question(question)]
    assert found == expected


RESOLVED = [
    ("Giám đốc Sở Tài chính", "Sở Tài chính"),
    ("STC", "Sở Tài chính"),
    ("Sở TC", "Sở Tài chính"),
    ("so tai chinh", "Sở Tài chính"),
    ("Department of Finance", "Sở Tài chính"),
    ("Finance Department", "Sở Tài chính"),
    ("Department of Transportation", "Sở Giao thông vận tải"),
    ("Phòng Tư pháp Quận 1", "Phòng Tư pháp"),
    ("the District 1 Justice Division", "Phòng Tư pháp"),
    ("Chủ tịch UBND các xã", "Ủy ban nhân dân cấp xã"),
    ("Fatherland Front", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
    ("BTC", "Bộ Tài chính"),
    # two names are none
    ("Sở Tài chính và Sở Nội vụ", None),
    ("Sở Bịa Đặt", None),
    ("", None),
]


@pytest.mark.parametrize(("name", "expected"), RESOLVED)
def test_a_name_resolves_to_its_agency(name: str, expected: str | None) -> None:
    """By name, alias, abbreviation and English name, whatever the holder and the place."""
    agency = REGISTER.resolve(name)
    assert (agency.name if agency else None) == expected


SAME = [
    ("Sở Nội vụ", "Sở Nội vụ Hà Nội", True),
    ("Sở Nội vụ Hà Nội", "Sở Nội vụ thành phố Hà Nội", True),
    ("Giám đốc Sở Tài chính", "Sở Tài chính", True),
    ("STC", "Sở Tài chính", True),
    ("UBND Thành phố", "Ủy ban nhân dân TP", True),
    ("UBND các xã", "Ủy ban nhân dân cấp xã", True),
    ("Trung tâm CNTT Quận 1", "Trung tâm Công nghệ Thông tin Quận 1", True),
    ("các sở, ban, ngành", "Các sở, ban, ngành Thành phố", True),
    ("Phòng Nội vụ Quận 1", "Sở Nội vụ", False),
    ("Phòng Nội vụ Quận 1", "Phòng Nội vụ Quận 3", False),
    ("Sở Tài chính", "Phòng Tài chính – Kế hoạch", False),
    ("UBND cấp xã", "UBND cấp huyện", False),
    ("UBND tỉnh", "UBND xã", False),
    ("UBND Thành phố", "Văn phòng UBND Thành phố", False),
    # a successor is another body
    ("Sở Kế hoạch và Đầu tư", "Sở Tài chính", False),
]


@pytest.mark.parametrize(("a", "b", "same"), SAME)
def test_two_names_mean_one_office_or_two(a: str, b: str, same: bool) -> None:
    """In either order."""
    assert REGISTER.same_body(a, b) is same
    assert REGISTER.same_body(b, a) is same


SUCCESSORS = [
    ("Sở Kế hoạch và Đầu tư", "Sở Tài chính", date(2025, 3, 1)),
    ("Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ", date(2025, 3, 1)),
    ("Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Môi trường", date(2025, 3, 1)),
    ("Sở Nông nghiệp và Phát triển nông thôn", "Sở Nông nghiệp và Môi trường", date(2025, 3, 1)),
    ("Sở Giao thông vận tải", "Sở Xây dựng", date(2025, 3, 1)),
    ("Sở Lao động - Thương binh và Xã hội", "Sở Nội vụ", date(2025, 3, 1)),
    ("Bộ Kế hoạch và Đầu tư", "Bộ Tài chính", date(2025, 3, 1)),
    ("Bộ Thông tin và Truyền thông", "Bộ Khoa học và Công nghệ", date(2025, 3, 1)),
    ("Bộ Tài nguyên và Môi trường", "Bộ Nông nghiệp và Môi trường", date(2025, 3, 1)),
    ("Bộ Giao thông vận tải", "Bộ Xây dựng", date(2025, 3, 1)),
    ("Bộ Lao động - Thương binh và Xã hội", "Bộ Nội vụ", date(2025, 3, 1)),
    ("Ủy ban nhân dân cấp huyện", "Ủy ban nhân dân cấp xã", date(2025, 7, 1)),
]


@pytest.mark.parametrize(("old", "new", "day"), SUCCESSORS)
def test_the_mergers_of_2025_are_in_the_register(old: str, new: str, day: date) -> None:
    """The old body ends on the day of the merger, and the new one has it among its predecessors."""
    before, after = REGISTER.resolve(old), REGISTER.resolve(new)
    assert before is not None
    assert after is not None
    assert (before.successor, before.valid_to) == (after.key, day)
    assert before in REGISTER.predecessors(after)
    assert not before.existed_on(day)


def test_predecessors_go_back_more_than_one_step() -> None:
    """A body that took over from one that had taken over has both."""
    agency = REGISTER.resolve("Phòng Văn hóa - Xã hội")
    assert agency is not None
    names = [known.name for known in REGISTER.predecessors(agency)]
    assert "Phòng Văn hóa, Khoa học và Thông tin" in names
    assert "Phòng Văn hóa và Thông tin" in names


ENTRY = '[[agency]]\nname = "Sở Mẫu"\nen = "Department of Samples"\nlevel = "province"\n'
REFUSED = [
    # each message quotes the entry and says what to do
    (ENTRY.replace('level = "province"', ""), ["Sở Mẫu", "'level' is missing", "add it"]),
    (ENTRY.replace("province", "tỉnh"), ["Sở Mẫu", "'tỉnh'", "use one of"]),
    (ENTRY + 'abbreviation = ["SM"]\n', ["Sở Mẫu", "'abbreviation'", "use name"]),
    (ENTRY + 'aliases = "Sở M"\n', ["Sở Mẫu", "not a list"]),
    (ENTRY + 'valid_to = "1/3/2025"\n', ["Sở Mẫu", "1/3/2025", "write it as"]),
    (ENTRY + ENTRY, ["Sở Mẫu", "listed twice", "remove"]),
    (ENTRY + 'valid_to = 2025-03-01\nsuccessor = "Sở Khác"\n', ["Sở Mẫu", "so-khac", "add it"]),
    (ENTRY + 'valid_to = 2025-03-01\nsuccessor = "Sở Mẫu"\n', ["Sở Mẫu", "succeeds itself", "correct"]),
    (ENTRY + 'successor = "Sở Mẫu"\n', ["Sở Mẫu", "no valid_to", "add the day"]),
    (
        ENTRY + ENTRY.replace("Sở Mẫu", "Sở Hai") + 'aliases = ["sở mẫu"]\n',
        ["Sở Hai", "sở mẫu", "also names", "remove"],
    ),
    ("[[agency]\n", ["not valid TOML", "mend"]),
]


@pytest.mark.parametrize(("content", "words"), REFUSED)
def test_a_register_that_cannot_be_used_is_refused_with_the_remedy(
    tmp_path: Path, content: str, words: list[str]
) -> None:
    """An official edits the file; the message must lead to the line."""
    path = tmp_path / "agencies.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadRegister) as refusal:
        Register.load(path)
    for word in words:
        assert word in str(refusal.value)


@pytest.mark.parametrize("agency", REGISTER.agencies, ids=lambda agency: agency.key)
def test_every_registered_name_is_found_whole(agency: Agency) -> None:
    """Each name and alias, printed alone, is one mention of its own agency."""
    for name in (agency.name, *agency.aliases):
        found = [(mention.text, mention.agency) for mention in REGISTER.find(name)]
        assert found == [(name, agency)]


SAMPLES = [text for text, _ in FOUND]


@given(st.lists(st.sampled_from(SAMPLES), min_size=1, max_size=4), st.sampled_from([" ", "\n\n", "; ", ", "]))
@settings(max_examples=60, deadline=None)
def test_mentions_lie_in_the_text_in_order_and_apart(samples: list[str], separator: str) -> None:
    """Spans are of the text, ascending, never overlapping; the printed words end the mention's text."""
    text = separator.join(samples)
    end = 0
    for mention in REGISTER.find(text):
        assert end <= mention.span.start < mention.span.end <= len(text)
        assert mention.text.endswith(squeeze(nfc(text[mention.span.start : mention.span.end])))
        end = mention.span.end


@pytest.mark.parametrize("text", SAMPLES)
def test_decomposed_text_gives_the_same_mentions(text: str) -> None:
    """NFC and NFD are one text."""
    decomposed = REGISTER.find(unicodedata.normalize("NFD", text))
    assert [m.text for m in decomposed] == [m.text for m in REGISTER.find(text)]


@pytest.mark.parametrize("text", [text for text in SAMPLES if "\n" not in text])
def test_lines_broken_at_any_space_give_the_same_mentions(text: str) -> None:
    """A name does not end at the end of a line, where lower-case words go on."""
    expected = [mention.text for mention in REGISTER.find(text)]
    for space in re.finditer(r" (?=[a-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ])", text):
        wrapped = text[: space.start()] + "\n" + text[space.end() :]
        assert [mention.text for mention in REGISTER.find(wrapped)] == expected


@given(st.text(alphabet="Sở BộBan cácvàUBND,;:/-.&()\n Quận1 tỉnh thuộcđược Chủ tịch", max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    """No text stops the reader, as a document or as a question."""
    REGISTER.find(text)
    REGISTER.find_in_question(text)
    REGISTER.resolve(text)


HOSTILE = [
    "Sở Tài ",
    "các sở, ",
    "Chủ tịch, ",
    "các cơ quan thuộc ",
    "Văn phòng Văn phòng ",
    "Ban Chỉ đạo của ",
    "UBND các quận, ",
    "các đơn vị được giao chủ trì ",
    "và Trung tâm Văn hóa, ",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_grows_with_length_only(unit: str) -> None:
    """Eight times the text of a line without end takes about eight times as long, up to a megabyte."""

    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        runs = []
        for _ in range(2):
            start = time.process_time()
            REGISTER.find(text)
            runs.append(time.process_time() - start)
        return min(runs)

    assert seconds(128_000) / seconds(16_000) < 8 * 4


def test_a_line_of_a_megabyte_is_read_in_proportion() -> None:
    """The same at full length, for the line that mixes every kind."""

    def seconds(length: int) -> float:
        unit = "".join(HOSTILE)
        start = time.process_time()
        REGISTER.find(unit * (length // len(unit)))
        return time.process_time() - start

    assert seconds(1_000_000) / seconds(125_000) < 8 * 3


@pytest.mark.skipif(not GOLD.exists(), reason="the gold of the seeds lies beside the repository, not in it")
def test_every_agency_of_the_gold_that_is_printed_is_found() -> None:
    """All but descriptions: every gold agency that its document prints is a mention, whole or as its office."""
    missed = []
    for path in sorted(GOLD.glob("s00*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = nfc((SEEDS / gold["file"]).read_text(encoding="utf-8")).replace("*", "")
        plain = squeeze(text).lower()
        found = {mention.text.lower() for mention in REGISTER.find(text)}
        agencies = {name for assignment in gold["assignments"] for name in assignment["agencies"]}
        missed += [
            name
            for name in sorted(agencies)
            if name.lower() in plain
            and not any(name.lower() in text or (text in name.lower() and len(text) > 6) for text in found)
            and "chủ trì theo dõi" not in name  # a clause that describes, not a name
        ]
    assert missed == []
