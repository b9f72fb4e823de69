"""The menu of a member: give the floor, arrive or leave, what they say about being quoted and leaving early."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from sto_desktop.domain.dutch import clock
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import Presence
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.language import tr
from sto_desktop.ui.look import plain

STEP = dt.timedelta(minutes=15)
TIMES = 6
"""So many times are offered at which somebody leaves, a step apart."""


class SeatDeeds(Protocol):
    """What can be done with a member from the menu."""

    def give_floor(self, panelist: str) -> object:
        """Make the member the speaker of the line."""
        ...

    def set_presence(self, panelist: str, presence: Presence) -> object:
        """Record that the member arrives or leaves."""
        ...

    def change_member(self, panelist: str, values: Mapping[str, Any]) -> object:
        """Save what the member says."""
        ...

    def show_arrival(self, panelist: str) -> object:
        """Open Binnenkomst at the member."""
        ...


def offer_presence(owner: QWidget, member: Panelist, at: QPoint, now: dt.datetime, deeds: SeatDeeds) -> QMenu:
    """Open a member's menu at a screen position."""
    menu = QMenu(owner)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    panelist = member.id
    _add(menu, tr("Spreker van deze notitie"), lambda: deeds.give_floor(panelist))
    _add(menu, tr("Is er nu"), lambda: deeds.set_presence(panelist, Presence.HERE))
    _add(menu, tr("Vertrekt nu"), lambda: deeds.set_presence(panelist, Presence.GONE))
    _add(menu, tr("Is er (nog) niet"), lambda: deeds.set_presence(panelist, Presence.ABSENT))
    menu.addSeparator()
    if member.consent_quote is Consent.NO:
        _add(
            menu, tr("Mag toch geciteerd worden"), lambda: deeds.change_member(panelist, {"consent_quote": Consent.YES})
        )
    else:
        _add(menu, tr("Liever niet geciteerd"), lambda: deeds.change_member(panelist, {"consent_quote": Consent.NO}))
    early = menu.addMenu(plain.word(tr("Gaat eerder weg")))
    for time in times_after(now):
        _add(early, tr("om {time}", time=clock(time)), _leaving(deeds, panelist, time))
    if member.leaves_at is not None:
        _add(early, tr("blijft tot het eind"), _leaving(deeds, panelist, None))
    menu.addSeparator()
    _add(menu, tr("Binnenkomst…"), lambda: deeds.show_arrival(panelist))
    menu.popup(at)
    return menu


def _add(menu: QMenu, text: str, slot: Callable[[], object]) -> None:
    menu.addAction(plain.word(text)).triggered.connect(lambda _checked=False: slot())


def _leaving(deeds: SeatDeeds, panelist: str, time: dt.time | None) -> Callable[[], object]:
    return lambda: deeds.change_member(panelist, {"leaves_at": time})


def times_after(now: dt.datetime) -> list[dt.time]:
    """Return the coming quarters of an hour."""
    first = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    return [(first + STEP * number).time() for number in range(1, TIMES + 1)]
