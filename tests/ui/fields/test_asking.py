"""Asking for a file to write, with Qt's own dialog: its name ends as the chosen type does."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.ui.widgets import FileQuestion, ask_target

QUESTION = FileQuestion("Verslag opslaan", "Word-document (*.docx);;PDF (*.pdf)")


@pytest.mark.parametrize(
    ("typed", "kind", "written"),
    [
        ("Verslag 1.0", "Word-document (*.docx)", "Verslag 1.0.docx"),
        ("Verslag 1.0", "PDF (*.pdf)", "Verslag 1.0.pdf"),
        ("Verslag.PDF", "Word-document (*.docx)", "Verslag.PDF"),
    ],
)
def test_a_name_without_an_ending_gets_that_of_the_chosen_type(
    qtbot: QtBot, tmp_path: Path, typed: str, kind: str, written: str
) -> None:
    window = QWidget()
    qtbot.addWidget(window)

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.selectNameFilter(kind)
        edit = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(edit, QLineEdit)
        edit.setText(typed)
        QTest.keyClick(edit, Qt.Key.Key_Return)

    QTimer.singleShot(0, window, answer)
    assert ask_target(window, QUESTION, tmp_path / "Verslag.docx") == tmp_path / written
