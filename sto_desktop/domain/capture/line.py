"""The line in which a note is typed: a source in the capture language, shown without speakers and labels, and chips.

The source is the truth: the shown text and the note are derived from it and from the chips of a note that was put back.
So typing a line gives the same note as `parse`, wherever the shown text is edited.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sto_desktop.domain.capture.chips import NO_CHIPS, Chips, LineChip
from sto_desktop.domain.capture.language import Agreed, Captured, front_of, parse, sign_before_digit
from sto_desktop.domain.capture.line_state import State, bound_state, escaped_at, token_around
from sto_desktop.domain.capture.pasted import says_something
from sto_desktop.domain.capture.tokens import TAKEN
from sto_desktop.domain.capture.view import Placed, View, view_of
from sto_desktop.domain.capture.writing import literal, with_seats, without_meaning
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.people import fold
from sto_desktop.domain.record import clean_text
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.patterns import lazy_re

MOST_STEPS = 200
"""Maximum number of undo steps in a line."""

_KEEPS_A_WORD = " \t\n,;:!?)"
"""After a name inside a sentence, these characters leave it a name; any other makes it plain text."""
_SIGN = lazy_re(r"[^\w\s]|\d")
"""A character that can have a meaning."""


_AGAIN = Stance.AGREES, Stance.DISAGREES, None
"""What a member does in a note when the key that made them the speaker is pressed again, and again."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A key that made a member the speaker: the line before and after it, and what it does when pressed again."""

    member: str
    before: State
    left: State
    stances: tuple[Stance | None, ...]


class Line:
    """A line being edited. `panelists` returns the current members that `@` can match."""

    def __init__(self, panelists: Callable[[], Sequence[Panelist]]) -> None:
        self._panelists = panelists
        self._members = tuple(panelists())
        self._state = State()
        self._undo: list[State] = []
        self._redo: list[State] = []
        self._group = ""
        self._pressed: Pressed | None = None
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
        """The properties of the note that are not in the source."""
        return self._state.chips

    @property
    def own(self) -> Chips:
        """The chips of the note that was put back."""
        return self._state.own

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
    def ends_in_token(self) -> bool:
        """Whether the cursor stands behind a speaker or label at the end, which is shown as typed until a space."""
        return len(view_of(self.source, self._panelists()).tokens) > len(self.view.tokens)

    @property
    def caret(self) -> int:
        """The position of the cursor in the shown text after an edit."""
        return self.view.shown(self._state.place)

    @property
    def words(self) -> str:
        """The text without speakers, labels and leading signs; empty if the line has nothing else."""
        text = view_of(self.source, self._panelists()).text.strip()
        return text if says_something(text) else ""

    @property
    def has_sign(self) -> bool:
        """Whether a line without words has a sign."""
        return bool(view_of(self.source, self._panelists()).text.strip())

    @property
    def offered_sign(self) -> str:
        """The sign at the start that is text because a digit follows, but was probably meant; empty if none."""
        found = sign_before_digit(self.source)
        return self.source[found[0]] if found is not None and found[0] not in self._state.plain else ""

    def take_sign(self) -> None:
        """Let the offered sign have its meaning."""
        found = sign_before_digit(self.source)
        if found is not None:
            self._step("")
            self._state = escaped_at(self._state, (found[1],))

    def is_plain(self, shown: int) -> bool:
        """Return whether a character of the shown text never has a meaning."""
        return (place := self.view.place(shown)) in self._state.plain or self.view.hides_escape(place)

    def make_plain(self, shown: int) -> None:
        """Take its meaning from a character of the shown text, wherever it moves."""
        self._step("")
        plain = tuple(sorted({*self._state.plain, self.view.place(shown)}))
        self._state = replace(self._state, plain=plain, typing=False)
        self._escape()

    def reading(self, end: int | None = None, *, quote: bool = False) -> Captured:
        """Return the note of the line, or of its source before a position."""
        return self.chips.added_to(parse(self.source[:end], self._panelists(), quote))

    # The members

    @property
    def members(self) -> tuple[Panelist, ...]:
        """The members at the last parse."""
        return self._members

    def follow_members(self) -> tuple[Panelist, ...]:
        """Adapt the line to changed members, so that each name in it means the same person. Return people in the line
        who are no longer members.
        """
        before, now = self._members, tuple(self._panelists())
        if before == now:
            return ()
        self._members = now
        self._undo = [bound_state(state, before, now)[0] for state in self._undo]
        self._redo = [bound_state(state, before, now)[0] for state in self._redo]
        self._state, lost = bound_state(self._state, before, now)
        return lost

    def follow_chips(self, before: Chips, now: Chips) -> None:
        """Apply changes made elsewhere to the chips of the note in the line."""

        def followed(state: State) -> State:
            return replace(state, chips=state.chips.following(before, now))

        self._undo, self._redo = [*map(followed, self._undo)], [*map(followed, self._redo)]
        self._state = followed(self._state)

    # Changing it

    def begin(self, source: str = "", chips: Chips = NO_CHIPS, *, typing: bool = False) -> None:
        """Start with this line, and nothing to undo. `typing`: what is typed next goes on with the source."""
        self._state = State(source, chips, len(source), typing=typing, own=chips)
        self._undo.clear()
        self._redo.clear()
        self._group = ""

    def put_back(self, note: NoteContent) -> None:
        """Start with a note: its text, in which nothing has a meaning, and its chips."""
        source = literal(note.text, self._panelists())
        self.begin(with_seats(source, note), Chips.of(note))
        self._state = replace(self._state, plain=tuple(match.start() for match in _SIGN.finditer(source)))

    def put_back_as(self, note: NoteContent, source: str, chips: Chips) -> None:
        """Begin with a note that was being corrected when the program stopped: with the line as it was."""
        self.put_back(note)
        self._step("")
        self._state = State(source, chips, len(source), typing=True, own=Chips.of(note))

    def typed(self, text: str, caret: int) -> None:
        """Follow an edit of the shown text, which left `text` with the cursor at `caret`."""
        old = self.view.text
        behind = _alike(old[::-1], text[::-1], max(0, min(len(old), len(text) - caret)))
        first = _alike(old, text, min(len(old), len(text)) - behind)
        self._replace(first, len(old) - behind, clean_text(text[first : len(text) - behind]))

    def insert(self, shown: int, source: str, chips: Chips) -> None:
        """Insert a whole line at a position in the shown text: as it was if there is no text here, and otherwise its
        words, with all else as chips.
        """
        panelists = self._panelists()
        known = {member.id for member in panelists}
        chips = replace(chips, voices=tuple(voice for voice in chips.voices if voice[0] in known))
        if not self.source:
            self._step("")
            self._state = replace(self._state, source=source, chips=self.chips.joined(chips), place=len(source))
            return
        read = chips.added_to(parse(source, panelists))
        self._replace(shown, shown, view_of(source, panelists).text)
        self._set_chips(self.chips.joined(Chips(voices=read.voices, tags=read.tags)))

    def moved(self, caret: int) -> None:
        """Follow the cursor to a position in the shown text. A token that it left is no longer being typed. Chips
        behind it are removed from the source, so that what is typed next can't change them.
        """
        state = self._state
        if caret == self.caret:
            return
        place = self.view.place(caret)
        if state.typing:
            start, end = token_around(state.source, state.place)
            if start < place <= end:
                return
        self._state = replace(state, place=place, typing=False)
        self._group = ""
        self._settle(self._behind(len(self.view.text)))

    def take_back(self) -> bool:
        """Remove the last character of a source that ends in marks; return whether it does."""
        if not self.view.tail:
            return False
        self._step("take back")
        source = self.source[:-1].removesuffix(TAKEN)
        self._state = replace(self._state, source=source, place=len(source), typing=True)
        return True

    def remove(self, chip: LineChip) -> None:
        """Remove a chip. A name inside the sentence stays as plain text."""
        self._step("")
        view, read = view_of(self.source, self._panelists()), self.reading()
        # Turn everything typed into chips first: then the rest keeps its meaning, wherever it stood.
        front = front_of(self.source, [])
        words = "".join(character for character, at in zip(view.text, view.where, strict=True) if at >= front.start)
        signs, plain = self.source[: front.start], without_meaning(words, self._panelists())
        # Words that are now at the start may begin with a sign or a backslash.
        source = signs + plain if view_of(signs + plain, self._panelists()).text == view.text else f"{signs}\\{plain}"
        chips = replace(self.chips, voices=read.voices, tags=read.tags)
        if chip.kind is not None or chip.parked:
            front = front_of(source, [])
            source = source[front.start - front.literal :]
            chips = replace(chips, kind=read.kind, parked=read.parked)
            # Quotes or brackets around the words stay, without their meaning.
            if chip.kind is not None and parse(source).kind is not None:
                source = f"\\{source}"
        self._state = State(source, chips.without(chip), len(source), own=self.own.without(chip))

    def clear(self) -> None:
        """Remove the text and everything that was typed with it."""
        self._step("")
        self._state = State(chips=self.own, own=self.own)

    def speak(self, member: str) -> None:
        """Make a member the speaker, replacing a single other speaker. A member who is a speaker already is removed.
        Again at once: see `press_again`.
        """
        if self.press_again(member):
            return
        before = self._state
        speakers = [speaker for speaker, stance in self.reading().voices if stance is Stance.SAYS]
        self.remove(LineChip((member,)))
        if member not in speakers:
            chips = self.chips.without(LineChip((speakers[0],))) if len(speakers) == 1 else self.chips
            self._set_chips(replace(chips, voices=((member, Stance.SAYS), *chips.voices)))
        self.pressed(member, before)

    def pressed(self, member: str, before: State) -> None:
        """Remember that a member was made the speaker by a key, in a line that was `before`."""
        self._pressed = Pressed(member, before, self._state, _AGAIN)

    def press_again(self, member: str) -> bool:
        """Let a member who was made the speaker a moment ago agree instead, then disagree, then neither; the line is
        otherwise as before the first press. Return whether nothing happened in between.
        """
        pressed = self._pressed
        if pressed is None or pressed.member != member or pressed.left != self._state or not pressed.stances:
            return False
        self._step("")
        steps, self._state = self._undo, pressed.before
        self.remove(LineChip((member,)))
        # One press is one step.
        self._undo = steps
        stance = pressed.stances[0]
        if stance is not None:
            self._set_chips(replace(self.chips, voices=(*self.chips.voices, (member, stance))))
        self._pressed = replace(pressed, left=self._state, stances=pressed.stances[1:])
        return True

    def _set_chips(self, chips: Chips) -> None:
        self._state = replace(self._state, chips=chips)

    def take(self, agreed: Agreed) -> None:
        """Add what was offered about an action."""
        self._step("")
        has = self.chips.agreed
        chips = replace(self.chips, agreed=Agreed(agreed.owner or has.owner, agreed.due or has.due))
        self._state = replace(self._state, chips=chips, typing=False)

    def remove_front(self) -> bool:
        """Remove the speakers and labels before the first shown character; if there is no text, all that were typed.
        Return whether there were any.
        """
        view = self.view
        if not view.text and self.chips != self.own:
            self.clear()
            return True
        end = view.place(0)
        typed = any(not placed.is_word and placed.start < end for placed in view.tokens)
        if typed:
            self._step("")
            self._state = replace(self._state, source=self.source[end:], place=0, typing=False)
        return typed

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

    def _go_back(self, steps: list[State], opposite: list[State]) -> bool:
        self._group = ""
        if not steps:
            return False
        opposite.append(self._state)
        self._state = steps.pop()
        return True

    def _step(self, group: str) -> None:
        """Store the line for undo before an edit; consecutive edits of one group are one step."""
        if not group or group != self._group:
            self._undo = [*self._undo[-MOST_STEPS:], self._state]
        self._redo.clear()
        self._group = group

    # Edits

    def _replace(self, first: int, last: int, text: str) -> None:
        """Replace [first, last) of the shown text."""
        if first == last and not text:
            return
        goes_on = self._state.typing and first == last == self.caret
        self._step(self._group_of(first, last, text))
        for edge in (first, last):
            self._dissolve(self.view.word_at(edge))
        behind = next((word for word in self.view.tokens if word.right == first), None)
        # While typing goes on, something that is not shown may stand between the word and the cursor.
        apart = goes_on and behind is not None and behind.end < self._state.place
        if first == last and text[0] not in _KEEPS_A_WORD and not apart:
            self._dissolve(behind)
        # An edit must not turn chips at or behind its place into words.
        self._settle(self._state.place if goes_on else self._behind(first))
        start = self._state.place if goes_on else self.view.place(first)
        end = self._behind(last) if last > first else start
        escapes = self.view.escapes
        self._unescape(escapes)
        self._splice(start - bisect_left(escapes, start), end - bisect_left(escapes, end), text, typing=True)
        self._escape()

    def _behind(self, shown: int) -> int:
        """Return the position in the source directly after the character before a position in the shown text."""
        view = self.view
        word = next((word for word in view.tokens if word.left < shown <= word.right), None)
        return word.end if word is not None else view.where[shown - 1] + 1 if shown else 0

    def _splice(self, start: int, end: int, text: str, *, typing: bool) -> None:
        """Replace [start, end) of the source."""
        state, longer = self._state, len(text) - (end - start)
        plain = tuple(at if at < start else at + longer for at in state.plain if not start <= at < end)
        source = state.source[:start] + text + state.source[end:]
        self._state = replace(state, source=source, place=start + len(text), typing=typing, plain=plain)

    def _settle(self, start: int) -> None:
        """Remove the marks behind a position from the source, so that they are chips only."""
        # A member named on both sides of the position has one stance: then all marks must be removed.
        if any(not placed.is_word and placed.end > start for placed in self.view.tokens):
            _ = self._settles(start) or self._settles(0)

    def _settles(self, start: int) -> bool:
        """Remove the marks from the source if its meaning stays the same; return whether it did."""
        state, view, read = self._state, self.view, self.reading()
        marks = [placed.token for placed in view.tokens if not placed.is_word and placed.end > start]
        words = {at for placed in view.tokens if placed.is_word for at in range(placed.start, placed.end)}
        shown = {*view.where, *view.escapes, *words}
        kept_places = [at for at in range(len(state.source)) if at < start or at in shown]
        source = "".join(state.source[at] for at in kept_places)
        members = {member.id for token in marks for member in token.members} | {name for name, _ in state.chips.voices}
        labels = {fold(token.key) for token in marks if token.kind == "tag"} | {fold(tag) for tag in state.chips.tags}
        chips = replace(
            state.chips,
            voices=tuple(voice for voice in read.voices if voice[0] in members),
            tags=tuple(tag for tag in read.tags if fold(tag) in labels),
        )
        plain = tuple(bisect_left(kept_places, at) for at in state.plain)
        settled = replace(state, source=source, chips=chips, place=bisect_left(kept_places, state.place), plain=plain)
        front = front_of(source, []).start
        # Text that moves to the start may begin with a sign or a backslash.
        for self._state in (settled, escaped_at(settled, (front,))):
            if self.view.text == view.text and _meaning(self.reading()) == _meaning(read):
                return True
        self._state = state
        return False

    def _unescape(self, escapes: Sequence[int]) -> None:
        """Remove the backslashes that are not shown, and remember which characters they escaped."""
        for at in reversed(escapes):
            place = self._state.place
            self._splice(at, at + 1, "", typing=self._state.typing)
            plain = sorted({*self._state.plain, at})
            self._state = replace(self._state, place=place - (at < place), plain=tuple(plain))

    def _escape(self) -> None:
        """Put a backslash before each plain character that would have a meaning at its place."""
        state = self._state
        front = front_of(state.source, [])
        _, behind_sign = sign_before_digit(state.source) or (0, 0)
        able = [
            at
            for at in state.plain
            if at in (front.after_bullet, front.start, behind_sign)
            or state.source[at] in "@#\\"
            or not state.source[state.source.rfind("\n", 0, at) + 1 : at].strip()
        ]
        while able:
            self._state = escaped_at(state, able)
            hidden = set(self.view.escapes)
            needed = [at for number, at in enumerate(able) if at + number in hidden]
            # A backslash that would be shown escapes nothing. Try again without these, since others may then be
            # unneeded too.
            if needed == able:
                return
            able = needed
        self._state = state

    def _group_of(self, first: int, last: int, text: str) -> str:
        place = self.caret
        if first == last and len(text) == 1 and not text.isspace():
            return "typing" if first == place else ""
        if not text and last - first == 1:
            return "deleting" if place in (first, last) else ""
        return ""

    def _dissolve(self, placed: Placed | None) -> None:
        """Turn the name of a token inside a sentence into plain text."""
        if placed is None or not placed.is_word:
            return
        self._splice(placed.start, placed.end, placed.token.word, typing=False)


def _meaning(read: Captured) -> tuple[object, ...]:
    return read.text, read.kind, read.parked, dict(read.voices), set(read.tags)


def _alike(first: str, second: str, most: int) -> int:
    """Return the length of the common prefix of two texts, at most this many characters."""
    return next((at for at in range(min(most, len(first), len(second))) if first[at] != second[at]), most)
