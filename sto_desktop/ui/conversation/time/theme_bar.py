"""The time at the top: themes as wide as their minutes, filled by time used; wall clock, time left, schedule."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from sto_desktop.domain.dutch import clock
from sto_desktop.domain.live.schedule import Pressure
from sto_desktop.domain.live.timing import Timing, minutes_seconds
from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.language import counted, tr
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance

BAR = 8
GAP = 6
NARROWEST = 30.0
TAIL = 16
"""Space after the last segment that its text may use, in px."""
WORD_GAP = 6
FEWEST_LETTERS = 5
_FILL_STEPS = 400
"""The fill moves in steps of about one pixel, so that a second without a visible change paints nothing."""

_PRESSURE_ROLE = {Pressure.GOOD: ColourRole.INK, Pressure.WARN: ColourRole.WARN, Pressure.LATE: ColourRole.LATE}
FAR_BEHIND = 10
"""Minutes behind schedule from which the figure is red."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A theme in the bar: `filled` from 0 to 1; `clock` its planned clock time, empty if unknown."""

    theme: str
    title: str
    whole_title: str
    minutes: float
    filled: float
    current: bool
    clock: str


def segments_of(guide: GuideContent, timing: Timing) -> tuple[Segment, ...]:
    """Return the segments of a guide at one moment."""
    result = []
    for theme, planned in zip(guide.themes, timing.schedule.themes, strict=True):
        if planned.minutes <= 0 and planned.used <= 0:
            continue
        begin = timing.plan_start + dt.timedelta(minutes=planned.begins) if timing.plan_start else None
        filled = planned.used / planned.minutes if planned.minutes else 1.0
        result.append(
            Segment(
                theme.id,
                theme.short_title,
                theme.title,
                planned.minutes,
                round(min(1.0, filled) * _FILL_STEPS) / _FILL_STEPS,
                planned.theme == timing.schedule.current,
                clock(begin),
            )
        )
    return tuple(result)


class ThemeBar(QWidget):
    """The themes as segments. `theme_chosen` carries the id of a theme that was clicked."""

    theme_chosen = Signal(str)

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._segments: tuple[Segment, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Tijd per thema"))

    def set_segments(self, segments: tuple[Segment, ...]) -> None:
        """Replace the segments; unchanged ones are not repainted."""
        if segments == self._segments:
            return
        self._segments = segments
        now = next((segment for segment in segments if segment.current), None)
        self.setAccessibleDescription(now.whole_title if now else "")
        self.update()

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The displayed segments."""
        return self._segments

    def sizeHint(self) -> QSize:
        return QSize(320, BAR + 6 + TextStyle.SECONDARY.line)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def rects(self) -> list[QRectF]:
        """Return the rectangles of the segments, in px."""
        count = len(self._segments)
        total = sum(max(segment.minutes, 0.1) for segment in self._segments)
        if not count:
            return []
        room = self.width() - TAIL - GAP * (count - 1)
        least = min(NARROWEST, room / count)
        widths = [max(least, room * max(segment.minutes, 0.1) / total) for segment in self._segments]
        # Themes at their least width take more than their share: the wider ones give it up in proportion.
        spare = sum(widths) - room
        wide = sum(width - least for width in widths)
        if spare > 0 and wide > 0:
            widths = [width - (width - least) * min(1.0, spare / wide) for width in widths]
        left, result = 0.0, []
        for width in widths:
            result.append(QRectF(round(left), 0, round(left + width) - round(left), BAR))
            left += width + GAP
        return result

    def _at(self, x: float) -> Segment | None:
        for segment, rect in zip(self._segments, self.rects(), strict=True):
            if rect.left() - GAP / 2 <= x <= rect.right() + GAP / 2:
                return segment
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        segment = self._at(event.position().x())
        if segment is not None and event.button() == Qt.MouseButton.LeftButton:
            self.theme_chosen.emit(segment.theme)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            segment = self._at(event.pos().x())
            if segment is not None:
                minutes = counted(round(segment.minutes), "{n} minuut", "{n} minuten")
                plain.show_tip(event.globalPos(), f"{segment.whole_title} · {minutes}", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for segment, rect in zip(self._segments, self.rects(), strict=True):
            self._paint_bar(painter, segment, rect)
            self._paint_words(painter, segment, rect)

    def _paint_bar(self, painter: QPainter, segment: Segment, rect: QRectF) -> None:
        color = self._theme.color
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(ColourRole.LINE))
        painter.drawRoundedRect(rect, BAR / 2, BAR / 2)
        if segment.filled > 0:
            filled = QRectF(rect)
            # At least as wide as high, so that the rounded ends stay round.
            filled.setWidth(max(BAR, rect.width() * segment.filled))
            painter.setBrush(color(ColourRole.PRIMARY if segment.current else ColourRole.SPENT))
            painter.drawRoundedRect(filled, BAR / 2, BAR / 2)

    def _paint_words(self, painter: QPainter, segment: Segment, rect: QRectF) -> None:
        color = self._theme.color
        clock_font = self._theme.font(TextStyle.SECONDARY, tabular=True)
        font = self._theme.font(TextStyle.SECONDARY_STRONG if segment.current else TextStyle.SECONDARY)
        line = TextStyle.SECONDARY.line
        metrics = QFontMetricsF(clock_font)
        base = BAR + 6 + (line - metrics.height()) / 2 + metrics.ascent()
        room = rect.width() + (TAIL if segment is self._segments[-1] else 0)
        clock, text = self._fitting(segment, room, metrics, QFontMetricsF(font))
        if clock:
            painter.setFont(clock_font)
            painter.setPen(color(ColourRole.MUTED))
            painter.drawText(QPointF(rect.left(), base), clock)
        if text:
            left = rect.left() + (metrics.horizontalAdvance(clock) + WORD_GAP if clock else 0)
            painter.setFont(font)
            painter.setPen(color(ColourRole.INK if segment.current else ColourRole.MUTED))
            painter.drawText(QPointF(left, base), text)

    @staticmethod
    def _fitting(segment: Segment, room: float, clock: QFontMetricsF, words: QFontMetricsF) -> tuple[str, str]:
        """Return the clock time and the title that fit a width in px: both, or else the one that fits completely."""
        taken = clock.horizontalAdvance(segment.clock) + WORD_GAP if segment.clock else 0.0
        text = words.elidedText(segment.title, Qt.TextElideMode.ElideRight, max(0.0, room - taken))
        # A few letters and an ellipsis would be unreadable.
        if text == segment.title or len(text) > FEWEST_LETTERS:
            return segment.clock, text
        if words.horizontalAdvance(segment.title) <= room:
            return "", segment.title
        return (segment.clock, "") if taken - WORD_GAP <= room else ("", "")


class Figure(QWidget):
    """A large figure with a line of text below it, both right-aligned."""

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[str, str, ColourRole] = ("", "", ColourRole.INK)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_figure(self, value: str, label: str, role: ColourRole = ColourRole.INK) -> None:
        """Show a value; unchanged values do not repaint."""
        shown = (value, label, role)
        if shown == self._shown:
            return
        # Lay out again only when the width changes, not at every tick.
        before = self.sizeHint()
        self._shown = shown
        self.setAccessibleName(f"{value} {label}")
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    @property
    def value(self) -> str:
        """The figure."""
        return self._shown[0]

    @property
    def label(self) -> str:
        """The line under it."""
        return self._shown[1]

    @property
    def role(self) -> ColourRole:
        """Its colour."""
        return self._shown[2]

    def sizeHint(self) -> QSize:
        value = QFontMetricsF(self._theme.font(TextStyle.CLOCK, tabular=True)).horizontalAdvance(self.value)
        label = QFontMetricsF(self._theme.font(TextStyle.SMALL, tabular=True)).horizontalAdvance(self.label)
        return QSize(math.ceil(max(value, label)) + 1, TextStyle.CLOCK.line + TextStyle.SMALL.line)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._theme.font(TextStyle.CLOCK, tabular=True))
        painter.setPen(self._theme.color(self.role))
        painter.drawText(QRectF(0, 0, self.width(), TextStyle.CLOCK.line), right, self.value)
        painter.setFont(self._theme.font(TextStyle.SMALL, tabular=True))
        painter.setPen(self._theme.color(ColourRole.MUTED))
        painter.drawText(QRectF(0, TextStyle.CLOCK.line, self.width(), TextStyle.SMALL.line), right, self.label)


SIGN_MS = 20_000
"""How long the band signals that the time of a theme is running out, or is over."""

_SIGN_GROUND = {
    Pressure.GOOD: ColourRole.SURFACE,
    Pressure.WARN: ColourRole.WARN_SOFT,
    Pressure.LATE: ColourRole.LATE_SOFT,
}


class TimeHead(QFrame):
    """The band under the top bar: the theme bar, and the wall clock, time left and schedule beside it.

    When a fifth of a theme's time is left, and again at a twentieth, the band changes colour for a while; `signed`
    carries the `Pressure` then.
    """

    HEIGHT = 64
    signed = Signal(object)

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pressure: tuple[str | None, Pressure] | None = None
        self.sign = Pressure.GOOD
        self._sign_over = QTimer(self, interval=SIGN_MS, singleShot=True)
        self._sign_over.timeout.connect(partial(self._show_sign, Pressure.GOOD))
        self.setFixedHeight(self.HEIGHT)
        self.bar = ThemeBar(theme)
        self.clock = Figure(theme)
        self.left = Figure(theme)
        self.schedule = Figure(theme)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        layout.setSpacing(Space.XL)
        layout.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignTop)
        for figure in (self.clock, self.left, self.schedule):
            layout.addWidget(figure, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.setAlignment(self.bar, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color(_SIGN_GROUND[self.sign]))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.color(ColourRole.LINE))

    def show_time(
        self, guide: GuideContent, timing: Timing, now: dt.datetime, *, begun: bool, held: bool, questions: int = 0
    ) -> None:
        """Show the time; only differences are painted.

        `questions`: how many the current theme still has to ask, 0 when that adds nothing.
        """
        self.bar.set_segments(segments_of(guide, timing))
        self.clock.show_figure(clock(now), _ends(timing, begun=begun, held=held))
        self.left.setVisible(begun and not held)
        if timing.theme_left < 0:
            self.left.show_figure(minutes_seconds(-timing.theme_left), tr("over tijd in dit thema"), ColourRole.LATE)
        else:
            left = minutes_seconds(timing.theme_left)
            words = tr("nog in dit thema")
            if questions:
                words = tr("nog voor {questions}", questions=counted(questions, "{n} vraag", "{n} vragen"))
            self.left.show_figure(left, words, _PRESSURE_ROLE[timing.pressure])
        self._show_schedule(timing, shown=begun and not held)
        self._give_sign(timing, running=begun and not held)

    def _give_sign(self, timing: Timing, *, running: bool) -> None:
        """Signal when a theme comes under more pressure, but not when the user moves to one that already is."""
        before, now = self._pressure, (timing.schedule.current, timing.pressure)
        self._pressure = now if running else None
        # At first show a theme may be under pressure already: no signal then.
        if before is None or before == now:
            return
        if before[0] != now[0] or now[1] is Pressure.GOOD:
            self._show_sign(Pressure.GOOD)
        elif now[1] is Pressure.LATE or before[1] is Pressure.GOOD:
            self._show_sign(now[1])
            self._sign_over.start()
            self.signed.emit(now[1])

    def _show_sign(self, sign: Pressure) -> None:
        if sign is not self.sign:
            self.sign = sign
            self.update()

    def _show_schedule(self, timing: Timing, *, shown: bool) -> None:
        behind = timing.behind
        self.schedule.setVisible(shown and behind is not None)
        if behind is None:
            return
        minutes = tr("{n} min", n=abs(behind))
        if behind > 0:
            role = ColourRole.LATE if behind >= FAR_BEHIND else ColourRole.WARN
            self.schedule.show_figure(minutes, tr("achter op schema"), role)
        elif behind < 0:
            self.schedule.show_figure(minutes, tr("voor op schema"), ColourRole.GOOD)
        else:
            self.schedule.show_figure(minutes, tr("precies op schema"), ColourRole.GOOD)


def _ends(timing: Timing, *, begun: bool, held: bool) -> str:
    planned, expected = timing.planned_end, timing.expected_end
    if held and expected:
        return tr("geëindigd om {time}", time=clock(expected))
    if planned is None:
        return tr("{n} minuten gepland", n=round(timing.schedule.planned))
    if not begun or expected is None or timing.behind == 0:
        return tr("einde {time}", time=clock(planned))
    return tr("einde {planned}, verwacht {expected}", planned=clock(planned), expected=clock(expected))
