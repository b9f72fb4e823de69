"""Panelcheck: what each member answered to their own words in the verslag, ticked by keys; what follows is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.domain.actions.reports import confirmed_by, record_answers
from sto_desktop.domain.dutch import capital, long_date
from sto_desktop.domain.log.change import Action
from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.panel.voices import by_seat
from sto_desktop.domain.privacy.participation import taking_part
from sto_desktop.domain.vocabulary import CheckAnswer
from sto_desktop.language import counted, listed, tr
from sto_desktop.ui.base.doing import perform
from sto_desktop.ui.base.stage import StageContext
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Dialog, LineEdit, PrimaryButton, Segmented, TextLabel, row

_NAME_WIDTH = 190
_KEYS = {
    Qt.Key.Key_A: CheckAnswer.AGREED,
    Qt.Key.Key_W: CheckAnswer.CHANGE,
    Qt.Key.Key_G: CheckAnswer.SILENT,
    Qt.Key.Key_O: None,
}


def said_answers(people: Sequence[Panelist]) -> str:
    """Return how many members gave which answer; empty if nobody did."""
    given = [member.check_answer for member in people if member.check_answer is not None]
    parts = [f"{given.count(answer)} {tr(answer.word)}" for answer in CheckAnswer if answer in given]
    return f"{listed(parts)}." if parts else ""


class AnswerRow(QWidget):
    """A member with the answer, and what they want changed; `answered` by a letter key goes on to the next."""

    changed = Signal()
    answered = Signal()

    def __init__(self, theme: Appearance, member: Panelist, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.member = member
        name = TextLabel(theme, member.name or member.first_name, TextStyle.BODY_STRONG, lines=1)
        name.setFixedWidth(_NAME_WIDTH)
        options = [(None, tr("nog open")), *((answer, tr(answer.word)) for answer in CheckAnswer)]
        called = tr("Antwoord van {name}", name=member.name)
        self.choice = Segmented(theme, options, name=called, value=member.check_answer)
        plain.set_tip(self.choice, tr("A akkoord, W wijziging, G geen reactie, O open"))
        self.words = LineEdit(placeholder=tr("Wat er anders moet"), name=tr("Wat {name} anders wil", name=member.name))
        self.words.setText(member.check_words)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(Space.XS)
        line = row(name, self.choice, spacing=Space.M)
        line.setStretch(1, 1)
        inside.addLayout(line)
        inside.addWidget(self.words)
        self.setFocusProxy(self.choice)
        self.choice.selected.connect(self._show)
        self._show()

    @property
    def answer(self) -> CheckAnswer | None:
        """The chosen answer; None: still open."""
        chosen = self.choice.value()
        return chosen if isinstance(chosen, CheckAnswer) else None

    def _show(self, _answer: object = None) -> None:
        self.words.setVisible(self.answer is CheckAnswer.CHANGE)
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key()) if event.key() in _KEYS else None
        if key is None or event.modifiers() or self.words.hasFocus():
            super().keyPressEvent(event)
            return
        self.choice.set_value(_KEYS[key])
        self._show()
        if self.answer is CheckAnswer.CHANGE:
            self.words.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.answered.emit()


class CheckDialog(Dialog):
    """The dialog. `members`: whose answer is asked."""

    def __init__(
        self, theme: Appearance, panel: Panel, members: Sequence[Panelist], today: dt.date, parent: QWidget
    ) -> None:
        about = tr(
            "Wat antwoordden zij op de brief met hun eigen woorden? Per panellid: A akkoord, W wijziging, G geen "
            "reactie, O nog open."
        )
        super().__init__(theme, tr("Panelcheck"), about, parent)
        self.about_row = panel.id
        self._panel = panel
        self._today = today
        self.setMinimumWidth(660)
        self.rows = [AnswerRow(theme, member) for member in members]
        self.follows = TextLabel(theme, "", TextStyle.BODY, ColourRole.MUTED)
        for answer_row, following in zip(self.rows, [*self.rows[1:], None], strict=True):
            self.body.addWidget(answer_row)
            answer_row.changed.connect(self._say)
            answer_row.answered.connect(lambda to=following: self._go_on(to))
        self.record_button = PrimaryButton(theme, tr("Vastleggen"), on_click=self.accept)
        # Always in sight, however many members there are.
        self._foot.addWidget(self.follows)
        self._foot.addSpacing(Space.M)
        self.add_buttons(self.record_button)
        open_rows = [answer_row for answer_row in self.rows if answer_row.answer is None]
        (open_rows or self.rows)[0].setFocus()
        self._say()

    @property
    def _answers(self) -> list[CheckAnswer | None]:
        return [answer_row.answer for answer_row in self.rows]

    @property
    def confirmed_on(self) -> dt.date | None:
        """When the panel approved the verslag, as follows from the answers."""
        return confirmed_by(self._answers, self._panel.confirmed_on, self._today)

    def action(self) -> Action:
        """Return what to record."""
        answers = {each.member.id: (each.answer, each.words.text()) for each in self.rows}
        return record_answers(self._panel.id, answers, self.confirmed_on)

    def _go_on(self, following: AnswerRow | None) -> None:
        target: QWidget = self.record_button if following is None else following
        target.setFocus(Qt.FocusReason.TabFocusReason)
        if following is not None:
            self.scrolling.ensureWidgetVisible(following)

    def _say(self) -> None:
        answers, on = self._answers, self.confirmed_on
        still = answers.count(None)
        wanted = answers.count(CheckAnswer.CHANGE)
        if on is not None:
            text = tr("Het verslag geldt als door het panel bevestigd op {day}.", day=long_date(on))
        elif wanted:
            text = counted(wanted, "{n} panellid wil een wijziging", "{n} panelleden willen een wijziging")
            lapses = (
                tr("de bevestiging vervalt") if self._panel.confirmed_on else tr("het verslag is nog niet bevestigd")
            )
            text = tr("{wanted}: {lapses}. Na de wijziging zet u het antwoord op akkoord.", wanted=text, lapses=lapses)
        elif still:
            text = counted(still, "{n} antwoord staat nog open.", "{n} antwoorden staan nog open.")
        else:
            text = tr("Niemand gaf akkoord: het verslag geldt niet als bevestigd.")
        self.follows.setText(capital(text))


def asked(content: PanelContent) -> list[Panelist]:
    """Return the members who take part and whose words can be in the verslag, in order of seat."""
    shown = taking_part(content)
    heard = {speaker for note in shown.typed_notes() if note.kind.is_panels for speaker in note.speakers}
    heard |= {choice.panelist for choice in shown.top_choices if choice.panelist and choice.text.strip()}
    heard |= {member.id for member in shown.panelists if member.written.strip() or member.check_answer is not None}
    return [member for member in by_seat(shown.panelists) if member.id in heard and (member.name or member.first_name)]


def ask_answers(
    context: StageContext,
    content: PanelContent | None,
    window: QWidget,
    show: Callable[[Dialog, Callable[[], object]], object],
) -> None:
    """Ask what the members of a panel answered; `show` opens the dialog."""
    members = asked(content) if content is not None else []
    if content is None or not members:
        context.notify(tr("Van geen panellid met een naam is iets genoteerd om na te kijken."))
        return
    dialog = CheckDialog(context.theme, content.panel, members, context.session.now().date(), window)
    show(dialog, lambda: perform(context, dialog.action()))
