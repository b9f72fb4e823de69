"""The summary to read back to the panel at the end of its theme, in large type. One key or click records whether they
agreed.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sto_desktop.domain.live.state import LiveState
from sto_desktop.domain.vocabulary import Agreement
from sto_desktop.language import tr
from sto_desktop.ui.conversation.page.hands_field import HandsField, at_table
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Card, Segmented, TextLabel, expanding, row

HANDS_WIDTH = 180


class PlaybackCard(Card):
    """Visible at the last question of a theme that has a summary. `agreed` carries the panel's answer, `counted` a
    theme and its show of hands."""

    agreed = Signal(object)
    counted = Signal(str, object, object)

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=Space.M)
        asked = tr("Om terug te geven: herkent iedereen dit?")
        self._title = title = TextLabel(theme, asked, TextStyle.SECONDARY_STRONG, ColourRole.MUTED, lines=1)
        self.text = TextLabel(theme, "", TextStyle.PROBE)
        answers = (Agreement.UNKNOWN, Agreement.YES, Agreement.PARTLY, Agreement.NO)
        short = {Agreement.UNKNOWN: tr("nog niet gevraagd")}
        self.answer = Segmented(
            theme,
            [(answer, short.get(answer, tr(answer.word))) for answer in answers],
            name=tr("Herkent het panel dit?"),
            commands=("answer_summary",),
        )
        self.answer.selected.connect(self.agreed)
        self.hands = HandsField()
        self.hands.setFixedWidth(HANDS_WIDTH)
        self.hands.counted.connect(self.counted)
        self.body.setSpacing(Space.XS)
        self.body.addWidget(title)
        self.body.addWidget(self.text)
        self.body.addLayout(row(expanding(self.answer)))
        self.body.addLayout(row(self.hands, None))
        self.hide()

    def set_low(self, low: bool) -> None:
        """Hide the parts that are also in the summary (Alt+S), when the question needs the height."""
        self._title.setVisible(not low)
        self.hands.setVisible(not low)
        self.body.setContentsMargins(*(Space.S if low else Space.M,) * 4)

    def show_state(self, state: LiveState) -> None:
        """Show the summary when it is due."""
        step, kept = state.step, state.playback
        at_end = step is not None and step.number == step.of
        if step is None or kept is None or not kept.text or not at_end or state.discreet:
            self.hide()
            return
        self.text.setText(kept.text)
        self.answer.set_value(kept.agreed)
        self.hands.show_hands(step.theme.id, kept, at_table(state))
        self.show()
