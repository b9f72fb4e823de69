"""Dutch spelling with Hunspell: loaded in the background, with the user's own word list and people's names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QWidget

from sto_desktop.domain.people import fold
from sto_desktop.language import tr
from sto_desktop.resources import resource
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.background import Background
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import TextEdit

if TYPE_CHECKING:
    from hunspell import Hunspell  # type: ignore[import-untyped]

MOST_SUGGESTED = 5
_WORD = re.compile(r"(?<![\w@#\\])[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w@])")
_ADDRESS = re.compile(r"\S+(?:@|://)\S+|[@#]\S+")


class Spelling(QObject):
    """Checks words. Until the dictionary is loaded (`ready`), every word counts as correct."""

    ready = Signal()

    def __init__(self, settings: SettingsStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._names: frozenset[str] = frozenset()
        self._book: Hunspell | None = None
        self._loading: Background[Hunspell] | None = None
        self._checked: dict[str, bool] = {}

    def load(self) -> None:
        """Load the dictionary, unless that has started."""
        if self._loading is None:
            self._loading = Background(_read, self._loaded)
            self._loading.start()

    def wait(self) -> None:
        """Wait until the dictionary is loaded: for closing down."""
        if self._loading is not None:
            self._loading.wait()

    def _loaded(self, book: Hunspell) -> None:
        self._book = book
        self._checked.clear()
        self.ready.emit()

    def set_names(self, names: Iterable[str]) -> None:
        """Accept the words of these names (of members, organisations) as correct."""
        words = frozenset(fold(word) for name in names for word in _WORD.findall(name))
        if words != self._names:
            self._names = words
            self._checked.clear()
            self.ready.emit()

    def add(self, word: str) -> None:
        """Add a word to the user's own list."""
        words = self._settings.current.own_words.split()
        if word not in words:
            self._settings.change(own_words=" ".join((*words, word)))
        self._checked.clear()
        self.ready.emit()

    def right(self, word: str) -> bool:
        """Return whether a word is spelled correctly."""
        if self._book is None or len(word) < 2:
            return True
        if word not in self._checked:
            self._checked[word] = self._look_up(word)
        return self._checked[word]

    def _look_up(self, word: str) -> bool:
        assert self._book is not None
        plain = word.replace("’", "'")
        own = {fold(entry) for entry in self._settings.current.own_words.split()} | self._names
        if fold(plain) in own or all(fold(part) in own for part in re.split("['-]", plain)):
            return True
        # The first word of a sentence is capitalised; a word in capitals is an abbreviation.
        return plain.isupper() or bool(self._book.spell(plain))

    def wrong(self, text: str) -> list[tuple[int, int]]:
        """Return [start, end) of each misspelled word; names of speakers, labels and addresses are skipped."""
        aside = [match.span() for match in _ADDRESS.finditer(text)]
        return [
            match.span()
            for match in _WORD.finditer(text)
            if not any(start <= match.start() < end for start, end in aside) and not self.right(match[0])
        ]

    def suggestions(self, word: str) -> list[str]:
        """Return suggested corrections, the likeliest first."""
        return list(self._book.suggest(word.replace("’", "'"))[:MOST_SUGGESTED]) if self._book is not None else []


def _read() -> Hunspell:
    from hunspell import Hunspell

    return Hunspell("nl_NL", hunspell_data_dir=str(resource("dictionaries")))


class SpellMarks(QSyntaxHighlighter):
    """Draws a wavy line under the misspelled words of a document."""

    def __init__(self, document: QTextDocument, spelling: Spelling, theme: Appearance) -> None:
        super().__init__(document)
        self._spelling = spelling
        self._theme = theme
        spelling.ready.connect(self.rehighlight)
        spelling.load()

    def highlightBlock(self, text: str) -> None:
        wavy = QTextCharFormat()
        wavy.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        wavy.setUnderlineColor(QColor(self._theme.color(ColourRole.LATE)))
        for start, end in self._spelling.wrong(text):
            self.setFormat(_units(text, start), _units(text[start:], end - start), wavy)


def _units(text: str, place: int) -> int:
    """Convert a position in code points to Qt's UTF-16 units."""
    return len(text[:place].encode("utf-16-le")) // 2


class SpelledEdit(TextEdit):
    """A multi-line edit that marks misspelled words, with corrections in its context menu."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, placeholder: str = "", name: str = "") -> None:
        super().__init__(text, parent, placeholder=placeholder, name=name)
        self._spelling: Spelling | None = None

    def check_spelling(self, spelling: Spelling | None, theme: Appearance) -> None:
        """Mark misspelled words from now on, if a spelling checker is given."""
        if spelling is not None:
            self._spelling = spelling
            self._marks = SpellMarks(self.document(), spelling, theme)

    def menu(self) -> QMenu:
        """Return the context menu of the text."""
        menu = self.createStandardContextMenu()
        if self._spelling is not None:
            spelling_menu(self, self._spelling, menu)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        # A right click concerns the word under the pointer.
        if event.reason() == QContextMenuEvent.Reason.Mouse and not self.textCursor().hasSelection():
            self.setTextCursor(self.cursorForPosition(event.pos()))
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())


def spelling_menu(edit: QPlainTextEdit, spelling: Spelling, menu: QMenu) -> None:
    """Put corrections of the word under the cursor at the top of a field's menu."""
    cursor = edit.textCursor()
    block, column = cursor.block(), cursor.positionInBlock()
    spans = ((_units(block.text(), start), _units(block.text(), end)) for start, end in spelling.wrong(block.text()))
    under = next(((first, last) for first, last in spans if first <= column <= last), None)
    if under is None:
        return
    cursor.setPosition(block.position() + under[0])
    cursor.setPosition(block.position() + under[1], cursor.MoveMode.KeepAnchor)
    word = cursor.selectedText()
    lines: list[tuple[str, Callable[[], object]]] = [
        (better, partial(cursor.insertText, better)) for better in spelling.suggestions(word)
    ]
    lines = lines or [(tr("geen suggesties"), str)]
    lines.append((tr("«{word}» is goed: op mijn woordenlijst", word=word), partial(spelling.add, word)))
    first = menu.actions()[0] if menu.actions() else menu.addSeparator()
    for text, do in lines:
        action = QAction(plain.word(text), menu)
        action.triggered.connect(lambda _checked=False, do=do: do())
        menu.insertAction(first, action)
    menu.insertSeparator(first)
