"""The menu of a member: give the floor, mark as arrived or left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from sto_desktop.domain.people import Presence
from sto_desktop.language import tr
from sto_desktop.ui.look import plain


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
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        (tr("Spreker van deze notitie"), lambda: chosen(panelist)),
        (tr("Is er nu"), lambda: presence_asked(panelist, Presence.HERE)),
        (tr("Vertrekt nu"), lambda: presence_asked(panelist, Presence.GONE)),
        (tr("Is er (nog) niet"), lambda: presence_asked(panelist, Presence.ABSENT)),
    )
    for text, slot in steps:
        menu.addAction(plain.word(text)).triggered.connect(lambda _checked=False, slot=slot: slot())
    menu.popup(at)
    return menu
