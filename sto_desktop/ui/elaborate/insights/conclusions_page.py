"""Conclusies: per central question the conclusions over all themes, each with its supporting insights and voices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.domain.panel.content import InsightContent, PanelContent
from sto_desktop.domain.vocabulary import Aspect, Evidence
from sto_desktop.language import counted, tr
from sto_desktop.ui.elaborate.insights.recommending import new_recommendation
from sto_desktop.ui.fields.spelling import Spelling
from sto_desktop.ui.findings.cards import EvidenceCard, insights_as_mime
from sto_desktop.ui.findings.deck import Deck
from sto_desktop.ui.findings.drafts import DraftKeeper
from sto_desktop.ui.findings.insight_editor import InsightEditor, InsightHome, WrittenInsight
from sto_desktop.ui.findings.insights_panel import CardList
from sto_desktop.ui.findings.work import INSIGHT, Work
from sto_desktop.ui.look.roles import CARD_RADIUS, ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.material import Material
from sto_desktop.ui.widgets import (
    Card,
    Chip,
    Column,
    QuietButton,
    ScrollColumn,
    SectionLabel,
    TextLabel,
    kind_chip,
    paint_focus_ring,
    row,
)

LEAST_COLUMN = 240
LEAST_BESIDE = 330
"""Least width of a column, in px, at which both buttons fit side by side."""
DRAFT = "elaborate/conclusion"


class PickCard(Card):
    """An insight under a theme that a conclusion can rest on; space or a click selects it, letters are commands.

    `picked`: it was selected or deselected; `commanded` carries the letter or digit, and whether Alt was held.
    """

    picked = Signal()
    commanded = Signal(str, bool)

    def __init__(self, theme: Appearance, dragged: Callable[[str], list[tuple[str, str]]]) -> None:
        super().__init__(margin=Space.M)
        self._theme = theme
        self._dragged = dragged
        self._pressed = QPoint()
        self.id = ""
        self.on = False
        self.body.setSpacing(2)
        self._text = TextLabel(theme, "", TextStyle.BODY)
        self._support = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self.body.addWidget(self._text)
        self.body.addWidget(self._support)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_insight(self, insight: InsightContent, support: str, *, used: bool) -> None:
        """Show an insight; `used`: a conclusion already rests on it."""
        self.id = insight.id
        self._text.setText(insight.insight.text)
        self._text.set_role(ColourRole.MUTED if used else ColourRole.INK)
        self._support.setText(support)
        self.setAccessibleName(insight.insight.text)
        self._tell()

    def set_on(self, on: bool) -> None:
        """Select or deselect it."""
        if on != self.on:
            self.on = on
            self.set_selected(on)
            self._tell()
            self.picked.emit()

    def _tell(self) -> None:
        chosen = tr("gekozen") if self.on else tr("niet gekozen")
        self.setAccessibleDescription(f"{chosen}, {self._support.text()}")

    def does(self) -> Mapping[str, Callable[[], object]]:
        """Return what can be done with this card, by command."""
        return {"pick_insight": lambda: self.set_on(not self.on)}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, letter = event.key(), event.text().upper()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.commanded.emit(str(key - Qt.Key.Key_0), alt)
        elif alt or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.set_on(not self.on)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        elif letter in ("I", "A"):
            self.commanded.emit(letter, False)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if event.buttons() & Qt.MouseButton.LeftButton and far:
            drag = QDrag(self)
            drag.setMimeData(insights_as_mime(self._dragged(self.id)))
            # Marks the press as a drag, so that its release does not select the card.
            self._pressed = QPoint(-9999, 0)
            drag.exec(Qt.DropAction.CopyAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._pressed.x() >= 0:
            self.set_on(not self.on)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(self.rect()), self._theme.color(ColourRole.PRIMARY), CARD_RADIUS - 1)
        elif self.underMouse():
            painter.setPen(self._theme.color(ColourRole.CONTROL))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CARD_RADIUS, CARD_RADIUS)


class AspectColumn(Column):
    """One central question: its conclusions, and below them the theme insights with that aspect."""

    new_asked = Signal()
    recommendation_asked = Signal()
    attach_asked = Signal(str, object)
    """The conclusion (id), and the evidence that the selected insights are for it."""

    def __init__(self, theme: Appearance, aspect: Aspect, wire: Callable[[EvidenceCard, str], None]) -> None:
        super().__init__()
        self._theme = theme
        self.aspect = aspect
        self.picks: dict[str, PickCard] = {}
        self.body.setContentsMargins(0, Space.M, 0, 0)
        head = QVBoxLayout()
        head.setContentsMargins(Space.M, 0, Space.M, Space.XS)
        head.setSpacing(6)
        head.addLayout(row(Chip(theme, kind_chip(aspect.kind)), None))
        head.addWidget(TextLabel(theme, tr(aspect.meaning.question), TextStyle.BODY_STRONG))
        self.body.addLayout(head)
        self.scrolling = ScrollColumn()
        inside = self.scrolling.body
        inside.setContentsMargins(Space.M, 0, Space.M, Space.M)
        self.cards = CardList(theme, INSIGHT, wire)
        self.cards.heading.hide()
        inside.addLayout(self.cards)
        self.place_for_editor = QVBoxLayout()
        inside.addLayout(self.place_for_editor)
        self.choice = Card(margin=Space.S, dashed=True)
        self.choice.body.setSpacing(2)
        self._progress = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self.new_button = QuietButton(
            theme, tr("Nieuwe conclusie"), hint="I", command="new_conclusion", on_click=self.new_asked.emit
        )
        self.recommend = QuietButton(
            theme,
            tr("Aanbeveling"),
            hint="A",
            command="conclusion_recommendation",
            on_click=self.recommendation_asked.emit,
        )
        self.choice.body.addWidget(self._progress)
        self._buttons = row(self.new_button, self.recommend, None, spacing=0)
        self.choice.body.addLayout(self._buttons)
        inside.addWidget(self.choice)
        inside.addSpacing(Space.XS)
        self._heading = SectionLabel(theme, "")
        inside.addWidget(self._heading)
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.S)
        inside.addLayout(self._list)
        inside.addStretch(1)
        self.body.addWidget(self.scrolling, 1)
        self.setMinimumWidth(LEAST_COLUMN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= LEAST_BESIDE
        self._buttons.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def chosen(self) -> list[str]:
        """Return the ids of the selected insights, in order."""
        return [card.id for card in self.picks.values() if card.on]

    def let_go(self) -> None:
        """Clear the selection."""
        for card in self.picks.values():
            card.set_on(False)

    def show_deck(self, deck: Deck) -> None:
        """Show the current conclusions and insights."""
        conclusions = deck.conclusions(self.aspect)
        self.cards.show_cards("", conclusions)
        used = {line.note for card in conclusions for line in card.notes}
        insights = deck.under_themes(self.aspect)
        wanted = {insight.id for insight, _ in insights}
        for removed in [key for key in self.picks if key not in wanted]:
            leaving = self.picks.pop(removed)
            self._list.removeWidget(leaving)
            leaving.hide()
            leaving.deleteLater()
        for at, (insight, theme) in enumerate(insights):
            card = self.picks.get(insight.id) or self._make(insight.id)
            support = " · ".join(part for part in (theme, deck.support_of(insight)[0]) if part)
            card.show_insight(insight, support, used=insight.id in used)
            if self._list.indexOf(card) != at:
                self._list.removeWidget(card)
                self._list.insertWidget(at, card)
                # A widget takes keyboard focus only once it is visible.
                card.show()
        self.picks = {insight.id: self.picks[insight.id] for insight, _ in insights}
        self._heading.setText(tr("Inzichten bij de thema's ({n})", n=len(insights)))
        self._show_choice()

    def _make(self, insight: str) -> PickCard:
        card = PickCard(self._theme, self._dragged)
        card.picked.connect(self._show_choice)
        card.commanded.connect(self._command)
        self.picks[insight] = card
        return card

    def _dragged(self, insight: str) -> list[tuple[str, str]]:
        ids = self.chosen() if insight in self.chosen() else [insight]
        return [(insight_id, self.picks[insight_id].accessibleName()) for insight_id in ids]

    def _show_choice(self) -> None:
        count = len(self.chosen())
        if count:
            message = counted(count, "{n} inzicht gekozen.", "{n} inzichten gekozen.")
        elif self.picks:
            message = tr("Kies hieronder inzichten, met een klik of de spatiebalk, en zeg wat ze samen betekenen.")
        else:
            message = tr("Nog geen inzichten bij de thema's. Schrijf ze bij de notities, in Lijst of Bord.")
        self._progress.setText(message)
        self.recommend.setEnabled(count > 0)
        for card in self.cards.cards.values():
            card.set_choice(count)

    def _command(self, letter: str, alt: bool) -> None:
        sender = self.sender()
        if isinstance(sender, PickCard) and not self.chosen():
            # Without a selection the command applies to this card.
            sender.set_on(True)
        if letter == "I":
            self.new_asked.emit()
        elif letter == "A":
            self.recommendation_asked.emit()
        else:
            numbered = (card.id for card in self.cards.cards.values() if card.content.number == int(letter))
            conclusion = next(numbered, None)
            if conclusion is not None:
                self.attach_asked.emit(conclusion, Evidence.CONTRADICTS if alt else Evidence.SUPPORTS)


class ConclusionsPage(QWidget):
    """The page; `insight_shown` carries a supporting insight (id) to be shown with its notes."""

    insight_shown = Signal(str)

    def __init__(self, theme: Appearance, work: Work, material: Material) -> None:
        super().__init__()
        self._theme = theme
        self._work = work
        self._material = material
        self._deck: Deck | None = None
        self._editor: InsightEditor | None = None
        self.spelling: Spelling | None = None
        self._resting: list[str] = []
        self._hidden: EvidenceCard | None = None
        self._drafts = DraftKeeper(work, self, DRAFT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        layout.setSpacing(Space.M)
        self.columns: dict[Aspect, AspectColumn] = {}
        for aspect in Aspect:
            column = AspectColumn(theme, aspect, self._wire)
            column.new_asked.connect(partial(self.new, column))
            column.recommendation_asked.connect(partial(self._recommend, column))
            column.attach_asked.connect(lambda card, evidence, column=column: self._attach(column, card, [], evidence))
            self.columns[aspect] = column
            layout.addWidget(column, 1)

    def _wire(self, card: EvidenceCard, _table: str) -> None:
        card.attached.connect(lambda row, ids, evidence: self._attach(self._column_of(row), row, ids, evidence))
        card.detached.connect(partial(self._work.detach, INSIGHT))
        card.edit_asked.connect(self.edit)
        card.delete_asked.connect(self._delete)
        card.note_shown.connect(self.insight_shown)
        card.dragged_as = lambda: insights_as_mime([(card.id, card.content.text)])
        card.recommendation_asked.connect(lambda row: self._recommend_on([row]))

    def _column_of(self, insight: str) -> AspectColumn:
        return next(column for column in self.columns.values() if insight in column.cards.cards)

    # Showing

    def show_content(self, content: PanelContent) -> None:
        """Show this content of the panel."""
        voices = self._material.voices
        if voices is None:
            return
        self._deck = Deck(content, self._material.by_id, voices)
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        if self._deck is not None:
            for column in self.columns.values():
                column.show_deck(self._deck)

    def take_keyboard(self) -> None:
        """Focus the first insight, and reopen a draft left by a crash."""
        self._show()
        picks = [card for column in self.columns.values() for card in column.picks.values()]
        (picks[0] if picks else self.columns[Aspect.YIELD].new_button).setFocus()
        content = self._material.content
        draft = self._drafts.left(content.panel.id) if content else None
        if draft is not None and self._editor is None:
            self._resting = [str(insight) for insight in draft.get("insights", ())]
            column = self.columns[Aspect(draft.get("aspect", Aspect.YIELD))]
            card = column.cards.cards.get(str(draft.get("row", "")))
            self._write(column, card, str(draft.get("text", "")))

    def finish(self) -> None:
        """Save the text being written and stop keeping drafts."""
        if self._editor is not None:
            self._editor.finish()
        self._drafts.stop()

    # Writing

    @property
    def editor(self) -> InsightEditor | None:
        """The open editor, if any."""
        return self._editor

    def new(self, column: AspectColumn) -> None:
        """Write a new conclusion on the selected insights."""
        self.finish()
        self._resting = column.chosen()
        self._write(column, None, "")

    def edit(self, insight: str) -> None:
        """Edit a conclusion in place."""
        self.finish()
        column = self._column_of(insight)
        card = column.cards.cards[insight]
        self._write(column, card, card.content.text)

    def _write(self, column: AspectColumn, card: EvidenceCard | None, text: str) -> None:
        place = InsightHome(tr("Het hele gesprek"))
        before = WrittenInsight(card.content.text if card else "", place, column.aspect)
        editor = InsightEditor(self._theme, [place], before, text=text, seen=self._work.seq)
        editor.text.check_spelling(self.spelling, self._theme)
        editor.text.setAccessibleName(tr("Conclusie"))
        editor.text.setPlaceholderText(tr("Wat zeggen deze inzichten samen?"))
        for field in (editor.place, editor.aspect):
            # A conclusion always covers the whole conversation and this column's question.
            field.hide()
        self._editor = editor
        column.choice.hide()
        if card is not None:
            column.cards.put_in_place(card, editor)
        else:
            column.place_for_editor.addWidget(editor)
        row_id = card.id if card else ""
        editor.typed.connect(partial(self._typed, column, row_id))
        editor.finished.connect(partial(self._written, column, card, editor))
        editor.show()
        editor.start()
        QTimer.singleShot(0, editor, lambda: column.scrolling.ensureWidgetVisible(editor, 0, Space.S))

    def _typed(self, column: AspectColumn, row_id: str, text: str) -> None:
        content = self._material.content
        if content is not None:
            self._drafts.typed(
                content.panel.id, row=row_id, text=text, aspect=column.aspect.value, insights=self._resting
            )

    def _written(
        self, column: AspectColumn, card: EvidenceCard | None, editor: InsightEditor, written: WrittenInsight | None
    ) -> None:
        self._editor = None
        within = editor.isAncestorOf(QApplication.focusWidget() or self)
        editor.hide()
        editor.deleteLater()
        if card is not None:
            card.show()
        column.choice.show()
        kept = card.id if card else None
        done = True
        if written is not None and kept:
            done = self._work.change_insight(kept, written, editor.seen)
        elif written is not None:
            kept = self._work.add_insight(written, (), self._resting)
            done = kept is not None
        self._drafts.forget()
        if written is not None and not done:
            # Saving failed: reopen the editor with the text, once this one has closed.
            QTimer.singleShot(0, self, lambda: self._write(column, card, written.text))
            return
        column.let_go()
        goes_on = column.cards.cards.get(kept or "") or column.new_button
        if within:
            # A card that was just added takes keyboard focus only once it is visible.
            goes_on.show()
            goes_on.setFocus()

    # Actions on conclusions

    def _attach(self, column: AspectColumn, row_id: str, ids: list[str], evidence: Evidence) -> None:
        # A button or key names no insights: it means the selected ones.
        chosen = ids or column.chosen()
        if chosen:
            self._work.attach(INSIGHT, row_id, chosen, evidence)
            column.let_go()

    def _delete(self, insight: str) -> None:
        column = self._column_of(insight)
        self._work.delete(INSIGHT, insight)
        column.new_button.setFocus()

    def _recommend(self, column: AspectColumn) -> None:
        self._recommend_on(column.chosen())
        column.let_go()

    def _recommend_on(self, insights: list[str]) -> None:
        content = self._material.content
        if content is not None and insights:
            new_recommendation(self, self._theme, self._work, content, insights=insights, spelling=self.spelling)
