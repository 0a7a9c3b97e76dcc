"""Answers, as the API gives them, against the clauses that gold names.

An answer is right when it says that it is one, cites a clause that gold names among its first three, shows every
string that it must, and gives the due date where one is asked for; without an answer in the documents, when it
refuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api import desk, schemas
from api.evaluate.figures import Row, Rows
from api.evaluate.gold import Gold, Question
from api.evaluate.match import flat, same_clause, same_document, same_number
from api.library import Library

_FIRST = 3

Answer = Mapping[str, Any]
Citation = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How one answer did. Of a question without an answer only `right` means something."""

    question: Question
    answer: Answer
    right: bool
    first: bool = False
    among_three: bool = False
    document: bool = False
    coverage: float = 0.0
    precision: float = 0.0
    strings: bool = False
    due: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A question that was not answered rightly. `absent` are the strings that its answer had to show and did not."""

    question: Question
    expected: str
    found: str
    absent: tuple[str, ...]

    def __str__(self) -> str:
        one = self.question
        without = f"; without {list(self.absent)}" if self.absent else ""
        return (
            f"{one.id} {one.language} {one.kind}: {one.text}\n"
            f"    expected {self.expected}\n"
            f"    found {self.found}{without}"
        )


def verdicts(library: Library, golds: Sequence[Gold], *, as_of: date | None = None) -> list[Verdict]:
    """Ask every question of the gold on the day `as_of`, today if left out, and judge what the API answers."""
    made = []
    for question in (one for gold in golds for one in gold.questions):
        answer = desk.ask(library, schemas.AskRequest(question=question.text, as_of=as_of))
        made.append(judge(question, answer.model_dump(mode="json"), golds))
    return made


def unheld(library: Library, golds: Sequence[Gold]) -> list[str]:
    """The documents that questions cite and the library does not hold: no answer can cite them."""
    cited = dict.fromkeys(name for gold in golds for question in gold.questions for name, _ in question.cite)
    total, _ = library.store.documents(q=None, type=None, issuer=None, limit=1, offset=0)
    _, held = library.store.documents(q=None, type=None, issuer=None, limit=max(1, total), offset=0)
    described = [
        {"document_id": one.id, "document_number": one.number, "document_title": one.title, "source": one.source}
        for one in held
    ]
    return [name for name in cited if not any(_is_of(one, name, golds) for one in described)]


def judge(question: Question, answer: Answer, golds: Sequence[Gold]) -> Verdict:
    """The verdict on an answer of the API; `golds` are the documents that citations of gold may name."""
    if not question.answerable:
        return Verdict(question=question, answer=answer, right=answer["answerable"] is False)
    citations = answer["citations"]
    hits = [any(_cites(one, *wanted, golds) for wanted in question.cite) for one in citations]
    covered = [any(_cites(one, *wanted, golds) for one in citations) for wanted in question.cite]
    shown = text(answer)
    strings = all(flat(wanted) in shown for wanted in question.must_contain)
    due = question.due is None or any(one["due"] == question.due for one in answer["assignments"])
    return Verdict(
        question=question,
        answer=answer,
        right=answer["answerable"] is True and any(hits[:_FIRST]) and strings and due,
        first=any(hits[:1]),
        among_three=any(hits[:_FIRST]),
        document=bool(citations) and any(_is_of(citations[0], name, golds) for name, _ in question.cite),
        coverage=sum(covered) / max(1, len(covered)),
        precision=sum(hits) / max(1, len(hits)),
        strings=strings,
        due=due,
    )


def text(answer: Answer) -> str:
    """Everything that an answer shows, flat: its sentences, its quotes, its assignments."""
    parts = [answer["answer"]]
    parts += [statement["text"] for statement in answer["statements"]]
    parts += [citation["quote"] for citation in answer["citations"]]
    parts += [" ".join([task["task"], *task["agencies"]]) for task in answer["assignments"]]
    return flat(" ".join(parts))


def _cites(citation: Citation, document: str, clause: str, golds: Sequence[Gold]) -> bool:
    return _is_of(citation, document, golds) and same_clause(citation["clause"], clause)


def _is_of(citation: Citation, document: str, golds: Sequence[Gold]) -> bool:
    """Whether a citation is of the document that gold calls by its number or its id, or the library by its own."""
    if citation.get("document_id") == document:
        return True
    named = [gold for gold in golds if document in (gold.id, gold.number)]
    return same_document(citation, named[-1]) if named else same_number(citation, document)


def score(verdicts: Sequence[Verdict]) -> Row:
    """Shares: `right` of all questions, `refused` of those without an answer, the others of those with one."""
    answerable = [one for one in verdicts if one.question.answerable]
    others = [one for one in verdicts if not one.question.answerable]
    row: dict[str, float] = {"questions": len(verdicts), "right": _share([one.right for one in verdicts])}
    if answerable:
        row |= {
            "clause@1": _share([one.first for one in answerable]),
            "clause@3": _share([one.among_three for one in answerable]),
            "doc@1": _share([one.document for one in answerable]),
            "coverage": _share([one.coverage for one in answerable]),
            "precision": _share([one.precision for one in answerable]),
            "strings": _share([one.strings for one in answerable]),
            "answered": _share([one.answer["answerable"] is True for one in answerable]),
        }
    if dated := [one.due for one in answerable if one.question.due]:
        row["due"] = _share(dated)
    if others:
        row["refused"] = _share([one.right for one in others])
    return row


def _share(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def by_group(name: str, verdicts: Sequence[Verdict]) -> Rows:
    """The figures of one set of questions: all of it, then by language, then by kind."""
    rows = {name: score(verdicts)}
    for group in ("language", "kind"):
        for value in dict.fromkeys(getattr(one.question, group) for one in verdicts):
            rows[f"{name} {value}"] = score([one for one in verdicts if getattr(one.question, group) == value])
    return rows


def misses(verdicts: Sequence[Verdict]) -> Iterator[Miss]:
    """The questions that were not answered rightly: what was expected and what was found."""
    for one in verdicts:
        if one.right:
            continue
        question, answer = one.question, one.answer
        cited = [f"{_name(citation)} {citation['clause']}" for citation in answer["citations"]]
        due = ", ".join(dict.fromkeys(task["due"] for task in answer["assignments"] if task["due"]))
        if question.due and not one.due:
            cited.append(f"due {due or 'on no day'}")
        shown = text(answer)
        absent = tuple(string for string in question.must_contain if flat(string) not in shown)
        yield Miss(
            question=question,
            expected=_expected(question),
            found=", ".join(cited) if answer["answerable"] else f"a refusal ({answer['reason']})",
            absent=absent if answer["answerable"] else (),
        )


def _expected(question: Question) -> str:
    if not question.answerable:
        return "a refusal"
    due = f", due {question.due}" if question.due else ""
    return ", ".join(f"{document} {clause}" for document, clause in question.cite) + due


def _name(citation: Citation) -> str:
    return str(citation["document_number"] or citation["source"])
