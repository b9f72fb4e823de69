"""The dialog of the table: seats, late arrivals and early departures, and the printed seating plan."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.dutch import clock
from sto_desktop.domain.live.state import LiveState, Seat
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import Presence
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.language import tr
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.conversation.table.seating_plan import AskPaper, ask_printer, print_plan
from sto_desktop.ui.conversation.time.top import subtitle
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import (
    Button,
    Dialog,
    IconButton,
    PrimaryButton,
    ScrollColumn,
    Segmented,
    TextLabel,
    column,
)

WIDTH, HEIGHT = 720, 760


class MemberRow(QWidget):
    """A member: seat, name, presence, and buttons that move them."""

    presence_chosen = Signal(str, object)

    def __init__(
        self, theme: Appearance, seat: Seat, move: Callable[[str, int], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        panelist, name = seat.member.id, seat.name
        self.panelist = panelist
        self.seat = TextLabel(theme, "", TextStyle.BODY_STRONG, ColourRole.MUTED, lines=1, tabular=True)
        self.seat.setFixedWidth(28)
        self._name = TextLabel(theme, "", TextStyle.BODY_STRONG, lines=1)
        self._about = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED, lines=1)
        options = (
            (Presence.HERE, tr("Is er")),
            (Presence.ABSENT, tr("Niet hier")),
            (Presence.GONE, tr("Vertrokken")),
        )
        self.presence = Segmented(theme, options, name=tr("Aanwezigheid van {name}", name=name), value=seat.presence)
        self.presence.setFixedWidth(280)
        self.presence.selected.connect(partial(self.presence_chosen.emit, panelist))
        self.up = IconButton(theme, "chevron-up", tr("{name} een plaats eerder", name=name))
        self.down = IconButton(theme, "chevron-down", tr("{name} een plaats later", name=name))
        self.up.clicked.connect(partial(move, panelist, -1))
        self.down.clicked.connect(partial(move, panelist, +1))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, Space.XS, 0, Space.XS)
        across.setSpacing(Space.S)
        across.addWidget(self.seat)
        across.addLayout(column(self._name, self._about, spacing=0), 1)
        across.addWidget(self.presence)
        across.addWidget(self.up)
        across.addWidget(self.down)
        self.show_seat(seat)

    @property
    def about(self) -> str:
        """The line under the name: sector, and since or until when they were present."""
        return self._about.text()

    def show_seat(self, seat: Seat) -> None:
        """Show the current state of a member."""
        member = seat.member
        self.seat.setText("–" if member.seat is None else str(member.seat))
        self._name.setText(seat.name)
        times = []
        if member.arrived_at is not None:
            times.append(tr("sinds {time}", time=clock(member.arrived_at)))
        if member.left_at is not None:
            times.append(tr("tot {time}", time=clock(member.left_at)))
        self._about.setText(" · ".join(part for part in (member.sector, " ".join(times)) if part))
        self.presence.set_value(seat.presence)


class TableDialog(Dialog):
    """The members by seat. `presence_chosen` and `swapped` as in the ring."""

    presence_chosen = Signal(str, object)
    swapped = Signal(str, str)
    printed = Signal()

    def __init__(
        self, theme: Appearance, live: LiveConversation, parent: QWidget | None = None, *, ask: AskPaper = ask_printer
    ) -> None:
        super().__init__(theme, tr("Aan tafel"), parent=parent)
        self.as_sheet()
        self._live = live
        self.ask_paper = ask
        self.rows: list[MemberRow] = []
        self.resize(WIDTH, min(HEIGHT, parent.height() - 40) if parent is not None else HEIGHT)
        about = tr(
            "Zet de namen in de volgorde waarin ze zitten, met de klok mee. Het nummer is hun toets: Alt met 1 tot 0."
        )
        if len(self._taking()) < len(live.rows.panelists):
            about += tr(" Wie niet meedoet (deelname: nee), staat niet op het zitplan.")
        self._list = ScrollColumn()
        self._list.body.setSpacing(0)
        self.plan_button = Button(theme, tr("Zitplan afdrukken…"), icon="print", on_click=self.print_plan)
        self.ready_button = PrimaryButton(theme, tr("Klaar"), on_click=self.accept)
        self.about = TextLabel(theme, about, TextStyle.BODY, ColourRole.MUTED)
        self.body.addWidget(self.about)
        self.body.addWidget(self._list, 1)
        self.add_buttons(self.ready_button, close="", beside=[self.plan_button])
        live.updated.connect(self._show)
        self._show(live.state())
        if self.rows:
            self.rows[0].presence.setFocus()

    def _show(self, state: LiveState) -> None:
        # Members without a seat come last.
        seats = sorted(state.seats, key=lambda seat: (seat.member.seat is None, seat.member.seat or 0))
        if {member_row.panelist for member_row in self.rows} != {seat.member.id for seat in seats}:
            for member_row in self.rows:
                self._list.body.removeWidget(member_row)
                member_row.hide()
                member_row.deleteLater()
            self.rows = [MemberRow(self._theme, seat, self._move) for seat in seats]
            for member_row in self.rows:
                member_row.presence_chosen.connect(self.presence_chosen)
                self._list.body.addWidget(member_row)
            self._list.body.addStretch(1)
        rows_by_member = {member_row.panelist: member_row for member_row in self.rows}
        ordered = [rows_by_member[seat.member.id] for seat in seats]
        if ordered != self.rows:
            # Reorder the existing widgets, so that the button in use keeps the focus.
            for place, member_row in enumerate(ordered):
                self._list.body.insertWidget(place, member_row)
            self.rows = ordered
        for member_row, seat in zip(self.rows, seats, strict=True):
            member_row.show_seat(seat)

    def _move(self, panelist: str, direction: int) -> None:
        order = [member_row.panelist for member_row in self.rows]
        place = order.index(panelist) + direction
        if 0 <= place < len(order):
            self.swapped.emit(panelist, order[place])

    def _taking(self) -> list[Panelist]:
        return [member for member in self._live.rows.panelists if takes_part(member)]

    def print_plan(self) -> None:
        """Print the seating plan."""
        device = self.ask_paper(self)
        if device is not None:
            panel = self._live.rows.panel
            about = subtitle(panel.date, panel.place)
            if print_plan(device, tr("Zitplan {panel}", panel=title_for(panel)), about, self._taking()):
                self.printed.emit()
