"""What goes into the verslag: its parts, how people are called, and the house style."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from sto_desktop.domain.content import PanelContent
from sto_desktop.domain.naming import NameMode, may_be_named
from sto_desktop.report.look import STO_TWENTE
from sto_desktop.report.options import Part
from sto_desktop.ui.elaborate.side_column import SideColumn
from sto_desktop.ui.language import tr
from sto_desktop.ui.report.choices import Choices
from sto_desktop.ui.theme import Role, Space, TextStyle, Theme
from sto_desktop.ui.widgets import (
    Card,
    ElidedLabel,
    IconButton,
    QuietButton,
    SectionLabel,
    Segmented,
    SidePanel,
    TextLabel,
    row,
)

WIDTH = 330
NOTES_OF_PARTS: dict[Part, str] = {
    Part.NOTES: "Elke notitie één keer; observaties van de notulist staan apart.",
    Part.DEBRIEF: "Alleen van wie dat bij de terugblik aankruiste.",
}
NAMES: dict[NameMode, str] = {NameMode.FULL: "Voluit", NameMode.ROLE: "Rol", NameMode.PSEUDONYM: "Pseudoniem"}


def consent_words(content: PanelContent) -> str:
    """Return what consent means for this panel, in a sentence."""
    unnamed = sum(not may_be_named(item) for item in content.panelists)
    if not content.panelists:
        return tr("Er zijn nog geen panelleden ingevuld.")
    if not unnamed:
        return tr("Alle panelleden gaven toestemming om hun naam te noemen.")
    if unnamed == 1:
        return tr("1 panellid gaf geen toestemming en wordt nooit genoemd.")
    return tr("{n} panelleden gaven geen toestemming en worden nooit genoemd.", n=unnamed)


class OptionsPanel(SidePanel):
    """`changed` carries the `Choices`; `template_asked` asks for a .docx with another house style."""

    changed = Signal(object)
    template_asked = Signal()

    def __init__(self, theme: Theme, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent, left=True)
        self._theme = theme
        self._choices = choices
        self.setFixedWidth(WIDTH)
        self.body.setContentsMargins(0, 0, 0, 0)
        column = SideColumn()
        self.body.addWidget(column)
        self.parts: dict[Part, QCheckBox] = {}
        self._said: dict[Part, TextLabel] = {}
        self._add_parts(column.body)
        column.body.addSpacing(Space.S)
        self._add_names(column.body)
        column.body.addSpacing(Space.S)
        self._add_style(column.body)
        column.body.addStretch(1)
        self.show_choices(choices)

    def _add_parts(self, body: QVBoxLayout) -> None:
        body.addWidget(SectionLabel(self._theme, tr("Onderdelen")))
        inside = QVBoxLayout()
        inside.setSpacing(4)
        for part in Part:
            box = QCheckBox(tr(part.value))
            box.clicked.connect(lambda on, part=part: self._set(self._choices.with_part(part, on)))
            self.parts[part] = box
            inside.addWidget(box)
            if part in NOTES_OF_PARTS:
                box.setToolTip(tr(NOTES_OF_PARTS[part]))
                said = TextLabel(self._theme, tr(NOTES_OF_PARTS[part]), TextStyle.SECONDARY, Role.MUTED)
                self._said[part] = said
                line = row(26, said, spacing=0)
                line.setStretch(1, 1)
                inside.addLayout(line)
        body.addLayout(inside)

    def _add_names(self, body: QVBoxLayout) -> None:
        body.addWidget(SectionLabel(self._theme, tr("Namen")))
        options = [(mode, tr(word)) for mode, word in NAMES.items()]
        self.names = Segmented(self._theme, options, name=tr("Namen"), value=NameMode.ROLE)
        self.names.selected.connect(lambda mode: self._set(self._choices.with_naming(NameMode(str(mode)))))
        body.addWidget(self.names)
        self.consent = TextLabel(self._theme, "", TextStyle.SECONDARY, Role.MUTED)
        body.addWidget(self.consent)

    def _add_style(self, body: QVBoxLayout) -> None:
        body.addWidget(SectionLabel(self._theme, tr("Huisstijl")))
        card = Card(margin=0)
        self.style_name = ElidedLabel(self._theme, "", TextStyle.BODY)
        self.change_style = QuietButton(self._theme, tr("wijzigen…"), on_click=self.template_asked.emit)
        self.change_style.setAccessibleName(tr("Huisstijl wijzigen"))
        self.reset_style = IconButton(
            self._theme, "close", tr("Terug naar de huisstijl van STO Twente"), on_click=lambda: self.set_template(None)
        )
        line = row(self.style_name, self.reset_style, self.change_style, spacing=0)
        line.setStretch(0, 1)
        line.setContentsMargins(Space.M, 0, Space.XS, 0)
        card.body.addLayout(line)
        body.addWidget(card)
        self._style_note = TextLabel(
            self._theme,
            tr("Het voorbeeld toont de huisstijl van STO Twente; het Word-bestand krijgt die van u."),
            TextStyle.SECONDARY,
            Role.MUTED,
        )
        body.addWidget(self._style_note)

    @property
    def choices(self) -> Choices:
        """What is chosen."""
        return self._choices

    def set_template(self, template: Path | None) -> None:
        """Take the house style of another .docx, or that of STO Twente."""
        self._set(Choices(self._choices.options, template))

    def show_choices(self, choices: Choices) -> None:
        """Show what is chosen, without telling."""
        self._choices = choices
        for part, box in self.parts.items():
            box.setChecked(choices.options.includes(part))
            if part in self._said:
                self._said[part].setVisible(box.isChecked())
        self.names.set_value(choices.options.naming)
        own = choices.template
        self.style_name.setText(own.name if own else STO_TWENTE.name)
        self.style_name.setToolTip(str(own) if own else "")
        self.reset_style.setVisible(own is not None)
        self._style_note.setVisible(own is not None)

    def show_content(self, content: PanelContent) -> None:
        """Say what consent means for this panel."""
        self.consent.setText(consent_words(content))

    def _set(self, choices: Choices) -> None:
        self.show_choices(choices)
        self.changed.emit(choices)
