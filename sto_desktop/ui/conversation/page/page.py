"""The conversation on screen: connects guide, question, stream, capture line, speakers and time with keys and clock."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sto_desktop.domain.errors import StoError
from sto_desktop.domain.live.state import LiveState
from sto_desktop.domain.live.steps import neighbour, open_questions, questions_left
from sto_desktop.domain.live.timing import hours_minutes
from sto_desktop.domain.model import Panel
from sto_desktop.language import tr
from sto_desktop.ui.base import keys
from sto_desktop.ui.base.stage import Stage, StageContext
from sto_desktop.ui.commands.command import Need
from sto_desktop.ui.commands.table import BY_ID
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.conversation.live.rows import NotesChange
from sto_desktop.ui.conversation.page.leading import UNFINISHED, Leading
from sto_desktop.ui.conversation.page.moderator import ModeratorView
from sto_desktop.ui.conversation.page.note_column import LOW, NoteColumn
from sto_desktop.ui.conversation.page.note_commands import UNASSIGNED, NoteCommands
from sto_desktop.ui.conversation.page.panes import Panes
from sto_desktop.ui.conversation.page.side import WITH_SIDE, Side
from sto_desktop.ui.conversation.page.speaking import Speaking
from sto_desktop.ui.conversation.table.speakers import speaker_lines
from sto_desktop.ui.conversation.time.guide_list import GuideList, guide_lines
from sto_desktop.ui.conversation.time.theme_bar import TimeHead
from sto_desktop.ui.conversation.time.top import ConversationTop
from sto_desktop.ui.look.roles import Space
from sto_desktop.ui.widgets import Notices, SectionLabel, SidePanel, Tone

GUIDE_WIDTH = 264
NARROW = 960
"""Below this width, in px, the guide is hidden to make room for the notes; the heading names the question."""
WITH_TOP = 290
"""Below this height, in px, the buttons at the top are hidden, since they have keys; messages use their place."""
WITH_TOP_PAUSED = 340
"""The same while the conversation is paused."""
COUNT_MS = 50


class ConversationPage(QWidget):
    """The page of one panel's conversation, in two modes: the note taker's, and the moderator's (F7)."""

    def __init__(self, context: StageContext, panel: Panel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._theme = context.theme
        self.session = context.session
        self.live = LiveConversation(self.session, panel, self)
        self.clock = self.live.clock
        self._moderating = False
        self._length = ""
        self.notices = Notices(self._theme, self._focus)
        self.leading = Leading(context, self.live, self, self.notices)
        self.at_notes = NoteCommands(
            context, self.live, self, self.leading.attempt, lambda: self._moderating, lambda: self._panes.visiting
        )
        self._actions = {**self._bind_keys(), **self.leading.bind(), **self.at_notes.bind()}
        self._counting = QTimer(self, interval=COUNT_MS, singleShot=True)
        self._counting.timeout.connect(self._count)
        self.session.ended.connect(self._counting.stop)
        self._lay_out()
        self._speaking = Speaking(self.live, self.line, self.stream.view, self.show_line, context.notify)
        self._speaking.bind(self)
        self._panes = Panes(self, self._reading_order, self.home, self._start_note, self._paste)
        self._panes.attended.connect(self.at_notes.show_keys)
        self._connect()
        self._bind_for_palette()
        self.leading.take_up()
        self._refresh_all()
        self._show_state(self.live.state())

    # Layout

    def _lay_out(self) -> None:
        theme = self._theme
        self.top = ConversationTop(theme, self.live, self._actions)
        self.time = TimeHead(theme)
        self.guide = GuideList(theme)
        guide_side = SidePanel(left=True)
        guide_side.setFixedWidth(GUIDE_WIDTH)
        guide_side.body.setContentsMargins(Space.M, Space.M, Space.M, Space.S)
        guide_side.body.setSpacing(Space.XS)
        title = SectionLabel(theme, tr("Gespreksleidraad"))
        title.setContentsMargins(8, 0, 0, 0)
        guide_side.body.addWidget(title)
        guide_side.body.addWidget(self.guide, 1)
        self._left = guide_side
        self.side = Side(theme, self.live, self._actions["table"])
        self.moderator = ModeratorView(theme, self.live, self._actions)
        column = NoteColumn(theme, self.live, self._context.settings, self._actions)
        self.head, self.start_card, self.paused = column.head, column.start_card, column.paused
        self.stream, self.line, self.round_bar = column.stream, column.line, column.round_bar
        self.middle = QStackedWidget()
        self.middle.addWidget(column)
        self.middle.addWidget(self.moderator)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(guide_side)
        centre = QVBoxLayout()
        centre.setSpacing(0)
        # Above both modes: messages must be visible in either.
        self.notices.setContentsMargins(18, Space.M, 18, 0)
        centre.addWidget(self.notices)
        centre.addWidget(self.middle, 1)
        below.addLayout(centre, 1)
        below.addWidget(self.side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addWidget(self.time)
        layout.addLayout(below, 1)

    def _bind_keys(self) -> dict[str, QAction]:
        return {
            "next_question": keys.bind("next_question", self, lambda: self.go(+1), keys=("Alt+Down",)),
            "previous_question": keys.bind("previous_question", self, lambda: self.go(-1), keys=("Alt+Up",)),
            "probes": keys.bind("probes", self, self.toggle_probes),
            "pause": keys.bind("pause", self, self.pause_or_resume),
            "playback": keys.bind("playback", self, self._go_to_summary),
            "mode": keys.bind("mode", self, self.toggle_mode),
            "next_pane": keys.bind("next_pane", self, lambda: self._panes.go(+1)),
            "previous_pane": keys.bind("previous_pane", self, lambda: self._panes.go(-1)),
        }

    def _bind_for_palette(self) -> None:
        """Let the palette run the commands that keys run in line and notes, and say why one is not possible now."""
        edit, view, clock, live = self.line.edit, self.stream.view, self.clock, self.live
        keys.typed(edit, ("capture", "new_line", "complete", "edit_last"))
        does: dict[str, Callable[[], object]] = {
            "begin": self.pause_or_resume,
            "edit_in_place": view.edit_last,
            "delete_note": self.at_notes.delete_at_hand,
            "split_note": lambda: keys.press(self.focusWidget() or view, "split_note"),
            "move_seat": self.leading.show_table,
            "speaker": lambda: self.side.speakers.setFocus(),
        }
        for command, slot in does.items():
            keys.bind(command, self, slot)
        ready = {
            Need.NOT_BEGUN: lambda: not clock.begun and not clock.held,
            Need.BEGUN: lambda: clock.begun and not clock.held,
            Need.ROUND: lambda: live.round is not None,
            Need.NOTE: lambda: bool(view.stream.notes),
            Need.EDITING: lambda: view.editing_note is not None,
            Need.UNKNOWN_NAME: lambda: self.line.has_newcomer,
            Need.OPEN: lambda: bool(self.leading.waiting()),
        }
        for action in [*self.actions(), *edit.actions()]:
            test = ready.get(BY_ID[action.objectName()].need)
            if test is not None and isinstance(action, keys.CommandAction):
                action.ready = test

    def _connect(self) -> None:
        live, stream = self.live, self.stream.view
        live.place.moved.connect(self._on_moved)
        live.place.gone.connect(self.at_notes.ask_where)
        live.rows.notes_changed.connect(self._on_notes)
        live.rows.people_changed.connect(self._refresh_people)
        live.rows.panel_changed.connect(self._refresh_all)
        self.clock.ticked.connect(self._refresh_time)
        self.clock.state_changed.connect(self._refresh_state)
        self.clock.failed.connect(self.tell_error)
        self.time.signed.connect(self._sound)
        self.guide.question_chosen.connect(self._choose)
        self.time.bar.theme_chosen.connect(self._choose_theme)
        self.line.failed.connect(lambda error: self.tell_error(error, kept=self.line.unsaved.words))
        self.line.captured.connect(self._on_captured)
        self.line.told.connect(self._context.notify)
        if "help" in self._context.actions:
            self._context.actions["help"].triggered.connect(self.line.signs.show_again)
        self.line.edit_last.connect(self.at_notes.edit_last)
        stream.left.connect(self.line.setFocus)
        stream.typed.connect(self.line.type)
        self.at_notes.connect_views(stream, self.line)
        self.side.speakers.chosen.connect(self._speaking.choose)
        for parking in (self.side.parking, self.moderator.parked, self.leading):
            parking.unparked.connect(self.at_notes.park)
        self.side.parking.agree_asked.connect(self.at_notes.agree_on)
        self.side.playback.failed.connect(self.tell_error)
        self.side.prepare_asked.connect(partial(self._context.navigate, Stage.PREPARE))
        self.side.ring.chosen.connect(self._speaking.choose)
        self.side.ring.swapped.connect(self.leading.swap_seats)
        for members in (self.side.ring, self.side.speakers):
            members.menu_asked.connect(partial(self.leading.offer, members))
        self.moderator.playback.agreed.connect(self.leading.set_agreed)
        self.moderator.playback.counted.connect(self.leading.count_hands)
        self.side.playback.left.connect(self._leave_summary)
        self.leading.speaker_chosen.connect(self._speaking.choose)
        self.leading.alone_turned.connect(self._refresh_state)
        self.moderator.typed.connect(self._start_note)
        live.updated.connect(self._show_state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        self._left.setVisible(not self._moderating and self.width() >= NARROW)
        self.side.set_room(self.width(), moderating=self._moderating)
        self.side.setVisible(self.width() >= WITH_SIDE or self.side.playback.isAncestorOf(self.focusWidget() or self))
        self.time.set_low(self.height() < LOW)
        # The buttons of the pause card replace those at the top.
        self.top.setVisible(self.height() >= (WITH_TOP_PAUSED if not self.paused.isHidden() else WITH_TOP))
        self.top.show_length(self._length, narrow=self.width() < NARROW)

    # Display

    def _refresh_all(self) -> None:
        self.head.show_step(self.live.place.step)
        self._refresh_guide()
        self._refresh_people()
        self._refresh_state()

    def _refresh_guide(self) -> None:
        live = self.live
        passed = open_questions(
            live.rows.guide, live.rows.counts, self.clock.visited(), live.place.current, held=self.clock.held
        )
        self.guide.set_lines(guide_lines(live.rows.guide, live.rows.counts, passed, live.place.current))

    def _refresh_people(self) -> None:
        self.side.speakers.set_lines(speaker_lines(self.live.seats()))

    def _refresh_time(self) -> None:
        timing = self.clock.timing()
        self.time.show_time(
            self.live.rows.guide,
            timing,
            self.session.now(),
            begun=self.clock.begun,
            held=self.clock.held,
            questions=questions_left(self.live.place.step),
        )
        self._length = hours_minutes(timing.used)
        self.top.show_length(self._length, narrow=self.width() < NARROW)
        self._refresh_people()

    def _sound(self, _pressure: object) -> None:
        # Silent unless switched on: a sound would disturb everyone at the table.
        if self._context.settings.current.time_sound:
            QApplication.beep()

    def _show_state(self, state: LiveState) -> None:
        """Show the parts that depend on the whole state: table, round, and the moderator's view."""
        self.round_bar.show_state(state)
        paused = self.paused.isHidden()
        self.paused.show_state(state)
        if self.paused.isHidden() is not paused:
            self._give_room()
        self.side.show_state(state)
        self.side.speakers.set_lines(speaker_lines(state.seats))
        self.moderator.show_state(state)
        self._speaking.follow_round(state.round)

    def _refresh_state(self) -> None:
        clock = self.clock
        alone = self._context.settings.current.alone
        self.head.set_alone(alone)
        self.top.show_stage(moderating=self._moderating, alone=alone)
        self.start_card.setVisible(not clock.begun and not clock.held)
        on_paper = clock.held and not clock.begun
        self.time.setVisible(not on_paper)
        self._refresh_guide()
        self._refresh_time()

    def _on_moved(self) -> None:
        self.head.show_step(self.live.place.step)
        self._refresh_guide()
        self._refresh_time()

    def _on_notes(self, _change: NotesChange) -> None:
        # Show the note first; the counts may follow a moment later.
        if not self._counting.isActive():
            self._counting.start()

    def _count(self) -> None:
        self._refresh_guide()
        self._refresh_people()

    def _on_captured(self, note: str) -> None:
        self.notices.leave()
        self._speaking.follow_round(self.live.round)
        new_note = self.live.rows.notes.get(note)
        self.leading.tell_late(new_note)
        # The note went to another question than the one shown: say where it is.
        if new_note is not None and new_note.question != self.live.place.current:
            question = self.live.rows.question(new_note.question)
            if question is not None:
                self._context.notify(tr("Bewaard bij «{question}».", question=question.short_text))
            else:
                self._context.notify(tr(UNASSIGNED))

    # User actions

    def go(self, direction: int) -> None:
        """Go to the next or previous question."""
        step = neighbour(self.live.rows.guide, self.live.place.current, direction)
        if step is not None:
            # A step back is a look back: it ends no theme.
            (self.leading.go_to if direction > 0 else self.live.place.go_to)(step.id)

    def _choose(self, question: str) -> None:
        self.leading.go_to(question)
        self._focus()

    def _choose_theme(self, theme: str) -> None:
        questions = [question for home, question in self.live.rows.guide.questions() if home.id == theme]
        asked = [question for question in questions if not question.skipped]
        if asked:
            self._choose(asked[0].id)

    def home(self) -> QWidget:
        """Return the widget to which the focus returns: the line, or the moderator's view."""
        return self.moderator if self._moderating else self.line.edit

    def _focus(self) -> None:
        self.home().setFocus()

    def _reading_order(self) -> list[QWidget]:
        """Return the panes in the order of F6."""
        middle = [self.moderator] if self._moderating else [self.start_card, self.stream, self.line]
        return [self.top, self.time, self._left, self.notices, *middle, self.side]

    def _go_to_summary(self) -> None:
        if self.side.playback.isHidden():
            step = self.live.place.step
            if step is not None:
                self._context.notify(tr("Bij {theme} hoort geen samenvatting.", theme=step.theme.title))
            return
        self.side.show()
        self.side.playback.go()

    def _leave_summary(self) -> None:
        self._focus()
        self._give_room()

    def toggle_probes(self) -> None:
        """Show all probes, or fewer."""
        if self._moderating:
            self.moderator.toggle_probes()
        else:
            self.head.toggle_probes()

    def toggle_mode(self) -> None:
        """Switch between the note taker's and the moderator's mode."""
        self._moderating = not self._moderating
        # An open editor would otherwise be hidden with unsaved text.
        self.stream.view.finish_editing()
        self.middle.setCurrentIndex(1 if self._moderating else 0)
        self._give_room()
        # Presenter remotes send page keys; in the note taker's mode those keys move in the text.
        for name, page in (("next_question", "PgDown"), ("previous_question", "PgUp")):
            bound = [BY_ID[name].keys[0], *([page] if self._moderating else [])]
            self._actions[name].setShortcuts([QKeySequence(key) for key in bound])
        self._refresh_state()
        self._focus()

    @property
    def moderating(self) -> bool:
        """Whether the moderator's mode is on."""
        return self._moderating

    def show_line(self) -> None:
        """Show the capture line, and focus it."""
        if self._moderating:
            self.toggle_mode()
        self.line.setFocus()

    def _start_note(self, text: str) -> None:
        self.show_line()
        self.line.type(text)

    def _paste(self) -> None:
        self.show_line()
        self.line.edit.paste()

    def pause_or_resume(self) -> None:
        """Start, pause or resume."""
        self.leading.pause_or_resume(self._focus)
        self.notices.leave()
        self.notices.forget(UNFINISHED)
        self._focus()

    # Messages

    def tell_error(self, error: StoError, *, kept: str = "") -> None:
        """Report an error in the page; `kept` says what was not lost."""
        self.notices.tell(" ".join(part for part in (str(error), kept) if part), tone=Tone.LATE)

    # Entering and leaving

    def show_row(self, table: str, row: str) -> None:
        """Show a question or a note."""
        if table == "question":
            self._choose(row)
        elif table == "note" and row in self.live.rows.notes:
            question = self.live.rows.notes[row].question
            if question is not None:
                self.live.place.go_to(question)
            place = self.stream.view.stream.row_of(row)
            if place >= 0:
                self.stream.view.setCurrentIndex(self.stream.view.stream.index(place, 0))
                self.stream.view.setFocus()

    def put_away(self) -> None:
        """Save unfinished text, before the dossier closes or another panel is shown."""
        self.stream.view.finish_editing()
        self.line.unsaved.save_waiting()
        self.line.kept.keep()
        self.side.playback.leave()

    def close_down(self) -> None:
        """Save unfinished text, pause the clock and stop following the dossier."""
        self.put_away()
        self.leading.attempt(self.clock.pause)
        self.at_notes.eraser.settle()
        self.live.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus()
        self.at_notes.take_up_correction()
        # Once the window is on the screen.
        QTimer.singleShot(0, self, self._take_up)

    def _take_up(self) -> None:
        # The window may have been closed at once, and its dossier with it.
        if self.isVisible():
            self.leading.take_up_three_lines()

    # Also called at a change to another stage, which only hides the page.
    def hideEvent(self, event: QHideEvent) -> None:
        self.put_away()
        super().hideEvent(event)
