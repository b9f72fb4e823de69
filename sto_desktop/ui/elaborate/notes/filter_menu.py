"""The button «Meer filters» and its menu: sector, label, speaker, grouping and order, all panels, saved searches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from sto_desktop.domain.bookkeeping import SavedSearch
from sto_desktop.domain.panel.note_filter import Grouping, NoteFilter, Ordering
from sto_desktop.language import tr, tr_later
from sto_desktop.ui.base.keys import entry
from sto_desktop.ui.look import plain

LONGEST_LINE = 60
"""Longest text of a question in the menu, in characters."""

GROUPINGS = {
    Grouping.QUESTION: tr_later("Per vraag"),
    Grouping.KIND: tr_later("Per soort"),
    Grouping.SPEAKER: tr_later("Per spreker"),
    Grouping.TAG: tr_later("Per label"),
    Grouping.PANEL: tr_later("Per panel"),
    Grouping.NONE: tr_later("Niet groeperen"),
}
ORDERINGS = {
    Ordering.CONVERSATION: tr_later("Volgorde van het gesprek"),
    Ordering.NEWEST: tr_later("Nieuwste eerst"),
    Ordering.TEXT: tr_later("Op alfabet"),
    Ordering.STAR: tr_later("Met ster eerst"),
}


@dataclass(frozen=True)
class FilterChoices:
    """The values to choose from: sectors (names); labels, members, questions (id and name); saved searches."""

    sectors: tuple[str, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    speakers: tuple[tuple[str, str], ...] = ()
    searches: tuple[SavedSearch, ...] = ()
    questions: tuple[tuple[str, str], ...] = ()


def words_of(wanted: NoteFilter, choices: FilterChoices) -> str:
    """Describe the menu's active filters: "po · #technolab · zonder spreker"."""
    parts = [
        next((name for question, name in choices.questions if question == wanted.question), ""),
        wanted.sector,
        next((name for tag, name in choices.tags if tag == wanted.tag), tr("onbekend label") if wanted.tag else ""),
        next((name for speaker, name in choices.speakers if speaker == wanted.speaker), ""),
        tr("zonder spreker") if wanted.speakerless else "",
        tr("zonder aspect") if wanted.aspectless else "",
        tr("alle panels") if wanted.all_panels else "",
    ]
    return " · ".join(part for part in parts if part)


def _shortened(text: str) -> str:
    """Return a question shortened to the length of a menu line."""
    line = text if len(text) <= LONGEST_LINE else f"{text[: LONGEST_LINE - 1].rstrip()}…"
    return line


class FilterMenu(QMenu):
    """The menu, built anew each time it opens; `changed` carries the chosen filter, `load_asked` a saved search."""

    changed = Signal(object)
    labels_asked = Signal()
    save_asked = Signal()
    load_asked = Signal(object)
    forget_asked = Signal(object)

    def __init__(
        self, wanted: NoteFilter, choices: FilterChoices, parent: QWidget, *, board: bool, searching: bool
    ) -> None:
        super().__init__(parent)
        self._wanted = wanted
        if not board:
            questions = [(question, _shortened(name)) for question, name in choices.questions]
            self._one_of(tr("Vraag"), "question", [("", tr("Alle vragen")), *questions])
        sectors = ((sector, sector) for sector in choices.sectors)
        self._one_of(tr("Sector"), "sector", [("", tr("Alle sectoren")), *sectors])
        self._one_of(tr("Label"), "tag", [("", tr("Alle labels")), *choices.tags])
        self._one_of(tr("Spreker"), "speaker", [("", tr("Alle sprekers")), *choices.speakers])
        self._switch(tr("Zonder spreker"), "speakerless")
        self._switch(tr("Zonder aspect"), "aspectless")
        if not board:
            self._switch(tr("Alle panels van dit dossier"), "all_panels")
            self.addSeparator()
            self._one_of(tr("Groeperen"), "grouping", [(code, tr(name)) for code, name in GROUPINGS.items()])
            self._one_of(tr("Sorteren"), "ordering", [(code, tr(name)) for code, name in ORDERINGS.items()])
        self.addSeparator()
        self._add_searches(choices.searches)
        entry(self, "save_search", self.save_asked.emit).setEnabled(searching or wanted != NoteFilter())
        self.addSeparator()
        entry(self, "labels", self.labels_asked.emit)

    def _add_searches(self, searches: Sequence[SavedSearch]) -> None:
        for search in searches:
            entry(self, "filter_more", partial(self.load_asked.emit, search), search.name)
        if searches:
            away = self.addMenu(tr("Zoekopdracht verwijderen"))
            for search in searches:
                entry(away, "filter_more", partial(self.forget_asked.emit, search), search.name)

    def _switch(self, text: str, field: str) -> None:
        action = self.addAction(plain.word(text))
        action.setObjectName("filter_more")
        action.setCheckable(True)
        action.setChecked(bool(getattr(self._wanted, field)))
        action.triggered.connect(lambda checked: self._set(field, checked))

    def _one_of(self, title: str, field: str, options: Sequence[tuple[Any, str]]) -> None:
        menu = self.addMenu(plain.word(title))
        group = QActionGroup(menu)
        now = getattr(self._wanted, field)
        for value, text in options:
            action = QAction(plain.word(text), menu)
            action.setObjectName("filter_more")
            action.setCheckable(True)
            action.setChecked(value == now)
            action.triggered.connect(partial(self._set, field, value))
            group.addAction(action)
            menu.addAction(action)
        # The first option means no filter; alone it offers no choice.
        menu.setEnabled(len(options) > 1)

    def _set(self, field: str, value: Any) -> None:
        self.changed.emit(replace(self._wanted, **{field: value}))
