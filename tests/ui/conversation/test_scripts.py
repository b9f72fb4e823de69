"""Whole panels by key events, with a clock that the script moves and every key of the help sheet (F1)."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.check import check_file
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.commands.table import COMMANDS
from sto_desktop.ui.look.theme import Appearance
from tests.ui.script_player import SCRIPTS, keys_of, player_at

pytestmark = pytest.mark.long


@pytest.mark.parametrize("script", sorted(SCRIPTS.glob("*.script")), ids=lambda path: path.stem)
def test_a_script_is_played_to_its_end(
    script: Path, qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path
) -> None:
    with player_at(qtbot, theme, settings, tmp_path / "Documenten") as player:
        player.play(script)
    for path in (tmp_path / "Documenten").glob("*.sto"):
        assert not check_file(path).findings


ASKS_THE_SYSTEM = ("print_report",)
"""Opens a dialog of the system, which no script can answer; `test_report_stage.py` prints."""


def test_the_scripts_press_every_key_of_the_help_sheet() -> None:
    pressed = {(where, keys) for script in SCRIPTS.glob("*.script") for where, keys in keys_of(script)}
    everywhere = {keys for _, keys in pressed}
    missing = [
        f"{line.id} ({keys})"
        for line in COMMANDS
        if line.id not in ASKS_THE_SYSTEM
        for keys in line.keys
        if (
            keys not in everywhere
            if line.place.stage in ("", Stage.OVERVIEW)
            else (line.place.stage, keys) not in pressed
        )
    ]
    assert not missing, "no script presses: " + ", ".join(missing)
