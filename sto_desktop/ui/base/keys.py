"""Connects the table of commands to the controls that do them: actions with their keys, menu entries, and named
buttons.

The object name of an action or button is the id of its command; by that the palette (Ctrl+K) finds it. A held key works
once only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget

from sto_desktop.language import tr
from sto_desktop.ui.commands.table import BY_ID
from sto_desktop.ui.look import plain

AZERTY = dict(zip("1234567890", "&É\"'(§È!ÇÀ", strict=True))
"""The characters of the digit keys without Shift on a Belgian keyboard: the same keys."""

_REPEATING = ("undo", "redo")
"""Shortcuts that repeat while the key is held, because they stop by themselves (see `undo`). All others work once."""

_SYMBOLS = {
    "Down": "↓",
    "Up": "↑",
    "Left": "←",
    "Right": "→",
    "Return": "Enter",
    "PgDown": "PgDn",
    "Del": "Delete",
    "Space": "spatie",
}


def shown(keys: str) -> str:
    """Return a key sequence as printed on the keyboard: "Ctrl+N" becomes "Ctrl N", "Alt+Down" "Alt ↓"."""
    if keys == "+":
        return keys
    return " ".join(_SYMBOLS.get(part, part) for part in keys.split("+"))


def hint(command: str) -> str:
    """Return the displayed first key of a command, "" if it has none."""
    return shown(next(iter(BY_ID[command].keys), ""))


def named(command: str) -> str:
    """Return the name of a command with its key, as a tooltip shows it."""
    key = hint(command)
    return f"{tr(BY_ID[command].name)} ({key})" if key else tr(BY_ID[command].name)


def sequences(shortcut_keys: Sequence[str]) -> list[str]:
    """Return the key sequences to bind for those in the table: a digit gets a second one for a Belgian keyboard."""
    twins = (f"{keys[:-1]}{AZERTY[keys[-1]]}" for keys in shortcut_keys if keys[-1] in AZERTY and keys[-2:-1] == "+")
    return [*shortcut_keys, *twins]


class CommandAction(QAction):
    """The action of a command; `ready` returns whether it can be done now."""

    ready: Callable[[], bool] = staticmethod(lambda: True)


def bind(
    command: str,
    owner: QWidget,
    slot: Callable[[], object],
    *,
    text: str | None = None,
    everywhere: bool = False,
    keys: Sequence[str] | None = None,
    ready: Callable[[], bool] | None = None,
) -> QAction:
    """Create the action of a command and add it to `owner`; its keys work in `owner` and its children.

    `everywhere`: in the whole window. `keys`: only these of the command's keys. `text`: the text of the action, by
    default the command's name. `ready`: returns whether it can be done now; needed only if the action is never
    disabled.
    """
    line = BY_ID[command]
    action = CommandAction(plain.word(tr(line.name) if text is None else text), owner)
    action.setObjectName(line.id)
    if ready is not None:
        action.ready = ready
    if line.bound:
        action.setShortcuts([QKeySequence(key) for key in sequences(line.keys if keys is None else keys)])
    action.setAutoRepeat(command in _REPEATING)
    context = Qt.ShortcutContext.WindowShortcut if everywhere else Qt.ShortcutContext.WidgetWithChildrenShortcut
    action.setShortcutContext(context)
    action.triggered.connect(lambda _checked=False: slot())
    owner.addAction(action)
    return action


def typed(widget: QWidget, commands: Sequence[str], ready: Callable[[], bool] | None = None) -> None:
    """Let the palette run commands by pressing their keys in the widget that handles these."""

    for command in commands:
        bind(command, widget, partial(press, widget, command), ready=ready)


def press(widget: QWidget, command: str) -> None:
    """Press the first key of a command in the widget that handles it."""
    widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
    portable = BY_ID[command].keys[0]
    pressed = QKeySequence(portable)[0]  # type: ignore[index]
    text = " " if portable == "Space" else portable.lower() if len(portable) == 1 else ""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, pressed.key(), pressed.keyboardModifiers(), text))


def entry(
    menu: QMenu, command: str, slot: Callable[[], object], text: str | None = None, *, hint_shown: bool = True
) -> QAction:
    """Add a command to a menu, by its name unless `text` is given, with its key."""
    key = hint(command) if hint_shown else ""
    action = menu.addAction(plain.word(tr(BY_ID[command].name) if text is None else text, key))
    action.setObjectName(command)
    action.triggered.connect(lambda _checked=False: slot())
    return action


def mark(button: QWidget, command: str) -> None:
    """Set the command of a button; the button gets its tooltip with the key, unless it has one of its own."""
    button.setObjectName(command)
    text = plain.read_word(button.text()) if isinstance(button, QAbstractButton) else button.accessibleName()
    if not button.toolTip() and (hint(command) or text != tr(BY_ID[command].name)):
        plain.set_tip(button, named(command))
