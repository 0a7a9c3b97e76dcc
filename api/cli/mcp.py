"""`chidao mcp`."""

from __future__ import annotations

import logging
import sys

import click

from api.cli.serve import listening
from api.cli.terminal import Opening, opened

MISSING = "the package `mcp` is not installed; install it with: .venv/bin/pip install 'mcp>=2,<3'"
LOCAL = "{host} can be reached from other machines, and assistants bring no key: listen on 127.0.0.1 or localhost"


class Address(click.ParamType[tuple[str, int]]):
    """HOST:PORT, with the host of IPv6 in brackets."""

    name = "address"

    def convert(
        self, value: str | tuple[str, int], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        if isinstance(value, tuple):
            return value
        host, _, port = value.rpartition(":")
        if not host or not port.isdecimal() or not 1 <= int(port) <= 65_535:
            self.fail(f"{value!r} is not HOST:PORT; write for example 127.0.0.1:8765", param, ctx)
        return host.strip("[]"), int(port)


@click.command()
@click.option("--http", "address", type=Address(), metavar="HOST:PORT", help="Serve http://HOST:PORT/mcp instead.")
@click.pass_obj
def mcp(opening: Opening | None, address: tuple[str, int] | None) -> None:
    """Serve assistants that speak the Model Context Protocol, over standard input and output.

    The tools are search, ask, assignments and show_clause; each answers the API's JSON.
    """
    from api import settings

    chosen = settings.read()
    if address is not None:
        chosen = chosen.model_copy(update={"host": address[0], "port": address[1]})
        if not chosen.loopback:
            raise click.UsageError(LOCAL.format(host=chosen.host))
    try:
        from api import mcp as protocol
    except ModuleNotFoundError as error:
        if error.name not in ("mcp", "mcp_types"):
            raise
        raise click.ClickException(MISSING) from None
    if address is None:
        logging.basicConfig(stream=sys.stderr, level=chosen.log_level.upper())
        with opened(opening) as library:
            protocol.over_stdio(library)
        return
    with listening(chosen.host, chosen.port) as listener, opened(opening) as library:
        click.echo(f"Chỉ Đạo: {chosen.address}/mcp", err=True)
        protocol.over_http(library, listener, chosen)
