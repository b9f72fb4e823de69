"""Every dialog fits small screens, takes Enter and Esc as all others do, and is found by the words on its buttons."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.every_dialog import on_screen


@pytest.mark.long
@pytest.mark.timeout(400)
@pytest.mark.parametrize("size", [(683, 384), (1366, 768)])
def test_nothing_is_wrong_with_any_dialog(tmp_path: Path, size: tuple[int, int]) -> None:
    assert on_screen(tmp_path, *size) == []
