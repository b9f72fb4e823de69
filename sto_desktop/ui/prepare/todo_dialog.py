"""The list of what a person arranges before a panel meets, to tick off."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from sto_desktop.domain.panel.readiness import TODO_ITEMS
from sto_desktop.language import tr
from sto_desktop.ui.look.roles import Role, Space, TextStyle
from sto_desktop.ui.look.theme import Theme
from sto_desktop.ui.widgets import CheckBox, PrimaryButton, TextLabel, row


class TodoDialog(QDialog):
    """Each tick is kept at once, by `tick` with a code and whether it is done."""

    def __init__(
        self,
        theme: Theme,
        ticked: Collection[str],
        tick: Callable[[str, bool], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Voorbereidingslijst"))
        self.setMinimumWidth(520)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        layout.setSpacing(Space.S)
        layout.addWidget(TextLabel(theme, tr("Voorbereidingslijst"), TextStyle.TITLE))
        said = tr("Wat het programma niet kan zien. Een vinkje wordt meteen bewaard.")
        layout.addWidget(TextLabel(theme, said, TextStyle.BODY, Role.MUTED))
        layout.addSpacing(Space.XS)
        self.boxes: dict[str, CheckBox] = {}
        for code, words in TODO_ITEMS.items():
            box = CheckBox(tr(words))
            box.setChecked(code in ticked)
            box.toggled.connect(lambda done, code=code: tick(code, done))
            self.boxes[code] = box
            layout.addWidget(box)
        layout.addSpacing(Space.M)
        layout.addLayout(row(None, PrimaryButton(theme, tr("Sluiten"), hint="Esc", on_click=self.accept)))
        first = next((box for box in self.boxes.values() if not box.isChecked()), None)
        if first is not None:
            first.setFocus()
