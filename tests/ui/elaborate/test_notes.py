"""Uitwerken by key and mouse: the list of notes, its filters and its keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.notes import capture_note
from sto_desktop.domain.actions.panels import change_panelist
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.panel.note_filter import NoteFilter, NoteScope, Ordering
from sto_desktop.domain.vocabulary import Aspect, Consent, NoteKind
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.elaborate import ElaborateStage, elaborate_stage
from sto_desktop.ui.elaborate.notes.note_delegate import NoteEditor
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.listing import HeadingRow, Marker, NoteRow
from sto_desktop.ui.notes.move_dialog import MoveDialog
from tests.ui import elaborated_panel as panel
from tests.ui.elaborated_panel import HELD, NOTES, PANEL, note_id
from tests.ui.reading import note_rows


class Bench:
    """The window on Uitwerken, with methods for keys and clicks."""

    def __init__(self, qtbot: QtBot, theme: Appearance, settings: SettingsStore, copy: WorkingCopy) -> None:
        self.qtbot = qtbot
        self.copy = copy
        self.window, self.session = panel.open_window(qtbot, theme, settings, copy, Stage.ELABORATE, elaborate_stage)
        self.stage = cast(ElaborateStage, self.window.stage_widget(Stage.ELABORATE))
        self.bench = self.stage.bench
        self.notes = self.bench.notes

    def note(self, number: int) -> NoteRow:
        """Return a note from the dossier."""
        found = self.session.dossier.read.notes.get(note_id(number))
        assert found is not None
        return NoteRow(found, "", "", False)

    def listed(self) -> list[str]:
        """Return the ids of the listed notes."""
        return [row.key for row in note_rows(self.bench.model)]

    def choose(self, *numbers: int) -> None:
        """Click notes; the later ones with Ctrl."""
        for at, number in enumerate(numbers):
            index = self.bench.model.index_of(note_id(number))
            self.notes.scrollTo(index)
            held = Qt.KeyboardModifier.ControlModifier if at else Qt.KeyboardModifier.NoModifier
            spot = self.notes.visualRect(index).center()
            QTest.mouseClick(self.notes.viewport(), Qt.MouseButton.LeftButton, held, spot)

    def key(self, key: Qt.Key | str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in the focused widget."""
        focus = QApplication.focusWidget()
        assert focus is not None
        if isinstance(key, str):
            QTest.keyClicks(focus, key, held)
        else:
            QTest.keyClick(focus, key, held)

    def type(self, text: str) -> None:
        """Type in the focused widget."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, text)

    def undo(self) -> None:
        """Press Ctrl+Z."""
        self.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def bench(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, theme, settings, panel.make_copy(tmp_path))
    yield made
    panel.close_window(made.window, made.session)


def test_all_notes_stand_under_their_theme_and_question(bench: Bench) -> None:
    assert bench.listed() == [note_id(number) for number in range(len(NOTES))]
    headings = [
        row for row in map(bench.bench.model.row, range(bench.bench.model.rowCount())) if isinstance(row, HeadingRow)
    ]
    assert [row.text for row in headings if row.level == 1] == [
        "1  Samenwerking primair onderwijs en Technolab",
        "2  Beeldvorming techniek en technologie",
    ]
    assert [row.count for row in headings if row.level == 2] == [2, 1, 2, 1, 1]
    assert {row.insights for row in headings if row.level == 2} == {0}
    first = note_rows(bench.bench.model)[1]
    assert first.people == "Truus, bijval van Sjoerd en Ahmet"
    assert note_rows(bench.bench.model)[0].tags == "#technolab"


def test_what_somebody_said_who_does_not_take_part_is_there_to_see_and_marked(bench: Bench) -> None:
    ahmet = next(member for member in bench.session.dossier.read.members.of_panel(panel.PANEL) if member.seat == 4)
    bench.session.apply(change_panelist(ahmet.id, consent_participation=Consent.NO))
    rows = note_rows(bench.bench.model)
    assert len(rows) == len(NOTES)
    assert [row.people for row in rows[:2]] == [
        "Ahmet (doet niet mee)",
        "Truus, bijval van Sjoerd en Ahmet (doet niet mee)",
    ]


def test_the_list_has_the_keyboard_at_once(bench: Bench) -> None:
    assert QApplication.focusWidget() is bench.notes
    bench.key(Qt.Key.Key_Down)
    assert bench.notes.selected() == [note_id(1)]


def test_search_narrows_while_typing_and_escape_shows_all(bench: Bench) -> None:
    bench.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bench.type("kind reken")
    bench.qtbot.waitUntil(lambda: bench.listed() == [note_id(1)])
    assert bench.bench.filters.count.text() == "1 van 7 notities"
    bench.key(Qt.Key.Key_Escape)
    bench.qtbot.waitUntil(lambda: len(bench.listed()) == len(NOTES))


def test_a_search_of_signs_alone_finds_nothing_and_breaks_nothing(bench: Bench) -> None:
    bench.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bench.type('"*NEAR(')
    bench.qtbot.waitUntil(lambda: bench.listed() == [])
    assert bench.bench.pane.views.nothing.isVisible()


def test_a_new_note_takes_part_in_the_search_that_stands(bench: Bench) -> None:
    bench.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bench.type("robot")
    bench.qtbot.waitUntil(lambda: bench.listed() == [note_id(5)])
    question = panel.question_id(bench.copy, "Beeldvorming", Aspect.YIELD)
    bench.session.apply(capture_note(PANEL, question, parse("Een robotarm is van iedereen."), HELD, note="new"))
    assert set(bench.listed()) == {note_id(5), "new"}


def test_found_words_are_marked_as_the_search_sees_them() -> None:
    text = "Het Technolab doet mee, ook in de câfé-klas."
    assert [text[a:b] for a, b in Marker("tech cafe").spans(text)] == ["Technolab", "câfé"]
    assert Marker("").spans(text) == []
    assert Marker("*").spans(text) == []


def test_theme_buttons_narrow_and_the_same_again_shows_all(bench: Bench) -> None:
    themes = [theme.id for theme in bench.session.dossier.read.guides.of_panel(PANEL).themes if theme.is_conversation]
    button = bench.bench.filters.button(themes[1])
    assert button.text() == "2 Beeldvorming"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert bench.listed() == [note_id(5), note_id(6)]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(bench.listed()) == len(NOTES)


def test_what_belongs_to_no_question_has_a_button_of_its_own(bench: Bench) -> None:
    assert not bench.bench.filters.button(NoteScope.UNASSIGNED).isVisible()
    bench.session.apply(capture_note(PANEL, "gone", parse("Waar hoort dit?"), HELD, note="loose"))
    button = bench.bench.filters.button(NoteScope.UNASSIGNED)
    assert button.isVisible()
    assert button.text() == "Niet ingedeeld 1"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert bench.listed() == ["loose"]


def test_kind_star_and_still_to_do_narrow_together(bench: Bench) -> None:
    bench.choose(3)
    bench.key("s")
    QTest.mouseClick(bench.bench.filters.starred, Qt.MouseButton.LeftButton)
    assert bench.listed() == [note_id(3)]
    QTest.mouseClick(bench.bench.filters.starred, Qt.MouseButton.LeftButton)
    kinds = bench.bench.filters.kind
    kinds.setCurrentIndex(kinds.findData(NoteKind.IMPROVEMENT))
    kinds.activated.emit(kinds.currentIndex())
    assert bench.listed() == [note_id(3), note_id(4), note_id(6)]
    bench.choose(3)
    bench.key("o")
    QTest.mouseClick(bench.bench.filters.todo, Qt.MouseButton.LeftButton)
    assert bench.listed() == [note_id(4), note_id(6)]
    QTest.mouseClick(bench.bench.filters.clear, Qt.MouseButton.LeftButton)
    assert len(bench.listed()) == len(NOTES)


# Editing


def test_a_note_is_rewritten_in_its_place_with_speaker_and_label(bench: Bench) -> None:
    bench.choose(0)
    bench.key(Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    assert isinstance(editor, NoteEditor)
    assert editor.toPlainText() == "Alle scholen in de stad doen mee. @4 #technolab"
    editor.selectAll()
    bench.type("Bijna alle scholen doen mee. @4 @1+ #bereik")
    bench.key(Qt.Key.Key_Return)
    row = note_rows(bench.bench.model)[0]
    assert (row.content.text, row.people, row.tags) == (
        "Bijna alle scholen doen mee.",
        "Ahmet, bijval van Truus",
        "#bereik",
    )
    assert bench.session.undo_label() == "notitie wijzigen"
    assert QApplication.focusWidget() is bench.notes
    bench.undo()
    assert bench.note(0).content.text == "Alle scholen in de stad doen mee."
    assert [tag.name for tag in bench.note(0).content.tags] == ["technolab"]


def test_words_that_are_written_behind_the_speakers_of_a_note_leave_them_speakers(bench: Bench) -> None:
    bench.choose(1)
    bench.key(Qt.Key.Key_Return)
    before = bench.note(1).content
    bench.key(Qt.Key.Key_Home)
    bench.type("Juist ")
    bench.key(Qt.Key.Key_End)
    bench.type(" en dat helpt.")
    bench.key(Qt.Key.Key_Return)
    after = bench.note(1).content
    assert after.text == "Juist Kinderen die moeite hebben met rekenen doen het hier voor. en dat helpt."
    assert {voice.panelist: voice.stance for voice in after.voices} == {
        voice.panelist: voice.stance for voice in before.voices
    }


def test_a_note_of_which_only_the_speakers_are_left_keeps_its_text(bench: Bench) -> None:
    bench.choose(2)
    bench.key(Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    assert isinstance(editor, NoteEditor)
    bench.key(Qt.Key.Key_Home)
    for _ in "Ahmet komt eerst zelf kijken in de klas. ":
        bench.key(Qt.Key.Key_Delete)
    assert editor.toPlainText() == "@1"
    bench.key(Qt.Key.Key_Return)
    assert bench.note(2).content.text == "Ahmet komt eerst zelf kijken in de klas."


@pytest.mark.parametrize("leave", ["escape", "click", "stage"])
def test_leaving_the_editor_keeps_what_was_typed(bench: Bench, leave: str) -> None:
    bench.choose(2)
    bench.key(Qt.Key.Key_F2)
    bench.type(" Altijd.")
    if leave == "escape":
        bench.key(Qt.Key.Key_Escape)
    elif leave == "click":
        bench.choose(0)
    else:
        bench.window.navigate(Stage.START)
    assert bench.note(2).content.text.startswith("Ahmet komt eerst zelf kijken in de klas.")
    assert bench.note(2).content.text.endswith("Altijd.")


def test_shift_enter_makes_a_second_line(bench: Bench) -> None:
    bench.choose(2)
    bench.key(Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    assert isinstance(editor, NoteEditor)
    editor.selectAll()
    bench.type("Eerste regel")
    bench.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    bench.type("tweede regel")
    bench.key(Qt.Key.Key_Return)
    assert bench.note(2).content.text == "Eerste regel\ntweede regel"


def test_looking_without_typing_changes_nothing(bench: Bench) -> None:
    seq = bench.session.dossier.seq
    bench.choose(1)
    bench.key(Qt.Key.Key_Return)
    bench.key(Qt.Key.Key_Return)
    assert bench.session.dossier.seq == seq


def test_ctrl_z_in_the_editor_undoes_typing_first_and_then_the_last_action(bench: Bench) -> None:
    bench.choose(3)
    bench.key("s")
    bench.choose(2)
    bench.key(Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    assert isinstance(editor, NoteEditor)
    before = editor.toPlainText()
    bench.type("x")
    bench.undo()
    assert editor.toPlainText() == before
    assert bench.note(3).content.note.star
    bench.undo()
    assert not bench.note(3).content.note.star
    assert editor.isVisible()


def test_a_note_that_falls_outside_the_filter_while_it_is_edited_is_kept(bench: Bench) -> None:
    QTest.mouseClick(bench.bench.filters.todo, Qt.MouseButton.LeftButton)
    bench.choose(2)
    bench.key(Qt.Key.Key_Return)
    bench.type(" Echt.")
    bench.bench._work.turn_aside([note_id(2)])
    assert note_id(2) not in bench.listed()
    assert "Echt." in bench.note(2).content.text


# Keys on chosen notes


@pytest.mark.parametrize(
    ("sign", "kind"),
    [
        ("+", NoteKind.YIELD),
        ("=", NoteKind.SUCCESS_FACTOR),
        ("/", NoteKind.IMPROVEMENT),
        ("!", NoteKind.RECOMMENDATION),
        (">", NoteKind.ACTION),
        (".", NoteKind.REMARK),
        ('"', NoteKind.QUOTE),
        ("(", NoteKind.OBSERVATION),
    ],
)
def test_the_signs_of_the_capture_line_say_what_chosen_notes_are(bench: Bench, sign: str, kind: NoteKind) -> None:
    bench.choose(0, 2)
    bench.key(sign)
    assert bench.note(0).content.note.kind is kind
    assert bench.note(2).content.note.kind is kind
    assert bench.note(1).content.note.kind is None
    bench.undo()
    assert bench.note(0).content.note.kind is None


def test_j_confirms_the_kind_that_came_from_the_question(bench: Bench) -> None:
    bench.choose(0, 3)
    bench.key("j")
    assert bench.note(0).content.note.kind is NoteKind.YIELD
    assert bench.note(3).content.note.kind is NoteKind.IMPROVEMENT


def test_one_key_after_another_walks_through_the_kinds_that_are_still_open(bench: Bench) -> None:
    bench.choose(1)
    bench.key("j")
    # The arrow keys do not stop at a theme's heading.
    assert bench.notes.selected() == [note_id(2)]
    bench.key("/")
    assert bench.notes.selected() == [note_id(3)]
    kinds = [bench.note(number).content.note.kind for number in (0, 1, 2, 3)]
    assert kinds == [None, NoteKind.YIELD, NoteKind.IMPROVEMENT, None]
    # If it was confirmed already, it is only changed, and the selection stays.
    bench.choose(1)
    bench.key("+")
    bench.key("=")
    assert bench.notes.selected() == [note_id(1)]
    assert bench.note(1).content.note.kind is NoteKind.SUCCESS_FACTOR


def drag(bench: Bench, onto: str, share: float, numbers: tuple[int, ...]) -> bool:
    """Drag selected notes to a row, at a share of its height, and release; returns whether they could be
    dropped there.
    """
    bench.choose(*numbers)
    model, viewport = bench.bench.model, bench.notes.viewport()
    mime = model.mimeData([model.index_of(note_id(number)) for number in numbers])
    box = bench.notes.visualRect(model.index_of(onto))
    at = QPoint(200, box.top() + round(box.height() * share))
    copy, left, held = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter, move = QDragEnterEvent(at, copy, mime, left, held), QDragMoveEvent(at, copy, mime, left, held)
    QApplication.sendEvent(viewport, enter)
    QApplication.sendEvent(viewport, move)
    if not enter.isAccepted() or not move.isAccepted():
        return False
    QApplication.sendEvent(viewport, QDropEvent(QPointF(at), copy, mime, left, held))
    return True


def test_notes_are_dragged_to_another_place_in_the_list(bench: Bench) -> None:
    assert drag(bench, note_id(0), 0.2, (1,))
    assert bench.listed()[:3] == [note_id(1), note_id(0), note_id(2)]
    assert bench.session.undo_label() == "notitie verplaatsen"
    bench.undo()
    # Under another question: above its first note, and below the last one of a question.
    assert drag(bench, note_id(3), 0.2, (0, 2))
    question = bench.note(3).content.question
    assert [bench.note(number).content.question for number in (0, 2)] == [question, question]
    assert bench.listed() == [note_id(number) for number in (1, 0, 2, 3, 4, 5, 6)]
    bench.undo()
    assert drag(bench, note_id(1), 0.9, (4,))
    assert bench.listed()[:3] == [note_id(0), note_id(1), note_id(4)]
    assert bench.note(4).content.question == bench.note(1).content.question


def test_what_is_let_go_where_it_stood_stays_there(bench: Bench) -> None:
    before = bench.session.dossier.seq
    for number, share in ((0, 0.2), (0, 0.9), (1, 0.9)):
        assert drag(bench, note_id(number), share, (number,))
    assert bench.listed() == [note_id(number) for number in range(len(NOTES))]
    assert bench.session.dossier.seq == before


def test_a_list_in_another_order_takes_nothing_that_is_dragged(bench: Bench) -> None:
    bench.bench.filters.set_filter(NoteFilter(ordering=Ordering.TEXT))
    assert not drag(bench, note_id(0), 0.2, (1,))
    assert bench.notes._place is None


def test_a_click_on_a_hollow_chip_confirms_it(bench: Bench) -> None:
    index = bench.bench.model.index_of(note_id(2))
    spot = bench.notes.visualRect(index).topLeft() + QPoint(40, 18)
    QTest.mouseClick(bench.notes.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    assert bench.note(2).content.note.kind is NoteKind.SUCCESS_FACTOR


def test_star_and_aside_turn_on_for_all_and_then_off(bench: Bench) -> None:
    bench.choose(0)
    bench.key("s")
    bench.choose(0, 1)
    bench.key("s")
    assert bench.note(0).content.note.star
    assert bench.note(1).content.note.star
    bench.key("s")
    assert not bench.note(0).content.note.star
    bench.key("o")
    assert bench.note(1).content.note.set_aside
    assert bench.stage.material.progress.aside == 2
    bench.key("o")
    assert bench.stage.material.progress.aside == 0


def test_delete_goes_on_at_the_next_note_and_comes_back_by_name(bench: Bench) -> None:
    bench.choose(1)
    bench.key(Qt.Key.Key_Delete)
    assert note_id(1) not in bench.listed()
    assert bench.notes.selected() == [note_id(2)]
    assert bench.session.undo_label() == "notitie verwijderen"
    bench.undo()
    assert note_id(1) in bench.listed()


def test_v_moves_notes_to_the_question_that_is_typed(bench: Bench) -> None:
    bench.choose(0, 1)

    def move(dialog: QDialog) -> None:
        assert isinstance(dialog, MoveDialog)
        QTest.keyClicks(dialog.search, "beeldvorming wat kan beter")
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)

    panel.in_dialog(move)
    bench.key("v")
    target = panel.question_id(bench.copy, "Beeldvorming", Aspect.IMPROVEMENT)
    assert [row.key for row in note_rows(bench.bench.model) if row.content.question == target] == [
        note_id(6),
        note_id(0),
        note_id(1),
    ]
    assert bench.session.undo_label() == "2 notities verplaatsen"
    assert sorted(bench.notes.selected()) == [note_id(0), note_id(1)]


def test_the_menu_offers_what_the_keys_do(bench: Bench) -> None:
    bench.choose(0)
    menu = bench.notes.menu()
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[0] == "Wijzigen\tEnter"
    assert "Ster bij de gekozen notities\tS" in texts
    assert "Soort" in texts
    next(action for action in menu.actions() if action.text() == "Ster bij de gekozen notities\tS").trigger()
    assert bench.note(0).content.note.star


def test_other_letters_do_nothing(bench: Bench) -> None:
    bench.choose(0)
    seq = bench.session.dossier.seq
    for letter in "defgkmnpqrtuy0":
        bench.key(letter)
    assert bench.session.dossier.seq == seq
    assert bench.notes.selected() == [note_id(0)]


def test_one_changed_note_leaves_the_rest_of_the_list_alone(bench: Bench) -> None:
    told: list[tuple[int, int]] = []
    bench.bench.model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    bench.choose(3)
    bench.key("s")
    number = bench.bench.model.index_of(note_id(3)).row()
    assert told == [(number, number)]


def test_choice_and_place_stay_when_a_note_comes_in(bench: Bench) -> None:
    bench.choose(3, 4)
    question = panel.question_id(bench.copy, "Po en Technolab", Aspect.YIELD)
    bench.session.apply(capture_note(PANEL, question, parse("Nog iets."), HELD - dt.timedelta(minutes=1), note="new"))
    assert bench.notes.selected() == [note_id(3), note_id(4)]
    assert bench.listed()[0] == "new"


# Elsewhere in the window


def test_show_row_lets_go_of_a_filter_that_hides_it(bench: Bench) -> None:
    QTest.mouseClick(bench.bench.filters.starred, Qt.MouseButton.LeftButton)
    assert bench.listed() == []
    bench.stage.show_row("note", note_id(6))
    assert bench.notes.selected() == [note_id(6)]


def test_nothing_is_read_while_another_stage_is_on_show(bench: Bench) -> None:
    bench.window.navigate(Stage.START)
    before = bench.stage.material.content
    bench.session.apply(capture_note(PANEL, None, parse("Later."), HELD, note="new"))
    assert bench.stage.material.content is before
    bench.window.navigate(Stage.ELABORATE)
    assert "new" in bench.listed()


@pytest.mark.parametrize("has_panel", [True, False])
def test_without_notes_it_says_where_to_go(
    qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path, has_panel: bool
) -> None:
    copy = panel.make_copy(tmp_path, panel=has_panel, notes=False)
    window, session = panel.open_window(qtbot, theme, settings, copy, Stage.ELABORATE, elaborate_stage)
    stage = cast(ElaborateStage, window.stage_widget(Stage.ELABORATE))
    page = stage._no_notes if has_panel else stage._no_panel
    assert page.isVisible()
    assert page.button is not None
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert window.stage is (Stage.CONVERSATION if has_panel else Stage.PREPARE)
    panel.close_window(window, session)


def test_the_first_note_of_all_brings_the_list(
    qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path
) -> None:
    copy = panel.make_copy(tmp_path, notes=False)
    window, session = panel.open_window(qtbot, theme, settings, copy, Stage.ELABORATE, elaborate_stage)
    stage = cast(ElaborateStage, window.stage_widget(Stage.ELABORATE))
    session.apply(capture_note(PANEL, None, parse("Het begin."), HELD, note="new"))
    assert stage.bench.isVisible()
    assert [row.key for row in note_rows(stage.bench.model)] == ["new"]
    panel.close_window(window, session)
