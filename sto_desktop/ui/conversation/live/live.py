"""The conversation on show, as the views know it: guide, members and notes in memory, kept up with what changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from PySide6.QtCore import QObject, QTimer, Signal

from sto_desktop.domain.actions import conversation as time_actions
from sto_desktop.domain.actions import notes as note_actions
from sto_desktop.domain.capture.language import Captured, parse
from sto_desktop.domain.errors import StoError
from sto_desktop.domain.live.conversation import (
    Step,
    made_note,
    neighbour,
    note_counts,
    open_questions,
    place_in,
    step_of,
    steps,
    with_notes,
)
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
from sto_desktop.domain.log.change import Action, Changed
from sto_desktop.domain.model import Guide, Panel, Panelist, Playback, TopChoice
from sto_desktop.domain.panel.content import GuideContent, NoteContent, QuestionContent
from sto_desktop.domain.panel.voices import TalkBalance, talk_balance
from sto_desktop.domain.vocabulary import Agreement, Mark, NoteKind, PanelStatus
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.conversation.live.clock import ConversationClock

GUIDE_TABLES = ("guide", "theme", "question", "probe", "panel_question")
_NOTE_PARTS = ("voice", "note_tag")
T = TypeVar("T")
REST_MS = 50
"""After a note or a tick the whole state is told so much later: the note itself must be on screen first."""


@dataclass(frozen=True)
class NotesChange:
    """Notes that came, are different now, or went. `everything`: look at all of them again."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    everything: bool = False


class LiveConversation(QObject):
    """One panel's conversation. Writes go through the session; what comes back as changed is read again, row by row.

    Another window shows the same conversation by two things and nothing else: `state()` gives all that there is to
    show at this moment, and `updated` carries such a `LiveState` whenever it is another one: at once when the question,
    the round, the members, the clock's phase or discretion changed, a blink later for notes, and once a second while
    time is shown. What a person does there goes through the methods of this object and of its `clock`. It lives as
    long as the page of its panel: `ConversationStage.live_changed` tells of another one, or None.

    The finer signals are for the views of the page. `moved`: another question is current. `notes_changed` carries a
    `NotesChange`. `people_changed`, `playbacks_changed` and `panel_changed` tell of members, summaries, and title,
    status or guide.

    All time comes from the session's two clocks (`Session.now`, `Session.monotonic`); to play a panel faster, or in a
    test, make the session with others, and call `clock.tick()` where no timer runs.
    """

    updated = Signal(object)
    moved = Signal()
    notes_changed = Signal(object)
    people_changed = Signal()
    playbacks_changed = Signal()
    panel_changed = Signal()
    time_changed = Signal()

    def __init__(self, session: Session, panel: Panel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.panel = panel
        self.guide = GuideContent(Guide(""))
        self._questions: dict[str, QuestionContent] = {}
        self.panelists: tuple[Panelist, ...] = ()
        self.notes: dict[str, NoteContent] = {}
        self.counts: dict[str, int] = {}
        self.balances: tuple[TalkBalance, ...] = ()
        self.tags: dict[str, str] = {}
        self.playbacks: dict[str, Playback] = {}
        self.current: str | None = None
        self.round: Round | None = None
        self.discreet = False
        self._found: dict[tuple[str, ...], list[Any]] = {}
        self._at_hand: set[str] = set()
        self._made: NoteContent | None = None
        self._read_guide()
        self._read_people()
        self._read_notes()
        self._read_playbacks()
        self._place = f"question:{panel.id}"
        self.current = self._found_place()
        self._round_place = f"round:{panel.id}"
        if panel.status is PanelStatus.RUNNING:
            self.round = kept_round(session.dossier.setting(self._round_place), self.current, self.panelists)
        session.changed.connect(self._on_changed)
        self.clock = ConversationClock(self, self)
        self._soon = QTimer(self, interval=REST_MS, singleShot=True)
        self._soon.timeout.connect(self._tell)
        for signal in (self.moved, self.people_changed, self.panel_changed, self.clock.state_changed):
            signal.connect(self._tell)
        for signal in (self.notes_changed, self.playbacks_changed, self.clock.ticked):
            signal.connect(self._tell_soon)

    def close(self) -> None:
        """Stop following the dossier."""
        self._soon.stop()
        self.clock.stop()
        self.session.changed.disconnect(self._on_changed)

    # All of it

    def state(self) -> LiveState:
        """Return the conversation as it is now."""
        clock, step, parked = self.clock, self.step, self.parked()
        here = {item.id for item in step.theme.questions} if step else set()
        kept = [self.playbacks[theme.id] for theme in self.guide.themes if theme.id in self.playbacks]
        latest = max(kept, key=lambda item: self._kept_order(item), default=None)
        return LiveState(
            self.panel,
            self.guide,
            self.phase,
            self.session.now(),
            step,
            self.next_step,
            clock.timing(),
            self.seats(),
            self._unheard(step),
            tuple(parked),
            tuple(note for note in parked if note.question in here),
            open_questions(self.guide, self.counts, clock.visited(), self.current, held=clock.held),
            self.playbacks.get(step.theme.id) if step else None,
            latest,
            self.round,
            self.discreet,
        )

    @property
    def phase(self) -> Phase:
        """Where the conversation is as a whole."""
        if self.clock.running:
            return Phase.RUNNING
        if self.clock.held:
            return Phase.HELD
        return Phase.PAUSED if self.clock.begun else Phase.NOT_BEGUN

    def seats(self) -> tuple[Seat, ...]:
        """Return the members as they sit and speak now."""
        clock = self.clock
        now: dt.datetime | None = None if clock.held else self.session.now()
        if not clock.running and not clock.held:
            now = clock.stopped_at or now
        talked = dt.timedelta(minutes=sum(clock.used().values())) if clock.begun else None
        return seats_of(self.panelists, self.balances, now, talked, self.round)

    def _unheard(self, step: Step | None) -> tuple[str, ...]:
        if step is None or not step.theme.is_conversation or not self.clock.running:
            return ()
        used = self.clock.used()
        questions = {item.id for item in step.theme.questions}
        if sum(used.get(question, 0.0) for question in questions) < SECTORS_AFTER:
            return ()
        found = self._once(
            ("unheard", step.theme.id),
            lambda: list(
                unheard_sectors(self.panelists, (note for note in self.notes.values() if note.question in questions))
            ),
        )
        return tuple(found)

    def _kept_order(self, playback: Playback) -> tuple[bool, int]:
        order = [theme.id for theme in self.guide.themes]
        return bool(playback.text), order.index(playback.theme) if playback.theme in order else -1

    def _tell(self) -> None:
        self._soon.stop()
        self.updated.emit(self.state())

    def _tell_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    # What there is

    @property
    def step(self) -> Step | None:
        """The current question, with its theme."""
        return step_of(self.guide, self.current)

    def question(self, question: str | None) -> QuestionContent | None:
        """Return the question with this id; None where the guide does not have it."""
        return self._questions.get(question or "")

    @property
    def next_step(self) -> Step | None:
        """The question after the current one; None at the end."""
        return neighbour(self.guide, self.current, +1)

    def notes_of(self, question: str | None) -> list[NoteContent]:
        """Return the notes under a question, in the order of the conversation."""
        found = [note for note in self.notes.values() if note.question == question]
        return sorted(found, key=order_of)

    def parked(self) -> list[NoteContent]:
        """Return what is on the parking lot, in order of time."""
        return list(self._once(("parked",), self._find_parked))

    def _find_parked(self) -> list[NoteContent]:
        found = [note for note in self.notes.values() if note.note.parked]
        order = {question.id: number for number, (_, question) in enumerate(self.guide.questions())}
        return sorted(found, key=lambda note: (order.get(note.question or "", len(order)), order_of(note)))

    def _once(self, key: tuple[str, ...], find: Callable[[], list[T]]) -> list[T]:
        """Return what was found among the notes; it is looked for again once notes, members or guide changed."""
        if key not in self._found:
            self._found[key] = find()
        return cast("list[T]", self._found[key])

    def member(self, panelist: str | None) -> Panelist | None:
        """Return the member with this id."""
        return next((item for item in self.panelists if item.id == panelist), None)

    def member_on(self, seat: int) -> Panelist | None:
        """Return the member on a seat."""
        return next((item for item in self.panelists if item.seat == seat), None)

    # What a person does

    def go_to(self, question: str) -> None:
        """Make another question the current one. Whoever keeps the time hears of it by `moved`."""
        if question != self.current and question in self._questions:
            self.current = question
            self._set_round(None)
            self._keep(self._place, question)
            self.moved.emit()

    def _found_place(self) -> str | None:
        dossier = self.session.dossier
        return place_in(self.guide, dossier.read.time_spans(self.panel.id), dossier.setting(self._place))

    def _keep(self, name: str, value: str) -> None:
        """Remember where the conversation is, also while no time is counted, so that a crash loses no place."""
        try:
            self.session.dossier.set_setting(name, value)
        except StoError as error:
            self.clock.failed.emit(error)

    def _set_round(self, going: Round | None) -> None:
        if going != self.round:
            self.round = going
            self._keep(self._round_place, going.kept() if going is not None else "")

    def pass_turn(self, direction: int = +1) -> None:
        """Begin a round along the table, or give the next (+1) or the last (-1) member their turn."""
        going = self.round
        self._set_round(begin_round(self.current or "", self.panelists) if going is None else going.step(direction))
        self._tell()

    def end_round(self) -> None:
        """Leave the round where it is."""
        if self.round is not None:
            self._set_round(None)
            self._tell()

    def set_discreet(self, discreet: bool) -> None:
        """Hide names, notes and silence on every screen, or show them again."""
        if discreet != self.discreet:
            self.discreet = discreet
            self._tell()

    def capture(self, captured: Captured, question: str | None, note: str, mark: Mark | None = None) -> None:
        """Keep what was typed: on disk when this returns. DossierError: nothing was kept."""
        action = note_actions.capture_note(
            self.panel.id, question, captured, self.session.now(), note=note, mark=mark, known_tags=self.tags
        )
        content = self.question(question)
        inherited = content.inherited_kind if content else NoteKind.REMARK
        # It is known here to the letter: reading it back would take longer than writing it.
        self._made = made_note(action, inherited, self.tags)
        try:
            self.session.apply(action)
        finally:
            self._made = None

    def edit(self, note: NoteContent, captured: Captured, seen: int | None) -> None:
        """Give a note new words; `seen`: where the log was when its editor opened."""
        self.apply_to(note.id, note_actions.edit_note(note, captured, seen))

    def apply_to(self, note: str, action: Action) -> None:
        """Do an action on one note. It is read again even if only its labels or voices changed."""
        self._at_hand = {note}
        try:
            self.session.apply(action)
        finally:
            self._at_hand = set()

    def set_playback(self, theme: str, text: str, agreed: Agreement) -> None:
        """Keep what was read back about a theme; the same again leaves no trace."""
        kept = self.playbacks.get(theme)
        made = time_actions.set_playback(self.panel.id, theme, text, agreed, kept.id if kept else None)
        self.session.apply(made)

    def amend(self, theme: str, text: str) -> None:
        """Keep what the panel changed in the summary of a theme, as a note under the question that is asked."""
        content = self.question(self.current)
        here = next((item for item in self.guide.themes if item.id == theme), None)
        if here is not None and (content is None or content.id not in {item.id for item in here.questions}):
            content = here.questions[-1] if here.questions else None
        note = time_actions.amend_playback(
            self.panel.id,
            self._playback_row(theme),
            content.id if content else None,
            parse(text, self.panelists),
            self.session.now(),
        )
        self.session.apply(note)

    def _playback_row(self, theme: str) -> str:
        kept = self.playbacks.get(theme)
        return kept.id if kept is not None else time_actions.playback_id(self.panel.id, theme)

    def amendments(self, theme: str) -> list[NoteContent]:
        """Return what the panel changed in the summary of a theme, in order of time."""
        row = self._playback_row(theme)
        return self._once(
            ("amendments", row),
            lambda: sorted((note for note in self.notes.values() if note.note.amends == row), key=order_of),
        )

    def top_choices(self) -> list[TopChoice]:
        """Return what members found most important, as it is on disk."""
        return self.session.dossier.read.top_choices(self.panel.id)

    def keep_choice(self, panelist: str, rank: int, text: str) -> None:
        """Keep what a member found most important; where it is a note to the letter, it points to that."""
        said = (note.id for note in self.notes.values() if " ".join(note.text.split()) == text)
        self.session.apply(time_actions.set_top_choice(panelist, rank, text, next(said, None)))

    # Reading

    def _read_guide(self) -> None:
        self._found.clear()
        self.guide = self.session.dossier.read.guide_content(self.panel.guide, self.panel.id)
        self._questions = {item.id: item for _, item in self.guide.questions()}

    def _read_people(self) -> None:
        self.panelists = tuple(self.session.dossier.read.panelists(self.panel.id))
        self._count_voices()

    def _count_voices(self) -> None:
        self._found.clear()
        self.balances = talk_balance(self.panelists, self.notes.values())

    def _read_notes(self) -> None:
        read = self.session.dossier.read
        self.notes = {note.id: note for note in read.notes(self.panel.id)}
        self.counts = note_counts(self.notes.values())
        self.tags = {tag.id: tag.name for tag in read.tags()}
        self._count_voices()

    def _read_playbacks(self) -> None:
        found = self.session.dossier.read.playbacks(self.panel.id)
        self.playbacks = {item.theme: item for item in found if item.theme is not None}

    # Following

    def _on_changed(self, changed: Changed) -> None:
        if changed.everything or changed.touches("panel", *GUIDE_TABLES):
            self._follow_panel(changed)
        if changed.touches("panelist"):
            self._read_people()
            self.people_changed.emit()
        if changed.everything or (changed.touches("note", *_NOTE_PARTS) and not self._follow_notes(changed)):
            self._read_notes()
            self.notes_changed.emit(NotesChange(everything=True))
        if changed.touches("tag"):
            self.tags = {tag.id: tag.name for tag in self.session.dossier.read.tags()}
        if changed.touches("playback"):
            self._read_playbacks()
            self.playbacks_changed.emit()
        if changed.touches("time_span"):
            self.time_changed.emit()

    def _follow_panel(self, changed: Changed) -> None:
        found = self.session.dossier.read.panel(self.panel.id)
        if found is None:
            return
        other_guide = found.guide != self.panel.guide
        self.panel = found
        if changed.everything or other_guide or changed.touches(*GUIDE_TABLES):
            before = [question.id for _, question in self.guide.questions()]
            self._read_guide()
            self._read_notes()
            if self.current not in self._questions:
                self._leave_for_a_neighbour(before)
        self.panel_changed.emit()

    def _leave_for_a_neighbour(self, before: list[str]) -> None:
        """Go on where the conversation is: at the question after the one that is gone, or else the last before it."""
        here = before.index(self.current) if self.current in before else 0
        near = (*before[here + 1 :], *reversed(before[:here]))
        asked = {item.id for item in steps(self.guide)}
        following = next((question for question in near if question in asked), self._found_place())
        if following is not None:
            self.go_to(following)
        else:
            self.current = None

    def _follow_notes(self, changed: Changed) -> bool:
        """Read the notes again that changed; False where voices or labels of other notes, not named, changed too."""
        ids = changed.ids("note") | self._at_hand
        if self._made is not None and changed.by_me and ids == {self._made.id}:
            self._take_in({self._made.id: self._made}, ids)
            return True
        parts = changed.ids("voice") | changed.ids("note_tag")
        if parts:
            parts -= self._parts_of(ids)
        self._take_in_notes(ids)
        if parts:
            parts -= self._parts_of(ids)
        return not parts

    def _parts_of(self, notes: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for note in (self.notes[one] for one in notes if one in self.notes):
            found.update(voice.id for voice in note.all_voices)
            found.update(note_actions.note_tag_id(part.id, tag.id) for part in note.parts for tag in part.tags)
        return found

    def _take_in_notes(self, ids: Iterable[str]) -> None:
        named = frozenset(ids)
        # A bundle that a note leaves looks different too.
        wanted = named | {note.id for note in self.notes.values() if note.bundled and not named.isdisjoint(note.ids)}
        read = self.session.dossier.read.some_notes(wanted)
        self._take_in({note.id: note for note in read if note.note.panel == self.panel.id}, wanted)

    def _take_in(self, found: Mapping[str, NoteContent], wanted: Iterable[str]) -> None:
        """Keep notes as they are now; what of the `wanted` was not found is gone."""
        new = [note for note in found if note not in self.notes]
        added = tuple(sorted(new, key=lambda one: order_of(found[one])))
        changed = tuple(note for note in found if note in self.notes)
        self._found.clear()
        removed = tuple(note for note in wanted if note not in found and note in self.notes)
        for note in removed:
            self._count(self.notes.pop(note), -1)
        for note in changed:
            self._count(self.notes[note], -1)
        for note, content in found.items():
            self.notes[note] = content
            self._count(content, +1)
        if changed or removed:
            self._count_voices()
        elif added:
            self.balances = with_notes(self.balances, talk_balance(self.panelists, [found[note] for note in added]))
        if added or changed or removed:
            self.notes_changed.emit(NotesChange(added, changed, removed))

    def _count(self, note: NoteContent, by: int) -> None:
        if note.question is not None:
            self.counts[note.question] = self.counts.get(note.question, 0) + by


def order_of(note: NoteContent) -> tuple[str, str]:
    """Return what orders notes under one question."""
    return note.note.position.key, note.id
