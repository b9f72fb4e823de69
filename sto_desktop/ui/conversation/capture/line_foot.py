"""Below the capture line: the keys of this place, the question a note belongs to when that is another, and the next
question.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sto_desktop.language import tr
from sto_desktop.ui.base import keys
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import KeyHint, KeyHints, QuietButton, TextLabel, row

FOOT_HEIGHT = 22
NEXT_WIDTH = 180
"""Minimum width in px of the text about the next question."""


class Hands(Enum):
    """The place of the focus: in the line, in an empty line (without notes: `FIRST`), on a note in the stream, in a
    note's editor, in another part of the screen, or in a field there.
    """

    LINE = auto()
    EMPTY = auto()
    FIRST = auto()
    NOTES = auto()
    EDITOR = auto()
    PANE = auto()
    FIELD = auto()


def key_pairs(hands: Hands) -> tuple[tuple[str, str], ...]:
    """Return the most useful keys for that place, with what they do."""
    if hands is Hands.EDITOR:
        return ((keys.hint("edit_in_place"), tr("bewaren")), (keys.hint("split_note"), tr("splitsen bij de cursor")))
    if hands is Hands.NOTES:
        named = (
            ("edit_in_place", tr("wijzigen")),
            ("bundle_note", tr("bundelen")),
            ("move_note", tr("verplaatsen")),
            ("delete_note", tr("weg")),
            ("to_notes", tr("terug")),
        )
        return tuple((keys.hint(name), text) for name, text in named)
    back = ("Esc", tr("terug naar de regel"))
    if hands is Hands.FIELD:
        return (back,)
    if hands is Hands.PANE:
        return (("Tab", tr("volgende")), (tr("spatie"), tr("kiezen")), (keys.hint("next_pane"), tr("verder")), back)
    if hands in (Hands.EMPTY, Hands.FIRST):
        signs = (("+ = / ! > ?", tr("soort")), ("@", tr("spreker")), ("#", tr("label")))
        return signs if hands is Hands.FIRST else (*signs, (keys.hint("edit_last"), tr("laatste wijzigen")))
    return (("Enter", tr("bewaren")), ("@", tr("spreker")), ("#", tr("label")), ("Shift Enter", tr("nieuwe regel")))


class FootWords(NamedTuple):
    """What is told of the line: the question it belongs to if that is not the current one, the name in it that no
    member has, that somebody in it is not noted, and which keys help in it.
    """

    elsewhere: str = ""
    newcomer: str = ""
    withheld: str = ""
    hands: Hands = Hands.LINE

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is told, so that there is room for the keys."""
        return not (self.elsewhere or self.newcomer or self.withheld)


class LineFoot(QWidget):
    """One row below the line. What is told of the line goes before the keys, which share the row with it."""

    def __init__(self, theme: Appearance, on_bring: Callable[[], None], on_newcomer: Callable[[], None]) -> None:
        super().__init__()
        self._hands = Hands.LINE
        self._told = FootWords()
        self._hints = {hands: KeyHints(theme, key_pairs(hands)) for hands in Hands}
        self._withheld = TextLabel(theme, "", TextStyle.SECONDARY_STRONG, ColourRole.WARN_TEXT, lines=1)
        self._elsewhere = TextLabel(theme, "", TextStyle.SECONDARY_STRONG, ColourRole.WARN_TEXT, lines=1)
        self.bring = QuietButton(theme, tr("bij deze vraag zetten"), command="bring_here", on_click=on_bring)
        self._where = QWidget()
        self._where.setLayout(row(self._elsewhere, self.bring, None))
        self._newcomer = QuietButton(
            theme, "", hint=keys.hint("add_member"), command="add_member", on_click=on_newcomer
        )
        self._next = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED, lines=1)
        self._next_title = TextLabel(theme, "", TextStyle.SECONDARY_STRONG, ColourRole.INK, lines=1)
        self._next_key = KeyHint(theme, keys.hint("next_question"))
        left = (*self._hints.values(), self._withheld, self._where, self._newcomer)
        layout = row(*left, None, self._next, self._next_title, self._next_key, spacing=4)
        layout.setContentsMargins(4, 0, 4, 0)
        for button in (self.bring, self._newcomer):
            button.setFixedHeight(FOOT_HEIGHT)
            # Clicking them must not take the focus from the text.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(FOOT_HEIGHT)
        self.setLayout(layout)

    def show_hands(self, hands: Hands) -> None:
        """Show the key hints for the place of the focus."""
        if hands is not self._hands:
            self._hands = hands
            self._show()

    def tell(self, told: FootWords) -> None:
        """Show what is told of the line."""
        self._told = told
        if told.elsewhere:
            self._elsewhere.setText(tr("Hoort bij: {question}", question=told.elsewhere))
        if told.newcomer:
            self._newcomer.setText(tr("{name} toevoegen", name=told.newcomer))
        self._withheld.setText(told.withheld)
        self._show()

    def _show(self) -> None:
        # While the focus is elsewhere on the screen, only its keys are of use.
        in_line = self._hands is Hands.LINE
        told = self._told if in_line else FootWords()
        show_if(self._where, bool(told.elsewhere))
        show_if(self._newcomer, bool(told.newcomer))
        show_if(self._withheld, bool(told.withheld))
        current = told.hands if in_line else self._hands
        for hands, hints in self._hints.items():
            show_if(hints, hands is current and told.is_quiet)

    def show_next(self, question: str | None) -> None:
        """Show which question follows, or that this is the last."""
        self._next.setText(tr("Dit is de laatste vraag") if question is None else tr("Volgende:"))
        # When space runs out, the key hints are shortened first, then the next question.
        self._next.setMinimumWidth(self._next.sizeHint().width())
        self._next_title.setVisible(question is not None)
        self._next_key.setVisible(question is not None)
        if question is not None:
            self._next_title.setText(question)
            self._next_title.setMinimumWidth(min(self._next_title.sizeHint().width(), NEXT_WIDTH))

    @property
    def hints(self) -> tuple[tuple[str, str], ...]:
        """The displayed key hints."""
        return next((key_pairs(hands) for hands, hints in self._hints.items() if not hints.isHidden()), ())


def show_if(widget: QWidget, shown: bool) -> None:
    """Show or hide, but only on a change: setting the same state again would lay out the whole line."""
    if widget.isHidden() is shown:
        widget.setVisible(shown)
