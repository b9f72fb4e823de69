"""Check boxes and radio buttons whose words may be of people: an & in them is an &."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QRadioButton, QWidget

from sto_desktop.ui.look import plain


class CheckBox(QCheckBox):
    """A box to tick, with a word."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Set the word."""
        super().setText(plain.word(text))

    def word(self) -> str:
        """Return the word as it is read."""
        return plain.read_word(self.text())


class RadioButton(QRadioButton):
    """One choice out of a few, with a word."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Set the word."""
        super().setText(plain.word(text))
