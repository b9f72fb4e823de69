"""The editor of an insight, shown in its place: its text, the question or theme it belongs to, and its aspect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QSizePolicy

from sto_desktop.domain.vocabulary import Aspect
from sto_desktop.language import tr
from sto_desktop.ui.fields.spelling import SpelledEdit
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Card, KeyHint, TextLabel, row


@dataclass(frozen=True, slots=True)
class InsightHome:
    """Where an insight belongs: a question, a theme, or (neither) the whole panel.

    `aspect` is that of the question; None: the writer may choose.
    """

    label: str
    question: str | None = None
    theme: str | None = None
    aspect: Aspect | None = None


@dataclass(frozen=True, slots=True)
class WrittenInsight:
    """The text of an insight, and where it belongs."""

    text: str
    place: InsightHome
    aspect: Aspect | None


class InsightEditor(Card):
    """Saves on Enter, Ctrl+Enter and focus loss; Esc leaves and saves too.

    `finished` carries a `WrittenInsight`, or None if there is no text or no change; `typed` comes while typing.
    """

    finished = Signal(object)
    typed = Signal(str)

    kept_when_left = True

    def __init__(
        self,
        theme: Appearance,
        places: Sequence[InsightHome],
        before: WrittenInsight,
        *,
        text: str = "",
        seen: int,
    ) -> None:
        """`before` is the stored insight, `text` the field's initial text, `seen` the dossier's sequence number."""
        super().__init__(margin=Space.M)
        self.seen = seen
        self._before = before
        place = before.place
        self._done = self.had_keyboard = False
        """`had_keyboard`: it had the focus when it was finished."""
        self.set_selected(True)
        self.text = SpelledEdit(text, name=tr("Inzicht"), placeholder=tr("Wat zeggen deze notities samen?"))
        self.text.setFixedHeight(92)
        self.body.addWidget(self.text)
        self._places = list(places)
        # A place that the guide does not offer any more stays selectable.
        if place not in self._places:
            self._places.insert(0, place)
        self.place = QComboBox()
        self.place.setAccessibleName(tr("Hoort bij"))
        self.place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for candidate in self._places:
            self.place.addItem(candidate.label)
        self.place.setCurrentIndex(self._places.index(place))
        self.body.addWidget(self.place)
        self.aspect = QComboBox()
        self.aspect.setAccessibleName(tr("Aspect"))
        self.aspect.addItem(tr("geen aspect"), None)
        for one_aspect in Aspect:
            self.aspect.addItem(tr(one_aspect.word), one_aspect)
        self.aspect.setCurrentIndex(max(0, self.aspect.findData(before.aspect)))
        self.body.addWidget(self.aspect)
        words = tr("bewaart; Esc gooit niets weg")
        explanation = TextLabel(theme, words, TextStyle.SECONDARY, ColourRole.MUTED, lines=1)
        self.body.addLayout(row(KeyHint(theme, "Enter"), explanation, None, spacing=6))
        self.place.currentIndexChanged.connect(self._show_aspect)
        self._typed = text
        self.text.textChanged.connect(self._tell_typed)
        for field in (self.text, self.place, self.aspect):
            field.installEventFilter(self)
        self._show_aspect()

    def start(self) -> None:
        """Focus the text, with the cursor at its end."""
        self.text.setFocus()
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)

    def _tell_typed(self) -> None:
        # Qt also reports changes of format, such as spelling marks after the word list was loaded, even after
        # finishing.
        text = self.text.toPlainText()
        if not self._done and text != self._typed:
            self._typed = text
            self.typed.emit(text)

    def finish(self) -> None:
        """Emit what was written, once."""
        if self._done:
            return
        self._done = True
        self.had_keyboard = self.isAncestorOf(QApplication.focusWidget() or self)
        text = self.text.toPlainText().strip()
        place = self._places[self.place.currentIndex()]
        chosen = self.aspect.currentData()
        # Under a question with an aspect, an insight inherits that aspect, but keeps an aspect of its own from before.
        aspect = Aspect(chosen) if chosen and place.aspect is None else None
        if place == self._before.place and place.aspect is not None:
            aspect = self._before.aspect
        written = WrittenInsight(text, place, aspect)
        self.finished.emit(None if written == self._before or not text else written)

    def _show_aspect(self) -> None:
        self.aspect.setVisible(self._places[self.place.currentIndex()].aspect is None)

    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if event.key() == Qt.Key.Key_Escape or (enter and not shift):
                self.finish()
                return True
        # A menu or another window does not end the editing.
        away = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent) and event.reason() not in away:
            # Only after this event is it known which widget has the focus.
            QTimer.singleShot(0, self, self._finish_when_left)
        return super().eventFilter(field, event)

    def _finish_when_left(self) -> None:
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self.finish()
