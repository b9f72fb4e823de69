"""The rule of custody: no backup goes unproven, closing leaves one, and an older file at the path costs nothing."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sto_desktop.domain.log.change import Erasure
from sto_desktop.storage.whole_file.backup import Backup, Reason, backups, expired, superfluous
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.passwords import set_password
from tests.storage.desk import Computer, made_panel, note, text_of

NOON = datetime(2023, 2, 14, 12)


def test_what_was_promised_stays_ninety_days_and_ten_of_them_longer() -> None:
    def promised(days: int) -> Backup:
        return Backup(Path(f"{days}"), NOON - timedelta(days=days), Reason.MERGE, 1000 - days)

    made = [promised(days) for days in range(0, 200, 2)]
    # Two weeks more than was promised, by which the clock may have been wrong.
    assert {backup.path.name for backup in expired(made)} == {str(days) for days in range(106, 200, 2)}
    few = [promised(days) for days in range(0, 168, 14)]
    assert [backup.path.name for backup in expired(few)] == ["140", "154"]
    assert superfluous(made) == []


def test_a_step_that_the_clock_may_have_made_proves_no_time() -> None:
    months = [
        Backup(Path(str(number)), NOON - number * timedelta(days=30), Reason.MERGE, 99 - number) for number in range(40)
    ]
    assert expired(months) == []


def test_a_promised_backup_goes_after_its_term_only_if_the_dossier_has_all_of_it(
    jan: Computer, copy: WorkingCopy
) -> None:
    folder = jan.copies.backups_of(copy.path)
    for _ in range(13):
        copy.file.back_up(copy.dossier.raw, Reason.MERGE)
    oldest = backups(folder)[-1].path
    other = Computer(copy.path.parents[1] / "elders").create(copy.path.with_name("Elders.sto"))
    other.dossier.apply(made_panel())
    other.publish()
    shutil.copyfile(other.path, oldest)
    other.close()
    for _ in range(12):
        copy.backup()
        jan.clock.turn(timedelta(days=10))
    left = [backup.path for backup in backups(folder) if backup.reason is Reason.MERGE]
    assert len(left) == 11, "ten, and the one that has what is nowhere else"
    assert oldest in left


def test_a_day_with_many_merges_is_let_go_after_its_term() -> None:
    kept = [Backup(Path(f"m{number}"), NOON, Reason.MERGE, number) for number in range(12, -1, -1)]
    left = {}
    for day in range(1, 130):
        kept.insert(0, Backup(Path(f"u{day}"), NOON + timedelta(days=day), Reason.HOURLY, 12 + day))
        gone = {backup.path for backup in (*superfluous(kept), *expired(kept))}
        kept = [backup for backup in kept if backup.path not in gone]
        left[day] = sum(backup.reason is Reason.MERGE for backup in kept)
    assert (left[90], left[129]) == (13, 10)


def test_an_hourly_backup_that_has_what_is_nowhere_else_is_not_thinned_out(jan: Computer, copy: WorkingCopy) -> None:
    first, second, third = copy.backup(), copy.backup(), copy.backup()
    assert not second.exists()
    other = Computer(copy.path.parents[1] / "elders").create(copy.path.with_name("Elders.sto"))
    other.dossier.apply(made_panel())
    other.publish()
    shutil.copyfile(other.path, third)
    other.close()
    copy.backup()
    assert third.exists()
    assert first.exists()


def test_closing_makes_a_backup_of_what_none_has_yet(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.dossier.apply(note("van nu", "N"))
    copy.close()
    (made,) = backups(jan.copies.backups_of(path))
    again = jan.open(path)
    again.close()
    assert [backup.path for backup in backups(jan.copies.backups_of(path))] == [made.path]
    again = jan.open(path)
    again.dossier.apply(note("later", "M"))
    again.close()
    assert len(backups(jan.copies.backups_of(path))) == 2


def test_an_older_file_at_the_path_is_said_with_what_it_lacks_and_merged(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.publish()
    old = path.read_bytes()
    copy.dossier.apply(note("werk van vandaag", "N"))
    copy.close()
    path.write_bytes(old)
    with jan.copies.reading(path, jan.who) as read:
        assert text_of(read.dossier, "N") == "werk van vandaag"
    assert path.read_bytes() == old
    again = jan.open(path)
    assert text_of(again.dossier, "N") == "werk van vandaag"
    (told,) = again.told
    assert "is ouder dan wat deze computer daar bewaarde: er ontbrak 1 wijziging van 1 notitie" in told
    again.close()
    assert text_of(jan.open(path).dossier, "N") == "werk van vandaag"
    kept = [backup for backup in backups(jan.copies.backups_of(path)) if backup.reason is Reason.OLDER]
    assert [backup.path.read_bytes() for backup in kept] == [old]


def test_a_colleague_who_went_on_in_the_older_file_loses_nothing_either(
    jan: Computer, piet: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.publish()
    old = path.read_bytes()
    copy.dossier.apply(note("van Jan", "N"))
    copy.close()
    path.write_bytes(old)
    theirs = piet.open(path)
    theirs.dossier.apply(note("van Piet", "M"))
    theirs.close()
    again = jan.open(path)
    assert (text_of(again.dossier, "N"), text_of(again.dossier, "M")) == ("van Jan", "van Piet")
    again.close()


def test_another_dossier_of_the_same_name_is_no_older_one(
    jan: Computer, piet: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note("van het eerste", "N"))
    copy.close()
    path.unlink()
    other = piet.create(path)
    other.close()
    again = jan.open(path)
    (told,) = again.told
    assert told.startswith("Onder de naam «Hengelo.sto» stond hier eerder een ander dossier.")
    assert text_of(again.dossier, "N") is None
    again.close()
    assert jan.open(path).told == ()


def test_words_that_were_wiped_do_not_come_back_with_an_older_file(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note("geheim", "N"))
    copy.publish()
    old = path.read_bytes()
    copy.erase([Erasure("note", "N", "text")])
    copy.close()
    path.write_bytes(old)
    again = jan.open(path)
    assert not text_of(again.dossier, "N")
    again.close()
    assert b"geheim" not in path.read_bytes()
    assert [file for file in jan.files() if b"geheim" in file.read_bytes()] == []


@pytest.mark.long
def test_an_older_file_without_the_password_is_said(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.dossier.apply(note("werk", "N"))
    copy.publish()
    old = path.read_bytes()
    set_password(copy, "geheim")
    copy.dossier.apply(note("later", "M"))
    copy.close()
    path.write_bytes(old)
    again = jan.open(path)
    assert ["hebben een wachtwoord, en het bestand niet" in sentence for sentence in again.told] == [True]
    again.close()


@pytest.mark.long
def test_an_older_file_with_an_older_password_is_said(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    set_password(copy, "oud")
    copy.close()
    old = path.read_bytes()
    again = jan.open(path, "oud")
    again.dossier.apply(note("later", "M"))
    set_password(again, "nieuw")
    again.close()
    path.write_bytes(old)
    back = jan.open(path, "oud")
    assert ["heeft een ander wachtwoord dan het bestand" in sentence for sentence in back.told] == [True]
    back.close()


def test_an_older_file_is_noticed_though_the_clock_was_set_back(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.close()
    old = path.read_bytes()
    jan.clock.turn(-timedelta(days=400))
    for row in ("M", "O"):
        again = jan.open(path)
        if row == "M":
            again.dossier.apply(note("later", row))
        again.close()
    path.write_bytes(old)
    back = jan.open(path)
    assert text_of(back.dossier, "M") == "later"
    assert ["is ouder dan wat deze computer daar bewaarde" in sentence for sentence in back.told] == [True]
    back.close()


def test_more_under_an_earlier_name_is_said(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.publish()
    old = path.read_bytes()
    copy.dossier.apply(note("later", "M"))
    copy.close()
    renamed = path.rename(path.with_name("Hengelo definitief.sto"))
    same = jan.open(renamed)
    assert same.told == ()
    same.dossier.close()
    shutil.rmtree(same.file.folder)
    renamed.write_bytes(old)
    again = jan.open(renamed)
    assert again.told == (
        "Onder de naam «Hengelo.sto» bewaarde deze computer meer van dit dossier. "
        "Kijk bij «Bestanden en reservekopieën».",
    )
    again.close()
    # It is said once.
    third = jan.open(renamed)
    assert third.told == ()
    third.close()


def test_without_room_for_a_backup_the_working_copy_stays(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.dossier.apply(note("werk", "N"))
    jan.copies.backups_of(path).parent.write_text("in de weg")
    copy.close()
    assert [left.path for left in jan.copies.leftovers()] == [path]


def test_what_a_colleague_wiped_is_wiped_from_our_backups_when_the_file_is_opened(
    jan: Computer, piet: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note("geheim", "N"))
    copy.close()
    theirs = piet.open(path)
    theirs.erase([Erasure("note", "N", "text")])
    theirs.close()
    assert [file for file in jan.files() if b"geheim" in file.read_bytes()]
    jan.open(path).close()
    assert [file for file in jan.files() if b"geheim" in file.read_bytes()] == []
