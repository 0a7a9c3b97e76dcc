"""Searching: one hit a clause, inside filters, counted and up to date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from threading import Event, Thread

import pytest

from index.fusion import Fusion
from index.model import Filters, IndexFailure, NoGeneration, Query, Term
from index.search import Search, open_search
from index.signs import NAMES
from index.store import Store
from index.sync import remove
from tests.index.conftest import Ask, HashingEncoder, Run, Write

PLAN = "214-KH-UBND.2023"
NOTICE = "441-TB-VP.2022"


@pytest.fixture
def search(store: Store, write: Write, run: Run, encoder: HashingEncoder) -> Search:
    write(
        "plan.txt",
        "1 | Trình phương án giá | Sở Tài chính | 2024-06-30",
        "2 | Báo cáo phương án giá | Sở Nội vụ | 2023-06-30",
        f"3 | {'phương án giá ' * 40}",  # a long clause, in several passages
        "4 | Trồng cây xanh",
        number="214/KH-UBND",
        date="2023-02-01",
        issuer="UBND thành phố",
        title="Kế hoạch năm",
    )
    write(
        "notice.txt",
        "1 | Giao rà soát phương án giá | Sở Tài chính; Sở Nội vụ | 2022-12-31",
        number="441/TB-VP",
        date="2022-09-09",
        type="Thông báo",
        issuer="Văn phòng UBND",
        title="Kết luận",
    )
    write("speech.txt", "1 | Phát biểu về phương án giá", title="Bài phát biểu", type="Bài phát biểu")
    run()
    return open_search(store, encoder)


def _found(search: Search, query: Query, **filters: object) -> set[str]:
    results = search.search(query, limit=50, filters=replace(Filters(), **filters))  # type: ignore[arg-type]
    assert results.total == len(results.hits)
    return {f"{hit.document_id}#{hit.clause}" for hit in results.hits}


def test_a_clause_is_one_hit_however_many_passages_match(search: Search, ask: Ask) -> None:
    """With the score of its best passage."""
    results = search.search(ask("phương án giá"), limit=50)
    places = [(hit.document_id, hit.clause) for hit in results.hits]
    assert len(set(places)) == len(places) == results.total == 5
    assert (PLAN, "3") in places


def test_hits_come_best_first_with_their_parts(search: Search, ask: Ask) -> None:
    """The parts are what the engines said."""
    hits = search.search(ask("trình phương án giá"), limit=50).hits
    assert (hits[0].document_id, hits[0].clause) == (PLAN, "1")
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].words > 0
    assert 0 < hits[0].vector <= 1.001


def test_a_question_without_marks_finds_the_clause(search: Search, ask: Ask) -> None:
    """By the folded words, though the vectors are of no help."""
    hits = search.search(ask("trong cay xanh")).hits
    assert (hits[0].document_id, hits[0].clause) == (PLAN, "4")


def test_the_restored_reading_is_what_the_encoder_sees(search: Search, ask: Ask) -> None:
    """And the words of both readings count."""
    typed, meant = ask("trong cay xanh"), ask("trồng cây xanh")
    query = replace(typed, exact=meant.exact, restored=meant.text)
    assert search.search(query).hits[0].vector > search.search(typed).hits[0].vector


def test_an_english_question_goes_by_its_translations(search: Search) -> None:
    """Weighted Vietnamese terms for the words, English text for the vectors."""
    terms = (Term(text="cây_xanh", weight=0.6), Term(text="trồng", weight=0.3))
    query = Query(text="plant green trees", language="en", exact=terms, folded=())
    hits = search.search(query).hits
    assert (hits[0].document_id, hits[0].clause) == (PLAN, "4")


def test_pages_follow_each_other(search: Search, ask: Ask) -> None:
    """The total is that of all pages."""
    query = ask("phương án giá")
    whole = search.search(query, limit=5)
    pages = [search.search(query, limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    assert {page.total for page in pages} == {whole.total}
    assert search.search(query, offset=99).hits == ()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"document": NOTICE}, {f"{NOTICE}#1"}),
        ({"document": "x"}, set()),
        ({"type": "thong bao"}, {f"{NOTICE}#1"}),
        ({"issuer": "UBND Thành phố"}, {f"{PLAN}#1", f"{PLAN}#2", f"{PLAN}#3"}),
        ({"agency": "so tai chinh"}, {f"{PLAN}#1", f"{NOTICE}#1"}),
        ({"agency": "Sở Tài chính", "document": PLAN}, {f"{PLAN}#1"}),
        ({"date_from": date(2022, 9, 10)}, {f"{PLAN}#1", f"{PLAN}#2", f"{PLAN}#3"}),
        ({"date_to": date(2022, 9, 9)}, {f"{NOTICE}#1"}),
        ({"due_from": date(2023, 6, 30), "due_to": date(2024, 6, 29)}, {f"{PLAN}#2"}),
        # agency and time are those of one assignment
        ({"agency": "Sở Nội vụ", "due_from": date(2024, 1, 1)}, set()),
    ],
)
def test_filters_hold_inside_the_engines(
    search: Search, ask: Ask, filters: dict[str, object], expected: set[str]
) -> None:
    """Documents, agencies and days; all at once where several are given."""
    assert _found(search, ask("phương án giá"), **filters) == expected


def test_facets_count_all_matching_clauses(search: Search, ask: Ask) -> None:
    """Not only those of the page; the most frequent first."""
    facets = search.search(ask("phương án giá"), limit=1).facets
    assert facets["type"] == {"Kế hoạch": 3, "Bài phát biểu": 1, "Thông báo": 1}
    assert next(iter(facets["type"])) == "Kế hoạch"
    assert facets["issuer"] == {"UBND thành phố": 3, "Văn phòng UBND": 1}
    assert facets["year"] == {"2023": 3, "2022": 1}
    assert facets["agency"] == {"Sở Nội vụ": 2, "Sở Tài chính": 2}


def test_nothing_matches_what_says_nothing(search: Search, ask: Ask) -> None:
    """No words and no direction: no hits."""
    results = search.search(ask("???"))
    assert (results.total, results.hits) == (0, ())


def test_without_a_generation_there_is_nothing_to_search(store: Store, encoder: HashingEncoder) -> None:
    """The message names the command."""
    with pytest.raises(NoGeneration, match="chidao ingest"):
        open_search(store, encoder)


def test_a_search_is_refreshed_only_when_something_was_published(
    search: Search, write: Write, run: Run, ask: Ask
) -> None:
    """And stays what it was until then."""
    assert search.refresh() is search
    write("plan.txt", "1 | Xây cầu mới", number="214/KH-UBND", date="2023-02-01", title="Kế hoạch năm")
    run()
    assert search.search(ask("trồng cây xanh")).hits[0].clause == "4"
    fresh = search.refresh()
    assert fresh.number == search.number + 1
    assert _found(fresh, ask("xây cầu mới")) == {f"{PLAN}#1"}


def test_filters_and_facets_are_those_of_the_generation(search: Search, store: Store, ask: Ask) -> None:
    """A document removed meanwhile is still whole for who searches the old generation."""
    remove(store, NOTICE)
    results = search.search(ask("phương án giá"), filters=Filters(agency="Sở Tài chính"))
    assert {hit.document_id for hit in results.hits} == {PLAN, NOTICE}
    assert results.facets["issuer"] == {"UBND thành phố": 1, "Văn phòng UBND": 1}


def test_a_generation_that_the_store_has_forgotten_is_refused(
    search: Search, store: Store, write: Write, run: Run, encoder: HashingEncoder
) -> None:
    """Its passages are deleted: what they belonged to cannot be told."""
    generation = search._generation
    for number in (1, 2):
        write("plan.txt", f"1 | Lần {number}", number="214/KH-UBND", date="2023-02-01")
        run()
    with pytest.raises(IndexFailure, match="does not hold"):
        Search(store, generation, encoder)


def test_a_reader_during_publishing_sees_one_generation_or_the_next(
    store: Store, write: Write, run: Run, encoder: HashingEncoder, ask: Ask
) -> None:
    """Every document of a generation bears the same word; a mixture would show two."""
    for name in "abc":
        write(f"{name}.txt", "1 | chung lần0", number=f"{ord(name)}/KH", date="2024-01-01")
    run()
    seen: list[list[int]] = []
    done = Event()

    def read() -> None:
        search = open_search(store, encoder)
        while not done.is_set():
            search = search.refresh()
            found = (search.search(ask(f"lần{turn}")).hits for turn in range(5))
            seen.append(sorted(sum(hit.words > 0 for hit in hits) for hits in found))

    reader = Thread(target=read)
    reader.start()
    for turn in range(1, 5):
        for name in "abc":
            write(f"{name}.txt", f"1 | chung lần{turn}", number=f"{ord(name)}/KH", date="2024-01-01")
        run()
    done.set()
    reader.join()
    assert seen
    assert all(counts == [0, 0, 0, 0, 3] for counts in seen)


def test_the_question_in_its_order_comes_before_its_terms_said_often(
    store: Store, write: Write, run: Run, encoder: HashingEncoder, ask: Ask
) -> None:
    """The engines prefer what repeats the terms; a close reading does not."""
    often, once = "cấp thẻ cấp thẻ hồ sơ hồ sơ", "hồ sơ cấp thẻ cho người dân ở nơi cư trú mới"
    write("a.txt", f"1 | {often}", f"2 | {once}", number="1/KH", date="2024-01-01")
    write("b.txt", "1 | Phát biểu về hồ sơ", "2 | Cấp nước", number="2/KH", date="2024-01-01")
    run()
    for weight, order in ((0.0, ["1", "2"]), (1.0, ["2", "1"])):
        fusion = Fusion({language: dict.fromkeys(NAMES, 0.0) | {"run": weight} for language in ("vi", "en")})
        hits = open_search(store, encoder, fusion).search(ask("hồ sơ cấp thẻ")).hits
        assert [hit.clause for hit in hits[:2]] == order


def test_what_is_read_closely_is_what_weights_are_learned_from(search: Search, ask: Ask) -> None:
    """A row of signs for every passage that the engines put first."""
    paths, table = search.study(ask("trồng cây xanh"))
    assert len(paths) == len(table)
    assert paths[table[:, NAMES.index("pairs held")].argmax()] == "4"
