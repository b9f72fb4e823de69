"""The line in which a note is typed: a source in the capture language, shown without speakers and labels, and chips.

The source is the truth: what is shown, and the note, are derived from it and from the chips of a note that was put
back. So typing a line gives the note that `parse` makes of it, wherever the shown text is edited.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sto_desktop.domain.capture.bound import bound
from sto_desktop.domain.capture.chips import NO_CHIPS, Chip, Chips
from sto_desktop.domain.capture.language import (
    PARK_SIGN,
    SIGNS,
    Agreed,
    Captured,
    front_of,
    literal,
    parse,
    without_meaning,
)
from sto_desktop.domain.capture.view import Placed, View, view_of
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.record import clean_text
from sto_desktop.domain.vocabulary import Stance

MOST_STEPS = 200
"""Most steps that can be undone in a line."""

_KEEPS_A_WORD = " \t\n,;:!?)"
"""Typed right behind a name that is a word of the sentence, these leave it what it is."""
_BEGINS_A_WORD = " \t\n([{"


@dataclass(frozen=True, slots=True)
class State:
    """A line at one moment. `place`: where its last edit ended, in the source; `typing`: the cursor is still there."""

    source: str = ""
    chips: Chips = NO_CHIPS
    place: int = 0
    typing: bool = False


class Line:
    """A line under edit. `panelists` returns the members that `@` can match now."""

    def __init__(self, panelists: Callable[[], Sequence[Panelist]]) -> None:
        self._panelists = panelists
        self._members = tuple(panelists())
        self._state = State()
        self._undo: list[State] = []
        self._redo: list[State] = []
        self._group = ""
        self._view: tuple[State, tuple[Panelist, ...], View] | None = None

    # What it is

    @property
    def state(self) -> State:
        """The line now."""
        return self._state

    @property
    def source(self) -> str:
        """The line in the capture language."""
        return self._state.source

    @property
    def chips(self) -> Chips:
        """What the line has that does not stand in its source."""
        return self._state.chips

    @property
    def is_empty(self) -> bool:
        """Whether the line has neither text nor chips."""
        return not self.source and self.chips == NO_CHIPS

    @property
    def view(self) -> View:
        """The line as it is shown."""
        panelists = tuple(self._panelists())
        if self._view is None or self._view[:2] != (self._state, panelists):
            state = self._state
            shown = view_of(state.source, panelists, state.place if state.typing else None)
            self._view = state, panelists, shown
        return self._view[2]

    @property
    def caret(self) -> int:
        """Where the cursor belongs in the shown text after an edit."""
        return self.view.shown(self._state.place)

    @property
    def words(self) -> str:
        """The text without speakers, labels, and signs in front of nothing; empty if those are all there is."""
        text = view_of(self.source, self._panelists()).text.strip()
        return "" if all(word in (*SIGNS, PARK_SIGN) for word in text.split()) else text

    @property
    def has_sign(self) -> bool:
        """Whether a line without words has a sign."""
        return bool(view_of(self.source, self._panelists()).text.strip())

    def reading(self, end: int | None = None, *, quote: bool = False) -> Captured:
        """Return the note of the line, or of the part of its source before a place."""
        return self.chips.added_to(parse(self.source[:end], self._panelists(), quote))

    # The members

    @property
    def members(self) -> tuple[Panelist, ...]:
        """The members as they were when the line was understood last."""
        return self._members

    def follow_members(self) -> tuple[Panelist, ...]:
        """Keep everyone who is understood in the line who they are, after the members changed; return those who are
        no longer members and whom the line lost."""
        before, now = self._members, tuple(self._panelists())
        if before == now:
            return ()
        self._members = now
        self._undo = [_bound(state, before, now)[0] for state in self._undo]
        self._redo = [_bound(state, before, now)[0] for state in self._redo]
        self._state, lost = _bound(self._state, before, now)
        return lost

    def follow_chips(self, before: Chips, now: Chips) -> None:
        """Take over what became elsewhere of the chips of the note in the line."""

        def followed(state: State) -> State:
            return replace(state, chips=state.chips.following(before, now))

        self._undo, self._redo = [*map(followed, self._undo)], [*map(followed, self._redo)]
        self._state = followed(self._state)

    # Changing it

    def begin(self, source: str = "", chips: Chips = NO_CHIPS) -> None:
        """Begin anew, with nothing to undo."""
        self._state = State(source, chips, len(source))
        self._undo.clear()
        self._redo.clear()
        self._group = ""

    def put_back(self, note: NoteContent) -> None:
        """Begin with a note: its words, of which none has a meaning, and its chips."""
        self.begin(literal(note.text, self._panelists()), Chips.of(note))

    def typed(self, text: str, caret: int) -> None:
        """Follow an edit of the shown text, which left `text` with the cursor at `caret`."""
        old = self.view.text
        behind = _alike(old[::-1], text[::-1], max(0, min(len(old), len(text) - caret)))
        first = _alike(old, text, min(len(old), len(text)) - behind)
        self._replace(first, len(old) - behind, clean_text(text[first : len(text) - behind]))

    def moved(self, caret: int) -> None:
        """Follow the cursor to a place in the shown text: a token that it left is no longer being typed."""
        state = self._state
        place = self.view.place(caret)
        if not state.typing or place == state.place:
            return
        start, end = _token_around(state.source, state.place)
        if not start < place <= end:
            self._state = replace(state, place=place, typing=False)
            self._group = ""

    def take_back(self) -> bool:
        """Take back the last character of a source that ends in marks; return whether it does."""
        if not self.view.tail:
            return False
        self._step("take back")
        source = self.source[:-1]
        self._state = replace(self._state, source=source, place=len(source), typing=True)
        return True

    def remove(self, chip: Chip) -> None:
        """Remove a chip; a name that is a word of the sentence stays in it."""
        self._step("")
        view, read = view_of(self.source, self._panelists()), self.reading()
        # All that was typed becomes chips, so that what is left has its meaning wherever it stood.
        front = front_of(self.source, [])
        words = "".join(sign for sign, at in zip(view.text, view.where, strict=True) if at >= front.start)
        signs, plain = self.source[: front.start], without_meaning(words, self._panelists())
        # Words that now stand in front may begin with a sign or a backslash.
        source = signs + plain if view_of(signs + plain, self._panelists()).text == view.text else f"{signs}\\{plain}"
        chips = replace(self.chips, voices=read.voices, tags=read.tags)
        if chip.kind is not None or chip.parked:
            front = front_of(source, [])
            source = source[front.start - front.literal :]
            chips = replace(chips, kind=read.kind, parked=read.parked)
        self._state = State(source, chips.without(chip), len(source))

    def speak(self, member: str) -> None:
        """Make a member who says it, in the place of the only one who did; who says it already says it no more."""
        speakers = [who for who, stance in self.reading().voices if stance is Stance.SAYS]
        self.remove(Chip((member,)))
        if member in speakers:
            return
        chips = self.chips.without(Chip((speakers[0],))) if len(speakers) == 1 else self.chips
        chips = replace(chips, voices=((member, Stance.SAYS), *chips.voices))
        self._state = replace(self._state, chips=chips)

    def take(self, agreed: Agreed) -> None:
        """Add what was offered about an action."""
        self._step("")
        has = self.chips.agreed
        chips = replace(self.chips, agreed=Agreed(agreed.owner or has.owner, agreed.due or has.due))
        self._state = replace(self._state, chips=chips, typing=False)

    def remove_front(self) -> None:
        """Remove the speakers and labels before the first shown character."""
        view = self.view
        end = view.place(0)
        if any(not placed.is_word and placed.start < end for placed in view.tokens):
            self._step("")
            self._state = replace(self._state, source=self.source[end:], place=0, typing=False)

    # Undo

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to redo."""
        return bool(self._redo)

    def undo(self) -> bool:
        """Undo the last step; return whether there was one."""
        return self._go_back(self._undo, self._redo)

    def redo(self) -> bool:
        """Redo what was undone last; return whether there was anything."""
        return self._go_back(self._redo, self._undo)

    def _go_back(self, steps: list[State], others: list[State]) -> bool:
        self._group = ""
        if not steps:
            return False
        others.append(self._state)
        self._state = steps.pop()
        return True

    def _step(self, group: str) -> None:
        """Remember the line before an edit; edits of one group are one step."""
        if not group or group != self._group:
            self._undo = [*self._undo[-MOST_STEPS:], self._state]
        self._redo.clear()
        self._group = group

    # Edits

    def _replace(self, first: int, last: int, text: str) -> None:
        """Replace [first, last) of the shown text."""
        if first == last and not text:
            return
        self._step(self._group_of(first, last, text))
        for edge in (first, last):
            self._dissolve(self.view.word_at(edge))
        behind = next((word for word in self.view.tokens if word.right == first), None)
        if first == last and text[0] not in _KEEPS_A_WORD:
            self._dissolve(behind)
        view, source = self.view, self.source
        start, end = view.place(first), view.place(first)
        if last > first:
            last_word = next((word for word in view.tokens if word.is_word and word.right == last), None)
            end = last_word.end if last_word is not None else view.where[last - 1] + 1
            # Deleting all of a text that was selected deletes what was typed with it.
            if not text and first == 0 and last == len(view.text) > 1:
                start, end = 0, len(source)
        if start < len(source) and view.hides_escape(start):
            needed = last == first and text[-1] in _BEGINS_A_WORD
            start -= 1
            end = end if end > start + 1 else start if needed else start + 1
        longer = len(text) - (end - start)
        escapes = [at if at < start else at + longer for at in view.escapes if not start <= at < end]
        source = source[:start] + text + source[end:]
        self._state = replace(self._state, source=source, place=start + len(text), typing=True)
        self._drop([at for at in escapes if at in self.view.where])

    def _drop(self, escapes: Sequence[int]) -> None:
        """Remove backslashes that were not shown and have nothing to escape any more."""
        for at in reversed(escapes):
            source, place = self.source, self._state.place
            self._state = replace(self._state, source=source[:at] + source[at + 1 :], place=place - (at < place))

    def _group_of(self, first: int, last: int, text: str) -> str:
        place = self.caret
        if first == last and len(text) == 1 and not text.isspace():
            return "typing" if first == place else ""
        if not text and last - first == 1:
            return "deleting" if place in (first, last) else ""
        return ""

    def _dissolve(self, placed: Placed | None) -> None:
        """Make the word of a token plain text."""
        if placed is None or not placed.is_word:
            return
        source = self.source[: placed.start] + placed.token.word + self.source[placed.end :]
        self._state = replace(self._state, source=source, place=len(source), typing=False)


def _bound(state: State, before: Sequence[Panelist], now: Sequence[Panelist]) -> tuple[State, tuple[Panelist, ...]]:
    """Return a line in which everyone stays who they are, and whom it lost."""
    source, place, lost = bound(state.source, state.place, before, now)
    there = {member.id for member in now}
    voices = tuple(voice for voice in state.chips.voices if voice[0] in there)
    gone = {member for member, _ in state.chips.voices} - there
    lost = tuple(member for member in before if member in lost or member.id in gone)
    return replace(state, source=source, place=place, chips=replace(state.chips, voices=voices)), lost


def _token_around(source: str, place: int) -> tuple[int, int]:
    """Return where the word around a place begins and ends."""
    start = max(source.rfind(sign, 0, place) for sign in " \n") + 1
    ends = [end for sign in " \n" if (end := source.find(sign, place)) >= 0]
    return start, min(ends, default=len(source))


def _alike(first: str, second: str, most: int) -> int:
    """Return the length of the common prefix of two texts, at most this many characters."""
    return next((at for at in range(min(most, len(first), len(second))) if first[at] != second[at]), most)
