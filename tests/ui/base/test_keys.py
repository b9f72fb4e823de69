import re
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.ui.base.keys import bind, hint, shown
from sto_desktop.ui.base.undo import UndoGuide
from sto_desktop.ui.commands.command import Command
from sto_desktop.ui.commands.table import BY_ID, COMMANDS
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.help import HelpSheet, help_lines
from sto_desktop.ui.widgets import LineEdit, TextEdit, TextLabel

BOUND = [(line, keys) for line in COMMANDS if line.bound for keys in line.keys]
ARROWS = {"Up", "Down", "Left", "Right"}


@pytest.mark.parametrize(("line", "keys"), BOUND, ids=[f"{line.id}-{keys}" for line, keys in BOUND])
def test_no_key_takes_one_that_belongs_to_typing(line: Command, keys: str) -> None:
    parts = set(keys.split("+"))
    assert not QKeySequence(keys).isEmpty()
    assert QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText) == keys
    assert not ("Ctrl" in parts and parts & ARROWS)
    assert not {"Ctrl", "Alt"} <= parts
    if not parts & {"Ctrl", "Alt"}:
        assert re.fullmatch(r"(Shift\+)?F\d+|PgUp|PgDown", keys)


def test_no_key_means_two_things_in_one_place() -> None:
    places: dict[str, list[tuple[str, str]]] = {}
    for line, keys in BOUND:
        places.setdefault(keys, []).append((line.place.stage, line.place.view))
    for shared in places.values():
        assert len(shared) == len(set(shared))
        assert len(shared) == 1 or all(stage for stage, _ in shared)
    assert len(BY_ID) == len(COMMANDS)


def test_what_has_a_function_key_is_an_action_so_the_palette_has_it_too() -> None:
    lines = [line for line in COMMANDS if any(re.fullmatch(r"F\d+", keys) for keys in line.keys)]
    assert lines
    assert all(line.bound and line.name for line in lines)


def test_keys_are_shown_as_they_stand_on_the_keyboard() -> None:
    assert shown("Ctrl+Shift+S") == "Ctrl Shift S"
    assert hint("next_question") == "Alt ↓"
    assert hint("capture") == "Enter"


def test_the_help_sheet_has_every_line_of_the_table(theme: Appearance, qtbot: QtBot) -> None:
    listed = [line for lines in help_lines().values() for line in lines]
    assert [line.keys for line in listed if len(set(line.keys)) < len(line.keys)] == []
    for line in (line for line in COMMANDS if line.keys):
        assert (line.family or line.name) in {one.text for one in listed}
    assert len([one for one in listed if "stoel" in one.text]) == 1
    sheet = HelpSheet(theme)
    qtbot.addWidget(sheet)
    words = {label.text() for label in sheet.findChildren(TextLabel)}
    assert {one.text for one in listed} <= words
    assert sheet.findChildren(QLabel)
    assert len(sheet.findChildren(QScrollArea)) == 1


@pytest.mark.parametrize("make", [LineEdit, TextEdit])
def test_a_field_leaves_the_programs_keys_to_the_program(
    theme: Appearance, qtbot: QtBot, make: type[LineEdit] | type[TextEdit]
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    field = make()
    layout.addWidget(field)
    pressed: list[str] = []
    for name in ("palette", "save_word"):
        bind(name, window, partial(pressed.append, name), everywhere=True)
    guide = UndoGuide(window, lambda: pressed.append("undo"), lambda: pressed.append("redo"))
    bind("undo", window, guide.undo, everywhere=True)
    with qtbot.waitActive(window):
        window.show()
    field.setFocus()
    qtbot.keyClicks(field, "abc def")
    text = field.text() if isinstance(field, LineEdit) else field.toPlainText()
    for key in (Qt.Key.Key_K, Qt.Key.Key_E):
        qtbot.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["palette", "save_word"]
    assert (field.text() if isinstance(field, LineEdit) else field.toPlainText()) == text
    # Text typed here is undone here first; then it is the program's turn.
    for _ in range(20):
        qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (field.text() if isinstance(field, LineEdit) else field.toPlainText()) == ""
    assert "undo" in pressed
