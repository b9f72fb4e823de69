"""Recognises where a dossier is stored (sync folder, network share, USB stick), and copies left by sync clients."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path, PurePath

from sto_desktop.storage.file.database import Raw
from sto_desktop.storage.log.within import has_changes_of


class PlaceKind(Enum):
    """The kind of place in which a dossier is stored."""

    LOCAL = auto()
    SYNCED = auto()
    NETWORK = auto()
    REMOVABLE = auto()


@dataclass(frozen=True)
class DossierPlace:
    """A kind of place with its product name: "OneDrive", "Dropbox"; empty if unknown."""

    kind: PlaceKind
    name: str = ""


@dataclass(frozen=True)
class Mount:
    """A file system: its mount point, type and options."""

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
# Set by the OneDrive client on Windows.
_VARIABLES = (("OneDriveCommercial", "OneDrive"), ("OneDriveConsumer", "OneDrive"), ("OneDrive", "OneDrive"))
_NETWORK = ("nfs", "nfs4", "cifs", "smbfs", "smb3", "afpfs", "webdav", "fuse.sshfs", "davfs", "fuse.davfs2", "9p")
_STICKS = ("vfat", "exfat", "msdos")


def system_mounts() -> list[Mount]:
    """Return the mounted file systems of this computer."""
    import psutil

    return [
        Mount(partition.mountpoint, partition.fstype, partition.opts) for partition in psutil.disk_partitions(all=True)
    ]


def place_of(
    path: Path, mounts: Callable[[], Iterable[Mount]] = system_mounts, variables: Mapping[str, str] = os.environ
) -> DossierPlace:
    """Return the kind of place in which a dossier is stored, by its folder names and its file system.

    A synced Teams or SharePoint library has a folder named after the organisation next to OneDrive's, known only to the
    client; it is recognised if the client's environment variable names the parent folder.
    """
    whole = path.absolute()
    # Folder names first: a sync folder is on a local disk.
    for folder_name in whole.parts[:-1]:
        for pattern, name in _CLIENTS:
            if pattern.match(folder_name):
                return DossierPlace(PlaceKind.SYNCED, name)
    for variable, name in _VARIABLES:
        folder = variables.get(variable)
        if folder and Path(folder) in whole.parents:
            return DossierPlace(PlaceKind.SYNCED, name)
    # A Windows network path (UNC) has no mount.
    if str(path).startswith("\\\\"):
        return DossierPlace(PlaceKind.NETWORK)
    return DossierPlace(_kind_of_mount(whole, mounts()))


def _kind_of_mount(path: PurePath, mounts: Iterable[Mount]) -> PlaceKind:
    above = {str(parent) for parent in path.parents}
    # Mounts nest: the longest path is the file system of the file.
    nearest = max((mount for mount in mounts if mount.point in above), key=lambda mount: len(mount.point), default=None)
    if nearest is None:
        return PlaceKind.LOCAL
    options = nearest.options.split(",")
    if nearest.type.lower() in _NETWORK or "remote" in options:
        return PlaceKind.NETWORK
    # FAT is used on sticks, but also on the boot partition.
    if "removable" in options or (nearest.type.lower() in _STICKS and not nearest.point.startswith("/boot")):
        return PlaceKind.REMOVABLE
    return PlaceKind.LOCAL


# Copies left by sync clients

_LEFT_BEHIND = re.compile(
    r"""^(
    [ ]?\((?:\d{1,2}|conflict|.*\b(?:kopie|copy|case[ ]conflict)\b.*)\)  # Dropbox, Nextcloud, Google Drive: Naam (…)
    | [ ]?\[conflict\]                                          # Google Drive
    | [ ]\d{1,2}                                                # iCloud: Naam 2
    | \s*-\s*(?:kopie|copy)(?:\s*\(\d+\))?                     # Windows Explorer: Naam - kopie (2)
    | \s+(?:kopie|copy)(?:\s*\d+)?                             # macOS Finder: Naam kopie 2
    | \.sync-conflict-[\w-]+                                   # Syncthing
    | [-_]conflict-\d[\w-]*                                    # earlier clients of Nextcloud
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
_BEFORE = re.compile(r"^(kopie van|copy of) ", re.IGNORECASE)
"""Google Drive."""
_COMPUTER = re.compile(r"^-((?:DESKTOP|LAPTOP|MACBOOK|SURFACE|PC|NB|LT|WS|WIN)-?(?=[A-Z-]*\d)[A-Z\d-]+)$")
"""OneDrive adds the name of the computer: Naam-LAPTOP-2. Windows and most schools give names like these; a word that a
person adds («-archief», «-2024») is none."""


def looks_like_copy(name: str, original: str, devices: Collection[str] = ()) -> bool:
    """Return whether a file name looks like a copy of another, made by a sync client or Explorer (both stems).

    `devices`: names of computers that wrote in the dossier, which OneDrive may add too.
    """
    # macOS decomposes accents in file names.
    first, second = (unicodedata.normalize("NFC", stem) for stem in (name, original))
    if _BEFORE.sub("", first) == second != first:
        return True
    if first == second or not first.startswith(second):
        return False
    rest = first[len(second) :]
    added = re.sub(r"-\d{1,2}$", "", rest).removeprefix("-").casefold()
    known = rest.startswith("-") and added in {device.casefold() for device in devices if device}
    return known or bool(_COMPUTER.match(rest) or _LEFT_BEHIND.match(rest))


def copies_beside(path: Path, raw: Raw, password: str | None = None, home: Path | None = None) -> list[Path]:
    """Return the dossiers next to this one that are copies of it by name and content, oldest first.

    Same content means that the logs share a change that is not from a built-in guide. Unreadable files do not count.

    Args:
        raw: our own copy of the dossier, since the file at its path may be older.
        home: of the working copies; by default that of this user.
    """
    try:
        devices = {device for (device,) in raw.execute("SELECT DISTINCT device FROM writer")}
        named = [
            file
            for file in path.parent.iterdir()
            if file.suffix.lower() == path.suffix.lower()
            and looks_like_copy(file.stem, path.stem, devices)
            and file.is_file()
        ]
    except OSError:
        return []
    copies = [file for file in named if has_changes_of(raw, file, password, home)]
    return sorted(copies, key=lambda file: (file.stat().st_mtime_ns, file.name))
