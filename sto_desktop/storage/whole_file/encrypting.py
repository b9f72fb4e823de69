"""A working copy under another password: made beside it, where that takes long, and good until something is written."""

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
    """A copy that was made, under which password, and how what it was made from looked on disk."""

    password: str | None = field(repr=False)
    state: str


def _state(folder: Path) -> str:
    # Whatever is written goes through one of these.
    return f"{Fingerprint.of(folder / COPY)} {Fingerprint.of(folder / f'{COPY}-wal')}"


def encrypt(raw: Raw, folder: Path, password: str | None) -> Encrypted:
    """Write all that a working copy holds, also what is local to it, to a file beside it."""
    state = _state(folder)
    remove_with_journals(folder / ENCRYPTED)
    try:
        setup.export(raw, folder / ENCRYPTED, password)
    except BaseException:
        remove_with_journals(folder / ENCRYPTED)
        raise
    return Encrypted(password, state)


def still_good(made: Encrypted | None, folder: Path) -> bool:
    """Tell whether a copy that was made is there and nothing was written since."""
    return made is not None and made.state == _state(folder) and (folder / ENCRYPTED).exists()
