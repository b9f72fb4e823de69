"""The current question, with its theme above and its probes below."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sto_desktop.domain.live.steps import Step
from sto_desktop.language import tr
from sto_desktop.ui.base import keys
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import KeyHint, ScrollColumn, TextLabel, row, set_text


def place_of(step: Step) -> str:
    """Return the position of a question: "Beeldvorming techniek · vraag 2 van 3"."""
    if step.number:
        return tr("{theme} · vraag {number} van {of}", theme=step.theme.title, number=step.number, of=step.of)
    return tr("{theme} · vervalt in dit panel", theme=step.theme.title)


def probes_of(step: Step) -> list[str]:
    """Return the probes in quotation marks."""
    return [f"“{probe.text}”" for probe in step.question.probes if probe.text]


GAP = 4


@dataclass(frozen=True, slots=True)
class QuestionLook:
    """The size of the question, and the parts shown with it. `notes`: the minimum height left for the notes, in px."""

    style: TextStyle
    place: bool
    probes: bool
    notes: int


LOOKS = (
    QuestionLook(TextStyle.QUESTION, True, True, 96),
    QuestionLook(TextStyle.LARGE_STRONG, True, True, 72),
    QuestionLook(TextStyle.LARGE_STRONG, True, False, 64),
    QuestionLook(TextStyle.BODY_STRONG, True, False, 48),
    QuestionLook(TextStyle.SECONDARY_STRONG, False, False, 40),
    QuestionLook(TextStyle.SECONDARY_STRONG, False, False, 0),
    QuestionLook(TextStyle.SMALL_STRONG, False, False, 0),
)
"""From a large window to a small one. The question stays complete; the parts around it give way."""


ALONE = QuestionLook(TextStyle.GREETING, True, True, 96)
"""A moderator who works alone reads the question aloud from the same screen."""


class QuestionHead(ScrollColumn):
    """The current question. F2 (`toggle_probes`) shows each probe on its own line.

    `fit` sets its height; it scrolls only if the question does not fit even in its smallest look. `changed`: it may
    need another height.
    """

    changed = Signal()

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._all = False
        self._alone = self._full = False
        self._look = LOOKS[0]
        self._step: Step | None = None
        self._place = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED, lines=1)
        self.question = TextLabel(theme, "", TextStyle.QUESTION)
        self.probes = TextLabel(theme, "", TextStyle.BODY, ColourRole.MUTED, lines=1)
        self.all_probes = TextLabel(theme, "", TextStyle.BODY, ColourRole.MUTED)
        self._key = KeyHint(theme, keys.hint("probes"))
        self.body.setSpacing(GAP)
        self.body.addWidget(self._place)
        self.body.addWidget(self.question)
        self.body.addLayout(row(self.probes, self._key, None))
        self.body.addWidget(self.all_probes)
        self.body.addStretch(1)

    def fit(self, width: int, height: int) -> None:
        """Take the largest look that leaves enough of this space, in px, to the notes. In the mode for one person,
        prefer looks with every probe.
        """
        tries = [(look, self._all) for look in LOOKS]
        if self._alone:
            tries = [(ALONE, True), (LOOKS[0], True), (ALONE, self._all), *tries]
        fitting = ((look, full) for look, full in tries if self._height(look, width, full=full) + look.notes <= height)
        look, full = next(fitting, tries[-1])
        if (look, full) != (self._look, self._full):
            self._look, self._full = look, full
            self.question.set_style(look.style)
            self._place.setVisible(look.place)
            self._show_probes()
        self.setFixedHeight(max(look.style.line, min(self._height(look, width, full=full), height)))

    def least(self, width: int) -> int:
        """Return the height that the question needs in its smallest look, in px."""
        return self._height(LOOKS[-1], width, full=self._all)

    def set_alone(self, alone: bool) -> None:
        """Show the question larger, for a moderator who works alone."""
        if alone != self._alone:
            self._alone = alone
            self.changed.emit()

    def _height(self, look: QuestionLook, width: int, *, full: bool) -> int:
        lines = [set_text(self.question.text(), self._theme.font(look.style), look.style.line, width).height]
        if look.place:
            lines.append(self._place.sizeHint().height())
        if self._has_probes(look):
            lines.append(self.probes.sizeHint().height())
            if full:
                lines.append(self.all_probes.heightForWidth(width))
        return sum(lines) + GAP * (len(lines) - 1)

    def _has_probes(self, look: QuestionLook) -> bool:
        # Probes that the user asked for by key are shown in every look.
        return bool(self._step and probes_of(self._step)) and (look.probes or self._all)

    def show_step(self, step: Step | None) -> None:
        """Show a question."""
        self._step = step
        if step is None:
            return
        kind = tr(step.question.question.type.asked)
        self._place.setText(f"{place_of(step)} · {kind}")
        self.question.setText(step.question.text)
        self._show_probes()
        self.verticalScrollBar().setValue(0)
        self.changed.emit()

    def toggle_probes(self) -> None:
        """Show all probes, or the first ones on one line."""
        self._all = self._full = not self._all
        self._show_probes()
        self.changed.emit()

    def _show_probes(self) -> None:
        probes = probes_of(self._step) if self._step else []
        shown = self._has_probes(self._look)
        for widget in (self.probes, self._key):
            widget.setVisible(shown)
        self.all_probes.setVisible(shown and self._full)
        self.probes.setText(tr("Doorvragen") if self._full else tr("Doorvragen: {probes}", probes=" · ".join(probes)))
        self.all_probes.setText("\n".join(probes))
