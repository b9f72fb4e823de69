"""The history of a note in Uitwerken, and restoring any version of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.elaborate import set_debrief
from sto_desktop.domain.vocabulary import DebriefAuthor, NoteKind
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.elaborate.stage import DEBRIEF
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.history_dialog import NoteHistoryDialog
from tests.ui import elaborated_panel as panel
from tests.ui.elaborate.test_bulk import come_back
from tests.ui.elaborate.test_notes import Bench
from tests.ui.elaborated_panel import in_dialog


@pytest.fixture
def bench(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, theme, settings, panel.make_copy(tmp_path))
    yield made
    panel.close_window(made.window, made.session)


def test_a_note_goes_back_to_the_version_that_is_chosen_and_that_is_undone_too(bench: Bench) -> None:
    bench.choose(6)
    first = bench.note(6).content.text
    for text in ("Tweede versie.", "Derde versie."):
        bench.key(Qt.Key.Key_Return)
        bench.notes.type_over(text)
        bench.key(Qt.Key.Key_Return)
    bench.key("!")
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        if isinstance(dialog, NoteHistoryDialog):
            seen.extend(dialog.list.item(number).text() for number in range(dialog.list.count()))
            seen.append(str(dialog.back.isEnabled()))
            dialog.list.setCurrentRow(3)
            seen.append(dialog.text.text())
            QTest.keyClick(dialog.list, Qt.Key.Key_Return)
        if dialog.isVisible():
            dialog.reject()

    in_dialog(look)
    bench.key("h")
    come_back(bench)
    assert [line.split("\n")[0] for line in seen[:4]] == [
        "Guus Morssink, 15 februari 2023 om 09:00 · soort kiezen",
        "Guus Morssink, 15 februari 2023 om 09:00 · notitie wijzigen",
        "Guus Morssink, 15 februari 2023 om 09:00 · notitie wijzigen",
        "Guus Morssink, 15 februari 2023 om 09:00 · notitie toevoegen",
    ]
    assert "Derde versie." in seen[1]
    assert seen[4:] == ["False", first]
    assert bench.note(6).content.text == first
    assert bench.note(6).content.note.kind is None
    assert bench.session.undo_label() == "terug naar eerdere versie"
    bench.undo()
    assert bench.note(6).content.text == "Derde versie."
    assert bench.note(6).content.kind is NoteKind.RECOMMENDATION


def test_the_terugblik_stands_beside_the_notes_and_leads_to_its_page(bench: Bench) -> None:
    beside = bench.bench.debrief
    assert not beside.isVisible()
    bench.session.apply(set_debrief(panel.PANEL, DebriefAuthor.NOTE_TAKER, stood_out="Het werd pas laat open."))
    assert beside.answers == [("Wat viel het meest op?", "Het werd pas laat open. (notulist)")]
    assert beside.isVisible()
    assert not beside._unfolded.isVisible()
    QTest.mouseClick(beside.fold, Qt.MouseButton.LeftButton)
    assert beside._unfolded.isVisible()
    QTest.mouseClick(beside.change, Qt.MouseButton.LeftButton)
    assert bench.stage.page == DEBRIEF
