"""Command palette entries from inside the dossier: panels, themes, questions, members and notes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.notes.listing import WRITTEN, Marker
from sto_desktop.ui.shell.palette import PaletteGroup, PaletteItem

MOST_NOTES = 12


class DossierFinder:
    """Provides the entries of the open dossier; guide and members are read once per change."""

    def __init__(self, session: Session, go: Callable[[Stage, str, str], None]) -> None:
        """`go` shows a row: stage, table and id."""
        self._session = session
        self._go = go
        self._guide: GuideContent | None = None
        self._people: list[Panelist] = []
        session.changed.connect(self._forget)
        session.panel_changed.connect(self._forget)

    def _forget(self, *_: object) -> None:
        self._guide = None

    def _read(self) -> GuideContent:
        panel = self._session.panel_id
        if self._guide is None:
            self._guide = self._session.dossier.read.guides.of_panel(panel or "")
            self._people = self._session.dossier.read.members.of_panel(panel or "")
        return self._guide

    def __call__(self, query: str) -> list[PaletteItem]:
        """Return the entries for a query; the palette ranks them."""
        guide = self._read()
        items = self._panels()
        for theme in guide.themes:
            if theme.questions:
                first = theme.questions[0].id
                items.append(self._item(PaletteGroup.THEMES, theme.title, "", Stage.CONVERSATION, "question", first))
        for theme, question in guide.questions():
            items.append(
                self._item(
                    PaletteGroup.QUESTIONS,
                    question.text,
                    theme.short_title,
                    Stage.CONVERSATION,
                    "question",
                    question.id,
                )
            )
        # Discreet mode shows no names and no texts of notes.
        if self._session.discreet:
            return items
        for member in self._people:
            items.append(
                self._item(
                    PaletteGroup.PANELISTS, member.name, member.organisation, Stage.PREPARE, "panelist", member.id
                )
            )
        return [*items, *self._notes(query), *self._written(query)]

    def _panels(self) -> list[PaletteItem]:
        other_panels = [
            panel for panel in self._session.dossier.read.panels.listed() if panel.id != self._session.panel_id
        ]
        return [
            PaletteItem(
                PaletteGroup.PANELS, title_for(other), partial(self._session.show_panel, other.id), other.subregion
            )
            for other in other_panels
        ]

    def _notes(self, query: str) -> list[PaletteItem]:
        # A single letter matches too many notes.
        if len(query.strip()) < 2:
            return []
        read = self._session.dossier.read
        hits = self._session.dossier.search(query, tables=("note",), limit=MOST_NOTES)
        titles = {panel.id: panel.title for panel in read.panels.listed()}
        return [
            self._item(
                PaletteGroup.NOTES,
                note.text.replace("\n", " "),
                titles.get(note.note.panel or "", ""),
                Stage.ELABORATE,
                "note",
                note.id,
            )
            for note in read.notes.some([hit.row for hit in hits])
        ]

    def _written(self, query: str) -> list[PaletteItem]:
        """Return the members of this panel in whose written input the query is found."""
        marker = Marker(query)
        members = [member for member in self._people if marker.spans(member.written)] if len(query.strip()) > 1 else []
        return [
            self._item(
                PaletteGroup.NOTES, " ".join(member.written.split()), member.name, Stage.ELABORATE, WRITTEN, member.id
            )
            for member in members
        ]

    def _item(self, group: PaletteGroup, title: str, detail: str, stage: Stage, table: str, row: str) -> PaletteItem:
        # Full-text search already ranked the notes, and better than the palette's comparison of characters.
        ranked = group is PaletteGroup.NOTES
        return PaletteItem(group, title, lambda: self._go(stage, table, row), detail, ranked=ranked)
