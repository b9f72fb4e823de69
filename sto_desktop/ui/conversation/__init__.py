"""The stage Gesprek: guide, clock and note capture during the conversation."""

from sto_desktop.ui.conversation.stage import conversation_stage

__all__ = ["conversation_stage"]
