"""The clause tree: paths, closing and annexes of documents in the shapes that occur."""

from __future__ import annotations

import re
import textwrap
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.model import CLOSING, PREAMBLE, Clause, Document, Source
from ingest.pipeline import register, structured
from ingest.text import squeeze

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
HEAD = f"UBND TỈNH PHÚ THỌ\nSố: 5/KH-UBND\n{MOTTO}Phú Thọ, ngày 5 tháng 5 năm 2024\n\nKẾ HOẠCH\nVề bình đẳng giới\n\n"
FOOT = "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nBùi Văn Quang\n"


def parse(body: str, *, kind: str = "txt") -> Document:
    """A plan with this body."""
    text = HEAD + body + FOOT
    source = Source(name="ke-hoach.txt", kind="docx" if kind == "docx" else "txt", text=text)
    return structured(source, sha256="", register=register())


def paths(body: str, *, kind: str = "txt") -> list[str]:
    return [clause.path for clause in parse(body, kind=kind).clauses]


def clause(body: str, path: str) -> Clause:
    return next(one for one in parse(body).clauses if one.path == path)


DECISION = """Căn cứ Luật Tổ chức chính quyền địa phương;
QUYẾT ĐỊNH:
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Quyết định này quy định về đất nông nghiệp.
Điều 2. Đối tượng áp dụng
1. Cơ quan quản lý nhà nước:
a) Sở Tài nguyên và Môi trường;
b) Ủy ban nhân dân cấp xã.
2. Cá nhân sử dụng đất.
Chương II
ĐIỀU KHOẢN THI HÀNH
Điều 3. Hiệu lực
1. Có hiệu lực từ ngày ký.
d) Điểm này đứng một mình.
đ) Điểm tiếp theo.
"""
PLAN = """Thực hiện Luật, tỉnh Phú Thọ triển khai như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Mục đích

a) Nâng cao nhận thức.

b) Tăng cường phối hợp:

- Giữa các sở, ban, ngành;

+ Cấp tỉnh;

+ Cấp xã;

- Giữa các địa phương.

2. Yêu cầu

Bám sát Kế hoạch.

II. TỔ CHỨC THỰC HIỆN

1. Sở Nội vụ chủ trì.

Trong quá trình thực hiện nếu có vướng mắc, các đơn vị báo cáo./.
"""
NOTICE = """Ngày 3 tháng 5, Chủ tịch kết luận như sau:

1. Về cải cách hành chính

1.1. Sở Nội vụ rà soát.

1.2. Sở Tài chính bố trí:

1.2.1. Kinh phí thường xuyên.

1.2.2. Kinh phí đầu tư.

2. Về đầu tư

2.1. Sở Xây dựng báo cáo.
"""
BULLETS = """Thực hiện Công điện, Ủy ban nhân dân tỉnh yêu cầu:

- Sở Y tế trực 24/24.

+ Báo cáo hằng ngày.

- Sở Công Thương dự trữ hàng hóa.
"""
ORDINALS = """Thưa các đồng chí, tôi đề nghị:

Thứ nhất, tiếp tục quán triệt.

Thứ hai, rà soát thủ tục.

Thứ ba, kiểm tra công vụ.
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            DECISION,
            "preamble|Chương I|Điều 1|Điều 2|Điều 2.1|Điều 2.1.a|Điều 2.1.b|Điều 2.2|Chương II|Điều 3|Điều 3.1"
            "|Điều 3.1.d|Điều 3.1.đ",
        ),
        (
            PLAN,
            "preamble|I|I.1|I.1.a|I.1.b|I.1.b.-1|I.1.b.-1.-1|I.1.b.-1.-2|I.1.b.-2|I.2|II|II.1|closing",
        ),
        (NOTICE, "preamble|1|1.1|1.2|1.2.1|1.2.2|2|2.1"),
        (BULLETS, "preamble|-1|-1.-1|-2"),
        (ORDINALS, "preamble|1|2|3"),
    ],
    ids=["decision", "plan", "notice", "only bullets", "ordinals"],
)
def test_paths_of_a_document(body: str, expected: str) -> None:
    """Labels from the outermost to the innermost; a printed sub-number already holds its parent's number."""
    assert "|".join(paths(body)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # "3.3" after "c)": the third letter is not the number 3 (a plan on the digital economy became IV.3.2.c.3.3)
        (
            "A:\n\nIV. ABC\n\n3. X\n\n3.2. Chế tạo\n\na) Một.\n\nb) Hai.\n\nc) Ba.\n\n3.3. Năng lượng\n\na) Lưới.\n",
            ["IV", "IV.3", "IV.3.2", "IV.3.2.a", "IV.3.2.b", "IV.3.2.c", "IV.3.3", "IV.3.3.a"],
        ),
        # two "5" at one level: the second gets (2)
        ("A:\n\n4. Một.\n\n5. Hai.\n\n5. Ba.\n\n6. Bốn.\n", ["4", "5", "5(2)", "6"]),
        # two parts of one number, each with its own 1
        ("A:\n\nIV. X\n\n1. Một.\n\nIV. Y\n\n1. Hai.\n", ["IV", "IV.1", "IV(2)", "IV(2).1"]),
        # numbers begin anew in each part
        ("A:\n\nI. X\n\n1. Một.\n\n2. Hai.\n\nII. Y\n\n1. Ba.\n", ["I", "I.1", "I.2", "II", "II.1"]),
        # a Điều keeps its path whatever chapter and section it stands in
        (
            "A:\n\nChương I\nCHUNG\n\nMục 1\nX\n\nĐiều 1. Một.\n\nMục 2\nY\n\nĐiều 2. Hai.\n",
            ["Chương I", "Chương I.Mục 1", "Điều 1", "Chương I.Mục 2", "Điều 2"],
        ),
        # "1)" stands below "1.", (1) below that
        ("A:\n\n1. Một:\n\n1) Hai:\n\n(1) Ba.\n\n2) Bốn.\n", ["1", "1.1", "1.1.1", "1.2"]),
        # f) of the English alphabet
        ("A:\n\n1. X:\n\ne) Một.\n\nf) Hai.\n\ng) Ba.\n", ["1", "1.e", "1.f", "1.g"]),
        # labels alone on their line, the words on the next
        ("A:\n\nI.\nMỤC ĐÍCH\n\n1.\nNâng cao nhận thức.\n", ["I", "I.1"]),
        # A., then I., then 1.
        ("A:\n\nA. X\n\nI. Y\n\n1. Một.\n\nB. Z\n\nI. W\n", ["A", "A.I", "A.I.1", "B", "B.I"]),
        # strokes and dashes after the number
        ("A:\n\nI- X\n\n1/ Một.\n\n2/ Hai.\n\nII- Y\n\n1- Ba.\n", ["I", "I.1", "I.2", "II", "II.1"]),
        # "Điều thứ nhất", "Điều2."
        ("A:\n\nĐiều thứ nhất. Cử ông A.\n\nĐiều2. Quyết định này có hiệu lực.\n", ["Điều 1", "Điều 2"]),
    ],
)
def test_numbering_as_typists_leave_it(body: str, expected: list[str]) -> None:
    """Numbers that repeat, begin anew, skip, or come in other alphabets."""
    assert [path for path in paths(body) if path not in (PREAMBLE, CLOSING)] == expected


@pytest.mark.parametrize(
    "line",
    [
        "Điều 5 của Luật này quy định việc sử dụng đất nông nghiệp tại địa phương.",
        "Mục 1 Chương II của Quy chế này quy định việc phối hợp giữa các cơ quan.",
        "15/11/2024, các đơn vị gửi báo cáo về Sở Nội vụ.",
        "2025. Các đơn vị báo cáo kết quả.",
        "1.000 tỷ đồng từ ngân sách.",
    ],
)
def test_a_cross_reference_at_the_start_of_a_line_opens_nothing(line: str) -> None:
    """What a wrapped line begins with is no label."""
    body = f"A:\n\n1. Các sở thực hiện theo quy định tại các điều khoản hiện hành và theo\n{line}\n\n2. Hai.\n"
    assert paths(body) == ["preamble", "1", "2"]


def test_headings_and_words_of_a_clause() -> None:
    """A bare heading is known as such, and every clause below carries it."""
    found = {one.path: one for one in parse(PLAN).clauses}
    assert found["I"].heading == "MỤC ĐÍCH, YÊU CẦU"
    assert found["I.1.b.-1.-2"].headings == ("MỤC ĐÍCH, YÊU CẦU", "Mục đích", "Tăng cường phối hợp:", "Giữa các sở, "
                                             "ban, ngành;")  # fmt: skip
    assert found["I.1.a"].heading is None
    assert (found["I.2"].text, found["I.2"].label) == ("Yêu cầu\nBám sát Kế hoạch.", "2.")
    assert found["I.1.b.-1"].parent == "I.1.b"
    assert found["I"].parent is None


def test_a_heading_broken_over_lines_is_one_line() -> None:
    """Capitals go on in capitals."""
    body = "A:\n\nI. NỘI DUNG, NHIỆM VỤ, GIẢI PHÁP\nTRỌNG TÂM CỦA KẾ HOẠCH\n\n1. Rà soát quy\nđịnh.\n"
    assert clause(body, "I").heading == "NỘI DUNG, NHIỆM VỤ, GIẢI PHÁP TRỌNG TÂM CỦA KẾ HOẠCH"


@pytest.mark.parametrize(
    ("last", "closing"),
    [
        ("Yêu cầu các đơn vị nghiêm túc thực hiện./.", "Yêu cầu các đơn vị nghiêm túc thực hiện./."),
        ("Trên đây là Kế hoạch.\n\nĐề nghị các sở báo cáo./.", "Trên đây là Kế hoạch.\nĐề nghị các sở báo cáo./."),
        ("", None),
    ],
)
def test_the_closing_is_no_part_of_the_last_clause(last: str, closing: str | None) -> None:
    """Paragraphs that speak for the whole document again."""
    body = f"A:\n\n1. Sở Nội vụ rà soát.\n\n2. Sở Tài chính bố trí kinh phí.\n\n{last}\n"
    found = {one.path: one.text for one in parse(body).clauses}
    assert found.get(CLOSING) == closing
    assert found["2"] == "Sở Tài chính bố trí kinh phí."


ANNEXES = "PHỤ LỤC I\nDANH MỤC NHIỆM VỤ\n\n1. Rà soát.\n\na) Một.\n\nPHỤ LỤC II\nBIỂU MẪU\n\nI. CHUNG\n\n1. Báo cáo.\n"


def test_annexes_are_numbered_and_stand_after_the_closing() -> None:
    """Each annex has a clause of its own and numbering of its own; the first no less than the last."""
    text = HEAD + "A:\n\n1. Một.\n\n2. Hai.\n\nTrên đây là Kế hoạch.\n" + FOOT + ANNEXES
    found = structured(Source(name="a", kind="txt", text=text), sha256="", register=register()).clauses
    assert [one.path for one in found] == [
        "preamble", "1", "2", "closing", "PL1", "PL1.1", "PL1.1.a", "PL2", "PL2.I", "PL2.I.1",
    ]  # fmt: skip
    assert found[4].text.endswith("DANH MỤC NHIỆM VỤ")
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


def test_the_words_above_the_first_label_are_the_preamble() -> None:
    """Bullets above the first label belong to it: only a document without other labels counts them."""
    body = "Căn cứ:\n\n- Luật A;\n\n- Luật B;\n\n1. Một.\n\n- Hai.\n"
    assert paths(body) == ["preamble", "1", "1.-1"]


# --- laws ---

LABELS = [
    "I. X",
    "II. Y",
    "A. Z",
    "1. Một.",
    "2. Hai.",
    "1.1. Ba.",
    "3.2. Bốn.",
    "a) Năm;",
    "đ) Sáu;",
    "f) Bảy;",
    "- Tám;",
]
LABELS += [
    "+ Chín;",
    "Điều 1. Mười",
    "Điều 7",
    "Chương II",
    "Mục 1",
    "Phần thứ nhất",
    "Thứ hai, A",
    "(1) B",
    "PHỤ LỤC I",
]
WORDS = ["Giao Sở Nội vụ chủ trì.", "Sở Y tế và", "TỔ CHỨC THỰC HIỆN", "đến năm", "2025.", "", "|", "--------", "./."]


@given(st.lists(st.sampled_from([*LABELS, *WORDS]), max_size=60), st.sampled_from(["txt", "docx"]))
@settings(max_examples=150, deadline=None)
def test_any_list_of_labels_makes_a_tree(pieces: list[str], kind: str) -> None:
    """Nothing raises; paths are unique; parents stand before their children; spans ascend and do not overlap."""
    found = parse("\n".join(pieces) + "\n", kind=kind).clauses
    names = [one.path for one in found]
    assert len(set(names)) == len(names)
    seen: set[str] = set()
    for one in found:
        assert one.parent is None or one.parent in seen
        seen.add(one.path)
    spans = [one.span for one in found if one.text or one.label]
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(st.lists(st.sampled_from([*LABELS, *WORDS[:5]]), min_size=1, max_size=40))
@settings(max_examples=100, deadline=None)
def test_every_letter_of_the_body_is_in_exactly_one_clause(pieces: list[str]) -> None:
    """What stands between the head and the foot is neither lost nor told twice."""
    body = "Căn cứ Luật A, tỉnh Phú Thọ triển khai như sau:\n\n" + "\n\n".join(pieces) + "\n"
    document = parse(body)
    start = document.source.text.index("Căn cứ Luật A")
    covered = [0] * len(document.source.text)
    for one in document.clauses:
        for i in range(one.span.start, one.span.end):
            covered[i] += 1
    letters = [i for i in range(start, start + len(body)) if document.source.text[i].isalnum()]
    assert [document.source.text[i] for i in letters if covered[i] != 1] == []


@pytest.mark.parametrize("body", [DECISION, PLAN, NOTICE, BULLETS, ORDINALS])
@pytest.mark.parametrize("width", [30, 44, 60, 100, 400])
def test_wrapping_at_another_width_changes_nothing(body: str, width: int) -> None:
    """Clauses of a text in blocks are the same however wide its lines are."""
    blocks = re.split(r"\n\n|\n(?=Điều|Chương|[a-zđ]\)|\d\.|[A-Z ]{5,}$)", body.strip())
    wide = "\n\n".join(squeeze(block) for block in blocks) + "\n"
    narrow = "\n\n".join(textwrap.fill(squeeze(block), width, break_on_hyphens=False) for block in blocks) + "\n"
    seen = [(one.path, squeeze(one.text)) for one in parse(wide).clauses]
    assert [(one.path, squeeze(one.text)) for one in parse(narrow).clauses] == seen
