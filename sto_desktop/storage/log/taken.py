"""Which files were merged whole, by the digest of their content: merging the same bytes again can bring nothing.

It stands in the local settings of the working copy, in the transaction of the merge itself, so that it is never of
another log. It is forgotten when something is erased here: then it has to be told anew what a file still has of that.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sto_desktop.storage.file.database import Raw
from sto_desktop.storage.file.files import settled_digest

_NAME = "merged:"


def known(raw: Raw) -> Mapping[str, int]:
    """Return what was merged whole: the digests, each with the size of the file."""
    rows = raw.execute(f"SELECT name, value FROM setting WHERE name GLOB '{_NAME}*'").fetchall()
    return {name.removeprefix(_NAME): int(size) for name, size in rows}


def digest_if_known(known: Mapping[str, int], path: Path) -> str:
    """Return the digest of a file if its content was merged whole; empty if not, or if somebody may be writing it."""
    try:
        size = path.stat().st_size
    except OSError:
        return ""
    # By the size first, since hashing reads the whole file, perhaps from a slow place.
    digest = settled_digest(path) if size in known.values() else ""
    return digest if digest in known else ""


def remember(raw: Raw, digest: str, size: int) -> None:
    """Remember that content with this digest is in our log, inside the caller's transaction."""
    raw.execute(
        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", (f"{_NAME}{digest}", str(size))
    )


def forget(raw: Raw) -> None:
    """Forget all of it, inside the caller's transaction."""
    raw.execute(f"DELETE FROM setting WHERE name GLOB '{_NAME}*'")
