"""What the room may see of a conversation: theme and question; time, summary, notes and names only if switched on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.dutch import clock
from sto_desktop.domain.live.pause import Pause
from sto_desktop.domain.live.state import LiveState, Phase
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.privacy.participation import notes_taking_part
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.language import counted, tr
from sto_desktop.ui.conversation.time.theme_bar import Segment, segments_of

MOST_NOTES = 3


@dataclass(frozen=True, slots=True)
class RoomShows:
    """What the room sees besides theme and question; all off by default. `names`: whether notes show names."""

    time: bool = False
    summary: bool = False
    notes: bool = False
    names: bool = False


@dataclass(frozen=True, slots=True)
class RoomContent:
    """Content of the room's screen: a small line, a large one, and the bar; the other parts may be empty."""

    small: str
    large: str
    bar: tuple[Segment, ...] = ()
    time: str = ""
    summary: str = ""
    notes: tuple[str, ...] = ()


def room_content(state: LiveState, shows: RoomShows, notes: Iterable[NoteContent] = ()) -> RoomContent:
    """Return what the room sees of a conversation.

    Args:
        notes: those of the current question, in order; used only if notes are shown. Notes of members who do not
            take part are never shown.
    """
    title = title_for(state.panel)
    bar = _passed(segments_of(state.guide, state.timing))
    time = clock(state.now) if shows.time else ""
    step = state.step
    if state.phase is Phase.NOT_BEGUN or step is None:
        return RoomContent(title, tr("Welkom"), bar, time)
    if state.phase is Phase.HELD:
        return RoomContent(title, tr("Dank u wel"), (), time)
    if state.pause is not None:
        return RoomContent(step.theme.title, _told_pause(state.pause, state.now), bar, time)
    if shows.time:
        minutes_left = max(0, round(state.timing.theme_left / 60))
        time += " · " + counted(minutes_left, "nog {n} minuut in dit thema", "nog {n} minuten in dit thema")
    # A theme without a summary keeps showing the last summary that was read back.
    playback = state.playback or state.last_playback
    summary = playback.text if shows.summary and playback is not None else ""
    hidden = state.discreet or not shows.notes
    everybody = [seat.member for seat in state.seats]
    names = {seat.member.id: seat.name for seat in state.seats} if shows.names else {}
    visible = () if hidden else notes_taking_part(notes, everybody)
    texts = tuple(_told(note, names) for note in _last_notes(visible))
    return RoomContent(step.theme.title, step.question.text, bar, time, summary, texts)


def _told_pause(pause: Pause, now: dt.datetime) -> str:
    """Return the pause on two lines, with the time at which people are expected back."""
    if pause.over(now):
        return tr("Pauze\nWe gaan zo verder")
    return tr("Pauze\nVerder om {time}", time=clock(pause.until))


def _passed(bar: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Return the bar with every theme before the current one full: it shows progress through the guide, not time
    spent."""
    # By position in the guide: a theme may have used less than its time, or none.
    index = next((number for number, segment in enumerate(bar) if segment.current), 0)
    return tuple(replace(segment, filled=1.0) if number < index else segment for number, segment in enumerate(bar))


def _last_notes(notes: Iterable[NoteContent]) -> list[NoteContent]:
    """Return the latest notes, without the note taker's observations and marks that still lack text: those are
    private."""
    panel_notes = [note for note in notes if note.kind.is_panels and note.text.strip()]
    return panel_notes[-MOST_NOTES:]


def _told(note: NoteContent, names: Mapping[str, str]) -> str:
    speakers = [names.get(voice.panelist or "") for voice in note.voices if voice.stance is Stance.SAYS]
    named_speakers = ", ".join(name for name in speakers if name is not None)
    text = " ".join(note.text.split())
    return f"{named_speakers}: {text}" if named_speakers else text
