"""The texts that a person reads on the screen, from the widgets that show them."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

from sto_desktop.ui.conversation.room.moderator_window import ModeratorWindow
from sto_desktop.ui.conversation.time.guide_list import GuideList
from sto_desktop.ui.notes.listing import NoteRow
from sto_desktop.ui.notes.notes_model import NotesModel
from sto_desktop.ui.paper.pages import Pages
from sto_desktop.ui.widgets import Banner, Notices, QuietButton, StatusLine, TextLabel


def newest(notices: Notices) -> str:
    """Return the text of the newest message; "" if there is none."""
    return next(reversed(shown_messages(notices)), "")


def shown_messages(notices: Notices) -> list[str]:
    """Return the texts of the messages, the newest last."""
    return [banner.accessibleName() for banner in notices.findChildren(Banner) if not banner.isHidden()]


def press_answer(notices: Notices, words: str = "") -> None:
    """Press the button of the newest message that contains these words, wherever it lies by then.

    On a busy computer a message has no place yet, and one that was forgotten is still there, hidden.
    """
    shown = [one for one in notices.findChildren(Banner) if not one.isHidden() and words in one.accessibleName()]
    (answer,) = (button for button in shown[-1].findChildren(QuietButton) if button.word())
    answer.click()
    QApplication.processEvents()


def shown_with(words: str, widget: QWidget) -> str:
    """Return the text of the label or button in a widget that contains these words; "" if none does."""
    labels = (label for label in widget.findChildren(TextLabel) if label.isVisible())
    buttons = (button for button in widget.findChildren(QuietButton) if button.isVisible())
    texts = (*(label.text() for label in labels), *(button.word() for button in buttons))
    return next((text for text in texts if words in text), "")


def saved_status(line: StatusLine) -> str:
    """Return the text at the foot of the window about saving."""
    return line.findChildren(TextLabel)[0].text()


def note_rows(model: NotesModel) -> list[NoteRow]:
    """Return the rows of all notes in a list, in order."""
    rows = (model.row(number) for number in range(model.rowCount()))
    return [row for row in rows if isinstance(row, NoteRow)]


def at_question(guide: GuideList, question: str) -> QPoint:
    """Return the middle of a question's line in the guide beside the conversation, for clicking on it."""
    number = next(number for number, line in enumerate(guide.lines) if line.question == question)
    return guide.visualRect(guide.model().index(number, 0)).center()


def moderator_window() -> ModeratorWindow | None:
    """Return the moderator's second window, if it is shown."""
    windows = (window for window in QApplication.topLevelWidgets() if isinstance(window, ModeratorWindow))
    return next((window for window in windows if window.isVisible()), None)


def main_colour(shown: Pages) -> str:
    """Return the colour of which there is most on the upper half of the first page, that of its title ("0F5C63")."""
    first = shown.picture(0, 1.0)
    rows = range(round(first.height() * 0.05), round(first.height() * 0.6))
    colours = Counter(first.pixelColor(x, y).name() for y in rows for x in range(0, first.width(), 2))
    return next(name for name, _ in colours.most_common() if name != "#ffffff").removeprefix("#").upper()
