"""The sheet that closes the conversation: open points, what each member found most important, thanks, and the way to
the terugblik.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.domain.dutch import one_line
from sto_desktop.domain.live.state import LiveState
from sto_desktop.domain.live.steps import open_questions
from sto_desktop.domain.log.change import Changed
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import Presence, presence_of, told_apart
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.domain.vocabulary import ThemeKind
from sto_desktop.language import tr
from sto_desktop.ui.base.undo import UndoGuide, forget_typing
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.conversation.time.top import open_ends
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import (
    ENTER,
    Button,
    Dialog,
    LineEdit,
    PrimaryButton,
    QuietButton,
    ScrollColumn,
    SectionLabel,
    TextLabel,
    empty,
    row,
)

WIDTH, HEIGHT = 1080, 680
SIDE_BY_SIDE = 800
"""Below this width, in px, the open points are above the most important points, not next to them."""
LIST_HEIGHT = 108
LOW = 560
"""Below this height, in px, the thanks are in smaller type, to give the lists room."""
RANKS = (1, 2, 3)
NOTES_OFFERED = 12


class ChoiceField(LineEdit):
    """One of a member's three choices, with completion from the notes. `kept` comes on leaving the field and on
    Enter."""

    kept = Signal(int, str)

    def __init__(
        self, offered: QStringListModel, rank: int, name: str, text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent, name=tr("{name}, nummer {rank}", name=name, rank=rank))
        self._kept = text
        self.rank = rank
        completer = QCompleter(offered, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(NOTES_OFFERED)
        self.setCompleter(completer)
        self.editingFinished.connect(self.keep)

    def keep(self) -> None:
        """Emit the text if it changed."""
        text = self.text().strip()
        offered = self.completer().popup()
        if offered is not None:
            # The list of suggestions is a window of its own: close it when the focus leaves the field.
            offered.hide()
        if text != self._kept:
            self._kept = text
            self.kept.emit(self.rank, text)
            # From here on, Ctrl+Z undoes the saved choice.
            forget_typing(self)

    def show_kept(self, text: str) -> None:
        """Show the choice that is stored now, unless another is being typed."""
        if text != self._kept:
            self._kept = text
            if not self.isUndoAvailable():
                self.setText(text)


class ClosingSheet(Dialog):
    """The sheet that closes a conversation.

    `finish_asked`: end the conversation; carries whether the terugblik follows. `question_chosen` and `speaker_chosen`:
    return to a question, or give a member the floor. `unparked` carries a note that was dealt with, `choice_kept` a
    member, a rank and a text.
    """

    finish_asked = Signal(bool)
    question_chosen = Signal(str)
    speaker_chosen = Signal(str)
    unparked = Signal(str)
    choice_kept = Signal(str, int, str)

    def __init__(self, theme: Appearance, live: LiveConversation, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Gesprek afronden"), parent=parent)
        self.as_sheet()
        self._live = live
        room = parent.size() if parent is not None else None
        self.resize(
            min(WIDTH, room.width() - 40) if room else WIDTH, min(HEIGHT, room.height() - 40) if room else HEIGHT
        )
        self._shown: list[tuple[str, str, str]] = []
        self.open_list = ScrollColumn()
        self.open_list.body.setSpacing(2)
        self.summary = TextLabel(theme, "", TextStyle.BODY, ColourRole.MUTED)
        self.fields: dict[tuple[str, int], ChoiceField] = {}
        self.finish = PrimaryButton(theme, tr("Afronden, en naar de terugblik"), on_click=lambda: self._finish(True))
        self.only_finish = Button(theme, tr("Alleen afronden"), on_click=lambda: self._finish(False))
        self._lay_out()
        UndoGuide(self, live.session.undo, live.session.redo).bind()
        live.session.changed.connect(self._show_choices)
        live.updated.connect(self._show_open)
        self._show_open(live.state())
        # Enter ends the conversation; Space does not, for whoever pressed Alt+A by mistake and types on.
        self.setFocus()

    def _lay_out(self) -> None:
        theme = self._theme
        # In a narrow window two columns would cut off words. Everything is in one layout then: of a layout in another
        # one Qt takes the wish as the minimum, which cuts off texts where there is no room for both lists.
        narrow = self.width() < SIDE_BY_SIDE
        left_column = self.body if narrow else QVBoxLayout()
        left_column.setSpacing(Space.S)
        left_column.addWidget(SectionLabel(theme, tr("Nog open")))
        left_column.addWidget(self.summary)
        left_column.addWidget(self.open_list, 1)
        right = self.body if narrow else QVBoxLayout()
        right.setSpacing(Space.S)
        if narrow:
            self.open_list.setMinimumHeight(LIST_HEIGHT)
            right.addSpacing(Space.M)
        right.addWidget(SectionLabel(theme, tr("Het belangrijkste, per panellid (rondje)")))
        asked = tr("Vraag ieder: wat van alles wat u hoorde is het belangrijkst? Typ het, of kies een notitie.")
        right.addWidget(TextLabel(theme, asked, TextStyle.BODY, ColourRole.MUTED))
        right.addWidget(self._top_three(), 1)
        if not narrow:
            across = QHBoxLayout()
            across.setSpacing(Space.XL)
            across.addLayout(left_column, 2)
            across.addLayout(right, 3)
            self.body.addLayout(across, 1)
        thanks = _thanks(self._live)
        if thanks:
            self.body.addWidget(SectionLabel(theme, tr("Om voor te lezen")))
            # Whole, since it is read aloud.
            self.body.addWidget(TextLabel(theme, thanks, TextStyle.BODY if self.height() < LOW else TextStyle.LARGE))
        self.not_yet = Button(theme, tr("Nog niet"), hint="Esc", on_click=self.reject)
        self.add_buttons(self.only_finish, self.finish, close="", beside=[self.not_yet])

    # Open points

    def _show_open(self, state: LiveState) -> None:
        live = self._live
        # At the end, every question without notes counts as open, whether it was reached or not.
        unasked = open_questions(live.rows.guide, live.rows.counts, (), None, held=True)
        self.summary.setText(open_ends(live, len(unasked)))
        open_points: list[tuple[str, str, str, Callable[[], object]]] = []
        for seat in state.seats:
            if seat.unheard and seat.presence is Presence.HERE:
                giving = self._giving(seat.member.id)
                open_points.append((seat.name, tr("niet gehoord"), tr("geef het woord"), giving))
        for note in state.parked:
            words = note.text or tr("(nog zonder woorden)")
            open_points.append((words, tr("geparkeerd"), tr("afgedaan"), self._unparking(note.id)))
        for theme, question in live.rows.guide.questions():
            if question.id in unasked:
                heading = f"{theme.short_title}: {question.short_text}"
                open_points.append((heading, tr("geen notities"), tr("ernaartoe"), self._going(question.id)))
        # The state arrives once a second: rebuild rows only when they differ, since rebuilding loses the focus.
        if [point[:3] for point in open_points] != self._shown:
            self._shown = [point[:3] for point in open_points]
            self._fill(open_points)

    def _fill(self, open_points: Sequence[tuple[str, str, str, Callable[[], object]]]) -> None:
        body = self.open_list.body
        empty(body)
        for text, why, action, on_click in open_points:
            self._add(text, why, action, on_click)
        body.addStretch(1)

    def _add(self, text: str, why: str, action: str, on_click: Callable[[], object]) -> None:
        words = TextLabel(self._theme, text, TextStyle.BODY, align=Qt.AlignmentFlag.AlignVCenter)
        reason = TextLabel(self._theme, why, TextStyle.SECONDARY, ColourRole.WARN_TEXT, lines=1)
        reason.setMinimumWidth(reason.sizeHint().width())
        button = QuietButton(self._theme, action, on_click=on_click)
        button.setAccessibleName(f"{text}: {action}")
        line = QWidget()
        line.setLayout(row(words, reason, None, button))
        self.open_list.body.addWidget(line)
        line.show()

    def _giving(self, member: str) -> Callable[[], None]:
        return lambda: self._leave(lambda: self.speaker_chosen.emit(member))

    def _going(self, question: str) -> Callable[[], None]:
        return lambda: self._leave(lambda: self.question_chosen.emit(question))

    # Unparking leaves the sheet open: there may be more parked notes.
    def _unparking(self, note: str) -> Callable[[], None]:
        return lambda: self.unparked.emit(note)

    def _leave(self, then: Callable[[], object]) -> None:
        self.reject()
        then()

    # The top three

    def _top_three(self) -> QWidget:
        live = self._live
        texts = self._choices()
        offered = QStringListModel(
            sorted({one_line(note.text) for note in live.rows.notes.values() if note.text}), self
        )
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, Space.S, 0)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(Space.XS)
        self._names = told_apart(live.rows.panelists)
        members = [
            panelist
            for panelist in live.rows.panelists
            if takes_part(panelist) and presence_of(panelist) is not Presence.ABSENT
        ]
        for place, member in enumerate(members):
            name = TextLabel(
                self._theme, self._names[member.id], TextStyle.BODY_STRONG, lines=1, align=Qt.AlignmentFlag.AlignVCenter
            )
            grid.addWidget(name, place, 0)
            for rank in RANKS:
                field = self._field(member, rank, texts.get((member.id, rank), ""), offered)
                grid.addWidget(field, place, rank)
        for rank in RANKS:
            grid.setColumnStretch(rank, 1)
        grid.setRowStretch(len(members), 1)
        inside = ScrollColumn()
        inside.body.addLayout(grid)
        return inside

    def _choices(self) -> Mapping[tuple[str | None, int], str]:
        return {(choice.panelist, choice.rank): choice.text for choice in self._live.top_choices()}

    def _show_choices(self, changed: Changed) -> None:
        if changed.touches("top_choice"):
            texts = self._choices()
            for place, field in self.fields.items():
                field.show_kept(texts.get(place, ""))

    def _field(self, member: Panelist, rank: int, text: str, offered: QStringListModel) -> ChoiceField:
        field = ChoiceField(offered, rank, self._names[member.id], text)
        field.setPlaceholderText(str(rank))
        field.kept.connect(partial(self.choice_kept.emit, member.id))
        self.fields[member.id, rank] = field
        return field

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter in a field saves it and moves on; only the button ends the conversation.
        if event.key() in ENTER and isinstance(self.focusWidget(), ChoiceField):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.setFocus()
            else:
                self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _finish(self, debrief: bool) -> None:
        self.done(QDialog.DialogCode.Accepted)
        self.finish_asked.emit(debrief)

    def typed_texts(self) -> dict[str, str]:
        """Return nothing: each choice is saved at once."""
        return {}

    def done(self, result: int) -> None:
        """Save what was typed, also when Esc closes the sheet."""
        for field in self.fields.values():
            field.keep()
        super().done(result)


def _thanks(live: LiveConversation) -> str:
    """Return the last paragraph of the last text that the guide has read aloud: the thanks."""
    scripts = [theme.theme.script for theme in live.rows.guide.themes if theme.theme.kind is ThemeKind.CLOSING]
    paragraphs = [part.strip() for part in (scripts[-1] if scripts else "").split("\n\n") if part.strip()]
    return paragraphs[-1] if paragraphs else ""
