"""Word documents (.docx): paragraphs and tables in order, with the labels that Word numbers by itself.

Read from the XML directly: deleted text, hidden text, fields' code and numbering need the elements anyway.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from ingest.model import Source, Unreadable
from ingest.read import legacy, numbering, tables
from ingest.read.characters import normalise
from ingest.read.marks import raised
from ingest.read.numbering import W
from ingest.read.numerals import Numeral, numeral
from ingest.read.plain import require_words
from ingest.read.vietnamese import measure

_LARGEST = 200 * 1024 * 1024
"""Bytes of XML that are unpacked at most, all parts together; a real directive has a few million."""

_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

# Containers whose content stands in the text; deleted and moved-away runs are left out by not being here.
_TRANSPARENT = frozenset(
    {
        f"{W}hyperlink",
        f"{W}ins",
        f"{W}moveTo",
        f"{W}smartTag",
        f"{W}sdt",
        f"{W}sdtContent",
        f"{W}fldSimple",
        f"{W}customXml",
        f"{W}dir",
        f"{W}bdo",
    }
)
# TCVN3's ư; in a text in Unicode a place where a word may break, and dropped after decoding
_SOFT_HYPHEN = "\u00ad"
_FIXED = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": _SOFT_HYPHEN,
}


# .VnTimeH, .VnArialH: fonts that draw small letters as capitals
_CAPITAL_FONT = re.compile(r"\.Vn\w*H", re.IGNORECASE)
_TCVN3_FONT = re.compile(r"\.Vn", re.IGNORECASE)
_ASCII_CAPITALS = {small: small - 32 for small in range(ord("a"), ord("z") + 1)}

_STRICT_NAMESPACE = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_DEEPEST = 20

_DAMAGED = "tệp .docx bị hỏng; hãy mở bằng Word, lưu lại rồi nạp tệp mới"

_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def read(data: bytes, name: str) -> Source:
    """The text of a .docx. Raises `Unreadable` for damaged files and for archives that unpack too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _Parts(archive, name)
            document = parts.xml("word/document.xml")
            if document is None:
                raise Unreadable(name, _DAMAGED)
            reader = _Reader(parts)
            lines = reader.document(document)
            title = _title(parts.xml("docProps/core.xml"))
    # zlib, zipfile and lxml each fail in their own way on bytes that were cut or flipped
    except (
        zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, OSError, ValueError, NotImplementedError,
        RuntimeError,
    ) as error:  # fmt: skip
        raise Unreadable(name, _DAMAGED) from error
    decoded = legacy.decode(normalise("\n".join(lines)))
    text = normalise("\n".join(tables.untab(decoded.text.replace(_SOFT_HYPHEN, "").split("\n"))).rstrip("\n"))
    require_words(text, name)
    return Source(name=name, kind="docx", text=text, title=title, warnings=decoded.warnings)


class _Parts:
    """The parts of the package, unpacked within a bound."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._left = _LARGEST
        self._members = set(archive.namelist())

    def xml(self, member: str) -> etree._Element | None:
        data = self._bytes(member)
        if not data:
            return None
        # ISO 29500 strict differs from what Word saves by default in its namespaces only
        data = data.replace(_STRICT_NAMESPACE, W.strip("{}").encode())
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
        )
        return etree.fromstring(data, parser)

    def _bytes(self, member: str) -> bytes:
        if member not in self._members:
            return b""
        with self._archive.open(member) as part:
            data = part.read(self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise Unreadable(self._name, "tệp .docx giải nén ra quá lớn (trên 200 MB); tệp không bình thường")
        return data


class _Reader:
    """One pass over a document: counts lists and notes as it goes."""

    def __init__(self, parts: _Parts) -> None:
        root = parts.xml("word/numbering.xml")
        self._counter = numbering.Counter(numbering.read_lists(root))
        self._style_levels = numbering.style_levels(root)
        self._styles = numbering.read_styles(parts.xml("word/styles.xml"))
        self._notes = {kind: parts.xml(f"word/{kind}s.xml") for kind in ("footnote", "endnote")}
        self._cited: dict[str, list[str]] = {"footnote": [], "endnote": []}

    def document(self, root: etree._Element) -> list[str]:
        body = root.find(f"{W}body")
        lines = [] if body is None else self._blocks(body, 0)
        return lines + self._note_lines("footnote", "decimal") + self._note_lines("endnote", "lower-roman")

    def _blocks(self, container: etree._Element, depth: int) -> list[str]:
        lines: list[str] = []
        for element in container:
            if element.tag == f"{W}p":
                lines.extend(self._paragraph(element, depth))
            elif element.tag == f"{W}tbl" and depth < _DEEPEST:
                lines.extend(tables.lines(self._rows(element, depth + 1)))
            elif element.tag in _TRANSPARENT and depth < _DEEPEST:
                lines.extend(self._blocks(element, depth + 1))
            elif element.tag == f"{_MARKUP}AlternateContent" and depth < _DEEPEST:
                lines.extend(self._blocks(_chosen(element), depth + 1))
        return lines

    def _rows(self, table: etree._Element, depth: int) -> list[list[list[str]]]:
        return [
            [self._blocks(cell, depth) for cell in _nested(row, f"{W}tc")]
            for row in _nested(table, f"{W}tr")
            if row.find(f"{W}trPr/{W}del") is None
        ]

    def _paragraph(self, paragraph: etree._Element, depth: int) -> list[str]:
        """The lines of a paragraph with its label, then those of text boxes that hang on it."""
        written: list[str] = []
        boxes: list[etree._Element] = []
        self._runs(paragraph, written, boxes, 0)
        text = "".join(written)
        label = self._label(paragraph)
        # Word prints labels of empty paragraphs too; only columns of ordinals ("STT") mean them
        if label and (text.strip() or depth):
            text = f"{label} {text.lstrip()}"
        lines = text.split("\n")
        for box in boxes:
            if depth < _DEEPEST:
                lines.extend(self._blocks(box, depth + 1))
        return lines

    def _label(self, paragraph: etree._Element) -> str:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return ""
        style_element = properties.find(f"{W}pStyle")
        style = None if style_element is None else style_element.get(f"{W}val")
        number, level = self._styles.of(style)
        if number is not None and style is not None:
            level = self._style_levels.get((number, style), level)
        own = properties.find(f"{W}numPr")
        if own is not None:
            number_element, level_element = own.find(f"{W}numId"), own.find(f"{W}ilvl")
            if number_element is not None:
                number = number_element.get(f"{W}val")
                level = 0
            if level_element is not None and (level_element.get(f"{W}val") or "").isdigit():
                level = int(level_element.get(f"{W}val") or 0)
        if number is None or number == "0":
            return ""
        return self._counter.label(number, level)

    def _runs(self, container: etree._Element, written: list[str], boxes: list[etree._Element], depth: int) -> None:
        for element in container:
            if element.tag == f"{W}r":
                self._run(element, written, boxes)
            elif element.tag in _TRANSPARENT and depth < _DEEPEST:
                self._runs(element, written, boxes, depth + 1)
            elif element.tag == f"{_MARKUP}AlternateContent" and depth < _DEEPEST:
                self._runs(_chosen(element), written, boxes, depth + 1)

    def _run(self, run: etree._Element, written: list[str], boxes: list[etree._Element]) -> None:
        properties = run.find(f"{W}rPr")
        if _is_on(properties, "vanish"):
            return
        words: list[str] = []
        for element in run.iterchildren():
            self._piece(element, words, boxes)
        text = "".join(words)
        font = _font(properties)
        if _CAPITAL_FONT.fullmatch(font) or (_is_on(properties, "caps") and _TCVN3_FONT.match(font)):
            text = text.translate(_ASCII_CAPITALS)  # its other letters are no letters yet
        elif _is_on(properties, "caps"):
            text = text.upper()
        align = None if properties is None else properties.find(f"{W}vertAlign")
        if align is not None and align.get(f"{W}val") == "superscript" and text.isdigit():
            text = raised(text, "".join(written[-3:]))
        written.append(text)

    def _piece(self, element: etree._Element, words: list[str], boxes: list[etree._Element]) -> None:
        if element.tag == f"{W}t":
            words.append(element.text or "")
        elif element.tag in _FIXED:
            words.append(_FIXED[element.tag])
        elif element.tag == f"{W}footnoteReference":
            words.append(self._mark("footnote", element, "decimal"))
        elif element.tag == f"{W}endnoteReference":
            words.append(self._mark("endnote", element, "lower-roman"))
        elif element.tag in (f"{W}drawing", f"{W}pict"):
            boxes.extend(element.iter(f"{W}txbxContent"))
        elif element.tag == f"{_MARKUP}AlternateContent":
            for child in _chosen(element):
                self._piece(child, words, boxes)

    def _mark(self, kind: str, reference: etree._Element, style: Numeral) -> str:
        cited = self._cited[kind]
        note = reference.get(f"{W}id") or ""
        if note not in cited:
            cited.append(note)
        return f"[{numeral(cited.index(note) + 1, style)}]"

    def _note_lines(self, kind: str, style: Numeral) -> list[str]:
        """The notes that the text cites, in order, each as "[n] text"."""
        root = self._notes[kind]
        if root is None:
            return []
        notes = {note.get(f"{W}id"): note for note in root.findall(f"{W}{kind}")}
        lines: list[str] = []
        # a note may cite another: the list grows while it is read
        index = 0
        while index < len(self._cited[kind]):
            note = notes.get(self._cited[kind][index])
            index += 1
            if note is not None:
                text = " ".join(line.strip() for line in self._blocks(note, 0) if line.strip())
                lines.append(f"[{numeral(index, style)}] {text}")
        return lines


def _nested(container: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Children with a tag, also within content controls and tracked insertions."""
    for element in container:
        if element.tag == tag:
            yield element
        elif element.tag in _TRANSPARENT:
            yield from _nested(element, tag)


def _chosen(alternatives: etree._Element) -> etree._Element:
    """One of the alternatives that carry the same content for newer and older programs."""
    for name in ("Choice", "Fallback"):
        found = alternatives.find(f"{_MARKUP}{name}")
        if found is not None:
            return found
    return alternatives


def _is_on(properties: etree._Element | None, name: str) -> bool:
    found = None if properties is None else properties.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off")


def _font(properties: etree._Element | None) -> str:
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    return "" if fonts is None else str(fonts.get(f"{W}ascii", ""))


def _title(core: etree._Element | None) -> str | None:
    """The title among the properties, unless an old font or a template garbled it ("S¾C LÖNH")."""
    found = None if core is None else core.findtext(_TITLE)
    text = normalise(found).strip() if found else ""
    return text if text and measure(text).vietnamese else None
