"""What the files promise before a browser opens them: own files only, no inline code, two equal catalogues."""

from __future__ import annotations

import json
import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest

from api.answer.model import Reason
from api.status import Status
from ingest.model import Bound, Recurrence, Role
from web import ROOT, STATIC

PAGES = sorted(ROOT.glob("*.html"))
MODULES = sorted(STATIC.glob("*.js"))
FILES = [*PAGES, *sorted(STATIC.iterdir())]
VOID = {"meta", "link", "img", "input"}
FIELDS = {"input", "select"}
XML_NAMESPACE = "http://www.w3.org/2000/svg"


class Markup(HTMLParser):
    """The elements of a page as (tag, attributes), and what each says: own text without that of its children."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[int] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.words.append("")
        if tag not in VOID:
            self._open.append(len(self.words) - 1)

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open:
            self.words[self._open[-1]] += data


def catalogue(language: str) -> dict[str, str]:
    source = (STATIC / f"{language}.js").read_text(encoding="utf-8")
    entries: dict[str, str] = json.loads(source.removeprefix("export default ").rstrip().removesuffix(";"))
    return entries


def name(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_is_vietnamese_until_a_reader_chooses_english(page: Path) -> None:
    assert ("html", {"lang": "vi"}) in Markup(page).elements


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_holds_no_inline_script_style_or_handler(page: Path) -> None:
    markup = Markup(page)
    for (tag, attributes), words in zip(markup.elements, markup.words, strict=True):
        assert tag != "style"
        assert "style" not in attributes
        assert not [attribute for attribute in attributes if attribute.startswith("on")]
        if tag == "script":
            assert attributes["src"]
            assert not words.strip()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_loads_only_files_that_stand_beside_it(page: Path) -> None:
    for _, attributes in Markup(page).elements:
        for address in (attributes.get("src"), attributes.get("href")):
            if address and address.startswith("/static/"):
                assert (STATIC / address.removeprefix("/static/")).is_file()
            elif address:
                assert address in ("/", "/ledger") or address.startswith("#")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_says_in_vietnamese_what_the_catalogue_says(page: Path) -> None:
    vietnamese = catalogue("vi")
    markup = Markup(page)
    for (_, attributes), words in zip(markup.elements, markup.words, strict=True):
        if key := attributes.get("data-text"):
            assert words == vietnamese[key]
        if key := attributes.get("data-placeholder"):
            assert attributes["placeholder"] == vietnamese[key]
        if key := attributes.get("data-label"):
            assert attributes["aria-label"] == vietnamese[key]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_field_of_a_page_has_a_label(page: Path) -> None:
    elements = Markup(page).elements
    labelled = {attributes["for"] for tag, attributes in elements if tag == "label"}
    assert {attributes["id"] for tag, attributes in elements if tag in FIELDS} <= labelled


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_file_names_another_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace(XML_NAMESPACE, "")
    assert not re.search(r"""https?:|["'(]//\w""", text)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_file_is_nfc(path: Path) -> None:
    assert unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_no_module_can_turn_data_into_markup_or_code(module: Path) -> None:
    parsers = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function|\.style\b"
    assert not re.search(parsers, module.read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_a_module_imports_only_its_neighbours(module: Path) -> None:
    for target in re.findall(r"""from ["'](.+?)["']""", module.read_text(encoding="utf-8")):
        assert (STATIC / target).resolve().parent == STATIC.resolve()
        assert (STATIC / target).is_file()


def test_both_catalogues_have_the_same_keys_and_the_same_blanks() -> None:
    vietnamese, english = catalogue("vi"), catalogue("en")
    assert list(vietnamese) == list(english)
    for key, words in vietnamese.items():
        assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", english[key])), key


def test_the_catalogues_have_a_word_for_every_reason_role_bound_recurrence_and_status() -> None:
    kinds = {"reason": Reason, "role": Role, "due": Bound, "recurrence": Recurrence, "standing": Status}
    needed = {f"{kind}.{value}" for kind, values in kinds.items() for value in get_args(values)}
    assert needed <= set(catalogue("vi"))


def test_every_key_of_the_catalogues_is_used() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in [*PAGES, *MODULES] if path.stem not in ("vi", "en"))
    stems = set(re.findall(r"`([\w.]+)\.\$\{", code))
    unused = [
        key
        for key in catalogue("vi")
        if f'"{key}"' not in code and key.split(".")[0] not in stems and not key.startswith("examples.")
    ]
    assert not unused


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("front", "backs", "least"),
    [
        ("ink", ("paper", "surface", "mark", "note"), 7.0),
        ("muted", ("paper", "surface"), 4.5),
        ("link", ("paper", "surface", "note"), 4.5),
        ("accent-ink", ("paper", "surface", "note"), 4.5),
        ("soon", ("paper", "surface"), 4.5),
        ("on-accent", ("accent", "accent-deep"), 4.5),
        ("edge", ("paper", "surface"), 3.0),
        ("focus", ("paper", "surface", "note"), 3.0),
    ],
)
def test_colours_meet_wcag_aa(scheme: str, front: str, backs: tuple[str, ...], least: float) -> None:
    """Text 4.5 to 1 (our body text 7), outlines of controls and of focus 3 to 1."""
    css = (STATIC / "style.css").read_text(encoding="utf-8")
    start = css.index("prefers-color-scheme: dark") if scheme == "dark" else 0
    palette = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css[start : css.index("}", start)]))
    for back in backs:
        assert contrast(palette[front], palette[back]) >= least, f"{front} on {back}"
