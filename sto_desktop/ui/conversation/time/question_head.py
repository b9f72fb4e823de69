"""The current question, with its theme above and its probes below."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from sto_desktop.domain.live.steps import Step
from sto_desktop.domain.vocabulary import QuestionType
from sto_desktop.language import tr, tr_later
from sto_desktop.ui.base import keys
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import KeyHint, TextLabel, row

TYPE_WORDS: dict[QuestionType, str] = {
    QuestionType.OPENING: tr_later("openingsvraag"),
    QuestionType.INTRODUCTORY: tr_later("introductievraag"),
    QuestionType.TRANSITION: tr_later("overgangsvraag"),
    QuestionType.KEY: tr_later("kernvraag"),
    QuestionType.ENDING: tr_later("slotvraag"),
}
"""Source texts: pass through `tr`."""


def place_of(step: Step) -> str:
    """Return the position of a question: "Beeldvorming techniek · vraag 2 van 3"."""
    if step.number:
        return tr("{theme} · vraag {number} van {of}", theme=step.theme.title, number=step.number, of=step.of)
    return tr("{theme} · vervalt in dit panel", theme=step.theme.title)


def probes_of(step: Step) -> list[str]:
    """Return the probes in quotation marks."""
    return [f"“{probe.text}”" for probe in step.question.probes if probe.text]


class QuestionHead(QWidget):
    """The current question. F2 (`toggle_probes`) shows each probe on its own line."""

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all = False
        self._step: Step | None = None
        self._place = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED, lines=1)
        self.question = TextLabel(theme, "", TextStyle.QUESTION)
        self.probes = TextLabel(theme, "", TextStyle.BODY, ColourRole.MUTED, lines=1)
        self.all_probes = TextLabel(theme, "", TextStyle.BODY, ColourRole.MUTED)
        self._key = KeyHint(theme, keys.hint("probes"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._place)
        layout.addWidget(self.question)
        layout.addSpacing(2)
        layout.addLayout(row(self.probes, self._key, None))
        layout.addWidget(self.all_probes)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_step(self, step: Step | None) -> None:
        """Show a question."""
        self._step = step
        if step is None:
            return
        kind = tr(TYPE_WORDS[step.question.question.type])
        self._place.setText(f"{place_of(step)} · {kind}")
        self.question.setText(step.question.text)
        self._show_probes()

    def toggle_probes(self) -> None:
        """Show all probes, or the first ones on one line."""
        self._all = not self._all
        self._show_probes()

    def _show_probes(self) -> None:
        probes = probes_of(self._step) if self._step else []
        for widget in (self.probes, self._key):
            widget.setVisible(bool(probes))
        self.all_probes.setVisible(bool(probes) and self._all)
        self.probes.setText(tr("Doorvragen") if self._all else tr("Doorvragen: {probes}", probes=" · ".join(probes)))
        self.all_probes.setText("\n".join(probes))
