"""Where a dossier stands (a sync folder, a network share, a stick), and what sync clients leave beside it."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path, PurePath

from sto_desktop.domain.errors import DossierError
from sto_desktop.domain.log.clock import LOWEST_REAL_STAMP
from sto_desktop.storage.file.database import Raw, bounded, connect, errors_of
from sto_desktop.storage.file.files import private_copy
from sto_desktop.storage.log.merge import check_log


class PlaceKind(Enum):
    """What kind of place a dossier stands in."""

    LOCAL = auto()
    SYNCED = auto()
    NETWORK = auto()
    REMOVABLE = auto()


@dataclass(frozen=True)
class Place:
    """A kind of place, and what people call it: "OneDrive", "Dropbox"; empty where it has no name."""

    kind: PlaceKind
    name: str = ""


@dataclass(frozen=True)
class Mount:
    """A file system: where it is mounted, its type, and how."""

    point: str
    type: str
    options: str


_CLIENTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^OneDrive( - .*)?$", re.IGNORECASE), "OneDrive"),
    (re.compile(r"^CloudStorage$"), "OneDrive"),
    (re.compile(r"^Dropbox( \(.*\))?$", re.IGNORECASE), "Dropbox"),
    (re.compile(r"^(Google Drive|My Drive|Mijn Drive|GoogleDrive-.*)$", re.IGNORECASE), "Google Drive"),
    (re.compile(r"^(iCloud ?Drive|Mobile Documents)$", re.IGNORECASE), "iCloud"),
    (re.compile(r"^Nextcloud\d*$", re.IGNORECASE), "Nextcloud"),
    (re.compile(r"^ownCloud\d*$", re.IGNORECASE), "ownCloud"),
    (re.compile(r"^Syncthing|^Sync$"), "Syncthing"),
)
_VARIABLES = (("OneDriveCommercial", "OneDrive"), ("OneDriveConsumer", "OneDrive"), ("OneDrive", "OneDrive"))
_NETWORK = ("nfs", "nfs4", "cifs", "smbfs", "smb3", "afpfs", "webdav", "fuse.sshfs", "davfs", "fuse.davfs2", "9p")
_STICKS = ("vfat", "exfat", "msdos")


def system_mounts() -> list[Mount]:
    """Return the file systems of this computer."""
    import psutil

    return [Mount(item.mountpoint, item.fstype, item.opts) for item in psutil.disk_partitions(all=True)]


def place_of(
    path: Path, mounts: Callable[[], Iterable[Mount]] = system_mounts, variables: Mapping[str, str] = os.environ
) -> Place:
    """Return in what kind of place a dossier stands, by the names of its folders and by its file system.

    A library of Teams or SharePoint that is synced stands in a folder with the organisation's name beside OneDrive's,
    which only the client itself knows; where its variable names the folder above, it is recognised.
    """
    whole = path.absolute()
    for part in whole.parts[:-1]:
        for pattern, name in _CLIENTS:
            if pattern.match(part):
                return Place(PlaceKind.SYNCED, name)
    for variable, name in _VARIABLES:
        folder = variables.get(variable)
        if folder and Path(folder) in whole.parents:
            return Place(PlaceKind.SYNCED, name)
    if str(path).startswith("\\\\"):
        return Place(PlaceKind.NETWORK)
    return Place(_kind_of_mount(whole, mounts()))


def _kind_of_mount(path: PurePath, mounts: Iterable[Mount]) -> PlaceKind:
    above = {str(parent) for parent in path.parents}
    found = max((item for item in mounts if item.point in above), key=lambda item: len(item.point), default=None)
    if found is None:
        return PlaceKind.LOCAL
    options = found.options.split(",")
    if found.type.lower() in _NETWORK or "remote" in options:
        return PlaceKind.NETWORK
    if "removable" in options or (found.type.lower() in _STICKS and not found.point.startswith("/boot")):
        return PlaceKind.REMOVABLE
    return PlaceKind.LOCAL


# What sync clients leave beside a dossier

_LEFT_BEHIND = re.compile(
    r"""^(
    [ _-]*\((?:\d+|.*(?:conflict|kopie|copy|versie|version).*)\)   # Dropbox, Nextcloud, Google Drive: Naam (…)
    | \s*-\s*(?:kopie|copy)(?:\s*\(\d+\))?                         # Windows Explorer: Naam - kopie (2)
    | \s+(?:kopie|copy)(?:\s*\d+)?                                 # macOS Finder: Naam kopie 2
    | \.sync-conflict-[\w-]+                                       # Syncthing
    | [-_ ].*conflict.*
    | -[^\W_][\w-]*                                                # OneDrive: Naam-LAPTOP-2
    )$""",
    re.IGNORECASE | re.VERBOSE,
)


def looks_like_copy(name: str, original: str) -> bool:
    """Tell whether a file name is one that a sync client, or a person who copies, makes of another (both stems)."""
    one, other = (unicodedata.normalize("NFC", item) for item in (name, original))
    return one != other and one.startswith(other) and bool(_LEFT_BEHIND.match(one[len(other) :]))


def copies_beside(path: Path, raw: Raw, password: str | None = None) -> list[Path]:
    """Return the dossiers beside this one that are the same dossier under the name of a copy, oldest first.

    The same: their logs share a change that is not of a built-in guide. A file that can't be read is no such copy.

    Args:
        raw: our own copy of the dossier: what lies at its path now may be an older one.
    """
    try:
        named = [
            item
            for item in path.parent.iterdir()
            if item.suffix.lower() == path.suffix.lower() and looks_like_copy(item.stem, path.stem) and item.is_file()
        ]
        ours = _identities(raw) if named else set()
    except (OSError, DossierError):
        return []
    found = [item for item in named if _shares(item, ours, password)]
    return sorted(found, key=lambda item: (item.stat().st_mtime_ns, item.name))


def _shares(path: Path, ours: set[tuple[int, str]], password: str | None) -> bool:
    try:
        with private_copy(path, password) as copy, errors_of(path):
            other = connect(copy, password=password)
            try:
                with bounded(other, copy):
                    check_log(other, path)
                    return not ours.isdisjoint(_identities(other))
            finally:
                other.close()
    except (OSError, DossierError):
        return False


def _identities(raw: Raw) -> set[tuple[int, str]]:
    rows = raw.execute("SELECT stamp, writer FROM change WHERE stamp >= ?", (LOWEST_REAL_STAMP,)).fetchall()
    return set(rows)
