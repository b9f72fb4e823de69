"""The area of the stages in the window. If the window is too small for a stage, the area scrolls, so that nothing
overlaps.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from sto_desktop.ui.base.stage import Stage

SMALLEST = QSize(640, 340)
"""The smallest window, in px: a screen of 1366 × 768 at 200 %, minus the system's bars."""

LEAST = QSize(808, 400)
"""Least size of a stage, in px: tables next to a side column need this. It is there at 1366 × 768 and 150 %, next to a
scroll bar."""


class StageArea(QScrollArea):
    """Shows a widget as large as the available space, but not smaller than the current stage needs."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = inside
        self._least = QSize(0, 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # A scroll area is a tab stop by default; here the widgets of the stage are.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(inside)
        # Each stage gets the size of the area, whatever size another stage needs.
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
        # Not left to Qt, which would use the largest minimum of all stages together.
        room, least = self.maximumViewportSize(), self._least
        if room.width() < least.width():
            room.setHeight(room.height() - self.horizontalScrollBar().sizeHint().height())
        if room.height() < least.height():
            room.setWidth(room.width() - self.verticalScrollBar().sizeHint().width())
        self._inside.resize(room.expandedTo(least))
