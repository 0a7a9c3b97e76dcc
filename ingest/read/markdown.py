"""Markdown as rendered: markers go, words and lines stay.

Emphasis is matched more loosely than CommonMark does, because converters of crawled directives write
"*Đơn vị chủ trì: *Các sở" and "**1. **Sở Tài chính". Every step runs in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from ingest.model import Source
from ingest.read import legacy, tables
from ingest.read.characters import normalise
from ingest.read.plain import decode, require_words

# "\." "\-" "\[": the escaped sign is parked in the private use area until the markers are gone
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_PARKED = re.compile("[\ue021-\ue07e]")
_PARK = 0xE000

_COMMENT = re.compile(r"<!--[^<>]*-->")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]*)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>")

# "[text](address)", "![picture](address)", "[[1]](#_ftn1)"
_LINK = re.compile(
    r"""
    (?P<picture>!?)
    \[ (?P<text> (?: \[[^\[\]\n]*\] | [^\[\]\n] )* ) \]
    \( [^()\s]* (?: \( [^()\n]* \) [^()\s]* )* (?: \s+ "[^"\n]*" )? \)
    """,
    re.VERBOSE,
)
_FOOTNOTE_DEFINITION = re.compile(r"^\[\^([^\]\s]+)\]:\s*", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
_ADDRESS_DEFINITION = re.compile(r"^\[[^\]\n]+\]:\s+\S+$", re.MULTILINE)

_HEADING = re.compile(r"^ {0,3}#{1,6}(?:[ \t]+|$)", re.MULTILINE)
_CLOSING_HASHES = re.compile(r"[ \t]+#+[ \t]*$")
_QUOTED = re.compile(r"^ {0,3}(?:> ?)+", re.MULTILINE)
_BULLET = re.compile(r"^([ \t]*)\* +(?=[^\s*])", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?:```[^`]*|~~~.*)$")
_RUN = re.compile(r"\*+|_+")
_STRONG = re.compile(r"\*{2,}")

# "** Lưu ý: *Ưu tiên": an emphasised line that begins with a star for a bullet
_STARRED = re.compile(r"^\*\* +(?=[^\s*])", re.MULTILINE)
_ONLY_STARS = re.compile(r"^[ \t]*\*[* \t]*(?=\|?$)", re.MULTILINE)
_HARD_BREAK = re.compile(r"\\$", re.MULTILINE)

# the cells of "|---|:---:|" and "--- | ---"; a lone row of dashes is a rule under a header, no table
_DELIMITER_CELL = re.compile(r"\s*:?-+:?\s*")
_BARS_ONLY = re.compile(r"^\s*+\|[\s|]*+$")
_UNESCAPED_BAR = re.compile(r"\|")

_FRONT_MATTER_LINES = 50


def read(data: bytes, name: str) -> Source:
    """The text of a .md file as a reader of the rendered page sees it."""
    decoded = legacy.decode(normalise(decode(data, name)))
    text = render(decoded.text)
    require_words(text, name)
    return Source(name=name, kind="md", text=text, warnings=decoded.warnings)


def render(markdown: str) -> str:
    """Markdown to lines of text; the lone bars of broken tables stay as lines."""
    written: list[str] = []
    for block in _blocks(_without_front_matter(markdown.split("\n"))):
        written.extend(block if _is_separator(block) else _inline("\n".join(block)).split("\n"))
    return normalise("\n".join(written))


def _without_front_matter(lines: list[str]) -> list[str]:
    """Drops a YAML block at the very beginning ("---", "key: value" lines, "---")."""
    if lines and lines[0].strip() == "---":
        for end, line in enumerate(lines[1:_FRONT_MATTER_LINES], start=1):
            if line.strip() == "---":
                return lines[end + 1 :]
            if line and not re.match(r"[\w-]+:|\s|- ", line):
                break
    return lines


def _is_separator(block: list[str]) -> bool:
    return len(block) == 1 and (not block[0].strip() or bool(_BARS_ONLY.match(block[0])))


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """Stretches within which a marker can find its partner; blank and bar lines stand alone between them."""
    block: list[str] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        rows_end = _table_end(lines, index)
        if rows_end > index:
            if block:
                yield block
                block = []
            yield from ([row] for row in _table_lines(lines[index:rows_end]))
            index = rows_end
            continue
        index += 1
        if _FENCE.match(line):
            continue
        if not line.strip() or _BARS_ONLY.match(line):
            if block:
                yield block
                block = []
            yield [line]
        else:
            block.append(line)
    if block:
        yield block


def _table_end(lines: list[str], start: int) -> int:
    """The end of the pipe table whose header row is at `start`, or `start` where there is none."""
    if "|" not in lines[start] or start + 1 >= len(lines) or not _is_delimiter(lines[start + 1]):
        return start
    end = start + 2
    while end < len(lines) and "|" in lines[end] and not _BARS_ONLY.match(lines[end]):
        end += 1
    return end


def _is_delimiter(line: str) -> bool:
    return "|" in line and all(_DELIMITER_CELL.fullmatch(cell) for cell in _cells(line))


def _table_lines(rows: list[str]) -> list[str]:
    """A pipe table's lines, still with the markers of their words."""
    body = [rows[0], *rows[2:]]
    return tables.lines([[_BREAK.split(cell) for cell in _cells(row)] for row in body])


def _cells(row: str) -> list[str]:
    parked = _ESCAPE.sub(lambda match: chr(_PARK + ord(match[1])), row.strip())
    return _UNESCAPED_BAR.split(parked.removeprefix("|").removesuffix("|"))


def _inline(block: str) -> str:
    block = _ESCAPE.sub(lambda match: chr(_PARK + ord(match[1])), block)
    block = _HARD_BREAK.sub("", block)
    block = _COMMENT.sub("", block)
    block = _BREAK.sub("\n", block)
    block = _AUTOLINK.sub(r"\1", block)
    block = _TAG.sub("", block)
    block = _FOOTNOTE_DEFINITION.sub(r"[\1] ", block)
    block = _FOOTNOTE.sub(r"[\1]", block)
    block = _ADDRESS_DEFINITION.sub("", block)
    block = _LINK.sub(lambda match: "" if match["picture"] else match["text"], block)
    block = _QUOTED.sub("", block)
    block = "\n".join(_heading(line) for line in block.split("\n"))
    block = _ONLY_STARS.sub("", block)
    block = _BULLET.sub(r"\1- ", block)
    if len(_STRONG.findall(block)) % 2:
        block = _STARRED.sub("*- ", block, count=1)
    block = _without_emphasis(block).replace("`", "").replace("~~", "")
    return _PARKED.sub(lambda match: chr(ord(match[0]) - _PARK), unescape(block))


def _heading(line: str) -> str:
    bare = _HEADING.sub("", line)
    return _CLOSING_HASHES.sub("", bare) if bare != line else line


def _without_emphasis(block: str) -> str:
    """Drops the markers that emphasise: pairs of single ones, every double one that touches a word."""
    dropped: set[int] = set()
    opened: dict[str, int] = {}
    runs = [(match.start(), match.end()) for match in _RUN.finditer(block)]
    for start, end in runs:
        before = block[start - 1] if start else "\n"
        after = block[end] if end < len(block) else "\n"
        sign, length = block[start], end - start
        if sign == "_":
            _mark_underscores(start, length, before, after, opened, dropped)
        elif before.isdigit() and after.isdigit():  # "5*3"
            continue
        elif length > 1:
            dropped.add(start)
            if length % 2:  # "***": strong and plain emphasis together
                if "*" in opened:
                    dropped.add(opened.pop("*"))
                else:
                    opened["*"] = start
        elif "*" in opened:
            dropped.update((start, opened.pop("*")))
        elif not after.isspace() and (before, after) != ("(", ")"):  # "5 * 3", "(*)"
            opened["*"] = start
    return "".join("" if match.start() in dropped else match[0] for match in re.finditer(r"\*+|_+|[^*_]+", block))


def _mark_underscores(
    start: int, length: int, before: str, after: str, opened: dict[str, int], dropped: set[int]
) -> None:
    """Underscores emphasise only at the edges of words, so that "ten_tep" and rules of "____" stay."""
    sign = "_" * length
    if length > 2:
        return
    if sign in opened and not before.isspace() and not after.isalnum():
        dropped.update((start, opened.pop(sign)))
    elif not before.isalnum() and not after.isspace():
        opened[sign] = start
