"""Inviting people of earlier panels again; the consequences of consent; deleting members who said something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions import panels
from sto_desktop.domain.actions.notes import capture_note
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.address_book import address_book
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare.members.address_dialog import AddressDialog
from tests.ui.prepare_support import Desk, desk_on


@pytest.fixture
def desk(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Desk]:
    with desk_on(qtbot, theme, settings, tmp_path) as made:
        made.session.apply(panels.add_panel(made.panel.guide, title="Panel Hengelo", panel="p2"))
        for seat, name in enumerate(("Renée Oude Wessel", "Jan de Boer", "Fatma Yıldız"), 1):
            action = panels.add_panelist("p2", name, seat, organisation=f"School {seat}", sector="po", role="docent")
            made.session.apply(action)
        yield made


def known(desk: Desk) -> list[tuple[int | None, str, str, str]]:
    return [(person.seat, person.name, person.organisation, person.sector) for person in desk.people]


def test_people_are_chosen_from_the_address_book_by_keys(desk: Desk) -> None:
    desk.session.apply(panels.add_panelist(desk.panel.id, "Truus Engbers", 1))
    desk.click(desk.stage.side.card)
    desk.click(desk.stage.members.book)
    dialog = desk.dialog()
    assert isinstance(dialog, AddressDialog)
    assert [dialog.list.item(row).text().split(" · ")[0] for row in range(3)] == [
        "Fatma Yıldız",
        "Jan de Boer",
        "Renée Oude Wessel",
    ]
    assert "Panel Hengelo" in dialog.list.item(0).text()
    desk.type("oude")
    desk.press(Qt.Key.Key_Return)
    assert known(desk) == [(1, "Truus Engbers", "", ""), (2, "Renée Oude Wessel", "School 1", "po")]
    desk.click(desk.stage.members.book)
    again = desk.dialog()
    assert isinstance(again, AddressDialog)
    assert again.list.count() == 2
    again.list.setFocus()
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Space)
    desk.click(again.take)
    assert len(desk.people) == 4
    assert not desk.stage.members.book.isEnabled()
    desk.session.undo()
    assert len(desk.people) == 2


def test_a_known_name_that_is_typed_brings_its_data_but_no_consent(desk: Desk) -> None:
    someone = next(
        member for member in desk.session.dossier.read.members.of_panel("p2") if member.name == "Jan de Boer"
    )
    desk.session.apply(panels.change_panelist(someone.id, consent_name=Consent.YES))
    desk.click(desk.stage.side.card)
    desk.type("jan de boer")
    desk.press(Qt.Key.Key_Return)
    assert known(desk) == [(1, "Jan de Boer", "School 2", "po")]
    assert desk.people[0].consent_name is Consent.UNKNOWN
    assert "Panel Hengelo" in desk.message()


def test_the_latest_panel_says_where_somebody_works_now() -> None:
    people = [
        Panelist("a", "old", name="Jan de Boer", organisation="Toen", role="docent"),
        Panelist("b", "new", name="jan de boer", organisation="Nu"),
        Panelist("c", "new", name=""),
    ]
    (contact,) = address_book(people, {"new": "Nieuw", "old": "Oud"}, [])
    assert (contact.values["organisation"], contact.values["role"], contact.panels) == (
        "Nu",
        "docent",
        ("Nieuw", "Oud"),
    )
    assert address_book(people, {}, [Panelist("d", name="Jan de Boer")]) == ()


def test_what_follows_from_each_answer_is_said_of_the_current_member(desk: Desk) -> None:
    desk.session.apply(panels.add_panelist(desk.panel.id, "Truus Engbers", 1, consent_name=Consent.YES))
    desk.click(desk.stage.side.card)
    said = desk.stage.members.follows.text()
    assert said.startswith("Truus Engbers · deelname: schrijf niets op")
    assert "naam: staat met naam, functie en organisatie in het verslag" in said
    assert "citaat: een citaat wordt een gewone notitie" in said
    desk.session.apply(panels.change_panelist(desk.people[0].id, consent_quote=Consent.YES))
    assert "citaat: letterlijke woorden mogen" in desk.stage.members.follows.text()


@pytest.mark.long
def test_a_member_who_said_something_goes_only_after_a_question_and_the_notes_stay(desk: Desk) -> None:
    desk.session.apply(panels.add_panelist(desk.panel.id, "Truus Engbers", 1))
    at = desk.session.now()
    noted = capture_note(desk.panel.id, desk.question(2).id, parse("Veel bezoek @1", desk.people), at)
    desk.session.apply(noted)
    read = desk.session.dossier.read
    assert read.notes.of_panel(desk.panel.id)[0].speakers == (desk.people[0].id,)
    desk.click(desk.stage.side.card)
    desk.press(Qt.Key.Key_Delete)
    desk.dialog()
    desk.press(Qt.Key.Key_Escape)
    assert len(desk.people) == 1
    desk.put(desk.stage.members.table)
    desk.press(Qt.Key.Key_Delete)
    desk.dialog()
    desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_Space)
    assert desk.people == []
    assert [note.text for note in read.notes.of_panel(desk.panel.id)] == ["Veel bezoek"]
    desk.session.undo()
    assert read.notes.of_panel(desk.panel.id)[0].speakers == (desk.people[0].id,)


def test_what_somebody_wrote_for_an_earlier_panel_does_not_come_along(desk: Desk) -> None:
    earlier = desk.session.dossier.read.members.of_panel("p2")[1]
    desk.session.apply(
        panels.change_panelist(earlier.id, written="Graag ook de havo.", check_words="Niet de havo, maar de mavo.")
    )
    desk.click(desk.stage.side.card)
    desk.click(desk.stage.members.book)
    dialog = desk.dialog()
    assert isinstance(dialog, AddressDialog)
    desk.type("boer")
    desk.press(Qt.Key.Key_Return)
    (again,) = desk.people
    assert (again.name, again.organisation) == ("Jan de Boer", "School 2")
    assert (again.written, again.check_words) == ("", "")
