"""What is told once per dossier and computer of the names in it: that it has no password and who can open its folder,
and that it names who refused.
"""

from __future__ import annotations

from pathlib import Path

from sto_desktop.domain.privacy.sharing import said_of_members, with_a_name
from sto_desktop.language import tr
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.workplace.place import readers, said_unprotected

_REMEMBERED = 50
"""For this many dossiers it is remembered that it was told."""


def proposal(copy: WorkingCopy, settings: SettingsStore) -> str:
    """Return what to tell of the names in a dossier; empty if nothing, or if it was told here before. For a worker,
    since a share may be slow.

    Raises:
        OSError: the file or the list of file systems can't be read.
    """
    if str(copy.path) in settings.current.without_password.splitlines():
        return ""
    members = copy.read_apart(lambda read: read.members.every())
    if not with_a_name(members):
        return ""
    heed = said_of_members(members)
    if not copy.has_password:
        return " ".join(filter(None, (said_unprotected(readers(copy.path)), heed)))
    return f"{tr('In dit dossier staan namen.')} {heed}" if heed else ""


def remember(path: Path, settings: SettingsStore) -> None:
    """Remember that this was told of a dossier.

    Raises:
        SettingsError: that can't be remembered.
    """
    earlier = [line for line in settings.current.without_password.splitlines() if line != str(path)]
    settings.change(without_password="\n".join((str(path), *earlier)[:_REMEMBERED]))
