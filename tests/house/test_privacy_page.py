"""docs/PRIVACY.md names files and tests that exist, and every demand on it has a place in the program and a test."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "PRIVACY.md").read_text(encoding="utf-8")


def test_every_test_named_on_the_page_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
    assert len(named) > 20
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).is_file()
        or name not in {node.name for node in ast.parse((ROOT / path).read_text(encoding="utf-8")).body
                        if isinstance(node, ast.FunctionDef)}
    ]  # fmt: skip
    assert missing == []


def test_every_file_named_on_the_page_exists() -> None:
    named = set(re.findall(r"`((?:tests/|resources/)?[\w/]+\.(?:py|txt))`", PAGE))
    assert len(named) > 15
    homes = (ROOT, ROOT / "sto_desktop")
    assert [name for name in sorted(named) if not any((home / name).is_file() for home in homes)] == []


def test_every_demand_has_a_place_and_a_test() -> None:
    rows = [line.split("|")[1:-1] for line in PAGE.split("## Demands")[1].split("## Open")[0].splitlines()
            if line.startswith("| ")][1:]  # fmt: skip
    assert len(rows) > 12
    assert [row[0] for row in rows if len(row) != 3 or "`tests/" not in row[2] or not row[1].strip()] == []
