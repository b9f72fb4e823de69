"""The words that a capture field completes and writes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sto_desktop.domain.model import Panelist
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.fields.abbreviations import abbreviations


class Vocabulary:
    """Read anew each time: members, labels and abbreviations come in while one types."""

    def __init__(self, live: LiveConversation, settings: SettingsStore) -> None:
        self._live = live
        self._settings = settings

    @property
    def panelists(self) -> Sequence[Panelist]:
        """The members of the panel."""
        return self._live.rows.panelists

    @property
    def tags(self) -> Sequence[str]:
        """The names of all labels, by alphabet."""
        return sorted(self._live.rows.tags.values(), key=str.casefold)

    @property
    def abbreviations(self) -> Mapping[str, str]:
        """What is written out, by what is typed."""
        return abbreviations(self._settings)
