"""Measures from Enter to a note on disk and on screen, against one raw INSERT committed with full sync in WAL."""

from __future__ import annotations

import datetime as dt
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from sto_desktop.storage.working.dossier import Dossier
    from sto_desktop.ui.conversation.page.page import ConversationPage

ROUNDS = 200
WARMING = 20
NOTES_A_PANEL = 5000
"""More than anybody types in one conversation; a dossier of 100,000 notes has many panels."""

TEXT = "Leerkrachten durven zelf weer met de soldeerbout aan de slag; de drempel is lager. @2 #technolab"


class RawInserts:
    """Single INSERTs, each committed with full sync in WAL, alternated with the notes so that both meet the same disk
    load."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._raw = dbapi2.connect(str(folder / "raw.db"), isolation_level=None)
        self._raw.execute("PRAGMA journal_mode = WAL")
        self._raw.execute("PRAGMA synchronous = FULL")
        self._raw.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")

    def insert(self) -> float:
        """Insert one row and return the seconds it took."""
        start = time.perf_counter()
        self._raw.execute("INSERT INTO note (text) VALUES (?)", (TEXT,))
        return time.perf_counter() - start

    def close(self) -> None:
        """Close the file."""
        self._raw.close()


def fill(dossier: Dossier, panel: str, questions: list[str], count: int) -> None:
    """Add `count` notes to a dossier: to the measured panel, and beyond `NOTES_A_PANEL` to further panels."""
    from sto_desktop.domain.actions.panels import add_panel
    from sto_desktop.domain.identity import new_id
    from sto_desktop.domain.log.change import action, create
    from sto_desktop.domain.place import Position, key_of_moment

    first_moment = dt.datetime(2023, 2, 14, 15, 35, tzinfo=dt.UTC)
    created = 0
    while created < count:
        batch = min(NOTES_A_PANEL, count - created)
        edits = []
        for number in range(batch):
            at = first_moment + dt.timedelta(seconds=number)
            place = Position(questions[number % len(questions)], key_of_moment(at))
            text = f"{number}: {TEXT[:60]}"
            edits.append(create("note", new_id(), panel=panel, position=place, text=text, captured_at=at))
        dossier.apply(action("notities importeren", edits))
        created += batch
        if created < count:
            panel = new_id()
            dossier.apply(add_panel(None, title=f"Panel {created}", panel=panel))


@contextmanager
def conversation(
    folder: Path,
    notes: int,
    *,
    clock: Callable[[], dt.datetime] = lambda: dt.datetime.now().astimezone(),
    monotonic: Callable[[], float] = time.monotonic,
) -> Iterator[ConversationPage]:
    """Show the conversation of a dossier with this many notes in the real window, with these clocks."""
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    from sto_desktop.domain.actions.panels import add_panel, add_panelist
    from sto_desktop.domain.identity import new_id
    from sto_desktop.domain.log.change import Writer
    from sto_desktop.exchange.guides import builtin_changes, builtin_guide_id, builtin_writer_id
    from sto_desktop.settings import AppearanceChoice, SettingsStore
    from sto_desktop.storage.working.copies_home import Identity
    from sto_desktop.storage.working.working_copies import Seed, WorkingCopies
    from sto_desktop.ui.base.session import Session
    from sto_desktop.ui.base.stage import Stage
    from sto_desktop.ui.conversation.stage import ConversationStage
    from sto_desktop.ui.look.theme import Appearance
    from sto_desktop.ui.shell.main_window import MainWindow

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    home = WorkingCopies(folder / "home")
    seed = Seed(builtin_changes(), Writer(builtin_writer_id(), "STO Twente", "", "1"))
    copy = home.create(folder / f"{notes}.sto", Identity("Notulist", "laptop"), seed)
    panel = new_id()
    copy.dossier.apply(add_panel(builtin_guide_id(), title="Panel", panel=panel))
    for seat in range(1, 9):
        copy.dossier.apply(add_panelist(panel, f"Panellid Nummer{seat}", seat, sector="mbo"))
    guide = copy.dossier.read.guides.content(builtin_guide_id())
    fill(copy.dossier, panel, [question.id for _, question in guide.questions()], notes)
    copy.dossier.set_setting("panel", panel)
    session = Session(copy, clock, monotonic=monotonic)
    stages: dict[Stage, Any] = {Stage.CONVERSATION: ConversationStage}
    window = MainWindow(Appearance(app, AppearanceChoice.LIGHT), SettingsStore(folder / "settings.json"), stages)
    window.resize(1366, 768)
    window.set_session(session)
    window.navigate(Stage.CONVERSATION)
    window.show()
    window.activateWindow()
    app.processEvents()
    stage = window.stage_widget(Stage.CONVERSATION)
    assert isinstance(stage, ConversationStage)
    assert stage.page is not None
    try:
        yield stage.page
    finally:
        window.set_session(None)
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        session.close()
        window.hide()
        window.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def enter_to_painted(page: ConversationPage, raw: RawInserts) -> tuple[list[float], list[float]]:
    """Return the seconds from Enter to a note on disk and painted, and those of raw INSERTs."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    edit = page.line.edit
    page.clock.begin()

    def typed(number: int) -> float:
        edit.insert(f"{number} {TEXT}")
        QApplication.processEvents()
        before = len(page.live.rows.notes)
        start = time.perf_counter()
        QTest.sendKeyEvent(QTest.KeyAction.Press, edit, Qt.Key.Key_Return, "\r", Qt.KeyboardModifier.NoModifier)
        QApplication.processEvents()
        seconds = time.perf_counter() - start
        assert len(page.live.rows.notes) == before + 1
        return seconds

    return in_turn(typed, raw)


def table_to_painted(folder: Path, raw: RawInserts) -> tuple[list[float], list[float]]:
    """Return the same for the minimum in Qt: a raw INSERT, a new row in a bare QTableView as high as the window, and
    a bare text field that is cleared.
    """
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTableView, QVBoxLayout, QWidget

    below = RawInserts(folder)

    window = QWidget()
    window.resize(1366, 768)
    model, table, edit = QStandardItemModel(0, 1), QTableView(), QPlainTextEdit()
    table.setModel(model)
    table.setColumnWidth(0, 1000)
    edit.setFixedHeight(40)
    layout = QVBoxLayout(window)
    layout.addWidget(table)
    layout.addWidget(edit)
    window.show()

    def typed(number: int) -> float:
        edit.insertPlainText(f"{number} {TEXT}")
        QApplication.processEvents()
        start = time.perf_counter()
        below.insert()
        model.appendRow(QStandardItem(edit.toPlainText()))
        table.scrollToBottom()
        edit.setPlainText("")
        QApplication.processEvents()
        return time.perf_counter() - start

    try:
        return in_turn(typed, raw)
    finally:
        below.close()
        window.hide()
        window.deleteLater()


def in_turn(work: Callable[[int], float], raw: RawInserts) -> tuple[list[float], list[float]]:
    """Return the seconds of our work and of raw INSERTs, alternated so that both meet the same disk load."""
    pairs = [(work(number), raw.insert()) for number in range(WARMING + ROUNDS)][WARMING:]
    return [ours for ours, _ in pairs], [raw_seconds for _, raw_seconds in pairs]


def key_to_painted(page: ConversationPage, rounds: int = ROUNDS) -> list[float]:
    """Return the seconds from a letter to its pixels."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    seconds = []
    for number in range(WARMING + rounds):
        letter = "abcdefghij "[number % 11]
        start = time.perf_counter()
        QTest.sendKeyEvent(QTest.KeyAction.Press, page.line.edit, Qt.Key.Key_A, letter, Qt.KeyboardModifier.NoModifier)
        QApplication.processEvents()
        seconds.append(time.perf_counter() - start)
        if number % 60 == 59:
            page.line.edit.set_text("")
    page.line.edit.set_text("")
    return seconds[WARMING:]


def row(name: str, ours: list[float], raw: list[float]) -> dict[str, Any]:
    """Return the medians, their ratio and our 99th percentile as a row of the benchmark."""
    median, raw_median = statistics.median(ours), statistics.median(raw)
    return {
        "name": name,
        "ours_s": median,
        "raw_s": raw_median,
        "ratio": median / raw_median,
        "p99_ms": p99(ours) * 1000,
    }


def p99(seconds: list[float]) -> float:
    """Return the 99th percentile."""
    return sorted(seconds)[int(len(seconds) * 0.99)]


def measure(sizes: tuple[int, ...] = (100, 100_000)) -> list[dict[str, Any]]:
    """Measure capture in the window in dossiers of these sizes, and in a bare table, each against a raw INSERT."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    results = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        raw = RawInserts(folder / "raw")
        for size in sizes:
            with conversation(folder, size) as page:
                shown = f"{size:,}".replace(",", ".")
                ours, plain = enter_to_painted(page, raw)
                results.append(row(f"Enter to on disk and painted, dossier of {shown}", ours, plain))
                results.append(row(f"letter to painted, dossier of {shown}", key_to_painted(page), plain))
        ours, plain = table_to_painted(folder / "table", raw)
        results.append(row("Enter to on disk and painted, a bare QTableView", ours, plain))
        results.append(row("raw INSERT", plain, plain))
        raw.close()
    return results
