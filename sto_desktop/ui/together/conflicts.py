"""The conflicts of the open dossier: a description of each row, and settling them."""

from __future__ import annotations

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.tables import tables
from sto_desktop.ui.base.doing import DossierWork


class SessionConflicts(DossierWork):
    """Conflicts over all panels of a dossier."""

    def named(self, table: str, row: str) -> str:
        """Return the text or name of a row; empty if it has none."""
        read = self._session.dossier.read
        if table == "panel":
            panel = read.panels.get(row)
            return title_for(panel) if panel else ""
        spec = tables().get(table)
        record = read.rows.record(spec.record, row) if spec else None
        if spec is None or record is None:
            return ""
        return next((text for name in spec.known_by if (text := str(getattr(record, name)))), "")
