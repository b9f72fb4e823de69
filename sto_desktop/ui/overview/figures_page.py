"""Figuren: the figures of the vogelvlucht document, each to copy or save."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.domain.panel.overview import Overview
from sto_desktop.language import tr
from sto_desktop.report.overview.overview_figures import overview_figures
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.paper.figure import FigureCard
from sto_desktop.ui.widgets import ChooseTarget, ScrollColumn, TextLabel


class FiguresPage(QWidget):
    """The page; `told` and `failed` carry messages, `made` the caption and the file of what was copied or saved."""

    told = Signal(str)
    made = Signal(str, str)
    failed = Signal(object)

    def __init__(self, theme: Appearance, folder: Callable[[], Path], ask: ChooseTarget) -> None:
        super().__init__()
        self._theme = theme
        self._folder = folder
        self._ask = ask
        self.cards: list[FigureCard] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._column = ScrollColumn(margin=Space.L)
        self._column.body.setSpacing(Space.M)
        self._none = TextLabel(
            theme,
            tr("Een figuur komt er zodra twee subregio's een inzicht hebben waarvan de sprekers bekend zijn."),
            TextStyle.BODY,
            ColourRole.MUTED,
        )
        self._column.body.addWidget(self._none)
        self._column.body.addStretch(1)
        layout.addWidget(self._column)

    def show_overview(self, seen: Overview) -> None:
        """Show the figures of this overview."""
        figures = overview_figures(seen)
        while len(self.cards) < len(figures):
            card = FigureCard(
                self._theme, self._folder, ("overview_figure_copy", "overview_figure_save"), ask=self._ask
            )
            card.told.connect(self.told)
            card.made.connect(self.made)
            card.failed.connect(self.failed)
            self._column.body.insertWidget(self._column.body.count() - 1, card)
            self.cards.append(card)
        for card in self.cards[len(figures) :]:
            self._column.body.removeWidget(card)
            card.hide()
            card.deleteLater()
        del self.cards[len(figures) :]
        for card, figure in zip(self.cards, figures, strict=True):
            card.show_figure(figure)
        self._none.setVisible(not figures)

    def take_keyboard(self) -> None:
        """Focus the button of the first figure."""
        if self.cards:
            self.cards[0].copy_button.setFocus()
