"""A copy of the file as it stands is the dossier of one moment, whoever writes meanwhile, and SQLite's locks stay."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sto_desktop.storage.file import standing
from sto_desktop.storage.file.database import Raw, connect, connect_working
from sto_desktop.storage.file.local import COPY
from sto_desktop.storage.file.standing import copy_standing
from sto_desktop.storage.whole_file.backup import copy_dossier
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import Computer, made_panel, note, other_program

# Where SQLite locks the file itself: https://sqlite.org/src/file/src/os.h, «SHARED_FIRST».
_LOCKED_BY_ANOTHER = """
import fcntl, sys
with open(sys.argv[1], "rb+") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)
    except BlockingIOError:
        print("locked")
"""


@pytest.fixture
def raw(copy: WorkingCopy) -> Iterator[Raw]:
    """A connection of a worker."""
    with copy.file.apart() as raw:
        yield raw


def is_locked(copy: WorkingCopy) -> bool:
    """Return whether another program sees the locks of this one on a working copy."""
    command = [sys.executable, "-c", _LOCKED_BY_ANOTHER, str(copy.file.folder / COPY)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout == "locked\n"


def kept_open(copy: WorkingCopy) -> tuple[int, int]:
    """Return by what a working copy is known among the files that are kept open."""
    status = (copy.file.folder / COPY).stat()
    return status.st_dev, status.st_ino


def content(path: Path) -> list[object]:
    """Return everything in a closed file, which is found sound first."""
    with other_program(path) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        return list(raw.iterdump())


def notes_in(path: Path) -> int:
    """Return the number of notes in a file, which is found sound first."""
    content(path)
    with other_program(path) as raw:
        count: int = raw.execute("SELECT count(*) FROM note").fetchone()[0]
        assert raw.execute("SELECT count(*) FROM change WHERE table_name = 'note'").fetchone() == (count,)
        return count


def test_it_holds_what_a_copy_page_by_page_holds(copy: WorkingCopy, raw: Raw, tmp_path: Path) -> None:
    for number in range(50):
        copy.dossier.apply(note(f"notitie {number}"))
    at_once, by_page = tmp_path / "ineens.sto", tmp_path / "per bladzijde.sto"
    assert copy_standing(raw, at_once)
    with closing(connect(by_page)) as target:
        raw.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
    assert content(at_once) == content(by_page)
    assert notes_in(at_once) == 50


def test_publishing_and_backups_copy_the_file_as_it_stands(copy: WorkingCopy, raw: Raw) -> None:
    copy.dossier.set_draft("regel", "half getypt")
    for number in range(20):
        copy.dossier.apply(note(f"notitie {number}"))
        copy.publish()
        assert notes_in(copy.path) == number + 1
    assert [path.name for path in copy.path.parent.iterdir()] == [copy.path.name]
    assert b"half getypt" not in copy.path.read_bytes()
    assert kept_open(copy) in standing._open, "the working copy was read as a file"
    assert notes_in(copy.backup()) == 20


def test_what_is_not_in_the_file_yet_comes_along(copy: WorkingCopy, raw: Raw, tmp_path: Path) -> None:
    copy.dossier.apply(note("een"))
    with copy.file.apart() as reader:
        # A window that reads an older moment: what is newer can't get into the file.
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM note").fetchone()
        copy.dossier.apply(note("twee"))
        assert not copy_standing(raw, tmp_path / "niet.sto")
        copy_dossier(raw, tmp_path / "wel.sto", None)
        reader.execute("COMMIT")
    assert notes_in(tmp_path / "wel.sto") == 2


def test_in_a_transaction_it_is_not_done(copy: WorkingCopy, raw: Raw, tmp_path: Path) -> None:
    raw.execute("BEGIN IMMEDIATE")
    assert not copy_standing(raw, tmp_path / "kopie.sto")
    assert not (tmp_path / "kopie.sto").exists()
    raw.execute("ROLLBACK")


def test_a_dossier_in_no_wal_mode_is_copied_page_by_page(copy: WorkingCopy, tmp_path: Path) -> None:
    with closing(connect(copy.path)) as raw:
        assert not copy_standing(raw, tmp_path / "niet.sto")
        copy_dossier(raw, tmp_path / "wel.sto", None)
    assert content(tmp_path / "wel.sto") == content(copy.path)


def test_the_locks_of_sqlite_stay(copy: WorkingCopy, raw: Raw, tmp_path: Path) -> None:
    for number in range(3):
        assert copy_standing(raw, tmp_path / f"{number}.sto")
        assert is_locked(copy)


@pytest.mark.parametrize("password", [None, "geheim", "gehe\u00edm"])
def test_the_locks_of_sqlite_stay_while_other_dossiers_open_and_close(
    jan: Computer, path: Path, password: str | None
) -> None:
    with closing(jan.create(path, password).dossier) as dossier:
        dossier.apply(made_panel())
    opened = jan.open(path, password)
    assert is_locked(opened)
    with opened.file.apart():
        assert is_locked(opened)
    other = jan.create(path.with_name("Almelo.sto"))
    other.dossier.apply(made_panel())
    other.close()
    jan.copies.tidy()
    opened.dossier.apply(note("een"))
    opened.publish()
    assert is_locked(opened)
    opened.close()


def test_a_file_that_is_removed_is_closed(copy: WorkingCopy, path: Path) -> None:
    copy.publish()
    kept = kept_open(copy)
    assert kept in standing._open
    copy.close()
    assert kept not in standing._open


def test_another_file_in_its_place_is_read_and_not_the_old_one(copy: WorkingCopy, path: Path) -> None:
    copy.dossier.apply(note("een"))
    copy.publish()
    old = kept_open(copy)
    assert old in standing._open
    copy.take_password("wachtwoord")
    copy.take_password(None)
    copy.dossier.apply(note("twee"))
    copy.publish()
    assert notes_in(path) == 2
    assert old not in standing._open


@pytest.mark.long
@pytest.mark.parametrize("checkpoints", [1, 20, 4000])
def test_whoever_writes_and_checkpoints_meanwhile_each_copy_is_of_one_moment(
    copy: WorkingCopy, tmp_path: Path, checkpoints: int
) -> None:
    """A note is a row of the log and one of a table: in a copy of two moments their numbers would differ."""
    ended = threading.Event()

    def write() -> None:
        with closing(connect_working(copy.file.folder / COPY)) as raw:
            raw.execute(f"PRAGMA wal_autocheckpoint = {checkpoints}")
            columns = "stamp, writer, action, table_name, row_id, fields, supersedes"
            for number in range(100_000):
                if ended.is_set():
                    break
                raw.execute("BEGIN IMMEDIATE")
                text = f"{number} " + "veel woorden " * (number % 400)
                raw.execute(f"INSERT INTO change ({columns}) VALUES (?, 'w', 1, 'note', ?, '{{}}', '{{}}')",
                            (number, str(number)))  # fmt: skip
                raw.execute("INSERT INTO note (id, text, known) VALUES (?, ?, 1)", (str(number), text))
                raw.execute("COMMIT")

    writer = threading.Thread(target=write)
    writer.start()
    counts = []
    try:
        with copy.file.apart() as raw:
            for number in range(60):
                target = tmp_path / f"{number}.sto"
                copy_dossier(raw, target, None)
                counts.append(notes_in(target))
    finally:
        ended.set()
        writer.join()
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]
