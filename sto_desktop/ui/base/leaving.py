"""Ctrl+Enter leaves a field with text, which keeps what was edited, for a place where typing on does no harm."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QWidget

from sto_desktop.ui.base.keys import bind
from sto_desktop.ui.base.undo import text_field


@runtime_checkable
class HasHome(Protocol):
    """A page in which the keyboard belongs somewhere: in Gesprek, the capture line."""

    def home(self) -> QWidget:
        """Return that place."""
        ...


@runtime_checkable
class KeptWhenLeft(Protocol):
    """An editor of more than one field."""

    kept_when_left: bool
    """Whether it keeps its texts when it is left as a whole."""


def resting_place(field: QWidget) -> QWidget:
    """Return the nearest widget around a field where letters do nothing, nor in anything around it: keys bubble up.

    It is outside an editor that keeps its texts when it is left as a whole.
    """
    rest = field.window()
    around = field.parentWidget()
    while around is not None and not around.isWindow():
        if isinstance(around, HasHome):
            return around.home()
        if _takes_keys(around) or (isinstance(around, KeptWhenLeft) and around.kept_when_left):
            rest = field.window()
        elif rest is field.window() and around.focusProxy() is None:
            rest = around
        around = around.parentWidget()
    return rest


def _takes_keys(widget: QWidget) -> bool:
    own = any("keyPressEvent" in vars(kind) for kind in type(widget).__mro__ if kind.__module__.startswith("sto_"))
    return own or isinstance(widget, QAbstractItemView | QAbstractButton)


class FieldLeaver(QObject):
    """Binds the key in one window; it is on only while a field has the focus: elsewhere the key means other things."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._field: QWidget | None = None
        self.action: QAction = bind("leave_field", window, self.leave, everywhere=True)
        self.action.setEnabled(False)
        QApplication.instance().focusChanged.connect(self._focus_changed)  # type: ignore[union-attr]

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        here = new is not None and new.window() is self._window and text_field(new) is not None
        # The palette takes the focus for a moment: the field is still the one to leave.
        if here or new is None or new.window() is self._window:
            self._field = new if here else None
            self.action.setEnabled(here)

    def leave(self) -> None:
        """Leave the field."""
        if self._field is not None:
            resting_place(self._field).setFocus()
