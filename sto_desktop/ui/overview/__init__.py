"""Vogelvlucht: all panels side by side, what they add up to, and the plan that follows."""

from sto_desktop.ui.overview.stage import OverviewStage, overview_stage

__all__ = ["OverviewStage", "overview_stage"]
