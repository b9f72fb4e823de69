"""Vogelvlucht: all panels side by side, insights over them, and the plan that follows."""

from sto_desktop.ui.overview.stage import OverviewStage, overview_stage

__all__ = ["OverviewStage", "overview_stage"]
