"""Location of the files that come with the program: next to the code, or inside the frozen program."""

from __future__ import annotations

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a file or folder in `resources`, as in `resource("guides", "sto-twente.json")`."""
    bundle = getattr(sys, "_MEIPASS", None)  # where PyInstaller unpacks
    home = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return home.joinpath("resources", *parts)
