"""Backups: hourly ones are thinned out in tiers, promised ones are kept longer; restoring makes a new dossier.

None goes unless its log is proven to be within the dossier that it is of (`within.is_within`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from sto_desktop.domain.errors import DossierError, reason
from sto_desktop.domain.log.change import Erasure
from sto_desktop.language import tr
from sto_desktop.own_files import copy_file, make_folder, put_in_place, temporary_beside
from sto_desktop.storage.file.database import (
    UNKNOWN,
    Raw,
    SqliteError,
    code_of,
    connect,
    errors_of,
)
from sto_desktop.storage.file.files import (
    Fingerprint,
    content_digest,
    has_journal,
    is_full,
    is_plain,
    remove_with_journals,
)
from sto_desktop.storage.file.standing import copy_standing
from sto_desktop.storage.log import log
from sto_desktop.storage.log.erase import erase_values
from sto_desktop.storage.log.renew import renewed
from sto_desktop.storage.log.within import is_within
from sto_desktop.storage.whole_file import setup
from sto_desktop.storage.whole_file.came_in import came_in, forget_name, wiped_since

BACKUP_EVERY = timedelta(hours=1)
"""Interval between backups during work."""

_TIME = "%Y%m%d-%H%M%S-%f"
# Behind a low line, so that an earlier version takes it for a reason that it does not know.
_NAME = re.compile(r"(?P<time>\d{8}-\d{6}-\d{6})(-(?P<why>\w+?))?(_(?P<number>\d{1,9}))?")
_KEPT = ((timedelta(hours=1), 24), (timedelta(days=1), 14), (timedelta(weeks=1), 17))
"""Of each tier: the interval, and the number of backups. The weeks are those that prove the age of a promised backup
(`_ages`), so together they are longer than its term."""

PROMISED_FOR = timedelta(days=90)
"""How long a promised backup is kept at least. One of an older program, which wrote no reason, may have been promised
to somebody; it is thinned out after that."""

PROMISED = 10
"""At least so many promised backups are kept, however old."""

_LONGEST_STEP = timedelta(days=14)
"""Between two backups the clock may have been set forward, so a longer step proves no time. A shorter one may be a
mistake of the clock too; so much is added to the ninety days."""

# Nobody reads the copy before it is complete, so it needs no journal, which could be left on a USB stick.
_NO_JOURNAL, _NO_SYNC = "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF"
_JOURNAL = "PRAGMA journal_mode = DELETE"
# A row of the log whose id is no text may be of any row.
_HOLDS_ROW = (
    "SELECT 1 FROM change WHERE row_id = ?1 UNION ALL SELECT 1 FROM writer WHERE id = ?1"
    " UNION ALL SELECT 1 FROM change WHERE typeof(row_id) != 'text'"
)


class Reason(StrEnum):
    """Why a backup was made: the word after the time in its file name."""

    HOURLY = "uur"
    """Made during work; the only kind that is thinned out."""

    MERGE = "samenvoegen"
    UPDATE = "bijwerken"
    """Of a dossier with content of another program that a fresh file does not take along."""

    PUT_AWAY = "opgeruimd"
    """A file that lay next to the dossier and was moved away."""

    CAME_IN = "ingekomen"
    """A dossier that was merged, or a file that was imported (`came_in`)."""

    OLDER = "ouder"
    """A file that was at the path at opening, and lacked what this computer had saved there."""

    UNTOLD = ""
    """From an older program, which stored no reason, or from a newer one with a reason unknown here."""


_REASONS: Mapping[str | None, Reason] = {why.value: why for why in Reason}


@dataclass(frozen=True)
class Backup:
    """A copy of a dossier at an earlier time.

    `number`: how many were made before it, whatever the clock said; 0 for those of an older program too.
    """

    path: Path
    made: datetime
    reason: Reason = Reason.HOURLY
    number: int = 0


def copy_dossier(raw: Raw, target: Path, password: str | None) -> str:
    """Write a complete, closed copy of an open dossier to `target`, without local data and without a journal.

    The file is not synced yet (see own_files.put_in_place); an existing `target` is replaced. Returns the copy's extent
    (see log.extent).
    """
    remove_with_journals(target)
    standing = password is None and copy_standing(raw, target)
    if not standing:
        remove_with_journals(target)
    copy = connect(target, password=password)
    try:
        copy.execute(_NO_JOURNAL)
        copy.execute(_NO_SYNC)
        if not standing:
            raw.backup(copy)
            # With the content came the journal mode of a working copy, which is left in two steps.
            copy.execute(_JOURNAL)
            copy.execute(_NO_JOURNAL)
        setup.clear_local(copy)
        return log.extent(copy)
    finally:
        copy.close()


def make_backup(
    raw: Raw, folder: Path, now: datetime, password: str | None = None, why: Reason = Reason.HOURLY
) -> Backup:
    """Back up an open dossier, and delete the backups that are needed no longer and proven to be within it."""
    made = keep(folder, now, why, lambda target: copy_dossier(raw, target, password))
    # Only now, because the new backup is in place.
    every = backups(folder)
    for old in (*superfluous(every), *expired(every)):
        if old.path != made.path and is_within(raw, old.path, password):
            remove_with_journals(old.path)
    return made


def backup_file(path: Path, folder: Path, now: datetime, why: Reason) -> None:
    """Back up a closed dossier before it is replaced by a fresh file, unless the same content was backed up just now:
    the promise of an older backup is nearly over.
    """
    made = backups(folder)
    ages = _ages(made)
    earlier = [backup.path for backup in made if backup.reason is why and ages[backup.path] <= _LONGEST_STEP]
    # Compare sizes first: hashing every backup takes long.
    size = path.stat().st_size
    alike = [backup for backup in earlier if backup.stat().st_size == size]
    if not alike or content_digest(path) not in map(content_digest, alike):
        keep(folder, now, why, lambda target: copy_file(path, target))


def put_away(
    path: Path,
    digest: str,
    folder: Path,
    now: datetime,
    proven: Callable[[Path], bool],
    adapt: Callable[[Path], object] = lambda _copy: None,
) -> Backup:
    """Move a file from its place to the backups.

    Args:
        digest: hash of the content that was taken in (files.content_digest): a file with other content stays.
        proven: whether the log of the stored copy is within ours.
        adapt: adapts the stored copy to the other backups (`bring_in_line`).

    Raises:
        DossierError: the content has changed, the file is in use, or it can't be moved; it stays in its place.
    """
    if not path.exists():
        raise _gone(path)
    before = Fingerprint.of(path)

    def write(target: Path) -> None:
        copy_file(path, target)
        # Compare the copy, not the original, which may change at any moment.
        if has_journal(path) or content_digest(target) != digest:
            raise _changed(path)
        if not proven(target):
            raise DossierError(
                tr("Niet alles uit «{file}» staat in dit dossier; het blijft staan.", file=path.name),
                advice=tr("Voeg het opnieuw samen."),
            )
        adapt(target)

    stored = keep(folder, now, Reason.PUT_AWAY, write)
    try:
        # Something may have written to the file while it was copied.
        if has_journal(path) or Fingerprint.of(path) != before:
            raise _changed(path)
        path.unlink()
    except (OSError, DossierError) as error:
        remove_with_journals(stored.path)
        if isinstance(error, DossierError):
            raise
        raise DossierError(
            tr("«{file}» kan niet worden opgeruimd ({reason}).", file=path.name, reason=reason(error)),
            tr("Wat erin staat is al samengevoegd."),
            tr("Verwijder het bestand zelf, of laat het staan."),
        ) from error
    return stored


def bring_in_line(copy: Path, erased: Collection[Erasure], password: str | None, wanted: str | None) -> None:
    """Remove values that were erased here from a copy of another dossier, and give it the password of our backups."""
    if is_plain(copy):
        password = None
    if erased:
        erase_in_file(copy, erased, password)
    if password != wanted:
        _change_password(copy, password, wanted)


def _gone(path: Path) -> DossierError:
    return DossierError(
        tr("«{file}» staat er niet meer.", file=path.name),
        tr("Wat erin stond, is al samengevoegd."),
        tr("U hoeft niets meer op te ruimen."),
    )


def _changed(path: Path) -> DossierError:
    return DossierError(
        tr("«{file}» is na het samenvoegen nog gewijzigd en blijft staan.", file=path.name),
        advice=tr("Voeg het opnieuw samen."),
    )


def keep(folder: Path, now: datetime, why: Reason, write: Callable[[Path], object]) -> Backup:
    """Make a backup of what `write` writes to the path that it is given; DossierError if that can't be done."""
    try:
        make_folder(folder)
        made = _next(folder, now, why)
        target = made.path
        # With another ending, so that a half-written file is no backup.
        temporary = target.with_suffix(".tmp")
        try:
            with errors_of(None):
                write(temporary)
            put_in_place(temporary, target)
        finally:
            remove_with_journals(temporary)
    except OSError as error:
        raise DossierError(
            tr("Er kon geen reservekopie gemaakt worden ({part}).", part=reason(error)),
            tr("Er is niets gewijzigd."),
            tr("Maak ruimte vrij op deze computer en probeer het opnieuw.")
            if is_full(error)
            else tr("Probeer het opnieuw."),
        ) from error
    return made


def _next(folder: Path, now: datetime, why: Reason) -> Backup:
    """Return the backup that is made next: behind all others, though the clock may be."""
    # By the names alone: the folder may hold hundreds of files that came in.
    named = filter(None, (_NAME.fullmatch(path.stem) for path in folder.glob("*.sto")))
    number = max((int(parts["number"] or 0) + 1 for parts in named), default=0)
    made = now.replace(tzinfo=None)
    name = f"{made.strftime(_TIME)}-{why}" + (f"_{number}" if number else "")
    return Backup(folder / f"{name}.sto", made, why, number)


def backups(folder: Path) -> list[Backup]:
    """Return the backups in a folder, newest first: in the order in which they were made."""
    listed = []
    for path in folder.glob("*.sto"):
        parts = _NAME.fullmatch(path.stem)
        if parts is None or not path.is_file():
            continue
        try:
            made = datetime.strptime(parts["time"], _TIME)
        except ValueError:
            continue
        listed.append(Backup(path, made, _REASONS.get(parts["why"], Reason.UNTOLD), int(parts["number"] or 0)))
    return sorted(listed, key=lambda backup: (backup.number, backup.made), reverse=True)


def is_due(folder: Path, now: datetime) -> bool:
    """Return whether the last backup of this dossier is an hour old; files of others do not count."""
    made = [backup.made for backup in backups(folder) if backup.reason not in (Reason.PUT_AWAY, Reason.CAME_IN)]
    # A clock that was set back must not prevent backups.
    return not made or not timedelta(0) <= now.replace(tzinfo=None) - made[0] < BACKUP_EVERY


def _ages(made: Sequence[Backup]) -> dict[Path, timedelta]:
    """Return for how long each backup (of all, newest first) has been kept for certain, whatever the clock did.

    By the steps from each to the next: those of a clock that was set forward count for nothing, those of one that was
    set back are subtracted, and of those of an older program the order is not known.
    """
    ages: dict[Path, timedelta] = {}
    age = timedelta(0)
    later: Backup | None = None
    for backup in made:
        if later is not None and later.number and later.made - backup.made <= _LONGEST_STEP:
            age += later.made - backup.made
        ages[backup.path] = age
        later = backup
    return ages


def superfluous(made: Sequence[Backup]) -> list[Backup]:
    """Return the hourly backups (from all, newest first) that no tier keeps; the newest one always stays."""
    ages = _ages(made)
    thinned = [
        backup
        for backup in made
        if backup.reason is Reason.HOURLY or (backup.reason is Reason.UNTOLD and _may_go(ages[backup.path]))
    ]
    needed = {backup.path for backup in thinned[:1]}
    for apart, count in _KEPT:
        slots: dict[float, Backup] = {}
        for backup in thinned:
            slots[backup.made.replace(tzinfo=None).timestamp() // apart.total_seconds()] = backup
        # Each slot keeps its oldest backup, so that the choice does not change during the day.
        needed.update(backup.path for _, backup in sorted(slots.items(), reverse=True)[:count])
    return [backup for backup in thinned if backup.path not in needed]


def expired(made: Sequence[Backup]) -> list[Backup]:
    """Return the promised backups (from all, newest first) that have been kept long enough."""
    ages = _ages(made)
    promised = [backup for backup in made if backup.reason not in (Reason.HOURLY, Reason.UNTOLD)]
    return [backup for backup in promised[PROMISED:] if _may_go(ages[backup.path])]


def _may_go(age: timedelta) -> bool:
    return age > PROMISED_FOR + _LONGEST_STEP


def restore(backup: Backup, path: Path) -> None:
    """Restore a backup to a new path, as a separate dossier; DossierError if a file exists there."""
    if path.exists():
        raise DossierError(
            tr("Er is al een bestand «{file}».", file=path.name),
            tr("Het is niet gewijzigd."),
            tr("Kies een andere naam."),
        )
    # Written beside it first, so that nobody opens half a file.
    temporary = temporary_beside(path)
    try:
        copy_file(backup.path, temporary)
        put_in_place(temporary, path)
    except OSError as error:
        raise DossierError(
            tr("De reservekopie kon niet teruggezet worden ({part}).", part=reason(error)),
            tr("De reservekopie is er nog."),
            tr("Kies een andere map."),
        ) from error
    finally:
        remove_with_journals(temporary)


@dataclass(frozen=True, slots=True)
class Searched:
    """How many backups were searched for erased values, how many could not be opened and were deleted, and how many of
    other dossiers could not be opened."""

    backups: int = 0
    removed: int = 0
    unread: int = 0


def erase_in_backups(home: Path, folder: Path, erasures: Collection[Erasure], password: str | None) -> Searched:
    """Erase values from every backup that may contain them.

    A backup of this dossier that can't be opened any more (damaged, or an older password) is deleted, since nobody can
    tell what it contains; so is an imported file. Backups of other dossiers are searched if this password opens them.

    Args:
        home: the folder with the backup folders of all dossiers.
        folder: the backup folder of this dossier.
    """
    searched = removed = unread = 0
    for folder_of_dossier in sorted(path for path in home.iterdir() if path.is_dir()) if home.is_dir() else ():
        for leftover in folder_of_dossier.glob("*.tmp"):
            # Left by a power cut during a backup: unusable, but it may contain the erased words.
            remove_with_journals(leftover)
        for backup in backups(folder_of_dossier):
            try:
                own = folder_of_dossier == folder
                if own and backup.reason is Reason.CAME_IN:
                    _erase_in_what_came(backup.path, erasures, password)
                else:
                    erase_in_file(backup.path, erasures, password)
                searched += 1
            except (SqliteError, DossierError):
                # Backups of other dossiers stay: they may have another password.
                if own:
                    remove_with_journals(backup.path)
                    removed += 1
                else:
                    unread += 1
    return Searched(searched, removed, unread)


def _erase_in_what_came(path: Path, erasures: Collection[Erasure], password: str | None) -> None:
    if not wiped_since(path, erasures, password):
        return
    if came_in(path, password).account is not None:
        remove_with_journals(path)
        return
    erase_in_file(path, erasures, password)
    forget_name(path, erasures, password)


def erase_in_file(path: Path, erasures: Collection[Erasure], password: str | None) -> None:
    """Erase values from one closed dossier of ours; SqliteError or DossierError if it can't be opened.

    One with other tables gets a fresh file with its log: of what another program put there, nobody can tell whose words
    it holds.
    """
    renewed(path, path, password)
    with closing(connect(path, password=password)) as raw:
        # Leave backups without these rows untouched.
        if any(raw.execute(_HOLDS_ROW, (erasure.row,)).fetchone() for erasure in erasures):
            erase_values(raw, erasures)


def change_passwords(files: Iterable[Path], old: str | None, new: str | None) -> tuple[Path, ...]:
    """Give closed dossiers of ours another password; return those that could not be given it, which are unchanged:
    damaged, or under a still older password.
    """
    unchanged = []
    for file in files:
        try:
            _change_password(file, None if is_plain(file) else old, new)
        except (SqliteError, DossierError, OSError):
            unchanged.append(file)
    return tuple(unchanged)


def _change_password(path: Path, old: str | None, new: str | None) -> None:
    """Give one closed dossier of ours another password; SqliteError if the old one does not open it."""
    temporary = path.with_name(f"{path.name}.tmp")
    try:
        try:
            _export(path, temporary, old, new)
        except SqliteError as error:
            if code_of(error) != UNKNOWN:
                raise
            # Content that only its own program can copy must not stay under the old password, so drop it.
            renewed(path, path, old)
            _export(path, temporary, old, new)
        put_in_place(temporary, path, keep_mode=False)
    finally:
        remove_with_journals(temporary)


def _export(path: Path, target: Path, old: str | None, new: str | None) -> None:
    raw = connect(path, password=old)
    try:
        setup.export(raw, target, new)
    finally:
        raw.close()
