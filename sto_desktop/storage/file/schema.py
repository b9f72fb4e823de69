"""The tables of a dossier file: the log, the tables folded from it, and those local to one working copy.

The log's tables are the truth. The folded tables follow from the domain's records and can be rebuilt. See
docs/FILE_FORMAT.md for a description that does not need this code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sto_desktop.domain.record import DELETED, FieldSpec, FieldType, Json, TableSpec, canonical
from sto_desktop.domain.tables import tables

APPLICATION_ID = 0x53544F44
"""«STOD», the application id in every dossier's header."""

LOG_FORMAT = 1
"""Version of the log's format (PRAGMA user_version). A program refuses dossiers with a higher one, and no others."""

_QUOTED = frozenset({"conflict", "end", "key", "of", "query"})
"""Names that stand in quotes in the dossiers that exist; SQLite needs them for none."""


@dataclass(frozen=True)
class StoredColumn:
    """A column of a table.

    `kind`: its type in SQL: TEXT, INTEGER or BOOLEAN. `default`: as SQL. `parent`: the table to whose id it refers.
    """

    name: str
    kind: str = "TEXT"
    required: bool = True
    default: str | None = None
    parent: str | None = None
    indexed: bool = False

    @property
    def stored_as(self) -> str:
        """What SQLite calls the type of its values."""
        return "text" if self.kind == "TEXT" else "integer"

    @property
    def sql(self) -> str:
        """Its line in CREATE TABLE."""
        default = "" if self.default is None else f" DEFAULT {self.default}"
        return f"{_quoted(self.name)} {self.kind}{default}{' NOT NULL' if self.required else ''}"


@dataclass(frozen=True)
class StoredTable:
    """A table: its columns, and of which its key consists. `rules`: further lines of CREATE TABLE."""

    name: str
    columns: tuple[StoredColumn, ...]
    key: tuple[str, ...]
    rules: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)

    def create(self) -> Iterator[str]:
        """Yield the statements that create the table and its indexes. A program compares them with those in a file."""
        parents = (
            f"FOREIGN KEY({column.name}) REFERENCES {column.parent} (id) DEFERRABLE INITIALLY DEFERRED"
            for column in self.columns
            if column.parent
        )
        key = f"PRIMARY KEY ({', '.join(map(_quoted, self.key))})"
        lines = ", \n\t".join((*(column.sql for column in self.columns), key, *self.rules, *parents))
        yield f"CREATE TABLE {_quoted(self.name)} (\n\t{lines}\n)"
        for column in self.columns:
            if column.indexed:
                yield f"CREATE INDEX ix_{self.name}_{column.name} ON {self.name} ({column.name})"
        yield from self.indexes


def _quoted(name: str) -> str:
    return f'"{name}"' if name in _QUOTED else name


change = StoredTable(
    "change",
    (
        StoredColumn("seq", "INTEGER"),
        StoredColumn("stamp", "INTEGER"),
        StoredColumn("writer"),
        StoredColumn("action", "INTEGER"),
        StoredColumn("table_name"),
        StoredColumn("row_id"),
        StoredColumn("fields"),
        StoredColumn("supersedes"),
    ),
    ("seq",),
    ("UNIQUE (stamp, writer)",),
    ("CREATE INDEX change_row ON change (row_id)",),
)

action = StoredTable(
    "action",
    (
        StoredColumn("seq", "INTEGER"),
        StoredColumn("stamp", "INTEGER"),
        StoredColumn("writer"),
        StoredColumn("label"),
        StoredColumn("at"),
        StoredColumn("reverses", required=False),
    ),
    ("seq",),
    ("UNIQUE (stamp, writer)",),
)

writer = StoredTable(
    "writer", (StoredColumn("id"), StoredColumn("person"), StoredColumn("device"), StoredColumn("program")), ("id",)
)

_PLACE = ("table_name", "row_id", "field")
"""What names a field of a row."""

erasure = StoredTable("erasure", tuple(map(StoredColumn, _PLACE)), _PLACE)

LOG_TABLES = (writer, action, change, erasure)
"""The only tables that are read from another dossier."""

setting = StoredTable("setting", (StoredColumn("name"), StoredColumn("value")), ("name",))

draft = StoredTable("draft", (StoredColumn("place"), StoredColumn("content")), ("place",))

session = StoredTable("session", (StoredColumn("writer"),), ("writer",))

LOCAL_TABLES = (setting, draft, session)
"""Tables local to a working copy: emptied when published, never merged."""

_conflict = StoredTable("conflict", tuple(map(StoredColumn, _PLACE)), _PLACE)

_search_entry = StoredTable(
    "search_entry",
    (StoredColumn("key", "INTEGER"), StoredColumn("table_name"), StoredColumn("row_id")),
    ("key",),
    ("UNIQUE (row_id, table_name)",),
)

SEARCH_SQL = "CREATE VIRTUAL TABLE search USING fts5(body, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
"""Full text of every searched field; its rowid is search_entry.key."""

SEARCH_SETTINGS_SQL = (
    # Remove erased words from the index immediately, not at a later merge of segments.
    "INSERT INTO search (search, rank) VALUES ('secure-delete', 1)",
    # Capturing a note must not wait for segment merges; publishing does them on a worker (see search.tidy).
    "INSERT INTO search (search, rank) VALUES ('automerge', 0)",
    # Without automerge segments accumulate: FTS5 merges them at a commit only if there are this many on one level.
    "INSERT INTO search (search, rank) VALUES ('crisismerge', 1000)",
)

_KINDS = {FieldType.INTEGER: "INTEGER", FieldType.BOOLEAN: "BOOLEAN"}
_OFF = "0"


def columns_of(field: FieldSpec) -> tuple[str, ...]:
    """Return the column names of a field; a position has two, the name of its parent's table and its own."""
    if field.kind is FieldType.POSITION:
        assert field.parent is not None
        return (field.parent, field.name)
    return (field.name,)


def _columns(field: FieldSpec) -> list[StoredColumn]:
    def parent_column(name: str) -> StoredColumn:
        # Index owning references only, which are looked up by parent: each index costs every note a page write.
        return StoredColumn(name, required=False, parent=field.parent, indexed=field.owned)

    if field.kind is FieldType.POSITION:
        assert field.parent is not None
        return [parent_column(field.parent), StoredColumn(field.name, default="''")]
    if field.kind is FieldType.REFERENCE:
        return [parent_column(field.name)]
    kind = _KINDS.get(field.kind, "TEXT")
    if field.default is None:
        return [StoredColumn(field.name, kind, required=False)]
    default = field.encode(field.default)
    literal = str(int(default)) if isinstance(default, bool | int) else str(default)
    return [StoredColumn(field.name, kind, default=f"'{literal}'")]


def _table(spec: TableSpec) -> StoredTable:
    columns = [column for field in spec.fields.values() for column in _columns(field)]
    return StoredTable(
        spec.name,
        (
            StoredColumn("key", "INTEGER"),
            StoredColumn("id"),
            *columns,
            StoredColumn(DELETED, "BOOLEAN", default=_OFF),
            StoredColumn("known", "BOOLEAN", default=_OFF),
        ),
        ("key",),
        (f"CHECK ({DELETED} IN (0, 1))", "UNIQUE (id)"),
        # A partial index: few notes are bundled.
        (_BUNDLED,) if spec.name == "note" else (),
    )


_BUNDLED = "CREATE INDEX note_bundled ON note (bundled_in) WHERE bundled_in IS NOT NULL"

folded: dict[str, StoredTable] = {name: _table(spec) for name, spec in tables().items()}
"""The folded tables, by name.

`known` is 0 for a stub: a row that is referred to but has no changes here.
"""

TABLES = {table.name: table for table in (*LOG_TABLES, *LOCAL_TABLES, _conflict, _search_entry, *folded.values())}
"""Every table of a dossier but the search index, by name."""


@cache
def fingerprint() -> str:
    """Return 32 hexadecimal digits that identify the tables of this version.

    They derive from what the fields declare, including codes and searched fields, which no CREATE TABLE contains but
    which affect the fold.
    """

    def declared(field: FieldSpec) -> Json:
        codes: list[Json] = [*sorted(code.value for code in field.codes or ())]
        default = field.encode(field.default)
        return [field.name, field.kind.name, default, codes, field.parent, field.owned, field.searched]

    fields: dict[str, Json] = {
        spec.name: [declared(field) for field in spec.fields.values()] for spec in tables().values()
    }
    whole = canonical([fields, SEARCH_SQL, *SEARCH_SETTINGS_SQL])
    return hashlib.sha256(whole.encode()).hexdigest()[:32]
