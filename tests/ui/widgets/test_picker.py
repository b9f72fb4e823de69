"""A search field above a list: the arrow keys move through the list during typing, past unselectable rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem
from pytestqt.qtbot import QtBot

from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Picker, PrimaryButton

GROUPS = {"Werk": ("stage", "baan"), "School": ("klas", "mentor")}


class GroupPicker(Picker):
    """Words under headings."""

    def __init__(self, theme: Appearance) -> None:
        super().__init__(theme, "Kies een woord", search="Welk woord?", lines="Woorden")
        self.add_buttons(PrimaryButton(theme, "Kiezen", hint="Enter", on_click=self.accept))
        self.narrow("")

    def narrow(self, typed: str) -> None:
        self.list.clear()
        for heading, words in GROUPS.items():
            line = QListWidgetItem(heading)
            line.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(line)
            self.list.addItems([word for word in words if typed in word])

    def current(self) -> str:
        line = self.list.currentItem()
        return line.text() if line is not None else ""


@pytest.fixture
def picker(qtbot: QtBot, theme: Appearance) -> GroupPicker:
    dialog = GroupPicker(theme)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    return dialog


def test_arrows_walk_the_list_from_the_field_round_and_past_headings(qtbot: QtBot, picker: GroupPicker) -> None:
    walked = []
    for _ in range(5):
        qtbot.keyClick(picker.search, Qt.Key.Key_Down)
        walked.append(picker.current())
    assert walked == ["stage", "baan", "klas", "mentor", "stage"]
    qtbot.keyClick(picker.search, Qt.Key.Key_Up)
    assert picker.current() == "mentor"
    assert picker.search.hasFocus()


def test_up_begins_at_the_end(qtbot: QtBot, picker: GroupPicker) -> None:
    qtbot.keyClick(picker.search, Qt.Key.Key_Up)
    assert picker.current() == "mentor"


def test_typing_narrows_and_hidden_lines_are_passed_over(qtbot: QtBot, picker: GroupPicker) -> None:
    qtbot.keyClicks(picker.search, "a")
    assert [picker.list.item(at).text() for at in range(picker.list.count())] == [
        "Werk", "stage", "baan", "School", "klas",
    ]  # fmt: skip
    picker.list.item(2).setHidden(True)
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    assert picker.current() == "klas"


def test_a_page_down_goes_to_the_list_and_enter_takes(qtbot: QtBot, picker: GroupPicker) -> None:
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    qtbot.keyClick(picker.search, Qt.Key.Key_PageDown)
    assert picker.current() == "mentor"
    with qtbot.waitSignal(picker.accepted):
        qtbot.keyClick(picker.search, Qt.Key.Key_Return)


def test_where_nothing_can_be_chosen_the_arrows_do_nothing(qtbot: QtBot, picker: GroupPicker) -> None:
    picker.list.clear()
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    assert picker.current() == ""
