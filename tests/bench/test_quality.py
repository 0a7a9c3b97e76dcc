"""The quality of answers over corpus/; and that our figures are those of the script that measures a server."""

from __future__ import annotations

import importlib.util
import re
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from bench.evaluate import home, sample
from bench.evaluate.figures import Row, missed

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SCRIPT = SHARED / "measure" / "score.py"
SEEDS = SHARED / "data" / "dev" / "gold"
FLOORS = ROOT / "bench" / "floors.toml"

DIGITS = 0.0006
"""The script prints three digits."""


def test_questions_about_corpus_are_answered_above_the_floors() -> None:
    """What the repository itself can measure does not fall below bench/floors.toml."""
    rows = {name: row for result in sample.measure([sample.in_repository()]) for name, row in result.rows.items()}
    assert rows["repository"]["questions"] == 24
    assert [str(one) for one in missed({"ask": rows}, FLOORS)] == []


@pytest.mark.skipif(not SCRIPT.exists(), reason="needs ../shared/measure, which is not part of the repository")
def test_figures_are_those_of_the_script(capsys: pytest.CaptureFixture[str]) -> None:
    """Both measure the seeds and agree on every figure, one over HTTP and one without."""
    files = sorted(SEEDS.glob("*.json"))
    seeds = next(one for one in sample.over(SHARED / "data") if one.name == "seeds")
    ours = {result.part: result.rows["seeds"] for result in sample.measure([seeds])}

    script = _script()
    golds = [script.json.loads(file.read_text(encoding="utf-8")) for file in files]
    with home.library(seeds.documents) as library:
        app = create_app(Settings(), lambda _: nullcontext(library))
        with TestClient(app, base_url="http://127.0.0.1") as client:
            vars(script)["call"] = partial(_called, client)
            for part in (script.ask, script.assignments, script.clauses):
                part("", golds, False)
    printed = capsys.readouterr().out

    asked = ours["ask"]
    assert _shares(printed, "right", "clause@1", "clause@3", "doc@1", "key strings", "due", "abstained") == (
        _rounded(asked, "right", "clause@1", "clause@3", "doc@1", "strings", "due", "refused")
    )
    assert _values(printed, "coverage", "precision") == _rounded(asked, "coverage", "precision")
    held = ours["assignments"]
    assert _values(printed, "assignments precision", "recall", "F1") == _rounded(held, "precision", "recall", "f1")
    assert _shares(printed, "due right") == _rounded(held, "due right")
    assert f"false due {held['false due']}\n" in printed
    assert _values(printed, "clauses precision") == _rounded(ours["structure"], "precision")
    for name in ("number", "date", "type", "signer", "issuer"):
        hits, of = re.findall(rf" {name} (\d+)/(\d+)", printed)[-1]
        assert int(hits) / int(of) == pytest.approx(ours["structure"][name])


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _called(client: TestClient, url: str, body: object = None) -> Any:
    return (client.get(url) if body is None else client.post(url, json=body)).json()


def _shares(printed: str, *names: str) -> list[Any]:
    """The figures printed as "name 3/4=0.750"."""
    return [pytest.approx(float(_found(rf"{name} \d+/\d+=([\d.]+)", printed)), abs=DIGITS) for name in names]


def _values(printed: str, *names: str) -> list[Any]:
    """The figures printed as "name 0.750"."""
    return [pytest.approx(float(_found(rf"{name} (\d\.\d+)", printed)), abs=DIGITS) for name in names]


def _found(pattern: str, printed: str) -> str:
    found = re.search(pattern, printed)
    assert found is not None, f"{pattern} is not in {printed}"
    return found[1]


def _rounded(row: Row, *names: str) -> list[float]:
    return [row[name] for name in names]
