"""How commands fail: in one line on standard error, without a traceback.

Exit status: 0 done, 1 it could not be done, 2 it was asked for wrongly, 130 interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

INTERRUPTED = 130


class Commands(click.Group):
    """A group whose errors take one line each."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):  # an ASCII locale must not stop Vietnamese text
                stream.reconfigure(encoding="utf-8", errors="replace")
        try:
            outcome = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.ctx.get_help() if error.ctx else error.format_message())
            sys.exit(0)
        except click.UsageError as error:
            fail(_usage(error), 2)
        except click.ClickException as error:
            fail(error.format_message(), error.exit_code)
        except click.Abort:
            sys.exit(INTERRUPTED)
        except Exception as error:
            line, status = _foreseen(error)
            fail(line, status)
        sys.exit(outcome if isinstance(outcome, int) else 0)


def fail(line: str, status: int) -> None:
    """Say why on standard error, in one line, and exit."""
    click.echo(f"chidao: {' '.join(line.split())}", err=True)
    sys.exit(status)


def _usage(error: click.UsageError) -> str:
    hint = f" Try '{error.ctx.command_path} --help'." if error.ctx is not None else ""
    return error.format_message() + hint


def _foreseen(error: Exception) -> tuple[str, int]:
    """The line and the exit status for an error of the rooms; any other is a defect and is raised again."""
    from api.problems import Refusal
    from api.settings import SettingsError
    from index.model import IndexFailure, NoGeneration
    from ingest.model import IngestError

    match error:
        case Refusal():
            return error.detail("en"), 2 if error.kind == "invalid-input" else 1
        case SettingsError():
            return str(error), 2
        case NoGeneration():
            return Refusal("no-generation").detail("en"), 1
        case IndexFailure() | IngestError():
            return str(error), 1
        case OSError():
            named = f": {error.filename}" if error.filename else ""
            return f"{error.strerror or error}{named}", 1
    raise error
