"""The frame around the capture line, and which keys are shown for the place of the focus."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame

from sto_desktop.language import tr
from sto_desktop.ui.base import keys
from sto_desktop.ui.conversation.capture.capture_edit import CaptureEdit
from sto_desktop.ui.look.roles import CARD_RADIUS, LIVE_HEIGHT, ColourRole
from sto_desktop.ui.look.theme import Appearance


class Hands(Enum):
    """The place of the focus: in the line, in an empty line (without notes: `FIRST`), on a note in the stream, in a
    note's editor, in another part of the screen, or in a field there.
    """

    LINE = auto()
    EMPTY = auto()
    FIRST = auto()
    NOTES = auto()
    EDITOR = auto()
    PANE = auto()
    FIELD = auto()


def key_pairs(hands: Hands) -> tuple[tuple[str, str], ...]:
    """Return the most useful keys for that place, with what they do."""
    if hands is Hands.EDITOR:
        return ((keys.hint("edit_in_place"), tr("bewaren")), (keys.hint("split_note"), tr("splitsen bij de cursor")))
    if hands is Hands.NOTES:
        named = (
            ("edit_in_place", tr("wijzigen")),
            ("bundle_note", tr("bundelen")),
            ("move_note", tr("verplaatsen")),
            ("delete_note", tr("weg")),
            ("to_notes", tr("terug")),
        )
        return tuple((keys.hint(name), text) for name, text in named)
    back = ("Esc", tr("terug naar de regel"))
    if hands is Hands.FIELD:
        return (back,)
    if hands is Hands.PANE:
        return (("Tab", tr("volgende")), (tr("spatie"), tr("kiezen")), (keys.hint("next_pane"), tr("verder")), back)
    if hands in (Hands.EMPTY, Hands.FIRST):
        signs = (("+ = / ! > ?", tr("soort")), ("@", tr("spreker")), ("#", tr("label")))
        return signs if hands is Hands.FIRST else (*signs, (keys.hint("edit_last"), tr("laatste wijzigen")))
    return (("Enter", tr("bewaren")), ("@", tr("spreker")), ("#", tr("label")), ("Shift Enter", tr("nieuwe regel")))


class Frame(QFrame):
    """The frame around the line; its ring shows that typing goes here."""

    pressed = Signal()

    def __init__(self, theme: Appearance, edit: CaptureEdit) -> None:
        super().__init__()
        self._theme = theme
        self._edit = edit
        self._elsewhere = False
        self.setMinimumHeight(LIVE_HEIGHT + 2)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def set_elsewhere(self, elsewhere: bool) -> None:
        """Show by colour that the text belongs to another question than the current one."""
        if elsewhere != self._elsewhere:
            self._elsewhere = elsewhere
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        active = self._edit.hasFocus()
        width = 2.0 if active else 1.0
        ring = ColourRole.WARN if self._elsewhere else ColourRole.PRIMARY
        painter.setPen(QPen(self._theme.color(ring if active else ColourRole.CONTROL), width))
        painter.setBrush(self._theme.color(ColourRole.SURFACE))
        edge = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), CARD_RADIUS, CARD_RADIUS)
