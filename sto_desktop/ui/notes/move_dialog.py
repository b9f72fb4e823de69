"""The dialog to move notes to a question: all questions by theme, narrowed by typing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QWidget

from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.domain.people import fold
from sto_desktop.language import counted, tr
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Picker, PrimaryButton


class MoveDialog(Picker):
    """The dialog; questions are listed under their themes."""

    def __init__(
        self, theme: Appearance, guide: GuideContent, count: int, current: str | None, parent: QWidget | None = None
    ) -> None:
        title = counted(count, "{n} notitie verplaatsen", "{n} notities verplaatsen")
        super().__init__(theme, title, parent, search=tr("Naar welke vraag?"), lines=tr("Vragen"))
        self._guide = guide
        self.resize(640, 520)
        self.list.itemDoubleClicked.connect(self.accept)
        self.move_button = PrimaryButton(theme, tr("Verplaatsen"), hint="Enter", on_click=self.accept)
        self.add_buttons(self.move_button)
        self.narrow("", current)

    def question(self) -> str | None:
        """Return the id of the selected question."""
        line = self.list.currentItem()
        question = line.data(Qt.ItemDataRole.UserRole) if line is not None else None
        return question if isinstance(question, str) else None

    def narrow(self, typed: str, current: str | None = None) -> None:
        """Show the questions that contain these words, themselves or in their theme."""
        words = fold(typed).split()
        self.list.clear()
        for theme in self._guide.themes:
            fitting = [
                question
                for question in theme.questions
                if all(word in fold(f"{theme.title} {question.text} {question.short_text}") for word in words)
            ]
            if not fitting:
                continue
            heading = QListWidgetItem(theme.title)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            font = heading.font()
            font.setBold(True)
            heading.setFont(font)
            self.list.addItem(heading)
            for question in fitting:
                line = QListWidgetItem(f"    {question.text}")
                line.setToolTip(plain.tip(question.text))
                line.setData(Qt.ItemDataRole.UserRole, question.id)
                self.list.addItem(line)
                if question.id == current or (self.question() is None and current is None):
                    self.list.setCurrentItem(line)
        self.move_button.setEnabled(self.question() is not None)

    def accept(self) -> None:
        """Accept, if a question is selected."""
        if self.question() is not None:
            super().accept()
