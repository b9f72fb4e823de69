"""The end of a theme and of a conversation: parked notes, the summary read back, the top three, the terugblik."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.conversation import set_playback
from sto_desktop.domain.actions.panels import change_panelist
from sto_desktop.domain.vocabulary import Agreement, Consent, PanelStatus
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.conversation.page.closing_sheet import ClosingSheet
from sto_desktop.ui.elaborate import elaborate_stage
from sto_desktop.ui.elaborate.stage import DEBRIEF, NOTES, ElaborateStage
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import IconButton, QuietButton, TextEdit
from tests.ui.conversation_support import ALT, CTRL, PANEL, SHIFT, Room, back, make_dossier, window_on

pytestmark = pytest.mark.long


def sheet(room: Room, qtbot: QtBot) -> ClosingSheet:
    room.press(Qt.Key.Key_A, ALT)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ClosingSheet))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ClosingSheet)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None and dialog.isAncestorOf(room.focus()))
    return dialog


def button(found: ClosingSheet, name: str) -> QuietButton:
    return next(one for one in found.findChildren(QuietButton) if one.accessibleName() == name and one.isVisible())


def test_what_was_parked_comes_back_at_the_end_of_its_theme_and_of_the_panel(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    room.next(2)
    room.note("? Wie betaalt het onderhoud? @2")
    assert room.page.side.parking.due == ""
    room.press(Qt.Key.Key_F7)
    card = room.page.moderator.parked
    assert not card.isVisible()
    room.next(2)
    assert room.page.side.parking.due == "1 komt nu terug"
    assert room.current == "Po en Technolab: Wat kan beter"
    assert (card.isVisible(), card.texts) == (True, ["Wie betaalt het onderhoud?"])
    room.next()
    assert not card.isVisible()
    room.next(40)
    assert room.current == "Afronding: Gemist"
    assert card.texts == ["Wie betaalt het onderhoud?"]
    room.page.live.set_discreet(True)
    assert not card.isVisible()
    room.page.live.set_discreet(False)
    (done,) = card.rows[0].findChildren(IconButton)
    room.click(done)
    qtbot.waitUntil(lambda: not card.isVisible())
    assert not room.notes[0].note.parked


def test_the_summary_is_reached_by_key_and_what_the_panel_changes_becomes_a_note(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    room.next(3)
    field = room.page.side.playback
    room.press(Qt.Key.Key_S, ALT)
    assert room.focus() is field.text
    room.type("Zien en zelf maken werkt.")
    room.press(Qt.Key.Key_Tab)
    assert room.focus() is field.agreed
    room.press(Qt.Key.Key_Down)
    room.press(Qt.Key.Key_Down)
    room.press(Qt.Key.Key_Tab)
    assert room.focus() is field.hands
    room.press(Qt.Key.Key_Tab)
    room.type("Alleen als er ouders bij zijn @3")
    room.press(Qt.Key.Key_Return)
    (kept,) = room.session.dossier.read.course.playbacks(PANEL)
    assert (kept.text, kept.agreed) == ("Zien en zelf maken werkt.", Agreement.PARTLY)
    (note,) = room.notes
    assert (note.text, note.note.amends) == ("Alleen als er ouders bij zijn", kept.id)
    assert room.place(note.question) == ("Po en Technolab", "Succesfactoren")
    assert list(room.voices(note)) == ["Annemarie"]
    qtbot.waitUntil(lambda: field.amendments.text() == "+ Alleen als er ouders bij zijn")
    assert field.amendment.text() == ""
    room.press(Qt.Key.Key_Escape)
    assert room.focus() is room.page.line.edit


def test_the_moderator_reads_the_summary_back_at_the_end_of_its_theme_and_keeps_the_answer(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.next(2)
    room.press(Qt.Key.Key_S, ALT)
    room.type("Zien en zelf maken werkt.")
    room.press(Qt.Key.Key_Escape)
    room.press(Qt.Key.Key_F7)
    card = room.page.moderator.playback
    assert not card.isVisible()
    room.next(2)
    assert room.current == "Po en Technolab: Wat kan beter"
    assert (card.isVisible(), card.text.text()) == (True, "Zien en zelf maken werkt.")
    room.click(card.answer.findChildren(QAbstractButton)[1])
    (kept,) = room.session.dossier.read.course.playbacks(PANEL)
    assert (kept.text, kept.agreed) == ("Zien en zelf maken werkt.", Agreement.YES)
    assert room.page.side.playback.agreed.currentData() == Agreement.YES
    room.next()
    assert not card.isVisible()


def test_typing_goes_on_behind_a_summary_that_was_kept(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.go_to("Regionaal", "Opbrengst")
    room.press(Qt.Key.Key_S, ALT)
    room.type("De lijnen zijn kort")
    room.press(Qt.Key.Key_Return, CTRL)
    room.press(Qt.Key.Key_S, ALT)
    room.type(", ook met de gemeente")
    room.press(Qt.Key.Key_Escape)
    (kept,) = room.session.dossier.read.course.playbacks(PANEL)
    assert kept.text == "De lijnen zijn kort, ook met de gemeente"


@pytest.mark.parametrize("pause", ["De lijnen zijn ", "De lijnen zijn\n"])
def test_a_summary_goes_on_where_it_was_after_a_pause(room: Room, qtbot: QtBot, pause: str) -> None:
    room.press(Qt.Key.Key_F5)
    room.go_to("Regionaal", "Opbrengst")
    room.press(Qt.Key.Key_S, ALT)
    for letter in pause:
        room.press(Qt.Key.Key_Return) if letter == "\n" else room.type(letter)
    qtbot.waitUntil(lambda: bool(room.session.dossier.read.course.playbacks(PANEL)))
    QApplication.processEvents()
    room.type("kort")
    assert room.page.side.playback.text.toPlainText() == f"{pause}kort"


def test_what_somebody_else_says_about_the_summary_while_it_is_typed_is_kept(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.go_to("Regionaal", "Opbrengst")
    step = room.page.live.place.step
    assert step is not None
    room.press(Qt.Key.Key_S, ALT)
    room.type("De lijnen zijn ")
    room.session.apply(set_playback(PANEL, step.theme.id, "Iedereen kent elkaar", Agreement.YES))
    room.type("kort")
    room.press(Qt.Key.Key_Return, CTRL)
    (kept,) = room.session.dossier.read.course.playbacks(PANEL)
    assert (kept.text, kept.agreed) == ("Iedereen kent elkaar\nDe lijnen zijn kort", Agreement.YES)
    # What this person changes afterwards replaces it.
    room.press(Qt.Key.Key_S, ALT)
    room.press(Qt.Key.Key_A, CTRL)
    room.type("Korte lijnen")
    room.press(Qt.Key.Key_Return, CTRL)
    (kept,) = room.session.dossier.read.course.playbacks(PANEL)
    assert (kept.text, kept.agreed) == ("Korte lijnen", Agreement.YES)


@pytest.mark.parametrize("following", [("Bedrijven en mbo", "Opbrengst"), ("Afronding", "Gemist")])
def test_what_is_typed_under_a_summary_without_enter_is_of_its_own_theme(
    room: Room, following: tuple[str, str]
) -> None:
    room.press(Qt.Key.Key_F5)
    room.go_to("Bedrijven en mbo", "Succesfactoren")
    room.press(Qt.Key.Key_S, ALT)
    room.type("Stages lopen via bekenden")
    room.press(Qt.Key.Key_Escape)
    room.go_to("Beeldvorming", "Opbrengst")
    field = room.page.side.playback
    room.press(Qt.Key.Key_S, ALT)
    room.type("Ouders kijken mee")
    room.press(Qt.Key.Key_Tab, times=2)
    assert room.focus() is field.hands
    room.type("4")
    room.press(Qt.Key.Key_Tab)
    room.type("maar niet alle ouders")
    room.press(Qt.Key.Key_Tab, SHIFT)
    room.press(Qt.Key.Key_Backspace, times=20)
    room.type("5 van 6")
    room.go_to(*following)
    kept = next(one for one in room.session.dossier.read.course.playbacks(PANEL) if one.text == "Ouders kijken mee")
    assert (kept.hands, kept.hands_of) == (5, 6)
    (note,) = room.notes
    assert (note.text, note.note.amends) == ("maar niet alle ouders", kept.id)
    assert room.place(note.question)[0] == "Beeldvorming"
    assert (field.amendment.text(), field.hands.text()) == ("", "")


def test_hands_typed_in_the_moderators_mode_without_enter_are_of_their_own_theme(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.go_to("Regionaal", "Opbrengst")
    room.press(Qt.Key.Key_S, ALT)
    room.type("Alles hangt aan één persoon")
    room.press(Qt.Key.Key_Escape)
    room.go_to("Regionaal", "Wat kan beter")
    room.press(Qt.Key.Key_F7)
    card = room.page.moderator.playback
    room.click(card.hands)
    room.type("3")
    room.next()
    (kept,) = room.session.dossier.read.course.playbacks(PANEL)
    assert (kept.hands, kept.hands_of) == (3, 7)
    assert not card.isVisible()


def test_the_sheet_says_what_is_open_and_leads_back_to_it(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    room.note("Hoi. @1")
    room.note("? Voor straks. @2")
    closing = sheet(room, qtbot)
    said = closing.summary.text()
    assert "15 vragen hebben nog geen notities, 1 notitie staat op de parkeerplaats en Annemarie," in said
    room.click(button(closing, "Voor straks.: afgedaan"))
    assert not room.notes[1].note.parked
    qtbot.waitUntil(lambda: "parkeerplaats" not in closing.summary.text())
    room.click(button(closing, "Annemarie: geef het woord"))
    back(room)
    assert room.page.clock.running
    room.type("Zij dan.")
    room.keep()
    assert list(room.voices(room.notes[-1])) == ["Annemarie"]
    closing = sheet(room, qtbot)
    room.click(button(closing, "Beeldvorming: Succesfactoren: ernaartoe"))
    back(room)
    assert room.current == "Beeldvorming: Succesfactoren"
    sheet(room, qtbot)
    room.press(Qt.Key.Key_Escape)
    back(room)
    assert room.page.clock.running


def test_who_does_not_take_part_is_asked_no_top_three(room: Room, qtbot: QtBot) -> None:
    first, second, *_ = room.page.live.rows.panelists
    room.session.apply(change_panelist(first.id, consent_participation=Consent.NO))
    room.press(Qt.Key.Key_F5)
    asked = {member for member, _ in sheet(room, qtbot).fields}
    assert (first.id in asked, second.id in asked) == (False, True)
    room.press(Qt.Key.Key_Escape)
    back(room)


def test_who_types_on_in_the_sheet_does_not_end_the_conversation(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    closing = sheet(room, qtbot)
    room.type("en de bus rijdt")
    assert closing.isVisible()
    assert room.page.clock.running
    room.press(Qt.Key.Key_Escape)
    back(room)
    assert room.focus() is room.page.line.edit
    closing = sheet(room, qtbot)
    room.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert not room.page.clock.running


def test_a_top_three_is_typed_by_key_and_points_to_the_note_it_repeats(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    room.note("Bedrijfsbezoeken werken. @6")
    closing = sheet(room, qtbot)
    first, second = (closing.fields[room.page.live.rows.panelists[0].id, rank] for rank in (1, 2))
    first.setFocus()
    room.type("Bedrijfsbezoeken werken.")
    room.press(Qt.Key.Key_Return)
    assert room.focus() is second
    room.type("Meer tijd")
    room.press(Qt.Key.Key_Return, CTRL)
    assert room.focus() is closing
    assert room.page.clock.running
    room.type("doortypen")
    room.press(Qt.Key.Key_Escape)
    back(room)
    made = room.session.dossier.read.members.top_choices(PANEL)
    assert [(item.rank, item.text, item.note) for item in made] == [
        (1, "Bedrijfsbezoeken werken.", room.notes[0].id),
        (2, "Meer tijd", None),
    ]
    content = room.session.dossier.read.panel_content(PANEL)
    assert content is not None
    assert content.top_choices == tuple(made)
    closing = sheet(room, qtbot)
    again = closing.fields[room.page.live.rows.panelists[0].id, 2]
    assert again.text() == "Meer tijd"
    again.setFocus()
    room.press(Qt.Key.Key_A, CTRL)
    room.press(Qt.Key.Key_Delete)
    room.press(Qt.Key.Key_Return)
    assert [choice.rank for choice in room.session.dossier.read.members.top_choices(PANEL)] == [1]
    # The focus is in the next field, with nothing typed in it.
    room.press(Qt.Key.Key_Z, CTRL)
    assert again.text() == "Meer tijd"
    room.press(Qt.Key.Key_Z, CTRL)
    assert again.text() == ""
    assert [choice.rank for choice in room.session.dossier.read.members.top_choices(PANEL)] == [1]
    assert room.page.clock.running
    room.press(Qt.Key.Key_Escape)
    back(room)


def test_rounding_off_goes_straight_to_the_terugblik_with_its_quarter(
    qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore
) -> None:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    stages = {Stage.ELABORATE: elaborate_stage}
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings, stages=stages) as room:
        window = room.window
        room.press(Qt.Key.Key_F5)
        room.note("Hoi. @1")
        sheet(room, qtbot)
        room.press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: window.stage is Stage.ELABORATE)
        panel = room.session.dossier.read.panels.get(PANEL)
        assert panel is not None
        assert panel.status is PanelStatus.HELD
        stage = window.stage_widget(Stage.ELABORATE)
        assert isinstance(stage, ElaborateStage)
        assert stage.page == DEBRIEF
        assert stage.debrief_clock.left.text() == "15:00"
        room.clock.pass_time(minutes=4, seconds=30)
        stage.debrief_clock.refresh()
        assert stage.debrief_clock.left.text() == "10:30"
        stage.show_page(NOTES)
        window.navigate(Stage.CONVERSATION)
        window.navigate(Stage.ELABORATE)
        assert stage.page == NOTES
        stage.show_page(DEBRIEF)
        room.clock.pass_time(minutes=11)
        stage.debrief_clock.refresh()
        assert not stage.debrief_clock.left.isVisible()
        assert stage.debrief_clock.words.text() == "Het kwartier is om."
        room.click(stage.debrief_clock.begin_button)
        assert stage.debrief_clock.left.text() == "15:00"


@pytest.mark.parametrize("size", [(683, 384), (911, 512), (1366, 768)])
def test_the_summary_is_whole_while_it_is_typed(room: Room, size: tuple[int, int]) -> None:
    room.press(Qt.Key.Key_F5)
    room.go_to("Beeldvorming", "Succesfactoren")
    room.window.resize(*size)
    room.press(Qt.Key.Key_S, ALT)
    text = room.focus()
    assert isinstance(text, TextEdit)
    room.type("We hoorden dat kleine groepen sneller leren dan grote, dat de bus na vieren niet rijdt, en dat ouders ")
    QTest.qWait(50)
    assert text.verticalScrollBar().maximum() == 0
    assert text.visibleRegion().boundingRect() == text.rect()
    assert text.viewport().rect().contains(text.cursorRect())
