"""Searching and filtering in Uitwerken: over everything, over panels, and with saved searches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.elaborate import add_recommendation
from sto_desktop.domain.actions.notes import agree_on, bundle_notes, capture_note
from sto_desktop.domain.actions.panels import add_panel, change_panelist
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.identity import new_id
from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.panel.note_filter import Grouping, NoteFilter
from sto_desktop.domain.place import Position, key_of_moment
from sto_desktop.domain.vocabulary import Aspect
from sto_desktop.exchange.guides import builtin_guide_id
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.elaborate.notes.filter_menu import LONGEST_LINE
from sto_desktop.ui.elaborate.notes.list_and_board import MOST_MEASURED
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.listing import HeadingRow
from sto_desktop.ui.widgets import TextDialog
from tests.ui import elaborated_panel as panel
from tests.ui.elaborate.test_notes import Bench
from tests.ui.elaborated_panel import HELD, NOTES, PANEL, note_id
from tests.ui.reading import note_rows

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bench(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Bench]:
    copy = panel.make_copy(tmp_path)
    panel.add_first_insight(copy)
    copy.dossier.apply(add_recommendation(PANEL, "Neem groen op in de robotles.", recommendation="advice"))
    copy.dossier.apply(add_panel(builtin_guide_id(), title="Panel Hengelo", panel="hengelo"))
    question = panel.question_id(copy, "Beeldvorming", Aspect.YIELD)
    copy.dossier.apply(capture_note("hengelo", question, parse("De robot stond op de markt."), HELD, note="away"))
    copy.dossier.set_setting("panel", PANEL)
    made = Bench(qtbot, theme, settings, copy)
    yield made
    panel.close_window(made.window, made.session)


def search(bench: Bench, words: str) -> None:
    """Type in the search field."""
    bench.key(Qt.Key.Key_F, CTRL)
    bench.type(words)


def choose(menu: QMenu, *path: str) -> None:
    """Choose a menu entry by its text."""
    for text in path[:-1]:
        found = next(one for one in menu.actions() if one.text() == text).menu()
        assert isinstance(found, QMenu)
        menu = found
    action: QAction = next(one for one in menu.actions() if one.text() == path[-1])
    action.trigger()


def test_a_search_finds_members_insights_and_recommendations_too(bench: Bench) -> None:
    search(bench, "robot")
    lines = bench.bench.pane.found_strip.lines
    assert bench.listed() == [note_id(5)]
    assert [line.text() for line in lines] == ["Aanbeveling: Neem groen op in de robotles."]
    search(bench, " niets")
    assert not bench.bench.pane.found_strip.isVisible()
    bench.key(Qt.Key.Key_Escape)
    search(bench, "iedereen")
    assert [line.result.row for line in bench.bench.pane.found_strip.lines] == ["first"]
    bench.bench.pane.found_strip.lines[0].setFocus()
    bench.key(Qt.Key.Key_Return)
    card = bench.bench.side.card("first")
    assert card is not None
    assert QApplication.focusWidget() is card
    assert card.is_open


def test_a_member_that_was_found_shows_what_they_said(bench: Bench) -> None:
    search(bench, "truus")
    (line,) = bench.bench.pane.found_strip.lines
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert bench.listed() == [note_id(1), note_id(2), note_id(5)]
    assert bench.bench.filters.count.text() == "3 van 7 notities · Truus Engbers"


def test_a_search_full_of_syntax_is_a_search_for_its_words(bench: Bench) -> None:
    for typed in ('"robot', "robot*", "NEAR(robot", "robot AND", "body:robot", "-robot", "^robot", "'robot"):
        bench.bench.filters.search.clear()
        search(bench, typed)
        words = typed.replace("AND", "").replace("NEAR", "").replace("body", "")
        assert (bench.listed() == [note_id(5)]) is (words == typed), typed
    search(bench, " OR zzz")
    assert bench.listed() == []


def test_filters_of_the_menu_narrow_and_are_said(bench: Bench) -> None:
    choose(bench.bench.filters.menu(), "Sector", "gemeente")
    assert bench.listed() == [note_id(6)]
    assert bench.bench.filters.count.text() == "1 van 7 notities · gemeente"
    assert bench.bench.filters.more.isChecked()
    choose(bench.bench.filters.menu(), "Sector", "Alle sectoren")
    choose(bench.bench.filters.menu(), "Label", "#technolab")
    assert bench.listed() == [note_id(0)]
    QTest.mouseClick(bench.bench.filters.clear, Qt.MouseButton.LeftButton)
    assert len(bench.listed()) == len(NOTES)
    choose(bench.bench.filters.menu(), "Zonder spreker")
    assert bench.listed() == []


def test_one_question_alone_can_be_shown(bench: Bench) -> None:
    content = bench.stage.material.content
    assert content is not None
    text = content.guide.question(bench.note(3).content.question).text  # type: ignore[union-attr]
    lines = next(one for one in bench.bench.filters.menu().actions() if one.text() == "Vraag").menu().actions()  # type: ignore[attr-defined]
    # Only questions with notes, each on one line.
    assert len(lines) == 6
    assert max(len(line.text()) for line in lines) <= LONGEST_LINE
    next(line for line in lines if line.text().startswith(f"1 {text}"[:40])).trigger()
    assert bench.listed() == [note_id(3), note_id(4)]
    assert bench.bench.filters.count.text() == f"2 van 7 notities · 1 {text}"
    choose(bench.bench.filters.menu(), "Vraag", "Alle vragen")
    assert len(bench.listed()) == len(NOTES)


def test_the_list_groups_and_sorts(bench: Bench) -> None:
    choose(bench.bench.filters.menu(), "Groeperen", "Per soort")
    model = bench.bench.model
    headings = [row.text for row in map(model.row, range(model.rowCount())) if isinstance(row, HeadingRow)]
    assert headings == ["Opbrengst", "Succesfactor", "Verbeterpunt", "Citaat"]
    choose(bench.bench.filters.menu(), "Groeperen", "Niet groeperen")
    choose(bench.bench.filters.menu(), "Sorteren", "Op alfabet")
    texts = [row.content.text for row in note_rows(model)]
    assert texts == sorted(texts, key=str.casefold)
    assert model.rowCount() == len(NOTES)


def test_all_panels_stand_in_one_list_and_their_notes_can_be_changed(bench: Bench) -> None:
    choose(bench.bench.filters.menu(), "Alle panels van dit dossier")
    assert set(bench.listed()) == {"away", *(note_id(number) for number in range(len(NOTES)))}
    row = next(row for row in note_rows(bench.bench.model) if row.key == "away")
    assert row.place == "Panel Hengelo"
    bench.notes.show_note("away")
    bench.notes.setFocus()
    bench.key("s")
    note = bench.session.dossier.read.notes.get("away")
    assert note is not None
    assert note.note.star
    assert next(row for row in note_rows(bench.bench.model) if row.key == "away").content.note.star


def test_a_search_is_kept_by_name_asked_for_again_and_undone(bench: Bench) -> None:
    search(bench, "kinderen")
    choose(bench.bench.filters.menu(), "Groeperen", "Per spreker")

    def name_it() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, TextDialog)
        assert dialog.line.text() == "kinderen"
        dialog.line.setText("Over kinderen")
        dialog.accept()

    QTimer.singleShot(50, name_it)
    choose(bench.bench.filters.menu(), "Deze zoekopdracht bewaren…")
    listed = bench.listed()
    QTest.mouseClick(bench.bench.filters.clear, Qt.MouseButton.LeftButton)
    assert len(bench.listed()) == len(NOTES)
    choose(bench.bench.filters.menu(), "Over kinderen")
    assert bench.listed() == listed == [note_id(1), note_id(4)]
    assert bench.bench.filters.filter == NoteFilter(grouping=Grouping.SPEAKER)
    assert bench.session.undo_label() == "zoekopdracht bewaren"
    choose(bench.bench.filters.menu(), "Zoekopdracht verwijderen", "Over kinderen")
    assert "Over kinderen" not in [one.text() for one in bench.bench.filters.menu().actions()]


def test_what_is_found_in_a_bundle_is_shown_by_the_note_that_speaks_for_it(bench: Bench) -> None:
    read = bench.session.dossier.read
    speaker, other = (read.notes.get(note_id(number)) for number in (3, 4))
    assert speaker is not None
    assert other is not None
    bench.session.apply(bundle_notes(speaker, [other]))
    search(bench, "leukst")
    assert bench.listed() == [note_id(3)]


def test_a_long_list_reads_only_the_rows_that_it_shows(bench: Bench) -> None:
    question = panel.question_id(bench.copy, "Beeldvorming", Aspect.YIELD)
    edits = [
        create("note", new_id(), panel="hengelo", position=Position(question, key_of_moment(HELD)), text=f"nummer {at}")
        for at in range(MOST_MEASURED + 200)
    ]
    bench.session.apply(action("notities importeren", edits))
    choose(bench.bench.filters.menu(), "Alle panels van dit dossier")
    model = bench.bench.model
    bench.qtbot.waitUntil(lambda: len(model.notes()) > MOST_MEASURED)
    bench.notes.grab()
    assert len(model.notes()) == MOST_MEASURED + 200 + len(NOTES) + 1
    assert len(model._kept) < 400
    bench.notes.scrollToBottom()
    bench.notes.grab()
    assert len(model._kept) < 800
    bench.notes.setFocus()
    bench.key(Qt.Key.Key_Down)
    bench.key(Qt.Key.Key_End)
    assert bench.notes.selected() == [model.notes()[-1]]


def test_what_is_like_the_chosen_note_stands_beside_it_and_leads_there(bench: Bench) -> None:
    question = panel.question_id(bench.copy, "Beeldvorming", Aspect.IMPROVEMENT)
    text = "Er is te weinig groen en te veel metaal in de opdrachten."
    bench.session.apply(capture_note("hengelo", question, parse(text), HELD, note="same"))
    bench.choose(3)
    similar = bench.bench.similar
    bench.qtbot.waitUntil(lambda: [row.key for row in similar.rows][:1] == ["same"])
    assert similar.rows[0].place == "Panel Hengelo"
    similar.cards[0].clicked.emit()
    assert bench.bench.pane.views.selected() == ["same"]
    assert bench.bench.filters.filter.all_panels
    bench.choose(3, 4)
    assert not similar.isVisible()


def test_a_search_finds_the_answer_to_an_open_question_and_who_finds_out(bench: Bench) -> None:
    note = bench.session.dossier.read.notes.get(note_id(3))
    assert note is not None
    bench.session.apply(agree_on(note, "Wethouder Smit", None, "De provincie betaalt de pendelbus."))
    search(bench, "pendelb")
    assert bench.listed() == [note_id(3)]
    bench.key(Qt.Key.Key_Escape)
    search(bench, "wethouder")
    assert bench.listed() == [note_id(3)]


def test_a_search_finds_what_who_could_not_come_sent_in(bench: Bench) -> None:
    members = bench.session.dossier.read.members.of_panel(PANEL)
    text = "Ik kan er niet bij zijn. " + "Veel gaat goed. " * 20 + "Maar de weg naar de werkplaats is onveilig."
    bench.session.apply(change_panelist(members[0].id, present=False, written=text))
    search(bench, "werkpl")
    (line,) = bench.bench.pane.found_strip.lines
    assert line.text() == "Schriftelijke inbreng: … Maar de weg naar de werkplaats is onveilig."
    assert members[0].name in line.toolTip()
    bench.key(Qt.Key.Key_Escape)
    # By the name of who sent it in too, as a member.
    search(bench, members[0].name.split()[0])
    assert [one.result.table for one in bench.bench.pane.found_strip.lines] == ["panelist"]
    bench.key(Qt.Key.Key_Escape)
    search(bench, "onveilig")
    QTest.mouseClick(bench.bench.pane.found_strip.lines[0], Qt.MouseButton.LeftButton)
    shown = bench.bench.sent_in
    assert QApplication.focusWidget() is shown.change
    assert not shown.change.visibleRegion().isEmpty()
