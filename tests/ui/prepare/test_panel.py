from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions import panels
from sto_desktop.domain.actions.notes import capture_note
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.panel.readiness import CheckKind
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.fields.kept_field import KeptLine
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare import prepare_stage
from sto_desktop.ui.prepare.members.members_model import column_of
from sto_desktop.ui.prepare.papers.opening import OpeningDialog
from tests.ui.prepare_support import Desk, desk_on


@pytest.fixture
def desk(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Desk]:
    with desk_on(qtbot, theme, settings, tmp_path) as made:
        yield made


def check(desk: Desk, kind: CheckKind) -> tuple[bool, str]:
    """How a line of the checklist stands."""
    line = desk.stage.side.checklist.lines[kind]
    return line.done, line.words()


def fill(field: KeptLine, desk: Desk, text: str) -> None:
    """Type a text in a field and go on to the next one."""
    desk.click(field)
    desk.replace(text)
    desk.press(Qt.Key.Key_Tab)


def choose_guide(desk: Desk) -> None:
    """Choose the other guide from the menu."""
    desk.click(desk.stage.bar.guides)
    menu = next(menu for menu in desk.stage.bar.findChildren(QMenu) if menu.isVisible())
    other = next(one for one in menu.actions() if one.isCheckable() and not one.isChecked())
    assert other.text() == "Korte leidraad · niet in gebruik"
    other.trigger()
    menu.close()


@pytest.mark.long
def test_the_form_is_filled_in_by_keyboard_alone(desk: Desk) -> None:
    form = desk.stage.side.form
    form.subregion.setFocus()
    for text in ("Oldenzaal", "Technolab", "14-2-2023", "15.35", "17.30", "M. Assink", "K. Nijhuis"):
        desk.type(text)
        desk.press(Qt.Key.Key_Tab)
    panel = desk.panel
    assert (panel.subregion, panel.place) == ("Oldenzaal", "Technolab")
    assert (panel.date, panel.start) == (dt.date(2023, 2, 14), dt.time(15, 35))
    assert (panel.moderator, panel.note_taker) == ("M. Assink", "K. Nijhuis")
    assert form.date.text() == "14 februari 2023"
    assert form.start.text() == "15:35"
    assert desk.stage.bar.title.text() == "Panel Oldenzaal"
    assert check(desk, CheckKind.OCCASION) == (True, "Datum, begin en locatie ingevuld")


@pytest.mark.long
def test_each_field_is_one_step_back(desk: Desk) -> None:
    form = desk.stage.side.form
    fill(form.place, desk, "Technolab")
    fill(form.moderator, desk, "M. Assink")
    assert desk.session.undo_label() == "panelgegevens wijzigen"
    desk.stage.guide_page.table.setFocus()
    desk.ctrl(Qt.Key.Key_Z)
    assert (desk.panel.moderator, form.moderator.text()) == ("", "")
    desk.ctrl(Qt.Key.Key_Z)
    assert (desk.panel.place, form.place.text()) == ("", "")
    desk.ctrl(Qt.Key.Key_Y)
    assert (desk.panel.place, form.place.text()) == ("Technolab", "Technolab")


def test_undo_in_a_field_is_first_about_the_typing(desk: Desk) -> None:
    form = desk.stage.side.form
    fill(form.place, desk, "Technolab")
    desk.click(form.place)
    desk.replace("Technolab, zaal 2")
    desk.ctrl(Qt.Key.Key_Z)
    assert form.place.text() != "Technolab, zaal 2"
    assert desk.panel.place == "Technolab"
    while form.place.isUndoAvailable():
        desk.ctrl(Qt.Key.Key_Z)
    assert form.place.text() == "Technolab"
    desk.ctrl(Qt.Key.Key_Z)
    assert (desk.panel.place, form.place.text()) == ("", "")


def test_enter_keeps_and_then_undo_is_about_the_field(desk: Desk) -> None:
    form = desk.stage.side.form
    desk.click(form.note_taker)
    desk.type("K. Nijhuis")
    desk.press(Qt.Key.Key_Return)
    assert desk.panel.note_taker == "K. Nijhuis"
    assert desk.focus() is form.note_taker
    desk.ctrl(Qt.Key.Key_Z)
    assert (desk.panel.note_taker, form.note_taker.text()) == ("", "")


def test_what_is_typed_survives_closing(desk: Desk) -> None:
    desk.click(desk.stage.side.form.place)
    desk.type("Technolab")
    desk.window.set_session(None)
    assert desk.panel.place == "Technolab"


def test_what_is_typed_survives_leaving_the_stage(desk: Desk) -> None:
    desk.click(desk.stage.side.form.place)
    desk.type("Technolab")
    desk.ctrl(Qt.Key.Key_1)
    assert desk.panel.place == "Technolab"


def test_what_is_typed_survives_a_crash(desk: Desk, qtbot: QtBot) -> None:
    form = desk.stage.side.form
    desk.click(form.moderator)
    desk.type("M. Assi")
    qtbot.waitUntil(lambda: desk.session.dossier.draft(f"panel/{desk.panel.id}/moderator") == "M. Assi")
    assert desk.panel.moderator == ""
    # The program starts again: another stage on the same working copy.
    again = prepare_stage(desk.window._context(desk.session))
    qtbot.addWidget(again)
    assert again.side.form.moderator.text() == "M. Assi"
    assert desk.panel.moderator == "M. Assi"
    assert desk.session.dossier.draft(f"panel/{desk.panel.id}/moderator") == ""


def test_what_was_typed_on_a_page_that_nobody_opens_again_survives_a_crash(desk: Desk, qtbot: QtBot) -> None:
    place = f"panel/{desk.panel.id}/remarks"
    desk.stage.show_details()
    desk.click(desk.stage.details.remarks)
    desk.type("Koude zaal")
    qtbot.waitUntil(lambda: desk.session.dossier.draft(place) == "Koude zaal")
    again = prepare_stage(desk.window._context(desk.session))
    qtbot.addWidget(again)
    assert desk.panel.remarks == "Koude zaal"
    assert desk.session.dossier.draft(place) == ""


def test_a_date_that_is_none_stays_and_says_why(desk: Desk) -> None:
    form = desk.stage.side.form
    fill(form.date, desk, "14 februari 2023")
    fill(form.date, desk, "31 februari")
    assert form.date.text() == "31 februari"
    assert "14 februari 2023" in form.date.toolTip()
    assert desk.panel.date == dt.date(2023, 2, 14)
    fill(form.date, desk, "28 februari")
    assert form.date.toolTip() == ""
    assert desk.panel.date == dt.date(2023, 2, 28)


def test_a_date_that_was_refused_and_left_is_taken_back_by_ctrl_z(desk: Desk) -> None:
    form = desk.stage.side.form
    fill(form.date, desk, "14 februari 2023")
    desk.click(form.date)
    desk.replace("31 februari")
    desk.ctrl(Qt.Key.Key_Return)
    assert not form.date.hasFocus()
    assert (form.date.text(), form.date.refused()) == ("31 februari", True)
    desk.qtbot.waitUntil(lambda: desk.window.actions_by_id["undo"].text() == "Ongedaan maken: typen")
    desk.ctrl(Qt.Key.Key_Z)
    assert (form.date.text(), form.date.toolTip(), form.date.refused()) == ("14 februari 2023", "", False)
    assert desk.session.dossier.draft(f"panel/{desk.panel.id}/date") == ""
    assert desk.panel.date == dt.date(2023, 2, 14)
    # The next one undoes the action before it.
    desk.ctrl(Qt.Key.Key_Z)
    assert desk.panel.date is None


def test_an_emptied_field_is_empty(desk: Desk) -> None:
    desk.session.apply(panels.change_panel(desk.panel.id, date=dt.date(2023, 2, 14), start=dt.time(15, 35)))
    form = desk.stage.side.form
    for field in (form.date, form.start):
        desk.click(field)
        desk.ctrl(Qt.Key.Key_A)
        desk.press(Qt.Key.Key_Delete)
        desk.press(Qt.Key.Key_Tab)
    assert (desk.panel.date, desk.panel.start) == (None, None)
    assert check(desk, CheckKind.OCCASION) == (False, "Nog invullen: datum, begin en locatie")


def test_the_calendar_picks_a_day_by_keys(desk: Desk) -> None:
    form = desk.stage.side.form
    fill(form.date, desk, "14-2-2023")
    desk.click(form.date)
    desk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = form.date.popup
    assert popup is not None
    assert popup.isVisible()
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    assert desk.panel.date == dt.date(2023, 2, 22)
    assert form.date.text() == "22 februari 2023"


def test_escape_closes_the_calendar_and_nothing_else(desk: Desk) -> None:
    form = desk.stage.side.form
    desk.click(form.date.button)
    assert form.date.popup is not None
    desk.press(Qt.Key.Key_Escape)
    assert desk.panel.date is None


def test_a_subregion_is_chosen_from_the_list(desk: Desk) -> None:
    form = desk.stage.side.form
    form.subregion.setFocus()
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Tab)
    assert desk.panel.subregion == "Enschede"
    assert desk.panel.title == "Panel Enschede"


def test_a_title_of_one_s_own_stays(desk: Desk) -> None:
    fill(desk.stage.bar.title, desk, "Panel techniek")
    assert desk.panel.title == "Panel techniek"
    desk.stage.side.form.subregion.setFocus()
    desk.type("Hengelo")
    desk.press(Qt.Key.Key_Tab)
    assert desk.panel.title == "Panel techniek"


def test_a_long_title_is_whole_where_there_is_room(desk: Desk) -> None:
    desk.window.resize(1920, 1080)
    title = desk.stage.bar.title
    fill(title, desk, "Panel Rijssen-Holten, Hellendoorn, Nijverdal, Wierden en omstreken")
    QTest.qWait(30)
    assert title.width() - 2 * 9 > title.fontMetrics().horizontalAdvance(title.text())


def test_a_colleague_s_change_is_shown_but_not_over_what_is_being_typed(desk: Desk) -> None:
    form = desk.stage.side.form
    desk.click(form.place)
    desk.type("Technolab")
    desk.session.apply(panels.change_panel(desk.panel.id, place="Stadhuis", moderator="M. Assink"))
    assert form.place.text() == "Technolab"
    assert form.moderator.text() == "M. Assink"
    desk.press(Qt.Key.Key_Tab)
    assert desk.panel.place == "Technolab"


def test_a_new_panel_beside_the_first_and_back(desk: Desk) -> None:
    stage = desk.stage
    assert stage.bar.chooser.isHidden()
    first = desk.panel.id
    fill(stage.side.form.place, desk, "Technolab")
    desk.click(stage.bar.new_panel)
    assert desk.panel.id != first
    assert stage.side.form.place.text() == ""
    assert stage.bar.chooser.isVisible()
    desk.type("Hengelo")
    stage.bar.chooser.setFocus()
    assert desk.panel.title == "Panel Hengelo"
    desk.press(Qt.Key.Key_End)
    assert desk.panel.id == first
    assert stage.side.form.place.text() == "Technolab"
    assert {stage.bar.chooser.itemText(number) for number in range(2)} == {"Panelgesprek", "Panel Hengelo"}


def test_what_is_typed_goes_to_the_panel_where_it_was_typed(desk: Desk) -> None:
    first = desk.panel.id
    desk.click(desk.stage.side.form.place)
    desk.type("Technolab")
    desk.session.apply(panels.add_panel(desk.panel.guide, title="Panel Hengelo", panel="p2"))
    desk.session.show_panel("p2")
    assert desk.panel.place == ""
    assert desk.stage.side.form.place.text() == ""
    found = desk.session.dossier.read.panels.get(first)
    assert found is not None
    assert found.place == "Technolab"


def test_another_guide_is_chosen(desk: Desk) -> None:
    desk.session.apply(action("leidraad toevoegen", create("guide", "kort", name="Korte leidraad")))
    choose_guide(desk)
    assert desk.panel.guide == "kort"
    assert desk.stage.guide_page.empty.isVisible()
    assert check(desk, CheckKind.TIME) == (False, "De leidraad is nog leeg")
    desk.ctrl(Qt.Key.Key_Z)
    assert desk.stage.guide_page.table.isVisible()


def test_the_opening_text_is_read_and_remembered(desk: Desk) -> None:
    line = desk.stage.side.checklist.lines[CheckKind.OPENING]
    assert check(desk, CheckKind.OPENING) == (False, "Openingstekst doorlezen")
    desk.click(line)
    dialog = desk.dialog()
    assert isinstance(dialog, OpeningDialog)
    assert desk.focus() is dialog.toggle
    desk.press(Qt.Key.Key_Return)
    assert check(desk, CheckKind.OPENING) == (True, "Openingstekst doorgelezen")
    assert "OPENING" in desk.session.dossier.read.course.ticked(desk.panel.id)
    desk.put(line)
    desk.press(Qt.Key.Key_Space)
    desk.dialog()
    desk.press(Qt.Key.Key_Escape)
    assert check(desk, CheckKind.OPENING)[0]
    desk.click(line)
    again = desk.dialog()
    assert isinstance(again, OpeningDialog)
    desk.click(again.toggle)
    assert not check(desk, CheckKind.OPENING)[0]


def test_the_checklist_leads_to_what_is_missing(desk: Desk) -> None:
    lines = desk.stage.side.checklist.lines
    form = desk.stage.side.form
    desk.session.apply(panels.change_panel(desk.panel.id, date=dt.date(2023, 2, 14)))
    desk.click(lines[CheckKind.OCCASION])
    assert desk.focus() is form.start
    desk.click(lines[CheckKind.TIME])
    assert desk.focus() is desk.stage.guide_page.table
    known = dict.fromkeys(("consent_participation", "consent_name", "consent_quote"), Consent.YES)
    desk.session.apply(panels.add_panelist(desk.panel.id, "Renée Oude Wessel", 1, sector="po", **known))
    desk.session.apply(panels.add_panelist(desk.panel.id, "Fatma Yildiz", 2))
    assert check(desk, CheckKind.PANELISTS) == (False, "Stoel en sector: 1 van 2 panelleden")
    assert check(desk, CheckKind.CONSENT) == (False, "Toestemming: 1 van 2 beantwoord")
    desk.click(lines[CheckKind.PANELISTS])
    table = desk.stage.members.table
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, column_of("sector"))
    desk.press(Qt.Key.Key_Escape)
    desk.click(lines[CheckKind.CONSENT])
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, column_of("consent_participation"))


def test_seats_that_are_taken_twice_are_named(desk: Desk) -> None:
    for name in ("Renée Oude Wessel", "Fatma Yildiz"):
        desk.session.apply(panels.add_panelist(desk.panel.id, name, 3, sector="po"))
    assert check(desk, CheckKind.PANELISTS) == (False, "Stoel 3 is dubbel bezet")


def test_on_to_the_conversation(desk: Desk) -> None:
    desk.click(desk.stage.side.go_on)
    assert desk.window.stage is Stage.CONVERSATION


def test_a_dossier_without_a_panel_says_how_to_begin(
    qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path
) -> None:
    with desk_on(qtbot, theme, settings, tmp_path, panel=False) as desk:
        assert desk.stage.empty.isVisible()
        assert desk.stage.bar.isHidden()
        button = desk.stage.empty.button
        assert button is not None
        assert desk.focus() is button
        desk.press(Qt.Key.Key_Return)
        assert desk.stage.guide_page.isVisible()
        assert desk.stage.guide_page.total.text() == "110 minuten"
        assert desk.focus() is desk.stage.side.form.subregion
        desk.session.undo()
        assert desk.stage.empty.isVisible()
        assert desk.stage.bar.isHidden()


def test_a_small_window_still_reaches_everything(desk: Desk) -> None:
    desk.window.resize(960, 600)
    QApplication.processEvents()
    bar = desk.stage.bar
    assert bar.new_panel.isHidden()
    desk.click(bar.more)
    menu = next(menu for menu in bar.findChildren(QMenu) if menu.isVisible())
    words = [one.text().partition("\t")[0] for one in menu.actions()]
    assert words[:3] == ["Nieuw panel", "Notities importeren…", "Papieren…"]
    assert "Leidraad importeren…" in words
    menu.close()
    assert desk.stage.side.go_on.isVisible()
    assert desk.window.width() == 960


@pytest.mark.long
def test_the_look_changes_with_the_theme(desk: Desk, theme: Appearance) -> None:
    from sto_desktop.settings import AppearanceChoice

    light = desk.stage.grab().toImage()
    theme.set_choice(AppearanceChoice.DARK)
    dark = desk.stage.grab().toImage()
    assert light.pixelColor(5, 300).lightness() > 200
    assert dark.pixelColor(5, 300).lightness() < 60


def test_another_guide_for_a_panel_with_notes_is_asked_about_first(desk: Desk) -> None:
    at = desk.session.now()
    desk.session.apply(capture_note(desk.panel.id, desk.question(2).id, parse("Vier bezoeken per jaar"), at))
    desk.session.apply(action("leidraad toevoegen", create("guide", "kort", name="Korte leidraad")))
    before = desk.panel.guide
    choose_guide(desk)
    desk.dialog()
    desk.press(Qt.Key.Key_Escape)
    assert desk.panel.guide == before
    choose_guide(desk)
    desk.dialog()
    desk.press(Qt.Key.Key_Return)
    assert desk.panel.guide == "kort"
