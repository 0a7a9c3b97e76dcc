"""Paragraphs → the clause tree: preamble, labelled clauses with their paths, closing, annexes.

Paths follow the conventions: labels from the outermost to the innermost joined by "."; a printed sub-number
already holds its parent's number; chapters are no part of the path of a Điều; bullets count from -1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest import tables
from ingest.clean import Line, Paragraph, paragraphs
from ingest.labels import BULLETS, Kind
from ingest.model import CLOSING, PREAMBLE, Clause, Span
from ingest.tables import Row

# Paragraphs that speak for the whole document again after its last clause.
_CLOSES = re.compile(
    r"""^(?:
        Trên\ đây | Yêu\ cầu | Đề\ nghị | Nhận\ được | Trong\ quá\ trình | Nhằm | Nếu\ có | Định\ kỳ | Giao
      | (?:Ủy\ ban|Uỷ\ ban|UBND|Văn\ phòng|Chủ\ tịch|Bộ\ trưởng|Thủ\ tướng|Sở|Bộ)\b [^.;]{0,120}?
        (?:thông\ báo|yêu\ cầu|đề\ nghị|giao|ban\ hành)
      | (?:Kế\ hoạch|Chỉ\ thị|Quyết\ định|Thông\ báo|Công\ văn)\ này
      | Căn\ cứ\ (?:các\ )?(?:nội\ dung|chức\ năng|Kế\ hoạch|nhiệm\ vụ)
    )""",
    re.VERBOSE,
)
_WHOLE = re.compile(r"[.;…][”\"'’»)]*$|\./\.?")
_HEADING_WORDS = 45
_HEADING_SHOWN = 200


@dataclass(slots=True, kw_only=True, eq=False)
class _Node:
    """A clause while its paragraphs are still coming in."""

    path: str
    kind: Kind | None
    label: str
    parent: _Node | None
    style: str = ""
    numbers: tuple[int, ...] = ()
    words: list[Paragraph] = field(default_factory=list)
    bullets: int = 0
    children: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """The clauses of a document in reading order, annexes after the closing; `rows` of tables by clause path."""

    clauses: tuple[Clause, ...]
    rows: Mapping[str, Row]


def parse(body: Sequence[Line], annexes: Sequence[Line], *, joined: bool) -> Structure:
    """Build the tree of the body and of each annex."""
    main = _Tree()
    main.read(paragraphs(body, joined=joined))
    main.close()
    nodes = list(main.nodes)
    rows: dict[str, Row] = {}
    read, cells = _with_tables(annexes, joined=joined)
    for name, printed, part in _annexes(read):
        tree = _Tree(name, printed)
        tree.read(part)
        nodes += tree.nodes
        rows |= {
            node.path: row
            for node in tree.nodes
            if node.words and (row := cells.get(node.words[0].span)) is not None and len(node.words) == 1
        }
    kept = [node for node in nodes if node.words or node.children]
    starts = [node.words[0].span.start if node.words else None for node in kept]
    for i in range(len(kept) - 1, -1, -1):
        if starts[i] is None:  # a heading that is not printed stands where its first clause begins
            starts[i] = starts[i + 1] if i + 1 < len(kept) else 0
    return Structure(
        clauses=tuple(_clause(node, start or 0) for node, start in zip(kept, starts, strict=True)), rows=rows
    )


def _with_tables(found: Sequence[Line], *, joined: bool) -> tuple[list[Paragraph], dict[Span, Row]]:
    """The paragraphs of annexes, rows of tables of tasks among them, and the cells of those by their span."""
    result: list[Paragraph] = []
    cells: dict[Span, Row] = {}
    plain: list[Line] = []
    for part in [*tables.find(found), None]:
        if isinstance(part, Line):
            plain.append(part)
            continue
        result += paragraphs(plain, joined=joined)
        plain = []
        if part is not None:
            paragraph, row = part
            result.append(paragraph)
            if row is not None:
                cells[paragraph.span] = row
    return result, cells


class _Tree:
    """The open clauses while paragraphs are read; `prefix` is the annex that everything stands in."""

    def __init__(self, prefix: str | None = None, printed: str = "") -> None:
        root = _Node(path=prefix or PREAMBLE, kind=Kind.ANNEX if prefix else None, label=printed, parent=None)
        self.nodes = [root]
        self._open = [root]
        self._taken: dict[str, int] = {}
        self._bulleted = self._before_articles = False

    def read(self, found: Sequence[Paragraph]) -> None:
        kinds = [paragraph.label.kind for paragraph in found if paragraph.label]
        self._bulleted = all(kind in BULLETS for kind in kinds)
        # a consolidated law lists the acts that amended it, 1., 2., …, above its first chapter or article
        self._before_articles = Kind.ARTICLE in kinds
        for paragraph in found:
            self._take(paragraph)

    def _take(self, paragraph: Paragraph) -> None:
        label = paragraph.label
        top = self._open[-1]
        if label is not None and label.kind <= Kind.ARTICLE:
            self._before_articles = False
        starts = label is not None and not (
            top is self._open[0]
            and top.path == PREAMBLE
            and (self._before_articles or (label.kind in BULLETS and not self._bulleted))
        )
        if label is None or not starts or (label.kind is Kind.ORDINAL and self._misplaced(paragraph)):
            top.words.append(paragraph)
            return
        parent = self._parent(paragraph)
        node = self._node(parent, paragraph)
        parent.children += 1
        self.nodes.append(node)
        self._open.append(node)
        node.words.append(paragraph)

    def _misplaced(self, paragraph: Paragraph) -> bool:
        """ "Thứ nhất" counts as a number only where nothing else numbers its level."""
        label = paragraph.label
        assert label is not None
        return label.ordinal > 1 and not any(node.kind is Kind.ORDINAL for node in self._open)

    def _parent(self, paragraph: Paragraph) -> _Node:
        """Close what the label ends, and return the clause that it stands in."""
        label = paragraph.label
        assert label is not None
        opened = self._open
        if label.kind is Kind.SUBNUMBER:
            depth = next(
                (
                    i
                    for i in range(len(opened) - 1, 0, -1)
                    if (opened[i].kind or 0) <= Kind.SUBNUMBER and opened[i].numbers == label.numbers[:-1]
                ),
                None,
            )
            if depth is not None:
                del opened[depth + 1 :]
                return opened[-1]
        same = next(
            (
                i
                for i in range(len(opened) - 1, 0, -1)
                if opened[i].kind is label.kind
                and opened[i].style == label.style
                and len(opened[i].numbers) == len(label.numbers)
            ),
            None,
        )
        if same is not None:
            del opened[same:]
        else:
            while len(opened) > 1 and self._rank(opened[-1]) >= self._rank_of(label.kind, label.style):
                opened.pop()
        return opened[-1]

    @staticmethod
    def _rank(node: _Node) -> float:
        return _Tree._rank_of(node.kind, node.style) if node.kind is not None else -1

    @staticmethod
    def _rank_of(kind: Kind, style: str) -> float:
        """ "1)" stands below "1."; otherwise the usual order of kinds."""
        return kind + (0.5 if kind in (Kind.NUMBER, Kind.LETTER) and style == ")" and kind is Kind.NUMBER else 0.0)

    def _node(self, parent: _Node, paragraph: Paragraph) -> _Node:
        label = paragraph.label
        assert label is not None
        if label.kind in BULLETS:
            parent.bullets += 1
            name = f"-{parent.bullets}"
        else:
            name = label.name
        above = self._above(parent, label.kind)
        path = f"{above}.{name}" if above else name
        self._taken[path] = self._taken.get(path, 0) + 1
        if self._taken[path] > 1:
            path = f"{path}({self._taken[path]})"
        numbers = label.numbers if label.kind not in BULLETS else ()
        return _Node(path=path, kind=label.kind, label=label.printed, parent=parent, style=label.style, numbers=numbers)

    def _above(self, parent: _Node, kind: Kind) -> str:
        """The path that a child's label is appended to."""
        root = self._open[0]
        prefix = root.path if root.kind is Kind.ANNEX else ""
        if kind is Kind.ARTICLE:
            return prefix
        while kind is Kind.SUBNUMBER and parent.kind in (Kind.NUMBER, Kind.SUBNUMBER) and parent.parent:
            parent = parent.parent
        return prefix if parent is root else parent.path

    def close(self) -> None:
        """Part the closing paragraphs from the last clause, unless they are all it has to say."""
        last = self.nodes[-1]
        if last.kind is None:
            return
        own = 1 if last.words[0].words and _WHOLE.search(last.words[0].words) else 2
        tail = last.words[own:]
        first = next((i for i, p in enumerate(tail) if _CLOSES.match(p.text)), len(tail) - 1 if own == 1 else len(tail))
        if tail[first:]:
            self.nodes.append(_Node(path=CLOSING, kind=None, label="", parent=None, words=tail[max(0, first) :]))
            del last.words[own + max(0, first) :]


def _annexes(found: Sequence[Paragraph]) -> Iterator[tuple[str, str, list[Paragraph]]]:
    """Each annex with its path, its label as printed, and its paragraphs; the first is the title."""
    starts = [i for i, paragraph in enumerate(found) if paragraph.label and paragraph.label.kind is Kind.ANNEX]
    starts = [0, *starts] if found and (not starts or starts[0] > 0) else starts
    for count, (first, end) in enumerate(pairwise([*starts, len(found)]), start=1):
        title = found[first]
        label = title.label if title.label and title.label.kind is Kind.ANNEX else None
        if label is not None:
            title = Paragraph(text=title.words, span=title.span, page=title.page)
        yield f"PL{count}", label.printed if label else "", [title, *found[first + 1 : end]]


def _clause(node: _Node, start: int) -> Clause:
    words = [
        paragraph.words if i == 0 and paragraph.label else paragraph.text for i, paragraph in enumerate(node.words)
    ]
    spans = [paragraph.span for paragraph in node.words]
    text = "\n".join(w for w in words if w)
    return Clause(
        path=node.path,
        label=node.label,
        text=text,
        span=Span(start=start, end=spans[-1].end if spans else start),
        heading=_heading(node, words),
        parent=node.parent.path if node.parent and node.parent.path != PREAMBLE else None,
        page=node.words[0].page if node.words else None,
        headings=tuple(reversed([_shown(above) for above in _ancestors(node)])),
    )


def _ancestors(node: _Node) -> Iterator[_Node]:
    above = node.parent
    while above is not None and above.path != PREAMBLE:
        yield above
        above = above.parent


def _shown(node: _Node) -> str:
    first = node.words[0].words if node.words else ""
    return first if len(first) <= _HEADING_SHOWN else first[:_HEADING_SHOWN].rsplit(" ", 1)[0] + " …"


def _heading(node: _Node, words: Sequence[str]) -> str | None:
    """The first line, when it only names what follows: no full sentence, and something follows."""
    if not words or not words[0] or node.kind is None:
        return None
    first = words[0]
    follows = node.children > 0 or len(words) > 1
    return first if follows and not _WHOLE.search(first) and len(first.split()) <= _HEADING_WORDS else None
