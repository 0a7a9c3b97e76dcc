"""`chidao serve`."""

from __future__ import annotations

import socket
from contextlib import ExitStack, nullcontext

import click

INSECURE = (
    "{host} can be reached from other machines and no key is configured: "
    "listen on 127.0.0.1, make a key with `chidao keys add NAME`, or add --insecure to serve without"
)


@click.command()
@click.option("--host", help="Address to listen on. [default: CHIDAO_HOST, 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on. [default: CHIDAO_PORT, 8000]")
@click.option("--insecure", is_flag=True, help="Listen on other addresses although no key is configured.")
def serve(host: str | None, port: int | None, insecure: bool) -> None:
    """Serve the web box and the API."""
    from api import settings
    from api.keys import Keyring

    chosen = settings.read()
    given = {"host": host, "port": port, "insecure": insecure or None}
    chosen = chosen.model_copy(update={name: value for name, value in given.items() if value is not None})
    if not chosen.loopback and not chosen.insecure and not Keyring(chosen.home).held():
        raise click.UsageError(INSECURE.format(host=chosen.host))
    with listening(chosen.host, chosen.port) as listener:
        import uvicorn

        from api.app import create_app
        from api.library import open_library

        with open_library(chosen) as library:
            app = create_app(chosen, lambda _: nullcontext(library))
            config = uvicorn.Config(app, log_level=chosen.log_level, server_header=False)
            click.echo(f"Chỉ Đạo: {chosen.address}", err=True)
            uvicorn.Server(config).run(sockets=[listener])


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens. Bound before anything is loaded, so that a taken port is told at once."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with ExitStack() as failing:
            listener = failing.enter_context(socket.socket(family, kind, protocol))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            failing.pop_all()
    except OSError as error:
        raise click.ClickException(
            f"cannot listen on {host}:{port} ({error.strerror or error}); choose another with --port or --host"
        ) from None
    return listener
