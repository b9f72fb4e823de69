"""The current conversation: its state at one moment, and the operations on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from sto_desktop.domain.actions import conversation as time_actions
from sto_desktop.domain.actions import notes as note_actions
from sto_desktop.domain.capture.language import Captured, parse
from sto_desktop.domain.live.draft import made_note
from sto_desktop.domain.live.noting import admitted, may_be_noted
from sto_desktop.domain.live.pause import Pause, is_break, kept_pause, planned_pause
from sto_desktop.domain.live.state import (
    SECTORS_AFTER,
    LiveState,
    Phase,
    Round,
    Seat,
    begin_round,
    kept_round,
    seats_of,
    unheard_sectors,
)
from sto_desktop.domain.live.steps import Step, open_questions
from sto_desktop.domain.live.timing import is_late
from sto_desktop.domain.log.change import Action
from sto_desktop.domain.model import Panel, Playback, TopChoice
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.vocabulary import Agreement, Mark, NoteKind, PanelStatus
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.conversation.live.clock import ConversationClock
from sto_desktop.ui.conversation.live.place import GuidePlace
from sto_desktop.ui.conversation.live.rows import PanelRows

REST_MS = 50
"""Delay before the full state follows a note or a tick: the note itself must be on screen first."""


class LiveConversation(QObject):
    """One panel's conversation: its `rows`, its `place` in the guide, its `clock`, the round and the discreet mode.

    Other windows show the conversation through two members only: `state()` returns everything to show at this moment,
    and `updated` carries the new `LiveState` whenever it changes: at once for the question, the round, the members, the
    clock's phase and the discreet mode, after a short delay for notes, and once a second while time is shown.
    Operations go through the methods of this object, its `place` and its `clock`. It lives as long as the page of its
    panel: `ConversationStage.live_changed` announces its successor, or None.

    All time comes from the session's two clocks (`Session.now`, `Session.monotonic`); to play a panel faster, or in a
    test, create the session with others, and call `clock.tick()` where no timer runs.
    """

    updated = Signal(object)

    def __init__(self, session: Session, panel: Panel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.rows = PanelRows(session, panel, self)
        self.place = GuidePlace(self.rows, self)
        self.place.moved.connect(self._leave_round)
        self.round: Round | None = None
        self.discreet = False
        self._round_setting = f"round:{panel.id}"
        self._pause_setting = f"pause:{panel.id}"
        if panel.status is PanelStatus.RUNNING:
            saved_round = session.dossier.setting(self._round_setting)
            self.round = kept_round(saved_round, self.place.current, self.rows.panelists)
        self.clock = ConversationClock(self.rows, self.place, self)
        self.place.failed.connect(self.clock.failed)
        self._soon = QTimer(self, interval=REST_MS, singleShot=True)
        self._soon.timeout.connect(self._tell)
        self.session.ended.connect(self._soon.stop)
        rows = self.rows
        for at_once in (self.place.moved, rows.people_changed, rows.panel_changed, self.clock.state_changed):
            at_once.connect(self._tell)
        for later in (rows.notes_changed, rows.playbacks_changed, self.clock.ticked):
            later.connect(self._tell_soon)

    def close(self) -> None:
        """Stop following the dossier."""
        self._soon.stop()
        self.clock.stop()
        self.rows.close()

    # State

    def state(self) -> LiveState:
        """Return the current state."""
        rows, clock, step, parked = self.rows, self.clock, self.place.step, self.rows.parked()
        theme_questions = {question.id for question in step.theme.questions} if step else set()
        in_order = [rows.playbacks[theme.id] for theme in rows.guide.themes if theme.id in rows.playbacks]
        latest = max(in_order, key=self._kept_order, default=None)
        return LiveState(
            rows.panel,
            rows.guide,
            self.phase,
            self.session.now(),
            step,
            self.place.next_step,
            clock.timing(),
            self.seats(),
            self._unheard(step),
            tuple(parked),
            tuple(note for note in parked if note.question in theme_questions),
            open_questions(rows.guide, rows.counts, clock.visited(), self.place.current, held=clock.held),
            rows.playbacks.get(step.theme.id) if step else None,
            latest,
            self.round,
            self.discreet,
            self.pause(),
        )

    @property
    def phase(self) -> Phase:
        """The phase of the conversation as a whole."""
        if self.clock.running:
            return Phase.RUNNING
        if self.clock.held:
            return Phase.HELD
        return Phase.PAUSED if self.clock.begun else Phase.NOT_BEGUN

    @property
    def late(self) -> bool:
        """Whether notes typed now were said before, so that they get no time."""
        clock = self.clock
        return is_late(self.rows.panel, clock.stopped_at, self.session.now(), running=clock.running)

    def pause(self) -> Pause | None:
        """Return the current pause: the clock is paused, or the guide has a break here."""
        step, clock = self.place.step, self.clock
        theme = step.theme if step is not None else None
        if self.phase is Phase.RUNNING and is_break(theme):
            now = self.session.now()
            planned = planned_pause(self.rows.guide, theme, now, clock.timing().theme_left)
            return replace(planned, since=clock.running_since or now)
        stopped = clock.stopped_at if self.phase is Phase.PAUSED else None
        if stopped is None:
            return None
        saved_pause = kept_pause(self.session.dossier.setting(self._pause_setting), stopped)
        return saved_pause or planned_pause(self.rows.guide, theme, stopped, clock.timing().theme_left)

    def move_pause(self, steps: int) -> None:
        """Move the end of the pause by some minutes, later or earlier."""
        pause = self.pause()
        if pause is not None:
            self.place.keep(self._pause_setting, pause.moved(steps, self.session.now()).kept())
            self._tell()

    def seats(self) -> tuple[Seat, ...]:
        """Return the members with their seats and speaking times."""
        clock = self.clock
        # Silence does not grow after the end or during a pause.
        now: dt.datetime | None = None if clock.held else self.session.now()
        if not clock.running and not clock.held:
            now = clock.stopped_at or now
        talked = dt.timedelta(minutes=sum(clock.used().values())) if clock.begun else None
        return seats_of(self.rows.panelists, self.rows.balances, now, talked, self.round)

    def _unheard(self, step: Step | None) -> tuple[str, ...]:
        if step is None or not step.theme.is_conversation or not self.clock.running:
            return ()
        used = self.clock.used()
        questions = {question.id for question in step.theme.questions}
        if sum(used.get(question, 0.0) for question in questions) < SECTORS_AFTER:
            return ()
        rows = self.rows
        notes = (note for note in rows.notes.values() if note.question in questions)
        return tuple(rows.derived(("unheard", step.theme.id), lambda: list(unheard_sectors(rows.panelists, notes))))

    def _kept_order(self, playback: Playback) -> tuple[bool, int]:
        order = [theme.id for theme in self.rows.guide.themes]
        # Prefer a summary with text; of these, that of the latest theme in the guide.
        return bool(playback.text), order.index(playback.theme) if playback.theme in order else -1

    def _tell(self) -> None:
        self._soon.stop()
        self.updated.emit(self.state())

    def _tell_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    # The round

    def pass_turn(self, direction: int = +1) -> None:
        """Start a round along the table, or give the turn to the next (+1) or previous (-1) member."""
        going = self.round
        if going is None:
            self._set_round(begin_round(self.place.current or "", self.rows.panelists))
        else:
            self._set_round(going.step(direction))
        self._tell()

    def end_round(self) -> None:
        """End the round."""
        if self.round is not None:
            self._set_round(None)
            self._tell()

    def _leave_round(self) -> None:
        self._set_round(None)

    def _set_round(self, going: Round | None) -> None:
        if going != self.round:
            self.round = going
            self.place.keep(self._round_setting, going.kept() if going is not None else "")

    # Operations

    def set_discreet(self, discreet: bool) -> None:
        """Hide names, notes and silences on every screen, or show them again."""
        if discreet != self.discreet:
            self.discreet = discreet
            self._tell()

    def capture(
        self,
        captured: Captured,
        question: str | None,
        note: str,
        marks: Collection[Mark] = (),
        entered: dt.datetime | None = None,
    ) -> None:
        """Save the typed note: on disk when this returns; `entered`: when, if not now. Raises DossierError when nothing
        was saved, and UsageError if who said it does not take part.
        """
        rows = self.rows
        captured = self.admitted(captured)
        question = rows.in_copy(question)
        action = note_actions.capture_note(
            rows.panel.id,
            question,
            captured,
            entered or self.session.now(),
            note=note,
            marks=marks,
            known_tags=rows.tags,
            late=self.late,
        )
        content = rows.question(question)
        inherited = content.inherited_kind if content else NoteKind.REMARK
        with rows.expecting(made_note(action, inherited, rows.tags)):
            self.session.apply(action)

    def admitted(self, captured: Captured, note: NoteContent | None = None) -> Captured:
        """Return what was typed, in `note` if that exists, without voices of members who do not take part. Raises
        UsageError if one of them said it.
        """
        return admitted(captured, self.rows.panelists, note)

    def capture_list(
        self, notes: Sequence[Captured], question: str | None, before: int = 0, *, since: dt.datetime
    ) -> int:
        """Save several notes under a question, and return how many; those that somebody said who does not take part are
        left out. `before`: how many notes of the same list were already saved; `since`: when the list was pasted: all
        its notes are one step to undo.
        """
        rows = self.rows
        notes = [self.admitted(note) for note in notes if may_be_noted(note, rows.panelists)]
        if not notes:
            return 0
        at = since + dt.timedelta(milliseconds=before)
        step = since.isoformat(timespec="milliseconds")
        made = note_actions.capture_list(
            rows.panel.id, question, notes, at, known_tags=rows.tags, late=self.late, step=step
        )
        self.session.apply(made)
        return len(notes)

    def add_to(self, note: NoteContent, captured: Captured) -> None:
        """Add voices and labels to a note."""
        self.apply_to(note.id, note_actions.add_to_note(note, self.admitted(captured)))

    def edit(self, note: NoteContent, captured: Captured, seen: int | None) -> None:
        """Replace the text of a note; `seen`: position in the log when its editor opened. If the note was deleted
        since, it is restored. Raises UsageError if who said it now does not take part.
        """
        captured = self.admitted(captured, note)
        deleted = self.session.dossier.read.notes.get(note.id) is None
        change = note_actions.bring_back(note, captured) if deleted else note_actions.edit_note(note, captured, seen)
        self.apply_to(note.id, change)

    def apply_to(self, note: str, action: Action) -> None:
        """Apply an action to one note, and reread it even if only its labels or voices changed."""
        with self.rows.at_hand(note):
            self.session.apply(action)

    def set_playback(self, theme: str, text: str, agreed: Agreement) -> None:
        """Save a theme's summary and whether the panel agreed; unchanged values write nothing."""
        playback = self.rows.playbacks.get(theme)
        row = playback.id if playback else None
        self.session.apply(time_actions.set_playback(self.rows.panel.id, theme, text, agreed, row))

    def count_hands(self, theme: str, hands: int | None, of: int | None) -> None:
        """Save how many of those present recognised a theme's summary; unchanged values write nothing."""
        playback = self.rows.playbacks.get(theme)
        if playback is not None and (hands, of) != (playback.hands, playback.hands_of):
            self.session.apply(time_actions.count_hands(playback.id, hands, of))

    def amend(self, theme: str, text: str) -> None:
        """Save the panel's correction of a theme's summary, as a note under the current question."""
        rows = self.rows
        content = rows.question(self.place.current)
        guide_theme = next((candidate for candidate in rows.guide.themes if candidate.id == theme), None)
        # The current question is of another theme: use the last question of the summary's theme.
        if guide_theme is not None and (
            content is None or content.id not in {question.id for question in guide_theme.questions}
        ):
            content = guide_theme.questions[-1] if guide_theme.questions else None
        note = time_actions.amend_playback(
            rows.panel.id,
            rows.playback_row(theme),
            content.id if content else None,
            self.admitted(parse(text, rows.panelists)),
            self.session.now(),
            late=self.late,
        )
        self.session.apply(note)

    def top_choices(self) -> list[TopChoice]:
        """Return the saved choices of what members found most important."""
        return self.session.dossier.read.members.top_choices(self.rows.panel.id)

    def keep_choice(self, panelist: str, rank: int, text: str) -> None:
        """Save what a member found most important. If a note has exactly the same text, the choice refers to it."""
        alike = (note.id for note in self.rows.notes.values() if " ".join(note.text.split()) == text)
        self.session.apply(time_actions.set_top_choice(panelist, rank, text, next(alike, None)))
