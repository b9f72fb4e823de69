"""Esc discards nothing: text typed in any dialog of the program returns when the dialog opens again."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.commands.table import BY_ID, COMMANDS
from sto_desktop.ui.fields.abbreviations import AbbreviationsDialog
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.commanding import Commander
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.widgets import Dialog
from sto_desktop.ui.widgets.drafts import fields_of, text_of

UI = Path(__file__).parents[3] / "sto_desktop" / "ui"

WINDOWS = ("example", "practise", "room", "moderator_window", "discreet")
"""Commands that open no dialog but another window or dossier, or hide this window."""

TYPED = "Renee typte dit"


@pytest.fixture
def window(on_example: MainWindow) -> MainWindow:
    return on_example


class Typist(QObject):
    """Types into every field of each dialog that opens, and presses Esc; closes everything else that waits for an
    answer.
    """

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[tuple[str, str], str] = {}
        self.typing = True
        self._timer = QTimer(self, interval=20)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        popup, dialog = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if popup is not None:
            popup.close()
        elif isinstance(dialog, Dialog):
            for name, field in fields_of(dialog):
                if self.typing:
                    field.setFocus()
                    QTest.keyClicks(field, TYPED)
                self.texts[type(dialog).__name__, name] = text_of(field)
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        elif dialog is not None:
            dialog.close()

    def stop(self) -> None:
        self._timer.stop()


@pytest.mark.long
@pytest.mark.parametrize("stage", ["", *Stage])
def test_what_was_typed_is_there_when_the_dialog_opens_again(qtbot: QtBot, window: MainWindow, stage: str) -> None:
    typist, commander = Typist(), Commander(window, window)
    assert window.session is not None
    panel = window.session.panel_id
    assert panel is not None

    def do(command: str) -> None:
        assert window.session is not None
        window.session.show_panel(panel)
        if stage:
            window.navigate(Stage(stage))
        with qtbot.waitSignal(commander.answered):
            commander.do(BY_ID[command])
        QTest.qWait(60)
        qtbot.waitUntil(lambda: not QApplication.activePopupWidget() and not QApplication.activeModalWidget())
        window.activateWindow()

    for command in COMMANDS:
        if command.place.stage != stage or command.id in WINDOWS:
            continue
        typist.texts, typist.typing = {}, True
        do(command.id)
        typed = typist.texts
        if typed:
            assert all(TYPED in text for text in typed.values()), (command.id, typed)
            typist.texts, typist.typing = {}, False
            # What a command works with is read by a worker; until then it says what it waits for.
            for _ in range(50):
                do(command.id)
                if typist.texts:
                    break
            assert typist.texts == typed, command.id
    typist.stop()


OPENED = (
    "NewPanelDialog", "PreferencesDialog", "ShareDialog", "QuestionDialog", "ThemeDialog", "GuideNameDialog",
    "RecommendationDialog", "ClosingSheet", "TextDialog", "AbbreviationsDialog", "AgreedDialog", "WrittenDialog",
    "ArrivalDialog", "ThreeLines", "ConsentDialog", "NamesDialog",
)  # fmt: skip
"""The dialogs with fields whose text is kept. Those for passwords, search fields, lists to read and fields that save
themselves have none.
"""
WITHOUT = ("ToCheckDialog", "PasswordDialog", "DossierPasswordDialog", "Picker", "IssuanceDialog")


FIELD = re.compile(r"\b(LineEdit|TextEdit|SpelledEdit|KeptLine|KeptText|KeptChoice|PasswordFields?|QTableWidget)\(")


def test_every_dialog_with_a_field_for_text_is_among_those() -> None:
    found = {
        node.name
        for file in UI.rglob("*.py")
        for source in [file.read_text(encoding="utf-8")]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef) and any("Dialog" in ast.unparse(base) for base in node.bases)
        if FIELD.search(ast.get_source_segment(source, node) or "")
    }
    assert found - set(WITHOUT) <= set(OPENED)


def test_changed_abbreviations_are_there_again_too(qtbot: QtBot, theme: Appearance, settings: SettingsStore) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = AbbreviationsDialog(theme, settings, window)
    with qtbot.waitActive(dialog):
        dialog.show()
    last = len(dialog.pairs()) - 1
    dialog.table.setCurrentCell(last, 0)
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, "q")
    qtbot.keyClicks(QApplication.focusWidget(), "q")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "quasi")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    again = AbbreviationsDialog(theme, settings, window)
    with qtbot.waitActive(again):
        again.show()
    assert ("qq", "quasi") in again.pairs()
    again.keep()
    assert settings.current.abbreviations is not None
    assert settings.current.abbreviations["qq"] == "quasi"
