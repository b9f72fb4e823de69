"""Measures how long the window stands still in each action, in dossiers of 1,000 to 100,000 notes, against one frame.

A heartbeat of a millisecond runs in the window's event loop. A stall is the longest time between two beats: in
processor time of the window's thread, which other programs don't change, and in wall clock, which a person waits.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.dossiers import LONGEST_S, live, program, until

if TYPE_CHECKING:
    from sto_desktop.ui.conversation.page.page import ConversationPage
    from sto_desktop.ui.desk.desk import Desk
    from sto_desktop.ui.elaborate.notes.notes_pane import NotesPane
    from sto_desktop.ui.shell.main_window import MainWindow

SIZES = (1_000, 10_000, 100_000)
FRAME_MS = 1000 / 60
LABELLED = 10_000
TAIL_S = 0.2
"""How long to watch after the answer: the foot of the window and the undo button follow a moment later."""


@dataclass
class Stall:
    """What an action cost, in ms: its longest stall as processor time and as wall clock, and the time to its answer."""

    cpu: float
    wall: float
    answer: float


def stall_of(do: Callable[[], object], done: Callable[[], bool]) -> Stall:
    """Run an action in the event loop until it is done, and return its longest stall."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    loop, beat = QEventLoop(), QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
    beats: list[tuple[float, float]] = []
    answered: list[float] = []

    def tick() -> None:
        now = time.perf_counter()
        beats.append((now, time.thread_time()))
        if started and not answered and done():
            answered.append(now)
        late = started and now - started[0] > LONGEST_S
        if (answered and now - answered[0] > TAIL_S) or late:
            loop.quit()

    started: list[float] = []

    def start() -> None:
        started.append(time.perf_counter())
        do()

    beat.timeout.connect(tick)
    beat.start()
    QTimer.singleShot(20, start)
    loop.exec()
    beat.stop()
    assert answered, "the action did not end"
    gaps = [(wall - before[0], cpu - before[1]) for before, (wall, cpu) in pairwise(beats)]
    return Stall(
        max(cpu for _, cpu in gaps) * 1000, max(wall for wall, _ in gaps) * 1000, (answered[0] - started[0]) * 1000
    )


def _in_elaborating(window: MainWindow, desk: Desk) -> Iterator[tuple[str, Stall]]:
    """Yield the stalls of what a person does with all notes."""
    from PySide6.QtCore import QItemSelection, QItemSelectionModel
    from PySide6.QtTest import QTest

    from sto_desktop.domain.panel.note_filter import Grouping, NoteFilter, Ordering
    from sto_desktop.ui.base.stage import Stage
    from sto_desktop.ui.elaborate.stage import ElaborateStage

    window.navigate(Stage.ELABORATE)
    live(1.0)
    stage = window.stage_widget(Stage.ELABORATE)
    assert isinstance(stage, ElaborateStage)
    assert window.session is not None
    pane, dossier = stage.bench.pane, window.session.dossier
    everything = replace(NoteFilter(), all_panels=True)

    def filtered(wanted: NoteFilter) -> Stall:
        return stall_of(lambda: pane.filters.set_filter(wanted), _shown(pane))

    yield "all panels", filtered(everything)
    yield "order by text", filtered(replace(everything, ordering=Ordering.TEXT))
    yield "group by speaker", filtered(replace(everything, grouping=Grouping.SPEAKER))
    filtered(everything)
    pane.filters.search.setFocus()
    yield "first letter of a search", stall_of(lambda: QTest.keyClicks(pane.filters.search, "t"), _shown(pane))
    pane.filters.search.clear()
    until(_shown(pane))
    live(0.5)
    model, view = pane.views.model, pane.views.notes
    # In the search field, undo would undo its letter.
    pane.views.take_keyboard()
    # The label exists already, on a note that is not among those that are labelled.
    pane.hands.deeds.label(model.notes()[-1:], ["technolab"])
    live(1.0)
    last = next(row for row in reversed(range(min(model.rowCount(), LABELLED + 200))) if model.note_at(row))
    chosen = QItemSelection(model.index(0), model.index(last))
    yield (
        "choose 10,000 notes",
        stall_of(
            lambda: view.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect),
            lambda: bool(pane.views.selected()),
        ),
    )
    links = "SELECT count(*) FROM note_tag WHERE deleted = 0"

    def labelled(wanted: bool) -> Callable[[], bool]:
        return lambda: (dossier.raw.execute(links).fetchone()[0] > 1) is wanted and _shown(pane)()

    yield "label 10,000", stall_of(lambda: pane.hands.command("label_1"), labelled(True))
    yield "undo it", stall_of(window.actions_by_id["undo"].trigger, labelled(False))


def _shown(pane: NotesPane) -> Callable[[], bool]:
    return lambda: pane.views.model.rowCount() > 0 and pane.filters.count.text() != "bezig met zoeken…"


def _in_history(window: MainWindow) -> Stall:
    from sto_desktop.ui.shell.history import HistoryDialog

    def dialog() -> HistoryDialog | None:
        return next(iter(window.findChildren(HistoryDialog)), None)

    def filled() -> bool:
        shown = dialog()
        return shown is not None and shown.model.rowCount() > 0

    stall = stall_of(window.show_history, filled)
    shown = dialog()
    assert shown is not None
    shown.reject()
    live(0.2)
    return stall


def _in_conversation(window: MainWindow) -> Iterator[tuple[str, Stall]]:
    """Yield the stalls of beginning the clock, and of a note after it."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from sto_desktop.ui.base.stage import Stage
    from sto_desktop.ui.conversation.stage import ConversationStage

    assert window.session is not None
    # A panel of the usual size: nobody types into one of 5,000 notes.
    window.session.show_panel(window.session.dossier.read.panels.listed()[-1].id)
    window.navigate(Stage.CONVERSATION)
    live(1.0)
    stage = window.stage_widget(Stage.CONVERSATION)
    assert isinstance(stage, ConversationStage)
    assert stage.page is not None
    page: ConversationPage = stage.page
    yield "begin the clock", stall_of(page.clock.begin, lambda: page.clock.running)
    notes = len(page.live.rows.notes)
    page.line.edit.insert("Het rooster is vol")
    yield (
        "a note",
        stall_of(lambda: QTest.keyClick(page.line.edit, Qt.Key.Key_Return), lambda: len(page.live.rows.notes) > notes),
    )
    page.clock.pause()


def stalls(notes: int) -> dict[str, Stall]:
    """Return the stall of each action in a dossier with this many notes."""
    found: dict[str, Stall] = {}
    with tempfile.TemporaryDirectory() as name, program(Path(name), notes) as (window, desk):
        found |= _in_elaborating(window, desk)
        found["history"] = _in_history(window)
        found |= _in_conversation(window)
        # Publishing is on a worker, until the dossier is closed.
        found["close"] = stall_of(desk.put_away, lambda: window.session is None)
    return found


def measure() -> list[dict[str, Any]]:
    """Return a row for each action in the largest dossier, and one for each smaller dossier."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    rows = []
    for size in SIZES:
        for name, stall in stalls(size).items():
            rows.append(
                {
                    "name": f"{name}, {size:,} notes: longest stall / a frame",
                    "unit": "ms",
                    "ours": stall.cpu,
                    "raw": FRAME_MS,
                    "ratio": stall.cpu / FRAME_MS,
                    "wall_ms": stall.wall,
                    "answer_ms": stall.answer,
                }
            )
    return rows
