"""Makes a copy of the working copy under another password, which takes long; valid until the next write."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sto_desktop.storage.file.database import Raw
from sto_desktop.storage.file.files import Fingerprint, remove_with_journals
from sto_desktop.storage.file.local import COPY
from sto_desktop.storage.whole_file import setup

ENCRYPTED = "sleutel.sto"


@dataclass(frozen=True)
class Encrypted:
    """A copy that was made, its password, and the state on disk of its source."""

    password: str | None = field(repr=False)
    state: str


def _state(folder: Path) -> str:
    # Every write changes one of these files.
    return f"{Fingerprint.of(folder / COPY)} {Fingerprint.of(folder / f'{COPY}-wal')}"


def encrypt(raw: Raw, folder: Path, password: str | None) -> Encrypted:
    """Write everything in a working copy, including local data, to a file next to it."""
    # Take the state before copying: a write during the copy makes it outdated.
    state = _state(folder)
    remove_with_journals(folder / ENCRYPTED)
    try:
        setup.export(raw, folder / ENCRYPTED, password)
    except BaseException:
        remove_with_journals(folder / ENCRYPTED)
        raise
    return Encrypted(password, state)


def still_good(made: Encrypted | None, folder: Path) -> bool:
    """Return whether a copy still exists and its source has not been written since."""
    return made is not None and made.state == _state(folder) and (folder / ENCRYPTED).exists()
