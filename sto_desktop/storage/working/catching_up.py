"""What an opening merges besides the file at the path: a backup that has more, and what a damaged working copy had."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sto_desktop.domain.dutch import clock, day_and_date
from sto_desktop.domain.errors import DossierError, PasswordNeededError
from sto_desktop.language import counted, tr
from sto_desktop.storage.file.database import errors_of
from sto_desktop.storage.file.files import is_plain, private_copy
from sto_desktop.storage.log.log_source import open_foreign
from sto_desktop.storage.log.merge import MergeResult, merge_log
from sto_desktop.storage.log.within import is_within, shares_changes
from sto_desktop.storage.whole_file.backup import Backup, Reason, backup_file
from sto_desktop.storage.working import quarantine
from sto_desktop.storage.working.working_copy import WorkingCopy

if TYPE_CHECKING:  # a repair is rare
    from sto_desktop.storage.working.salvage import Salvaged


def take_in_salvage(copy: WorkingCopy, salvaged: Salvaged) -> None:
    """Merge what was read of a damaged working copy, and keep the account of it."""
    new = 0
    if salvaged.file is not None:
        with errors_of(copy.path):
            result = merge_log(copy.dossier.raw, salvaged.file, copy.file.password, name=copy.path)
        new = result.changes
        copy.file.erase_in_files(result.to_erase)
    for place, content in salvaged.drafts.items():
        if not copy.dossier.draft(place):
            copy.dossier.set_draft(place, content)
    copy.dossier.poll(always=True)
    sentence = salvaged.told(new)
    quarantine.told(salvaged.item, sentence)
    copy.told = (*copy.told, sentence)
    if copy.salvage is None or copy.salvage.complete:
        copy.salvage = salvaged


def take_in_newer(copy: WorkingCopy, made: Sequence[Backup]) -> None:
    """Merge the newest backup (of all, newest first) if it has something that the file at the path lacks: a sync
    client, or a person, put an older file there. It is told, with what would be lost, and the file is backed up; so is
    a newer backup that another password hides.
    """
    closed = False
    for backup in made:
        if backup.reason in (Reason.PUT_AWAY, Reason.OLDER, Reason.CAME_IN):
            continue
        try:
            _take_in_backup(copy, backup)
            break
        except PasswordNeededError:
            closed = True
        except DossierError:
            # Damaged: the one before it has most of the same.
            continue
    if closed:
        sentence = (
            tr(
                "De nieuwste reservekopie van dit dossier op deze computer heeft een ander wachtwoord dan het bestand. "
                "Misschien is het een ouder bestand."
            )
            if copy.file.password
            else tr(
                "De reservekopieën van dit dossier op deze computer hebben een wachtwoord, en het bestand niet. "
                "Misschien is het een ouder bestand."
            )
        )
        copy.told = (*copy.told, f"{sentence} {tr('Kijk bij «Bestanden en reservekopieën».')}")


def tell_of_earlier_name(copy: WorkingCopy, earlier: Sequence[tuple[Path, Backup]]) -> None:
    """Tell if this computer saved more of the dossier under another name, of which the file is gone. Not merged: a
    person may have kept an older copy on purpose.
    """
    for path, backup in earlier:
        with suppress(DossierError), private_copy(backup.path, copy.file.password, copy.file.home.home) as file:
            password = None if is_plain(file) else copy.file.password
            raw = copy.dossier.raw
            if shares_changes(raw, file, password) and not is_within(raw, file, password):
                sentence = tr("Onder de naam «{name}» bewaarde deze computer meer van dit dossier.", name=path.name)
                copy.told = (*copy.told, f"{sentence} {tr('Kijk bij «Bestanden en reservekopieën».')}")


def _take_in_backup(copy: WorkingCopy, backup: Backup) -> None:
    raw = copy.dossier.raw
    with private_copy(backup.path, copy.file.password, copy.file.home.home) as file, errors_of(copy.path):
        password = None if is_plain(file) else copy.file.password
        with open_foreign(file, backup.path, password):
            # It is damaged, or has another password, if this raises.
            pass
        if is_within(raw, file, password):
            return
        if not shares_changes(raw, file, password):
            # Something else under the same name is no older version of it.
            copy.told = (*copy.told, _said_other(copy))
            return
        backup_file(copy.path, copy.file.backups, copy.file.home.now(), Reason.OLDER)
        result = merge_log(raw, file, password, name=copy.path)
    copy.file.erase_in_files(result.to_erase)
    copy.dossier.poll(always=True)
    copy.told = (*copy.told, _said(copy, backup, result))


def _said_other(copy: WorkingCopy) -> str:
    other = tr("Onder de naam «{name}» stond hier eerder een ander dossier.", name=copy.path.name)
    return f"{other} {tr('Wat deze computer daarvan bewaarde, staat bij «Bestanden en reservekopieën».')}"


def _said(copy: WorkingCopy, backup: Backup, result: MergeResult) -> str:
    notes = sum(table == "note" for table, _ in result.rows)
    lacked = [counted(result.changes, "{n} wijziging", "{n} wijzigingen")]
    lacked += [counted(notes, "van {n} notitie", "van {n} notities")] if notes else []
    lacking = tr(
        "«{file}» is ouder dan wat deze computer daar bewaarde: er ontbrak {lacked}, van vóór {time}.",
        file=copy.path.name,
        lacked=" ".join(lacked),
        time=f"{day_and_date(backup.made)}, {clock(backup.made)}",
    )
    return f"{lacking} {tr('Dat is er uit de reservekopie weer bij gezet; er is niets verloren.')}"
