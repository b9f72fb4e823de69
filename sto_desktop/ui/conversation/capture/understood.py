"""The words and looks of chips (who speaks, who agrees, whom a note is about, labels), and of those who do not take
part.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from sto_desktop.domain.capture.chips import MANY, LineChip
from sto_desktop.domain.capture.language import PARK_SIGN, SIGNS, Captured
from sto_desktop.domain.live.noting import refused_speakers, silent_named, voices_of
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.people import name_index, told_apart
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.domain.seats import seat_name
from sto_desktop.domain.vocabulary import Stance, StanceTone
from sto_desktop.language import listed, tr, tr_later
from sto_desktop.ui.look.roles import ColourRole
from sto_desktop.ui.notes.wording import agreed_words
from sto_desktop.ui.widgets import ChipLook, kind_chip, status_chip, tag_chip, voice_mark

_COLOURS = {
    StanceTone.MAIN: (ColourRole.PRIMARY, ColourRole.PRIMARY_SOFT),
    StanceTone.GOOD: (ColourRole.GOOD, ColourRole.GOOD_SOFT),
    StanceTone.AGAINST: (ColourRole.LATE, ColourRole.LATE_SOFT),
    StanceTone.QUIET: (ColourRole.MUTED, ColourRole.SUNKEN),
}


def chip_names(panelists: Iterable[Panelist], *, discreet: bool) -> Mapping[str, str]:
    """Return what each member (id) is called on a chip; the seat number when others may see the screen."""
    return {member.id: _seat(member) for member in panelists} if discreet else told_apart(panelists)


def _seat(panelist: Panelist) -> str:
    return tr("panellid") if panelist.seat is None else tr("stoel {seat}", seat=panelist.seat)


_SAID = (
    tr_later("{who} doet niet mee: wat die zegt, wordt niet bewaard."),
    tr_later("{who} doen niet mee: wat zij zeggen, wordt niet bewaard."),
)
_SAID_BEFORE = (
    tr_later("{who} doet niet mee: schrijf niet op wat die zegt."),
    tr_later("{who} doen niet mee: schrijf niet op wat zij zeggen."),
)
_NO_VOICE = (
    tr_later("{who} doet niet mee en telt niet mee."),
    tr_later("{who} doen niet mee en tellen niet mee."),
)


def withheld_words(
    voices: Iterable[tuple[str, Stance]], member: Callable[[str | None], Panelist | None], had: Collection[str] = ()
) -> str:
    """Return the warning about members with a voice in a line who do not take part; empty if all do.

    `member` returns a member by id; `had`: the members (ids) whose note it was before. It names seats only: others may
    see the screen.
    """
    seats: dict[tuple[str, str], list[str]] = {_SAID: [], _SAID_BEFORE: [], _NO_VOICE: []}
    for id_, stance in voices:
        person = member(id_)
        if person is not None and not takes_part(person):
            words = _SAID_BEFORE if id_ in had else _SAID if stance is Stance.SAYS else _NO_VOICE
            seats[words].append(_seat(person))
    sentences = (
        tr(words[len(names) > 1], who=listed(list(dict.fromkeys(names)))) for words, names in seats.items() if names
    )
    return " ".join(f"{words[:1].upper()}{words[1:]}" for words in sentences)


def withheld_in(
    captured: Captured,
    panelists: Sequence[Panelist],
    member: Callable[[str | None], Panelist | None],
    note: NoteContent | None = None,
) -> str:
    """Return the same for a line that is typed, also about those who say it by its own words: "hilde: te duur".

    Whoever is named otherwise may say it as well ("hilde ook"), or be who it is about: the line is kept, and said.
    `note`: the note that is corrected.
    """
    refused = refused_speakers(captured, panelists, note)
    named = silent_named(captured, panelists, note) - refused
    voices = dict.fromkeys(sorted(refused | named), Stance.SAYS) | dict(captured.voices)
    return withheld_words(voices.items(), member, voices_of(note) | named)


def unknown_words(names: Sequence[str], panelists: Sequence[Panelist]) -> str:
    """Return the message about names after an `@` that mean no member, or several."""
    index = name_index(panelists)
    sentences = []
    for name in names:
        if name.isdecimal():
            sentences.append(tr("Op stoel {seat} zit niemand.", seat=name))
        elif len(index.find(name)) > 1:
            sentences.append(tr("Er is meer dan één «{name}».", name=name))
        else:
            sentences.append(tr("Niemand hier heet «{name}».", name=name))
    return " ".join(sentences)


def said_of_unknown(names: Sequence[str], panelists: Sequence[Panelist]) -> str:
    """Return the same of a note that is saved; empty without such names."""
    if not names:
        return ""
    saved = []
    if seats := [seat_name(int(name)) for name in names if name.isdecimal()]:
        saved.append(tr("Bij de notitie staat {seats} als onbekende spreker.", seats=listed(seats)))
    if len(seats) < len(names):
        saved.append(tr("De notitie is bewaard zonder die spreker; de naam staat in de tekst."))
    return " ".join((unknown_words(names, panelists), *saved))


def lost_words(members: Iterable[Panelist], *, discreet: bool) -> str:
    """Return the message about members who were deleted while a line named them."""
    names = listed([_seat(member) if discreet else member.name for member in members])
    return tr("{who} is geen panellid meer en staat niet meer bij wat u typt.", who=names)


def meant_by(sign: str) -> str:
    """Return the words for what a sign at the start makes of a note; empty for no sign."""
    if sign == PARK_SIGN:
        return tr("parkeerplaats")
    return tr(SIGNS[sign].word) if sign else ""


def look_of(chip: LineChip, names: Mapping[str, str], *, discreet: bool = False) -> ChipLook | None:
    """Return the look of a chip; None for members whom the panel does not have. `names`: see `chip_names`."""
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
    called = [names[member] for member in chip.members if member in names]
    if not called:
        return None
    ink, fill = _COLOURS[chip.stance.meaning.tone]
    many = len(called) > MANY
    text = tr(chip.stance.many, n=len(called)) if many else f"{voice_mark(chip.stance) or '@ '}{called[0]}"
    return ChipLook(text, ink=ink, fill=fill, pill=True)
