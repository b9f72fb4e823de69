"""Conclusies: the insights of all themes combined per central question, and recommendations that follow from them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.elaborate import add_insight
from sto_desktop.domain.panel.content import InsightContent
from sto_desktop.domain.vocabulary import Aspect
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.elaborate import ElaborateStage, elaborate_stage
from sto_desktop.ui.elaborate.insights.conclusions_page import AspectColumn, ConclusionsPage
from sto_desktop.ui.elaborate.stage import CONCLUSIONS, NOTES
from sto_desktop.ui.findings.cards import insights_as_mime
from sto_desktop.ui.findings.recommendation_form import RecommendationDialog
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import IconButton
from tests.ui import elaborated_panel as panel
from tests.ui.elaborated_panel import PANEL, note_id

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


class Concluding:
    """The window on Conclusies, with two insights on yields and one on improvements."""

    def __init__(self, stage: ElaborateStage, session: Session, qtbot: QtBot) -> None:
        self.stage, self.session, self.qtbot = stage, session, qtbot

    @property
    def page(self) -> ConclusionsPage:
        """The page."""
        return self.stage.conclusions

    @property
    def yields(self) -> AspectColumn:
        """The first column."""
        return self.page.columns[Aspect.YIELD]

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the focus is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key, held)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, text)

    def insight(self, row: str) -> InsightContent:
        """Return an insight as the dossier has it."""
        return next(insight for insight in self.session.dossier.read.findings.insights(PANEL) if insight.id == row)

    def conclude(self) -> str:
        """Write a conclusion on the first two insights by keys only; returns its id."""
        self.key(Qt.Key.Key_Space)
        self.key(Qt.Key.Key_Down)
        self.key(Qt.Key.Key_Space)
        self.key(Qt.Key.Key_I)
        self.type("Techniek leeft.")
        self.key(Qt.Key.Key_Return)
        (made,) = self.yields.cards.cards
        return made


@pytest.fixture
def work(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Concluding]:
    copy = panel.make_copy(tmp_path)
    panel.add_first_insight(copy)
    for row, about, aspect, supports, against in (
        ("second", "Beeldvorming", Aspect.YIELD, [note_id(5)], []),
        ("third", "Po en Technolab", Aspect.IMPROVEMENT, [note_id(3)], [note_id(4)]),
    ):
        question = panel.question_id(copy, about, aspect)
        made = add_insight(PANEL, f"Het {row}.", question=question, supports=supports, contradicts=against, insight=row)
        copy.dossier.apply(made)
    window, session = panel.open_window(qtbot, theme, settings, copy, Stage.ELABORATE, elaborate_stage)
    stage = cast(ElaborateStage, window.stage_widget(Stage.ELABORATE))
    stage.show_page(CONCLUSIONS)
    yield Concluding(stage, session, qtbot)
    panel.close_window(window, session)


def test_a_conclusion_is_written_by_keys_on_the_insights_of_all_themes(work: Concluding) -> None:
    assert list(work.yields.picks) == ["first", "second"]
    assert list(work.page.columns[Aspect.IMPROVEMENT].picks) == ["third"]
    row = work.conclude()
    made = work.insight(row)
    assert (made.insight.text, made.insight.aspect, made.insight.theme) == ("Techniek leeft.", Aspect.YIELD, None)
    assert set(made.insights) == {"first", "second"}
    card = work.yields.cards.cards[row]
    # Ahmet, Truus and Sjoerd; Truus supported both.
    assert card.content.support == "breed gedragen: 3\u00a0van\u00a05\u00a0panelleden, 3\u00a0sectoren"
    assert card.content.detail == "2 inzichten"
    assert work.session.undo_label() == "conclusie toevoegen"
    assert work.yields.choice.chosen() == []
    assert QApplication.focusWidget() is card
    work.key(Qt.Key.Key_Z, CTRL)
    assert not work.yields.cards.cards
    assert list(work.yields.picks) == ["first", "second"]


def test_digits_attach_what_is_at_hand_and_alt_as_a_contradiction(work: Concluding) -> None:
    work.yields.picks["first"].setFocus()
    work.key(Qt.Key.Key_I)
    work.type("Techniek leeft.")
    work.key(Qt.Key.Key_Return)
    (row,) = work.yields.cards.cards
    assert work.insight(row).insights == ("first",)
    work.yields.picks["second"].setFocus()
    work.key(Qt.Key.Key_1)
    assert set(work.insight(row).insights) == {"first", "second"}
    work.yields.picks["second"].setFocus()
    work.key(Qt.Key.Key_1, ALT)
    assert (work.insight(row).insights, work.insight(row).against) == (("first",), ("second",))
    # Contradicting voices count against it now; Truus is on both sides.
    assert work.yields.cards.cards[row].content.detail == "1 inzicht · 1 tegengeluid"


def test_an_insight_is_dropped_on_a_conclusion_and_taken_off_again(work: Concluding) -> None:
    row = work.conclude()
    work.key(Qt.Key.Key_Return)
    card = work.yields.cards.cards[row]
    assert card.is_open
    data = insights_as_mime([("third", "Het third.")])
    here, left = QPointF(20, 20), Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(here.toPoint(), Qt.DropAction.CopyAction, data, left, NONE)
    QApplication.sendEvent(card, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(card, QDropEvent(here, Qt.DropAction.CopyAction, data, left, NONE))
    assert set(work.insight(row).insights) == {"first", "second", "third"}
    # The lines follow the guide: the third is of the first theme, after the first.
    assert [line.note for line in card.content.notes] == ["first", "third", "second"]

    def losing() -> list[IconButton]:
        among = (button for button in card.findChildren(IconButton) if button.isVisible())
        return sorted(
            (one for one in among if one.accessibleName() == "Inzicht loskoppelen"),
            key=lambda one: one.mapTo(card, QPoint()).y(),
        )

    work.qtbot.waitUntil(lambda: len(losing()) == 3)
    QTest.mouseClick(losing()[1], Qt.MouseButton.LeftButton)
    assert set(work.insight(row).insights) == {"first", "second"}


def test_notes_cant_be_dropped_on_a_conclusion(work: Concluding) -> None:
    row = work.conclude()
    card = work.yields.cards.cards[row]
    indexes = [work.stage.bench.model.index_of(note_id(2))]
    data = work.stage.bench.model.mimeData(indexes)
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NONE)
    enter.ignore()
    QApplication.sendEvent(card, enter)
    assert not enter.isAccepted()


def test_a_conclusion_is_rewritten_in_its_place_and_deleted(work: Concluding) -> None:
    row = work.conclude()
    work.key(Qt.Key.Key_F2)
    work.type(" Echt.")
    work.key(Qt.Key.Key_Escape)
    assert work.insight(row).insight.text == "Techniek leeft. Echt."
    assert work.insight(row).insight.aspect is Aspect.YIELD
    work.key(Qt.Key.Key_Delete)
    assert not work.yields.cards.cards


def test_a_recommendation_follows_from_insights(work: Concluding) -> None:
    def write(dialog: QDialog) -> None:
        assert isinstance(dialog, RecommendationDialog)
        QTest.keyClicks(dialog.text, "Ga door.")
        dialog.accept()

    work.key(Qt.Key.Key_Space)
    panel.in_dialog(write)
    work.key(Qt.Key.Key_A)
    (made,) = work.session.dossier.read.findings.recommendations(PANEL)
    assert (made.recommendation.text, made.insights) == ("Ga door.", ("first",))
    work.stage.show_page(NOTES)
    card = work.stage.bench.side.card(made.id)
    assert card is not None
    assert card.content.detail == "1 inzicht"


def test_what_lies_under_a_conclusion_leads_to_the_insight_with_its_notes(work: Concluding) -> None:
    work.conclude()
    work.page.insight_shown.emit("second")
    assert work.stage.page == NOTES
    card = work.stage.bench.side.card("second")
    assert card is not None
    assert card.is_open


@pytest.mark.long
def test_a_conclusion_that_was_being_written_is_there_after_a_crash(
    work: Concluding, qtbot: QtBot, theme: Appearance, settings: SettingsStore
) -> None:
    work.key(Qt.Key.Key_I)
    work.type("Half een ged")
    qtbot.waitUntil(lambda: work.session.dossier.draft("elaborate/conclusion") != "")
    copy = panel.colleague_of(work.session.copy)
    window, session = panel.open_window(qtbot, theme, settings, copy, Stage.ELABORATE, elaborate_stage)
    stage = cast(ElaborateStage, window.stage_widget(Stage.ELABORATE))
    stage.show_page(CONCLUSIONS)
    editor = stage.conclusions.editor
    assert editor is not None
    assert editor.text.toPlainText() == "Half een ged"
    QTest.keyClicks(editor.text, "achte")
    QTest.keyClick(editor.text, Qt.Key.Key_Return)
    made = next(
        insight
        for insight in session.dossier.read.findings.insights(PANEL)
        if insight.insight.text == "Half een gedachte"
    )
    assert made.insights == ("first",)
    panel.close_window(window, session)
