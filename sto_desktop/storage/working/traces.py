"""Finds erased words elsewhere in a dossier, including old versions, and replaces the rows that contain them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sto_desktop.domain.identity import derived_id, new_id
from sto_desktop.domain.log.change import Action, Edit, change, create, delete, put
from sto_desktop.domain.model import Note, Panelist, Recommendation
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.erasing import Target, Trace
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.domain.record import FieldSpec, FieldType, TableSpec
from sto_desktop.domain.tables import tables
from sto_desktop.storage.file.database import Raw, errors_of
from sto_desktop.storage.file.schema import columns_of
from sto_desktop.storage.log import log
from sto_desktop.storage.read.reader import Reader
from sto_desktop.storage.read.records import equals
from sto_desktop.storage.read.rows import Rows
from sto_desktop.storage.whole_file.withholding import resting_only_on, said_by
from sto_desktop.storage.working.dossier import Dossier

_REPLACED = frozenset({"note", "insight", "recommendation", "playback", "top_choice", "report_setup"})
"""Tables whose rows can be replaced by one with another id: only references in the log point to them."""


def find_traces(raw: Raw, target: Target) -> list[Trace]:
    """Return every text in the dossier, current or past, that contains the words, except those erased anyway."""
    if target.sure is None and target.perhaps is None and target.finder is None:
        return []
    own = frozenset(target.gone)
    fields: dict[tuple[str, str, str], bool] = {}
    with errors_of(None):
        # The whole log and not the tables, so that old versions of a text are found too.
        for entry in log.parsed(raw.execute(f"{log.SELECT_CHANGE} ORDER BY seq")):
            spec = tables().get(entry.table)
            if spec is None or (entry.table, entry.row) in own:
                continue
            for name, value in entry.values.items():
                if isinstance(value, str) and _is_text(spec, name):
                    spans, sure = target.spans(value)
                    if spans:
                        key = (entry.table, entry.row, name)
                        fields[key] = fields.get(key, False) or sure
        return [_trace(raw, target, key, sure) for key, sure in fields.items()]


def _is_text(spec: TableSpec, name: str) -> bool:
    field = spec.fields.get(name)
    return field is not None and field.kind is FieldType.TEXT


def _trace(raw: Raw, target: Target, key: tuple[str, str, str], sure: bool) -> Trace:
    table, row, name = key
    now = raw.execute(f'SELECT "{name}", deleted FROM "{table}" WHERE id = ?', (row,)).fetchone() or ("", 1)
    return Trace(table, row, name, now[0], target.spans(now[0])[0], sure, not now[1], table in _REPLACED)


def ever_said_by(raw: Raw, members: Iterable[str]) -> frozenset[str]:
    """Return the notes and choices (ids) of these members, also deleted ones."""
    said: set[str] = set()
    for member in members:
        for sql in (
            "SELECT note FROM voice WHERE panelist = ? AND stance = 'SAYS'",
            "SELECT id FROM top_choice WHERE panelist = ?",
        ):
            said.update(row for (row,) in raw.execute(sql, (member,)) if row)
    return frozenset(said)


def said_in(raw: Raw, panels: Iterable[str], *, known: bool = False) -> tuple[tuple[str, str], ...]:
    """Return the rows (table, id) with what was said and noted in panels (ids), also deleted ones unless `known`."""
    rows: list[tuple[str, str]] = []
    only = "deleted = 0 AND known = 1" if known else "1"
    for panel in panels:
        for table, where in (
            ("note", "panel = ?"),
            ("debrief", "panel = ?"),
            ("top_choice", "panelist IN (SELECT id FROM panelist WHERE panel = ?)"),
        ):
            found = raw.execute(f"SELECT id FROM {table} WHERE {where} AND {only}", (panel,))
            rows += ((table, row) for (row,) in found)
    return tuple(rows)


def panels_of(raw: Raw, traces: Iterable[Trace]) -> list[str]:
    """Return the panels (ids) that these texts are of, each once."""
    panels: dict[str, None] = {}
    for trace in traces:
        spec = tables()[trace.table]
        names = ["id"] if trace.table == "panel" else []
        names += [columns_of(field)[0] for field in spec.fields.values() if field.parent == "panel"]
        for name in names:
            row = raw.execute(f'SELECT "{name}" FROM "{trace.table}" WHERE id = ?', (trace.row,)).fetchone()
            if row and row[0]:
                panels[row[0]] = None
    return list(panels)


def take_away(dossier: Dossier, target: Target, traces: Collection[Trace]) -> None:
    """Delete what will be erased, and write the remaining text into new rows.

    The action has no label, since permanent erasure is not an undo step.
    """
    deletions = [delete(table, row) for table, row in target.gone]
    elsewhere = [trace for trace in traces if (trace.table, trace.row) not in target.gone]
    # First, so that a new row for the remaining text has it too.
    if withheld := _withheld(dossier.raw, target):
        dossier.apply(Action("", withheld))
    dossier.apply(Action("", (*deletions, *_also_wiped(dossier.raw, elsewhere))))


def _withheld(raw: Raw, target: Target) -> tuple[Edit, ...]:
    """Return the edits by which what stays is in no output: notes of who goes and did not take part, and findings that
    rested on nothing but erased words of such people.
    """
    read, gone = Reader(raw), set(target.gone)
    members = read.rows.records(Panelist)
    refusing = {member.id for member in members if not takes_part(member)}
    going = {member for member in refusing if ("panelist", member) in gone}
    erased = {row for table, row in gone if table == "note"}
    notes = read.rows.records(Note) if going or erased else []
    stays_out = said_by(read, going, notes, members) if going else set()
    said = read.notes.withheld() | said_by(read, refusing, notes, members) if erased else frozenset()
    findings = resting_only_on(read, said & erased) if said & erased else ()
    tables = {record.id: "recommendation" for record in read.rows.records(Recommendation)} if findings else {}
    return (
        *(change("note", note, withheld=True) for note in sorted(stays_out - erased)),
        *(change(tables.get(finding, "insight"), finding, withheld=True) for finding in sorted(findings)),
    )


def _also_wiped(raw: Raw, traces: Iterable[Trace]) -> list[Edit]:
    """Return the edits that delete the rows of these texts, each replaced by a row with the remaining text."""
    by_row: dict[tuple[str, str], dict[str, str]] = {}
    for trace in traces:
        if trace.exists:
            by_row.setdefault((trace.table, trace.row), {})[trace.field] = trace.rest
    rows = Rows(raw)
    replacing = _Replacing(rows)
    edits: list[Edit] = []
    for (table, row), texts in by_row.items():
        if table == "tag":
            edits.append(delete(table, row))
        elif table in _REPLACED:
            spec = tables()[table]
            # A summary's id derives from its subject, so keep its row: a new summary can then be written.
            if table == "playback" or _still_says(spec, rows.record(spec.record, row), texts):
                replacing.add(table, row, texts)
            else:
                edits.append(delete(table, row))
    return [*edits, *replacing.edits()]


def _still_says(spec: TableSpec, old: Any, texts: dict[str, str]) -> bool:
    """Return whether a row says anything with these texts: an action still does when its owner is erased."""
    running = [name for name, field in spec.fields.items() if field.running]
    return any(texts.get(name, getattr(old, name, "")) for name in running) if running else any(texts.values())


class _Replacing:
    """The rows being replaced, and the references to move to their replacements."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._texts: dict[tuple[str, str], dict[str, str]] = {}
        self._fresh: dict[tuple[str, str], str] = {}

    def add(self, table: str, row: str, texts: dict[str, str]) -> None:
        """Replace a row by a new one with these texts."""
        self._texts[table, row] = texts
        self._fresh[table, row] = new_id()

    def edits(self) -> Iterator[Edit]:
        """Yield the edits of all replacements."""
        links: dict[tuple[str, str], Edit] = {}
        for (table, row), texts in self._texts.items():
            spec = tables()[table]
            old = self._rows.record(spec.record, row)
            if old is None:
                continue
            yield create(table, self._fresh[table, row], **{**self._values(spec, old), **texts})
            for child in tables().values():
                for value in child.fields.values():
                    if value.parent == table:
                        pointing = self._pointing(child, value, row)
                        links.update({(edit.table, edit.row): edit for edit in pointing})
        yield from links.values()
        # Deleting a row deletes what it owns, including old links.
        yield from (delete(table, row) for table, row in self._fresh)

    def _pointing(self, child: TableSpec, field: FieldSpec, row: str) -> Iterator[Edit]:
        for record in self._rows.records(child.record, equals(columns_of(field)[0], row)):
            if (child.name, record.id) in self._fresh:
                continue
            values = self._values(child, record)
            if field.owned:
                parts = (str(child.fields[name].encode(values[name])) for name in child.key)
                yield put(child.name, derived_id(child.name, *parts), **values)
            else:
                yield change(child.name, record.id, **{field.name: values[field.name]})

    def _values(self, spec: TableSpec, record: Any) -> dict[str, Any]:
        """Return the values of a row, with references moved to the replacements."""
        values = {name: getattr(record, name) for name in spec.fields}
        for name, field in spec.fields.items():
            value = values[name]
            if field.kind is FieldType.REFERENCE:
                values[name] = self._fresh.get((field.parent or "", value or ""), value)
            elif field.kind is FieldType.POSITION:
                parent = self._fresh.get((field.parent or "", value.parent or ""), value.parent)
                values[name] = Position(parent, value.key)
        return values
