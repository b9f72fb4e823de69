"""A date field: typed the usual Dutch way, or picked from a calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from sto_desktop.domain.dutch import long_date
from sto_desktop.domain.typed import read_date
from sto_desktop.language import tr, tr_later
from sto_desktop.ui.base.qt_language import locale
from sto_desktop.ui.fields.kept_field import KeptLine
from sto_desktop.ui.look.roles import ColourRole, Space
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import IconButton

_BUTTON = 28

EXAMPLE_DATE = tr_later("14 februari 2023")
"""How to write a date, in an empty field."""


class CalendarPopup(QFrame):
    """A month from which to pick a day: arrow keys and Enter, or a click; Esc cancels."""

    picked = Signal(object)

    def __init__(self, theme: Appearance, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("Kalender"))
        self.setObjectName("calendar")
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(locale())
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        self.calendar.setFixedSize(344, 280)
        self._dress(theme)
        self.calendar.clicked.connect(self._pick)
        self.calendar.activated.connect(self._pick)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XS, Space.XS, Space.XS, Space.XS)
        layout.addWidget(self.calendar)

    def _dress(self, theme: Appearance) -> None:
        """Style the parts that Qt paints itself."""
        quiet = QTextCharFormat()
        quiet.setForeground(theme.color(ColourRole.MUTED))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, quiet)
        head = QTextCharFormat(quiet)
        head.setBackground(theme.color(ColourRole.SURFACE))
        self.calendar.setHeaderTextFormat(head)
        bar = self.calendar.findChild(QWidget, "qt_calendar_navigationbar")
        if bar is not None:
            bar.setBackgroundRole(QPalette.ColorRole.Base)
        for name, icon in (("qt_calendar_prevmonth", "chevron-left"), ("qt_calendar_nextmonth", "chevron-right")):
            button = self.calendar.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(theme.icon(icon))

    def open_at(self, place: QPoint, date: dt.date) -> None:
        """Show the month of `date` at a screen position."""
        self.calendar.setSelectedDate(QDate(date.year, date.month, date.day))
        self.move(place)
        self.show()
        self.calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def _pick(self, date: QDate) -> None:
        self.close()
        self.picked.emit(dt.date(date.year(), date.month(), date.day()))


class DateLine(KeptLine):
    """A line edit for a date, with a calendar on its button and on Alt+↓ or F4."""

    def __init__(
        self, theme: Appearance, today: Callable[[], dt.date], parent: QWidget | None = None, *, name: str = ""
    ) -> None:
        super().__init__(parent, placeholder=tr(EXAMPLE_DATE), name=name)
        self._theme = theme
        self._today = today
        self.popup: CalendarPopup | None = None
        self.button = IconButton(
            theme,
            "calendar",
            tr("Kalender"),
            hint="Alt ↓",
            command="calendar",
            on_click=self.open_calendar,
            parent=self,
        )
        # No tab stop: Alt+↓ in the field opens the calendar.
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.setCursor(Qt.CursorShape.ArrowCursor)
        self.setTextMargins(0, 0, _BUTTON, 0)

    def open_calendar(self) -> None:
        """Open the calendar under the field, at the entered date."""
        date = read_date(self.text(), self._today()) or self._today()
        self.popup = CalendarPopup(self._theme, self)
        self.popup.picked.connect(self._take)
        self.popup.adjustSize()
        place = self.mapToGlobal(QPoint(self.width() - self.popup.sizeHint().width(), self.height() + 2))
        self.popup.open_at(place, date)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt_down or event.key() == Qt.Key.Key_F4:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.button.setGeometry(self.width() - _BUTTON - 3, 3, _BUTTON, self.height() - 6)

    def _take(self, date: dt.date) -> None:
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.setText(long_date(date))
        self.commit()
