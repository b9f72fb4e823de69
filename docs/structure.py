"""Writes the table of rooms in ARCHITECTURE.md from the code itself: what each folder is for, and what it may know.

`make structure` writes it; `make test` fails where it no longer holds.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "ARCHITECTURE.md"
PACKAGE = "sto_desktop"
BEGIN, END = "<!-- rooms: made by `make structure` -->\n", "<!-- /rooms -->\n"


def rooms() -> Iterator[tuple[str, Path]]:
    """Yield every folder of the package, and the files that stand in none, by their dotted names below it."""
    home = ROOT / PACKAGE
    for file in sorted(home.glob("[!_]*.py")):
        yield file.stem, file
    for init in sorted(home.rglob("*/__init__.py")):
        yield ".".join(init.parent.relative_to(home).parts), init.parent


def files_in(room: Path) -> int:
    """Return how many files of code a room has."""
    return sum(1 for _ in room.glob("[!_]*.py")) if room.is_dir() else 1


def purpose(room: Path) -> str:
    """Return the first line of a room's docstring."""
    source = room / "__init__.py" if room.is_dir() else room
    text = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return text.split("\n", 1)[0]


def imports() -> Mapping[str, set[str]]:
    """Return, for each room, the rooms that its files import; imports inside functions and for types count too."""
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    names = {name for name, _ in rooms()}

    def room_of(module: str) -> str:
        below = module.removeprefix(PACKAGE).lstrip(".")
        return below if below in names else below.rpartition(".")[0]

    known: dict[str, set[str]] = defaultdict(set)
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            known[room_of(module)].add(room_of(imported))
    # The package itself holds the version and nothing else.
    return {room: others - {room, ""} for room, others in known.items() if room}


def order(known: Mapping[str, set[str]]) -> list[str]:
    """Return the rooms, each above all that it imports; ValueError where there is a cycle."""
    height: dict[str, int] = {}

    def height_of(room: str, above: tuple[str, ...]) -> int:
        if room in above:
            raise ValueError(f"cycle: {' -> '.join((*above, room))}")
        if room not in height:
            height[room] = 1 + max((height_of(other, (*above, room)) for other in known.get(room, ())), default=-1)
        return height[room]

    return sorted((name for name, _ in rooms()), key=lambda room: (-height_of(room, ()), room))


def table() -> str:
    """Return the table as Markdown: the rooms from top to bottom; arrows only go down."""
    folders, known = dict(rooms()), imports()
    lines = ["| room | files | what it is for | imports |", "|---|---|---|---|"]
    for room in order(known):
        others = ", ".join(f"`{_short(other)}`" for other in sorted(known.get(room, ())))
        lines.append(f"| `{_short(room)}` | {files_in(folders[room])} | {purpose(folders[room])} | {others} |")
    return "\n".join(lines) + "\n"


def _short(room: str) -> str:
    return room.replace(".", "/")


def with_table(page: str) -> str:
    """Return the page with the table as it should be."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + "\n" + table() + "\n" + END + rest.split(END)[1]


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
