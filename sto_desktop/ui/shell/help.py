"""The help sheet (F1): every key of the program, from the table of commands, and the characters of the capture line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.domain.vocabulary import NoteKind
from sto_desktop.language import tr
from sto_desktop.ui.base.keys import shown
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.commands.command import Command, Place
from sto_desktop.ui.commands.table import COMMANDS
from sto_desktop.ui.look.roles import Space
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Dialog, KeyHint, SectionLabel, TextLabel, row


@dataclass(frozen=True)
class HelpLine:
    """One line of the sheet: the keys as displayed, and what they do."""

    keys: tuple[str, ...]
    text: str


def help_lines(table: Sequence[Command] = COMMANDS) -> dict[str, list[HelpLine]]:
    """Return the lines of the sheet under their headings, in the order of the places. Commands of one family share a
    line.
    """
    sheet: dict[str, list[HelpLine]] = {}
    families: set[str] = set()
    order = list(Place)
    for line in sorted((line for line in table if line.keys), key=lambda line: order.index(line.place)):
        if line.family and line.family in families:
            continue
        # Both keys for Enter have the same name.
        keys = tuple(dict.fromkeys(shown(key) for key in line.keys))
        if line.family:
            families.add(line.family)
            members = [other for other in table if other.family == line.family]
            keys = (f"{shown(members[0].keys[0])} … {shown(members[-1].keys[0])}",)
        sheet.setdefault(line.place.heading, []).append(HelpLine(keys, tr(line.family or line.name)))
    return sheet


WIDE, HIGH = 940, 720
ONE_COLUMN = 720
"""Below this width, in px, the sheet has one column."""


Block = tuple[str, Sequence[HelpLine]]
"""A heading with the lines under it."""


def sign_lines() -> list[HelpLine]:
    """Return the characters of the capture line with their meanings."""
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
    """Return blocks in two columns of nearly equal height, in the same order."""

    def uneven(number: int) -> int:
        left, right = (sum(len(lines) + 2 for _, lines in part) for part in (blocks[:number], blocks[number:]))
        return abs(left - right)

    at = min(range(1, len(blocks) + 1), key=uneven)
    return blocks[:at], blocks[at:]


class HelpSheet(Dialog):
    """All keys, those of the current screen first. It fits on the screen, and scrolls if necessary."""

    def __init__(self, theme: Appearance, parent: QWidget | None = None, *, stage: Stage = Stage.START) -> None:
        about = tr("Alles in dit programma kan zonder muis. Met Ctrl K vindt u elke opdracht, ook zonder toets.")
        super().__init__(theme, tr("Sneltoetsen"), about, parent)
        room = parent.size() if parent is not None else QSize(WIDE, HIGH)
        width, height = min(WIDE, room.width() - 2 * Space.L), min(HIGH, room.height() - 2 * Space.L)
        sheet = help_lines()
        own = dict.fromkeys(place.heading for place in Place if place.stage == stage)
        own_blocks = [(tr(heading), sheet.pop(heading)) for heading in own if heading in sheet]
        if stage is Stage.CONVERSATION:
            own_blocks.insert(0, (tr("Tekens in de invoerregel"), sign_lines()))
        other_blocks = [(tr(heading), lines) for heading, lines in sheet.items()]
        # The current screen's keys fill both columns first, then those of other screens.
        for blocks in filter(None, (own_blocks, other_blocks)):
            sides = QVBoxLayout() if width < ONE_COLUMN else QHBoxLayout()
            sides.setSpacing(Space.XXL)
            for side in halves(blocks):
                sides.addLayout(self._side(side), 1)
            self.body.addLayout(sides)
        self.add_buttons(close=tr("Sluiten"))
        self.setMaximumHeight(height)
        self.resize(width, height)
        # Arrows and page keys scroll; Esc closes.
        self.scrolling.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.scrolling.setAccessibleName(tr("Sneltoetsen"))
        self.scrolling.setFocus()

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
