"""The moderator's commands besides questions: start and end, rounds, skipping and returning, presence and seats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from sto_desktop.domain.actions import conversation as actions
from sto_desktop.domain.actions.panels import add_panelist, change_panelist, next_seat, skip_question
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.dutch import clock
from sto_desktop.domain.errors import StoError
from sto_desktop.domain.identity import new_id
from sto_desktop.domain.live.left_theme import LeftTheme, three_lines_place
from sto_desktop.domain.live.schedule import Relaid
from sto_desktop.domain.live.steps import open_questions, step_of, steps
from sto_desktop.domain.live.timing import LeftRunning, hours_minutes
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.people import Presence, told_apart
from sto_desktop.domain.vocabulary import Agreement, Consent
from sto_desktop.language import counted, tr
from sto_desktop.ui.base import keys
from sto_desktop.ui.base.doing import P, attempt
from sto_desktop.ui.base.stage import Stage, StageContext
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.conversation.page.closing_sheet import ClosingSheet
from sto_desktop.ui.conversation.table.arrival_dialog import ArrivalDialog
from sto_desktop.ui.conversation.table.presence_menu import offer_presence
from sto_desktop.ui.conversation.table.table_dialog import TableDialog
from sto_desktop.ui.conversation.time.minutes_dialog import MinutesDialog, said_relaid
from sto_desktop.ui.fields.debrief_clock import begin_debrief
from sto_desktop.ui.widgets import Notices, Tone

TALKED = 1.0
"""Minutes after which a theme was talked about, whatever theme follows."""

UNFINISHED = "unfinished"
"""The topic of a conversation that was left without an end."""


class Leading(QObject):
    """Carries out the moderator's commands; `notices` of the page shows the outcome.

    `speaker_chosen` and `unparked` carry a member who gets the floor, and a parked note that was dealt with.
    `alone_turned`: one person leads and writes, or no longer.
    """

    speaker_chosen = Signal(str)
    unparked = Signal(str)
    alone_turned = Signal()

    def __init__(self, context: StageContext, live: LiveConversation, page: QWidget, notices: Notices) -> None:
        super().__init__(page)
        self._context = context
        self._live = live
        self._clock = live.clock
        self._session = live.session
        self._page = page
        self._tell = notices.tell
        self._caught_up: set[str] = set()
        """Themes after which the minute to write was given."""
        self._told_late = False
        live.clock.jumped.connect(self._tell_jump)

    def bind(self) -> dict[str, QAction]:
        """Bind the actions of these commands, with their keys, on the page."""
        page = self._page
        return {
            "round": keys.bind("round", page, self.next_turn),
            "round_back": keys.bind("round_back", page, self.last_turn),
            "round_end": keys.bind("round_end", page, self._live.end_round),
            "minutes": keys.bind("minutes", page, self.ask_minutes),
            "table": keys.bind("table", page, self.show_table),
            "arrival": keys.bind("arrival", page, self.show_arrival),
            "alone": keys.bind("alone", page, self.turn_alone),
            "from_paper": keys.bind("from_paper", page, self.type_from_paper),
            "written": keys.bind("written", page, self.ask_written),
            "skip_now": keys.bind("skip_now", page, self.skip_or_ask),
            "go_open": keys.bind("go_open", page, self.go_to_open),
            "finish": keys.bind("finish", page, self.ask_to_finish),
        }

    def attempt(self, work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Run an operation that writes; report an error in the page."""
        return attempt(lambda error: self._tell(str(error), tone=Tone.LATE), work, *args, **kwargs)

    def _window_in_use(self) -> QWidget:
        """Return the window over which to open a dialog: the page's, or the second one, which shares its commands."""
        active = QApplication.activeWindow()
        shares = active is not None and not set(active.actions()).isdisjoint(self._page.actions())
        return active if active is not None and shares else self._page.window()

    # Start and end

    def pause_or_resume(self, then: Callable[[], object]) -> None:
        """Start, pause or resume, then call `then`. If notes are typed from paper, the clock starts only if the user
        insists.
        """
        if not self._clock.held or self._clock.begun:
            self.attempt(self._clock.pause_or_resume)
            return

        def begin() -> None:
            self.attempt(self._clock.begin)
            then()

        message = tr("Deze notities zijn van papier: er loopt geen klok.")
        self._context.notify(message, action=tr("Toch beginnen"), on_action=begin)

    def tell_late(self, kept: NoteContent | None) -> None:
        """Tell the user once that notes get no time, unless the user chose that."""
        if kept is None or not kept.note.late or self._told_late or (self._clock.held and not self._clock.begun):
            return
        self._told_late = True
        self._context.notify(tr("Het gesprek is al geweest: wat u nu typt, krijgt geen tijd."))

    def take_up(self) -> None:
        """Resume a clock that was running when the program stopped, and tell the user."""
        # Read before resuming, which starts a new span.
        running, seen = self._clock.running, self._clock.alive_at
        outcome = None
        try:
            outcome = self._clock.take_up()
        except StoError as error:
            self._tell(str(error), tone=Tone.LATE)
        if not running or outcome is None or outcome is LeftRunning.GOES_ON:
            return
        time = clock(seen) if seen else "?"
        if outcome is LeftRunning.BEGIN_AGAIN:
            text = tr(
                "Het programma stopte om {time}, midden in het gesprek. Alles is bewaard en de klok loopt weer.",
                time=time,
            )
            self._tell(text)
        else:
            text = tr("Dit gesprek is niet afgerond. De klok staat stil sinds {time}.", time=time)
            self._tell(text, action=tr("Afronden"), on_action=self.finish, topic=UNFINISHED)

    def _tell_jump(self, seconds: float) -> None:
        """Report that the computer slept or its clock was adjusted, and offer to count the time."""
        length = counted(max(1, round(abs(seconds) / 60)), "{n} minuut", "{n} minuten")
        # Nothing to add: the monotonic clock went on counting.
        if seconds < 0:
            self._tell(
                tr("De klok van de computer ging {length} terug. De gesprekstijd loopt gewoon door.", length=length)
            )
            return
        self._tell(
            tr("De computer sliep, of zijn klok is verzet: {length} telt niet mee als gesprekstijd.", length=length),
            tone=Tone.WARN,
            action=tr("Wel meetellen"),
            on_action=lambda: self._count(seconds, length),
            # Ask about each gap separately.
            topic=f"gap before {self._session.now().isoformat()}",
        )

    def _count(self, seconds: float, length: str) -> None:
        self._clock.count(seconds)
        self._tell(tr("{length} is bij deze vraag meegeteld.", length=length), tone=Tone.GOOD)

    def type_from_paper(self) -> None:
        """Allow notes of a conversation that was held without the program: they get no time."""
        if self._clock.begun:
            message = tr(
                "De klok liep bij dit gesprek mee. Wat u drie uur na het einde nog typt, krijgt vanzelf geen tijd."
            )
            self._context.notify(message)
        elif self.attempt(self._session.apply, actions.held_on_paper(self._live.rows.panel.id)):
            self._context.notify(
                tr("Van papier: de klok blijft stil, en de notities krijgen geen tijd."),
                action=tr("Ongedaan maken"),
                on_action=self._session.undo,
            )

    def ask_to_finish(self) -> None:
        """Show what is still open, and end the conversation if the user confirms."""
        if not self._clock.begun or self._clock.held or self._give_a_minute():
            return
        sheet = ClosingSheet(self._context.theme, self._live, self._window_in_use())
        sheet.finish_asked.connect(self.finish)
        sheet.question_chosen.connect(self.go_to)
        sheet.speaker_chosen.connect(self.speaker_chosen)
        sheet.unparked.connect(self.unparked)
        sheet.choice_kept.connect(lambda *choice: self.attempt(self._live.keep_choice, *choice))
        sheet.open()

    def finish(self, debrief: bool = False) -> None:
        """End the conversation, then open the terugblik (`debrief`) or offer the next stage."""
        if not self.attempt(self._clock.finish):
            return
        notes = counted(len(self._live.rows.notes), "{n} notitie", "{n} notities")
        length = hours_minutes(self._clock.timing().used)
        message = tr("Het gesprek is afgerond: {time} uur, {notes}.", time=length, notes=notes)
        self._tell(
            message,
            tone=Tone.GOOD,
            action=tr("Naar Uitwerken"),
            on_action=lambda: self._context.navigate(Stage.ELABORATE),
        )
        if debrief and self.attempt(lambda: begin_debrief(self._session, self._live.rows.panel.id)):
            self._context.navigate(Stage.ELABORATE)
            self._context.notify(message, tone=Tone.GOOD)

    # Alone

    def turn_alone(self) -> None:
        """Switch between leading and writing alone, and working with two people."""
        alone = not self._context.settings.current.alone
        self.attempt(self._context.settings.change, alone=alone)
        self.alone_turned.emit()
        self._context.notify(
            tr("Alleen: de vraag staat groot boven de regel, en na elk thema zijn er drie regels in zestig seconden.")
            if alone
            else tr("Niet meer alleen.")
        )

    def go_to(self, question: str) -> None:
        """Go to a question; who leads and writes alone first gets a minute for the theme that is left."""
        if not self._leaves_a_theme(question) or not self._give_a_minute(question):
            self._live.place.go_to(question)

    def _leaves_a_theme(self, question: str) -> bool:
        """Return whether going to a question ends the current theme: a later one follows, or it was talked about."""
        live = self._live
        step, following = live.place.step, step_of(live.rows.guide, question)
        if step is None or following is None or following.theme.id == step.theme.id:
            return False
        order = [theme.id for theme in live.rows.guide.themes]
        used = live.clock.used()
        talked = sum(used.get(question.id, 0.0) for question in step.theme.questions) >= TALKED
        return talked or order.index(following.theme.id) > order.index(step.theme.id)

    def _give_a_minute(self, following: str = "") -> bool:
        """Ask who leads and writes alone for what could not be written about the current theme, once, before the
        conversation goes on at a question, or ends; return whether it was asked."""
        step, clock = self._live.place.step, self._clock
        if not self._context.settings.current.alone or not clock.begun or clock.held or step is None:
            return False
        if not step.theme.is_conversation or step.theme.id in self._caught_up:
            return False
        self._ask_three_lines(LeftTheme(step.id, following))
        return True

    def _ask_three_lines(self, left: LeftTheme) -> None:
        from sto_desktop.ui.conversation.page.three_lines import ThreeLines  # imported only when needed

        live, step = self._live, step_of(self._live.rows.guide, left.question)
        if step is None:
            return
        self._caught_up.add(step.theme.id)

        def write(text: str) -> bool:
            return self.attempt(live.capture, parse(text, live.rows.panelists), step.id, new_id())

        dialog = ThreeLines(self._context.theme, live, step.theme.short_title, left, write, self._page.window())
        dialog.finished.connect(partial(self._go_on, left.following))
        dialog.open()

    def _go_on(self, following: str, _result: int) -> None:
        if following:
            self._live.place.go_to(following)
        else:
            self.ask_to_finish()

    def take_up_three_lines(self) -> None:
        """Go on with the three lines at which the program stopped, if it did."""
        left = LeftTheme.decode(self._session.dossier.draft(three_lines_place(self._live.rows.panel.id)))
        if left is not None:
            self._ask_three_lines(left)

    # Minutes

    def ask_minutes(self) -> None:
        """Ask how many minutes to add to or take from the current question, and redistribute the plan."""
        step = self._live.place.step
        if step is None or self._clock.held:
            return
        if step.question.skipped:
            self._context.notify(tr("Deze vraag vervalt in dit panel; er is geen tijd voor gepland."))
            return
        dialog = MinutesDialog(self._context.theme, self._live, self._window_in_use())
        dialog.chosen.connect(self.share_minutes)
        dialog.open()

    def share_minutes(self, relaid: Relaid) -> None:
        """Save a redistributed plan and report its effect."""
        live = self._live
        end = live.clock.timing().planned_end
        if relaid.minutes and self.attempt(
            lambda: self._session.apply(actions.share_minutes(live.rows.panel.id, relaid.minutes))
        ):
            self._context.notify(
                said_relaid(live.rows.guide, relaid, end), action=tr("Ongedaan maken"), on_action=self._session.undo
            )

    # Rounds, skipping and returning

    def next_turn(self) -> None:
        """Start a round, or pass the turn to the next member."""
        live = self._live
        going = live.round is not None
        live.pass_turn(+1)
        if live.round is not None:
            return
        text = (
            tr("Het rondje is klaar: iedereen is aan de beurt geweest.") if going else tr("Er zit niemand aan tafel.")
        )
        self._context.notify(text)

    def last_turn(self) -> None:
        """Return the turn to the previous member."""
        if self._live.round is not None:
            self._live.pass_turn(-1)

    def skip_or_ask(self) -> None:
        """Skip the current question and move on; a skipped question is restored instead."""
        live, step = self._live, self._live.place.step
        if step is None:
            return
        skipped, following = step.question.skipped, live.place.next_step
        # In a guide without any question left to ask, the conversation would have no current question.
        if not skipped and len(steps(live.rows.guide)) == 1:
            self._context.notify(tr("Dit is de enige vraag die nog gesteld wordt."))
            return
        if not self.attempt(self._session.apply, skip_question(live.rows.panel.id, step.question, not skipped)):
            return
        if skipped:
            return
        freed = counted(step.question.minutes, "{n} minuut", "{n} minuten")
        if following is not None:
            self.go_to(following.id)
        self._context.notify(
            tr("«{question}» vervalt; dat geeft {freed}.", question=step.question.short_text, freed=freed),
            action=tr("Toch stellen"),
            on_action=lambda: self._ask_again(step.id),
        )

    def _ask_again(self, question: str) -> None:
        content = self._live.rows.question(question)
        if content is not None and content.skipped:
            self.attempt(self._session.apply, skip_question(self._live.rows.panel.id, content, False))
        self.go_to(question)

    def waiting(self) -> list[str]:
        """Return the questions that were passed without notes, in order."""
        live = self._live
        passed = open_questions(live.rows.guide, live.rows.counts, live.clock.visited(), live.place.current)
        return [step.id for step in steps(live.rows.guide) if step.id in passed]

    def go_to_open(self) -> None:
        """Go to the next question that was passed without notes, wrapping around at the end."""
        live, waiting = self._live, self.waiting()
        if not waiting:
            self._context.notify(tr("Er staat geen vraag open."))
            return
        # A skipped current question is not in the order: search from the start.
        order = [step.id for step in steps(live.rows.guide)]
        index = order.index(live.place.current) if live.place.current in order else -1
        later = [question for question in waiting if order.index(question) > index]
        self.go_to((later or waiting)[0])

    def set_agreed(self, agreed: Agreement) -> None:
        """Save whether the panel agreed with the current theme's summary."""
        step = self._live.place.step
        playback = self._live.rows.playbacks.get(step.theme.id) if step is not None else None
        if step is not None and playback is not None:
            self.attempt(lambda: self._live.set_playback(step.theme.id, playback.text, agreed))

    def count_hands(self, theme: str, hands: int | None, of: int | None) -> None:
        """Save how many people recognised a theme's summary."""
        self.attempt(self._live.count_hands, theme, hands, of)

    # Presence

    def set_presence(self, panelist: str, presence: Presence) -> None:
        """Record that a member is present, is absent, or leaves now."""
        member = self._live.rows.member(panelist)
        if member is None:
            return
        running = self._clock.begun and not self._clock.held
        now: dt.datetime | None = self._session.now() if running else None
        # Time of leaving is only recorded while the conversation runs.
        if presence is Presence.GONE and now is None:
            presence = Presence.ABSENT
        if not self.attempt(self._session.apply, actions.set_presence(member, presence, now)):
            return
        time, name = clock(now), told_apart(self._live.rows.panelists)[member.id]
        if presence is Presence.GONE:
            self._context.notify(tr("{name} vertrok om {time}.", name=name, time=time))
        elif presence is Presence.HERE and time:
            self._context.notify(tr("{name} is er, sinds {time}.", name=name, time=time))

    def offer(self, owner: QWidget, panelist: str, at: QPoint) -> None:
        """Open the menu of a member at a screen position; `owner`: the widget that asked for it."""
        member = self._live.rows.member(panelist)
        if member is not None:
            offer_presence(owner, member, at, self._session.now(), self)

    def give_floor(self, panelist: str) -> None:
        """Make a member the speaker of the line."""
        self.speaker_chosen.emit(panelist)

    def change_member(self, panelist: str, values: Mapping[str, Any]) -> None:
        """Save a member's answer about being quoted or leaving early, and report it."""
        if not self._save_member(panelist, values):
            return
        name = told_apart(self._live.rows.panelists)[panelist]
        if values.get("consent_quote") is Consent.NO:
            message = tr("{name} wordt niet letterlijk geciteerd.", name=name)
        elif values.get("leaves_at"):
            message = tr("{name} gaat om {time} weg.", name=name, time=clock(values["leaves_at"]))
        else:
            return
        self._context.notify(message, action=tr("Ongedaan maken"), on_action=self._session.undo)

    def _save_member(self, panelist: str, values: Mapping[str, Any]) -> bool:
        is_member = self._live.rows.member(panelist) is not None
        return is_member and self.attempt(self._session.apply, change_panelist(panelist, **values))

    def show_arrival(self, panelist: str = "") -> None:
        """Show Binnenkomst, with this member selected."""
        dialog = ArrivalDialog(self._context.theme, self._live, panelist, self._page.window())
        dialog.presence_chosen.connect(self.set_presence)
        dialog.changed.connect(self._save_member)
        dialog.guest_named.connect(self._add_guest)
        dialog.written_asked.connect(self.ask_written)
        dialog.nobody_asked.connect(
            lambda: self.attempt(self._session.apply, actions.nobody_yet(self._live.rows.panelists))
        )
        dialog.open()

    def ask_written(self) -> None:
        """Ask for the written contribution of somebody who could not come."""
        from sto_desktop.ui.fields.written_dialog import WrittenDialog  # imported only when needed

        rows, seen = self._live.rows, self._session.dossier.seq
        dialog = WrittenDialog(
            self._context.theme, rows.panel.id, rows.panelists, seen=seen, parent=self._page.window()
        )
        dialog.accepted.connect(lambda: self.attempt(self._session.apply, dialog.change()))
        dialog.open()

    def _add_guest(self, name: str) -> None:
        rows = self._live.rows
        arrived = self._session.now() if self._clock.begun and not self._clock.held else None
        self.attempt(
            self._session.apply, add_panelist(rows.panel.id, name, next_seat(rows.panelists), arrived_at=arrived)
        )

    def show_table(self) -> None:
        """Show who is at the table and on which seat."""
        dialog = TableDialog(self._context.theme, self._live, self._window_in_use())
        dialog.presence_chosen.connect(self.set_presence)
        dialog.swapped.connect(self.swap_seats)
        dialog.printed.connect(self._record_plan)
        dialog.open()

    def _record_plan(self) -> None:
        """Record in the list of what was made that the seating plan was printed: it names the members."""
        from sto_desktop.workplace.issuing import paper_issued

        panel, now = self._live.rows.panel.id, self._session.now()
        self.attempt(self._session.apply, paper_issued(panel, None, tr("Zitplan"), now, tr("(afgedrukt)")))

    def swap_seats(self, panelist: str, other: str) -> None:
        """Let two members change places."""
        if (
            panelist != other
            and self._live.rows.member(panelist) is not None
            and self._live.rows.member(other) is not None
        ):
            self.attempt(self._session.apply, actions.swap_seats(self._live.rows.panelists, panelist, other))
