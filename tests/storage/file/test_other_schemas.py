"""Dossiers with other tables than ours, made by another version or changed by another program, work like any other."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sto_desktop import cli
from sto_desktop.storage.file.database import connect
from sto_desktop.storage.file.schema import LOG_TABLES, fingerprint
from sto_desktop.storage.log.incoming import Incoming
from sto_desktop.storage.log.layout import create_dossier
from sto_desktop.storage.whole_file.backup import Reason, backups
from sto_desktop.storage.working.check import Severity, check_file
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.passwords import set_password
from tests.storage import kill_opening
from tests.storage.altered import CASES, INSERT_CHANGE, Case, alter
from tests.storage.desk import Computer, assert_sound, made_panel, note, other_program, text_of

NOTES = {f"N{number}": f"notitie {number} over het Technolab" for number in range(5)}


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str | None], bytes]:
    """Dossiers with five notes as files, with a password or without."""
    made: dict[str | None, bytes] = {}

    def make(password: str | None) -> bytes:
        if password not in made:
            folder = tmp_path_factory.mktemp("ours")
            copy = Computer(folder).create(folder / "Hengelo.sto", password)
            copy.dossier.apply(made_panel())
            for row, text in NOTES.items():
                copy.dossier.apply(note(text, row))
            copy.close()
            made[password] = (folder / "Hengelo.sto").read_bytes()
        return made[password]

    return make


@pytest.fixture(params=[*CASES.values()], ids=[*CASES])
def case(request: pytest.FixtureRequest) -> Case:
    """One thing that was done to a dossier."""
    found: Case = request.param
    return found


ONE_OF_EACH = {
    "log without a column, with another",
    "log under another name",
    "log with a check that its rows break",
    "log without actions, writers and erasures",
    "computed column of the log",
    "of another program",
    "drafts under another name",
    "trigger on the log",
    "view named as settings",
    "virtual table",
    "older",
    "newer",
}
"""What is told and what is not, of the log, its tables, drafts, settings and what others add, and of other versions."""

one_of_each = pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=name, marks=() if name in ONE_OF_EACH else pytest.mark.long)
        for name, case in CASES.items()
    ],
)
"""`make test` opens every case; these twelve go every further way there too, the others in `make test-long`."""
assert set(CASES) >= ONE_OF_EACH


@pytest.fixture
def touched(path: Path, ours: Callable[[str | None], bytes], case: Case) -> Path:
    """A published dossier to which that was done."""
    path.write_bytes(ours(None))
    alter(path, case)
    return path


@contextmanager
def unwritten(path: Path) -> Iterator[None]:
    """Assert that the file stays unchanged and that nothing is written beside it."""
    before, beside = (path.read_bytes(), path.stat().st_mtime_ns), sorted(path.parent.iterdir())
    yield
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert sorted(path.parent.iterdir()) == beside


def _rows_gone(case: Case) -> bool:
    """Return whether the log refers to rows that are not there, or to a table of a later version."""
    return "DROP TABLE action" in case.statements or INSERT_CHANGE in case.statements


def _assert_notes(copy: WorkingCopy, case: Case) -> None:
    assert {item.note.id: item.note.text for item in copy.dossier.read.notes.of_panel("panel-1")} == NOTES
    assert [hit.row for hit in copy.dossier.search("notitie 3")] == ["N3"]
    assert_sound(copy.dossier)
    _assert_told(" ".join(copy.told), case)


def _assert_told(said: str, case: Case) -> None:
    assert (f"In «Hengelo.sto» staat iets van een ander programma: {case.told}. Dat gaat niet mee" in said) == bool(
        case.told
    ), said
    assert (f"In «Hengelo.sto» ontbreekt iets: {case.lacking}. De rest gaat mee." in said) == bool(case.lacking), said


def test_it_opens_and_goes_on(jan: Computer, piet: Computer, touched: Path, case: Case) -> None:
    with unwritten(touched):
        opened = jan.open(touched)
        _assert_notes(opened, case)
        assert not opened.unpublished
        opened.close()
    assert {file.name for file in jan.files() if file.suffix not in (".sto", ".lock")} <= {"laatst.json"}
    opened = jan.open(touched)
    opened.dossier.apply(note("verder", "N9"))
    opened.close()
    again = piet.open(touched)
    assert text_of(again.dossier, "N9") == "verder"
    assert again.told == ()
    again.close()
    codes = {finding.code for finding in check_file(touched).findings}
    assert codes <= ({"unknown_writers", "unknown_actions", "unknown_tables", "stubs"} if _rows_gone(case) else set())


@one_of_each
def test_what_stays_behind_is_in_a_backup_that_is_made_once(jan: Computer, touched: Path, case: Case) -> None:
    before = touched.read_bytes()
    for _ in range(2):
        jan.open(touched).close()
    taken = [backup for backup in backups(jan.copies.backups_of(touched)) if backup.reason is Reason.UPDATE]
    assert [backup.path.read_bytes() for backup in taken] == ([before] if case.told or case.lacking else [])


@one_of_each
def test_a_working_copy_that_a_crash_left_keeps_drafts_settings_and_undo(
    jan: Computer, path: Path, ours: Callable[[str | None], bytes], case: Case
) -> None:
    path.write_bytes(ours(None))
    opened = jan.open(path)
    opened.dossier.apply(note("nog niet bewaard", "N9"))
    opened.dossier.set_draft("gesprek", "half")
    opened.dossier.set_setting("panel", "panel-1")
    opened.dossier.close()
    alter(opened.file.folder / "dossier.sto", case)
    with unwritten(path):
        again = jan.open(path)
    assert text_of(again.dossier, "N9") == "nog niet bewaard"
    assert {item.note.id for item in again.dossier.read.notes.of_panel("panel-1")} == {*NOTES, "N9"}
    assert_sound(again.dossier)
    told = case.told if case.told_of_working_copy is None else case.told_of_working_copy
    _assert_told(" ".join(again.told), replace(case, told=told))
    gone = str(case.statements)
    assert again.dossier.draft("gesprek") == ("" if "DROP TABLE draft" in gone else "half")
    assert again.dossier.setting("panel") == ("" if "DROP TABLE setting" in gone else "panel-1")
    assert again.dossier.undo_label() == (None if "TABLE action" in gone else "notitie toevoegen")
    assert again.unpublished
    again.dossier.set_draft("gesprek", "")
    again.close()
    assert check_file(path).counts["note"] == 6


@one_of_each
def test_controleer_finds_no_damage(touched: Path, case: Case) -> None:
    with unwritten(touched):
        report = check_file(touched)
    assert report.ok, report.sentences
    assert report.counts["note"] == 5
    _assert_told(" ".join(report.sentences), case)
    warnings = [finding.code for finding in report.findings if finding.severity is Severity.WARNING]
    assert ("altered_schema" in warnings) == bool(case.told or case.lacking)


def test_rows_of_a_log_that_say_not_which_change_they_are_are_told(
    jan: Computer, path: Path, ours: Callable[[str | None], bytes]
) -> None:
    path.write_bytes(ours(None))
    alter(path, CASES["log with other types"])
    alter(path, Case(["UPDATE change SET writer = NULL WHERE row_id IN ('N3', 'N4')"]))
    told = "van het logboek niet te lezen; die gaan niet mee."
    report = check_file(path)
    assert not report.ok
    opened = jan.open(path)
    for said in (" ".join(report.sentences), " ".join(opened.told)):
        assert told in said
        assert "alle notities" not in said
    assert {item.note.id for item in opened.dossier.read.notes.of_panel("panel-1")} == {"N0", "N1", "N2"}
    opened.close()


@pytest.mark.long
def test_commands_take_nothing_away_there(
    touched: Path, case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "uit"
    out.mkdir()
    lines: tuple[tuple[Any, ...], ...] = (
        ("controleer", touched),
        ("exporteer", touched, "--formaat", "csv", "--namen", "alles", "-o", out / "notities.csv"),
        ("verslag", touched, "-o", out / "verslag.md"),
        ("vogelvlucht", touched, "-o", out / "vogelvlucht.md"),
        ("delen", touched, "--namen", "alles", "-o", out / "gedeeld.sto"),
        ("samenvoegen", touched, "-o", out / "samen.sto"),
    )
    before = touched.read_bytes()
    for line in lines:
        beside = sorted(touched.parent.iterdir())
        assert cli.run([str(part) for part in line]) == 0, capsys.readouterr()
        said = capsys.readouterr().out
        _assert_told(said, case)
        # What was made is recorded, unless that would cost something that another program put there.
        makes = line[0] not in ("controleer", "samenvoegen")
        assert ("niet in het dossier vastgelegd" in said) is (makes and bool(case.told))
        assert (touched.read_bytes() == before) is (bool(case.told) or not makes)
        assert sorted(touched.parent.iterdir()) == beside
        # Each begins with what the other program made of it.
        touched.write_bytes(before)
    exported = (out / "notities.csv").read_text(encoding="utf-8-sig")
    assert all(text in exported for text in NOTES.values())
    for made in (out / "gedeeld.sto", out / "samen.sto"):
        assert check_file(made).counts["note"] == 5
        assert {finding.code for finding in check_file(made).findings} <= {
            "stubs",
            "unknown_tables",
            "unknown_writers",
            "unknown_actions",
        }


@one_of_each
def test_it_is_merged_and_told(piet: Computer, touched: Path, case: Case, tmp_path: Path) -> None:
    into = piet.create(tmp_path / "van Piet.sto")
    with unwritten(touched):
        (seen,) = into.merging.preview([Incoming(touched)])
        (done,) = into.merging.merge_apart([Incoming(touched)])
    assert seen.problem is None
    assert done.problem is None
    into.dossier.poll(always=True)
    assert {row: text_of(into.dossier, row) for row in NOTES} == NOTES
    _assert_told(done.arrived.left_behind, case)
    into.close()


@one_of_each
def test_what_comes_to_lie_at_the_path_of_an_open_dossier_is_taken_in_and_told(
    jan: Computer, path: Path, ours: Callable[[str | None], bytes], case: Case
) -> None:
    path.write_bytes(ours(None))
    opened = jan.open(path)
    alter(path, case)
    arrived = opened.take_in_apart()
    _assert_told(arrived.left_behind, case)
    before = path.read_bytes()
    opened.dossier.apply(note("verder", "N9"))
    opened.close()
    taken = [backup for backup in backups(jan.copies.backups_of(path)) if backup.reason is Reason.UPDATE]
    assert [backup.path.read_bytes() for backup in taken] == ([before] if case.told or case.lacking else [])
    assert check_file(path).counts["note"] == 6


@pytest.mark.long
@pytest.mark.parametrize("name", ["trigger on notes", "view named as a table", "no search", "newer"])
def test_a_locked_one_opens_and_stays_locked(
    jan: Computer, path: Path, ours: Callable[[str | None], bytes], name: str
) -> None:
    path.write_bytes(ours("geheim"))
    alter(path, CASES[name], "geheim")
    with unwritten(path):
        assert check_file(path, "geheim").ok
        with jan.copies.reading(path, jan.who, "geheim") as read:
            _assert_notes(read, CASES[name])
        opened = jan.open(path, "geheim")
        _assert_notes(opened, CASES[name])
    for file in jan.files():
        assert b"Technolab" not in file.read_bytes()
    opened.dossier.apply(note("verder", "N9"))
    opened.close()
    opened = jan.open(path, "geheim")
    set_password(opened, "anders dan eerst")
    opened.close()
    assert check_file(path, "anders dan eerst").counts["note"] == 6
    for backup in backups(jan.copies.backups_of(path)):
        assert check_file(backup.path, "anders dan eerst").counts["note"] >= 5


@pytest.mark.long
def test_an_index_in_an_order_that_only_another_program_knows(
    jan: Computer, path: Path, ours: Callable[[str | None], bytes]
) -> None:
    path.write_bytes(ours(None))
    with other_program(path) as raw:
        raw.create_collation("dutch", lambda one, other: (one > other) - (one < other))
        raw.execute("CREATE INDEX traag ON note (text COLLATE dutch)")
        raw.execute("CREATE INDEX langzaam ON change (writer COLLATE dutch)")
    with unwritten(path):
        opened = jan.open(path)
        _assert_notes(opened, Case((), "index «langzaam» en index «traag»"))
        assert check_file(path).ok
    set_password(opened, "anders dan eerst")
    opened.close()
    (kept,) = backups(jan.copies.backups_of(path))
    assert check_file(kept.path, "anders dan eerst").counts["note"] == 5


# The file as a whole


def _of_another_encoding(path: Path) -> None:
    """Make the dossier anew in UTF-16, with our own tables."""
    whole = path.with_name("utf-16.sto")
    with closing(connect(whole)) as raw:
        raw.execute("PRAGMA encoding = 'UTF-16'")
        create_dossier(raw)
        with closing(connect(path, mode="ro")) as ours:
            for table in LOG_TABLES:
                rows = ours.execute(f"SELECT * FROM {table.name}").fetchall()
                raw.executemany(f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})", rows)
    whole.replace(path)


def _of_small_pages(path: Path) -> None:
    with other_program(path) as raw:
        raw.execute("PRAGMA page_size = 512")
        raw.execute("VACUUM")


def _with_a_journal_left(path: Path) -> None:
    """Leave a change of the tables in the journal beside the file, as a program that was killed does."""
    wal = path.with_name(f"{path.name}-wal")
    with other_program(path) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("ALTER TABLE change RENAME COLUMN fields TO velden")
        kept = path.read_bytes(), wal.read_bytes()
    path.write_bytes(kept[0])
    wal.write_bytes(kept[1])


@pytest.mark.parametrize("make_it", [_of_another_encoding, _of_small_pages, _with_a_journal_left])
def test_a_file_that_another_program_wrote_in_another_way(
    jan: Computer,
    piet: Computer,
    path: Path,
    tmp_path: Path,
    ours: Callable[[str | None], bytes],
    make_it: Callable[[Path], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    path.write_bytes(ours(None))
    make_it(path)
    out = tmp_path / "notities.csv"
    with unwritten(path):
        assert cli.run(["controleer", str(path)]) == 0, capsys.readouterr()
        into = piet.create(tmp_path / "van Piet.sto")
        into.merging.merge([path])
        assert {row: text_of(into.dossier, row) for row in NOTES} == NOTES
        into.dossier.close()
        opened = jan.open(path)
        assert {row: text_of(opened.dossier, row) for row in NOTES} == NOTES
    opened.dossier.apply(note("verder", "N9"))
    opened.close()
    assert check_file(path).counts["note"] == 6
    path.write_bytes(ours(None))
    make_it(path)
    # The file records what was exported, so it is written.
    assert cli.run(["exporteer", str(path), "--formaat", "csv", "--namen", "alles", "-o", str(out)]) == 0
    assert all(text in out.read_text(encoding="utf-8-sig") for text in NOTES.values())


# Reading alone


def test_reading_shows_what_a_window_has_and_leaves_all_as_it_is(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.dossier.apply(note("nog niet bewaard", "N9"))
    copy.dossier.set_draft("gesprek", "half")
    working = copy.file.folder / "dossier.sto"
    with unwritten(path), unwritten(working), jan.copies.reading(path, jan.who) as read:
        assert text_of(read.dossier, "N9") == "nog niet bewaard"
        read.dossier.apply(note("alleen hier", "M"))
        place = read.file.folder
        assert place.stat().st_mode & 0o077 == 0
    assert not place.exists()
    assert text_of(copy.dossier, "M") is None
    assert copy.dossier.draft("gesprek") == "half"
    assert copy.unpublished


def test_reading_a_dossier_whose_working_copy_alone_is_left(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.dossier.apply(note("nog niet bewaard", "N9"))
    copy.dossier.close()
    path.unlink()
    with jan.copies.reading(path, jan.who) as read:
        assert text_of(read.dossier, "N9") == "nog niet bewaard"
    assert not path.exists()


def test_the_version_of_a_file_is_made_from_what_the_fields_declare() -> None:
    assert len(fingerprint()) == 32
    assert set(fingerprint()) <= set("0123456789abcdef")


def test_a_file_of_this_version_is_copied_as_it_is(
    jan: Computer, path: Path, ours: Callable[[str | None], bytes]
) -> None:
    path.write_bytes(ours(None))
    opened = jan.open(path)
    assert opened.told == ()
    opened.close()
    assert not list((jan.home / "reservekopie").rglob("*.sto"))
    shutil.rmtree(jan.home)


# Killed


@pytest.mark.long
@pytest.mark.parametrize("crashed", [False, True], ids=["read in", "a working copy"])
def test_killed_at_any_step_nothing_is_lost(
    tmp_path: Path, path: Path, ours: Callable[[str | None], bytes], crashed: bool
) -> None:
    path.write_bytes(ours(None))
    folder = tmp_path / "computer"
    folder.mkdir()
    if crashed:
        opened = Computer(folder).open(path)
        opened.dossier.apply(note("nog niet bewaard", "N9"))
        opened.dossier.set_draft("gesprek", "half")
        opened.dossier.close()
        alter(opened.file.folder / "dossier.sto", CASES["newer and touched"])
    alter(path, CASES["newer and touched"])
    done = subprocess.run(
        [sys.executable, kill_opening.__file__, str(folder), str(path), "13"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    kills, said = json.loads(done.stdout)
    rows = sorted([*NOTES, "N9"] if crashed else NOTES)
    usual = f"notes {rows}, draft {'half' if crashed else ''!r}, unpublished {crashed}"
    assert said == {usual: kills + 1}
    assert kills > 15
