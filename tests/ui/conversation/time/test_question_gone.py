"""A question that is deleted while it is current: the conversation keeps its place, and asks where the notes go."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.log.change import action, delete
from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.move_dialog import MoveDialog
from sto_desktop.ui.prepare import prepare_stage
from sto_desktop.ui.prepare.guide.guide_dialogs import QuestionDialog, RemovalDialog
from sto_desktop.ui.prepare.stage import PrepareStage
from tests.storage.desk import merge_into
from tests.ui.conversation_support import CTRL, PANEL, Room, make_dossier, window_on

pytestmark = pytest.mark.long


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore) -> Iterator[Room]:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    stages = {Stage.PREPARE: prepare_stage}
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings, stages=stages) as made:
        made.press(Qt.Key.Key_F5)
        yield made


def begin(room: Room) -> str:
    """Write two notes at a question; returns the id of the question."""
    room.go_to("Beeldvorming", "Succesfactoren")
    room.note("@1 De bus rijdt niet op tijd")
    room.note("@2 Ouders weten er weinig van")
    return room.page.live.place.current or ""


def guide(room: Room) -> GuideContent:
    """The guide of the panel, as it is on disk."""
    return room.session.dossier.read.guides.of_panel(PANEL)


def delete_in_prepare(room: Room, question: str) -> None:
    """Press Delete on a question in the guide of Voorbereiden."""
    room.window.navigate(Stage.PREPARE)
    stage = room.window.stage_widget(Stage.PREPARE)
    assert isinstance(stage, PrepareStage)
    stage.guide_page.table.go_to(question)
    stage.guide_page.table.setFocus()
    QTest.keyClick(stage.guide_page.table, Qt.Key.Key_Delete)
    QApplication.processEvents()


def answer(room: Room, word: str) -> None:
    """Press the button of the message."""
    buttons = room.window.notices.findChildren(QAbstractButton)
    (button,) = [button for button in buttons if button.isVisible() and button.accessibleName() == word]
    room.click(button)


def test_deleting_it_in_voorbereiden_asks_where_the_notes_go_and_the_place_stays(room: Room, qtbot: QtBot) -> None:
    gone = begin(room)
    delete_in_prepare(room, gone)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RemovalDialog)
    dialog.to.setCurrentText("Beeldvorming · Opbrengst")
    room.click(dialog.confirm_button)
    (opbrengst,) = [question for theme, question in guide(room).questions()
                    if (theme.short_title, question.short_text) == ("Beeldvorming", "Opbrengst")]  # fmt: skip
    assert [note.question for note in room.notes] == [opbrengst.id] * 2
    room.window.navigate(Stage.CONVERSATION)
    assert room.current == "Beeldvorming: Wat kan beter"
    assert room.page.clock.running
    room.session.undo()
    assert [note.question for note in room.notes] == [gone] * 2


def test_leaving_them_unassigned_is_an_answer_too(room: Room) -> None:
    gone = begin(room)
    delete_in_prepare(room, gone)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RemovalDialog)
    room.click(dialog.confirm_button)
    assert room.message == "«Succesfactoren» is uit de leidraad."
    content = room.session.dossier.read.panel_content(PANEL)
    assert content is not None
    assert len(content.unassigned()) == 2


def test_a_change_of_the_guide_by_which_it_is_copied_leaves_question_line_and_clock_where_they_are(room: Room) -> None:
    begin(room)
    room.type("Half")
    spans = len(room.session.dossier.read.course.time_spans(PANEL))
    room.window.navigate(Stage.PREPARE)
    stage = room.window.stage_widget(Stage.PREPARE)
    assert isinstance(stage, PrepareStage)
    stage.guide_page.table.setFocus()
    QTest.keyClick(stage.guide_page.table, Qt.Key.Key_Return, CTRL)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QuestionDialog)
    QTest.keyClicks(dialog.text, "Wat verraste u?")
    room.click(dialog.save)
    room.window.activateWindow()
    QTest.qWaitForWindowActive(room.window)
    room.window.navigate(Stage.CONVERSATION)
    assert room.current == "Beeldvorming: Succesfactoren"
    assert len(room.page.stream.view.stream.notes) == 2
    assert len(room.session.dossier.read.course.time_spans(PANEL)) == spans
    room.type(" getypt")
    room.keep()
    assert [note.question for note in room.notes] == [room.page.live.place.current] * 3


def test_a_colleague_who_deleted_it_is_followed_and_the_notes_are_asked_about(room: Room, tmp_path: Path) -> None:
    gone = begin(room)
    room.session.copy.publish()
    theirs = tmp_path / "their.sto"
    shutil.copy(room.session.path, theirs)
    copy = WorkingCopies(tmp_path / "their home").open(theirs, Identity("Harm", "desktop"))
    copy.dossier.apply(action("vraag weg", delete("question", gone)))
    copy.publish()
    copy.close()
    merge_into(room.session.dossier, theirs)
    assert room.current == "Beeldvorming: Wat kan beter"
    assert "Haar 2 notities staan nu onder «Niet ingedeeld»" in room.message
    answer(room, "Kies een vraag…")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, MoveDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    # Without an answer the question stays.
    assert "Waar horen ze?" in room.message
    answer(room, "Kies een vraag…")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, MoveDialog)
    room.click(dialog.move_button)
    assert [note.question for note in room.notes] == [room.page.live.place.current] * 2
    assert room.message == "Verplaatst naar «Wat kan beter»."


def test_without_notes_nothing_is_asked(room: Room) -> None:
    room.go_to("Beeldvorming", "Succesfactoren")
    room.window.notices.clear()
    room.session.apply(action("vraag weg", delete("question", room.page.live.place.current or "")))
    assert room.current == "Beeldvorming: Wat kan beter"
    assert room.message == ""


def test_one_note_is_asked_about_as_one(room: Room) -> None:
    room.go_to("Beeldvorming", "Succesfactoren")
    room.note("De bus rijdt niet op tijd")
    room.session.apply(action("vraag weg", delete("question", room.page.live.place.current or "")))
    assert room.message.endswith("Haar notitie staat nu onder «Niet ingedeeld». Waar hoort die?")
