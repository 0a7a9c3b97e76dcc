"""`chidao evaluate`: anyone's own questions, measured over their own documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from api.cli import main
from tests.api.conftest import LAW, NOTICE, Opening

RIGHT = {"id": "q1", "lang": "vi", "kind": "fact", "q": "quy định phí", "answerable": True}
RIGHT |= {"cite": [["441/TB-VP", "II.5.2"]], "due": "2022-09-30", "must_contain": ["trước 30/9/2022"]}
WRONG = {"id": "q2", "lang": "vi", "kind": "who", "q": "Rà soát", "answerable": True, "cite": [["441/TB-VP", "1"]]}
REFUSED = {"id": "q3", "lang": "en", "kind": "none", "q": "weather", "answerable": False}


def _asked(opening: Opening, folder: Path, held: object, *options: str) -> Result:
    file = folder / "own.json"
    file.write_text(held if isinstance(held, str) else json.dumps(held), encoding="utf-8")
    return CliRunner().invoke(main, ["evaluate", str(file), *options], obj=opening, catch_exceptions=False)


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHIDAO_HOME", str(tmp_path / "home"))


def test_figures_come_by_language_and_kind_and_misses_are_told(opening: Opening, tmp_path: Path) -> None:
    """The table has a row for all, each language and each kind; a miss shows what was expected and found."""
    result = _asked(opening, tmp_path, {"questions": [RIGHT, WRONG, REFUSED]})
    assert result.exit_code == 0
    table, _, missed = result.stdout.partition("\nmissed:\n")
    rows = {" ".join(line.split()[:-11]): line.split()[-11:] for line in table.splitlines()[1:]}
    assert list(rows) == ["all", "all vi", "all en", "all fact", "all who", "all none"]
    assert rows["all"][:2] == ["3", "0.667"]
    assert missed.splitlines() == [
        "q2 vi who: Rà soát",
        "    expected 441/TB-VP 1",
        "    found 441/TB-VP 5(2)",
    ]


def test_json_holds_the_same(opening: Opening, tmp_path: Path) -> None:
    """`--json` for programs: figures by row and the misses as objects."""
    held = json.loads(_asked(opening, tmp_path, {"questions": [RIGHT, WRONG, REFUSED]}, "--json").stdout)
    assert held["figures"]["all"]["right"] == pytest.approx(2 / 3)
    assert held["figures"]["all"]["due"] == held["figures"]["all"]["refused"] == 1
    assert held["figures"]["all"]["clause@1"] == 0.5
    [miss] = held["misses"]
    assert (miss["id"], miss["expected"], miss["found"]) == ("q2", "441/TB-VP 1", "441/TB-VP 5(2)")


def test_a_floor_decides_the_exit_status(opening: Opening, tmp_path: Path) -> None:
    """For a job that must fail when answers get worse."""
    held = {"questions": [RIGHT, WRONG]}
    assert _asked(opening, tmp_path, held, "--floor", "0.5").exit_code == 0
    assert _asked(opening, tmp_path, held, "--floor", "0.6").exit_code == 1


def test_documents_are_cited_by_number_or_by_either_id(opening: Opening, tmp_path: Path) -> None:
    """The number, the id of the library, or the file's own id for a document that it describes."""
    documents = [
        {"id": "mine", "file": "000.md", "title": "", "questions": [RIGHT | {"cite": [["mine", "II.5.2"]]}]},
        {"questions": [RIGHT | {"cite": [[NOTICE, "II.5.2"]]}]},
    ]
    result = _asked(opening, tmp_path, documents, "--floor", "1")
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_document_that_is_not_there_is_told(opening: Opening, tmp_path: Path) -> None:
    """Nothing could cite it, so the questions are wrong or the documents are not all there."""
    held = {"questions": [RIGHT, RIGHT | {"cite": [["9/CT-TTg", "1"], [LAW, "Điều 5"]]}]}
    assert _asked(opening, tmp_path, held).stderr == "chidao: questions cite '9/CT-TTg', which is no document here\n"


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ("{", "own.json, line 1 is not valid JSON"),
        ({"questions": []}, "own.json: questions is missing"),
        ({"question": [RIGHT]}, "own.json, document 1: question is not an accepted name: did you mean “questions”?"),
        ([RIGHT], "own.json, document “q1”: lang is not an accepted name"),
        (["x"], "own.json, document 1 is not an object"),
        ({"questions": ["x"]}, "own.json, question 1 is not an object"),
        ({"questions": {"q": "x"}}, "own.json, document 1: questions is not a list"),
        ({"questions": [RIGHT, WRONG | {"q": " "}]}, "own.json, question “q2”: q is empty"),
        ({"questions": [RIGHT | {"lang": "fr"}]}, "own.json, question “q1”: lang is not among the accepted values"),
        ({"questions": [RIGHT | {"answerable": "yes"}]}, "own.json, question “q1”: answerable is neither true nor"),
        ({"questions": [RIGHT | {"cite": []}]}, "own.json, question “q1”: cite is empty: name the clauses"),
        ({"questions": [RIGHT | {"cite": ["441/TB-VP"]}]}, "own.json, question “q1”: cite.0 is not a list"),
        ({"questions": [RIGHT | {"cite": [["441/TB-VP"]]}]}, "own.json, question “q1”: cite.0 is not a document and"),
        ({"questions": [RIGHT | {"due": "30/9/2022"}]}, "own.json, question “q1”: due is not a date"),
        ({"questions": [RIGHT | {"must_contian": []}]}, "must_contian is not an accepted name: did you mean “must_"),
        ({"questions": [{"id": "q"}]}, "own.json, question “q”: lang is missing"),
        ({"assignments": [{}], "questions": [RIGHT]}, "own.json, assignment 1: clause is missing"),
    ],
)
def test_a_mistake_in_the_file_is_told_in_one_line(opening: Opening, tmp_path: Path, held: Any, words: str) -> None:
    """Which question, which field, and what to write; exit status 2."""
    result = _asked(opening, tmp_path, held)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_file_that_is_no_text_is_told(opening: Opening, tmp_path: Path) -> None:
    """A workbook, or a file in another encoding."""
    file = tmp_path / "own.json"
    file.write_bytes(b'{"questions": "\xf4"}')
    result = CliRunner().invoke(main, ["evaluate", str(file)], obj=opening)
    assert (result.exit_code, result.stderr) == (
        2,
        "chidao: own.json, byte 15 is not valid Unicode text: encode it as UTF-8\n",
    )
