"""The words and looks of chips (who speaks, who agrees, whom a note is about, labels), and of those who do not take
part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sto_desktop.domain.capture.chips import MANY, LineChip
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import short_name
from sto_desktop.domain.privacy.participation import takes_part
from sto_desktop.domain.vocabulary import StanceTone
from sto_desktop.language import listed, tr
from sto_desktop.ui.look.roles import ColourRole
from sto_desktop.ui.notes.wording import agreed_words
from sto_desktop.ui.widgets import ChipLook, kind_chip, status_chip, tag_chip, voice_mark

_COLOURS = {
    StanceTone.MAIN: (ColourRole.PRIMARY, ColourRole.PRIMARY_SOFT),
    StanceTone.GOOD: (ColourRole.GOOD, ColourRole.GOOD_SOFT),
    StanceTone.AGAINST: (ColourRole.LATE, ColourRole.LATE_SOFT),
    StanceTone.QUIET: (ColourRole.MUTED, ColourRole.SUNKEN),
}


def named(panelist: Panelist, *, discreet: bool) -> str:
    """Return the name of a member for a chip; the seat number when others may see the screen."""
    if not discreet:
        return short_name(panelist)
    return tr("panellid") if panelist.seat is None else tr("stoel {seat}", seat=panelist.seat)


def withheld_words(members: Iterable[Panelist]) -> str:
    """Return the warning about members who do not take part; empty if all do.

    Names seats only: others may see the screen.
    """
    names = [named(member, discreet=True) for member in members if not takes_part(member)]
    subject = listed(list(dict.fromkeys(names)))
    if not subject:
        return ""
    words = (
        tr("{who} doet niet mee: schrijf niet op wat die zegt.", who=subject)
        if len(names) == 1
        else tr("{who} doen niet mee: schrijf niet op wat zij zeggen.", who=subject)
    )
    return words[:1].upper() + words[1:]


def lost_words(members: Iterable[Panelist], *, discreet: bool) -> str:
    """Return the message about members who were deleted while a line named them."""
    names = listed([named(member, discreet=True) if discreet else member.name for member in members])
    return tr("{who} is geen panellid meer en staat niet meer bij wat u typt.", who=names)


def look_of(
    chip: LineChip, member: Callable[[str | None], Panelist | None], *, discreet: bool = False
) -> ChipLook | None:
    """Return the look of a chip; None for members whom the panel does not have."""
    if chip.kind is not None:
        return kind_chip(chip.kind)
    if chip.parked:
        return status_chip(tr("parkeerplaats"), ColourRole.WARN_TEXT, ColourRole.WARN_SOFT)
    if chip.tag:
        return tag_chip(chip.tag)
    if chip.agreed.owner:
        return status_chip(agreed_words(*chip.agreed, discreet=discreet), ColourRole.PRIMARY, ColourRole.PRIMARY_SOFT)
    if chip.agreed.due:
        return status_chip(agreed_words(*chip.agreed, discreet=discreet))
    names = [named(person, discreet=discreet) for person in map(member, chip.members) if person is not None]
    if not names:
        return None
    ink, fill = _COLOURS[chip.stance.meaning.tone]
    many = len(names) > MANY
    text = tr(chip.stance.many, n=len(names)) if many else f"{voice_mark(chip.stance) or '@ '}{names[0]}"
    return ChipLook(text, ink=ink, fill=fill, pill=True)
