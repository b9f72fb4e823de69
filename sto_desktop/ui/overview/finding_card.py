"""An insight of one panel as a card among those of others: select, drag, and unfold the notes it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.domain.panel.overview import Finding
from sto_desktop.domain.vocabulary import Evidence
from sto_desktop.language import counted, tr
from sto_desktop.report.overview.overview_context import where
from sto_desktop.ui.base.keys import press
from sto_desktop.ui.findings.picking import PickCard
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.wording import support_words
from sto_desktop.ui.widgets import ClickCard, IconButton, QuietButton, TextLabel, row


@dataclass(frozen=True, slots=True)
class BehindNote:
    """A note behind an insight: its text, its speakers, and whether it supports or contradicts."""

    note: str
    text: str
    people: str
    evidence: Evidence


class _NoteCard(ClickCard):
    """A note behind an insight; click or Enter opens it, the link button attaches it to the insight over panels."""

    attach_asked = Signal()

    def __init__(self, theme: Appearance, note: BehindNote, *, attachable: bool) -> None:
        super().__init__(theme, note.text, margin=Space.S)
        self.body.setSpacing(2)
        words = TextLabel(theme, note.text, TextStyle.SECONDARY, lines=4)
        head = row(words, spacing=Space.XS)
        head.setStretch(0, 1)
        if attachable:
            link = IconButton(
                theme,
                "link",
                tr("Ook deze notitie koppelen"),
                command="attach_overall",
                on_click=self.attach_asked.emit,
            )
            head.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        against = note.evidence is Evidence.CONTRADICTS
        details = " · ".join(part for part in (tr("tegengeluid") if against else "", note.people) if part)
        if details:
            self.body.addWidget(
                TextLabel(theme, details, TextStyle.SMALL, ColourRole.LATE if against else ColourRole.MUTED, lines=1)
            )
        plain.set_tip(self, tr("Naar deze notitie in Uitwerken"))


class FindingCard(PickCard):
    """The card of one insight.

    `note_asked` carries the panel and the note to open (empty: the insight itself); `note_attach_asked` a note;
    `stepped`: go to the next or previous card; `left`: return to the matrix.
    """

    note_asked = Signal(str, str)
    note_attach_asked = Signal(str)
    stepped = Signal(int)
    left = Signal()
    unfolded = Signal()

    def __init__(
        self,
        theme: Appearance,
        dragged: Callable[[str], list[tuple[str, str]]],
        notes: Callable[[Finding], Sequence[BehindNote]],
    ) -> None:
        super().__init__(theme, dragged)
        self._notes_of = notes
        self._finding: Finding | None = None
        self.is_open = self._attachable = False
        self._where = TextLabel(theme, "", TextStyle.SECONDARY_STRONG, lines=1)
        self.body.insertWidget(0, self._where)
        self.fold = QuietButton(theme, "", command="finding_notes", on_click=lambda: self.set_open(not self.is_open))
        self.go = QuietButton(theme, tr("Naar Uitwerken"), command="finding_to_notes", on_click=lambda: self._ask(""))
        self.body.addLayout(row(self.fold, self.go, None, spacing=0))
        self._more = QWidget()
        self._list = QVBoxLayout(self._more)
        self._list.setContentsMargins(0, Space.XS, 0, 0)
        self._list.setSpacing(Space.XS)
        self.notes: list[_NoteCard] = []
        self.body.addWidget(self._more)
        self._more.hide()

    @property
    def finding(self) -> Finding:
        """The insight shown."""
        assert self._finding is not None
        return self._finding

    def show_finding(self, finding: Finding, *, used: bool, present: int, attachable: bool, also: str = "") -> None:
        """Show an insight; `used`: one over panels rests on it; `attachable`: its notes can be attached to one."""
        support, _ = support_words(finding.backing, present)
        self.show_insight(finding.insight, " · ".join(part for part in (also, support) if part), used=used)
        self._where.setText(where(finding.panel))
        count = len(finding.insight.supports) + len(finding.insight.contradicts)
        self.fold.setText(counted(count, "{n} notitie", "{n} notities"))
        self.fold.setVisible(count > 0)
        self.setAccessibleName(f"{where(finding.panel)}: {finding.text}")
        # Rebuild the unfolded notes only for another content, since the focus may be on one of them.
        changed = self._finding != finding or self._attachable != attachable
        self._finding, self._attachable = finding, attachable
        if changed and self.is_open:
            self._list_notes()

    def set_open(self, unfolded: bool) -> None:
        """Unfold or fold the notes behind it."""
        if unfolded == self.is_open:
            return
        self.is_open = unfolded
        if unfolded:
            self._list_notes()
        self._more.setVisible(unfolded)
        self.unfolded.emit()

    def _list_notes(self) -> None:
        for card in self.notes:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.notes = [self._note_card(note) for note in self._notes_of(self.finding)]

    def _note_card(self, note: BehindNote) -> _NoteCard:
        card = _NoteCard(self._theme, note, attachable=self._attachable)
        card.clicked.connect(partial(self._ask, note.note))
        card.attach_asked.connect(partial(self.note_attach_asked.emit, note.note))
        self._list.addWidget(card)
        card.show()
        return card

    def _ask(self, note: str) -> None:
        self.note_asked.emit(self.finding.panel.id, note)

    def does(self) -> Mapping[str, Callable[[], object]]:
        """Return what can be done with this card, by command."""
        return {
            "pick_finding": partial(press, self, "pick_finding"),
            "finding_notes": lambda: self.set_open(not self.is_open),
            "finding_back": self.left.emit,
            "attach_overall": partial(press, self, "attach_overall"),
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.set_open(not self.is_open)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
