"""Notes that could not be saved: they wait while the person types on, and are saved before anything newer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from sto_desktop.domain.capture.language import Captured
from sto_desktop.domain.errors import StoError, UsageError
from sto_desktop.domain.live.draft import Draft
from sto_desktop.language import counted, tr
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.conversation.live.live import LiveConversation


@dataclass(frozen=True, slots=True)
class Refused:
    """A note that was refused: its line, and what that said."""

    draft: Draft
    captured: Captured


class Unsaved(QObject):
    """Saves the notes of a line, in the order in which they were typed.

    `failed` carries a `StoError`, `saved` the id of a note that waited and is on disk.
    """

    failed = Signal(object)
    saved = Signal(str)

    def __init__(self, live: LiveConversation, parent: QObject) -> None:
        super().__init__(parent)
        self._live = live
        self._waiting: list[Refused] = []
        self._in_line: Refused | None = None
        self._error: StoError | None = None

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """The notes that wait, oldest first."""
        return tuple(refused.draft for refused in self._waiting)

    @property
    def words(self) -> str:
        """What was not lost."""
        if not self._waiting:
            return tr("De tekst staat nog in de regel.")
        return counted(
            len(self._waiting),
            "{n} notitie van hiervoor wacht nog: de volgende Enter bewaart haar.",
            "{n} notities van hiervoor wachten nog: de volgende Enter bewaart ze.",
        )

    def keep(self, draft: Draft, captured: Captured) -> bool:
        """Save what waits and then this note; return False, after reporting why, if something was refused."""
        refused = Refused(replace(draft, waiting=(), entered=self._live.session.now()), captured)
        self._in_line = None
        if self.save_waiting() and self._saved(refused):
            return True
        # Words of who does not take part are no note, now or later.
        if not isinstance(self._error, UsageError):
            self._in_line = refused
        return False

    def save_waiting(self) -> bool:
        """Save the notes that wait; return False, after reporting why, as soon as one is refused."""
        while self._waiting:
            first = self._waiting[0]
            saved = self._saved(first)
            if not saved and not isinstance(self._error, UsageError):
                return False
            del self._waiting[0]
            if saved:
                self.saved.emit(first.draft.note)
        return True

    def wait_for(self, draft: Draft, captured: Captured) -> None:
        """Save a note later, which was refused before the program stopped."""
        self._waiting.append(Refused(draft, captured))

    def edited(self, source: str) -> None:
        """Take an edit of a refused line as going on with that note."""
        if self._in_line is not None and source != self._in_line.draft.text:
            self._in_line = None

    def type_on(self) -> Captured | None:
        """Let the refused note in the line wait, and return it; None if there is none."""
        refused, self._in_line = self._in_line, None
        if refused is None or self._error is None:
            return None
        self._waiting.append(refused)
        self.failed.emit(self._error)
        return refused.captured

    def _saved(self, refused: Refused) -> bool:
        draft = refused.draft
        captured = refused.captured
        arguments = captured, draft.question, draft.note, draft.marks, draft.entered
        return attempt(self._tell, self._live.capture, *arguments)

    def _tell(self, error: StoError) -> None:
        self._error = error
        self.failed.emit(error)
