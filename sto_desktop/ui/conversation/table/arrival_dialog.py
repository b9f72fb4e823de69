"""The dialog of Binnenkomst: a row for each expected member, and a field to add guests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from sto_desktop.domain.live.state import LiveState, Phase
from sto_desktop.domain.people import Presence, name_index, presence_of, squeeze
from sto_desktop.language import counted, tr, tr_later
from sto_desktop.ui.base.undo import UndoGuide
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.conversation.table.arrival_table import ArrivalColumn, ArrivalModel, ArrivalTable, lacks_form
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import (
    ENTER,
    Button,
    Dialog,
    LineEdit,
    PrimaryButton,
    QuietButton,
    TextLabel,
    expanding,
    row,
)

WIDTH, HEIGHT = 780, 720
LOW = 480
"""Below this window height, in px, the explanation is hidden to make room for the list."""
NOBODY = tr_later("Nog niemand binnen")


class ArrivalDialog(Dialog):
    """The dialog. `presence_chosen` and `changed` carry a member and the values to save, `guest_named` the name of an
    unexpected guest. `nobody_asked`: nobody has arrived yet. `written_asked`: somebody who can't come sent something
    in; the dialog closes.
    """

    presence_chosen = Signal(str, object)
    changed = Signal(str, object)
    guest_named = Signal(str)
    nobody_asked = Signal()
    written_asked = Signal()

    def __init__(
        self, theme: Appearance, live: LiveConversation, panelist: str = "", parent: QWidget | None = None
    ) -> None:
        """`panelist`: the member to start at."""
        super().__init__(theme, tr("Binnenkomst"), parent=parent)
        self.as_sheet()
        self._live = live
        self._added = False
        self._told = ""
        self.resize(
            min(WIDTH, parent.width() - 24) if parent is not None else WIDTH,
            min(HEIGHT, parent.height() - 24) if parent is not None else HEIGHT,
        )
        self.count = TextLabel(theme, "", TextStyle.LARGE_STRONG, lines=1)
        self.missing = TextLabel(theme, "", TextStyle.LARGE, ColourRole.LATE, lines=1)
        self.how = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self._low = parent is not None and parent.height() < LOW
        self.table = ArrivalTable(theme, ArrivalModel(self._come, self._change, self))
        self.table.arrivals.begin = live.rows.panel.start
        self.table.arrivals.refused.connect(self._tell_no_time)
        self.guest = LineEdit(
            name=tr("Iemand die niet op de lijst staat"),
            placeholder=tr("Nog iemand? Typ de naam; Enter zet die erbij"),
        )
        self.nobody = Button(theme, tr(NOBODY), on_click=self.nobody_asked.emit)
        self.written = QuietButton(theme, tr("Schriftelijke inbreng…"), on_click=self._ask_written)
        self.ready = PrimaryButton(theme, tr("Klaar"), hint="Ctrl Enter", on_click=self.accept)
        self.body.setSpacing(Space.S)
        self.body.addLayout(row(self.count, Space.M, expanding(self.missing)))
        self.body.addWidget(self.how)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.guest)
        self.add_buttons(self.ready, close="", beside=[self.nobody, self.written])
        UndoGuide(self, live.session.undo, live.session.redo).bind()
        live.updated.connect(self._show)
        self._show(live.state())
        self.table.go_to(panelist)

    def _show(self, state: LiveState) -> None:
        people = [seat.member for seat in state.seats]
        listed_before = {member.id for member in self.table.arrivals.people}
        self.table.arrivals.show(people)
        new = next((member.id for member in people if member.id not in listed_before), None)
        if self._added and new is not None:
            self._added = False
            self.table.go_to(new, ArrivalColumn.FORM)
        present = sum(presence_of(member) is Presence.HERE for member in people)
        without = sum(map(lacks_form, people))
        self.count.setText(tr("{here} van {all} er", here=present, all=len(people)))
        self.missing.setText(
            counted(without, "{n} zit er zonder formulier.", "{n} zitten er zonder formulier.") if without else ""
        )
        # After the start, leaving is recorded with its time.
        early = state.phase is Phase.NOT_BEGUN
        self.nobody.setVisible(early and present > 0)
        self._explain(untouched=early and present == len(people) == without > 0)

    def _explain(self, *, untouched: bool) -> None:
        """Explain how it works: at first everybody counts as present, because nobody has said otherwise."""
        if self._told:
            self.how.setText(self._told)
        elif untouched:
            self.how.setText(
                tr("Iedereen staat nog op aanwezig. Kies «{nobody}» en vink aan wie er binnenkomt.", nobody=tr(NOBODY))
            )
        else:
            self.how.setText(
                tr("Pijltjes lopen door de lijst, de spatiebalk vinkt aan en antwoordt. Alles is meteen bewaard.")
            )
        self.how.set_role(ColourRole.LATE if self._told else ColourRole.MUTED)
        self.how.setVisible(untouched or bool(self._told) or not self._low)

    def _tell(self, text: str) -> None:
        """Say something in place of the explanation, until something is done."""
        self._told = text
        self._show(self._live.state())

    def _tell_no_time(self, text: str) -> None:
        self._tell(tr("«{text}» is geen tijd. Schrijf hem als 16:30, of «half vijf».", text=text))

    def _come(self, panelist: str, presence: Presence) -> None:
        self._told = ""
        self.presence_chosen.emit(panelist, presence)

    def _change(self, panelist: str, values: Mapping[str, Any]) -> None:
        self._told = ""
        self.changed.emit(panelist, dict(values))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in ENTER and not control and self.guest.hasFocus():
            self._add_guest()
        else:
            super().keyPressEvent(event)

    def _ask_written(self) -> None:
        self.accept()
        self.written_asked.emit()

    def _add_guest(self) -> None:
        name = " ".join(self.guest.text().split())
        self.guest.clear()
        people, wanted = self.table.arrivals.people, squeeze(name)
        half = name_index(people).find(name) if name else ()
        listed = next((member for member in people if wanted and squeeze(member.name) == wanted), None)
        if listed is not None:
            # Typed at the door by who did not see the name in the list: nobody comes twice.
            self.table.go_to(listed.id)
        elif len(half) == 1:
            self.table.go_to(half[0].id)
            self._tell(tr("{name} staat op de lijst. Is het een ander? Typ dan de hele naam.", name=half[0].name))
        elif name:
            self._told = ""
            self._added = True
            self.guest_named.emit(name)
