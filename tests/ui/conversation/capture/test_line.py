"""The capture line as a text field with chips behind it: editing the text changes only the text."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.panels import add_panelist
from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.conversation.capture.pasting import PasteDialog
from sto_desktop.ui.look.theme import Appearance
from tests.ui.conversation_support import ALT, CTRL, PANEL, PLAIN, SHIFT, Room, make_dossier, window_on

Key = Qt.Key
SAYS, AGREES, ABOUT = Stance.SAYS, Stance.AGREES, Stance.ABOUT


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore) -> Iterator[Room]:
    home, path = tmp_path / "home", tmp_path / "o.sto"
    make_dossier(home, path)
    with window_on(home, path, theme, settings) as made:
        made.page.clock.begin()
        yield made


def kept(room: Room) -> tuple[str, dict[str, Stance]]:
    """Press Enter; return the text and the voices of the newest note."""
    room.keep()
    note = room.notes[-1]
    return note.text, room.voices(note)


def held(room: Room, key: Qt.Key, times: int = 9) -> None:
    """Hold a key that was pressed before: the repetitions by the keyboard."""
    letter = "\b" if key == Key.Key_Backspace else "\x7f"
    for _ in range(times):
        QApplication.sendEvent(room.focus(), QKeyEvent(QEvent.Type.KeyPress, key, PLAIN, letter, True, 1))


def understood(room: Room) -> tuple[str, ...]:
    return room.page.line.understood


def test_the_last_word_is_replaced_before_a_chip(room: Room) -> None:
    room.type("De bus rijdt niet #rit ")
    room.press(Key.Key_Left, CTRL | SHIFT)
    room.type("weer")
    assert understood(room) == ("#rit",)
    assert kept(room) == ("De bus rijdt weer", {})
    assert [tag.name for tag in room.notes[-1].tags] == ["rit"]
    for typed, stance in (("@nick ", SAYS), ("@hilde+ ", AGREES)):
        room.type(f"De bus rijdt niet {typed}")
        room.press(Key.Key_Backspace, CTRL)
        room.type("weer")
        text, voices = kept(room)
        assert (text, list(voices.values())) == ("De bus rijdt weer", [stance])


def test_what_is_typed_over_the_whole_text_leaves_the_chips(room: Room) -> None:
    room.type("De bus @nick ")
    room.press(Key.Key_A, CTRL)
    room.type("trein")
    assert kept(room) == ("trein", {"Nick": SAYS})
    room.type("De bus @nick ")
    room.press(Key.Key_A, CTRL)
    room.press(Key.Key_Backspace)
    assert (room.line, understood(room)) == ("", ())


def test_a_letter_deleted_before_a_chip_is_replaced(room: Room) -> None:
    room.type("De bus @nick ")
    room.press(Key.Key_Left)
    room.press(Key.Key_Delete)
    room.type("x")
    assert (room.line, understood(room)) == ("De bux", ("@ Nick",))
    assert kept(room) == ("De bux", {"Nick": SAYS})


def test_a_double_click_replaces_the_last_word(room: Room) -> None:
    room.type("De bus rijdt niet @nick ")
    edit = room.page.line.edit
    cursor = QTextCursor(edit.document())
    cursor.setPosition(len("De bus rijdt ni"))
    place = edit.cursorRect(cursor).center()
    for act in (QTest.mouseClick, QTest.mouseDClick):
        act(edit.viewport(), Qt.MouseButton.LeftButton, PLAIN, place)
    room.type("weer")
    assert kept(room) == ("De bus rijdt weer", {"Nick": SAYS})


def test_a_held_delete_stops_at_the_chips(room: Room) -> None:
    room.type("Een bus @nick ")
    room.press(Key.Key_Left, times=3)
    held(room, Key.Key_Delete)
    assert (room.line, understood(room)) == ("Een ", ("@ Nick",))
    room.press(Key.Key_Delete)
    assert understood(room) == ()


def test_a_held_backspace_stops_at_the_chosen_speaker_and_the_chips(room: Room) -> None:
    room.press(Key.Key_3, ALT)
    room.type("abc")
    held(room, Key.Key_Backspace)
    assert room.line == ""
    assert room.page.line.draft.speaker is not None
    room.press(Key.Key_Backspace)
    assert room.page.line.draft.speaker is None
    room.type("Goed @nick en")
    held(room, Key.Key_Backspace)
    assert (room.line, understood(room)) == ("Goed", ("@ Nick",))


def test_backspace_in_an_empty_line_takes_the_chips_that_are_left(room: Room) -> None:
    room.type("Een @nick ")
    room.press(Key.Key_Home)
    room.press(Key.Key_Delete, times=3)
    assert (room.line, understood(room)) == ("", ("@ Nick",))
    room.press(Key.Key_Backspace)
    assert understood(room) == ()
    room.note("Eerst")
    room.type("Een @nick ")
    room.press(Key.Key_Home)
    room.press(Key.Key_Delete, times=3)
    assert kept(room) == ("Eerst", {"Nick": SAYS})


@pytest.mark.parametrize(("token", "chip"), [("@4", "@ Hilde"), ("@4+", "+ Hilde"), ("#bus", "#bus")])
def test_tab_takes_what_is_understood_already(room: Room, token: str, chip: str) -> None:
    room.type(token)
    room.press(Key.Key_Tab)
    assert (room.line, understood(room)) == ("", (chip,))
    room.type("En de bus?")
    room.press(Key.Key_Return)
    assert room.notes[-1].note.text == "En de bus?"


def test_a_newcomer_is_named_once(room: Room) -> None:
    room.type("Goed plan @piet")
    room.press(Key.Key_Tab)
    assert (room.line, understood(room)) == ("Goed plan", ("@ Piet",))
    room.type("en nog wat")
    assert kept(room) == ("Goed plan en nog wat", {"Piet": SAYS})


@pytest.mark.parametrize("text", ["@nick is een handle", "#bus is het"])
def test_an_escaped_word_stays_a_word_in_a_correction(room: Room, text: str) -> None:
    room.note(f"\\{text}")
    room.press(Key.Key_Up)
    room.press(Key.Key_Home)
    room.type("Ook ")
    assert kept(room) == (f"Ook {text}", {})
    assert room.notes[-1].tags == ()


@pytest.mark.parametrize(
    ("typed", "speaker"),
    [
        ("@oude wessel: te duur", "Renée"),
        ("@ten Veldkamp: te duur", "Jaap"),
        ("@schol in 't hof: te duur", "Peter"),
        ("@Jaap Veldkamp: te duur", "Jaap"),
    ],
)
def test_a_surname_of_several_words_leaves_none_of_them_in_the_text(room: Room, typed: str, speaker: str) -> None:
    room.note(typed)
    (note,) = room.notes
    assert (note.text, room.voices(note)) == ("te duur", {speaker: Stance.SAYS})


def test_a_name_of_several_words_is_one_name_in_lower_case_and_with_a_title(room: Room) -> None:
    for line, text, who in (
        ("Een bus @nick wolter", "Een bus", "Nick"),
        ("@jaap ten veldkamp wil een bus", "wil een bus", "Jaap"),
        ("@Dhr. N. Wolter wil een bus", "wil een bus", "Nick"),
        ("@Mw. A. Bröring wil een bus", "wil een bus", "Annemarie"),
        ("@Mw. K. Bröring wil een bus", "@Mw. K. Bröring wil een bus", ""),
    ):
        room.type(line)
        assert kept(room) == (text, {who: SAYS} if who else {})
    room.session.apply(add_panelist(PANEL, "K. Smit", 8))
    room.type("@Dhr. K. Smit wil een bus")
    text, voices = kept(room)
    assert (text, list(voices.values())) == ("wil een bus", [SAYS])


@pytest.mark.parametrize("signs", ['"', "()", "@", "#", "-", "+ ", "> @", "“”"])
def test_signs_alone_are_no_note(room: Room, signs: str) -> None:
    room.note(signs)
    assert room.notes == []
    assert "teken" in room.message + room.banner
    assert room.line == signs


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ("@8+", "Op stoel 8 zit niemand."),
        ("@nick+ @10", "Op stoel 10 zit niemand."),
        ("@xander", "Niemand hier heet «xander»."),
        ("@99 @piet-", "Op stoel 99 zit niemand. Niemand hier heet «piet»."),
        ("@jaap-jan", "Niemand hier heet «jaap-jan»."),
    ],
)
def test_nobody_alone_is_no_note(room: Room, names: str, told: str) -> None:
    room.note("De bus rijdt niet")
    room.note(names)
    assert [(note.text, note.voices) for note in room.notes] == [("De bus rijdt niet", ())]
    assert (room.message, room.line.endswith(names.split()[-1])) == (told, True)


def test_a_note_that_is_saved_with_a_name_of_nobody_says_so(room: Room) -> None:
    room.session.apply(add_panelist(PANEL, "Nick Vos", 8))
    saved = "De notitie is bewaard zonder die spreker; de naam staat in de tekst."
    for line, told in (
        ("Te duur @nick", f"Er is meer dan één «nick». {saved}"),
        ("@xander te duur", f"Niemand hier heet «xander». {saved}"),
        ("Te duur @hilde@xander", f"Niemand hier heet «hilde@xander». {saved}"),
    ):
        room.note(line)
        assert (room.notes[-1].text, room.message) == (line, told)
    room.note("Te duur @9")
    seat = "Op stoel 9 zit niemand. Bij de notitie staat stoel 9 als onbekende spreker."
    assert (room.notes[-1].text, room.message) == ("Te duur", seat)


def test_names_without_a_space_between_them_are_speakers(room: Room) -> None:
    for line in ("@2@4 te duur", "te duur @2@4", "te duur @jaap@hilde"):
        room.type(line)
        text, voices = kept(room)
        assert (text, list(voices.values())) == ("te duur", [SAYS, SAYS])


def test_what_somebody_owns_keeps_its_letters(room: Room) -> None:
    for line in ("Dit was @peter's plan", "Dit was @Nick’s plan", "@jaap's plan", "De bus van @hilde's school "):
        room.type(line)
        text, voices = kept(room)
        assert (re.sub("[A-Z]", lambda letter: letter[0].lower(), text), *voices.values()) == (
            line.replace("@", "").strip().lower(), ABOUT,
        )  # fmt: skip


def test_who_does_not_agree_and_who_says_it_are_no_words(room: Room) -> None:
    for line, shown, text, voices in (
        ("Een bus @allen behalve @3 ", "Een bus", "Een bus", 6),
        ("Een bus @allen+ behalve Annemarie en @jaap", None, "Een bus", 5),
        ("Te duur, zegt @hilde ", "Te duur", "Te duur", 1),
        ("@hilde zegt: te duur", "te duur", "te duur", 1),
        ("Te duur @4+@5+ ", "Te duur", "Te duur", 2),
    ):
        room.type(line)
        assert shown is None or room.line == shown
        read = kept(room)
        assert (read[0], len(read[1])) == (text, voices)


def test_a_pasted_list_makes_no_notes_of_signs_speakers_and_labels_alone(room: Room, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("een\n+ \n> \n@nick+\n#bus\necht\n")
    room.press(Key.Key_V, CTRL)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert dialog.windowTitle() == "2 notities maken?"
    room.press(Key.Key_Return)
    qtbot.waitUntil(lambda: len(room.notes) == 2)
    first = next(note for note in room.notes if note.text == "een")
    assert (room.voices(first), [tag.name for tag in first.tags]) == ({"Nick": AGREES}, ["bus"])


def test_one_line_that_is_pasted_with_its_line_end_leaves_the_cursor_behind_it(room: Room) -> None:
    QApplication.clipboard().setText("een regel\r\n")
    room.press(Key.Key_V, CTRL)
    room.type("!")
    assert room.line == "een regel!"


def test_a_label_at_the_start_is_a_chip_only(room: Room) -> None:
    room.type("#bus is nodig")
    assert (room.line, understood(room)) == ("is nodig", ("#bus",))
    assert kept(room)[0] == "is nodig"


def test_who_does_an_action_is_not_another_one_in_a_correction(room: Room) -> None:
    for typed, first in (("@hilde en @nick", "Hilde Kuipers"), ("@nick en @hilde", "Nick Wolter")):
        room.type(f"> {typed} bellen")
        assert room.page.line.edit.offer.owner == first
        room.keep()
        room.press(Key.Key_Up)
        editor = room.page.stream.view.editor
        assert editor is not None
        assert editor.edit.offer.owner in ("", first)
        room.press(Key.Key_Escape)


def test_tab_takes_the_offer_while_several_names_fit(room: Room) -> None:
    room.session.apply(add_panelist(PANEL, "Nick-Jan Mulder", 8))
    room.type("> bellen voor 3 maart @nick")
    assert room.page.line.edit.popup is not None
    room.press(Key.Key_Tab)
    assert room.page.line.edit.chips.agreed.owner == "Nick Wolter"


def test_the_speaker_chosen_by_seat_is_offered_as_owner(room: Room) -> None:
    room.press(Key.Key_4, ALT)
    room.type("> bellen morgen")
    offer = room.page.line.edit.offer
    assert (offer.owner, str(offer.due)) == ("Hilde Kuipers", "2023-02-15")


def test_the_names_never_lie_on_the_cursor(room: Room) -> None:
    room.type("@nick @hilde+ " + "een woord " * 3)
    edit = room.page.line.edit
    below: set[bool] = set()
    while len(below) < 2 and len(room.line) < 130:
        room.type("woord @")
        for letter in "re":
            room.type(letter)
            QTest.qWait(5)
            below.add(edit.row.y() > 5)
            assert edit.popup is not None
            caret = edit.viewport().mapTo(room.window, edit.cursorRect().center())
            assert not edit.popup.geometry().contains(caret)
        room.press(Key.Key_Backspace, times=7)
    assert below == {True, False}


STEPS = (
    (Key.Key_Left, PLAIN),
    (Key.Key_Right, PLAIN),
    (Key.Key_Left, CTRL),
    (Key.Key_Right, CTRL),
    (Key.Key_Left, SHIFT),
    (Key.Key_Right, SHIFT),
    (Key.Key_Left, CTRL | SHIFT),
    (Key.Key_Right, CTRL | SHIFT),
    (Key.Key_Home, PLAIN),
    (Key.Key_End, PLAIN),
    (Key.Key_Home, SHIFT),
    (Key.Key_End, SHIFT),
    (Key.Key_A, CTRL),
    (Key.Key_Backspace, PLAIN),
    (Key.Key_Backspace, CTRL),
    (Key.Key_Delete, PLAIN),
    (Key.Key_Delete, CTRL),
)
FRONTS = ("", "@nick ", "@nick: ", "@nick en @hilde: ", "@hilde+ ", "#les ")
TEXTS = ("De bus rijdt niet op tijd", "Meer geld, en snel.", "Goed plan", "Twee dagen (of drie)")
ENDS = (" @nick ", " @hilde+ ", " #bus ", " @peter @hilde+ ", " @fatma #bus ", " @renée, @nick- ")
WORDS = ("a", "x", "w", " ", "Ook ", "weer", ", ", "- ", " en ", ".", ": ", "B", "!")


def touches_chips(plain: QPlainTextEdit, key: Qt.Key) -> bool:
    """Return whether a key does something to the chips in this state: behind the text, before it, or with all of it
    selected.
    """
    cursor, length = plain.textCursor(), len(plain.toPlainText())
    if cursor.hasSelection():
        deletes = key in (Key.Key_Backspace, Key.Key_Delete)
        return deletes and len(cursor.selectedText()) == length
    at_end = key in (Key.Key_Delete, Key.Key_Right) and cursor.atEnd()
    return at_end or (key == Key.Key_Backspace and cursor.atStart())


@pytest.mark.long
@pytest.mark.parametrize("seed", range(12))
def test_keys_do_to_a_line_with_chips_what_they_do_to_a_plain_field(room: Room, qtbot: QtBot, seed: int) -> None:
    chance, line = random.Random(seed), room.page.line
    plain = QPlainTextEdit()
    qtbot.addWidget(plain)
    for _ in range(8):
        source = chance.choice(FRONTS) + chance.choice(TEXTS) + chance.choice(ENDS)
        room.type(source)
        done: list[object] = [source]
        plain.setPlainText(room.line)
        voices, tags = dict(line.edit.reading().voices), set(line.edit.reading().tags)
        for step in range(14):
            key, held_key = chance.choice(STEPS) if step else (Key.Key_Home, PLAIN)
            words = chance.choice(WORDS) if step and chance.random() < 0.4 else ""
            if not words and touches_chips(plain, key):
                continue
            done.append(words or (key, held_key))
            for field in (line.edit, plain):
                if words:
                    QTest.keyClicks(field, words)
                else:
                    QTest.keyClick(field, key, held_key)
            cursor, same = line.edit.textCursor(), plain.textCursor()
            assert (room.line, cursor.anchor(), cursor.position()) == (
                plain.toPlainText(),
                same.anchor(),
                same.position(),
            ), done
            read = line.edit.reading()
            assert (dict(read.voices), set(read.tags)) == (voices, tags), done
        line.edit.set_text("")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("kleinere groepen @6 en @2", "kleinere groepen en @2"),
        ("kleinere groepen @6/@2", "kleinere groepen /@2"),
        ("kleinere groepen @nick & @2", "kleinere groepen & @2"),
        ("@6 en @2", "en @2"),
    ],
)
def test_the_line_shows_no_character_that_nobody_typed(room: Room, typed: str, shown: str) -> None:
    room.note("kleinere groepen")
    room.type(typed)
    # The last name is still being typed.
    assert room.line == shown
    room.keep()
    assert room.voices(room.notes[-1]) == {"Nick": Stance.SAYS, "Jaap": Stance.SAYS}
    assert room.notes[-1].text == "kleinere groepen"


@pytest.mark.parametrize(
    ("typed", "text", "stance"),
    [
        ("Zo doen we het @nick", "Zo doen we het", Stance.SAYS),
        ("Wij willen precies dat @nick.", "Wij willen precies dat.", Stance.SAYS),
        ("Er is er maar een @nick", "Er is er maar een", Stance.SAYS),
        ("Liever die @nick #rooster", "Liever die", Stance.SAYS),
        # Here the sentence is about somebody.
        ("Het idee kwam van @nick", "Het idee kwam van Nick", Stance.ABOUT),
        ("Wij willen dat @nick meedoet", "Wij willen dat Nick meedoet", Stance.ABOUT),
    ],
)
def test_a_name_at_the_end_is_a_speaker_behind_a_word_that_no_name_follows(
    room: Room, typed: str, text: str, stance: Stance
) -> None:
    room.note(typed)
    assert (room.notes[-1].text, room.voices(room.notes[-1])) == (text, {"Nick": stance})


def test_a_label_behind_an_article_is_a_word(room: Room) -> None:
    room.note("Te weinig aandacht voor de #techniek")
    assert room.notes[-1].text == "Te weinig aandacht voor de techniek"


def test_tab_takes_no_day_from_a_group_of_a_school(room: Room) -> None:
    room.type("> Hilde vraagt het aan groep 7/8")
    room.press(Qt.Key.Key_Tab)
    room.keep()
    assert (room.notes[-1].note.owner, room.notes[-1].note.due) == ("Hilde Kuipers", None)


@pytest.mark.parametrize(
    "pasted",
    [
        "•\tKleine groepen\n•\tDe bus\n•\tHet rooster",
        "o\tKleine groepen\no\tDe bus\no\tHet rooster",
        "\uf0b7\tKleine groepen\n▪\tDe bus\n·   Het rooster",
        "☐ Kleine groepen\n◦ De bus\n● Het rooster",
        "1) Kleine groepen\n2) De bus\n10) Het rooster",
        "➢ Kleine groepen\n→ De bus\n■ Het rooster",
        "\uf0d8\tKleine groepen\n⮚\tDe bus\n❖ Het rooster",
        "‣ Kleine groepen\n– De bus\n⇒ Het rooster",
        "a) Kleine groepen\nB) De bus\n(c) Het rooster",
        "(1) Kleine groepen\n(iv) De bus\n③ Het rooster",
        # Lines that Shift+Enter began in Word, and those of a web page.
        "Kleine groepen\x0bDe bus\x0bHet rooster",
        "Kleine groepen\u2028De bus\u2028Het rooster",
        "Kleine groepen\n|---|---|\nDe bus\n______\nHet rooster",
    ],
)
def test_a_list_from_another_program_is_its_words(room: Room, qtbot: QtBot, pasted: str) -> None:
    QApplication.clipboard().setText(pasted)
    room.press(Qt.Key.Key_V, CTRL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PasteDialog))
    room.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(room.notes) >= 3)
    assert [note.text for note in room.notes] == ["Kleine groepen", "De bus", "Het rooster"]


def test_a_heading_in_a_pasted_list_is_no_note(room: Room, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("## Opbrengst\n- Kleine groepen\n### Wat merkt u?\n- De bus\n#rooster\n")
    room.press(Qt.Key.Key_V, CTRL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PasteDialog))
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert "Geen notitie: «Opbrengst» en «Wat merkt u?»." in [label.text() for label in dialog.findChildren(QLabel)]
    room.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(room.notes) >= 2)
    assert [note.text for note in room.notes] == ["Kleine groepen", "De bus"]
    assert [tag.name for tag in room.notes[-1].tags] == ["rooster"]


def test_the_offered_names_stay_beside_the_line_when_it_moves(room: Room, qtbot: QtBot) -> None:
    def place(widget: QWidget) -> QRect:
        return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())

    edit = room.page.line.edit
    room.window.resize(911, 512)
    room.type("De bus rijdt @")
    popup = edit.popup
    assert popup is not None
    room.press(Key.Key_Down)
    chosen = popup.chosen
    assert chosen is not None
    for height in (680, 512):
        room.window.resize(911, height)
        qtbot.waitUntil(lambda: 0 <= place(edit).top() - place(popup).bottom() < 30)
    assert popup.chosen == chosen
    # A message comes in above the line.
    room.page.notices.tell("Nog vijf minuten. " * 30)
    qtbot.waitUntil(lambda: 0 <= place(edit).top() - place(popup).bottom() < 30)


def test_speakers_joined_by_an_ampersand_and_one_behind_dan_speak(room: Room) -> None:
    room.type("@1&@2 eens met het plan")
    assert room.line == "eens met het plan"
    assert kept(room) == ("eens met het plan", {"Renée": SAYS, "Jaap": SAYS})
    room.type("OK dan @nick")
    assert kept(room) == ("OK dan", {"Nick": SAYS})
    room.type("Wij zijn groter dan @nick")
    assert kept(room) == ("Wij zijn groter dan Nick", {"Nick": ABOUT})


def test_tab_takes_a_sign_before_a_number(room: Room) -> None:
    row = room.page.line.edit.row
    room.type("> 2 docenten bellen")
    assert row.offer == "actie"
    room.press(Key.Key_Tab)
    assert (room.line, row.offer) == ("> 2 docenten bellen", "")
    room.type(" voor 1 mei")
    assert kept(room) == ("2 docenten bellen voor 1 mei", {})
    assert room.notes[-1].note.kind is NoteKind.ACTION
    room.type("? 3 euro per rit")
    assert row.offer == "parkeerplaats"
    # Not taken, it is text.
    assert kept(room)[0] == "? 3 euro per rit"
    assert not room.notes[-1].note.parked
    # Text that was saved so has no other meaning when it is corrected.
    room.press(Key.Key_Z, CTRL)
    assert (room.line, row.offer) == ("? 3 euro per rit", "")
    room.type("it")
    assert kept(room)[0] == "? 3 euro per ritit"


@pytest.mark.parametrize("backspaces", [1, 2, 3])
def test_backspace_after_a_sign_leaves_no_backslash(room: Room, backspaces: int) -> None:
    room.type("> ")
    # Alone it is no note.
    room.press(Key.Key_Return)
    left = "> "[: 3 - backspaces]
    room.press(Key.Key_Backspace, times=backspaces)
    assert room.line == left
    room.type("/ meer tijd")
    assert room.line == f"{left}/ meer tijd"
    assert kept(room)[0] == ("meer tijd" if backspaces == 3 else f"{left}/ meer tijd")


def test_a_theme_without_a_summary_says_so(room: Room) -> None:
    room.press(Key.Key_S, ALT)
    assert room.message == "Bij Welkom en afspraken hoort geen samenvatting."
    assert room.page.line.edit.hasFocus()


def test_a_sign_that_is_clicked_counts_before_a_number(room: Room) -> None:
    room.type("2 docenten bellen")
    signs = room.page.line.signs
    room.click(signs, signs.place_of(">"))
    assert kept(room)[0] == "2 docenten bellen"
    assert room.notes[-1].note.kind is NoteKind.ACTION


@pytest.mark.parametrize("typed", ["> belt de school", "! belt de school", '"belt de school', "(belt de school"])
def test_backspace_at_the_start_takes_the_kind_away_that_stands_in_front(room: Room, typed: str) -> None:
    room.type(typed)
    shown = room.page.line.looks
    room.press(Qt.Key.Key_Home)
    room.press(Qt.Key.Key_Backspace)
    assert [look.text for look in room.page.line.looks] == ["opmerking"]
    room.press(Qt.Key.Key_Z, CTRL)
    assert room.page.line.looks == shown
    room.press(Qt.Key.Key_Home)
    room.press(Qt.Key.Key_Backspace)
    room.keep()
    assert (room.notes[-1].text.lstrip('"('), room.notes[-1].note.kind) == ("belt de school", None)


def test_backspace_at_the_start_takes_what_stands_in_front_one_by_one(room: Room) -> None:
    room.press(Qt.Key.Key_3, ALT)
    room.type("? ! belt de school @2+")
    room.press(Qt.Key.Key_D, ALT)
    room.press(Qt.Key.Key_Home)
    seen = []
    while len(room.page.line.looks) > 1 or room.page.line.looks[0].text != "opmerking":
        seen.append([look.text for look in room.page.line.looks])
        room.press(Qt.Key.Key_Backspace)
    assert seen == [
        ["aanbeveling", "doorvragen", "@ Annemarie"],
        ["aanbeveling", "doorvragen"],
        ["aanbeveling", "parkeerplaats"],
        ["aanbeveling"],
    ]
    room.press(Qt.Key.Key_Backspace, times=3)
    room.keep()
    (note,) = room.notes
    assert (note.text, note.note.kind, room.voices(note)) == ("belt de school", None, {"Jaap": Stance.AGREES})


def test_a_held_backspace_at_the_start_takes_nothing_away(room: Room) -> None:
    room.press(Qt.Key.Key_3, ALT)
    room.type("! een")
    for held in (False, *[True] * 30):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Backspace, PLAIN, "", held)
        QApplication.sendEvent(room.page.line.edit, event)
    assert [look.text for look in room.page.line.looks][-1] == "@ Annemarie"
