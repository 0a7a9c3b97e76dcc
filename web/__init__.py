"""The pages people see, as files: `ROOT` holds `index.html` and `document.html`, `STATIC` what they load."""

from pathlib import Path

ROOT: Path = Path(__file__).parent
STATIC: Path = ROOT / "static"

__all__ = ["ROOT", "STATIC"]
