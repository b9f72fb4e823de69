"""The characters of the capture language, shown under the line with their meanings; a click types one."""

from __future__ import annotations

import math
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sto_desktop.domain.vocabulary import NoteKind
from sto_desktop.language import tr
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import key_hint_width, paint_key_hint

MOST_NOTES = 10
"""After this many notes the user is assumed to know them, and they are hidden."""
_LINE = 22
_WORD_GAP = 4
_GAP = 14


def sign_words() -> Iterator[tuple[str, str]]:
    """Yield each character with a meaning that can be typed: kinds first."""
    for kind in NoteKind:
        yield kind.meaning.sign or kind.meaning.around, tr(kind.word)
    yield "?", tr("straks")
    yield "@", tr("spreker")
    yield "#", tr("label")


class SignsBar(QWidget):
    """The characters, in as many rows as needed. `chosen` carries the character that was clicked, `told` a message."""

    chosen = Signal(str)
    told = Signal(str)

    def __init__(self, theme: Appearance, settings: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._settings = settings
        self._has_room = True
        self.signs = tuple(sign_words())
        metrics = QFontMetricsF(theme.font(TextStyle.SECONDARY))
        # Measured once: each character that is typed asks for the height several times.
        self._widths = tuple(
            math.ceil(key_hint_width(theme, sign) + _WORD_GAP + metrics.horizontalAdvance(word))
            for sign, word in self.signs
        )
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(", ".join(f"{sign} {word}" for sign, word in self.signs))

    def set_room(self, has_room: bool) -> None:
        """Hide the characters where there is no room for them; F1 lists them too."""
        self._has_room = has_room
        self.show_if_new()

    def show_if_new(self) -> None:
        """Show the characters while the user is new to them."""
        shown = self._has_room and self._settings.current.signs_seen < MOST_NOTES
        if self.isHidden() is shown:
            self.setVisible(shown)

    def note_saved(self) -> None:
        """Count a note that was typed with them in sight."""
        seen = self._settings.current.signs_seen
        if seen < MOST_NOTES:
            self._remember(seen + 1)

    def show_again(self) -> None:
        """Show them for another ten notes."""
        self._remember(0)

    def _remember(self, seen: int) -> None:
        attempt(lambda error: self.told.emit(str(error)), self._settings.change, signs_seen=seen)
        self.show_if_new()

    def _flow(self, width: int) -> list[QRect]:
        at, places = QPoint(0, 0), []
        for wide in self._widths:
            if at.x() and at.x() + wide > width:
                at = QPoint(0, at.y() + _LINE)
            places.append(QRect(at, QSize(wide, _LINE)))
            at = at + QPoint(wide + _GAP, 0)
        return places

    def heightForWidth(self, width: int) -> int:
        return self._flow(width)[-1].bottom() + 1

    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(max(400, self.width())))

    def place_of(self, sign: str) -> QPoint:
        """Return the centre of a character."""
        number = next(number for number, (other, _) in enumerate(self.signs) if other == sign)
        return self._flow(self.width())[number].center()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for (sign, _), place in zip(self.signs, self._flow(self.width()), strict=True):
            if place.contains(event.position().toPoint()):
                self.chosen.emit(sign)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self._theme.font(TextStyle.SECONDARY)
        base = (_LINE - QFontMetricsF(font).height()) / 2 + QFontMetricsF(font).ascent()
        for (sign, word), place in zip(self.signs, self._flow(self.width()), strict=True):
            left = place.left() + paint_key_hint(painter, self._theme, QPointF(place.topLeft()) + QPointF(0, 2), sign)
            painter.setFont(font)
            painter.setPen(self._theme.color(ColourRole.MUTED))
            painter.drawText(QPointF(left + _WORD_GAP, place.top() + base), word)
