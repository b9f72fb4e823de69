"""A delegate for tables whose cells can be typed in: no key that leaves an editor throws away what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QStyledItemDelegate, QWidget

Hint = QAbstractItemDelegate.EndEditHint


class EditedCells(QStyledItemDelegate):
    """Keeps what was typed at Esc too, where Qt would throw it away; Ctrl Z takes it back."""

    ends: ClassVar[Mapping[Qt.Key, Hint]] = {Qt.Key.Key_Escape: Hint.NoHint}
    """The keys that end an editor, and where the table goes then."""

    def end(self, editor: QWidget, hint: Hint) -> None:
        """Keep what is in an editor, and close it."""
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, hint)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        # Combo and spin boxes keep Enter and Tab, and line edits pass Enter on to the table: all are handled here.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, QWidget):
            hint = self.ends.get(Qt.Key(event.key()))
            if hint is not None:
                self.end(editor, hint)
                return True
        return super().eventFilter(editor, event)
