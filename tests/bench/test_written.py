"""How the check of written sentences is measured."""

from __future__ import annotations

from datetime import date

from api.answer.citation import cite
from api.answer.entailment import Entailment
from api.answer.model import Answer, Interpretation, Statement, Task
from bench.evaluate.written import cases, score
from index.lexicon import Lexicon
from index.model import Summary
from ingest.agencies import Register
from ingest.model import Clause, Span

TEXTS = ("Sở Tài chính rà soát 15 đơn vị trước ngày 30/9/2022.", "Sở Nội vụ báo cáo kết quả xếp loại.")


def _answer() -> Answer:
    document = Summary(
        id="7-KH-UBND.2022",
        number="7/KH-UBND",
        title="Về công tác năm",
        date=date(2022, 9, 9),
        type="Kế hoạch",
        issuer="UBND Thành phố",
        signer=None,
        source="kh.txt",
    )
    clauses = [
        Clause(path=str(n), label=str(n), text=text, span=Span(start=0, end=1)) for n, text in enumerate(TEXTS, 1)
    ]
    task = Task(
        agencies=("Sở Tài chính",),
        role="lead",
        task="rà soát 15 đơn vị",
        deadline_text="trước ngày 30/9/2022",
        due=date(2022, 9, 30),
        bound="before",
        recurrence=None,
        citation=0,
    )
    return Answer(
        question="?",
        language="vi",
        answerable=True,
        answer="",
        interpreted=Interpretation(),
        statements=tuple(Statement(text=text, citations=(n,)) for n, text in enumerate(TEXTS)),
        assignments=(task,),
        citations=tuple(cite(document, clause) for clause in clauses),
    )


def test_wrong_sentences_are_made_from_right_ones() -> None:
    """Each of them differs from its clause in the one thing that its kind names."""
    made = {(one.kind, one.right): one.text for one in cases([_answer()])}
    assert made["figure raised by one", False] == "Sở Tài chính rà soát 16 đơn vị trước ngày 30/9/2022."
    assert made["due day", True] == "Sở Tài chính: rà soát 15 đơn vị, trước ngày 30/09/2022."
    assert made["due day a year late", False] == "Sở Tài chính: rà soát 15 đơn vị, trước ngày 30/09/2023."
    assert made["another body", False] == "Sở Y tế báo cáo kết quả xếp loại."
    assert made["another clause", False] == TEXTS[0]


def test_the_check_is_right_about_them() -> None:
    """The right ones pass and the wrong ones do not."""
    entailment = Entailment(register=Register.load(), lexicon=Lexicon.load())
    rows = score(entailment, list(cases([_answer()])))
    assert {kind: row["right"] for kind, row in rows.items()} == dict.fromkeys(rows, 1.0)
    assert rows["verbatim"]["sentences"] == 2
