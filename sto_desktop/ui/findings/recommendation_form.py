"""The form of a recommendation: text, audience, time, owner, first step and safeguarding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QGridLayout, QWidget

from sto_desktop.domain.model import Recommendation
from sto_desktop.domain.panel.content import RecommendationContent, ThemeContent
from sto_desktop.domain.vocabulary import Level, Priority
from sto_desktop.language import counted, tr
from sto_desktop.ui.fields.spelling import SpelledEdit, Spelling
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import (
    CheckBox,
    FormDialog,
    FormField,
    LineEdit,
    Segmented,
    TextLabel,
)


@dataclass(frozen=True)
class Basis:
    """What a new recommendation rests on: ids of themes, and the number of notes and insights."""

    themes: Sequence[str] = ()
    notes: int = 0
    insights: int = 0


NO_BASIS = Basis()


class RecommendationDialog(FormDialog):
    """The dialog; a recommendation without a text can't be saved."""

    def __init__(
        self,
        theme: Appearance,
        themes: Sequence[ThemeContent],
        recommendation: RecommendationContent | None,
        *,
        basis: Basis = NO_BASIS,
        seen: int,
        spelling: Spelling | None = None,
        parent: QWidget | None = None,
    ) -> None:
        about = []
        if basis.notes:
            about.append(counted(basis.notes, "Rust op {n} gekozen notitie.", "Rust op {n} gekozen notities."))
        if basis.insights:
            about.append(counted(basis.insights, "Volgt uit {n} inzicht.", "Volgt uit {n} inzichten."))
        title = tr("Aanbeveling wijzigen") if recommendation else tr("Nieuwe aanbeveling")
        super().__init__(theme, title, " ".join(about), parent)
        self.seen = seen
        self.setMinimumWidth(560)
        record = recommendation.recommendation if recommendation else Recommendation("")
        self.about_row = record.id
        self._add_fields(record)
        self._add_themes(themes, recommendation.themes if recommendation else basis.themes)
        self.add_form_buttons()
        self.text.textChanged.connect(self._check)
        self._check()
        for field in (self.text, self.first_step, self.securing):
            field.check_spelling(spelling, theme)
        self.text.setFocus()
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)

    def _add_fields(self, record: Recommendation) -> None:
        theme = self._theme
        self.text = SpelledEdit(record.text, placeholder=tr("Wat moet er gebeuren?"))
        self.text.setFixedHeight(64)
        self.body.addWidget(FormField(theme, tr("Aanbeveling"), self.text))
        self.school_years = LineEdit(record.school_years, placeholder=tr("bijvoorbeeld 2025-2026"))
        self.owner = LineEdit(record.owner, placeholder=tr("Wie neemt dit op?"))
        levels = ((None, tr("onbepaald")), *((level, tr(level.word)) for level in Level))
        self.level = Segmented(theme, levels, name=tr("Niveau"), value=record.level)
        priorities = ((None, tr("geen")), *((code, tr(code.word)) for code in Priority))
        self.priority = Segmented(theme, priorities, name=tr("Prioriteit"), value=record.priority)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.M)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(FormField(theme, tr("Schooljaren"), self.school_years), 0, 0)
        grid.addWidget(FormField(theme, tr("Eigenaar"), self.owner), 0, 1)
        grid.addWidget(FormField(theme, tr("Niveau"), self.level), 1, 0)
        grid.addWidget(FormField(theme, tr("Prioriteit"), self.priority), 1, 1)
        self.body.addLayout(grid)
        self.first_step = SpelledEdit(record.first_step, placeholder=tr("Hoe begint het, en wanneer?"))
        self.securing = SpelledEdit(record.securing, placeholder=tr("Waardoor blijft het, ook als iemand vertrekt?"))
        for field in (self.first_step, self.securing):
            field.setFixedHeight(54)
        self.body.addWidget(FormField(theme, tr("Eerste stap"), self.first_step))
        self.body.addWidget(FormField(theme, tr("Borging"), self.securing))

    def _add_themes(self, themes: Sequence[ThemeContent], chosen: Sequence[str]) -> None:
        self.body.addWidget(
            TextLabel(self._theme, tr("Thema's (geen: algemeen)"), TextStyle.SECONDARY, ColourRole.MUTED, lines=1)
        )
        grid = QGridLayout()
        grid.setVerticalSpacing(Space.XS)
        self.themes: dict[str, CheckBox] = {}
        for at, guide_theme in enumerate(themes):
            box = CheckBox(guide_theme.short_title)
            box.setChecked(guide_theme.id in chosen)
            plain.set_tip(box, guide_theme.title)
            self.themes[guide_theme.id] = box
            grid.addWidget(box, at // 2, at % 2)
        self.body.addLayout(grid)

    def _check(self) -> None:
        self.save_button.setEnabled(bool(self.text.toPlainText().strip()))

    def values(self) -> dict[str, Any]:
        """Return the fields as in `Recommendation`."""
        level, priority = self.level.value(), self.priority.value()
        return {
            "text": self.text.toPlainText().strip(),
            "school_years": self.school_years.text().strip(),
            "owner": self.owner.text().strip(),
            "level": Level(str(level)) if level else None,
            "priority": Priority(str(priority)) if priority else None,
            "first_step": self.first_step.toPlainText().strip(),
            "securing": self.securing.toPlainText().strip(),
        }

    def chosen_themes(self) -> list[str]:
        """Return the ids of the ticked themes."""
        return [theme for theme, box in self.themes.items() if box.isChecked()]
