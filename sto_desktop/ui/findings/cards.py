"""An insight or recommendation as a card: text, support, and when unfolded the notes behind it and its commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from sto_desktop.domain.vocabulary import Evidence, NoteKind
from sto_desktop.language import tr
from sto_desktop.ui.base.keys import entry
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import CARD_RADIUS, ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.notes_model import MIME
from sto_desktop.ui.widgets import (
    Button,
    Card,
    Chip,
    Hairline,
    IconButton,
    KeyHint,
    QuietButton,
    TextLabel,
    empty,
    kind_chip,
    paint_focus_ring,
    row,
)


@dataclass(frozen=True, slots=True)
class AttachedNote:
    """A note behind a card, or (`insight`) an insight; `people` is the line under its text."""

    note: str
    text: str
    people: str
    evidence: Evidence
    insight: bool = False


@dataclass(frozen=True, slots=True)
class CardContent:
    """What a card shows.

    `support` has its own colour; `detail` is the line under it; `number`: the digit key that attaches to the card.
    `on_insights`: it can rest on insights, as a conclusion and a recommendation do; `conclusion`: on insights only.
    """

    id: str
    text: str
    kind: NoteKind | None
    support: str
    support_role: ColourRole
    detail: str
    notes: tuple[AttachedNote, ...]
    number: int | None = None
    on_insights: bool = False
    conclusion: bool = False


INSIGHTS_MIME = "application/x-sto-insights"
"""Drag data of insights: one or more ids."""


def insights_as_mime(insights: Sequence[tuple[str, str]]) -> QMimeData:
    """Return insights (id, text) as drag data, with their texts for other programs."""
    data = QMimeData()
    data.setData(INSIGHTS_MIME, QByteArray("\n".join(insight_id for insight_id, _ in insights).encode()))
    data.setText("\n".join(text for _, text in insights))
    return data


class _NoteLine(QWidget):
    """One note behind a card; a click shows it in the list."""

    shown = Signal(str)
    removed = Signal(str)
    turned = Signal(str, object)

    def __init__(
        self, theme: Appearance, note: AttachedNote, *, turning: bool = True, parent: QWidget | None = None
    ) -> None:
        """`turning`: it can be changed between support and contradiction."""
        super().__init__(parent)
        against = note.evidence is Evidence.CONTRADICTS
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(Space.S)
        words = QVBoxLayout()
        words.setSpacing(0)
        label = TextLabel(theme, note.text, TextStyle.SECONDARY, ColourRole.INK, lines=3)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        words.addWidget(label)
        description = f"{tr('tegengeluid')} · {note.people}" if against and note.people else note.people
        description = description or (tr("tegengeluid") if against else "")
        if description:
            words.addWidget(
                TextLabel(
                    theme, description, TextStyle.SMALL, ColourRole.LATE if against else ColourRole.MUTED, lines=1
                )
            )
        layout.addLayout(words, 1)
        opposite = Evidence.SUPPORTS if against else Evidence.CONTRADICTS
        turn = tr("Maak er steun van") if against else tr("Maak er een tegengeluid van")
        if turning:
            icon = "plus" if against else "minus"
            layout.addWidget(
                IconButton(
                    theme, icon, turn, command="turn_evidence", on_click=lambda: self.turned.emit(note.note, opposite)
                ),
                0,
                Qt.AlignmentFlag.AlignTop,
            )
        lose = tr("Inzicht loskoppelen") if note.insight else tr("Notitie loskoppelen")
        layout.addWidget(
            IconButton(theme, "close", lose, command="detach", on_click=lambda: self.removed.emit(note.note)),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        self._note = note.note
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        plain.set_tip(self, tr("Toon dit inzicht") if note.insight else tr("Toon deze notitie in de lijst"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.shown.emit(self._note)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()


class EvidenceCard(Card):
    """A card to which notes can be attached: by key (K, T), by button, or by dropping them on it. The key A makes a
    recommendation that follows from it.

    `opened`: it was unfolded or folded; `attached` carries note ids (empty: those selected in the list) and an
    `Evidence`; `detached` a note; `edit_asked`, `delete_asked` come from F2 and Del or the buttons.
    """

    opened = Signal(str, bool)
    attached = Signal(str, object, object)
    detached = Signal(str, str)
    note_shown = Signal(str)
    edit_asked = Signal(str)
    delete_asked = Signal(str)
    recommendation_asked = Signal(str)

    def __init__(self, theme: Appearance, content: CardContent, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=Space.M)
        self._theme = theme
        self._content = content
        self._open = self._listed = False
        self._dropping = False
        self._pressed = QPoint()
        self.dragged_as: Callable[[], QMimeData] | None = None
        """Returns the drag data of the card; None: it cannot be dragged."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        # Makes Qt paint when the mouse enters or leaves.
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._text = TextLabel(theme, "", TextStyle.BODY)
        self._number = KeyHint(theme, "")
        head = row(self._text, spacing=Space.S)
        head.setStretch(0, 1)
        head.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        self.body.setSpacing(6)
        self.body.addLayout(head)
        self._chip = Chip(theme, kind_chip(NoteKind.REMARK))
        self._support = TextLabel(theme, "", TextStyle.SECONDARY)
        meta = row(self._chip, self._support, None, spacing=6)
        meta.setStretch(1, 1000)
        meta.setAlignment(self._chip, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(meta)
        self._detail = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self.body.addWidget(self._detail)
        self._more = QWidget()
        self._notes = QVBoxLayout()
        self._notes.setSpacing(0)
        self._fill_more()
        self.body.addWidget(self._more)
        self._more.hide()
        self.show_content(content)

    def _fill_more(self) -> None:
        theme = self._theme
        inside = QVBoxLayout(self._more)
        inside.setContentsMargins(0, Space.XS, 0, 0)
        inside.setSpacing(Space.XS)
        inside.addWidget(Hairline())
        inside.addLayout(self._notes)
        self._attach = QuietButton(
            theme,
            tr("Koppelen"),
            hint="K",
            command="attach_chosen",
            on_click=lambda: self._ask(Evidence.SUPPORTS),
        )
        self._against = QuietButton(
            theme,
            tr("Tegengeluid"),
            hint="T",
            command="contradict_chosen",
            on_click=lambda: self._ask(Evidence.CONTRADICTS),
        )
        edit = IconButton(
            theme,
            "edit",
            tr("Wijzigen"),
            hint="F2",
            command="edit_card",
            on_click=lambda: self.edit_asked.emit(self.id),
        )
        trash = IconButton(
            theme,
            "trash",
            tr("Verwijderen"),
            hint="Delete",
            command="delete_card",
            on_click=lambda: self.delete_asked.emit(self.id),
        )
        inside.addLayout(row(self._attach, self._against, None, edit, trash, spacing=0))

    @property
    def id(self) -> str:
        """Id of the insight or recommendation."""
        return self._content.id

    @property
    def content(self) -> CardContent:
        """The content shown."""
        return self._content

    @property
    def is_open(self) -> bool:
        """Whether the notes behind it are shown."""
        return self._open

    def show_content(self, content: CardContent) -> None:
        """Show this content."""
        # Unchanged lines stay, and so does the keyboard focus in them.
        if content.notes != self._content.notes:
            self._listed = False
        self._content = content
        self._text.setText(content.text)
        self.setAccessibleName(content.text)
        self.setAccessibleDescription(f"{content.support}, {content.detail}")
        self._number.setVisible(content.number is not None)
        self._number.set_text(str(content.number or ""))
        if content.number is not None:
            plain.set_tip(self._number, tr("{n} in de lijst: koppelen · Alt {n}: als tegengeluid", n=content.number))
        self._chip.setVisible(content.kind is not None)
        if content.kind is not None:
            self._chip.set_look(kind_chip(content.kind))
        self._support.setText(content.support)
        self._support.setVisible(bool(content.support))
        self._support.set_role(content.support_role)
        self._detail.setText(content.detail)
        self._detail.setVisible(bool(content.detail))
        self._list_notes()

    def _list_notes(self) -> None:
        """Build the lines of the notes when they are first shown."""
        if self._listed or not self._open:
            return
        self._listed = True
        notes = self._content.notes
        empty(self._notes)
        for note in notes:
            turning = not note.insight or self._content.conclusion
            line = _NoteLine(self._theme, note, turning=turning)
            line.shown.connect(self.note_shown)
            line.removed.connect(lambda note: self.detached.emit(self.id, note))
            line.turned.connect(lambda note, evidence: self.attached.emit(self.id, [note], evidence))
            self._notes.addWidget(line)
        if not notes:
            nothing = tr("Nog geen notities gekoppeld: kies ze in de lijst, of sleep ze hierheen.")
            if self._content.conclusion:
                nothing = tr("Nog geen inzichten gekoppeld: kies ze hieronder, of sleep ze hierheen.")
            self._notes.addWidget(TextLabel(self._theme, nothing, TextStyle.SECONDARY, ColourRole.MUTED))

    def set_choice(self, count: int) -> None:
        """Set the number of notes selected in the list; without any there is nothing to attach."""
        self._attach.setEnabled(count > 0)
        self._against.setEnabled(count > 0)

    def set_open(self, unfolded: bool) -> None:
        """Unfold or fold."""
        if unfolded != self._open:
            self._open = unfolded
            self._list_notes()
            self._more.setVisible(unfolded)
            self.set_selected(unfolded)
            self.opened.emit(self.id, unfolded)

    def _ask(self, evidence: Evidence) -> None:
        self.attached.emit(self.id, [], evidence)

    def does(self) -> Mapping[str, Callable[[], object]]:
        """Return what can be done with this card, by command."""
        made: dict[str, Callable[[], object]] = {
            "edit_card": partial(self.edit_asked.emit, self.id),
            "delete_card": partial(self.delete_asked.emit, self.id),
        }
        if self._attach.isEnabled():
            made["attach_chosen"] = partial(self._ask, Evidence.SUPPORTS)
            made["contradict_chosen"] = partial(self._ask, Evidence.CONTRADICTS)
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, letter = event.key(), event.text().upper()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        # With Ctrl or Alt it is a shortcut of the program.
        if not plain:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.set_open(not self._open)
        elif key == Qt.Key.Key_F2:
            self.edit_asked.emit(self.id)
        elif key == Qt.Key.Key_Delete:
            self.delete_asked.emit(self.id)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        elif letter == "K":
            self._ask(Evidence.SUPPORTS)
        elif letter == "T":
            self._ask(Evidence.CONTRADICTS)
        elif letter == "A" and self.dragged_as is not None:
            self.recommendation_asked.emit(self.id)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.set_open(not self._open)
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.edit_asked.emit(self.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entry(menu, "edit_card", partial(self.edit_asked.emit, self.id), tr("Wijzigen"))
        for command, text, evidence in (
            ("attach_chosen", tr("Gekozen notities koppelen"), Evidence.SUPPORTS),
            ("contradict_chosen", tr("Gekozen notities als tegengeluid"), Evidence.CONTRADICTS),
        ):
            entry(menu, command, partial(self._ask, evidence), text).setEnabled(self._attach.isEnabled())
        menu.addSeparator()
        entry(menu, "delete_card", partial(self.delete_asked.emit, self.id), tr("Verwijderen"))
        menu.popup(event.globalPos())

    def _dragged(self, data: QMimeData) -> list[str]:
        """Return the dragged ids that can be attached here."""
        # A conclusion rests on insights only.
        kinds = [] if self._content.conclusion else [MIME]
        if self._content.on_insights:
            kinds.append(INSIGHTS_MIME)
        dragged = next((bytes(data.data(kind).data()).decode() for kind in kinds if data.hasFormat(kind)), "")
        return [dragged_id for dragged_id in dragged.split("\n") if dragged_id and dragged_id != self.id]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self.dragged_as is not None and event.buttons() & Qt.MouseButton.LeftButton and far:
            drag = QDrag(self)
            drag.setMimeData(self.dragged_as())
            drag.exec(Qt.DropAction.CopyAction)
            self._pressed = QPoint(-9999, 0)
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dragged(event.mimeData()):
            self._dropping = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._dropping = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._dropping = False
        self.update()
        event.acceptProposedAction()
        self.attached.emit(self.id, self._dragged(event.mimeData()), Evidence.SUPPORTS)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color
        if self.hasFocus() or self._dropping:
            paint_focus_ring(painter, QRectF(self.rect()), color(ColourRole.PRIMARY), CARD_RADIUS - 1)
        elif self.underMouse():
            painter.setPen(color(ColourRole.CONTROL))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CARD_RADIUS, CARD_RADIUS)


class ChoiceCard(Card):
    """The dashed area for making something new from the selected notes."""

    insight_asked = Signal()
    recommendation_asked = Signal()
    more_asked = Signal(object)

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=Space.M, dashed=True)
        self.body.setSpacing(2)
        self._text = TextLabel(theme, "", TextStyle.BODY, ColourRole.MUTED)
        self.body.addWidget(self._text)
        insight = QuietButton(
            theme, tr("Nieuw inzicht"), hint="I", command="new_insight", on_click=self.insight_asked.emit
        )
        recommendation = QuietButton(
            theme,
            tr("Aanbeveling"),
            hint="A",
            command="new_recommendation",
            on_click=self.recommendation_asked.emit,
        )
        self._more: Button = IconButton(
            theme, "more", tr("Meer met de gekozen notities"), command="chosen_more", on_click=self._ask_more
        )
        buttons = row(insight, recommendation, None, self._more, spacing=0)
        self.body.addLayout(buttons)

    def _ask_more(self) -> None:
        self.more_asked.emit(self._more.below())

    def set_choice(self, text: str, count: int) -> None:
        """Show the number of selected notes."""
        self._text.setText(text)
        self._more.setEnabled(count > 0)
