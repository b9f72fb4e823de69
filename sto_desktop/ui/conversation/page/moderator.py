"""The moderator's view: the question, its probes and what comes next, readable at two metres' distance."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sto_desktop.domain.live.state import LiveState
from sto_desktop.domain.live.steps import Step
from sto_desktop.domain.model import Panel
from sto_desktop.language import counted, tr
from sto_desktop.report.papers.opening import filled_in
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.conversation.page.panes import typed_text
from sto_desktop.ui.conversation.page.parked_card import ParkedCard
from sto_desktop.ui.conversation.page.paused_card import PausedCard
from sto_desktop.ui.conversation.page.playback_card import PlaybackCard
from sto_desktop.ui.conversation.table.round_bar import RoundBar
from sto_desktop.ui.conversation.time.question_head import TYPE_WORDS, place_of
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import ActionButton, ButtonKind, Card, ScrollColumn, TextLabel, expanding, row

SMALL_WIDTH, SMALL_HEIGHT = 640, 460
"""Below either of these, in px, the question gets a smaller font and only essentials stay."""


class ModeratorView(QWidget):
    """One question at a time. `typed` carries text typed here, which starts a note."""

    typed = Signal(str)

    def __init__(
        self, theme: Appearance, live: LiveConversation, actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._all_probes = True
        self._small = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._place = TextLabel(theme, "", TextStyle.LARGE, ColourRole.MUTED, lines=1)
        self.question = TextLabel(theme, "", TextStyle.DISPLAY)
        self._probes_title = TextLabel(theme, tr("Doorvragen"), TextStyle.PROBE, ColourRole.INK, lines=1)
        self.probes = TextLabel(theme, "", TextStyle.PROBE, ColourRole.MUTED)
        self._script_title = TextLabel(theme, tr("Om voor te lezen"), TextStyle.PROBE, ColourRole.INK, lines=1)
        self._script = TextLabel(theme, "", TextStyle.LARGE, ColourRole.MUTED)
        column = ScrollColumn()
        column.body.setSpacing(Space.S)
        column.body.addWidget(self.question)
        column.body.addSpacing(Space.M)
        for widget in (self._probes_title, self.probes):
            column.body.addWidget(widget)
        column.body.addSpacing(Space.M)
        for widget in (self._script_title, self._script):
            column.body.addWidget(widget)
        column.body.addStretch(1)
        self._lay_out_foot(theme, column, actions)
        live.place.moved.connect(self.refresh)
        live.rows.panel_changed.connect(self.refresh)
        self.refresh()

    def _lay_out_foot(self, theme: Appearance, column: ScrollColumn, actions: Mapping[str, QAction]) -> None:
        """Add below the question what must always be visible: marks, a running round, and what comes next."""
        self.marks = {
            name: ActionButton(theme, actions[name], icon=icon, text=text, live=True)
            for name, icon, text in (
                ("star_note", "star", tr("Belangrijk")),
                ("park_note", "parked", tr("Terugkomen")),
                ("probe_note", "help", tr("Doorvragen")),
            )
        }
        self.besides = [
            ActionButton(theme, actions[name], kind=ButtonKind.QUIET, text=text)
            for name, text in (("round", tr("Rondje")), ("minutes", tr("Minuten")))
        ]
        self._marks = QWidget()
        self._marks.setLayout(row(*self.marks.values(), None))
        self.parked = ParkedCard(theme)
        self.playback = PlaybackCard(theme)
        self.paused = PausedCard(theme, actions["pause"])
        self.round_bar = RoundBar(theme, actions["round"], actions["round_end"])
        self._after = TextLabel(theme, tr("Hierna"), TextStyle.LARGE, ColourRole.MUTED, lines=1)
        self._next = TextLabel(theme, "", TextStyle.LARGE_STRONG, lines=2, align=Qt.AlignmentFlag.AlignVCenter)
        self._left = TextLabel(theme, "", TextStyle.LARGE, ColourRole.MUTED, lines=1, tabular=True)
        card = Card(margin=Space.L)
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.next_button = ActionButton(theme, actions["next_question"], kind=ButtonKind.PRIMARY, text=tr("Volgende"))
        foot = QHBoxLayout()
        foot.setSpacing(Space.L)
        foot.addWidget(self._after)
        foot.addWidget(self._next, 1)
        foot.addWidget(self._left)
        foot.addWidget(self.next_button)
        card.body.addLayout(foot)
        self._whole = QVBoxLayout(self)
        self._whole.setSpacing(Space.L)
        for widget in (self.playback, self.parked, self._marks, self.round_bar, card):
            self._whole.addWidget(widget)
        self._whole.insertWidget(0, column, 1)
        self._whole.insertLayout(0, row(expanding(self._place), *self.besides))
        self._whole.insertWidget(0, self.paused)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        small = self.width() < SMALL_WIDTH or self.height() < SMALL_HEIGHT
        self._small = small
        side, above = (Space.XL, Space.L) if small else (44, Space.XXL)
        self._whole.setContentsMargins(side, above, side, above)
        self._whole.setSpacing(Space.S if small else Space.L)
        self.question.set_style(TextStyle.GREETING if small else TextStyle.DISPLAY)
        for label in (self._after, self._left, *self.besides):
            label.setVisible(not small)
        for mark in self.marks.values():
            mark.set_icon_shown(not small)
        self._show_marks()

    def refresh(self) -> None:
        """Show the current question."""
        step = self._live.place.step
        if step is None:
            return
        self._place.setText(f"{place_of(step)} · {tr(TYPE_WORDS[step.question.question.type])}")
        self.question.setText(step.question.text)
        self.probes.setText("\n".join(probe.text for probe in step.question.probes if probe.text))
        self._show_probes()
        script = _script_of(step, self._live.rows.panel)
        self._script.setText(script)
        for widget in (self._script_title, self._script):
            widget.setVisible(bool(script))
        following = self._live.place.next_step
        self._after.setText(tr("Hierna") if following else tr("Dit is de laatste vraag"))
        self._next.setText(following.question.text if following else "")

    def toggle_probes(self) -> None:
        """Show or hide the probes."""
        self._all_probes = not self._all_probes
        self._show_probes()

    def _show_probes(self) -> None:
        shown = bool(self.probes.text()) and self._all_probes
        self.probes.setVisible(shown)
        self._probes_title.setVisible(shown)

    def show_state(self, state: LiveState) -> None:
        """Show which questions remain for the time left in this theme, and whose turn it is in a round."""
        self.round_bar.show_state(state)
        self.parked.show_state(state)
        self.playback.show_state(state)
        self.paused.show_state(state, self._live.clock.stopped_at, small=self._small)
        self._show_marks()
        minutes = round(state.timing.theme_left / 60)
        questions = counted(state.questions_left, "{n} vraag", "{n} vragen")
        if minutes < 0:
            self._left.setText(tr("nog {questions}, {n} min over tijd", questions=questions, n=-minutes))
        else:
            self._left.setText(tr("nog {questions} in {n} min", questions=questions, n=minutes))

    def _show_marks(self) -> None:
        # On a small window the round and the pause need the space of the marks.
        self._marks.setVisible(not self._small or (self.round_bar.isHidden() and self.paused.isHidden()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Typing starts a note; keys with Ctrl or Alt are commands.
        text = typed_text(event)
        if text:
            self.typed.emit(text)
            return
        super().keyPressEvent(event)


def _script_of(step: Step, panel: Panel) -> str:
    """Return the text to read aloud at a question, with the panel's data filled in; the theme's own text at its first
    question."""
    parts = [step.theme.theme.script if step.number == 1 else "", step.question.question.script]
    return "\n\n".join(filled_in(part, panel) for part in parts if part)
