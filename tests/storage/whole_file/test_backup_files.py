"""Backups as files: what each job leaves on the disk, and what it reports if it fails."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sto_desktop.domain.errors import DossierError
from sto_desktop.domain.log.change import Erasure, change
from sto_desktop.own_files import make_folder
from sto_desktop.storage.file.database import SqliteError, connect
from sto_desktop.storage.file.files import content_digest
from sto_desktop.storage.log.layout import is_ours
from sto_desktop.storage.whole_file.backup import (
    Backup,
    Reason,
    Searched,
    backup_file,
    backups,
    bring_in_line,
    change_passwords,
    copy_dossier,
    erase_in_backups,
    keep,
    make_backup,
    put_away,
    restore,
)
from tests.storage.desk import other_program
from tests.storage.log.logs import Log, foreign_index, note, unindexed
from tests.storage.small_disk import small_disk

NOW = datetime(2023, 2, 14, 13)
NAME = "20230214-130000-000000"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder with the backups of one dossier; it does not exist yet."""
    return tmp_path / "reservekopie" / "hengelo"


@pytest.fixture
def jan(tmp_path: Path) -> Log:
    """A dossier with one note."""
    made = Log(tmp_path / "jan.sto")
    made.do(note("geheim"))
    return made


def _closed(log: Log) -> Path:
    log.raw.close()
    return log.path


def _text(path: Path, password: str | None = None) -> str | None:
    """Return the text of the note in a closed file."""
    raw = connect(path, password=password, mode="ro")
    try:
        found = raw.execute("SELECT text FROM note WHERE id = 'N'").fetchone()
    finally:
        raw.close()
    return found[0] if found else None


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@contextmanager
def _not_allowed_in(place: Path, mine: Path) -> Iterator[None]:
    """Run as a user who may write in one folder only. An administrator may write in any, so become another user."""
    if os.geteuid():
        place.chmod(0o555)
        yield
        place.chmod(0o755)
        return
    os.chown(mine, 65534, -1)
    for parent in (*place.parents[:-1], *mine.parents[:-1]):
        parent.chmod(_mode(parent) | 0o011)
    # Python reads its own files at the first use, which would not be allowed later.
    datetime.strptime("2023", "%Y")
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_copy_is_whole_and_closed_without_what_is_local_and_without_a_journal(jan: Log, tmp_path: Path) -> None:
    jan.raw.execute("PRAGMA journal_mode = WAL")
    jan.raw.execute("INSERT INTO draft VALUES ('hier', 'half')")
    target = tmp_path / "kopie.sto"
    target.write_text("er stond iets")
    (tmp_path / "kopie.sto-journal").write_text("en ook dit")
    assert copy_dossier(jan.raw, target, None) == "1:0"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("kopie.sto-")]
    with other_program(target) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert raw.execute("SELECT text FROM note").fetchall() == [("geheim",)]
        assert raw.execute("SELECT count(*) FROM draft").fetchone() == (0,)


def test_a_copy_of_a_locked_dossier_has_its_password(tmp_path: Path) -> None:
    locked = Log(tmp_path / "op slot.sto", password="woord")
    locked.do(note("geheim"))
    copy_dossier(locked.raw, tmp_path / "kopie.sto", "woord")
    assert _text(tmp_path / "kopie.sto", "woord") == "geheim"
    with pytest.raises(SqliteError):
        _text(tmp_path / "kopie.sto")


@pytest.mark.parametrize("why", [Reason.HOURLY, Reason.MERGE])
def test_a_backup_is_private_and_named_after_its_time_and_reason(jan: Log, folder: Path, why: Reason) -> None:
    made = make_backup(jan.raw, folder, NOW, why=why)
    assert made == Backup(folder / f"{NAME}-{why}.sto", NOW, why)
    assert (_names(folder), _text(made.path)) == ([made.path.name], "geheim")
    assert (_mode(made.path), _mode(folder)) == (0o600, 0o700)
    second = make_backup(jan.raw, folder, NOW)
    assert second == Backup(folder / f"{NAME}-uur_1.sto", NOW, Reason.HOURLY, 1)
    assert made.reason is why


def test_a_backup_without_a_reason_is_the_one_of_the_hour_and_has_the_password(tmp_path: Path, folder: Path) -> None:
    locked = Log(tmp_path / "op slot.sto", password="woord")
    locked.do(note("geheim"))
    made = make_backup(locked.raw, folder, NOW, "woord")
    assert made.reason is Reason.HOURLY
    assert _text(made.path, "woord") == "geheim"
    # Two more within the hour: of the three, the middle one is deleted.
    for minutes in (5, 10):
        make_backup(locked.raw, folder, NOW + timedelta(minutes=minutes), "woord")
    assert [backup.made.minute for backup in backups(folder)] == [10, 0]


def test_a_closed_file_is_backed_up_once_for_each_content_and_reason(jan: Log, folder: Path) -> None:
    path = _closed(jan)
    for _ in range(2):
        backup_file(path, folder, NOW, Reason.UPDATE)
    assert _names(folder) == [f"{NAME}-bijwerken.sto"]
    assert (folder / f"{NAME}-bijwerken.sto").read_bytes() == path.read_bytes()
    backup_file(path, folder, NOW, Reason.MERGE)
    assert len(backups(folder)) == 2
    # The same size, but other content.
    content = path.read_bytes()
    path.write_bytes(content.replace(b"geheim", b"anders"))
    backup_file(path, folder, NOW, Reason.UPDATE)
    assert len(backups(folder)) == 3
    assert backups(folder)[0].path.read_bytes() == path.read_bytes()
    # The first content is still among them.
    path.write_bytes(content)
    backup_file(path, folder, NOW, Reason.UPDATE)
    path.write_bytes(content + b"meer")
    backup_file(path, folder, NOW, Reason.UPDATE)
    assert len(backups(folder)) == 4


def test_the_same_content_is_backed_up_again_when_the_first_promise_is_weeks_old(jan: Log, folder: Path) -> None:
    path = _closed(jan)
    for days in (0, 7, 14, 21):
        # Hourly ones show that the time passed.
        keep(folder, NOW + timedelta(days=days), Reason.HOURLY, lambda target: target.write_bytes(b""))
        backup_file(path, folder, NOW + timedelta(days=days, minutes=1), Reason.OLDER)
    older = [backup.made.day for backup in backups(folder) if backup.reason is Reason.OLDER]
    assert len(older) == 2


def is_proven(_copy: Path) -> bool:
    """Tell that our log has all of a file; `within` itself is tested in the dossiers that use it."""
    return True


def test_what_is_not_proven_to_be_ours_stays_where_it_is(jan: Log, folder: Path) -> None:
    path = _closed(jan)
    with pytest.raises(DossierError) as stays:
        put_away(path, content_digest(path), folder, NOW, lambda _copy: False)
    assert str(stays.value) == (
        "Niet alles uit «jan.sto» staat in dit dossier; het blijft staan. Voeg het opnieuw samen."
    )
    assert (path.exists(), _names(folder)) == (True, [])


def test_what_is_put_away_is_gone_from_its_place_and_whole_in_the_backups(jan: Log, folder: Path) -> None:
    path = _closed(jan)
    content = path.read_bytes()
    adapted: list[Path] = []
    kept = put_away(path, content_digest(path), folder, NOW, is_proven, adapted.append)
    assert not path.exists()
    assert kept == Backup(folder / f"{NAME}-opgeruimd.sto", NOW, Reason.PUT_AWAY)
    assert (kept.path.read_bytes(), _names(folder)) == (content, [kept.path.name])
    # What a power cut leaves of it is recognised by its extension when something is erased.
    assert [(file.parent, file.suffix) for file in adapted] == [(folder, ".tmp")]
    with pytest.raises(DossierError) as gone:
        put_away(path, content_digest(kept.path), folder, NOW, is_proven)
    assert str(gone.value) == (
        "«jan.sto» staat er niet meer. Wat erin stond, is al samengevoegd. U hoeft niets meer op te ruimen."
    )


CHANGED = "«jan.sto» is na het samenvoegen nog gewijzigd en blijft staan. Voeg het opnieuw samen."


def test_what_changed_since_it_was_merged_stays_where_it_is(jan: Log, folder: Path) -> None:
    path = _closed(jan)
    merged = content_digest(path)
    path.write_bytes(path.read_bytes().replace(b"geheim", b"anders"))
    with pytest.raises(DossierError) as changed:
        put_away(path, merged, folder, NOW, is_proven)
    assert str(changed.value) == CHANGED
    assert (_text(path), _names(folder)) == ("anders", [])


def test_what_somebody_has_open_stays_where_it_is(jan: Log, folder: Path) -> None:
    path = _closed(jan)
    path.with_name("jan.sto-wal").write_text("van een ander programma")
    with pytest.raises(DossierError) as changed:
        put_away(path, content_digest(path), folder, NOW, is_proven)
    assert str(changed.value) == CHANGED
    assert (path.exists(), _names(folder)) == (True, [])


@pytest.mark.parametrize("ending", ["", "-journal"])
def test_what_somebody_writes_while_it_is_copied_stays_where_it_is(jan: Log, folder: Path, ending: str) -> None:
    path = _closed(jan)
    kept: list[Path] = []

    def write_meanwhile(copy: Path) -> None:
        kept.append(copy)
        path.with_name(path.name + ending).write_text("nog iets")

    with pytest.raises(DossierError) as changed:
        put_away(path, content_digest(path), folder, NOW, is_proven, write_meanwhile)
    assert str(changed.value) == CHANGED
    assert len(kept) == 1
    assert (path.exists(), _names(folder)) == (True, [])


def test_what_may_not_be_taken_away_stays_and_is_said(jan: Log, folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "van iedereen"
    place.mkdir(mode=0o755)
    path = place / "jan.sto"
    path.write_bytes(_closed(jan).read_bytes())
    path.chmod(0o644)
    make_folder(folder)
    digest = content_digest(path)
    with _not_allowed_in(place, folder), pytest.raises(DossierError) as stays:
        put_away(path, digest, folder, NOW, is_proven)
    assert str(stays.value) == (
        "«jan.sto» kan niet worden opgeruimd (u hebt er geen toegang toe). Wat erin staat is al samengevoegd."
        " Verwijder het bestand zelf, of laat het staan."
    )
    assert (path.exists(), _names(folder)) == (True, [])


def test_what_cant_be_adapted_stays_where_it_is(jan: Log, folder: Path, tmp_path: Path) -> None:
    locked = Log(tmp_path / "op slot.sto", password="ander")
    path, digest = locked.path, ""
    locked.raw.close()
    digest = content_digest(path)
    with pytest.raises(DossierError, match="niet leesbaar"):
        put_away(path, digest, folder, NOW, is_proven, lambda copy: bring_in_line(copy, (), "fout", None))
    assert (path.exists(), _names(folder)) == (True, [])


NO_BACKUP = "Er kon geen reservekopie gemaakt worden ({}). Er is niets gewijzigd. {}"


def test_where_no_backup_can_be_made_it_is_said_why(jan: Log, folder: Path, tmp_path: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("in de weg")
    with pytest.raises(DossierError) as failed:
        backup_file(_closed(jan), folder / "dieper", NOW, Reason.UPDATE)
    assert str(failed.value) == NO_BACKUP.format("de map bestaat niet (meer)", "Probeer het opnieuw.")
    folder.unlink()
    with small_disk(tmp_path / "klein", mount=False) as disk, disk.nearly_full(20_000):
        with pytest.raises(DossierError) as failed:
            backup_file(jan.path, folder, NOW, Reason.UPDATE)
        with pytest.raises(DossierError) as not_restored:
            restore(Backup(jan.path, NOW), tmp_path / "terug.sto")
    advice = "Maak ruimte vrij op deze computer en probeer het opnieuw."
    assert str(failed.value) == NO_BACKUP.format("de schijf is vol", advice)
    assert _names(folder) == []
    assert str(not_restored.value) == (
        "De reservekopie kon niet teruggezet worden (de schijf is vol). De reservekopie is er nog. Kies een andere map."
    )
    assert not [path for path in tmp_path.iterdir() if "terug" in path.name]


def test_restoring_makes_a_new_file_and_leaves_the_backup(jan: Log, folder: Path, tmp_path: Path) -> None:
    backup = make_backup(jan.raw, folder, NOW)
    target = tmp_path / "terug.sto"
    restore(backup, target)
    assert target.read_bytes() == backup.path.read_bytes()
    target.write_bytes(b"intussen iets anders")
    with pytest.raises(DossierError) as refused:
        restore(backup, target)
    assert str(refused.value) == "Er is al een bestand «terug.sto». Het is niet gewijzigd. Kies een andere naam."
    assert target.read_bytes() == b"intussen iets anders"
    with pytest.raises(DossierError) as nowhere:
        restore(backup, tmp_path / "nergens" / "terug.sto")
    assert str(nowhere.value) == (
        "De reservekopie kon niet teruggezet worden (het bestaat niet (meer)). De reservekopie is er nog."
        " Kies een andere map."
    )
    assert backup.path.exists()


ERASED = [Erasure("note", "M", "text"), Erasure("note", "N", "text")]


def test_erasing_reaches_every_backup_of_every_dossier(jan: Log, folder: Path) -> None:
    make_backup(jan.raw, folder, NOW)
    elsewhere = folder.with_name("almelo")
    make_backup(jan.raw, elsewhere, NOW)
    for place in (folder, elsewhere):
        (place / "half.tmp").write_text("geheim")
        (place / "geen reservekopie.txt").write_text("van iemand zelf")
    (folder.parent / "losse tekst").write_text("hoort er niet")
    assert erase_in_backups(folder.parent, folder, ERASED, None) == Searched(2, 0, 0)
    for place in (folder, elsewhere):
        assert _names(place) == [f"{NAME}-uur.sto", "geen reservekopie.txt"]
        assert _text(place / f"{NAME}-uur.sto") == ""
        assert b"geheim" not in (place / f"{NAME}-uur.sto").read_bytes()
    assert erase_in_backups(folder.parent / "nergens", folder, ERASED, None) == Searched(0, 0, 0)


def test_a_backup_without_the_erased_row_stays_as_it_is(jan: Log, folder: Path) -> None:
    kept = make_backup(jan.raw, folder, NOW).path
    before = kept.read_bytes()
    erase_in_backups(folder.parent, folder, [Erasure("note", "anders", "text")], None)
    assert kept.read_bytes() == before


def test_what_cant_be_opened_goes_if_it_is_of_this_dossier_and_stays_if_it_is_not(jan: Log, folder: Path) -> None:
    elsewhere = folder.with_name("almelo")
    for place in (folder, elsewhere):
        make_backup(jan.raw, place, NOW)
        (place / "20230214-120000-000000-uur.sto").write_bytes(b"kapot" * 1000)
        (place / "20230214-110000-000000-uur.sto").write_bytes(b"SQLite format 3\x00" + b"kapot" * 1000)
    assert erase_in_backups(folder.parent, folder, ERASED, None) == Searched(2, 2, 2)
    assert _names(folder) == [f"{NAME}-uur.sto"]
    assert len(_names(elsewhere)) == 3
    assert [_text(place / f"{NAME}-uur.sto") for place in (folder, elsewhere)] == ["", ""]


def test_erasing_opens_the_backups_with_their_password(tmp_path: Path, folder: Path) -> None:
    locked = Log(tmp_path / "op slot.sto", password="woord")
    locked.do(note("geheim"))
    make_backup(locked.raw, folder, NOW, "woord")
    erase_in_backups(folder.parent, folder, ERASED, "woord")
    assert _text(folder / f"{NAME}-uur.sto", "woord") == ""


@pytest.mark.parametrize("password", [None, "woord"])
def test_a_backup_with_tables_of_another_program_is_renewed_where_something_is_erased(
    tmp_path: Path, folder: Path, password: str | None
) -> None:
    jan = Log(tmp_path / "jan.sto", password=password)
    jan.do(note("geheim"))
    jan.raw.execute("CREATE TABLE vreemd AS SELECT text FROM note")
    kept = make_backup(jan.raw, folder, NOW, password).path
    erase_in_backups(folder.parent, folder, ERASED, password)
    assert _text(kept, password) == ""
    raw = connect(kept, password=password)
    assert is_ours(raw)
    raw.close()
    assert _names(folder) == [kept.name]


def test_backups_get_a_new_password_and_those_with_another_stay(jan: Log, tmp_path: Path, folder: Path) -> None:
    ours = make_backup(jan.raw, folder, NOW).path
    other = Log(tmp_path / "op slot.sto", password="heel oud")
    other.do(note("anders"))
    older = make_backup(other.raw, folder, NOW - timedelta(hours=5), "heel oud").path
    ours.chmod(0o644)
    assert change_passwords([ours, older], None, "nieuw") == (older,)
    assert (_text(ours, "nieuw"), _text(older, "heel oud")) == ("geheim", "anders")
    assert change_passwords([ours, older], "nieuw", None) == (older,)
    assert _text(ours) == "geheim"
    assert (_mode(ours), len(_names(folder))) == (0o600, 2)
    # One that has no password gets the new one, whatever the dossier had.
    assert change_passwords([ours], "van het dossier", "nieuw") == ()
    assert _text(ours, "nieuw") == "geheim"


def test_a_damaged_backup_is_told_where_the_password_changes(jan: Log, folder: Path) -> None:
    kept = make_backup(jan.raw, folder, NOW).path
    content = bytearray(kept.read_bytes())
    content[100:4096] = bytes(3996)
    kept.write_bytes(content)
    assert change_passwords([kept], None, "nieuw") == (kept,)
    assert kept.read_bytes() == content
    assert _names(folder) == [kept.name]


@pytest.mark.parametrize("password", [None, "oud"])
def test_what_only_another_program_can_copy_does_not_stay_under_the_old_password(
    tmp_path: Path, folder: Path, password: str | None
) -> None:
    jan = Log(tmp_path / "jan.sto", password=password)
    jan.do(note("geheim"))
    foreign_index(jan.raw)
    kept = make_backup(jan.raw, folder, NOW, password).path
    assert change_passwords([kept], password, "nieuw") == ()
    assert _text(kept, "nieuw") == "geheim"
    with pytest.raises(SqliteError):
        _text(kept, password)
    assert _names(folder) == [kept.name]


def test_one_that_is_damaged_besides_is_named_and_stays(jan: Log, folder: Path) -> None:
    foreign_index(jan.raw)
    unindexed(jan.raw)
    kept = make_backup(jan.raw, folder, NOW).path
    assert change_passwords([kept], None, "nieuw") == (kept,)
    assert (_text(kept), _names(folder)) == ("geheim", [kept.name])


def test_a_damaged_one_with_tables_of_another_program_goes_where_something_is_erased(jan: Log, folder: Path) -> None:
    unindexed(jan.raw)
    jan.raw.execute("CREATE TABLE vreemd AS SELECT text FROM note")
    elsewhere = folder.with_name("almelo")
    for place in (folder, elsewhere):
        make_backup(jan.raw, place, NOW)
    erase_in_backups(folder.parent, folder, ERASED, None)
    assert (_names(folder), len(_names(elsewhere))) == ([], 1)
    path = _closed(jan)
    with pytest.raises(DossierError, match=rf"Het bestand «{path.name}» is beschadigd"):
        bring_in_line(path, ERASED, None, None)


@pytest.mark.parametrize(
    ("old", "given", "new"),
    [(None, "hun woord", "ons"), ("hun", "hun", None), ("hun", "hun", "hun"), (None, None, None)],
)
def test_a_copy_of_a_colleague_gets_our_erasures_and_our_password(
    tmp_path: Path, old: str | None, given: str | None, new: str | None
) -> None:
    theirs = Log(tmp_path / "van Piet.sto", password=old)
    theirs.do(note("geheim", star=True), note("blijft", "M"))
    theirs.do(change("note", "N", star=False))
    path = _closed(theirs)
    before = path.read_bytes()
    bring_in_line(path, (), given, new)
    assert _text(path, new) == "geheim"
    assert (path.read_bytes() == before) is (old == new)
    bring_in_line(path, [Erasure("note", "N", "text")], given if old == new else new, new)
    assert _text(path, new) == ""
