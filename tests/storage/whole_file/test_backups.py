"""Backups: made with SQLite, thinned out in tiers, restored as a separate dossier."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.errors import DossierError
from sto_desktop.domain.log.change import Erasure
from sto_desktop.storage.log.incoming import Incoming
from sto_desktop.storage.whole_file.backup import (
    Backup,
    Reason,
    backups,
    expired,
    is_due,
    restore,
    superfluous,
)
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import Computer, assert_sound, edited, note, other_program, text_of

NOW = datetime(2023, 2, 14, 13)


def _made(moments: list[datetime]) -> list[Backup]:
    unique = sorted(set(moments), reverse=True)
    return [Backup(Path(f"{moment.isoformat()}.sto"), moment) for moment in unique]


def _left(moments: list[datetime]) -> list[datetime]:
    """Return which backups remain if one was made at each of these moments, and thinned out after each."""
    kept: list[Backup] = []
    for moment in sorted(set(moments)):
        kept = sorted([*kept, *_made([moment])], key=lambda item: item.made, reverse=True)
        gone = {item.path for item in superfluous(kept)}
        kept = [item for item in kept if item.path not in gone]
    return [item.made for item in kept]


@pytest.mark.long
def test_of_the_last_day_one_an_hour_of_two_weeks_one_a_day_and_then_one_a_week() -> None:
    left = _left([NOW - timedelta(minutes=30 * number) for number in range(2 * 24 * 100)])
    day = [moment for moment in left if NOW - moment <= timedelta(hours=23)]
    weeks = [moment for moment in left if timedelta(days=2) <= NOW - moment <= timedelta(days=12)]
    assert 23 <= len(day) <= 26
    assert 10 <= len(weeks) <= 13
    assert len(left) <= 1 + 24 + 14 + 17
    assert NOW - min(left) >= timedelta(weeks=10)


@given(st.lists(st.datetimes(datetime(2023, 1, 1), datetime(2023, 12, 31)), min_size=1, max_size=60))
def test_the_newest_always_stays_and_tidying_twice_takes_no_more(moments: list[datetime]) -> None:
    made = _made(moments)
    gone = {item.path for item in superfluous(made)}
    kept = [item for item in made if item.path not in gone]
    assert made[0] in kept
    assert superfluous(kept) == []


def _gone(*apart: timedelta, reason: Reason = Reason.HOURLY) -> list[timedelta]:
    """Return which of the backups of these ages, relative to the newest, are deleted."""
    made = [Backup(Path(str(number)), NOW - before, reason) for number, before in enumerate((timedelta(0), *apart))]
    return [NOW - backup.made for backup in superfluous(made)]


HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


def test_of_a_long_row_the_first_of_each_of_the_last_hours_days_and_weeks_stays() -> None:
    assert _gone() == []
    hours = [number * HOUR for number in range(1, 400)]
    gone = set(_gone(*hours))
    left = [before for before in hours if before not in gone]
    assert left[:23] == [number * HOUR for number in range(1, 24)]
    # The start of a day depends on the time zone, so only distances are known; the last one is the oldest of its week.
    days = left[23:-1]
    assert len(days) == 13
    assert {later - earlier for earlier, later in pairwise(days)} == {DAY}
    assert left[-1] == hours[-1]


def test_of_weeks_the_newest_stay() -> None:
    weeks = [number * WEEK for number in range(1, 40)]
    # Twenty-four hours include the newest of them too, whatever lies between.
    assert _gone(*weeks) == [number * WEEK for number in range(24, 40)]


def test_of_one_hour_the_newest_of_all_and_the_oldest_stay() -> None:
    minutes = timedelta(minutes=1)
    assert _gone(10 * minutes, 20 * minutes) == [10 * minutes]
    late = [Backup(Path(str(number)), NOW + number * minutes) for number in (50, 30, 10)]
    assert [backup.made for backup in superfluous(late)] == [NOW + 30 * minutes]


@pytest.mark.parametrize("reason", [Reason.MERGE, Reason.UPDATE, Reason.PUT_AWAY])
def test_what_was_promised_is_never_thinned_out(reason: Reason) -> None:
    assert _gone(*[number * timedelta(minutes=1) for number in range(1, 30)], reason=reason) == []


def _folder(tmp_path: Path, *names: str) -> Path:
    for name in names:
        (tmp_path / name).touch()
    return tmp_path


def test_backups_are_known_by_their_names_newest_first(tmp_path: Path) -> None:
    folder = _folder(
        tmp_path,
        "20230214-120000-000000-uur.sto",
        "20200101-000000-000000-uur_12.sto",
        "20200101-000000-000000-samenvoegen_9.sto",
        "20230214-130000-000001-samenvoegen.sto",
        "20230214-125959-999999.sto",
        "20230101-000000-000000-uitgifte.sto",
        "20231301-000000-000000-uur.sto",
        "Hengelo.sto",
        "20230214-140000-000000-uur.tmp",
    )
    assert [(backup.path.name, backup.made, backup.reason) for backup in backups(folder)] == [
        ("20200101-000000-000000-uur_12.sto", datetime(2020, 1, 1), Reason.HOURLY),
        ("20200101-000000-000000-samenvoegen_9.sto", datetime(2020, 1, 1), Reason.MERGE),
        ("20230214-130000-000001-samenvoegen.sto", NOW + timedelta(microseconds=1), Reason.MERGE),
        ("20230214-125959-999999.sto", NOW - timedelta(microseconds=1), Reason.UNTOLD),
        ("20230214-120000-000000-uur.sto", NOW - HOUR, Reason.HOURLY),
        ("20230101-000000-000000-uitgifte.sto", datetime(2023, 1, 1), Reason.UNTOLD),
    ]
    assert backups(tmp_path / "nergens") == []


@pytest.mark.parametrize("wrong", ["Hengelo {}.sto", "202313{:02}-000000-000000-uur.sto"])
def test_files_that_are_no_backup_hide_none(tmp_path: Path, wrong: str) -> None:
    days = range(10, 20)
    folder = _folder(
        tmp_path,
        *(wrong.format(day) for day in days),
        *(f"202302{day}-120000-000000-uur.sto" for day in days),
    )
    assert [backup.made.day for backup in backups(folder)] == [*reversed(days)]


def test_a_backup_is_due_an_hour_after_the_last_and_when_the_clock_was_set_back(tmp_path: Path) -> None:
    moment = timedelta(microseconds=1)
    assert is_due(tmp_path, NOW)
    folder = _folder(tmp_path, "20230214-100000-000000-uur.sto", "20230214-120000-000000-samenvoegen.sto")
    assert is_due(folder, NOW)
    assert not is_due(folder, NOW - moment)
    assert not is_due(folder, NOW - HOUR)
    assert is_due(folder, NOW - HOUR - moment)
    _folder(tmp_path, "20230214-123000-000000-opgeruimd.sto")
    assert is_due(folder, NOW)
    assert not is_due(folder, (NOW - moment).replace(tzinfo=UTC))


def test_a_backup_holds_what_was_there_and_nothing_local(jan: Computer, copy: WorkingCopy) -> None:
    copy.dossier.apply(note("een", "N"))
    copy.dossier.set_draft("gesprek", "half")
    kept = copy.backup()
    copy.dossier.apply(edited("N", text="twee"))
    assert [backup.path for backup in backups(kept.parent)] == [kept]
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


def test_of_a_slot_the_oldest_stays_and_the_newest_of_all(jan: Computer, copy: WorkingCopy) -> None:
    made = [copy.backup()]
    for _ in range(3):
        jan.clock.turn(timedelta(minutes=10))
        made.append(copy.backup())
    assert [backup.path for backup in backups(made[0].parent)] == [made[3], made[0]]


def _merged(jan: Computer, copy: WorkingCopy, path: Path) -> Path:
    """Return the backup made before a dossier was merged."""
    copy.merging.merge([path])
    return backups(jan.copies.backups_of(copy.path))[0].path


def _a_year_of_hours(jan: Computer, copy: WorkingCopy) -> None:
    """Continue to work: a backup every hour, and then at growing intervals."""
    for apart in (*[timedelta(minutes=20)] * 4, *[timedelta(hours=1)] * 3, *[timedelta(days=40)] * 9):
        jan.clock.turn(apart)
        copy.backup()


def test_backups_from_before_a_merge_stay_however_many_follow(
    jan: Computer, copy: WorkingCopy, piet: Computer, tmp_path: Path
) -> None:
    promised = []
    copy.backup()
    for number in range(3):
        theirs = tmp_path / f"van Piet {number}.sto"
        piet.create(theirs).close()
        jan.clock.turn(timedelta(minutes=2))
        promised.append(_merged(jan, copy, theirs))
    _a_year_of_hours(jan, copy)
    assert all(path.exists() for path in promised)
    found = {backup.path: backup.reason for backup in backups(promised[0].parent)}
    assert [found[path] for path in promised] == [Reason.MERGE] * 3


def _put_away(jan: Computer, copy: WorkingCopy, name: str) -> Path:
    """Merge a copy beside the dossier and put it away; returns where it is kept."""
    left = copy.path.with_name(name)
    left.write_bytes(copy.path.read_bytes())
    (merged,) = copy.merging.merge_apart([Incoming(left)])
    copy.merging.put_away_copy(merged)
    assert not left.exists()
    return backups(jan.copies.backups_of(copy.path))[0].path


def test_files_that_were_put_away_stay_as_they_were(jan: Computer, copy: WorkingCopy) -> None:
    kept = [_put_away(jan, copy, f"Hengelo ({number}).sto") for number in range(3)]
    _a_year_of_hours(jan, copy)
    assert all(path.read_bytes() == copy.path.read_bytes() for path in kept)


def test_what_was_put_away_does_not_put_off_the_backup_of_the_hour(jan: Computer, copy: WorkingCopy) -> None:
    copy.back_up_if_due()
    jan.clock.turn(timedelta(minutes=59))
    left = copy.path.with_name("Hengelo (1).sto")
    left.write_bytes(copy.path.read_bytes())
    (merged,) = copy.merging.preview([Incoming(left)])
    copy.merging.put_away_copy(merged)
    jan.clock.turn(timedelta(minutes=2))
    copy.back_up_if_due()
    reasons = [backup.reason for backup in backups(jan.copies.backups_of(copy.path))]
    assert reasons == [Reason.HOURLY, Reason.PUT_AWAY, Reason.HOURLY]


def test_two_backups_of_one_moment_are_two(jan: Computer, copy: WorkingCopy) -> None:
    moment = jan.clock.time
    copy.backup()
    jan.clock.time = moment
    copy.backup()
    later, earlier = backups(jan.copies.backups_of(copy.path))
    assert earlier.made == later.made
    assert (earlier.number, later.number) == (0, 1)


def test_wiping_reaches_the_backups_that_stay_and_those_of_an_older_program(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note("geheim", "N"))
    copy.publish()
    _put_away(jan, copy, "Hengelo (1).sto")
    folder = jan.copies.backups_of(path)
    older = folder / "20230101-120000-000000.sto"
    older.write_bytes(path.read_bytes())
    kept = sorted(folder.iterdir())
    assert len(kept) == 3
    assert all(b"geheim" in item.read_bytes() for item in kept)
    copy.erase([Erasure("note", "N", "text")])
    assert sorted(folder.iterdir()) == kept
    assert not [item for item in kept if b"geheim" in item.read_bytes()]


_WITHOUT_REASON = [f"20230214-12{minute:02}00-000000.sto" for minute in (0, 20, 40)]


def _left_there(jan: Computer, copy: WorkingCopy, *names: str) -> list[Path]:
    """Put files of another version of the program among the backups of a dossier."""
    folder = jan.copies.backups_of(copy.path)
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_bytes(copy.path.read_bytes())
    return [folder / name for name in names]


def test_backups_of_an_older_program_stay_for_ninety_days_and_go_by_the_tiers_then(
    jan: Computer, copy: WorkingCopy
) -> None:
    """They do not state their reason: a backup that was promised before a merge may be among them."""
    older = _left_there(jan, copy, *_WITHOUT_REASON)
    for _ in range(9):
        copy.backup()
        jan.clock.turn(timedelta(days=10))
    assert {backup.path for backup in backups(older[0].parent) if backup.reason is Reason.UNTOLD} == set(older)
    for _ in range(3):
        copy.backup()
        jan.clock.turn(timedelta(days=10))
    assert [path for path in older if path.exists()] == older[:1]


def test_a_day_on_which_the_clock_was_years_ahead_lets_none_of_an_older_program_go(
    jan: Computer, copy: WorkingCopy
) -> None:
    *older, _ = _left_there(jan, copy, *_WITHOUT_REASON, "20310101-090000-000000-uur.sto")
    copy.backup()
    assert all(path.exists() for path in older)


def test_a_day_on_which_the_clock_is_ahead_lets_nothing_go_that_was_promised(jan: Computer, copy: WorkingCopy) -> None:
    promised = []
    for number in range(14):
        copy.dossier.apply(note(f"n{number}", f"Notitie {number}"))
        promised.append(copy.file.back_up(copy._raw, Reason.MERGE).path)
        jan.clock.turn(timedelta(days=1))
    jan.clock.turn(timedelta(days=400))
    copy.dossier.apply(note("ver", "In de toekomst"))
    for _ in range(5):
        copy.backup()
        jan.clock.turn(timedelta(hours=2))
    jan.clock.turn(timedelta(days=-400))
    copy.backup()
    assert all(path.exists() for path in promised)


def test_a_day_on_which_the_clock_is_behind_lets_nothing_go_that_was_promised_then(
    jan: Computer, copy: WorkingCopy
) -> None:
    for number in range(14):
        copy.dossier.apply(note(f"n{number}", f"Notitie {number}"))
        copy.file.back_up(copy._raw, Reason.MERGE)
        jan.clock.turn(timedelta(days=1))
    right = jan.clock.time
    # The battery of the clock is flat.
    jan.clock.time = datetime(2020, 1, 1, 9, tzinfo=UTC)
    copy.dossier.apply(note("toen", "Met de klok achter"))
    promised = copy.file.back_up(copy._raw, Reason.MERGE).path
    hourly = copy.backup()
    assert hourly.exists()
    jan.clock.time = right
    copy.backup()
    assert promised.exists()
    for _ in range(9):
        jan.clock.turn(timedelta(days=9))
        copy.backup()
    assert promised.exists()


def test_what_was_promised_while_the_clock_is_behind_stays_though_an_hour_was_backed_up_first(
    jan: Computer, copy: WorkingCopy
) -> None:
    """With backups of two earlier days, those of the wrong day and of the hour after it are all that a clock has."""
    for _ in range(2):
        for number in range(6):
            _put_away(jan, copy, f"Hengelo ({number}).sto")
        jan.clock.turn(timedelta(days=7))
    right = jan.clock.time
    jan.clock.time = datetime(2020, 1, 1, 9, tzinfo=UTC)
    copy.backup()
    promised = [copy.file.back_up(copy._raw, Reason.MERGE).path, _put_away(jan, copy, "Hengelo (9).sto")]
    jan.clock.time = right + timedelta(minutes=10)
    copy.backup()
    assert all(path.exists() for path in promised)


_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_WRONG = [number * _DAY for number in (0, 0, 0, -5, 5, -60, 60, 400, -1100)] + [-_HOUR, _HOUR]
"""How far the clock is ahead or behind."""
_MADE = st.tuples(st.integers(0, 12 * 24), st.sampled_from(_WRONG), st.sampled_from(Reason))


@given(st.lists(_MADE, min_size=20, max_size=150))
def test_whatever_the_clock_did_none_goes_of_the_last_ninety_days_or_the_ten_newest(
    moments: list[tuple[int, timedelta, Reason]],
) -> None:
    """`moments`: true hours since the one before, what the clock is wrong by, and why a backup is made."""
    kept: list[Backup] = []
    true: dict[Path, datetime] = {}
    held: set[Path] = set()
    promised: list[Path] = []
    now = NOW
    for number, (hours, wrong, why) in enumerate(moments):
        now += hours * _HOUR
        made = Backup(Path(str(number)), now + wrong, why, number)
        kept.insert(0, made)
        true[made.path] = now
        if why is not Reason.HOURLY:
            held.add(made.path)
        if why not in (Reason.HOURLY, Reason.UNTOLD):
            promised.append(made.path)
        gone = {backup.path for backup in (*superfluous(kept), *expired(kept))}
        assert all(now - true[backup.path] > 90 * _DAY for backup in kept if backup.path in gone & held)
        assert not gone & {*promised[-10:]}
        kept = [backup for backup in kept if backup.path not in gone]


def test_a_backup_that_a_newer_program_made_for_its_own_reason_stays(jan: Computer, copy: WorkingCopy) -> None:
    newer = _left_there(jan, copy, *(f"20230214-1259{second:02}-000000-uitgifte.sto" for second in range(3)))
    for _ in range(3):
        copy.backup()
    assert all(path.exists() for path in newer)


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
    copy.merging.merge([tmp_path / "Hengelo (14 februari).sto"])
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
        copy.merging.merge([tmp_path / "ander.sto"])
    assert text_of(copy.dossier, "M") is None
