"""Files of older programs (.doc, .rtf, .odt, Word 2003 XML): turned into a .docx by LibreOffice, then read as one.

Measured over the collected originals: LibreOffice keeps tables, automatic numbering, the code page of every font and
TCVN3's ư (0xAD), also in Word 6 files, at about a second a file. antiword keeps the words of Word 97 files and loses
their numbering; catdoc loses ư; pandoc and unrtf take RTF's code pages wrong. Without LibreOffice, RTF is read by
striprtf and .doc by antiword, and both say that something may be missing.

The programs are only run: as processes of their own, in a folder of their own that is deleted, within limits of time
and memory, with macros, links and active content off.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Literal

from ingest.model import Source, Unreadable
from ingest.read import docx, legacy, tables
from ingest.read.characters import normalise
from ingest.read.plain import require_words

Format = Literal["doc", "rtf", "odt", "wordml"]

SECONDS = 90.0
"""How long a program may work on one file; a real directive takes one or two seconds."""
BYTES = 4 * 1024**3
"""Address space that a program may take."""
_LARGEST = 100 * 1024 * 1024

_SUFFIX: Mapping[Format, str] = {"doc": ".doc", "rtf": ".rtf", "odt": ".odt", "wordml": ".xml"}
_CALLED: Mapping[Format, str] = {
    "doc": ".doc (Word 97–2003)",
    "rtf": ".rtf",
    "odt": ".odt (OpenDocument)",
    "wordml": "Word 2003 XML",
}
_OFFICES = ("soffice", "libreoffice")

# No macros, no content from the network or from other files, nothing updated on loading.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value>
</prop><prop oor:name="Field" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""

# A line of a table as antiword prints it, "|Nơi nhận:   |KT. BỘ TRƯỞNG   |"; a table it does not see, "Số: 5 |CỘNG HÒA"
_ROW = re.compile(r"\|.*\|\s*")
_BAR = re.compile(r" *\| *")

_LEFT_OUT = "đọc bằng {program}, có thể thiếu đánh số tự động và bảng; để đọc đủ, hãy cài gói Debian libreoffice-writer"


def read(data: bytes, name: str, kind: Format) -> Source:
    """The text of a file of an older program. Raises `Unreadable`, with the package to install where one is missing."""
    if len(data) > _LARGEST:
        raise Unreadable(name, "tệp lớn hơn 100 MB; hãy tách tệp hoặc bỏ bớt hình ảnh rồi nạp lại")
    office = next((found for program in _OFFICES if (found := shutil.which(program))), None)
    if office is not None:
        return docx.read(_as_docx(office, data, name, kind), name)
    if kind == "rtf":
        return _by_striprtf(data, name)
    antiword = shutil.which("antiword")
    if kind == "doc" and antiword is not None:
        return _by_antiword(antiword, data, name)
    packages = "libreoffice-writer (hoặc antiword)" if kind == "doc" else "libreoffice-writer"
    raise Unreadable(
        name,
        f"cần LibreOffice để đọc định dạng {_CALLED[kind]}: hãy cài gói Debian {packages}, "
        "hoặc lưu thành .docx rồi nạp lại",
    )


def _as_docx(office: str, data: bytes, name: str, kind: Format) -> bytes:
    with tempfile.TemporaryDirectory(prefix="chidao-") as folder:
        work = Path(folder)
        (work / "profile" / "user").mkdir(parents=True)
        (work / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        given = work / f"given{_SUFFIX[kind]}"
        given.write_bytes(data)
        _run(
            [
                office,
                f"-env:UserInstallation={(work / 'profile').as_uri()}",
                *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"),
                *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(work / "made"), str(given)),
            ],
            work,
            name,
        )
        made = work / "made" / "given.docx"
        if not made.is_file():
            raise Unreadable(
                name,
                f"tệp {_CALLED[kind]} bị hỏng hoặc được đặt mật khẩu; hãy mở bằng Word, lưu thành .docx rồi nạp lại",
            )
        return made.read_bytes()


def _by_antiword(antiword: str, data: bytes, name: str) -> Source:
    with tempfile.TemporaryDirectory(prefix="chidao-") as folder:
        given = Path(folder) / "given.doc"
        given.write_bytes(data)
        printed = _run([antiword, "-w", "0", "-m", "UTF-8.txt", str(given)], Path(folder), name)
    text = printed.decode("utf-8", errors="replace")
    if not text.strip():
        raise Unreadable(
            name, "antiword không đọc được tệp .doc này; hãy cài gói Debian libreoffice-writer hoặc lưu thành .docx"
        )
    lines: list[str] = []
    for is_table, block in groupby(text.split("\n"), lambda line: _ROW.fullmatch(line) is not None):
        rows = list(block)
        lines += _table(rows) if is_table else _BAR.sub("\n", "\n".join(rows)).split("\n")
    return _written("\n".join(lines), name, "antiword")


def _table(printed: Sequence[str]) -> list[str]:
    """antiword prints rows line by line: columns that lay out a page are read one after the other."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in printed]
    columns = [[row[i] for row in rows if i < len(row)] for i in range(max(map(len, rows)))]
    laid = tables.lines([columns])
    return laid if len(laid) > 1 else tables.lines([[cell] for cell in row] for row in rows)


def _by_striprtf(data: bytes, name: str) -> Source:
    from striprtf.striprtf import rtf_to_text

    try:
        text = rtf_to_text(data.decode("latin-1"), errors="ignore")
    # striprtf is a regular expression over the whole and trusts what it finds
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(name, "tệp .rtf bị hỏng; hãy mở bằng Word, lưu thành .docx rồi nạp lại") from error
    # Central European fonts have no à; the byte of à (0xE0) reads as ŕ, which no Vietnamese word has
    return _written(text.replace("ŕ", "à").replace("Ŕ", "À"), name, "striprtf")


def _written(text: str, name: str, program: str) -> Source:
    decoded = legacy.decode(normalise(text))
    text = normalise("\n".join(tables.untab(decoded.text.replace("\u00ad", "").split("\n"))))
    require_words(text, name)
    warnings = (*decoded.warnings, _LEFT_OUT.format(program=program))
    return Source(name=name, kind="docx", text=text, warnings=warnings)


def _run(command: Sequence[str], folder: Path, name: str) -> bytes:
    """What a program prints. It and all that it starts end with this call. Raises `Unreadable` past the time."""
    environment = {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PATH": os.environ.get("PATH", os.defpath),
        "LC_ALL": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=folder,
        start_new_session=True,
    )
    try:
        with suppress(ProcessLookupError):
            for what, bound in ((resource.RLIMIT_AS, BYTES), (resource.RLIMIT_FSIZE, BYTES // 4)):
                hard = resource.getrlimit(what)[1]
                bound = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
                resource.prlimit(process.pid, what, (bound, bound))
        return process.communicate(timeout=SECONDS)[0]
    except subprocess.TimeoutExpired as error:
        raise Unreadable(
            name, f"chuyển đổi tệp quá {SECONDS:.0f} giây nên đã dừng; hãy mở bằng Word, lưu thành .docx rồi nạp lại"
        ) from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
