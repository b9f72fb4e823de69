"""Dialogs for data that has no column in the guide table: a question with follow-ups, a theme, a guide's name, and what
is taken out."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QWidget

from sto_desktop.domain.model import Guide, Theme
from sto_desktop.domain.panel.content import GuideContent, QuestionContent
from sto_desktop.domain.vocabulary import Aspect, Coded, QuestionType, ThemeKind
from sto_desktop.language import counted, tr
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare.guide.guide_model import MOST_MINUTES
from sto_desktop.ui.widgets import (
    CheckBox,
    ConfirmDialog,
    Dialog,
    FormField,
    LineEdit,
    PrimaryButton,
    TextEdit,
    TextLabel,
)

TimeSaid = Callable[[int], str]
"""Returns a sentence on the length of the whole guide, if this row takes the given number of minutes."""


class _Choice(QComboBox):
    """A choice among the codes of a vocabulary; `none` labels the empty choice, if there is one."""

    def __init__(self, codes: type[Coded], none: str = "") -> None:
        super().__init__()
        if none:
            self.addItem(none, None)
        for code in codes:
            self.addItem(tr(code.word), code)

    def choose(self, code: Coded | None) -> None:
        """Select this code."""
        # Qt stores a `StrEnum` as a plain string, but `findData` also finds it by the code.
        self.setCurrentIndex(max(self.findData(code), 0))


class _GuideDialog(Dialog):
    """A form with a line about the time."""

    def __init__(self, look: Appearance, title: str, parent: QWidget | None) -> None:
        super().__init__(look, title, parent=parent)
        self.setMinimumWidth(720)
        self.body.setSpacing(Space.S)
        self.save = PrimaryButton(look, tr("Bewaren"), hint="Ctrl Enter", on_click=self.accept)
        self.time = TextLabel(look, "", TextStyle.SECONDARY, ColourRole.MUTED, tabular=True)

    def _field(self, label: str, field: QWidget, note: str = "") -> FormField:
        form = FormField(self._theme, label, field)
        form.set_note(note)
        return form

    def _across(self, *fields: QWidget) -> None:
        line = QHBoxLayout()
        line.setSpacing(Space.M)
        for field in fields:
            line.addWidget(field, 1)
        self.body.addLayout(line)

    def _need(self, text: str) -> None:
        """Enable saving only while the name is filled in."""
        self.save.setEnabled(bool(text.strip()))

    def _end(self) -> None:
        self.body.addWidget(self.time)
        self.add_buttons(self.save)


def _minutes(value: int, time_said: TimeSaid, label: TextLabel) -> QSpinBox:
    field = QSpinBox()
    field.setRange(0, MOST_MINUTES)
    field.setValue(value)
    field.valueChanged.connect(lambda minutes: label.setText(time_said(minutes)))
    label.setText(time_said(value))
    return field


class QuestionDialog(_GuideDialog):
    """A question of the guide, None for a new one; `values` and `probes` are the result."""

    def __init__(
        self,
        look: Appearance,
        content: QuestionContent | None,
        time_said: TimeSaid,
        *,
        kind: QuestionType = QuestionType.KEY,
        minutes: int = 5,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, tr("Vraag en doorvragen") if content else tr("Nieuwe vraag"), parent)
        asked = content.question if content else None
        self.about_row = content.id if content else ""
        self.text = TextEdit(content.text if content else "", name=tr("Vraag"))
        self.text.setFixedHeight(56)
        self.short = LineEdit(asked.short_text if asked else "", placeholder=tr("Voor smalle plekken op het scherm"))
        self.type = _Choice(QuestionType)
        self.type.choose(asked.type if asked else kind)
        self.aspect = _Choice(Aspect, tr("geen van de drie"))
        self.aspect.choose(asked.aspect if asked else None)
        self.minutes = _minutes(content.minutes if content else minutes, time_said, self.time)
        self.essential = CheckBox(tr("Houden als de tijd kort is (★)"))
        self.essential.setChecked(bool(asked and asked.essential))
        self.probes = TextEdit("\n".join(probe.text for probe in content.probes) if content else "")
        self.probes.setFixedHeight(92)
        self.script = TextEdit(asked.script if asked else "", placeholder=tr("Wat u erbij zegt"))
        self.script.setFixedHeight(92)
        self.body.addWidget(self._field(tr("Vraag"), self.text))
        self._across(
            self._field(tr("Vraagtype"), self.type),
            self._field(tr("Vraagt naar"), self.aspect),
            self._field(tr("Minuten"), self.minutes),
        )
        self._across(
            self._field(tr("Doorvragen, elk op een eigen regel"), self.probes),
            self._field(tr("Toelichting voor de gespreksleider"), self.script),
        )
        self._across(self._field(tr("Kort"), self.short))
        self.body.addWidget(self.essential, 0, Qt.AlignmentFlag.AlignLeft)
        self._end()
        self.text.textChanged.connect(self._check)
        self._check()
        self.text.setFocus()

    def _check(self) -> None:
        self.save.setEnabled(bool(self.text.toPlainText().strip()))

    def words(self) -> str:
        """Return the question as one line."""
        return " ".join(self.text.toPlainText().split())

    def values(self) -> dict[str, Any]:
        """Return the fields of the question other than its text and minutes."""
        aspect = self.aspect.currentData()
        return {
            "short_text": self.short.text().strip(),
            "type": QuestionType(self.type.currentData()),
            "aspect": Aspect(aspect) if aspect else None,
            "essential": self.essential.isChecked(),
            "script": self.script.toPlainText().strip(),
        }

    def follow_ups(self) -> list[str]:
        """Return the follow-ups, in order."""
        lines = (" ".join(line.split()) for line in self.probes.toPlainText().splitlines())
        return [line for line in lines if line]


class ThemeDialog(_GuideDialog):
    """A theme of the guide; None: a new one."""

    def __init__(
        self, look: Appearance, theme: Theme | None, time_said: TimeSaid, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, tr("Thema") if theme else tr("Nieuw thema"), parent)
        shown = theme or Theme("")
        self.about_row = shown.id
        self.title = LineEdit(shown.title, name=tr("Titel"))
        self.short = LineEdit(shown.short_title, placeholder=tr("Voor smalle plekken op het scherm"))
        self.kind = _Choice(ThemeKind)
        self.kind.choose(shown.kind)
        self.minutes = _minutes(shown.minutes, time_said, self.time)
        self.script = TextEdit(shown.script, placeholder=tr("Wat u voorleest"))
        self.script.setFixedHeight(112)
        self.body.addWidget(self._field(tr("Titel"), self.title))
        self._across(
            self._field(tr("Soort"), self.kind),
            self._field(tr("Eigen minuten"), self.minutes, tr("Zonder vraag: welkom, pauze")),
        )
        self.body.addWidget(self._field(tr("Kort"), self.short))
        self.body.addWidget(
            self._field(
                tr("Om voor te lezen"),
                self.script,
                tr("{gespreksleider}, {notulist}, {subregio}, {datum} en {locatie} worden ingevuld."),
            )
        )
        self._end()
        self.title.textChanged.connect(self._need)
        self.save.setEnabled(bool(shown.title))
        self.title.setFocus()

    def values(self) -> dict[str, Any]:
        """Return the fields of the theme."""
        return {
            "title": " ".join(self.title.text().split()),
            "short_title": self.short.text().strip(),
            "kind": ThemeKind(self.kind.currentData()),
            "minutes": self.minutes.value(),
            "script": self.script.toPlainText().strip(),
        }


class GuideNameDialog(_GuideDialog):
    """The name and version of a guide."""

    def __init__(self, look: Appearance, title: str, guide: Guide, parent: QWidget | None = None) -> None:
        super().__init__(look, title, parent)
        self.setMinimumWidth(420)
        self.about_row = guide.id
        self.name = LineEdit(guide.name, name=tr("Naam"))
        self.version = LineEdit(guide.version, placeholder=tr("Bijvoorbeeld 2, of najaar 2026"))
        self.body.addWidget(self._field(tr("Naam"), self.name))
        self.body.addWidget(self._field(tr("Versie"), self.version))
        self.time.hide()
        self._end()
        self.name.textChanged.connect(self._need)
        self.save.setEnabled(bool(guide.name))
        self.name.selectAll()
        self.name.setFocus()


class RemovalDialog(ConfirmDialog):
    """Asks where the notes go of questions that are taken out of the guide, and whether to do so."""

    def __init__(
        self,
        look: Appearance,
        title: str,
        guide: GuideContent,
        without: Collection[str],
        count: int,
        parent: QWidget | None = None,
    ) -> None:
        """`without`: the questions to take out; `count`: how many notes they have."""
        text = counted(
            count,
            "Er hoort {n} notitie bij. Die blijft bewaard.",
            "Er horen {n} notities bij. Die blijven alle bewaard.",
        )
        super().__init__(look, title, text, tr("Verwijderen"), danger=True, parent=parent)
        self.to = QComboBox()
        self.to.setMinimumContentsLength(24)
        self.to.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.to.addItem(tr("Onder «Niet ingedeeld», voor bij Uitwerken"), None)
        for theme, question in guide.questions():
            if question.id not in without:
                self.to.addItem(f"{theme.short_title} · {question.short_text}", question.id)
        field = FormField(look, tr("Waar gaan ze heen?"), self.to)
        self.body.addWidget(field)

    def question(self) -> str | None:
        """Return the question that gets the notes; None: they stay without one."""
        chosen = self.to.currentData()
        return chosen if isinstance(chosen, str) else None
