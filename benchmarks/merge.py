"""Measures merging many dossiers, against ATTACH and INSERT … SELECT of the same rows; merging them again; and
publishing one note of a large dossier, against a plain copy of its file."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.capture import fill
from benchmarks.report import result_row
from sto_desktop.domain.actions.panels import add_panel, add_panelist
from sto_desktop.domain.identity import new_id
from sto_desktop.domain.log.change import action, create
from sto_desktop.exchange.guides import builtin_guide_id
from sto_desktop.own_files import sync_file
from sto_desktop.storage.file.database import Raw, connect, connect_working, quoted
from sto_desktop.storage.file.schema import LOG_TABLES, folded
from sto_desktop.storage.log.incoming import Incoming
from sto_desktop.storage.log.layout import create_dossier
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.workplace import Workplace


def dossiers(folder: Path, count: int, notes: int) -> Iterator[Path]:
    """Create dossiers of one panel with `notes` notes each."""
    workplace = Workplace(Identity("Koen Nijhuis", "laptop"), WorkingCopies(folder / "home"))
    for number in range(count):
        path = folder / f"{number}.sto"
        copy = workplace.create(path)
        panel = f"panel {number}"
        copy.dossier.apply(add_panel(builtin_guide_id(), title=panel, panel=panel))
        copy.dossier.apply(add_panelist(panel, "Jan Jansen", 2))
        questions = [question.id for _, question in copy.dossier.read.guides.of_panel(panel).questions()]
        fill(copy.dossier, panel, questions, notes)
        copy.close()
        yield path


def _raw(paths: Sequence[Path], out: Path) -> float:
    """Copy every row of every table, and the search index, with SQL only; one transaction for each file."""
    raw = connect(out)
    create_dossier(raw)
    raw.close()
    raw = connect_working(out)
    start = time.perf_counter()
    for path in paths:
        _insert_all(raw, path)
    raw.close()
    return time.perf_counter() - start


def _insert_all(raw: Raw, path: Path) -> None:
    copy = shutil.copyfile(path, path.with_suffix(".raw"))
    raw.execute(f"ATTACH {quoted(str(copy))} AS other KEY ''")
    raw.execute("BEGIN IMMEDIATE")
    for name in [table.name for table in LOG_TABLES] + list(folded):
        columns = [row[1] for row in raw.execute(f'PRAGMA other.table_info("{name}")').fetchall()]
        named = ", ".join(f'"{column}"' for column in columns if column not in ("seq", "key"))
        raw.execute(f'INSERT OR IGNORE INTO main."{name}" ({named}) SELECT {named} FROM other."{name}"')
    last = raw.execute("SELECT coalesce(max(key), 0) FROM main.search_entry").fetchone()[0]
    raw.execute(
        "INSERT OR IGNORE INTO main.search_entry (key, table_name, row_id)"
        f" SELECT key + {last}, table_name, row_id FROM other.search_entry"
    )
    raw.execute(
        f"INSERT INTO main.search (rowid, body) SELECT s.rowid + {last}, s.body FROM other.search AS s"
        f" WHERE s.rowid + {last} IN (SELECT key FROM main.search_entry)"
    )
    raw.execute("COMMIT")
    raw.execute("DETACH other")


def _publishing(office: WorkingCopy, times: int = 5) -> tuple[float, float]:
    """Return the shortest times of publishing one new note, and of copying the file and syncing the copy."""
    office.publish()
    panel = office.dossier.read.panels.listed()[0].id
    plain = office.path.with_suffix(".kopie")
    ours, raw = [], []
    for number in range(times):
        text = f"nog een notitie {number}"
        office.dossier.apply(action("notitie toevoegen", create("note", new_id(), panel=panel, text=text)))
        start = time.perf_counter()
        office.publish_apart()
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        shutil.copyfile(office.path, plain)
        sync_file(plain)
        raw.append(time.perf_counter() - start)
    return min(ours), min(raw)


def measure(count: int = 200, notes: int = 500) -> list[dict[str, Any]]:
    """Return the time of merging `count` dossiers against raw copying, of merging them again, and of publishing."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        paths = list(dossiers(folder, count, notes))
        office = Workplace(Identity("Marijke Assink", "kantoor"), WorkingCopies(folder / "kantoor")).create(
            folder / "samen.sto"
        )
        incoming = [Incoming(path) for path in paths]
        raw = _raw(paths, folder / "raw.sto")
        start = time.perf_counter()
        done = office.merging.merge_apart(incoming)
        first = time.perf_counter() - start
        start = time.perf_counter()
        again = office.merging.merge_apart(incoming)
        second = time.perf_counter() - start
        assert sum(len(incoming_file.arrived.new["note"]) for incoming_file in done) == count * notes
        assert all(incoming_file.result is not None and incoming_file.result.nothing_new for incoming_file in again)
        published, copied = _publishing(office)
        office.close()
        size = f"{count} dossiers with {count * notes} notes"
        return [
            result_row(f"merge {size} / ATTACH + INSERT", first, raw),
            result_row(f"merge {size} again / the first time", second, first),
            result_row(f"publish one note of {count * notes} / copy of the file", published, copied),
        ]
