"""What a person can do with the ledger page, in a real browser, under a policy that forbids inline code."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.web.conftest import overflow

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (extra `browser`)")
expect = sync_api.expect

FINANCE = "Sở Tài chính"
STATUSES = ("overdue", "due_soon", "upcoming")


def opened(page: Page, query: str = "") -> Locator:
    """The ledger with what the address selects; its rows."""
    page.goto(f"/ledger{query}")
    page.locator("#page-ledger[aria-busy=false]").wait_for()
    return page.locator(".assignments tbody tr")


def asked(page: Page) -> dict[str, str]:
    """The filters in the address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_every_page_leads_to_the_ledger(page: Page) -> None:
    for address in ("/", "/d/441-TB-VP.2022", "/ledger"):
        page.goto(address)
        expect(page.get_by_role("navigation", name="Các trang").get_by_role("link")).to_have_attribute(
            "href", "/ledger"
        )
    expect(page.locator(".bar-nav a")).to_have_attribute("aria-current", "page")


def test_a_row_says_when_who_what_and_where(page: Page) -> None:
    rows = opened(page)
    expect(rows).to_have_count(6)
    first = rows.first
    for words in ("Quá hạn", "chậm nhất 30/09/2022", "“hoàn thành trong tháng 9/2022”", FINANCE, "Chủ trì"):
        expect(first).to_contain_text(words)
    link = first.get_by_role("link", name="441/TB-VP, II.5.2")
    expect(link).to_have_attribute("href", "/d/441-TB-VP.2022#II.5.2")
    expect(rows.nth(1)).to_contain_text("cơ quan kế thừa: Sở Tài chính")
    expect(rows.nth(4)).to_contain_text("hằng quý")
    expect(rows.nth(5)).to_contain_text("Văn bản không nêu hạn")
    expect(rows.last.get_by_role("link").first).to_have_attribute(
        "href", f"/d/{quote('15-2026-QĐ-UBND.2026')}#{quote('Điều 5.2.a')}"
    )
    expect(page.get_by_role("status")).to_have_text("Số nhiệm vụ: 6. Tình trạng tính đến ngày 20/10/2022.")


def test_overdue_and_due_soon_are_told_by_words_and_by_colour(page: Page) -> None:
    rows = opened(page)
    colours = [rows.nth(at).locator(".standing").evaluate("node => getComputedStyle(node).color") for at in (0, 2, 3)]
    assert len(set(colours)) == 3
    words = ["Quá hạn", "Quá hạn", "Sắp đến hạn", "Chưa đến hạn", "Định kỳ", "Không nêu ngày"]
    expect(rows.locator(".standing")).to_have_text(words)


def test_markup_in_a_task_stays_text(page: Page) -> None:
    rows = opened(page)
    expect(rows.nth(2)).to_contain_text("Báo cáo <b>kết quả</b>")
    assert page.locator("main b").count() == 0


def test_filters_live_in_the_address_and_back_returns_to_them(page: Page, portal: Any) -> None:
    rows = opened(page)
    page.get_by_label("Cơ quan", exact=True).fill(FINANCE)
    page.keyboard.press("Enter")
    expect(rows).to_have_count(3)
    assert asked(page) == {"agency": FINANCE}
    page.get_by_label("Tình trạng").select_option("overdue")
    expect(rows).to_have_count(2)
    assert asked(page) == {"agency": FINANCE, "status": "overdue"}
    page.go_back()
    expect(rows).to_have_count(3)
    expect(page.get_by_label("Tình trạng")).to_have_value("")
    page.reload()
    expect(rows).to_have_count(3)
    expect(page.get_by_label("Cơ quan", exact=True)).to_have_value(FINANCE)
    page.get_by_role("button", name="Bỏ lọc").click()
    expect(rows).to_have_count(6)
    assert asked(page) == {}
    assert portal.selections[-1] == {"limit": "200", "offset": "0"}


def test_the_day_of_the_statuses_can_be_set(page: Page, portal: Any) -> None:
    opened(page)
    page.get_by_label("Tính đến ngày").fill("2022-12-01")
    expect(page.get_by_role("status")).to_contain_text("tính đến ngày 01/12/2022")
    assert asked(page) == {"as_of": "2022-12-01"}
    assert portal.selections[-1]["as_of"] == "2022-12-01"


def test_every_filter_reaches_the_server(page: Page, portal: Any) -> None:
    wanted = {
        "document": "441-TB-VP.2022",
        "q": "báo cáo",
        "role": "lead",
        "due_from": "2022-10-01",
        "due_to": "2022-10-31",
    }
    opened(page, "?" + "&".join(f"{name}={quote(value)}" for name, value in wanted.items()))
    assert portal.selections[-1] == {**wanted, "limit": "200", "offset": "0"}
    for name, value in wanted.items():
        expect(page.locator(f"[name={name}]").last).to_have_value(value)


def test_a_choice_shows_how_many_it_would_find(page: Page) -> None:
    opened(page, "?status=overdue")
    options = page.get_by_label("Tình trạng").locator("option")
    expect(options).to_have_text(
        ["Tất cả", "Quá hạn: 2", "Sắp đến hạn: 1", "Chưa đến hạn: 1", "Không nêu ngày: 1", "Định kỳ: 1"]
    )


def test_names_are_suggested_while_one_types(page: Page) -> None:
    opened(page)
    page.get_by_label("Cơ quan", exact=True).press_sequentially("sở tài")
    option = page.locator("#agency-names option")
    expect(option).to_have_count(1)
    expect(option).to_have_attribute("value", FINANCE)
    expect(option).to_have_attribute("label", "STC · Department of Finance")
    page.get_by_label("Văn bản", exact=True).press_sequentially("kết luận")
    expect(page.locator("#document-names option").first).to_have_attribute("value", "441-TB-VP.2022")


def test_a_body_is_shown_with_those_it_succeeded(page: Page, portal: Any) -> None:
    portal.ledger[1]["succeeded_by"] = []  # as of a day before the merger
    opened(page, f"?agency={quote(FINANCE)}")
    expect(page.locator("#page-ledger")).to_contain_text("kế thừa: Sở Kế hoạch và Đầu tư.")
    expect(page.locator(".assignments tr").nth(2)).to_contain_text("được kế thừa từ cơ quan này")


def test_a_body_that_is_gone_leads_to_its_successor(page: Page) -> None:
    rows = opened(page, f"?agency={quote('Sở Kế hoạch và Đầu tư')}")
    expect(rows).to_have_count(1)
    page.locator(".notice").get_by_role("link", name=FINANCE).click()
    expect(rows).to_have_count(3)
    assert asked(page) == {"agency": FINANCE}


def test_an_unknown_body_is_told(page: Page) -> None:
    rows = opened(page, "?agency=Sở X")
    expect(page.locator(".notice")).to_contain_text("Không có cơ quan “Sở X”")
    expect(rows).to_have_count(0)
    expect(page.get_by_role("link", name="Excel")).to_have_count(0)


def test_files_carry_the_filters_and_the_language(page: Page) -> None:
    opened(page, f"?agency={quote(FINANCE)}&status=overdue&as_of=2022-10-20&lang=en")
    for name, form in (("Excel", "xlsx"), ("CSV", "csv"), ("Calendar (.ics)", "ics")):
        address = urlsplit(page.get_by_role("link", name=name, exact=True).get_attribute("href") or "")
        assert address.path == "/api/v1/assignments"
        assert {key: values[0] for key, values in parse_qs(address.query).items()} == {
            "agency": FINANCE,
            "status": "overdue",
            "as_of": "2022-10-20",
            "format": form,
            "lang": "en",
        }
    feed = page.get_by_role("link", name="Calendar to subscribe to")
    expect(feed).to_have_attribute("href", "/feeds/so-tai-chinh.ics?lang=en")


def test_the_timeline_is_a_picture_with_words(page: Page) -> None:
    opened(page)
    picture = page.get_by_role("img", name="Các ngày đến hạn")
    expect(picture).to_have_accessible_description(
        "Từ 30/09/2022 đến 31/12/2022: 4 nhiệm vụ có ngày đến hạn. Quá hạn: 2, Sắp đến hạn: 1, Chưa đến hạn: 1."
        " Nhiều nhất: 10/2022 (2)."
    )
    assert picture.locator("rect").count() == 4
    assert picture.locator("rect.overdue").first.locator("title").text_content() == "09/2022 – Quá hạn: 1"
    expect(picture.locator("text.now")).to_have_text("Ngày tính: 20/10/2022")
    heights = [box["height"] for bar in picture.locator("rect").all() if (box := bar.bounding_box())]
    assert max(heights) - min(heights) < 1
    fills = {picture.locator(f"rect.{name}").first.evaluate("node => getComputedStyle(node).fill") for name in STATUSES}
    assert len(fills) == len(STATUSES)


def test_the_figures_of_the_timeline_lead_to_their_period(page: Page) -> None:
    opened(page)
    page.get_by_text("Số liệu của biểu đồ").click()
    row = page.locator(".figures tbody tr").nth(1)
    expect(row).to_have_text("10/2022110")
    row.get_by_role("link").click()
    assert asked(page) == {"due_from": "2022-10-01", "due_to": "2022-10-31"}
    expect(page.get_by_label("Hạn đến ngày")).to_have_value("2022-10-31")


@pytest.mark.parametrize(
    ("days", "labels"),
    [
        (["2022-10-18", "2022-10-25"], "18/10"),
        (["2022-09-30", "2024-01-31"], "09/2022"),
        (["2022-03-31", "2028-12-31"], "quý 1/2022"),
        (["2000-02-29", "2045-12-31"], "2000"),
    ],
    ids=["days", "months", "quarters", "years"],
)
def test_the_timeline_takes_the_finest_scale_that_fits(page: Page, portal: Any, days: list[str], labels: str) -> None:
    portal.ledger[:] = [{**portal.ledger[0], "due": day} for day in days]
    opened(page)
    expect(page.locator(".timeline .tick").first).to_have_text(labels)
    expect(page.locator(".timeline rect")).to_have_count(2)


def test_without_dates_there_is_no_timeline(page: Page, portal: Any) -> None:
    portal.ledger[:] = portal.ledger[4:]
    assert opened(page).count() == 2
    expect(page.locator(".timeline")).to_have_count(0)


def test_a_long_ledger_comes_in_pages(page: Page, portal: Any) -> None:
    portal.ledger[:] = [{**portal.ledger[0], "task": f"Nhiệm vụ {number}"} for number in range(450)]
    rows = opened(page)
    expect(rows).to_have_count(200)
    expect(page.get_by_role("status")).to_contain_text("Đang hiện từ 1 đến 200.")
    page.get_by_role("link", name="Trang sau").click()
    expect(rows.first).to_contain_text("Nhiệm vụ 200")
    page.get_by_role("link", name="Trang sau").click()
    expect(rows).to_have_count(50)
    assert asked(page) == {"page": "3"}
    expect(page.get_by_role("link", name="Trang sau")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("status")).to_contain_text("Đang hiện từ 201 đến 400.")
    page.get_by_label("Tình trạng").select_option("overdue")
    expect(page.get_by_role("status")).to_contain_text("từ 1 đến 200")
    assert asked(page) == {"status": "overdue"}


def test_a_page_past_the_end_leads_back(page: Page) -> None:
    assert opened(page, "?page=9").count() == 0
    page.get_by_role("link", name="Trang trước").click()
    expect(page.locator(".assignments tbody tr")).to_have_count(6)


def test_the_language_changes_at_a_click(page: Page) -> None:
    rows = opened(page, "?status=overdue")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ledger of assignments")
    expect(rows.first).to_contain_text("by 30 Sep 2022")
    expect(page.get_by_label("Status")).to_have_value("overdue")
    expect(page.get_by_role("form", name="Filter assignments")).to_be_visible()
    expect(page.locator(".timeline text.now")).to_have_text("As of 20 Oct 2022")
    assert asked(page) == {"status": "overdue", "lang": "en"}
    page.get_by_role("button", name="Clear").click()
    expect(rows).to_have_count(6)
    assert asked(page) == {"lang": "en"}


def test_everything_can_be_done_from_the_keyboard(page: Page) -> None:
    rows = opened(page)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Cơ quan", exact=True)).to_be_focused()
    page.keyboard.type(FINANCE)
    page.keyboard.press("Enter")
    expect(rows).to_have_count(3)
    expect(page.get_by_label("Cơ quan", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("body").click(position={"x": 5, "y": 5})
    page.keyboard.press("/")
    expect(page.locator("#page-question")).to_be_focused()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [320, 360, 800])
def test_nothing_is_wider_than_the_window(page: Page, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    opened(page, f"?agency={quote(FINANCE)}&lang={language}")
    page.locator(".timeline summary").click()
    assert overflow(page) <= 0
    box = page.locator(".timeline svg").bounding_box()
    assert box is not None
    assert box["width"] <= width


def test_a_change_of_width_draws_the_timeline_anew(page: Page) -> None:
    opened(page)
    wide = page.locator(".timeline svg").get_attribute("width")
    page.locator(".timeline summary").click()
    page.set_viewport_size({"width": 400, "height": 640})
    expect(page.locator(".timeline svg")).not_to_have_attribute("width", str(wide))
    expect(page.locator(".figures")).to_be_visible()


def test_a_problem_is_told_and_can_be_tried_again(page: Page, portal: Any) -> None:
    portal.refusals.append((HTTPStatus.SERVICE_UNAVAILABLE, "Chỉ mục đang được tạo."))
    rows = opened(page)
    expect(page.get_by_role("alert")).to_contain_text("Chỉ mục đang được tạo.")
    expect(page.get_by_role("status")).to_have_text("Chưa tải được sổ nhiệm vụ.")
    page.get_by_role("button", name="Thử lại").click()
    expect(rows).to_have_count(6)


def test_paper_shows_the_ledger_without_its_controls(page: Page) -> None:
    opened(page)
    page.emulate_media(media="print")
    for hidden in (".bar", ".filters", ".files"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".assignments")).to_be_visible()
