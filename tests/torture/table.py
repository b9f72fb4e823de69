"""The table in docs/TORTURE.md: how many runs of each kind were done in all, and which seeds failed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from sto_desktop.own_files import write_whole
from tests.torture.kinds import KINDS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "TORTURE.md"
_ROW = re.compile(r"^\| `(?P<name>[\w ]+)` \|.*\| (?P<done>[\d,]+) \| (?P<failed>[^|]*) \|$", re.MULTILINE)


@dataclass
class Counts:
    """Runs done, which are the seeds from 0, and the seeds that failed."""

    done: int = 0
    failed: list[int] = field(default_factory=list)


def read() -> dict[str, Counts]:
    """Return the counts of every kind."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    found = {row["name"]: row for row in _ROW.finditer(text)}
    return {
        name: Counts(
            int(found[name]["done"].replace(",", "")), [int(seed) for seed in re.findall(r"\d+", found[name]["failed"])]
        )
        if name in found
        else Counts()
        for name in KINDS
    }


def rows(counts: dict[str, Counts]) -> str:
    """Return the table."""
    lines = ["| kind | one run | wanted | done | failed seeds |", "|---|---|---|---|---|"]
    for name, kind in KINDS.items():
        failed = ", ".join(map(str, counts[name].failed)) or "none"
        lines.append(f"| `{name}` | {kind.about} | {kind.wanted:,} | {counts[name].done:,} | {failed} |")
    return "\n".join(lines)


def write(counts: dict[str, Counts]) -> None:
    """Put the table in the page, between its markers."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split("<!-- counts -->\n", 1)
    after = rest.split("<!-- /counts -->", 1)[1]
    # At once, since another kind may read it meanwhile.
    write_whole(PAGE, f"{before}<!-- counts -->\n{rows(counts)}\n<!-- /counts -->{after}".encode())
