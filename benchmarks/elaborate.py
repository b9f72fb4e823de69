"""Measures Uitwerken with 100,000 notes: search while typing, and opening the list; each against a minimum."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.dossiers import live, program

if TYPE_CHECKING:
    from sto_desktop.ui.elaborate.notes.notes_pane import NotesPane

NOTES = 100_000
ROUNDS = 3
TYPED = ("technolab", "leerlingen", "bedrijven")
"""Words that are typed letter by letter; each keystroke is one search."""


@contextmanager
def working_out(folder: Path) -> Iterator[NotesPane]:
    """Show Uitwerken of a dossier with `NOTES` notes in the real window."""
    from sto_desktop.ui.base.stage import Stage
    from sto_desktop.ui.elaborate.stage import ElaborateStage

    with program(folder, NOTES) as (window, _):
        window.navigate(Stage.ELABORATE)
        live(1.0)
        stage = window.stage_widget(Stage.ELABORATE)
        assert isinstance(stage, ElaborateStage)
        yield stage.bench.pane


def _taken(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def _painted(widget: Any) -> None:
    """Process Qt's queued events and paint into an image: an offscreen window does not paint by itself."""
    from PySide6.QtWidgets import QApplication

    QApplication.sendPostedEvents()
    widget.grab()


def searching(pane: NotesPane) -> list[dict[str, Any]]:
    """Measure each keystroke of typed words until the list is painted, against FTS5's own best 200."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from sto_desktop.storage.read.search import match_expression

    raw = pane._dossier.raw
    field = pane.filters.search
    field.setFocus()
    best = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rank LIMIT 200"
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(ROUNDS):
        for word in TYPED:
            field.clear()
            _painted(pane.views.view)
            for end in range(1, len(word) + 1):
                expression = match_expression(word[:end])
                bare.append(_taken(lambda: raw.execute(best, (expression,)).fetchall()))  # noqa: B023

                def press() -> None:
                    QTest.keyClicks(field, word[end - 1])  # noqa: B023
                    pane._search_if_other()
                    _shown(pane)
                    _painted(pane.views.view)

                ours.append(_taken(press))
                # Not measured: Qt does this layout after painting, before a person reaches the next key.
                QApplication.processEvents()
    field.clear()
    ours.sort()
    return [
        {
            "name": f"search {NOTES:,} notes: keystrokes of words typed, to painted / FTS5's best 200",
            "ours_s": statistics.mean(ours),
            "raw_s": statistics.mean(bare),
            "ratio": sum(ours) / sum(bare),
            "p99_ms": ours[int(len(ours) * 0.99)] * 1000,
        }
    ]


def _shown(pane: NotesPane) -> None:
    """Let the event loop run until the rows that were asked for are there: a long list comes from a worker."""
    from PySide6.QtWidgets import QApplication

    there: list[bool] = []
    pane.views.when_shown(lambda: there.append(True))
    while not there:
        QApplication.processEvents()


def _show_all(pane: NotesPane) -> None:
    """List the notes of all panels."""
    from dataclasses import replace

    from sto_desktop.domain.panel.note_filter import NoteFilter

    pane.filters.set_filter(replace(NoteFilter(), all_panels=True))
    _shown(pane)


def opening(pane: NotesPane) -> list[dict[str, Any]]:
    """Measure opening the list of all panels until it is painted, against a bare QTableView with the same rows."""
    from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
    from PySide6.QtWidgets import QTableView

    raw = pane._dossier.raw

    class Rows(QAbstractTableModel):
        def __init__(self) -> None:
            super().__init__()
            self.rows = raw.execute(
                "SELECT id, text, kind, panel FROM note WHERE deleted = 0 AND known = 1 ORDER BY position, id"
            ).fetchall()

        def rowCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008, N802
            return len(self.rows)

        def columnCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008, N802
            return 3

        def data(self, index: Any, role: int = 0) -> object:
            return self.rows[index.row()][index.column() + 1] if role == Qt.ItemDataRole.DisplayRole else None

    def bare() -> None:
        view = QTableView()
        view.resize(pane.views.view.size())
        model = Rows()
        view.setModel(model)
        view.show()
        _painted(view)
        view.hide()
        view.deleteLater()

    def ours() -> None:
        _show_all(pane)
        _painted(pane.views.view)

    seconds: list[float] = []
    bare_seconds: list[float] = []
    for _ in range(ROUNDS):
        pane.filters.reset()
        pane.refresh()
        _shown(pane)
        _painted(pane.views.view)
        bare_seconds.append(_taken(bare))
        seconds.append(_taken(ours))
        assert len(pane.views.model.notes()) == NOTES
    return [_row(f"open the list of {NOTES:,} notes, to painted / bare QTableView", seconds, bare_seconds)]


def _row(name: str, ours: list[float], raw: list[float]) -> dict[str, Any]:
    median, raw_median = statistics.median(ours), statistics.median(raw)
    return {"name": name, "ours_s": median, "raw_s": raw_median, "ratio": median / raw_median}


def measure() -> list[dict[str, Any]]:
    """Return rows of name, seconds of ours and of the minimum, and their ratio."""
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder, working_out(Path(folder)) as pane:
        return [*opening(pane), *searching(pane)]
