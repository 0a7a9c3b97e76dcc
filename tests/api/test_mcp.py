"""The tools for assistants: the API's own JSON over the Model Context Protocol."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from typing import Any

import anyio
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from api.cli import main
from tests.api.conftest import LAW, NOTICE, Opening, Shelf, WordSearch

mcp = pytest.importorskip("mcp", reason="needs the optional package mcp")

from api import mcp as protocol  # noqa: E402 - it needs the package

Calls = Callable[..., Any]


def _with(server: Any, use: Callable[[Any], Awaitable[Any]], **more: Any) -> Any:
    """What `use` makes of a client that is connected to the server."""

    async def connected() -> Any:
        async with mcp.Client(server, **more) as client:
            return await use(client)

    return anyio.run(connected)


@pytest.fixture(params=["auto", "legacy"])
def call(library: Shelf, request: pytest.FixtureRequest) -> Calls:
    """Call a tool in memory, in the protocol's present form and in the one with a handshake."""

    def called(name: str, **arguments: Any) -> Any:
        made = protocol.server(library)
        return _with(made, lambda client: client.call_tool(name, arguments), mode=request.param)

    return called


@pytest.mark.parametrize(
    ("name", "arguments", "address"),
    [
        ("search", {"q": "phí"}, "/search?q=phí"),
        ("search", {"q": "phí", "document": "12/2020/QH14", "limit": 1}, f"/search?q=phí&document={LAW}&limit=1"),
        ("assignments", {}, "/assignments"),
        (
            "assignments",
            {"agency": "STC", "status": "overdue", "as_of": "2022-12-31"},
            "/assignments?agency=STC&status=overdue&as_of=2022-12-31",
        ),
        ("show_clause", {"document": NOTICE, "clause": "II.5.2"}, f"/documents/{NOTICE}/clauses/II.5.2"),
        ("show_clause", {"document": "12/2020/QH14", "clause": "Điều 5.2.a"}, f"/documents/{LAW}/clauses/Điều 5.2.a"),
    ],
)
def test_a_tool_answers_what_the_api_answers(
    call: Calls, client: TestClient, name: str, arguments: dict[str, Any], address: str
) -> None:
    """The same JSON as over HTTP, as structured content and as text."""
    result = call(name, **arguments)
    assert not result.is_error
    answered = client.get(f"/api/v1{address}").json()
    for held in (result.structured_content, json.loads(result.content[0].text)):
        assert _untimed(held) == _untimed(answered)


def test_a_question_is_answered_as_over_http(call: Calls, client: TestClient) -> None:
    """`ask` takes the body of POST /ask, filters and all."""
    body = {"question": "phí", "limit": 3, "filters": {"document": NOTICE}}
    answered = client.post("/api/v1/ask", json=body).json()
    assert answered["citations"]
    assert _untimed(call("ask", **body).structured_content) == _untimed(answered)


def _untimed(held: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in held.items() if name != "took_ms"}


@pytest.mark.parametrize(
    ("name", "arguments", "english", "vietnamese"),
    [
        ("ask", {}, "question is missing: give this field", "question bị thiếu"),
        ("ask", {"question": "phí", "limit": 51}, "limit is too large: use a number up to 50", "limit quá lớn"),
        ("ask", {"question": "phí", "filter": {}}, "filter is not an accepted name: did you mean “filters”", "có phải"),
        ("search", {"q": "phí", "document": "nope"}, "There is no document “nope”", "Không có văn bản “nope”"),
        ("search", {"q": "x\u0007"}, "control character U+0007", "ký tự điều khiển U+0007"),
        ("assignments", {"status": "late"}, "status is not among the accepted values: use one of: overdue", "hãy chọn"),
        ("assignments", {"format": "csv"}, "format is not an accepted name", "format không phải tên được nhận"),
        ("show_clause", {"document": NOTICE, "clause": "II.5.9"}, "has no clause “II.5.9”; nearest:", "II.5.2"),
        ("tell", {}, "no tool “tell”; the tools are: search, ask, assignments, show_clause", "các công cụ: search"),
        ("ask", {"question": "hỏng"}, "unexpected error", "lỗi ngoài dự kiến"),
    ],
)
def test_a_mistake_is_a_tool_error_with_its_remedy(
    call: Calls, name: str, arguments: dict[str, Any], english: str, vietnamese: str
) -> None:
    """The assistant reads what was wrong and can mend it; a defect tells nothing of the inside."""
    result = call(name, **arguments)
    assert result.is_error
    first, second = result.content[0].text.splitlines()
    assert english in first
    assert vietnamese in second
    assert "secret" not in result.content[0].text


def test_nothing_indexed_is_a_tool_error(call: Calls, search: WordSearch) -> None:
    """The server runs on, and the error names the command that mends it."""
    search.published = False
    result = call("ask", question="phí")
    assert result.is_error
    assert "chidao ingest" in result.content[0].text


def test_tools_explain_themselves_in_both_languages(library: Shelf) -> None:
    """Every tool and every parameter has a description with its Vietnamese, and nothing can be changed by one."""
    listed = _with(protocol.server(library), lambda client: client.list_tools()).tools
    assert [tool.name for tool in listed] == ["search", "ask", "assignments", "show_clause"]
    for tool in listed:
        assert tool.annotations.read_only_hint
        described = [tool.description, *_descriptions(tool.input_schema)]
        assert all("(" in one and not one.isascii() for one in described)
    assert "format" not in listed[2].input_schema["properties"]


def _descriptions(schema: dict[str, Any]) -> list[str]:
    """Of all parameters; a KeyError for one that has none."""
    held = [one for one in (schema, *schema.get("$defs", {}).values()) if "properties" in one]
    return [properties["description"] for one in held for properties in one["properties"].values()]


def test_one_round_trip_over_standard_input_and_output(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The command as an assistant starts it: nothing but the protocol on standard output."""
    home = tmp_path_factory.mktemp("mcp")
    folder = home / "in"
    folder.mkdir()
    text = "Số: 7/KH-UBND\n\nKẾ HOẠCH\nVề công tác năm\n\n1. Sở Tài chính báo cáo trước ngày 30/9/2022.\n"
    (folder / "kh.txt").write_text(text, encoding="utf-8")
    program = "from api.cli import main; main(prog_name='chidao')"
    environment = os.environ | {"CHIDAO_HOME": str(home / "store")}
    ingested = [sys.executable, "-c", program, "ingest", str(folder)]
    subprocess.run(ingested, env=environment, check=True, capture_output=True)
    served = mcp.StdioServerParameters(command=sys.executable, args=["-c", program, "mcp"], env=environment)

    async def asked(client: Any) -> Any:
        return await client.call_tool("show_clause", {"document": "7/KH-UBND", "clause": "1"})

    result = _with(served, asked)
    assert result.structured_content["assignments"][0]["due"] == "2022-09-30"


def test_one_round_trip_over_http(library: Shelf) -> None:
    """Streamable HTTP at /mcp, for this machine's own names only."""
    app = protocol.server(library).streamable_http_app(json_response=True, stateless_http=True)
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call"}
    message["params"] = {"name": "ask", "arguments": {"question": "phí"}}
    headers = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}
    with ExitStack() as stack:
        client = stack.enter_context(TestClient(app, base_url="http://127.0.0.1:8765"))
        answered = client.post("/mcp", json=message, headers=headers)
        assert answered.json()["result"]["structuredContent"]["answerable"] is True
        assert client.post("/mcp", json=message, headers=headers | {"Host": "evil.example:8765"}).status_code == 421


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--http", "8765"], "'8765' is not HOST:PORT"),
        (["--http", "127.0.0.1:99999"], "is not HOST:PORT"),
        (["--http", "0.0.0.0:8765"], "listen on 127.0.0.1"),
    ],
)
def test_only_this_machine_is_served(opening: Opening, arguments: list[str], words: str) -> None:
    """Assistants bring no key, so no other machine is answered."""
    result = CliRunner().invoke(main, ["mcp", *arguments], obj=opening)
    assert result.exit_code == 2
    assert words in result.stderr


def test_without_the_package_the_remedy_is_named(opening: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK is optional."""
    monkeypatch.setitem(sys.modules, "mcp_types", None)
    monkeypatch.delitem(sys.modules, "api.mcp")
    monkeypatch.delattr("api.mcp")
    result = CliRunner().invoke(main, ["mcp"], obj=opening)
    assert result.exit_code == 1
    assert "pip install 'mcp" in result.stderr
