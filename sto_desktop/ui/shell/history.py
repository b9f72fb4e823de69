"""Geschiedenis: the actions in this dossier, and going back to any point of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import cast

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from sto_desktop.domain.dutch import clock, short_date
from sto_desktop.domain.errors import StoError
from sto_desktop.domain.typed import read_moment
from sto_desktop.language import counted, listed, tr
from sto_desktop.storage.log.past import PastAction
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Button, Dialog, PrimaryButton, TextLabel, paint_focus_ring

AT_ONCE = 200
Index = QModelIndex | QPersistentModelIndex
PAST, STAYS = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
TIME_WIDTH = 112
LABEL_WIDTH = 208
MIDDLE = Qt.AlignmentFlag.AlignVCenter


def action_time_text(past: PastAction, today: dt.date) -> str:
    """Return "16:20" of today, "14 feb 16:20" of another day of this year, "14 feb 2023" before that."""
    moment = read_moment(past.at)
    if moment is None:
        return ""
    if moment.date() == today:
        return clock(moment, seconds=True)
    this_year = moment.year == today.year
    return f"{short_date(moment)} {clock(moment)}" if this_year else short_date(moment, year=True)


class HistoryModel(QAbstractListModel):
    """The actions, newest first, loaded as the user scrolls. `read` returns the actions before a position."""

    def __init__(self, read: Callable[[int | None, int], list[PastAction]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self._rows: list[PastAction] = []
        self._more = True
        self._point = 0
        self.reload()

    def reload(self) -> None:
        """Reload from the newest action."""
        self.beginResetModel()
        self._rows = self._read(None, AT_ONCE)
        self._more = len(self._rows) == AT_ONCE
        self._point = 0
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index) -> bool:
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        older = self._read(self._rows[-1].seq, AT_ONCE) if self._rows else []
        self._more = len(older) == AT_ONCE
        if older:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(older) - 1)
            self._rows += older
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        past = self._rows[index.row()]
        if role == PAST:
            return past
        if role == STAYS:
            return index.row() >= self._point or not past.mine
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{past.label}: {past.subject}" if past.subject else past.label
        return None

    def past(self, number: int) -> PastAction:
        """Return the action on a row."""
        return self._rows[number]

    def after(self, number: int) -> list[PastAction]:
        """Return the actions after the one on a row."""
        return self._rows[:number]

    def set_point(self, number: int) -> None:
        """Highlight the actions that going back to this row would undo."""
        if number != self._point:
            last = max(self._point, number)
            self._point = number
            if self._rows:
                self.dataChanged.emit(self.index(0), self.index(min(last, len(self._rows) - 1)))


class _Delegate(QStyledItemDelegate):
    HEIGHT = 32

    def __init__(self, theme: Appearance, today: dt.date, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._today = today

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(300, self.HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        past: PastAction = index.data(PAST)
        theme, color = self._theme, self._theme.color
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(ColourRole.PRIMARY_SOFT))
            painter.drawRoundedRect(rect.adjusted(4, 1, -4, -1), 6, 6)
            if option.state & QStyle.StateFlag.State_HasFocus:
                paint_focus_ring(painter, rect.adjusted(4, 1, -4, -1), color(ColourRole.PRIMARY), 6)
        painter.setFont(theme.font(TextStyle.SECONDARY, tabular=True))
        painter.setPen(color(ColourRole.MUTED))
        painter.drawText(rect.adjusted(Space.L, 0, 0, 0), MIDDLE, action_time_text(past, self._today))
        author = self._who(past)
        painter.drawText(rect.adjusted(0, 0, -Space.L, 0), MIDDLE | Qt.AlignmentFlag.AlignRight, author)
        taken = QFontMetricsF(painter.font()).horizontalAdvance(author) + Space.L
        rect.adjust(TIME_WIDTH, 0, -taken - Space.M, 0)
        self._paint_words(painter, rect, past, stays=bool(index.data(STAYS)) and not past.undone)
        painter.restore()

    def _who(self, past: PastAction) -> str:
        parts = ["" if past.mine else past.person or tr("Onbekend"), tr("ongedaan gemaakt") if past.undone else ""]
        return " · ".join(part for part in parts if part)

    def _paint_words(self, painter: QPainter, rect: QRectF, past: PastAction, *, stays: bool) -> None:
        color = self._theme.color
        font = self._theme.font(TextStyle.BODY_MEDIUM)
        font.setStrikeOut(not stays)
        painter.setFont(font)
        painter.setPen(color(ColourRole.INK if stays else ColourRole.MUTED))
        metrics = QFontMetricsF(font)
        label = metrics.elidedText(past.label, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, MIDDLE, label)
        rect.adjust(max(metrics.horizontalAdvance(label) + Space.M, LABEL_WIDTH), 0, 0, 0)
        if rect.width() > 60 and past.subject:
            painter.setFont(self._theme.font(TextStyle.BODY))
            painter.setPen(color(ColourRole.MUTED))
            words = QFontMetricsF(painter.font()).elidedText(past.subject, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(rect, MIDDLE, words)


class HistoryDialog(Dialog):
    """Choose a point and go back to it: all later actions of this person are undone, in one action that can itself be
    undone.

    `went` carries a message about what was done.
    """

    went = Signal(str)
    failed = Signal(object)

    def __init__(self, theme: Appearance, session: Session, parent: QWidget | None = None) -> None:
        about = tr(
            "Kies tot waar u terug wilt. Wat u daarna deed, gaat in één stap terug; wat een collega deed, blijft. Ook "
            "die stap kunt u weer ongedaan maken."
        )
        super().__init__(theme, tr("Geschiedenis"), about, parent)
        self._session = session
        self.resize(760, 560)
        dossier = session.dossier
        self.model = HistoryModel(dossier.past, self)
        self.list = QListView()
        self.list.setAccessibleName(tr("Wat er gedaan is, het laatste bovenaan"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(theme, session.now().date(), self.list))
        # All rows are equally high, so that Qt measures only one of thousands.
        self.list.setUniformItemSizes(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(self._show_choice)
        self.body.addWidget(self.list, 1)
        self.effect = TextLabel(theme, "", TextStyle.BODY)
        self.body.addWidget(self.effect)
        self.only_button = Button(theme, tr("Alleen deze ongedaan maken"), on_click=self.undo_only)
        self.back_button = PrimaryButton(theme, tr("Hierheen terug"), hint="Enter", on_click=self.go_back)
        self.add_buttons(self.back_button, close=tr("Sluiten"), beside=[self.only_button])
        self.list.setFocus()
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0))
        self._show_choice()

    @property
    def _chosen(self) -> PastAction | None:
        index = self.list.currentIndex()
        return cast(PastAction, index.data(PAST)) if index.isValid() else None

    def _show_choice(self) -> None:
        number = self.list.currentIndex().row()
        self.model.set_point(max(0, number))
        chosen = self._chosen
        later = [past for past in self.model.after(max(0, number)) if not past.undone]
        mine = sum(past.mine for past in later)
        self.back_button.setEnabled(mine > 0)
        self.only_button.setEnabled(chosen is not None and chosen.mine and not chosen.undone)
        self.effect.setText(_said_choice(mine, later, chosen))

    def go_back(self) -> None:
        """Go back to the chosen point."""
        chosen = self._chosen
        if chosen is None or not self.back_button.isEnabled():
            return
        when = action_time_text(chosen, self._session.now().date())
        # Labels in the log are Dutch, whatever the language of the window.
        label = f"teruggaan naar {when}".strip()
        try:
            count = self._session.go_back_to(chosen.seq, label)
        except StoError as error:
            self.failed.emit(error)
            return
        self.accept()
        self.went.emit(counted(count, "{n} handeling teruggedraaid.", "{n} handelingen teruggedraaid."))

    def undo_only(self) -> None:
        """Undo the chosen action and keep the ones after it."""
        chosen = self._chosen
        if chosen is None or not self.only_button.isEnabled():
            return
        number = self.list.currentIndex().row()
        if not attempt(self.failed.emit, self._session.undo_only, chosen):
            return
        self.model.reload()
        self.list.setCurrentIndex(self.model.index(min(number, self.model.rowCount() - 1)))


def _said_choice(mine: int, later: Iterable[PastAction], chosen: PastAction | None) -> str:
    if chosen is None:
        return tr("In dit dossier is nog niets gedaan.")
    other_people = sorted({past.person or tr("Onbekend") for past in later if not past.mine})
    if not mine and not other_people:
        return tr("U bent hier.")
    undone = counted(mine, "{n} handeling van u gaat terug.", "{n} handelingen van u gaan terug.")
    if not other_people:
        return undone
    return f"{undone} {tr('Wat {names} deed, blijft.', names=listed(other_people))}"
