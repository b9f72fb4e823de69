"""The page of a stage without a dossier: how to begin, or that a dossier is being opened."""

from __future__ import annotations

from PySide6.QtGui import QAction

from sto_desktop.language import tr
from sto_desktop.ui.base import keys
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import EmptyState


def no_dossier(theme: Appearance, stage: Stage, new: QAction, *, opening: bool) -> EmptyState:
    """Return the page; `new` begins a panel."""
    if opening:
        title, text = tr("Het dossier wordt geopend…"), tr("Dit scherm is er zodra het dossier gelezen is.")
        return EmptyState(theme, stage.value, title, text)
    return EmptyState(
        theme,
        stage.value,
        tr("Er is nog geen dossier open"),
        tr("Begin een nieuw panelgesprek. Een dossier dat er al is, opent u met Ctrl O of vanaf Start."),
        action=tr("Nieuw panelgesprek"),
        hint=keys.hint("new"),
        command="new",
        on_action=new.trigger,
    )
