"""The guide as rows of a table: themes as bands with start time and minutes, each followed by its questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from sto_desktop.domain.live.schedule import clock_after
from sto_desktop.domain.model import Guide, PanelQuestion
from sto_desktop.domain.panel.content import GuideContent, QuestionContent, ThemeContent
from sto_desktop.language import counted, tr, tr_later
from sto_desktop.ui.look import plain

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
MOST_MINUTES = 240


class GuideColumn(IntEnum):
    """Columns of the guide."""

    ASKED = 0
    TEXT = 1
    TYPE = 2
    ASPECT = 3
    BEGINS = 4
    MINUTES = 5


HEADINGS = {
    GuideColumn.ASKED: "",
    GuideColumn.TEXT: tr_later("Thema en vraag"),
    GuideColumn.TYPE: "Vraagtype",
    GuideColumn.ASPECT: tr_later("Vraagt naar"),
    GuideColumn.BEGINS: "Begint",
    GuideColumn.MINUTES: "Duur",
}


@dataclass(frozen=True)
class GuideRow:
    """One row: a question, or the band of a theme.

    `begins`: clock time, or elapsed time if the start is unknown. `late`: it ends after the available time.
    """

    theme: ThemeContent
    question: QuestionContent | None = None
    begins: str = ""
    late: bool = False

    @property
    def id(self) -> str:
        """Id of the question, or of the theme."""
        return self.question.id if self.question else self.theme.id

    @property
    def minutes(self) -> int:
        """Planned minutes."""
        return self.question.minutes if self.question else self.theme.minutes

    @property
    def reworded(self) -> bool:
        """Whether this panel uses its own wording."""
        return bool(self.question and self.question.text != self.question.question.text)


@dataclass(frozen=True)
class GuideEdits:
    """Callbacks for changed cells; each receives a question (or theme) and the new value."""

    set_minutes: Callable[[QuestionContent, int], object]
    set_wording: Callable[[QuestionContent, str], object]
    set_skipped: Callable[[QuestionContent, bool], object]
    set_title: Callable[[ThemeContent, str], object]


def with_minutes(guide: GuideContent, question: str, minutes: int) -> GuideContent:
    """Return a guide with other minutes for one question."""

    def tried(question_content: QuestionContent) -> QuestionContent:
        if question_content.id != question:
            return question_content
        decided = question_content.decided or PanelQuestion("")
        return replace(question_content, decided=replace(decided, minutes=minutes))

    return replace(
        guide,
        themes=tuple(replace(theme, questions=tuple(map(tried, theme.questions))) for theme in guide.themes),
    )


def rows_of(guide: GuideContent, start: dt.time | None, available: int | None = None) -> list[GuideRow]:
    """Return the rows of a guide, with the start time of each theme; `available`: available minutes."""
    rows: list[GuideRow] = []
    elapsed = 0
    for theme in guide.themes:
        begins = clock_after(start, elapsed) or f"{elapsed // 60}:{elapsed % 60:02}"
        until = elapsed + theme.theme.minutes
        elapsed += theme.minutes
        rows.append(GuideRow(theme, None, begins, late=available is not None and elapsed > available))
        for question in theme.questions:
            until += question.minutes
            late = available is not None and not question.skipped and until > available
            rows.append(GuideRow(theme, question, late=late))
    return rows


class GuideModel(QAbstractTableModel):
    """The rows for Qt; `totals_changed` carries the guide including minutes being tried."""

    totals_changed = Signal(object)

    def __init__(self, edits: GuideEdits, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edits = edits
        self._guide = GuideContent(Guide(""))
        self._start: dt.time | None = None
        self._available: int | None = None
        self._tried: tuple[str, int] | None = None
        self._rows: list[GuideRow] = []

    def show(self, guide: GuideContent, start: dt.time | None, available: int | None = None) -> None:
        """Show a guide as a panel uses it, from `start` on; `available`: available minutes."""
        self._guide, self._start, self._available = guide, start, available
        self._tried = None
        self._refresh()

    @property
    def guide(self) -> GuideContent:
        """The guide, including minutes being tried."""
        return with_minutes(self._guide, *self._tried) if self._tried else self._guide

    @property
    def tried(self) -> tuple[str, int] | None:
        """The question and the minutes being tried, not saved yet."""
        return self._tried

    def try_minutes(self, question: str, minutes: int) -> None:
        """Show the effect of other minutes, without saving them."""
        self._tried = (question, max(0, min(minutes, MOST_MINUTES)))
        self._refresh()

    def keep_tried(self) -> None:
        """Save the minutes being tried."""
        if self._tried is None:
            return
        question, minutes = self._tried
        self._tried = None
        question_content = self._guide.question(question)
        if question_content is not None and question_content.minutes != minutes:
            self._edits.set_minutes(question_content, minutes)
        else:
            self._refresh()

    def drop_tried(self) -> None:
        """Return to the saved minutes."""
        if self._tried is not None:
            self._tried = None
            self._refresh()

    def row_at(self, index: Index) -> GuideRow | None:
        """Return the row at an index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def index_of(self, row: str, column: GuideColumn = GuideColumn.TEXT) -> QModelIndex:
        """Return the index of a question or theme by its id; invalid if absent."""
        numbers = (number for number, guide_row in enumerate(self._rows) if guide_row.id == row)
        return self.index(next(numbers, -1), column)

    def _refresh(self) -> None:
        rows = rows_of(self.guide, self._start, self._available)
        # For the same rows, update in place, since a reset would close an open editor.
        if [row.id for row in rows] == [row.id for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, GuideColumn.MINUTES))
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        self.totals_changed.emit(self.guide)

    # The interface for Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (as Qt has it)
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(GuideColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            heading = HEADINGS[GuideColumn(section)]
            return tr(heading) if heading else ""
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row_at(index)
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if row.question is None:
            return flags | Qt.ItemFlag.ItemIsEditable if index.column() == GuideColumn.TEXT else flags
        if index.column() == GuideColumn.ASKED:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        if index.column() == GuideColumn.TEXT or (index.column() == GuideColumn.MINUTES and not row.question.skipped):
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        column = GuideColumn(index.column())
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.CheckStateRole and column is GuideColumn.ASKED and row.question:
            return Qt.CheckState.Unchecked if row.question.skipped else Qt.CheckState.Checked
        if role == Qt.ItemDataRole.EditRole:
            if row.question is None:
                return row.theme.title
            return row.question.minutes if column is GuideColumn.MINUTES else row.question.text
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _shown(row, column, aloud=role == Qt.ItemDataRole.AccessibleTextRole)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(_tooltip(row, column))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row_at(index)
        if row is None:
            return False
        if row.question is None:
            title = " ".join(str(value).split())
            if title and title != row.theme.title:
                self._edits.set_title(row.theme, title)
            return True
        if role == Qt.ItemDataRole.CheckStateRole:
            self._edits.set_skipped(row.question, Qt.CheckState(value) == Qt.CheckState.Unchecked)
        elif index.column() == GuideColumn.MINUTES:
            self.try_minutes(row.question.id, int(value))
            self.keep_tried()
        elif index.column() == GuideColumn.TEXT:
            words = " ".join(str(value).split())
            # The words of the guide itself are no wording of this panel's own.
            own = "" if words == row.question.question.text else words
            if own != (row.question.decided.wording if row.question.decided else ""):
                self._edits.set_wording(row.question, own)
        return True


def _shown(row: GuideRow, column: GuideColumn, *, aloud: bool) -> str:
    question = row.question
    if column is GuideColumn.TEXT:
        text = question.text if question else row.theme.title
        return f"{text} ({tr('overgeslagen')})" if aloud and question and question.skipped else text
    if column is GuideColumn.MINUTES:
        if question and question.skipped:
            return tr("overgeslagen") if aloud else "–"
        if not aloud:
            return tr("{n} min", n=row.minutes)
        minutes = counted(row.minutes, "{n} minuut", "{n} minuten")
        return tr("{minutes}, past niet meer in de tijd", minutes=minutes) if row.late else minutes
    if column is GuideColumn.BEGINS:
        return row.begins
    if question is None:
        return ""
    if column is GuideColumn.TYPE:
        kind = tr(question.question.type.word)
        keep = aloud and question.question.essential
        return tr("{kind}, houden als de tijd kort is", kind=kind) if keep else kind
    if column is GuideColumn.ASPECT and question.aspect:
        return tr(question.aspect.word)
    if column is GuideColumn.ASKED and aloud:
        return tr("wordt niet gesteld") if question.skipped else tr("wordt gesteld")
    return ""


def _tooltip(row: GuideRow, column: GuideColumn) -> str:
    question = row.question
    if row.late and column in (GuideColumn.BEGINS, GuideColumn.MINUTES):
        return tr("Past niet meer in de tijd")
    if question is None:
        return tr("Titel wijzigen (F2); versleep of Alt ↑ en ↓ om te verplaatsen") if column is GuideColumn.TEXT else ""
    if column is GuideColumn.ASKED:
        return tr("Weer stellen (spatie)") if question.skipped else tr("Overslaan in dit panel (spatie)")
    if column is GuideColumn.TEXT and row.reworded:
        return tr("In de leidraad staat: {words}", words=question.question.text)
    if column is GuideColumn.TEXT:
        return tr("Anders verwoorden voor dit panel (F2)")
    if column is GuideColumn.TYPE and question.question.essential:
        return tr("Deze vraag houden als de tijd kort is")
    if column is GuideColumn.MINUTES and not question.skipped:
        return tr("Minuten wijzigen: + en −, of typ een getal")
    return ""
