"""The figures that follow from what was found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api.evaluate import verdict
from api.evaluate.gold import Assigned, Gold, Question
from bench.evaluate import assignments, structure
from bench.evaluate.figures import Figures, missed, table


def _gold(**more: Any) -> Gold:
    given: dict[str, Any] = {"metadata": {"number": "441/TB-VP"}, "clauses": (), "assignments": (), "questions": ()}
    return Gold(id="s000", file="000.txt", title="Kết luận", **given | more)


def _question(**more: Any) -> Question:
    given: dict[str, Any] = {
        "answerable": True,
        "cite": (("441/TB-VP", "II.5.2"),),
        "due": None,
        "must_contain": (),
        "kind": "fact",
    }
    return Question(id="q", language="vi", text="?", **given | more)


def _citation(clause: str, quote: str = "") -> dict[str, Any]:
    return {"clause": clause, "quote": quote, "document_number": "441/TB-VP", "source": "000.txt"}


def _answer(*citations: dict[str, Any], due: str | None = None, answerable: bool = True) -> dict[str, Any]:
    task = {"task": "trình kế hoạch", "agencies": ["Sở Tài chính"], "due": due}
    held = {"answer": "", "statements": [], "reason": None, "citations": list(citations), "assignments": [task]}
    return held | {"answerable": answerable}


@pytest.mark.parametrize(
    ("question", "answer", "right"),
    [
        (_question(), _answer(_citation("II.5.2")), True),
        (_question(), _answer(*map(_citation, ("I", "II", "II.5.2"))), True),  # third
        (_question(), _answer(*map(_citation, ("I", "II", "III", "II.5.2"))), False),  # fourth
        (_question(), _answer(_citation("II.5.2"), answerable=False), False),
        (_question(must_contain=("Tháng 9/2022",)), _answer(_citation("II.5.2", "trong **tháng** 9/2022")), True),
        (_question(must_contain=("Sở Tài chính",)), _answer(_citation("II.5.2")), True),  # shown as an assignee
        (_question(must_contain=("tháng 10/2022",)), _answer(_citation("II.5.2", "tháng 9/2022")), False),
        (_question(due="2022-09-30"), _answer(_citation("II.5.2"), due="2022-09-30"), True),
        (_question(due="2022-09-30"), _answer(_citation("II.5.2")), False),
        (_question(answerable=False, cite=()), _answer(answerable=False), True),
        (_question(answerable=False, cite=()), _answer(_citation("II.5.2")), False),
    ],
)
def test_an_answer_is_right_with_clause_strings_and_day(
    question: Question, answer: dict[str, Any], right: bool
) -> None:
    """Right is: answered, a gold clause among the first three, every string shown, the day given; or refused."""
    assert verdict.judge(question, answer, [_gold()]).right is right


def test_coverage_is_of_clauses_wanted_and_precision_of_clauses_cited() -> None:
    """Coverage counts the gold clauses, precision the citations."""
    question = _question(cite=(("441/TB-VP", "I.1"), ("441/TB-VP", "I.2")))
    judged = verdict.judge(question, _answer(*map(_citation, ("I.2", "I.3", "I.4", "I.5"))), [_gold()])
    assert (judged.coverage, judged.precision) == (0.5, 0.25)


def test_misses_say_what_was_expected_and_found() -> None:
    """A miss can be read without opening the gold."""
    judged = verdict.judge(_question(must_contain=("20%",)), _answer(_citation("I.1", "30%")), [_gold()])
    [miss] = verdict.misses([judged])
    assert str(miss).splitlines() == [
        "q vi fact: ?",
        "    expected 441/TB-VP II.5.2",
        "    found 441/TB-VP I.1; without ['20%']",
    ]


def test_a_day_that_is_missed_is_told() -> None:
    """Where the clause is right and only the day is not, the miss says so."""
    judged = verdict.judge(_question(due="2022-09-30"), _answer(_citation("II.5.2"), due="2022-10-31"), [_gold()])
    [miss] = verdict.misses([judged])
    assert (miss.expected, miss.found) == ("441/TB-VP II.5.2, due 2022-09-30", "441/TB-VP II.5.2, due 2022-10-31")


def test_a_citation_is_known_by_the_id_of_the_library_too() -> None:
    """Who writes questions about their own documents may cite them as `chidao documents` lists them."""
    question = _question(cite=(("441-TB-VP.2022", "II.5.2"),))
    assert verdict.judge(question, _answer(_citation("II.5.2") | {"document_id": "441-TB-VP.2022"}), []).right
    assert not verdict.judge(question, _answer(_citation("II.5.2") | {"document_id": "442-TB-VP.2022"}), []).right


def _assignment(clause: str, *agencies: str, role: str = "lead", due: str | None = None) -> dict[str, Any]:
    return {"citation": {"clause": clause}, "agencies": agencies, "role": role, "task": "", "due": due}


def _assigned(clause: str, *agencies: str, role: str = "lead", due: str | None = None) -> Assigned:
    return Assigned(clause=clause, agencies=agencies, role=role, due=due)


@pytest.mark.parametrize(
    ("found", "matched", "extra"),
    [
        (_assignment("II.1", "Sở Y tế"), 1, 0),
        (_assignment("II.1.a", "Giám đốc Sở Y tế"), 1, 0),  # finer
        (_assignment("II", "Sở Y tế"), 1, 0),  # coarser
        (_assignment("II.1", "Sở Y tế", role="coordinate"), 0, 0),  # one more in a clause of gold is no error
        (_assignment("II.1", "Sở Nội vụ"), 0, 0),
        (_assignment("III", "Sở Y tế"), 0, 1),
    ],
)
def test_assignments_match_by_clause_role_and_bodies(found: dict[str, Any], matched: int, extra: int) -> None:
    """All three must fit, and only what lies in no clause of gold is too much."""
    matching = assignments.match([found], _gold(assignments=(_assigned("II.1", "Sở Y tế"),)))
    assert (len(matching.matched), len(matching.extra)) == (matched, extra)


def test_an_assignment_at_the_very_clause_goes_before_one_beneath_it() -> None:
    """The best fit is taken, not the first."""
    finer, exact = _assignment("1.a", "Sở Y tế"), _assignment("1", "Sở Y tế")
    matching = assignments.match([finer, exact], _gold(assignments=(_assigned("1", "Sở Y tế"),)))
    assert matching.matched[0][1] is exact


def test_due_dates_count_where_gold_has_one_and_against_where_it_has_none() -> None:
    """A day missed lowers the share; a day made up is counted by itself."""
    gold = _gold(
        assignments=(
            _assigned("1", "Sở Y tế", due="2025-01-31"),
            _assigned("2", "Sở Y tế", due="2025-02-28"),
            _assigned("3", "Sở Y tế"),
        )
    )
    found = [
        _assignment("1", "Sở Y tế", due="2025-01-31"),
        _assignment("2", "Sở Y tế"),
        _assignment("3", "Sở Y tế", due="2025-03-31"),
    ]
    row = assignments.score([assignments.match(found, gold)])
    assert (row["with due"], row["due right"], row["false due"]) == (2, 0.5, 1)


def _node(path: str, *children: dict[str, Any]) -> dict[str, Any]:
    return {"path": path, "children": list(children)}


def test_clause_paths_leave_out_the_frame_and_what_lies_inside_annexes() -> None:
    """Gold lists neither preamble nor closing, and of an annex only its label."""
    document = {
        "document_number": "441/tb-vp",
        "clauses": [_node("preamble"), _node("I", _node("I.1")), _node("PL1", _node("PL1.1")), _node("closing")],
    }
    row = structure.score([(document, _gold(clauses=("I", "I.1", "I.2", "PL1")))])
    assert (row["precision"], row["recall"], row["number"]) == (1.0, 0.75, 1.0)


def test_a_figure_beyond_its_bound_is_named(tmp_path: Path) -> None:
    """Floors and ceilings are told with both values; rows that were not measured are passed over."""
    floors = tmp_path / "floors.toml"
    floors.write_text('[least.ask.seeds]\nright = 0.9\n[most.assignments.seeds]\n"false due" = 0\n', encoding="utf-8")
    figures: Figures = {"ask": {"seeds": {"right": 0.8}}, "assignments": {"seeds": {"false due": 2}}}
    assert [str(one) for one in missed(figures, floors)] == [
        "ask, seeds: right is 0.800, below 0.900",
        "assignments, seeds: false due is 2.000, above 0.000",
    ]
    assert missed({"ask": {"other": {"right": 0.1}}}, floors) == []


def test_a_floor_under_a_figure_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    """A typo in the file of floors does not switch a floor off."""
    floors = tmp_path / "floors.toml"
    floors.write_text("[least.ask.seeds]\nrigth = 0.9\n", encoding="utf-8")
    with pytest.raises(KeyError, match="rigth"):
        missed({"ask": {"seeds": {"right": 0.8}}}, floors)


def test_a_table_has_a_dash_where_a_figure_does_not_apply() -> None:
    """Columns are those of all rows together."""
    assert table("ask", {"a": {"n": 1_000, "right": 0.5}, "b": {"n": 2}}).splitlines() == [
        "ask  n  right",
        "a    1,000  0.500",
        "b    2      -",
    ]
