"""A reader of dossiers that uses docs/FILE_FORMAT.md, JSON and SQLite, and nothing of the program."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

QUARANTINE = 186_137_129_779_200_000
BUILTIN = 65_536
Id = tuple[int, str]


@dataclass
class _Said:
    """One change of the row: `fields` and `supersedes` as in the page."""

    id: Id
    action: int
    fields: dict[str, Any]
    supersedes: dict[str, list[Id]]

    def saw(self, name: str) -> list[Id]:
        return self.supersedes.get(name, [])


def notes(path: Path) -> dict[str, tuple[str, bool]]:
    """Return text and star of every existing note, by its id."""
    with closing(sqlite3.connect(path)) as raw:
        rows = raw.execute(
            "SELECT row_id, stamp, writer, action, fields, supersedes FROM change WHERE table_name = 'note'"
        ).fetchall()
        gone = {
            (row, field) for row, field in raw.execute("SELECT row_id, field FROM erasure WHERE table_name = 'note'")
        }
    said: dict[str, list[_Said]] = defaultdict(list)
    for row, stamp, writer, action, fields, supersedes in rows:
        if stamp > QUARANTINE:
            continue
        answer = {
            name: value for name, value in json.loads(fields).items() if (row, name) not in gone and _fits(name, value)
        }
        seen = {name: [_id(text) for text in ids] for name, ids in json.loads(supersedes).items()}
        said[row].append(_Said((stamp, writer), action, answer, seen))
    found = {}
    for row, changes in said.items():
        changes.sort(key=lambda item: item.id)
        _leave_out_what_copies_say(changes)
        if not _away(changes):
            found[row] = (str(_value(changes, "text", "")), bool(_value(changes, "star", False)))
    return found


def _id(text: str) -> Id:
    stamp, _, writer = text.partition(":")
    return int(stamp), writer


def _fits(name: str, value: Any) -> bool:
    if name == "text":
        return isinstance(value, str)
    return isinstance(value, bool) if name in ("star", "deleted") else True


def _value(changes: Iterable[_Said], name: str, default: Any) -> Any:
    values = [change.fields[name] for change in changes if name in change.fields]
    return values[-1] if values else default


def _heads(changes: Iterable[_Said], name: str) -> list[_Said]:
    setting = [change for change in changes if name in change.fields]
    gone = {old for change in setting for old in change.saw(name) if old < change.id}
    return [change for change in setting if change.id not in gone]


def _away(changes: list[_Said]) -> bool:
    """Deletion, by rule 4 of the page."""
    says = _heads(changes, "deleted")
    if not says or not all(change.fields["deleted"] for change in says):
        return False
    for name in {name for change in changes for name in change.fields} - {"deleted"}:
        for head in _heads(changes, name):
            own = any((head.action, head.id[1]) == (change.action, change.id[1]) for change in says)
            if not own and not any(head.id in change.saw(name) for change in says):
                return False
    return True


def _leave_out_what_copies_say(changes: list[_Said]) -> None:
    """«Copies to share», field by field."""
    for name in {name for change in changes for name in change.fields}:
        setting = [change for change in changes if name in change.fields]
        copied = [change for change in setting if change.id[1].startswith(("shared:", "redacted:"))]
        proposed = [
            change
            for change in setting
            if change not in copied and any(writer.startswith("redacted:") for _, writer in change.saw(name))
        ]
        builtin = [change for change in setting if change.id[0] < BUILTIN]
        left_out: list[_Said] = []
        if any(change not in copied and change not in proposed and change not in builtin for change in setting):
            left_out = [*copied, *proposed]
        elif copied:
            left_out = [*builtin, *copied[:-1]]
        for change in left_out:
            del change.fields[name]
