"""Keys of this stage that the one table does not have yet, in the table's own form."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from sto_desktop.ui import keys
from sto_desktop.ui.keys import KeyContext, Shortcut
from sto_desktop.ui.language import tr

LOCAL: tuple[Shortcut, ...] = (
    Shortcut("star_note", ("Alt+B",), "Belangrijk: ster bij de gekozen of de laatste notitie", KeyContext.CONVERSATION),
    Shortcut("park_note", ("Alt+T",), "Terugkomen: notitie op de parkeerplaats zetten", KeyContext.CONVERSATION),
    Shortcut("finish", (), "Gesprek afronden", KeyContext.CONVERSATION),
)


_BY_ID = {line.id: line for line in LOCAL}


def hint(shortcut_id: str) -> str:
    """Return the shown first key of a line."""
    return keys.shown((keys.BY_ID.get(shortcut_id) or _BY_ID[shortcut_id]).keys[0])


def bind_local(shortcut_id: str, owner: QWidget, slot: Callable[[], object]) -> QAction:
    """Bind a line by id: that of the table where it is, or else that of here."""
    if shortcut_id in keys.BY_ID:
        return keys.bind(shortcut_id, owner, slot)
    line = _BY_ID[shortcut_id]
    action = QAction(tr(line.label), owner)
    action.setObjectName(line.id)
    action.setShortcuts([QKeySequence(one) for one in line.keys])
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.triggered.connect(lambda _checked=False: slot())
    owner.addAction(action)
    return action
