"""The question to which notes are moved: all questions by theme, narrowed while typing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.domain.people import fold
from sto_desktop.language import counted, tr
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import Space, TextStyle
from sto_desktop.ui.look.theme import Theme
from sto_desktop.ui.widgets import Button, PrimaryButton, SearchField, TextLabel, row


class MoveDialog(QDialog):
    """Arrow keys walk the list while one types; Enter chooses."""

    def __init__(
        self, theme: Theme, guide: GuideContent, count: int, current: str | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._guide = guide
        title = counted(count, "{n} notitie verplaatsen", "{n} notities verplaatsen")
        self.setWindowTitle(plain.title(title))
        self.resize(640, 520)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        layout.setSpacing(Space.M)
        layout.addWidget(TextLabel(theme, title, TextStyle.QUESTION))
        self.search = SearchField(theme, tr("Naar welke vraag?"))
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        layout.addWidget(self.search)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Vragen"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda _item: self.accept())
        layout.addWidget(self.list, 1)
        self.move_button = PrimaryButton(theme, tr("Verplaatsen"), hint="Enter", on_click=self.accept)
        layout.addLayout(row(None, Button(theme, tr("Annuleren"), hint="Esc", on_click=self.reject), self.move_button))
        self._narrow("", current)
        self.search.setFocus()

    def question(self) -> str | None:
        """Return the id of the chosen question."""
        item = self.list.currentItem()
        found = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return found if isinstance(found, str) else None

    def _narrow(self, query: str, current: str | None = None) -> None:
        words = fold(query).split()
        self.list.clear()
        for theme in self._guide.themes:
            fitting = [
                item
                for item in theme.questions
                if all(word in fold(f"{theme.title} {item.text} {item.short_text}") for word in words)
            ]
            if not fitting:
                continue
            heading = QListWidgetItem(theme.title)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            font = heading.font()
            font.setBold(True)
            heading.setFont(font)
            self.list.addItem(heading)
            for item in fitting:
                line = QListWidgetItem(f"    {item.text}")
                line.setToolTip(plain.tip(item.text))
                line.setData(Qt.ItemDataRole.UserRole, item.id)
                self.list.addItem(line)
                if item.id == current or (self.question() is None and current is None):
                    self.list.setCurrentItem(line)
        self.move_button.setEnabled(self.question() is not None)

    def accept(self) -> None:
        """Choose, where there is something to choose."""
        if self.question() is not None:
            super().accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        keys = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in keys:
                QApplication.sendEvent(self.list, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.accept()
                return True
        return super().eventFilter(watched, event)
