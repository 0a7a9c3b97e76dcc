"""The five documents of corpus/: metadata and outline as a reader sees them."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.model import CLOSING, PREAMBLE, Document
from ingest.pipeline import parse
from ingest.text import squeeze

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
GOLDEN = Path(__file__).parent / "golden"
SHARED = ROOT.parent / "shared" / "data" / "dev" / "gold"
NAMES = sorted(path.stem for path in CORPUS.glob("*.txt"))


@pytest.fixture(scope="module", params=NAMES)
def document(request: pytest.FixtureRequest) -> Document:
    """Each document of corpus/, parsed."""
    path = CORPUS / f"{request.param}.txt"
    return parse(path.read_bytes(), path.name)


def outline(document: Document) -> str:
    """Metadata, then a line for each clause: path, first words, last words."""
    head = [
        f"{name}: {getattr(document, name)}"
        for name in ("number", "date", "place", "type", "title", "issuer", "signer", "addressees")
    ]
    head += [f"recipients: {len(document.recipients)}", ""]
    for clause in document.clauses:
        words = clause.text.split()
        shown = " ".join(words) if len(words) <= 12 else f"{' '.join(words[:8])} … {' '.join(words[-4:])}"
        head.append(f"{clause.path} | {shown}")
    return "\n".join(head) + "\n"


def test_outline_is_as_read(document: Document) -> None:
    """A change of the parser shows here as a difference of lines, to be read by a person."""
    assert outline(document) == (GOLDEN / f"{Path(document.source.name).stem}.txt").read_text(encoding="utf-8")


def test_clauses_are_cut_from_the_source(document: Document) -> None:
    """The words of a clause stand in its span of the source, in order; nothing is made up."""
    for clause in document.clauses:
        spanned = squeeze(document.source.text[clause.span.start : clause.span.end].replace("**", ""))
        assert all(squeeze(paragraph) in spanned for paragraph in clause.text.split("\n"))


def test_clauses_cover_the_body_once(document: Document) -> None:
    """No clause overlaps another, and none is lost between them."""
    spans = [clause.span for clause in document.clauses]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    between = [document.source.text[a.end : b.start] for a, b in pairwise(spans)]
    assert not [text for text in between if re.search(r"\w", text)]


def test_parents_stand_before_their_children(document: Document) -> None:
    """The tree can be built in one pass."""
    seen: set[str] = set()
    for clause in document.clauses:
        assert clause.parent is None or clause.parent in seen
        seen.add(clause.path)


def test_assignments_and_references_belong_to_clauses(document: Document) -> None:
    """Spans lie in the text of the clause, and tasks are its own words."""
    texts = {clause.path: clause.text for clause in document.clauses}
    for one in document.assignments:
        assert squeeze(one.task) in squeeze(texts[one.clause])
        if one.deadline:
            assert texts[one.clause][one.deadline.span.start : one.deadline.span.end] == one.deadline.text
    for reference in document.references:
        assert texts[reference.clause][reference.span.start : reference.span.end] == reference.text


def test_manifest_describes_the_files() -> None:
    """manifest.toml names every document with the digest of its bytes."""
    listed = tomllib.loads((CORPUS / "manifest.toml").read_text(encoding="utf-8"))["document"]
    assert {one["file"]: one["sha256"] for one in listed} == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in CORPUS.glob("*.txt")
    }


@pytest.mark.skipif(not SHARED.is_dir(), reason="the gold of the seeds lies outside the repository")
@pytest.mark.parametrize("gold", sorted(SHARED.glob("*.json")), ids=lambda path: path.stem)
def test_gold_is_met(gold: Path) -> None:
    """Clause paths and metadata equal the gold exactly; gold leaves the "(2)" of a repeated label out."""
    expected = json.loads(gold.read_text(encoding="utf-8"))
    path = CORPUS / expected["file"]
    read = parse(path.read_bytes(), path.name)
    paths = [re.sub(r"\(\d+\)", "", c.path) for c in read.clauses if c.path not in (PREAMBLE, CLOSING)]
    assert paths == [re.sub(r"\(\d+\)", "", p) for p in expected["clauses"]]
    day = read.date.isoformat() if read.date else None
    assert (read.number, day, read.type, read.title, read.issuer, read.signer) == tuple(
        expected[name] for name in ("number", "date", "type", "title", "issuer", "signer")
    )
