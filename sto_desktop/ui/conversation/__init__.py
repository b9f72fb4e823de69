"""The stage Gesprek: guide, clock and capture while the panel talks."""

from sto_desktop.ui.conversation.stage import conversation_stage

__all__ = ["conversation_stage"]
