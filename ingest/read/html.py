"""HTML pages: the words of the document without the site around it.

Portals repeat every article in menus and tables of contents, wrap whole pages in a form, and show pages that
hold attributes only, the text being a file behind a tab; of such a page the head is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Comment, Declaration, Doctype, NavigableString, PageElement, ProcessingInstruction, Tag

from ingest.model import Source, Unreadable
from ingest.read import attributes, legacy, tables
from ingest.read.characters import normalise
from ingest.read.marks import raised
from ingest.read.numerals import Numeral, numeral
from ingest.read.plain import decode, require_words

_DROPPED = re.compile(
    "script|style|noscript|template|svg|iframe|object|nav|header|footer|aside|"
    "button|select|option|textarea|input|dialog|menu"
)
_DROPPED_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "menu", "menubar", "dialog", "complementary", "toolbar"}
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)

_BLOCK = re.compile(
    "address|article|blockquote|body|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|form|"
    "h[1-6]|hr|html|legend|li|main|ol|p|pre|section|summary|t(?:able|body|d|foot|h|head|r)|ul"
)
_NO_TEXT = (Comment, Declaration, Doctype, ProcessingInstruction)

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")

_LIST_STYLES: dict[str, Numeral] = {
    "1": "decimal",
    "a": "lower-letter",
    "A": "upper-letter",
    "i": "lower-roman",
    "I": "upper-roman",
    "decimal": "decimal",
    "lower-alpha": "lower-letter",
    "lower-latin": "lower-letter",
    "upper-alpha": "upper-letter",
    "upper-latin": "upper-letter",
    "lower-roman": "lower-roman",
    "upper-roman": "upper-roman",
}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)

# The document is the smallest part that holds nearly all words outside links.
_BODY_SHARE = 0.8

# A part beside the document is the site's when this share of its letters stands in links.
_LINK_SHARE = 0.3

# Labels of the page that describes a document instead of showing it.
_ATTRIBUTE = re.compile(
    r"""\s*(?:
        số\s(?:ký\s)?hiệu | loại\svăn\sbản | lĩnh\svực | ngành | người\ský | chức\sdanh | nguồn\strích
      | cơ\squan\s(?:ban\shành|hợp\snhất) | tình\strạng\shiệu\slực
      | ngày\s(?:ban\shành | (?:ký\s)?xác\sthực | (?:có|hết)\shiệu\slực | cập\snhật | đăng\scông\sbáo)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_ATTRIBUTE_LENGTH = 80
_ATTRIBUTE_LINES = 4
_PROSE_LINE = 80
_PROSE = 1000

# Tables within tables deeper than this are read as text.
_DEEPEST = 20


def read(data: bytes, name: str) -> Source:
    """The text of an HTML page; of one that holds attributes only, the head that they tell, with a warning.

    Raises `Unreadable` when even the number is missing.
    """
    soup = BeautifulSoup(_decode(data, name), "lxml")
    title = _title(soup)
    _drop_furniture(soup)
    body = soup.body or soup
    lines = _lines(_document(body))
    if _attributes_only(lines):
        head = attributes.head([normalise(line) for line in lines])
        if head is None:
            raise Unreadable(name, attributes.WARNING)
        return Source(name=name, kind="html", text=head, title=None, warnings=(attributes.WARNING,))
    decoded = legacy.decode(normalise("\n".join(lines)))
    require_words(decoded.text, name)
    return Source(name=name, kind="html", text=decoded.text, title=title, warnings=decoded.warnings)


def _decode(data: bytes, name: str) -> str:
    """Text by byte-order mark or UTF-8; else as the page declares."""
    try:
        return decode(data, name)
    except Unreadable:
        declared = _CHARSET.search(data[:4096])
        if declared is None:
            raise
        try:
            return data.decode(declared[1].decode("ascii"), errors="replace")
        except LookupError:
            raise Unreadable(name, "không xác định được bảng mã của trang; hãy lưu lại trang ở dạng UTF-8") from None


def _title(soup: BeautifulSoup) -> str | None:
    if soup.title is None:
        return None
    return normalise(_SPACE.sub(" ", soup.title.get_text())).strip() or None


def _drop_furniture(soup: BeautifulSoup) -> None:
    for tag in [tag for tag in soup.find_all(True) if _DROPPED.fullmatch(tag.name)]:
        if _is_gone(tag):
            continue
        # a header or a menu that was not closed swallows the page: keep what holds an article
        if tag.name in ("header", "dialog", "menu") and tables.has_motto_words(tag.get_text(" ")):
            continue
        tag.decompose()
    for tag in soup.find_all(True):
        if not _is_gone(tag) and _is_hidden(tag):
            tag.decompose()


def _is_gone(tag: Tag) -> bool:
    """As `tag.decomposed`, which looks through all that a standing tag holds (bs4 4.15)."""
    return bool(vars(tag).get("_decomposed", False))


def _is_hidden(tag: Tag) -> bool:
    return (
        tag.has_attr("hidden")
        or tag.get("role") in _DROPPED_ROLES
        or _HIDDEN_STYLE.search(str(tag.get("style", ""))) is not None
    )


def _document(body: Tag) -> Tag:
    """The part of a page that is the document; siblings that are the site's are dropped on the way to it."""
    weights = _weights(body)
    whole = max(weights[id(body)][0], 1)
    has_motto = tables.has_motto_words(body.get_text(" "))
    part = body
    while True:
        children = _children(part)
        inner = next((child for child in children if weights[id(child)][0] >= _BODY_SHARE * whole), None)
        if inner is None or (has_motto and not tables.has_motto_words(inner.get_text(" "))):
            return part
        if inner.name in ("table", "tbody", "tr", "p"):
            return part
        if not has_motto:
            for child in children:
                own, linked = weights[id(child)]
                if child is not inner and linked > _LINK_SHARE * (own + linked):
                    child.decompose()
            if len(_children(part)) > 1:
                return part
        part = inner


def _children(part: Tag) -> list[Tag]:
    return [child for child in part.children if isinstance(child, Tag)]


def _weights(body: Tag) -> dict[int, tuple[int, int]]:
    """For every tag, by identity: letters outside links, letters within links."""
    weights: dict[int, tuple[int, int]] = {id(body): (0, 0)}
    tags = [body, *body.find_all(True)]
    for tag in tags:
        weights[id(tag)] = (0, 0)
    for tag in reversed(tags):  # children stand after their parents
        own, linked = weights[id(tag)]
        letters = sum(
            len(child.strip())
            for child in tag.children
            if isinstance(child, NavigableString) and not isinstance(child, _NO_TEXT)
        )
        own += letters
        if tag.name == "a" and tag.has_attr("href"):
            own, linked = 0, own + linked
        weights[id(tag)] = (own, linked)
        if tag is not body and tag.parent is not None:
            above = weights[id(tag.parent)]
            weights[id(tag.parent)] = (above[0] + own, above[1] + linked)
    return weights


def _lines(root: Tag, depth: int = 0) -> list[str]:
    """The lines of a part: a line for every block, `<br>` ends a line, tables and lists in their own way."""
    written: list[str] = []
    line: list[str] = []
    counts: dict[int, int] = {}
    label = ""
    for event, element in _walk(root, into_tables=depth >= _DEEPEST):
        if isinstance(element, NavigableString):
            words = str(element) if _in_pre(element) else _SPACE.sub(" ", element)
            if element.parent is not None and element.parent.name == "sup":
                words = raised(words.strip(), "".join(line[-2:]))
            for number, piece in enumerate(words.split("\n")):
                if number:
                    _end_line(line, written)
                if piece.strip(" ") or (line and piece):
                    line.append(label + piece)
                    label = ""
        elif not isinstance(element, Tag):
            continue
        elif element.name == "br":
            line.append("")
            _end_line(line, written)
        elif element.name == "table" and event == "start" and depth < _DEEPEST:
            _end_line(line, written)
            written.extend(_table(element, depth))
        elif _BLOCK.fullmatch(element.name):
            _end_line(line, written)
            if element.name == "li":
                label = _list_label(element, counts) if event == "start" else ""
    _end_line(line, written)
    return written


def _end_line(line: list[str], written: list[str]) -> None:
    if line:
        written.append("".join(line).strip(" "))
        line.clear()


def _walk(root: Tag, *, into_tables: bool) -> Iterator[tuple[str, PageElement]]:
    """Start and end of every tag and every text below `root`, without recursion."""
    stack: list[tuple[PageElement, Iterator[PageElement]]] = [(root, iter(root.children))]
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack:
                yield "end", element
        elif isinstance(child, Tag):
            yield "start", child
            if child.name == "table" and not into_tables:
                yield "end", child
            elif child.name != "br":
                stack.append((child, iter(child.children)))
        elif isinstance(child, NavigableString) and not isinstance(child, _NO_TEXT):
            yield "text", child


def _in_pre(text: NavigableString) -> bool:
    return any(parent.name == "pre" for parent in text.parents)


def _table(table: Tag, depth: int) -> list[str]:
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    cells = [[_lines(cell, depth + 1) for cell in row.find_all(("td", "th"), recursive=False)] for row in rows]
    captions = [_lines(caption, depth + 1) for caption in table.find_all("caption", recursive=False)]
    return [line for caption in captions for line in caption] + tables.lines(cells)


def _list_label(item: Tag, counts: dict[int, int]) -> str:
    """The label of a list item; `counts` holds the next number of every ordered list, by identity."""
    parent = item.parent
    if parent is None or parent.name != "ol":
        return "- "
    value = _integer(item.get("value"), counts.get(id(parent), _integer(parent.get("start"), 1)))
    counts[id(parent)] = value + 1
    style = _LIST_STYLE.search(str(parent.get("style", "")))
    kind = _LIST_STYLES.get(style[1].lower() if style else str(parent.get("type", "1")))
    return "" if kind is None else f"{numeral(value, kind)}. "  # list-style: none


def _integer(written: object, otherwise: int) -> int:
    try:
        return int(str(written))
    except ValueError:
        return otherwise


def _attributes_only(lines: list[str]) -> bool:
    """Many labels of attributes, no motto and hardly any prose."""
    pieces = [piece for line in lines for piece in line.split("|")]
    labels = sum(1 for piece in pieces if len(piece) <= _ATTRIBUTE_LENGTH and _ATTRIBUTE.match(piece))
    if labels < _ATTRIBUTE_LINES or any(tables.has_motto_words(line) for line in lines):
        return False
    return sum(len(line) for line in set(lines) if len(line) >= _PROSE_LINE) < _PROSE
