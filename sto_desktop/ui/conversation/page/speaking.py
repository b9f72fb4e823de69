"""Who speaks in the note being typed: chosen by seat or by a click, or given the turn in a round."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from sto_desktop.domain.live.state import Round
from sto_desktop.language import tr
from sto_desktop.ui.base import keys
from sto_desktop.ui.base.stage import Notify
from sto_desktop.ui.conversation.capture.capture_line import CaptureLine
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.conversation.stream.stream import StreamView


class Speaking:
    """Gives the speaker to the note that is being corrected, or else to the line; `show_line` shows and focuses it."""

    def __init__(
        self,
        live: LiveConversation,
        line: CaptureLine,
        stream: StreamView,
        show_line: Callable[[], object],
        notify: Notify,
    ) -> None:
        self._live = live
        self._line = line
        self._stream = stream
        self._show_line = show_line
        self._notify = notify
        self._had_turn: str | None = None

    def bind(self, page: QWidget) -> None:
        """Bind the keys of the seats, and that of a quote."""
        keys.bind("quote", page, self.toggle_quote)
        for seat in range(1, 11):
            keys.bind(f"seat_{seat}", page, partial(self.choose_seat, seat))

    def choose(self, panelist: str) -> None:
        """Make a member (id) the speaker."""
        editor = self._stream.editor
        if editor is not None:
            editor.edit.speak(panelist)
            return
        self._show_line()
        self._line.choose_speaker(panelist)

    def choose_seat(self, seat: int) -> None:
        """Make the member on a seat the speaker."""
        member = self._live.rows.member_on(seat)
        if member is None:
            self._notify(tr("Op stoel {seat} zit niemand.", seat=seat))
            return
        self.choose(member.id)

    def toggle_quote(self) -> None:
        """Make the text being typed a quote, or not."""
        editor = self._stream.editor
        if editor is not None:
            editor.edit.toggle_quote()
        else:
            self._line.toggle_quote()

    def follow_round(self, going: Round | None) -> None:
        """Make the member whose turn it is the speaker of a line without text."""
        turn = going.turn if going is not None else None
        chosen = self._line.draft.speaker
        # Never overwrite a text, or a speaker that the user chose during this turn or after the round.
        own = chosen is not None and chosen != self._had_turn
        if self._line.draft.text or (own and turn in (None, self._had_turn)):
            return
        self._had_turn = turn
        if chosen != turn:
            self._line.set_speaker(turn, carried=True)
