"""The user's settings: name, light or dark, language."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from sto_desktop.language import available_languages, tr
from sto_desktop.settings import AppearanceChoice, SettingsStore
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import (
    Button,
    CheckBox,
    Dialog,
    FormField,
    LineEdit,
    SectionLabel,
    Segmented,
    TextLabel,
    row,
)

LANGUAGES = {"nl": "Nederlands", "en": "English"}
"""Each language by its own name, which is not translated."""


class PreferencesDialog(Dialog):
    """The settings; each change takes effect and is saved at once."""

    problem = Signal(object)

    def __init__(self, theme: Appearance, settings: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Instellingen"), parent=parent)
        self._settings = settings
        self.setMinimumWidth(460)
        self.name = LineEdit(settings.current.user_name, placeholder=tr("Voor- en achternaam"))
        self.name.editingFinished.connect(self._keep_name)
        field = FormField(theme, tr("Uw naam"), self.name)
        field.set_note(tr("Staat bij uw wijzigingen, zodat collega's na samenvoegen zien wie wat schreef."))
        self.body.addWidget(field)
        self.body.addWidget(SectionLabel(theme, tr("Weergave")))
        choices = (
            (AppearanceChoice.SYSTEM, tr("Als het systeem")),
            (AppearanceChoice.LIGHT, tr("Licht")),
            (AppearanceChoice.DARK, tr("Donker")),
        )
        self.look = Segmented(theme, choices, name=tr("Weergave"), value=settings.current.theme)
        self.look.selected.connect(self._keep_theme)
        self.body.addWidget(self.look)
        larger = tr("Groter of kleiner: met de schaal van het beeldscherm, in de instellingen van deze computer.")
        self.body.addWidget(TextLabel(theme, larger, TextStyle.SECONDARY, ColourRole.MUTED))
        self._add_choices()
        languages = available_languages()
        if len(languages) > 1:
            self._add_languages(languages)
        where = tr("Instellingen staan in {path}.", path=settings.path)
        self.body.addWidget(TextLabel(theme, where, TextStyle.SECONDARY, ColourRole.MUTED))
        self.add_buttons(close=tr("Sluiten"))

    def typed_texts(self) -> dict[str, str]:
        """Return nothing: each setting is saved at once."""
        return {}

    def done(self, result: int) -> None:
        """Save what was typed, also when Esc closes the dialog."""
        self._keep_name()
        super().done(result)

    def _add_choices(self) -> None:
        self.body.addWidget(SectionLabel(self._theme, tr("Tijdens het gesprek")))
        self.sound = CheckBox(tr("Zacht geluid als de tijd van een thema opraakt"))
        self.sound.setChecked(self._settings.current.time_sound)
        self.sound.clicked.connect(lambda checked: self._keep(time_sound=checked))
        self.body.addWidget(self.sound)
        self.speaker = CheckBox(tr("De spreker blijft na Enter, tot u een ander kiest"))
        self.speaker.setChecked(self._settings.current.speaker_stays)
        self.speaker.clicked.connect(lambda checked: self._keep(speaker_stays=checked))
        self.body.addWidget(self.speaker)
        self.alone = CheckBox(tr("Ik leid en schrijf alleen: grote vraag, en drie regels na elk thema"))
        self.alone.setChecked(self._settings.current.alone)
        self.alone.clicked.connect(lambda checked: self._keep(alone=checked))
        self.body.addWidget(self.alone)
        self.abbreviations = Button(self._theme, tr("Afkortingen…"), on_click=self._show_abbreviations)
        self.body.addLayout(row(self.abbreviations, None))

    def _show_abbreviations(self) -> None:
        from sto_desktop.ui.fields.abbreviations import AbbreviationsDialog

        dialog = AbbreviationsDialog(self._theme, self._settings, self)
        dialog.problem.connect(self.problem)
        dialog.open()

    def _add_languages(self, languages: tuple[str, ...]) -> None:
        box = QComboBox()
        for code in languages:
            box.addItem(LANGUAGES.get(code, code), code)
        box.setCurrentIndex(max(box.findData(self._settings.current.language), 0))
        box.activated.connect(lambda _index: self._keep(language=box.currentData()))
        field = FormField(self._theme, tr("Taal van het programma"), box)
        field.set_note(tr("Geldt vanaf de volgende keer dat het programma start."))
        self.body.addWidget(field)

    def _keep_name(self) -> None:
        name = self.name.text().strip()
        if name != self._settings.current.user_name:
            self._keep(user_name=name)

    def _keep_theme(self, choice: object) -> None:
        self._theme.set_choice(AppearanceChoice(str(choice)))
        self._keep(theme=AppearanceChoice(str(choice)))

    def _keep(self, **values: object) -> None:
        attempt(self.problem.emit, self._settings.change, **values)
