"""Messages: a banner in the page, a toast at the top, an empty page."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.language import tr
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets.buttons import IconButton, PrimaryButton, QuietButton
from sto_desktop.ui.widgets.frames import IconTile, TopBar, empty
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
            layout.addWidget(QuietButton(theme, action, on_click=on_action))
        if closable:
            layout.addWidget(IconButton(theme, "close", tr("Sluiten"), on_click=self._close))

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


class Toast(QFrame):
    """A message at the top of `parent`, away from where the user types; it disappears after some seconds, except in
    tone LATE."""

    SECONDS = 8

    def __init__(self, theme: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over = parent
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(Space.L, Space.S, Space.S, Space.S)
        self._layout.setSpacing(Space.M)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(self.SECONDS * 1000)
        self._timer.timeout.connect(self._go_unless_used)
        parent.installEventFilter(self)
        self.hide()

    def tell(
        self, text: str, *, action: str = "", on_action: Callable[[], object] | None = None, tone: str = ""
    ) -> None:
        """Replace the current message."""
        self._clear()
        role = _TONE_ROLE[Tone(tone)] if tone else ColourRole.INK
        label = TextLabel(self._theme, text, TextStyle.BODY, role, align=MIDDLE)
        self._layout.addWidget(label, 1)
        if action and on_action is not None:
            self._layout.addWidget(QuietButton(self._theme, action, on_click=self._closing(on_action)))
        self._layout.addWidget(IconButton(self._theme, "close", tr("Melding sluiten"), on_click=self.hide))
        self.setAccessibleName(text)
        self.setAccessibleDescription(text)
        # A visible toast computes its size without children that are not yet visible themselves.
        self.show()
        for item in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if self._layout.indexOf(item) >= 0:
                item.show()
        self._layout.activate()
        self._place()
        self.raise_()
        # An error stays until the user has closed it.
        if tone == Tone.LATE:
            self._timer.stop()
        else:
            self._timer.start()

    def leave(self) -> None:
        """Remove a message about a screen that was left; one in tone LATE stays."""
        # A running timer means a message that disappears by itself.
        if self._timer.isActive():
            self._timer.stop()
            self.hide()

    def forget(self, text: str) -> None:
        """Remove a message that is no longer true, if it is the current one."""
        if self.accessibleName() == text:
            self._timer.stop()
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _closing(self, on_action: Callable[[], object]) -> Callable[[], None]:
        def act() -> None:
            self.hide()
            on_action()

        return act

    def _go_unless_used(self) -> None:
        # The pointer or the focus is on it: postpone hiding.
        focus = QApplication.focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start()
        else:
            self.hide()

    def _clear(self) -> None:
        empty(self._layout)

    def _place(self) -> None:
        room = self._over.size()
        self.ensurePolished()
        width = min(max(self.sizeHint().width() + 2, 240), 640, room.width() - 2 * Space.XL)
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        self.setGeometry((room.width() - width) // 2, TopBar.HEIGHT + Space.S, width, height)


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
            self.button = PrimaryButton(theme, action, hint=hint, on_click=on_action)
            inside.addSpacing(Space.S)
            inside.addWidget(self.button, 0, centre)
            self.setFocusProxy(self.button)
        inside.addStretch(3)
        outside = QHBoxLayout(self)
        outside.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        outside.addLayout(inside)
