"""Messages: a banner, an empty page."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.language import tr, tr_later
from sto_desktop.ui.base.keys import hint
from sto_desktop.ui.base.stage import Stage, StageContext
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets.buttons import IconButton, PrimaryButton, QuietButton
from sto_desktop.ui.widgets.frames import IconTile
from sto_desktop.ui.widgets.text import TextLabel


class Tone(StrEnum):
    """The kind of message, which determines its colour."""

    INFO = ""
    GOOD = "good"
    WARN = "warn"
    LATE = "late"


_TONE_ROLE = {
    Tone.INFO: ColourRole.PRIMARY,
    Tone.GOOD: ColourRole.GOOD,
    Tone.WARN: ColourRole.WARN_TEXT,
    Tone.LATE: ColourRole.LATE,
}


MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class Banner(QFrame):
    """A message that stays in the page, with an optional action."""

    closed = Signal()

    def __init__(
        self,
        theme: Appearance,
        text: str,
        *,
        tone: Tone = Tone.INFO,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        closable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("tone", str(tone))
        self.setAccessibleName(text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.M, Space.XS, Space.S, Space.XS)
        layout.setSpacing(Space.S)
        self.label = TextLabel(theme, text, TextStyle.BODY, _TONE_ROLE[tone], align=MIDDLE)
        layout.addWidget(self.label, 1)
        if action:
            layout.addWidget(QuietButton(theme, action, command="answer_message", on_click=on_action))
        if closable:
            layout.addWidget(IconButton(theme, "close", tr("Sluiten"), command="close_message", on_click=self._close))

    def _close(self) -> None:
        # Emit first, so that the focus can be taken over while it is still here.
        self.closed.emit()
        self.hide()


class EmptyState(QWidget):
    """A page without content, which says what it will hold and what to do."""

    def __init__(
        self,
        theme: Appearance,
        icon: str,
        title: str,
        text: str,
        *,
        action: str = "",
        hint: str = "",
        command: str = "",
        on_action: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        inside = QVBoxLayout()
        inside.setSpacing(Space.S)
        inside.addStretch(2)
        inside.addWidget(IconTile(theme, icon, size=56), 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addSpacing(Space.S)
        centre = Qt.AlignmentFlag.AlignHCenter
        self.title = TextLabel(theme, title, TextStyle.TITLE, align=centre)
        self.text = TextLabel(theme, text, TextStyle.BODY, ColourRole.MUTED, align=centre)
        for label in (self.title, self.text):
            label.setFixedWidth(440)
            inside.addWidget(label, 0, centre)
        self.button: PrimaryButton | None = None
        if action:
            self.button = PrimaryButton(theme, action, hint=hint, command=command, on_click=on_action)
            inside.addSpacing(Space.S)
            inside.addWidget(self.button, 0, centre)
            self.setFocusProxy(self.button)
        inside.addStretch(3)
        outside = QHBoxLayout(self)
        outside.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        outside.addLayout(inside)


_TOWARDS: dict[Stage, str] = {
    Stage.START: tr_later("Naar Start"),
    Stage.PREPARE: tr_later("Naar Voorbereiden"),
    Stage.CONVERSATION: tr_later("Naar het gesprek"),
    Stage.ELABORATE: tr_later("Naar Uitwerken"),
}
"""Source texts: pass through `tr`."""


def begins_elsewhere(context: StageContext, stage: Stage, title: str, text: str, towards: Stage) -> EmptyState:
    """Return the empty page of a stage whose content begins in another stage, with a button that leads there."""
    command = f"stage_{towards.value}"
    return EmptyState(
        context.theme,
        stage.value,
        title,
        text,
        action=tr(_TOWARDS[towards]),
        hint=hint(command),
        command=command,
        on_action=lambda: context.navigate(towards),
    )
