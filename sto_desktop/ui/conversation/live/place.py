"""The current question of a running conversation, saved so that a crash does not lose it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from sto_desktop.domain.live.steps import Step, nearest_question, neighbour, place_in, same_question, step_of
from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.conversation.live.rows import PanelRows


class GuidePlace(QObject):
    """The current question.

    `moved`: it changed. `failed` carries a `StoError` of saving it. `gone` carries the content of a current question
    that was deleted; by then another one is current.
    """

    moved = Signal()
    gone = Signal(object)
    failed = Signal(object)

    def __init__(self, rows: PanelRows, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._setting = f"question:{rows.panel.id}"
        self.current: str | None = self._kept()
        rows.guide_changed.connect(self._follow_guide)

    @property
    def step(self) -> Step | None:
        """The current question, with its theme."""
        return step_of(self._rows.guide, self.current)

    @property
    def next_step(self) -> Step | None:
        """The question after the current one; None at the end."""
        return neighbour(self._rows.guide, self.current, +1)

    def go_to(self, question: str) -> None:
        """Make another question current. The clock follows through `moved`."""
        if question != self.current and question in self._rows.questions:
            self.current = question
            self.keep(self._setting, question)
            self.moved.emit()

    def keep(self, name: str, value: str) -> None:
        """Save a setting about the current place; the clock need not be running."""
        attempt(self.failed.emit, self._rows.session.dossier.set_setting, name, value)

    def _kept(self) -> str | None:
        dossier, panel = self._rows.session.dossier, self._rows.panel.id
        return place_in(self._rows.guide, dossier.read.course.time_spans(panel), dossier.setting(self._setting))

    def _follow_guide(self, before: GuideContent) -> None:
        """Stay at the same place in a guide that changed: at the same question, its copy, or otherwise the next
        question.
        """
        if self.current in self._rows.questions:
            return
        previous = before.question(self.current)
        copy = same_question(self._rows.guide, previous) if previous is not None else None
        near = copy.id if copy is not None else nearest_question(before, self._rows.guide, self.current)
        following = near or self._kept()
        if following is not None:
            self.go_to(following)
        else:
            self.current = None
        if previous is not None and copy is None:
            self.gone.emit(previous)
