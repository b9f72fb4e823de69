"""Voorbereiden: the guide with its times, the panel and its members, and the checklist before the conversation."""

from sto_desktop.ui.prepare.stage import prepare_stage

__all__ = ["prepare_stage"]
