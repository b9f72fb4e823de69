"""The Start stage: resume recent work, or begin a new dossier."""

from sto_desktop.ui.start.page import StartPage

__all__ = ["StartPage"]
