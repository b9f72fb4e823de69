"""Every dialog fits the smallest screen, takes Enter and Esc as others do, and is found by the words on its buttons."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.every_dialog import on_screen


@pytest.mark.long
@pytest.mark.timeout(400)
def test_nothing_is_wrong_with_any_dialog(tmp_path: Path) -> None:
    """On 1366 × 768 at 200 %; `python -m tests.ui.every_dialog` looks on other screens."""
    assert on_screen(tmp_path, 683, 384) == []
