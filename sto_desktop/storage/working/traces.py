"""Where words that are wiped stand elsewhere in a dossier, in old versions too, and rows that take their place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sto_desktop.domain.identity import derived_id, new_id
from sto_desktop.domain.log.change import Action, Edit, change, create, delete, put
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.erasing import Target, Trace
from sto_desktop.domain.record import FieldSpec, FieldType, TableSpec
from sto_desktop.domain.tables import tables
from sto_desktop.storage.file.database import Raw, errors_of
from sto_desktop.storage.file.schema import columns_of, folded
from sto_desktop.storage.log import log
from sto_desktop.storage.read.queries import Queries
from sto_desktop.storage.working.dossier import Dossier

_REPLACED = frozenset({"note", "insight", "recommendation", "playback", "top_choice"})
"""Rows that a row with another id can take the place of: nothing else knows them but by what names them."""


def find_traces(raw: Raw, target: Target) -> list[Trace]:
    """Return every text in the dossier, of today or of before, that holds the words, but for what goes anyway."""
    if target.sure is None and target.perhaps is None:
        return []
    own = frozenset(target.rows)
    found: dict[tuple[str, str, str], bool] = {}
    with errors_of(None):
        for one in log.parsed(raw.execute(f"{log.SELECT_CHANGE} ORDER BY seq")):
            spec = tables().get(one.table)
            if spec is None or (one.table, one.row) in own:
                continue
            for name, value in one.values.items():
                if isinstance(value, str) and _is_text(spec, name):
                    spans, sure = target.spans(value)
                    if spans:
                        key = (one.table, one.row, name)
                        found[key] = found.get(key, False) or sure
        return [_trace(raw, target, key, sure) for key, sure in found.items()]


def _is_text(spec: TableSpec, name: str) -> bool:
    item = spec.fields.get(name)
    return item is not None and item.kind is FieldType.TEXT


def _trace(raw: Raw, target: Target, key: tuple[str, str, str], sure: bool) -> Trace:
    table, row, name = key
    now = raw.execute(f'SELECT "{name}", deleted FROM "{table}" WHERE id = ?', (row,)).fetchone() or ("", 1)
    return Trace(table, row, name, now[0], target.spans(now[0])[0], sure, not now[1], table in _REPLACED)


def take_away(dossier: Dossier, target: Target, traces: Collection[Trace]) -> None:
    """Take away what is about to be wiped, and let what else was said beside it stand in rows of its own.

    Without a label: what is wiped for good is no step that one goes back to.
    """
    gone = [delete(table, row) for table, row in target.rows]
    dossier.apply(Action("", (*gone, *_also_wiped(dossier.raw, traces))))


def _also_wiped(raw: Raw, traces: Iterable[Trace]) -> list[Edit]:
    """Return the edits that take the rows of these texts away, each with a row in its place that says the rest."""
    by_row: dict[tuple[str, str], dict[str, str]] = {}
    for trace in traces:
        if trace.there:
            by_row.setdefault((trace.table, trace.row), {})[trace.field] = trace.rest
    replacing = _Replacing(Queries(raw))
    edits: list[Edit] = []
    for (table, row), texts in by_row.items():
        # A summary is kept by what it is about: its row stays, so that another can be written.
        empty = table != "playback" and not any(texts.values())
        if table == "tag" or (table in _REPLACED and empty):
            edits.append(delete(table, row))
        elif table in _REPLACED:
            replacing.add(table, row, texts)
    return [*edits, *replacing.edits()]


class _Replacing:
    """Rows that others take the place of, and what points to them from then on."""

    def __init__(self, read: Queries) -> None:
        self._read = read
        self._texts: dict[tuple[str, str], dict[str, str]] = {}
        self._fresh: dict[tuple[str, str], str] = {}

    def add(self, table: str, row: str, texts: dict[str, str]) -> None:
        """Let a row with these texts take the place of another."""
        self._texts[table, row] = texts
        self._fresh[table, row] = new_id()

    def edits(self) -> Iterator[Edit]:
        """Return the edits of all of them."""
        links: dict[tuple[str, str], Edit] = {}
        for (table, row), texts in self._texts.items():
            spec = tables()[table]
            old = self._read.record(spec.record, row)
            if old is None:
                continue
            yield create(table, self._fresh[table, row], **{**self._values(spec, old), **texts})
            for child in tables().values():
                for item in child.fields.values():
                    if item.parent == table:
                        found = self._pointing(child, item, row)
                        links.update({(edit.table, edit.row): edit for edit in found})
        yield from links.values()
        # What they own goes with them, old links too.
        yield from (delete(table, row) for table, row in self._fresh)

    def _pointing(self, child: TableSpec, item: FieldSpec, row: str) -> Iterator[Edit]:
        column = folded[child.name].c[columns_of(item)[0]]
        for record in self._read.records(child.record, column == row):
            if (child.name, record.id) in self._fresh:
                continue
            values = self._values(child, record)
            if item.owned:
                # A link's id follows from both ends.
                ends = [str(values[name]) for name, one in child.fields.items() if one.kind is FieldType.REFERENCE]
                yield put(child.name, derived_id(child.name, *ends), **values)
            else:
                yield change(child.name, record.id, **{item.name: values[item.name]})

    def _values(self, spec: TableSpec, record: Any) -> dict[str, Any]:
        """Return the values of a row, pointing to what takes the place of others."""
        values = {name: getattr(record, name) for name in spec.fields}
        for name, item in spec.fields.items():
            value = values[name]
            if item.kind is FieldType.REFERENCE:
                values[name] = self._fresh.get((item.parent or "", value or ""), value)
            elif item.kind is FieldType.POSITION:
                parent = self._fresh.get((item.parent or "", value.parent or ""), value.parent)
                values[name] = Position(parent, value.key)
        return values
