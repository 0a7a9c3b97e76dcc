"""Files of the ledger: what Excel and a calendar read in them."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from starlette.testclient import TestClient

from api.export import file
from api.export.listing import Listing
from api.schemas import Assignment, Assignments, AssignmentsRequest, Body, Citation, Counts, Succession
from tests.api.conftest import NOTICE

BASE = "http://127.0.0.1:8000"
AS_OF = date(2022, 10, 20)
CITED = Citation(
    document_id=NOTICE,
    document_number="441/TB-VP",
    document_title="Kết luận",
    document_date=date(2022, 9, 9),
    issuer="VP",
    source="000.txt",
    page=None,
    clause="II.5.2",
    label="441/TB-VP, mục II.5.2",
    quote="…",
    url=f"/d/{NOTICE}#II.5.2",
    regions=[],
)
FINANCE = Body(
    key="so-tai-chinh",
    name="Sở Tài chính",
    en="Department of Finance",
    registered=True,
    names=["Sở Tài chính"],
    predecessors=["Sở Kế hoạch và Đầu tư"],
    successor=None,
)


def _row(**fields: Any) -> Assignment:
    values: dict[str, Any] = {
        "id": "0123456789abcdef",
        "agencies": ["Sở Tài chính"],
        "role": "lead",
        "task": "Trình phương án giá",
        "deadline_text": "trước ngày 15/10/2022",
        "due": date(2022, 10, 15),
        "bound": "before",
        "recurrence": None,
        "status": "overdue",
        "as_": None,
        "succeeded_by": [],
        "citation": CITED,
    }
    return Assignment(**values | fields)


def _listing(*rows: Assignment, agency: Body | None = None, language: Any = "vi", **filters: Any) -> Listing:
    counts = Counts(overdue=0, due_soon=0, upcoming=0, undated=0, recurring=0)
    found = Assignments(
        total=len(rows), as_of=AS_OF, agency=agency, counts=counts, due_dates=[], assignments=list(rows)
    )
    request = AssignmentsRequest(**filters)
    return Listing(found=found, request=request, base=BASE, language=language)


def _csv(listing: Listing) -> list[dict[str, str]]:
    content = file.written(listing, "csv").content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _sheet(listing: Listing) -> Any:
    return load_workbook(io.BytesIO(file.written(listing, "xlsx").content)).active


def _events(listing: Listing) -> list[Any]:
    return list(Calendar.from_ical(file.written(listing, "ics").content).walk("VEVENT"))


def test_a_csv_has_vietnamese_headings_and_plain_dates() -> None:
    """A byte order mark for Excel, CR LF, and every field of a row."""
    gone = Succession(agency="Sở Kế hoạch và Đầu tư", by="Sở Tài chính", since=date(2025, 3, 1))
    row = _row(agencies=["Sở Kế hoạch và Đầu tư", "Sở Nội vụ"], succeeded_by=[gone], task="Trình, “gấp”\nhai dòng")
    content = file.written(_listing(row), "csv").content
    assert content.count(b"\r\n") == 2
    [read] = _csv(_listing(row))
    assert read == {
        "STT": "1",
        "Cơ quan thực hiện": "Sở Kế hoạch và Đầu tư (cơ quan kế thừa: Sở Tài chính)\nSở Nội vụ",
        "Vai trò": "Chủ trì",
        "Nhiệm vụ": "Trình, “gấp”\nhai dòng",
        "Thời hạn trong văn bản": "trước ngày 15/10/2022",
        "Ngày đến hạn": "2022-10-15",
        "Tính hạn": "Trước ngày",
        "Tình trạng": "Quá hạn",
        "Căn cứ": "441/TB-VP, mục II.5.2",
        "Trích yếu văn bản": "Kết luận",
        "Ngày văn bản": "2022-09-09",
        "Liên kết": f"{BASE}/d/{NOTICE}#II.5.2",
        "Mã nhiệm vụ": "0123456789abcdef",
    }


@pytest.mark.parametrize("first", ["=1+1", "+84", "-", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")'])
def test_no_cell_is_a_formula(first: str) -> None:
    """A task from a hostile document stays text: an apostrophe in CSV, a text cell in the workbook."""
    listing = _listing(_row(task=f"{first} chi trả"))
    [read] = _csv(listing)
    assert read["Nhiệm vụ"] == f"'{first} chi trả"
    cell = _sheet(listing)["D4"]
    assert cell.data_type == "s"
    assert cell.value.endswith("chi trả")


@pytest.mark.parametrize("form", ["csv", "xlsx", "ics"])
def test_control_characters_are_left_out(form: file.Form) -> None:
    """What a damaged document holds must not make a file that its program cannot open."""
    content = file.written(_listing(_row(task="Chi\x07 trả\x00 \ufffe đợt 1", agencies=["Sở\x1b X"])), form).content
    if form == "xlsx":
        assert load_workbook(io.BytesIO(content)).active["D4"].value == "Chi trả  đợt 1"
    else:
        assert "Chi trả  đợt 1" in content.decode().replace("\r\n ", "")
        assert not any(byte in content for byte in (b"\x07", b"\x00", b"\x1b"))


def test_a_workbook_is_ready_to_print() -> None:
    """Title, selection, a header in view and on every page; landscape A4, one page wide; real dates; links."""
    listing = _listing(
        _row(), _row(due=None, bound=None, recurrence="monthly", status="recurring"), agency=FINANCE, status="overdue"
    )
    sheet = _sheet(listing)
    assert sheet["A1"].value == "SỔ THEO DÕI NHIỆM VỤ ĐƯỢC GIAO"
    assert sheet["A2"].value == (
        "Cơ quan: Sở Tài chính; Sở Kế hoạch và Đầu tư. Tình trạng: Quá hạn."
        " Tình trạng tính đến ngày 20/10/2022. Số nhiệm vụ: 2."
    )
    assert [cell.value for cell in sheet[3]][:4] == ["STT", "Cơ quan thực hiện", "Vai trò", "Nhiệm vụ"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A4", "A3:K5", "$3:$3")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    due, clause = sheet["F4"], sheet["I4"]
    assert (due.value, due.number_format) == (datetime(2022, 10, 15), "dd/mm/yyyy")
    assert (clause.value, clause.hyperlink.target) == ("441/TB-VP, mục II.5.2", f"{BASE}/d/{NOTICE}#II.5.2")
    assert sheet["D4"].alignment.wrap_text
    assert sheet.column_dimensions["D"].width > sheet.column_dimensions["A"].width
    assert (sheet["F5"].value, sheet["G5"].value) == (None, "Hằng tháng")


def test_a_calendar_has_an_all_day_event_for_each_due_date() -> None:
    """Read back with a library: UID, date, summary, address; what has no date is left out."""
    listing = _listing(_row(), _row(due=None, bound=None), agency=FINANCE)
    [event] = _events(listing)
    assert event["UID"] == "0123456789abcdef@chidao"
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2022, 10, 15), date(2022, 10, 16))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["SUMMARY"] == "Sở Tài chính: Trình phương án giá"
    assert event["URL"] == f"{BASE}/d/{NOTICE}#II.5.2"
    assert event.decoded("DTSTAMP").isoformat() == "2022-09-09T00:00:00+00:00"
    assert "Ngày đến hạn: Trước ngày – 15/10/2022 – trước ngày 15/10/2022" in event["DESCRIPTION"]
    calendar = Calendar.from_ical(file.written(listing, "ics").content)
    assert (calendar["VERSION"], calendar["X-WR-CALNAME"]) == ("2.0", "Hạn nhiệm vụ: Sở Tài chính")
    assert calendar["REFRESH-INTERVAL"].to_ical() == b"P1D"


def test_an_event_is_the_same_whenever_it_is_asked_for() -> None:
    """A subscribed calendar is not told of changes that are none: not a byte depends on the day."""
    later = _listing(_row(status="upcoming"))
    later = Listing(
        found=later.found.model_copy(update={"as_of": date(2030, 1, 1)}),
        request=later.request,
        base=BASE,
        language="vi",
    )
    assert file.written(_listing(_row()), "ics").content == file.written(later, "ics").content


def test_a_calendar_line_is_short_and_survives_commas_and_breaks() -> None:
    """RFC 5545: lines of at most 75 octets, also in Vietnamese; escapes are undone by the reader."""
    words = "Rà soát, tổng hợp; báo cáo\\n hai\ndòng " * 12
    agencies = ["Sở Nội vụ", "Sở Tài chính", "Sở Y tế", "Sở Xây dựng", "Sở Tư pháp"]
    listing = _listing(_row(task=words, agencies=agencies))
    content = file.written(listing, "ics").content
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    [event] = _events(listing)
    assert words.strip() in event["DESCRIPTION"]
    assert event["SUMMARY"].startswith("Sở Nội vụ, Sở Tài chính, Sở Y tế và 2 cơ quan khác: Rà soát, tổng hợp;")
    assert event["SUMMARY"].endswith("…")
    culture = FINANCE.model_copy(update={"name": "Sở Văn hóa, Thể thao và Du lịch"})
    named = file.written(_listing(agency=culture), "ics").content
    assert "X-WR-CALNAME:Hạn nhiệm vụ: Sở Văn hóa\\, Thể thao".encode() in named.replace(b"\r\n ", b"")


def test_a_calendar_without_dates_is_still_a_calendar() -> None:
    """It must hold a component (RFC 5545, 3.6), or a subscription fails until something is due."""
    calendar = Calendar.from_ical(file.written(_listing(), "ics").content)
    assert [component.name for component in calendar.subcomponents] == ["VTIMEZONE"]


@pytest.mark.parametrize("form", ["csv", "xlsx", "ics"])
def test_names_of_files_are_plain_and_carry_no_path(form: file.Form) -> None:
    """ASCII for every system, and the Vietnamese name for those that read `filename*`."""
    strange = FINANCE.model_copy(update={"name": '../../Sở "Tài" chính\r\nX: 1'})
    made = file.written(_listing(agency=strange), form)
    assert made.name == f"so-nhiem-vu-so-tai-chinh-x-1-2022-10-20.{form}"
    header = made.disposition("attachment")
    assert header.isascii()
    assert header.isprintable()
    title = unquote(header.partition("filename*=UTF-8''")[2])
    assert title == f"Sổ theo dõi nhiệm vụ được giao – Sở Tài chính X 1 – 2022-10-20.{form}"


def test_a_file_in_english_is_in_english() -> None:
    """Headings, roles and statuses; the words of the document stay."""
    [read] = _csv(_listing(_row(), language="en"))
    assert (read["Role"], read["Status"], read["Task"]) == ("Lead", "Overdue", "Trình phương án giá")
    assert _sheet(_listing(_row(), language="en", q="giá"))["A2"].value.startswith(
        "Words: giá. Status as of 2022-10-20"
    )


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("ics", "text/calendar; charset=utf-8"),
    ],
)
def test_a_file_is_sent_to_be_saved(client: TestClient, form: str, media_type: str) -> None:
    """`format` makes the same selection a file, whole if no limit is given; its links lead back here."""
    response = client.get(
        "/api/v1/assignments", params={"format": form, "agency": "Sở Tài chính", "as_of": "2022-10-20"}
    )
    assert response.status_code == 200
    assert response.headers["content-type"] == media_type
    assert response.headers["content-disposition"].startswith(
        f'attachment; filename="so-nhiem-vu-so-tai-chinh-2022-10-20.{form}"; filename*=UTF-8'
    )
    if form != "xlsx":
        assert f"{BASE}/d/{NOTICE}#II.5.2" in response.text.replace("\r\n ", "")


def test_a_file_holds_everything_unless_it_is_limited(client: TestClient) -> None:
    """JSON comes in pages; a file with the first hundred rows would mislead."""
    whole = client.get("/api/v1/assignments", params={"format": "csv"}).text
    limited = client.get("/api/v1/assignments", params={"format": "csv", "limit": 1}).text
    assert (len(whole.splitlines()), len(limited.splitlines())) == (5, 2)


@pytest.mark.parametrize("name", ["so-tai-chinh", "Sở Tài chính", "STC", "stc", "Department of Finance"])
def test_a_feed_is_found_by_any_name(client: TestClient, name: str) -> None:
    """GET /feeds/{agency}.ics: the due dates of the body, shown by the calendar rather than saved."""
    response = client.get(f"/feeds/{name}.ics")
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert response.headers["content-disposition"].startswith("inline")
    [event] = Calendar.from_ical(response.content).walk("VEVENT")
    assert event.decoded("DTSTART") == date(2022, 9, 30)


def test_a_feed_of_a_body_without_dates_is_empty_and_of_none_is_refused(client: TestClient) -> None:
    """A registered body may have nothing to do; a misspelt one must not look as if it had nothing to do."""
    assert not Calendar.from_ical(client.get("/feeds/so-y-te.ics").content).walk("VEVENT")
    response = client.get("/feeds/sở không có.ics", headers={"Accept-Language": "en"})
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert "“sở không có”" in response.json()["detail"]
