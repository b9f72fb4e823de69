"""The list of speakers: seat, name, how often and how long ago they spoke; the longest silent stands out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from sto_desktop.domain.dutch import clock
from sto_desktop.domain.live.state import JUST_NOW, Seat
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import Presence, fold, surname_of
from sto_desktop.language import counted, tr
from sto_desktop.ui.base import keys
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import CONTROL_RADIUS, ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import paint_focus_ring, set_text

SEAT = 22
COMPACT_FROM = 9
"""From this many members each is shown on one line."""
BETWEEN = " · "
"""Between the parts of what stands beside a name."""
NAME, DETAIL = 19, 16
"""Line heights of a member, in px."""

LONGEST_SHOWN = dt.timedelta(minutes=100)


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """A member as displayed; `side`: how often and how long ago they spoke, `accessible`: the same, to be read out,
    `short`: only how often."""

    panelist: str
    seat: int | None
    first_name: str
    detail: str
    side: str
    accessible: str
    quiet: bool = False
    now: bool = False
    away: bool = False
    turn: bool = False
    short: str = ""


def speaker_lines(seats: Sequence[Seat]) -> list[SpeakerLine]:
    """Return the members by seat."""
    lines = []
    for seat in seats:
        member = seat.member
        side, spoken = since(seat)
        # Only if the name itself does not contain it.
        surname = surname_of(member.name)
        surname = "" if fold(seat.name).endswith(fold(surname)) else surname
        parts = (surname, member.sector or member.organisation, until(member))
        detail = BETWEEN.join(part for part in parts if part)
        away = seat.presence is not Presence.HERE
        if away:
            side = spoken = tr("vertrokken") if seat.presence is Presence.GONE else tr("afwezig")
        short = side if away or not side else str(seat.times or "–")
        lines.append(
            SpeakerLine(
                member.id,
                member.seat,
                seat.name,
                detail,
                side,
                spoken,
                seat.quiet,
                seat.speaking,
                away,
                seat.turn,
                short,
            )
        )
    return lines


def until(member: Panelist) -> str:
    """Return until when somebody who leaves early stays: "tot 16:30"; empty for the others."""
    return tr("tot {time}", time=clock(member.leaves_at)) if member.leaves_at is not None else ""


def since(seat: Seat) -> tuple[str, str]:
    """Return how often and how long ago somebody spoke: a short text, and one for screen readers."""
    times, silence = seat.times, seat.silent
    if not times:
        return (tr("niet gehoord"), tr("nog niet gehoord")) if seat.unheard and not seat.turn else ("", "")
    count = counted(times, "{n} notitie", "{n} notities")
    if silence is None or silence >= LONGEST_SHOWN:
        return str(times), count
    if silence < JUST_NOW:
        return tr("{n} · nu", n=times), tr("{count}, zojuist", count=count)
    minutes = int(silence.total_seconds() // 60)
    return tr("{n} · {minutes} min", n=times, minutes=minutes), tr(
        "{count}, {minutes} min geleden", count=count, minutes=minutes
    )


class SpeakerRow(QAbstractButton):
    """One member; a click, or Alt with the seat number, makes them the speaker of the text being typed. `menu_asked`
    carries the member and the screen position."""

    menu_asked = Signal(str, QPoint)

    def __init__(
        self, theme: Appearance, line: SpeakerLine, *, compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._compact = compact
        self.line = line
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # Makes Qt paint when the mouse enters or leaves.
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._say()

    def set_line(self, line: SpeakerLine) -> None:
        """Update the display of the same member."""
        if line != self.line:
            before = self.heightForWidth(self.width())
            self.line = line
            self._say()
            # A changed minute must not trigger a new layout of the whole side.
            if self.heightForWidth(self.width()) != before:
                self.updateGeometry()
            self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(self.line.panelist, event.globalPos())

    def _say(self) -> None:
        line = self.line
        self.setObjectName("speaker")
        self.setAccessibleName(", ".join(part for part in (line.first_name, line.detail, line.accessible) if part))
        if line.seat is not None and 1 <= line.seat <= 10:
            key = keys.hint(f"seat_{line.seat}")
            plain.set_tip(self, tr("Spreker van deze notitie ({key})", key=key))

    def _side_font(self) -> TextStyle:
        return TextStyle.SECONDARY_STRONG if self.line.quiet else TextStyle.SECONDARY

    def side_in(self, width: float) -> str:
        """Return what stands beside the name in a row of a width, in px: on one line, the name goes before it."""
        if not self._compact:
            return self.line.side
        needed = QFontMetricsF(self._theme.font(TextStyle.BODY)).horizontalAdvance(self.line.first_name)
        return self.line.side if needed <= self._beside(self.line.side, width) else self.line.short

    def _beside(self, side: str, width: float) -> float:
        taken = QFontMetricsF(self._theme.font(self._side_font(), tabular=True)).horizontalAdvance(side)
        return max(44.0, width - 40 - taken - 8 - 8)

    def _text_room(self, width: float) -> float:
        return self._beside(self.side_in(width), width)

    def name_width(self, width: float) -> float:
        """Return the width of the first name in a row of this width, both in px: its full width, if necessary."""
        room = self._text_room(width)
        needed = QFontMetricsF(self._theme.font(TextStyle.BODY)).horizontalAdvance(self.line.first_name)
        if needed <= room or self._compact or not self.line.detail:
            return room
        return width - 40 - 8

    def detail_in(self, width: float) -> str:
        """Return the parts of the detail that stand whole behind the name on one line of a width, in px."""
        name = QFontMetricsF(self._theme.font(TextStyle.BODY)).horizontalAdvance(self.line.first_name)
        small, room = QFontMetricsF(self._theme.font(TextStyle.SMALL)), self._text_room(width) - name - 7
        parts = self.line.detail.split(BETWEEN)
        tries = (BETWEEN.join(parts[:number]) for number in range(len(parts), 0, -1))
        return next((words for words in tries if small.horizontalAdvance(words) <= room), "")

    def heightForWidth(self, width: int) -> int:
        if self._compact or not self.line.detail:
            return 30
        font = self._theme.font(TextStyle.SMALL)
        detail = set_text(self.line.detail, font, DETAIL, self._text_room(width), 2)
        return 5 + NAME + detail.height + 6

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        return QSize(236, self.heightForWidth(236))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color, line = self._theme.color, self.line
        rect = QRectF(self.rect())
        if line.turn or line.quiet or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(
                color(
                    ColourRole.PRIMARY_SOFT if line.turn else ColourRole.WARN_SOFT if line.quiet else ColourRole.SUNKEN
                )
            )
            painter.drawRoundedRect(rect, CONTROL_RADIUS, CONTROL_RADIUS)
        if self.hasFocus():
            paint_focus_ring(painter, rect, color(ColourRole.PRIMARY), CONTROL_RADIUS)
        self._paint_seat(painter, rect)
        style = self._side_font()
        painter.setFont(self._theme.font(style, tabular=True))
        painter.setPen(color(ColourRole.WARN_TEXT if line.quiet else ColourRole.MUTED))
        room, name_room = self._text_room(rect.width()), self.name_width(rect.width())
        # The name has priority: if it needs the width, the text beside it moves to the lines below.
        at = Qt.AlignmentFlag.AlignBottom if name_room > room else Qt.AlignmentFlag.AlignVCenter
        low = 6 if at is Qt.AlignmentFlag.AlignBottom else 0
        painter.drawText(rect.adjusted(0, 0, -8, -low), Qt.AlignmentFlag.AlignRight | at, self.side_in(rect.width()))
        name = set_text(line.first_name, self._theme.font(TextStyle.BODY), NAME, name_room, 1)
        small = self._theme.font(TextStyle.SMALL)
        if self._compact or not line.detail:
            top = (rect.height() - NAME) / 2
            name.paint(painter, QRectF(40, top, room, NAME), color(ColourRole.MUTED if line.away else ColourRole.INK))
            beside = self.detail_in(rect.width())
            detail = set_text(beside, small, NAME, room, 1)
            detail.paint(painter, QRectF(40 + name.width + 6, top, room, NAME), color(ColourRole.MUTED))
            return
        name.paint(painter, QRectF(40, 5, name_room, NAME), color(ColourRole.MUTED if line.away else ColourRole.INK))
        detail = set_text(line.detail, small, DETAIL, room, 2)
        detail.paint(painter, QRectF(40, 5 + NAME, room, 2 * DETAIL), color(ColourRole.MUTED))

    def _paint_seat(self, painter: QPainter, rect: QRectF) -> None:
        color = self._theme.color
        circle = QRectF(8, (rect.height() - SEAT) / 2, SEAT, SEAT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(ColourRole.PRIMARY if self.line.now else ColourRole.LINE))
        painter.drawEllipse(circle)
        painter.setFont(self._theme.font(TextStyle.SMALL_STRONG if self.line.now else TextStyle.SMALL))
        painter.setPen(color(ColourRole.ON_PRIMARY if self.line.now else ColourRole.MUTED))
        seat = "" if self.line.seat is None else str(self.line.seat)
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, seat)


class Speakers(QWidget):
    """The members by seat. `chosen` carries the id of a clicked member, `menu_asked` a member and the
    screen position for their menu."""

    chosen = Signal(str)
    menu_asked = Signal(str, QPoint)

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows: list[SpeakerRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def set_lines(self, lines: list[SpeakerLine]) -> None:
        """Show the members; only differences are painted."""
        if [row.line.panelist for row in self.rows] != [line.panelist for line in lines]:
            for row in self.rows:
                self._layout.removeWidget(row)
                row.hide()
                row.deleteLater()
            self.rows = [SpeakerRow(self._theme, line, compact=len(lines) >= COMPACT_FROM) for line in lines]
            for row in self.rows:
                row.clicked.connect(lambda _checked=False, row=row: self.chosen.emit(row.line.panelist))
                row.menu_asked.connect(self.menu_asked)
                self._layout.addWidget(row)
            return
        for row, line in zip(self.rows, lines, strict=True):
            row.set_line(line)
