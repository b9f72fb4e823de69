"""Pasting a list into the line: asks whether it is several notes, and captures them."""

from __future__ import annotations

import datetime as dt
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from sto_desktop.domain.capture.language import Captured, parse
from sto_desktop.domain.capture.pasted import headings_in, listed_notes
from sto_desktop.domain.dutch import shortened
from sto_desktop.domain.live.noting import may_be_noted, said_below, said_named, said_not_taken, silent_named
from sto_desktop.domain.live.pasted_turns import PastedLine, pasted_lines, said_under
from sto_desktop.domain.live.under import Above
from sto_desktop.domain.log.undo import PASTED
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.record import clean_text
from sto_desktop.language import counted, listed, tr
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.look.roles import TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Button, ButtonKind, Dialog, TextLabel

if TYPE_CHECKING:
    from sto_desktop.storage.working.dossier import Undone

SHOWN = 5
LONGEST = 90
FIRST = 20
MOST = 250
SLICE_MS = 40
TELL_SECONDS = 0.5
"""Number of pasted notes captured at first without a pause, and at most; how long that may take; and how often is told
how many there are.
"""


class PasteDialog(Dialog):
    """Enter makes a note of each line, Esc pastes nothing; a button pastes the text as one note."""

    def __init__(
        self,
        theme: Appearance,
        notes: Sequence[str],
        headings: Sequence[str],
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
        if headings:
            named = listed(f"«{shortened(heading, LONGEST)}»" for heading in headings[:SHOWN])
            told = tr("Geen notitie: {headings}.", headings=named)
            self.body.addWidget(TextLabel(theme, told, TextStyle.SECONDARY))
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


@dataclass
class Pasted:
    """A list that becomes notes under a question: how many lines are done, how many notes they made, which names behind
    an `@` in these mean nobody, and how many of these name somebody who does not take part.
    """

    lines: Sequence[PastedLine]
    question: str | None
    speaker: str | None
    since: dt.datetime
    above: Above
    done: int = 0
    made: int = 0
    unknown: dict[str, None] = field(default_factory=dict)
    below: int = 0
    named: int = 0

    def hear(self, notes: Iterable[Captured], members: Sequence[Panelist]) -> list[Captured]:
        """Return notes with below whose words they stand. Count those without a speaker below words of who does not
        take part, and those that name them.
        """
        heard = list(map(self.above.hear, notes))
        for note in heard:
            self.below += self.above.is_refused(note)
            self.named += may_be_noted(note, members) and bool(silent_named(note, members))
        return heard


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
        self._lists: deque[Pasted] = deque()
        self._some = FIRST
        self._told_at = 0.0
        self._next = QTimer(self, interval=0, singleShot=True)
        self._next.timeout.connect(self._make)
        live.session.undone.connect(self._on_undone)

    def ask(self, text: str) -> None:
        """Ask whether the lines of a text are notes."""
        question, line = self._live.place.current, self._line
        members = self._live.rows.panelists
        # Imported here: a paste is rare, and the reader of files is not needed before.
        from sto_desktop.exchange.notes_source import pasted_source

        lines, others = pasted_source(clean_text(text), members) or (
            pasted_lines(listed_notes(text, members, headed=True), members),
            headings_in(text),
        )
        make, put = partial(self._begin, lines, question), partial(self._put, clean_text(text))
        shown = [one.text.lstrip() for one in lines]
        dialog = PasteDialog(self._theme, shown, others, make, put, line.window())
        dialog.finished.connect(lambda _result: line.setFocus())
        dialog.open()

    def _begin(self, lines: Sequence[PastedLine], question: str | None) -> None:
        above = Above(self._live.rows.panelists)
        self._lists.append(Pasted(lines, question, self._speaker(), self._live.session.now(), above))
        if not self._next.isActive():
            self._make()

    def _make(self) -> None:
        """Capture some lines as if typed with Enter: as many as take no longer than a frame or two, so that the window
        keeps responding. All of a list are one step to undo.
        """
        going, members, begin = self._lists[0], self._live.rows.panelists, time.perf_counter()
        some = going.lines[going.done : going.done + self._some]
        notes = going.hear((said_under(parse(line.text, members), line, going.speaker) for line in some), members)
        saved: list[int] = []

        def save() -> None:
            saved.append(self._live.capture_list(notes, going.question, going.done, since=going.since))

        if not attempt(self.failed.emit, save):
            self._lists.popleft()
        else:
            going.unknown |= dict.fromkeys(
                name for note in notes for name in note.unknown if not (name.isdecimal() and note.strangers)
            )
            going.done, going.made = going.done + len(some), going.made + sum(saved)
            took = (time.perf_counter() - begin) * 1000
            self._some = max(FIRST, min(MOST, int(self._some * min(2.0, SLICE_MS / took))))
            self._tell(going)
        if self._lists:
            # Between two slices the event loop runs, so that the window still paints and takes keys.
            self._next.start()

    def _tell(self, going: Pasted) -> None:
        if going.done < len(going.lines):
            if time.perf_counter() - self._told_at > TELL_SECONDS:
                self._told_at = time.perf_counter()
                self.told.emit(tr("{made} van {all} notities gemaakt…", made=going.made, all=len(going.lines)))
            return
        self._lists.popleft()
        told = counted(going.made, "{n} notitie gemaakt.", "{n} notities gemaakt.")
        who = ""
        if going.unknown:
            names = listed(f"@{name}" for name in going.unknown)
            who = tr("Niet duidelijk wie {names} is; dat staat nog in de tekst.", names=names)
        withheld = said_not_taken(going.done - going.made), said_below(going.below), said_named(going.named)
        self.told.emit(" ".join(filter(None, (told, *withheld, who))))

    def _on_undone(self, undone: Undone, redo: bool) -> None:
        # What is taken back is not gone on with.
        if undone.label == PASTED and not redo:
            self._lists.clear()
            self._next.stop()
