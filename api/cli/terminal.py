"""What commands read from and print on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from pydantic import BaseModel

    from api.library import Library
    from api.settings import Settings

    Request = TypeVar("Request", bound=BaseModel)

Opening = Callable[["Settings"], AbstractContextManager["Library"]]

INDENT = "    "
WIDTH = 100


def day(text: str) -> date:
    """A date as 2026-11-21, or 21/11/2026 as it is written in Vietnam; the type of an option."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise click.BadParameter(f"{text!r} is not a date; write it as 2026-11-21 or 21/11/2026")


@contextmanager
def opened(opening: Opening | None) -> Iterator[Library]:
    """The library that the settings name, opened for one command (with the encoder that starts fast)."""
    from api import settings
    from api.library import open_library

    chosen = settings.read()
    with opening(chosen) if opening is not None else open_library(chosen, light=True) as library:
        yield library


def asked(kind: type[Request], **fields: object) -> Request:
    """A request with these fields. Raises `Refusal` with the faults in them."""
    from pydantic import ValidationError

    from api.problems import invalid

    try:
        return kind(**fields)
    except ValidationError as error:
        raise invalid(error.errors()) from None


def as_json(answer: BaseModel) -> str:
    """The same JSON as the API answers, indented."""
    return answer.model_dump_json(by_alias=True, indent=2) + "\n"


def echo_json(answer: BaseModel) -> None:
    """Print the same JSON as the API answers."""
    click.echo(as_json(answer), nl=False)


def shown_date(day: date | None) -> str:
    """As it is written in Vietnam: 30/09/2022."""
    return day.strftime("%d/%m/%Y") if day is not None else ""


def visible(text: str) -> str:
    """Text of a document without the control characters by which a file could command the terminal."""
    return "".join(c for c in text if c.isprintable() or c == "\n")


def paragraph(text: str, indent: str = INDENT) -> str:
    """Text wrapped under an indent; its own line breaks stay."""
    return "\n".join(
        click.wrap_text(visible(line), width=WIDTH, initial_indent=indent, subsequent_indent=indent)
        for line in text.splitlines()
    )
