"""A remark made off the record is erased permanently, at once and by key, from every file on this computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.elaborate import add_insight
from sto_desktop.ui.notes.erasing import EraseDialog, said_of
from tests.ui.conversation_support import ALT, PANEL, Room

SECRET = "De wethouder trekt de subsidie in, zei kwispelaar"


def dialog_of(room: Room) -> EraseDialog:
    (dialog,) = [one for one in room.window.findChildren(EraseDialog) if one.isVisible()]
    return dialog


def erase(room: Room, qtbot: QtBot) -> None:
    """Press Alt+Delete again in the dialog, and wait until everything is erased."""
    dialog = dialog_of(room)
    qtbot.waitUntil(dialog.erase_button.isEnabled)
    with qtbot.waitSignal(room.page.at_notes.eraser.erased):
        qtbot.keyClick(dialog, Qt.Key.Key_Delete, ALT)
    QApplication.sendPostedEvents(None, 0)
    with qtbot.waitActive(room.window):
        room.window.activateWindow()


def files_with(room: Room, word: str) -> list[Path]:
    """The files of this computer that contain a word."""
    paths = (room.session.path, *(path for path in room.home.rglob("*") if path.is_file()))
    return [path for path in paths if word.encode() in path.read_bytes().lower()]


def test_a_remark_off_the_record_is_wiped_with_what_was_made_of_it(room: Room, qtbot: QtBot) -> None:
    room.note("Blijft staan. @2")
    room.note(f"{SECRET} @6")
    note = room.notes[-1]
    room.session.apply(add_insight(PANEL, f"{SECRET}: dat is nieuw", supports=[note.id]))
    room.session.copy.backup()
    room.session.copy.publish()
    assert len(files_with(room, "kwispelaar")) >= 3
    room.press(Qt.Key.Key_Delete, ALT)
    dialog = dialog_of(room)
    qtbot.waitUntil(lambda: bool(dialog.boxes))
    ((box, trace),) = dialog.boxes
    assert box.isChecked()
    assert said_of(trace).startswith("Inzicht: De wethouder")
    erase(room, qtbot)
    assert [item.text for item in room.notes] == ["Blijft staan."]
    assert [item.text for item in room.page.stream.view.stream.notes] == ["Blijft staan."]
    assert room.session.dossier.read.findings.insights(PANEL)[0].insight.text == "…: dat is nieuw"
    assert files_with(room, "kwispel") == []
    assert "voorgoed gewist" in room.message
    assert room.focus() is room.page.line.edit
    while room.session.undo():
        pass
    assert files_with(room, "kwispel") == []


def test_what_is_not_ticked_stays(room: Room, qtbot: QtBot) -> None:
    room.note(SECRET)
    room.session.apply(add_insight(PANEL, SECRET))
    room.press(Qt.Key.Key_Delete, ALT)
    dialog = dialog_of(room)
    qtbot.waitUntil(lambda: bool(dialog.boxes))
    dialog.boxes[0][0].setChecked(False)
    erase(room, qtbot)
    assert room.notes == []
    assert room.session.dossier.read.findings.insights(PANEL)[0].insight.text == SECRET


def test_a_line_that_is_being_typed_is_wiped_with_its_draft(room: Room, qtbot: QtBot) -> None:
    room.note("Blijft.")
    room.type(SECRET)
    room.page.line.kept.keep()
    assert files_with(room, "kwispelaar")
    room.press(Qt.Key.Key_Delete, ALT)
    erase(room, qtbot)
    assert room.line == ""
    assert files_with(room, "kwispel") == []
    assert [note.text for note in room.notes] == ["Blijft."]


def test_esc_and_enter_at_once_wipe_nothing(room: Room, qtbot: QtBot) -> None:
    room.note(SECRET)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Space):
        room.press(Qt.Key.Key_Delete, ALT)
        dialog = dialog_of(room)
        qtbot.waitUntil(dialog.erase_button.isEnabled)
        qtbot.keyClick(dialog.close_button, key)
        qtbot.waitUntil(lambda dialog=dialog: not dialog.isVisible())  # type: ignore[misc]
        with qtbot.waitActive(room.window):
            room.window.activateWindow()
    assert [note.text for note in room.notes] == [SECRET]


def test_text_that_is_typed_meanwhile_is_a_draft_again_afterwards(room: Room, qtbot: QtBot) -> None:
    room.note(SECRET)
    room.type("Half getypt")
    room.page.line.kept.keep()
    room.press(Qt.Key.Key_N, ALT)
    room.press(Qt.Key.Key_Delete, ALT)
    erase(room, qtbot)
    assert room.line == "Half getypt"
    assert "Half getypt" in room.session.dossier.draft(f"capture:{PANEL}")


def test_a_member_who_asks_is_wiped_and_what_they_said_stays(room: Room, qtbot: QtBot) -> None:
    room.note("Het rooster werkt. @2")
    room.note("Ten Veldkamp regelt het vervoer. @6")
    jaap = room.page.live.rows.member_on(2)
    assert jaap is not None
    dialog = room.page.at_notes.eraser.ask_about_member(jaap)
    qtbot.waitUntil(lambda: bool(dialog.boxes))
    erase(room, qtbot)
    assert room.page.live.rows.member_on(2) is None
    assert [note.text for note in room.notes] == ["Het rooster werkt.", "… regelt het vervoer."]
    assert room.notes[0].voices == ()
    assert files_with(room, "veldkamp") == []
