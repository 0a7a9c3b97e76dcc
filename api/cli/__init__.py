"""`chidao`: one command for each thing that people do with the library.

The modules here import nothing heavy at their top, so that `chidao --help` is instant.
"""

from __future__ import annotations

import click

from api.cli.ask import ask, search
from api.cli.assignments import assignments
from api.cli.backup import backup, restore
from api.cli.command import Commands
from api.cli.doctor import doctor
from api.cli.documents import documents, remove, show
from api.cli.evaluate import evaluate
from api.cli.ingest import ingest
from api.cli.keys import keys
from api.cli.mcp import mcp
from api.cli.serve import serve


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    commands=[
        ingest,
        serve,
        ask,
        search,
        documents,
        show,
        remove,
        assignments,
        evaluate,
        mcp,
        keys,
        backup,
        restore,
        doctor,
    ],
)
@click.version_option(package_name="chidao", message="%(prog)s %(version)s")
def main() -> None:
    """Chỉ Đạo: who is told to do what, by when, and where it says so.

    Settings are environment variables CHIDAO_…; state lives under CHIDAO_HOME (./var).
    """
