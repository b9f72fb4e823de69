"""The conflicts of the dossier that is open: what they are about, and settling them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.errors import StoError
from sto_desktop.domain.tables import tables
from sto_desktop.storage.working.dossier import ConflictCase
from sto_desktop.ui.base.session import Session


class SessionConflicts:
    """Conflicts over all panels of a dossier; `problem` is told why one could not be settled."""

    def __init__(self, session: Session, problem: Callable[[str], object]) -> None:
        self._session = session
        self._problem = problem

    def conflicts(self) -> Sequence[ConflictCase]:
        """Return every field about which two people said different things."""
        return self._session.dossier.conflicts()

    def choose(self, case: ConflictCase, value: Any) -> bool:
        """Settle a conflict; False where it could not be."""
        try:
            self._session.dossier.choose(case, value)
        except StoError as error:
            self._problem(str(error))
            return False
        return True

    def named(self, table: str, row: str) -> str:
        """Return what a row is called; empty where it has no words of its own."""
        read = self._session.dossier.read
        if table == "panel":
            panel = read.panel(row)
            return title_for(panel) if panel else ""
        spec = tables().get(table)
        found = read.record(spec.record, row) if spec else None
        if spec is None or found is None:
            return ""
        return next((text for name in spec.known_by if (text := str(getattr(found, name)))), "")
