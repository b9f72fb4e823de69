"""Asking the user for one line of text, such as a name, or for a file; tests replace the questions for files."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from sto_desktop.language import tr
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets.buttons import PrimaryButton
from sto_desktop.ui.widgets.dialog import Dialog
from sto_desktop.ui.widgets.fields import FormField, LineEdit


class TextDialog(Dialog):
    """Asks `label`, with `text` to begin with; `line` has the answer."""

    def __init__(
        self, theme: Appearance, title: str, label: str, text: str, parent: QWidget | None, *, about_row: str = ""
    ) -> None:
        super().__init__(theme, title, parent=parent)
        self.about_row = about_row
        self.setMinimumWidth(420)
        self.line = LineEdit(text)
        self.line.selectAll()
        self.body.addWidget(FormField(theme, label, self.line))
        self.keep_button = PrimaryButton(theme, tr("Bewaren"), on_click=self.accept)
        self.add_buttons(self.keep_button)
        self.line.textChanged.connect(lambda typed: self.keep_button.setEnabled(bool(typed.strip())))
        self.keep_button.setEnabled(bool(text.strip()))
        self.line.setFocus()


def ask_text(
    theme: Appearance, title: str, label: str, parent: QWidget, *, text: str = "", about_row: str = ""
) -> str | None:
    """Return the line that was typed, without spaces around it; None if the dialog was cancelled."""
    dialog = TextDialog(theme, title, label, text, parent, about_row=about_row)
    return dialog.line.text().strip() if dialog.ask() else None


@dataclass(frozen=True)
class FileQuestion:
    """A file dialog's title and its filter of file types (Qt's syntax)."""

    title: str
    filter: str


ChooseFile = Callable[[QWidget, FileQuestion, Path], Path | None]
"""Takes the window, the question and a folder to start in; returns the chosen file or None."""

ChooseTarget = Callable[[QWidget, FileQuestion, Path], Path | None]
"""Takes the window, the question and a suggested file; returns where to write, or None."""


def ask_file(window: QWidget, question: FileQuestion, folder: Path) -> Path | None:
    """Ask with the system's file dialog which file to read."""
    chosen, _ = QFileDialog.getOpenFileName(window, question.title, str(folder), question.filter)
    return Path(chosen) if chosen else None


def ask_target(window: QWidget, question: FileQuestion, suggested: Path) -> Path | None:
    """Ask with the system's file dialog where to write; it confirms overwriting itself.

    A name without the extension of one of the types gets that of the chosen type.
    """
    chosen, kind = QFileDialog.getSaveFileName(window, question.title, str(suggested), question.filter)
    return with_ending(Path(chosen), endings(question.filter), endings(kind) or [suggested.suffix]) if chosen else None


def endings(kinds: str) -> list[str]:
    """Return the extensions in a filter of file types."""
    return re.findall(r"\*(\.\w+)", kinds)


def with_ending(chosen: Path, known: Collection[str], wanted: Sequence[str]) -> Path:
    """Return a chosen name with a known extension: the first one that is wanted if it has none."""
    return chosen if chosen.suffix.lower() in known else chosen.with_name(chosen.name + wanted[0])
