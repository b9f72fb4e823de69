"""The code stands in rooms whose arrows go down only, and docs/ARCHITECTURE.md shows them as they are."""

from __future__ import annotations

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
