"""The help sheet (F1): every key of the program, generated from the table of keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.language import tr
from sto_desktop.ui.base.keys import SHORTCUTS, KeyContext, Shortcut, shown
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


class HelpSheet(Dialog):
    """All keys, in two columns."""

    LEFT = (KeyContext.EVERYWHERE, KeyContext.DOSSIER, KeyContext.STAGES)

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        about = tr("Alles in dit programma kan zonder muis. Met Ctrl K vindt u elke opdracht, ook zonder toets.")
        super().__init__(theme, tr("Sneltoetsen"), about, parent)
        columns = ScrollColumn()
        sides = QHBoxLayout()
        sides.setSpacing(Space.XXL)
        sheet = help_lines()
        sides.addLayout(self._side({context: lines for context, lines in sheet.items() if context in self.LEFT}), 1)
        sides.addLayout(self._side({context: lines for context, lines in sheet.items() if context not in self.LEFT}), 1)
        columns.body.addLayout(sides)
        columns.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        columns.setAccessibleName(tr("Sneltoetsen"))
        self.body.addWidget(columns, 1)
        self.add_buttons(close=tr("Sluiten"))
        height = parent.height() - 2 * Space.L if parent is not None else 720
        self.resize(940, min(height, 720))
        self.close_button.setFocus()

    def _side(self, sheet: dict[KeyContext, list[HelpLine]]) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(6)
        for context, lines in sheet.items():
            side.addSpacing(Space.M)
            side.addWidget(SectionLabel(self._theme, tr(context.value)))
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
