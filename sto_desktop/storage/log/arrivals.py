"""What arrived in a dossier since a mark: new, changed and deleted rows, their authors, consent taken back, and new
conflicts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.consent import CONSENT_QUESTIONS, Answers, TakenBack, taken_back
from sto_desktop.domain.record import spec_of
from sto_desktop.storage.file.database import Raw
from sto_desktop.storage.file.schema import folded
from sto_desktop.storage.log import log
from sto_desktop.storage.log.folded import Row

_OF_WHOM = (
    "SELECT DISTINCT c.table_name, c.row_id, w.person FROM change AS c LEFT JOIN writer AS w ON w.id = c.writer"
    " WHERE c.seq > ?"
)
_THERE = (
    'SELECT id FROM "{table}" WHERE deleted = 0 AND known = 1'
    " AND id IN (SELECT row_id FROM change WHERE seq > ? AND table_name = '{table}')"
)
_DELETED_SINCE = (
    "SELECT DISTINCT table_name, row_id FROM change"
    " WHERE seq > ? AND json_valid(fields) AND json_extract(fields, '$.deleted')"
)

_WIPED = "SELECT row_id FROM erasure WHERE table_name = 'panelist' AND field = 'name' ORDER BY row_id"


@dataclass(frozen=True)
class LogPoint:
    """The position of a dossier's log at a moment, its conflicts, and its members' names and answers about consent (by
    id, as stored).
    """

    seq: int
    conflicts: frozenset[tuple[str, str, str]]
    answers: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Arrivals:
    """What arrived: ids of rows by table.

    `people`: authors, with the number of rows that each changed; an empty name is unknown. `conflicts`: new ones, as
    (table, row, field). `left_behind`: a sentence about content of the other file that was not merged
    (left_behind.LeftBehind). `taken_back`: what members allowed here before, and do not any more; `wiped`: members
    (ids) whose data were wiped elsewhere.
    """

    new: Mapping[str, Sequence[str]] = field(default_factory=dict)
    changed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    deleted: Mapping[str, Sequence[str]] = field(default_factory=dict)
    conflicts: Sequence[tuple[str, str, str]] = ()
    people: Mapping[str, int] = field(default_factory=dict)
    left_behind: str = ""
    taken_back: Sequence[TakenBack] = ()
    wiped: Sequence[str] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing visible arrived."""
        return not (self.new or self.changed or self.deleted or self.conflicts or self.left_behind or self.wiped)


NOTHING = Arrivals()


def mark(raw: Raw) -> LogPoint:
    """Return the current mark of a dossier."""
    conflicts = raw.execute("SELECT table_name, row_id, field FROM conflict").fetchall()
    return LogPoint(log.last_seq(raw), frozenset(conflicts), _answers(raw))


def _answers(raw: Raw) -> dict[str, tuple[str, ...]]:
    fields = ", ".join(question.field for question in CONSENT_QUESTIONS)
    rows = raw.execute(f"SELECT id, name, {fields} FROM panelist WHERE deleted = 0 AND known = 1").fetchall()
    return {member: tuple(stored) for member, *stored in rows}


def _decoded(stored: tuple[str, ...]) -> Answers:
    name, *values = stored
    fields = [spec_of(Panelist).fields[question.field] for question in CONSENT_QUESTIONS]
    return Answers(name, {field.name: field.decode(value) for field, value in zip(fields, values, strict=True)})


def _taken_back(before: LogPoint, now: LogPoint) -> tuple[TakenBack, ...]:
    # Most members answered nothing new, so most answers are compared as they are stored.
    other = [member for member, stored in now.answers.items() if before.answers.get(member, stored) != stored]
    then, afterwards = ({member: _decoded(point.answers[member]) for member in other} for point in (before, now))
    return taken_back(then, afterwards)


def arrivals(raw: Raw, since: LogPoint, now: LogPoint, left_behind: str = "") -> Arrivals:
    """Return what arrived since a mark; `now`: that of this moment."""
    people: Counter[str] = Counter()
    rows: set[Row] = set()
    for table, row, person in raw.execute(_OF_WHOM, (since.seq,)).fetchall():
        # Changes in tables unknown to this program are stored but not shown.
        if table in folded:
            rows.add((table, row))
            people[person or ""] += 1
    new: dict[str, list[str]] = defaultdict(list)
    changed: dict[str, list[str]] = defaultdict(list)
    deleted: dict[str, list[str]] = defaultdict(list)
    known_before = log.rows_known_before(raw, since.seq)
    deleted_since = set(raw.execute(_DELETED_SINCE, (since.seq,)).fetchall())
    existing = {table: _ids(raw, _THERE.format(table=table), since.seq) for table in {table for table, _ in rows}}
    for table, row in sorted(rows):
        if row in existing[table]:
            (changed if (table, row) in known_before else new)[table].append(row)
        # A row that arrived and was deleted elsewhere was never visible here.
        elif (table, row) in deleted_since and (table, row) in known_before:
            deleted[table].append(row)
    conflicts = tuple(sorted(now.conflicts - since.conflicts))
    # The name is the first of what is stored.
    gone = tuple(member for (member,) in raw.execute(_WIPED) if any(since.answers.get(member, ())[:1]))
    withdrawn = _taken_back(since, now)
    return Arrivals(dict(new), dict(changed), dict(deleted), conflicts, dict(people), left_behind, withdrawn, gone)


def _ids(raw: Raw, statement: str, seq: int) -> set[str]:
    return {row for (row,) in raw.execute(statement, (seq,)).fetchall()}
