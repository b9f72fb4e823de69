"""Backups: made with SQLite, kept in tiers, given back as a dossier of their own."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.errors import DossierError
from sto_desktop.storage.backup import Backup, backups, restore, superfluous
from sto_desktop.storage.working_copy import WorkingCopy
from tests.storage.desk import Computer, assert_sound, edited, note, other_program, text_of

NOW = datetime(2023, 2, 14, 13)


def _made(moments: list[datetime]) -> list[Backup]:
    unique = sorted(set(moments), reverse=True)
    return [Backup(Path(f"{moment.isoformat()}.sto"), moment) for moment in unique]


def _left(moments: list[datetime]) -> list[datetime]:
    """Return what is left where a backup was made at each of these moments, and tidied up after each."""
    kept: list[Backup] = []
    for moment in sorted(set(moments)):
        kept = sorted([*kept, *_made([moment])], key=lambda item: item.made, reverse=True)
        gone = {item.path for item in superfluous(kept)}
        kept = [item for item in kept if item.path not in gone]
    return [item.made for item in kept]


def test_of_the_last_day_one_an_hour_of_two_weeks_one_a_day_and_then_one_a_week() -> None:
    left = _left([NOW - timedelta(minutes=30 * number) for number in range(2 * 24 * 100)])
    day = [moment for moment in left if NOW - moment <= timedelta(hours=23)]
    weeks = [moment for moment in left if timedelta(days=2) <= NOW - moment <= timedelta(days=12)]
    assert 23 <= len(day) <= 26
    assert 10 <= len(weeks) <= 13
    assert len(left) <= 1 + 24 + 14 + 12
    assert NOW - min(left) >= timedelta(weeks=10)


@given(st.lists(st.datetimes(datetime(2023, 1, 1), datetime(2023, 12, 31)), min_size=1, max_size=60))
def test_the_newest_always_stays_and_tidying_twice_takes_no_more(moments: list[datetime]) -> None:
    made = _made(moments)
    gone = {item.path for item in superfluous(made)}
    kept = [item for item in made if item.path not in gone]
    assert made[0] in kept
    assert superfluous(kept) == []


def test_a_backup_holds_what_was_there_and_nothing_local(jan: Computer, copy: WorkingCopy) -> None:
    copy.dossier.apply(note("een", "N"))
    copy.dossier.set_draft("gesprek", "half")
    kept = copy.backup()
    copy.dossier.apply(edited("N", text="twee"))
    assert [item.path for item in backups(kept.parent)] == [kept]
    with other_program(kept) as raw:
        assert raw.execute("SELECT text FROM note").fetchall() == [("een",)]
        assert raw.execute("SELECT count(*) FROM draft").fetchone() == (0,)
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert sorted(file.name for file in kept.parent.iterdir()) == [kept.name]


def test_backups_that_no_tier_needs_are_let_go(jan: Computer, copy: WorkingCopy) -> None:
    for _ in range(12):
        jan.clock.turn(timedelta(minutes=10))
        copy.backup()
    assert 3 <= len(backups(jan.copies.backups_of(copy.path))) <= 5


def test_restoring_makes_a_dossier_of_its_own_that_can_be_merged_later(
    jan: Computer, copy: WorkingCopy, path: Path, tmp_path: Path
) -> None:
    copy.dossier.apply(note("een", "N"))
    kept = copy.backup()
    copy.dossier.apply(edited("N", text="twee"))
    copy.publish()
    before = path.read_bytes()
    (backup,) = backups(kept.parent)
    restore(backup, tmp_path / "Hengelo (14 februari).sto")
    assert path.read_bytes() == before
    old = jan.open(tmp_path / "Hengelo (14 februari).sto")
    assert text_of(old.dossier, "N") == "een"
    old.dossier.apply(edited("N", text="anders verder"))
    old.close()
    copy.merge([tmp_path / "Hengelo (14 februari).sto"])
    assert text_of(copy.dossier, "N") == "anders verder"
    assert [case.field for case in copy.dossier.conflicts()] == ["text"]
    assert_sound(copy.dossier)


def test_restoring_over_a_file_is_refused(copy: WorkingCopy, path: Path) -> None:
    kept = copy.backup()
    with pytest.raises(DossierError, match="al een bestand"):
        restore(Backup(kept, NOW), path)


def test_where_no_backup_can_be_made_nothing_is_merged(
    jan: Computer, copy: WorkingCopy, piet: Computer, tmp_path: Path
) -> None:
    made = piet.create(tmp_path / "ander.sto")
    made.dossier.apply(note("van Piet", "M"))
    made.close()
    (jan.home / "reservekopie").mkdir()
    jan.copies.backups_of(copy.path).write_text("in de weg")
    with pytest.raises(DossierError, match="geen reservekopie"):
        copy.merge([tmp_path / "ander.sto"])
    assert text_of(copy.dossier, "M") is None
