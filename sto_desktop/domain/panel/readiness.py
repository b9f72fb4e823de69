"""Whether a panel is ready to be held: what is settled and what is still missing, as facts without words."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.panel.consent import refuse_recording
from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.language import tr_later

OPENING_READ = "OPENING"
"""The line of the checklist that says that somebody read the opening text; like those below, for ever in the log."""

TODO_ITEMS: dict[str, str] = {
    "INVITED": "Uitnodigingen verstuurd",
    "LETTER": tr_later("Informatiebrief en toestemmingsformulier meegestuurd"),
    "ROOM": tr_later("Zaal, koffie en thee geregeld"),
    "TABLE": tr_later("Stoelen in een kring, naamkaarten gemaakt"),
    "ROLES": tr_later("Taken afgesproken met de notulist"),
    "PAPERS": tr_later("Leidraad en kaart afgedrukt, voor als de laptop uitvalt"),
    "LAPTOP": tr_later("Laptop opgeladen, snoer en verlengsnoer mee"),
}
"""What only a person can tell, in the order of the days before: the code in the log, and what is asked."""

PRIVACY_FIELDS: tuple[str, ...] = ("processing_ground", "retain_until")
"""Fields without which personal data may not be kept."""

OCCASION_FIELDS: tuple[str, ...] = ("date", "start", "place")
"""Fields of a panel without which nobody can come."""


class CheckKind(Enum):
    """What is looked at, in the order in which it is shown."""

    TIME = auto()
    OCCASION = auto()
    PANELISTS = auto()
    CONSENT = auto()
    PRIVACY = auto()
    OPENING = auto()
    TODO = auto()


@dataclass(frozen=True)
class Check:
    """One thing to settle: `count` of `of` is done (minutes, members); `missing` names fields that are empty, or
    what is not ticked.

    `twice`: seats that more than one member has. Of PRIVACY `count` is how many do not agree with being recorded.
    """

    kind: CheckKind
    done: bool
    count: int = 0
    of: int = 0
    missing: tuple[str, ...] = ()
    twice: tuple[int, ...] = ()


def guide_minutes(guide: GuideContent) -> int:
    """Return the minutes of a guide as it was made, whatever a panel decided: the time that is reckoned with."""
    return sum(theme.theme.minutes + sum(item.question.minutes for item in theme.questions) for theme in guide.themes)


LONGEST_MINUTES = 120
"""What a conversation takes at most, where nothing was said about its end: people have trains to catch."""


def minutes_available(panel: Panel, guide: GuideContent) -> int:
    """Return the minutes that there are: from begin to end of the panel, or else those that the guide was made for."""
    if panel.start is not None and panel.end is not None:
        begin, end = (one.hour * 60 + one.minute for one in (panel.start, panel.end))
        # An evening may run past midnight.
        return (end - begin) % (24 * 60)
    return min(guide_minutes(guide), LONGEST_MINUTES)


def consent_answered(panelist: Panelist) -> bool:
    """Tell whether a member answered about consent: taking part, name and quotes, or no to taking part.

    Recording is left out: it is only asked where there is a recording.
    """
    if panelist.consent_participation is Consent.NO:
        return True
    answers = (panelist.consent_participation, panelist.consent_name, panelist.consent_quote)
    return Consent.UNKNOWN not in answers


def seats_twice(panelists: Iterable[Panelist]) -> tuple[int, ...]:
    """Return the seats that more than one member has."""
    taken = Counter(item.seat for item in panelists if item.seat is not None)
    return tuple(sorted(seat for seat, count in taken.items() if count > 1))


def overdue(panel: Panel, today: dt.date) -> bool:
    """Tell whether the personal data of a panel should have gone by now."""
    return panel.retain_until is not None and panel.retain_until < today


def readiness(
    panel: Panel,
    guide: GuideContent,
    panelists: Sequence[Panelist],
    *,
    ticked: Collection[str],
    minutes: int | None = None,
) -> tuple[Check, ...]:
    """Return the checks of a panel, all of them, in order.

    `ticked`: codes of what a person said is done. `minutes`: the time that there is; None: see `minutes_available`.
    """
    available = minutes_available(panel, guide) if minutes is None else minutes
    planned = guide.minutes
    missing = tuple(name for name in OCCASION_FIELDS if not getattr(panel, name))
    unsaid = tuple(name for name in PRIVACY_FIELDS if not getattr(panel, name))
    refusing = refuse_recording(panelists) if panel.recording.strip() else ()
    seated = [item for item in panelists if item.seat is not None and item.sector]
    twice = seats_twice(panelists)
    answered = [item for item in panelists if consent_answered(item)]
    left = tuple(code for code in TODO_ITEMS if code not in ticked)
    everybody = len(panelists)
    return (
        Check(CheckKind.TIME, 0 < planned <= available, planned, available),
        Check(CheckKind.OCCASION, not missing, len(OCCASION_FIELDS) - len(missing), len(OCCASION_FIELDS), missing),
        Check(
            CheckKind.PANELISTS,
            everybody > 0 and len(seated) == everybody and not twice,
            len(seated),
            everybody,
            twice=twice,
        ),
        Check(CheckKind.CONSENT, everybody > 0 and len(answered) == everybody, len(answered), everybody),
        Check(CheckKind.PRIVACY, not unsaid and not refusing, len(refusing), everybody, unsaid),
        Check(CheckKind.OPENING, OPENING_READ in ticked),
        Check(CheckKind.TODO, not left, len(TODO_ITEMS) - len(left), len(TODO_ITEMS), left),
    )
