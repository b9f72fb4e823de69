"""The stage Voorbereiden: the guide with its times, the panel and its members, and what is still to be settled."""

from sto_desktop.ui.prepare.stage import prepare_stage

__all__ = ["prepare_stage"]
