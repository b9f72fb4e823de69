"""The account after an import: what came in, and what not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from sto_desktop.language import counted, tr
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Card, Dialog, Hairline, TextLabel, row


class ImportAccount(Dialog):
    """The account of an import: the number of notes per theme, and what was not taken over."""

    def __init__(
        self,
        theme: Appearance,
        source: str,
        placed: Sequence[tuple[str, int]],
        messages: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        heading = tr("Overgenomen uit {source}", source=source)
        super().__init__(theme, tr("Importeren"), parent=parent, heading=heading)
        self.placed = tuple(placed)
        self.setMinimumWidth(520)
        for message in messages:
            self.body.addWidget(TextLabel(theme, message, TextStyle.BODY, ColourRole.MUTED))
        if placed:
            self.body.addWidget(_places(theme, placed))
        self.add_buttons(close=tr("Sluiten"))
        self.close_button.setFocus()


def _places(theme: Appearance, placed: Sequence[tuple[str, int]]) -> Card:
    card = Card(margin=Space.M)
    card.body.setSpacing(Space.XS)
    for number, (title, count) in enumerate(placed):
        if number:
            card.body.addWidget(Hairline())
        name = TextLabel(
            theme,
            title or tr("Niet ingedeeld"),
            TextStyle.BODY,
            ColourRole.INK if title else ColourRole.WARN_TEXT,
            lines=1,
        )
        amount = TextLabel(
            theme,
            counted(count, "{n} notitie", "{n} notities"),
            TextStyle.BODY,
            ColourRole.MUTED,
            lines=1,
            tabular=True,
        )
        card.body.addLayout(row(name, None, amount))
    return card
