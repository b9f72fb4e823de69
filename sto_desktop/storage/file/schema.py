"""The tables of a dossier file: the log, the tables folded from it, and those local to one working copy.

The log's tables are the truth. The folded tables follow from the domain's records and can be rebuilt. See
docs/FILE_FORMAT.md for a description that does not need this code.
"""

from __future__ import annotations

import hashlib
from functools import cache

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from sto_desktop.domain.record import DELETED, FieldSpec, FieldType, Json, TableSpec, canonical
from sto_desktop.domain.tables import tables

APPLICATION_ID = 0x53544F44
"""«STOD», the application id in every dossier's header."""

LOG_FORMAT = 1
"""Version of the log's format (PRAGMA user_version). A program refuses dossiers with a higher one, and no others."""

metadata = MetaData()

change = Table(
    "change",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("stamp", Integer, nullable=False),
    Column("writer", Text, nullable=False),
    Column("action", Integer, nullable=False),
    Column("table_name", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("fields", Text, nullable=False),
    Column("supersedes", Text, nullable=False),
    UniqueConstraint("stamp", "writer"),
)
Index("change_row", change.c.row_id)

action = Table(
    "action",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("stamp", Integer, nullable=False),
    Column("writer", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("reverses", Text),
    UniqueConstraint("stamp", "writer"),
)

writer = Table(
    "writer",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("program", Text, nullable=False),
)

erasure = Table(
    "erasure",
    metadata,
    Column("table_name", Text, primary_key=True),
    Column("row_id", Text, primary_key=True),
    Column("field", Text, primary_key=True),
)

LOG_TABLES = (writer, action, change, erasure)
"""The only tables that are read from another dossier."""

setting = Table("setting", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

draft = Table(
    "draft",
    metadata,
    Column("place", Text, primary_key=True),
    Column("content", Text, nullable=False),
)

session = Table("session", metadata, Column("writer", Text, primary_key=True))

LOCAL_TABLES = (setting, draft, session)
"""Tables local to a working copy: emptied when published, never merged."""

conflict = Table(
    "conflict",
    metadata,
    Column("table_name", Text, primary_key=True),
    Column("row_id", Text, primary_key=True),
    Column("field", Text, primary_key=True),
)

search_entry = Table(
    "search_entry",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("table_name", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    UniqueConstraint("row_id", "table_name"),
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

_COLUMN_TYPES = {FieldType.INTEGER: Integer, FieldType.BOOLEAN: Boolean}


def columns_of(field: FieldSpec) -> tuple[str, ...]:
    """Return the column names of a field; a position has two, the name of its parent's table and its own."""
    if field.kind is FieldType.POSITION:
        assert field.parent is not None
        return (field.parent, field.name)
    return (field.name,)


def _columns(field: FieldSpec) -> list[Column[object]]:
    def parent_column(name: str) -> Column[object]:
        assert field.parent is not None
        key = ForeignKey(f"{field.parent}.id", deferrable=True, initially="DEFERRED")
        # Index owning references only, which are looked up by parent: each index costs every note a page write.
        return Column(name, Text, key, index=field.owned)

    if field.kind is FieldType.POSITION:
        assert field.parent is not None
        return [parent_column(field.parent), Column(field.name, Text, nullable=False, server_default="")]
    if field.kind is FieldType.REFERENCE:
        return [parent_column(field.name)]
    kind = _COLUMN_TYPES.get(field.kind, Text)
    if field.default is None:
        return [Column(field.name, kind)]
    default = field.encode(field.default)
    literal = str(int(default)) if isinstance(default, bool | int) else str(default)
    return [Column(field.name, kind, nullable=False, server_default=text(f"'{literal}'"))]


def _table(spec: TableSpec) -> Table:
    columns = [column for field in spec.fields.values() for column in _columns(field)]
    return Table(
        spec.name,
        metadata,
        Column("key", Integer, primary_key=True),
        Column("id", Text, nullable=False, unique=True),
        *columns,
        Column(DELETED, Boolean, nullable=False, server_default=text("0")),
        Column("known", Boolean, nullable=False, server_default=text("0")),
        CheckConstraint(f"{DELETED} IN (0, 1)"),
    )


folded: dict[str, Table] = {name: _table(spec) for name, spec in tables().items()}
"""The folded tables, by name.

`known` is 0 for a stub: a row that is referred to but has no changes here.
"""

_bundled_in = folded["note"].c.bundled_in
# Partial index: few notes are bundled.
Index("note_bundled", _bundled_in, sqlite_where=_bundled_in.is_not(None))


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
