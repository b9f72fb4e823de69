"""Copies of a dossier to send: all or part of it, with its history, or without names and then without history."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sto_desktop
from sto_desktop.domain.log.aliases import DERIVED, Renaming, aliases, renaming
from sto_desktop.domain.log.change import Change, ChangeId, Writer
from sto_desktop.domain.log.clock import LOWEST_REAL_STAMP, next_stamp
from sto_desktop.domain.log.fold import heads, readable
from sto_desktop.domain.log.lineage import REDACTED, SHARED, is_proposal, with_lineage
from sto_desktop.domain.model import Panelist, Tag, Theme, Voice
from sto_desktop.domain.panel.same import with_consent_of_all
from sto_desktop.domain.privacy.participation import NOTHING, Withheld, said_of_itself
from sto_desktop.domain.privacy.redaction import Found
from sto_desktop.domain.privacy.remaining import Remaining
from sto_desktop.domain.privacy.sharing import Projection, SharedScope, Sharing
from sto_desktop.domain.privacy.special import said_as_noted
from sto_desktop.domain.privacy.to_check import ToCheck
from sto_desktop.domain.record import DELETED, Json, TableSpec, spec_of
from sto_desktop.domain.tables import tables
from sto_desktop.json_text import read_json
from sto_desktop.own_files import put_in_place, temporary_beside
from sto_desktop.storage.file.database import Raw, connect, transaction
from sto_desktop.storage.file.files import not_made, publish_error, remove_with_journals
from sto_desktop.storage.file.schema import columns_of
from sto_desktop.storage.log import folded, log
from sto_desktop.storage.log.folded import Row
from sto_desktop.storage.log.layout import create_dossier
from sto_desktop.storage.read.reader import Reader
from sto_desktop.storage.read.rows import Rows
from sto_desktop.storage.whole_file import setup
from sto_desktop.storage.whole_file.withholding import withheld_of

_ABOVE = ("guide", "theme", "question", "probe", "tag")
"""Tables whose rows are included because another row refers to them, or because their owner is included."""

_FINDINGS = (
    "insight",
    "insight_insight",
    "insight_note",
    "recommendation",
    "recommendation_insight",
    "recommendation_note",
    "recommendation_theme",
)


_TEXTS = "SELECT text FROM note WHERE deleted = 0 AND known = 1"


@dataclass(frozen=True)
class Shared:
    """The result of making a copy: its path, its number of rows per table, and possible names for a person to
    check.

    `left_out`: number of notes left out because a speaker does not take part. `heed`: what stands in texts that go as
    they were noted.
    """

    path: Path
    rows: dict[str, int]
    left_out: int = 0
    to_check: tuple[ToCheck, ...] = ()
    remaining: tuple[Remaining, ...] = ()
    heed: str = ""


def write_copy(
    raw: Raw,
    target: Path,
    sharing: Sharing,
    sender: Writer,
    now: int,
    password: str | None = None,
    *,
    anyway: bool = False,
) -> Shared:
    """Write a copy of an open dossier to `target`, replacing any file there, completely or not at all.

    Args:
        sender: who sends it; only the person's name is included.
        now: milliseconds since 1970.
        anyway: write it even if a name remains in it that may not be.

    Raises:
        PublishError: it can't be written there; an existing file is unchanged.
        NamesRemainError, UnknownPeopleError: as `Watch.check`.
    """
    if not target.parent.is_dir():
        raise not_made(publish_error(target, FileNotFoundError()))
    temporary = temporary_beside(target)
    goes = withheld_of(Reader(raw))
    projection: Projection | None = None
    try:
        if sharing.with_history and sharing.scope is SharedScope.ALL and goes == NOTHING:
            _copy_whole(raw, temporary, password)
        else:
            copy = connect(temporary, password=password)
            try:
                # The temporary file is written once and replaced, so it needs no journal.
                copy.execute("PRAGMA journal_mode = OFF")
                create_dossier(copy)
                with transaction(copy):
                    projection = _fill(raw, copy, sharing, goes, sender, now)
                # Leave nothing of the original in free pages.
                copy.execute("VACUUM")
            finally:
                copy.close()
        copy = connect(temporary, password=password)
        try:
            rows = {name: _count(copy, name) for name in tables()}
            remaining = _remaining(copy, target, projection, sender, anyway=anyway) if projection else ()
            heed = _heed(copy) if sharing.naming is None else ""
        finally:
            copy.close()
        put_in_place(temporary, target)
    except OSError as error:
        raise not_made(publish_error(target, error)) from error
    finally:
        remove_with_journals(temporary)
    to_check = projection.to_check() if projection else ()
    left_out = len(_notes_of(raw, goes.notes, sharing.panel))
    return Shared(target, {name: count for name, count in rows.items() if count}, left_out, to_check, remaining, heed)


def _heed(copy: Raw) -> str:
    """Return what to know of the notes in a copy in which nothing is replaced."""
    texts = (text for (text,) in copy.execute(_TEXTS))
    return said_as_noted(texts, Reader(copy).members.every())


def _remaining(
    copy: Raw, target: Path, projection: Projection, sender: Writer, *, anyway: bool
) -> tuple[Remaining, ...]:
    """Return the names that remain in any table of a finished copy, its log included."""
    watch = projection.watch((sender.person,))
    parts = [("bestandsnaam", target.name), *_texts_in_tables(copy)] if watch else []
    return watch.check(target.name, parts, anyway=anyway)


def _texts_in_tables(copy: Raw) -> Iterator[tuple[str, str]]:
    """Yield every text in a dossier but the ids of rows, which name nobody."""
    names = [name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    ids = {row for name in tables() for (row,) in copy.execute(f'SELECT id FROM "{name}"')}
    for name in names:
        for row in copy.execute(f'SELECT * FROM "{name}"'):
            yield from ((name, text) for value in row for text in _texts_of(value) if text not in ids)


def _texts_of(value: object) -> Iterator[str]:
    """Yield the texts in a cell: of the log, those in its JSON."""
    if isinstance(value, str) and value.startswith(("{", "[")):
        with contextlib.suppress(ValueError):
            value = read_json(value)
    # A note may be nothing but brackets, as deep as `read_json` goes.
    parts = [value]
    while parts:
        part = parts.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict | list):
            parts += part.values() if isinstance(part, dict) else part


def _notes_of(raw: Raw, notes: Iterable[str], panel: str | None) -> set[str]:
    """Return which of these notes belong to one panel, or (None) to any."""
    if panel is None:
        return set(notes)
    return {row for (row,) in raw.execute("SELECT id FROM note WHERE panel = ?", (panel,))} & set(notes)


def _count(raw: Raw, table: str) -> int:
    return int(raw.execute(f'SELECT count(*) FROM "{table}" WHERE deleted = 0 AND known = 1').fetchone()[0])


def _copy_whole(raw: Raw, target: Path, password: str | None) -> None:
    setup.export(raw, target, password)
    copy = connect(target, password=password)
    try:
        copy.execute("PRAGMA journal_mode = OFF")
        setup.clear_local(copy)
        copy.execute("VACUUM")
    finally:
        copy.close()


def _fill(raw: Raw, copy: Raw, sharing: Sharing, goes: Withheld, sender: Writer, now: int) -> Projection | None:
    """Fill a copy; return what replaced the names in it, None if it is the log itself."""
    rows = _rows_of(raw, sharing, goes)
    projection = None
    if sharing.with_history and goes == NOTHING:
        _copy_log(raw, copy, rows)
    else:
        _copy_builtin(raw, copy)
        projection = _projection(raw, sharing, goes, rows)
        _project(raw, copy, rows, projection, sender, now)
    folded.rebuild(copy)
    return projection


def _projection(raw: Raw, sharing: Sharing, goes: Withheld, rows: Collection[Row]) -> Projection:
    read = Reader(raw)
    members = with_consent_of_all(read.rows.records(Panelist), read.panels.sameness())
    # Labels that are not in the copy must not be reported as possible names.
    tags = [tag for tag in read.rows.records(Tag) if ("tag", tag.id) in rows]
    panels = read.panels.every()
    themes = (theme.title for theme in read.rows.records(Theme))
    about = (*themes, *(text for panel in panels for text in said_of_itself(panel)))
    decisions = read.course.name_decisions()
    return Projection(sharing, members, goes, tags, read.rows.records(Voice), about, decisions, panels)


def names_in_copy(raw: Raw, sharing: Sharing) -> tuple[Found, ...]:
    """Return the names in the texts that a copy would hold, before it is made; none if it is the log itself."""
    goes = withheld_of(Reader(raw))
    if sharing.naming is None:
        return ()
    rows = _rows_of(raw, sharing, goes)
    projection, stored = _projection(raw, sharing, goes, rows), Rows(raw)
    for table in tables().values():
        wanted = {row for name, row in rows if name == table.name}
        for record in stored.records(table.record) if wanted else ():
            if record.id in wanted and projection.holds(record):
                projection.replaced(record)
    return projection.names_found


# Which rows


def _rows_of(raw: Raw, sharing: Sharing, goes: Withheld) -> set[Row]:
    """Return the rows that go into a copy, including deleted ones."""
    if sharing.panel is None:
        chosen = {(name, row) for name in tables() for (row,) in raw.execute(f'SELECT id FROM "{name}"')}
    else:
        chosen = _with_children(raw, {("panel", sharing.panel)}, tables())
    if sharing.scope is SharedScope.FINDINGS:
        chosen = _findings(raw, chosen, goes)
    return _with_above(raw, chosen) if sharing.panel is not None or sharing.scope is SharedScope.FINDINGS else chosen


def _with_children(raw: Raw, chosen: set[Row], among: Collection[str]) -> set[Row]:
    """Return rows with everything they own in these tables, recursively."""
    rows = set(chosen)
    waiting = list(chosen)
    # Owned rows may own rows themselves, and may be reached twice.
    while waiting:
        table, row = waiting.pop()
        for child, column in _owned(table):
            if child.name not in among:
                continue
            for (identity,) in raw.execute(f'SELECT id FROM "{child.name}" WHERE "{column}" = ?', (row,)).fetchall():
                if (child.name, identity) not in rows:
                    rows.add((child.name, identity))
                    waiting.append((child.name, identity))
    return rows


def _owned(table: str) -> Iterator[tuple[TableSpec, str]]:
    for spec in tables().values():
        for field in spec.fields.values():
            if field.parent == table and field.owned:
                yield spec, columns_of(field)[0]


def _findings(raw: Raw, chosen: Iterable[Row], goes: Withheld) -> set[Row]:
    """Return the insights and recommendations, with the notes behind them (or their replacements) and the speakers."""
    among = set(chosen)
    included = {(table, row) for table, row in among if table in (*_FINDINGS, "panel")}
    notes: set[str] = set()
    for table in ("insight_note", "recommendation_note"):
        links = raw.execute(f'SELECT id, note FROM "{table}" WHERE deleted = 0').fetchall()
        notes.update(goes.instead(note for row, note in links if (table, row) in included and note is not None))
    included |= {("note", note) for note in notes} & among
    for row, note, panelist in raw.execute("SELECT id, note, panelist FROM voice WHERE deleted = 0").fetchall():
        if note in notes and ("voice", row) in among:
            included |= {("voice", row), ("panelist", panelist)} & among
    # All present members count in the degree of support, also those who said nothing about it.
    return included | {(table, row) for table, row in among if table == "panelist"}


def _with_above(raw: Raw, chosen: set[Row]) -> set[Row]:
    """Return rows with the guide and labels that they refer to."""
    above: set[Row] = set()
    for table, row in chosen:
        above |= {parent for parent in _parents(raw, table, row) if parent[0] in _ABOVE}
    for table, row in tuple(above):
        above |= {parent for parent in _upwards(raw, table, row) if parent[0] in _ABOVE}
    guides = {parent for parent in above if parent[0] == "guide"}
    # A guide and its themes own rows of other panels too, such as the theme of a recommendation: those are not copied.
    return chosen | above | _with_children(raw, guides, _ABOVE)


def _upwards(raw: Raw, table: str, row: str) -> Iterator[Row]:
    for parent in _parents(raw, table, row):
        yield parent
        yield from _upwards(raw, *parent)


def _parents(raw: Raw, table: str, row: str) -> list[Row]:
    fields = [field for field in tables()[table].fields.values() if field.parent is not None]
    if not fields:
        return []
    columns = ", ".join(f'"{columns_of(field)[0]}"' for field in fields)
    values = raw.execute(f'SELECT {columns} FROM "{table}" WHERE id = ?', (row,)).fetchone()
    if values is None:
        return []
    return [(field.parent, value) for field, value in zip(fields, values, strict=True) if value and field.parent]


# With history


def _copy_log(raw: Raw, copy: Raw, rows: Collection[Row]) -> None:
    """Copy the log of these rows unchanged, so that later merges recognise the changes."""
    wanted = set(rows)
    changes = [row for row in raw.execute(log.SELECT_CHANGE).fetchall() if (row[3], row[4]) in wanted]
    copy.executemany(log.INSERT_CHANGE, changes)
    made_in = {(row[2], row[1]) for row in changes}
    actions = raw.execute("SELECT stamp, writer, label, at, reverses FROM action").fetchall()
    copy.executemany(
        "INSERT INTO action (stamp, writer, label, at, reverses) VALUES (?, ?, ?, ?, ?)",
        [row for row in actions if (row[0], row[1]) in made_in],
    )
    writers = {row[1] for row in changes}
    writer_rows = raw.execute("SELECT id, person, device, program FROM writer").fetchall()
    for row in writer_rows:
        if row[0] in writers:
            log.append_writer(copy, Writer(*row))
    # All erasures are copied: the receiver must not get erased values back from another copy.
    copy.executemany(
        "INSERT INTO erasure (table_name, row_id, field) VALUES (?, ?, ?)",
        raw.execute("SELECT table_name, row_id, field FROM erasure").fetchall(),
    )


# Without history


def _copy_builtin(raw: Raw, copy: Raw) -> None:
    """Copy the rows of the built-in guides, which are identical in every dossier."""
    rows = raw.execute(f"{log.SELECT_CHANGE} WHERE stamp < ?", (LOWEST_REAL_STAMP,)).fetchall()
    copy.executemany(log.INSERT_CHANGE, rows)
    for row in raw.execute("SELECT id, person, device, program FROM writer").fetchall():
        if row[0] in {change[1] for change in rows}:
            log.append_writer(copy, Writer(*row))


@dataclass
class _Pen:
    """Assigns identities to the changes of a copy."""

    stamp: int
    key: str

    def change(self, kind: str, row: Row, values: dict[str, Json], seen: dict[str, tuple[ChangeId, ...]]) -> Change:
        made = ChangeId(self.stamp, kind + self.key)
        self.stamp += 1
        return Change(made, made.stamp, *row, values, seen)


def _project(raw: Raw, copy: Raw, rows: Iterable[Row], projection: Projection, sender: Writer, now: int) -> None:
    stored = Rows(raw)
    names = _without_ids_of_panels(raw, stored)
    # Reserve enough stamps for two changes per row.
    pen = _Pen(next_stamp(log.last_stamp(raw), now, 2 * _count_all(raw)), uuid.uuid4().hex)
    for table in tables().values():
        wanted = {row for name, row in rows if name == table.name}
        if not wanted:
            continue
        for record in stored.records(table.record):
            if record.id in wanted and projection.holds(record):
                log.append(copy, map(names.change, _projected(raw, pen, table, record, projection)))
    # Their person is the sender; the device stays private.
    for kind in (SHARED, REDACTED):
        log.append_writer(copy, Writer(kind + pen.key, sender.person, "", sto_desktop.__version__))


def _without_ids_of_panels(raw: Raw, stored: Rows) -> Renaming:
    """Return what replaces the ids of panels in a copy: ids of members and notes derive from these and from names."""
    rows = (
        (
            table,
            record.id,
            {name: field.encode(getattr(record, name)) for name, field in spec_of(record).fields.items()},
        )
        for table in DERIVED
        for record in stored.records(tables()[table].record)
    )
    return renaming(aliases(row for (row,) in raw.execute("SELECT id FROM panel")), rows)


def _count_all(raw: Raw) -> int:
    return 1 + sum(int(raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in tables())


def _projected(raw: Raw, pen: _Pen, table: TableSpec, record: Any, projection: Projection) -> Iterator[Change]:
    """Yield the changes of one row in a copy: repeated values, and replaced ones."""
    before = log.changes_of_row(raw, table.name, record.id)
    changes = readable(table, before, log.erased_fields(raw, table.name, record.id)).changes
    if all(change.id.stamp < LOWEST_REAL_STAMP for change in changes):
        return  # rows of the built-in guide were copied unchanged
    replaced = projection.replaced(record)
    repeated: dict[str, Json] = {DELETED: False}
    instead: dict[str, Json] = {}
    seen: dict[str, tuple[ChangeId, ...]] = {DELETED: heads(changes, DELETED)}
    for name, field in table.fields.items():
        field_heads = heads(changes, name)
        # A field that was never set keeps its default in the copy.
        if not field_heads:
            continue
        value = field.encode(replaced.get(name, getattr(record, name)))
        if name in replaced or _is_redacted(changes, field_heads, name):
            instead[name] = value
        else:
            repeated[name] = value
            seen[name] = field_heads
    row = (table.name, record.id)
    yield pen.change(SHARED, row, repeated, dict(with_lineage(before, seen)))
    if instead:
        yield pen.change(REDACTED, row, instead, {})


def _is_redacted(changes: Iterable[Change], field_heads: Collection[ChangeId], name: str) -> bool:
    """Return whether the value shown already came from a copy without names; it then stays redacted."""
    return any(
        change.id in field_heads and (change.id.writer.startswith(REDACTED) or is_proposal(change, name))
        for change in changes
    )
