"""Replaces aliases of panels, which occur in copies without names, by the panels' own ids: in our log and in an
incoming one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sto_desktop.domain.log.aliases import DERIVED, OF_GUIDES, Renaming, aliases, renaming
from sto_desktop.domain.log.change import Change, Erasure
from sto_desktop.domain.log.lineage import SHARED
from sto_desktop.storage.file.database import Raw
from sto_desktop.storage.log import log
from sto_desktop.storage.log.erase import strip_values
from sto_desktop.storage.log.folded import Row

_FROM = {schema: log.SELECT_CHANGE.replace("FROM change", f"FROM {schema}.change") for schema in ("main", "other")}
_PANELS = (
    "SELECT row_id FROM {schema}.change WHERE table_name = 'panel'"
    " UNION SELECT json_extract(fields, '$.panel') FROM {schema}.change"
    " WHERE json_valid(fields) AND json_type(fields, '$.panel') = 'text'"
)
_ANEW = (
    "UPDATE change SET row_id = ?, fields = ?, seq = (SELECT max(seq) + 1 FROM change) WHERE stamp = ? AND writer = ?"
)


def renaming_of_both(raw: Raw) -> Renaming:
    """Return which ids to replace in our log and in the attached one; none unless a copy without names is in either.

    Text that is not UTF-8 must arrive as bytes (log.any_text).
    """
    schemas = ("main", "other")
    if not any(_has_copy(raw, schema) for schema in schemas):
        return Renaming({})
    panels = {row for schema in schemas for (row,) in raw.execute(_PANELS.format(schema=schema)) if _is_id(row)}
    # Replace only what occurs, so that most merges leave the log as it is.
    own = {alias: panel for panel, alias in aliases(panels).items() if alias in panels}
    if not own:
        return Renaming({})
    rows = [(change.table, change.row, change.values) for schema in schemas for change in _derived_rows(raw, schema)]
    return renaming(own, rows, {table: _ids(raw, schemas, table) for table in OF_GUIDES})


def _is_id(row: object) -> bool:
    return isinstance(row, str) and bool(row)


def _has_copy(raw: Raw, schema: str) -> bool:
    return raw.execute(f"SELECT 1 FROM {schema}.writer WHERE id GLOB ?", (f"{SHARED}*",)).fetchone() is not None


def _derived_rows(raw: Raw, schema: str) -> Iterator[Change]:
    marks = ", ".join("?" * len(DERIVED))
    return log.parsed(raw.execute(f"{_FROM[schema]} WHERE table_name IN ({marks})", DERIVED).fetchall())


def _ids(raw: Raw, schemas: Sequence[str], table: str) -> set[str]:
    return {
        row
        for schema in schemas
        for (row,) in raw.execute(f"SELECT DISTINCT row_id FROM {schema}.change WHERE table_name = ?", (table,))
        if _is_id(row)
    }


def renamed(row: Sequence[object], names: Renaming) -> Sequence[object]:
    """Return a row of the log with the ids replaced; the same object if there is nothing to replace."""
    if not names.ids:
        return row
    try:
        change = log.parse_change(row)
    except log.MalformedChangeError:
        return row
    new = names.change(change)
    return row if new is change else log.log_row(new)


def rename_ours(raw: Raw, names: Renaming) -> set[Row]:
    """Replace ids in our log, inside the caller's transaction; return the rows that changed.

    The changes get a new `seq`, so that everybody who follows the log learns of them.
    """
    if not names.ids:
        return set()
    occurs = re.compile("|".join(map(re.escape, names.ids))).search
    rows: set[Row] = set()
    for old in raw.execute(f"{log.SELECT_CHANGE} ORDER BY seq").fetchall():
        if not (isinstance(old[4], str) and isinstance(old[5], str) and (occurs(old[4]) or occurs(old[5]))):
            continue
        new = renamed(old, names)
        if new is not old:
            raw.execute(_ANEW, (*new[4:6], *new[:2]))
            rows.add((str(new[3]), str(new[4])))
    _rename_erasures(raw, names)
    return rows


def _rename_erasures(raw: Raw, names: Renaming) -> None:
    ours = log.erasures(raw)
    for old in ours:
        new = names.erasure(old)
        if new != old:
            raw.execute("DELETE FROM erasure WHERE table_name = ? AND row_id = ? AND field = ?", _columns(old))
            raw.execute("INSERT INTO erasure VALUES (?, ?, ?) ON CONFLICT DO NOTHING", _columns(new))
    # What was erased under one id is erased under the other too.
    strip_values(raw, [erasure for erasure in log.erasures(raw) if erasure.row in names.reverse])


def _columns(erasure: Erasure) -> tuple[str, str, str]:
    return erasure.table, erasure.row, erasure.field
