"""Killed during a conversation: the next start is at the same question, with the same clock and line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.ui.base.stage import StageContext
from sto_desktop.ui.conversation.page.page import ConversationPage
from sto_desktop.ui.conversation.stage import ConversationStage
from sto_desktop.ui.look.theme import Appearance
from tests.ui import kill_panel
from tests.ui.conversation_support import ALT, WHO, ClockedSession, Room, make_dossier, window_on

pytestmark = pytest.mark.long


@contextmanager
def after_a_kill(qtbot: QtBot, room: Room, theme: Appearance, settings: SettingsStore) -> Iterator[ConversationPage]:
    """The same dossier at the next start: the first one was never closed."""
    session = ClockedSession(WorkingCopies(room.home).open(room.session.path, WHO), room.clock)
    stage = ConversationStage(StageContext(session, theme, settings, lambda _stage: None, room.window.notify, {}))
    qtbot.addWidget(stage)
    assert stage.page is not None
    yield stage.page
    stage.page.close_down()
    session.close()


def test_killed_at_random_moments_it_goes_on_where_it_was(tmp_path: Path) -> None:
    assert kill_panel.run(tmp_path, times=4) > 0


def test_the_place_is_kept_before_the_begin_and_while_the_clock_stands_still(
    qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore
) -> None:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings) as room:
        room.next(3)
        there = room.current
        with after_a_kill(qtbot, room, theme, settings) as page:
            assert ": ".join(room.place(page.live.place.current)) == there


def test_a_round_goes_on_where_it_was_and_not_at_another_question(
    qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore
) -> None:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings) as room:
        room.press(Qt.Key.Key_F5)
        room.press(Qt.Key.Key_R, ALT, times=3)
        bar = room.page.round_bar
        going = bar.turn.text(), bar.after.text()
        assert going == ("Rondje: Annemarie", "3 van 7 · daarna Hilde")
        with after_a_kill(qtbot, room, theme, settings) as page:
            assert (page.round_bar.turn.text(), page.round_bar.after.text()) == going
            assert page.line.draft.speaker == page.live.rows.panelists[2].id
        room.next()
        with after_a_kill(qtbot, room, theme, settings) as page:
            assert page.live.round is None
