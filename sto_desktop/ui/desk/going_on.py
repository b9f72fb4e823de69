"""Resuming work: progress of the current panel, for the list of recent dossiers and at opening."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sto_desktop.language import counted, tr
from sto_desktop.settings import RecentDossier
from sto_desktop.ui.base.stage import Stage

if TYPE_CHECKING:
    from sto_desktop.domain.model import Panel
    from sto_desktop.ui.base.session import Session


def panel_of(session: Session | None) -> Panel | None:
    """Return the current panel, if any."""
    return session.dossier.read.panels.get(session.panel_id) if session is not None and session.panel_id else None


def stage_to_go_on(session: Session | None) -> Stage:
    """Return the stage in which work on the panel continues."""
    from sto_desktop.domain.vocabulary import PanelStatus

    panel = panel_of(session)
    if panel is None or panel.status is PanelStatus.PREPARING:
        return Stage.PREPARE
    if panel.status is PanelStatus.RUNNING:
        return Stage.CONVERSATION
    return Stage.ELABORATE if panel.status is PanelStatus.HELD else Stage.REPORT


def recent_of(session: Session, stage: Stage) -> RecentDossier:
    """Return the entry of a dossier for the list of recent ones; `stage` is the visible one."""
    panels = session.dossier.read.panels.listed()
    hint = tr("{n} panels", n=len(panels)) if len(panels) > 1 else ""
    panel = panel_of(session)
    if panel is not None and len(panels) == 1:
        count = session.dossier.read.notes.count(panel.id)
        hint = tr(panel.status.word) + (" · " + counted(count, "{n} notitie", "{n} notities") if count else "")
    return RecentDossier(session.path, session.path.stem, dt.datetime.now(), hint, stage.value)
