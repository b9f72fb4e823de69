"""Twenty minutes of conversation, typed at 150 words a minute by somebody who makes slips and corrects them at once.

Slips are drawn per note: typing errors, Enter before the end of the sentence, a stray Tab, a click elsewhere, a help
sheet opened by mistake, the next question in mid-sentence. Speakers are typed in every way: by seat, by name, taken by
Tab or Space, before, in or behind the words. Nothing may be lost, and no speaker invented, whoever leads and writes.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.check import check_file
from sto_desktop.ui.conversation.live.live import REST_MS
from sto_desktop.ui.conversation.page.three_lines import ThreeLines
from sto_desktop.ui.look.theme import Appearance
from tests.ui.conversation_support import ALT, CTRL, PEOPLE, Room, back, make_dossier, window_on

pytestmark = pytest.mark.long

SECONDS_PER_KEY = 60 / (150 * 6)
"""150 words a minute of six keys each, the space included."""
MINUTES = 20
NOTES_AT_LEAST = 60
SAYS, AGREES, DISAGREES = Stance.SAYS, Stance.AGREES, Stance.DISAGREES

SENTENCES = (
    "De leerlingen komen vaker terug met eigen vragen",
    "goed idee, maar de bus gaat na vieren niet meer",
    "Het rooster laat maar één middag over, en die is vol",
    "volgens Jan is Technolab goed voor de bovenbouw",
    "Wij missen de ouders in dit verhaal",
    "alle scholen willen 2 dagen, niet 1",
    "Er is geld tot 1 mei; daarna niets (zegt de gemeente)",
    "meer tijd, meer rust, minder lijstjes",
    "De techniek staat of valt met wie er voor de klas staat",
    "een vast aanspreekpunt per school werkt het best",
    "Kleine groepen leren sneller dan grote: 8 in plaats van 24",
    "het materiaal komt te laat, of het is stuk",
)
SIGNS = {"": None, "+ ": NoteKind.YIELD, "! ": NoteKind.RECOMMENDATION, "/ ": NoteKind.IMPROVEMENT}
FIRST_NAMES = tuple(name.split()[0] for name, *_ in PEOPLE)


class Way(Enum):
    """How somebody is made the speaker of a note."""

    BEHIND = auto()
    TAB_BEHIND = auto()
    SPACE_BEHIND = auto()
    TAB_BEFORE = auto()
    TAB_BETWEEN = auto()
    SEAT_KEY = auto()


@dataclass(frozen=True)
class Meant:
    """A note as the typist means it."""

    sign: str
    text: str
    voices: dict[str, Stance]
    way: Way = Way.BEHIND

    @property
    def speaker(self) -> str:
        """Who says it; empty if nobody does."""
        return next((name for name, stance in self.voices.items() if stance is SAYS), "")

    @property
    def chips(self) -> str:
        """The text typed at the end: seats or first names, with the stance sign."""
        signs = {SAYS: "", AGREES: "+", DISAGREES: "-"}
        typed = [(name, stance) for name, stance in self.voices.items() if self.way is Way.BEHIND or stance is not SAYS]
        if self.way is not Way.BEHIND and len(typed) == 2:
            return " @" + "".join(f"{FIRST_NAMES.index(name) + 1}{signs[stance]}" for name, stance in typed)
        return "".join(f" @{self._called(name)}{signs[stance]}" for name, stance in typed)

    @property
    def part_of_name(self) -> str:
        """The start of the speaker's name, which nobody else's has."""
        return f"@{self.speaker[:3].lower()}"

    def _called(self, name: str) -> str:
        # By seat, or by a first name in lower case: depending on the length of the text, so that both occur.
        return name.lower() if len(self.text) % 2 else str(FIRST_NAMES.index(name) + 1)


def drawn_note(rng: random.Random) -> Meant:
    names = rng.sample(FIRST_NAMES, rng.choice((0, 1, 1, 2, 3)))
    stances = (SAYS, *rng.choices((AGREES, DISAGREES), k=2))
    text = rng.choice(SENTENCES) + rng.choice(("", "", ".", "?", f" ({rng.randrange(100)})"))
    return Meant(rng.choice(list(SIGNS)), text, dict(zip(names, stances, strict=False)), rng.choice(list(Way)))


class Typist:
    """Types notes in the window, with slips."""

    def __init__(self, room: Room, qtbot: QtBot, rng: random.Random) -> None:
        self.room = room
        self.qtbot = qtbot
        self.rng = rng
        self.slips: tuple[Callable[[], None], ...] = (
            self.typing_error,
            self.stray_tab,
            self.enter_too_early_and_undo,
            self.enter_too_early_and_up,
            self.click_elsewhere,
            self.help_by_mistake,
            self.next_question,
            self.other_pane,
            self.other_mode,
            self.save,
        )

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1) -> None:
        for _ in range(times):
            self.room.press(key, modifier)
            self.room.clock.pass_time(seconds=SECONDS_PER_KEY)

    def type(self, text: str) -> None:
        for letter in text:
            self.room.type(letter)
            self.room.clock.pass_time(seconds=SECONDS_PER_KEY)

    def note(self, meant: Meant) -> None:
        """Type a note with at most one slip at a space, and save it."""
        way = meant.way if meant.speaker else Way.BEHIND
        # A comma before a speaker at the end of what is saved too early goes with the speaker.
        if way is Way.TAB_BETWEEN and not meant.text.split(" ")[1].isalpha():
            way = Way.TAB_BEHIND
        if way is Way.SEAT_KEY and meant.speaker != self.turn:
            self.key(Qt.Key(Qt.Key.Key_1 + FIRST_NAMES.index(meant.speaker)), ALT)
            self.room.page.clock.tick()
            QTest.qWait(2 * REST_MS)
        self.type(meant.sign)
        if way is Way.TAB_BEFORE:
            self.take(meant.part_of_name)
        words = meant.text.split(" ")
        slip_after = self.rng.randrange(1, len(words)) if self.rng.random() < 0.6 else 0
        for number, word in enumerate(words):
            if number:
                self.type(" ")
            if number and number == slip_after:
                self.rng.choice(self.slips)()
            self.type(word)
            # None of the sentences has a word here that joins a name to it.
            if way is Way.TAB_BETWEEN and number == 1:
                self.take(f" {meant.part_of_name}")
        if way in (Way.TAB_BEHIND, Way.SPACE_BEHIND):
            self.take(f" {meant.part_of_name}", Qt.Key.Key_Tab if way is Way.TAB_BEHIND else Qt.Key.Key_Space)
        self.type(meant.chips)
        self.key(Qt.Key.Key_Return)

    @property
    def turn(self) -> str:
        """Who has the turn in a round; empty if nobody has."""
        live = self.room.page.live
        member = live.rows.member(live.round.turn) if live.round is not None else None
        return member.first_name if member is not None else ""

    def take(self, typed: str, key: Qt.Key = Qt.Key.Key_Tab) -> None:
        """Type part of a name, and take the one that fits."""
        self.type(typed)
        self.key(key)

    # Slips, each corrected at once

    def typing_error(self) -> None:
        wrong = self.rng.choice(("teh", "m;", "@", "#x", "q+ "))
        self.type(wrong)
        self.key(Qt.Key.Key_Backspace, times=len(wrong))

    def stray_tab(self) -> None:
        self.key(Qt.Key.Key_Tab)

    def enter_too_early_and_undo(self) -> None:
        self.key(Qt.Key.Key_Return)
        self.key(Qt.Key.Key_Z, CTRL)
        self.key(Qt.Key.Key_End)
        self.blank_again()

    def enter_too_early_and_up(self) -> None:
        self.key(Qt.Key.Key_Return)
        self.key(Qt.Key.Key_Up)
        self.key(Qt.Key.Key_End)
        self.blank_again()

    def blank_again(self) -> None:
        """Type the space at the end, which a saved note no longer has."""
        edit = self.room.focus()
        if not str(edit.property("plainText")).endswith(" "):
            self.type(" ")

    def click_elsewhere(self) -> None:
        page = self.room.page
        self.room.click(self.rng.choice((page.guide.viewport(), page.time, page.top, page.stream.view.viewport())))

    def help_by_mistake(self) -> None:
        self.key(Qt.Key.Key_F1)
        self.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
        self.key(Qt.Key.Key_Escape)
        # The window manager's task, which is missing without a screen.
        self.room.window.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    def next_question(self) -> None:
        self.key(Qt.Key.Key_Down, ALT)
        if isinstance(QApplication.activeModalWidget(), ThreeLines):
            self.key(Qt.Key.Key_Escape)
            back(self.room)

    def other_pane(self) -> None:
        self.key(Qt.Key.Key_F6)
        self.key(Qt.Key.Key_Escape)

    def other_mode(self) -> None:
        self.key(Qt.Key.Key_F7)

    def save(self) -> None:
        self.key(Qt.Key.Key_S, CTRL)


def with_note_taker(room: Room) -> None:
    room.page.clock.begin()


def leading(room: Room) -> None:
    room.page.clock.begin()
    room.press(Qt.Key.Key_F7)


def alone(room: Room) -> None:
    room.page.clock.begin()
    room.press(Qt.Key.Key_F4)


def in_a_round(room: Room) -> None:
    room.page.clock.begin()
    room.press(Qt.Key.Key_R, ALT)


def from_paper(room: Room) -> None:
    room.press(Qt.Key.Key_Y, ALT)


@pytest.mark.parametrize("begin", [with_note_taker, leading, alone, in_a_round, from_paper])
def test_nothing_is_lost_and_nobody_invented_in_twenty_minutes_of_typing(
    qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore, begin: Callable[[Room], None]
) -> None:
    rng = random.Random(begin.__name__)
    meant = list[Meant]()
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings) as room:
        begin(room)
        begun = room.clock.now
        typist = Typist(room, qtbot, rng)
        if begin is in_a_round:
            # What was saved too early is said by who has the turn, until it is taken back.
            typist.slips = tuple(slip for slip in typist.slips if slip != typist.enter_too_early_and_up)
        while (room.clock.now - begun).total_seconds() < MINUTES * 60:
            note, turn = drawn_note(rng), typist.turn
            says = {} if note.speaker or turn in note.voices or not turn else {turn: SAYS}
            meant.append(replace(note, voices={**says, **note.voices}))
            typist.note(note)
            if begin is in_a_round and rng.random() < 0.5:
                room.press(Qt.Key.Key_R, ALT)
            # People think between two notes.
            room.clock.pass_time(seconds=rng.randrange(2, 15))
        assert len(meant) >= NOTES_AT_LEAST
        written = [(note.note.kind, note.text, room.voices(note)) for note in room.notes]
        wanted = [(SIGNS[note.sign], note.text, note.voices) for note in meant]
        # Notes from paper have no times by which to order them.
        assert (sorted(written, key=repr) if begin is from_paper else written) == (
            sorted(wanted, key=repr) if begin is from_paper else wanted
        )
        assert len(room.page.live.rows.panelists) == len(PEOPLE)
        assert not [tag for note in room.notes for tag in note.tags]
    assert not check_file(tmp_path / "o.sto").findings
