"""A refusal by the outside world is reported once and in one way; a bug is not a refusal."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from sto_desktop.domain.errors import StoError
from sto_desktop.exchange.files.text_file import write_bytes
from sto_desktop.ui.base.doing import attempt

UI = Path(__file__).parents[3] / "sto_desktop" / "ui"


def test_what_can_be_done_is_done_and_nothing_is_told(tmp_path: Path) -> None:
    told: list[StoError] = []
    assert attempt(told.append, write_bytes, tmp_path / "verslag.txt", b"klaar")
    assert (tmp_path / "verslag.txt").read_bytes() == b"klaar"
    assert told == []


def test_what_the_world_refuses_is_told_and_said_to_have_failed(tmp_path: Path) -> None:
    told: list[StoError] = []
    assert not attempt(told.append, write_bytes, tmp_path / "geen map" / "verslag.txt", b"klaar")
    assert "bestaat niet" in str(told[0])
    assert len(told) == 1


def test_a_bug_is_no_refusal() -> None:
    told: list[StoError] = []
    with pytest.raises(ZeroDivisionError):
        attempt(told.append, lambda: 1 // 0)
    assert told == []


def test_no_screen_swallows_an_error_of_the_world() -> None:
    swallowed = [
        f"{file.relative_to(UI)}:{node.lineno}"
        for file in UI.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and ast.unparse(node.type or node) == "StoError" and node.name is None
        # What goes on to whoever tells it is not swallowed.
        if not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
    ]
    # The window's geometry is not worth keeping the window open for.
    assert [place.split(":")[0] for place in swallowed] == ["shell/main_window.py"]
