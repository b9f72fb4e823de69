"""Uitwerken: the notes of a panel, and the insights and recommendations drawn from them."""

from sto_desktop.ui.elaborate.stage import ElaborateStage, elaborate_stage

__all__ = ["ElaborateStage", "elaborate_stage"]
