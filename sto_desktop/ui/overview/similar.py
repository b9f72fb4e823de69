"""Beside the matrix: notes of other panels similar to those that an insight rests on, ranked by BM25."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.domain.panel.overview import Finding, Overview
from sto_desktop.language import tr
from sto_desktop.report.overview.overview_context import where
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.similar_list import MOST_SHOWN, REST_MS
from sto_desktop.ui.widgets import ClickCard, SectionLabel, TextLabel

MOST_NOTES = 3
"""Number of supporting notes of an insight that are looked up."""
_AMONG = 12


class SimilarElsewhere(QWidget):
    """The list; `shown` carries the panel and note to open."""

    shown = Signal(str, str)

    def __init__(self, theme: Appearance, dossier: Dossier) -> None:
        super().__init__()
        self._theme = theme
        self._dossier = dossier
        self._finding: Finding | None = None
        self.seen: Overview | None = None
        self.cards: list[ClickCard] = []
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, Space.XS, 0, 0)
        self._body.setSpacing(Space.S)
        self._body.addWidget(SectionLabel(theme, tr("Lijkt op, in andere panels")))
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._look_up)
        self.hide()

    def about(self, finding: Finding | None) -> None:
        """Show notes similar to those of this insight; None clears the list."""
        self._finding = finding
        if finding is None:
            self._rest.stop()
            self._show([])
        else:
            self._rest.start()

    def stop(self) -> None:
        """Cancel the pending look-up until the next `about`: the dossier may close."""
        self._rest.stop()

    def _look_up(self) -> None:
        finding = self._finding
        if finding is None:
            return
        best: dict[str, float] = {}
        for note in finding.insight.supports[:MOST_NOTES]:
            for hit in self._dossier.similar(note, limit=_AMONG):
                if hit.panel is not None and hit.panel != finding.panel.id:
                    best[hit.note] = max(best.get(hit.note, 0.0), hit.score)
        nearest = sorted(best, key=lambda note: (-best[note], note))[:MOST_SHOWN]
        texts = {content.id: content for content in self._dossier.read.notes.some(nearest)}
        self._show([(texts[note].note.panel or "", note, texts[note].text) for note in nearest if note in texts])

    def _show(self, rows: list[tuple[str, str, str]]) -> None:
        for card in self.cards:
            self._body.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [self._card(*row) for row in rows]
        self.setVisible(bool(rows))

    def _card(self, panel: str, note: str, text: str) -> ClickCard:
        card = ClickCard(self._theme, f"{tr('Lijkt op')}: {text}", margin=Space.M)
        card.body.setSpacing(2)
        card.body.addWidget(TextLabel(self._theme, text, TextStyle.BODY, lines=3))
        panel_content = self.seen.panel(panel) if self.seen is not None else None
        if panel_content is not None:
            card.body.addWidget(
                TextLabel(self._theme, where(panel_content.panel), TextStyle.SECONDARY, ColourRole.MUTED, lines=1)
            )
        card.clicked.connect(partial(self.shown.emit, panel, note))
        self._body.addWidget(card)
        card.show()
        return card
