"""The command line: what it prints, and that a mistake takes one line and never a traceback."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from starlette.testclient import TestClient

from api.cli import main
from api.cli.terminal import visible
from tests.api.conftest import LAW, NOTICE, Opening, WordSearch

Run = Callable[..., Result]


@pytest.fixture
def run(opening: Opening, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run `chidao` over the small library; state goes to a folder of its own."""
    monkeypatch.setenv("CHIDAO_HOME", str(tmp_path / "home"))

    def invoked(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments, obj=opening, catch_exceptions=False)

    return invoked


def _chidao(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from api.cli import main; main(prog_name='chidao')", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=os.environ | variables,
        encoding="utf-8",
    )


def test_help_loads_nothing_heavy() -> None:
    """`chidao --help` is instant because engines, server and drawing are imported where they are used."""
    heavy = ("torch", "faiss", "tantivy", "fastapi", "rich", "numpy", "pydantic", "uvicorn", "sentence_transformers")
    program = (
        "import sys\nfrom api.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit as end: assert end.code == 0\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "Commands:" in done.stdout


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    """`chidao` alone is a question, not a mistake."""
    result = run()
    assert result.exit_code == 0
    assert "Commands:" in result.output


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_explains_itself(run: Run, command: str) -> None:
    """Each command has a help text."""
    result = run(command, "--help")
    assert result.exit_code == 0
    assert main.commands[command].help


@pytest.mark.parametrize("command", sorted(main.commands))
def test_readme_lists_every_command(command: str) -> None:
    """Nobody has to ask for help to know that there is one."""
    readme = Path(__file__).parents[2] / "README.md"
    rows = [line for line in readme.read_text(encoding="utf-8").splitlines() if line.startswith("| `chidao ")]
    assert any(f"`chidao {command} " in row or f"`chidao {command}`" in row for row in rows)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["aks"], 2, "No such command 'aks'"),
        (["ask"], 2, "Missing argument 'QUESTION'"),
        (["ask", ""], 2, "question is empty"),
        (["ask", "  "], 2, "question is empty"),
        (["ask", "a" * 10_000], 2, "at most 2000 characters"),
        (["ask", "xóa\x07"], 2, "control character U+0007"),
        (["ask", "phí", "--limit", "0"], 2, "limit is too small"),
        (["ask", "phí", "--limit", "many"], 2, "'many' is not a valid integer"),
        (["ask", "phí", "--colour"], 2, "No such option"),
        (["search", ""], 2, "q is empty"),
        (["search", "phí", "--document", "nope"], 1, "no document “nope”"),
        (["show", "nope"], 1, "no document “nope”"),
        (["show", LAW, "điều 5.2.b"], 1, "Điều 5.2.a"),
        (["remove", "nope"], 1, "no document “nope”"),
        (["assignments", "--due-from", "31/02/2022"], 2, "'31/02/2022' is not a date"),
        (["assignments", "--status", "late"], 2, "'late' is not one of"),
        (["assignments", "--format", "pdf"], 2, "'pdf' is not one of"),
        (["assignments", "--role", "boss"], 2, "'boss' is not one of"),
        (["assignments", "--limit", "0"], 2, "limit is too small"),
        (["assignments", "--document", "nope"], 1, "no document “nope”"),
        (["assignments", "--output", "no/such/folder/a.csv"], 1, "No such file or directory"),
        (["backup", "no/such/folder/a.tar.gz"], 2, "no folder 'no/such/folder'"),
        (["backup", "a.tar.gz"], 1, "holds no documents"),
        (["restore", "no/such/a.tar.gz"], 2, "does not exist"),
        (["restore", __file__], 1, "no whole backup"),
        (["ingest"], 2, "Missing argument 'PATH...'"),
        (["ingest", "no/such/folder"], 2, "'no/such/folder' does not exist"),
        (["serve", "--port", "0"], 2, "0 is not in the range"),
        (["serve", "--host", "0.0.0.0"], 2, "--insecure"),
        (["serve", "--host", "::"], 2, "--insecure"),
    ],
)
def test_a_mistake_takes_one_line(run: Run, arguments: list[str], status: int, words: str) -> None:
    """Usage errors exit 2, others 1; one line on standard error, nothing on standard output."""
    result = run(*arguments)
    assert result.exit_code == status
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_a_mistake_in_the_environment_takes_one_line() -> None:
    """An unknown variable stops every command, with the nearest one named."""
    done = _chidao("documents", CHIDAO_HOEM="/tmp")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "chidao: CHIDAO_HOEM is no setting; did you mean CHIDAO_HOME?\n"


def test_bytes_that_are_no_text_take_one_line() -> None:
    """An argument in another encoding than the terminal's is a mistake, not a crash."""
    done = subprocess.run(
        [sys.executable, "-c", "from api.cli import main; main()", "ask", b"ph\xed"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


def test_nothing_indexed_names_the_command_that_mends_it(run: Run, search: WordSearch) -> None:
    """An empty home is not an empty answer."""
    search.published = False
    for arguments in (("ask", "phí"), ("search", "phí")):
        result = run(*arguments)
        assert result.exit_code == 1
        assert "chidao ingest" in result.stderr


def test_an_answer_is_printed_with_its_citations(run: Run) -> None:
    """The answer, then each citation with its quote, and dates as Vietnam writes them."""
    result = run("ask", "phí")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Trình quy định <phí> trước 30/9/2022."
    assert "[1] 441/TB-VP, mục II.5.2" in lines
    assert "    Sở Tài chính, hạn 30/09/2022" in lines
    assert "    “Trình quy định <phí> trước 30/9/2022.”" in lines


@pytest.mark.parametrize(
    ("question", "heading"), [("thời tiết?", "Các điều khoản gần nhất:"), ("weather?", "Nearest clauses:")]
)
def test_what_is_not_answered_shows_the_nearest(run: Run, question: str, heading: str) -> None:
    """In the language of the question."""
    result = run("ask", question)
    assert result.exit_code == 0
    assert heading in result.stdout.splitlines()


@pytest.mark.parametrize(
    ("arguments", "address"),
    [
        (["search", "phí", "--json"], "/search?q=phí"),
        (["search", "phí", "--json", "--document", "12/2020/QH14"], f"/search?q=phí&document={LAW}"),
        (["documents", "--json"], "/documents?limit=1000"),
        (["documents", "--warnings", "--json"], "/documents?limit=1000&warnings=true"),
        (["show", NOTICE, "--json"], f"/documents/{NOTICE}"),
        (["show", "441/TB-VP", "II.5.2", "--json"], f"/documents/{NOTICE}/clauses/II.5.2"),
        (["assignments", "--format", "json"], "/assignments"),
        (
            ["assignments", "--format", "json", "--document", "12/2020/QH14", "--words", "hướng", "--role", "lead"],
            f"/assignments?document={LAW}&q=hướng&role=lead",
        ),
        (
            ["assignments", "--format", "json", "--as-of", "20/9/2022", "--status", "due_soon"],
            "/assignments?as_of=2022-09-20&status=due_soon",
        ),
        (
            ["assignments", "--format", "json", "--agency", "Sở Tài chính", "--due-to", "31/12/2022"],
            "/assignments?agency=Sở Tài chính&due_to=2022-12-31",
        ),
    ],
)
def test_json_is_the_apis(run: Run, client: TestClient, arguments: list[str], address: str) -> None:
    """`--json` prints what the API answers."""
    result = run(*arguments)
    assert result.exit_code == 0
    printed, answered = json.loads(result.stdout), client.get(f"/api/v1{address}").json()
    for one in (printed, answered):
        one.pop("took_ms", None)
    assert printed == answered


def test_an_answer_in_json_is_the_apis(run: Run, client: TestClient) -> None:
    """`chidao ask --json` and POST /ask agree."""
    printed = json.loads(run("ask", "phí", "--json", "--limit", "5").stdout)
    answered = client.post("/api/v1/ask", json={"question": "phí", "limit": 5}).json()
    assert printed.pop("took_ms") >= 0
    assert answered.pop("took_ms") >= 0
    assert printed == answered


def test_hits_are_printed_without_html(run: Run) -> None:
    """Snippets lose their marks and escapes; a terminal shows matches in bold."""
    result = run("search", "phí")
    assert "    Trình quy định <phí> trước 30/9/2022." in result.stdout.splitlines()


def test_lists_are_for_people(run: Run) -> None:
    """Documents, clauses and assignments in plain words."""
    assert f"{NOTICE}  09/09/2022" in run("documents").stdout
    assert "II.5.2" in run("show", NOTICE).stdout
    assert "→ Sở Tài chính (lead, due 30/09/2022)" in run("show", NOTICE, "II.5.2").stdout
    table = run("assignments", "--status", "overdue").stdout
    assert "30/09/2022" in table
    assert "441/TB-VP, mục II.5.2" in table


def test_documents_that_somebody_should_look_at_are_listed_with_the_reason(tmp_path: Path) -> None:
    home = str(tmp_path / "home")
    head = "UỶ BAN NHÂN DÂN TỈNH LÂM ĐỒNG\nSố: 7/KH-UBND\nLâm Đồng, ngày 02 tháng 3 năm 2024\n"
    whole = f"{head}\nKẾ HOẠCH\nTrồng cây\n\n1. Sở Xây dựng trồng cây.\n"
    (tmp_path / "whole.txt").write_text(whole, encoding="utf-8")
    (tmp_path / "draft.txt").write_text(whole.replace("7/KH-UBND", "   /KH-UBND"), encoding="utf-8")
    _chidao("ingest", str(tmp_path / "whole.txt"), str(tmp_path / "draft.txt"), CHIDAO_HOME=home)
    assert "2 documents" in _chidao("documents", CHIDAO_HOME=home).stdout
    listed = _chidao("documents", "--warnings", CHIDAO_HOME=home).stdout
    assert "! không tìm thấy số, ký hiệu của văn bản trong “draft.txt”" in listed
    assert "7/KH-UBND" not in listed
    assert "1 documents" in listed


@pytest.mark.parametrize("form", ["csv", "ics"])
def test_a_file_is_the_apis(run: Run, client: TestClient, form: str) -> None:
    """`--format` writes what the API answers, byte for byte, to where it is piped."""
    day = ("--as-of", "20/10/2022")
    printed = run("assignments", "--agency", "STC", *day, "--format", form).stdout_bytes
    answered = client.get("/api/v1/assignments", params={"agency": "STC", "as_of": "2022-10-20", "format": form})
    assert printed == answered.content


@pytest.mark.parametrize(
    ("name", "start"), [("a.csv", b"\xef\xbb\xbfSTT"), ("a.XLSX", b"PK"), ("a.ics", b"BEGIN:VCALENDAR")]
)
def test_the_end_of_a_name_says_what_to_write(run: Run, tmp_path: Path, name: str, start: bytes) -> None:
    """`--output FILE` needs no `--format`; nothing is printed."""
    result = run("assignments", "--output", str(tmp_path / name))
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(start)


def test_a_table_and_json_can_be_written_too(run: Run, tmp_path: Path) -> None:
    """The same as on the terminal."""
    run("assignments", "--output", str(tmp_path / "a.txt"))
    assert "441/TB-VP, mục II.5.2" in (tmp_path / "a.txt").read_text(encoding="utf-8")
    run("assignments", "--format", "json", "--output", str(tmp_path / "a.txt"))
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == run("assignments", "--format", "json").stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_a_workbook_is_not_poured_over_a_terminal(home: Path) -> None:
    """One line that says what to do; a pipe gets the workbook."""
    import pty

    command = [sys.executable, "-c", "from api.cli import main; main()", "assignments", "--format", "xlsx"]
    environment = os.environ | {"CHIDAO_HOME": str(home)}
    inner, outer = pty.openpty()
    done = subprocess.run(command, stdout=outer, stderr=subprocess.PIPE, env=environment, timeout=120, check=False)
    os.close(outer)
    os.close(inner)
    assert done.returncode == 2
    assert "--output FILE" in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1
    piped = subprocess.run(command, stdout=subprocess.PIPE, env=environment, timeout=120, check=True)
    assert piped.stdout.startswith(b"PK")


def test_a_document_cannot_command_the_terminal() -> None:
    """Escape sequences in a document are shown as text without their escape."""
    assert visible("\x1b[2Jxóa\n\x9b") == "[2Jxóa\n"


def test_a_taken_port_is_told_at_once(run: Run) -> None:
    """Before anything is loaded, with the option that mends it."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        result = run("serve", "--port", str(other.getsockname()[1]))
    assert result.exit_code == 1
    assert "choose another with --port" in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_interruption_is_told_by_its_status(opening: Opening) -> None:
    """Ctrl-C exits 130, as shells expect."""

    @click.command()
    def interrupted() -> None:
        raise KeyboardInterrupt

    group = type(main)(commands=[interrupted])
    assert CliRunner().invoke(group, ["interrupted"]).exit_code == 130


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_any_terminal_prints_vietnamese(encoding: str, tmp_path: Path) -> None:
    """A locale without Vietnamese letters must not stop a command."""
    done = _chidao("show", "không có", PYTHONIOENCODING=encoding, CHIDAO_HOME=str(tmp_path))
    assert done.returncode == 1
    assert "“không có”" in done.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one small document, ingested by the command itself."""
    folder = tmp_path_factory.mktemp("library") / "in"
    folder.mkdir()
    text = "Số: 7/KH-UBND\n\nKẾ HOẠCH\nVề công tác năm\n\n1. Sở Tài chính báo cáo trước ngày 30/9/2022.\n"
    (folder / "kh.txt").write_text(text, encoding="utf-8")
    (folder / "hỏng.docx").write_bytes(b"no document")
    home = folder.parent / "home"
    done = _chidao("ingest", str(folder), "--json", CHIDAO_HOME=str(home))
    report = json.loads(done.stdout)
    assert (done.returncode, report["added"]) == (0, 1)
    assert [one["file"] for one in report["refused"]] == ["hỏng.docx"]
    return home


def test_what_is_ingested_is_there(home: Path) -> None:
    """Ingest, list, show; the second time nothing is new, and --strict minds what was refused."""
    assert "7-KH-UBND" in _chidao("documents", CHIDAO_HOME=str(home)).stdout
    assert "báo cáo" in _chidao("show", "7/KH-UBND", "1", CHIDAO_HOME=str(home)).stdout
    again = _chidao("ingest", str(home.parent / "in"), "--strict", CHIDAO_HOME=str(home))
    assert again.returncode == 1, again.stderr
    assert "0 added, 0 changed, 1 unchanged, 0 removed, 1 refused" in again.stdout


def test_doctor_names_what_is_wrong_and_what_mends_it(home: Path, tmp_path: Path) -> None:
    """A sound home exits 0; one without an index exits 1 and names the command."""
    sound = _chidao("doctor", CHIDAO_HOME=str(home))
    assert sound.returncode == 0, sound.stdout
    assert all(line.startswith("ok") for line in sound.stdout.splitlines())
    missing = _chidao("doctor", CHIDAO_HOME=str(tmp_path / "nowhere"))
    assert missing.returncode == 1
    assert "chidao ingest" in missing.stdout
    assert not (tmp_path / "nowhere").exists()


def test_doctor_says_which_formats_want_a_program(home: Path, tmp_path: Path) -> None:
    """That one is missing breaks nothing; the package is named."""
    result = _chidao("doctor", CHIDAO_HOME=str(home), PATH=str(tmp_path))
    assert result.returncode == 0, result.stdout
    assert "apt-get install libreoffice-writer" in result.stdout


def test_doctor_says_whether_scans_are_read(home: Path, tmp_path: Path) -> None:
    """Reading them is optional: without Tesseract, or switched off, nothing is wrong, and the packages are named."""
    without = _chidao("doctor", CHIDAO_HOME=str(home), PATH=str(tmp_path))
    assert without.returncode == 0, without.stdout
    assert "apt-get install tesseract-ocr tesseract-ocr-vie" in without.stdout
    off = _chidao("doctor", CHIDAO_HOME=str(home), CHIDAO_OCR="false")
    assert "CHIDAO_OCR is false" in off.stdout


def test_doctor_finds_a_generation_without_its_files(home: Path, tmp_path: Path) -> None:
    """What is missing is told with the command that builds it anew."""
    broken = tmp_path / "home"
    shutil.copytree(home, broken)
    shutil.rmtree(broken / "generations" / "1" / "words")
    result = _chidao("doctor", CHIDAO_HOME=str(broken))
    assert result.returncode == 1
    assert "chidao ingest --reindex" in result.stdout


def test_a_removed_document_is_gone(home: Path, tmp_path: Path) -> None:
    """`remove` takes the id, says what it did, and the second time there is nothing to remove."""
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    assert _chidao("remove", "7-KH-UBND", CHIDAO_HOME=str(copy)).stdout == "removed 7-KH-UBND\n"
    assert _chidao("remove", "7-KH-UBND", CHIDAO_HOME=str(copy)).returncode == 1
    assert _chidao("documents", CHIDAO_HOME=str(copy)).stdout == "0 documents\n"


def test_a_backup_is_restored(home: Path, tmp_path: Path) -> None:
    """Everything in one file, and back; what stands there already only goes by --force."""
    file, other = tmp_path / "backup.tar.gz", str(tmp_path / "other")
    assert _chidao("backup", str(file), CHIDAO_HOME=str(home)).stdout.startswith("1 documents, ")
    assert _chidao("restore", str(file), CHIDAO_HOME=other).stdout.startswith("1 documents as of ")
    assert "7-KH-UBND" in _chidao("documents", CHIDAO_HOME=other).stdout
    assert _chidao("doctor", CHIDAO_HOME=other).returncode == 0
    again = _chidao("restore", str(file), CHIDAO_HOME=other)
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    assert "--force" in again.stderr
    assert _chidao("restore", str(file), "--force", CHIDAO_HOME=other).returncode == 0
