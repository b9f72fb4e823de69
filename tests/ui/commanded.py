"""What can be pressed in a window, and is no command of the table."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

from sto_desktop.ui.commands.table import BY_ID

INSIDE_QT = ("qt_", "edit-", "select-all")


def unnamed(root: QWidget) -> set[str]:
    """Return what can be pressed in a widget and is no command."""
    found = set()
    for child in root.findChildren(QObject):
        if isinstance(child, QAction):
            text = child.text()
            if not text or child.isSeparator() or child.menu() is not None:
                continue
        elif isinstance(child, QAbstractButton):
            text = child.text() or child.accessibleName()
            if type(child) is QAbstractButton and not text:  # the corner of a table
                continue
        elif isinstance(child, QShortcut):
            text = child.key().toString()
        else:
            continue
        name = child.objectName()
        if name not in BY_ID and not name.startswith(INSIDE_QT):
            found.add(f"{type(child).__name__} {name!r} {text!r} in {type(child.parent()).__name__}")
    return found
