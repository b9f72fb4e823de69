"""A text that is being typed, on disk before the next word, so that neither a crash nor a power cut loses it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.base.session import Session

DRAFT_MS = 120
"""Delay after a key press before the draft is written, so that it survives a crash of the program."""

REST_MS = 700
"""Delay after the last key press before the draft is flushed to disk: waiting for the disk between two keys would delay
typing."""


class KeptDraft(QObject):
    """Keeps the draft of one place; `content` returns what there is to keep now, empty for nothing.

    `left` is what was there when this was made: the program stopped before it was done. `failed` carries a `StoError`.
    """

    failed = Signal(object)

    def __init__(self, session: Session, place: str, content: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._place = place
        self._content = content
        self.left = session.dossier.draft(place)
        self._kept = self.left
        self._lasts = True
        self._soon = QTimer(self, interval=DRAFT_MS, singleShot=True)
        self._soon.timeout.connect(partial(self.keep, lasting=False))
        self._at_rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._at_rest.timeout.connect(self.keep)
        session.ended.connect(self._keep_last)

    def keep_soon(self) -> None:
        """Keep the draft once a blink has passed, and flush it once nothing is typed."""
        if not self._soon.isActive():
            self._soon.start()
        self._at_rest.start()

    def keep(self, *, lasting: bool = True) -> None:
        """Keep the draft now, or delete it where nothing is left; `lasting`: on disk when this returns."""
        self._soon.stop()
        if lasting:
            self._at_rest.stop()
        content = self._content()
        if content == self._kept and (self._lasts or not lasting):
            return
        if attempt(self.failed.emit, self._session.dossier.set_draft, self._place, content, lasting=lasting):
            self._kept, self._lasts = content, lasting

    def _keep_last(self) -> None:
        """Keep what waits for a timer, which would find the dossier closed: widgets may outlive it a moment."""
        if self._soon.isActive() or self._at_rest.isActive():
            self.keep()

    def keep_again(self) -> None:
        """Keep the draft after all drafts on disk were wiped."""
        self._kept = ""
        self.keep()
