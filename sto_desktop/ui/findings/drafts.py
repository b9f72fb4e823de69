"""Drafts of texts being typed, kept in the working copy so that a crash loses only a moment."""

from __future__ import annotations

import json
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer

from sto_desktop.json_text import read_json

AFTER_MS = 400
"""Pause in typing, in ms, after which the draft is saved."""


class KeepsDrafts(Protocol):
    """Stores and retrieves drafts by place."""

    def draft(self, place: str) -> str:
        """Return the draft left at a place when the program stopped."""
        ...

    def keep_draft(self, content: str, place: str) -> None:
        """Store a draft; an empty one deletes it."""
        ...


class DraftKeeper(QObject):
    """One draft at a time: the kind of text, its row, and the text."""

    def __init__(self, work: KeepsDrafts, parent: QObject, place: str = "elaborate") -> None:
        super().__init__(parent)
        self._work = work
        self._place = place
        self._draft: dict[str, Any] = {}
        self._rest = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._rest.timeout.connect(self._keep)

    def typed(self, panel: str, **draft: object) -> None:
        """Store this at the next pause in typing."""
        self._draft = {"panel": panel, **draft}
        self._rest.start()

    def _keep(self) -> None:
        self._work.keep_draft(json.dumps(self._draft, ensure_ascii=False), self._place)

    def stop(self) -> None:
        """Cancel storing."""
        self._rest.stop()

    def forget(self) -> None:
        """Delete the draft: its text is in the dossier now."""
        self._rest.stop()
        if self._draft:
            self._draft = {}
            self._work.keep_draft("", self._place)

    def left(self, panel: str) -> dict[str, Any] | None:
        """Return the draft about this panel that was left when the program stopped; None if there is none."""
        try:
            draft = read_json(self._work.draft(self._place) or "null")
        except ValueError:
            return None
        # A draft of another panel is left in place.
        if not isinstance(draft, dict) or draft.get("panel") != panel:
            return None
        self._draft = draft
        return draft
