"""Dit is hetzelfde: suggestions of duplicates, those already linked, and linking or unlinking by hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from sto_desktop.domain.actions.merging import say_apart, say_same
from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.bookkeeping import SameAs
from sto_desktop.domain.dutch import long_date
from sto_desktop.domain.errors import StoError
from sto_desktop.domain.model import Panelist, Theme
from sto_desktop.domain.panel.suggestions import suggest
from sto_desktop.language import tr, tr_later
from sto_desktop.storage.read.reader import Reader
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import (
    Button,
    Card,
    Dialog,
    FormField,
    PrimaryButton,
    ScrollColumn,
    SectionLabel,
    Segmented,
    TextLabel,
    empty,
    row,
)

_KINDS = {
    "panel": tr_later("Hetzelfde panelgesprek?"),
    "theme": tr_later("Hetzelfde thema?"),
    "panelist": tr_later("Dezelfde persoon?"),
}
_SAID = {"panel": tr_later("Eén panelgesprek"), "theme": tr_later("Eén thema"), "panelist": tr_later("Eén persoon")}
_MEANS = {
    "panel": tr_later("Ze worden één panel: alle notities bij elkaar, tijd en stemmen eenmaal geteld."),
    "theme": tr_later("In overzichten en bij hetzelfde panel staan ze onder één thema."),
    "panelist": tr_later("Wat beiden zeiden telt als één stem."),
}


class RowNames:
    """Labels of rows, specific enough to tell rows with the same name apart."""

    def __init__(self, read: Reader) -> None:
        self.panels = read.panels.every()
        self.themes = read.rows.records(Theme)
        self.panelists = read.rows.records(Panelist)
        guides = {guide.id: guide.name or tr("leidraad") for guide in read.guides.listed()}
        titles = {panel.id: title_for(panel) for panel in self.panels}
        self._labels: dict[tuple[str, str], str] = {}
        for panel in self.panels:
            parts = [titles[panel.id], long_date(panel.date) if panel.date else "", panel.note_taker]
            self._labels["panel", panel.id] = " · ".join(part for part in parts if part)
        for theme in self.themes:
            guide = guides.get(theme.position.parent or "", "")
            self._labels["theme", theme.id] = " · ".join(part for part in (theme.title, guide) if part)
            # A link may refer to the origin of a copied theme, which this dossier need not contain.
            self._labels.setdefault(("theme", theme.origin), self._labels["theme", theme.id])
        for member in self.panelists:
            parts = [member.name, member.organisation, titles.get(member.panel or "", "")]
            self._labels["panelist", member.id] = " · ".join(part for part in parts if part)

    def of(self, table: str, row: str) -> str:
        """Return the label of a row; for an unknown row, that it is elsewhere."""
        return self._labels.get((table, row), tr("(staat niet in dit dossier)"))

    def rows(self, table: str) -> list[tuple[str, str]]:
        """Return the rows of a table that can be chosen: id and label."""
        ids = {
            "panel": [panel.id for panel in self.panels],
            "theme": [theme.id for theme in self.themes],
            "panelist": [member.id for member in self.panelists],
        }[table]
        return sorted(((row, self.of(table, row)) for row in ids), key=lambda labelled: labelled[1].casefold())


class SameDialog(Dialog):
    """The dialog, suggestions first; each answer is one undo step."""

    def __init__(self, theme: Appearance, session: Session, parent: QWidget | None = None) -> None:
        about = tr(
            "Na het samenvoegen kan een gesprek, een thema of een panellid er twee keer in staan. Zeg hier wat bij "
            "elkaar hoort. Er wordt niets gewist: losmaken kan altijd."
        )
        super().__init__(theme, tr("Dit is hetzelfde"), about, parent)
        self._session = session
        self.resize(720, 600)
        self._list = ScrollColumn()
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._own_choice())
        self._problem = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.LATE)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self.add_buttons(close=tr("Sluiten"))
        self.buttons: list[Button] = []
        self.refresh()

    def _own_choice(self) -> QWidget:
        card = Card(margin=Space.M)
        card.body.addWidget(SectionLabel(self._theme, tr("Zelf kiezen")))
        kinds = [("panel", tr("Panels")), ("theme", tr("Thema's")), ("panelist", tr("Panelleden"))]
        self.kind = Segmented(self._theme, kinds, name=tr("Wat is hetzelfde"))
        self.kind.selected.connect(self._fill)
        self.first, self.other = QComboBox(), QComboBox()
        for box, name in ((self.first, tr("Dit")), (self.other, tr("is hetzelfde als"))):
            box.setAccessibleName(name)
            box.setMinimumContentsLength(12)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.currentIndexChanged.connect(self._allow)
        card.body.addLayout(row(self.kind, None))
        card.body.addLayout(
            row(
                FormField(self._theme, tr("Dit"), self.first),
                FormField(self._theme, tr("is hetzelfde als"), self.other),
            )
        )
        self.say = Button(self._theme, tr("Dit is hetzelfde"), on_click=self._say_chosen)
        card.body.addLayout(row(None, self.say))
        return card

    def refresh(self) -> None:
        """Show the open suggestions and the links made so far."""
        read = self._session.dossier.read
        self._names = RowNames(read)
        self._links = read.rows.records(SameAs)
        body = self._list.body
        empty(body)
        self.buttons = []
        same = read.panels.sameness()
        names = self._names
        used = {panel.guide for panel in names.panels if panel.guide}
        asked = suggest(names.panels, names.themes, names.panelists, used, same)
        for suggestion in asked:
            body.addWidget(self._suggestion(suggestion.table, suggestion.rows))
        for table, group in sorted({(link.of, same.group(link.of, link.one)) for link in self._links}):
            if table in _SAID:
                body.addWidget(self._said(table, group))
        if not asked and not self._links:
            nothing = tr("Er is niets gevonden dat twee keer lijkt voor te komen.")
            body.addWidget(TextLabel(self._theme, nothing, TextStyle.BODY, ColourRole.MUTED))
        body.addStretch(1)
        self._fill()
        (self.buttons[0] if self.buttons else self.first).setFocus(Qt.FocusReason.OtherFocusReason)

    def _suggestion(self, table: str, rows: Sequence[str]) -> Card:
        button = PrimaryButton(self._theme, tr("Dit is hetzelfde"), on_click=lambda: self._say(table, rows))
        return self._card(tr(_KINDS[table]), table, rows, button, tr(_MEANS[table]))

    def _said(self, table: str, group: Sequence[str]) -> Card:
        button = Button(self._theme, tr("Losmaken"), on_click=lambda: self._part(table, group))
        return self._card(tr(_SAID[table]), table, group, button, "")

    def _card(self, title: str, table: str, rows: Sequence[str], button: Button, means: str) -> Card:
        card = Card(margin=Space.M)
        names = [self._names.of(table, row_id) for row_id in rows]
        button.setAccessibleName(f"{button.text()}: {'; '.join(names)}")
        self.buttons.append(button)
        card.body.addLayout(row(SectionLabel(self._theme, title), None, button))
        for name in names:
            card.body.addWidget(TextLabel(self._theme, name, TextStyle.BODY))
        if means:
            card.body.addWidget(TextLabel(self._theme, means, TextStyle.SECONDARY, ColourRole.MUTED))
        return card

    def _fill(self) -> None:
        table = str(self.kind.value())
        for box in (self.first, self.other):
            box.blockSignals(True)
            box.clear()
            for identity, name in self._names.rows(table):
                box.addItem(name, identity)
            box.blockSignals(False)
        # Start with two different rows.
        if self.other.count() > 1:
            self.other.setCurrentIndex(1)
        self._allow()

    def _allow(self) -> None:
        first, other = self.first.currentData(), self.other.currentData()
        self.say.setEnabled(first is not None and other is not None and first != other)

    def _say_chosen(self) -> None:
        self._say(str(self.kind.value()), (str(self.first.currentData()), str(self.other.currentData())))

    def _say(self, table: str, rows: Sequence[str]) -> None:
        if attempt(self._tell, self._session.apply, say_same(table, rows)):
            self.refresh()

    def _part(self, table: str, group: Sequence[str]) -> None:
        if attempt(self._tell, self._session.apply, say_apart(table, group[-1], self._links)):
            self.refresh()

    def _tell(self, error: StoError) -> None:
        self._problem.setText(str(error))
        self._problem.show()
