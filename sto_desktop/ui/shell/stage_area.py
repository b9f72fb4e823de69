"""The place of the stages in the window: in a window too small for a stage it scrolls, and nothing overlaps."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from sto_desktop.ui.base.stage import Stage

SMALLEST = QSize(640, 340)
"""The smallest window, in px: a screen of 1366 × 768 at 200 %, less the bars of the system."""

LEAST = QSize(820, 400)
"""In px: what tables beside a side column need."""


class StageArea(QScrollArea):
    """Shows a widget as large as there is room, and no smaller than the current stage needs."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = inside
        self._least = QSize(0, 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(inside)
        # Each stage gets the size of the area, whatever another one needs.
        inside.setMinimumSize(1, 1)
        inside.setAutoFillBackground(False)

    def show_stage(self, stage: Stage) -> None:
        """Make room for a stage; Start and Gesprek adapt to any window."""
        self._least = QSize(0, 0) if stage in (Stage.START, Stage.CONVERSATION) else LEAST
        self._fit()
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def _fit(self) -> None:
        # Not left to Qt, which would use the least size of all stages together.
        room, least = self.maximumViewportSize(), self._least
        if room.width() < least.width():
            room.setHeight(room.height() - self.horizontalScrollBar().sizeHint().height())
        if room.height() < least.height():
            room.setWidth(room.width() - self.verticalScrollBar().sizeHint().width())
        self._inside.resize(room.expandedTo(least))
