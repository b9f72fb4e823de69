"""Killed in the middle of a conversation: the next start is at the same question, with the same clock and line."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working_copies import WorkingCopies
from sto_desktop.ui.conversation.stage import ConversationStage
from sto_desktop.ui.stage import StageContext
from sto_desktop.ui.theme import Theme
from tests.ui import kill_panel
from tests.ui.conversation_support import WHO, ClockedSession, make_dossier, window_on


def test_killed_at_random_moments_it_goes_on_where_it_was(tmp_path: Path) -> None:
    assert kill_panel.run(tmp_path, times=4) > 0


def test_the_place_is_kept_before_the_begin_and_while_the_clock_stands_still(
    qtbot: QtBot, tmp_path: Path, theme: Theme, settings: SettingsStore
) -> None:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings) as room:
        room.next(3)
        there = room.current
        # Never closed: as after a kill.
        session = ClockedSession(WorkingCopies(room.home).open(room.session.path, WHO), room.clock)
        stage = ConversationStage(StageContext(session, theme, settings, lambda _stage: None, room.window.notify, {}))
        qtbot.addWidget(stage)
        assert stage.page is not None
        assert ": ".join(room.place(stage.page.live.current)) == there
        stage.page.close_down()
        session.close()
