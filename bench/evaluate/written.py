"""Whether the check of written sentences lets pass what is said and stops what is not.

    python -m bench.evaluate.written --data ../shared/data

No model is asked. The statements of all answers stand for sentences that are right; one figure raised by one, one
body exchanged for another, the clause of another statement cited, and a due day a year late, for such that are not.
A raised figure that stands elsewhere in the clause is left out: the check cannot see it, and says so in README.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from api.answer.entailment import Entailment, Source
from api.answer.model import Answer
from api.answer.writer import sources
from api.evaluate.figures import Row, table
from api.library import Library
from bench.evaluate import home, sample
from index.lexicon import Lexicon
from index.model import Filters
from ingest.agencies import Register

_FIGURE = re.compile(r"(?<![\w.,/-])\d{1,4}(?![\w.,/-])")
_EXCHANGED = ("Sở Y tế", "Sở Tư pháp", "Bộ Quốc phòng")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A sentence, the clauses that it cites, what was done to it, and whether it may pass."""

    kind: str
    text: str
    cited: Sequence[Source]
    right: bool


def cases(answers: Sequence[Answer]) -> Iterator[Case]:
    """Right and wrong sentences from what was answered."""
    said = [
        (statement.text, [sources(answer)[index] for index in statement.citations])
        for answer in answers
        for statement in answer.statements
    ]
    for text, cited in said:
        yield Case(kind="verbatim", text=text, cited=cited, right=True)
        yield from _raised(text, cited)
        yield from _exchanged(text, cited)
        yield from _dated(cited)
    for (text, _), (_, other) in pairwise(said):
        if not any(text in one.citation.quote for one in other):
            yield Case(kind="another clause", text=text, cited=other, right=False)


def _raised(text: str, cited: Sequence[Source]) -> Iterator[Case]:
    found = _FIGURE.search(text)
    if found is None:
        return
    raised = str(int(found[0]) + 1)
    if not any(re.search(rf"(?<!\d)0?{raised}(?!\d)", one.known) for one in cited):
        changed = text[: found.start()] + raised + text[found.end() :]
        yield Case(kind="figure raised by one", text=changed, cited=cited, right=False)


def _exchanged(text: str, cited: Sequence[Source]) -> Iterator[Case]:
    found = next((one for one in _register().find(text) if one.agency is not None and not one.group), None)
    other = next((name for name in _EXCHANGED if not any(name in one.known for one in cited)), None)
    if found is not None and other is not None:
        changed = text[: found.span.start] + other + text[found.span.end :]
        yield Case(kind="another body", text=changed, cited=cited, right=False)


def _dated(cited: Sequence[Source]) -> Iterator[Case]:
    for one in cited:
        for task in one.tasks:
            if task.due is None:
                continue
            when = "trước ngày" if task.bound == "before" else "chậm nhất ngày"
            told = f"{', '.join(task.agencies)}: {task.task}, {when}"
            yield Case(kind="due day", text=f"{told} {task.due:%d/%m/%Y}.", cited=cited, right=True)
            late = f"{task.due:%d/%m}/{task.due.year + 1}"
            yield Case(kind="due day a year late", text=f"{told} {late}.", cited=cited, right=False)


def score(entailment: Entailment, made: Sequence[Case]) -> dict[str, Row]:
    """For each kind how many sentences there are and the share that is judged rightly."""
    judged: dict[str, list[bool]] = {}
    for one in made:
        passes = not entailment.unsupported(one.text, one.cited, "vi")
        judged.setdefault(one.kind, []).append(passes is one.right)
    return {kind: {"sentences": len(values), "right": sum(values) / len(values)} for kind, values in judged.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=sample.ROOT.parent / "shared" / "data")
    data = parser.parse_args().data
    samples = sample.over(data) if data.is_dir() else [sample.in_repository()]
    answers = []
    for documents in dict.fromkeys(one.documents for one in samples):
        with home.library(documents) as library:
            for one in samples:
                if one.documents == documents:
                    answers += list(_answers(library, one))
    entailment = Entailment(register=_register(), lexicon=Lexicon.load())
    print(table("written", score(entailment, list(cases(answers)))))


def _answers(library: Library, asked: sample.Sample) -> Iterator[Answer]:
    for question in (question for gold in asked.golds for question in gold.questions):
        answer = library.answerer.ask(question.text, limit=8, as_of=None, filters=Filters())
        if answer.answerable:
            yield answer


@cache
def _register() -> Register:
    return Register.load()


if __name__ == "__main__":
    main()
