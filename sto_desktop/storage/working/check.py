"""Controleer: checks a dossier for every known problem, as findings with a Dutch sentence each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from sto_desktop.domain.errors import DossierError, NewerFormatError, PasswordNeededError
from sto_desktop.domain.log.change import Change, ChangeId
from sto_desktop.domain.log.clock import LOWEST_REAL_STAMP, in_quarantine
from sto_desktop.domain.log.fold import RowState
from sto_desktop.domain.log.lineage import is_of_copy
from sto_desktop.domain.tables import tables
from sto_desktop.language import counted, listed, tr, tr_later
from sto_desktop.storage.file.database import (
    Raw,
    SqliteError,
    connect,
    errors_of,
    reading,
    translated,
)
from sto_desktop.storage.file.files import is_plain, private_copy
from sto_desktop.storage.log import folded, log
from sto_desktop.storage.log.layout import is_ours
from sto_desktop.storage.log.left_behind import NOTHING_LEFT, LeftBehind, left_behind
from sto_desktop.storage.log.log_source import open_foreign
from sto_desktop.storage.log.renew import renewed
from sto_desktop.storage.whole_file.repair import Repaired, repair
from sto_desktop.storage.working.dossier import Dossier

__all__ = ["CheckFinding", "CheckReport", "Repaired", "Severity", "check", "check_file", "repair"]

_MEND = tr_later("Een herstelde kopie («controleer --herstel») maakt het goed; alle notities gaan mee.")


class Severity(StrEnum):
    """Severity of a finding: an error, something unusual, or information."""

    ERROR = "fout"
    WARNING = "waarschuwing"
    INFORMATION = "informatie"


@dataclass(frozen=True)
class CheckFinding:
    """One finding. `code` is for programs, `sentence` for people; `count`: number of occurrences."""

    severity: Severity
    code: str
    sentence: str
    count: int = 1


@dataclass(frozen=True)
class CheckReport:
    """The findings of a check; `ok` if none is an error."""

    findings: tuple[CheckFinding, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The findings in Dutch, worst first, followed by the verdict."""
        order = list(Severity)
        ordered = sorted(self.findings, key=lambda finding: order.index(finding.severity))
        return (*(f"{finding.severity.capitalize()}: {finding.sentence}" for finding in ordered), self._verdict())

    def _verdict(self) -> str:
        # Nothing was counted; zeroes would say that everything is lost.
        if not self.counts:
            return tr("Het dossier is niet in orde.")
        parts = (
            counted(self.counts.get("panel", 0), "{n} panel", "{n} panels"),
            counted(self.counts.get("note", 0), "{n} notitie", "{n} notities"),
            counted(self.counts.get("change", 0), "{n} wijziging", "{n} wijzigingen"),
        )
        held = listed(parts)
        return (
            tr("Het dossier is in orde: {held}.", held=held)
            if self.ok
            else tr("Het dossier is niet in orde. Gelezen: {held}.", held=held)
        )

    def data(self) -> dict[str, Any]:
        """Return the report as data for other programs."""
        return {
            "ok": self.ok,
            "counts": self.counts,
            "findings": [
                {
                    "severity": finding.severity.value,
                    "code": finding.code,
                    "count": finding.count,
                    "sentence": finding.sentence,
                }
                for finding in self.findings
            ],
        }


def check_file(path: Path, password: str | None = None) -> CheckReport:
    """Check the dossier at a path; the file is only read.

    Raises:
        DossierError: there is no dossier at the path, it needs a password, or this program is too old for it.
    """
    if is_plain(path):
        password = None
    try:
        with private_copy(path, password) as copy, errors_of(path):
            with open_foreign(copy, path, password) as raw:
                if is_ours(raw):
                    return _Check(raw).report()
            # Opening rebuilds all other tables from the log, so do the same and check the result.
            left = renewed(copy, path, password) or NOTHING_LEFT
            raw = connect(copy, password=password)
            try:
                return _Check(raw, _of_others(left, path)).report()
            finally:
                raw.close()
    except (PasswordNeededError, NewerFormatError):
        raise
    except DossierError as error:
        # The error of an encrypted file may just mean a wrong password.
        if not is_plain(path):
            raise
        return CheckReport((CheckFinding(Severity.ERROR, "unreadable", f"{error.happened} {error.advice}".strip()),))


def check(dossier: Dossier) -> CheckReport:
    """Check an open dossier."""
    with errors_of(dossier.path), reading(dossier.raw):
        # After a write by another window, FTS5 (SQLite 3.53) rereads its index structure only on a query; without one
        # the check reports damage that does not exist.
        dossier.raw.execute("SELECT rowid FROM search LIMIT 1").fetchall()
        others = () if is_ours(dossier.raw) else (_of_others(left_behind(dossier.raw), dossier.path),)
        return _Check(dossier.raw, *others).report()


def _of_others(left: LeftBehind, path: Path) -> CheckFinding:
    """Return the finding for a dossier with tables of another version, which is not damage."""
    if left:
        severity = Severity.ERROR if left.unread or left.wrong else Severity.WARNING
        return CheckFinding(severity, "altered_schema", left.told(path.name), len(left))
    sentence = tr("De tabellen zijn van een andere versie van het programma; bij openen worden ze nieuw gemaakt.")
    return CheckFinding(Severity.INFORMATION, "other_revision", sentence)


class _Check:
    """One check of an open database, which is only read, except for SQLite's own index checks."""

    def __init__(self, raw: Raw, *given_findings: CheckFinding) -> None:
        self._raw = raw
        self._findings: list[CheckFinding] = [*given_findings]
        self._counts: dict[str, int] = {}
        self._changes: list[Change] = []

    def _add(self, severity: Severity, code: str, sentence: str, count: int = 1) -> None:
        if count:
            self._findings.append(CheckFinding(severity, code, sentence, count))

    def report(self) -> CheckReport:
        with reading(self._raw):
            for examine in self._parts():
                try:
                    examine()
                except SqliteError as error:
                    happened = translated(error).happened
                    self._add(
                        Severity.ERROR,
                        "unreadable",
                        tr("Een deel is niet te lezen. {happened} {mend}", happened=happened, mend=tr(_MEND)),
                    )
                    # After a read error the remaining checks would probably fail too.
                    break
        return CheckReport(tuple(self._findings), self._counts)

    def _parts(self) -> Iterator[Callable[[], None]]:
        yield self._integrity
        yield self._log
        yield self._names
        yield self._erased
        yield self._references
        yield self._tables

    def _integrity(self) -> None:
        problems = [row[0] for row in self._raw.execute("PRAGMA integrity_check(20)").fetchall() if row[0] != "ok"]
        sentence = tr(
            "SQLite vindt het bestand beschadigd ({problems}). {mend}", problems="; ".join(problems[:3]), mend=tr(_MEND)
        )
        self._add(Severity.ERROR, "damaged", sentence, len(problems))

    def _references(self) -> None:
        # SQLite's integrity_check does not check foreign keys.
        broken = self._raw.execute("PRAGMA foreign_key_check").fetchall()
        sentence = counted(
            len(broken),
            "{n} verwijzing in de tabellen zonder doel. {mend}",
            "{n} verwijzingen in de tabellen zonder doel. {mend}",
            mend=tr(_MEND),
        )
        self._add(Severity.ERROR, "broken_references", sentence, len(broken))

    def _log(self) -> None:
        malformed = 0
        # Text that is not UTF-8 must reach `parse_change`, to be counted.
        with log.any_text(self._raw):
            for row in self._raw.execute(log.SELECT_CHANGE):
                try:
                    self._changes.append(log.parse_change(row))
                except log.MalformedChangeError:
                    malformed += 1
        self._counts["change"] = len(self._changes)
        sentence = counted(
            malformed,
            "{n} onleesbare regel in het logboek, niet meegeteld.",
            "{n} onleesbare regels in het logboek, niet meegeteld.",
        )
        self._add(Severity.ERROR, "malformed", sentence, malformed)
        far = sum(in_quarantine(change.id.stamp) for change in self._changes)
        count = counted(far, "{n} wijziging", "{n} wijzigingen")
        sentence = tr("{count} met een tijdstempel van ver in de toekomst: bewaard, niet getoond.", count=count)
        self._add(Severity.WARNING, "quarantine", sentence, far)
        unknown = sum(change.table not in tables() for change in self._changes)
        count = counted(unknown, "{n} wijziging", "{n} wijzigingen")
        sentence = tr("{count} van een nieuwere versie van het programma: bewaard, niet getoond.", count=count)
        self._add(Severity.INFORMATION, "unknown_tables", sentence, unknown)

    def _names(self) -> None:
        writers = {row[0] for row in self._raw.execute("SELECT id FROM writer").fetchall()}
        actions = {ChangeId(*row) for row in self._raw.execute("SELECT stamp, writer FROM action").fetchall()}
        nobody = {change.id.writer for change in self._changes} - writers
        nameless = {ChangeId(change.action, change.id.writer) for change in self._changes} - actions
        # Rows of a built-in guide are not made by an action, and those of a copy without names have no history.
        nameless = {made for made in nameless if made.stamp >= LOWEST_REAL_STAMP and not is_of_copy(made)}
        sentence = counted(
            len(nobody),
            "Van {n} schrijver is niet bekend wie het was.",
            "Van {n} schrijvers is niet bekend wie het was.",
        )
        self._add(Severity.WARNING, "unknown_writers", sentence, len(nobody))
        sentence = counted(
            len(nameless),
            "Van {n} handeling is niet bekend wat het was.",
            "Van {n} handelingen is niet bekend wat het was.",
        )
        self._add(Severity.WARNING, "unknown_actions", sentence, len(nameless))

    def _erased(self) -> None:
        erased = {(erasure.table, erasure.row, erasure.field) for erasure in log.erasures(self._raw)}
        remaining = sum(
            (change.table, change.row, name) in erased for change in self._changes for name in change.values
        )
        sentence = counted(
            remaining,
            "{n} gewiste waarde staat nog in het logboek. {mend}",
            "{n} gewiste waarden staan nog in het logboek. {mend}",
            mend=tr(_MEND),
        )
        self._add(Severity.ERROR, "erased_left", sentence, remaining)
        self._counts["erasure"] = len(erased)

    def _tables(self) -> None:
        """Compare every folded table, the search index and the list of conflicts with the fold of the log."""
        states = folded.all_states(self._raw)
        expected, stored = Counter(folded.expected_rows(states)), Counter(folded.stored_rows(self._raw))
        different = {row for _, row, *_ in (expected - stored) | (stored - expected)}
        # A repair takes everything from the log.
        mend = tr(_MEND) if self._changes else tr("Het logboek is leeg. Open een reservekopie.")
        count = counted(len(different), "{n} onderdeel van de tabellen wijkt", "{n} onderdelen van de tabellen wijken")
        self._add(
            Severity.ERROR,
            "tables_differ",
            tr("{count} af van het logboek. {mend}", count=count, mend=mend),
            len(different),
        )
        self._search()
        self._states(states)

    def _search(self) -> None:
        on = self._raw.execute("SELECT v FROM search_config WHERE k = 'secure-delete'").fetchone()
        if on is None or int(on[0]) != 1:
            sentence = tr("De zoekindex wist verwijderde woorden niet meteen. {mend}", mend=tr(_MEND))
            self._add(Severity.ERROR, "search_keeps_words", sentence)

    def _states(self, states: dict[folded.Row, RowState]) -> None:
        shown = [table for (table, _), state in states.items() if state.known and not state.deleted]
        self._counts.update(panel=shown.count("panel"), note=shown.count("note"))
        stubs = sum(not state.known for state in states.values())
        sentence = counted(
            stubs,
            "{n} verwijzing naar iets dat niet in dit dossier staat.",
            "{n} verwijzingen naar iets dat niet in dit dossier staat.",
        )
        self._add(Severity.INFORMATION, "stubs", sentence, stubs)
        rejected = sum(len(state.rejected) for state in states.values())
        sentence = counted(
            rejected,
            "{n} onmogelijke waarde in het logboek, niet meegeteld.",
            "{n} onmogelijke waarden in het logboek, niet meegeteld.",
        )
        self._add(Severity.WARNING, "rejected", sentence, rejected)
        conflicts = sum(len(state.conflicts) for state in states.values())
        sentence = counted(
            conflicts, "{n} tegenstrijdigheid wacht op een keuze.", "{n} tegenstrijdigheden wachten op een keuze."
        )
        self._add(Severity.INFORMATION, "conflicts", sentence, conflicts)
        self._counts["conflict"] = conflicts
