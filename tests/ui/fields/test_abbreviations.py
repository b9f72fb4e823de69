"""The list of abbreviations in the settings: edited by key, saved, and reset to that of the program."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from sto_desktop.settings import SettingsStore
from sto_desktop.ui.fields.abbreviations import AbbreviationsDialog, abbreviations, starter_list
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.shell.preferences import PreferencesDialog
from sto_desktop.ui.widgets import QuietButton


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> AbbreviationsDialog:
    window.show_preferences()
    (preferences,) = window.findChildren(PreferencesDialog)
    preferences.abbreviations.click()
    (made,) = preferences.findChildren(AbbreviationsDialog)
    with qtbot.waitActive(made):
        made.activateWindow()
    made.table.setFocus()
    return made


def fill(dialog: AbbreviationsDialog, qtbot: QtBot, short: str, full: str) -> None:
    """Type a row into the first empty one."""
    row = next(number for number, pair in enumerate(dialog.pairs()) if not any(pair))
    for column, text in enumerate((short, full)):
        dialog.table.setCurrentCell(row, column)
        qtbot.keyClick(dialog.table, text[0])
        field = [one for one in dialog.table.findChildren(QLineEdit) if one.isVisible()][-1]
        qtbot.keyClicks(field, text[1:])
        qtbot.keyClick(field, Qt.Key.Key_Return)
        QApplication.processEvents()


def test_a_row_is_added_and_holds_from_then_on(
    dialog: AbbreviationsDialog, qtbot: QtBot, settings: SettingsStore
) -> None:
    before = len(starter_list())
    assert dialog.count.text() == f"{before} afkortingen"
    fill(dialog, qtbot, "wsp", "werkspoor")
    assert dialog.count.text() == f"{before + 1} afkortingen"
    assert sum(not any(pair) for pair in dialog.pairs()) >= 3
    dialog.keep_button.click()
    assert abbreviations(settings) == dict(sorted({**starter_list(), "wsp": "werkspoor"}.items()))
    assert SettingsStore(settings.path).current.abbreviations == settings.current.abbreviations


def test_the_list_of_the_program_can_be_put_back(
    dialog: AbbreviationsDialog, qtbot: QtBot, settings: SettingsStore
) -> None:
    settings.change(abbreviations={"wsp": "werkspoor"})
    dialog.show_list(abbreviations(settings))
    assert dialog.count.text() == "1 afkorting"
    (starter,) = [button for button in dialog.findChildren(QuietButton) if "programma" in button.word()]
    starter.click()
    dialog.keep_button.click()
    assert settings.current.abbreviations is None
    assert abbreviations(settings) == starter_list()


def test_esc_changes_nothing(dialog: AbbreviationsDialog, qtbot: QtBot, settings: SettingsStore) -> None:
    fill(dialog, qtbot, "wsp", "werkspoor")
    dialog.reject()
    assert settings.current.abbreviations is None
