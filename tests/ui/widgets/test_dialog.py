"""The frame of dialogs: keys press the button that shows them, texts are never cut off, a closed dialog is deleted."""

from __future__ import annotations

import ast
from functools import partial
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import ConfirmDialog, Dialog, LineEdit, PrimaryButton, TextEdit

UI = Path(__file__).parents[3] / "sto_desktop" / "ui"
KEYPAD = Qt.KeyboardModifier.KeypadModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


class Form(Dialog):
    """A line, a text area, and buttons with the given keys."""

    def __init__(self, theme: Appearance, *hints: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Nieuw [*] thema", "Waar het over gaat.", parent)
        self.pressed: list[str] = []
        self.line, self.area = LineEdit(name="Titel"), TextEdit(name="Tekst")
        self.body.addWidget(self.line)
        self.body.addWidget(self.area)
        self.answers = [
            PrimaryButton(theme, hint, hint=hint, on_click=partial(self.pressed.append, hint)) for hint in hints
        ]
        self.add_buttons(*self.answers)
        self.line.setFocus()


def shown(qtbot: QtBot, dialog: Dialog) -> Dialog:
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    return dialog


@pytest.mark.parametrize(("key", "modifier"), [(Qt.Key.Key_Return, NONE), (Qt.Key.Key_Enter, KEYPAD)])
def test_enter_in_a_field_presses_the_button_that_shows_it(
    qtbot: QtBot, theme: Appearance, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    form = Form(theme, "Enter")
    shown(qtbot, form)
    qtbot.keyClick(form.line, key, modifier)
    assert form.pressed == ["Enter"]


@pytest.mark.parametrize("hint", ["Enter", "Ctrl Enter", ""])
def test_enter_and_ctrl_enter_press_the_main_button_whatever_it_shows(
    qtbot: QtBot, theme: Appearance, hint: str
) -> None:
    form = Form(theme, hint)
    shown(qtbot, form)
    qtbot.keyClick(form.line, Qt.Key.Key_Return)
    assert form.pressed == [hint]
    # A field of several lines needs Enter for itself.
    qtbot.keyClick(form.area, Qt.Key.Key_Return)
    assert form.pressed == [hint]
    assert form.area.toPlainText() == "\n"
    for field in (form.line, form.area):
        qtbot.keyClick(field, Qt.Key.Key_Return, CONTROL)
    assert form.pressed == [hint] * 3
    assert form.area.toPlainText() == "\n"


def test_enter_presses_nothing_dangerous(qtbot: QtBot, theme: Appearance) -> None:
    asked = ConfirmDialog(theme, "Wissen?", "Voorgoed.", "Wissen", danger=True)
    qtbot.addWidget(asked)
    with qtbot.waitActive(asked):
        asked.show()
    with qtbot.waitSignal(asked.rejected):
        qtbot.keyClick(asked.focusWidget(), Qt.Key.Key_Return)


def test_ctrl_z_takes_a_draft_back_and_an_accepted_dialog_leaves_none(qtbot: QtBot, theme: Appearance) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    def opened() -> Form:
        form = Form(theme, "Enter", parent=window)
        form.line.setText("Zoals het was")
        with qtbot.waitActive(form):
            form.show()
        return form

    form = opened()
    form.line.setFocus()
    qtbot.keyClick(form.line, Qt.Key.Key_End)
    qtbot.keyClicks(form.line, ", en meer")
    qtbot.keyClick(form.area, "x")
    qtbot.keyClick(form.line, Qt.Key.Key_Escape)
    form = opened()
    assert (form.line.text(), form.area.toPlainText()) == ("Zoals het was, en meer", "x")
    qtbot.keyClick(form.line, Qt.Key.Key_Z, CONTROL)
    assert form.line.text() == "Zoals het was"
    qtbot.keyClick(form.area, Qt.Key.Key_Z, CONTROL)
    assert form.area.toPlainText() == ""
    form.reject()
    # What was undone stays undone.
    form = opened()
    assert form.line.text() == "Zoals het was"
    qtbot.keyClicks(form.line, "!")
    form.accept()
    assert opened().line.text() == "Zoals het was"


@pytest.mark.parametrize(("hint", "key", "modifier"), [
    ("Delete", Qt.Key.Key_Delete, KEYPAD),
    ("Alt Delete", Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier),
])  # fmt: skip
def test_any_key_that_a_button_shows_presses_it(
    qtbot: QtBot, theme: Appearance, hint: str, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    form = Form(theme, hint)
    shown(qtbot, form)
    qtbot.keyClick(form, key, modifier)
    assert form.pressed == [hint]


def test_a_letter_that_qt_has_no_name_for_does_no_harm(qtbot: QtBot, theme: Appearance) -> None:
    form = Form(theme, "Enter")
    shown(qtbot, form)
    QApplication.sendEvent(form, QKeyEvent(QEvent.Type.KeyPress, ord("€"), NONE, "€"))
    assert form.pressed == []
    assert form.isVisible()


def test_a_button_that_is_off_or_hidden_is_not_pressed_by_its_key(qtbot: QtBot, theme: Appearance) -> None:
    form = Form(theme, "Enter")
    shown(qtbot, form)
    form.answers[0].setEnabled(False)
    qtbot.keyClick(form.line, Qt.Key.Key_Return)
    form.answers[0].setEnabled(True)
    form.answers[0].hide()
    qtbot.keyClick(form.line, Qt.Key.Key_Return)
    assert form.pressed == []


def test_esc_and_the_button_that_closes_do_the_same(qtbot: QtBot, theme: Appearance) -> None:
    for way in ("key", "button"):
        form = Form(theme, "Enter")
        shown(qtbot, form)
        with qtbot.waitSignal(form.rejected):
            if way == "key":
                qtbot.keyClick(form.line, Qt.Key.Key_Escape)
            else:
                qtbot.mouseClick(form.close_button, Qt.MouseButton.LeftButton)
        assert form.close_button.word() == "Annuleren"
        assert not form.isVisible()


def test_the_dialog_grows_with_its_texts_and_keeps_its_width(qtbot: QtBot, theme: Appearance) -> None:
    form = Form(theme, "Enter")
    form.resize(480, 300)
    shown(qtbot, form)
    form.say_about("Een zin die veel meer zegt dan er op een regel past. " * 20)
    qtbot.waitUntil(lambda: form.height() > 300)
    assert form.width() == 480
    assert form.about.height() >= form.about.heightForWidth(form.about.width())
    form.say_about("")
    assert form.about.isHidden()


def test_making_a_dialog_shows_nothing_yet(qtbot: QtBot, theme: Appearance) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    qtbot.addWidget(Form(theme, "Enter"))
    qtbot.wait(20)
    assert QApplication.activeWindow() is window


def test_a_title_is_shown_as_it_was_typed(qtbot: QtBot, theme: Appearance) -> None:
    form = Form(theme)
    qtbot.addWidget(form)
    assert form.windowTitle() == "Nieuw [*][*] thema"
    assert form.heading.text() == "Nieuw [*] thema"


def test_what_is_opened_is_deleted_once_closed_and_can_be_read_until_then(qtbot: QtBot, theme: Appearance) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    form = Form(theme, parent=window)
    read: list[str] = []
    form.rejected.connect(lambda: read.append(form.line.text()))
    form.open()
    form.line.setText("Kansen")
    form.reject()
    qtbot.waitUntil(lambda: not shiboken6.isValid(form))
    assert read == ["Kansen"]


def test_every_dialog_stands_on_this_frame() -> None:
    own = [
        f"{file.relative_to(UI)}: {node.name}"
        for file in UI.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and "QDialog" in map(ast.unparse, node.bases)
    ]
    assert own == ["widgets/dialog.py: Dialog"]


SCREEN = QSize(800, 800)
"""The screen of Qt's platform without a display."""


def tall(theme: Appearance, paragraphs: int, width: int = 0) -> Form:
    """A form with more content than the screen has room for."""
    form = Form(theme, "Enter")
    for number in range(paragraphs):
        form.body.addWidget(LineEdit(name=f"Veld {number}"))
    if width:
        form.resize(width, 300)
    return form


@pytest.mark.parametrize("width", [0, 480, 1600])
def test_a_dialog_fits_the_screen_scrolls_and_keeps_its_buttons_in_sight(
    qtbot: QtBot, theme: Appearance, width: int
) -> None:
    form = tall(theme, 60, width)
    shown(qtbot, form)
    assert QApplication.primaryScreen().availableGeometry().size() == SCREEN
    assert form.frameGeometry().width() <= SCREEN.width()
    assert form.frameGeometry().height() <= SCREEN.height()
    for button in (*form.answers, form.close_button):
        assert form.rect().contains(QRect(button.mapTo(form, QPoint(0, 0)), button.size()))
    last = form.findChildren(LineEdit)[-1]
    last.setFocus()
    qtbot.keyClick(last, Qt.Key.Key_Backtab)
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
    assert last.hasFocus()
    assert form.rect().contains(last.mapTo(form, last.rect().center()))


def test_a_dialog_that_fits_does_not_scroll(qtbot: QtBot, theme: Appearance) -> None:
    form = tall(theme, 5, 640)
    shown(qtbot, form)
    (scroll,) = form.findChildren(QScrollArea)
    assert (scroll.verticalScrollBar().maximum(), scroll.horizontalScrollBar().maximum()) == (0, 0)
    form.say_about("Een zin die veel meer zegt dan er op een regel past. " * 12)
    qtbot.wait(20)
    assert scroll.verticalScrollBar().maximum() == 0
    form.say_about("Een zin die veel meer zegt dan er op een regel past. " * 200)
    qtbot.wait(20)
    assert form.frameGeometry().height() <= SCREEN.height()
    assert scroll.verticalScrollBar().maximum() > 0
