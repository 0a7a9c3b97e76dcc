"""What the speed benchmark counts and says; never how long anything takes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import httpx
import pytest

from api.library import encoder, open_store
from api.settings import Settings
from bench.evaluate.retrieval import Asked, parse, uploads
from bench.speed import clients, peers, picture, report, stages
from bench.speed.machine import Machine
from bench.speed.material import Collection, Words
from bench.speed.measure import Measure, spread, table
from index.sync import receive
from ingest.chunk import passages

TEXTS = {
    "a": "Sở Tài chính trình dự toán ngân sách",
    "b": "Sở Y tế kiểm tra an toàn thực phẩm",
    "c": "Sở Xây dựng rà soát quy hoạch đô thị",
    "d": "Sở Nội vụ báo cáo biên chế hành chính",
    "e": "Công an tỉnh tuần tra giao thông đường bộ",
    "f": "Thanh tra tỉnh công khai kết luận",
    "g": "Văn phòng tổng hợp ý kiến của các xã",
    "h": "Kho bạc nhà nước quyết toán vốn đầu tư",
    "i": "Thư viện số hóa tài liệu lịch sử",
    "j": "Trường học tổ chức khai giảng năm học mới",
    "k": "Bệnh viện mua sắm thuốc và vật tư",
    "l": "Bưu điện phát hành báo chí",
}
MACHINE = Machine(
    processor="p", cores=2, memory_gib=None, load=None, system="s", python="3", commit=None, packages={"numpy": "2"}
)


@pytest.fixture(scope="module")
def words() -> Words:
    return Words.load()


class Backwards:
    """Ranks the last passages first, whatever is asked."""

    def build(self, passages: Sequence[str]) -> None:
        self._places = range(len(passages) - 1, -1, -1)

    def search(self, tokens: Sequence[str]) -> Sequence[int]:
        return self._places[:10]


def _absent() -> peers.Ranker:
    raise ModuleNotFoundError("No module named 'absent'", name="absent")


def _value(measures: Sequence[Measure], name: str) -> float | None:
    return next(one.value for one in measures if one.name == name)


def test_median_and_99th_percentile_carry_their_labels() -> None:
    """Of 1 to 101 these are 51 and 100; the labels say the same to programs."""
    found = spread("part", "asking", range(1, 102), size=7)
    assert [(one.name, one.value) for one in found] == [("asking, p50", 51.0), ("asking, p99", 100.0)]
    assert [one.labels for one in found] == [{"size": 7, "percentile": 50}, {"size": 7, "percentile": 99}]


def test_nothing_measured_has_no_value() -> None:
    """When no request was answered there is no median, and the table shows a dash."""
    found = spread("part", "asking", [])
    assert [one.value for one in found] == [None, None]
    assert table(found).splitlines()[0].split() == ["part:", "asking,", "p50", "–", "ms"]


def test_a_peer_that_is_not_installed_is_a_row(tmp_path: Path) -> None:
    """The row says what is missing, and the others are measured."""
    asked = [Asked(text="dự toán ngân sách", right=frozenset())]
    found = list(peers.word_search(TEXTS, asked, tmp_path, peers={"absent": _absent, "backwards": Backwards}))
    row = next(one for one in found if one.labels["peer"] == "absent")
    assert row.value is None
    assert "absent is not installed" in row.name
    assert _value(found, "backwards: results in common with ours") == 0.1  # "quyết toán" alone


def test_a_reciprocal_rank_is_that_of_the_answer(tmp_path: Path) -> None:
    """The text that comes third when all are turned round counts a third, the twelfth nothing."""
    pytest.importorskip("ir_measures", reason="needs pip install -e '.[bench]'")
    asked = [Asked(text="dự toán", right=frozenset({"j"})), Asked(text="dự toán", right=frozenset({"a"}))]
    found = list(peers.word_search(TEXTS, asked, tmp_path, peers={"backwards": Backwards}))
    assert _value(found, "backwards: MRR@10") == pytest.approx(1 / 6)
    assert _value(found, f"{peers.WORDS}: MRR@10") == pytest.approx(1 / 2)


@pytest.mark.parametrize("name", list(peers.PEERS))
def test_peers_find_what_we_find(name: str, tmp_path: Path) -> None:
    """The same tokens in the same texts lead all of them to the same text."""
    for module in ("ir_measures", name):
        pytest.importorskip(module, reason="needs pip install -e '.[bench]'")
    asked = [Asked(text=text, right=frozenset({id})) for id, text in TEXTS.items()]
    found = list(peers.word_search(TEXTS, asked, tmp_path, peers={name: peers.PEERS[name]}))
    assert _value(found, f"{peers.WORDS}: MRR@10") == 1.0
    assert _value(found, f"{name}: MRR@10") == 1.0


def test_questions_without_answers_are_not_judged(tmp_path: Path) -> None:
    """Made-up texts answer nothing, so there is no reciprocal rank."""
    found = list(peers.word_search(TEXTS, [Asked(text="thư viện", right=frozenset())], tmp_path, peers={}))
    assert [one.name for one in found if "MRR" in one.name] == []
    assert found


def test_errors_are_counted_and_not_timed() -> None:
    """Refusals and broken connections are errors; what was answered is counted alone."""

    def answer(request: httpx.Request) -> httpx.Response:
        asked = json.loads(request.content)["question"]
        if asked == "broken":
            raise httpx.ReadError("broken")
        return httpx.Response(500 if asked == "refused" else 200)

    with httpx.Client(base_url="http://bench", transport=httpx.MockTransport(answer)) as client:
        found = list(clients.driven("name", client, clients.ask, ["refused", "one", "two", "broken"], 4))
        none = list(clients.driven("name", client, clients.ask, ["refused"], 1))
    assert _value(found, "ask, name, 4 clients: errors") == 2
    assert (_value(found, "ask, name, 4 clients: answered") or 0) > 0
    assert _value(none, "ask, name, 1 clients: answered") == 0
    assert _value(none, "ask, name, 1 clients, p50") is None


def test_stages_of_a_search_add_up_to_the_whole(tmp_path: Path) -> None:
    """Each question has each stage once, and what is left over is close reading."""
    questions = ["Sở Tài chính được giao việc gì?", "so tai chinh", "What is the Department of Finance assigned?"]
    chosen = Settings(home=tmp_path)
    with open_store(chosen) as store:
        load = partial(encoder, chosen)
        list(receive(uploads(TEXTS.items()), store=store, encoder=load, parse=parse, passages=passages))
    found = stages.measure(chosen, questions)
    assert set(found) == set(stages.STAGES)
    for clock in stages.CLOCKS:
        for at in range(len(questions)):
            parts = sum(found[stage][clock][at] for stage in stages.STAGES if stage != stages.WHOLE)
            assert parts == pytest.approx(found[stages.WHOLE][clock][at])
    engines = (stages.UNDERSTANDING, stages.ENCODING, stages.WORDS, stages.VECTORS)
    assert all(min(found[stage]["wall"]) > 0 for stage in engines)


def test_made_up_texts_follow_those_of_the_data(words: Words) -> None:
    """Articles come first; what is asked for beyond them is made up, and the same each time."""
    collection = Collection(articles={"1": "Điều một", "2": "Điều hai"}, asked=(), questions=(), words=words)
    assert list(collection.first(1)) == [("1", "Điều một")]
    four = list(collection.first(4))
    assert [id for id, _ in four] == ["1", "2", "made-up-0", "made-up-1"]
    assert four == list(collection.first(4))
    assert four[2][1] != four[3][1]


def test_without_data_all_texts_are_made_up(words: Words, tmp_path: Path) -> None:
    """The benchmark runs on a machine that holds nothing but the repository."""
    collection = Collection.load(tmp_path / "absent", words)
    assert [id for id, _ in collection.first(2)] == ["made-up-0", "made-up-1"]
    assert collection.questions
    assert not any(one.right for one in collection.asked)


def test_texts_are_parsed_as_they_were_uploaded() -> None:
    """Files of some hundred texts each become clauses under the same ids."""
    many = {f"{at}": f"điều {at}" for at in range(1_201)}
    files = list(uploads(many.items()))
    clauses = [clause for name, data in files for clause in parse(data, name).clauses]
    assert len(files) == 3
    assert {clause.path: clause.text for clause in clauses} == many


def test_the_report_says_machine_texts_and_measures(tmp_path: Path) -> None:
    """One JSON file, whose measures a picture can be drawn from again."""
    measures = [*spread("part", "asking", [1.0], size=7), Measure(part="part", name="none", value=None, unit="")]
    file = tmp_path / "new" / "bench.json"
    report.write(file, MACHINE, measures, articles=0)
    held = json.loads(file.read_text(encoding="utf-8"))
    assert set(held) == {"taken", "machine", "texts", "measures"}
    assert held["machine"]["cores"] == 2
    assert "made up" in held["texts"]
    assert [Measure(**one) for one in held["measures"]] == measures


def test_this_machine_is_described() -> None:
    """Cores, Python and the versions of what is compared."""
    machine = Machine.this()
    assert machine.cores >= 1
    assert "tantivy" in machine.packages


def test_the_picture_is_drawn_of_whatever_was_measured(tmp_path: Path) -> None:
    """Panels without figures stay empty; a file is written in any case."""
    pytest.importorskip("matplotlib", reason="needs pip install -e '.[bench]'")
    labels = {"peer": "bm25s", "what": "indexing"}
    some = [
        Measure(part=peers.PART, name="bm25s: indexing", value=5.0, unit="passages/s", labels=labels),
        Measure(part=peers.PART, name="txtai", value=None, unit="", labels={"peer": "txtai", "what": "missing"}),
        *spread(clients.PART, "ask", [], what="ask", clients=4),
    ]
    for at, measures in enumerate(([], some)):
        picture.draw(measures, tmp_path / f"{at}.png")
        assert (tmp_path / f"{at}.png").read_bytes().startswith(b"\x89PNG")
