"""Files that are kept on this computer besides the dossier itself: what each holds, and bringing one back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.errors import DamagedDossierError, NotADossierError
from sto_desktop.language import counted, tr, tr_later
from sto_desktop.own_files import put_in_place, temporary_beside
from sto_desktop.storage.file.files import no_room, private_place, remove_with_journals
from sto_desktop.storage.whole_file.backup import Backup, restore
from sto_desktop.storage.whole_file.repair import repair
from sto_desktop.storage.working.register import Kept, Kind
from sto_desktop.workplace.place import Workplace

_MOST_NAMED = 6
_MADE_FOR = {
    "uur": tr_later("reservekopie"),
    "samenvoegen": tr_later("reservekopie van vóór het samenvoegen"),
    "bijwerken": tr_later("reservekopie van vóór het omzetten"),
    "opgeruimd": tr_later("opgeruimde kopie"),
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
    return Inside(
        tuple(lines) or (tr("Geen panels."),), datetime.fromisoformat(past[0].at).astimezone() if past else None
    )


def bring_back(workplace: Workplace, kept: Kept, beside: Path, password: str | None) -> Path:
    """Put the content of a kept file into a dossier of its own; return its path. The kept file stays.

    Args:
        beside: the dossier that is open, for a file of which the own place is unknown or gone.

    Raises:
        DossierError: nothing can be read, or it can't be written there.
    """
    own = kept.path if kept.path is not None and kept.path.parent.is_dir() else beside
    target = workplace.free_path(own.parent, f"{(kept.path or own).stem} ({kept.at:%Y-%m-%d %H.%M})")
    if kept.kind is Kind.BACKUP:
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


def said_kept(kept: Kept) -> str:
    """Return what a kept file is, in Dutch."""
    if kept.kind is Kind.COPY:
        return tr("niet afgesloten werk")
    if kept.kind is Kind.QUARANTINE:
        return tr("apart gezet: kon niet worden gelezen")
    return tr(_MADE_FOR.get(kept.why or "", _MADE_FOR["uur"]))
