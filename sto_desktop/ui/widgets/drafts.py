"""Drafts of dialogs: text typed in a dialog that was closed without saving returns when the dialog opens again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit, QWidget

from sto_desktop.ui.widgets.fields import SearchField

Field = QLineEdit | QPlainTextEdit
Key = tuple[str, str, str]
"""Class and title of a dialog, and the row that it is about."""


class DialogDrafts(QObject):
    """The drafts of one main window, as long as its dossier is open. They are kept in memory only."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.kept: dict[Key, Mapping[str, str]] = {}


def drafts_of(dialog: QWidget) -> DialogDrafts | None:
    """Return the drafts of the main window that a dialog belongs to; None if it stands alone."""
    window = dialog.parentWidget()
    while window is not None and window.parentWidget() is not None:
        window = window.parentWidget()
    if window is None:
        return None
    drafts = window.findChild(DialogDrafts, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return drafts or DialogDrafts(window)


def forget_drafts(window: QWidget) -> None:
    """Delete the drafts of a main window, because their dossier is closed."""
    drafts = window.findChild(DialogDrafts, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if drafts is not None:
        drafts.kept.clear()


def fields_of(dialog: QWidget) -> Iterator[tuple[str, Field]]:
    """Yield the text fields of a dialog, each with a unique name, except passwords and search fields."""
    seen: dict[str, int] = {}
    for field in dialog.findChildren(QWidget):
        if not isinstance(field, QLineEdit | QPlainTextEdit) or field.isReadOnly() or field.window() is not dialog:
            continue
        if isinstance(field, SearchField) or isinstance(field.parentWidget(), QAbstractSpinBox):
            continue
        if isinstance(field, QLineEdit) and field.echoMode() is not QLineEdit.EchoMode.Normal:
            continue
        name = field.accessibleName()
        seen[name] = seen.get(name, 0) + 1
        yield f"{name} {seen[name]}", field


def text_of(field: Field) -> str:
    """Return the text of a field."""
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def is_changed(field: Field) -> bool:
    """Return whether the user typed in a field; text set by the program does not count."""
    return field.isModified() if isinstance(field, QLineEdit) else field.document().isModified()


def type_over(field: Field, text: str) -> None:
    """Replace the text of a field as if typed, so that Ctrl+Z undoes it."""
    if isinstance(field, QLineEdit):
        field.selectAll()
        field.insert(text)
    else:
        cursor = field.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
