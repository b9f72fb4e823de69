"""Correcting the last note from the line (Arrow-up), and Tab in the line: a mark stays a mark, no letter is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.capture.correction import Correction
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.conversation.capture.capture_edit import CaptureEdit
from sto_desktop.ui.conversation.capture.vocabulary import Vocabulary
from sto_desktop.ui.look.theme import Appearance
from tests.domain.test_capture import PANEL
from tests.domain.test_correction import plain as plain_notes
from tests.ui.conversation_support import ALT, CTRL, SHIFT, Room, make_dossier, window_on

SAYS, AGREES, DISAGREES = Stance.SAYS, Stance.AGREES, Stance.DISAGREES


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore) -> Iterator[Room]:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings) as made:
        yield made


def correct(room: Room, key: Qt.Key, text: str, steps: int = 0) -> None:
    """Take the last note up again, go to a place by keys, type there and keep it."""
    room.press(Qt.Key.Key_Up)
    room.press(key)
    room.press(Qt.Key.Key_Right, times=steps)
    room.type(text)
    room.keep()


def test_the_last_note_goes_on_behind_its_speakers_and_keeps_them(room: Room) -> None:
    room.note("Een aanspreekpunt voor alle scholen @6 @2+")
    correct(room, Qt.Key.Key_End, " en bedrijven")
    (note,) = room.notes
    assert note.text == "Een aanspreekpunt voor alle scholen en bedrijven"
    assert room.voices(note) == {"Nick": SAYS, "Jaap": AGREES}


@pytest.mark.parametrize(
    ("typed", "key", "steps", "more", "text", "kind", "parked"),
    [
        ("Het rooster @nick #rooster", Qt.Key.Key_End, 0, " past niet", "Het rooster past niet", None, False),
        ("Het rooster. @6 #rooster", Qt.Key.Key_End, 0, " Altijd.", "Het rooster. Altijd.", None, False),
        ("+ Meer meisjes @6 #rooster", Qt.Key.Key_Home, 0, "Veel ", "Veel Meer meisjes", NoteKind.YIELD, False),
        ("! Een jaarplan @6 #rooster", Qt.Key.Key_End, 0, ", en snel", "Een jaarplan, en snel",
         NoteKind.RECOMMENDATION, False),
        ("> Bel de school @6 #rooster", Qt.Key.Key_Home, 0, "Nu: ", "Nu: Bel de school", NoteKind.ACTION, False),
        ("“Wij willen meer” @6 #rooster", Qt.Key.Key_End, 0, " techniek", "Wij willen meer techniek",
         NoteKind.QUOTE, False),
        ("“Wij willen meer” @6 #rooster", Qt.Key.Key_Home, 0, "Echt: ", "Echt: Wij willen meer", NoteKind.QUOTE, False),
        ("(Het wordt stil) @6 #rooster", Qt.Key.Key_End, 0, " en iedereen kijkt", "Het wordt stil en iedereen kijkt",
         NoteKind.OBSERVATION, False),
        ("? Wie betaalt @6 #rooster", Qt.Key.Key_End, 0, " de bus", "Wie betaalt de bus", NoteKind.REMARK, True),
        ("? + Wie betaalt @6 #rooster", Qt.Key.Key_Home, 0, "Dus ", "Dus Wie betaalt", NoteKind.YIELD, True),
        ("Het rooster @6 #rooster", Qt.Key.Key_Home, 4, "nieuwe ", "Het nieuwe rooster", None, False),
        ("Te weinig aandacht voor. @6 #rooster", Qt.Key.Key_End, 0, " Techniek", "Te weinig aandacht voor. Techniek",
         None, False),
    ],
)  # fmt: skip
def test_what_was_a_mark_stays_one_wherever_words_are_added(
    room: Room, typed: str, key: Qt.Key, steps: int, more: str, text: str, kind: NoteKind | None, parked: bool
) -> None:
    room.note(typed)
    correct(room, key, more, steps)
    (note,) = room.notes
    assert (note.text, note.note.kind, note.note.parked) == (text, kind, parked)
    assert room.voices(note) == {"Nick": SAYS}
    assert [tag.name for tag in note.tags] == ["rooster"]


def test_a_speaker_that_is_taken_out_of_the_note_goes_and_one_that_is_added_comes(room: Room) -> None:
    room.note("Het rooster past @6 @2+")
    room.press(Qt.Key.Key_Up)
    room.press(Qt.Key.Key_Backspace, times=len(" @2+"))
    room.type(" niet @4-")
    room.keep()
    (note,) = room.notes
    assert note.text == "Het rooster past niet"
    assert room.voices(note) == {"Nick": SAYS, "Hilde": DISAGREES}


def test_a_speaker_is_changed_in_its_place_with_words_behind_it(room: Room) -> None:
    room.note("Het rooster past @6 @2+")
    room.press(Qt.Key.Key_Up)
    room.type(" niet")
    room.press(Qt.Key.Key_Left, times=len("+ niet"))
    room.press(Qt.Key.Key_Backspace)
    room.type("4")
    room.keep()
    (note,) = room.notes
    assert note.text == "Het rooster past niet"
    assert room.voices(note) == {"Nick": SAYS, "Hilde": AGREES}


def test_a_speaker_that_is_taken_out_and_brought_back_by_ctrl_z_is_a_mark_again(room: Room) -> None:
    room.note("Het rooster @6")
    room.press(Qt.Key.Key_Up)
    room.type(" past")
    room.press(Qt.Key.Key_Home)
    room.press(Qt.Key.Key_Right, times=len("Het rooster"))
    room.press(Qt.Key.Key_Delete, times=len(" @6"))
    assert room.page.stream.view.editor is not None
    assert room.page.stream.view.editor.edit.captured.voices == ()
    room.press(Qt.Key.Key_Z, CTRL)
    room.keep()
    (note,) = room.notes
    assert note.text == "Het rooster past"
    assert room.voices(note) == {"Nick": SAYS}


def test_a_new_name_in_the_middle_of_a_note_is_still_a_word(room: Room) -> None:
    room.note("Het rooster past niet @6")
    correct(room, Qt.Key.Key_End, " zegt @jaap ook")
    (note,) = room.notes
    assert note.text == "Het rooster past niet zegt Jaap ook"
    assert room.voices(note) == {"Nick": SAYS, "Jaap": Stance.ABOUT}


def test_words_against_the_last_speaker_are_words(room: Room) -> None:
    room.note("Het rooster @6 @2+")
    correct(room, Qt.Key.Key_End, "past niet")
    (note,) = room.notes
    assert note.text == "Het rooster past niet"
    assert room.voices(note) == {"Nick": SAYS, "Jaap": AGREES}


def keep_an_abbreviation(room: Room) -> None:
    """Keep a note that ends in an abbreviation which the user did not want written out."""
    room.type("Wij zien lln ")
    assert room.line == "Wij zien leerlingen "
    room.press(Qt.Key.Key_Backspace)
    room.keep()
    assert room.notes[-1].text == "Wij zien lln"


def test_a_note_that_is_looked_at_and_kept_is_not_changed(room: Room) -> None:
    keep_an_abbreviation(room)
    before = room.notes
    room.press(Qt.Key.Key_Up)
    room.keep()
    assert room.notes == before


def test_words_that_were_there_are_no_abbreviations_and_new_ones_are(room: Room) -> None:
    keep_an_abbreviation(room)
    correct(room, Qt.Key.Key_End, " bij vb")
    assert room.notes[-1].text == "Wij zien lln bij bijvoorbeeld"


def test_a_note_of_which_only_the_speakers_are_left_is_not_kept(room: Room) -> None:
    room.note("Het rooster @6")
    room.press(Qt.Key.Key_Up)
    room.press(Qt.Key.Key_Home)
    room.press(Qt.Key.Key_Delete, times=len("Het rooster "))
    room.keep()
    (note,) = room.notes
    assert note.text == "Het rooster"
    assert "lege notitie" in room.toast


def test_a_corrected_note_is_split_without_its_marks_becoming_words(room: Room) -> None:
    room.note("Het rooster @6 @2+")
    room.press(Qt.Key.Key_Up)
    room.type(" past niet")
    room.press(Qt.Key.Key_Left, times=len("niet"))
    room.press(Qt.Key.Key_Return, ALT)
    assert [note.text for note in room.notes] == ["Het rooster past", "niet"]
    assert [room.voices(note) for note in room.notes] == [{"Nick": SAYS, "Jaap": AGREES}] * 2


@pytest.mark.parametrize(
    ("typed", "more"), [("Het rooster @6 #bus", "x"), ("Het rooster #bus @5", "x"), ("Het @allen", "3")]
)
def test_a_letter_right_behind_the_last_mark_changes_no_mark(room: Room, typed: str, more: str) -> None:
    room.note(typed)
    before = room.notes[0]
    correct(room, Qt.Key.Key_End, more)
    (note,) = room.notes
    assert note.text == f"{before.text} {more}"
    assert (room.voices(note), note.tags) == (room.voices(before), before.tags)


def test_a_label_whose_end_is_taken_off_is_spelled_anew(room: Room) -> None:
    room.note("Het rooster #bus")
    room.press(Qt.Key.Key_Up)
    room.press(Qt.Key.Key_Backspace)
    room.type("sje")
    room.keep()
    (note,) = room.notes
    assert [tag.name for tag in note.tags] == ["busje"]


class FixedVocabulary(Vocabulary):
    """The members of one panel, without labels or abbreviations."""

    def __init__(self) -> None:
        pass

    @property
    def panelists(self) -> Sequence[Panelist]:
        return PANEL

    @property
    def tags(self) -> Sequence[str]:
        return ()

    @property
    def abbreviations(self) -> Mapping[str, str]:
        return {}


PLACES = st.sampled_from((Qt.Key.Key_End, Qt.Key.Key_Home, None))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(item=plain_notes, place=PLACES, typed=st.text("abcxyzäé37", min_size=1, max_size=3))
def test_whatever_is_typed_at_either_end_of_a_note_that_is_put_back_changes_no_mark(
    theme: Appearance, qtbot: QtBot, item: NoteContent, place: Qt.Key | None, typed: str
) -> None:
    edit = CaptureEdit(theme, FixedVocabulary())
    qtbot.addWidget(edit)
    correction = Correction(item, PANEL)
    edit.set_text(correction.line, correction=correction)
    before = edit.captured
    if place is not None:
        QTest.keyClick(edit, place, Qt.KeyboardModifier.ControlModifier)
    # As keys come in, one by one; `QTest` knows no key for a letter with an accent.
    for letter in typed:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(edit, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
    after = edit.captured
    assert dict(after.voices) == dict(before.voices)
    assert (after.kind, after.parked, after.tags) == (before.kind, before.parked, before.tags)
    assert typed in after.text


# Tab


def test_tab_without_an_offer_stays_in_the_line(room: Room) -> None:
    room.type("Goed idee")
    room.press(Qt.Key.Key_Tab)
    room.type(" en ook voor de ouders")
    assert room.line == "Goed idee en ook voor de ouders"
    room.keep()
    (note,) = room.notes
    assert note.text == "Goed idee en ook voor de ouders"
    assert room.voices(note) == {}


def test_shift_tab_stays_in_a_line_that_is_being_typed_too(room: Room) -> None:
    room.type("Goed idee")
    room.press(Qt.Key.Key_Backtab, SHIFT)
    room.press(Qt.Key.Key_Tab, SHIFT)
    room.type(" van 3")
    room.keep()
    assert [note.text for note in room.notes] == ["Goed idee van 3"]


def test_tab_stays_in_a_note_that_is_corrected(room: Room) -> None:
    room.note("Goed idee @6")
    room.press(Qt.Key.Key_Up)
    room.press(Qt.Key.Key_Tab)
    room.type(" voor de ouders")
    room.keep()
    (note,) = room.notes
    assert note.text == "Goed idee voor de ouders"
    assert room.voices(note) == {"Nick": SAYS}


def test_tab_takes_only_what_is_offered_for_the_word_at_the_cursor(room: Room) -> None:
    room.type("Goed idee @hil")
    assert room.page.line.edit.popup is not None
    room.press(Qt.Key.Key_Escape)
    room.press(Qt.Key.Key_Tab)
    room.type(" zegt het")
    assert room.line == "Goed idee @hil zegt het"


def test_the_line_is_left_by_f6_and_its_text_stays(room: Room) -> None:
    edit = room.page.line.edit
    room.type("Goed idee")
    room.press(Qt.Key.Key_F6)
    assert room.focus() is not edit
    room.press(Qt.Key.Key_Escape)
    assert room.focus() is edit
    assert room.line == "Goed idee"
