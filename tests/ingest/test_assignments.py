"""Who is told to do what, by when: the ledger of small documents in the shapes that occur."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.model import Assignment, Document, Source
from ingest.pipeline import register, structured

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
HEAD = (
    f"UBND TỈNH PHÚ THỌ\nSố: 5/KH-UBND\n{MOTTO}Phú Thọ, ngày 5 tháng 5 năm 2024\n\nKẾ HOẠCH\nVề bình đẳng giới\n\n"
    "Thực hiện Luật Bình đẳng giới, kế hoạch như sau:\n\n"
)
FOOT = "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nBùi Văn Quang\n"


def parse(body: str, after: str = "") -> Document:
    """A plan of the People's Committee of Phú Thọ, signed on 5 May 2024."""
    text = HEAD + body + FOOT + after
    return structured(Source(name="ke-hoach.txt", kind="txt", text=text), sha256="", register=register())


def ledger(body: str, after: str = "") -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.clause, one.role, one.agencies) for one in parse(body, after).assignments]


def only(body: str) -> Assignment:
    """The one assignment of a document."""
    (one,) = parse(body).assignments
    return one


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # a heading names the body and passes it on; it is no entry of its own
        (
            "1. Sở Nội vụ\n\na) Rà soát thủ tục.\n\nb) Báo cáo kết quả.\n",
            [("1.a", "lead", ("Sở Nội vụ",)), ("1.b", "lead", ("Sở Nội vụ",))],
        ),
        (
            "1. Giao Sở Tài chính:\n\n- Bố trí kinh phí.\n\n+ Thẩm định dự toán.\n",
            [("1.-1", "lead", ("Sở Tài chính",)), ("1.-1.-1", "lead", ("Sở Tài chính",))],
        ),
        # the heading and the task in one clause
        ("1. Sở Tư pháp\n\nHướng dẫn nghiệp vụ cho cơ sở.\n", [("1", "lead", ("Sở Tư pháp",))]),
        ("1. Sở Công Thương: Chủ trì triển khai các nhiệm vụ.\n", [("1", "lead", ("Sở Công Thương",))]),
        # an order inside a sentence
        ("1. Yêu cầu Sở Y tế trực 24/24.\n", [("1", "lead", ("Sở Y tế",))]),
        ("1. Giao Sở Nội vụ, Sở Tài chính rà soát.\n", [("1", "lead", ("Sở Nội vụ", "Sở Tài chính"))]),
        # the body is the subject
        ("1. Sở Xây dựng có trách nhiệm báo cáo.\n", [("1", "lead", ("Sở Xây dựng",))]),
        # the partners are an entry of their own
        (
            "1. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính và các đơn vị liên quan rà soát.\n",
            [("1", "lead", ("Sở Nội vụ",)), ("1", "coordinate", ("Sở Tài chính", "các đơn vị liên quan"))],
        ),
        ("1. Sở Nội vụ chủ trì, phối hợp rà soát thủ tục.\n", [("1", "lead", ("Sở Nội vụ",))]),  # no partner named
        # the subject after its grounds
        (
            "1. Căn cứ Kế hoạch này, các sở, ban, ngành xây dựng kế hoạch.\n",
            [("1", "lead", ("các sở, ban, ngành",))],
        ),
        # a request to whom the issuer does not command
        (
            "1. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh giám sát.\n",
            [("1", "request", ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",))],
        ),
        ("1. Đề nghị Sở Nội vụ tổng hợp, báo cáo.\n", [("1", "lead", ("Sở Nội vụ",))]),  # its own department
        # whoever is told to direct others is the assignee
        (
            "1. Sở Y tế\n\na) Chỉ đạo các cơ sở y tế trực thuộc sẵn sàng thuốc men.\n",
            [("1.a", "lead", ("Sở Y tế",))],
        ),
        # the children begin with the partners
        (
            "1. Công an tỉnh\n\na) Chủ trì, phối hợp\n\n- Sở Tài chính tham mưu bố trí ngân sách.\n",
            [("1.a.-1", "lead", ("Công an tỉnh",)), ("1.a.-1", "coordinate", ("Sở Tài chính",))],
        ),
        # a task that names bodies on the way is no heading of bodies
        (
            "1. Sở Tài chính\n\na) Tham mưu Ủy ban nhân dân tỉnh trình Hội đồng nhân dân tỉnh quyết định:\n\n"
            "- Phương án phân bổ vốn.\n",
            [("1.a.-1", "lead", ("Sở Tài chính",))],
        ),
        # an order passes its bodies on to what stands beneath it and names nobody
        (
            "1. Các doanh nghiệp, hợp tác xã căn cứ Kế hoạch này tổ chức thực hiện.\n\n- Báo cáo kết quả.\n\n"
            "- Giao Sở Nội vụ theo dõi.\n",
            [
                ("1", "lead", ("Các doanh nghiệp, hợp tác xã",)),
                ("1.-1", "lead", ("Các doanh nghiệp, hợp tác xã",)),
                ("1.-2", "lead", ("Sở Nội vụ",)),
            ],
        ),
        # but not to a list of things
        (
            "1. Sở Nội vụ thẩm định các trường hợp sau:\n\na) Hồ sơ thiếu giấy tờ.\n",
            [("1", "lead", ("Sở Nội vụ",))],
        ),
        # words that announce a list of tasks are no task
        (
            "1. Tỉnh Phú Thọ cần tập trung thực hiện các nhiệm vụ sau:\n\na) Rà soát quy hoạch.\n",
            [("1.a", "lead", ("Tỉnh Phú Thọ",))],
        ),
        # whoever is sent results and works on them is told as well; who only receives them is not
        (
            "1. Sở Y tế gửi kết quả về Sở Nội vụ tổng hợp, báo cáo UBND tỉnh.\n",
            [("1", "lead", ("Sở Y tế",)), ("1", "lead", ("Sở Nội vụ",))],
        ),
        ("1. Sở Y tế gửi kết quả về Sở Nội vụ để tổng hợp.\n", [("1", "lead", ("Sở Y tế",))]),
        # criteria and those they are for are described, not ordered
        ("1. Tiêu chí thi đua\n\na) Đối với các sở, ban, ngành\n\n- Hoàn thành chỉ tiêu.\n", []),
        ("1. Đối tượng\n\na) Các cơ quan, đơn vị tham gia thực hiện Chương trình.\n", []),
        # an order within a sentence is what the body of the heading does
        (
            "1. Sở Xây dựng\n\na) Kiểm tra các dự án, có biện pháp yêu cầu các chủ đầu tư lập quy hoạch.\n",
            [("1.a", "lead", ("Sở Xây dựng",))],
        ),
        # bodies that the register does not have
        ("1. Đề nghị Báo Phú Thọ tuyên truyền sâu rộng.\n", [("1", "request", ("Báo Phú Thọ",))]),
        (
            "1. Đề nghị các doanh nghiệp viễn thông (A, B): Đảm bảo liên lạc.\n",
            [("1", "request", ("các doanh nghiệp viễn thông",))],
        ),
        # a province asks a ministry
        ("1. Đề nghị Bộ Tài chính xem xét, bố trí vốn.\n", [("1", "request", ("Bộ Tài chính",))]),
        # told, not ordered
        ("1. Các văn bản phải được đánh số.\n", []),
        ("1. Sở Nội vụ đã báo cáo kết quả.\n", []),
        ("1. Sở Nội vụ là cơ quan chuyên môn.\n", []),
        ("1. Biểu dương Sở Nội vụ.\n", []),
        ("1. Hằng năm, giảm số người nghiện ma túy.\n", []),
        ("1. Thành phần dự họp:\n\n- Sở Tài chính: 02 người.\n", []),
        ("", []),
    ],
)
def test_who_is_told(body: str, expected: list[object]) -> None:
    """Clause, role and bodies of every entry, in reading order."""
    assert ledger(body) == expected


@pytest.mark.parametrize(
    ("sentence", "due", "text"),
    [
        ("Giao Sở Nội vụ báo cáo trước ngày 15/11/2024.", date(2024, 11, 15), "trước ngày 15/11/2024"),
        ("Giao Sở Nội vụ rà soát, hoàn thành trong tháng 9/2024.", date(2024, 9, 30), "hoàn thành trong tháng 9/2024"),
        ("Giao Sở Nội vụ rà soát thường xuyên.", None, None),
    ],
)
def test_until_when(sentence: str, due: date | None, text: str | None) -> None:
    """The deadline is printed in the clause, and resolves against the day of the document."""
    one = only(f"1. {sentence}\n")
    assert (one.deadline.due if one.deadline else None) == due
    assert (one.deadline.text if one.deadline and due else None) == text


def test_a_deadline_belongs_to_its_sentence() -> None:
    """Two orders in one clause keep their own days; a coordinator carries the day of the lead."""
    body = (
        "1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát, trình trước ngày 1/6/2024. "
        "Giao Sở Y tế báo cáo trước ngày 1/7/2024.\n"
    )
    found = {(one.role, one.agencies): one.deadline for one in parse(body).assignments}
    assert {key: deadline.due for key, deadline in found.items() if deadline} == {
        ("lead", ("Sở Nội vụ",)): date(2024, 6, 1),
        ("lead", ("Sở Y tế",)): date(2024, 7, 1),
        ("coordinate", ("Sở Tài chính",)): date(2024, 6, 1),
    }


LABELLED = (
    "1. Rà soát văn bản quy phạm pháp luật.\n\n- Cơ quan chủ trì: Sở Tư pháp.\n\n"
    "- Cơ quan phối hợp: Các sở, ban, ngành.\n\n- Thời gian thực hiện: Hoàn thành trong tháng 12/2024.\n"
)


def test_lines_with_labels_stand_at_the_clause_that_holds_them() -> None:
    """Task, bodies and time in lines of their own make entries of the clause above."""
    found = parse(LABELLED).assignments
    assert [(one.clause, one.role, one.agencies) for one in found] == [
        ("1", "lead", ("Sở Tư pháp",)),
        ("1", "coordinate", ("Các sở, ban, ngành",)),
    ]
    assert {one.deadline.due for one in found if one.deadline} == {date(2024, 12, 31)}
    assert {one.task for one in found} == {"Rà soát văn bản quy phạm pháp luật."}


def test_a_lead_in_passes_its_bodies_on() -> None:
    """ "… yêu cầu Sở Nội vụ thực hiện các nội dung sau:" is no entry, and heads the clauses that name nobody."""
    text = (HEAD + "1. Rà soát thủ tục.\n\n2. Sở Y tế báo cáo.\n" + FOOT).replace(
        "kế hoạch như sau:", "Chủ tịch yêu cầu Sở Nội vụ thực hiện các nội dung sau:"
    )
    found = structured(Source(name="a", kind="txt", text=text), sha256="", register=register()).assignments
    assert [(one.clause, one.agencies) for one in found] == [("1", ("Sở Nội vụ",)), ("2", ("Sở Y tế",))]


def test_an_abbreviation_holds_in_its_document() -> None:
    """A name that the document shortens is the body itself."""
    body = "1. Ban Quản lý dự án (BQLDA) báo cáo tiến độ.\n\n2. Giao BQLDA rà soát vốn.\n"
    assert [one[0] for one in ledger(body)][-1] == "2"


TABLE = (
    "\nPHỤ LỤC\nDANH MỤC NHIỆM VỤ\n\n|\nSTT\n|\nNhiệm vụ\n|\nCơ quan chủ trì\n|\nCơ quan phối hợp\n|\n"
    "Thời gian hoàn thành\n|\n|\n1\n|\nRà soát thủ tục\nhành chính\n|\nSở Nội vụ\n|\nCác sở, ban, ngành\n|\n"
    "Tháng 9/2024\n|\n|\n2\n|\nBố trí kinh phí\n|\nSở Tài chính\n|\nSở Nội vụ\n|\nQuý IV/2024\n|\n"
)


def test_rows_of_a_table_in_an_annex_are_entries() -> None:
    """Each row with a column of who carries out gives its lead, its partners and its time."""
    found = parse("1. Rà soát.\n", TABLE).assignments
    assert [(one.clause, one.role, one.agencies, one.deadline and one.deadline.due) for one in found] == [
        ("PL1.1", "lead", ("Sở Nội vụ",), date(2024, 9, 30)),
        ("PL1.1", "coordinate", ("Các sở, ban, ngành",), date(2024, 9, 30)),
        ("PL1.2", "lead", ("Sở Tài chính",), date(2024, 12, 31)),
        ("PL1.2", "coordinate", ("Sở Nội vụ",), date(2024, 12, 31)),
    ]


def test_tasks_and_deadlines_are_words_of_the_clause() -> None:
    """Nothing is rebuilt: a deadline is cut from the clause, a task is its words."""
    document = parse("1. Sở Nội vụ\n\na) Rà soát; hoàn thành trước ngày 1/6/2024.\n\nb) Báo cáo Sở Tài chính.\n")
    texts = {one.path: one.text for one in document.clauses}
    for one in document.assignments:
        assert one.task in texts[one.clause]
        if one.deadline:
            assert texts[one.clause][one.deadline.span.start : one.deadline.span.end] == one.deadline.text


def test_rows_of_words_between_strokes_are_a_table_too() -> None:
    """Word and web pages hand a row as one line."""
    rows = "PHỤ LỤC I\nTT | Nhiệm vụ | Đơn vị chủ trì | Thời hạn\n1 | Xây dựng đề án | Sở Y tế | Tháng 12/2024\n"
    (one,) = parse("1. Mục tiêu chung.\n", rows).assignments
    assert (one.clause, one.agencies, one.task) == ("PL1.1", ("Sở Y tế",), "Xây dựng đề án")
    assert one.deadline is not None
    assert one.deadline.due == date(2024, 12, 31)


def test_a_cell_that_says_as_above_holds_what_stands_there() -> None:
    """Bodies and days are those of the row above; the deadline is printed as the row has it."""
    rows = (
        "PHỤ LỤC I\nTT | Nhiệm vụ | Đơn vị chủ trì | Thời hạn\n1 | Xây dựng đề án | Sở Y tế | Tháng 12/2024\n"
        "2 | Tập huấn | Như trên | Như trên\n3 | Tổng kết | -nt- | Tháng 3/2025\n"
    )
    found = parse("1. Mục tiêu chung.\n", rows).assignments
    assert [one.agencies for one in found] == [("Sở Y tế",)] * 3
    deadlines = [one.deadline for one in found]
    assert [(one.text, one.due) for one in deadlines if one] == [
        ("Tháng 12/2024", date(2024, 12, 31)),
        ("Như trên", date(2024, 12, 31)),
        ("Tháng 3/2025", date(2025, 3, 31)),
    ]


def test_a_group_that_no_register_knows_is_a_heading_among_headings() -> None:
    """It is kept as printed where the headings beside it name bodies, and only there."""
    bodies = "1. Sở Nội vụ\n\n- Rà soát.\n\n2. Sở Y tế\n\n- Rà soát.\n\n"
    group = "3. Các cơ sở đào tạo sau đại học\n\n- Mở ngành mới.\n"
    assert ("3.-1", "lead", ("Các cơ sở đào tạo sau đại học",)) in ledger(bodies + group)
    assert ledger("1. Các giải pháp chung\n\n- Mở ngành mới.\n\n2. Các mục tiêu\n\n- Tăng trưởng.\n") == []


def test_a_province_that_is_visited_is_told() -> None:
    """A notice of conclusions on a visit names the province in its title and then only says what to do."""
    text = (
        f"VĂN PHÒNG CHÍNH PHỦ\nSố: 6/TB-VPCP\n{MOTTO}Hà Nội, ngày 5 tháng 5 năm 2024\n\nTHÔNG BÁO\n"
        "Kết luận của Phó Thủ tướng tại buổi làm việc với lãnh đạo tỉnh Phú Thọ\n\nNgày 1 tháng 5, Phó Thủ tướng kết "
        "luận:\n\nI. ĐÁNH GIÁ CHUNG\n\n1. Kinh tế tăng trưởng.\n\nII. NHIỆM VỤ, GIẢI PHÁP\n\n1. Rà soát quy hoạch.\n"
        + FOOT
    )
    made = structured(Source(name="a.txt", kind="txt", text=text), sha256="", register=register()).assignments
    assert [(one.clause, one.agencies) for one in made] == [("II.1", ("tỉnh Phú Thọ",))]
