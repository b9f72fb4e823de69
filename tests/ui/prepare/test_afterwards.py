"""Papers of the hours after a panel, in the window: for whom they are, copied, saved, and recorded as given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions import panels
from sto_desktop.domain.actions.notes import capture_note
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.log.change import action, change
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.report.papers.kinds import Paper
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.names_dialog import NamesDialog
from sto_desktop.ui.prepare.papers.papers_page import PapersPage
from sto_desktop.workplace.access import access_package
from tests.ui.paper.pdf_reading import text_of_pdf
from tests.ui.prepare.test_papers import pages_of, papers, words
from tests.ui.prepare_support import Desk, desk_on
from tests.ui.reading import newest


@pytest.fixture
def desk(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Desk]:
    with desk_on(qtbot, theme, settings, tmp_path) as made:
        day = dt.date(2023, 2, 14)
        made.session.apply(
            panels.change_panel(
                made.panel.id, title="Panel Oldenzaal", subregion="Oldenzaal", date=day, moderator="M. Assink"
            )
        )
        yield made


def spoken(desk: Desk) -> None:
    """Give the panel two members who said something, an agreement, and one who does not take part."""
    for seat, (name, answer) in enumerate((("Renée Oude Wessel", "YES"), ("Jan Smit", "YES"), ("Bo Vink", "NO")), 1):
        consents = {f"consent_{what}": Consent[answer] for what in ("participation", "name", "quote")}
        desk.session.apply(panels.add_panelist(desk.panel.id, name, seat, role="docent", sector="vmbo", **consents))
    people = desk.people
    asked = desk.session.dossier.read.guides.of_panel(desk.panel.id).questions()
    question = next(item for theme, item in asked if item.aspect and theme.is_conversation)
    for typed in ("De bus rijdt niet meer. @1", "Jan kwam zelf kijken. @1", "Het rooster is vol. @2"):
        desk.session.apply(capture_note(desk.panel.id, question.id, parse(typed, people), desk.session.now()))
    busje = parse("> Een busje regelen", people)
    desk.session.apply(capture_note(desk.panel.id, question.id, busje, desk.session.now(), note="afspraak"))
    agreed = change("note", "afspraak", owner="gemeente Oldenzaal", due=dt.date(2023, 3, 1))
    desk.session.apply(action("wie en wanneer", agreed))


def shown_for(desk: Desk, page: PapersPage) -> list[str]:
    """Wait until it is known for whom the paper can be, and return that."""
    desk.qtbot.waitUntil(lambda: page.whom.ready)
    return [page.whom.box.itemText(row) for row in range(page.whom.box.count())]


def says(page: PapersPage, words_there: str) -> bool:
    return words_there in page.about.text()


def notified(desk: Desk, name: str) -> bool:
    return name in newest(desk.window.notices)


def test_the_letter_of_a_member_is_copied_and_saved_with_only_their_own_words(desk: Desk, tmp_path: Path) -> None:
    spoken(desk)
    page = papers(desk, "Panelch")
    assert shown_for(desk, page) == ["Renée Oude Wessel", "Jan Smit"]
    desk.click(page.copy)
    desk.qtbot.waitUntil(lambda: notified(desk, "gekopieerd"))
    letter = QGuiApplication.clipboard().text()
    assert "Beste Renée Oude Wessel," in letter
    assert "– De bus rijdt niet meer." in letter
    assert "rooster" not in letter
    assert "Jan" not in letter
    page.whom.box.setFocus()
    desk.press(Qt.Key.Key_Down)
    for button, target in ((page.word, tmp_path / "brief.docx"), (page.pdf, tmp_path / "brief.pdf")):
        desk.files.append(target)
        desk.click(button)
        desk.qtbot.waitUntil(partial(notified, desk, target.name))
    assert "Het rooster is vol." in words(tmp_path / "brief.docx")
    assert "Het rooster is vol." in text_of_pdf((tmp_path / "brief.pdf").read_bytes())
    assert "bus" not in words(tmp_path / "brief.docx")
    made = desk.session.dossier.read.course.all_issued()
    assert {(one.naming, one.recipient) for one in made} == {
        ("ONE_PERSON", "Renée Oude Wessel"),
        ("ONE_PERSON", "Jan Smit"),
    }
    # Who asks for what is kept of them is told of their own letter only.
    told = access_package(desk.session.dossier, "Jan Smit", dt.date(2023, 3, 1))
    assert [recipient for _, _, _, recipient in told.recipients] == ["Jan Smit", "Jan Smit"]


def test_all_letters_go_into_a_new_folder_in_one_click(desk: Desk, tmp_path: Path) -> None:
    spoken(desk)
    page = papers(desk, "Panelch")
    shown_for(desk, page)
    folder = tmp_path / "brieven"
    folder.mkdir()
    for made in (folder.with_name("brieven (2)"), folder.with_name("brieven (3)")):
        desk.files.append(folder)
        desk.click(page.each)
        # What was in a folder may be of before.
        desk.qtbot.waitUntil(partial(notified, desk, f"2 brieven bewaard in de map {made.name}."))
        names = ["jan-smit", "renée-oude-wessel"]
        letters = sorted(made.iterdir())
        assert [file.name for file in letters] == [
            f"panelcheck-per-panellid-{who}-panel-oldenzaal.docx" for who in names
        ]
        assert [("rooster" in words(file), "bus" in words(file)) for file in letters] == [(True, False), (False, True)]
    assert not list(folder.iterdir())
    issued = desk.session.dossier.read.course.all_issued()
    assert sorted(one.recipient for one in issued) == ["Jan Smit"] * 2 + ["Renée Oude Wessel"] * 2
    page.choose(Paper.AGREED)
    shown_for(desk, page)
    assert page.each.isVisible()
    page.choose(Paper.ONE_PAGE)
    assert not page.each.isVisible()


def test_agreements_are_copied_for_one_owner_and_for_all(desk: Desk) -> None:
    spoken(desk)
    page = papers(desk, "Afspraken")
    assert shown_for(desk, page) == ["Iedereen", "Gemeente Oldenzaal"]
    page.whom.box.setFocus()
    desk.press(Qt.Key.Key_Down)
    desk.click(page.copy)
    desk.qtbot.waitUntil(lambda: notified(desk, "gekopieerd"))
    text = QGuiApplication.clipboard().text()
    assert "dat u dit doet:\n\n– Een busje regelen. Vóór 1 maart 2023." in text
    (made,) = desk.session.dossier.read.course.all_issued()
    assert (made.naming, made.recipient) == ("FULL", "Gemeente Oldenzaal")


def test_where_nothing_was_said_the_papers_say_so_and_can_not_be_made(desk: Desk) -> None:
    page = papers(desk, "Panelch")
    for kind, said in (
        (Paper.CHECK, "eigen woorden"),
        (Paper.AGREED, "geen afspraken"),
        (Paper.CHANGES, "nog geen verslag"),
        (Paper.ONE_PAGE, "geen notities"),
    ):
        page.choose(kind)
        desk.qtbot.waitUntil(partial(says, page, said))
        assert not any(button.isEnabled() for button in (page.copy, page.word, page.pdf, page.print))
    page.choose(Paper.THANKS)
    assert page.copy.isEnabled()


def test_the_thanks_are_copied_with_the_day_of_the_draft_from_the_panel_s_data(desk: Desk) -> None:
    desk.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    desk.put(desk.stage.details.draft)
    desk.type("7 maart 2023")
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_Escape)
    page = papers(desk, "Bedank")
    desk.click(page.copy)
    text = QGuiApplication.clipboard().text()
    assert "het panelgesprek van 14 februari 2023 over Sterk Techniekonderwijs (STO) in de subregio Oldenzaal." in text
    assert "- Op 7 maart 2023 krijgt u het concept" in text


def test_one_a4_is_one_page_on_the_screen_and_in_the_file(desk: Desk, tmp_path: Path) -> None:
    spoken(desk)
    page = papers(desk, "Eén")
    desk.qtbot.waitUntil(lambda: page.whom.ready and page.view.complete)
    desk.files.append(tmp_path / "a4.pdf")
    desk.click(page.pdf)
    desk.qtbot.waitUntil(lambda: notified(desk, "a4.pdf"))
    assert pages_of(tmp_path / "a4.pdf") == page.view.pages == 1


def test_headings_in_the_list_are_passed_over_by_keys(desk: Desk) -> None:
    page = papers(desk, "Naam")
    desk.press(Qt.Key.Key_Down)
    assert page.list.currentItem().text() == "Bedankbericht"
    desk.press(Qt.Key.Key_Up)
    assert page.list.currentItem().text() == "Naamkaarten"


def test_what_may_be_about_somebody_is_asked_before_a_paper_leaves(desk: Desk) -> None:
    spoken(desk)
    (question,) = {note.question for note in desk.session.dossier.read.notes.of_panel(desk.panel.id)}
    doubtful = parse("Leerling Kevin is overspannen. @1", desk.people)
    desk.session.apply(capture_note(desk.panel.id, question, doubtful, desk.session.now()))
    page = papers(desk, "Panelch")
    shown_for(desk, page)
    desk.click(page.copy)
    dialog = desk.dialog()
    assert isinstance(dialog, NamesDialog)
    assert not desk.session.dossier.read.course.all_issued()
    desk.click(dialog.approve)
    desk.qtbot.waitUntil(lambda: bool(desk.session.dossier.read.course.all_issued()))
    assert "Kevin" not in QGuiApplication.clipboard().text()


def test_meanwhile_no_other_paper_stands_where_the_chosen_one_will_be(desk: Desk) -> None:
    spoken(desk)
    seen: list[tuple[str, bool]] = []
    desk.stage.show_papers(Paper.CHECK)
    view = desk.stage.papers.view
    desk.qtbot.waitUntil(partial(looked, seen, desk.stage.papers))
    assert "Uw woorden in het verslag" in view.text()
    assert {text for text, ready in seen if not ready} <= {""}


def looked(seen: list[tuple[str, bool]], page: PapersPage) -> bool:
    """Note what is to be seen, and return whether the paper is there."""
    seen.append((page.view.text(), page.whom.ready))
    return page.whom.ready and page.view.complete and page.view.pages > 0
