"""Keeps files that come in with the backups of the dossier that takes them in."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sto_desktop.domain.log.change import Erasure
from sto_desktop.own_files import copy_file, open_file
from sto_desktop.storage.whole_file.backup import Reason, bring_in_line, keep
from sto_desktop.storage.whole_file.came_in import LARGEST_KEPT, CameIn, describe_imported, describe_merged


def keep_merged(
    merged: Path,
    came: str,
    erased: Collection[Erasure],
    folder: Path,
    now: datetime,
    password: str | None,
    wanted: str | None,
    *,
    ours: bool,
) -> Path:
    """Keep a private copy of a dossier that comes in.

    Args:
        came: the name of the file.
        erased: what was wiped here.
        password: of the copy; `wanted`: of the backups.
        ours: it was found sound, with our tables, and is needed no longer.
    """

    def write(target: Path) -> None:
        _put(merged, target, moved=ours)
        bring_in_line(target, erased, password, wanted)
        describe_merged(target, came, erased, wanted, ours=ours)

    return keep(folder, now, Reason.CAME_IN, write).path


def _put(file: Path, target: Path, *, moved: bool) -> None:
    if moved:
        with suppress(OSError):
            # Not to another disk.
            file.replace(target)
            return
    copy_file(file, target)


def keep_imported(
    file: Path,
    account: str,
    erased: Collection[Erasure],
    folder: Path,
    now: datetime,
    wanted: str | None,
    *,
    whole: bool = True,
) -> Path:
    """Keep a file that was imported, with the account of it; of one that is gone or too large, or not `whole`, only its
    name.
    """
    content = None
    if whole:
        with suppress(OSError), open_file(file) as opened:
            read = opened.read(LARGEST_KEPT + 1)
            content = read if len(read) <= LARGEST_KEPT else None
    came = CameIn(file.name, account, content)
    return keep(folder, now, Reason.CAME_IN, lambda target: describe_imported(target, came, erased, wanted)).path
