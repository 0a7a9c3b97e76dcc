"""What can be set, and the only place that reads the environment.

Every setting is a variable `CHIDAO_…`; README lists them all. A variable that is set to nothing counts as
unset. An unknown one is an error, because a typo would otherwise be a silent default.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "CHIDAO_"
SHIPPED = "shipped"


class SettingsError(Exception):
    """A variable that is unknown or holds what it cannot hold; the message names it, its value and a remedy."""


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _expanded(path: object) -> object:
    return Path(path).expanduser() if isinstance(path, str) else path


class Settings(BaseSettings):
    """The settings of one process, read once and passed in."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid")

    home: Annotated[Path, BeforeValidator(_expanded)] = Field(
        default=Path("var"), description="folder that holds the store and the index"
    )
    encoder: str = Field(
        default=SHIPPED, description="encoder: `shipped`, or the name or path of a sentence-transformers model"
    )
    reranker: str | None = Field(
        default=None,
        description="cross-encoder that orders the best 30 clauses: name or path of one for sentence-transformers",
    )
    host: str = Field(default="127.0.0.1", description="address that `chidao serve` listens on")
    port: int = Field(default=8000, ge=1, le=65535, description="port that `chidao serve` listens on")
    insecure: bool = Field(
        default=False, description="listen on other addresses than this machine's own although no key is configured"
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)] = Field(
        default="info", description="least severe message that is logged: `debug`, `info`, `warning` or `error`"
    )
    ocr: bool = Field(default=True, description="recognise the text of scans (needs Tesseract and its Vietnamese data)")
    ocr_pages: int = Field(
        default=300, ge=1, description="most scanned pages of one file; a file with more is refused whole"
    )
    ocr_seconds: int = Field(
        default=1_800, ge=1, description="most seconds of recognition for one file; pages done by then are kept"
    )
    ocr_processes: int = Field(
        default=0, ge=0, le=256, description="pages recognised at a time on this machine; 0: as many as it has cores"
    )
    max_body_bytes: int = Field(
        default=1_048_576, ge=1_024, description="largest request body in bytes; a larger one is answered 413"
    )

    max_upload_bytes: int = Field(
        default=104_857_600, ge=1_024, description="largest upload of documents in bytes; a larger one is answered 413"
    )
    rate_limit: int = Field(default=600, ge=0, description="requests a minute that one key may make; `0` for no limit")
    llm_url: Annotated[str | None, Field(pattern=r"^https?://\S+$")] = Field(
        default=None,
        description="base address of an OpenAI-compatible API that phrases answers, such as `http://127.0.0.1:8080/v1`",
    )
    llm_model: str | None = Field(default=None, description="name of the model there")
    llm_key: SecretStr | None = Field(default=None, description="key that is sent there, if it needs one")
    llm_timeout: float = Field(
        default=20.0, gt=0, le=600, description="seconds after which an answer is given without the phrased one"
    )

    @model_validator(mode="after")
    def _model_is_named(self) -> Self:
        if self.llm_url is not None and self.llm_model is None:
            raise ValueError("CHIDAO_LLM_URL is set and CHIDAO_LLM_MODEL is not; name the model that shall answer")
        return self

    @property
    def address(self) -> str:
        """Where a browser finds the pages: `http://127.0.0.1:8000`; on this machine if every address is served."""
        host = self.host.strip("[]")
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def loopback(self) -> bool:
        """Whether `host` is reachable from this machine only."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return False


def variables() -> Mapping[str, tuple[str, str]]:
    """Every variable with its default and its meaning, in the order in which README lists them."""
    return {
        f"{PREFIX}{name.upper()}": (_shown(field.default), field.description or "")
        for name, field in Settings.model_fields.items()
    }


def read() -> Settings:
    """The settings that the environment holds. Raises `SettingsError`."""
    known = list(variables())
    for variable in os.environ:
        if variable.upper().startswith(PREFIX) and variable.upper() not in known:
            nearest = get_close_matches(variable.upper(), known, n=1, cutoff=0.0)[0]
            raise SettingsError(f"{variable} is no setting; did you mean {nearest}?")
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        if not first["loc"]:
            raise SettingsError(first["msg"].removeprefix("Value error, ")) from None
        variable = f"{PREFIX}{str(first['loc'][0]).upper()}"
        raise SettingsError(f"{variable}={first['input']!s}: {first['msg']}") from None


def _shown(default: object) -> str:
    if default is None:
        return "unset"
    if isinstance(default, bool):
        return str(default).lower()
    return f"./{default}" if isinstance(default, Path) else str(default)
