"""What may be noted of members who do not take part: nothing that they say; in what others say they are no voice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sto_desktop.domain.capture.language import Captured
from sto_desktop.domain.errors import UsageError
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.said_by import (
    likely_speakers,
    may_say,
    named_in,
    speakers_by_name,
    speakers_in_words,
    speakers_of,
)
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.language import counted, tr


def voices_of(note: NoteContent | None) -> frozenset[str]:
    """Return the members (ids) with a voice in a note; none without a note."""
    return frozenset(voice.panelist for voice in (note.voices if note else ()) if voice.panelist is not None)


def may_be_noted(captured: Captured, members: Iterable[Panelist], note: NoteContent | None = None) -> bool:
    """Return whether nobody said a line who does not take part; those with a voice in its `note` already may stay."""
    return not refused_speakers(captured, members, note)


def refused_speakers(
    captured: Captured, members: Iterable[Panelist], note: NoteContent | None = None
) -> frozenset[str]:
    """Return which members (ids) say a line who do not take part, without those with a voice in its `note` already."""
    members = list(members)
    silent = _silent(members, note)
    if not silent:
        return frozenset()
    speakers = {member for member, stance in captured.voices if stance is Stance.SAYS and member in silent}
    # Their name in its words and a seat in a table say the same, unless they were there already.
    refusing = [member for member in members if member.id in silent]
    if note is not None:
        already = speakers_of(note.note, refusing)
        refusing = [member for member in refusing if member.id not in already]
    spoken = any(stance is Stance.SAYS and member not in silent for member, stance in captured.voices)
    spoken |= bool(captured.unknown or captured.strangers)
    names = ", ".join(filter(None, (captured.said_by, *captured.unknown)))
    in_words = speakers_in_words(captured.text, refusing, spoken=spoken) | speakers_by_name(names, refusing)
    return in_words | speakers


def silent_named(captured: Captured, members: Iterable[Panelist], note: NoteContent | None = None) -> frozenset[str]:
    """Return which members (ids) a line or its labels name who do not take part, whether they say it or it is about
    them, and whom it is likely to mean as its speaker ("4: te duur"); without those with a voice in its `note` already.
    """
    members = list(members)
    silent = _silent(members, note)
    if not silent:
        return frozenset()
    named = named_in(" ".join((captured.text, *captured.tags)), [member for member in members if member.id in silent])
    likely = {owner for mention in may_say(captured.text, members) for owner in mention.panelists}
    likely.update(owner for name, _ in captured.strangers for owner in likely_speakers(name, members))
    return named | (likely & silent)


def admitted(captured: Captured, members: Iterable[Panelist], note: NoteContent | None = None) -> Captured:
    """Return a line as it may be noted: without the agreement and dissent of members who do not take part.

    Those with a voice in its `note` already stay. Raises UsageError unless it `may_be_noted`.
    """
    members = list(members)
    if not may_be_noted(captured, members, note):
        raise UsageError(
            tr("Niet bewaard: wie dit zei, doet niet mee (deelname: nee)."),
            advice=tr("Haal de spreker weg, of verander het antwoord bij Binnenkomst."),
        )
    silent = _silent(members, note)
    if not silent:
        return captured
    voices = tuple((member, stance) for member, stance in captured.voices if member not in silent)
    return captured if len(voices) == len(captured.voices) else replace(captured, voices=voices)


def _silent(members: Iterable[Panelist], note: NoteContent | None) -> set[str]:
    silent = {member.id for member in members if not takes_part(member)}
    return silent - voices_of(note) if silent else silent


def said_not_taken(notes: int) -> str:
    """Return a sentence with the number of lines of a list that were not noted; empty for 0."""
    if not notes:
        return ""
    return counted(
        notes,
        "{n} regel is niet overgenomen: wie dat zei, doet niet mee (deelname: nee).",
        "{n} regels zijn niet overgenomen: wie dat zei, doet niet mee (deelname: nee).",
    )


def said_below(notes: int) -> str:
    """Return a sentence with the number of notes without a speaker below such lines; empty for 0."""
    if not notes:
        return ""
    return counted(
        notes,
        "{n} notitie zonder spreker stond onder woorden van wie niet meedoet (deelname: nee). Zijn het die woorden, "
        "haal haar dan weg.",
        "{n} notities zonder spreker stonden onder woorden van wie niet meedoet (deelname: nee). Zijn het die woorden, "
        "haal ze dan weg.",
    )


def speaks(captured: Captured) -> bool:
    """Return whether a line says which member says it."""
    return any(stance is Stance.SAYS for _, stance in captured.voices)


def said_named(notes: int) -> str:
    """Return a sentence with the number of lines that were noted and in which `silent_named` finds somebody; empty for
    0.
    """
    if not notes:
        return ""
    return counted(
        notes,
        "{n} notitie noemt iemand die niet meedoet (deelname: nee). Zijn het eigen woorden, haal haar dan weg.",
        "{n} notities noemen iemand die niet meedoet (deelname: nee). Zijn het eigen woorden, haal ze dan weg.",
    )
