"""The head of a document: issuer, number, place and date, type, title, addressees."""

from __future__ import annotations

from datetime import date

import pytest

from ingest import header
from ingest.clean import lines
from ingest.header import Header
from ingest.model import Source


def head(text: str, hint: str | None = None) -> Header:
    return header.parse(lines(Source(name="van-ban.txt", kind="txt", text=text)), hint=hint)


MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"

IN_CELLS = (  # the table of a crawled page: issuer and number, then motto and date
    "|\nỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\n-------\n|\n" + MOTTO + "---------------\n|\n|\nSố:\n7360/KH-UBND\n|\n"
    "Lai Châu, ngày 19\ntháng 11 năm 2025\n|\n\n"
    "KẾ HOẠCH\n\nTRIỂN KHAI THI HÀNH LUẬT TIÊU CHUẨN\nTRÊN ĐỊA BÀN TỈNH LAI CHÂU\n\n"
    "Thực hiện Luật Tiêu chuẩn, tỉnh Lai Châu triển khai như sau:\n\nI. MỤC ĐÍCH\n"
)
OTHER_ORDER = (  # the same table, the date before the number
    "ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\n" + MOTTO + "Lai Châu, ngày 19 tháng 11 năm 2025\nSố: 7360 /KH-UBND\n"
    "KẾ HOẠCH\nTRIỂN KHAI THI HÀNH LUẬT TIÊU CHUẨN TRÊN ĐỊA BÀN TỈNH LAI CHÂU\n\n"
    "Thực hiện Luật Tiêu chuẩn, tỉnh Lai Châu triển khai như sau:\nI. MỤC ĐÍCH\n"
)


@pytest.mark.parametrize("text", [IN_CELLS, OTHER_ORDER], ids=["number first", "date first"])
def test_the_cells_of_a_header_come_in_any_order(text: str) -> None:
    """Number on the next line, date broken over lines, the date above the number."""
    found = head(text)
    assert (found.number, found.date, found.place) == ("7360/KH-UBND", date(2025, 11, 19), "Lai Châu")
    assert (found.type, found.issuer) == ("Kế hoạch", "UBND tỉnh Lai Châu")
    assert found.title == "Triển khai thi hành Luật Tiêu chuẩn trên địa bàn tỉnh Lai Châu"


@pytest.mark.parametrize(
    ("printed", "number", "type_"),
    [
        ("Số: 441/TB-VP", "441/TB-VP", "Thông báo"),
        ("Số: 106/2025/NĐ-\nCP", "106/2025/NĐ-CP", "Nghị định"),  # broken over lines
        ("Số: 11 /TB-UBND", "11/TB-UBND", "Thông báo"),  # a space that the typist left
        ("Nghị quyết số: 89/2025/UBTVQH15", "89/2025/UBTVQH15", "Nghị quyết"),
        ("Luật số: 36/2013/QH13", "36/2013/QH13", "Luật"),
        ("Số:     /KH-UBND", None, "Kế hoạch"),  # a draft: no number yet
        ("Số: … /KH-UBND", None, "Kế hoạch"),  # a scan: the figures could not be read
        ("Só: 12/KH-UBND", "12/KH-UBND", "Kế hoạch"),  # recognised
        ("Sốẽ: 12/KH-UBND", "12/KH-UBND", "Kế hoạch"),
        ("SÔ ; 12/KH-UBND", "12/KH-UBND", "Kế hoạch"),
        ("Số:", None, "Kế hoạch"),
    ],
)
def test_a_number_is_read_as_printed(printed: str, number: str | None, type_: str) -> None:
    """What is blank stays null."""
    found = head(f"UBND TỈNH PHÚ THỌ\n{printed}\n{MOTTO}\n{type_.upper()}\nVề bình đẳng giới\n\nCăn cứ Luật A;\n")
    assert (found.number, found.type) == (number, type_)
    assert found.title == "Về bình đẳng giới"


@pytest.mark.parametrize(
    ("line", "place", "day"),
    [
        ("Hà Nội, ngày 09 tháng 9 năm 2022", "Hà Nội", date(2022, 9, 9)),
        ("Quận 1, ngày 31 tháng 3 năm 2024", "Quận 1", date(2024, 3, 31)),  # a place named by a number
        ("TP. Hồ Chí Minh, ngày 17 tháng 11 năm 2010", "TP. Hồ Chí Minh", date(2010, 11, 17)),
        ("Thành phố Hồ Chí Minh, ngày 5 tháng\n11 năm 2024", "Thành phố Hồ Chí Minh", date(2024, 11, 5)),
        ("Cà Mau, ngày    tháng 5 năm 2025", None, None),  # a draft: the day is blank
        ("Cà Mau, ngày 31 tháng 2 năm 2025", None, None),  # no such day
    ],
)
def test_place_and_day(line: str, place: str | None, day: date | None) -> None:
    """The line under the motto, which is not part of the place."""
    found = head(f"UBND TỈNH A\nSố: 5/KH-UBND\n{MOTTO}{line}\n\nKẾ HOẠCH\nVề việc B\n\nCăn cứ Luật C;\n")
    assert (found.place, found.date) == (place, day)


@pytest.mark.parametrize(
    "grounds",
    [
        # The resolution on social insurance of 2025: this became its day, and the lines above were lost.
        "Căn cứ Hiến pháp;\nSau khi xem xét Tờ trình số 613/TTr-CP ngày 27 tháng 6 năm 2025 của\nChính phủ;\n",
        "Căn cứ Luật A;\nĐiều 1. Sửa đổi Luật Cư trú.\nĐiều 2\nLuật này có hiệu lực từ ngày 01 tháng 01 năm 2014.\n",
    ],
)
def test_a_day_in_the_body_is_not_the_day_of_the_document(grounds: str) -> None:
    """Laws print their day in the closing sentence only; nothing of the body is taken for the head."""
    end = "Nghị quyết này được Quốc hội thông qua ngày 10 tháng 7 năm 2025.\nCHỦ TỊCH QUỐC HỘI\nTrần Thanh Mẫn\n"
    text = f"QUỐC HỘI\nNghị quyết số: 9/2025/QH15\n{MOTTO}NGHỊ QUYẾT\nVề mức chi\n\n{grounds}{end}"
    found = head(text)
    assert found.date == date(2025, 7, 10)
    assert lines(Source(name="a", kind="txt", text=text))[found.body].text.startswith("Căn cứ")


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("QUYẾT ĐỊNH\nKiện toàn Ban Chỉ đạo về cải cách\nchính sách\nTHỦ TƯỚNG CHÍNH PHỦ\n", "Kiện toàn Ban Chỉ đạo về "
         "cải cách chính sách"),  # the one who decides stands over the grounds
        ("QUYẾT ĐỊNH\nBan hành Quy định công tác trực ban\n-----\nỦY BAN NHÂN DÂN TỈNH A\n\n", "Ban hành Quy định công "
         "tác trực ban"),
        ("THÔNG BÁO\nKết luận của Chủ tịch tại cuộc họp\n\n", "Kết luận của Chủ tịch tại cuộc họp"),
        ("KẾ HOẠCH\n\nPHÁT TRIỂN KINH TẾ GIAI ĐOẠN\n2026 - 2030\n\n", "Phát triển kinh tế giai đoạn 2026 - 2030"),
        ("KẾ HOẠCH\n\nPHÁT TRIỂN KINH TẾ GIAI ĐOẠN\n\n2026 - 2030\n\n", "Phát triển kinh tế giai đoạn 2026 - 2030"),
        ("KẾ HOẠCH\nTriển khai thi hành Luật Việc làm\n\n", "Triển khai thi hành Luật Việc làm"),  # as a body opens
        ("KẾ HOẠCH PHÁT TRIỂN KINH TẾ SỐ\n\n", "Phát triển kinh tế số"),  # type and title on one line
    ],
)  # fmt: skip
def test_a_title_ends_where_the_body_begins(subject: str, title: str) -> None:
    """A title may break over lines; the body that decides, a gap and the grounds end it."""
    body = "Căn cứ Luật Tổ chức Chính phủ về phát triển kinh tế số;\n"
    text = f"UBND TỈNH A\nSố: 5/QĐ-UBND\n{MOTTO}Hà Nội, ngày 5 tháng 5 năm 2026\n\n{subject}{body}"
    assert head(text).title == title


def test_a_number_that_the_body_cites_is_not_the_number() -> None:
    """A scan of a directive lost its own number; a line of its grounds began with another one."""
    grounds = "Thực hiện Chỉ thị số 5/CT-TTg; Thông tư\nsố 15/2020/TT-BGDĐT ngày 26 tháng 5 năm 2020 về thi, yêu cầu:\n"
    found = head(f"UBND TỈNH A\n{MOTTO}CHỈ THỊ\nVề tăng cường chỉ đạo kỳ thi\n\n{grounds}1. Rà soát.\n")
    assert (found.number, found.type, found.date) == (None, "Chỉ thị", None)


def test_the_document_that_a_title_names_stays_in_it() -> None:
    """A line of a title begins with "số", or holds the day of what it amends."""
    title = "Sửa đổi Quyết định\nsố 38/QĐ-TTg ngày 24 tháng 3 năm 2009 của Thủ tướng\n"
    found = head(f"THỦ TƯỚNG CHÍNH PHỦ\nSố: 59/QĐ-TTg\n{MOTTO}QUYẾT ĐỊNH\n{title}\nCăn cứ Luật A;\n")
    assert found.title == "Sửa đổi Quyết định số 38/QĐ-TTg ngày 24 tháng 3 năm 2009 của Thủ tướng"
    assert (found.number, found.date) == ("59/QĐ-TTg", None)


def test_marks_that_recognition_lost_do_not_matter() -> None:
    """Type, motto and issuer are known without their marks; the text stays as it was read."""
    motto = "CỌNG HOÀ XÃ HỌI CHÙ NGHĨA VIỆT NAM\nĐọc lập - Tự do - Hạnh phúc\n"
    found = head(f"UY BAN NHÁN DÂN\nTINH QUANG NGÀI\nSố: 5/QĐ-UBND\n{motto}QUYÉT ĐỊNH\nVề việc B\n\nCăn cứ Luật C;\n")
    assert (found.type, found.issuer, found.title) == ("Quyết định", "UBND tỉnh Quảng Ngãi", "Về việc B")


LETTER = (
    "UBND TỈNH PHÚ THỌ\nSỞ NỘI VỤ\nSố: 3815/SNV-CCHC\nV/v đánh giá kết quả thực hiện\nChỉ số cải cách\n\n"
    + MOTTO
    + "Phú Thọ, ngày 30 tháng 8 năm 2024\n\nKính gửi:\n- Các sở, ban, ngành;\n- UBND các huyện, thành,\nthị.\n\n"
    "Thực hiện Kế hoạch số 12/KH-UBND, Sở Nội vụ đề nghị:\n1. Rà soát.\n"
)


def test_an_official_letter_has_no_type_line() -> None:
    """Subject after V/v, addressees after Kính gửi, the issuing department with its province."""
    found = head(LETTER)
    assert (found.type, found.number) == ("Công văn", "3815/SNV-CCHC")
    assert found.title == "V/v đánh giá kết quả thực hiện Chỉ số cải cách"
    assert found.addressees == ("Các sở, ban, ngành", "UBND các huyện, thành, thị")
    assert found.issuer == "Sở Nội vụ tỉnh Phú Thọ"


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Kính gửi: Hội đồng nhân dân tỉnh Cà Mau\n\n", ("Hội đồng nhân dân tỉnh Cà Mau",)),
        ("Kính gửi: Ủy ban nhân dân các quận,\nhuyện, thị xã.\n\n", ("Ủy ban nhân dân các quận, huyện, thị xã",)),
        ("Kính\ngửi: Bộ Nội vụ\n\n", ("Bộ Nội vụ",)),
    ],
)
def test_addressees(printed: str, names: tuple[str, ...]) -> None:
    """On the line of the greeting or below it, in bullets or not."""
    text = f"UBND TỈNH A\nSố: 5/UBND-NV\nV/v báo cáo\n{MOTTO}Hà Nội, ngày 5 tháng 5 năm 2026\n\n{printed}"
    assert head(text + "Thực hiện Luật B, UBND tỉnh đề nghị:\n").addressees == names


def test_a_web_page_about_a_directive_takes_its_number() -> None:
    """News that says "… ban hành Chỉ thị số …" stands for the directive; the day it tells goes before the posting."""
    text = (
        "Trang chủ\n\nTăng cường cải cách hành chính\nNgày đăng: 20/10/2022\n\n"
        "Ngày 18/10/2022, Chủ tịch UBND Thành phố đã ban hành Chỉ thị số 13/CT-UBND về việc tăng cường cải cách "
        "hành chính. Theo đó:\n1. Giao Sở Nội vụ chủ trì.\n"
    )
    found = head(text)
    assert (found.number, found.date, found.type) == ("13/CT-UBND", date(2022, 10, 18), "Chỉ thị")
    assert found.title == "Tăng cường cải cách hành chính"


def test_a_speech_is_no_directive() -> None:
    """The speaker is its issuer, the posting its day, and it has no number."""
    text = (
        "Phát biểu kết luận của Chủ tịch UBND tỉnh Phú Thọ tại Hội nghị chuyển đổi số\nNgày đăng: 5/3/2024\n\n"
        "Thưa các đồng chí! Hôm nay chúng ta bàn về chuyển đổi số trên địa bàn toàn tỉnh trong năm nay.\n"
    )
    found = head(text)
    assert (found.type, found.number, found.date) == ("Bài phát biểu", None, date(2024, 3, 5))
    assert found.issuer == "Chủ tịch UBND tỉnh Phú Thọ"


def test_the_hint_names_what_prints_no_title() -> None:
    """What the file says of itself is used last."""
    assert head("", hint="Bản tin").title == "Bản tin"
    assert head(f"UBND TỈNH A\nSố: 5/UBND-NV\n{MOTTO}", hint="Báo cáo tuần").title == "Báo cáo tuần"


@pytest.mark.parametrize(
    ("text", "number", "day", "type_", "issuer", "title"),
    [
        # a register of law heads a text with everything in capitals, over several lines
        ("THÔNG TƯ\nCỦA BỘ XÂY DỰNG SỐ 07/2011/TT-BXD\nNGÀY 9 THÁNG 2 NĂM 2011\nHƯỚNG DẪN LẬP DỰ TOÁN CÔNG TRÌNH\n\n"
         "Căn cứ Luật Xây dựng; Bộ Xây dựng hướng dẫn lập dự toán công trình:\nĐiều 1. Phạm vi\n",
         "07/2011/TT-BXD", date(2011, 2, 9), "Thông tư", "Bộ Xây dựng", "Hướng dẫn lập dự toán công trình"),
        # numbers of the forties are bare; the issuer is printed again, in full, over the grounds
        ("SẮC LỆNH\nCỦA CHỦ TỊCH CHÍNH PHỦ SỐ 12 NGÀY 3 THÁNG 4 NĂM 1946\n\nCHỦ TỊCH CHÍNH PHỦ\nVIỆT NAM DÂN CHỦ CỘNG "
         "HÒA\n\nXét đề nghị;\nĐiều I: Nay lập quỹ.\n",
         "12", date(1946, 4, 3), "Sắc lệnh", "Chủ tịch Chính phủ Việt Nam dân chủ cộng hòa", "Sắc lệnh"),
        # a converter left marked letters small
        ("SắC LệNH\nCủA CHủ TịCH CHíNH PHủ Số 9\nNGàY 2 THáNG 5 NăM 1946\n\nChiểu theo đề nghị;\nĐiều 1. Nay lập.\n",
         "9", date(1946, 5, 2), "Sắc lệnh", "Chủ tịch Chính phủ", "Sắc lệnh"),
        # the number stands in a title line only, the issuer nowhere, the day in the closing sentence
        (MOTTO + "\nLuật Trồng cây số 5/1999/QH10\n\nLUẬT\nTrồng cây\n\nCăn cứ Luật A được Quốc hội thông qua ngày 14 "
         "tháng 7 năm 1993;\nĐiều 1. Trồng.\nLuật này đã được Quốc hội khóa X thông qua ngày 21 tháng 12 năm 1999.\n",
         "5/1999/QH10", date(1999, 12, 21), "Luật", "Quốc hội", "Trồng cây"),
        # an annex in a file of its own: number and day in brackets are those of the act
        ("Phụ lục II\nVIẾT TẮT TÊN CÁC\nCƠ QUAN\n(Kèm theo Thông tư số 5/2020/TT-BNV\n"
         "ngày 5 tháng 3 năm 2020 của Bộ Nội vụ)\n\nI. QUY ĐỊNH CHUNG\n"
         "Chữ viết tắt được dùng theo bảng dưới đây, trừ trường hợp có quy định khác.\n",
         None, None, "Phụ lục", "Bộ Nội vụ", "Phụ lục II. Viết tắt tên các cơ quan"),
        # a slip under the motto
        (MOTTO + "PHIẾU CHUYỂN VĂN BẢN\nUBND HUYỆN A\nNgày 3 tháng 2 năm 2012\n- Ý kiến của lãnh đạo\n",
         None, date(2012, 2, 3), "Văn bản khác", "UBND huyện A", "Phiếu chuyển văn bản"),
        # clauses that begin at once: what stands above them is the title
        ("Đề mục 3\nCây xanh\nChương I\nNHỮNG QUY ĐỊNH CHUNG\n"
         "Điều 1. Cây xanh đô thị là cây được trồng trên hè phố, trong công viên\n",
         None, None, "Văn bản khác", None, "Đề mục 3 Cây xanh"),
        # a register of documents: a table under a head in two cells
        ("SỞ XÂY DỰNG | SỔ VĂN BẢN ĐẾN\nTừ ngày | 01/12/2011\n"
         "Ngày đến | Số đến | Nơi gửi | Số, ký hiệu | Ngày ban hành | Trích yếu\n"
         "1/12/2011 | 5 | UBND | 7/CT-UBND | | A\n",
         None, None, "Văn bản khác", "Sở Xây dựng", "Sổ văn bản đến"),
    ],
)  # fmt: skip
def test_heads_that_follow_no_model(
    text: str, number: str | None, day: date | None, type_: str, issuer: str | None, title: str
) -> None:
    """Registers of law, annexes, slips and texts without any head."""
    found = head(text)
    assert (found.number, found.date, found.type) == (number, day, type_)
    assert (found.issuer, found.title) == (issuer, title)


@pytest.mark.parametrize(
    "text",
    [
        "Phụ lục I\nDANH MỤC\n\nI. QUY ĐỊNH CHUNG\n" + "Những nhiệm vụ được giao cho các sở, ngành. " * 3,
        "1. Sở Tài chính chủ trì.\n" + "2. Sở Nội vụ phối hợp với các sở, ngành có liên quan thực hiện. " * 3,
        "Đề mục 3\nĐiều 1\n" + "Những nhiệm vụ được giao cho các sở, ngành. " * 3,
    ],
)
def test_a_body_never_begins_below_its_first_label(text: str) -> None:
    """Or the first clause is lost."""
    found = lines(Source(name="a", kind="txt", text=text))
    first = next(i for i, line in enumerate(found) if line.text[:2] in ("I.", "1.", "Đi"))
    assert header.parse(found).body <= first
