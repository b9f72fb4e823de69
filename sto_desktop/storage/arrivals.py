"""What came into a dossier since a moment: which rows are new, changed or away, from whom, and what now disagrees."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sto_desktop.storage import log
from sto_desktop.storage.database import Raw
from sto_desktop.storage.folded import Row
from sto_desktop.storage.schema import folded

_OF_WHOM = (
    "SELECT DISTINCT c.table_name, c.row_id, w.person FROM change AS c LEFT JOIN writer AS w ON w.id = c.writer"
    " WHERE c.seq > ?"
)
_KNOWN_BEFORE = "SELECT 1 FROM change WHERE row_id = ? AND table_name = ? AND seq <= ? LIMIT 1"
_DELETED_SINCE = (
    "SELECT 1 FROM change WHERE row_id = ? AND table_name = ? AND seq > ? AND json_valid(fields)"
    " AND json_extract(fields, '$.deleted')"
)


@dataclass(frozen=True)
class Mark:
    """How far a dossier had come at a moment, and about what it disagreed with itself."""

    seq: int
    conflicts: frozenset[tuple[str, str, str]]


@dataclass(frozen=True)
class Arrivals:
    """What came in: ids of rows by table.

    `people`: from whom, with how many rows each touched; a name is empty where nobody gave one. `conflicts` are new
    ones, as (table, row, field).
    """

    new: Mapping[str, Sequence[str]] = field(default_factory=dict)
    changed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    deleted: Mapping[str, Sequence[str]] = field(default_factory=dict)
    conflicts: Sequence[tuple[str, str, str]] = ()
    people: Mapping[str, int] = field(default_factory=dict)

    @property
    def nothing(self) -> bool:
        """Whether nothing came that anybody would see."""
        return not (self.new or self.changed or self.deleted or self.conflicts)


NOTHING = Arrivals()


def mark(raw: Raw) -> Mark:
    """Return how far a dossier has come now."""
    found = raw.execute("SELECT table_name, row_id, field FROM conflict").fetchall()
    return Mark(log.last_seq(raw), frozenset(found))


def arrivals(raw: Raw, since: Mark) -> Arrivals:
    """Return what came in since a mark was taken."""
    people: Counter[str] = Counter()
    rows: set[Row] = set()
    for table, row, person in raw.execute(_OF_WHOM, (since.seq,)).fetchall():
        if table in folded:
            rows.add((table, row))
            people[person or ""] += 1
    new: dict[str, list[str]] = defaultdict(list)
    changed: dict[str, list[str]] = defaultdict(list)
    deleted: dict[str, list[str]] = defaultdict(list)
    for table, row in sorted(rows):
        there = raw.execute(f'SELECT deleted = 0 FROM "{table}" WHERE id = ? AND known = 1', (row,)).fetchone()
        known = raw.execute(_KNOWN_BEFORE, (row, table, since.seq)).fetchone()
        if there and there[0]:
            (changed if known else new)[table].append(row)
        elif known and raw.execute(_DELETED_SINCE, (row, table, since.seq)).fetchone():
            deleted[table].append(row)
    conflicts = tuple(sorted(mark(raw).conflicts - since.conflicts))
    return Arrivals(dict(new), dict(changed), dict(deleted), conflicts, dict(people))
