"""Check boxes and radio buttons whose labels may contain user text: an & in them stays an &."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QRadioButton, QWidget

from sto_desktop.ui.look import plain


class CheckBox(QCheckBox):
    """A check box with a label."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Set the label."""
        super().setText(plain.word(text))

    def word(self) -> str:
        """Return the displayed label."""
        return plain.read_word(self.text())


class RadioButton(QRadioButton):
    """A radio button with a label."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Set the label."""
        super().setText(plain.word(text))


class ComboBox(QComboBox):
    """A choice that the mouse wheel does not change: who scrolls past it means the page."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
