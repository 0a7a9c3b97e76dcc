"""The pages people see, as files: `ROOT` holds one HTML file for each, `STATIC` what they load."""

from pathlib import Path

ROOT: Path = Path(__file__).parent
STATIC: Path = ROOT / "static"

__all__ = ["ROOT", "STATIC"]
