"""Follows who has the floor in a document: whose words a line is, by what it says itself and what stands above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sto_desktop.domain.vocabulary import Stance
from sto_desktop.exchange.files.document import Grid, TextBlock
from sto_desktop.exchange.files.plain_document import BULLET
from sto_desktop.exchange.notes.lines.chats import message_of
from sto_desktop.exchange.notes.lines.clutter import senders_in
from sto_desktop.exchange.notes.lines.front import bare
from sto_desktop.exchange.notes.lines.speakers import SpeakerReader
from sto_desktop.exchange.notes.lines.spoken import Spoken
from sto_desktop.exchange.notes.lines.turns import Turn, is_headed, may_be_labelled, seat_beside, without_colon

_ENDS = tuple(".!?…")


@dataclass(frozen=True, slots=True)
class Heard:
    """What a line gives: its words, who says them, and the note, if any; without words it is a name above them."""

    text: str
    speaker: str
    note: str | Spoken | None = None


class Floor:
    """Who speaks, line by line from the top of a document. Its lines are given with their place in `blocks`."""

    def __init__(
        self,
        blocks: Sequence[TextBlock | Grid],
        speakers: SpeakerReader,
        senders: Mapping[str, str],
        letters: Mapping[int, tuple[str, bool]],
        *,
        ours: bool,
    ) -> None:
        """`senders`: who sends what follows, by the line that says so. `letters`: who signed what stands at a place,
        and whether it shows where that begins. `ours`: a file of this program, whose speakers stand behind an @.
        """
        self._blocks = blocks
        self._speakers = speakers
        self._senders = senders
        self._letters = letters
        self._ours = ours
        self._speaker: Turn | None = None
        # Whose words stand below, as a heading (with its level) or the head of a mail says, where no line says else.
        self._below: tuple[Turn | None, int] = None, 0
        # Whose words stand at a depth of a list; its deeper points are theirs.
        self._points: list[tuple[int, Turn]] = []
        # Who said the line before, which one without a name may go on with.
        self._last: Turn | None = None
        # In captions: whether who spoke last may have been followed by somebody else, and whether a sentence is open.
        self._unsure = self._open = False
        # Whether somebody who is not in the list has spoken below their name.
        self._unlisted = False
        self.mailed = False
        """Whether a mail of somebody known is in it."""
        self.above = False
        """Whether a name stands above its words."""
        self.numbered = False
        """Whether a message of a chat stands there with the telephone number of who wrote it."""

    @property
    def in_message(self) -> bool:
        """Whether the line above is in a message of a chat."""
        return self._speaker is not None and self._speaker.message

    def below_heading(self, level: int, *, beside: bool) -> None:
        """Go on below a heading of a theme or question; `beside`: it may as well say more of the name above it."""
        self._points.clear()
        if level <= self._below[1]:
            self._below = None, 0
        self._speaker = self._below[0] or (self._speaker if beside else None)
        self._last = None

    def below_name(self, name: str, level: int) -> str:
        """Give the floor to who is named by a heading that is nothing but a name, and return who that is."""
        self._points.clear()
        self._speaker = Turn(self._senders.get(name) or self._speakers.below_heading(name), "")
        self._below = self._speaker, level
        return self._speaker.speaker

    def row(self, cells: Sequence[str]) -> Heard:
        """Return the words in a row of a table without headings, and who says them."""
        if sender := self._senders.get(": ".join(cells)):
            self._speaker = Turn(sender, "")
            return Heard("", sender)
        text = " – ".join(cells)
        after = self._speakers.who(self._speaker.speaker) if self._speaker else None
        who, words = seat_beside(text) or ("", text)
        voices = tuple((name, Stance.SAYS) for name in self._speakers.who(who)) if who else ()
        return Heard(text, "", Spoken(words, voices=voices, after=after))

    def note(self, at: int, block: TextBlock) -> Heard:
        """Return the words of a line and who says them."""
        text = bare(block.text)
        pointed = self._has_points(at, block)
        if text in self._senders and not self.in_message:
            return self._sent(block, Turn(self._senders[text], ""), pointed=pointed)
        turn = self._said(block, text, pointed=pointed)
        if turn is None and (other := self._other(block, text)) is not None:
            turn, self._speaker = other if other.speaker else None, None
        above = self._above(block) or self._speaker
        signer, opened = self._letters.get(at, ("", False))
        if signer and opened and above is None:
            above = Turn(signer, "")
        if above is not None and above.message and not (turn and turn.message):
            # In a chat, a line without a stamp goes on with the message above it, whatever stands in it.
            turn = None
        if turn is not None and turn.message and (message := message_of(text)) is not None and message.numbered:
            self.numbered = True
        if turn is not None and turn.speaker and not turn.text:
            return self._named_above(block, text, turn, pointed=pointed)
        after: tuple[str, ...] | None = None
        if (turn is None or not (turn.speaker or turn.message)) and above is not None:
            unsure = block.at is not None and self._may_be_another(block)
            after = self._speakers.who(above.speaker) if unsure else None
            since = turn.since if turn else above.since
            turn = Turn("" if unsure else above.speaker, text, since, above.moment)
        elif turn is not None and (turn.speaker or turn.message):
            if self._last is not None and self._speakers.may_be_a_word(turn.speaker):
                after = self._speakers.who(self._last.speaker)
            goes_on = turn.message or block.at is not None or (turn.sure and "\n" in block.text)
            self._speaker, self._unsure = (turn if goes_on else self._below[0]), False
        self._open = not text.endswith(_ENDS)
        if turn is not None and turn.speaker and pointed:
            self._points.append((_depth_of(block), turn))
        return self._heard(block, text, turn, after, self._speakers.who(signer) if signer else ())

    def leave_out(self, block: TextBlock, *, ends_letter: bool) -> None:
        """Hear who speaks in a line that is left out: what goes on below it is not of who spoke before."""
        if ends_letter:
            self._speaker, self._below, self._last = None, (None, 0), None
            return
        text = bare(block.text)
        if (message := message_of(text)) is not None and message.parted:
            self._speaker = Turn(message.who, "", message=True)
            return
        if block.left_out and (senders := senders_in(text)):
            # Who mails minutes round is often no member, and did not say what stands in them; who is one, a list that
            # comes in later tells.
            members = filter(self._speakers.is_member if self._speakers.has_members else None, senders)
            self._speaker = next((Turn(sender, "") for sender in members), None)
            self.mailed |= self._speaker is not None
            self._below = self._speaker, 0
            return
        turn = self._said(block, text) if not block.left_out else None
        if turn is not None and turn.speaker and (not turn.text or turn.message or block.at is not None):
            self._speaker, self._unsure = turn, False

    def _sent(self, block: TextBlock, sender: Turn, *, pointed: bool) -> Heard:
        if pointed and block.item:
            # "- Anna vindt:" above deeper points is of these alone.
            self._above(block)
            self._points.append((block.depth, sender))
        else:
            self._speaker, self._below, self._last = sender, (sender, 0), None
        return Heard("", sender.speaker)

    def _named_above(self, block: TextBlock, text: str, turn: Turn, *, pointed: bool) -> Heard:
        """Give the floor to a name above its text: what follows is theirs, in a list the deeper points."""
        self.above = True
        self._unlisted |= not self._speakers.is_member(turn.speaker)
        if not pointed:
            self._speaker = turn
            return Heard("", turn.speaker)
        self._points.append((_depth_of(block), turn))
        if self._speakers.is_person(turn.speaker):
            return Heard("", turn.speaker)
        return Heard(text, "", block.text)

    def _heard(
        self, block: TextBlock, text: str, turn: Turn | None, after: tuple[str, ...] | None, signed: tuple[str, ...]
    ) -> Heard:
        if turn is None:
            goes_on = self._speakers.talks and not (block.item or is_headed(text))
            said = self._speakers.who(self._last.speaker) if goes_on and self._last is not None else None
            follows = said is not None or signed
            note = Spoken(block.text, typed=True, after=said, signed=signed) if follows else block.text
            return Heard(text, "", note)
        self._last = turn if turn.speaker else None
        names = self._speakers.who(turn.speaker) if turn.speaker else ()
        voices = tuple((name, Stance.SAYS) for name in names)
        note = Spoken(turn.text, voices=voices, at=turn.moment, since=turn.since, after=after, signed=signed)
        return Heard(turn.text, ", ".join(names), note)

    def _has_points(self, at: int, block: TextBlock) -> bool:
        """Return whether points of a list stand below a line that are about it: deeper ones, or those it announces."""
        below = self._blocks[at + 1] if at + 1 < len(self._blocks) else None
        if self._ours or not isinstance(below, TextBlock) or not below.item:
            return False
        return below.depth > block.depth if block.item else block.text.endswith(":")

    def _above(self, block: TextBlock) -> Turn | None:
        """Return who says the point of the list in which a deeper one stands."""
        while self._points and not (block.item and block.depth > self._points[-1][0]):
            self._points.pop()
        return self._points[-1][1] if self._points else None

    def _said(self, block: TextBlock, text: str, *, pointed: bool = False) -> Turn | None:
        """Return who says a line, as its format or its form tells; `pointed`: it has points below it."""
        turn = Turn(block.speaker, text, block.at) if block.speaker else None
        if turn is None and not self._ours:
            turn = self._speakers.turn(text, pointed=pointed)
        if turn is None and self._speakers.above(text, pointed=pointed) and (pointed or not BULLET.match(block.text)):
            turn = Turn(without_colon(text), "")
        if block.at is not None and not block.speaker:
            # Captions have the time apart from the words, before which a name may stand.
            turn = replace(turn or Turn("", text), since=block.at)
        return turn

    def _other(self, block: TextBlock, text: str) -> Turn | None:
        """Return whose words a line alone begins, where unlisted names stand above words: whose name it may be, or
        nobody's if it may be a word as well; None for any other line.
        """
        above, name = self._speaker, without_colon(text)
        if above is None or above.text or above.message or block.item or block.at is not None:
            return None
        if not self._unlisted or not self._speakers.may_head_others(name):
            return None
        return Turn("" if self._speakers.begins_as_word(name) else name, "")

    def _may_be_another(self, block: TextBlock) -> bool:
        """Return whether somebody else may speak in a cue without a name: a dash, label or its words say so, up to a
        name.
        """
        text = bare(block.text)
        said = self._speakers.says_who(text)
        self._unsure |= block.another or said or (not self._open and may_be_labelled(text))
        return self._unsure


def _depth_of(block: TextBlock) -> int:
    """Return how deep in a list a line stands; points of any depth stand below one that is in none."""
    return block.depth if block.item else -1
