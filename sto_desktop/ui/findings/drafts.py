"""What is being typed while working out, kept in the working copy so that a crash costs no more than a moment."""

from __future__ import annotations

import json
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer

AFTER_MS = 400
"""How long typing rests before it is kept."""


class KeepsDrafts(Protocol):
    """Puts drafts by, and finds them again, by place."""

    def draft(self, place: str) -> str:
        """Return what was being typed at a place when the program stopped."""
        ...

    def keep_draft(self, content: str, place: str) -> None:
        """Keep what is being typed; empty forgets it."""
        ...


class DraftKeeper(QObject):
    """One draft at a time: what kind of text, of which row, and its words."""

    def __init__(self, work: KeepsDrafts, parent: QObject, place: str = "elaborate") -> None:
        super().__init__(parent)
        self._work = work
        self._place = place
        self._draft: dict[str, Any] = {}
        self._rest = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._rest.timeout.connect(self._keep)

    def typed(self, panel: str, **draft: object) -> None:
        """Keep this, once typing rests for a moment."""
        self._draft = {"panel": panel, **draft}
        self._rest.start()

    def _keep(self) -> None:
        self._work.keep_draft(json.dumps(self._draft, ensure_ascii=False), self._place)

    def stop(self) -> None:
        """Keep nothing more for now."""
        self._rest.stop()

    def forget(self) -> None:
        """Let the draft go: what was typed is in the dossier now."""
        self._rest.stop()
        if self._draft:
            self._draft = {}
            self._work.keep_draft("", self._place)

    def left(self, panel: str) -> dict[str, Any] | None:
        """Return what was being typed about this panel when the program stopped; None when there is nothing."""
        try:
            found = json.loads(self._work.draft(self._place) or "null")
        except ValueError:
            return None
        if not isinstance(found, dict) or found.get("panel") != panel:
            return None
        self._draft = found
        return found
