"""Where keys go during a conversation: letters to the line, and from one part of the screen to the next by F6."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from sto_desktop.ui.base.keypad import typed_text

_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)


def takes_text(widget: QWidget) -> bool:
    """Return whether letters typed in a widget stay there."""
    return isinstance(widget, _FIELDS) or (isinstance(widget, QComboBox) and widget.isEditable())


def _stops(pane: QWidget) -> list[QWidget]:
    """Return the widgets of a pane that can get the keyboard focus, in the order of Tab."""
    stops: list[QWidget] = []
    widget: QWidget | None = pane
    while widget is not None:
        reachable = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
        if reachable and widget.isVisible() and widget.isEnabled() and _holds(pane, widget):
            stops.append(widget)
        widget = widget.nextInFocusChain()
        if widget is pane:
            break
    return stops


class Panes(QObject):
    """Sends letters and Space to the line (`on_typed`), wherever the focus is, except in a text field, and so what is
    pasted (`on_pasted`), and Enter and Backspace on a button that was clicked.

    F6 and Shift+F6 visit another pane (`go`): there, keys go to the focused widget, and Esc returns to `home`. `panes`
    returns the panes in reading order. `attended`: the focus moved within the window.
    """

    attended = Signal()

    def __init__(
        self,
        page: QWidget,
        panes: Callable[[], Sequence[QWidget]],
        home: Callable[[], QWidget],
        on_typed: Callable[[str], object],
        on_pasted: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._panes = panes
        self._home = home
        self._on_typed = on_typed
        self._on_pasted = on_pasted
        self._watched: QWidget | None = None
        self._visited: QWidget | None = None
        QApplication.instance().focusChanged.connect(self._focus_changed)  # type: ignore[union-attr]

    @property
    def visiting(self) -> bool:
        """Whether a pane is being visited: there Space presses buttons and Esc returns."""
        return self._visited is not None and not _holds(self._visited, self._home())

    def go(self, direction: int) -> None:
        """Focus the next (+1) or previous (-1) pane that can get the focus."""
        panes = list(self._panes())
        focused = QApplication.focusWidget()
        current = next((number for number, pane in enumerate(panes) if focused and _holds(pane, focused)), 0)
        for step in range(1, len(panes) + 1):
            pane = panes[(current + direction * step) % len(panes)]
            target = [self._home()] if _holds(pane, self._home()) else _stops(pane) if pane.isVisible() else []
            if target:
                self._visited = pane
                target[0].setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
            self._watched = None
        if self._visited is not None and new is not None and not _holds(self._visited, new):
            self._visited = None
        self.attended.emit()
        if new is None:
            # No widget has the focus, so the window itself gets the keys.
            new = self._page.window()
        if new.window() is not self._page.window() or not self._page.isVisible() or takes_text(new):
            return
        self._watched = new
        # Without it a dead key gives its letter only: "e" for "é".
        new.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        new.destroyed.connect(self._forget)
        new.installEventFilter(self)

    def _forget(self) -> None:
        self._watched = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent) and self._visited is None:
            if event.commitString():
                self._on_typed(event.commitString())
            return True
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if self._visited is None and event.matches(QKeySequence.StandardKey.Paste):
            self._on_pasted()
            return True
        if watched is self._home():
            return False
        if self._visited is not None:
            if event.key() == Qt.Key.Key_Escape:
                self._home().setFocus()
                return True
            return False
        home = self._home()
        if event.key() in _OF_THE_LINE and isinstance(watched, QAbstractButton) and takes_text(home):
            home.setFocus()
            QApplication.sendEvent(home, event.clone())
            return True
        text = typed_text(event)
        if text:
            self._on_typed(text)
        return bool(text)


_OF_THE_LINE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace)


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)
