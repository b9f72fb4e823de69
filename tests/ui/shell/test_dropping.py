"""Files dropped on the whole window: what each is looked at as, from any stage, through the desk."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.prepare.intake.look_dialog import LookDialog
from sto_desktop.ui.shell.main_window import MainWindow


def dropped(window: MainWindow, *paths: Path) -> None:
    """Drop files on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, buttons, none))


def look(qtbot: QtBot, window: MainWindow) -> LookDialog:
    """Wait for the look beforehand."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(LookDialog)))
    return next(one for one in window.findChildren(LookDialog) if one.isVisible())


def in_word(path: Path) -> Path:
    """A list of who was there, as people print it to be signed."""
    document = Document()
    document.add_paragraph("Presentielijst")
    table = document.add_table(rows=3, cols=3)
    for row, texts in enumerate(
        (("Naam", "Organisatie", "Paraaf"), ("Anna ter Horst", "ROC", ""), ("Bo Bos", "BV", ""))
    ):
        for cell, text in zip(table.rows[row].cells, texts, strict=True):
            cell.text = text
    document.save(str(path))
    return path


FILES = {
    "presentie.docx": ("", "panellid"),
    "lijst.csv": ("Naam;Organisatie;Opmerkingen\nAnna ter Horst;ROC;komt later\nBo Bos;BV;\n", "panellid"),
    "gesprek.csv": ("Naam;Opmerkingen\nAnna ter Horst;De uren zijn te kort\nBo Bos;Bij ons ook\n", "notitie"),
    "enquete.csv": ("Naam;Functie;Wat gaat goed?\nAnna ter Horst;docent;De sfeer\nBo Bos;baas;De uren\n", "notitie"),
    "notulen.txt": ("Anna: De uren zijn te kort.\nBo: Bij ons ook.\n", "notitie"),
}


def test_a_dropped_file_is_looked_at_as_what_it_is(on_example: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    for name, (content, becomes) in FILES.items():
        path = tmp_path / name
        if content:
            path.write_text(content, encoding="utf-8")
        else:
            in_word(path)
        on_example.navigate(Stage.ELABORATE)
        dropped(on_example, path)
        shown = look(qtbot, on_example)
        assert on_example.stage is Stage.PREPARE
        words = [line.becomes.word for line in shown.model.lines]
        assert [word for word in words if word in ("panellid", "notitie")] == [becomes] * 2, name
        shown.reject()
        qtbot.waitUntil(lambda: not any(one.isVisible() for one in on_example.findChildren(LookDialog)))
