"""The picture of a page beside its clause, in a real browser: where the mark lies, how it is reached and told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.web.conftest import Portal, overflow
from tests.web.test_browser import FINANCE, NOTICE, ask

if TYPE_CHECKING:
    from playwright.sync_api import Page

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (extra `browser`)")
expect = sync_api.expect

REGION = {"page": 3, "left": 0.1, "top": 0.7, "right": 0.9, "bottom": 0.78}
OVERLEAF = {"page": 4, "left": 0.1, "top": 0.1, "right": 0.5, "bottom": 0.14}


def scanned(portal: Portal, *regions: dict[str, Any]) -> None:
    """Makes a clause of the notice one of a scan, and what the answer cites as well."""

    def mark(clauses: list[dict[str, Any]]) -> None:
        for clause in clauses:
            if clause["path"] == "II.5.2":
                clause["regions"] = list(regions)
            mark(clause["children"])

    mark(portal.trees["441-TB-VP.2022"]["clauses"])
    for citation in portal.answers[FINANCE]["citations"]:
        if citation["clause"] == "II.5.2":
            citation.update(page=3, regions=list(regions))


def sides(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).bounding_box()
    assert found is not None
    return dict(found)


def test_the_clause_is_marked_on_the_picture_of_its_page(page: Page, portal: Portal) -> None:
    """The mark covers the region at whatever size the picture is shown, and keeps close to it."""
    scanned(portal, REGION)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{NOTICE}/II.5.2")
        picture = page.get_by_role("img", name="Ảnh trang 3 của bản gốc, II.5.2 được đánh dấu")
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        frame, mark = sides(page, ".sheet img"), sides(page, ".sheet rect")
        left = (mark["x"] - frame["x"]) / frame["width"]
        top = (mark["y"] - frame["y"]) / frame["height"]
        assert left == pytest.approx(0.1, abs=0.01)
        assert top == pytest.approx(0.7, abs=0.01)
        assert left + mark["width"] / frame["width"] == pytest.approx(0.9, abs=0.01)
        assert top + mark["height"] / frame["height"] == pytest.approx(0.78, abs=0.01)
        assert frame["height"] / frame["width"] == pytest.approx(1.414, abs=0.01)
        assert overflow(page) <= 0


def test_a_clause_on_two_pages_shows_both(page: Page, portal: Portal) -> None:
    """Each with its own mark."""
    scanned(portal, REGION, OVERLEAF)
    page.goto(f"{NOTICE}#II.5.2")
    expect(page.locator(".sheet figcaption")).to_have_text(["Trang 3 · Mở ảnh lớn", "Trang 4 · Mở ảnh lớn"])
    expect(page.locator("#page-4 rect")).to_have_count(1)


def test_the_picture_follows_the_cited_clause(page: Page, portal: Portal) -> None:
    """And goes with it; clauses without regions have none."""
    scanned(portal, REGION)
    page.goto(f"{NOTICE}#II.5.2")
    expect(page.locator(".sheets")).to_have_count(1)
    page.locator(".contents").get_by_role("link", name="1. Các cơ quan").click()
    expect(page.locator(".cited")).to_have_attribute("id", "I.1")
    expect(page.locator(".sheets")).to_have_count(0)


def test_the_page_of_a_citation_leads_to_the_mark(page: Page, portal: Portal) -> None:
    """In view, beside the clause that is cited; without regions the page is only told."""
    scanned(portal, REGION)
    ask(page, FINANCE)
    page.locator("#citation-1").get_by_role("link", name="trang 3").click()
    expect(page.locator(".cited")).to_have_attribute("id", "II.5.2")
    expect(page.locator("#page-3 rect")).to_be_in_viewport()
    scanned(portal)
    ask(page, FINANCE)
    expect(page.locator("#citation-1")).to_contain_text("· trang 3")
    expect(page.locator("#citation-1").get_by_role("link", name="trang 3")).to_have_count(0)


def test_it_is_told_in_english_and_folded_from_the_keyboard(page: Page, portal: Portal) -> None:
    """The summary is a control like any other."""
    scanned(portal, REGION)
    page.goto(f"{NOTICE}/II.5.2?lang=en")
    expect(page.get_by_role("img", name="Picture of page 3 of the original with II.5.2 marked")).to_have_count(1)
    page.get_by_text("The clause on the page of the original").press("Enter")
    expect(page.locator(".sheet")).not_to_be_visible()


def test_a_page_that_cannot_be_drawn_says_so(page: Page, portal: Portal) -> None:
    """In place of a broken picture."""
    scanned(portal, REGION | {"page": 9})
    page.goto(f"{NOTICE}/II.5.2#page-9")
    expect(page.locator(".sheet .notice")).to_contain_text("Chưa hiện được ảnh trang 9")
    expect(page.locator(".sheet rect")).to_have_count(0)
