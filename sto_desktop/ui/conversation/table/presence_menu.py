"""The menu of a member: give the floor, arrive or leave, what they say about being quoted and leaving early."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from sto_desktop.domain.dutch import clock
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import Presence
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.language import tr
from sto_desktop.ui.base.keys import entry
from sto_desktop.ui.look import plain

STEP = dt.timedelta(minutes=15)
TIMES = 6
"""Number of times of leaving that the menu offers, a quarter of an hour apart."""


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

    entry(menu, "speaker", partial(deeds.give_floor, panelist))
    for text, presence in (
        (tr("Is er nu"), Presence.HERE),
        (tr("Vertrekt nu"), Presence.GONE),
        (tr("Is er (nog) niet"), Presence.ABSENT),
    ):
        entry(menu, "table", partial(deeds.set_presence, panelist, presence), text, hint_shown=False)
    menu.addSeparator()
    refused = member.consent_quote is Consent.NO
    text = tr("Mag toch geciteerd worden") if refused else tr("Liever niet geciteerd")
    quoting = {"consent_quote": Consent.YES if refused else Consent.NO}
    entry(menu, "arrival", partial(deeds.change_member, panelist, quoting), text, hint_shown=False)
    early = menu.addMenu(plain.word(tr("Gaat eerder weg")))
    leaving: list[tuple[dt.time | None, str]] = [(time, tr("om {time}", time=clock(time))) for time in times_after(now)]
    if member.leaves_at is not None:
        leaving.append((None, tr("blijft tot het eind")))
    for leaves, text in leaving:
        entry(early, "arrival", partial(deeds.change_member, panelist, {"leaves_at": leaves}), text, hint_shown=False)
    menu.addSeparator()
    entry(menu, "arrival", partial(deeds.show_arrival, panelist), tr("Binnenkomst…"), hint_shown=False)
    menu.popup(at)
    return menu


def times_after(now: dt.datetime) -> list[dt.time]:
    """Return the next full quarters of an hour."""
    first = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    return [(first + STEP * number).time() for number in range(1, TIMES + 1)]
