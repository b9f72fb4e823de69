"""Pasting a list into the line: asks whether it is several notes, and captures them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.dutch import shortened
from sto_desktop.domain.live.draft import said_by
from sto_desktop.domain.privacy.participation import said_not_taken
from sto_desktop.domain.record import clean_text
from sto_desktop.language import counted, tr
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.look.roles import TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Button, ButtonKind, Dialog, TextLabel

SHOWN = 5
LONGEST = 90
AT_ONCE = 250
"""Maximum number of pasted notes captured without a pause, and undone in one step."""


class PasteDialog(Dialog):
    """Enter makes a note of each line, Esc pastes nothing; a button pastes the text as one note."""

    def __init__(
        self,
        theme: Appearance,
        notes: Sequence[str],
        on_notes: Callable[[], object],
        on_text: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        count = len(notes)
        super().__init__(
            theme,
            counted(count, "{n} notitie maken?", "{n} notities maken?"),
            tr("Elke regel wordt een notitie bij deze vraag, met de tekens, sprekers en labels die erin staan."),
            parent,
        )
        for note in notes[:SHOWN]:
            self.body.addWidget(TextLabel(theme, shortened(note, LONGEST), TextStyle.BODY, lines=1))
        if count > SHOWN:
            remainder = counted(count - SHOWN, "en nog {n} regel", "en nog {n} regels")
            self.body.addWidget(TextLabel(theme, remainder, TextStyle.SECONDARY))
        as_text = Button(theme, tr("Als één notitie"), on_click=lambda: self._do(on_text))
        self.make = Button(
            theme,
            counted(count, "{n} notitie maken", "{n} notities maken"),
            kind=ButtonKind.PRIMARY,
            hint="Enter",
            on_click=lambda: self._do(on_notes),
        )
        self.as_text = as_text
        self.add_buttons(as_text, self.make)
        self.make.setFocus()

    def _do(self, job: Callable[[], object]) -> None:
        self.accept()
        job()


class Pasting(QObject):
    """Asks about a list that was pasted into a line. `failed` carries a `StoError`, `told` a message.

    `speaker` returns the chosen speaker of the line, `put` puts a text into it.
    """

    failed = Signal(object)
    told = Signal(str)

    def __init__(
        self,
        theme: Appearance,
        live: LiveConversation,
        line: QWidget,
        speaker: Callable[[], str | None],
        put: Callable[[str], object],
    ) -> None:
        super().__init__(line)
        self._speaker = speaker
        self._put = put
        self._theme = theme
        self._live = live
        self._line = line

    def ask(self, text: str, notes: Sequence[str]) -> None:
        """Ask whether the lines of a text are notes."""
        question, line = self._live.place.current, self._line
        make, put = partial(self._make, notes, question), partial(self._put, clean_text(text))
        dialog = PasteDialog(self._theme, notes, make, put, line.window())
        dialog.finished.connect(lambda _result: line.setFocus())
        dialog.open()

    def _make(self, lines: Sequence[str], question: str | None, done: int = 0, made: int = 0) -> None:
        """Capture each line as if typed with Enter. A few at a time, so that the window keeps responding."""
        members, some = self._live.rows.panelists, lines[done : done + AT_ONCE]
        notes = [said_by(parse(line, members), self._speaker()) for line in some]
        saved: list[int] = []
        if not attempt(self.failed.emit, lambda: saved.append(self._live.capture_list(notes, question, done))):
            return
        done, made = done + len(some), made + sum(saved)
        if done < len(lines):
            self.told.emit(tr("{made} van {all} notities gemaakt…", made=made, all=len(lines)))
            # Between two batches the event loop runs, so that the window still paints and takes keys.
            QTimer.singleShot(0, self, partial(self._make, lines, question, done, made))
        else:
            told = (counted(made, "{n} notitie gemaakt.", "{n} notities gemaakt."), said_not_taken(done - made))
            self.told.emit(" ".join(filter(None, told)))
