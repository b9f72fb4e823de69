"""Backups: those of every hour thinned out in tiers, those that were promised kept; restoring makes a new dossier."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from sto_desktop.domain.errors import DossierError, reason
from sto_desktop.domain.log.change import Erasure
from sto_desktop.language import tr
from sto_desktop.own_files import copy_file, make_folder, put_in_place
from sto_desktop.storage.file.database import (
    UNKNOWN,
    Raw,
    SqliteError,
    code_of,
    connect,
    errors_of,
    is_unreadable,
    translated,
)
from sto_desktop.storage.file.files import (
    Fingerprint,
    content_digest,
    has_journal,
    is_full,
    is_plain,
    remove_with_journals,
)
from sto_desktop.storage.log import log
from sto_desktop.storage.log.erase import erase_values
from sto_desktop.storage.log.renew import is_ours, renew
from sto_desktop.storage.whole_file import setup

BACKUP_EVERY = timedelta(hours=1)
"""While somebody works, a backup is kept this often."""

_TIME = "%Y%m%d-%H%M%S-%f"
_NAME = re.compile(r"(?P<time>\d{8}-\d{6}-\d{6})(-(?P<why>\w+))?")
_KEPT = ((timedelta(hours=1), 24), (timedelta(days=1), 14), (timedelta(weeks=1), 12))
"""Of each tier: how far apart, and how many."""

_UNTOLD_FOR = timedelta(days=90)
"""Of an older program's backup nobody can tell whether it was promised to somebody: so long it is kept as if it was."""


class Reason(StrEnum):
    """What a backup was made for: the word in its file name, behind the time."""

    HOURLY = "uur"
    """Made while somebody works; the only kind that is thinned out."""

    MERGE = "samenvoegen"
    UPDATE = "bijwerken"
    """Of a dossier in which another program left something that a fresh file does not take along."""

    PUT_AWAY = "opgeruimd"
    """What lay beside the dossier and was taken from there."""

    UNTOLD = ""
    """Of an older program, which did not say; or of a newer one, which says what this one does not know."""


_REASONS: Mapping[str | None, Reason] = {why.value: why for why in Reason}


@dataclass(frozen=True)
class Backup:
    """A copy of a dossier as it was."""

    path: Path
    made: datetime
    reason: Reason = Reason.HOURLY


def copy_dossier(raw: Raw, target: Path, password: str | None) -> str:
    """Write a whole, closed copy of an open dossier to `target`, without what is local, with no journal beside it.

    The file is not synced yet (see own_files.put_in_place); what was at `target` is replaced. Returns the copy's extent
    (see log.extent).
    """
    remove_with_journals(target)
    copy = connect(target, password=password)
    try:
        # Until it is whole nobody reads it: a journal would only be one more file on somebody's stick.
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        raw.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        copy.execute("PRAGMA journal_mode = OFF")
        setup.clear_local(copy)
        return log.extent(copy)
    finally:
        copy.close()


def make_backup(
    raw: Raw, folder: Path, now: datetime, password: str | None = None, why: Reason = Reason.HOURLY
) -> Backup:
    """Back up an open dossier, and let go of hourly backups that no tier needs."""
    return _keep(folder, now, why, lambda target: copy_dossier(raw, target, password))


def backup_file(path: Path, folder: Path, now: datetime, why: Reason) -> None:
    """Back up a closed dossier as it is, before a fresh file is made of it, unless that was kept already."""
    kept = [item.path for item in backups(folder) if item.reason is why]
    size = path.stat().st_size
    alike = [item for item in kept if item.stat().st_size == size]
    if not alike or content_digest(path) not in map(content_digest, alike):
        _keep(folder, now, why, lambda target: copy_file(path, target))


def put_away(
    path: Path, digest: str, folder: Path, now: datetime, adapt: Callable[[Path], object] = lambda _copy: None
) -> Backup:
    """Keep a file as a backup and take it from where it lies.

    Args:
        digest: what the file held when all of it was taken in (files.content_digest): anything else stays.
        adapt: brings the copy that is kept in line with the other backups (`bring_in_line`).

    Raises:
        DossierError: it holds something else now, it is in use, or it can't be moved; it lies where it lay.
    """
    if not path.exists():
        raise _gone(path)
    before = Fingerprint.of(path)

    def write(target: Path) -> None:
        copy_file(path, target)
        if has_journal(path) or content_digest(target) != digest:
            raise _changed(path)
        adapt(target)

    kept = _keep(folder, now, Reason.PUT_AWAY, write)
    try:
        if has_journal(path) or Fingerprint.of(path) != before:
            raise _changed(path)
        path.unlink()
    except (OSError, DossierError) as error:
        kept.path.unlink(missing_ok=True)
        if isinstance(error, DossierError):
            raise
        raise DossierError(
            tr("«{file}» kan niet worden opgeruimd ({reason}).", file=path.name, reason=reason(error)),
            tr("Wat erin staat is al samengevoegd."),
            tr("Verwijder het bestand zelf, of laat het staan."),
        ) from error
    return kept


def bring_in_line(copy: Path, erased: Collection[Erasure], password: str | None, wanted: str | None) -> None:
    """Leave nothing in a copy of another's dossier that was wiped here, and give it the password of our backups."""
    if is_plain(copy):
        password = None
    if erased:
        _erase_in(copy, erased, password)
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
        "",
        tr("Voeg het opnieuw samen."),
    )


def _keep(folder: Path, now: datetime, why: Reason, write: Callable[[Path], object]) -> Backup:
    try:
        make_folder(folder)
        target, made = _free(folder, now, why)
        temporary = target.with_suffix(".tmp")
        try:
            with errors_of(None):
                write(temporary)
            put_in_place(temporary, target, keep_mode=False)
        finally:
            remove_with_journals(temporary)
    except OSError as error:
        raise DossierError(
            tr(
                "Er kon geen reservekopie gemaakt worden ({part}).",
                part=tr("de schijf is vol") if is_full(error) else reason(error),
            ),
            tr("Er is niets gewijzigd."),
            tr("Maak ruimte vrij op deze computer en probeer het opnieuw.")
            if is_full(error)
            else tr("Probeer het opnieuw."),
        ) from error
    for old in superfluous(backups(folder)):
        old.path.unlink(missing_ok=True)
    return Backup(target, made, why)


def _free(folder: Path, now: datetime, why: Reason) -> tuple[Path, datetime]:
    """Return a name that no backup has, and its time: on some systems the clock stands still for 16 milliseconds."""
    taken = {item.made for item in backups(folder)}
    made = now.replace(tzinfo=None)
    while made in taken:
        made += timedelta(microseconds=1)
    return folder / f"{made.strftime(_TIME)}-{why}.sto", made


def backups(folder: Path) -> list[Backup]:
    """Return the backups in a folder, newest first."""
    named = ((path, _NAME.fullmatch(path.stem)) for path in folder.glob("*.sto"))
    found = []
    for path, parts in named:
        try:
            made = datetime.strptime(parts["time"], _TIME) if parts else None
        except ValueError:
            continue
        if parts and made:
            found.append(Backup(path, made, _REASONS.get(parts["why"], Reason.UNTOLD)))
    return sorted(found, key=lambda item: item.made, reverse=True)


def is_due(folder: Path, now: datetime) -> bool:
    """Tell whether the last backup of this dossier is an hour old; what was put away is of somebody else."""
    made = [item.made for item in backups(folder) if item.reason is not Reason.PUT_AWAY]
    return not made or not timedelta(0) <= now.replace(tzinfo=None) - made[0] < BACKUP_EVERY


def superfluous(made: Sequence[Backup]) -> list[Backup]:
    """Return the hourly backups (of all, given newest first) that no tier keeps; the newest of them always stays."""
    thinned = [item for item in made if _is_thinned(item, made[0].made)]
    kept = {item.path for item in thinned[:1]}
    for apart, count in _KEPT:
        slots: dict[int, Backup] = {}
        for item in thinned:
            slots[int(item.made.replace(tzinfo=None).timestamp() // apart.total_seconds())] = item
        # The dictionary now has the oldest of each slot, so that a slot's backup does not move as the day goes on.
        kept.update(item.path for _, item in sorted(slots.items(), reverse=True)[:count])
    return [item for item in thinned if item.path not in kept]


def _is_thinned(item: Backup, now: datetime) -> bool:
    return item.reason is Reason.HOURLY or (item.reason is Reason.UNTOLD and now - item.made > _UNTOLD_FOR)


def restore(backup: Backup, path: Path) -> None:
    """Put a backup at a path of its own, as a separate dossier; DossierError where something is there already."""
    if path.exists():
        raise DossierError(
            tr("Er is al een bestand «{file}».", file=path.name),
            tr("Het is niet gewijzigd."),
            tr("Kies een andere naam."),
        )
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        copy_file(backup.path, temporary)
        put_in_place(temporary, path)
    except OSError as error:
        raise DossierError(
            tr(
                "De reservekopie kon niet teruggezet worden ({part}).",
                part=tr("de schijf is vol") if is_full(error) else reason(error),
            ),
            tr("De reservekopie is er nog."),
            tr("Kies een andere map."),
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def erase_in_backups(home: Path, folder: Path, erasures: Collection[Erasure], password: str | None) -> None:
    """Wipe values from every backup that may hold them.

    A backup of this dossier that can't be opened any more (damaged, or an older password) is thrown away: nobody can
    tell what is in it. Backups of other dossiers are looked through as far as this password opens them.

    Args:
        home: the folder with a folder of backups for each dossier.
        folder: the one of this dossier.
    """
    for other in sorted(path for path in home.iterdir() if path.is_dir()) if home.is_dir() else ():
        for left in other.glob("*.tmp"):
            # Of a backup during which the power went: no backup, but it holds the words.
            left.unlink(missing_ok=True)
        for item in backups(other):
            try:
                _erase_in(item.path, erasures, password)
            except (SqliteError, DossierError):
                if other == folder:
                    item.path.unlink(missing_ok=True)


def _erase_in(path: Path, erasures: Collection[Erasure], password: str | None) -> None:
    """Wipe values from one closed dossier of ours; SqliteError or DossierError where it can't be opened."""
    raw = connect(path, password=password)
    try:
        rows = [(item.row,) for item in erasures]
        if not any(raw.execute("SELECT 1 FROM change WHERE row_id = ?", row).fetchone() for row in rows):
            return
        ours = is_ours(raw)
    finally:
        raw.close()
    if not ours:
        renew(path, path, password)
    raw = connect(path, password=password)
    try:
        erase_values(raw, erasures)
    finally:
        raw.close()


def change_passwords(folder: Path, old: str | None, new: str | None) -> None:
    """Give the backups of a dossier its new password; those that the old one does not open are left as they are."""
    for item in backups(folder):
        try:
            _change_password(item.path, old, new)
        except SqliteError as error:
            if not is_unreadable(error):
                raise translated(error, item.path) from error


def _change_password(path: Path, old: str | None, new: str | None) -> None:
    """Give one closed dossier of ours another password; SqliteError where the old one does not open it."""
    temporary = path.with_name(f"{path.name}.tmp")
    try:
        try:
            _export(path, temporary, old, new)
        except SqliteError as error:
            if code_of(error) != UNKNOWN:
                raise
            # Something that only the program that made it can copy, and that may not stay under the old password.
            renew(path, path, old)
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
