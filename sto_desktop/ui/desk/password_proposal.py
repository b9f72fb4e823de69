"""The proposal to give a dossier with names a password, with who can open its folder: once per dossier and computer."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from sto_desktop.language import tr
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.shared_place import PlaceKind, place_of
from sto_desktop.storage.working.working_copy import WorkingCopy

_REMEMBERED = 50
"""For this many dossiers it is remembered that it was proposed."""


def is_due(copy: WorkingCopy, settings: SettingsStore) -> bool:
    """Return whether a dossier has names and no password, and this was never proposed here; for any thread."""
    if copy.has_password or str(copy.path) in settings.current.without_password.splitlines():
        return False
    return copy.read_apart(lambda read: any(member.name.strip() for member in read.members.every()))


def proposal(path: Path, who: str, settings: SettingsStore) -> str:
    """Return the proposal for a dossier, and remember that it was made; `who` can open the file.

    Raises:
        SettingsError: that can't be remembered.
    """
    earlier = [line for line in settings.current.without_password.splitlines() if line != str(path)]
    settings.change(without_password="\n".join((str(path), *earlier)[:_REMEMBERED]))
    return tr("In dit dossier staan namen, en het heeft geen wachtwoord. Het is te lezen voor {who}.", who=who)


def readers(path: Path) -> str:
    """Return who can open the folder of a file, as far as this computer knows; for a worker, since a share may be slow.

    Raises:
        OSError: the file or the list of file systems can't be read.
    """
    place = place_of(path)
    match place.kind:
        case PlaceKind.SYNCED:
            return tr("u, en iedereen met wie u deze map van {name} deelt", name=place.name)
        case PlaceKind.NETWORK:
            return tr("iedereen die bij deze netwerkmap mag")
        case PlaceKind.REMOVABLE:
            return tr("iedereen die deze stick in handen krijgt")
        case PlaceKind.LOCAL if os.name == "nt":
            return tr("iedereen die op deze computer bij deze map mag")
        case PlaceKind.LOCAL:
            return _local(path)


def _local(path: Path) -> str:
    if _may_read(path, stat.S_IROTH, stat.S_IXOTH):
        return tr("iedereen op deze computer")
    if _may_read(path, stat.S_IRGRP, stat.S_IXGRP):
        return tr("u, en wie in uw groep op deze computer zit")
    return tr("u alleen op deze computer, en wie een kopie of de schijf in handen krijgt")


def _may_read(path: Path, reads: int, passes: int) -> bool:
    """Return whether a file can be read by those of these modes, who must pass every folder above it."""
    return bool(path.stat().st_mode & reads) and all(folder.stat().st_mode & passes for folder in path.parents)
