"""`chidao keys`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.cli.terminal import visible

if TYPE_CHECKING:
    from api.keys import Keyring

SCOPES = ("read", "write", "admin")
LONGEST = 64


def _name(ctx: click.Context, param: click.Parameter, value: str) -> str:
    if not value.strip() or len(value) > LONGEST or not value.isprintable():
        raise click.BadParameter(f"{value!r} is no name; write 1 to {LONGEST} printable characters")
    return value.strip()


@click.group()
def keys() -> None:
    """Keys for callers over the network; once there is one, nobody is answered without."""


@keys.command()
@click.argument("name", callback=_name)
@click.option(
    "--scope",
    type=click.Choice(SCOPES),
    default="read",
    show_default=True,
    help="read: ask; write: also add and remove documents; admin: also rebuild the index.",
)
def add(name: str, scope: str) -> None:
    """Make a key for NAME and print it, once."""
    token = _keyring().add(name, scope)  # type: ignore[arg-type]  # click lets no other through
    click.echo(token)
    click.echo(f"the key of {name!r} ({scope}) is shown this once: give it to its holder now", err=True)


@keys.command("list")
def listed() -> None:
    """List the keys: name, scope and when each was made."""
    for key in _keyring().held():
        click.echo(f"{visible(key.name)}  {key.scope}  {key.made}")


@keys.command()
@click.argument("name")
def revoke(name: str) -> None:
    """Take the key of NAME away; a running server refuses it from now on."""
    _keyring().revoke(name)
    click.echo(f"revoked {visible(name)}")


def _keyring() -> Keyring:
    from api import settings
    from api.keys import Keyring

    return Keyring(settings.read().home)
