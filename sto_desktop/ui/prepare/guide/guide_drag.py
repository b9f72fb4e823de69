"""Dragging a row of the guide by mouse: its target, and the line that shows it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QTableView

from sto_desktop.ui.look.roles import ColourRole
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare.guide.guide_model import GuideModel, GuideRow


class RowDrag:
    """One drag at a time; `target` is the number of the row before which to insert, None while nothing is dragged."""

    def __init__(self, view: QTableView, model: GuideModel, theme: Appearance) -> None:
        self._view = view
        self._model = model
        self._theme = theme
        self._from: QPoint | None = None
        self._row: GuideRow | None = None
        self.target: int | None = None

    @property
    def row(self) -> str:
        """Id of the dragged row."""
        return self._row.id if self._row else ""

    def press(self, at: QPoint) -> None:
        """Remember where the button was pressed."""
        self._row = self._model.row_at(self._view.indexAt(at))
        self._from = at if self._row else None
        self.target = None

    def move(self, at: QPoint) -> bool:
        """Follow the mouse; return False until it has moved far enough to count as a drag."""
        if self._from is None or self._row is None:
            return False
        if self.target is None and (at - self._from).manhattanLength() < QApplication.startDragDistance():
            return False
        self.target = self._boundary(at.y())
        self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._view.viewport().update()
        return True

    def end(self) -> int | None:
        """End the drag and return its target."""
        target, self.target, self._from = self.target, None, None
        self._view.viewport().unsetCursor()
        self._view.viewport().update()
        return target

    def _boundary(self, y: int) -> int:
        rows = self._model.rowCount()
        number = self._view.rowAt(y)
        if number < 0:
            number = rows if y > 0 else 0
        elif y > self._view.rowViewportPosition(number) + self._view.rowHeight(number) / 2:
            number += 1
        if self._row is not None and self._row.question is None:
            # A theme can only be dropped between themes.
            bands = [*self._bands(), rows]
            return min(bands, key=lambda band: (abs(band - number), band))
        # Never above the first theme, because a question always belongs to a theme.
        return max(number, 1)

    def _bands(self) -> Sequence[int]:
        guide_rows = (self._model.row_at(self._model.index(row, 0)) for row in range(self._model.rowCount()))
        return [number for number, row in enumerate(guide_rows) if row is not None and row.question is None]

    def paint(self, painter: QPainter) -> None:
        """Paint the line at the target."""
        if self.target is None:
            return
        view, rows = self._view, self._model.rowCount()
        y = (
            view.rowViewportPosition(self.target)
            if self.target < rows
            else view.rowViewportPosition(rows - 1) + view.rowHeight(rows - 1)
        )
        painter.fillRect(QRectF(0, y - 1, view.viewport().width(), 3), self._theme.color(ColourRole.PRIMARY))
