"""Windows on other screens: the room's own, and the moderator's second window."""

from sto_desktop.ui.conversation.room.control import RoomControl, Surroundings
from sto_desktop.ui.conversation.room.menu import RoomButton

__all__ = ["RoomButton", "RoomControl", "Surroundings"]
