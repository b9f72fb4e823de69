"""The conflicts of the dossier that is open: what they are about, and settling them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.errors import StoError
from sto_desktop.domain.model import Insight, Note, Panelist, Probe, Question, Recommendation, Theme
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
        for name, record, text in (
            ("theme", Theme, "title"),
            ("question", Question, "text"),
            ("probe", Probe, "text"),
            ("panelist", Panelist, "name"),
            ("note", Note, "text"),
            ("insight", Insight, "text"),
            ("recommendation", Recommendation, "text"),
        ):
            if name == table:
                kind: Callable[..., object] = record
                found = read.record(kind, row)
                return str(getattr(found, text)) if found is not None else ""
        return ""
