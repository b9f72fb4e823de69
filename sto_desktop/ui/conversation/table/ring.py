"""The table as in the room: first names in large type at their seats, who has been quiet, whose turn it is.

Drag a seat onto another one to swap places. By keyboard, arrows move between seats and Shift with an arrow swaps.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from sto_desktop.domain.live.state import LiveState, Seat
from sto_desktop.domain.people import Presence
from sto_desktop.language import tr
from sto_desktop.ui.base import keys
from sto_desktop.ui.conversation.table.ring_places import GAP, height_for, places
from sto_desktop.ui.conversation.table.speakers import since, until
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import CONTROL_RADIUS, ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import paint_focus_ring, set_text

SEAT_HEIGHT, TALL_SEAT_HEIGHT = 70, 76
NAME_LINE, SECTOR_LINE, SIDE_LINE = 26, 16, 20
"""Heights of the lines of a seat, in px."""
TABLE_INSET = 14.0
NAME_STYLES = (TextStyle.SEAT, TextStyle.SEAT_SMALLER, TextStyle.TITLE, TextStyle.BODY_STRONG)
"""A name too wide for its seat is painted in the next smaller style."""
ABOUT_STYLES = (TextStyle.SECONDARY, TextStyle.SMALL)
SIDE_STYLES = (TextStyle.BODY, TextStyle.SECONDARY, TextStyle.SMALL)
STRONG_STYLES = (TextStyle.BODY_STRONG, TextStyle.SECONDARY_STRONG, TextStyle.SMALL_STRONG)


@dataclass(frozen=True, slots=True)
class SeatLook:
    """What a seat shows: `accessible` is its text for screen readers."""

    panelist: str
    seat: int | None
    name: str
    sector: str
    side: str
    accessible: str
    quiet: bool = False
    speaking: bool = False
    turn: bool = False
    had_turn: bool = False
    away: bool = False


def seat_look(seat: Seat, *, discreet: bool) -> SeatLook:
    """Return what a seat shows; discreet: no name, no count, no silence."""
    member = seat.member
    if discreet:
        name = tr("stoel {n}", n=member.seat) if member.seat is not None else tr("panellid")
        return SeatLook(member.id, member.seat, name, "", "", name, turn=seat.turn)
    side, spoken = since(seat)
    away = seat.presence is not Presence.HERE
    if away:
        side = spoken = tr("vertrokken") if seat.presence is Presence.GONE else tr("nog niet hier")
    if seat.turn:
        spoken = ", ".join(part for part in (tr("aan de beurt"), spoken) if part)
    return SeatLook(
        member.id,
        member.seat,
        seat.name,
        until(member) or member.sector,
        side,
        spoken,
        seat.quiet,
        seat.speaking,
        seat.turn,
        seat.had_turn,
        away,
    )


class SeatTile(QAbstractButton):
    """One seat; a click makes its member the speaker of the text being typed."""

    def __init__(self, theme: Appearance, look: SeatLook, ring: SeatRing) -> None:
        super().__init__(ring)
        self._theme = theme
        self._ring = ring
        self._pressed: QPoint | None = None
        self.look = look
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Makes Qt paint when the mouse enters or leaves.
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._say()

    def show_look(self, look: SeatLook) -> None:
        """Update the display; unchanged values do not repaint."""
        if look != self.look:
            self.look = look
            self._say()
            self.update()

    def _say(self) -> None:
        look = self.look
        self.setObjectName("speaker")
        self.setAccessibleName(", ".join(part for part in (look.name, look.sector, look.accessible) if part))
        tips = [look.name]
        if look.seat is not None and 1 <= look.seat <= 10:
            tips.append(tr("spreker met {key}", key=keys.hint(f"seat_{look.seat}")))
        plain.set_tip(self, " · ".join(tips))

    # Moving

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        start = self._pressed
        if start is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        at = event.position().toPoint()
        if not self._ring.dragging and (at - start).manhattanLength() < QApplication.startDragDistance():
            return
        self._ring.drag(self, self.pos() + at - start, self.mapToParent(at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if self._ring.dragging:
            self.setDown(False)
            self._ring.drop(self, self.mapToParent(event.position().toPoint()))
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        forward, back = (Qt.Key.Key_Right, Qt.Key.Key_Down), (Qt.Key.Key_Left, Qt.Key.Key_Up)
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (*forward, *back) and (shift or plain):
            self._ring.step(self, +1 if event.key() in forward else -1, move=shift)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._ring.offer(self, event.globalPos())

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color, look = self._theme.color, self.look
        fill, line, ink, muted = ColourRole.SURFACE, ColourRole.LINE, ColourRole.INK, ColourRole.MUTED
        if look.turn:
            fill, line, ink, muted = (
                ColourRole.PRIMARY,
                ColourRole.PRIMARY,
                ColourRole.ON_PRIMARY,
                ColourRole.ON_PRIMARY,
            )
        elif look.quiet:
            fill, line, ink, muted = ColourRole.WARN_SOFT, ColourRole.WARN, ColourRole.INK, ColourRole.WARN_TEXT
        elif look.away:
            fill, line, ink = ColourRole.BACKGROUND, ColourRole.CONTROL, ColourRole.MUTED
        elif look.speaking:
            line = ColourRole.PRIMARY
        pen = QPen(color(line), 2.0 if look.speaking and not look.turn else 1.0)
        if look.away:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(color(fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CONTROL_RADIUS + 2, CONTROL_RADIUS + 2)
        if self.hasFocus():
            paint_focus_ring(
                painter, QRectF(self.rect()), color(ColourRole.ON_PRIMARY if look.turn else ColourRole.PRIMARY), 8
            )
        self._paint_words(painter, ink, muted)

    def _paint_words(self, painter: QPainter, ink: ColourRole, muted: ColourRole) -> None:
        color, look, width = self._theme.color, self.look, self.width()
        middle = Qt.AlignmentFlag.AlignHCenter
        # Keep the name clear of the tick of members who had their turn.
        room = width - 8.0 - (2 * 12.0 if look.had_turn and not look.turn else 0.0)
        style = self._fitting(look.name, NAME_STYLES, room)
        number = str(look.seat) if look.seat is not None else ""
        strong = look.quiet or look.turn
        about = " · ".join(part for part in (number, look.sector) if part)
        small = self._theme.font(self._fitting(about, ABOUT_STYLES, room), tabular=True)
        side = self._theme.font(self._fitting(look.side, STRONG_STYLES if strong else SIDE_STYLES, room), tabular=True)
        lines = [
            (text, font, line)
            for text, font, line in ((about, small, SECTOR_LINE), (look.side, side, SIDE_LINE))
            if text
        ]
        top = (self.height() - NAME_LINE - sum(line for _, _, line in lines)) / 2
        name = set_text(look.name, self._theme.font(style), NAME_LINE, room, 1)
        if name.elided:
            # Names of two members may differ only at the end, so show all of it.
            name = set_text(look.name, self._theme.font(TextStyle.SMALL_STRONG), NAME_LINE // 2, room, 2)
        name.paint(painter, QRectF((width - room) / 2, top, room, NAME_LINE), color(ink), middle)
        top += NAME_LINE
        room = width - 8.0
        for text, font, line in lines:
            set_text(text, font, line, room, 1).paint(painter, QRectF(4, top, room, line), color(muted), middle)
            top += line
        if look.had_turn and not look.turn:
            self._theme.paint_icon(painter, "check", QRectF(width - 17, 3, 14, 14), color(ColourRole.GOOD))

    def _fitting(self, text: str, styles: Sequence[TextStyle], room: float) -> TextStyle:
        """Return the largest style in which a text fits, or else the smallest."""
        widths = ((style, QFontMetricsF(self._theme.font(style)).horizontalAdvance(text)) for style in styles)
        return next((style for style, width in widths if width <= room), styles[-1])


class SeatRing(QWidget):
    """The members around the table.

    `chosen` carries the clicked member; `swapped` two members who swap places; `menu_asked` a member and the screen
    position for their menu.
    """

    chosen = Signal(str)
    swapped = Signal(str, str)
    menu_asked = Signal(str, QPoint)

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.tiles: list[SeatTile] = []
        self._dragged: SeatTile | None = None
        self._target: SeatTile | None = None
        self._seat_width, self._seat_height = 112.0, float(SEAT_HEIGHT)
        self.setAccessibleName(tr("Aan tafel"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    # Display

    def show_state(self, state: LiveState) -> None:
        """Show who sits where; only changed seats are repainted."""
        looks = [seat_look(seat, discreet=state.discreet) for seat in _around(state.seats)]
        # The usual case: nobody came, left or moved.
        if [tile.look.panelist for tile in self.tiles] == [look.panelist for look in looks]:
            for tile, look in zip(self.tiles, looks, strict=True):
                tile.show_look(look)
            return
        focused = next((tile.look.panelist for tile in self.tiles if tile.hasFocus()), None)
        old_tiles = {tile.look.panelist: tile for tile in self.tiles}
        self._dragged = self._target = None
        tiles = []
        for look in looks:
            tile = old_tiles.pop(look.panelist) if look.panelist in old_tiles else self._tile(look)
            tile.show_look(look)
            tiles.append(tile)
        for removed in old_tiles.values():
            removed.hide()
            removed.deleteLater()
        self.tiles = tiles
        # Tab follows the table, not the order in which the tiles were made.
        for before, after in itertools.pairwise(tiles):
            QWidget.setTabOrder(before, after)
        self._place()
        self.updateGeometry()
        for tile in tiles:
            if tile.look.panelist == focused:
                tile.setFocus()

    def _tile(self, look: SeatLook) -> SeatTile:
        tile = SeatTile(self._theme, look, self)
        tile.clicked.connect(lambda _checked=False: self.chosen.emit(tile.look.panelist))
        tile.show()
        return tile

    # Placement

    def _measure(self, width: int) -> None:
        # Three seats side by side if they fit; a wider table has wider seats, for names readable at two metres.
        self._seat_width = max(84.0, min(170.0, float((width - int(2 * GAP)) // 3)))
        self._seat_height = float(TALL_SEAT_HEIGHT if self._seat_width > 140 else SEAT_HEIGHT)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._measure(width)
        return round(height_for(len(self.tiles), width, self._seat_width, self._seat_height))

    def sizeHint(self) -> QSize:
        return QSize(340, self.heightForWidth(self.width() or 340))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _rects(self) -> list[QRectF]:
        self._measure(self.width())
        height = height_for(len(self.tiles), self.width(), self._seat_width, self._seat_height)
        area = QRectF(0, 0, self.width(), max(height, 0.0))
        return places(len(self.tiles), area, self._seat_width, self._seat_height)

    def _place(self) -> None:
        for tile, rect in zip(self.tiles, self._rects(), strict=True):
            tile.setGeometry(rect.toRect())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        rects = self._rects()
        if len(rects) < 3:
            return
        bounds = QRectF()
        for rect in rects:
            bounds = bounds.united(rect)
        table = bounds.adjusted(
            self._seat_width + TABLE_INSET,
            self._seat_height + TABLE_INSET,
            -self._seat_width - TABLE_INSET,
            -self._seat_height - TABLE_INSET,
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if table.width() > 20 and table.height() > 20:
            painter.setPen(QPen(self._theme.color(ColourRole.LINE), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(table, 16, 16)
        if self._target is not None:
            paint_focus_ring(
                painter,
                QRectF(self._target.geometry()).adjusted(-4, -4, 4, 4),
                self._theme.color(ColourRole.PRIMARY),
                10,
            )

    # Moving

    @property
    def dragging(self) -> bool:
        """Whether a seat is being dragged."""
        return self._dragged is not None

    def drag(self, tile: SeatTile, to: QPoint, cursor: QPoint) -> None:
        """Move a seat with the mouse; the seat under the cursor is highlighted as the one to swap with."""
        self._dragged = tile
        tile.raise_()
        tile.move(to)
        target = self._at(cursor, tile)
        if target is not self._target:
            self._target = target
            self.update()

    def drop(self, tile: SeatTile, cursor: QPoint) -> None:
        """Drop the dragged seat."""
        target = self._at(cursor, tile)
        self._dragged = self._target = None
        self._place()
        if target is not None:
            self.swapped.emit(tile.look.panelist, target.look.panelist)

    def _at(self, point: QPoint, but: SeatTile) -> SeatTile | None:
        for tile, rect in zip(self.tiles, self._rects(), strict=True):
            if tile is not but and rect.contains(QPointF(point)):
                return tile
        return None

    def step(self, tile: SeatTile, direction: int, *, move: bool) -> None:
        """Focus the adjacent seat, or (`move`) swap places with its member."""
        neighbour = self.tiles[(self.tiles.index(tile) + direction) % len(self.tiles)]
        if not move:
            neighbour.setFocus(Qt.FocusReason.TabFocusReason)
        elif neighbour is not tile:
            self.swapped.emit(tile.look.panelist, neighbour.look.panelist)

    def offer(self, tile: SeatTile, at: QPoint) -> None:
        """Ask for the menu of a member."""
        self.menu_asked.emit(tile.look.panelist, at)


def _around(seats: Sequence[Seat]) -> list[Seat]:
    """Return the seats by number; members without a seat come last."""
    return sorted(seats, key=lambda seat: (seat.member.seat is None, seat.member.seat or 0))
