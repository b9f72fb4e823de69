"""Spelling while a note is edited: what is marked, what is suggested, and what counts as correct."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from sto_desktop.settings import SettingsStore
from sto_desktop.ui.elaborate.notes.note_delegate import NoteEditor
from sto_desktop.ui.fields.spelling import SpelledEdit, Spelling
from sto_desktop.ui.findings.recommendation_form import RecommendationDialog
from sto_desktop.ui.look.theme import Appearance
from tests.ui import elaborated_panel as panel
from tests.ui.elaborate.test_notes import Bench
from tests.ui.elaborated_panel import note_id


@pytest.fixture(scope="module")
def spelling(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Spelling:
    made = Spelling(SettingsStore(tmp_path_factory.mktemp("settings") / "settings.json"))
    made.load()
    made.wait()
    made.set_names(["Jaap ten Veldkamp", "Hoekstra Koeltechniek", "Ahmet Çelik"])
    return made


def wrong(spelling: Spelling, text: str) -> list[str]:
    """Return the words that are marked."""
    return [text[start:end] for start, end in spelling.wrong(text)]


def test_dutch_is_right_and_slips_are_marked(spelling: Spelling) -> None:
    assert wrong(spelling, "De leerlingen maken zelf foto's van het metaalbedrijf.") == []
    assert wrong(spelling, "De leerlinngen maken zlef een robot.") == ["leerlinngen", "zlef"]
    assert "leerlingen" in spelling.suggestions("leerlinngen")


def test_names_labels_speakers_addresses_and_abbreviations_are_right(spelling: Spelling) -> None:
    assert (
        wrong(spelling, "Veldkamp en Çelik van Koeltechniek, @xyzzy #qwrtp info@bdrf.nl https://qqq.nl BWI PIE") == []
    )
    assert wrong(spelling, "Veldkamq") == ["Veldkamq"]


def test_an_own_word_stays_right(spelling: Spelling) -> None:
    assert wrong(spelling, "De robolab-dag") == ["robolab-dag"]
    spelling.add("robolab-dag")
    assert wrong(spelling, "De robolab-dag") == []
    again = Spelling(SettingsStore(spelling._settings.path))
    again.load()
    again.wait()
    assert wrong(again, "De Robolab-dag") == []


@given(st.text(max_size=60))
@examples(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_checked(spelling: Spelling, text: str) -> None:
    places = [place for span in spelling.wrong(text) for place in span]
    assert places == sorted(places)


@pytest.fixture
def bench(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, theme, settings, panel.make_copy(tmp_path))
    yield made
    panel.close_window(made.window, made.session)


def mend(editor: SpelledEdit, wrong: str, right: str) -> None:
    """Choose a suggestion of the menu for a word."""
    cursor = editor.textCursor()
    cursor.setPosition(editor.toPlainText().index(wrong) + 2)
    editor.setTextCursor(cursor)
    next(action for action in editor.menu().actions() if action.text() == right).trigger()


def test_slips_in_an_insight_are_marked_and_mended(bench: Bench) -> None:
    bench.choose(6)
    bench.key("i")
    editor = QApplication.focusWidget()
    assert isinstance(editor, SpelledEdit)
    bench.stage.spelling.wait()
    editor.setPlainText("Het beedl verandert langzaam, zegt Sjoerd Hoekstra.")
    marked = [form.start for form in editor.document().firstBlock().layout().formats()]
    assert marked == [editor.toPlainText().index("beedl")]
    mend(editor, "beedl", "beeld")
    bench.key(Qt.Key.Key_Return)
    content = bench.stage.material.content
    assert content is not None
    assert [insight.insight.text for insight in content.insights] == [
        "Het beeld verandert langzaam, zegt Sjoerd Hoekstra."
    ]


def test_slips_in_every_text_of_a_recommendation_are_mended(bench: Bench) -> None:
    bench.choose(6)

    def write(dialog: QDialog) -> None:
        assert isinstance(dialog, RecommendationDialog)
        bench.stage.spelling.wait()
        for field in (dialog.text, dialog.first_step, dialog.securing):
            field.setPlainText("Vraag het beedl op.")
            mend(field, "beedl", "beeld")
        dialog.accept()

    panel.in_dialog(write)
    bench.key("a")
    content = bench.stage.material.content
    assert content is not None
    (made,) = [recommendation.recommendation for recommendation in content.recommendations]
    assert {made.text, made.first_step, made.securing} == {"Vraag het beeld op."}


def test_a_slip_in_a_note_is_mended_from_the_menu(bench: Bench) -> None:
    bench.choose(6)
    bench.key(Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    assert isinstance(editor, NoteEditor)
    bench.stage.spelling.wait()
    editor.setPlainText("Niemand vraagt of het beedl verandert.")
    mend(editor, "beedl", "beeld")
    assert editor.toPlainText() == "Niemand vraagt of het beeld verandert."
    bench.key(Qt.Key.Key_Return)
    assert bench.note(6).content.text == "Niemand vraagt of het beeld verandert."
    assert note_id(6) in bench.listed()
