"""The right side of the stage: the panel, its members in brief, the checklist, and the way to the conversation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sto_desktop.domain.model import Panelist
from sto_desktop.language import tr
from sto_desktop.ui.base.stage import StageContext
from sto_desktop.ui.look.roles import Space
from sto_desktop.ui.prepare.checklist import Checklist
from sto_desktop.ui.prepare.members.members_card import MembersCard
from sto_desktop.ui.prepare.panel_form import PanelForm
from sto_desktop.ui.prepare.panel_keeper import PanelKeeper
from sto_desktop.ui.widgets import (
    ActionButton,
    ButtonKind,
    QuietButton,
    ScrollColumn,
    SectionLabel,
    SidePanel,
    row,
)

_ROOMY = 820
"""From this height, in px, the card shows a whole panel."""


class _Fitting(ScrollColumn):
    """A scrolling column that is no higher than its content."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        inside = self.widget()
        assert inside is not None
        self._inside = inside
        self._inside.installEventFilter(self)

    def sizeHint(self) -> QSize:
        inside, width = self._inside, max(self.width(), 200)
        height = inside.heightForWidth(width) if inside.hasHeightForWidth() else inside.sizeHint().height()
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 80)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The size hint follows the content, which changes without a notification to this widget.
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class PrepareSide(SidePanel):
    """Stacks the parts; `members_asked` and `paste_asked` open the list, `details_asked` the other data."""

    members_asked = Signal()
    details_asked = Signal()
    paste_asked = Signal()

    def __init__(
        self, context: StageContext, keeper: PanelKeeper, today: Callable[[], dt.date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = context.theme
        self.form = PanelForm(theme, keeper, today)
        self.details = QuietButton(theme, tr("meer gegevens…"), command="details", on_click=self.details_asked.emit)
        self.members_label = SectionLabel(theme, tr("Panelleden"))
        self.paste = QuietButton(
            theme, tr("plakken uit Excel…"), command="paste_members", on_click=self.paste_asked.emit
        )
        self.card = MembersCard(theme)
        self.card.clicked.connect(self.members_asked)
        self.checklist = Checklist(theme)
        self.go_on = ActionButton(
            theme,
            context.actions["stage_conversation"],
            kind=ButtonKind.PRIMARY,
            text=tr("Naar het gesprek"),
        )
        self.go_on.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._scroll = _Fitting()
        inside = self._scroll.body
        inside.setContentsMargins(Space.L, Space.S, Space.L, Space.XS)
        inside.addLayout(row(SectionLabel(theme, tr("Panel")), None, self.details))
        inside.addWidget(self.form)
        inside.addLayout(row(self.members_label, None, self.paste))
        inside.addWidget(self.card)
        inside.addSpacing(Space.S)
        inside.addWidget(SectionLabel(theme, tr("Klaar voor het gesprek?")))
        inside.addWidget(self.checklist)
        foot = row(self.go_on, None)
        foot.setContentsMargins(Space.L, Space.S, Space.L, Space.L)
        self.body.setContentsMargins(1, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self._scroll)
        self.body.addLayout(foot)
        self.body.addStretch(1)

    def show_people(self, people: Sequence[Panelist]) -> None:
        """Show the members in brief."""
        self.members_label.setText(tr("Panelleden ({n})", n=len(people)) if people else tr("Panelleden"))
        self.card.show_people(people)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.card.set_roomy(self.height() >= _ROOMY)
