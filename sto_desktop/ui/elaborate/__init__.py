"""Uitwerken: the notes of a panel, and the insights and recommendations that they add up to."""

from sto_desktop.ui.elaborate.stage import ElaborateStage, elaborate_stage

__all__ = ["ElaborateStage", "elaborate_stage"]
