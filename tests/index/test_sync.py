"""Bringing the store up to date: every file has one outcome, and nothing is done twice."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from index.folders import MissingPath
from index.generation import folder_of
from index.lock import locked
from index.model import (
    Added,
    Changed,
    EncoderMismatch,
    Locked,
    Outcome,
    Refused,
    Removed,
    Unchanged,
)
from index.search import open_search
from index.store import Store
from index.sync import Progress, receive, reindex, remove, sync, watch
from ingest.model import Document
from tests.index.conftest import Ask, HashingEncoder, Run, Write, parse, passages

PLAN = {"number": "12/KH-UBND", "date": "2024-03-01", "issuer": "UBND tỉnh Hà Nam", "title": "Kế hoạch"}


def _settled(folder: Path) -> None:
    """As if the files had been written an hour ago."""
    hour_ago = time.time() - 3600
    for file in folder.rglob("*"):
        os.utime(file, (hour_ago, hour_ago))


class TestOneRun:
    """What a run says of each file."""

    def test_new_files_are_added(self, write: Write, run: Run, store: Store) -> None:
        """In the order of their names, and found afterwards."""
        write("b.txt", "1 | Hai", number="2/KH", date="2024-01-01")
        write("a.txt", "1 | Một", "2 | Ba", number="1/KH", date="2024-01-01")
        assert run() == [
            Added(name="a.txt", document_id="1-KH.2024", passages=2),
            Added(name="b.txt", document_id="2-KH.2024", passages=1),
        ]
        assert store.counts()["passages"] == 3

    def test_a_second_run_does_nothing(self, write: Write, run: Run, store: Store, encoder: HashingEncoder) -> None:
        """No file is parsed, nothing embedded, no encoder loaded, no generation published."""
        write("a.txt", "1 | Một", **PLAN)
        run()
        before = (encoder.loaded, len(encoder.embedded), store.generation())
        assert run() == [Unchanged(name="a.txt", document_id="12-KH-UBND.2024")]
        assert (encoder.loaded, len(encoder.embedded), store.generation()) == before

    def test_a_file_of_unchanged_size_and_time_is_not_opened(self, write: Write, run: Run, folder: Path) -> None:
        """Other bytes under the same size and time go unseen: that is the price of a fast second run."""
        file = write("a.txt", "1 | Một", **PLAN)
        _settled(folder)
        run()
        state = file.stat()
        file.write_bytes(file.read_bytes().replace(b"12/", b"13/"))
        os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
        assert run() == [Unchanged(name="a.txt", document_id="12-KH-UBND.2024")]

    def test_a_file_written_a_moment_ago_is_read_again(self, write: Write, run: Run) -> None:
        """Its time may stay the same when it is written once more."""
        file = write("a.txt", "1 | Một", **PLAN)
        run()
        state = file.stat()
        file.write_bytes(file.read_bytes().replace(b"12/", b"13/"))
        os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
        assert run()[0] == Added(name="a.txt", document_id="13-KH-UBND.2024", passages=1)

    def test_a_changed_file_replaces_its_clauses_under_the_same_id(
        self, write: Write, run: Run, store: Store, encoder: HashingEncoder
    ) -> None:
        """And only the new words are embedded."""
        write("a.txt", "1 | Một", "2 | Hai", **PLAN)
        run()
        encoder.embedded.clear()
        write("a.txt", "1 | Một", "3 | Ba", **PLAN)
        assert run() == [Changed(name="a.txt", document_id="12-KH-UBND.2024", passages=2)]
        assert [clause.path for clause in store.clauses("12-KH-UBND.2024")] == ["1", "3"]
        assert len(encoder.embedded) == 1
        assert encoder.embedded[0].endswith("Ba")

    def test_a_refused_file_stops_no_other(self, write: Write, run: Run, folder: Path) -> None:
        """The reason is the reader's."""
        (folder / "bad.txt").write_text("garbage")
        write("good.txt", "1 | Một", **PLAN)
        assert run() == [
            Refused(name="bad.txt", reason="không phải văn bản thử"),
            Added(name="good.txt", document_id="12-KH-UBND.2024", passages=1),
        ]

    def test_a_mistake_of_the_parser_is_a_refusal(self, write: Write, run: Run, folder: Path) -> None:
        """A date that is none raises ValueError there."""
        write("bad.txt", date="2024-13-01")
        (outcome,) = run()
        assert isinstance(outcome, Refused)
        assert "ValueError" in outcome.reason

    def test_clauses_that_contradict_each_other_are_a_refusal(self, write: Write, run: Run, store: Store) -> None:
        """Two clauses of one path cannot both be cited."""
        write("bad.txt", "1 | Một", "1 | Hai", **PLAN)
        assert isinstance(run()[0], Refused)
        assert store.counts()["waiting"] == 0

    def test_a_document_refused_now_stays_as_it_was(self, write: Write, run: Run, store: Store) -> None:
        """Until its file can be read again."""
        file = write("a.txt", "1 | Một", **PLAN)
        run()
        file.write_text("garbage")
        assert isinstance(run()[0], Refused)
        assert isinstance(run()[0], Refused)
        assert store.document("12-KH-UBND.2024") is not None

    def test_the_same_bytes_twice_are_one_document(self, write: Write, run: Run, store: Store) -> None:
        """In one run or in two."""
        write("a.txt", "1 | Một", **PLAN)
        write("b.txt", "1 | Một", **PLAN)
        assert [type(outcome) for outcome in run()] == [Added, Unchanged]
        write("c.txt", "1 | Một", **PLAN)
        assert [type(outcome) for outcome in run()] == [Unchanged] * 3
        assert store.counts()["documents"] == 1

    def test_the_same_unreadable_bytes_are_refused_each_time(self, run: Run, folder: Path) -> None:
        """Each under its own name."""
        for name in ("a.txt", "b.txt"):
            (folder / name).write_text("garbage")
        assert [(type(outcome), outcome.name) for outcome in run()] == [(Refused, "a.txt"), (Refused, "b.txt")]

    def test_progress_tells_files_and_passages(
        self, write: Write, store: Store, folder: Path, encoder: HashingEncoder
    ) -> None:
        """One step for each file."""
        write("a.txt", "1 | Một", "2 | Hai", **PLAN)
        (folder / "b.txt").write_text("garbage")
        steps: list[Progress] = []
        list(
            sync(
                [folder],
                store=store,
                encoder=encoder.load,
                parse=parse,
                passages=passages,
                progress=steps.append,
            )
        )
        assert steps == [Progress(done=1, total=2, passages=2), Progress(done=2, total=2, passages=2)]

    def test_a_missing_path_is_refused_before_anything_is_done(
        self, write: Write, store: Store, folder: Path, encoder: HashingEncoder
    ) -> None:
        """The message quotes it."""
        write("a.txt", "1 | Một", **PLAN)
        with pytest.raises(MissingPath, match="nowhere") as raised:
            sync(
                [folder, folder / "nowhere"],
                store=store,
                encoder=encoder.load,
                parse=parse,
                passages=passages,
            )
        assert isinstance(raised.value, FileNotFoundError)
        assert store.counts()["documents"] == 0

    def test_an_unreadable_file_is_refused(self, run: Run, folder: Path) -> None:
        """A link to nowhere stands for everything the system does not open."""
        (folder / "a.txt").symlink_to(folder / "gone")
        assert isinstance(run()[0], Refused)


class TestIdentity:
    """Which document a file is."""

    def test_two_issuers_with_one_number_are_two_documents(self, write: Write, run: Run) -> None:
        """The second bears its issuer."""
        write("a.txt", "1 | Một", **PLAN)
        write("b.txt", "1 | Hai", **{**PLAN, "issuer": "UBND tỉnh Lào Cai"})
        assert _ids(run()) == ["12-KH-UBND.2024", "12-KH-UBND.2024.ubnd-tinh-lao-cai"]

    def test_two_titles_with_one_number_are_two_documents(self, write: Write, run: Run) -> None:
        """After the issuer, a counter."""
        write("a.txt", "1 | Một", **PLAN)
        write("b.txt", "1 | Hai", **{**PLAN, "title": "Kế hoạch khác"})
        write("c.txt", "1 | Ba", **{**PLAN, "title": "Kế hoạch thứ ba"})
        base = "12-KH-UBND.2024"
        assert _ids(run()) == [base, f"{base}.ubnd-tinh-ha-nam", f"{base}.ubnd-tinh-ha-nam.2"]

    def test_two_files_that_stand_side_by_side_are_never_merged(self, write: Write, run: Run) -> None:
        """Even where everything that names them is the same, their words are not."""
        write("a.txt", "1 | Một", title="Báo cáo")
        write("b.txt", "1 | Hai", title="Báo cáo")
        assert _ids(run()) == ["bao-cao", "bao-cao.2"]
        assert _ids(run()) == ["bao-cao", "bao-cao.2"]

    def test_a_file_that_moved_is_the_same_document(self, write: Write, run: Run, folder: Path) -> None:
        """Moved as it was, or moved and changed."""
        write("a.txt", "1 | Một", **PLAN)
        run()
        (folder / "a.txt").rename(folder / "b.txt")
        assert run() == [Unchanged(name="b.txt", document_id="12-KH-UBND.2024")]
        (folder / "b.txt").unlink()
        write("c.txt", "1 | Hai", **PLAN)
        assert run() == [Changed(name="c.txt", document_id="12-KH-UBND.2024", passages=1)]

    def test_a_corrected_title_or_date_keeps_the_id(self, write: Write, run: Run) -> None:
        """The number decides for the file that bears it."""
        write("a.txt", "1 | Một", **PLAN)
        run()
        write("a.txt", "1 | Một", **{**PLAN, "date": "2025-01-01", "title": "Kế hoạch sửa"})
        assert _ids(run()) == ["12-KH-UBND.2024"]

    def test_another_document_in_the_same_file_takes_its_place(self, write: Write, run: Run, store: Store) -> None:
        """The former one has no file any more."""
        write("a.txt", "1 | Một", **PLAN)
        run()
        write("a.txt", "1 | Hai", **{**PLAN, "number": "99/KH-UBND"})
        assert run() == [
            Added(name="a.txt", document_id="99-KH-UBND.2024", passages=1),
            Removed(name="a.txt", document_id="12-KH-UBND.2024"),
        ]
        assert store.document("12-KH-UBND.2024") is None

    def test_a_change_and_its_revocation_lead_back(self, write: Write, run: Run, store: Store) -> None:
        """Bytes that were here before are read again."""
        write("a.txt", "1 | Một", **PLAN)
        run()
        write("a.txt", "1 | Hai", **PLAN)
        run()
        write("a.txt", "1 | Một", **PLAN)
        assert isinstance(run()[0], Changed)
        assert store.clauses("12-KH-UBND.2024")[0].text == "Một"


class TestLeaving:
    """How documents go."""

    def test_only_prune_lets_documents_go(
        self, write: Write, run: Run, store: Store, folder: Path, encoder: HashingEncoder
    ) -> None:
        """A file that is missing today may be back tomorrow."""
        write("a.txt", "1 | Một", **PLAN).unlink()
        write("b.txt", "1 | Một", **PLAN)
        run()
        (folder / "b.txt").unlink()
        assert run() == []
        assert store.counts()["documents"] == 1
        assert _prune(store, folder, encoder) == [Removed(name="b.txt", document_id="12-KH-UBND.2024")]
        assert store.counts()["documents"] == 0
        assert not list((store.home / "files").iterdir())

    def test_prune_spares_other_folders_and_uploads(
        self, write: Write, store: Store, folder: Path, encoder: HashingEncoder, tmp_path: Path
    ) -> None:
        """It only knows of the folders it was given."""
        write("here/a.txt", "1 | Một", number="1/KH", date="2024-01-01")
        write("there/b.txt", "1 | Hai", number="2/KH", date="2024-01-01")
        _prune(store, folder, encoder)
        upload = write("c.txt", "1 | Ba", number="3/KH", date="2024-01-01")
        list(_receive(store, encoder, ("c.txt", upload.read_bytes())))
        for file in (upload, folder / "here/a.txt", folder / "there/b.txt"):
            file.unlink()
        assert _ids(_prune(store, folder / "here", encoder)) == ["1-KH.2024"]
        assert {summary.id for summary in store.documents()[1]} == {"2-KH.2024", "3-KH.2024"}

    def test_a_document_with_a_second_file_stays(
        self, write: Write, store: Store, folder: Path, encoder: HashingEncoder
    ) -> None:
        """Until the last one goes."""
        first, second = write("a.txt", "1 | Một", **PLAN), write("b.txt", "1 | Một", **PLAN)
        _prune(store, folder, encoder)
        first.unlink()
        assert [type(outcome) for outcome in _prune(store, folder, encoder)] == [Unchanged]
        second.unlink()
        assert [type(outcome) for outcome in _prune(store, folder, encoder)] == [Removed]

    def test_a_removed_document_is_gone_from_the_search(
        self, write: Write, run: Run, store: Store, encoder: HashingEncoder, ask: Ask
    ) -> None:
        """Without an encoder being loaded."""
        write("a.txt", "1 | Tài chính", number="1/KH", date="2024-01-01")
        write("b.txt", "1 | Tài chính", number="2/KH", date="2024-01-01")
        run()
        loaded = encoder.loaded
        assert remove(store, "1-KH.2024") == Removed(name="a.txt", document_id="1-KH.2024")
        assert remove(store, "1-KH.2024") is None
        assert encoder.loaded == loaded
        found = open_search(store, encoder).search(ask("tài chính"))
        assert [hit.document_id for hit in found.hits] == ["2-KH.2024"]


class TestUploads:
    """What comes over the network."""

    def test_an_upload_is_kept_and_served(self, write: Write, store: Store, encoder: HashingEncoder) -> None:
        """Its path is the copy in the store."""
        data = write("a.txt", "1 | Một", **PLAN).read_bytes()
        assert _ids(_receive(store, encoder, ("../../etc/a.txt", data))) == ["12-KH-UBND.2024"]
        entry = store.document("12-KH-UBND.2024")
        assert entry is not None
        assert entry.document.source.name == "a.txt"
        assert entry.path == store.original(entry.id)
        assert entry.path.read_bytes() == data

    def test_a_document_uploaded_anew_keeps_its_id(self, write: Write, store: Store, encoder: HashingEncoder) -> None:
        """Under whatever file name."""
        first = write("a.txt", "1 | Một", **PLAN).read_bytes()
        second = write("a.txt", "1 | Hai", **PLAN).read_bytes()
        list(_receive(store, encoder, ("a.txt", first)))
        (outcome,) = _receive(store, encoder, ("a (1).txt", second))
        assert outcome == Changed(name="a (1).txt", document_id="12-KH-UBND.2024", passages=1)

    def test_a_corrected_upload_of_the_same_name_keeps_its_id(
        self, write: Write, store: Store, encoder: HashingEncoder
    ) -> None:
        """Same name and number; the title was corrected."""
        first = write("a.txt", "1 | Một", **PLAN).read_bytes()
        second = write("a.txt", "1 | Một", **{**PLAN, "title": "Kế hoạch sửa"}).read_bytes()
        list(_receive(store, encoder, ("a.txt", first)))
        assert _ids(_receive(store, encoder, ("a.txt", second))) == ["12-KH-UBND.2024"]
        assert store.counts()["documents"] == 1

    def test_another_document_of_the_same_file_name_removes_nothing(
        self, write: Write, store: Store, encoder: HashingEncoder
    ) -> None:
        """Every office has a scan.pdf."""
        first = write("a.txt", "1 | Một", **PLAN).read_bytes()
        second = write("a.txt", "1 | Hai", **{**PLAN, "number": "99/KH-UBND"}).read_bytes()
        outcomes = _receive(store, encoder, ("scan.txt", first), ("scan.txt", second))
        assert [type(outcome) for outcome in outcomes] == [Added, Added]
        assert store.counts()["documents"] == 2

    def test_bytes_that_a_folder_holds_already_survive_its_pruning(
        self, write: Write, run: Run, store: Store, folder: Path, encoder: HashingEncoder
    ) -> None:
        """Whoever uploads a document may rely on it."""
        file = write("a.txt", "1 | Một", **PLAN)
        run()
        (outcome,) = _receive(store, encoder, ("a.txt", file.read_bytes()))
        assert isinstance(outcome, Unchanged)
        file.unlink()
        assert _prune(store, folder, encoder) == []
        assert store.counts()["documents"] == 1


class TestFailure:
    """What is left when something breaks."""

    def test_a_run_that_dies_at_the_last_step_is_taken_up_by_the_next(
        self, write: Write, run: Run, store: Store, encoder: HashingEncoder, ask: Ask
    ) -> None:
        """The old generation stays readable, and nothing is embedded twice."""
        write("a.txt", "1 | Tài chính", **PLAN)
        run()
        search = open_search(store, encoder)
        write("a.txt", "1 | Nội vụ", **PLAN)
        with store.database.writing() as connection:
            connection.execute(
                "CREATE TRIGGER cut BEFORE INSERT ON generations BEGIN SELECT RAISE(ABORT, 'power cut'); END"
            )
        with pytest.raises(sqlite3.IntegrityError, match="power cut"):
            run()
        assert store.generation() == 1
        assert store.clauses("12-KH-UBND.2024")[0].text == "Tài chính"
        assert search.refresh() is search
        assert open_search(store, encoder).search(ask("tài chính")).total == 1
        with store.database.writing() as connection:
            connection.execute("DROP TRIGGER cut")
        encoder.embedded.clear()
        run()
        assert encoder.embedded == []
        assert store.clauses("12-KH-UBND.2024")[0].text == "Nội vụ"
        assert open_search(store, encoder).search(ask("nội vụ")).total == 1

    def test_what_a_crash_left_is_cleared_away(
        self, write: Write, run: Run, store: Store, encoder: HashingEncoder
    ) -> None:
        """A folder that was never published is nobody's."""
        write("a.txt", "1 | Một", **PLAN)
        run()
        leftover = folder_of(store.home, 2)
        leftover.mkdir()
        (leftover / "words").write_text("half")
        run()
        assert not leftover.exists()

    def test_a_lost_generation_is_built_again(
        self, write: Write, run: Run, store: Store, encoder: HashingEncoder, ask: Ask
    ) -> None:
        """Words and vectors are derived."""
        write("a.txt", "1 | Tài chính", **PLAN)
        run()
        (folder_of(store.home, 1) / "vectors.faiss").unlink()
        encoder.embedded.clear()
        assert [type(outcome) for outcome in run()] == [Unchanged]
        assert encoder.embedded == []
        assert open_search(store, encoder).search(ask("tài chính")).total == 1

    def test_only_the_current_generation_and_the_one_before_are_kept(
        self, write: Write, run: Run, store: Store
    ) -> None:
        """A reader may still hold the previous one."""
        for number in range(1, 5):
            write("a.txt", f"1 | Lần {number}", **PLAN)
            run()
        kept = {folder.name for folder in (store.home / "generations").iterdir()}
        assert kept == {"3", "4"}
        with store.database.reading() as connection:
            assert connection.execute("SELECT count(*) FROM documents").fetchone()[0] == 2

    def test_a_run_without_consumer_releases_the_lock(
        self, write: Write, store: Store, folder: Path, encoder: HashingEncoder
    ) -> None:
        """Whoever stops listening loses only what was not published."""
        write("a.txt", "1 | Một", number="1/KH", date="2024-01-01")
        write("b.txt", "1 | Hai", number="2/KH", date="2024-01-01")
        outcomes = _sync(store, folder, encoder)
        assert next(outcomes).name == "a.txt"
        del outcomes
        with locked(store.home):
            pass
        assert store.counts()["waiting"] == 1
        assert [type(outcome) for outcome in _sync(store, folder, encoder)] == [Unchanged, Added]
        assert store.counts()["documents"] == 2

    def test_a_lock_held_by_another_process_is_respected(
        self, write: Write, store: Store, folder: Path, encoder: HashingEncoder
    ) -> None:
        """The message names the process and the home."""
        write("a.txt", "1 | Một", **PLAN)
        holder = subprocess.Popen(
            [sys.executable, "-c", _HOLD, str(store.home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        with holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == b"held\n"
            with pytest.raises(Locked, match=f"process {holder.pid} .*home"):
                list(_sync(store, folder, encoder))
            with pytest.raises(Locked):
                remove(store, "x")
            holder.communicate(b"\n")
        assert len(list(_sync(store, folder, encoder))) == 1

    def test_another_encoder_is_refused_before_anything_is_stored(
        self, write: Write, run: Run, store: Store, folder: Path
    ) -> None:
        """The message names the command that mends it."""
        write("a.txt", "1 | Một", **PLAN)
        run()
        write("b.txt", "1 | Hai", number="2/KH", date="2024-01-01")
        other = HashingEncoder("other")
        with pytest.raises(EncoderMismatch, match=r"'hashing-64'.*'other'.*--reindex"):
            list(_sync(store, folder, other))
        with pytest.raises(EncoderMismatch, match="--reindex"):
            open_search(store, other)
        assert store.counts()["waiting"] == 0


class TestReindex:
    """Building everything anew."""

    def test_another_encoder_takes_over_beside_the_live_index(
        self, write: Write, run: Run, store: Store, encoder: HashingEncoder, ask: Ask
    ) -> None:
        """The old search goes on until it is refreshed."""
        write("a.txt", "1 | Tài chính", "2 | Nội vụ", **PLAN)
        run()
        old = open_search(store, encoder)
        other = HashingEncoder("other")
        outcomes = list(reindex(store, encoder=other.load, passages=passages, parse=parse, workers=0))
        assert outcomes == [Unchanged(name="a.txt", document_id="12-KH-UBND.2024")]
        assert len(other.embedded) == 2
        assert old.search(ask("tài chính")).total == 1
        with pytest.raises(EncoderMismatch):
            old.refresh()
        assert open_search(store, other).search(ask("tài chính")).total == 1

    def test_a_better_parser_changes_documents_and_no_ids(
        self, write: Write, run: Run, store: Store, encoder: HashingEncoder
    ) -> None:
        """Even when it reads another number now; files stay known."""
        write("a.txt", "1 | Một", **PLAN)
        run()

        def better(data: bytes, name: str) -> Document:
            return parse(data.replace(b"12/KH", b"21/KH").replace("Một".encode(), b"Hai"), name)

        (outcome,) = reindex(store, encoder=encoder.load, passages=passages, parse=better, workers=0)
        assert outcome == Changed(name="a.txt", document_id="12-KH-UBND.2024", passages=1)
        entry = store.document("12-KH-UBND.2024")
        assert entry is not None
        assert (entry.document.number, entry.document.clauses[0].text) == ("21/KH-UBND", "Hai")
        assert [type(outcome) for outcome in run()] == [Unchanged]

    def test_what_cannot_be_read_any_more_stays(
        self, write: Write, run: Run, store: Store, encoder: HashingEncoder, ask: Ask
    ) -> None:
        """It is refused, and found as before."""
        write("a.txt", "1 | Tài chính", **PLAN)
        run()
        original = store.original("12-KH-UBND.2024")
        assert original is not None
        original.write_text("garbage")
        (outcome,) = reindex(store, encoder=encoder.load, passages=passages, parse=parse, workers=0)
        assert isinstance(outcome, Refused)
        assert open_search(store, encoder).search(ask("tài chính")).total == 1

    def test_without_a_parser_the_stored_structure_is_taken(
        self, write: Write, run: Run, store: Store, encoder: HashingEncoder
    ) -> None:
        """Only passages, words and vectors are made anew."""
        write("a.txt", f"1 | {'một ' * 30}", **PLAN)
        run()
        encoder.max_tokens = 10
        (outcome,) = reindex(store, encoder=encoder.load, passages=passages)
        assert outcome == Changed(name="a.txt", document_id="12-KH-UBND.2024", passages=3)


class TestWatching:
    """Following a folder."""

    def test_new_changed_and_deleted_files_are_noticed(
        self, write: Write, store: Store, folder: Path, encoder: HashingEncoder
    ) -> None:
        """Each as it happens, beginning with what happened before."""
        write("a.txt", "1 | Một", **PLAN)
        stop = Event()
        outcomes = watch([folder], store=store, encoder=encoder.load, parse=parse, passages=passages, stop=stop)
        assert next(outcomes) == Added(name="a.txt", document_id="12-KH-UBND.2024", passages=1)
        for act, expected in (
            (lambda: write("b.txt", "1 | Hai", number="2/KH", date="2024-01-01"), Added),
            (lambda: write("b.txt", "1 | Ba", number="2/KH", date="2024-01-01"), Changed),
            (lambda: (folder / "b.txt").unlink(), Removed),
            (lambda: (folder / "c.txt").write_text("garbage"), Refused),
        ):
            actor = _soon(act)
            outcome = next(outcomes)
            actor.join()
            assert isinstance(outcome, expected)
        stop.set()
        assert list(outcomes) == []
        assert store.counts()["documents"] == 1

    def test_a_home_inside_the_folder_is_no_change(self, write: Write, folder: Path, encoder: HashingEncoder) -> None:
        """Or every run would start the next."""
        write("a.txt", "1 | Một", **PLAN)
        with Store.open(folder / "var") as inside:
            (inside.home / "note.txt").write_text("# \n\n1 | Một")
            outcomes = list(_sync(inside, folder, encoder))
        assert [outcome.name for outcome in outcomes] == ["a.txt"]


def test_long_runs_publish_on_the_way(write: Write, store: Store, folder: Path, encoder: HashingEncoder) -> None:
    """The first documents can be found before the last are read."""
    for number in range(1, 6):
        write(f"{number}.txt", f"1 | Điều {number}", number=f"{number}/KH", date="2024-01-01")
    outcomes = sync(
        [folder], store=store, encoder=encoder.load, parse=parse, passages=passages, workers=0, publish_every=2
    )
    seen = [store.counts()["documents"] for _ in outcomes]
    assert seen == [0, 2, 2, 4, 4]
    assert store.counts()["documents"] == 5


def test_an_unchanged_corpus_imports_no_engine(write: Write, run: Run, store: Store, folder: Path) -> None:
    """A second run is as cheap as a listing."""
    write("a.txt", "1 | Một", **PLAN)
    run()
    ran = subprocess.run(
        [sys.executable, "-c", _UNCHANGED, str(store.home), str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert ran.stdout.split() == ["Unchanged"]


_HOLD = """
import sys
from pathlib import Path
from index.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""

_UNCHANGED = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from index.store import Store
    from index.sync import sync
    with Store.open(Path(sys.argv[1])) as store:
        for outcome in sync([Path(sys.argv[2])], store=store, encoder=None, parse=None, passages=None):
            print(type(outcome).__name__)
    print(*{"torch", "faiss", "tantivy", "langchain_text_splitters"} & set(sys.modules))
    """
)


def _sync(store: Store, folder: Path, encoder: HashingEncoder) -> Iterator[Outcome]:
    return sync([folder], store=store, encoder=encoder.load, parse=parse, passages=passages, workers=0)


def _prune(store: Store, folder: Path, encoder: HashingEncoder) -> list[Outcome]:
    return list(
        sync([folder], store=store, encoder=encoder.load, parse=parse, passages=passages, prune=True, workers=0)
    )


def _receive(store: Store, encoder: HashingEncoder, *uploads: tuple[str, bytes]) -> list[Outcome]:
    return list(receive(uploads, store=store, encoder=encoder.load, parse=parse, passages=passages))


def _ids(outcomes: list[Outcome]) -> list[str]:
    return [outcome.document_id for outcome in outcomes if not isinstance(outcome, Refused)]


def _soon(act: object) -> Thread:
    """Acts a little later, when the watcher waits again."""

    def later() -> None:
        time.sleep(0.3)
        act()  # type: ignore[operator]

    thread = Thread(target=later)
    thread.start()
    return thread
