"""The words that a capture field completes and the abbreviations that it expands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sto_desktop.domain.model import Panelist
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.fields.abbreviations import abbreviations


class Vocabulary:
    """Read again at each call: members, labels and abbreviations may be added while the user types."""

    def __init__(self, live: LiveConversation, settings: SettingsStore) -> None:
        self._live = live
        self._settings = settings

    @property
    def panelists(self) -> Sequence[Panelist]:
        """The members of the panel."""
        return self._live.rows.panelists

    @property
    def tags(self) -> Sequence[str]:
        """The names of all labels, in alphabetical order."""
        return sorted(self._live.rows.tags.values(), key=str.casefold)

    @property
    def today(self) -> dt.date:
        """The date that determines the year of a date without one."""
        return self._live.session.now().date()

    @property
    def abbreviations(self) -> Mapping[str, str]:
        """The abbreviations, as typed text to expansion."""
        return abbreviations(self._settings)
