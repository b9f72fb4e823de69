"""Typing while people talk: the capture line in the real window, key by key, on a dossier on disk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.panels import add_panelist, change_panelist
from sto_desktop.domain.live.draft import Draft
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.panel_texts import found_in
from sto_desktop.domain.privacy.participation import naming_of, taking_part
from sto_desktop.domain.privacy.redaction import Redactor
from sto_desktop.domain.privacy.to_check import to_check
from sto_desktop.domain.vocabulary import Consent, NoteKind, Stance
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.conversation.capture.pasting import PasteDialog
from sto_desktop.ui.conversation.stream.stream_row import speakers_of, stream_names
from sto_desktop.ui.shell.help import HelpSheet
from sto_desktop.ui.widgets import TextLabel
from tests.ui.conversation_support import ALT, CTRL, PANEL, SHIFT, Room, back
from tests.ui.reading import shown_with

WRITTEN = (
    ("Po en Technolab", "Opbrengst", "Groep 7 en 8 komen nu vier keer per jaar naar het Technolab. @3 #technolab"),
    ("Po en Technolab", "Opbrengst", "“Mijn leerlingen vragen wanneer we weer mogen komen.” @1 #technolab"),
    ("Po en Technolab", "Opbrengst", "(Veel geknik rond de tafel bij dit punt.)"),
    ("Po en Technolab", "Succesfactoren", '"Omdat het in het rooster staat gaat het door." @5 @3+'),
    ("Po en Technolab", "Wat kan beter", "Hoe houden we dit vol als de subsidie stopt? @5 @3+ @6- #duurzaam"),
    ("Po en Technolab", "Wat kan beter", "! Neem het bezoek op in de schoolplannen van de basisscholen. @5"),
    ("Po en Technolab", "Wat kan beter", "? Wie betaalt het onderhoud van de lasersnijder na 2024?"),
    ("Beeldvorming", "Succesfactoren", "+ Leerlingen kunnen nu drie beroepen noemen. @Nick"),
    ("Regionaal", "Wat kan beter", "> Renée belt de gemeente. @renee"),
)


@pytest.mark.long
def test_a_whole_small_panel_is_typed_without_the_mouse(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    for theme, question, text in WRITTEN:
        room.go_to(theme, question)
        room.note(text)
    notes = room.notes
    assert [room.place(note.question) for note in notes] == [(theme, question) for theme, question, _ in WRITTEN]
    assert [note.kind for note in notes] == [
        NoteKind.YIELD,
        NoteKind.QUOTE,
        NoteKind.OBSERVATION,
        NoteKind.QUOTE,
        NoteKind.IMPROVEMENT,
        NoteKind.RECOMMENDATION,
        NoteKind.REMARK,
        NoteKind.YIELD,
        NoteKind.ACTION,
    ]
    assert notes[0].text == "Groep 7 en 8 komen nu vier keer per jaar naar het Technolab."
    assert [note.inherited for note in notes] == [True, False, False, False, True, False, False, False, False]
    assert room.voices(notes[4]) == {
        "Peter": Stance.SAYS,
        "Annemarie": Stance.AGREES,
        "Nick": Stance.DISAGREES,
    }
    assert [tag.name for tag in notes[4].tags] == ["duurzaam"]
    assert [note.note.parked for note in notes] == [False] * 6 + [True] + [False] * 2
    # The typed text is on disk, in memory and on the screen.
    assert {note.id: note for note in notes} == room.page.live.rows.notes


def test_the_kind_that_is_understood_shows_while_typing(room: Room) -> None:
    room.go_to("Beeldvorming", "Succesfactoren")
    line = room.page.line
    assert (line.looks[0].kind, line.looks[0].hollow) == (NoteKind.SUCCESS_FACTOR, True)
    room.type("+")
    assert line.looks[0].hollow
    room.type(" ")
    assert (line.looks[0].kind, line.looks[0].hollow) == (NoteKind.YIELD, False)
    room.type("5 procent")
    assert (line.looks[0].kind, line.looks[0].hollow) == (NoteKind.SUCCESS_FACTOR, True)


def test_backspace_behind_a_sign_takes_its_meaning_away_and_ctrl_z_gives_it_back(room: Room) -> None:
    room.type("! ")
    assert room.page.line.looks[0].kind is NoteKind.RECOMMENDATION
    room.press(Qt.Key.Key_Backspace)
    assert room.line == "! "
    assert room.page.line.looks[0].hollow
    room.press(Qt.Key.Key_Z, CTRL)
    assert room.page.line.looks[0].kind is NoteKind.RECOMMENDATION
    room.press(Qt.Key.Key_Backspace)
    room.note("uitroepteken als teken")
    assert (room.notes[0].text, room.notes[0].note.kind) == ("! uitroepteken als teken", None)


def test_tab_accepts_a_name_and_enter_always_saves(room: Room) -> None:
    room.type("Dat zien wij ook @an")
    popup = room.page.line.edit.popup
    assert popup is not None
    assert [option.label for option in popup.options] == ["3 · Annemarie Bröring · Technolab"]
    room.press(Qt.Key.Key_Tab)
    assert room.line == "Dat zien wij ook"
    assert room.page.line.understood == ("@ Annemarie",)
    assert room.page.line.edit.popup is None
    room.type("@")
    popup = room.page.line.edit.popup
    assert popup is not None
    assert len(popup.options) == 8
    assert popup.chosen is None
    room.press(Qt.Key.Key_Tab)
    assert room.line == "Dat zien wij ook @"
    room.press(Qt.Key.Key_Down, times=3)
    assert popup.chosen is not None
    assert popup.chosen.text == "@Annemarie"
    room.press(Qt.Key.Key_Up)
    room.press(Qt.Key.Key_Tab)
    room.type("@hil")
    assert room.page.line.edit.popup is not None
    # The typed text, not the offered completion.
    room.keep()
    (note,) = room.notes
    assert set(room.voices(note)) == {"Annemarie", "Jaap"}
    assert note.text == "Dat zien wij ook @hil"


def test_space_takes_the_one_name_that_fits_and_enter_saves_what_was_typed(room: Room) -> None:
    room.type("Het rooster past. @fat ")
    assert (room.line, room.page.line.understood) == ("Het rooster past.", ("@ Fatma",))
    room.keep()
    room.type("Dat zien wij ook #ro @pe+ @a ")
    assert (room.line, room.page.line.understood) == ("Dat zien wij ook @a ", ("+ Peter", "#ro"))
    room.press(Qt.Key.Key_Backspace, times=len("@a "))
    room.type("@wim ")
    assert room.line == "Dat zien wij ook @wim "
    assert shown_with("toevoegen", room.page.line) == "Wim toevoegen"
    room.keep()
    assert room.voices(room.notes[0]) == {"Fatma": Stance.SAYS}
    assert room.voices(room.notes[1]) == {"Peter": Stance.AGREES}
    assert [tag.name for tag in room.notes[1].tags] == ["ro"]
    room.type("Wij ook @")
    room.keep()
    assert (room.notes[2].text, room.notes[2].voices) == ("Wij ook @", ())


def test_space_spells_a_known_label_as_it_is_and_leaves_a_longer_one_alone(room: Room) -> None:
    room.note("Open dag. #Technolab")
    room.note("volgens @jaap is #technolab goed")
    room.note("Ook #techno goed")
    assert [note.text for note in room.notes[1:]] == ["volgens Jaap is Technolab goed", "Ook techno goed"]
    assert room.voices(room.notes[1]) == {"Jaap": Stance.ABOUT}


def test_a_sentence_that_goes_on_behind_a_name_has_it_as_a_word(room: Room) -> None:
    room.type("Dat vindt @nick ")
    assert (room.line, room.page.line.understood) == ("Dat vindt", ("@ Nick",))
    room.type("niet goed @2+ ")
    assert (room.line, room.page.line.understood) == ("Dat vindt Nick niet goed", ("+ Jaap", "over Nick"))
    room.press(Qt.Key.Key_Backspace, times=len(" @2+ "))
    room.type(" en te duur @2-")
    room.keep()
    (note,) = room.notes
    assert note.text == "Dat vindt Nick niet goed en te duur"
    assert room.voices(note) == {"Nick": Stance.ABOUT, "Jaap": Stance.DISAGREES}


def test_enter_takes_what_the_arrow_keys_chose_and_then_saves(room: Room) -> None:
    room.type("Wij ook @")
    room.press(Qt.Key.Key_Down)
    room.press(Qt.Key.Key_Return)
    assert room.notes == []
    assert (room.line, room.page.line.understood) == ("Wij ook", ("@ Renée",))
    room.press(Qt.Key.Key_Return)
    assert room.voices(room.notes[0]) == {"Renée": Stance.SAYS}


def test_a_tag_is_completed_from_those_that_were_used(room: Room) -> None:
    room.note("De bus is betaald. #vervoer")
    room.type("Zonder bus komt niemand. #ver")
    popup = room.page.line.edit.popup
    assert popup is not None
    assert [option.text for option in popup.options] == ["#vervoer"]
    room.press(Qt.Key.Key_Tab)
    room.keep()
    assert [[tag.name for tag in note.tags] for note in room.notes] == [["vervoer"], ["vervoer"]]
    assert len(room.session.dossier.read.tags.listed()) == 1


def test_a_click_takes_a_completion_and_leaves_the_keyboard_in_the_line(room: Room) -> None:
    room.type("@fat")
    popup = room.page.line.edit.popup
    assert popup is not None
    viewport = popup._list.viewport()
    room.click(viewport, QPoint(40, 10))
    assert (room.line, room.page.line.understood) == ("", ("@ Fatma",))
    assert room.focus() is room.page.line.edit


def test_esc_closes_the_list_and_throws_no_text_away(room: Room) -> None:
    room.type("Volgens @ja")
    room.press(Qt.Key.Key_Escape)
    assert room.page.line.edit.popup is None
    room.press(Qt.Key.Key_Escape)
    assert room.line == "Volgens @ja"


def test_a_chosen_speaker_who_agrees_in_the_line_has_one_chip(room: Room) -> None:
    room.press(Qt.Key.Key_1, ALT)
    room.type("Meer tijd @1+")
    assert [look.text for look in room.page.line.looks][1:] == []
    assert room.page.line.understood == ("+ Renée",)
    room.keep()
    assert room.voices(room.notes[-1]) == {"Renée": Stance.AGREES}


def test_a_seat_key_sets_the_speaker_and_again_takes_it_away(room: Room) -> None:
    room.press(Qt.Key.Key_2, ALT)
    assert [look.text for look in room.page.line.looks][1:] == ["@ Jaap"]
    room.press(Qt.Key.Key_6, ALT)
    room.note("= Bedrijfsbezoeken waarbij je zelf iets maakt.")
    room.press(Qt.Key.Key_6, ALT)
    room.press(Qt.Key.Key_6, ALT)
    room.note("Zonder spreker.")
    room.press(Qt.Key.Key_1, ALT)
    room.press(Qt.Key.Key_Backspace)
    room.note("Ook zonder spreker.")
    assert [list(room.voices(note)) for note in room.notes] == [["Nick"], [], []]
    assert room.notes[0].note.kind is NoteKind.SUCCESS_FACTOR
    room.press(Qt.Key.Key_0, ALT)
    assert room.message == "Op stoel 10 zit niemand."


@pytest.mark.parametrize(
    ("presses", "voices"),
    [
        ((2,), {"Jaap": Stance.SAYS}),
        ((2, 2), {"Hilde": Stance.SAYS, "Jaap": Stance.AGREES}),
        ((2, 2, 2), {"Hilde": Stance.SAYS, "Jaap": Stance.DISAGREES}),
        ((2, 2, 2, 2), {"Hilde": Stance.SAYS}),
        ((2, 2, 6, 6, 6), {"Hilde": Stance.SAYS, "Jaap": Stance.AGREES, "Nick": Stance.DISAGREES}),
        ((2, 2, 6), {"Nick": Stance.SAYS, "Jaap": Stance.AGREES}),
        ((4,), {}),
        ((4, 4), {"Hilde": Stance.AGREES}),
    ],
)
def test_a_seat_key_again_at_once_agrees_then_disagrees(
    room: Room, presses: Sequence[int], voices: Mapping[str, Stance]
) -> None:
    """In a line with text, and in a note that is corrected."""
    for corrected in (False, True):
        room.press(Qt.Key.Key_4, ALT)
        room.type("Wij missen de ouders")
        if corrected:
            room.press(Qt.Key.Key_Return)
            room.press(Qt.Key.Key_Up)
        for seat in presses:
            room.press(Qt.Key(Qt.Key.Key_0 + seat), ALT)
        room.type(" vaak")
        room.keep()
        assert (room.notes[-1].text, room.voices(room.notes[-1])) == ("Wij missen de ouders vaak", voices)


def test_a_seat_key_that_is_not_pressed_again_at_once_makes_a_speaker(room: Room) -> None:
    room.type("Wij missen")
    room.press(Qt.Key.Key_2, ALT)
    room.type(" de ouders")
    room.press(Qt.Key.Key_2, ALT)
    assert [*room.page.line.understood] == []
    assert len(room.page.line.looks) == 1
    room.press(Qt.Key.Key_2, ALT)
    assert [*room.page.line.understood] == ["+ Jaap"]
    room.press(Qt.Key.Key_Z, CTRL)
    assert [*room.page.line.understood] == []
    room.keep()
    assert room.voices(room.notes[-1]) == {}


def test_a_click_on_a_member_sets_the_speaker(room: Room) -> None:
    room.click(room.page.side.speakers.rows[3])
    room.note("Vaste data voor het hele jaar.")
    assert room.voices(room.notes[0]) == {"Hilde": Stance.SAYS}


def refuse(room: Room, *seats: int) -> None:
    """Let the members on these seats not take part (deelname: nee)."""
    for member in room.page.live.rows.panelists:
        if member.seat in seats:
            room.session.apply(change_panelist(member.id, consent_participation=Consent.NO))


NOT_KEPT = (
    "Niet bewaard: wie dit zei, doet niet mee (deelname: nee). Haal de spreker weg, of verander het antwoord bij "
    "Binnenkomst."
)


def test_the_line_says_so_when_a_seat_is_chosen_that_does_not_take_part(room: Room) -> None:
    refuse(room, 4, 6)
    line = room.page.line
    room.press(Qt.Key.Key_2, ALT)
    assert shown_with("niet mee", line) == ""
    room.press(Qt.Key.Key_4, ALT)
    said = "Stoel 4 doet niet mee: wat die zegt, wordt niet bewaard."
    assert shown_with("niet mee", line) == said
    room.press(Qt.Key.Key_4, ALT)
    assert shown_with("niet mee", line) == ""
    room.click(room.page.side.speakers.rows[3])
    assert shown_with("niet mee", line) == said
    room.press(Qt.Key.Key_Backspace)
    for typed, expected in (
        ("Dat klopt. @4", said),
        ("Dat klopt. @Hilde", said),
        ("Dat klopt. @2 @4+", "Stoel 4 doet niet mee en telt niet mee."),
        ("@allen", "Stoel 4 en stoel 6 doen niet mee en tellen niet mee."),
        ("Wij ook. @4 @6+", f"{said} Stoel 6 doet niet mee en telt niet mee."),
        ("hilde: te duur", said),
        ("Stoel 4: te duur", said),
        ("Te duur, aldus hilde", said),
        # Words of theirs, or about them: a person sees which.
        ("hilde ook", named := "Stoel 4 doet niet mee: schrijf niet op wat die zegt."),
        ("hilde moet nog gebeld worden", named),
        ("volgens stoel 4 te duur", named),
        ("te duur @ 4", named),
        ("@2@4 te duur", said),
        ("te duur #hilde", named),
        ("te duur (stoel 4)", said),
        ("stoel vier zegt te duur", said),
        ("nr. 4: te duur", said),
        # Likely theirs: a mere number, an initial, a name written wrong, a function that nobody else has.
        ("4: te duur", named),
        ("te duur (4)", named),
        ("H: te duur", named),
        ("Hilda: te duur", named),
        ("teamleider: te duur", named),
        ("5: te duur", ""),
        ("P: te duur", ""),
        ("adviseur: te duur", ""),
        ("hilde: net als Nick", f"{said} Stoel 6 doet niet mee: schrijf niet op wat die zegt."),
    ):
        room.type(f"{typed} ")
        assert shown_with("niet mee", line) == expected
        room.press(Qt.Key.Key_A, CTRL)
        room.press(Qt.Key.Key_Delete)
        assert shown_with("niet mee", line) == ""


def test_what_somebody_says_who_does_not_take_part_stays_in_the_line(room: Room) -> None:
    refuse(room, 4, 6)
    said = (("Te duur.", Qt.Key.Key_4), ("Te duur. @4", None), ("@Hilde: te duur. @2", None), ("hilde: te duur.", None))
    for typed, seat in said:
        if seat is not None:
            room.press(seat, ALT)
        room.type(typed)
        room.keep()
        assert room.notes == []
        assert NOT_KEPT in room.banner
        assert "te duur" in room.page.line.draft.text.lower()
        if seat is not None:
            # The chip of the speaker goes, and the words are saved.
            room.press(seat, ALT)
            room.keep()
            assert [(note.text, room.voices(note)) for note in room.notes] == [("Te duur.", {})]
            room.press(Qt.Key.Key_Z, CTRL)
        room.press(Qt.Key.Key_A, CTRL)
        room.press(Qt.Key.Key_Delete)
    room.type("Te duur. @4")
    for member in room.page.live.rows.panelists:
        room.session.apply(change_panelist(member.id, consent_participation=Consent.YES))
    room.keep()
    assert [list(room.voices(note)) for note in room.notes] == [["Hilde"]]


def test_what_names_somebody_who_does_not_take_part_is_noted(room: Room) -> None:
    refuse(room, 4)
    room.note("Hilde moet nog gebeld worden")
    assert [note.text for note in room.notes] == ["Hilde moet nog gebeld worden"]


def test_who_does_not_take_part_is_no_voice(room: Room) -> None:
    refuse(room, 4, 6)
    room.note("Dat klopt. @2 @4+ @6-")
    room.note("Vaste data. @2 @allen")
    assert all(not {"Hilde", "Nick"} & set(room.voices(note)) for note in room.notes)
    assert len(room.voices(room.notes[1])) == 5
    # Nor behind the last note, with no words.
    room.type("@4+ ")
    room.keep()
    room.type("@6 ")
    room.keep()
    assert not {"Hilde", "Nick"} & set(room.voices(room.notes[1]))


def test_of_a_pasted_list_the_lines_of_who_does_not_take_part_stay_out(room: Room) -> None:
    refuse(room, 4)
    QApplication.clipboard().setText("- Te ver. @2\n- Te duur. @4\n- Te vroeg.\n- H: te laat\n- nr. 4: te vol")
    room.press(Qt.Key.Key_V, CTRL)
    (dialog,) = [one for one in room.window.findChildren(PasteDialog) if one.isVisible()]
    room.click(dialog.make)
    assert [note.text for note in room.notes] == ["Te ver.", "Te vroeg.", "H: te laat"]
    assert "2 regels zijn niet overgenomen: wie dat zei, doet niet mee (deelname: nee)." in room.message
    assert "1 notitie noemt iemand die niet meedoet (deelname: nee)." in room.message


@pytest.mark.parametrize(
    ("pasted", "kept", "refused"),
    [
        ("Hilde:\n- te duur\n- te vol\nJaap:\n- prima zo", {"prima zo": "Jaap"}, 2),
        ("## Inbreng Hilde\n- te duur\n- te vol\n## Inbreng van Jaap\n- prima zo", {"prima zo": "Jaap"}, 2),
        ("## Hilde\n- te duur\n## Vervoer\n- prima zo", {"prima zo": ""}, 1),
        ("Hilde\n- te duur\n- te vol\nJaap\n- prima zo", {"prima zo": "Jaap"}, 2),
        ("- Hilde\n  - te duur\n  - te vol\n- Jaap:\n  - prima zo\n- de bus", {"prima zo": "Jaap", "de bus": ""}, 2),
        ("Mevrouw Kuipers:\nte duur\nte vol\nJaap: prima zo", {"Jaap: prima zo": ""}, 2),
        ("Hilde: te duur.\nEn ook te vol.\nJaap: prima zo", {"Jaap: prima zo": ""}, 2),
        ("- Hilde: te duur.\n  - En ook te vol.\n- Nick: prima zo", {"Nick: prima zo": ""}, 2),
        ("Hilde:\nLokaal: te duur\nBus: te vol\nJaap:\nprima zo", {"prima zo": "Jaap"}, 2),
        ("Hilde:\n- te duur\n- prima zo @2", {"prima zo": "Jaap"}, 1),
        ("Hilde: te duur\nKees: prima zo\nen de bus", {"Kees: prima zo": "", "en de bus": ""}, 1),
        ("te duur\nte vol\n\nGroet,\nHilde", {}, 2),
        ("Hierbij:\n- te duur\n- te vol\n\nMet vriendelijke groet,\nHilde Kuipers\nROC", {"ROC": ""}, 3),
        ("Van: Hilde Kuipers\nAan: Karin\nOnderwerp: panel\n\nte duur\nte vol\n\nGroeten,\nHilde", {}, 2),
        ("te duur\nte vol\nGroet Jaap", {"te duur": "Jaap", "te vol": "Jaap"}, 0),
        ("Interview Hilde Kuipers\n- te duur\n- te vol", {}, 2),
        ("Gesprek met Hilde:\n- te duur\n- te vol", {}, 2),
        ("**Hilde**\n- te duur\n- te vol\n\n**Jaap**\n- prima zo", {"prima zo": "Jaap"}, 2),
        ("1. Hilde\n- te duur\n2. Jaap\n- prima zo", {"prima zo": "Jaap"}, 1),
        ("15:40 Hilde\n- te duur\n15:42 Jaap\n- prima zo", {"prima zo": "Jaap"}, 1),
        (
            "Hilde Kuipers   0:03\nte duur\n\nJaap ten Veldkamp   0:09\nprima zo\n\nHilde Kuipers   0:12\nte vol",
            {"prima zo": "Jaap"},
            2,
        ),
        (
            "[14-02-2023, 15:31:05] Jaap: prima zo\n[14-02-2023, 15:32:10] Hilde Kuipers: te duur\nte vol\n"
            "[14-02-2023, 15:33:00] Jaap: ja",
            {"prima zo": "Jaap", "ja": "Jaap"},
            2,
        ),
        (
            "Punten:\n# Vervoer\n- te ver\nGroet iedereen\n- prima zo",
            {"Punten:": "", "te ver": "", "Groet iedereen": "", "prima zo": ""},
            0,
        ),
    ],
)
def test_what_stands_under_who_does_not_take_part_stays_out_of_a_pasted_list(
    room: Room, qtbot: QtBot, pasted: str, kept: dict[str, str], refused: int
) -> None:
    refuse(room, 4)
    paste(room, pasted)
    room.click(pasted_dialog(qtbot).make)
    assert {note.text: " ".join(room.voices(note)) for note in room.notes} == kept
    said = "1 regel is" if refused == 1 else f"{refused} regels zijn"
    assert (f"{said} niet overgenomen: wie dat zei, doet niet mee (deelname: nee)." in room.message) is bool(refused)


@pytest.mark.parametrize(
    "pasted",
    [
        "te duur\nte vol\n\nGroet,\nRuben Dijk",
        "Ruben Dijk:\n- te duur\n- te vol",
        "## Ruben Dijk\n- te duur\n- te vol",
        "- Ruben Dijk:\n  - te duur\n  - te vol",
    ],
)
def test_a_pasted_list_keeps_who_said_it_for_a_member_who_comes_in_later(room: Room, qtbot: QtBot, pasted: str) -> None:
    paste(room, pasted)
    room.click(pasted_dialog(qtbot).make)
    kept = [(note.text, note.note.said_by) for note in room.notes]
    assert kept == [("te duur", "Ruben Dijk"), ("te vol", "Ruben Dijk")]
    room.session.apply(add_panelist(PANEL, "Ruben Dijk", 9))
    refuse(room, 9)
    content = room.session.dossier.read.panel_content(PANEL)
    assert content is not None
    assert taking_part(content).notes == ()


def test_a_flat_point_below_their_words_in_a_pasted_list_is_told(room: Room, qtbot: QtBot) -> None:
    refuse(room, 4)
    paste(room, "- Hilde: te duur\n- te vol\n- Prima. @2\n- de bus")
    room.click(pasted_dialog(qtbot).make)
    assert [note.text for note in room.notes] == ["te vol", "Prima.", "de bus"]
    assert "1 notitie zonder spreker stond onder woorden van wie niet meedoet" in room.message


def test_a_line_below_words_in_a_pasted_list_is_to_be_checked_once_they_refuse(room: Room, qtbot: QtBot) -> None:
    paste(room, "- Hilde: te duur\n- te vol\n- Prima. @2\n- de bus")
    room.click(pasted_dialog(qtbot).make)
    assert "zonder spreker" not in room.message
    to_be_checked: list[list[str]] = []
    for seat in (None, 4, 2):
        if seat is not None:
            refuse(room, seat)
        content = room.session.dossier.read.panel_content(PANEL)
        assert content is not None
        found = found_in(taking_part(content), Redactor(naming_of(content, NameMode.ROLE)))
        to_be_checked.append([one.words for one in to_check(found) if one.below])
    assert to_be_checked == [[], ["te vol"], ["te vol", "de bus"]]


def test_the_field_of_a_correction_says_so_too(room: Room) -> None:
    room.note("Dat klopt. @4")
    refuse(room, 4, 6)
    room.press(Qt.Key.Key_Up)
    editor = room.page.stream.view.editor
    assert editor is not None
    assert shown_with("niet mee", editor) == "Stoel 4 doet niet mee: schrijf niet op wat die zegt."
    label = next(label for label in editor.findChildren(TextLabel) if label.isVisible())
    assert editor.rect().contains(label.geometry())
    assert not label.geometry().intersects(editor.edit.geometry())
    low = editor.height()
    room.press(Qt.Key.Key_Delete)
    assert shown_with("niet mee", editor) == ""
    assert editor.height() < low
    room.type(" @6+ ")
    assert shown_with("niet mee", editor) == "Stoel 6 doet niet mee en telt niet mee."
    assert editor.height() == low
    for _ in "+ @6 ":
        room.press(Qt.Key.Key_Backspace)
    room.type(" en nick ook ")
    assert shown_with("niet mee", editor) == "Stoel 6 doet niet mee: schrijf niet op wat die zegt."
    room.type("@2 ")
    refuse(room, 2)
    assert shown_with("niet mee", editor).startswith("Stoel 2 doet niet mee: wat die zegt, wordt niet bewaard.")
    # Nothing more is noted of them here either; the correction stays open.
    room.keep()
    assert room.page.stream.view.editor is editor
    assert NOT_KEPT in room.banner
    assert room.voices(room.notes[0]) == {"Hilde": Stance.SAYS}


def test_what_was_noted_before_the_answer_can_be_corrected(room: Room) -> None:
    room.note("Dat klpt. @4")
    refuse(room, 4)
    room.press(Qt.Key.Key_Up)
    room.type(" Toch.")
    room.keep()
    assert [(note.text, room.voices(note)) for note in room.notes] == [("Dat klpt. Toch.", {"Hilde": Stance.SAYS})]


def test_the_line_follows_when_somebody_says_no_while_they_are_chosen(room: Room) -> None:
    room.press(Qt.Key.Key_5, ALT)
    assert shown_with("niet mee", room.page.line) == ""
    refuse(room, 5)
    assert shown_with("niet mee", room.page.line).startswith("Stoel 5 doet niet mee")


def test_alt_c_makes_a_quote_and_shift_enter_a_new_line(room: Room) -> None:
    room.type("Dan ga ik")
    room.press(Qt.Key.Key_Return, SHIFT)
    room.type("toch zeker naar huis")
    room.press(Qt.Key.Key_C, ALT)
    assert room.page.line.looks[0].kind is NoteKind.QUOTE
    room.keep()
    assert [(note.kind, note.text) for note in room.notes] == [(NoteKind.QUOTE, "Dan ga ik\ntoch zeker naar huis")]
    room.note("Gewoon.")
    assert room.notes[1].note.kind is None


def test_a_note_belongs_to_the_question_where_its_first_character_was_typed(room: Room) -> None:
    room.go_to("Po en Technolab", "Opbrengst")
    room.type("Leerkrachten durven weer")
    room.next()
    assert shown_with("Hoort bij", room.page.line) == "Hoort bij: Po en Technolab · Opbrengst"
    room.type(" met de soldeerbout.")
    room.keep()
    room.note("Eén aanspreekpunt per school.")
    assert [room.place(note.question)[1] for note in room.notes] == ["Opbrengst", "Succesfactoren"]
    assert room.notes[0].kind is NoteKind.YIELD
    assert shown_with("Hoort bij", room.page.line) == ""


def test_a_line_begun_elsewhere_can_be_brought_to_the_current_question(room: Room) -> None:
    room.go_to("Po en Technolab", "Opbrengst")
    room.type("Vervoer is geregeld.")
    room.next()
    room.click(room.page.line.foot.bring)
    assert shown_with("Hoort bij", room.page.line) == ""
    assert room.focus() is room.page.line.edit
    room.keep()
    assert room.notes[0].kind is NoteKind.SUCCESS_FACTOR


def test_a_line_that_was_emptied_belongs_where_one_is_when_typing_again(room: Room) -> None:
    room.go_to("Po en Technolab", "Opbrengst")
    room.type("Toch niet")
    room.next()
    room.press(Qt.Key.Key_A, CTRL)
    room.press(Qt.Key.Key_Backspace)
    room.note("Wel hier.")
    assert room.notes[0].kind is NoteKind.SUCCESS_FACTOR


def test_ctrl_z_in_a_line_with_text_undoes_text_and_never_a_note(room: Room) -> None:
    room.note("Deze blijft.")
    room.type("abc")
    room.press(Qt.Key.Key_Z, CTRL)
    assert room.line == ""
    room.press(Qt.Key.Key_Y, CTRL)
    assert room.line == "abc"
    assert [note.text for note in room.notes] == ["Deze blijft."]


def test_ctrl_z_in_an_empty_line_takes_the_last_note_back_into_it(room: Room) -> None:
    room.go_to("Po en Technolab", "Opbrengst")
    room.note("De eerste.")
    room.type("? + Een aanspreekpunt @6 @2+ #plan volgens @jaap is goed")
    room.press(Qt.Key.Key_B, ALT)
    room.keep()
    before = room.notes[1]
    room.next()
    room.press(Qt.Key.Key_Z, CTRL)
    assert [note.text for note in room.notes] == ["De eerste."]
    assert room.line == before.text
    assert [look.text for look in room.page.line.looks][::2] == ["opbrengst", "parkeerplaats"]
    assert room.page.line.understood == ("@ Nick", "+ Jaap", "#plan")
    assert shown_with("Hoort bij", room.page.line) == "Hoort bij: Po en Technolab · Opbrengst"
    # There is nothing more to undo in a line with text.
    room.press(Qt.Key.Key_Z, CTRL, times=3)
    assert room.line == before.text
    room.type(", zeker")
    room.keep()
    after = room.notes[1]
    assert after.text == f"{before.text}, zeker"
    assert (after.note.kind, after.note.parked, after.note.star, after.question) == (
        NoteKind.YIELD, True, True, before.question,
    )  # fmt: skip
    assert room.voices(after) == room.voices(before)
    assert [tag.name for tag in after.tags] == ["plan"]


def test_ctrl_z_in_an_empty_line_undoes_as_always_what_was_no_new_note(room: Room) -> None:
    room.note("De eerste.")
    room.press(Qt.Key.Key_Up)
    room.type(" Meer.")
    room.keep()
    room.press(Qt.Key.Key_Z, CTRL)
    assert ([note.text for note in room.notes], room.line) == (["De eerste."], "")
    room.press(Qt.Key.Key_Y, CTRL)
    assert [note.text for note in room.notes] == ["De eerste. Meer."]
    room.press(Qt.Key.Key_Z, CTRL, times=2)
    assert (room.notes, room.line) == ([], "De eerste.")


def test_a_note_that_was_taken_back_survives_a_crash(room: Room, tmp_path: Path) -> None:
    room.note("Een aanspreekpunt @6 @2+")
    room.press(Qt.Key.Key_Z, CTRL)
    draft = Draft.decode(room.session.dossier.draft(f"capture:{PANEL}"))
    assert draft is not None
    assert (draft.text, len(draft.chips.voices)) == ("Een aanspreekpunt", 2)
    assert room.notes == []


def test_the_foot_names_what_ctrl_z_does_here_and_now(room: Room, qtbot: QtBot) -> None:
    def foot(words: str) -> None:
        button = room.window.undo_button
        qtbot.waitUntil(lambda: (button.word() if button.isVisible() else "") == words)

    foot("")
    room.note("De eerste.")
    foot("ongedaan maken: notitie, terug in de regel")
    room.type("abc")
    foot("ongedaan maken: typen")
    room.press(Qt.Key.Key_Z, CTRL)
    foot("ongedaan maken: notitie, terug in de regel")
    room.press(Qt.Key.Key_Z, CTRL)
    assert room.line == "De eerste."
    foot("")
    room.press(Qt.Key.Key_A, CTRL)
    room.press(Qt.Key.Key_Delete)
    foot("ongedaan maken: typen")
    room.click(room.window.undo_button)
    assert room.line == "De eerste."
    room.keep()
    room.press(Qt.Key.Key_B, ALT)
    foot("ongedaan maken: ster zetten")
    room.press(Qt.Key.Key_N, ALT)
    foot("ongedaan maken: ster zetten")


def test_when_the_disk_refuses_the_text_stays_and_a_banner_says_so(room: Room) -> None:
    room.note("De eerste.")
    room.session.copy._raw.execute("PRAGMA query_only = ON")
    room.note("De tweede.")
    assert room.line == "De tweede."
    assert "De tekst staat nog in de regel." in room.banner
    room.session.copy._raw.execute("PRAGMA query_only = OFF")
    room.keep()
    assert [note.text for note in room.notes] == ["De eerste.", "De tweede."]
    assert (room.line, room.banner) == ("", "")


def test_text_beyond_the_basic_plane_keeps_its_marks_in_place(room: Room) -> None:
    room.type("Mooi 🙂 gezegd @2")
    (selection,) = room.page.line.edit.extraSelections()
    assert selection.cursor.selectedText() == "@2"
    room.keep()
    assert room.notes[0].text == "Mooi 🙂 gezegd"


def test_many_lines_grow_the_field_and_then_scroll(room: Room) -> None:
    low = room.page.line.height()
    for number in range(9):
        room.type(f"regel {number}")
        room.press(Qt.Key.Key_Return, SHIFT)
    high = room.page.line.height()
    assert low < high < 250
    room.type("@ja")
    popup = room.page.line.edit.popup
    assert popup is not None
    assert popup.geometry().bottom() < room.page.line.edit.mapTo(room.window, QPoint(0, 0)).y()


def test_blank_lines_are_no_notes(room: Room) -> None:
    room.keep()
    room.type("   ")
    room.keep()
    assert room.notes == []


def test_speakers_and_labels_alone_are_added_to_the_last_note(room: Room) -> None:
    room.note("Het rooster past. @6")
    room.note("@4+")
    assert room.line == ""
    room.note("#rooster")
    room.note("@allen")
    (note,) = room.notes
    assert note.text == "Het rooster past."
    others = dict.fromkeys(("Renée", "Jaap", "Annemarie", "Hilde", "Peter", "Fatma"), Stance.AGREES)
    assert room.voices(note) == {"Nick": Stance.SAYS, **others}
    assert [tag.name for tag in note.tags] == ["rooster"]
    room.note("@2- #bus")
    assert room.voices(room.notes[0])["Jaap"] is Stance.DISAGREES
    assert [tag.name for tag in room.notes[0].tags] == ["bus", "rooster"]
    room.press(Qt.Key.Key_Z, CTRL)
    assert room.voices(room.notes[0])["Jaap"] is Stance.AGREES
    assert room.line == ""
    # Under a question without notes it is the last note of the conversation, and the message says so.
    room.next()
    room.note("@3-")
    assert room.voices(room.notes[0])["Annemarie"] is Stance.DISAGREES
    assert "Het rooster past." in room.message


@pytest.mark.parametrize(
    ("typed", "voices"),
    [
        ("@4+5+", {"Hilde": Stance.AGREES, "Peter": Stance.AGREES}),
        ("@4+5-6+", {"Hilde": Stance.AGREES, "Peter": Stance.DISAGREES, "Nick": Stance.AGREES}),
        ("@2 +", {"Jaap": Stance.AGREES}),
        ("@nick en @2 -", {"Nick": Stance.SAYS, "Jaap": Stance.DISAGREES}),
        ("@fat", {"Fatma": Stance.SAYS}),
        ("@fat+", {"Fatma": Stance.AGREES}),
        ("@al", dict.fromkeys(("Renée", "Jaap", "Annemarie", "Hilde", "Peter", "Nick", "Fatma"), Stance.AGREES)),
    ],
)
def test_enter_adds_to_the_last_note_who_is_meant_by_a_line_of_marks(
    room: Room, typed: str, voices: dict[str, Stance]
) -> None:
    room.note("De bus is te duur")
    room.note(typed)
    (note,) = room.notes
    assert (note.text, room.voices(note), room.line) == ("De bus is te duur", voices, "")


def test_speakers_alone_before_there_is_any_note_stay_in_the_line(room: Room) -> None:
    room.note("@4+")
    assert "nog geen notitie" in room.message
    assert (room.notes, room.page.line.understood) == ([], ("+ Hilde",))
    room.type("Toch iets")
    room.keep()
    assert room.notes[0].text == "Toch iets"


@pytest.mark.parametrize("typed", ["> ", "+ ", "+", "? ", "? + ", " ", "> @4 "])
def test_a_sign_alone_is_no_note(room: Room, typed: str) -> None:
    room.note("Een.")
    room.note(typed)
    assert [(note.text, note.voices) for note in room.notes] == [("Een.", ())]
    room.press(Qt.Key.Key_A, CTRL)
    room.press(Qt.Key.Key_Delete)
    room.note("Twee.")
    assert [note.text for note in room.notes] == ["Een.", "Twee."]


def test_an_abbreviation_is_written_out_and_undone_as_one_step(room: Room) -> None:
    room.type("Lln leren vb ")
    assert room.line == "Leerlingen leren bijvoorbeeld "
    room.press(Qt.Key.Key_Z, CTRL)
    assert room.line == "Leerlingen leren vb"
    room.type(" lassen, ivm")
    assert room.line == "Leerlingen leren vb lassen, ivm"
    room.keep()
    assert room.notes[0].text == "Leerlingen leren vb lassen, in verband met"


def test_backspace_right_behind_it_takes_the_writing_out_back(room: Room) -> None:
    room.type("vb.")
    assert room.line == "bijvoorbeeld."
    room.press(Qt.Key.Key_Backspace)
    assert room.line == "vb"
    room.type(". En lln.")
    assert room.line == "vb. En leerlingen."
    room.press(Qt.Key.Key_Backspace, times=2)
    assert room.line == "vb. En ll"


def test_the_users_own_list_holds_also_in_the_editor_of_a_note(room: Room, settings: SettingsStore) -> None:
    settings.change(abbreviations={"wsp": "werkspoor"})
    room.note("vb wsp")
    assert room.notes[0].text == "vb werkspoor"
    room.press(Qt.Key.Key_Up)
    room.type(" en wsp")
    room.press(Qt.Key.Key_Return)
    assert room.notes[0].text == "vb werkspoor en werkspoor"


def test_an_action_offers_its_owner_and_date_which_tab_takes(room: Room) -> None:
    row = room.page.line.edit.row
    room.type("@annemarie belt de school voor 1 mei")
    assert row.offer == ""
    room.press(Qt.Key.Key_Home)
    room.type("> ")
    assert row.offer == "wie: Annemarie Bröring, voor 1 mei"
    room.press(Qt.Key.Key_Tab)
    assert row.offer == ""
    assert room.page.line.understood == ("@ Annemarie", "wie: Annemarie Bröring", "voor 1 mei")
    room.press(Qt.Key.Key_Tab)
    room.keep()
    (note,) = room.notes
    assert (note.note.owner, note.note.due, note.kind) == ("Annemarie Bröring", dt.date(2023, 5, 1), NoteKind.ACTION)
    assert note.text == "belt de school voor 1 mei"
    # A correction keeps them, and offers what was removed again.
    room.press(Qt.Key.Key_Up)
    room.type(", en het bedrijf")
    room.press(Qt.Key.Key_Right, times=3)
    room.press(Qt.Key.Key_Delete)
    room.keep()
    (note,) = room.notes
    assert note.text == "belt de school voor 1 mei, en het bedrijf"
    assert (note.note.owner, note.note.due) == ("", dt.date(2023, 5, 1))


def test_without_tab_nothing_is_agreed_and_other_notes_offer_nothing(room: Room) -> None:
    room.note("> @annemarie belt de school voor 1 mei")
    room.type("+ @annemarie belt de school voor 1 mei ")
    assert room.page.line.edit.row.offer == ""
    room.press(Qt.Key.Key_Tab)
    room.keep()
    assert [(note.note.owner, note.note.due) for note in room.notes] == [("", None)] * 2
    room.type("> Bel vrijdag")
    assert room.page.line.edit.row.offer == "voor 17 februari"
    room.click(room.page.line.edit.row)
    room.keep()
    assert room.notes[2].note.due == dt.date(2023, 2, 17)


# The characters under the line


def test_the_signs_stand_under_the_line_for_ten_notes_and_come_back_with_f1(room: Room, qtbot: QtBot) -> None:
    signs = room.page.line.signs
    assert [sign for sign, _ in signs.signs] == ["+", "=", "/", "!", '"', ">", ".", "(", "?", "@", "#"]
    for number in range(10):
        assert signs.isVisible(), number
        room.note(f"Notitie {number}.")
    assert not signs.isVisible()
    room.press(Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    room.press(Qt.Key.Key_Escape)
    assert signs.isVisible()


@pytest.mark.parametrize(
    ("typed", "sign", "line", "kind", "caret"),
    [
        ("", "+", "+ ", NoteKind.YIELD, 2),
        ("Meer meisjes", "!", "! Meer meisjes", NoteKind.RECOMMENDATION, 14),
        ("+ Meer meisjes", "!", "! Meer meisjes", NoteKind.RECOMMENDATION, 14),
        ("Meer meisjes", '"', '"Meer meisjes', NoteKind.QUOTE, 13),
        ("(Het wordt stil", ">", "> Het wordt stil", NoteKind.ACTION, 16),
        ("+ Wie betaalt", "?", "? + Wie betaalt", NoteKind.YIELD, 15),
        ("Meer", "@", "Meer @", None, 6),
        ("Meer ", "#", "Meer #", None, 6),
    ],
)
def test_a_click_on_a_sign_types_it_where_it_counts(
    room: Room, typed: str, sign: str, line: str, kind: NoteKind | None, caret: int
) -> None:
    room.type(typed)
    room.click(room.page.line.signs, room.page.line.signs.place_of(sign))
    edit = room.page.line.edit
    assert (room.line, edit.captured.kind, edit.textCursor().position()) == (line, kind, caret)
    assert room.focus() is edit
    if sign == "@":
        assert edit.popup is not None


@pytest.mark.parametrize("size", [(1366, 768), (911, 512), (800, 480)])
def test_f1_shows_this_screens_keys_and_signs_first_fits_the_window_and_scrolls(
    room: Room, qtbot: QtBot, size: tuple[int, int]
) -> None:
    room.window.resize(*size)
    room.press(Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), HelpSheet))
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, HelpSheet)
    assert sheet.width() <= size[0]
    assert sheet.height() <= size[1]
    shown = (label for label in sheet.scrolling.findChildren(TextLabel) if label.isVisible())
    labels = [label for label in shown if label not in (sheet.heading, sheet.about)]
    first = min(labels, key=lambda label: (label.mapTo(sheet, QPoint(0, 0)).y(), label.mapTo(sheet, QPoint(0, 0)).x()))
    assert first.text().casefold() == "tekens in de invoerregel"
    assert {"opbrengst", "wie het zegt, met naam of stoel", "Notitie bewaren"} <= {label.text() for label in labels}
    bar = sheet.scrolling.verticalScrollBar()
    assert bar.maximum() > 0
    room.press(Qt.Key.Key_PageDown)
    assert bar.value() > 0
    room.press(Qt.Key.Key_Escape)


# Pasting


def paste(room: Room, text: str) -> None:
    """Paste a text into the line."""
    QApplication.clipboard().setText(text)
    room.press(Qt.Key.Key_V, CTRL)


def pasted_dialog(qtbot: QtBot) -> PasteDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PasteDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PasteDialog)
    return dialog


LIST = "- + Meer meisjes @1 @2+\r\n- > Bel de school #bus\r\n  en het bedrijf\r\n\r\n- volgens @nick is het goed\r\n"


def test_a_pasted_list_asks_and_reads_the_signs_of_each_line(room: Room, qtbot: QtBot) -> None:
    room.note("Ervoor.")
    room.type("half")
    paste(room, LIST)
    dialog = pasted_dialog(qtbot)
    assert dialog.windowTitle() == "3 notities maken?"
    room.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(room.notes) == 4)
    notes = room.notes[1:]
    assert [(note.text, note.note.kind) for note in notes] == [
        ("Meer meisjes", NoteKind.YIELD),
        ("Bel de school\nen het bedrijf", NoteKind.ACTION),
        ("volgens Nick is het goed", None),
    ]
    assert room.voices(notes[0]) == {"Renée": Stance.SAYS, "Jaap": Stance.AGREES}
    assert room.voices(notes[2]) == {"Nick": Stance.ABOUT}
    assert {note.question for note in notes} == {room.page.live.place.current}
    assert room.line == "half"
    room.session.undo()
    assert [note.text for note in room.notes] == ["Ervoor."]


def test_a_pasted_list_can_be_one_note_or_nothing(room: Room, qtbot: QtBot) -> None:
    paste(room, LIST)
    pasted_dialog(qtbot)
    room.press(Qt.Key.Key_Escape)
    assert (room.line, room.notes) == ("", [])
    # The window manager's task, which is missing here.
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    room.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is room.page.line.edit)
    paste(room, "een\ntwee")
    room.click(pasted_dialog(qtbot).as_text)
    assert room.line == "een\ntwee"
    room.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is room.page.line.edit)
    room.page.line.edit.set_text("")
    paste(room, "alleen dit\n")
    assert room.line == "alleen dit"


def test_a_pasted_list_in_a_correction_is_lines_of_the_note(room: Room) -> None:
    room.note("Een.")
    room.press(Qt.Key.Key_Up)
    paste(room, "\ntwee\ndrie")
    room.keep()
    assert [note.text for note in room.notes] == ["Een.\ntwee\ndrie"]


@pytest.mark.long
def test_a_long_pasted_list_is_as_many_notes_and_one_step(room: Room, qtbot: QtBot) -> None:
    """It is written a few notes at a time, so that typing goes on in between."""
    many = 150
    paste(room, "\n".join(f"@{number % 7 + 1} Regel {number} #plan" for number in range(many)))
    dialog = pasted_dialog(qtbot)
    assert dialog.windowTitle() == f"{many} notities maken?"
    room.press(Qt.Key.Key_Return)
    assert 0 < len(room.notes) < many
    room.page.line.type("Intussen getypt")
    room.page.line.save()
    qtbot.waitUntil(lambda: room.message == f"{many} notities gemaakt.", timeout=60_000)
    pasted = [note for note in room.notes if note.text != "Intussen getypt"]
    assert room.page.live.rows.counts[room.page.live.place.current or ""] == many + 1 == len(pasted) + 1
    assert [note.text for note in pasted[:2]] == ["Regel 0", "Regel 1"]
    assert room.voices(pasted[9]) == {"Annemarie": Stance.SAYS}
    stream = room.page.stream.view.stream
    assert [note.id for note in stream.notes] == [note.id for note in room.page.live.rows.notes_of(stream._question)]
    # The note typed in between is a step of its own.
    back(room)
    for left in (["Intussen getypt"], []):
        room.press(Qt.Key.Key_Z, CTRL)
        qtbot.waitUntil(lambda: not room.session._parts, timeout=60_000)
        assert [note.text for note in room.notes] == left
    for _ in range(2):
        room.session.redo()
        qtbot.waitUntil(lambda: not room.session._parts, timeout=60_000)
    assert len(room.notes) == many + 1


def test_a_pasted_list_that_is_taken_back_meanwhile_does_not_go_on(room: Room, qtbot: QtBot) -> None:
    paste(room, "\n".join(f"Regel {number}" for number in range(60)))
    pasted_dialog(qtbot)
    room.press(Qt.Key.Key_Return)
    room.session.undo()
    qtbot.waitUntil(lambda: not room.session._parts)
    QApplication.processEvents()
    assert room.notes == []
    assert room.session.undo_label() is None


def test_an_open_question_offers_who_finds_it_out_and_by_when(room: Room) -> None:
    room.type("? @annemarie zoekt uit wie de bus betaalt voor 1 mei")
    assert room.page.line.edit.row.offer == "wie: Annemarie Bröring, voor 1 mei"
    room.press(Qt.Key.Key_Tab)
    room.press(Qt.Key.Key_Return)
    note = room.notes[-1].note
    assert (note.parked, note.owner, note.due) == (True, "Annemarie Bröring", dt.date(2023, 5, 1))


def test_a_seat_typed_before_its_member_is_known_is_kept_as_a_speaker(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.note("De werkplaats is te klein @8")
    room.note("@8 de sleutel is zoek")
    room.note("De bus is te laat @2 @8+")
    assert [(note.text, note.note.said_by) for note in room.notes] == [
        ("De werkplaats is te klein", "stoel 8"),
        ("de sleutel is zoek", "stoel 8"),
        ("De bus is te laat", "stoel 8+"),
    ]
    names = stream_names(room.page.live.rows.panelists)
    assert speakers_of(room.notes[0], names) == "stoel 8 (geen panellid)"
    # Corrected, the seat stands in the line as it was typed.
    room.press(Qt.Key.Key_Up)
    editor = room.page.stream.view.editor
    assert editor is not None
    assert editor.edit.toPlainText() == "De bus is te laat @8+"
    room.press(Qt.Key.Key_Home)
    room.type("Nee: ")
    room.keep()
    assert (room.notes[2].text, room.notes[2].note.said_by) == ("Nee: De bus is te laat", "stoel 8+")
    # And so does it in a note that was taken back.
    room.note("De vloer is koud @8")
    room.press(Qt.Key.Key_Z, CTRL)
    room.press(Qt.Key.Key_Return)
    assert (room.notes[3].text, room.notes[3].note.said_by) == ("De vloer is koud", "stoel 8")
    room.session.apply(add_panelist(PANEL, "Gerda Pol", 8, consent_participation=Consent.NO))
    content = room.session.dossier.read.panel_content(PANEL)
    assert content is not None
    assert [note.text for note in taking_part(content).notes] == ["Nee: De bus is te laat"]
