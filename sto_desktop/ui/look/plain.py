"""What people typed, shown as they typed it where Qt would read more into it.

Qt guesses whether a tooltip is HTML, and would open the files that it names; an & in the word of a button or a menu
makes a key of the letter behind it; `[*]` goes out of a window's title. Everything that Qt shows so goes through here.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import Qt as TextFormat
from PySide6.QtWidgets import QToolTip, QWidget

_READ_OUT = "tip_read_out"
"""Property of a widget: what a screen reader reads in place of its tooltip."""


def tip(text: str) -> str:
    """Return a text so that a tooltip, or the question of one of Qt's own dialogs, shows it as it stands."""
    if not TextFormat.mightBeRichText(text):
        return text
    return f'<p style="white-space: pre-wrap">{html.escape(text)}</p>'


def set_tip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip; a screen reader, which would read HTML out, gets the text."""
    shown = tip(text)
    widget.setToolTip(shown)
    said, before = "" if shown == text else text, widget.property(_READ_OUT) or ""
    if said != before and widget.accessibleDescription() == before:
        widget.setAccessibleDescription(said)
        widget.setProperty(_READ_OUT, said)


def show_tip(at: QPoint, text: str, widget: QWidget) -> None:
    """Show a tooltip now, at a place of the screen."""
    QToolTip.showText(at, tip(text), widget)


def word(text: str, key: str = "") -> str:
    """Return a text as the word of a button, a check box, an action or a menu; `key` stands behind it in a menu."""
    said = text.replace("\t", " ").replace("&", "&&")
    return f"{said}\t{key}" if key else said


def read_word(text: str) -> str:
    """Return the word of a button or an action as it is read."""
    return text.replace("&&", "&")


def title(text: str) -> str:
    """Return a text as the title of a window."""
    return text.replace("[*]", "[*][*]")


def marked(pieces: Sequence[tuple[str, str]]) -> str:
    """Return HTML of pieces of text, each with its own look in CSS (empty: none)."""
    return "".join(
        f'<span style="white-space: pre-wrap; {look}">{html.escape(text).replace(chr(10), "<br>")}</span>'
        for text, look in pieces
    )
