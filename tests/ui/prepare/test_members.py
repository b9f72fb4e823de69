from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions import panels
from sto_desktop.domain.actions.notes import capture_note
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.panel.consent import CONSENT_QUESTIONS
from sto_desktop.domain.privacy.participation import taking_part
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.conversation.stream.stream_row import speakers_of
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare.members.members_model import column_of
from sto_desktop.ui.prepare.members.members_table import MembersTable
from sto_desktop.ui.widgets import ConfirmDialog, TextLabel
from tests.ui.prepare_support import Desk, desk_on


@pytest.fixture
def desk(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Desk]:
    with desk_on(qtbot, theme, settings, tmp_path) as made:
        yield made


@pytest.fixture
def table(desk: Desk) -> MembersTable:
    """The table of members, on show, with three of them."""
    for seat, (name, sector) in enumerate((("Renée Oude Wessel", "po"), ("J. ten Veldkamp", "vmbo")), 1):
        desk.session.apply(panels.add_panelist(desk.panel.id, name, seat, sector=sector))
    desk.session.apply(panels.add_panelist(desk.panel.id, "Fatma Yildiz", 4))
    desk.click(desk.stage.side.card)
    return desk.stage.members.table


def go(table: MembersTable, row: int, column: int) -> None:
    """Put the keyboard on a cell."""
    table.setCurrentIndex(table.members.index(row, column))
    table.setFocus()


def test_members_are_typed_one_after_the_other(desk: Desk) -> None:
    desk.click(desk.stage.side.card)
    for name in ("Renée Oude Wessel", "J. ten Veldkamp", "Fatma Yildiz"):
        desk.type(name)
        desk.press(Qt.Key.Key_Return)
    assert [(person.seat, person.name, person.first_name) for person in desk.people] == [
        (1, "Renée Oude Wessel", "Renée"),
        (2, "J. ten Veldkamp", "J."),
        (3, "Fatma Yildiz", "Fatma"),
    ]
    table = desk.stage.members.table
    assert table.currentIndex() == table.members.empty_row()
    assert desk.stage.members.count.text() == "3 panelleden"
    desk.ctrl(Qt.Key.Key_Z)
    assert len(desk.people) == 2
    assert table.members.rowCount() == 3


def test_tab_goes_on_to_the_other_cells_of_the_new_member(desk: Desk) -> None:
    desk.click(desk.stage.side.card)
    desk.type("Niels Wolter")
    desk.press(Qt.Key.Key_Tab)
    desk.replace("Nick")
    desk.press(Qt.Key.Key_Tab)
    desk.type("Wolter Koeling")
    desk.press(Qt.Key.Key_Tab)
    assert isinstance(desk.focus(), QComboBox)
    desk.type("bedr")
    desk.press(Qt.Key.Key_Tab)
    desk.replace("directeur")
    desk.press(Qt.Key.Key_Return)
    (member,) = desk.people
    assert (member.first_name, member.organisation, member.role) == ("Nick", "Wolter Koeling", "directeur")
    assert member.sector == "bedrijf"


def test_a_name_that_is_being_typed_is_kept_on_leaving(desk: Desk) -> None:
    desk.click(desk.stage.side.card)
    desk.type("Fatma Yildiz")
    desk.window.navigate(Stage.START)
    assert [person.name for person in desk.people] == ["Fatma Yildiz"]


@pytest.mark.parametrize(
    "column", [column_of("sector"), column_of("consent_name"), column_of("role"), column_of("seat")]
)
def test_every_open_cell_is_kept_on_leaving(desk: Desk, table: MembersTable, column: int) -> None:
    go(table, 0, column)
    desk.press(Qt.Key.Key_Return)
    if column == column_of("consent_name"):
        desk.press(Qt.Key.Key_Down)
    else:
        desk.replace({column_of("sector"): "hbo", column_of("role"): "docent", column_of("seat"): "7"}[column])
    desk.window.navigate(Stage.START)
    changed = next(person for person in desk.people if person.name == "Renée Oude Wessel")
    kept = {
        column_of("sector"): changed.sector == "hbo",
        column_of("consent_name"): changed.consent_name is not Consent.UNKNOWN or table.members.rowCount() == 4,
        column_of("role"): changed.role == "docent",
        column_of("seat"): changed.seat == 7,
    }
    assert kept[column]


def test_enter_edits_and_escape_throws_nothing_away(desk: Desk, table: MembersTable) -> None:
    go(table, 0, column_of("organisation"))
    desk.press(Qt.Key.Key_Return)
    desk.type("Basisschool De Es")
    desk.press(Qt.Key.Key_Return)
    assert desk.people[0].organisation == "Basisschool De Es"
    assert table.currentIndex().row() == 1
    desk.type("Vmbo")
    desk.press(Qt.Key.Key_Escape)
    assert desk.people[1].organisation == "Vmbo"
    assert desk.stage.members.isVisible()
    desk.ctrl(Qt.Key.Key_Z)
    assert desk.people[1].organisation == ""
    desk.press(Qt.Key.Key_Escape)
    assert desk.stage.guide_page.isVisible()
    assert desk.focus() is desk.stage.side.card


def test_consent_is_answered_by_letters_also_for_many_at_once(desk: Desk, table: MembersTable) -> None:
    go(table, 0, column_of("consent_participation"))
    desk.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, times=2)
    desk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier, times=2)
    desk.type("j")
    for person in desk.people:
        assert person.consent_participation is person.consent_name is person.consent_quote is Consent.YES
        assert person.consent_recording is Consent.UNKNOWN
    go(table, 1, column_of("consent_name"))
    found = []
    for letter in "nox":
        desk.type(letter)
        found.append(desk.people[1].consent_name)
    assert found == [Consent.NO, Consent.UNKNOWN, Consent.UNKNOWN]
    for _ in range(3):
        desk.ctrl(Qt.Key.Key_Z)
    assert all(person.consent_quote is Consent.UNKNOWN for person in desk.people)


def test_space_goes_round_the_answers(desk: Desk, table: MembersTable) -> None:
    go(table, 0, column_of("consent_quote"))
    found = []
    for _ in range(3):
        desk.press(Qt.Key.Key_Space)
        found.append(desk.people[0].consent_quote)
    assert found == [Consent.YES, Consent.NO, Consent.UNKNOWN]
    go(table, 0, column_of("present"))
    desk.press(Qt.Key.Key_Space)
    assert not desk.people[0].present
    desk.click_cell(table, table.members.index(0, column_of("present")))
    assert desk.people[0].present


def test_an_answer_is_chosen_from_the_list(desk: Desk, table: MembersTable) -> None:
    go(table, 0, column_of("consent_name"))
    assert table.currentIndex().data() == "onbekend"
    desk.press(Qt.Key.Key_Return)
    box = desk.focus()
    assert isinstance(box, QComboBox)
    assert [box.itemText(number) for number in range(box.count())] == ["ja", "nee", "onbekend"]
    desk.press(Qt.Key.Key_Up)
    desk.press(Qt.Key.Key_Return)
    assert desk.people[0].consent_name is Consent.NO
    assert table.members.index(0, column_of("consent_name")).data() == "nee"


@pytest.mark.long
def test_a_sector_is_known_or_one_s_own(desk: Desk, table: MembersTable) -> None:
    go(table, 2, column_of("sector"))
    desk.press(Qt.Key.Key_Return)
    desk.replace("MBO")
    desk.press(Qt.Key.Key_Return)
    assert desk.people[2].sector == "mbo"
    go(table, 0, column_of("sector"))
    desk.press(Qt.Key.Key_Return)
    desk.replace("bibliotheek")
    desk.press(Qt.Key.Key_Return)
    assert desk.people[0].sector == "bibliotheek"
    go(table, 1, column_of("sector"))
    desk.press(Qt.Key.Key_Return)
    box = desk.focus()
    assert isinstance(box, QComboBox)
    assert box.findText("bibliotheek") >= 0
    desk.press(Qt.Key.Key_Escape)


def test_another_seat_moves_the_member_and_the_keyboard_with_it(desk: Desk, table: MembersTable) -> None:
    go(table, 0, column_of("seat"))
    desk.type("6")
    desk.press(Qt.Key.Key_Tab)
    assert [person.name for person in desk.people] == ["J. ten Veldkamp", "Fatma Yildiz", "Renée Oude Wessel"]
    assert isinstance(desk.focus(), QLineEdit)
    assert table.currentIndex() == table.members.index(2, column_of("name"))
    desk.press(Qt.Key.Key_Escape)
    go(table, 0, column_of("seat"))
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Delete)
    desk.press(Qt.Key.Key_Return)
    assert [person.seat for person in desk.people] == [4, 6, None]


def test_a_seat_that_is_taken_is_marked(desk: Desk, table: MembersTable) -> None:
    go(table, 2, column_of("seat"))
    desk.type("1")
    desk.press(Qt.Key.Key_Return)
    marked = [table.members.seat_is_taken(table.members.index(row, 0)) for row in range(3)]
    assert marked == [True, True, False]
    assert table.members.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "Op stoel 1 zit nog iemand"


def test_a_name_can_not_be_emptied(desk: Desk, table: MembersTable) -> None:
    go(table, 0, column_of("name"))
    desk.press(Qt.Key.Key_F2)
    desk.ctrl(Qt.Key.Key_A)
    desk.press(Qt.Key.Key_Delete)
    desk.press(Qt.Key.Key_Return)
    assert desk.people[0].name == "Renée Oude Wessel"


def test_delete_takes_members_away_and_undo_brings_them_back(desk: Desk, table: MembersTable) -> None:
    go(table, 1, column_of("name"))
    desk.press(Qt.Key.Key_Delete)
    assert [person.name for person in desk.people] == ["Renée Oude Wessel", "Fatma Yildiz"]
    assert desk.message() == "J. ten Veldkamp is verwijderd."
    assert desk.focus() is table
    assert table.currentIndex().row() == 1
    desk.ctrl(Qt.Key.Key_Z)
    assert [person.name for person in desk.people] == ["Renée Oude Wessel", "J. ten Veldkamp", "Fatma Yildiz"]
    go(table, 0, column_of("name"))
    desk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    desk.click(desk.stage.members.remove)
    assert [person.name for person in desk.people] == ["Fatma Yildiz"]
    assert desk.message() == "2 panelleden zijn verwijderd."


def test_delete_on_the_empty_row_does_nothing(desk: Desk, table: MembersTable) -> None:
    table.go_to(table.members.empty_row())
    table.setFocus()
    desk.press(Qt.Key.Key_Delete)
    assert len(desk.people) == 3


def test_typing_anywhere_in_the_empty_row_is_a_name(desk: Desk, table: MembersTable) -> None:
    go(table, 3, column_of("role"))
    desk.type("Hilde Kuipers")
    desk.press(Qt.Key.Key_Return)
    assert {person.name: person.seat for person in desk.people}["Hilde Kuipers"] == 3


def test_a_click_on_the_empty_row_opens_it(desk: Desk, table: MembersTable) -> None:
    desk.click_cell(table, table.members.index(3, column_of("organisation")))
    assert isinstance(desk.focus(), QLineEdit)
    desk.type("Hilde Kuipers")
    desk.click(desk.stage.members, QPoint(5, 5))
    table.setFocus()
    assert "Hilde Kuipers" in [person.name for person in desk.people]


def test_one_word_is_pasted_into_the_cell(desk: Desk, table: MembersTable) -> None:
    QGuiApplication.clipboard().setText("Technolab Oost\n")
    go(table, 0, column_of("organisation"))
    desk.ctrl(Qt.Key.Key_V)
    assert desk.people[0].organisation == "Technolab Oost"
    assert desk.session.undo_label() == "panellid wijzigen"


def test_a_colleague_s_change_leaves_the_open_cell_alone(desk: Desk, table: MembersTable) -> None:
    go(table, 1, column_of("organisation"))
    desk.type("Vmbo-school")
    desk.session.apply(panels.add_panelist(desk.panel.id, "Nieuw Lid", 3))
    desk.session.apply(panels.delete_panelists([desk.people[0].id]))
    editor = desk.focus()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "Vmbo-school"
    desk.type(" Oost")
    desk.press(Qt.Key.Key_Return)
    assert {person.name: person.organisation for person in desk.people}["J. ten Veldkamp"] == "Vmbo-school Oost"


def test_the_palette_finds_a_member(desk: Desk, table: MembersTable) -> None:
    desk.stage.show_guide()
    desk.stage.show_row("panelist", desk.people[2].id)
    assert desk.stage.members.isVisible()
    assert desk.focus() is table
    assert table.currentIndex().row() == 2
    desk.stage.show_row("question", desk.question(3).id)
    assert desk.stage.guide_page.isVisible()


def test_the_card_shows_the_first_few(desk: Desk) -> None:
    lines = desk.stage.side.card.lines.lines
    for number in range(1, 8):
        desk.session.apply(panels.add_panelist(desk.panel.id, f"Lid {number}", number, sector="po"))
    assert desk.stage.side.members_label.text() == "Panelleden (7)"
    assert lines()[:2] == [("1", "Lid 1", "po"), ("2", "Lid 2", "po")]
    assert lines()[-1] == ("", "", "en nog 4")
    desk.window.resize(1366, 1080)
    QApplication.processEvents()
    assert len(lines()) == 7


def test_the_table_is_left_by_tab(desk: Desk, table: MembersTable) -> None:
    go(table, 0, column_of("name"))
    desk.press(Qt.Key.Key_Tab)
    assert desk.focus() is not table


def test_a_screen_reader_hears_the_answers(desk: Desk, table: MembersTable) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert table.members.index(0, column_of("consent_name")).data(role) == "onbekend"
    assert table.members.index(0, column_of("role")).data(role) == "leeg"
    assert table.members.empty_row().data(role).startswith("Typ een naam")


def test_a_name_typed_on_the_card_keeps_its_first_letter(desk: Desk) -> None:
    desk.stage.show_guide()
    desk.stage.side.card.setFocus()
    before = len(desk.people)
    desk.type("Anna de Vries")
    desk.press(Qt.Key.Key_Return)
    assert len(desk.people) == before + 1
    assert "Anna de Vries" in {person.name for person in desk.people}


@pytest.mark.parametrize("column", [question.field for question in CONSENT_QUESTIONS])
@pytest.mark.parametrize("letters", ["j", "jn", " "])
def test_ctrl_z_takes_back_an_answer_and_ctrl_y_gives_it_again(
    desk: Desk, table: MembersTable, column: str, letters: str
) -> None:
    def answers() -> list[Consent]:
        return [getattr(person, column) for person in desk.people]

    go(table, 0, column_of(column))
    steps = [answers()]
    for letter in letters:
        desk.type(letter)
        steps.append(answers())
    for before in reversed(steps[:-1]):
        desk.ctrl(Qt.Key.Key_Z)
        assert answers() == before
        assert table.hasFocus()
    for after in steps[1:]:
        desk.ctrl(Qt.Key.Key_Y)
        assert answers() == after


def test_ctrl_z_takes_back_an_answer_chosen_from_its_list(desk: Desk, table: MembersTable) -> None:
    go(table, 0, column_of("consent_quote"))
    before = desk.people[0].consent_quote
    desk.press(Qt.Key.Key_Return)
    assert isinstance(desk.focus(), QComboBox)
    desk.press(Qt.Key.Key_Up)
    desk.press(Qt.Key.Key_Return)
    assert desk.people[0].consent_quote != before
    desk.ctrl(Qt.Key.Key_Z)
    assert desk.people[0].consent_quote == before


def test_ctrl_z_in_an_open_list_of_answers_takes_back_the_last_answer(desk: Desk, table: MembersTable) -> None:
    go(table, 0, column_of("consent_quote"))
    before = desk.people[0].consent_quote
    desk.type("j")
    desk.press(Qt.Key.Key_Return)
    assert isinstance(desk.focus(), QComboBox)
    desk.press(Qt.Key.Key_Space)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(QApplication.focusWidget() or popup, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.people[0].consent_quote == before


def test_deleting_who_does_not_take_part_says_that_their_words_stay_out(desk: Desk, table: MembersTable) -> None:
    fatma = desk.people[2]
    for text in ("de bus @4", "het lab @1"):
        desk.session.apply(capture_note(desk.panel.id, None, parse(text, desk.people), desk.session.now()))
    desk.session.apply(panels.change_panelist(fatma.id, consent_participation=Consent.NO))
    go(table, 2, column_of("name"))
    desk.press(Qt.Key.Key_Delete)
    asked = desk.dialog()
    assert isinstance(asked, ConfirmDialog)
    assert any("1 notitie blijft buiten elk stuk" in label.text() for label in asked.findChildren(TextLabel))
    desk.click(asked.confirm_button)
    assert desk.window.focusWidget() is table
    desk.window.activateWindow()
    desk.qtbot.waitUntil(table.hasFocus)
    assert len(desk.people) == 2

    def goes_out() -> list[str]:
        content = desk.session.dossier.read.panel_content(desk.panel.id)
        assert content is not None
        return [note.text for note in taking_part(content).notes]

    assert goes_out() == ["het lab"]
    (kept,) = [note for note in desk.session.dossier.read.notes.of_panel(desk.panel.id) if note.text == "de bus"]
    assert speakers_of(kept, {}) == "van wie niet meedeed"
    desk.ctrl(Qt.Key.Key_Z)
    assert len(desk.people) == 3
    assert goes_out() == ["het lab"]
    desk.session.apply(panels.change_panelist(fatma.id, consent_participation=Consent.YES))
    assert sorted(goes_out()) == ["de bus", "het lab"]
