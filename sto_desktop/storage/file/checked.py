"""Which content was found sound on this computer, by its digest: the same bytes are not looked through again."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from sto_desktop.own_files import write_whole

_FILE = "nagekeken.txt"
_MOST = 200
"""Digests that are kept; the oldest go."""
_JOURNALS = ("-journal", "-wal")


def digest(file: Path) -> str:
    """Return the digest of a private copy; empty if a journal beside it will change it, or it can't be read."""
    with suppress(OSError):
        if not any(file.with_name(file.name + ending).exists() for ending in _JOURNALS):
            with file.open("rb") as content:
                return hashlib.file_digest(content, "sha256").hexdigest()
    return ""


def is_known(home: Path, digest: str) -> bool:
    """Return whether this content was found sound here before."""
    return bool(digest) and digest in _known(home)


def remember(home: Path, digest: str) -> None:
    """Remember that this content is sound; where the disk refuses, it is looked through again the next time."""
    known = _known(home)
    if digest and digest not in known:
        lines = "\n".join((digest, *known)[:_MOST])
        with suppress(OSError):
            write_whole(home / _FILE, lines.encode(), keep_mode=False, sync=False)


def _known(home: Path) -> list[str]:
    with suppress(OSError, UnicodeDecodeError):
        return (home / _FILE).read_text(encoding="ascii").split()
    return []
