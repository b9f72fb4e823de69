"""The menu of a member: give the floor, mark as arrived or left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from sto_desktop.domain.people import Presence
from sto_desktop.language import tr
from sto_desktop.ui.base.keys import entry


def offer_presence(
    owner: QWidget,
    panelist: str,
    at: QPoint,
    chosen: Callable[[str], object],
    presence_asked: Callable[[str, Presence], object],
) -> QMenu:
    """Open a member's menu at a screen position."""
    menu = QMenu(owner)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    entry(menu, "speaker", lambda: chosen(panelist))
    for text, presence in (
        (tr("Is er nu"), Presence.HERE),
        (tr("Vertrekt nu"), Presence.GONE),
        (tr("Is er (nog) niet"), Presence.ABSENT),
    ):
        entry(menu, "table", partial(presence_asked, panelist, presence), text, hint_shown=False)
    menu.popup(at)
    return menu
