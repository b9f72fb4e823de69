"""Ctrl+Enter saves and leaves any text field, so that further typing does no harm."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.base.undo import OwnUndo
from sto_desktop.ui.commands.command import Place
from sto_desktop.ui.commands.table import BY_ID
from sto_desktop.ui.fields.kept_field import KeptLine, KeptText
from sto_desktop.ui.shell.commanding import Commander, ShowsPlaces
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.shell.preferences import PreferencesDialog
from sto_desktop.ui.widgets import SearchField

CTRL = Qt.KeyboardModifier.ControlModifier
TYPED_ON = "sanoijk 12+-"


@pytest.fixture
def window(on_example: MainWindow) -> MainWindow:
    return on_example


def fields_of(root: QWidget) -> list[QLineEdit | QPlainTextEdit]:
    found: list[QLineEdit | QPlainTextEdit] = [*root.findChildren(QLineEdit), *root.findChildren(QPlainTextEdit)]
    return [
        field
        for field in found
        if field.isVisible() and field.isEnabled() and not field.isReadOnly() and not isinstance(field, OwnUndo)
    ]


def leave_by_keys(qtbot: QtBot, window: MainWindow, field: QLineEdit | QPlainTextEdit, key: Qt.Key) -> None:
    """Type in a field, leave it with Ctrl+Enter, and type on: nothing happens any more."""
    name = f"{type(field).__name__} {field.accessibleName()!r}"
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_End, CTRL)
    QTest.keyClicks(field, "x" if isinstance(field, QPlainTextEdit) or field.validator() is None else "")
    text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    QTest.keyClick(field, key, CTRL)
    QTest.qWait(20)
    focus = QApplication.focusWidget()
    assert focus is not field, name
    if shiboken6.isValid(field) and field.isVisible() and isinstance(field, KeptLine | KeptText | SearchField):
        assert (field.text() if isinstance(field, QLineEdit) else field.toPlainText()).strip() == text.strip(), name
    assert window.session is not None
    before = window.session.dossier.seq
    for sign in TYPED_ON:
        focus = QApplication.focusWidget()
        assert focus is not None, name
        QTest.keyClicks(focus, sign)
    QTest.qWait(20)
    assert window.session.dossier.seq == before, name
    assert QApplication.activeModalWidget() is None, name


@pytest.mark.long
@pytest.mark.parametrize("place", [place for place in Place if place.stage], ids=lambda place: place.name)
def test_every_field_of_a_stage_is_left(qtbot: QtBot, window: MainWindow, place: Place) -> None:
    window.navigate(Stage(place.stage))
    stage = window.stage_widget(window.stage)
    assert stage is not None
    if isinstance(stage, ShowsPlaces):
        stage.show_place(place)
    QTest.qWait(300)
    for number in range(len(fields_of(stage))):
        fields = fields_of(stage)
        if number < len(fields):
            leave_by_keys(qtbot, window, fields[number], Qt.Key.Key_Return if number % 2 else Qt.Key.Key_Enter)


EDITORS = (
    "reword_question",
    "edit_note",
    "new_insight",
    "edit_card",
    "new_conclusion",
    "rename_part",
    "overall_insight",
)
"""Commands that open an editor in the stage."""


@pytest.mark.long
@pytest.mark.parametrize("command", EDITORS)
def test_every_editor_in_a_stage_is_left(qtbot: QtBot, window: MainWindow, command: str) -> None:
    commander = Commander(window, window)
    window.navigate(Stage(BY_ID[command].place.stage))
    stage = window.stage_widget(window.stage)
    assert stage is not None
    if isinstance(stage, ShowsPlaces):
        stage.show_place(BY_ID[command].place)
    QTest.qWait(300)
    if command == "overall_insight":
        # Vogelvlucht reads all panels first.
        qtbot.waitUntil(lambda: any(button.isVisible() for button in stage.findChildren(QAbstractButton, command)))
    choose_for(command, window, stage)
    with qtbot.waitSignal(commander.answered) as answer:
        commander.do(BY_ID[command])
    assert answer.args == [command, True]
    QTest.qWait(50)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit | QPlainTextEdit), focus
    assert window.session is not None
    before = window.session.dossier.seq
    leave_by_keys(qtbot, window, focus, Qt.Key.Key_Return)
    assert window.session.dossier.seq > before


def choose_for(command: str, window: MainWindow, stage: QWidget) -> None:
    """Select what a command needs, by keys."""
    from sto_desktop.ui.elaborate.stage import ElaborateStage
    from sto_desktop.ui.report.parts_list import PartRow

    if isinstance(stage, ElaborateStage) and command == "edit_note":
        stage.bench.focus_notes()
        QTest.keyClick(stage.bench.notes, Qt.Key.Key_Down)
        QTest.keyClick(stage.bench.notes, Qt.Key.Key_Down)
    elif isinstance(stage, ElaborateStage) and command == "edit_card":
        stage.bench.side.all_cards()[0].setFocus()
    elif command == "rename_part":
        stage.findChildren(PartRow)[2].box.setFocus()


def test_a_dialog_without_a_main_button_keeps_the_field_and_stays(
    qtbot: QtBot, window: MainWindow, settings: SettingsStore
) -> None:
    dialog = PreferencesDialog(window.theme, settings, window)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    dialog.name.setFocus()
    QTest.keyClicks(dialog.name, "Renee")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return, CTRL)
    assert settings.current.user_name == "Renee"
    assert not dialog.name.hasFocus()
    focus = QApplication.focusWidget()
    assert focus is dialog
    QTest.keyClicks(focus, TYPED_ON)
    assert dialog.name.text() == "Renee"
    dialog.reject()
