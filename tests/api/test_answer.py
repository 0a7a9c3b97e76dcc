"""Answers over the five documents of corpus/, from the file to the citation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from api.answer.answerer import Answerer
from api.answer.model import Answer
from api.library import encoder, open_library, open_store
from api.settings import Settings
from index.model import Filters
from index.sync import sync
from ingest.chunk import passages
from ingest.pipeline import parse
from ingest.text import squeeze

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with corpus/ indexed by the shipped encoder."""
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    with open_store(settings) as store:
        outcomes = list(
            sync(
                [ROOT / "corpus"],
                store=store,
                encoder=lambda: encoder(settings),
                parse=parse,
                passages=passages,
            )
        )
    assert len(outcomes) == 5
    return settings.home


@pytest.fixture(scope="module")
def answerer(home: Path) -> Iterator[Answerer]:
    """What answers questions over corpus/."""
    with open_library(Settings(home=home), light=True) as library:
        assert isinstance(library.answerer, Answerer)
        yield library.answerer


def cited(answer: Answer) -> list[tuple[str, str]]:
    return [(citation.document_number or citation.document_title[:9], citation.clause) for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What is the Department of Finance assigned and by when?", "en"),
        ("Sở Tài chính được giao nhiệm vụ gì, hạn khi nào?", "vi"),
        ("so tai chinh duoc giao gi va han khi nao", "vi"),
        ("STC được giao việc gì, hạn khi nào?", "vi"),  # the abbreviation that the register knows
        ("Giám đốc Sở Tài chính phải làm gì?", "vi"),  # the holder stands for the office
    ],
)
def test_a_body_is_answered_with_its_tasks_and_their_days(answerer: Answerer, question: str, language: str) -> None:
    """The question the product exists for, however it is typed."""
    answer = answerer.ask(question)
    assert answer.answerable
    assert answer.language == language
    assert cited(answer) == [("441/TB-VP", "II.5.1"), ("441/TB-VP", "II.5.2")]
    assert [task.due for task in answer.assignments] == [None, date(2022, 9, 30)]


@pytest.mark.parametrize(
    ("question", "first", "words"),
    [
        # a fact with its figure
        ("Quận 1 phải giải ngân vốn đầu tư công đạt bao nhiêu phần trăm?", ("3815/UBND-NV", "5.-2"), "95%"),
        # who, found through words of the task
        ("Cơ quan nào chủ trì khảo sát đánh giá Chỉ số DDCI năm 2024?", ("3815/UBND-NV", "5.-3"), "DDCI"),
        # when, from a body that the register does not know
        ("When must the inspected units report the results of remedial work?", ("3815/UBND-NV", "5(2)"), "15 tháng 11"),
        # without marks
        ("vien nghien cuu phat trien kinh te xa hoi phai lam gi", ("441/TB-VP", "II.7"), "khảo sát trực tuyến"),
        # the day of a document, printed in a clause of it
        ("Kế hoạch 214 được ban hành ngày nào?", ("214/KH-UBND", "preamble"), "18/8/2023"),
        # a document named by its number
        ("Kế hoạch 214 yêu cầu gì về tái cấu trúc quy trình?", ("214/KH-UBND", "3"), "tái cấu trúc quy trình"),
    ],
)
def test_a_clause_answers(answerer: Answerer, question: str, first: tuple[str, str], words: str) -> None:
    """The clause that holds the answer comes first, and is quoted."""
    answer = answerer.ask(question)
    assert answer.answerable
    assert cited(answer)[0] == first
    assert words in answer.citations[0].quote


def test_a_period_is_answered_with_what_is_due_in_it(answerer: Answerer) -> None:
    """All that is due in the month, and nothing else."""
    answer = answerer.ask("Which tasks are due in October 2022?")
    assert {clause for _, clause in cited(answer)} == {"II.1.3", "II.1.4", "II.6.1", "II.7"}
    assert all(task.due and task.due.month == 10 for task in answer.assignments)


def test_a_body_answers_for_those_it_succeeded(answerer: Answerer) -> None:
    """Sở Tài nguyên và Môi trường became part of Sở Nông nghiệp và Môi trường on 1 March 2025."""
    answer = answerer.ask("Sở Nông nghiệp và Môi trường được giao nhiệm vụ gì?")
    assert {clause for _, clause in cited(answer)} == {"II.3.1", "II.3.2", "II.3.3"}
    assert "Sở Tài nguyên và Môi trường, nay do Sở Nông nghiệp và Môi trường tiếp nhận" in answer.answer


def test_a_body_in_a_period_is_answered_with_its_own_tasks(answerer: Answerer) -> None:
    """What others have to finish in the month is not asked."""
    answer = answerer.ask("Văn phòng UBND Thành phố phải hoàn thành những việc gì trong tháng 10/2022?")
    assert [clause for _, clause in cited(answer)] == ["II.1.3", "II.1.4"]


@pytest.mark.parametrize(
    ("question", "due"),
    [
        ("Sở Tài chính phải làm gì trước ngày 31/10/2022?", ["II.5.2"]),
        ("What must the Department of Finance do before 31 October 2022?", ["II.5.2"]),
        ("Sở Nội vụ phải làm gì trước ngày 31/10/2022?", []),  # its one deadline is 31/12/2022
        ("What must the Department of Home Affairs do before 31 October 2022?", []),
        ("Sở Nội vụ phải làm gì trước ngày 31/12/2022?", ["II.2.1"]),
    ],
)
def test_what_a_body_must_do_before_a_day(answerer: Answerer, question: str, due: list[str]) -> None:
    """Its tasks due by then; none is no support, not a premise that the documents contradict."""
    answer = answerer.ask(question)
    assert [clause for _, clause in cited(answer)] == due
    assert answer.reason == (None if due else "no_support")
    assert answer.interpreted.due_to is not None
    assert due or answer.nearest
    assert due or "Sở Nội vụ có hạn" in answer.answer or "of Department of Home Affairs is due" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Sở Nội vụ phải báo cáo khi nào?",
        "so noi vu phai bao cao khi nao",
        "When must the Department of Finance report?",
    ],
)
def test_the_day_of_another_body_is_no_answer(answerer: Answerer, question: str) -> None:
    """Others report by 15/11/2024; when the body asked about must, no document says."""
    answer = answerer.ask(question)
    assert not any(task.due == date(2024, 11, 15) for task in answer.assignments)
    assert all(any("Nội vụ" in n or "Tài chính" in n for n in task.agencies) for task in answer.assignments)


def test_a_body_typed_without_marks_is_shown_with_them(answerer: Answerer) -> None:
    """So that a reader sees who was understood."""
    assert answerer.ask("so noi vu phai lam gi").interpreted.agencies == ("Sở Nội vụ",)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Sở Y tế được giao nhiệm vụ gì?", "unknown_agency"),
        ("What is the Department of Health assigned?", "unknown_agency"),
        ("Sở Y tế phải làm gì trước ngày 31/10/2022?", "unknown_agency"),
        ("Phòng Quản lý đô thị Quận 1 phải làm gì?", "unknown_agency"),
        ("Kế hoạch 999/KH-UBND giao việc gì?", "unknown_document"),
        ("Vì sao hạn nộp kế hoạch tự chủ tài chính lùi sang 15/11/2023?", "false_premise"),  # a day nobody named
        ("Quận 1 được cấp bao nhiêu tỷ đồng cho cải cách hành chính?", "no_support"),  # no sum of money anywhere
        ("Which tasks are due in March 2031?", "no_support"),
        ("Ai ký công văn 3815/UBND-NV?", "no_support"),  # no clause prints the signature
        ("Thông báo 441 ngày nào được ban hành?", "no_support"),  # nor its own day
        ("Vì sao 15 đơn vị được đề xuất khen thưởng?", "no_support"),  # the speech says 12
        ("What fine does Plan 214/KH-UBND set for late files?", "no_support"),
        ("Đơn vị được kiểm tra phải báo cáo trước ngày 20/11 theo mục nào?", "false_premise"),  # the letter says 15
    ],
)
def test_what_the_documents_do_not_say_is_refused(answerer: Answerer, question: str, reason: str) -> None:
    """A refusal has a reason and no citation; the nearest clauses are shown apart."""
    answer = answerer.ask(question)
    assert (answer.answerable, answer.reason) == (False, reason)
    assert not answer.citations
    assert not answer.statements
    assert not answer.assignments
    assert len(answer.nearest) <= 3


QUESTIONS = [
    "Sở Nội vụ được giao những việc gì?",
    "Những văn bản nào nói đến kiểm tra đột xuất?",
    "UBND các quận, huyện, thị xã phải làm gì?",
    "What must the Office of the People's Committee finish in 2022?",
    "don vi nao phai bao cao ve cai cach hanh chinh",
    "cải cách hành chính",
    "?",
    "Điều 5 của Luật",
    "441/TB-VP",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_statement_is_verbatim(answerer: Answerer, home: Path, question: str) -> None:
    """Quotes are cut from the clause, statements from a quote, and every statement has a citation."""
    answer = answerer.ask(question)
    with open_library(Settings(home=home), light=True) as library:
        for citation in answer.citations:
            stored = library.store.clause(citation.document_id, citation.clause)
            assert stored is not None
            assert citation.quote == squeeze(stored.clause.text)
    for statement in answer.statements:
        assert statement.citations
        assert any(statement.text in answer.citations[i].quote for i in statement.citations)
    for task in answer.assignments:
        assert squeeze(task.task) in answer.citations[task.citation].quote


def test_as_of_leaves_out_what_was_issued_later(answerer: Answerer) -> None:
    """A document without a date stays."""
    question = "Sở Tài chính được giao nhiệm vụ gì?"
    assert answerer.ask(question, as_of=date(2022, 9, 9)).answerable
    assert not answerer.ask(question, as_of=date(2022, 9, 8)).answerable
    assert answerer.ask("Sở nào đề xuất khen thưởng 12 cơ quan ở TP.HCM?", as_of=date(2000, 1, 1)).answerable


def test_what_is_overdue_depends_on_the_day(answerer: Answerer) -> None:
    """ "Quá hạn" counts from `as_of`."""
    question = "Sở Tài chính có nhiệm vụ nào quá hạn không?"
    assert [task.due for task in answerer.ask(question, as_of=date(2022, 10, 1)).assignments] == [date(2022, 9, 30)]
    assert not answerer.ask(question, as_of=date(2022, 9, 30)).answerable


def test_filters_and_limits_hold(answerer: Answerer) -> None:
    """A document filter leaves one document; a limit bounds the citations."""
    filters = Filters(document="3815-UBND-NV.2024")
    answer = answerer.ask("Những văn bản nào nói đến kiểm tra đột xuất?", filters=filters)
    assert {citation.document_id for citation in answer.citations} == {"3815-UBND-NV.2024"}
    assert len(answerer.ask("Sở Nội vụ được giao những việc gì?", limit=2).citations) == 2


def test_a_misquotation_is_refused_and_logged(
    answerer: Answerer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever goes wrong before, a wrong quote does not leave."""
    from api.answer import composing as module
    from api.answer.citation import cite

    def careless(*args: object) -> object:
        citation = cite(*args)  # type: ignore[arg-type]
        return type(citation)(**{name: getattr(citation, name) for name in citation.__slots__} | {"quote": "khác"})

    monkeypatch.setattr(module, "cite", careless)
    answer = answerer.ask("Sở Tài chính được giao nhiệm vụ gì, hạn khi nào?")
    assert (answer.answerable, answer.citations) == (False, ())
    assert "not verbatim" in caplog.text
