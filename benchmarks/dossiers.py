"""Makes big dossiers for the benchmarks, keeps them in build/, and opens them in the whole program."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import os
import random
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sto_desktop.domain.log.change import Action
    from sto_desktop.storage.file.database import Raw
    from sto_desktop.ui.desk.desk import Desk
    from sto_desktop.ui.shell.main_window import MainWindow

KEPT = Path("build/dossiers")
FULL, USUAL = 5_000, 60
"""Notes of a long panel, of which there are few with half of all notes, and of a usual one."""
MEMBERS = 8
LONGEST_S = 120.0
"""How long an action is waited for."""
AUTHOR = "Notulist"
FIRST_DAY = dt.datetime(2023, 2, 14, 15, 30, tzinfo=dt.UTC)


def words() -> list[str]:
    """Return the words of the example, in an order that is always the same."""
    from sto_desktop.resources import resource

    texts = (path.read_text(encoding="utf-8") for path in sorted(resource("example").glob("*.md")))
    found = sorted({word for text in texts for word in re.findall(r"\w{3,}", text.lower())})
    random.Random(1).shuffle(found)
    return found


def sizes_of_panels(notes: int) -> list[int]:
    """Return the number of notes of each panel: the first is long, and so are those before the last, as a history
    begins with them."""
    in_long = notes // 2
    long = [min(FULL, in_long - first) for first in range(0, in_long, FULL)]
    usual = [min(USUAL, notes - first) for first in range(in_long, notes, USUAL)]
    return [*long[:1], *usual[:-1], *long[1:], *usual[-1:]]


def actions(notes: int) -> Iterator[Action]:
    """Yield what was done in a dossier with this many notes: for each panel its members, then its notes with a speaker
    each."""
    from sto_desktop.domain.actions.notes import voice_edits
    from sto_desktop.domain.actions.panels import add_panel, add_panelist
    from sto_desktop.domain.identity import new_id
    from sto_desktop.domain.log.change import action, create
    from sto_desktop.domain.place import Position, key_of_moment
    from sto_desktop.domain.vocabulary import Stance
    from sto_desktop.exchange.guides import builtin_changes, builtin_guide_id

    chance = random.Random(2)
    vocabulary = words()
    weights = list(itertools.accumulate(1 / (place + 3) for place in range(len(vocabulary))))
    questions = [change.row for change in builtin_changes() if change.table == "question"]
    for number, size in enumerate(sizes_of_panels(notes)):
        panel, day = new_id(), FIRST_DAY + dt.timedelta(days=number)
        yield add_panel(builtin_guide_id(), title=f"Panel {number + 1}", day=day.date(), panel=panel)
        seated = [add_panelist(panel, f"Panellid Nummer{seat}", seat, sector="mbo") for seat in range(1, MEMBERS + 1)]
        yield action("panelleden importeren", *(made.edits for made in seated))
        members = [made.edits[0].row for made in seated]
        edits = []
        for minute in range(size):
            at = day + dt.timedelta(seconds=minute)
            text = " ".join(chance.choices(vocabulary, cum_weights=weights, k=chance.randint(6, 22)))
            note, place = new_id(), Position(questions[minute % len(questions)], key_of_moment(at))
            edits.append(create("note", note, panel=panel, position=place, text=text, captured_at=at))
            edits += voice_edits(note, [(members[minute % MEMBERS], Stance.SAYS)], new=True)
        yield action("notities importeren", edits)


def _write(raw: Raw, notes: int, writer: str) -> None:
    """Write the log and fold it, in one transaction: what the same actions one by one write in minutes."""
    from sto_desktop.domain.log.change import ActionRecord, Change, ChangeId
    from sto_desktop.domain.log.clock import next_stamp
    from sto_desktop.domain.tables import tables
    from sto_desktop.storage.file.database import transaction
    from sto_desktop.storage.log import folded, log

    specs = tables()
    with transaction(raw), folded.without_collecting():
        stamp = log.last_stamp(raw)
        for number, action in enumerate(actions(notes)):
            at = FIRST_DAY + dt.timedelta(hours=number)
            first = stamp = next_stamp(stamp, int(at.timestamp() * 1000), len(action.edits))
            log.append_action(raw, ActionRecord(ChangeId(first, writer), action.label, at.isoformat()))
            rows = []
            for edit in action.edits:
                values = specs[edit.table].encode(edit.values)
                rows.append(log.log_row(Change(ChangeId(stamp, writer), first, edit.table, edit.row, values, {})))
                stamp += 1
            raw.executemany(log.INSERT_CHANGE, rows)
        folded.rebuild(raw)


def dossier(notes: int) -> Path:
    """Return a published dossier with this many notes, made if it isn't there yet; copy it before it is opened."""
    from sto_desktop.storage.file.schema import fingerprint

    # Made anew when the tables or this file change.
    version = hashlib.sha256(fingerprint().encode() + Path(__file__).read_bytes()).hexdigest()[:12]
    path = KEPT / version / f"{notes}.sto"
    if not path.exists():
        make(path, notes)
    return path


def make(path: Path, notes: int) -> None:
    """Make a published dossier with this many notes."""
    import tempfile

    from sto_desktop.domain.log.change import Writer
    from sto_desktop.exchange.guides import builtin_changes, builtin_writer_id
    from sto_desktop.storage.log import log
    from sto_desktop.storage.working.copies_home import Identity
    from sto_desktop.storage.working.working_copies import Seed, WorkingCopies

    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        seed = Seed(builtin_changes(), Writer(builtin_writer_id(), "STO Twente", "", "1"))
        whole = Path(folder) / path.name
        copy = WorkingCopies(Path(folder) / "home").create(whole, Identity(AUTHOR, "laptop"), seed)
        log.append_writer(copy.dossier.raw, copy.dossier.writer)
        _write(copy.dossier.raw, notes, copy.dossier.writer.id)
        copy.close()
        os.replace(whole, path)


def live(seconds: float) -> None:
    """Let the window's event loop run."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


@contextmanager
def program(folder: Path, notes: int) -> Iterator[tuple[MainWindow, Desk]]:
    """Open a dossier with this many notes in the whole program, at its long panel."""
    from sto_desktop.app import application, make_window
    from sto_desktop.settings import SettingsStore
    from sto_desktop.ui.base.garbage import GarbageCollector

    for place in ("CACHE", "CONFIG", "DATA", "STATE"):
        os.environ[f"XDG_{place}_HOME"] = str(folder / place)
    path = folder / "dossier.sto"
    shutil.copyfile(dossier(notes), path)
    settings = SettingsStore(folder / "settings.json")
    settings.change(user_name=AUTHOR)
    window, desk = make_window(application(), settings)
    collector = GarbageCollector(window)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    desk.open(path)
    until(lambda: window.session is not None)
    session = window.session
    assert session is not None
    session.show_panel(session.dossier.read.panels.listed()[0].id)
    try:
        yield window, desk
    finally:
        desk.put_away()
        window.close()
        window.deleteLater()
        collector.deleteLater()
        live(0.1)


def until(true: Callable[[], bool]) -> None:
    """Let the window's event loop run until something is true."""
    end = time.monotonic() + LONGEST_S
    while not true():
        assert time.monotonic() < end
        live(0.02)
