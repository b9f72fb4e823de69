"""Below whose words a line without a speaker stands, in a file or a pasted list: it may go on with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sto_desktop.domain.capture.language import Captured
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.said_by import speakers_in_words
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
        if said:
            # Of several, nobody can tell whose words go on.
            self._speaker = min(said & self._silent or said)
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
