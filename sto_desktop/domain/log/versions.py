"""The versions of a row: its field values after each change, and the action that restores one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sto_desktop.domain.log.change import Action, Change, action, change
from sto_desktop.domain.record import DELETED, InvalidValue, Json
from sto_desktop.domain.tables import tables
from sto_desktop.language import tr_later


def versions(table: str, changes: Iterable[Change]) -> list[dict[str, Json]]:
    """Return, for each change in the given order, the log values of the row's fields after it."""
    fields = tables()[table].fields
    so_far: dict[str, Json] = {}
    result = []
    for logged in changes:
        so_far = {
            **so_far,
            **{name: value for name, value in logged.values.items() if name in fields or name == DELETED},
        }
        result.append(dict(so_far))
    return result


def back_to(table: str, row: str, version: Mapping[str, Json]) -> Action:
    """Restore an earlier version of a row, undeleting it if needed."""
    fields = tables()[table].fields
    values: dict[str, Any] = {DELETED: False}
    for name, value in version.items():
        if name in fields:
            try:
                values[name] = fields[name].decode(value)
            except InvalidValue:
                # Skip values of a newer program that this one can't decode; they stay as they are.
                continue
    return action(tr_later("terug naar eerdere versie"), change(table, row, **values))
