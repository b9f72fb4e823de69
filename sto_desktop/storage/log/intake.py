"""Validates rows of another log one by one and adds them to ours; the caller reads them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from sto_desktop.domain.log.change import Change, ChangeId, Erasure
from sto_desktop.storage.file.database import Raw
from sto_desktop.storage.log import log
from sto_desktop.storage.log.erase import add_erasures, forget_writers, without

Found = Iterable[Sequence[object]]
"""Rows as stored in a file, of any type."""


class LogIntake:
    """Adds rows to the log inside the caller's transaction; `erasures` must come first, since they exclude others.

    `accepted`: the new changes; `contradicted`: changes whose identity is known with other content (ours stays);
    `malformed`: number of rows that do not have the form of a log row; `held`: what we erased and they still have.
    """

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        self.accepted: dict[ChangeId, Change] = {}
        self.contradicted: set[ChangeId] = set()
        self.malformed = 0
        self.held: set[Erasure] = set()
        self._erased: Mapping[tuple[str, str], Collection[str]] = {}

    def erasures(self, rows: Found) -> list[Erasure]:
        """Add rows (table, row, field); return those that are new."""
        fine = [Erasure(*(str(value) for value in row)) for row in self._valid(rows, _all_named)]
        new = add_erasures(self._raw, fine)
        self._erased = log.erased_by_row(self._raw)
        return new

    def changes(self, rows: Found) -> None:
        """Add changes (see log.LogRow) whose identities are not in our log yet."""
        texts: list[Sequence[object]] = []
        for row in rows:
            change = self._parsed(row)
            if change is None:
                continue
            unerased = self._without_erased(change)
            # A file may hold the same identity twice.
            accepted_before = self.accepted.setdefault(unerased.id, unerased)
            if accepted_before is unerased:
                # Keep the original text, so that all copies hold the same.
                texts.append(row if unerased is change else log.log_row(unerased))
            elif log.log_row(accepted_before) != log.log_row(unerased):
                self.contradicted.add(unerased.id)
        self._raw.executemany(log.INSERT_CHANGE, texts)

    def compare(self, pairs: Iterable[tuple[Sequence[object], Sequence[object]]]) -> None:
        """Compare changes with the same identity, theirs and ours; differences due to erasure are ignored."""
        for theirs, ours in pairs:
            first, second = self._parsed(theirs), self._parsed(ours)
            if (
                first
                and second
                and log.log_row(self._without_erased(first)) != log.log_row(self._without_erased(second))
            ):
                self.contradicted.add(second.id)

    def writers(self, rows: Found) -> None:
        """Add writers: rows (id, person, device, program)."""
        self._raw.executemany(
            "INSERT INTO main.writer (id, person, device, program) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            self._valid(rows, lambda row: bool(row[0]) and _all_texts(row)),
        )
        forget_writers(self._raw)

    def actions(self, rows: Found) -> None:
        """Add actions: rows (stamp, writer, label, at, reverses)."""
        self._raw.executemany(
            "INSERT INTO main.action (stamp, writer, label, at, reverses) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            self._valid(rows, _is_action),
        )

    def _valid(self, rows: Found, fine: Callable[[Sequence[object]], bool]) -> list[Sequence[object]]:
        all_rows = list(rows)
        valid = [row for row in all_rows if fine(row)]
        self.malformed += len(all_rows) - len(valid)
        return valid

    def _parsed(self, row: Sequence[object]) -> Change | None:
        try:
            return log.parse_change(row)
        except log.MalformedChangeError:
            self.malformed += 1
            return None

    def _without_erased(self, change: Change) -> Change:
        erased = self._erased.get((change.table, change.row))
        if not erased:
            return change
        self.held.update(Erasure(change.table, change.row, name) for name in erased if name in change.values)
        return without(change, erased)


def _all_texts(row: Sequence[object]) -> bool:
    return all(isinstance(value, str) for value in row)


def _all_named(row: Sequence[object]) -> bool:
    return _all_texts(row) and all(row)


def _is_action(row: Sequence[object]) -> bool:
    stamp, *texts, reverses = row
    if not (isinstance(stamp, int) and stamp >= 0 and _all_texts(texts)):
        return False
    return reverses is None or (isinstance(reverses, str) and log.parse_reverses(reverses) is not None)
