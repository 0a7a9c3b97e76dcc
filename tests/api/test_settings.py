"""Settings come from CHIDAO_… variables, and a mistake in one is told, never swallowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from api import settings

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in settings.variables():
        monkeypatch.delenv(variable, raising=False)


def test_defaults_serve_this_machine_only() -> None:
    """Nothing set: ./var, port 8000, loopback, the shipped encoder."""
    read = settings.read()
    assert (read.home, read.port, read.encoder) == (Path("var"), 8000, settings.SHIPPED)
    assert read.loopback
    assert not read.insecure


def test_variables_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable overrides its default; a home under ~ is expanded; log levels are read without case."""
    monkeypatch.setenv("CHIDAO_HOME", "~/store")
    monkeypatch.setenv("CHIDAO_PORT", "9000")
    monkeypatch.setenv("CHIDAO_LOG_LEVEL", "WARNING")
    read = settings.read()
    assert (read.home, read.port, read.log_level) == (Path.home() / "store", 9000, "warning")


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """`CHIDAO_PORT=` in an environment file is no port."""
    monkeypatch.setenv("CHIDAO_PORT", "")
    assert settings.read().port == 8000


@pytest.mark.parametrize(
    ("variable", "nearest"),
    [
        ("CHIDAO_HOEM", "CHIDAO_HOME"),
        ("CHIDAO_ENCODR", "CHIDAO_ENCODER"),
        ("CHIDAO_LOGLEVEL", "CHIDAO_LOG_LEVEL"),
        ("chidao_prot", "CHIDAO_PORT"),
    ],
)
def test_an_unknown_variable_names_the_nearest(monkeypatch: pytest.MonkeyPatch, variable: str, nearest: str) -> None:
    """A typo is an error, not a default."""
    monkeypatch.setenv(variable, "x")
    with pytest.raises(settings.SettingsError, match=f"{variable} is no setting; did you mean {nearest}"):
        settings.read()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CHIDAO_PORT", "eighty"),
        ("CHIDAO_PORT", "70000"),
        ("CHIDAO_LOG_LEVEL", "loud"),
        ("CHIDAO_INSECURE", "perhaps"),
        ("CHIDAO_MAX_BODY_BYTES", "1"),
        ("CHIDAO_LLM_URL", "127.0.0.1:8080"),
        ("CHIDAO_LLM_TIMEOUT", "0"),
    ],
)
def test_a_bad_value_is_quoted(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    """The message holds the variable and its value."""
    monkeypatch.setenv(variable, value)
    with pytest.raises(settings.SettingsError, match=f"{variable}={value}: "):
        settings.read()


def test_a_model_without_a_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address of a server says nothing of the model to ask there."""
    monkeypatch.setenv("CHIDAO_LLM_URL", "http://127.0.0.1:8080/v1")
    with pytest.raises(settings.SettingsError, match="CHIDAO_LLM_MODEL is not; name the model"):
        settings.read()


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.7", False),
        ("chidao.example.vn", False),
    ],
)
def test_loopback_is_told_from_the_rest(host: str, loopback: bool) -> None:
    """A name other than localhost may resolve anywhere, so it counts as reachable."""
    assert settings.Settings(host=host).loopback is loopback


@pytest.mark.parametrize("variable", settings.variables())
def test_readme_lists_every_setting_with_its_default(variable: str) -> None:
    """The table of settings in README has a row `| `CHIDAO_…` | `default` | … |` for each variable."""
    default, _ = settings.variables()[variable]
    rows = [line for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert any(f"`{variable}`" in row and f"`{default}`" in row for row in rows)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:9000"),
        ("chidao.example.vn", "http://chidao.example.vn:9000"),
        ("0.0.0.0", "http://127.0.0.1:9000"),
        ("::", "http://[::1]:9000"),
        ("[::1]", "http://[::1]:9000"),
    ],
)
def test_the_address_is_one_that_a_browser_can_open(host: str, address: str) -> None:
    """What is printed at the start, and what the links of an exported file begin with."""
    assert settings.Settings(host=host, port=9000).address == address
