"""The number of keys that ten notes cost beyond their text, corrections included: a median of two, and at most four.

A key is one press, with Alt or Ctrl held or not. The text is what is said; signs, seats and Enter are keys beyond it.
`python -m tests.ui.conversation.test_keys_of_ten_notes` types them at 150 words a minute in the window, and prints the
table of keys and seconds that is in docs/ARCHITECTURE.md.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.settings import AppearanceChoice, SettingsStore
from sto_desktop.ui.look.theme import Appearance
from tests.ui.conversation_support import ALT, CTRL, START, Room, make_dossier, window_on

SAYS, AGREES = Stance.SAYS, Stance.AGREES
ENTER, TAB, UNDO = (Qt.Key.Key_Return,), (Qt.Key.Key_Tab,), (Qt.Key.Key_Z, CTRL)
Press = tuple[Qt.Key] | tuple[Qt.Key, Qt.KeyboardModifier]


def seat(number: int) -> Press:
    """The press that makes the member on a seat the speaker."""
    return Qt.Key(Qt.Key.Key_0 + number), ALT


@dataclass(frozen=True)
class Typed:
    """The input for one note, in order: `str` is text, `bytes` are signs; and the expected result."""

    what: Sequence[str | bytes | Press]
    text: str
    voices: Mapping[str, Stance] = field(default_factory=dict)
    kind: NoteKind | None = None

    @property
    def letters(self) -> int:
        """The number of keys of the text."""
        return sum(len(piece) for piece in self.what if isinstance(piece, str))

    @property
    def beyond(self) -> int:
        """The number of keys beyond the text."""
        return sum(len(piece) if isinstance(piece, bytes) else not isinstance(piece, str) for piece in self.what)


BUS, PLAN = "De bus rijdt na vieren niet meer", "Maak een plan voor alle scholen"
NOTES = (
    Typed((BUS, ENTER), BUS),
    Typed((seat(2), "Wij missen de ouders", ENTER), "Wij missen de ouders", {"Jaap": SAYS}),
    Typed((seat(4), "Het rooster is vol", ENTER), "Het rooster is vol", {"Hilde": SAYS}),
    # Noticed too late that the sentence continued.
    Typed(("Kleine groepen ", ENTER, UNDO, " leren sneller", ENTER), "Kleine groepen leren sneller"),
    # Somebody else agrees.
    Typed((b"@6+", ENTER), "Kleine groepen leren sneller", {"Nick": AGREES}),
    Typed((b"! ", PLAN, ENTER), PLAN, kind=NoteKind.RECOMMENDATION),
    Typed((seat(7), "Ouders weten het niet", ENTER), "Ouders weten het niet", {"Fatma": SAYS}),
    Typed((seat(1), "Het materiaal komt te laat", ENTER), "Het materiaal komt te laat", {"Renée": SAYS}),
    # Somebody speaks, and somebody else agrees at once.
    Typed(
        (seat(5), "Iedereen is welkom", seat(2), seat(2), ENTER), "Iedereen is welkom", {"Peter": SAYS, "Jaap": AGREES}
    ),
    Typed((seat(3), "Technolab is te ver", ENTER), "Technolab is te ver", {"Annemarie": SAYS}),
)


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore) -> Iterator[Room]:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings) as made:
        made.page.clock.begin()
        yield made


def test_ten_notes_cost_two_keys_at_the_median_and_four_at_most(room: Room) -> None:
    for number, note in enumerate(NOTES):
        for piece in note.what:
            if isinstance(piece, tuple):
                room.press(*piece)
            else:
                room.type(piece if isinstance(piece, str) else piece.decode())
        room.clock.pass_time(seconds=20)
        last = max(room.notes, key=lambda kept: kept.note.captured_at or START)
        kept = (last.text, room.voices(last), last.note.kind)
        assert kept == (note.text, note.voices, note.kind), number
    keys = [note.beyond for note in NOTES]
    assert (median(keys), max(keys)) == (2, 4)


# By hand


WORDS_A_MINUTE = 150
KEY_SECONDS = 60 / (WORDS_A_MINUTE * len("woord"))


def type_at_pace(room: Room, note: Typed) -> float:
    """Type a note, one key each so many seconds; returns how long it took until the last key was dealt with."""
    keys: list[str | Press] = []
    for piece in note.what:
        keys += [piece] if isinstance(piece, tuple) else list(piece if isinstance(piece, str) else piece.decode())
    begin = time.perf_counter()
    for number, key in enumerate(keys, 1):
        if isinstance(key, tuple):
            room.press(*key)
        else:
            room.type(key)
        time.sleep(max(0.0, begin + number * KEY_SECONDS - time.perf_counter()))
    return time.perf_counter() - begin


def main() -> None:
    """Type the ten notes and print the table."""
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        home, path = Path(folder) / "home", Path(folder) / "o.sto"
        make_dossier(home, path)
        settings = SettingsStore(home / "settings.json")
        with window_on(home, path, Appearance(app, AppearanceChoice.LIGHT), settings) as room:
            room.page.clock.begin()
            seconds = [type_at_pace(room, note) for note in NOTES]
    print("| note | keys of the text | beyond | seconds |\n|---|---|---|---|")
    for note, took in zip(NOTES, seconds, strict=True):
        signs = "".join(piece.decode() for piece in note.what if isinstance(piece, bytes))
        shown = f"{signs}{note.text}" if note.letters else f"`{signs}` to the note before"
        print(f"| {shown} | {note.letters} | {note.beyond} | {took:.1f} |")
    letters, beyond = sum(note.letters for note in NOTES), [note.beyond for note in NOTES]
    print(f"| together (beyond: median {median(beyond):g}, most {max(beyond)}) | {letters} | {sum(beyond)} "
          f"| {sum(seconds):.1f} |")  # fmt: skip


if __name__ == "__main__":
    main()
