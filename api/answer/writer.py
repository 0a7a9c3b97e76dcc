"""An answer in sentences of its own: a model phrases what the cited clauses say, and nothing else leaves.

Off unless a model is set. The statements of an answer stay the verbatim ones that they are; what is written stands
beside them, each sentence with its citations, after it was held against the clauses (`api.answer.entailment`).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from api.answer.entailment import Entailment, Source
from api.answer.model import Answer
from index.model import Language
from ingest.text import LOWER, UPPER, fold, squeeze

log = logging.getLogger("chidao")

SENTENCES = 12
"""More than so many are no answer."""

_MARKER = re.compile(r"\s*\[\s*(\d{1,2}(?:\s*[,;]\s*\d{1,2})*)\s*\]")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
# Where a sentence ends: after its citations, at the end of a line, or at a full stop that ends no abbreviation.
_END = re.compile(rf"(?:(?<=\])|(?<=\][.!?]))\s+(?=[^\s\[])|\n+|(?<=[{LOWER}\d)%”]{{2}}[.!?])\s+(?=[{UPPER}“\"])")


class WriterFailure(Exception):
    """The model could not be asked, or answered something that is no text; the message says which."""


class Writer(Protocol):
    """What phrases an answer."""

    def write(self, question: str, language: Language, sources: Sequence[Source]) -> Iterator[str]:
        """Text in pieces as they come, sentences with [1], [2], … for the sources. Raises `WriterFailure`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence that the clauses it cites support. `citations` are indices into the answer's citations."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An answer in sentences."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True)
class Scribe:
    """Has answers written, and lets pass what the clauses support."""

    writer: Writer
    entailment: Entailment

    def write(self, answer: Answer) -> Generator[Sentence, None, Written | None]:
        """The sentences as they pass, and in the end all of them; None where the extractive answer stands alone.

        That is so for a refusal, when the writer fails, and when fewer than half of its sentences pass.
        """
        if not answer.answerable or not answer.citations:
            return None
        cited = sources(answer)
        kept: list[Sentence] = []
        seen: set[str] = set()
        drafted = 0
        try:
            for draft in sentences(self.writer.write(answer.question, answer.language, cited)):
                if fold(draft) in seen:
                    continue
                seen.add(fold(draft))
                drafted += 1
                passed = self._passed(draft, cited, answer.language)
                if passed is not None:
                    kept.append(passed)
                    yield passed
                if drafted == SENTENCES:
                    break
        except WriterFailure as failure:
            log.warning("nothing was written: %s", failure)
            return None
        if not kept or 2 * len(kept) < drafted:
            log.info("%d of %d written sentences are supported; the quotes stand alone", len(kept), drafted)
            return None
        return Written(sentences=tuple(kept))

    def _passed(self, draft: str, sources: Sequence[Source], language: Language) -> Sentence | None:
        cited = [int(one) - 1 for found in _MARKER.finditer(draft) for one in re.split(r"[,;]", found[1])]
        text = squeeze(_MARKER.sub("", draft))
        if not text or not cited or not all(0 <= one < len(sources) for one in cited):
            log.info("dropped %r: it cites no clause of the answer", draft)
            return None
        cited = sorted(set(cited))
        wrong = self.entailment.unsupported(text, [sources[one] for one in cited], language)
        if wrong:
            log.info("dropped %r: not in the clauses: %s", draft, "; ".join(wrong))
            return None
        return Sentence(text=text if text[-1] in ".!?”" else f"{text}.", citations=tuple(cited))


def sources(answer: Answer) -> list[Source]:
    """The cited clauses of an answer, each with what the ledger holds for it."""
    return [
        Source(citation=citation, tasks=tuple(task for task in answer.assignments if task.citation == index))
        for index, citation in enumerate(answer.citations)
    ]


def sentences(pieces: Iterable[str]) -> Iterator[str]:
    """Text that comes in pieces → sentences with their markers, each as soon as it is complete."""
    pending = ""
    for piece in pieces:
        pending += piece
        *complete, pending = _split(pending)
        yield from complete
    yield from (one for one in _split(pending + "\n") if one)


def _split(text: str) -> list[str]:
    """The sentences that are complete, and last what is not."""
    *complete, rest = _END.split(text)
    return [one for part in complete if (one := _BULLET.sub("", part).strip())] + [rest]
