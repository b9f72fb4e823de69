"""What is known of a file that came in, and is kept with the backups: its name, and of an import what it held.

It stands in the table of settings of the kept dossier, which is local: under the password of the backups, and in no
copy that leaves. A name of a file may be that of a person, and nobody can tell what an imported file holds. So both go
at the first wiping after they came.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sto_desktop.domain.log.change import Erasure
from sto_desktop.storage.file.database import Raw, connect, transaction
from sto_desktop.storage.file.files import is_plain
from sto_desktop.storage.file.local import leave_wal, set_setting, setting
from sto_desktop.storage.log import log
from sto_desktop.storage.log.layout import create_dossier
from sto_desktop.storage.log.renew import renewed
from sto_desktop.storage.whole_file import setup

_NAME, _ACCOUNT, _CONTENT = "came_in_name", "came_in_account", "came_in_content"

LARGEST_KEPT = 50_000_000
"""Bytes of an imported file that are kept; of a larger one only the name and the account."""


@dataclass(frozen=True)
class CameIn:
    """A file that came in. `name`: empty if something was wiped since; `account`: what an import became, None for a
    merged dossier; `content`: of an import, None if it was not kept.
    """

    name: str = ""
    account: str | None = None
    content: bytes | None = None


def describe_merged(
    file: Path, name: str, erased: Collection[Erasure], password: str | None, *, ours: bool = False
) -> None:
    """Store in a copy of a merged dossier what it was called; what another program put there is left out.

    Args:
        ours: it was found sound, with our tables, so it is not looked through once more.
    """
    if not ours:
        renewed(file, file, password)
    with closing(connect(file, password=password)) as raw:
        # It is synced when it is complete, before it has its name.
        raw.execute("PRAGMA synchronous = OFF")
        with transaction(raw):
            setup.empty_local(raw)
            _store(raw, {_NAME: name}, erased)
        leave_wal(raw)


def describe_imported(file: Path, came: CameIn, erased: Collection[Erasure], password: str | None) -> None:
    """Make an empty dossier that holds an imported file."""
    said = {_NAME: came.name, _ACCOUNT: came.account or ""}
    if came.content is not None:
        said[_CONTENT] = base64.b64encode(came.content).decode("ascii")
    with closing(connect(file, password=password)) as raw:
        create_dossier(raw)
        with transaction(raw):
            _store(raw, said, erased)


def _store(raw: Raw, said: Mapping[str, str], erased: Collection[Erasure]) -> None:
    for name, value in said.items():
        set_setting(raw, name, value)
    # By these one tells later what was wiped after it came in.
    rows = [(erasure.table, erasure.row, erasure.field) for erasure in erased]
    raw.executemany("INSERT INTO erasure (table_name, row_id, field) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", rows)


def came_in(file: Path, password: str | None) -> CameIn:
    """Return what is known of a kept file; SqliteError or DossierError if it can't be opened."""
    with closing(connect(file, password=None if is_plain(file) else password, mode="ro")) as raw:
        content = setting(raw, _CONTENT)
        return CameIn(setting(raw, _NAME) or "", setting(raw, _ACCOUNT), base64.b64decode(content) if content else None)


def wiped_since(file: Path, erased: Collection[Erasure], password: str | None) -> bool:
    """Return whether something was wiped after a file came in; SqliteError or DossierError if it can't be opened."""
    with closing(connect(file, password=None if is_plain(file) else password, mode="ro")) as raw:
        return not set(erased) <= set(log.erasures(raw))


def forget_name(file: Path, erased: Collection[Erasure], password: str | None) -> None:
    """Forget what a merged dossier was called, since something was wiped that may be in its name."""
    with closing(connect(file, password=None if is_plain(file) else password)) as raw, transaction(raw):
        _store(raw, {_NAME: ""}, erased)
