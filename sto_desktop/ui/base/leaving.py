"""Ctrl+Enter leaves a text field, which saves what was edited, and moves the focus to a place where further typing is
harmless.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QWidget

from sto_desktop.ui.base.keys import bind
from sto_desktop.ui.base.undo import text_field


@runtime_checkable
class HasHome(Protocol):
    """A page with a place to which the keyboard focus returns: in Gesprek, the capture line."""

    def home(self) -> QWidget:
        """Return that place."""
        ...


@runtime_checkable
class KeptWhenLeft(Protocol):
    """An editor of more than one field."""

    kept_when_left: bool
    """Whether it keeps its texts when the focus leaves it as a whole."""


def resting_place(field: QWidget) -> QWidget:
    """Return the nearest widget around a field that ignores letters and is in no widget that handles them, since keys
    bubble up.

    It is outside any editor that keeps its texts when it is left as a whole.
    """
    place = field.window()
    around = field.parentWidget()
    while around is not None and not around.isWindow():
        if isinstance(around, HasHome):
            return around.home()
        if _takes_keys(around) or (isinstance(around, KeptWhenLeft) and around.kept_when_left):
            place = field.window()
        elif place is field.window() and around.focusProxy() is None:
            place = around
        around = around.parentWidget()
    return place


def _takes_keys(widget: QWidget) -> bool:
    own = any("keyPressEvent" in vars(kind) for kind in type(widget).__mro__ if kind.__module__.startswith("sto_"))
    return own or isinstance(widget, QAbstractItemView | QAbstractButton)


class FieldLeaver(QObject):
    """Binds the key in one window. It is enabled only while a field has the focus, since elsewhere the key means other
    things.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._field: QWidget | None = None
        self.action: QAction = bind("leave_field", window, self.leave, everywhere=True)
        self.action.setEnabled(False)
        QApplication.instance().focusChanged.connect(self._focus_changed)  # type: ignore[union-attr]

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        in_field = new is not None and new.window() is self._window and text_field(new) is not None
        # The palette takes the focus briefly, but the field is still the one to leave.
        if in_field or new is None or new.window() is self._window:
            self._field = new if in_field else None
            self.action.setEnabled(in_field)

    def leave(self) -> None:
        """Leave the field."""
        if self._field is not None:
            resting_place(self._field).setFocus()
