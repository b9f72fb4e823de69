"""The time at the top: themes as wide as their minutes and filled by the time used; wall clock, time left, schedule."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from sto_desktop.domain.dutch import clock
from sto_desktop.domain.live.schedule import Pressure
from sto_desktop.domain.live.timing import Timing, minutes_seconds
from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.language import counted, tr
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import SetText, set_text

BAR = 8
GAP = 6
NARROWEST = 12.0
TAIL = 16
"""Space after the last segment that its text may use, in px."""
WORD_GAP = 6
TEXT_TOP = BAR + 6
FEWEST_LETTERS = 5
_FILL_STEPS = 400
"""The fill moves in steps of about one pixel, so that a second without a visible change repaints nothing."""

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


@dataclass(frozen=True, slots=True)
class Words:
    """The text under a segment, from `left` to `right` in px: its planned clock time, and its title if it fits."""

    left: float
    clock: str
    title: SetText | None
    current: bool
    right: float


def segments_of(guide: GuideContent, timing: Timing) -> tuple[Segment, ...]:
    """Return the segments of a guide at one moment."""
    result = []
    for theme, planned in zip(guide.themes, timing.schedule.themes, strict=True):
        if planned.minutes <= 0 and planned.used <= 0:
            continue
        planned_start = timing.plan_start + dt.timedelta(minutes=planned.begins) if timing.plan_start else None
        filled = planned.used / planned.minutes if planned.minutes else 1.0
        result.append(
            Segment(
                theme.id,
                theme.short_title,
                theme.title,
                planned.minutes,
                round(min(1.0, filled) * _FILL_STEPS) / _FILL_STEPS,
                planned.theme == timing.schedule.current,
                clock(planned_start),
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
        return QSize(320, TEXT_TOP + 2 * TextStyle.SMALL_STRONG.line)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def rects(self) -> list[QRectF]:
        """Return the rectangles of the segments, in px."""
        count = len(self._segments)
        total = sum(max(segment.minutes, 0.1) for segment in self._segments)
        if not count:
            return []
        room = self.width() - TAIL - GAP * (count - 1)
        least = min(NARROWEST, room / count)
        widths = [max(least, room * max(segment.minutes, 0.1) / total) for segment in self._segments]
        # Themes at their minimum width take more than their share: the wider ones give it up in proportion.
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
        for words in self.words():
            self._paint_words(painter, words)

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

    def _paint_words(self, painter: QPainter, words: Words) -> None:
        color, line = self._theme.color, self._theme.font(TextStyle.SECONDARY, tabular=True)
        metrics = QFontMetricsF(line)
        base = TEXT_TOP + (TextStyle.SECONDARY.line - metrics.height()) / 2 + metrics.ascent()
        if words.clock:
            painter.setFont(line)
            painter.setPen(color(ColourRole.MUTED))
            painter.drawText(QPointF(words.left, base), words.clock)
        if words.title is not None:
            role = ColourRole.INK if words.current else ColourRole.MUTED
            left = words.left + (metrics.horizontalAdvance(words.clock) + WORD_GAP if words.clock else 0)
            place = QRectF(left, TEXT_TOP, words.title.width, words.title.height)
            words.title.paint(painter, place, color(role))

    def words(self) -> list[Words]:
        """Return the text under each segment: the full name of the current theme, the others in the remaining space."""
        rects = self.rects()
        now = next((number for number, segment in enumerate(self._segments) if segment.current), None)
        name = self._current_name(self._segments[now], rects[now]) if now is not None else None
        result = []
        for number, (segment, rect) in enumerate(zip(self._segments, rects, strict=True)):
            if number == now and name is not None:
                result.append(name)
                continue
            left, right = rect.left(), rect.right() + (TAIL if number == len(rects) - 1 else 0)
            if name is not None and name.title is not None and now is not None:
                if number > now:
                    left = max(left, name.right + WORD_GAP)
                else:
                    right = min(right, name.left - WORD_GAP)
            # Text that does not start at its own segment would seem to belong to another one.
            fitting = ("", None) if left > rect.left() else self._fitting(segment, right - left)
            result.append(Words(rect.left(), *fitting, False, right))
        return result

    def _current_name(self, segment: Segment, rect: QRectF) -> Words:
        """Return the name of the current theme, on two lines if it is longer than the bar, with its clock time."""
        style = TextStyle.SECONDARY_STRONG
        whole = float(self.width())
        title = set_text(segment.title, self._theme.font(style), style.line, whole)
        if len(title.lines) > 1:
            style = TextStyle.SMALL_STRONG
            title = set_text(segment.title, self._theme.font(style), style.line, whole, 2)
        metrics = QFontMetricsF(self._theme.font(TextStyle.SECONDARY, tabular=True))
        taken = metrics.horizontalAdvance(segment.clock) + WORD_GAP if segment.clock else 0.0
        clock = segment.clock if taken + title.width <= rect.width() else ""
        width = title.width + (taken if clock else 0.0)
        left = max(0.0, min(rect.left(), whole - width))
        return Words(left, clock, title, True, left + width)

    def _fitting(self, segment: Segment, room: float) -> tuple[str, SetText | None]:
        """Return the clock time and the title that fit a width in px: both, or else only the one that fits
        completely.
        """
        font, line = self._theme.font(TextStyle.SECONDARY), TextStyle.SECONDARY.line
        clock = QFontMetricsF(self._theme.font(TextStyle.SECONDARY, tabular=True))
        taken = clock.horizontalAdvance(segment.clock) + WORD_GAP if segment.clock else 0.0
        title = set_text(segment.title, font, line, max(0.0, room - taken), 1)
        # A few letters and an ellipsis would be unreadable.
        if not title.elided or len(title.lines[0]) > FEWEST_LETTERS:
            return segment.clock, title
        whole = set_text(segment.title, font, line, max(0.0, room), 1)
        if not whole.elided:
            return "", whole
        return (segment.clock, None) if taken - WORD_GAP <= room else ("", None)


class BigFigure(QWidget):
    """A large figure with a line of text below it, both right-aligned."""

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[str, str, ColourRole] = ("", "", ColourRole.INK)
        self._short = ""
        self._narrow = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_narrow(self, narrow: bool) -> None:
        """Show the short line instead of the whole one."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.updateGeometry()
            self.update()

    def show_figure(self, value: str, label: str, role: ColourRole = ColourRole.INK, *, short: str = "") -> None:
        """Show a value; unchanged values do not repaint. `short`: the line where there is little room."""
        shown = (value, label, role)
        if (shown, short) == (self._shown, self._short):
            return
        self._short = short
        # Lay out again only when the width changes, not at every tick.
        before = self.sizeHint()
        self._shown = shown
        self.setAccessibleName(f"{value} {label}")
        plain.set_tip(self, label if short else "")
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
        return self._short if self._narrow and self._short else self._shown[1]

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


NARROW_HEAD = 860
"""Below this width, in px, the lines under the figures are shorter, because the bar needs the space for its theme."""

SIGN_MS = 20_000
"""How long the band signals that the time of a theme is running out, or is over."""

_SIGN_GROUND = {
    Pressure.GOOD: ColourRole.SURFACE,
    Pressure.WARN: ColourRole.WARN_SOFT,
    Pressure.LATE: ColourRole.LATE_SOFT,
}


class TimeHead(QFrame):
    """The band under the top bar: the theme bar, and beside it the wall clock, time left and schedule.

    When a fifth of a theme's time is left, and again at a twentieth, the band changes colour for a while; `signed`
    carries the `Pressure` then.
    """

    HEIGHT, LOW_HEIGHT = 64, 50
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
        self.clock = BigFigure(theme)
        self.left = BigFigure(theme)
        self.schedule = BigFigure(theme)
        self._row = layout = QHBoxLayout(self)
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

    def set_low(self, low: bool) -> None:
        """Take less height: the question needs it."""
        self.setFixedHeight(self.LOW_HEIGHT if low else self.HEIGHT)
        above = 2 if low else Space.S
        self._row.setContentsMargins(Space.L, above, Space.L, above)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW_HEAD
        for figure in (self.clock, self.left, self.schedule):
            figure.set_narrow(narrow)
        if (self._row.spacing() == Space.L) is not narrow:
            self._row.setSpacing(Space.L if narrow else Space.XL)

    def show_time(
        self, guide: GuideContent, timing: Timing, now: dt.datetime, *, begun: bool, held: bool, questions: int = 0
    ) -> None:
        """Show the time; only differences are painted.

        `questions`: how many questions the current theme still has to ask; 0 hides the number.
        """
        self.bar.set_segments(segments_of(guide, timing))
        planned = tr("einde {time}", time=clock(timing.planned_end)) if timing.planned_end and not held else ""
        self.clock.show_figure(clock(now), _ends(timing, begun=begun, held=held), short=planned)
        self.left.setVisible(begun and not held)
        if timing.theme_left < 0:
            self.left.show_figure(
                minutes_seconds(-timing.theme_left),
                tr("over tijd in dit thema"),
                ColourRole.LATE,
                short=tr("over tijd"),
            )
        else:
            time_left = minutes_seconds(timing.theme_left)
            words = tr("nog in dit thema")
            if questions:
                words = tr("nog voor {questions}", questions=counted(questions, "{n} vraag", "{n} vragen"))
            self.left.show_figure(time_left, words, _PRESSURE_ROLE[timing.pressure], short=tr("nog"))
        self._show_schedule(timing, shown=begun and not held)
        self._give_sign(timing, running=begun and not held)

    def _give_sign(self, timing: Timing, *, running: bool) -> None:
        """Signal when a theme comes under more pressure, but not when the user goes to a theme that already is under
        pressure.
        """
        before, now = self._pressure, (timing.schedule.current, timing.pressure)
        self._pressure = now if running else None
        # When first shown, a theme may already be under pressure: no signal then.
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
            self.schedule.show_figure(minutes, tr("achter op schema"), role, short=tr("achter"))
        elif behind < 0:
            self.schedule.show_figure(minutes, tr("voor op schema"), ColourRole.GOOD, short=tr("voor"))
        else:
            self.schedule.show_figure(minutes, tr("precies op schema"), ColourRole.GOOD, short=tr("op schema"))


def _ends(timing: Timing, *, begun: bool, held: bool) -> str:
    planned, expected = timing.planned_end, timing.expected_end
    if held and expected:
        return tr("geëindigd om {time}", time=clock(expected))
    if planned is None:
        return tr("{n} minuten gepland", n=round(timing.schedule.planned))
    if not begun or expected is None or timing.behind == 0:
        return tr("einde {time}", time=clock(planned))
    return tr("einde {planned}, verwacht {expected}", planned=clock(planned), expected=clock(expected))
