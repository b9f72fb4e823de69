"""Readiness of a panel: what is settled and what is missing, as facts without wording."""

from __future__ import annotations

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
"""Checklist code: somebody read the opening text. Like the codes below, permanent in the log."""

TODO_ITEMS: dict[str, str] = {
    "INVITED": "Uitnodigingen verstuurd",
    "LETTER": tr_later("Informatiebrief en toestemmingsformulier meegestuurd"),
    "ROOM": tr_later("Zaal, koffie en thee geregeld"),
    "TABLE": tr_later("Stoelen in een kring, naamkaarten gemaakt"),
    "ROLES": tr_later("Taken afgesproken met de notulist"),
    "PAPERS": tr_later("Leidraad en kaart afgedrukt, voor als de laptop uitvalt"),
    "LAPTOP": tr_later("Laptop opgeladen, snoer en verlengsnoer mee"),
}
"""Items only a person can confirm, in the order in which they come up: the code in the log, and the question."""

PRIVACY_FIELDS: tuple[str, ...] = ("responsible", "privacy_contact", "processing_ground", "retain_until")
"""Fields required before personal data may be stored."""

OCCASION_FIELDS: tuple[str, ...] = ("date", "start", "place")
"""Fields of a panel without which nobody can attend."""


class CheckKind(Enum):
    """The kinds of check, in display order."""

    TIME = auto()
    OCCASION = auto()
    PANELISTS = auto()
    CONSENT = auto()
    PRIVACY = auto()
    OPENING = auto()
    TODO = auto()


@dataclass(frozen=True)
class Check:
    """One check: `count` of `of` is done (minutes, members); `missing`: names of empty fields, or unticked items.

    `twice`: seats assigned to more than one member. For PRIVACY, `count` is the number of members who do not consent to
    recording.
    """

    kind: CheckKind
    done: bool
    count: int = 0
    of: int = 0
    missing: tuple[str, ...] = ()
    twice: tuple[int, ...] = ()


def guide_minutes(guide: GuideContent) -> int:
    """Return the minutes of the guide as written, ignoring the panel's own decisions: the time to plan with."""
    return sum(
        theme.theme.minutes + sum(question.question.minutes for question in theme.questions) for theme in guide.themes
    )


LONGEST_MINUTES = 120
"""Maximum length of a conversation without a planned end."""


def minutes_available(panel: Panel, guide: GuideContent) -> int:
    """Return the available minutes: from start to end of the panel, or else those of the guide."""
    if panel.start is not None and panel.end is not None:
        start, end = (moment.hour * 60 + moment.minute for moment in (panel.start, panel.end))
        # Modulo a day, since an evening may end after midnight.
        return (end - start) % (24 * 60)
    return min(guide_minutes(guide), LONGEST_MINUTES)


def consent_answered(panelist: Panelist) -> bool:
    """Return whether a member answered the consent questions: participation, name and quotes, or no to participation.

    Recording is left out: it is only asked if the conversation is recorded.
    """
    # After a no to participation the other questions do not arise.
    if panelist.consent_participation is Consent.NO:
        return True
    answers = (panelist.consent_participation, panelist.consent_name, panelist.consent_quote)
    return Consent.UNKNOWN not in answers


def seats_twice(panelists: Iterable[Panelist]) -> tuple[int, ...]:
    """Return the seats assigned to more than one member."""
    taken = Counter(panelist.seat for panelist in panelists if panelist.seat is not None)
    return tuple(sorted(seat for seat, count in taken.items() if count > 1))


def readiness(
    panel: Panel,
    guide: GuideContent,
    panelists: Sequence[Panelist],
    *,
    ticked: Collection[str],
    minutes: int | None = None,
) -> tuple[Check, ...]:
    """Return all checks of a panel, in order.

    `ticked`: codes confirmed by a person. `minutes`: available time; None: see `minutes_available`.
    """
    available = minutes_available(panel, guide) if minutes is None else minutes
    planned = guide.minutes
    missing = tuple(name for name in OCCASION_FIELDS if not getattr(panel, name))
    unsaid = tuple(name for name in PRIVACY_FIELDS if not getattr(panel, name))
    # Without a recording nobody needs to consent to it.
    refusing = refuse_recording(panelists) if panel.recording.strip() else ()
    seated = [panelist for panelist in panelists if panelist.seat is not None and panelist.sector]
    twice = seats_twice(panelists)
    answered = [panelist for panelist in panelists if consent_answered(panelist)]
    unticked = tuple(code for code in TODO_ITEMS if code not in ticked)
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
        Check(CheckKind.TODO, not unticked, len(TODO_ITEMS) - len(unticked), len(TODO_ITEMS), unticked),
    )
