"""Terugblik: five short questions for moderator and note taker, side by side, each saved when its field loses focus."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from sto_desktop.domain.model import Debrief
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.vocabulary import DebriefAuthor
from sto_desktop.language import tr, tr_later
from sto_desktop.ui.base.undo import forget_typing
from sto_desktop.ui.fields.spelling import SpelledEdit, Spelling
from sto_desktop.ui.findings.work import Work
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Card, CheckBox, FormField, ScrollColumn, TextLabel, row

QUESTIONS: tuple[tuple[str, str], ...] = (
    ("stood_out", tr_later("Wat viel het meest op?")),
    ("different", tr_later("Wat liep anders dan verwacht?")),
    ("went_well", tr_later("Wat ging goed?")),
    ("do_differently", tr_later("Wat doen we de volgende keer anders?")),
    ("follow_up", tr_later("Wat moet er nog gebeuren?")),
)
"""Fields of `Debrief`, each with its question."""


@dataclass
class _Answer:
    """A field, its last saved text (`shown`), and the sequence number of the dossier at that time (`seen`)."""

    field: SpelledEdit
    shown: str = ""
    seen: int = 0


class DebriefPage(ScrollColumn):
    """The page; `show_content` does not overwrite a field with unsaved typing."""

    def __init__(self, theme: Appearance, work: Work, clock: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=Space.L)
        self._theme = theme
        self._work = work
        self.spelling: Spelling | None = None
        self._spelled = False
        self._answers: dict[tuple[DebriefAuthor, str], _Answer] = {}
        self._boxes: dict[DebriefAuthor, CheckBox] = {}
        self._names: dict[DebriefAuthor, TextLabel] = {}
        explanation = tr(
            "Een kwartier, zodra het panel weg is. De antwoorden staan in het dossier, en gaan mee als u dat deelt; in "
            "het verslag komen ze alleen als u dat aankruist."
        )
        self.body.addWidget(TextLabel(theme, explanation, TextStyle.BODY, ColourRole.MUTED))
        self.body.addWidget(clock)
        self.body.addSpacing(Space.XS)
        across = QGridLayout()
        across.setSpacing(Space.L)
        for column, author in enumerate(DebriefAuthor):
            across.addWidget(self._card(theme, author), 0, column)
            across.setColumnStretch(column, 1)
        self.body.addLayout(across)
        self.body.addStretch(1)

    def _card(self, theme: Appearance, author: DebriefAuthor) -> Card:
        card = Card(margin=Space.L)
        card.body.setSpacing(Space.M)
        self._names[author] = TextLabel(theme, "", TextStyle.BODY, ColourRole.MUTED, lines=1)
        title = TextLabel(theme, tr(author.word).capitalize(), TextStyle.TITLE, lines=1)
        card.body.addLayout(row(title, self._names[author], None, spacing=Space.S))
        for name, question in QUESTIONS:
            field = SpelledEdit(name=f"{tr(question)} ({tr(author.word)})")
            field.setFixedHeight(58)
            field.installEventFilter(self)
            self._answers[author, name] = _Answer(field)
            card.body.addWidget(FormField(theme, tr(question), field))
        box = CheckBox(tr("Mag in het verslag"))
        box.setAccessibleName(f"{tr('Mag in het verslag')} ({tr(author.word)})")
        box.setObjectName("debrief_moderator" if author is DebriefAuthor.MODERATOR else "debrief_notes")
        box.clicked.connect(lambda checked, author=author: self._work.set_debrief(author, None, in_report=checked))
        self._boxes[author] = box
        card.body.addWidget(box)
        return card

    def field(self, author: DebriefAuthor, name: str) -> SpelledEdit:
        """Return the field of one answer."""
        return self._answers[author, name].field

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._spelled:
            # Only when first shown, because checking loads the dictionary.
            self._spelled = True
            for answer in self._answers.values():
                answer.field.check_spelling(self.spelling, self._theme)

    def box(self, author: DebriefAuthor) -> CheckBox:
        """Return the checkbox that allows the answers in the verslag."""
        return self._boxes[author]

    def focus_first(self) -> None:
        """Put the cursor in the first answer."""
        self.field(DebriefAuthor.MODERATOR, QUESTIONS[0][0]).setFocus()

    def show_content(self, content: PanelContent) -> None:
        """Show the answers stored in the dossier."""
        debriefs = {debrief.author: debrief for debrief in content.debriefs}
        names = {
            DebriefAuthor.MODERATOR: content.panel.moderator,
            DebriefAuthor.NOTE_TAKER: content.panel.note_taker,
        }
        for author, box in self._boxes.items():
            record = debriefs.get(author) or Debrief("", author=author)
            box.setChecked(record.in_report)
            self._names[author].setText(names.get(author, ""))
            self._names[author].setVisible(bool(names.get(author)))
            for name, _ in QUESTIONS:
                self._show(self._answers[author, name], str(getattr(record, name)))

    def _show(self, answer: _Answer, text: str) -> None:
        typed = answer.field.toPlainText()
        if answer.field.hasFocus() and typed != answer.shown:
            # Keep unsaved typing. Saving it when the focus leaves reports a conflict with the incoming value, and loses
            # neither.
            return
        if typed != text:
            answer.field.setPlainText(text)
        answer.shown, answer.seen = text, self._work.seq

    def save(self) -> None:
        """Save every field that was changed."""
        for (author, name), answer in self._answers.items():
            text = answer.field.toPlainText()
            if text == answer.shown:
                continue
            seen, before = answer.seen, answer.shown
            answer.shown = text
            if self._work.set_debrief(author, seen, **{name: text}):
                forget_typing(answer.field)
            else:
                # It could not be saved: the text stays a pending change.
                answer.shown = before

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.save()
        return super().eventFilter(watched, event)
