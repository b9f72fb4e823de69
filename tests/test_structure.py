"""The code stands in rooms whose arrows go down only, and docs/ARCHITECTURE.md shows them as they are."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from docs import structure


def test_the_table_of_rooms_is_that_of_the_code() -> None:
    page = structure.PAGE.read_text(encoding="utf-8")
    assert structure.with_table(page) == page, "run: make structure"


def test_no_room_imports_one_that_imports_it() -> None:
    assert set(structure.order(structure.imports())) == {name for name, _ in structure.rooms()}


def test_a_cycle_of_rooms_is_found() -> None:
    with pytest.raises(ValueError, match="cycle: domain -> ui -> report -> domain"):
        structure.order({"ui": {"report"}, "report": {"domain"}, "domain": {"ui"}})


def test_no_room_is_crowded() -> None:
    crowded = {name: structure.files_in(room) for name, room in structure.rooms() if structure.files_in(room) > 16}
    assert crowded == {}


def _outside(path: Path) -> list[str]:
    """Return the expressions of a test that reach above the checkout, or into a folder beside it."""
    above = len(path.relative_to(structure.ROOT).parts)
    reaching = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Subscript(value=ast.Attribute(attr="parents"), slice=ast.Constant(value=int(steps))):
                outside = steps >= above
            case ast.Attribute(value=ast.Name(id="ROOT"), attr="parent"):
                outside = True
            case ast.BinOp(op=ast.Div(), right=ast.Constant(value=str(folder))):
                outside = ".." in folder.split("/")
            case _:
                continue
        if outside:
            reaching.append(f"{path.name}:{node.lineno} {ast.unparse(node)}")
    return reaching


@pytest.mark.long
def test_no_test_looks_outside_the_checkout() -> None:
    assert [line for path in sorted((structure.ROOT / "tests").rglob("*.py")) for line in _outside(path)] == []
