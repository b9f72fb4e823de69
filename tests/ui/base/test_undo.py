"""One Ctrl+Z: first typing and then actions, without interference, wherever the focus goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.vocabulary import DebriefAuthor
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.elaborate import ElaborateStage, elaborate_stage
from sto_desktop.ui.elaborate.stage import DEBRIEF
from sto_desktop.ui.look.theme import Appearance
from tests.ui import elaborated_panel as panel
from tests.ui.prepare_support import Desk, desk_on

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Desk]:
    with desk_on(qtbot, theme, settings, tmp_path) as made:
        yield made


def fill(desk: Desk, text: str) -> None:
    """Fill in the place, as a separate action."""
    desk.click(desk.stage.side.form.place)
    desk.replace(text)
    desk.press(Qt.Key.Key_Tab)
    assert desk.panel.place == text


def hold_undo(desk: Desk, times: int) -> None:
    """Hold Ctrl+Z down: every press but the first is a repetition by the keyboard."""
    for number in range(times):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, CTRL, "", number > 0)
        QApplication.sendEvent(desk.focus(), event)
        assert not event.isAccepted()
        desk.window.actions_by_id["undo"].trigger()


def test_typing_goes_first_then_the_action_and_redo_is_the_way_back(desk: Desk) -> None:
    form = desk.stage.side.form
    fill(desk, "Technolab")
    desk.click(form.note_taker)
    desk.type("Kees")
    desk.ctrl(Qt.Key.Key_Z)
    assert (form.note_taker.text(), desk.panel.place) == ("", "Technolab")
    desk.ctrl(Qt.Key.Key_Z)
    assert (desk.panel.place, form.place.text()) == ("", "")
    desk.ctrl(Qt.Key.Key_Y)
    # The field has typing to redo, but the action was undone last.
    assert (form.note_taker.text(), desk.panel.place) == ("", "Technolab")
    desk.ctrl(Qt.Key.Key_Y)
    assert (form.note_taker.text(), desk.panel.place) == ("Kees", "Technolab")


def test_typing_after_undone_actions_is_the_first_to_be_undone(desk: Desk) -> None:
    form = desk.stage.side.form
    fill(desk, "Technolab")
    fill(desk, "De Wand")
    desk.click(form.note_taker)
    desk.ctrl(Qt.Key.Key_Z)
    assert desk.panel.place == "Technolab"
    desk.type("Kees")
    desk.ctrl(Qt.Key.Key_Z)
    assert (form.note_taker.text(), desk.panel.place) == ("", "Technolab")


def test_holding_the_key_stops_where_the_typing_began(desk: Desk) -> None:
    form = desk.stage.side.form
    fill(desk, "Technolab")
    desk.click(form.note_taker)
    desk.type("Kees")
    hold_undo(desk, 12)
    assert (form.note_taker.text(), desk.panel.place) == ("", "Technolab")
    desk.ctrl(Qt.Key.Key_Z)
    assert desk.panel.place == ""


def test_what_is_kept_is_the_programs_also_when_the_focus_comes_back(desk: Desk) -> None:
    form = desk.stage.side.form
    fill(desk, "Technolab")
    fill(desk, "De Wand")
    desk.click(form.place)
    desk.ctrl(Qt.Key.Key_Z)
    assert (desk.panel.place, form.place.text()) == ("Technolab", "Technolab")
    desk.press(Qt.Key.Key_Tab)
    # Leaving the field saves nothing new: the action stays undone, and can be redone.
    assert desk.session.redo_label() == "panelgegevens wijzigen"
    desk.ctrl(Qt.Key.Key_Y)
    assert (desk.panel.place, form.place.text()) == ("De Wand", "De Wand")


def test_the_button_says_what_it_is_about_and_leaves_the_keyboard_where_it_is(desk: Desk) -> None:
    form, button = desk.stage.side.form, desk.window.undo_button
    fill(desk, "Technolab")
    desk.click(form.note_taker)
    desk.qtbot.waitUntil(lambda: button.word() == "ongedaan maken: panelgegevens wijzigen")
    desk.type("Kees")
    desk.qtbot.waitUntil(lambda: button.word() == "ongedaan maken: typen")
    desk.click(button)
    assert desk.focus() is form.note_taker
    assert (form.note_taker.text(), desk.panel.place, desk.panel.note_taker) == ("", "Technolab", "")
    desk.qtbot.waitUntil(lambda: button.word() == "ongedaan maken: panelgegevens wijzigen")


def test_a_text_that_was_kept_under_the_hands_is_undone_as_an_action(
    qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path
) -> None:
    copy = panel.make_copy(tmp_path)
    window, session = panel.open_window(qtbot, theme, settings, copy, Stage.ELABORATE, elaborate_stage)
    stage = window.stage_widget(Stage.ELABORATE)
    assert isinstance(stage, ElaborateStage)
    stage.show_page(DEBRIEF)
    field = stage.debrief.field(DebriefAuthor.MODERATOR, "stood_out")
    field.setFocus()
    QTest.keyClicks(field, "Veel over doen.")
    QTest.keyClick(field, Qt.Key.Key_Return, CTRL)
    assert session.undo_label() == "terugblik"
    assert not field.hasFocus()
    field.setFocus()
    QTest.keyClicks(field, " En lachen.")
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert field.toPlainText() == "Veel over doen."
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert field.toPlainText() == ""
    assert session.dossier.read.course.debriefs(panel.PANEL) == []
    # The field shows what the dossier contains: leaving it changes nothing.
    seq = session.dossier.seq
    stage.finish()
    assert session.dossier.seq == seq
    panel.close_window(window, session)


STEPS = ("type", "type", "keep", "tab", "back", "undo", "undo", "undo", "redo", "redo", "hold", "button")


@pytest.mark.long
@given(st.lists(st.sampled_from(STEPS), max_size=24))
# The same examples each time: one window serves them all, and each starts with what the previous one left to undo.
@examples(max_examples=25, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_one_types_keeps_moves_undoes_and_redoes_the_fields_say_what_is_kept(
    desk: Desk, steps: list[str]
) -> None:
    form = desk.stage.side.form
    fields = (form.place, form.moderator, form.note_taker)
    seq = desk.session.dossier.past(limit=1)[0].seq
    desk.click(fields[0])
    at = 0
    for step in steps:
        match step:
            case "type":
                desk.type("ab ")
            case "keep":
                desk.press(Qt.Key.Key_Return)
            case "tab" | "back":
                at = (at + (1 if step == "tab" else -1)) % len(fields)
                desk.click(fields[at])
            case "undo":
                desk.ctrl(Qt.Key.Key_Z)
            case "redo":
                desk.ctrl(Qt.Key.Key_Y)
            case "hold":
                hold_undo(desk, 4)
            case "button":
                desk.window.undo_button.click()
        assert desk.focus() is fields[at]
    desk.stage.guide_page.table.setFocus()
    kept = (desk.panel.place, desk.panel.moderator, desk.panel.note_taker)
    # No typed text is partly in the field and partly in the dossier.
    assert tuple(field.text() for field in fields) == kept
    assert not any(field.isUndoAvailable() for field in fields)
    desk.session.go_back_to(seq, "teruggaan")
    assert (desk.panel.place, desk.panel.moderator, desk.panel.note_taker) == ("", "", "")
    assert all(field.text() == "" for field in fields)
