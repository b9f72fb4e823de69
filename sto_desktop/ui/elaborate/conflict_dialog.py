"""Conflicts side by side: both texts, who wrote them and when, and one click to choose."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from sto_desktop.storage.dossier import ConflictCase
from sto_desktop.ui.elaborate.conflict_words import Option, options_of, title_of
from sto_desktop.ui.elaborate.work import Work
from sto_desktop.ui.language import counted, tr
from sto_desktop.ui.theme import Role, Space, TextStyle, Theme
from sto_desktop.ui.widgets import Button, Card, ScrollColumn, SectionLabel, TextLabel, row


class ConflictDialog(QDialog):
    """Each conflict as a card; it goes once chosen, and the dialog closes with the last one."""

    def __init__(
        self, theme: Theme, work: Work, named: Callable[[str, str], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._work = work
        self._named = named
        self.setWindowTitle(tr("Tegenstrijdigheden"))
        self.resize(720, 560)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        layout.setSpacing(Space.M)
        self._title = TextLabel(theme, "", TextStyle.QUESTION)
        layout.addWidget(self._title)
        said = tr(
            "Twee mensen wijzigden hetzelfde zonder het van elkaar te weten. Nu ziet u overal de laatste versie; de "
            "andere is bewaard. Kies welke blijft."
        )
        layout.addWidget(TextLabel(theme, said, TextStyle.BODY, Role.MUTED))
        self._list = ScrollColumn()
        layout.addWidget(self._list, 1)
        layout.addLayout(row(None, Button(theme, tr("Sluiten"), hint="Esc", on_click=self.accept)))
        self.choices: list[Button] = []
        self.refresh()

    def refresh(self) -> None:
        """Show the conflicts that are left."""
        cases = self._work.conflicts()
        if not cases:
            self.accept()
            return
        self._title.setText(counted(len(cases), "{n} tegenstrijdigheid", "{n} tegenstrijdigheden"))
        body = self._list.body
        while (item := body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.choices = []
        for case in cases:
            body.addWidget(self._card(case))
        body.addStretch(1)
        self.choices[0].setFocus()

    def _card(self, case: ConflictCase) -> Card:
        card = Card(margin=Space.M)
        card.body.addWidget(SectionLabel(self._theme, title_of(case)))
        about = self._named(case.table, case.row)
        if about and case.field != "text":
            card.body.addWidget(TextLabel(self._theme, f"«{about}»", TextStyle.BODY, Role.MUTED, lines=2))
        for at, option in enumerate(options_of(case, self._named)):
            card.body.addWidget(self._option(case, option, shown=at == 0))
        return card

    def _option(self, case: ConflictCase, option: Option, *, shown: bool) -> QWidget:
        theme = self._theme
        line = QWidget()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(TextLabel(theme, option.text, TextStyle.BODY))
        who = f"{option.who} · {tr('nu zichtbaar')}" if shown else option.who
        words.addWidget(TextLabel(theme, who, TextStyle.SECONDARY, Role.MUTED, lines=1))
        choose = Button(theme, tr("Deze kiezen"), on_click=lambda: self._choose(case, option))
        choose.setAccessibleName(tr("Deze kiezen: {said}", said=option.text))
        self.choices.append(choose)
        across = row(spacing=Space.M)
        across.setContentsMargins(0, Space.XS, 0, Space.XS)
        across.addLayout(words, 1)
        across.addWidget(choose, 0, Qt.AlignmentFlag.AlignTop)
        line.setLayout(across)
        return line

    def _choose(self, case: ConflictCase, option: Option) -> None:
        if self._work.choose(case, option.value):
            self.refresh()
