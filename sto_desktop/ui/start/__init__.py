"""The Start stage: go on where you were, or begin."""

from sto_desktop.ui.start.page import StartPage

__all__ = ["StartPage"]
