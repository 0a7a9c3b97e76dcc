"""Who is let in: keys, scopes, rates, and pages of other sites."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from starlette.testclient import TestClient

from api.access import Rate, needed
from api.cli import main
from api.keys import FILE, Key, Keyring
from api.problems import Refusal
from tests.api.conftest import NOTICE, Opening
from tests.api.test_http import PROBLEM, V1

Serve = Callable[..., TestClient]


@pytest.fixture
def keyring(state: Path) -> Keyring:
    return Keyring(state)


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


# --- keys ---


def test_a_key_is_kept_as_a_hash_that_only_the_owner_reads(keyring: Keyring, state: Path) -> None:
    """The token is nowhere in the file, and finds its key."""
    token = keyring.add("cổng", "write")
    held = (state / FILE).read_text(encoding="utf-8")
    assert token not in held
    assert (state / FILE).stat().st_mode & 0o077 == 0
    assert [one["name"] for one in json.loads(held)] == ["cổng"]
    found = keyring.find(token)
    assert found is not None
    assert (found.name, found.scope) == ("cổng", "write")
    assert keyring.find(token + "x") is None
    assert keyring.find("") is None


def test_tokens_differ_and_names_do_not(keyring: Keyring) -> None:
    """Two keys have two tokens; one name has one key."""
    assert keyring.add("a", "read") != keyring.add("b", "read")
    with pytest.raises(Refusal, match="key-exists"):
        keyring.add("a", "admin")
    with pytest.raises(Refusal, match="unknown-key"):
        keyring.revoke("c")


@pytest.mark.parametrize("held", ["{", "[1]", '[{"name": "a"}]', '[{"name":"a","scope":"all","sha256":"","made":""}]'])
def test_keys_that_cannot_be_read_let_nobody_in(serve: Serve, keyring: Keyring, state: Path, held: str) -> None:
    """A damaged file is not a server without keys."""
    state.mkdir()
    (state / FILE).write_text(held, encoding="utf-8")
    with pytest.raises(Refusal, match="broken-keys"):
        keyring.held()
    assert serve().get(f"{V1}/search?q=phí").status_code == 500


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [("read", {"read"}), ("write", {"read", "write"}), ("admin", {"read", "write", "admin"})],
)
def test_a_scope_holds_those_before_it(scope: str, allowed: set[str]) -> None:
    """Who may change may ask."""
    key = Key(name="a", scope=scope, sha256="", made="")  # type: ignore[arg-type]
    assert {one for one in ("read", "write", "admin") if key.may(one)} == allowed  # type: ignore[arg-type]


# --- requests ---


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/", None),
        ("GET", "/ledger", None),
        ("GET", "/static/style.css", None),
        ("GET", f"/d/{NOTICE}", None),
        ("GET", "/healthz", None),
        ("GET", "/readyz", None),
        ("GET", "/metrics", "read"),
        ("GET", "/feeds/stc.ics", "read"),
        ("GET", f"{V1}/search", "read"),
        ("HEAD", f"{V1}/documents/{NOTICE}/source", "read"),
        ("POST", f"{V1}/ask", "read"),
        ("POST", f"{V1}/documents", "write"),
        ("DELETE", f"{V1}/documents/{NOTICE}", "write"),
        ("POST", f"{V1}/reindex", "admin"),
        ("PUT", f"{V1}/anything", "write"),
        ("GET", "/anything", "read"),
        ("GET", "/healthz/../api/v1/search", "read"),
    ],
)
def test_every_request_needs_its_scope(method: str, path: str, scope: str | None) -> None:
    """Pages and health are open; what is not known is not."""
    assert needed(method, path) == scope


def test_without_keys_this_machine_may_do_everything(client: TestClient) -> None:
    """No key configured: read and write."""
    assert client.get(f"{V1}/search?q=phí").status_code == 200


def test_with_a_key_nobody_is_answered_without(serve: Serve, keyring: Keyring) -> None:
    """From the next request on, on this machine too; pages and health stay open."""
    client = serve()
    token = keyring.add("portal", "read")
    refused = client.get(f"{V1}/search?q=phí", headers={"Accept-Language": "en"})
    assert (refused.status_code, refused.headers["content-type"]) == (401, PROBLEM)
    assert "Bearer" in refused.headers["www-authenticate"]
    assert refused.headers["x-content-type-options"] == "nosniff"
    assert "chidao keys add" in refused.json()["detail"]
    assert client.get(f"{V1}/search?q=phí", headers=_bearer(token)).status_code == 200
    assert client.post(f"{V1}/ask", json={"question": "phí"}, headers=_bearer(token)).status_code == 200
    for address in ("/", "/healthz", "/static/style.css"):
        assert client.get(address).status_code == 200


def test_a_revoked_key_is_refused_at_once(serve: Serve, keyring: Keyring) -> None:
    """The server looks at the file with every request."""
    client = serve()
    token, _ = keyring.add("portal", "read"), keyring.add("other", "read")
    assert client.get(f"{V1}/search?q=phí", headers=_bearer(token)).status_code == 200
    keyring.revoke("portal")
    assert client.get(f"{V1}/search?q=phí", headers=_bearer(token)).status_code == 401


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer x",
        "Basic",
        "Basic x",
        "Basic ////",
        "Digest x",
        "Basic " + b64encode(b"\xff:\xff").decode(),
    ],
)
def test_anything_but_a_key_is_refused(serve: Serve, keyring: Keyring, authorization: str) -> None:
    """401, whatever is sent."""
    keyring.add("portal", "read")
    refused = serve().get(f"{V1}/search?q=phí", headers={"Authorization": authorization})
    assert refused.status_code == 401


def test_a_browser_and_a_calendar_send_the_key_as_a_password(serve: Serve, keyring: Keyring) -> None:
    """HTTP Basic with any name."""
    token = keyring.add("portal", "read")
    client = serve()
    for name in ("", "anna"):
        basic = {"Authorization": "Basic " + b64encode(f"{name}:{token}".encode()).decode()}
        assert client.get("/feeds/STC.ics", headers=basic).status_code == 200


def test_a_key_without_the_scope_is_told_so(serve: Serve, keyring: Keyring) -> None:
    """403 names what the key allows and what is needed."""
    token = keyring.add("portal", "read")
    refused = serve().delete(f"{V1}/documents/x", headers=_bearer(token) | {"Accept-Language": "en"})
    assert refused.status_code == 403
    assert refused.json()["detail"] == "The key of “portal” allows read; this needs write."


def test_past_the_rate_a_key_has_to_wait(serve: Serve, keyring: Keyring) -> None:
    """429 with the seconds after which it may come again; another key is not held up."""
    first, second = keyring.add("a", "read"), keyring.add("b", "read")
    client = serve(rate_limit=2)
    codes = [client.get(f"{V1}/search?q=phí", headers=_bearer(first)).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    refused = client.get(f"{V1}/search?q=phí", headers=_bearer(first))
    assert 1 <= int(refused.headers["retry-after"]) <= 30
    assert client.get(f"{V1}/search?q=phí", headers=_bearer(second)).status_code == 200


def test_a_rate_is_refilled_as_time_goes() -> None:
    """A minute's worth at once, then one by one."""
    now = 0.0
    rate = Rate(60, clock=lambda: now)
    for _ in range(60):
        rate.take("a")
    with pytest.raises(Refusal) as refused:
        rate.take("a")
    assert refused.value.values["seconds"] == 1
    now = 1.0
    rate.take("a")
    with pytest.raises(Refusal):
        rate.take("a")


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:9999", "http://127.0.0.1:8000.evil.example"]
)
def test_a_page_of_another_site_changes_nothing(client: TestClient, origin: str) -> None:
    """A form there could send documents to this machine, where no key is needed."""
    refused = client.delete(f"{V1}/documents/{NOTICE}", headers={"Origin": origin})
    assert refused.status_code == 403
    own = client.delete(f"{V1}/documents/nope", headers={"Origin": "http://127.0.0.1:8000"})
    assert own.status_code != 403


def test_other_machines_are_served_with_keys_only(serve: Serve, keyring: Keyring) -> None:
    """And when the last key is revoked nobody is let in, under whatever name the server goes."""
    token = keyring.add("portal", "read")
    client = serve("http://chidao.example.vn", host="0.0.0.0")
    assert client.get(f"{V1}/search?q=phí", headers=_bearer(token)).status_code == 200
    assert client.get(f"{V1}/search?q=phí").status_code == 401
    keyring.revoke("portal")
    assert client.get(f"{V1}/search?q=phí").status_code == 401


# --- the command line ---


@pytest.fixture
def run(opening: Opening, monkeypatch: pytest.MonkeyPatch, state: Path) -> Callable[..., Result]:
    monkeypatch.setenv("CHIDAO_HOME", str(state))
    return lambda *arguments: CliRunner().invoke(main, arguments, obj=opening, catch_exceptions=False)


def test_keys_are_made_listed_and_revoked(run: Callable[..., Result], keyring: Keyring) -> None:
    """The token alone on standard output, so that a script can take it."""
    made = run("keys", "add", "cổng thông tin", "--scope", "write")
    assert made.exit_code == 0
    found = keyring.find(made.stdout.strip())
    assert found is not None
    assert found.scope == "write"
    assert run("keys", "list").stdout.startswith("cổng thông tin  write  20")
    assert run("keys", "revoke", "cổng thông tin").exit_code == 0
    assert run("keys", "list").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["keys", "add"], 2, "Missing argument 'NAME'"),
        (["keys", "add", " "], 2, "is no name"),
        (["keys", "add", "a\x07"], 2, "is no name"),
        (["keys", "add", "a", "--scope", "all"], 2, "'all' is not one of"),
        (["keys", "revoke", "a"], 1, "There is no key of “a”"),
        (["keys", "lst"], 2, "No such command 'lst'"),
    ],
)
def test_a_mistake_with_keys_takes_one_line(
    run: Callable[..., Result], arguments: list[str], status: int, words: str
) -> None:
    """As with every command."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (status, "", 1)
    assert words in result.stderr


def test_a_key_opens_other_addresses(run: Callable[..., Result], keyring: Keyring) -> None:
    """Without one `serve` refuses them and names the command; with one it goes on to listen."""
    assert "chidao keys add" in run("serve", "--host", "0.0.0.0").stderr
    keyring.add("portal", "read")
    assert "cannot listen on 192.0.2.1" in run("serve", "--host", "192.0.2.1").stderr  # TEST-NET-1: no machine has it
