"""The conflicts of the dossier that is open: what they are about, and settling them."""

from __future__ import annotations

from collections.abc import Callable

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.model import Insight, Note, Panelist, Probe, Question, Recommendation, Theme
from sto_desktop.ui.base.doing import DossierWork


class SessionConflicts(DossierWork):
    """Conflicts over all panels of a dossier."""

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
