"""Below whose words a line without a speaker stands, in a file or a pasted list: it may go on with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from sto_desktop.domain.capture.language import Captured
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.said_by import speakers_above, speakers_by_name, speakers_in_words
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.domain.vocabulary import Stance


class Above:
    """Who said the last line that says who speaks, whatever they answered: an answer may come or change later."""

    def __init__(self, members: Sequence[Panelist]) -> None:
        self._members = members
        self._silent = frozenset(member.id for member in members if not takes_part(member))
        self._speaker: str | None = None

    def hear(self, captured: Captured) -> Captured:
        """Return a line with the member (id) below whose words it stands, or hear in it who speaks now."""
        said = {member for member, stance in captured.voices if stance is Stance.SAYS}
        said |= speakers_in_words(captured.text, self._members, spoken=True)
        said |= speakers_above(captured.text, self._members)
        if said:
            # Of several, nobody can tell whose words go on.
            self._speaker = below_one_of(said, self._members)
        elif captured.unknown or captured.strangers:
            self._speaker = None
        elif self._speaker is not None:
            return replace(captured, under=self._speaker)
        return captured

    def end(self) -> None:
        """Forget who spoke: what follows stands elsewhere."""
        self._speaker = None

    def is_refused(self, captured: Captured) -> bool:
        """Return whether a line stands below words of who does not take part."""
        return captured.under in self._silent


def below_one_of(said: Collection[str], members: Sequence[Panelist]) -> str:
    """Return of several who speak (ids) the one below whose words a line is kept: nobody can tell whose words go on, so
    who does not take part comes first.
    """
    return min({member.id for member in members if member.id in said and not takes_part(member)} or said)


def below_now(notes: Iterable[NoteContent], members: Sequence[Panelist]) -> Iterator[tuple[NoteContent, str]]:
    """Yield the notes without a speaker that stand below words of a member (id), where the list of members came in
    after the file. `notes`: in their order. Those typed during a panel have a time, and stand below nobody's words.
    """
    above, last = Above(members), None
    for note in notes:
        place = note.question, note.note.heading, note.note.captured_at is None
        if place != last:
            above.end()
        last = place
        voices = [(voice.panelist, voice.stance) for voice in note.voices if voice.panelist]
        voices += [(member, Stance.SAYS) for member in sorted(speakers_by_name(note.note.said_by, members))]
        strangers = ((note.note.said_by, Stance.SAYS),) if note.note.said_by and not voices else ()
        heard = above.hear(Captured(note.text, voices=tuple(voices), strangers=strangers))
        if heard.under is not None and note.note.under is None and note.note.captured_at is None:
            yield note, heard.under
