"""Clauses → passages: one a clause, with the context a reader needs; a long clause is split, never joined."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ingest.model import CLOSING, PREAMBLE, Clause, Document, Passage

_SEPARATORS = ["\n", ". ", "; ", ", ", " ", ""]


def passages(document: Document, *, max_tokens: int, count: Callable[[str], int] | None = None) -> tuple[Passage, ...]:
    """The passages of a document in reading order.

    `max_tokens` is what the encoder reads; `count` counts tokens (by default syllables and marks are taken to be
    words). Only a clause longer than that is split, at the end of a paragraph, sentence or phrase. Words that were
    misread stand in a passage as they were meant, so that they are found; quotes are cut from the clause.
    """
    return tuple(
        Passage(clause=clause.path, part=part, text=text, context=context(document, clause))
        for clause in document.clauses
        if clause.text
        for part, text in enumerate(_parts(clause.meant or clause.text, max_tokens, count or _words))
    )


def context(document: Document, clause: Clause) -> str:
    """What stands above a clause: type and number, title, headings."""
    name = f"{document.type} {document.number}" if document.number else document.type
    issuer = document.issuer or ""
    above = [] if clause.path in (PREAMBLE, CLOSING) else list(clause.headings)
    return "\n".join(part for part in (name, issuer, document.title, *above) if part)


def _words(text: str) -> int:
    return len(text.split())


def _parts(text: str, max_tokens: int, count: Callable[[str], int]) -> Iterator[str]:
    if len(text) <= max_tokens or count(text) <= max_tokens:  # a token is at least a character
        yield text
    else:
        yield from _split(text, max_tokens, count)


def _split(text: str, max_tokens: int, count: Callable[[str], int]) -> list[str]:
    # langchain pulls in half a second of imports: only a clause that is too long pays for them
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        separators=_SEPARATORS,
        keep_separator="end",
        chunk_size=max_tokens,
        chunk_overlap=0,
        length_function=count,
    )
    return splitter.split_text(text)
