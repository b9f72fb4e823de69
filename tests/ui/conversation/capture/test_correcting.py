"""Correcting the last note in the line (Arrow-up), and Tab in the line: a chip stays a chip, no letter is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.ui.conversation.capture.capture_edit import CaptureEdit
from sto_desktop.ui.conversation.capture.chip_row import LINE, ChipRow
from sto_desktop.ui.conversation.capture.vocabulary import Vocabulary
from sto_desktop.ui.look.theme import Appearance
from tests.domain.capture.test_language import PANEL, notes
from tests.domain.capture.test_language import typed as typed_text
from tests.ui.conversation_support import ALT, CTRL, SHIFT, Room

SAYS, AGREES, DISAGREES, ABOUT = Stance.SAYS, Stance.AGREES, Stance.DISAGREES, Stance.ABOUT


def crosses(chips: ChipRow) -> list[QPoint]:
    """Return the positions at which the pointer becomes a hand in the first row of chips: on each ×."""
    places: list[QPoint] = []
    for x in range(0, chips.width(), 4):
        place = QPoint(x, LINE // 2)
        QTest.mouseMove(chips, place)
        hand = chips.cursor().shape() is Qt.CursorShape.PointingHandCursor
        if hand and not (places and x - places[-1].x() < 20):
            places.append(place)
    return places


def correct(room: Room, key: Qt.Key, text: str, steps: int = 0) -> None:
    """Correct the last note: go to a place by keys, type there and save it."""
    room.press(Qt.Key.Key_Up)
    room.press(key)
    room.press(Qt.Key.Key_Right, times=steps)
    room.type(text)
    room.keep()


def chips(room: Room) -> tuple[str, ...]:
    """The chips of the note being corrected."""
    editor = room.page.stream.view.editor
    assert editor is not None
    return tuple(look.text for look in editor.edit.row.looks)


def test_the_last_note_goes_on_before_its_chips_and_keeps_them(room: Room) -> None:
    room.note("Een aanspreekpunt voor alle scholen @6 @2+")
    room.press(Qt.Key.Key_Up)
    editor = room.page.stream.view.editor
    assert editor is not None
    assert editor.edit.toPlainText() == "Een aanspreekpunt voor alle scholen"
    assert chips(room) == ("@ Nick", "+ Jaap")
    room.press(Qt.Key.Key_End)
    room.type(" en bedrijven")
    assert editor.edit.toPlainText() == "Een aanspreekpunt voor alle scholen en bedrijven"
    room.keep()
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
        ("(Het wordt stil) @6 #rooster", Qt.Key.Key_End, 0, " en iedereen kijkt", "Het wordt stil en iedereen kijkt",
         NoteKind.OBSERVATION, False),
        ("? Wie betaalt @6 #rooster", Qt.Key.Key_End, 0, " de bus", "Wie betaalt de bus", NoteKind.REMARK, True),
        ("? + Wie betaalt @6 #rooster", Qt.Key.Key_Home, 0, "Dus ", "Dus Wie betaalt", NoteKind.YIELD, True),
        ("Het rooster @6 #rooster", Qt.Key.Key_Home, 4, "nieuwe ", "Het nieuwe rooster", None, False),
        ("Het rooster @6 #rooster", Qt.Key.Key_End, 0, "x", "Het roosterx", None, False),
        ("Te weinig aandacht voor. @6 #rooster", Qt.Key.Key_End, 0, " Techniek", "Te weinig aandacht voor. Techniek",
         None, False),
        ("+ Het plan @6 #rooster", Qt.Key.Key_Home, 0, "! ", "Het plan", NoteKind.RECOMMENDATION, False),
    ],
)  # fmt: skip
def test_what_is_a_chip_stays_one_wherever_words_are_added(
    room: Room, typed: str, key: Qt.Key, steps: int, more: str, text: str, kind: NoteKind | None, parked: bool
) -> None:
    room.note(typed)
    correct(room, key, more, steps)
    (note,) = room.notes
    assert (note.text, note.note.kind, note.note.parked) == (text, kind, parked)
    assert room.voices(note) == {"Nick": SAYS}
    assert [tag.name for tag in note.tags] == ["rooster"]


def test_chips_are_removed_by_delete_behind_the_text_by_arrows_and_by_a_click(room: Room) -> None:
    room.note("? + Het rooster past @6 @2+ @4- #bus #plan")
    room.press(Qt.Key.Key_Up)
    assert chips(room) == ("opbrengst", "parkeerplaats", "@ Nick", "+ Jaap", "− Hilde", "#bus", "#plan")
    room.press(Qt.Key.Key_End)
    room.press(Qt.Key.Key_Right, times=3)
    room.press(Qt.Key.Key_Delete)
    assert chips(room) == ("opbrengst", "parkeerplaats", "+ Jaap", "− Hilde", "#bus", "#plan")
    room.press(Qt.Key.Key_Left)
    room.press(Qt.Key.Key_Backspace)
    assert chips(room) == ("opbrengst", "+ Jaap", "− Hilde", "#bus", "#plan")
    room.press(Qt.Key.Key_Home)
    room.press(Qt.Key.Key_End)
    room.press(Qt.Key.Key_Delete)
    assert chips(room) == ("+ Jaap", "− Hilde", "#bus", "#plan")
    editor = room.page.stream.view.editor
    assert editor is not None
    room.click(editor.edit.row, crosses(editor.edit.row)[2])
    assert chips(room) == ("+ Jaap", "− Hilde", "#plan")
    assert room.focus() is editor.edit
    room.type(" niet")
    room.press(Qt.Key.Key_Z, CTRL, times=3)
    assert chips(room) == ("+ Jaap", "− Hilde", "#bus", "#plan")
    room.keep()
    (note,) = room.notes
    assert (note.text, note.note.kind, note.note.parked) == ("Het rooster past", None, False)
    assert room.voices(note) == {"Jaap": AGREES, "Hilde": DISAGREES}
    assert [tag.name for tag in note.tags] == ["bus", "plan"]


def test_a_speaker_is_replaced_in_a_correction(room: Room) -> None:
    room.note("Het rooster past @6 @2+")
    room.press(Qt.Key.Key_Up)
    room.press(Qt.Key.Key_Delete)
    room.type(" niet @4- ")
    assert chips(room) == ("+ Jaap", "− Hilde")
    room.keep()
    (note,) = room.notes
    assert note.text == "Het rooster past niet"
    assert room.voices(note) == {"Jaap": AGREES, "Hilde": DISAGREES}


def test_the_text_of_a_note_that_looks_like_a_speaker_stays_text(room: Room) -> None:
    room.note("\\@nick is zijn account \\#plan")
    assert room.notes[0].text == "@nick is zijn account #plan"
    correct(room, Qt.Key.Key_End, " ook #bus")
    (note,) = room.notes
    assert note.text == "@nick is zijn account #plan ook"
    assert (room.voices(note), [tag.name for tag in note.tags]) == ({}, ["bus"])


def test_a_new_name_in_the_middle_of_a_note_is_still_a_word(room: Room) -> None:
    room.note("Het rooster past niet @6")
    correct(room, Qt.Key.Key_End, " zegt @jaap ook")
    (note,) = room.notes
    assert note.text == "Het rooster past niet zegt Jaap ook"
    assert room.voices(note) == {"Nick": SAYS, "Jaap": Stance.ABOUT}


def keep_an_abbreviation(room: Room) -> None:
    """Save a note that ends in an abbreviation which the user did not want to expand."""
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
    room.press(Qt.Key.Key_Backspace, times=len("Het rooster"))
    assert chips(room) == ("@ Nick",)
    room.keep()
    (note,) = room.notes
    assert note.text == "Het rooster"
    assert "lege notitie" in room.message


def test_a_corrected_note_is_split_without_its_marks_becoming_words(room: Room) -> None:
    room.note("Het rooster @6 @2+")
    room.press(Qt.Key.Key_Up)
    room.type(" past niet")
    room.press(Qt.Key.Key_Left, times=len("niet"))
    room.press(Qt.Key.Key_Return, ALT)
    assert [note.text for note in room.notes] == ["Het rooster past", "niet"]
    assert [room.voices(note) for note in room.notes] == [{"Nick": SAYS, "Jaap": AGREES}] * 2


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
    def today(self) -> dt.date:
        return dt.date(2023, 2, 14)

    @property
    def abbreviations(self) -> Mapping[str, str]:
        return {}


correctable = notes.filter(lambda note: note.text[0].isalnum() and note.text[-1] not in "@#")
"""Notes next to whose text nothing can be typed that makes a quote or a speaker of it."""

PLACES = st.sampled_from((Qt.Key.Key_End, Qt.Key.Key_Home, None))


def hit(edit: CaptureEdit, letter: str) -> None:
    """Send one letter; `QTest` has no key for an accented one."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(edit, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


@pytest.mark.long
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(item=correctable, place=PLACES, typed=st.text("abcxyzäé37", min_size=1, max_size=3))
def test_whatever_is_typed_at_either_end_of_a_note_that_is_put_back_changes_no_chip(
    theme: Appearance, qtbot: QtBot, item: NoteContent, place: Qt.Key | None, typed: str
) -> None:
    edit = CaptureEdit(theme, FixedVocabulary())
    qtbot.addWidget(edit)
    edit.put_back(item)
    assert edit.toPlainText() == item.text
    before = edit.captured
    if place is not None:
        QTest.keyClick(edit, place, Qt.KeyboardModifier.ControlModifier)
    for letter in typed:
        hit(edit, letter)
    after = edit.captured
    assert edit.toPlainText() == (typed + item.text if place is Qt.Key.Key_Home else item.text + typed)
    assert dict(after.voices) == dict(before.voices)
    assert (after.kind, after.parked, after.tags) == (before.kind, before.parked, before.tags)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=typed_text)
@example(text="volgens @jan is #plan goed @1 @2+ ")
def test_what_the_field_shows_is_the_line_and_the_note_is_what_was_typed(
    theme: Appearance, qtbot: QtBot, text: str
) -> None:
    edit = CaptureEdit(theme, FixedVocabulary())
    qtbot.addWidget(edit)
    text = "".join(letter for letter in text if letter.isprintable())
    for letter in text:
        hit(edit, letter)
        assert edit.toPlainText() == edit.line.view.text
    assert edit.source == text
    read, meant = edit.reading(), parse(text, PANEL)
    assert (read.text, read.kind, dict(read.voices), read.tags) == (
        meant.text,
        meant.kind,
        dict(meant.voices),
        meant.tags,
    )
    QTest.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert edit.toPlainText() == edit.line.view.text
    assert len(edit.source) <= len(text)


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


@pytest.mark.parametrize(
    ("typed", "kept", "voices"),
    [
        (" voor kleine scholen", "Te duur voor kleine scholen", {"Annemarie": SAYS}),
        ("voor kleine scholen", "Te duur voor kleine scholen", {"Annemarie": SAYS}),
        (", en te laat.", "Te duur, en te laat.", {"Annemarie": SAYS}),
        (" en @nick", "Te duur", {"Annemarie": SAYS, "Nick": SAYS}),
        ("en @nick vindt dat ook", "Te duur en Nick vindt dat ook", {"Annemarie": SAYS, "Nick": ABOUT}),
        (" voor @2 en mij @4+", "Te duur voor Jaap en mij", {"Annemarie": SAYS, "Jaap": ABOUT, "Hilde": AGREES}),
        (" voor kleine #scholen", "Te duur voor kleine", {"Annemarie": SAYS}),
    ],
)
@pytest.mark.parametrize("name", ["@anne", "@bröring", ", zegt @anne", "@3"])
def test_who_was_taken_by_tab_stays_a_chip_however_one_types_on(
    room: Room, name: str, typed: str, kept: str, voices: dict[str, Stance]
) -> None:
    room.type(f"Te duur {name}".replace(" ,", ","))
    room.press(Qt.Key.Key_Tab)
    assert (room.line, room.page.line.understood) == ("Te duur", ("@ Annemarie",))
    for letter in typed:
        room.type(letter)
        assert room.page.line.understood[0] == "@ Annemarie"
    room.keep()
    (note,) = room.notes
    assert (note.text, room.voices(note)) == (kept, voices)


def test_space_that_completes_a_name_takes_it_too_and_a_whole_name_is_read_as_its_sentence(room: Room) -> None:
    for text in ("Te duur @anne voor ons", "Morgen belt @annemarie de school", "volgens @anne is Technolab goed"):
        room.note(text)
    assert [(note.text, room.voices(note)) for note in room.notes] == [
        ("Te duur voor ons", {"Annemarie": SAYS}),
        ("Morgen belt Annemarie de school", {"Annemarie": ABOUT}),
        ("volgens Annemarie is Technolab goed", {"Annemarie": ABOUT}),
    ]


def test_a_name_taken_at_the_start_or_in_a_sentence_that_is_there(room: Room) -> None:
    room.type("@anne")
    room.press(Qt.Key.Key_Tab)
    room.type("en haar team willen dat ook #tech")
    room.press(Qt.Key.Key_Tab)
    room.type("wel")
    room.keep()
    room.type("volgens is Technolab goed")
    room.press(Qt.Key.Key_Home)
    room.press(Qt.Key.Key_Right, times=len("volgens"))
    room.type(" @anne")
    room.press(Qt.Key.Key_Tab)
    room.keep()
    assert [(note.text, room.voices(note)) for note in room.notes] == [
        ("en haar team willen dat ook wel", {"Annemarie": SAYS}),
        ("volgens Annemarie is Technolab goed", {"Annemarie": ABOUT}),
    ]
    assert [tag.name for tag in room.notes[0].tags] == ["tech"]


@pytest.mark.parametrize("text", ["De bus is vol", "De bus is vol @3", "#busvervoer is duur"])
def test_a_name_or_label_completed_before_a_word_leaves_the_word(room: Room, text: str) -> None:
    room.note("Eerst #bus")
    room.type(text)
    before = room.page.line.edit.source
    for mark in ("@nic", "#bu"):
        room.press(Qt.Key.Key_Home)
        room.type(mark)
        room.press(Qt.Key.Key_Tab)
    room.keep()
    meant = parse(f"@6 #bus {before}", room.page.live.rows.panelists)
    note = room.notes[-1]
    assert (note.text, len(note.voices)) == (meant.text, len(meant.voices))
    assert {tag.name for tag in note.tags} == set(meant.tags)


def test_backspace_and_undo_take_back_what_was_taken_by_tab(room: Room) -> None:
    room.type("Te duur @anne")
    room.press(Qt.Key.Key_Tab)
    room.press(Qt.Key.Key_Backspace)
    assert room.line == "Te duur @Annemarie"
    room.press(Qt.Key.Key_Backspace, times=len("@Annemarie"))
    room.type("@nick")
    room.press(Qt.Key.Key_Tab)
    room.press(Qt.Key.Key_Z, CTRL)
    assert room.line == "Te duur @nick"
    room.type(" en @hil")
    room.press(Qt.Key.Key_Tab)
    room.type("voor ons")
    room.keep()
    (note,) = room.notes
    assert (note.text, room.voices(note)) == ("Te duur voor ons", {"Nick": SAYS, "Hilde": SAYS})


def test_the_line_is_left_by_f6_and_its_text_stays(room: Room) -> None:
    edit = room.page.line.edit
    room.type("Goed idee")
    room.press(Qt.Key.Key_F6)
    assert room.focus() is not edit
    room.press(Qt.Key.Key_Escape)
    assert room.focus() is edit
    assert room.line == "Goed idee"


def test_a_space_that_does_not_break_stays_one_in_a_correction(room: Room) -> None:
    room.type("Groep\u00a07 komt")
    room.keep()
    correct(room, Qt.Key.Key_End, " vaker")
    assert [note.text for note in room.notes] == ["Groep\u00a07 komt vaker"]


def test_alt_c_makes_the_corrected_note_a_quote_and_no_other(room: Room) -> None:
    room.note("een zin @6")
    room.press(Qt.Key.Key_Up)
    room.press(Qt.Key.Key_C, ALT)
    assert chips(room) == ("citaat", "@ Nick")
    room.keep()
    room.note("volgende")
    assert [note.note.kind for note in room.notes] == [NoteKind.QUOTE, None]
    room.press(Qt.Key.Key_Up)
    room.press(Qt.Key.Key_Up)
    room.press(Qt.Key.Key_Escape)
    room.press(Qt.Key.Key_N, ALT)
    room.press(Qt.Key.Key_Up)
    room.press(Qt.Key.Key_Return)
    room.press(Qt.Key.Key_C, ALT)
    assert chips(room) == ("@ Nick",)
    room.keep()
    assert [note.note.kind for note in room.notes] == [None, None]
    assert room.voices(room.notes[0]) == {"Nick": SAYS}


@pytest.mark.parametrize(
    ("typed", "key", "voices"),
    [
        ("een zin", Qt.Key.Key_6, {"Nick": SAYS}),
        ("een zin @2", Qt.Key.Key_6, {"Nick": SAYS}),
        ("een zin @2 @4+", Qt.Key.Key_6, {"Nick": SAYS, "Hilde": AGREES}),
        ("een zin @6 @4+", Qt.Key.Key_6, {"Hilde": AGREES}),
        ("een zin @6+", Qt.Key.Key_6, {"Nick": SAYS}),
        ("een zin @2 @4", Qt.Key.Key_6, {"Jaap": SAYS, "Hilde": SAYS, "Nick": SAYS}),
    ],
)
@pytest.mark.parametrize("back", [(Qt.Key.Key_Up,), (Qt.Key.Key_Z, CTRL)], ids=["up", "undo"])
def test_alt_and_a_seat_choose_the_speaker_of_the_corrected_note(
    room: Room, typed: str, key: Qt.Key, voices: Mapping[str, Stance], back: tuple[Any, ...]
) -> None:
    room.note(typed)
    room.press(*back)
    room.press(Qt.Key.Key_End)
    room.type(" hal")
    room.press(key, ALT)
    room.type("f")
    room.keep()
    (note,) = room.notes
    assert (note.text, room.voices(note)) == ("een zin half", voices)
    room.note("volgende")
    assert room.voices(room.notes[1]) == {}


def test_alt_b_and_alt_t_mark_the_corrected_note_and_leave_it_open(room: Room) -> None:
    room.note("een zin @6")
    room.press(Qt.Key.Key_Up)
    room.press(Qt.Key.Key_End)
    room.type(" hal")
    room.press(Qt.Key.Key_B, ALT)
    room.press(Qt.Key.Key_T, ALT)
    assert chips(room) == ("parkeerplaats", "@ Nick")
    room.type("f")
    room.keep()
    (note,) = room.notes
    assert (note.text, note.note.star, note.note.parked) == ("een zin half", True, True)
