"""The stream of notes: edited in place, starred, parked, deleted and restored; it follows changes made elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions import notes as note_actions
from sto_desktop.domain.actions import panels as panel_actions
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.log.change import action
from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.ui.conversation.stream.stream_delegate import StreamEditor
from sto_desktop.ui.conversation.stream.stream_row import said_aloud, speakers_of, stream_names
from sto_desktop.ui.look.theme import Appearance
from tests.ui.conversation_support import ALT, CTRL, PANEL, SHIFT, START, WHO, Room, make_dossier, window_on
from tests.ui.reading import press_answer

pytestmark = pytest.mark.long


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore) -> Iterator[Room]:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings) as made:
        made.go_to("Beeldvorming", "Succesfactoren")
        yield made


def shown(room: Room) -> list[str]:
    """The texts of the rows."""
    return [note.text for note in room.page.stream.view.stream.notes]


def editor_of(room: Room) -> StreamEditor:
    """The editor that is open."""
    editor = room.page.stream.view.editor
    assert editor is not None
    return editor


def row_point(room: Room, row: int) -> QPoint:
    """The middle of a row, in the viewport."""
    view = room.page.stream.view
    return view.visualRect(view.stream.index(row, 0)).center()


def test_arrow_up_from_the_empty_line_edits_the_last_note_in_place(room: Room) -> None:
    room.note("= Bedrijfsbezoeken waar je iets maakt. @6 #bedrijf")
    room.type("x")
    room.press(Qt.Key.Key_Up)
    assert room.page.stream.view.editor is None
    room.press(Qt.Key.Key_Backspace)
    room.press(Qt.Key.Key_Up)
    assert editor_of(room).edit.toPlainText() == "Bedrijfsbezoeken waar je iets maakt."
    room.press(Qt.Key.Key_A, CTRL)
    room.type("+ Bezoeken waar je zelf iets maakt. @2+")
    room.press(Qt.Key.Key_Return)
    (note,) = room.notes
    assert (note.text, note.kind) == ("Bezoeken waar je zelf iets maakt.", NoteKind.YIELD)
    assert room.voices(note) == {"Nick": Stance.SAYS, "Jaap": Stance.AGREES}
    assert [tag.name for tag in note.tags] == ["bedrijf"]
    assert room.focus() is room.page.line.edit
    assert room.page.live.rows.notes == {note.id: note}


def test_a_double_click_edits_and_leaving_keeps_what_was_typed(room: Room) -> None:
    room.note("Eerste.")
    room.note("Tweede.")
    view = room.page.stream.view
    room.click(view.viewport(), row_point(room, 0))
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=row_point(room, 0))
    QApplication.processEvents()
    room.type(" Met meer.")
    room.click(room.page.line.edit.viewport())
    assert shown(room) == ["Eerste. Met meer.", "Tweede."]
    assert [note.text for note in room.notes] == ["Eerste. Met meer.", "Tweede."]


def test_esc_in_an_editor_keeps_what_was_typed_and_undo_takes_it_back(room: Room) -> None:
    room.note("Zo was het.")
    room.press(Qt.Key.Key_Up)
    room.type(" Niet meer.")
    room.press(Qt.Key.Key_Escape)
    assert shown(room) == ["Zo was het. Niet meer."]
    assert room.page.stream.view.editor is None
    room.session.undo()
    assert shown(room) == ["Zo was het."]


def test_changing_question_keeps_what_was_typed_in_an_editor(room: Room) -> None:
    room.note("Half.")
    room.press(Qt.Key.Key_Up)
    room.type(" Heel.")
    room.next()
    assert [note.text for note in room.notes] == ["Half. Heel."]
    assert shown(room) == []


def test_an_editor_that_cannot_be_kept_stays_open(room: Room) -> None:
    room.note("Op schijf.")
    room.press(Qt.Key.Key_Up)
    room.type(" En dit.")
    room.session.copy._raw.execute("PRAGMA query_only = ON")
    room.press(Qt.Key.Key_Return)
    assert editor_of(room).edit.toPlainText() == "Op schijf. En dit."
    assert room.banner
    room.session.copy._raw.execute("PRAGMA query_only = OFF")
    room.press(Qt.Key.Key_Return)
    assert shown(room) == ["Op schijf. En dit."]


def test_an_emptied_note_is_not_kept_so(room: Room) -> None:
    room.note("Blijft staan.")
    room.press(Qt.Key.Key_Up)
    room.press(Qt.Key.Key_A, CTRL)
    room.press(Qt.Key.Key_Delete)
    room.press(Qt.Key.Key_Return)
    assert shown(room) == ["Blijft staan."]
    assert "lege notitie" in room.message


def test_a_note_is_deleted_by_key_and_brought_back_from_the_message(room: Room, qtbot: QtBot) -> None:
    room.note("Weg ermee. @2")
    room.note("Blijft.")
    view = room.page.stream.view
    room.click(view.viewport(), row_point(room, 0))
    room.press(Qt.Key.Key_Delete)
    assert shown(room) == ["Blijft."]
    assert room.message == "Notitie verwijderd."
    press_answer(room.window.notices)
    assert shown(room) == ["Weg ermee.", "Blijft."]
    assert room.voices(room.notes[0]) == {"Jaap": Stance.SAYS}
    room.session.redo()
    assert shown(room) == ["Blijft."]
    assert room.session.undo() is not None
    assert [note.text for note in room.notes] == ["Weg ermee.", "Blijft."]


def test_star_and_park_by_key_go_to_the_last_note_or_the_chosen_one(room: Room, qtbot: QtBot) -> None:
    room.note("Eerste.")
    room.note("Tweede.")
    room.press(Qt.Key.Key_B, ALT)
    view = room.page.stream.view
    room.click(view.viewport(), row_point(room, 0))
    room.press(Qt.Key.Key_T, ALT)
    assert [(note.note.star, note.note.parked) for note in room.notes] == [(False, True), (True, False)]
    qtbot.waitUntil(lambda: len(room.page.side.parking.rows) == 1)
    room.click(room.page.side.parking.rows[0].done)
    qtbot.waitUntil(lambda: not room.page.side.parking.rows)
    assert not any(note.note.parked for note in room.notes)


def test_the_mouse_finds_star_park_and_delete_on_the_row_it_points_at(room: Room) -> None:
    room.note("Wijs mij aan.")
    view = room.page.stream.view
    for x in (200, 210):
        QTest.mouseMove(view.viewport(), QPoint(x, row_point(room, 0).y()))
        QApplication.processEvents()
    assert view.tools.isVisible()
    room.click(view.tools._star)
    assert room.notes[0].note.star
    menu = view.menu_for(room.notes[0])
    assert [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()] == [
        "Wijzigen",
        "Ster weghalen",
        "Parkeren",
        "Verplaatsen…",
        "Verwijderen",
        "Buiten verslag: voorgoed wissen…",
    ]
    menu.actions()[-2].trigger()
    assert room.notes == []


def test_from_the_stream_typing_goes_to_the_line_and_esc_goes_back(room: Room) -> None:
    room.note("Eerste.")
    view = room.page.stream.view
    room.click(view.viewport(), row_point(room, 0))
    assert room.focus() is view
    room.press(Qt.Key.Key_Escape)
    assert room.focus() is room.page.line.edit
    room.press(Qt.Key.Key_Tab, SHIFT)
    room.click(view.viewport(), row_point(room, 0))
    room.type("Tweede.")
    room.keep()
    assert shown(room) == ["Eerste.", "Tweede."]


def test_the_newest_note_is_in_sight_and_rows_stand_at_the_foot(room: Room) -> None:
    view = room.page.stream.view
    room.note("Alleen.")
    assert view.geometry().bottom() == room.page.stream.rect().bottom()
    for number in range(30):
        room.note(f"Notitie {number}.")
    assert view.height() == room.page.stream.height()
    last = view.visualRect(view.stream.index(30, 0))
    assert view.viewport().rect().contains(last)


def test_a_long_note_takes_the_height_that_its_width_needs(room: Room) -> None:
    room.note("Lang " * 60)
    view = room.page.stream.view
    narrow = view.rowHeight(0)
    room.window.resize(1900, 900)
    QApplication.processEvents()
    assert view.rowHeight(0) < narrow


def test_what_another_window_writes_appears_and_what_it_takes_away_goes(room: Room, tmp_path: Path) -> None:
    room.note("Van hier.")
    other = WorkingCopies(tmp_path / "home").open(tmp_path / "o.sto", WHO)
    try:
        people = other.dossier.read.members.of_panel(PANEL)
        here = room.notes[0]
        other.dossier.apply(
            note_actions.capture_note(
                PANEL, room.page.live.place.current, parse("Van daar. @5", people), START, note="daar"
            )
        )
        room.session.dossier.poll()
        assert sorted(shown(room)) == ["Van daar.", "Van hier."]
        # Only a label: the row of the note itself does not change.
        edits = note_actions.tag_edits(here.id, "samen")
        other.dossier.apply(action("label toevoegen", edits))
        room.session.dossier.poll()
        assert [tag.name for tag in room.page.live.rows.notes[here.id].tags] == ["samen"]
        other.dossier.apply(panel_actions.change_panelist(people[4].id, name="Petra Schol", first_name="Petra"))
        room.session.dossier.poll()
        assert room.page.side.speakers.rows[4].line.first_name == "Petra"
        other.dossier.apply(note_actions.delete_notes([here.id]))
        room.session.dossier.poll()
        assert shown(room) == ["Van daar."]
        assert room.page.live.rows.notes == {note.id: note for note in room.notes}
    finally:
        other.close()


def test_what_comes_in_while_editing_does_not_overwrite_what_is_typed(room: Room, tmp_path: Path) -> None:
    room.note("Samen begonnen.")
    room.press(Qt.Key.Key_Up)
    room.type(" Hier verder.")
    other = WorkingCopies(tmp_path / "home").open(tmp_path / "o.sto", WHO)
    try:
        note = room.notes[0]
        other.dossier.apply(note_actions.edit_note(note, parse("Daar verder.", ())))
        room.session.dossier.poll()
        assert editor_of(room).edit.toPlainText() == "Samen begonnen. Hier verder."
        room.press(Qt.Key.Key_Return)
        assert shown(room) == ["Samen begonnen. Hier verder."]
        (case,) = room.session.dossier.conflicts()
        assert (case.table, case.field) == ("note", "text")
    finally:
        other.close()


def test_another_panel_of_the_dossier_brings_its_own_page(room: Room) -> None:
    room.note("Van Oldenzaal.")
    room.type("half")
    room.session.apply(panel_actions.add_panel(room.page.live.rows.panel.guide, title="Panel Hengelo", panel="hengelo"))
    room.session.show_panel("hengelo")
    assert (room.page.live.rows.panel.title, shown(room), room.line) == ("Panel Hengelo", [], "")
    room.session.show_panel(PANEL)
    room.go_to("Beeldvorming", "Succesfactoren")
    assert shown(room) == ["Van Oldenzaal."]
    assert room.line == "half"


def test_a_note_with_which_everybody_agrees_stays_as_low_as_its_words(room: Room) -> None:
    room.note("Dat vindt iedereen. @1 @allen")
    (note,) = room.notes
    assert len(room.voices(note)) == 7
    assert speakers_of(note, stream_names(room.page.live.rows.panelists), counted=True) == "Renée, + 6 panelleden"
    # A screen reader reads the speaker.
    assert "+ Jaap" in said_aloud(note, stream_names(room.page.live.rows.panelists))
