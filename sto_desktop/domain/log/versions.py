"""The versions of a row: what its fields said after each of its changes, and the action that goes back to one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sto_desktop.domain.log.change import Action, Change, action, change
from sto_desktop.domain.record import DELETED, InvalidValue, Json
from sto_desktop.domain.tables import tables
from sto_desktop.language import tr_later


def versions(table: str, changes: Iterable[Change]) -> list[dict[str, Json]]:
    """Return, for each change in the order given, the fields of the row as they were after it, as the log has them."""
    known = tables()[table].fields
    so_far: dict[str, Json] = {}
    result = []
    for item in changes:
        so_far = {**so_far, **{name: value for name, value in item.values.items() if name in known or name == DELETED}}
        result.append(dict(so_far))
    return result


def back_to(table: str, row: str, version: Mapping[str, Json]) -> Action:
    """Give a row the values that it had; where it was taken away since, it comes back."""
    fields = tables()[table].fields
    values: dict[str, Any] = {DELETED: False}
    for name, value in version.items():
        if name in fields:
            try:
                values[name] = fields[name].decode(value)
            except InvalidValue:
                # A newer program's value: what this one can't read it leaves as it is.
                continue
    return action(tr_later("terug naar eerdere versie"), change(table, row, **values))
