"""Reads the labels, and which notes have them."""

from __future__ import annotations

from sto_desktop.domain.model import Tag
from sto_desktop.storage.read.rows import Rows


class TagReader:
    """The labels of the dossier."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def listed(self) -> list[Tag]:
        """Return all labels, by name."""
        return self._rows.records(Tag, order="name, id")

    def counts(self) -> dict[str, int]:
        """Return the number of notes with each label, by label id."""
        return dict(
            self._rows.fetch(
                "SELECT l.tag, count(*) FROM note_tag AS l JOIN note AS n ON n.id = l.note"
                " WHERE l.deleted = 0 AND n.deleted = 0 AND n.known = 1 GROUP BY l.tag"
            )
        )

    def notes_with(self, tag: str) -> list[str]:
        """Return the ids of the notes with a label, including bundled ones."""
        rows = self._rows.fetch("SELECT note FROM note_tag WHERE tag = ? AND deleted = 0", (tag,))
        return [note for (note,) in rows if note is not None]
