"""The moderator's view: the question, its probes and what comes next, readable at two metres' distance."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sto_desktop.domain.live.state import LiveState
from sto_desktop.domain.live.steps import Step
from sto_desktop.domain.model import Panel
from sto_desktop.language import counted, tr
from sto_desktop.report.papers.opening import filled_in
from sto_desktop.ui.base.keypad import typed_text
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.conversation.page.parked_card import ParkedCard
from sto_desktop.ui.conversation.page.paused_card import PausedCard
from sto_desktop.ui.conversation.page.playback_card import PlaybackCard
from sto_desktop.ui.conversation.table.round_bar import RoundBar
from sto_desktop.ui.conversation.time.question_head import place_of
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import (
    ActionButton,
    ButtonKind,
    Card,
    Fitted,
    ScrollColumn,
    TextLabel,
    expanding,
    height_in,
    row,
    set_text,
)

SMALL_WIDTH, SMALL_HEIGHT = 640, 460
"""Below either of these, in px, only the essentials are shown."""
SCROLL_BAR = 16
NEXT_LINES = 2

LOOKS = (
    (TextStyle.DISPLAY, True, True),
    (TextStyle.GREETING, True, True),
    (TextStyle.GREETING, False, True),
    (TextStyle.QUESTION, False, True),
    (TextStyle.QUESTION, False, False),
    (TextStyle.LARGE_STRONG, False, False),
    (TextStyle.BODY_STRONG, False, False),
    (TextStyle.SECONDARY_STRONG, False, False),
)
"""From a large window to a small one: the question's style, whether the marks are shown, and whether the next question
is.
"""


class ModeratorView(Fitted, QWidget):
    """One question at a time. `typed` carries text typed here, which starts a note."""

    typed = Signal(str)

    def __init__(
        self, theme: Appearance, live: LiveConversation, actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._live = live
        self._all_probes = True
        self._small: bool | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._place = TextLabel(theme, "", TextStyle.LARGE, ColourRole.MUTED, lines=1)
        self.question = TextLabel(theme, "", TextStyle.DISPLAY)
        self._probes_title = TextLabel(theme, tr("Doorvragen"), TextStyle.PROBE, ColourRole.INK, lines=1)
        self.probes = TextLabel(theme, "", TextStyle.PROBE, ColourRole.MUTED)
        self._script_title = TextLabel(theme, tr("Om voor te lezen"), TextStyle.PROBE, ColourRole.INK, lines=1)
        self._script = TextLabel(theme, "", TextStyle.LARGE, ColourRole.MUTED)
        self._column = column = ScrollColumn()
        column.body.setSpacing(Space.S)
        column.body.addWidget(self.question)
        self._gap = QWidget()
        column.body.addWidget(self._gap)
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
        """Add below the question the parts that must always be visible: marks, a running round, and the
        next question.
        """
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
        self.paused = PausedCard(theme, self._live, actions)
        self.round_bar = RoundBar(theme, actions["round"], actions["round_end"])
        self._after = TextLabel(theme, tr("Hierna"), TextStyle.LARGE, ColourRole.MUTED, lines=1)
        self._next = TextLabel(
            theme, "", TextStyle.LARGE_STRONG, lines=NEXT_LINES + 1, align=Qt.AlignmentFlag.AlignVCenter
        )
        self._left = TextLabel(theme, "", TextStyle.LARGE, ColourRole.MUTED, lines=1, tabular=True)
        self._card = card = Card(margin=Space.L)
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

    def fit(self) -> None:
        """Show the question in the largest style in which it fits, and hide inessential parts before it
        becomes small.
        """
        small = self.width() < SMALL_WIDTH or self.height() < SMALL_HEIGHT
        side, above = (Space.L, Space.S) if small else (44, Space.XXL)
        gap = Space.S if small else Space.L
        # Only on a change, because each of these asks for another layout.
        if small is not self._small:
            self._small = small
            self._whole.setContentsMargins(side, above, side, above)
            self._whole.setSpacing(gap)
            for button in self.besides:
                button.setVisible(not small)
            for mark in self.marks.values():
                mark.set_icon_shown(not small)
            for card in (self.paused, self.playback, self.round_bar):
                card.set_low(small)
            self.probes.set_style(self._probe_style)
            self._show_probes()
            self._card.body.setContentsMargins(*(Space.S if small else Space.L,) * 4)
        width = self.width() - 2 * side
        crowded = small or self._is_crowded(width)
        for widget in (self._after, self._left):
            if widget.isHidden() is not crowded:
                widget.setHidden(crowded)
        place = height_in(self._place, width) if small else self.besides[0].sizeHint().height()
        cards = [card for card in (self.paused, self.playback, self.parked, self.round_bar) if not card.isHidden()]
        needed = [place, *(height_in(card, width) for card in cards)]
        fixed = sum(needed) + gap * len(needed) + 2 * above
        marks, next_height = self._marks.sizeHint().height() + gap, height_in(self._card, width)
        foot = next_height + gap
        if self._card.minimumHeight() != next_height:
            # By itself it would keep the height that it wants at its full width, which cuts off a longer question.
            self._card.setFixedHeight(next_height)
        rooms = {look: self.height() - fixed - look[1] * marks - look[2] * foot for look in LOOKS}
        left = {look: room - self._asked(look[0], width) for look, room in rooms.items()}
        probe = self._first_probe(width)
        # Take the first look that fits with a probe, or without; the last is used even if it does not.
        with_probe = (look for look in LOOKS if look[2] and left[look] >= probe)
        look = next(with_probe, None) or next((look for look in LOOKS if left[look] >= 0), LOOKS[-1])
        style, with_marks, with_foot = look
        # Half a line would be neither readable nor gone: then it begins below what is in sight.
        self._gap.setFixedHeight(Space.XS if left[look] >= probe else max(Space.XS, left[look]))
        self.question.set_style(style)
        inside = self.question.parentWidget()
        if inside is not None and self.question.height() < self._asked(style, width):
            # Set in the middle of a layout, a style would leave the column as high as the one before.
            QApplication.postEvent(inside, QEvent(QEvent.Type.LayoutRequest))
        self._marks.setVisible(with_marks)
        self._card.setVisible(with_foot)

    def _is_crowded(self, width: int) -> bool:
        """Return whether the next question needs the width of what stands beside it, which the clocks say too."""
        beside = (self._after, self._left, self.next_button)
        room = width - 2 * Space.L - sum(widget.sizeHint().width() + Space.L for widget in beside)
        style = TextStyle.LARGE_STRONG
        lines = set_text(self._next.text(), self._theme.font(style), style.line, max(1, room)).height / style.line
        return lines > NEXT_LINES

    @property
    def _probe_style(self) -> TextStyle:
        return TextStyle.LARGE if self._small else TextStyle.PROBE

    def _first_probe(self, width: int) -> int:
        """Return the height of the first probe with what stands above it, in px; 0 if no probes are shown."""
        if self.probes.isHidden():
            return 0
        style, title = self._probe_style, self._probes_title
        text = set_text(self.probes.text().split("\n")[0], self._theme.font(style), style.line, width - SCROLL_BAR)
        return text.height + 2 * Space.S + Space.XS + (0 if title.isHidden() else title.sizeHint().height() + Space.S)

    def _asked(self, style: TextStyle, width: int) -> int:
        """Return the height of the question in a style, in px; the width leaves room for a scroll bar."""
        return set_text(self.question.text(), self._theme.font(style), style.line, width - SCROLL_BAR).height

    def refresh(self) -> None:
        """Show the current question."""
        step = self._live.place.step
        if step is None:
            return
        self._place.setText(f"{place_of(step)} · {tr(step.question.question.type.asked)}")
        self.question.setText(step.question.text)
        self._column.verticalScrollBar().setValue(0)
        self.probes.setText("\n".join(probe.text for probe in step.question.probes if probe.text))
        self._show_probes()
        script = _script_of(step, self._live.rows.panel)
        self._script.setText(script)
        for widget in (self._script_title, self._script):
            widget.setVisible(bool(script))
        following = self._live.place.next_step
        self._after.setText(tr("Hierna") if following else tr("Dit is de laatste vraag"))
        self._next.setText(following.question.text if following else "")
        self.fit()

    def toggle_probes(self) -> None:
        """Show or hide the probes."""
        self._all_probes = not self._all_probes
        self._show_probes()
        self.fit()

    def _show_probes(self) -> None:
        shown = bool(self.probes.text()) and self._all_probes
        self.probes.setVisible(shown)
        self._probes_title.setVisible(shown and not self._small)

    def show_state(self, state: LiveState) -> None:
        """Show which questions remain for the time left in this theme, and whose turn it is in a round."""
        self.round_bar.show_state(state)
        self.parked.show_state(state)
        self.playback.show_state(state)
        self.paused.show_state(state)
        minutes = round(state.timing.theme_left / 60)
        questions = counted(state.questions_left, "{n} vraag", "{n} vragen")
        if minutes < 0:
            left = tr("nog {questions}, {n} min over tijd", questions=questions, n=-minutes)
        else:
            left = tr("nog {questions} in {n} min", questions=questions, n=minutes)
        if left != self._left.text():
            self._left.setText(left)
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Typing starts a note; keys with Ctrl or Alt are commands.
        text = typed_text(event)
        if text:
            self.typed.emit(text)
            return
        super().keyPressEvent(event)


def _script_of(step: Step, panel: Panel) -> str:
    """Return the text to read aloud at a question, with the panel's data filled in; at a theme's first question also
    the theme's text.
    """
    parts = [step.theme.theme.script if step.number == 1 else "", step.question.question.script]
    return "\n\n".join(filled_in(part, panel) for part in parts if part)
