"""One panel's guide, members and notes in memory during its conversation, kept up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from PySide6.QtCore import QObject, Signal

from sto_desktop.domain.actions import conversation as time_actions
from sto_desktop.domain.actions import notes as note_actions
from sto_desktop.domain.live.speakers import with_notes
from sto_desktop.domain.live.steps import note_counts, same_question
from sto_desktop.domain.log.change import Changed
from sto_desktop.domain.model import Guide, Panel, Panelist, Playback
from sto_desktop.domain.panel.content import GuideContent, NoteContent, QuestionContent
from sto_desktop.domain.panel.voices import TalkBalance, talk_balance
from sto_desktop.ui.base.session import Session

GUIDE_TABLES = ("guide", "theme", "question", "probe", "panel_question")
_NOTE_PARTS = ("voice", "note_tag")
T = TypeVar("T")


@dataclass(frozen=True)
class NotesChange:
    """Notes that were added, changed or removed. `everything`: any note may have changed."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    everything: bool = False


class PanelRows(QObject):
    """The part of the dossier that one panel's conversation shows. Changes are reread row by row.

    `notes_changed` carries a `NotesChange`. `people_changed` and `playbacks_changed` announce changes to members and
    summaries. `panel_changed`: title, status or guide changed; if the guide did, `guide_changed` comes first with the
    former `GuideContent`. `time_changed`: time was recorded, in this window or another one.
    """

    notes_changed = Signal(object)
    people_changed = Signal()
    playbacks_changed = Signal()
    guide_changed = Signal(object)
    panel_changed = Signal()
    time_changed = Signal()

    def __init__(self, session: Session, panel: Panel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.panel = panel
        self.guide = GuideContent(Guide(""))
        self.questions: dict[str, QuestionContent] = {}
        self.panelists: tuple[Panelist, ...] = ()
        self.notes: dict[str, NoteContent] = {}
        self.counts: dict[str, int] = {}
        self.balances: tuple[TalkBalance, ...] = ()
        self.tags: dict[str, str] = {}
        self.playbacks: dict[str, Playback] = {}
        self._copies: dict[str, str] = {}
        self._derived: dict[tuple[str, ...], list[Any]] = {}
        self._at_hand: frozenset[str] = frozenset()
        self._made: NoteContent | None = None
        self._read_guide()
        self._read_people()
        self._read_notes()
        self._read_playbacks()
        session.changed.connect(self._on_changed)

    def close(self) -> None:
        """Stop following the dossier."""
        self.session.changed.disconnect(self._on_changed)

    # Queries

    def question(self, question: str | None) -> QuestionContent | None:
        """Return the question with this id; None if the guide lacks it."""
        return self.questions.get(question or "")

    def in_copy(self, question: str | None) -> str | None:
        """Return the current id of a question, if the guide was copied since."""
        return question if question in self.questions else self._copies.get(question or "", question)

    def notes_of(self, question: str | None) -> list[NoteContent]:
        """Return the notes under a question, in conversation order."""
        return sorted((note for note in self.notes.values() if note.question == question), key=order_of)

    def last_note(self, question: str | None) -> NoteContent | None:
        """Return the newest note with text under a question, or else of the whole conversation."""
        under = [note for note in self.notes_of(question) if note.text]
        every = under or sorted((note for note in self.notes.values() if note.text), key=order_of)
        return every[-1] if every else None

    def parked(self) -> list[NoteContent]:
        """Return the notes on the parking lot, in the order of guide and conversation."""
        return list(self.derived(("parked",), self._parked_in_order))

    def _parked_in_order(self) -> list[NoteContent]:
        parked = [note for note in self.notes.values() if note.note.parked]
        order = {question.id: number for number, (_, question) in enumerate(self.guide.questions())}
        return sorted(parked, key=lambda note: (order.get(note.question or "", len(order)), order_of(note)))

    def derived(self, key: tuple[str, ...], derive: Callable[[], list[T]]) -> list[T]:
        """Return the value derived for this key; cached until notes, members or guide change."""
        if key not in self._derived:
            self._derived[key] = derive()
        return cast("list[T]", self._derived[key])

    def member(self, panelist: str | None) -> Panelist | None:
        """Return the member with this id."""
        return next((member for member in self.panelists if member.id == panelist), None)

    def member_on(self, seat: int) -> Panelist | None:
        """Return the member on a seat."""
        return next((member for member in self.panelists if member.seat == seat), None)

    def playback_row(self, theme: str) -> str:
        """Return the id of the row for a theme's summary, whether or not the row exists."""
        playback = self.playbacks.get(theme)
        return playback.id if playback is not None else time_actions.playback_id(self.panel.id, theme)

    def amendments(self, theme: str) -> list[NoteContent]:
        """Return the panel's corrections of a theme's summary, in conversation order."""
        row = self.playback_row(theme)
        return self.derived(
            ("amendments", row),
            lambda: sorted((note for note in self.notes.values() if note.note.amends == row), key=order_of),
        )

    # Expected changes

    @contextmanager
    def expecting(self, content: NoteContent) -> Iterator[None]:
        """While active, take a new note's content from memory: reading it back is slower than writing it."""
        self._made = content
        try:
            yield
        finally:
            self._made = None

    @contextmanager
    def at_hand(self, note: str) -> Iterator[None]:
        """While active, reread this note even if only its labels or voices changed."""
        self._at_hand = frozenset((note,))
        try:
            yield
        finally:
            self._at_hand = frozenset()

    # Reading

    def _read_guide(self) -> None:
        self._derived.clear()
        self.guide = self.session.dossier.read.guides.content(self.panel.guide, self.panel.id)
        self.questions = {question.id: question for _, question in self.guide.questions()}

    def _read_people(self) -> None:
        self.panelists = tuple(self.session.dossier.read.members.of_panel(self.panel.id))
        self._count_voices()

    def _count_voices(self) -> None:
        self._derived.clear()
        self.balances = talk_balance(self.panelists, self.notes.values())

    def _read_notes(self) -> None:
        read = self.session.dossier.read
        self.notes = {note.id: note for note in read.notes.of_panel(self.panel.id)}
        self.counts = note_counts(self.notes.values())
        self.tags = {tag.id: tag.name for tag in read.tags.listed()}
        self._count_voices()

    def _read_playbacks(self) -> None:
        playbacks = self.session.dossier.read.course.playbacks(self.panel.id)
        self.playbacks = {playback.theme: playback for playback in playbacks if playback.theme is not None}

    # Following changes

    def _on_changed(self, changed: Changed) -> None:
        # The guide and the members first, since notes refer to them.
        if changed.everything or changed.touches("panel", *GUIDE_TABLES):
            self._follow_panel(changed)
        if changed.touches("panelist"):
            self._read_people()
            self.people_changed.emit()
        # If the change does not name all affected notes, read all of them.
        if changed.everything or (changed.touches("note", *_NOTE_PARTS) and not self._follow_notes(changed)):
            self._read_notes()
            self.notes_changed.emit(NotesChange(everything=True))
        if changed.touches("tag"):
            self.tags = {tag.id: tag.name for tag in self.session.dossier.read.tags.listed()}
        if changed.touches("playback"):
            self._read_playbacks()
            self.playbacks_changed.emit()
        if changed.touches("time_span"):
            self.time_changed.emit()

    def _follow_panel(self, changed: Changed) -> None:
        panel = self.session.dossier.read.panels.get(self.panel.id)
        # The panel was deleted: the stage will replace this page; until then it shows the old rows.
        if panel is None:
            return
        other_guide = panel.guide != self.panel.guide
        self.panel = panel
        if changed.everything or other_guide or changed.touches(*GUIDE_TABLES):
            before = self.guide
            self._read_guide()
            self._follow_copies(before)
            self._read_notes()
            self.guide_changed.emit(before)
        self.panel_changed.emit()

    def _follow_copies(self, before: GuideContent) -> None:
        """Remember which questions replaced former ones when the guide was copied for this panel."""
        copies = ((question.id, same_question(self.guide, question)) for _, question in before.questions())
        self._copies.update({old: copy.id for old, copy in copies if copy is not None and copy.id != old})

    def _follow_notes(self, changed: Changed) -> bool:
        """Reread changed notes. Return False if a change of voices or labels affects notes that the change does not
        name.
        """
        ids = changed.ids("note") | self._at_hand
        if self._made is not None and changed.by_me and ids == {self._made.id}:
            self._take_in({self._made.id: self._made}, ids)
            return True
        parts = changed.ids("voice") | changed.ids("note_tag")
        # Compare the parts of the notes before and after rereading: what differs belongs to notes not named in the
        # change.
        if parts:
            parts -= self._parts_of(ids)
        self._take_in_notes(ids)
        if parts:
            parts -= self._parts_of(ids)
        return not parts

    def _parts_of(self, notes: Iterable[str]) -> set[str]:
        notes_in_memory = (self.notes[note_id] for note_id in notes if note_id in self.notes)
        return {row for note in notes_in_memory for _, row in parts_of(note)}

    def _take_in_notes(self, ids: Iterable[str]) -> None:
        named = frozenset(ids)
        # A bundle also changes when a note leaves it.
        affected = named | {note.id for note in self.notes.values() if note.bundled and not named.isdisjoint(note.ids)}
        read = self.session.dossier.read.notes.some(affected)
        self._take_in({note.id: note for note in read if note.note.panel == self.panel.id}, affected)

    def _take_in(self, current: Mapping[str, NoteContent], affected: Iterable[str]) -> None:
        """Store the current notes. Those in `affected` that are not in `current` were removed."""
        added = tuple(
            sorted((note for note in current if note not in self.notes), key=lambda note: order_of(current[note]))
        )
        changed = tuple(note for note in current if note in self.notes)
        self._derived.clear()
        removed = tuple(note for note in affected if note not in current and note in self.notes)
        for note in removed:
            # Subtract them under their old question before adding them under the new one.
            self._count(self.notes.pop(note), -1)
        for note in changed:
            self._count(self.notes[note], -1)
        for note, content in current.items():
            self.notes[note] = content
            self._count(content, +1)
        if changed or removed:
            self._count_voices()
        # Only additions: add their voices to the totals instead of counting all notes again.
        elif added:
            self.balances = with_notes(self.balances, talk_balance(self.panelists, [current[note] for note in added]))
        if added or changed or removed:
            self.notes_changed.emit(NotesChange(added, changed, removed))

    def _count(self, note: NoteContent, by: int) -> None:
        if note.question is not None:
            self.counts[note.question] = self.counts.get(note.question, 0) + by


def parts_of(note: NoteContent) -> Iterator[tuple[str, str]]:
    """Yield the rows (table and id) of the voices and labels of a note, also of those bundled in it."""
    yield from (("voice", voice.id) for voice in note.all_voices)
    yield from (("note_tag", note_actions.note_tag_id(part.id, tag.id)) for part in note.parts for tag in part.tags)


def order_of(note: NoteContent) -> tuple[str, str]:
    """Return the sort key of a note under its question."""
    return note.note.position.key, note.id
