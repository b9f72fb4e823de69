"""Shows user text literally where Qt would interpret it.

Qt guesses whether a tooltip is HTML, and would load files that it names; an & in the text of a button or menu makes the
next letter a mnemonic; `[*]` is removed from window titles. All user text that Qt displays in these places goes through
this module.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import Qt as TextFormat
from PySide6.QtWidgets import QToolTip, QWidget

_READ_OUT = "tip_read_out"
"""Widget property: what a screen reader reads in place of the tooltip."""


def tip(text: str) -> str:
    """Return a text escaped so that a tooltip, or a question in a Qt dialog, shows it literally."""
    if not TextFormat.mightBeRichText(text):
        return text
    return f'<p style="white-space: pre-wrap">{html.escape(text)}</p>'


def set_tip(widget: QWidget, text: str) -> None:
    """Set a tooltip; a screen reader, which would read HTML tags aloud, gets the plain text."""
    shown = tip(text)
    widget.setToolTip(shown)
    spoken, before = "" if shown == text else text, widget.property(_READ_OUT) or ""
    # Leave the widget a description that something else set.
    if spoken != before and widget.accessibleDescription() == before:
        widget.setAccessibleDescription(spoken)
        widget.setProperty(_READ_OUT, spoken)


def show_tip(at: QPoint, text: str, widget: QWidget) -> None:
    """Show a tooltip now, at a screen position."""
    QToolTip.showText(at, tip(text), widget)


def word(text: str, key: str = "") -> str:
    """Return a text escaped as the label of a button, check box, action or menu; `key` follows it in a menu."""
    escaped = text.replace("\t", " ").replace("&", "&&")
    return f"{escaped}\t{key}" if key else escaped


def read_word(text: str) -> str:
    """Return the label of a button or action as displayed."""
    return text.replace("&&", "&")


def title(text: str) -> str:
    """Return a text escaped as a window title."""
    return text.replace("[*]", "[*][*]")


def marked(pieces: Sequence[tuple[str, str]]) -> str:
    """Return HTML of text pieces, each with its own CSS (empty: none)."""
    return "".join(
        f'<span style="white-space: pre-wrap; {look}">{html.escape(text).replace(chr(10), "<br>")}</span>'
        for text, look in pieces
    )
