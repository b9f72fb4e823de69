"""The tables of a dossier file: the log, the tables folded from it, and those local to one working copy.

The log's tables are the truth. The folded tables follow from the domain's records and can be rebuilt. See
docs/FILE_FORMAT.md for a description that does not need this code.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

from sto_desktop.domain.record import DELETED, FieldSpec, FieldType, Json, TableSpec, canonical
from sto_desktop.domain.tables import tables

APPLICATION_ID = 0x53544F44
"""«STOD», the application id in every dossier's header."""

LOG_FORMAT = 1
"""Version of the log's format (PRAGMA user_version). A program refuses dossiers with a higher one, and no others."""

_QUOTED = frozenset({"conflict", "end", "key", "of", "query"})
"""Names that are keywords of SQL, and quoted where tables are created. That text tells whether a file has the tables of
this version, so it never changes.
"""


@dataclass(frozen=True)
class SqlColumn:
    """A column of a table: its type in SQL, its default as SQL, and the table to whose rows it refers, if any."""

    name: str
    type: str = "TEXT"
    nullable: bool = False
    default: str = ""
    refers_to: str = ""

    @property
    def sql(self) -> str:
        """The column as CREATE TABLE has it."""
        parts = [_named(self.name), self.type, self.default and f"DEFAULT {self.default}"]
        return " ".join(filter(None, [*parts, "" if self.nullable else "NOT NULL"]))

    @property
    def reference(self) -> str:
        """What makes it refer to a row of another table. Checked at commit, since rows may come in any order."""
        refers = f"FOREIGN KEY({_named(self.name)}) REFERENCES {_named(self.refers_to)} (id)"
        return f"{refers} DEFERRABLE INITIALLY DEFERRED"


@dataclass(frozen=True)
class SqlTable:
    """A table: its columns, its primary key, the columns that are unique together, and what else creates it."""

    name: str
    columns: tuple[SqlColumn, ...]
    key: tuple[str, ...]
    unique: tuple[str, ...] = ()
    check: str = ""
    indexes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def statements(self) -> list[str]:
        """Return the statements that create the table and its indexes."""
        parts = [column.sql for column in self.columns]
        parts.append(f"PRIMARY KEY ({', '.join(map(_named, self.key))})")
        parts += [f"CHECK ({self.check})"] if self.check else []
        parts += [f"UNIQUE ({', '.join(map(_named, self.unique))})"] if self.unique else []
        parts += [column.reference for column in self.columns if column.refers_to]
        inside = ", \n\t".join(parts)
        return [f"CREATE TABLE {_named(self.name)} (\n\t{inside}\n)", *self.indexes]


def _named(name: str) -> str:
    return f'"{name}"' if name in _QUOTED else name


def _index(table: str, column: str, name: str = "") -> str:
    return f"CREATE INDEX {name or f'ix_{table}_{column}'} ON {_named(table)} ({_named(column)})"


def _texts(*names: str) -> tuple[SqlColumn, ...]:
    return tuple(SqlColumn(name) for name in names)


_SEQ, _STAMP, _ACTION = (SqlColumn(name, "INTEGER") for name in ("seq", "stamp", "action"))

change = SqlTable(
    "change",
    (_SEQ, _STAMP, *_texts("writer"), _ACTION, *_texts("table_name", "row_id", "fields", "supersedes")),
    key=("seq",),
    unique=("stamp", "writer"),
    indexes=(_index("change", "row_id", "change_row"),),
)

action = SqlTable(
    "action",
    (_SEQ, _STAMP, *_texts("writer", "label", "at"), SqlColumn("reverses", nullable=True)),
    key=("seq",),
    unique=("stamp", "writer"),
)

writer = SqlTable("writer", _texts("id", "person", "device", "program"), key=("id",))

_FIELD_OF_A_ROW = ("table_name", "row_id", "field")

erasure = SqlTable("erasure", _texts(*_FIELD_OF_A_ROW), key=_FIELD_OF_A_ROW)

LOG_TABLES = (writer, action, change, erasure)
"""The only tables that are read from another dossier."""

LOCAL_TABLES = (
    SqlTable("setting", _texts("name", "value"), key=("name",)),
    SqlTable("draft", _texts("place", "content"), key=("place",)),
    SqlTable("session", _texts("writer"), key=("writer",)),
)
"""Tables local to a working copy: emptied when published, never merged."""

_DERIVED_TABLES = (
    SqlTable("conflict", _texts(*_FIELD_OF_A_ROW), key=_FIELD_OF_A_ROW),
    SqlTable(
        "search_entry",
        (SqlColumn("key", "INTEGER"), *_texts("table_name", "row_id")),
        key=("key",),
        unique=("row_id", "table_name"),
    ),
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

_COLUMN_TYPES = {FieldType.INTEGER: "INTEGER", FieldType.BOOLEAN: "BOOLEAN"}


def columns_of(field: FieldSpec) -> tuple[str, ...]:
    """Return the column names of a field; a position has two, the name of its parent's table and its own."""
    if field.kind is FieldType.POSITION:
        assert field.parent is not None
        return (field.parent, field.name)
    return (field.name,)


def _columns(field: FieldSpec) -> list[SqlColumn]:
    if field.kind is FieldType.POSITION:
        return [
            SqlColumn(columns_of(field)[0], nullable=True, refers_to=field.parent or ""),
            SqlColumn(field.name, default="''"),
        ]
    if field.kind is FieldType.REFERENCE:
        return [SqlColumn(field.name, nullable=True, refers_to=field.parent or "")]
    kind = _COLUMN_TYPES.get(field.kind, "TEXT")
    if field.default is None:
        return [SqlColumn(field.name, kind, nullable=True)]
    default = field.encode(field.default)
    literal = str(int(default)) if isinstance(default, bool | int) else str(default)
    return [SqlColumn(field.name, kind, default=f"'{literal}'")]


_PARTIAL_INDEXES = {"note": ("CREATE INDEX note_bundled ON note (bundled_in) WHERE bundled_in IS NOT NULL",)}
"""Few notes are bundled."""


def _table(spec: TableSpec) -> SqlTable:
    flags = (SqlColumn(name, "BOOLEAN", default="0") for name in (DELETED, "known"))
    columns = [column for field in spec.fields.values() for column in _columns(field)]
    # Index owning references only, which are looked up by parent: each index costs every note a page write.
    owners = (columns_of(field)[0] for field in spec.fields.values() if field.parent and field.owned)
    return SqlTable(
        spec.name,
        (SqlColumn("key", "INTEGER"), SqlColumn("id"), *columns, *flags),
        key=("key",),
        unique=("id",),
        check=f"{DELETED} IN (0, 1)",
        indexes=(*(_index(spec.name, owner) for owner in owners), *_PARTIAL_INDEXES.get(spec.name, ())),
    )


folded: dict[str, SqlTable] = {name: _table(spec) for name, spec in tables().items()}
"""The folded tables, by name.

`known` is 0 for a stub: a row that is referred to but has no changes here.
"""

TABLES = {table.name: table for table in (*LOG_TABLES, *LOCAL_TABLES, *_DERIVED_TABLES, *folded.values())}
"""Every table of a dossier."""


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
