"""A clause as people and callers cite it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from api.answer.model import Citation
from index.model import Summary
from ingest.model import CLOSING, PREAMBLE, Clause
from ingest.text import squeeze

_NAMED = {PREAMBLE: "phần mở đầu", CLOSING: "phần kết"}
_ARTICLE = re.compile(
    r"(?P<article>Điều\ \w+(?:\(\d+\))?) (?:\.(?P<item>\d+(?:\(\d+\))?))? (?:\.(?P<point>[a-zđ](?:\(\d+\))?))?",
    re.VERBOSE,
)
_BULLET = re.compile(r"-(\d+)")
_TITLE_SHOWN = 80


def cite(document: Summary, clause: Clause, quoted: str | None = None) -> Citation:
    """The citation of a clause. `quoted` is a verbatim part of its text; without it the whole text is quoted."""
    return Citation(
        document_id=document.id,
        document_number=document.number,
        document_title=document.title,
        document_date=document.date,
        issuer=document.issuer,
        source=document.source,
        page=clause.page,
        clause=clause.path,
        label=f"{document.number or _short(document.title)}, {place(clause.path)}",
        quote=squeeze(quoted if quoted is not None else clause.text),
        url=f"/d/{quote(document.id)}#{quote(clause.path, safe='.-()')}",
        regions=clause.regions,
    )


def place(path: str) -> str:
    """The path as people read it.

    >>> place("II.5.2"), place("Điều 5.2.a"), place("1.-3")
    ('mục II.5.2', 'điểm a khoản 2 Điều 5', 'mục 1, gạch đầu dòng thứ 3')
    """
    if path in _NAMED:
        return _NAMED[path]
    labels = path.split(".")
    bullets = [found[1] for label in labels if (found := _BULLET.fullmatch(label))]
    numbered = ".".join(label for label in labels if not _BULLET.fullmatch(label))
    after = [f"gạch đầu dòng thứ {'.'.join(bullets)}"] if bullets else []
    article = _ARTICLE.fullmatch(numbered)
    if article:
        parts = [f"điểm {article['point']}"] if article["point"] else []
        parts += [f"khoản {article['item']}"] if article["item"] else []
        return ", ".join([" ".join([*parts, article["article"]]), *after])
    if numbered.startswith("PL"):
        annex, _, inner = numbered.partition(".")
        named = f"Phụ lục {annex[2:]}"
        return ", ".join([named, *([f"mục {inner}"] if inner else []), *after])
    return ", ".join([*([f"mục {numbered}"] if numbered else []), *after])


def grouped(citations: Iterable[Citation]) -> list[str]:
    """The places cited, one text a document: "441/TB-VP (mục II.5.1, mục II.5.2)"."""
    documents: dict[str, list[Citation]] = {}
    for citation in citations:
        documents.setdefault(citation.document_id, []).append(citation)
    return [f"{_name(cited[0])} ({', '.join(place(one.clause) for one in cited)})" for cited in documents.values()]


def _name(citation: Citation) -> str:
    return citation.document_number or _short(citation.document_title)


def _short(title: str) -> str:
    cut = title if len(title) <= _TITLE_SHOWN else title[:_TITLE_SHOWN].rsplit(" ", 1)[0] + "…"
    return f"“{cut}”"
