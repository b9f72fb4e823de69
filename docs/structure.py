"""Generates the table of rooms in ARCHITECTURE.md from the code: the purpose of each folder, and what it imports.

`make structure` writes it; `make test` fails if it is out of date.
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
    """Yield the rooms: every subpackage and top-level module, with dotted name relative to the package and path."""
    home = ROOT / PACKAGE
    for file in sorted(home.glob("[!_]*.py")):
        yield file.stem, file
    for init in sorted(home.rglob("*/__init__.py")):
        yield ".".join(init.parent.relative_to(home).parts), init.parent


def files_in(room: Path) -> int:
    """Return the number of code files in a room."""
    return sum(1 for _ in room.glob("[!_]*.py")) if room.is_dir() else 1


def purpose(room: Path) -> str:
    """Return the first line of a room's docstring."""
    source = room / "__init__.py" if room.is_dir() else room
    text = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return text.split("\n", 1)[0]


def imports() -> Mapping[str, set[str]]:
    """Return, for each room, the rooms that its files import, including imports inside functions and for types."""
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    names = {name for name, _ in rooms()}

    def room_of(module: str) -> str:
        below = module.removeprefix(PACKAGE).lstrip(".")
        return below if below in names else below.rpartition(".")[0]

    imported_by_room: dict[str, set[str]] = defaultdict(set)
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            imported_by_room[room_of(module)].add(room_of(imported))
    # The package itself is no room: it only has the version.
    return {room: imported_rooms - {room, ""} for room, imported_rooms in imported_by_room.items() if room}


def order(imported_by_room: Mapping[str, set[str]]) -> list[str]:
    """Return the rooms, each before all rooms that it imports; ValueError if there is a cycle."""
    height: dict[str, int] = {}

    def height_of(room: str, above: tuple[str, ...]) -> int:
        if room in above:
            raise ValueError(f"cycle: {' -> '.join((*above, room))}")
        if room not in height:
            height[room] = 1 + max(
                (height_of(other, (*above, room)) for other in imported_by_room.get(room, ())), default=-1
            )
        return height[room]

    return sorted((name for name, _ in rooms()), key=lambda room: (-height_of(room, ()), room))


def table() -> str:
    """Return the table as Markdown: each room above all rooms that it imports."""
    folders, imported_by_room = dict(rooms()), imports()
    lines = ["| room | files | what it is for | imports |", "|---|---|---|---|"]
    for room in order(imported_by_room):
        others = ", ".join(f"`{_short(other)}`" for other in sorted(imported_by_room.get(room, ())))
        lines.append(f"| `{_short(room)}` | {files_in(folders[room])} | {purpose(folders[room])} | {others} |")
    return "\n".join(lines) + "\n"


def _short(room: str) -> str:
    return room.replace(".", "/")


def with_table(page: str) -> str:
    """Return the page with an up-to-date table."""
    before, after = page.split(BEGIN)
    return before + BEGIN + "\n" + table() + "\n" + END + after.split(END)[1]


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
