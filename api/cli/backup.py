"""`chidao backup` and `chidao restore`."""

from __future__ import annotations

from pathlib import Path

import click

MEGABYTE = 1_000_000


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write everything under CHIDAO_HOME into FILE, a tar.gz; people can go on asking meanwhile.

    FILE is replaced when the backup is whole. It holds the documents: keep it as you keep them.
    """
    from api import settings
    from api.library import open_store
    from index import backup as backups

    if not file.parent.is_dir():
        raise click.UsageError(f"there is no folder {str(file.parent)!r} to write to")
    chosen = settings.read()
    if not (chosen.home / backups.STORE).exists():
        raise click.ClickException(f"{str(chosen.home)!r} holds no documents: set CHIDAO_HOME, or run `chidao ingest`")
    with open_store(chosen) as store:
        contents = backups.write(store, file)
    click.echo(f"{contents.documents} documents, {file.stat().st_size / MEGABYTE:.1f} MB: {file}")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace the documents that CHIDAO_HOME holds.")
def restore(file: Path, force: bool) -> None:
    """Put the backup FILE into CHIDAO_HOME, after all of it was checked. Stop the server before."""
    from api import settings
    from index import backup as backups

    chosen = settings.read()
    contents = backups.restore(file, chosen.home, force=force)
    click.echo(f"{contents.documents} documents as of {contents.made}: {chosen.home}")
