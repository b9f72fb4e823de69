"""The help sheet (F1): every key of the program, from the table of keys, and the signs of the capture line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.domain.vocabulary import NoteKind
from sto_desktop.language import tr
from sto_desktop.ui.base.keys import SHORTCUTS, KeyContext, Shortcut, shown
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.look.roles import Space
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Dialog, KeyHint, ScrollColumn, SectionLabel, TextLabel, row


@dataclass(frozen=True)
class HelpLine:
    """One line of the sheet: the keys as displayed, and what they do."""

    keys: tuple[str, ...]
    text: str


def help_lines(table: Sequence[Shortcut] = SHORTCUTS) -> dict[KeyContext, list[HelpLine]]:
    """Return the lines of the sheet under their headings; a family of keys is one line."""
    sheet: dict[KeyContext, list[HelpLine]] = {}
    families: set[str] = set()
    for line in table:
        if line.family and line.family in families:
            continue
        keys = tuple(shown(key) for key in line.keys)
        if line.family:
            families.add(line.family)
            members = [shortcut for shortcut in table if shortcut.family == line.family]
            keys = (f"{shown(members[0].keys[0])} … {shown(members[-1].keys[0])}",)
        sheet.setdefault(line.context, []).append(HelpLine(keys, tr(line.family or line.label)))
    return sheet


OF_STAGE = {
    Stage.PREPARE: (KeyContext.PREPARE,),
    Stage.CONVERSATION: (KeyContext.CAPTURE, KeyContext.CONVERSATION, KeyContext.NOTES),
    Stage.ELABORATE: (KeyContext.ELABORATE,),
    Stage.REPORT: (KeyContext.REPORT,),
    Stage.OVERVIEW: (KeyContext.OVERVIEW,),
}
"""The headings that come first on a screen: its own keys."""

WIDE, HIGH = 940, 720
ONE_COLUMN = 640
"""Below this width, in px, the sheet has one column."""


Block = tuple[str, Sequence[HelpLine]]
"""A heading with the lines under it."""


def sign_lines() -> list[HelpLine]:
    """Return the signs of the capture line, with what they mean."""
    kinds = [HelpLine((kind.meaning.sign or kind.meaning.around,), tr(kind.word)) for kind in NoteKind]
    return [
        *kinds,
        HelpLine(("?",), tr("vraag voor straks, naar de parkeerplaats")),
        HelpLine(("@jan", "@3"), tr("wie het zegt, met naam of stoel")),
        HelpLine(("@4+", "@5-"), tr("wie bijvalt, wie tegenspreekt; @allen: iedereen valt bij")),
        HelpLine(("#",), tr("label")),
        HelpLine(("\\",), tr("ervoor: het teken zelf, zonder betekenis")),
    ]


def halves(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """Return blocks in two columns that are as equally high as can be, in their order."""

    def uneven(number: int) -> int:
        left, right = (sum(len(lines) + 2 for _, lines in part) for part in (blocks[:number], blocks[number:]))
        return abs(left - right)

    at = min(range(1, len(blocks) + 1), key=uneven)
    return blocks[:at], blocks[at:]


class HelpSheet(Dialog):
    """All keys, those of the screen in view first; it fits the screen, and scrolls."""

    def __init__(self, theme: Appearance, parent: QWidget | None = None, *, stage: Stage = Stage.START) -> None:
        about = tr("Alles in dit programma kan zonder muis. Met Ctrl K vindt u elke opdracht, ook zonder toets.")
        super().__init__(theme, tr("Sneltoetsen"), about, parent)
        room = parent.size() if parent is not None else QSize(WIDE, HIGH)
        width, height = min(WIDE, room.width() - 2 * Space.L), min(HIGH, room.height() - 2 * Space.L)
        columns = ScrollColumn()
        sheet = help_lines()
        first = {context: sheet.pop(context) for context in OF_STAGE.get(stage, ())}
        here = [(tr(context.value), lines) for context, lines in first.items()]
        if stage is Stage.CONVERSATION:
            here.insert(0, (tr("Tekens in de invoerregel"), sign_lines()))
        others = [(tr(context.value), lines) for context, lines in sheet.items()]
        # The screen's own keys fill both columns before those that work elsewhere.
        for blocks in filter(None, (here, others)):
            sides = QVBoxLayout() if width < ONE_COLUMN else QHBoxLayout()
            sides.setSpacing(Space.XXL)
            for side in halves(blocks):
                sides.addLayout(self._side(side), 1)
            columns.body.addLayout(sides)
        columns.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        columns.setAccessibleName(tr("Sneltoetsen"))
        self.columns = columns
        self.body.addWidget(columns, 1)
        self.add_buttons(close=tr("Sluiten"))
        self.resize(width, height)
        # Arrows and page keys scroll; Esc closes.
        columns.setFocus()

    def _side(self, sheet: Sequence[tuple[str, Sequence[HelpLine]]]) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(6)
        for heading, lines in sheet:
            side.addSpacing(Space.M)
            side.addWidget(SectionLabel(self._theme, heading))
            grid = QGridLayout()
            grid.setVerticalSpacing(6)
            grid.setHorizontalSpacing(Space.M)
            grid.setColumnMinimumWidth(0, 132)
            grid.setColumnStretch(1, 1)
            for number, line in enumerate(lines):
                keys = row(*(KeyHint(self._theme, key) for key in line.keys), None, spacing=4)
                grid.addLayout(keys, number, 0)
                grid.addWidget(TextLabel(self._theme, line.text), number, 1)
            side.addLayout(grid)
        side.addStretch(1)
        return side
