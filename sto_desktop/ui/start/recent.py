"""The list of recent dossiers: one click or Enter resumes work; missing files are muted."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from queue import SimpleQueue

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QVBoxLayout, QWidget

from sto_desktop.language import tr
from sto_desktop.settings import RecentDossier
from sto_desktop.ui.base.keys import entry, mark
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import CARD_RADIUS, ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.start.when import opened_text
from sto_desktop.ui.widgets import Card, IconButton, paint_focus_ring

ROW_HEIGHT = 69
LOOK_MS = 100


class RecentRow(QAbstractButton):
    """One dossier: title, what was being done, when."""

    forget_asked = Signal()

    def __init__(self, theme: Appearance, dossier: RecentDossier, now: dt.datetime, *, last: bool) -> None:
        super().__init__()
        self.dossier = dossier
        self._theme = theme
        self._when = opened_text(dossier.when, now)
        self._last = last
        self.missing = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        plain.set_tip(self, str(dossier.path))
        mark(self, "recent")
        self.remove = IconButton(
            theme, "close", tr("Van de lijst halen"), hint="Delete", command="forget_recent", parent=self
        )
        self.remove.clicked.connect(self.forget_asked)
        self.remove.hide()
        self._name()

    def set_missing(self, missing: bool) -> None:
        """Show that the file is missing."""
        self.missing = missing
        self.remove.setVisible(missing)
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, ROW_HEIGHT)

    def does(self) -> Mapping[str, Callable[[], object]]:
        """Return what can be done with this dossier, by command."""
        return {"forget_recent": self.forget_asked.emit}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        elif key == Qt.Key.Key_Delete:
            self.forget_asked.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entry(menu, "recent", self.click, tr("Openen"))
        entry(menu, "forget_recent", self.forget_asked.emit, tr("Van de lijst halen"))
        menu.popup(event.globalPos())

    def resizeEvent(self, event: object) -> None:
        self.remove.setGeometry(self.width() - 44, (self.height() - 32) // 2, 32, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color, font = self._theme.color, self._theme.font
        if (self.underMouse() or self.isDown()) and not self.missing:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(ColourRole.SUNKEN))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CARD_RADIUS - 2, CARD_RADIUS - 2)
        if not self._last:
            painter.setPen(QPen(color(ColourRole.LINE), 1.0))
            painter.drawLine(QPointF(1, self.height() - 0.5), QPointF(self.width() - 1, self.height() - 0.5))
        right = self.width() - Space.L - (36 if self.missing else 0)
        note = tr("niet gevonden") if self.missing else self._when
        painter.setFont(font(TextStyle.SECONDARY, tabular=True))
        width = QFontMetricsF(painter.font()).horizontalAdvance(note)
        painter.setPen(color(ColourRole.WARN_TEXT if self.missing else ColourRole.MUTED))
        top = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(right - width, 14, width + 1, 20), top, note)
        room = right - width - Space.L - Space.L
        self._line(painter, self.dossier.title, TextStyle.BODY_STRONG, QRectF(Space.L, 14, room, 20))
        hint = str(self.dossier.path.parent) if self.missing else self.dossier.hint
        self._line(painter, hint, TextStyle.SECONDARY, QRectF(Space.L, 36, room, 18))
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(self.rect()), color(ColourRole.PRIMARY), CARD_RADIUS - 1)

    def _line(self, painter: QPainter, text: str, style: TextStyle, rect: QRectF) -> None:
        painter.setFont(self._theme.font(style))
        muted = self.missing or style is TextStyle.SECONDARY
        painter.setPen(self._theme.color(ColourRole.MUTED if muted else ColourRole.INK))
        shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, shown)

    def _name(self) -> None:
        note = tr("niet gevonden") if self.missing else self._when
        self.setAccessibleName(f"{self.dossier.title}, {note}")
        self.setAccessibleDescription(self.dossier.hint)


class _Looker(QObject):
    """Checks in the background which files exist, because an unreachable network share can take seconds to answer.

    The thread puts its answers in a queue. It holds no Qt object, since these may already be deleted.
    """

    looked = Signal(object, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answers: SimpleQueue[tuple[Path, bool]] = SimpleQueue()
        self._waiting = 0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._take)

    def look(self, paths: Sequence[Path]) -> None:
        self._waiting += len(paths)
        self._timer.start()
        # A daemon, because a thread that waits for a share must not keep the program running.
        threading.Thread(target=_look, args=(tuple(paths), self._answers), daemon=True).start()

    def _take(self) -> None:
        while not self._answers.empty():
            self._waiting -= 1
            self.looked.emit(*self._answers.get())
        if not self._waiting:
            self._timer.stop()


def _look(paths: tuple[Path, ...], answers: SimpleQueue[tuple[Path, bool]]) -> None:
    for path in paths:
        try:
            exists = path.exists()
        except OSError:
            exists = False
        answers.put((path, exists))


class RecentList(Card):
    """The recent dossiers in one card."""

    chosen = Signal(object)
    forgotten = Signal(object)

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=0)
        self._theme = theme
        self._rows: list[RecentRow] = []
        self._shown: tuple[tuple[RecentDossier, ...], dt.date] | None = None
        self._looker = _Looker(self)
        self._looker.looked.connect(self._looked)
        self.body.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def show_dossiers(self, dossiers: Sequence[RecentDossier], now: dt.datetime) -> None:
        """Show these dossiers, newest first."""
        # Checked whenever the list is shown, since a stick or share may have come or gone.
        self._looker.look([recent.path for recent in dossiers])
        shown = (tuple(dossiers), now.date())
        if shown == self._shown:
            # An unchanged list is not rebuilt, since that would lose the focus.
            return
        self._shown = shown
        layout: QVBoxLayout = self.body
        for row in self._rows:
            layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for number, dossier in enumerate(dossiers):
            row = RecentRow(self._theme, dossier, now, last=number == len(dossiers) - 1)
            row.clicked.connect(partial(self._choose, row))
            row.forget_asked.connect(partial(self.forgotten.emit, dossier.path))
            layout.addWidget(row)
            # Otherwise Qt shows it one turn of the event loop later, and it can't take the focus now.
            row.show()
            self._rows.append(row)

    def rows(self) -> list[RecentRow]:
        """Return the rows, from the top."""
        return list(self._rows)

    def _choose(self, row: RecentRow) -> None:
        if not row.missing:
            self.chosen.emit(row.dossier.path)

    def _looked(self, path: Path, exists: bool) -> None:
        for row in self._rows:
            if row.dossier.path == path:
                row.set_missing(not exists)
