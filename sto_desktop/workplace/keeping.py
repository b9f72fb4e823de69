"""Files that are kept on this computer besides the dossier itself: what each holds, and bringing one back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.errors import DamagedDossierError, DossierError, NotADossierError, StoError
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.language import counted, tr, tr_later
from sto_desktop.own_files import put_in_place, temporary_beside, write_whole
from sto_desktop.storage.file.database import errors_of
from sto_desktop.storage.file.files import (
    check_header,
    no_room,
    not_made,
    private_place,
    publish_error,
    remove_with_journals,
)
from sto_desktop.storage.whole_file.backup import Backup, Reason, backups, restore
from sto_desktop.storage.whole_file.came_in import CameIn, came_in
from sto_desktop.storage.whole_file.repair import repair
from sto_desktop.storage.working.register import Kept, Kind
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.workplace.place import Workplace, free_path

_MOST_NAMED = 6
_MADE_FOR = {
    "uur": tr_later("reservekopie"),
    "samenvoegen": tr_later("reservekopie van vóór het samenvoegen"),
    "bijwerken": tr_later("reservekopie van vóór het omzetten"),
    "opgeruimd": tr_later("opgeruimde kopie"),
    "ingekomen": tr_later("binnengekomen"),
    "ouder": tr_later("ouder bestand dat op de plek stond"),
}
"""By `Kept.why`. Source texts: pass through `tr`."""


@dataclass(frozen=True)
class Inside:
    """What a kept file holds: a line for each panel, and the time of its last change."""

    lines: tuple[str, ...]
    changed: datetime | None = None


def look_inside(workplace: Workplace, kept: Kept, password: str | None) -> Inside:
    """Return what a kept file holds, for any thread.

    Raises:
        DossierError: nothing can be read, or it has another password.
    """
    came = what_came_in(kept, password)
    if came is not None and came.account is not None:
        return Inside(_of_import(came))
    try:
        with workplace.reading(kept.file, password) as copy:
            read = copy.dossier.read
            panels = read.panels.listed()
            lines = [
                f"{title_for(panel)}: {counted(read.notes.count(panel.id), '{n} notitie', '{n} notities')}"
                for panel in panels[:_MOST_NAMED]
            ]
            if len(panels) > _MOST_NAMED:
                lines.append(counted(len(panels) - _MOST_NAMED, "en nog {n} panel", "en nog {n} panels"))
            past = copy.dossier.past(limit=1)
    except (DamagedDossierError, NotADossierError):
        # As far as it can still be read.
        with private_place(workplace.copies.home) as place:
            mended = repair(kept.file, place / "gelezen.sto", password)
        return Inside(mended.kept_and_lost)
    if came is not None and came.name:
        lines.insert(0, tr("Zo kwam «{file}» binnen.", file=came.name))
    return Inside(
        tuple(lines) or (tr("Geen panels."),), datetime.fromisoformat(past[0].at).astimezone() if past else None
    )


def _of_import(came: CameIn) -> tuple[str, ...]:
    size = tr("Het bestand zelf is hier niet bewaard; het staat nog waar u het koos.")
    if came.content is not None:
        size = tr("{n} kB, zoals het was.", n=max(1, round(len(came.content) / 1000)))
    return (tr("Het bestand «{file}».", file=came.name), *filter(None, (came.account,)), size)


def what_came_in(kept: Kept, password: str | None) -> CameIn | None:
    """Return what is known of a file that came in, for any thread; None of any other.

    Raises:
        DossierError: it is damaged, or has another password.
    """
    if kept.why is not Reason.CAME_IN:
        return None
    with errors_of(kept.file):
        check_header(kept.file, password)
        return came_in(kept.file, password)


@contextmanager
def keeping_for(workplace: Workplace, path: Path) -> Iterator[Path]:
    """Give the folder in which files are kept that come into a dossier; if the block fails, it keeps none of them."""
    folder = workplace.copies.backups_of(path)
    before = {backup.path for backup in backups(folder)}
    try:
        yield folder
    except BaseException:
        for backup in backups(folder):
            if backup.reason is Reason.CAME_IN and backup.path not in before:
                remove_with_journals(backup.path)
        raise


def keep_imports(copy: WorkingCopy, files: Sequence[Path], account: str, kept_in: Path | None = None) -> str:
    """Keep files that were imported, for any thread; return a sentence if that can't be done, else an empty text.

    Where somebody does not take part, only that they came in is kept: nobody can tell whose words a file holds.

    Args:
        kept_in: by default with the backups of the dossier.
    """
    try:
        refusing = copy.read_apart(lambda read: any(not takes_part(member) for member in read.members.every()))
        if refusing:
            account = f"{account} {tr('Er kan in staan wat iemand zei die niet meedoet (deelname: nee).')}"
        for file in files:
            copy.keep_imported(file, account, kept_in, whole=not refusing)
    except StoError as error:
        return tr("Het bestand is niet bij «Bestanden en reservekopieën» bewaard: {reason}", reason=error.happened)
    return ""


def bring_back(workplace: Workplace, kept: Kept, beside: Path, password: str | None) -> Path:
    """Put the content of a kept file into a dossier of its own, or an imported file beside the dossier; return where.
    The kept file stays.

    Args:
        beside: the dossier that is open, for a file of which the own place is unknown or gone.

    Raises:
        DossierError: nothing can be read, or it can't be written there.
    """
    own = kept.path if kept.path is not None and kept.path.parent.is_dir() else beside
    came = what_came_in(kept, password)
    if came is not None and came.account is not None:
        return _brought_beside(came, own.parent)
    target = workplace.free_path(own.parent, f"{(kept.path or own).stem} ({kept.at:%Y-%m-%d %H.%M})")
    # What is known of one that came in is not to go along.
    if kept.kind is Kind.BACKUP and came is None:
        restore(Backup(kept.file, kept.at), target)
        return target
    temporary = temporary_beside(target)
    try:
        with workplace.reading(kept.file, password) as copy:
            copy.write_copy(temporary)
        put_in_place(temporary, target)
    except (DamagedDossierError, NotADossierError):
        repair(kept.file, target, password)
    except OSError as error:
        raise no_room(error) from error
    finally:
        remove_with_journals(temporary)
    return target


def _brought_beside(came: CameIn, folder: Path) -> Path:
    if came.content is None:
        raise DossierError(
            tr("«{file}» zelf is hier niet bewaard.", file=came.name),
            tr("Er is niets gewijzigd."),
            tr("Het staat nog waar u het koos."),
        )
    name = Path(came.name)
    target = free_path(folder, name.stem, name.suffix)
    try:
        write_whole(target, came.content)
    except OSError as error:
        raise not_made(publish_error(target, error)) from error
    return target


def said_kept(kept: Kept, came: CameIn | None = None) -> str:
    """Return what a kept file is, in Dutch; `came`: what is known of one that came in."""
    if came is not None and came.name:
        return tr("binnengekomen: «{file}»", file=came.name)
    if kept.kind is Kind.COPY:
        return tr("niet afgesloten werk")
    if kept.kind is Kind.QUARANTINE:
        return tr("apart gezet: beschadigd, of niet op haar plek")
    return tr(_MADE_FOR.get(kept.why or "", _MADE_FOR["uur"]))
