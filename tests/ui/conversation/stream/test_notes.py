"""Commands on existing notes, all by key and all undoable: mark, bundle, split, move, delete."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.model import Note
from sto_desktop.domain.vocabulary import Mark, NoteKind, Stance
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.conversation.stream.stream_row import said_aloud, stream_names
from sto_desktop.ui.notes.move_dialog import MoveDialog
from tests.ui.conversation_support import ALT, CTRL, Room
from tests.ui.reading import shown_with


def texts(room: Room) -> list[str]:
    """The notes in the stream, from top to bottom."""
    return [note.text for note in room.page.stream.view.stream.notes]


def aloud(room: Room) -> list[str]:
    """The notes in the stream as a screen reader reads them."""
    return [
        said_aloud(note, stream_names(room.page.live.rows.panelists)) for note in room.page.stream.view.stream.notes
    ]


MARKS = (Qt.Key.Key_B, Qt.Key.Key_T, Qt.Key.Key_D)


def marked(room: Room) -> Note:
    """The newest note, whose marks are read."""
    return room.notes[-1].note


def test_alt_n_goes_to_the_notes_and_back(room: Room) -> None:
    room.press(Qt.Key.Key_N, ALT)
    assert room.focus() is room.page.line.edit
    room.note("Eerste.")
    room.note("Tweede.")
    room.press(Qt.Key.Key_N, ALT)
    view = room.page.stream.view
    assert room.focus() is view
    assert view.current_note is not None
    assert view.current_note.text == "Tweede."
    room.press(Qt.Key.Key_Up)
    assert view.current_note.text == "Eerste."
    room.press(Qt.Key.Key_N, ALT)
    assert room.focus() is room.page.line.edit


def test_bundling_with_the_note_above_keeps_both_texts_and_all_voices(room: Room) -> None:
    room.note("Te weinig plek. @2 #ruimte")
    room.note("De werkplaats is te klein. @6 @2+")
    room.press(Qt.Key.Key_H, ALT)
    assert texts(room) == ["Te weinig plek."]
    (note,) = room.notes
    assert [part.text for part in note.parts] == ["Te weinig plek.", "De werkplaats is te klein."]
    assert note.panelists(Stance.SAYS) == tuple(
        room.page.live.rows.member_on(seat).id  # type: ignore[union-attr]
        for seat in (2, 6)
    )
    (said,) = aloud(room)
    assert "De werkplaats is te klein." in said
    assert said.endswith("Jaap, Nick")
    assert "Gebundeld" in room.message
    room.press(Qt.Key.Key_U, ALT)
    assert texts(room) == ["Te weinig plek.", "De werkplaats is te klein."]
    room.session.undo()
    assert texts(room) == ["Te weinig plek."]
    room.session.undo()
    assert texts(room) == ["Te weinig plek.", "De werkplaats is te klein."]


def test_the_keys_of_where_one_is_stand_below_the_line(room: Room) -> None:
    room.note("Eerste.")
    room.type("Half getypt @2 ")
    assert ("Enter", "bewaren") in room.page.line.foot.hints
    room.press(Qt.Key.Key_N, ALT)
    assert ("Alt H", "bundelen") in room.page.line.foot.hints
    room.press(Qt.Key.Key_Return)
    assert ("Alt Enter", "splitsen bij de cursor") in room.page.line.foot.hints
    room.press(Qt.Key.Key_Escape)
    room.press(Qt.Key.Key_N, ALT)
    assert room.page.line.understood
    assert ("Enter", "bewaren") in room.page.line.foot.hints
    room.keep()
    assert ("Enter", "bewaren") not in room.page.line.foot.hints
    assert ("↑", "laatste wijzigen") in room.page.line.foot.hints


@pytest.mark.long
def test_a_bundle_at_the_foot_stays_in_sight_whole(room: Room) -> None:
    for number in range(14):
        room.note(f"Notitie {number}, met zoveel woorden dat zij op een smal scherm twee regels nodig heeft, of meer.")
    room.press(Qt.Key.Key_H, ALT)
    bar = room.page.stream.view.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == bar.maximum()


def test_a_note_chosen_in_the_stream_is_bundled_with_the_one_above_it(room: Room) -> None:
    for text in ("Een.", "Twee.", "Drie."):
        room.note(text)
    room.press(Qt.Key.Key_N, ALT)
    room.press(Qt.Key.Key_Up)
    room.press(Qt.Key.Key_H, ALT)
    assert texts(room) == ["Een.", "Drie."]
    room.press(Qt.Key.Key_H, ALT)
    assert texts(room) == ["Een.", "Drie."]
    assert "geen notitie boven" in room.message


def test_a_bundle_is_edited_deleted_and_brought_back_whole(room: Room) -> None:
    room.note("Een. @1")
    room.note("Twee. @2")
    room.press(Qt.Key.Key_H, ALT)
    room.press(Qt.Key.Key_Up)
    editor = room.page.stream.view.editor
    assert editor is not None
    assert editor.edit.toPlainText() == "Een."
    room.type(" @3+")
    room.press(Qt.Key.Key_Return)
    (note,) = room.notes
    assert [part.text for part in note.parts] == ["Een.", "Twee."]
    assert [room.voices(part) for part in note.parts] == [
        {"Renée": Stance.SAYS, "Annemarie": Stance.AGREES},
        {"Jaap": Stance.SAYS},
    ]
    room.press(Qt.Key.Key_N, ALT)
    room.press(Qt.Key.Key_Delete)
    assert room.notes == []
    assert room.message == "2 gebundelde notities verwijderd."
    room.session.undo()
    assert [item.ids for item in room.notes] == [note.ids]


def test_alt_enter_splits_a_note_at_the_cursor(room: Room) -> None:
    room.note("= Je maakt zelf iets. En je neemt het mee naar huis. @6 @2+ #bedrijf")
    room.press(Qt.Key.Key_Up)
    room.press(Qt.Key.Key_Home)
    for _ in "Je maakt zelf iets.":
        room.press(Qt.Key.Key_Right)
    room.press(Qt.Key.Key_Return, ALT)
    assert texts(room) == ["Je maakt zelf iets.", "En je neemt het mee naar huis."]
    for note in room.notes:
        assert note.note.kind is NoteKind.SUCCESS_FACTOR
        assert room.voices(note) == {"Nick": Stance.SAYS, "Jaap": Stance.AGREES}
        assert [tag.name for tag in note.tags] == ["bedrijf"]
    assert room.page.stream.view.editor is None
    room.session.undo()
    assert texts(room) == ["Je maakt zelf iets. En je neemt het mee naar huis."]


def test_what_was_changed_before_splitting_is_kept_in_the_same_step(room: Room) -> None:
    room.note("Eerste zin. Tweede zin.")
    room.press(Qt.Key.Key_Up)
    room.type(" Derde zin. @4")
    room.press(Qt.Key.Key_Home)
    room.press(Qt.Key.Key_Right, times=len("Eerste zin."))
    room.press(Qt.Key.Key_Return, ALT)
    assert texts(room) == ["Eerste zin.", "Tweede zin. Derde zin."]
    assert [room.voices(note) for note in room.notes] == [{"Hilde": Stance.SAYS}] * 2
    room.session.undo()
    assert texts(room) == ["Eerste zin. Tweede zin."]
    assert room.voices(room.notes[0]) == {}


def test_at_the_end_of_a_note_there_is_nothing_to_split(room: Room) -> None:
    room.note("Eén zin.")
    room.press(Qt.Key.Key_Up)
    room.press(Qt.Key.Key_Return, ALT)
    assert texts(room) == ["Eén zin."]
    assert "Zet de cursor" in room.message
    assert room.page.stream.view.editor is not None


def test_a_note_moves_to_another_question_and_stands_there_in_order_of_time(room: Room, qtbot: QtBot) -> None:
    room.note("Hoort bij de opbrengst. @5")
    room.next(2)
    there = room.page.live.place.current
    room.note("Later gezegd.")
    room.press(Qt.Key.Key_Up, ALT, 2)
    room.press(Qt.Key.Key_E, ALT)
    dialog = room.window.findChild(MoveDialog)
    assert dialog is not None
    question = room.page.live.rows.question(there)
    assert question is not None
    dialog.search.setText(question.text)
    room.press(Qt.Key.Key_Return)
    assert texts(room) == []
    assert "Verplaatst naar" in room.message
    with qtbot.waitActive(room.window):
        room.window.activateWindow()
    assert room.focus() is room.page.line.edit
    room.next(2)
    assert texts(room) == ["Hoort bij de opbrengst.", "Later gezegd."]
    assert room.voices(room.notes[0]) == {"Peter": Stance.SAYS}
    room.session.undo()
    assert texts(room) == ["Later gezegd."]


@pytest.mark.parametrize("key", [Qt.Key.Key_B, Qt.Key.Key_T, Qt.Key.Key_D])
def test_a_second_mark_in_an_empty_line_is_a_second_moment_and_the_first_stays(room: Room, key: Qt.Key) -> None:
    for _ in range(2):
        room.press(key, ALT)
        room.clock.pass_time(minutes=2)
        assert "gemarkeerd" in room.message
    first, second = room.notes
    assert first.note.captured_at != second.note.captured_at
    assert (first.note.mark, first.note.star, first.note.parked) == (
        second.note.mark, second.note.star, second.note.parked
    )  # fmt: skip
    # Chosen among the notes, a moment is a note as any other.
    room.press(Qt.Key.Key_N, ALT)
    room.press(Qt.Key.Key_T, ALT)
    assert len(room.notes) == 2
    chosen = room.notes[1].note
    assert (chosen.parked, chosen.mark) != (first.note.parked, first.note.mark)


@pytest.mark.parametrize(
    ("key", "mark", "starred"),
    [
        (Qt.Key.Key_B, Mark.IMPORTANT, True),
        (Qt.Key.Key_T, Mark.RETURN, False),
        (Qt.Key.Key_D, Mark.PROBE, False),
    ],
)
def test_the_moderator_marks_a_moment_and_the_note_taker_fills_it_in(
    room: Room, key: Qt.Key, mark: Mark, starred: bool
) -> None:
    room.press(Qt.Key.Key_F7)
    room.press(key, ALT)
    assert room.page.moderating
    assert "gemarkeerd" in room.message
    (note,) = room.notes
    assert (note.text, note.note.mark, note.note.star, note.note.parked) == ("", mark, starred, not starred)
    assert note.note.captured_at == room.clock.now
    assert note.question == room.page.live.place.current
    room.press(Qt.Key.Key_F7)
    assert "nog invullen" in aloud(room)[0]
    room.press(Qt.Key.Key_Up)
    room.type("Twee scholen delen één lokaal.")
    room.press(Qt.Key.Key_Return)
    (filled,) = room.notes
    assert filled.text == "Twee scholen delen één lokaal."
    assert (filled.note.mark, filled.note.star, filled.note.parked) == (mark, starred, not starred)
    room.session.undo()
    room.session.undo()
    assert room.notes == []


def test_a_mark_in_the_line_goes_with_the_note_and_comes_off_by_the_same_key(room: Room) -> None:
    room.type("Dit moeten we onthouden")
    room.press(Qt.Key.Key_B, ALT)
    assert [look.text for look in room.page.line.looks][1] == "belangrijk"
    room.press(Qt.Key.Key_D, ALT)
    assert [look.text for look in room.page.line.looks][1:] == ["belangrijk", "doorvragen"]
    room.press(Qt.Key.Key_D, ALT)
    room.keep()
    (note,) = room.notes
    assert (note.note.star, note.note.mark, note.note.parked) == (True, Mark.IMPORTANT, False)
    assert len(room.page.line.looks) == 1


@pytest.mark.long
@pytest.mark.parametrize("first", [Qt.Key.Key_B, Qt.Key.Key_T, Qt.Key.Key_D])
def test_keys_that_mark_do_the_same_before_and_after_enter(room: Room, first: Qt.Key) -> None:
    for keys in itertools.product([first], MARKS, MARKS):
        room.type("Eerst de toetsen")
        for key in keys:
            room.press(key, ALT)
        shown = [look.text for look in room.page.line.looks][1:]
        room.keep()
        before = marked(room)
        # What the line showed is what the note has.
        assert (before.star, before.parked) == ("belangrijk" in shown, bool({"terugkomen", "doorvragen"} & {*shown}))
        room.note("Eerst Enter")
        for key in keys:
            room.press(key, ALT)
        after = marked(room)
        assert (after.star, after.parked) == (before.star, before.parked), keys
        assert not after.parked or after.mark is before.mark, keys


def test_a_note_that_is_taken_back_has_its_star_and_its_place_on_the_parking_lot(room: Room) -> None:
    room.type("Dit moeten we onthouden")
    room.press(Qt.Key.Key_B, ALT)
    room.press(Qt.Key.Key_T, ALT)
    room.keep()
    before = marked(room)
    room.press(Qt.Key.Key_Z, CTRL)
    assert [look.text for look in room.page.line.looks][1:] == ["belangrijk", "terugkomen"]
    room.keep()
    after = marked(room)
    assert (after.star, after.parked, after.mark) == (before.star, before.parked, before.mark) == (
        True, True, Mark.RETURN
    )  # fmt: skip


def test_alt_d_on_a_note_puts_it_on_the_parking_lot_to_ask_on_about(room: Room) -> None:
    room.note("Dat kan beter.")
    room.press(Qt.Key.Key_D, ALT)
    (note,) = room.notes
    assert (note.note.mark, note.note.parked) == (Mark.PROBE, True)
    room.press(Qt.Key.Key_D, ALT)
    (note,) = room.notes
    assert (note.note.mark, note.note.parked) == (None, False)


def test_keys_for_a_note_keep_what_is_typed_in_its_editor(room: Room) -> None:
    room.note("Eerste.")
    room.note("Tweede.")
    room.press(Qt.Key.Key_Up)
    room.type(" Met meer.")
    room.press(Qt.Key.Key_T, ALT)
    assert [note.note.parked for note in room.notes] == [False, True]
    room.keep()
    assert texts(room) == ["Eerste.", "Tweede. Met meer."]
    assert [note.note.parked for note in room.notes] == [False, True]


def test_who_speaks_agrees_and_disagrees_shows_below_the_line(room: Room) -> None:
    room.type("Het werkt. @2 @4+ @5- #ruimte")
    assert list(room.page.line.understood) == ["@ Jaap", "+ Hilde", "− Peter", "#ruimte"]
    room.press(Qt.Key.Key_A, CTRL)
    room.type("Iedereen vindt dat @allen")
    assert list(room.page.line.understood) == ["+ 7 vallen bij"]
    room.press(Qt.Key.Key_Escape)
    room.page.line.edit.set_text("")
    assert not room.page.line.understood


def test_when_others_read_along_the_chips_name_nobody(room: Room) -> None:
    room.press(Qt.Key.Key_6, ALT)
    room.type("Het werkt. @2+")
    room.page.live.set_discreet(True)
    assert list(room.page.line.understood) == ["+ stoel 2"]
    assert room.page.line.looks[-1].text == "@ stoel 6"
    room.page.live.set_discreet(False)
    assert list(room.page.line.understood) == ["+ Jaap"]


def test_a_mark_without_any_note_is_of_the_moment(room: Room) -> None:
    room.press(Qt.Key.Key_T, ALT)
    (note,) = room.notes
    assert (note.text, note.note.mark, note.note.parked) == ("", Mark.RETURN, True)


def test_an_unknown_name_offers_a_new_member_without_taking_the_keyboard(room: Room) -> None:
    room.type("Het vervoer is geregeld. @wim ")
    assert shown_with("toevoegen", room.page.line) == "Wim toevoegen"
    assert room.focus() is room.page.line.edit
    room.type("zegt men")
    room.press(Qt.Key.Key_I, ALT)
    assert shown_with("toevoegen", room.page.line) == ""
    assert room.line == "Het vervoer is geregeld. Wim zegt men"
    assert room.focus() is room.page.line.edit
    member = room.page.live.rows.member_on(8)
    assert member is not None
    assert (member.name, member.first_name) == ("Wim", "Wim")
    room.keep()
    assert room.voices(room.notes[0]) == {"Wim": Stance.ABOUT}


def test_a_new_member_is_added_with_the_surname_behind_the_name(room: Room) -> None:
    room.type("@Piet Jansen wil een bus")
    assert shown_with("toevoegen", room.page.line) == "Piet Jansen toevoegen"
    room.press(Qt.Key.Key_I, ALT)
    member = room.page.live.rows.member_on(8)
    assert member is not None
    assert (member.name, member.first_name) == ("Piet Jansen", "Piet")
    room.keep()
    assert (room.notes[0].text, room.voices(room.notes[0])) == ("wil een bus", {"Piet": Stance.SAYS})


def test_tab_takes_the_offer_of_a_new_member_from_the_list(room: Room) -> None:
    room.type("Het kan. @loes")
    popup = room.page.line.edit.popup
    assert popup is not None
    assert [option.label for option in popup.options] == ["Loes toevoegen als panellid"]
    room.press(Qt.Key.Key_Tab)
    assert room.line == "Het kan."
    room.keep()
    assert room.voices(room.notes[0]) == {"Loes": Stance.SAYS}
    assert room.notes[0].text == "Het kan."


def test_the_speaker_stays_where_the_setting_says_so(room: Room, settings: SettingsStore) -> None:
    room.note("Eerste. @2")
    room.note("Van niemand.")
    settings.change(speaker_stays=True)
    room.note("Tweede. @2")
    assert room.page.line.draft.speaker == room.page.live.rows.member_on(2).id  # type: ignore[union-attr]
    room.note("Derde.")
    room.note("Iemand anders. @6")
    room.note("Nog eens.")
    room.press(Qt.Key.Key_Backspace)
    room.note("Weer niemand.")
    said = [next(iter(room.voices(note)), "") for note in room.notes]
    assert said == ["Jaap", "", "Jaap", "Jaap", "Nick", "Nick", ""]


def test_a_line_that_belongs_elsewhere_shows_it_until_it_is_kept(room: Room) -> None:
    room.type("Nog over het vorige")
    room.next()
    assert shown_with("Hoort bij", room.page.line).startswith("Hoort bij")
    room.keep()
    assert shown_with("Hoort bij", room.page.line) == ""
    QApplication.processEvents()
    assert texts(room) == []


def test_the_foot_of_the_line_names_only_what_its_keys_do_here_and_now(room: Room) -> None:
    last = ("↑", "laatste wijzigen")
    assert last not in room.page.line.foot.hints
    room.note("een notitie")
    assert last in room.page.line.foot.hints
    room.next()
    assert last not in room.page.line.foot.hints
    room.press(Qt.Key.Key_F6)
    assert room.page.line.foot.hints == (
        ("Tab", "volgende"),
        ("spatie", "kiezen"),
        ("F6", "verder"),
        ("Esc", "terug naar de regel"),
    )
    room.press(Qt.Key.Key_Escape)
    assert ("@", "spreker") in room.page.line.foot.hints
    room.next(3)
    room.press(Qt.Key.Key_S, ALT)
    assert [*room.page.line.foot.hints] == [("Esc", "terug naar de regel")]
    room.press(Qt.Key.Key_Escape)
    assert ("@", "spreker") in room.page.line.foot.hints
