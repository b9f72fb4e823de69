"""The register of every file with content: passwords and erasing reach each of them, what kills left too."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

import pytest

from sto_desktop import scratch
from sto_desktop.domain.log.change import Erasure
from sto_desktop.storage.whole_file.backup import Reason, backups
from sto_desktop.storage.working import quarantine
from sto_desktop.storage.working.copies_home import CopiesHome
from sto_desktop.storage.working.register import Kind, kept_files
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.passwords import set_password
from tests.storage.desk import Computer, made_panel, note, other_program, running

WORD = b"geheimwoord"
GONE = [Erasure("note", "N", "text")]


@pytest.fixture
def full(jan: Computer, copy: WorkingCopy, path: Path) -> WorkingCopy:
    """A dossier with a word in every kind of file: a backup, quarantine, and what killed programs left."""
    copy.dossier.apply(note("geheimwoord", "N"))
    copy.publish()
    copy.backup()
    killed_while_it_reads(jan.home, path)
    for name in ("sleutel.sto", "dossier.sto.nieuw"):
        shutil.copyfile(path, copy.file.folder / name)
    (copy.file.folder / "sto-abc").mkdir()
    shutil.copyfile(path, copy.file.folder / "sto-abc" / "x.sto")
    copy.dossier.close()
    folder = copy.file.folder
    shutil.copytree(folder, folder.with_name("weg"))
    quarantine.told(quarantine.put(jan.home, folder.with_name("weg"), path.resolve(), jan.clock()), "gered")
    return Computer(path.parents[1]).open(path)


def killed_while_it_reads(home: Path, path: Path) -> None:
    """Leave the temporary files of a program that was killed."""
    script = """
        import shutil, sys, time
        from pathlib import Path
        from sto_desktop.scratch import scratch
        with scratch(Path(sys.argv[1])) as place:
            shutil.copyfile(sys.argv[2], place / "kopie.sto")
            print("ready", flush=True)
            time.sleep(60)
    """
    with running(script, home, path) as process:
        process.send_signal(signal.SIGKILL)


def with_word(jan: Computer, *paths: Path) -> list[str]:
    """Return the files in which the word can be read."""
    return [str(file) for file in (*jan.files(), *paths) if WORD in file.read_bytes()]


@pytest.mark.long
def test_a_password_leaves_the_word_in_no_file(jan: Computer, full: WorkingCopy, path: Path) -> None:
    set_password(full, "wachtwoord")
    assert with_word(jan, path) == []
    full.close()
    assert with_word(jan, path) == []


def test_wiping_leaves_the_word_in_no_file(jan: Computer, full: WorkingCopy, path: Path) -> None:
    full.erase(GONE)
    assert with_word(jan, path) == []
    full.close()
    assert with_word(jan, path) == []


ENDLESS = (
    "CREATE VIEW change AS WITH RECURSIVE t(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM t)"
    " SELECT a AS seq, a AS stamp, a AS writer, a AS action, a AS table_name, a AS row_id, a AS fields,"
    " a AS supersedes FROM t"
)
ALTERED = {
    "endless view": ["ALTER TABLE change RENAME TO wijziging", ENDLESS],
    "empty view": [
        "ALTER TABLE change RENAME TO wijziging",
        "CREATE VIEW change AS SELECT * FROM wijziging WHERE 0",
    ],
    "ids as blobs in another table": [
        "ALTER TABLE change ADD COLUMN extra",
        "UPDATE change SET row_id = CAST(row_id AS BLOB)",
    ],
    "a row that is no change": ["UPDATE change SET row_id = CAST(row_id AS BLOB) WHERE row_id = 'N'"],
    "table of another program": ["CREATE TABLE kladblok AS SELECT fields FROM change"],
}


@pytest.mark.parametrize("statements", ALTERED.values(), ids=ALTERED)
def test_wiping_reaches_what_was_put_away_with_other_tables(
    jan: Computer, copy: WorkingCopy, path: Path, statements: list[str]
) -> None:
    copy.dossier.apply(note("geheimwoord", "N"))
    copy.close()
    with other_program(path) as raw:
        for statement in statements:
            raw.execute(statement)
    again = jan.open(path)
    kept = backups(jan.copies.backups_of(path))
    assert again.erase_apart(GONE).searched.backups == len(kept)
    again.close()
    assert with_word(jan, path) == []


def test_wiping_removes_what_was_put_away_and_has_no_log_any_more(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.dossier.apply(note("geheimwoord", "N"))
    copy.publish()
    kept = copy.backup()
    with other_program(kept) as raw:
        raw.execute("ALTER TABLE change RENAME TO wijziging")
        raw.execute("ALTER TABLE wijziging DROP COLUMN supersedes")
        raw.execute("CREATE VIEW change AS SELECT * FROM wijziging WHERE 0")
    assert copy.erase_apart(GONE).searched.removed == 1
    assert with_word(jan, path) == []


@pytest.mark.long
def test_what_can_not_be_read_any_more_is_told_or_goes(jan: Computer, full: WorkingCopy, path: Path) -> None:
    (item,) = quarantine.in_quarantine(jan.home)
    content = item.file.read_bytes()
    item.file.write_bytes(content[:4096] + b"\xa5" * 8192 + content[12288:])
    reached = full.encrypt_files(full.take_password("wachtwoord"))
    assert reached.unreached == (item.file,)
    full.erase(GONE)
    assert quarantine.in_quarantine(jan.home) == []
    full.close()


def test_a_password_that_was_broken_off_is_finished(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.dossier.apply(note("geheimwoord", "N"))
    copy.backup()
    copy.publish()
    # Killed before the backups had their turn.
    copy.take_password("wachtwoord")
    copy.dossier.close()
    again = jan.open(path, "wachtwoord")
    again.publish()
    assert len(with_word(jan, path)) == 1
    again.back_up_if_due()
    assert with_word(jan, path) == []
    again.close()


def test_backups_of_another_path_with_the_same_content_are_asked_about(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note("geheimwoord", "N"))
    copy.publish()
    copy.close()
    other = jan.create(path.with_name("Almelo.sto"))
    other.dossier.apply(made_panel())
    other.close()
    again = jan.open(path)
    again.publish(path.with_name("Nieuwe naam.sto"))
    path.unlink()
    reached = again.encrypt_files(again.take_password("wachtwoord"))
    again.publish()
    (elsewhere,) = reached.elsewhere
    assert elsewhere.path == path
    assert with_word(jan) == [str(file) for file in elsewhere.files]
    assert again.encrypt_elsewhere(reached, None) == ()
    assert with_word(jan) == []
    again.close()


def test_temporary_files_in_use_stay_and_those_of_the_killed_go(jan: Computer, path: Path) -> None:
    with scratch.scratch(jan.home) as place:
        killed_while_it_reads(jan.home, Path(sys.executable))
        assert len(list((jan.home / scratch.FOLDER).glob("*/"))) >= 2
        assert scratch.sweep(jan.home) == []
        assert [folder for folder in (jan.home / scratch.FOLDER).iterdir() if folder.is_dir()] == [place]
    assert list((jan.home / scratch.FOLDER).iterdir()) == []


def test_temporary_files_of_an_earlier_version_go_after_a_day(
    jan: Computer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, new, empty = (Path(tempfile.mkdtemp(prefix="sto-")) for _ in range(3))
    for folder in (old, new):
        (folder / "x.sto").touch()
    (empty / "x.txt").touch()
    # Names that people give are nobody's leftovers, and folders that they make are open to others.
    by_people = [tmp_path / name for name in ("sto-archief", "sto-oldenz_2", "anders")]
    for folder in by_people:
        folder.mkdir(0o755)
        (folder / "Hengelo.sto").touch()
    for folder in (old, empty, *by_people):
        os.utime(folder, (time.time() - 2 * 86_400,) * 2)
    scratch.sweep(jan.home)
    assert {folder for folder in tmp_path.iterdir() if folder.is_dir()} == {new, empty, *by_people}


def test_other_dossiers_with_the_same_content_are_told_of_when_words_are_wiped_or_locked(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note("geheimwoord", "N"))
    copy.close()
    closed, crashed = (shutil.copyfile(path, path.with_name(name)) for name in ("Archief.sto", "Kopie.sto"))
    other = jan.create(path.with_name("Almelo.sto"))
    other.dossier.apply(made_panel())
    other.close()
    first = jan.open(closed)
    first.dossier.apply(note("anders", "M"))
    first.close()
    left = jan.open(crashed)
    left.dossier.apply(note("daarna", "O"))
    left.dossier.close()
    crashed.unlink()
    again = jan.open(path)
    before = with_word(jan, closed)
    assert again.erase_apart(GONE).elsewhere == (closed, crashed)
    reached = again.encrypt_files(again.take_password("wachtwoord"))
    assert reached.dossiers == (closed, crashed)
    assert len(with_word(jan, closed)) < len(before)
    again.close()


def test_an_old_copy_that_is_opened_after_wiping_and_merged_leaves_the_word_in_no_file(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note("geheimwoord", "N"))
    copy.publish()
    old = Path(shutil.copyfile(path, path.with_name("uit de mail.sto")))
    copy.erase(GONE)
    opened = jan.open(old)
    opened.dossier.apply(note("daarna", "O"))
    opened.close()
    assert with_word(jan)
    copy.merging.merge([old])
    copy.close()
    assert with_word(jan, path) == []


def test_a_password_that_was_broken_off_reaches_quarantine_too(jan: Computer, full: WorkingCopy, path: Path) -> None:
    full.take_password("wachtwoord")
    full.publish()
    full.dossier.close()
    again = jan.open(path, "wachtwoord")
    again.back_up_if_due()
    again.close()
    assert with_word(jan, path) == []


def test_every_kind_is_listed_newest_first_with_what_became_of_it(jan: Computer, full: WorkingCopy, path: Path) -> None:
    full.file.back_up(full.dossier.raw, Reason.MERGE)
    kept = kept_files(CopiesHome(jan.home))
    assert {item.kind for item in kept} == set(Kind)
    assert [item.told for item in kept if item.kind is Kind.QUARANTINE] == ["gered"]
    assert {item.why for item in kept if item.kind is Kind.BACKUP} == {Reason.HOURLY, Reason.MERGE}
    assert [item.at for item in kept] == sorted((item.at for item in kept), reverse=True)
    assert [item.path for item in kept if item.kind is Kind.COPY] == [path.resolve()]
    full.close()
    assert {item.path for item in kept_files(CopiesHome(jan.home)) if item.kind is Kind.BACKUP} == {path.resolve()}
    assert len(backups(jan.copies.backups_of(path))) >= 2


def test_a_workbook_whose_writing_is_killed_leaves_no_word_that_is_not_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = """
        import time
        from sto_desktop.exchange.files.table_export import sheets_xlsx

        class Slow(list):
            looked = 0

            def __iter__(self):
                self.looked += 1
                yield from super().__iter__()
                # First for the width of the column, then to be written.
                if self.looked == 2:
                    print("ready", flush=True)
                    time.sleep(60)

        rows = [["notitie"], *(["geheimwoord %s" % number] for number in range(5000))]
        sheets_xlsx([("Notities", Slow(rows))])
    """
    system, home = tmp_path / "systeem", tmp_path / "huis"
    for folder in (system, home):
        folder.mkdir()
    for variable, folder in (("TMPDIR", system), ("XDG_DATA_HOME", home)):
        monkeypatch.setenv(variable, str(folder))
    with running(script) as process:
        process.send_signal(signal.SIGKILL)
    assert list(system.iterdir()) == []
    written = [file for file in home.rglob("*") if file.is_file() and WORD in file.read_bytes()]
    assert len(written) == 1
    scratch.sweep(written[0].parents[2])
    assert not written[0].exists()
