"""The panel's other data, the checklist that a person ticks, and what privacy law requires."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions import panels
from sto_desktop.domain.panel.readiness import TODO_ITEMS, CheckKind
from sto_desktop.domain.panel.terms import FORMS, NAMES
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.erasing import EraseDialog
from sto_desktop.ui.prepare.members.members_model import column_of
from sto_desktop.ui.prepare.todo_dialog import TodoDialog
from sto_desktop.workplace.due import all_due, said_due
from tests.ui.prepare_support import Desk, desk_on
from tests.ui.reading import newest

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def desk(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Desk]:
    with desk_on(qtbot, theme, settings, tmp_path) as made:
        yield made


def test_all_data_is_filled_in_by_keyboard_alone(desk: Desk) -> None:
    desk.press(Qt.Key.Key_D, CTRL)
    page = desk.stage.details
    assert desk.focus() is page.role
    context = ("Leidt STO", "Uit elke sector twee", "12", "26-3-2024")
    for text in (*context, "Een bedrijf, geen tijd", "Een stagiair", "Koude zaal"):
        desk.type(text)
        desk.press(Qt.Key.Key_Tab)
    assert desk.focus() is page.responsible
    for text in ("De Bron", "fg@debron.nl", "toestemming", "1-7-2024", "1-8-2024", "1-9-2024", "De stuurgroep"):
        desk.type(text)
        desk.press(Qt.Key.Key_Tab)
    desk.type("Telefoon")
    desk.press(Qt.Key.Key_Escape)
    panel = desk.panel
    assert (panel.moderator_role, panel.selection, panel.invited) == ("Leidt STO", "Uit elke sector twee", 12)
    assert (panel.declined, panel.others_present) == ("Een bedrijf, geen tijd", "Een stagiair")
    assert (panel.remarks, panel.recording) == ("Koude zaal", "Telefoon")
    assert (panel.responsible, panel.privacy_contact, panel.recipients) == ("De Bron", "fg@debron.nl", "De stuurgroep")
    assert panel.processing_ground.startswith("toestemming")
    assert (panel.retain_until, panel.forms_until) == (dt.date(2024, 7, 1), dt.date(2024, 8, 1))
    assert (panel.notes_until, panel.draft_on) == (dt.date(2024, 9, 1), dt.date(2024, 3, 26))
    assert desk.stage.guide_page.isVisible()
    desk.ctrl(Qt.Key.Key_Z)
    assert desk.panel.recording == ""


def test_a_number_that_is_none_says_so(desk: Desk) -> None:
    desk.press(Qt.Key.Key_D, CTRL)
    desk.stage.details.invited.setFocus()
    desk.type("veel")
    desk.press(Qt.Key.Key_Tab)
    assert desk.panel.invited is None
    assert "bijvoorbeeld 12" in desk.stage.details.invited.toolTip()


def test_what_is_typed_in_lines_survives_leaving(desk: Desk) -> None:
    desk.press(Qt.Key.Key_D, CTRL)
    desk.type("Kent drie leden")
    desk.window.set_session(None)
    assert desk.panel.moderator_role == "Kent drie leden"


def test_an_empty_term_shows_the_day_that_holds_by_itself(desk: Desk) -> None:
    names, _, notes = desk.stage.details._ends.values()
    desk.session.apply(panels.change_panel(desk.panel.id, date=None))
    assert names.placeholderText() == "14 februari 2023"
    desk.session.apply(panels.change_panel(desk.panel.id, date=dt.date(2023, 3, 16)))
    assert (names.placeholderText(), notes.placeholderText()) == ("vanzelf 16 maart 2024", "vanzelf 16 maart 2025")
    assert desk.panel.retain_until is None


def test_the_checklist_leads_to_ground_term_and_recording(desk: Desk) -> None:
    line = desk.stage.side.checklist.lines[CheckKind.PRIVACY]
    assert line.words() == "Nog invullen: verantwoordelijke, FG, grondslag en bewaartermijn"
    desk.click(line)
    assert desk.focus() is desk.stage.details.responsible
    desk.press(Qt.Key.Key_Escape)
    desk.session.apply(
        panels.change_panel(
            desk.panel.id,
            responsible="De Bron",
            privacy_contact="fg@debron.nl",
            processing_ground="toestemming",
            retain_until=dt.date(2024, 7, 1),
        )
    )
    assert line.done
    desk.session.apply(panels.add_panelist(desk.panel.id, "Renée Oude Wessel", 1))
    desk.session.apply(panels.change_panel(desk.panel.id, recording="Telefoon"))
    assert line.words() == "Opname: 1 panellid zei er geen ja op"
    desk.click(line)
    assert desk.stage.members.table.currentIndex().column() == column_of("consent_recording")


def test_what_a_person_arranges_is_ticked_off_and_can_be_undone(desk: Desk) -> None:
    line = desk.stage.side.checklist.lines[CheckKind.TODO]
    total = len(TODO_ITEMS)
    assert line.words() == f"Voorbereidingslijst: 0 van {total} gedaan"
    desk.click(line)
    dialog = desk.dialog()
    assert isinstance(dialog, TodoDialog)
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Escape)
    assert line.words() == f"Voorbereidingslijst: 2 van {total} gedaan"
    desk.session.undo()
    assert line.words() == f"Voorbereidingslijst: 1 van {total} gedaan"
    for todo in TODO_ITEMS:
        desk.session.apply(panels.tick(desk.panel.id, todo, True))
    assert line.done


def test_the_end_that_is_filled_in_counts_for_the_time(desk: Desk) -> None:
    form = desk.stage.side.form
    form.start.setFocus()
    desk.type("15.30")
    desk.press(Qt.Key.Key_Tab)
    desk.type("17 uur")
    desk.press(Qt.Key.Key_Tab)
    assert desk.panel.end == dt.time(17, 0)
    assert desk.stage.guide_page.verdict.text() == "20 minuten te lang"


def test_a_term_that_is_over_is_said_until_the_names_are_gone(desk: Desk) -> None:
    today = desk.session.now().date()
    desk.session.apply(panels.add_panelist(desk.panel.id, "Renée Oude Wessel", 1))
    desk.session.apply(panels.add_panelist(desk.panel.id, "Jan de Boer", 2))
    desk.session.apply(panels.change_panel(desk.panel.id, retain_until=today))
    assert all_due(desk.session.dossier, today) == []
    due, forms = all_due(desk.session.dossier, today + dt.timedelta(days=1))
    assert (due.panel.id, due.term, due.amount, forms.term) == (desk.panel.id, NAMES, 2, FORMS)
    assert "liep tot 9 januari 2023; de namen staan er nog" in said_due([due])
    assert said_due([due], 3).endswith("Ook in 3 bestanden die hier bewaard worden: wissen haalt ze daar ook uit.")
    assert said_due([replace(due, term=FORMS)], 3).endswith("vernietigd zijn.")
    desk.press(Qt.Key.Key_D, CTRL)
    desk.click(desk.stage.details.erase)
    dialog = desk.dialog()
    assert isinstance(dialog, EraseDialog)
    dialog.accept()
    desk.qtbot.waitUntil(lambda: not any(person.name for person in desk.people))
    assert [one.term for one in all_due(desk.session.dossier, today + dt.timedelta(days=1))] == [FORMS]
    assert not desk.stage.details.erase.isEnabled()


def test_somebody_who_asks_to_be_erased_is(desk: Desk) -> None:
    desk.session.apply(panels.add_panelist(desk.panel.id, "Renée Oude Wessel", 1, organisation="De Es"))
    desk.session.apply(panels.add_panelist(desk.panel.id, "Jan de Boer", 2))
    desk.click(desk.stage.side.card)
    desk.press(Qt.Key.Key_Delete, ALT)
    dialog = desk.dialog()
    assert isinstance(dialog, EraseDialog)
    dialog.accept()
    desk.qtbot.waitUntil(lambda: "wisbewijs" in newest(desk.window.notices))
    assert [person.name for person in desk.people] == ["Jan de Boer"]
    for file in desk.session.copy.path.parent.rglob("*"):
        assert not file.is_file() or b"Oude Wessel" not in file.read_bytes()
