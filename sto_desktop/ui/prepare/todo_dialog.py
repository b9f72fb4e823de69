"""The list of things to arrange before a panel meets, to tick off."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtWidgets import QWidget

from sto_desktop.domain.panel.readiness import TODO_ITEMS
from sto_desktop.language import tr
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import CheckBox, Dialog


class TodoDialog(Dialog):
    """The dialog; each tick is saved at once, by calling `tick` with a code and whether it is done."""

    def __init__(
        self,
        theme: Appearance,
        ticked: Collection[str],
        tick: Callable[[str, bool], object],
        parent: QWidget | None = None,
    ) -> None:
        about = tr("Wat het programma niet kan zien. Een vinkje wordt meteen bewaard.")
        super().__init__(theme, tr("Voorbereidingslijst"), about, parent)
        self.setMinimumWidth(520)
        self.boxes: dict[str, CheckBox] = {}
        for code, words in TODO_ITEMS.items():
            box = CheckBox(tr(words))
            box.setChecked(code in ticked)
            box.toggled.connect(partial(tick, code))
            self.boxes[code] = box
            self.body.addWidget(box)
        self.add_buttons(close=tr("Sluiten"))
        first = next((box for box in self.boxes.values() if not box.isChecked()), None)
        if first is not None:
            first.setFocus()
