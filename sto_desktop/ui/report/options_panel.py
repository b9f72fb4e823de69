"""Options of the verslag: form and parts, naming of people, its status, and the house style."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.privacy.naming.crowd import may_be_named, shown, takes_part
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.participation import said_unasked, unasked
from sto_desktop.domain.privacy.redaction import Found
from sto_desktop.language import counted, tr, tr_later
from sto_desktop.report.blocks.options import FORM_NAMES, Form, Part, ReportOptions
from sto_desktop.ui.fields.side_column import SideColumn
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.names_dialog import in_texts
from sto_desktop.ui.paper.choices import ReportChoices
from sto_desktop.ui.report.parts_list import PartsList
from sto_desktop.ui.report.state_box import StateBox
from sto_desktop.ui.widgets import (
    Button,
    Card,
    CheckBox,
    ElidedLabel,
    IconButton,
    LineEdit,
    QuietButton,
    SectionLabel,
    Segmented,
    SidePanel,
    TextLabel,
    empty,
    row,
)

WIDTH = 330
NAMES: dict[NameMode, str] = {
    NameMode.FULL: tr_later("Voluit"),
    NameMode.ROLE: tr_later("Rol"),
    NameMode.PSEUDONYM: tr_later("Pseudoniem"),
}


def consent_words(content: PanelContent) -> str:
    """Describe what the consents mean for this panel, in a sentence."""
    if not content.panelists:
        return tr("Er zijn nog geen panelleden ingevuld.")
    participants = [panelist for panelist in content.panelists if takes_part(panelist)]
    away = len(content.panelists) - len(participants)
    unnamed = sum(not may_be_named(panelist) for panelist in participants)
    sentences = []
    if away:
        sentences.append(
            counted(
                away,
                "{n} panellid doet niet mee: dat staat niet in het verslag, en wat het zei ook niet.",
                "{n} panelleden doen niet mee: die staan niet in het verslag, en wat zij zeiden ook niet.",
            )
        )
    if unnamed:
        sentences.append(
            counted(
                unnamed,
                "{n} panellid gaf geen toestemming en wordt nooit genoemd.",
                "{n} panelleden gaven geen toestemming en worden nooit genoemd.",
            )
        )
    present = [panelist for panelist in participants if panelist.present]
    if len(shown(present).named) < sum(map(may_be_named, present)):
        sentences.append(tr("Bij «Voluit» staan daarom ook anderen zonder naam: anders is te zien wie het is."))
    if not_asked := said_unasked(unasked(content.panelists)):
        sentences.append(not_asked)
    return " ".join(sentences) or tr("Alle panelleden gaven toestemming om hun naam te noemen.")


def found_words(names: Sequence[Found]) -> str:
    """Describe how many names occur in texts and how they are treated; empty if there are none."""
    by_key = {name.key: name for name in names}
    if not by_key:
        return ""
    replaced = sum(name.replaced for name in by_key.values())
    new = sum(not name.decided for name in by_key.values())
    message = in_texts(list(by_key.values()))
    replacements = counted(replaced, "{n} wordt vervangen", "{n} worden vervangen")
    return tr("{said}; {what}.", said=message, what=replacements) + (
        tr(" Nog na te kijken: {n}.", n=new) if new else ""
    )


class OptionsPanel(SidePanel):
    """`changed` carries the `ReportChoices`; `template_asked` requests another house style, `names_asked` the names."""

    changed = Signal(object)
    template_asked = Signal()
    names_asked = Signal()
    style_reset = Signal()

    def __init__(
        self, theme: Appearance, choices: ReportChoices, today: Callable[[], dt.date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, left=True)
        self._theme = theme
        self._choices = choices
        self.setFixedWidth(WIDTH)
        self.body.setContentsMargins(0, 0, 0, 0)
        column = SideColumn()
        self.body.addWidget(column)
        self._add_form(column.body)
        column.body.addSpacing(Space.S)
        self._add_parts(column.body)
        column.body.addSpacing(Space.S)
        self._add_names(column.body)
        column.body.addSpacing(Space.S)
        self._add_state(column.body, today)
        column.body.addSpacing(Space.S)
        self._add_style(column.body)
        column.body.addSpacing(Space.S)
        self._add_recipient(column.body)
        column.body.addSpacing(Space.S)
        self._add_made(column.body)
        column.body.addStretch(1)
        self.show_choices(choices)

    def _add_form(self, body: QVBoxLayout) -> None:
        options = [(form, tr(FORM_NAMES[form])) for form in Form]
        self.form = Segmented(
            self._theme,
            options,
            name=tr("Vorm"),
            commands=("form_short", "form_extended", "form_minutes"),
            value=Form.EXTENDED,
        )
        self.form.selected.connect(lambda form: self._set(self._choices.with_form(Form(str(form)))))
        body.addWidget(self.form)

    def _add_parts(self, body: QVBoxLayout) -> None:
        body.addWidget(SectionLabel(self._theme, tr("Onderdelen")))
        self.list = PartsList(self._theme)
        self.list.changed.connect(self._set_options)
        body.addWidget(self.list)
        self.figures = CheckBox(tr("Met figuren"))
        self.figures.setObjectName("report_figures")
        self.figures.clicked.connect(lambda on: self._set_options(replace(self._choices.options, figures=on)))
        self.counts = CheckBox(tr("Met aantallen notities"))
        self.counts.setObjectName("report_counts")
        plain.set_tip(self.counts, tr("Aantallen zeggen hoeveel er is getypt, niet hoe vaak iets werd gevonden."))
        self.counts.clicked.connect(lambda on: self._set_options(replace(self._choices.options, counts=on)))
        body.addSpacing(Space.XS)
        body.addWidget(self.figures)
        body.addWidget(self.counts)

    @property
    def parts(self) -> Mapping[Part, CheckBox]:
        """The checkbox of each part."""
        return self.list.boxes

    def _add_names(self, body: QVBoxLayout) -> None:
        body.addWidget(SectionLabel(self._theme, tr("Namen")))
        options = [(mode, tr(word)) for mode, word in NAMES.items()]
        self.names = Segmented(
            self._theme,
            options,
            name=tr("Namen"),
            commands=("names_full", "names_role", "names_pseudonym"),
            value=NameMode.ROLE,
        )
        self.names.selected.connect(
            lambda mode: self._set_options(replace(self._choices.options, naming=NameMode(str(mode))))
        )
        body.addWidget(self.names)
        self.consent = TextLabel(self._theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        body.addWidget(self.consent)
        self.names_found = TextLabel(self._theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self.check_names = Button(
            self._theme, tr("Namen nakijken…"), command="check_names", on_click=self.names_asked.emit
        )
        body.addWidget(self.names_found)
        body.addLayout(row(self.check_names, None))
        self.show_found(())

    def _add_state(self, body: QVBoxLayout, today: Callable[[], dt.date]) -> None:
        body.addWidget(SectionLabel(self._theme, tr("Stand")))
        self.state = StateBox(self._theme, today)
        body.addWidget(self.state)

    def _add_style(self, body: QVBoxLayout) -> None:
        body.addWidget(SectionLabel(self._theme, tr("Huisstijl")))
        card = Card(margin=0)
        self.style_name = ElidedLabel(self._theme, "", TextStyle.BODY)
        self.change_style = QuietButton(
            self._theme, tr("wijzigen…"), command="house_style", on_click=self.template_asked.emit
        )
        self.change_style.setAccessibleName(tr("Huisstijl wijzigen"))
        self.reset_style = IconButton(
            self._theme,
            "close",
            tr("Terug naar de huisstijl van STO Twente"),
            command="house_reset",
            on_click=self.style_reset.emit,
        )
        line = row(self.style_name, self.reset_style, self.change_style, spacing=0)
        line.setStretch(0, 1)
        line.setContentsMargins(Space.M, 0, Space.XS, 0)
        card.body.addLayout(line)
        body.addWidget(card)

    def _add_recipient(self, body: QVBoxLayout) -> None:
        body.addWidget(SectionLabel(self._theme, tr("Voor wie")))
        self.recipient = LineEdit(placeholder=tr("Ontvanger, mag leeg blijven"), name=tr("Ontvanger van het verslag"))
        plain.set_tip(
            self.recipient, tr("Staat straks bij de uitgifte: wat gemaakt is, en voor wie. Niet in het verslag.")
        )
        body.addWidget(self.recipient)

    def _add_made(self, body: QVBoxLayout) -> None:
        self._made_label = SectionLabel(self._theme, tr("Eerder gemaakt"))
        self._made = QVBoxLayout()
        self._made.setSpacing(Space.S)
        body.addWidget(self._made_label)
        body.addLayout(self._made)
        self.show_made(())

    def show_made(self, made: Sequence[tuple[str, str]]) -> None:
        """Show the earlier outputs, newest first, as pairs of description and changes since."""
        empty(self._made)
        self._made_label.setVisible(bool(made))
        self.made_texts = [f"{description}\n{since}" if since else description for description, since in made]
        for text in self.made_texts:
            self._made.addWidget(TextLabel(self._theme, text, TextStyle.SECONDARY, ColourRole.MUTED))

    def show_found(self, names: Sequence[Found]) -> None:
        """Show how many names occur in texts."""
        words = found_words(names)
        self.names_found.setText(words)
        self.names_found.setVisible(bool(words))
        self.check_names.setVisible(bool(words))

    @property
    def choices(self) -> ReportChoices:
        """The current choices."""
        return self._choices

    def show_style(self, name: str, about: str, *, own: bool) -> None:
        """Show the house style in use; `own`: it is not the default one of STO Twente."""
        self.style_name.setText(name)
        plain.set_tip(self.style_name, about)
        self.reset_style.setVisible(own)

    def show_choices(self, choices: ReportChoices) -> None:
        """Show choices, without emitting `changed`."""
        self._choices = choices
        options = choices.options
        self.form.set_value(options.form)
        self.list.show_options(options)
        self.figures.setChecked(options.figures)
        self.counts.setChecked(options.counts)
        self.counts.setVisible(options.form is Form.EXTENDED)
        self.figures.setVisible(options.form is Form.EXTENDED)
        self.names.set_value(options.naming)

    def show_content(self, content: PanelContent) -> None:
        """Show the status of the verslag, and what consent means for this panel."""
        self.consent.setText(consent_words(content))
        self.state.show_panel(content.panel, content.panelists)

    def _set_options(self, options: ReportOptions) -> None:
        self._set(replace(self._choices, options=options))

    def _set(self, choices: ReportChoices) -> None:
        self.show_choices(choices)
        self.changed.emit(choices)
