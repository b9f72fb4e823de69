"""Verslag: options, a preview of the pages, and the Word file."""

from sto_desktop.ui.report.stage import ReportStage, report_stage

__all__ = ["ReportStage", "report_stage"]
