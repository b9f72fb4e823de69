"""Uitwerken by key and mouse: insights, recommendations, terugblik, conflicts, and recovery after a crash."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.elaborate import add_insight, change_insight, set_debrief
from sto_desktop.domain.log.change import action, change, delete
from sto_desktop.domain.panel.content import InsightContent, RecommendationContent
from sto_desktop.domain.vocabulary import Aspect, DebriefAuthor, Evidence, Level, Priority
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.elaborate import ElaborateStage, elaborate_stage
from sto_desktop.ui.elaborate.notes.note_delegate import NoteEditor
from sto_desktop.ui.elaborate.stage import DEBRIEF, NOTES
from sto_desktop.ui.findings.cards import EvidenceCard
from sto_desktop.ui.findings.insight_editor import InsightEditor
from sto_desktop.ui.findings.recommendation_form import RecommendationDialog
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.conflict_dialog import ConflictDialog
from sto_desktop.ui.widgets import TextLabel
from tests.ui import elaborated_panel as panel
from tests.ui.elaborated_panel import PANEL, note_id
from tests.ui.reading import newest, note_rows, press_answer

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NONE = Qt.KeyboardModifier.NoModifier


class Hands:
    """The window on Uitwerken, with one insight, and methods for keys and clicks."""

    def __init__(self, qtbot: QtBot, theme: Appearance, settings: SettingsStore, copy: WorkingCopy) -> None:
        self.qtbot = qtbot
        self.copy = copy
        self.window, self.session = panel.open_window(qtbot, theme, settings, copy, Stage.ELABORATE, elaborate_stage)
        self.stage = cast(ElaborateStage, self.window.stage_widget(Stage.ELABORATE))
        self.bench = self.stage.bench
        self.side = self.bench.side

    def insights(self) -> list[InsightContent]:
        """Return the insights as the dossier has them."""
        return self.session.dossier.read.findings.insights(PANEL)

    def recommendations(self) -> list[RecommendationContent]:
        """Return the recommendations as the dossier has them."""
        return self.session.dossier.read.findings.recommendations(PANEL)

    def choose(self, *numbers: int) -> None:
        """Click notes, the later ones with Ctrl."""
        view = self.bench.notes
        for at, number in enumerate(numbers):
            index = self.bench.model.index_of(note_id(number))
            view.scrollTo(index)
            QTest.mouseClick(
                view.viewport(), Qt.MouseButton.LeftButton, CTRL if at else NONE, view.visualRect(index).center()
            )

    def key(self, key: Qt.Key | str, held: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the focus is."""
        if isinstance(key, str):
            QTest.keyClicks(self.focus(), key, held)
        else:
            QTest.keyClick(self.focus(), key, held)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        QTest.keyClicks(self.focus(), text)

    def focus(self) -> QWidget:
        """Return the focused widget."""
        focus = QApplication.focusWidget()
        if focus is None or (QApplication.activeModalWidget() is None and focus.window() is not self.window):
            # A dialog closed, and without a desktop nobody returns the focus.
            self.window.activateWindow()
            self.qtbot.waitUntil(lambda: self.window.focusWidget() is not None and self.window.isActiveWindow())
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    def card(self, row: str) -> EvidenceCard:
        """Return a card."""
        found = self.side.card(row)
        assert found is not None
        return found


@pytest.fixture
def hands(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Hands]:
    copy = panel.make_copy(tmp_path)
    panel.add_first_insight(copy)
    made = Hands(qtbot, theme, settings, copy)
    yield made
    panel.close_window(made.window, made.session)


# Insights


def test_an_insight_is_written_on_the_chosen_notes_and_says_how_widely_it_was_shared(hands: Hands) -> None:
    hands.choose(3, 4)
    hands.key("i")
    hands.type("Er is te weinig groen, en dat vindt niet iedereen erg.")
    hands.key(Qt.Key.Key_Return)
    made = hands.insights()[-1]
    assert made.insight.text == "Er is te weinig groen, en dat vindt niet iedereen erg."
    assert set(made.supports) == {note_id(3), note_id(4)}
    assert made.insight.position.parent == panel.question_id(hands.copy, "Po en Technolab", Aspect.IMPROVEMENT)
    card = hands.card(made.id)
    assert card.content.detail == "2 notities"
    assert card.content.support == "verdeeld: 2\u00a0van\u00a05\u00a0panelleden voor, 1\u00a0tegen"
    assert hands.stage.material.progress.used == 4
    assert hands.session.undo_label() == "inzicht toevoegen"
    assert hands.focus() is hands.bench.notes


def test_an_insight_of_three_members_from_two_sectors_is_broad(hands: Hands) -> None:
    card = hands.card("first")
    assert card.content.support == "breed gedragen: 3\u00a0van\u00a05\u00a0panelleden, 3\u00a0sectoren"
    assert card.content.number == 1


@pytest.mark.parametrize("leave", ["escape", "ctrl-enter", "click", "stage"])
def test_leaving_the_field_keeps_a_new_insight(hands: Hands, leave: str) -> None:
    hands.choose(2)
    hands.key("i")
    hands.type("Kijken komt voor doen.")
    if leave == "escape":
        hands.key(Qt.Key.Key_Escape)
    elif leave == "ctrl-enter":
        hands.key(Qt.Key.Key_Return, CTRL)
        hands.qtbot.waitUntil(lambda: hands.side.editor is None)
    elif leave == "click":
        hands.choose(0)
        hands.qtbot.waitUntil(lambda: hands.side.editor is None)
    else:
        hands.window.navigate(Stage.START)
    assert [insight.insight.text for insight in hands.insights()] == ["Iedereen doet mee.", "Kijken komt voor doen."]


def test_an_empty_field_makes_no_insight(hands: Hands) -> None:
    seq = hands.session.dossier.seq
    hands.choose(2)
    hands.key("i")
    hands.key(Qt.Key.Key_Escape)
    assert hands.session.dossier.seq == seq
    assert hands.side.choice.isVisible()


def test_an_insight_can_be_about_a_theme_with_an_aspect_of_its_own(hands: Hands) -> None:
    hands.choose(2)
    hands.key("i")
    editor = hands.side.editor
    assert editor is not None
    assert not editor.aspect.isVisible()
    hands.type("Het gaat goed.")
    place = next(at for at in range(editor.place.count()) if editor.place.itemText(at).endswith("hele thema"))
    editor.place.setCurrentIndex(place)
    assert editor.aspect.isVisible()
    editor.aspect.setCurrentIndex(editor.aspect.findData(Aspect.YIELD))
    editor.text.setFocus()
    hands.key(Qt.Key.Key_Return)
    made = hands.insights()[-1].insight
    assert (made.position.parent, made.aspect) == (None, Aspect.YIELD)
    assert made.theme == hands.session.dossier.read.guides.of_panel(PANEL).themes[1].id


def test_shift_enter_is_a_new_line_in_an_insight(hands: Hands) -> None:
    hands.choose(2)
    hands.key("i")
    hands.type("Een")
    hands.key(Qt.Key.Key_Return, SHIFT)
    hands.type("twee")
    hands.key(Qt.Key.Key_Return)
    assert hands.insights()[-1].insight.text == "Een\ntwee"


def test_digits_attach_to_the_numbered_insight_and_alt_makes_it_a_contradiction(hands: Hands) -> None:
    hands.choose(2)
    hands.key("1")
    assert note_id(2) in hands.insights()[0].supports
    hands.choose(4)
    hands.key("1", ALT)
    assert hands.insights()[0].contradicts == (note_id(4),)
    assert hands.card("first").content.detail == "3 notities · 1 tegengeluid"
    hands.key("9")
    assert hands.session.undo_label() == "notitie koppelen"


def test_k_and_t_on_a_card_attach_what_is_chosen_in_the_list(hands: Hands) -> None:
    hands.choose(2, 3)
    card = hands.card("first")
    card.setFocus()
    hands.key("k")
    assert {note_id(2), note_id(3)} <= set(hands.insights()[0].supports)
    hands.choose(2)
    hands.card("first").setFocus()
    hands.key("t")
    assert hands.insights()[0].contradicts == (note_id(2),)


def test_an_unfolded_card_shows_its_notes_marks_them_and_lets_them_go(hands: Hands) -> None:
    card = hands.card("first")
    card.setFocus()
    hands.key(Qt.Key.Key_Return)
    assert card.is_open
    marked = hands.bench.model.index_of(note_id(1)).data(Qt.ItemDataRole.UserRole + 1)
    assert marked == Evidence.SUPPORTS
    lose = next(widget for widget in card.findChildren(QWidget) if widget.accessibleName() == "Notitie loskoppelen")
    QTest.mouseClick(lose, Qt.MouseButton.LeftButton)
    assert len(hands.insights()[0].supports) == 1
    assert card.is_open

    def turning() -> list[QWidget]:
        name = "Maak er een tegengeluid van"
        return [
            widget for widget in card.findChildren(QWidget) if widget.accessibleName() == name and widget.isVisible()
        ]

    hands.qtbot.waitUntil(lambda: len(turning()) == 1)
    QTest.mouseClick(turning()[0], Qt.MouseButton.LeftButton)
    assert hands.insights()[0].supports == ()
    assert len(hands.insights()[0].contradicts) == 1


def test_notes_dropped_on_a_card_are_attached(hands: Hands) -> None:
    hands.choose(2, 5)
    indexes = hands.bench.notes.selectionModel().selectedIndexes()
    data: QMimeData = hands.bench.model.mimeData(indexes)
    card = hands.card("first")
    here, left = QPointF(20, 20), Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(here.toPoint(), Qt.DropAction.CopyAction, data, left, NONE)
    QApplication.sendEvent(card, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(card, QDropEvent(here, Qt.DropAction.CopyAction, data, left, NONE))
    assert {note_id(2), note_id(5)} <= set(hands.insights()[0].supports)


def test_an_insight_is_rewritten_in_its_place(hands: Hands) -> None:
    card = hands.card("first")
    card.setFocus()
    hands.key(Qt.Key.Key_F2)
    editor = hands.side.editor
    assert isinstance(editor, InsightEditor)
    assert not card.isVisible()
    hands.type(" Op twee dorpen na.")
    hands.key(Qt.Key.Key_Escape)
    assert hands.insights()[0].insight.text == "Iedereen doet mee. Op twee dorpen na."
    assert card.isVisible()
    assert hands.session.undo_label() == "inzicht wijzigen"


def test_an_insight_is_deleted_and_its_notes_stay(hands: Hands) -> None:
    card = hands.card("first")
    card.setFocus()
    hands.key(Qt.Key.Key_Delete)
    assert hands.insights() == []
    assert len(note_rows(hands.bench.model)) == len(panel.NOTES)
    hands.key(Qt.Key.Key_Z, CTRL)
    assert hands.card("first").content.detail == "2 notities"


def test_the_cards_follow_the_theme_of_the_chosen_note(hands: Hands) -> None:
    assert hands.side.insights.heading.text() == "Alle inzichten (1)"
    hands.choose(5)
    assert hands.side.insights.heading.text() == "Inzichten bij dit thema"
    assert hands.side.card("first") is None
    hands.choose(0)
    assert hands.side.card("first") is not None


def test_progress_counts_and_leads_to_the_question_without_insight(hands: Hands) -> None:
    assert hands.side.bar.value() == 2
    assert hands.side.bar.maximum() == 7
    assert hands.side.gap.text() == "4 vragen zonder inzicht"
    QTest.mouseClick(hands.side.gap, Qt.MouseButton.LeftButton)
    assert hands.bench.notes.selected() == [note_id(2)]
    assert hands.focus() is hands.bench.notes


def test_progress_leads_to_the_notes_that_are_left_and_says_when_it_is_done(hands: Hands) -> None:
    assert hands.side.todo.word() == "nog 5 notities"
    QTest.mouseClick(hands.side.todo, Qt.MouseButton.LeftButton)
    left = [row.key for row in note_rows(hands.bench.model)]
    assert left == [note_id(number) for number in range(2, 7)]
    hands.key(Qt.Key.Key_A, CTRL)
    hands.key("o")
    assert not hands.side.todo.isVisible()
    assert hands.side.gap.isVisible()
    for aspect in (
        ("Po en Technolab", Aspect.SUCCESS_FACTOR),
        ("Po en Technolab", Aspect.IMPROVEMENT),
        (
            "Beeldvorming",
            Aspect.YIELD,
        ),
        ("Beeldvorming", Aspect.IMPROVEMENT),
    ):
        question = panel.question_id(hands.copy, *aspect)
        hands.session.apply(add_insight(PANEL, "Klaar.", question=question))
    assert not hands.side.gap.isVisible()
    assert "Uitgewerkt: elke notitie heeft een plek en elke vraag een inzicht." in [
        label.text() for label in hands.side.findChildren(TextLabel)
    ]


def test_show_row_unfolds_an_insight(hands: Hands) -> None:
    hands.choose(5)
    hands.stage.show_row("insight", "first")
    assert hands.card("first").is_open


# Recommendations


def fill(dialog: QDialog) -> None:
    """Fill in the form by typing."""
    assert isinstance(dialog, RecommendationDialog)
    QTest.keyClicks(dialog.text, "Maak twee opdrachten over groen.")
    QTest.keyClicks(dialog.school_years, "2024-2025")
    QTest.keyClicks(dialog.owner, "Technolab")
    dialog.level.set_value(Level.SUBREGION)
    dialog.priority.set_value(Priority.HIGH)
    QTest.keyClicks(dialog.first_step, "Begin met de kas.")
    QTest.keyClicks(dialog.securing, "In het rooster.")


def test_a_recommendation_has_all_its_fields_and_rests_on_the_chosen_notes(hands: Hands) -> None:
    hands.choose(3)

    def write(dialog: QDialog) -> None:
        fill(dialog)
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)

    panel.in_dialog(write)
    hands.key("a")
    (made,) = hands.recommendations()
    record = made.recommendation
    assert record.text == "Maak twee opdrachten over groen."
    assert (record.school_years, record.owner, record.first_step) == ("2024-2025", "Technolab", "Begin met de kas.")
    assert (record.level, record.priority, record.securing) == (Level.SUBREGION, Priority.HIGH, "In het rooster.")
    assert made.supports == (note_id(3),)
    assert len(made.themes) == 1
    card = hands.card(made.id)
    assert card.content.detail == "2024-2025 · subregio · Technolab · hoge prioriteit · 1 notitie"
    hands.key(Qt.Key.Key_Z, CTRL)
    assert hands.recommendations() == []


def test_escape_keeps_a_recommendation_as_a_draft(hands: Hands) -> None:
    def escape(dialog: QDialog) -> None:
        fill(dialog)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    panel.in_dialog(escape)
    hands.key("a")
    assert hands.recommendations() == []

    def go_on(dialog: QDialog) -> None:
        assert isinstance(dialog, RecommendationDialog)
        assert dialog.text.toPlainText() == "Maak twee opdrachten over groen."
        assert dialog.owner.text() == "Technolab"
        QTest.keyClick(dialog.owner, Qt.Key.Key_Return)

    panel.in_dialog(go_on)
    hands.key("a")
    (made,) = hands.recommendations()
    assert made.recommendation.text == "Maak twee opdrachten over groen."

    def empty(dialog: QDialog) -> None:
        assert isinstance(dialog, RecommendationDialog)
        assert dialog.text.toPlainText() == ""
        dialog.reject()

    panel.in_dialog(empty)
    hands.key("a")


def test_changing_a_recommendation_and_its_themes_is_one_step(hands: Hands) -> None:
    def write(dialog: QDialog) -> None:
        fill(dialog)
        dialog.accept()

    panel.in_dialog(write)
    hands.key("a")
    (made,) = hands.recommendations()
    hands.focus()

    def rewrite(dialog: QDialog) -> None:
        assert isinstance(dialog, RecommendationDialog)
        assert dialog.text.toPlainText() == "Maak twee opdrachten over groen."
        QTest.keyClicks(dialog.owner, " Oldenzaal")
        for box in dialog.themes.values():
            box.click()
        dialog.accept()

    panel.in_dialog(rewrite)
    hands.card(made.id).setFocus()
    hands.key(Qt.Key.Key_F2)
    (changed,) = hands.recommendations()
    assert changed.recommendation.owner == "Technolab Oldenzaal"
    assert len(changed.themes) == 4
    hands.key(Qt.Key.Key_Z, CTRL)
    (back,) = hands.recommendations()
    assert back.recommendation.owner == "Technolab"
    assert back.themes == ()


# Terugblik


def test_the_debrief_is_kept_on_leaving_a_field_and_stays_out_of_the_report_until_ticked(hands: Hands) -> None:
    hands.stage.show_page(DEBRIEF)
    hands.type("De stilte na vraag drie.")
    hands.key(Qt.Key.Key_Tab)
    hands.type("Het liep uit.")
    hands.key(Qt.Key.Key_Return, CTRL)
    (found,) = hands.session.dossier.read.course.debriefs(PANEL)
    assert (found.author, found.stood_out, found.different) == (
        DebriefAuthor.MODERATOR,
        "De stilte na vraag drie.",
        "Het liep uit.",
    )
    assert not found.in_report
    QTest.mouseClick(hands.stage.debrief.box(DebriefAuthor.MODERATOR), Qt.MouseButton.LeftButton, NONE, QPoint(8, 12))
    assert hands.session.dossier.read.course.debriefs(PANEL)[0].in_report


def test_an_answer_that_is_being_typed_is_kept_on_going_elsewhere(hands: Hands) -> None:
    hands.stage.show_page(DEBRIEF)
    hands.type("Half af")
    hands.window.navigate(Stage.START)
    assert hands.session.dossier.read.course.debriefs(PANEL)[0].stood_out == "Half af"


@pytest.mark.long
def test_an_answer_of_a_colleague_shows_unless_one_is_typing_there(hands: Hands) -> None:
    hands.stage.show_page(DEBRIEF)
    hands.type("Van mij")
    other = panel.colleague_of(hands.copy)
    other.dossier.apply(set_debrief(PANEL, DebriefAuthor.MODERATOR, stood_out="Van haar", went_well="De sfeer"))
    hands.session.dossier.poll()
    page = hands.stage.debrief
    assert page.field(DebriefAuthor.MODERATOR, "went_well").toPlainText() == "De sfeer"
    assert page.field(DebriefAuthor.MODERATOR, "stood_out").toPlainText() == "Van mij"
    hands.key(Qt.Key.Key_Tab)
    (case,) = hands.session.dossier.conflicts()
    assert {entry.change.values["stood_out"] for entry in case.rivals} == {"Van mij", "Van haar"}
    other.dossier.close()


# Conflicts


def rewrite_note(copy: WorkingCopy, text: str) -> None:
    """Let a colleague rewrite the third note."""
    copy.dossier.apply(action("notitie wijzigen", change("note", note_id(2), text=text)))


@pytest.mark.long
def test_a_colleagues_version_of_a_note_becomes_a_conflict_and_not_the_end_of_it(hands: Hands) -> None:
    hands.choose(2)
    hands.key(Qt.Key.Key_Return)
    editor = hands.focus()
    assert isinstance(editor, NoteEditor)
    editor.selectAll()
    hands.type("Mijn versie. @1")
    other = panel.colleague_of(hands.copy)
    rewrite_note(other, "Haar versie.")
    hands.session.dossier.poll()
    assert editor.toPlainText() == "Mijn versie. @1"
    hands.key(Qt.Key.Key_Return)
    assert newest(hands.stage.notices).startswith("1 tegenstrijdigheid:")

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, ConflictDialog)
        names = [button.accessibleName() for button in dialog.choices]
        assert names == ["Deze kiezen: Mijn versie.", "Deze kiezen: Haar versie."]
        QTest.mouseClick(dialog.choices[1], Qt.MouseButton.LeftButton)

    panel.in_dialog(choose)
    press_answer(hands.stage.notices)
    assert hands.session.dossier.conflicts() == []
    assert newest(hands.stage.notices) == ""
    assert hands.bench.model.index_of(note_id(2)).data() == "Haar versie."
    other.dossier.close()


def test_a_colleagues_version_of_an_insight_becomes_a_conflict(hands: Hands) -> None:
    hands.card("first").setFocus()
    hands.key(Qt.Key.Key_F2)
    hands.type(" Bijna.")
    other = panel.colleague_of(hands.copy)
    other.dossier.apply(change_insight("first", text="Bijna iedereen doet mee."))
    hands.session.dossier.poll()
    hands.key(Qt.Key.Key_Return)
    (case,) = hands.session.dossier.conflicts()
    assert (case.table, case.field, len(case.rivals)) == ("insight", "text", 2)
    other.dossier.close()


def test_a_note_that_a_colleague_deletes_while_it_is_rewritten_is_not_lost(hands: Hands) -> None:
    hands.choose(2)
    hands.key(Qt.Key.Key_Return)
    hands.type(" Nieuw.")
    other = panel.colleague_of(hands.copy)
    other.dossier.apply(action("notitie verwijderen", delete("note", note_id(2))))
    hands.session.dossier.poll()
    texts = [entry.change.values.get("text", "") for entry in hands.session.dossier.history("note", note_id(2))]
    assert any("Nieuw." in str(text) for text in texts)
    other.dossier.close()


# After a crash


@pytest.mark.long
def test_what_was_being_typed_is_there_again_after_a_crash(
    hands: Hands, qtbot: QtBot, theme: Appearance, settings: SettingsStore
) -> None:
    hands.choose(2)
    hands.key("i")
    hands.type("Half een gedach")
    qtbot.waitUntil(lambda: hands.session.dossier.draft("elaborate") != "")
    # Another window on the working copy that the crash left.
    again = Hands(qtbot, theme, settings, panel.colleague_of(hands.copy))
    qtbot.waitUntil(lambda: again.side.editor is not None)
    editor = again.side.editor
    assert editor is not None
    assert editor.text.toPlainText() == "Half een gedach"
    again.key("t")
    again.key(Qt.Key.Key_Return)
    made = again.insights()[-1]
    assert made.insight.text == "Half een gedacht"
    assert made.supports == (note_id(2),)
    assert again.session.dossier.draft("elaborate") == ""
    panel.close_window(again.window, again.session)


@pytest.mark.long
def test_a_note_being_rewritten_is_there_again_after_a_crash(
    hands: Hands, qtbot: QtBot, theme: Appearance, settings: SettingsStore
) -> None:
    hands.choose(2)
    hands.key(Qt.Key.Key_Return)
    hands.type(" En dan")
    qtbot.waitUntil(lambda: hands.session.dossier.draft("elaborate") != "")
    draft = hands.session.dossier.draft("elaborate")
    hands.key(Qt.Key.Key_Escape)
    hands.key(Qt.Key.Key_Z, CTRL)
    # As a crash before the Esc would have left it.
    hands.session.dossier.set_draft("elaborate", draft)
    again = Hands(qtbot, theme, settings, panel.colleague_of(hands.copy))
    qtbot.waitUntil(lambda: again.bench.notes.editing)
    editor = again.bench.notes.viewport().findChild(NoteEditor)
    assert editor is not None
    assert editor.toPlainText().endswith(" En dan")
    panel.close_window(again.window, again.session)
    assert again.stage.page == NOTES


# What the dossier refuses


def test_what_the_dossier_cant_take_stays_under_the_hands(hands: Hands) -> None:
    hands.session.dossier._raw.execute("PRAGMA busy_timeout = 20")
    other = panel.colleague_of(hands.copy)
    other.dossier._raw.execute("BEGIN IMMEDIATE")
    hands.choose(2)
    hands.key("i")
    hands.type("Kijken komt voor doen.")
    hands.key(Qt.Key.Key_Return)
    assert newest(hands.window.notices)
    assert "houdt" in newest(hands.window.notices)
    hands.qtbot.waitUntil(lambda: hands.side.editor is not None)
    other.dossier._raw.execute("ROLLBACK")
    assert len(hands.insights()) == 1
    hands.key(Qt.Key.Key_Return)
    assert hands.insights()[-1].insight.text == "Kijken komt voor doen."
    assert hands.insights()[-1].supports == (note_id(2),)
    other.dossier.close()


def test_a_note_that_cant_be_kept_opens_again(hands: Hands) -> None:
    hands.session.dossier._raw.execute("PRAGMA busy_timeout = 20")
    other = panel.colleague_of(hands.copy)
    other.dossier._raw.execute("BEGIN IMMEDIATE")
    hands.choose(2)
    hands.key(Qt.Key.Key_Return)
    hands.type(" Echt.")
    hands.key(Qt.Key.Key_Return)
    hands.qtbot.waitUntil(lambda: hands.bench.notes.editing)
    other.dossier._raw.execute("ROLLBACK")
    hands.key(Qt.Key.Key_Return)
    note = hands.session.dossier.read.notes.get(note_id(2))
    assert note is not None
    assert note.text.endswith("Echt.")
    other.dossier.close()


@pytest.mark.long
def test_typing_that_was_taken_back_leaves_no_draft(hands: Hands) -> None:
    hands.choose(2)
    hands.key(Qt.Key.Key_Return)
    hands.type("x")
    hands.qtbot.waitUntil(lambda: hands.session.dossier.draft("elaborate") != "")
    hands.key(Qt.Key.Key_Z, CTRL)
    hands.key(Qt.Key.Key_Return)
    assert hands.session.dossier.draft("elaborate") == ""


def test_an_insight_that_a_colleague_deletes_while_it_is_rewritten_is_not_lost(hands: Hands) -> None:
    hands.card("first").setFocus()
    hands.key(Qt.Key.Key_F2)
    hands.type(" Bijna.")
    other = panel.colleague_of(hands.copy)
    other.dossier.apply(action("inzicht verwijderen", delete("insight", "first")))
    hands.session.dossier.poll()
    hands.key(Qt.Key.Key_Return)
    (kept,) = hands.insights()
    assert kept.insight.text == "Iedereen doet mee. Bijna."
    other.dossier.close()
