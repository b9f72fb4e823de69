"""What of a file that another program changed does not go into a fresh one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sto_desktop.domain.log.change import ChangeId
from sto_desktop.domain.record import clean_text
from sto_desktop.language import counted, listed, tr, tr_later
from sto_desktop.storage.file.database import SHADOWS, Raw, stored_columns
from sto_desktop.storage.file.schema import APPLICATION_ID, LOCAL_TABLES, LOG_FORMAT, LOG_TABLES, StoredTable, change
from sto_desktop.storage.log import log
from sto_desktop.storage.log.layout import (
    Schema,
    expected,
    has_our_tables,
    is_another_version,
    schema_of,
    version_of,
    wrong_values,
)
from sto_desktop.storage.log.log_source import Source, columns_of, quoted_name, source_of

_WORDS = {
    "table": tr_later("tabel"),
    "view": tr_later("view"),
    "trigger": tr_later("trigger"),
    "index": tr_later("index"),
}
_SOMETHING = tr_later("iets")
_MOST_NAMED = 5
_LONGEST_NAME = 40
_LOG, _LOCAL = ({table.name for table in tables} for tables in (LOG_TABLES, LOCAL_TABLES))


@dataclass(frozen=True)
class LeftBehind:
    """What another program changed in a file, in Dutch: what a fresh file does not get, and what the file lacks.

    `twice`: changes that the file has with different content too; a fresh file gets the first. `unread`: the number of
    log rows that say not which change they are; a fresh file can't hold these. `wrong`: the number of rows with a value
    of a type that its column can't hold; in a fresh file it is as the log says, or as text.
    """

    foreign: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    twice: tuple[ChangeId, ...] = ()
    unread: int = 0
    wrong: int = 0

    def __len__(self) -> int:
        return len(self.foreign) + len(self.lacking) + len(self.twice) + self.unread + self.wrong

    @property
    def loses(self) -> bool:
        """Whether a fresh file has less than this one."""
        return bool(self.foreign or self.twice or self.unread or self.wrong)

    def told(self, name: str) -> str:
        """Return sentences about the file of that name; empty for nothing."""
        twice = [counted(len(self.twice), "{n} andere versie van een wijziging", "{n} andere versies van wijzigingen")]
        twice = twice[: len(self.twice)]
        what = _few((*self.foreign, *twice))
        sentences = []
        if what:
            rest = tr("Dat gaat niet mee.") if self.unread else tr("Dat gaat niet mee; alle notities wel.")
            sentences += [tr("In «{name}» staat iets van een ander programma: {what}.", name=name, what=what), rest]
        if self.lacking:
            missing = _few(self.lacking)
            sentences.append(tr("In «{name}» ontbreekt iets: {what}. De rest gaat mee.", name=name, what=missing))
        if self.wrong:
            sentences.append(
                counted(
                    self.wrong,
                    "In «{name}» staat {n} waarde die er niet hoort; die wordt weer wat het logboek zegt.",
                    "In «{name}» staan {n} waarden die er niet horen; die worden weer wat het logboek zegt.",
                    name=name,
                )
            )
        if self.unread:
            sentences.append(
                counted(
                    self.unread,
                    "Van «{name}» is {n} regel van het logboek niet te lezen; die gaat niet mee.",
                    "Van «{name}» zijn {n} regels van het logboek niet te lezen; die gaan niet mee.",
                    name=name,
                )
            )
        return " ".join(sentences)


NOTHING_LEFT = LeftBehind()


def _few(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return listed((*names[:_MOST_NAMED], tr("nog {n}", n=more) if more > 0 else ""))


def left_behind(raw: Raw, local: Sequence[StoredTable] = ()) -> LeftBehind:
    """Return what another program changed in a dossier.

    In a file of another version, what that version itself may have made does not count: tables for kinds of rows in the
    log, empty tables, columns, indexes.

    Args:
        local: the local tables that are copied too.
    """
    sources = {table.name: source_of(raw, table) for table in (*LOG_TABLES, *local)}
    read = [source for source in sources.values() if source]
    foreign = (*_header(raw), *_columns(raw, read), *_objects(raw, read))
    wrong = wrong_values(raw) if has_our_tables(raw) else 0
    return LeftBehind(foreign, tuple(_lacking(sources)), wrong=wrong)


def _lacking(sources: Mapping[str, Source | None]) -> Iterator[str]:
    for table, source in sources.items():
        if source is None:
            yield tr("tabel «{name}»", name=table)
            continue
        for column in source.lacking:
            yield tr("kolom «{name}» van «{table}»", name=column, table=table)


def _header(raw: Raw) -> Iterator[str]:
    application, form = (raw.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    if application != APPLICATION_ID:
        yield tr("kenmerk {n}", n=application)
    if form > LOG_FORMAT:
        yield tr("vorm {n} van het logboek", n=form)


def _columns(raw: Raw, read: Sequence[Source]) -> Iterator[str]:
    """Yield columns that are not ours, and the tables of the log that another program built in another way."""
    other_version = is_another_version(version_of(raw))
    there, ours = _tables(schema_of(raw)), _tables(expected()[0])
    sources = {source.ours.name: source for source in read}
    for table, known in sorted(expected()[1].items()):
        source = sources.get(table)
        name = source.table if source else table
        # Local tables matter only where they are copied.
        if name not in there or (other_version and table not in _LOG) or (table in _LOCAL and not source):
            continue
        taken = {*known, *(source.columns.values() if source else ())}
        foreign = [column for column in columns_of(raw, name) if column not in taken] if known else []
        for column in foreign:
            yield tr("kolom «{name}» van «{table}»", name=_short(column), table=table)
        if table in _LOG and source and not (foreign or source.lacking) and there[name] != ours[table]:
            yield tr("andere opbouw van tabel «{table}»", table=table)


def _tables(schema: Schema) -> dict[str, str]:
    return {name: sql for kind, name, sql in schema if kind == "table"}


def _objects(raw: Raw, read: Sequence[Source]) -> Iterator[str]:
    """Yield the tables, views, triggers and indexes that are not ours."""
    other_version = is_another_version(version_of(raw))
    ours = {(kind, name) for kind, name, _ in expected()[0]}
    # Tables for kinds of rows that we don't know, and the ones that a virtual table keeps for itself.
    expected_tables = {source.table for source in read} | _tables_in_log(raw) | _shadows(raw)
    for kind, name, _ in sorted(schema_of(raw)):
        if (kind, name) in ours or (kind == "table" and name in expected_tables):
            continue
        if kind in ("trigger", "view") or not other_version or (kind == "table" and _has_rows(raw, name)):
            yield f"{tr(_WORDS.get(kind, _SOMETHING))} «{_short(name)}»"


def _tables_in_log(raw: Raw) -> set[object]:
    with log.any_text(raw):
        source = source_of(raw, change)
        return source.values(raw, "table_name") if source else set()


def _shadows(raw: Raw) -> set[object]:
    """Return the tables in which virtual tables keep what is theirs."""
    virtual = [name for kind, name, sql in schema_of(raw) if kind == "table" and sql.startswith("CREATE VIRTUAL")]
    return {f"{name}_{part}" for name in virtual for part in SHADOWS}


def _short(name: str) -> str:
    """Return a foreign name shortened to fit in a sentence."""
    words = " ".join(clean_text(name).split())
    return words if len(words) <= _LONGEST_NAME else f"{words[:_LONGEST_NAME]}…"


def _has_rows(raw: Raw, table: str) -> bool:
    # Count stored rows only: reading anything else could run foreign code.
    if not stored_columns(raw, table):
        return False
    return raw.execute(f"SELECT 1 FROM {quoted_name(table)} NOT INDEXED LIMIT 1").fetchone() is not None
