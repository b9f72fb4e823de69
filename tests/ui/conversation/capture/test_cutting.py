"""Cutting, copying and pasting a whole line: its speakers, agreement and labels go along."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.look.theme import Appearance
from tests.ui.conversation_support import CTRL, SHIFT, Room, make_dossier, window_on

Key = Qt.Key
VOICES = {"Nick": Stance.SAYS, "Jaap": Stance.AGREES}


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore) -> Iterator[Room]:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings) as made:
        made.press(Key.Key_F5)
        yield made


def cut(room: Room) -> None:
    room.press(Key.Key_A, CTRL)
    room.press(Key.Key_X, CTRL)


@pytest.mark.parametrize(
    "typed", ["! De bus @6 @2+ #rooster", "@6 ! De bus @2+ #rooster ", "! De bus\n@6 @2+ #rooster"]
)
@pytest.mark.parametrize("key", [Key.Key_X, Key.Key_C])
def test_a_whole_line_that_is_pasted_back_has_its_chips(room: Room, typed: str, key: Qt.Key) -> None:
    first, *more = typed.split("\n")
    room.type(first)
    for line in more:
        room.press(Key.Key_Return, SHIFT)
        room.type(line)
    before = room.page.line.understood
    room.press(Key.Key_A, CTRL)
    room.press(key, CTRL)
    if key == Key.Key_C:
        room.press(Key.Key_Delete)
    assert room.page.line.edit.is_empty
    room.press(Key.Key_V, CTRL)
    assert set(room.page.line.understood) == set(before)
    room.press(Key.Key_Z, CTRL)
    assert room.page.line.edit.is_empty
    room.press(Key.Key_Y, CTRL)
    room.keep()
    (note,) = room.notes
    assert (note.text, note.kind, room.voices(note)) == ("De bus", NoteKind.RECOMMENDATION, VOICES)
    assert [tag.name for tag in note.tags] == ["rooster"]


def test_typing_behind_a_pasted_line_goes_on_with_its_words(room: Room) -> None:
    room.type("De bus @6")
    cut(room)
    room.press(Key.Key_V, CTRL)
    room.type(" komt")
    room.keep()
    (note,) = room.notes
    assert (note.text, room.voices(note)) == ("De bus komt", {"Nick": Stance.SAYS})


def test_a_line_pasted_behind_other_words_brings_its_chips(room: Room) -> None:
    room.type("te laat @6 #bus")
    cut(room)
    room.type("De bus is @2+ ")
    room.press(Key.Key_V, CTRL)
    room.keep()
    (note,) = room.notes
    assert (note.text, room.voices(note)) == ("De bus is te laat", VOICES)
    assert [tag.name for tag in note.tags] == ["bus"]


def test_the_text_of_a_correction_goes_on_as_a_note_with_its_voices(room: Room) -> None:
    room.note("De @ bus + trein @6 @2+")
    room.press(Key.Key_Up)
    cut(room)
    room.press(Key.Key_Escape)
    room.press(Key.Key_V, CTRL)
    room.type(" enzo")
    room.keep()
    first, second = room.notes
    assert (first.text, second.text) == ("De @ bus + trein", "De @ bus + trein enzo")
    assert room.voices(first) == room.voices(second) == VOICES


def test_what_is_copied_from_part_of_a_line_is_its_words(room: Room) -> None:
    room.type("De bus komt te laat @6")
    room.press(Key.Key_Home)
    room.press(Key.Key_Right, SHIFT, times=len("De bus"))
    room.press(Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "De bus"
    room.press(Key.Key_A, CTRL)
    room.press(Key.Key_Delete)
    room.press(Key.Key_V, CTRL)
    assert (room.line, room.page.line.understood) == ("De bus", ())
