"""What a person can do with the pages, in a real browser, under a policy that forbids inline code."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.web.conftest import Portal, overflow

if TYPE_CHECKING:
    from playwright.sync_api import Page

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (extra `browser`)")
expect = sync_api.expect


FINANCE = "Sở Tài chính được giao nhiệm vụ gì, hạn khi nào?"
OCTOBER = "Which tasks are due in October 2022?"
CHAIR = "Hội nghị ngày 18/8/2022 do ai chủ trì?"
PUBLICITY = "Ai nêu tầm quan trọng của công tác tuyên truyền?"
HOSTILE = "Ai chịu trách nhiệm thi hành?"
HEALTH = "Sở Y tế được giao nhiệm vụ gì?"

NOTICE = "/d/441-TB-VP.2022"
ODD = f"/d/{quote('15-2026-QĐ-UBND.2026')}"


def ask(page: Page, question: str) -> None:
    page.goto("/")
    page.get_by_role("searchbox").first.fill(question)
    page.keyboard.press("Enter")
    page.locator(".answer").wait_for()


def in_view(page: Page, clause: str) -> bool:
    """Whether the clause's first line stands inside the window."""
    top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", clause)
    height = page.evaluate("innerHeight")
    return bool(0 <= top < height)


def test_asking_shows_the_answer_its_task_and_its_citation(page: Page) -> None:
    ask(page, FINANCE)
    expect(page.locator(".sentence")).to_contain_text("Sở Tài chính được giao 2 nhiệm vụ")
    row = page.get_by_role("row").nth(1)
    expect(row).to_contain_text("Sở Tài chính")
    expect(row).to_contain_text("chậm nhất 30/09/2022")
    expect(row).to_contain_text("“hoàn thành trong tháng 9/2022”")
    card = page.locator("#citation-1")
    expect(card.get_by_role("link")).to_have_text("441/TB-VP, mục II.5.2")
    expect(card.get_by_role("blockquote")).to_contain_text("khung Kế hoạch số 189/KH-UBND")
    expect(card).to_contain_text("Văn phòng UBND thành phố Hà Nội · 09/09/2022")
    expect(page.locator(".understood")).to_contain_text("cơ quan Sở Tài chính")
    expect(page.get_by_role("status").first).to_have_text("Đã có câu trả lời. Số trích dẫn: 2.")


def test_how_a_question_was_read_can_be_mended(page: Page) -> None:
    """The body that was read stands selected in the box, ready to be typed over."""
    ask(page, FINANCE)
    page.get_by_role("button", name="Sửa cách hiểu").click()
    box = page.get_by_role("searchbox").first
    expect(box).to_be_focused()
    selected = "box => box.value.slice(box.selectionStart, box.selectionEnd)"
    assert box.evaluate(selected) == "Sở Tài chính"


def test_a_task_of_the_table_is_not_said_again_as_a_statement(page: Page) -> None:
    ask(page, FINANCE)
    expect(page.locator(".statements")).to_have_count(0)
    ask(page, HOSTILE)
    expect(page.locator(".statements li")).to_have_count(1)


def test_what_a_model_wrote_is_set_apart_with_its_footnotes(page: Page, portal: Portal) -> None:
    ask(page, FINANCE)
    expect(page.locator(".written")).to_have_count(0)
    sentence = {"text": "Sở Tài chính trình <b>kế hoạch</b> trong tháng 9/2022.", "citations": [0]}
    portal.answers[FINANCE]["written"] = {"sentences": [sentence]}
    ask(page, FINANCE)
    expect(page.locator(".written li")).to_have_text("Sở Tài chính trình <b>kế hoạch</b> trong tháng 9/2022.[1]")
    expect(page.locator(".answer")).to_contain_text("Do mô hình ngôn ngữ viết")
    expect(page.locator(".written a")).to_have_attribute("href", "#citation-1")


def test_the_citation_leads_to_its_clause_marked_and_in_view(page: Page) -> None:
    ask(page, FINANCE)
    page.locator("#citation-1").get_by_role("link").click()
    expect(page.locator(".cited > .own")).to_contain_text("5.2. Trình UBND Thành phố")
    assert in_view(page, "II.5.2")
    expect(page.locator(".contents [aria-current]")).to_contain_text("5.2.")


@pytest.mark.parametrize(
    ("address", "clause"),
    [
        (f"{NOTICE}/II.6.1", "II.6.1"),
        (f"{NOTICE}#I.6.-2", "I.6.-2"),
        (f"{NOTICE}#closing", "closing"),
        (f"{ODD}#{quote('Điều 5.2.a')}", "Điều 5.2.a"),
        (f"{ODD}/{quote('Điều 5.5(2)')}", "Điều 5.5(2)"),
        (f"{ODD}#Điều 5.2.đ", "Điều 5.2.đ"),
        (f"{NOTICE}/I.1#II.7", "II.7"),
    ],
    ids=["in the path", "a bullet", "the closing", "letters and spaces", "brackets", "unescaped", "fragment first"],
)
def test_every_shape_of_address_finds_its_clause(page: Page, address: str, clause: str) -> None:
    page.goto(address)
    expect(page.locator(".cited")).to_have_attribute("id", clause)
    assert in_view(page, clause)


def test_the_mark_follows_the_fragment_and_back_returns_it(page: Page) -> None:
    page.goto(f"{NOTICE}#II.5.2")
    expect(page.locator(".cited")).to_have_attribute("id", "II.5.2")
    page.locator(".contents").get_by_role("link", name="1. Các cơ quan").click()
    expect(page.locator(".cited")).to_have_attribute("id", "I.1")
    assert in_view(page, "I.1")
    page.go_back()
    expect(page.locator(".cited")).to_have_attribute("id", "II.5.2")


def test_an_unknown_clause_is_said_above_the_text(page: Page) -> None:
    page.goto(f"{NOTICE}#X.9%")
    expect(page.get_by_role("alert")).to_contain_text("không có mục “X.9%”")
    expect(page.locator(".cited")).to_have_count(0)


def test_a_document_shows_its_head_contents_text_and_surroundings(page: Page) -> None:
    page.goto(NOTICE)
    expect(page.locator(".document-number")).to_have_text("Thông báo số 441/TB-VP")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kết luận của Chủ tịch UBND Thành phố")
    expect(page.locator(".facts")).to_contain_text("Trương Việt Dũng")
    expect(page.locator(".contents a").first).to_have_text("Phần mở đầu")
    expect(page.locator(".contents a").last).to_have_text("Phần kết")
    assert page.locator("#preamble > .own > p").count() == 3
    expect(page.locator(".after").first).to_contain_text("Thường trực HĐND TP; (để b/c)")
    expect(page.locator(".after").last).to_contain_text("Kế hoạch số 285/KH-UBND ngày 13/12/2021 (tại II.1.5)")
    expect(page.locator(".after").last.get_by_role("link", name="214/KH-UBND")).to_have_attribute(
        "href", "/d/214-KH-UBND.2023#2"
    )
    source = page.get_by_role("link", name="000_1abef0c6d68ff307.txt").get_attribute("href")
    assert page.request.get(f"{source}").ok


def test_a_heading_is_said_once(page: Page) -> None:
    page.goto(ODD)
    own = page.locator("section.clause").filter(has_text="Trách nhiệm thi hành").first.locator("> .own")
    expect(own.get_by_role("heading")).to_have_text("Điều 5 Trách nhiệm thi hành")
    expect(own.locator("p")).to_have_count(0)


def test_warnings_of_a_document_are_shown(page: Page) -> None:
    page.goto(ODD)
    expect(page.locator(".document-head .notice")).to_contain_text("nhận dạng từ ảnh quét")


def test_a_document_that_is_not_held_says_so(page: Page) -> None:
    page.goto("/d/khong-co")
    expect(page.get_by_role("heading", level=1)).to_have_text("Không tìm thấy văn bản")
    expect(page.get_by_role("alert")).to_contain_text("Không có văn bản khong-co.")


def test_a_footnote_leads_to_its_card(page: Page) -> None:
    ask(page, CHAIR)
    page.locator(".sentence").get_by_role("link", name="[1] 441/TB-VP, phần mở đầu").click()
    expect(page.locator("#citation-1")).to_be_focused()
    assert FINANCE not in page.title()
    assert page.locator(".answer").count() == 1


def test_a_folded_quote_shows_the_words_that_matter_and_opens(page: Page) -> None:
    ask(page, PUBLICITY)
    expect(page.locator("blockquote mark")).to_be_visible()
    expect(page.locator("blockquote")).not_to_contain_text("Ngày 18/8/2022, tại Trụ sở")
    page.get_by_role("button", name="Hiện cả điều khoản").click()
    expect(page.locator("blockquote")).to_contain_text("Ngày 18/8/2022, tại Trụ sở")


def test_a_refusal_gives_its_reason_and_the_nearest_clauses(page: Page) -> None:
    ask(page, HEALTH)
    expect(page.locator(".notice")).to_contain_text("không giao nhiệm vụ nào cho Sở Y tế")
    expect(page.locator(".notice")).to_contain_text("Cơ quan được hỏi không có trong các văn bản này.")
    expect(page.get_by_role("heading", level=3)).to_have_text("Điều khoản gần nhất, không trả lời câu hỏi")
    assert page.locator(".citation").count() == 2
    expect(page.get_by_role("table")).to_have_count(0)


def test_the_language_changes_at_a_click_and_is_remembered(page: Page) -> None:
    ask(page, FINANCE)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("row").nth(1)).to_contain_text("by 30 Sep 2022")
    expect(page.locator("#citation-1")).to_contain_text("9 Sep 2022")
    expect(page.locator("blockquote").first).to_have_attribute("lang", "vi")
    assert "lang=en" in page.url
    page.goto(NOTICE)
    expect(page.locator(".facts")).to_contain_text("Signed by")
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.goto("/")
    expect(page.get_by_role("button", name="Hỏi")).to_be_visible()


def test_the_language_of_the_address_goes_before_the_one_remembered(page: Page, portal: Any) -> None:
    page.goto(f"/?lang=en&q={quote(OCTOBER)}")
    expect(page.locator(".due").first).to_have_text("before 15 Oct 2022")
    expect(page.locator(".understood")).to_contain_text("due from 1 Oct 2022 to 31 Oct 2022")
    assert portal.languages == ["en"]


def test_everything_can_be_done_from_the_keyboard(page: Page) -> None:
    page.goto("/")
    page.locator(".document-list").wait_for()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("/")
    box = page.get_by_role("searchbox")
    expect(box).to_be_focused()
    page.keyboard.type("18/8")
    expect(box).to_have_value("18/8")
    box.fill(FINANCE)
    page.keyboard.press("Enter")
    page.locator(".answer").wait_for()
    expect(box).to_be_focused()
    reached = []
    for _ in range(8):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent"))
    table = ["441/TB-VP, mục II.5.2", "[1]", "441/TB-VP, mục II.5.1", "[2]"]
    assert reached == ["Hỏi", "Sửa cách hiểu", *table, "441/TB-VP, mục II.5.2", "Sao chép trích dẫn"]
    page.keyboard.press("Escape")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    expect(page.locator(".answer")).to_have_count(0)
    assert "q=" not in page.url


def test_focus_is_visible(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    assert page.get_by_role("searchbox").evaluate("node => getComputedStyle(node).outlineStyle") == "solid"


def test_the_address_carries_the_question_and_back_returns_to_it(page: Page, portal: Any) -> None:
    ask(page, FINANCE)
    ask_again = page.get_by_role("searchbox")
    ask_again.fill(HEALTH)
    page.keyboard.press("Enter")
    expect(page.locator(".refused")).to_have_count(1)
    assert page.url.endswith(f"?q={quote(HEALTH).replace('%20', '+')}")
    page.go_back()
    expect(page.locator(".sentence")).to_contain_text("Sở Tài chính được giao 2 nhiệm vụ")
    expect(ask_again).to_have_value(FINANCE)
    page.go_back()
    expect(page.locator(".document-list")).to_be_visible()
    assert portal.questions == [FINANCE, HEALTH, FINANCE]


def test_an_example_is_asked_at_a_click(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name=FINANCE).click()
    expect(page.locator("#page-asked")).to_have_text(FINANCE)
    expect(page.locator("#page-examples")).to_be_hidden()


def test_an_empty_question_is_not_asked(page: Page, portal: Any) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("   ")
    page.keyboard.press("Enter")
    expect(page.locator(".document-list")).to_be_visible()
    assert portal.questions == []


def test_a_problem_is_told_in_the_servers_words(page: Page) -> None:
    page.goto("/?q=câu khác")
    expect(page.get_by_role("alert")).to_have_text("Câu hỏi này không có trong bài thử.")
    expect(page.get_by_role("button", name="Thử lại")).to_have_count(0)


def test_a_busy_server_can_be_asked_again(page: Page, portal: Any) -> None:
    portal.refusals.append((HTTPStatus.SERVICE_UNAVAILABLE, "Chỉ mục đang được tạo."))
    page.goto(f"/?q={quote(FINANCE)}")
    expect(page.get_by_role("alert")).to_contain_text("Chỉ mục đang được tạo.")
    page.get_by_role("button", name="Thử lại").click()
    expect(page.locator(".sentence")).to_be_visible()


def test_a_lost_connection_can_be_tried_again(page: Page) -> None:
    page.goto("/")
    page.route("**/api/v1/ask", lambda route: route.abort())
    page.get_by_role("button", name=FINANCE).click()
    expect(page.get_by_role("alert")).to_contain_text("Không kết nối được với máy chủ.")
    page.unroute("**/api/v1/ask")
    page.get_by_role("button", name="Thử lại").click()
    expect(page.locator(".sentence")).to_be_visible()


@pytest.mark.parametrize(
    "address", [f"/?q={quote(HOSTILE)}", f"{ODD}#{quote('Điều 5.2.a')}"], ids=["answer", "document"]
)
def test_markup_in_a_document_stays_text(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_text("<script>document.title").first).to_be_visible()
    assert page.locator("main img[src='/nowhere.png'], main script, main b, main i").count() == 0
    assert "XSS" not in page.title()


COPIED = "\n".join(
    [
        "“Khoản in lần thứ hai, cùng số với khoản trên.”",
        "khoản 5 (2) Điều 5 Quyết định 15/2026/QĐ-UBND, Quy định thử nghiệm về <i>trích dẫn</i> & ký tự đặc biệt"
        " (UBND tỉnh Thử Nghiệm · 05/03/2026)",
    ]
)


@pytest.mark.parametrize("permitted", [True, False], ids=["clipboard API", "fallback"])
def test_a_citation_is_copied_with_its_label_and_address(page: Page, portal: Any, permitted: bool) -> None:
    """Without the clipboard API, as on an intranet without TLS, the older command serves."""
    page.context.grant_permissions(["clipboard-read", *(["clipboard-write"] if permitted else [])])
    if not permitted:
        page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('denied'))")
    ask(page, HOSTILE)
    page.locator("#citation-2").get_by_role("button", name="Sao chép trích dẫn").click()
    expect(page.locator("#citation-2").get_by_role("button", name="Đã sao chép")).to_be_visible()
    address = f"{portal.url}{ODD}#{quote('Điều 5.5(2)', safe='()')}"
    assert page.evaluate("navigator.clipboard.readText()") == f"{COPIED}\n{address}"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_is_wider_than_a_phone(page: Page, language: str) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    questions = [f"/?q={quote(words)}" for words in (FINANCE, OCTOBER, PUBLICITY, HOSTILE, HEALTH)]
    for address in ["/", *questions, NOTICE, ODD]:
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        page.locator(".document-list:visible, .answer, .paper").first.wait_for()
        assert overflow(page) <= 0, address


def test_words_of_a_document_inside_an_answer_are_set_as_vietnamese_quotes(page: Page) -> None:
    ask(page, PUBLICITY)
    expect(page.locator(".sentence .verbatim")).to_have_attribute("lang", "vi")
    ask(page, OCTOBER)
    expect(page.locator(".sentence .verbatim")).to_have_count(0)
    expect(page.locator(".sentence")).to_have_attribute("lang", "en")


def test_contents_are_folded_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(NOTICE)
    expect(page.locator(".contents summary")).to_be_visible()
    expect(page.locator(".contents ol").first).to_be_hidden()
    page.locator(".contents summary").click()
    expect(page.locator(".contents ol").first).to_be_visible()


def test_paper_shows_the_document_alone(page: Page) -> None:
    page.goto(NOTICE)
    page.locator(".paper").wait_for()
    page.emulate_media(media="print")
    for hidden in (".bar", ".contents", ".permalink"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".paper")).to_be_visible()


@pytest.fixture
def library(portal: Any) -> Callable[[int], None]:
    """Fills the portal with numbered notices."""

    def fill(count: int) -> None:
        first = portal.documents[0]
        portal.documents[:] = [
            {**first, "document_id": f"{number}-TB-VP.2022", "document_title": f"Thông báo {number}"}
            for number in range(count)
        ]

    return fill


def test_documents_are_listed_with_number_issuer_and_date(page: Page) -> None:
    page.goto("/")
    first = page.locator(".document-list li").first
    expect(first).to_contain_text("441/TB-VP")
    expect(first).to_contain_text("Văn phòng UBND thành phố Hà Nội · 09/09/2022")
    expect(first.get_by_role("link")).to_have_attribute("href", NOTICE)
    expect(page.locator(".document-list li").nth(1)).to_contain_text("Tin tức")
    expect(page.locator("#page-filter")).to_be_hidden()


def test_a_long_list_can_be_filtered_and_continued(page: Page, library: Callable[[int], None]) -> None:
    library(120)
    page.goto("/")
    expect(page.locator("#page-documents")).to_contain_text("Đang hiện 50 trong 120 văn bản.")
    page.get_by_role("button", name="Hiện thêm").click()
    expect(page.locator(".document-list li")).to_have_count(100)
    page.locator("#page-filter").fill("báo 119")
    expect(page.locator(".document-list li")).to_have_count(1)
    page.locator("#page-filter").fill("không có")
    expect(page.locator("#page-documents")).to_contain_text("Không có văn bản nào khớp.")


def test_an_empty_library_says_how_to_fill_it(page: Page, library: Callable[[int], None]) -> None:
    library(0)
    page.goto("/")
    expect(page.locator("#page-documents")).to_contain_text("chidao ingest")
