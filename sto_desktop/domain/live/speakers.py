"""Who spoke, and who has been quiet for long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.voices import TalkBalance
from sto_desktop.domain.people import Presence, presence_of

UNHEARD_AFTER = dt.timedelta(minutes=10)
"""Time into the conversation after which a member who was never heard is highlighted."""

QUIET_AFTER = dt.timedelta(minutes=20)
"""Silence after which a member who spoke earlier is highlighted."""

MOST_QUIET = 3
"""Highlight at most this many members: a highlight on half the table means nothing."""


def with_notes(balances: Sequence[TalkBalance], added: Sequence[TalkBalance]) -> tuple[TalkBalance, ...]:
    """Return the talk balance with that of some notes added; both have the same members."""
    added_by_member = {balance.panelist: balance for balance in added}
    result = []
    for balance in balances:
        new = added_by_member.get(balance.panelist)
        if new is None or not new.times:
            result.append(balance)
            continue
        moments = [moment for moment in (balance.last, new.last) if moment is not None]
        result.append(TalkBalance(balance.panelist, balance.times + new.times, max(moments, default=None)))
    return tuple(result)


def quiet_members(
    balances: Iterable[TalkBalance], panelists: Iterable[Panelist], now: dt.datetime, talked: dt.timedelta
) -> frozenset[str]:
    """Return the members who have been quiet longest, at most `MOST_QUIET`; those never heard come first, once others
    were heard.

    `talked`: duration of the conversation so far. Absent members are left out; for latecomers time counts from arrival.
    """
    present = {panelist.id: panelist for panelist in panelists if presence_of(panelist) is Presence.HERE}
    quiet: list[tuple[float, int, str]] = []
    balances = tuple(balances)
    others_heard = any(balance.times for balance in balances)
    for place, balance in enumerate(balances):
        member = present.get(balance.panelist)
        if member is None:
            continue
        if not balance.times:
            since = talked if member.arrived_at is None else min(talked, now - member.arrived_at)
            if others_heard and since >= UNHEARD_AFTER:
                # Never heard outranks any silence.
                quiet.append((-dt.timedelta.max.total_seconds(), place, balance.panelist))
            continue
        silence = balance.silent_for(now)
        if silence is not None and silence >= QUIET_AFTER:
            quiet.append((-silence.total_seconds(), place, balance.panelist))
    return frozenset(panelist for _, _, panelist in sorted(quiet)[:MOST_QUIET])
