"""Commands on several notes in Uitwerken, by key: bundle, split, label, set the speaker; and managing labels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.labels import COLOURS
from sto_desktop.domain.actions.panels import change_panelist
from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import Consent, Stance
from sto_desktop.settings import AppearanceChoice, SettingsStore
from sto_desktop.ui.base.long_writing import MANY_EDITS
from sto_desktop.ui.elaborate.notes.label_manager import LabelManager, MergeLabelDialog
from sto_desktop.ui.look.roles import ColourRole
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.label_dialog import LabelDialog
from sto_desktop.ui.notes.label_look import label_ink
from sto_desktop.ui.notes.speaker_dialog import SpeakerDialog
from sto_desktop.ui.widgets import TextDialog
from tests.ui import elaborated_panel as panel
from tests.ui.elaborate.test_notes import Bench
from tests.ui.elaborate.test_search import choose
from tests.ui.elaborated_panel import NOTES, PANEL, in_dialog, note_id
from tests.ui.look.test_theme import contrast
from tests.ui.reading import newest, note_rows

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def bench(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, theme, settings, panel.make_copy(tmp_path))
    yield made
    panel.close_window(made.window, made.session)


def come_back(bench: Bench) -> None:
    """Wait until the dialog has returned the focus."""
    bench.window.activateWindow()
    bench.qtbot.waitUntil(lambda: QApplication.focusWidget() is bench.notes)


def tags(bench: Bench, number: int) -> list[str]:
    """Return the labels of a note."""
    return [tag.name for tag in bench.note(number).content.tags]


def test_bundling_one_note_says_that_it_takes_two(bench: Bench) -> None:
    bench.choose(3)
    bench.key("b")
    assert newest(bench.window.notices) == "Kies twee of meer notities om te bundelen."
    QTest.keyClick(bench.notes, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    bench.key("b")
    assert len(bench.listed()) == len(NOTES) - 1


def test_a_bundle_shows_as_one_note_with_all_voices_and_comes_apart_with_the_same_key(bench: Bench) -> None:
    bench.choose(3, 4)
    bench.key("b")
    assert note_id(4) not in bench.listed()
    row = next(row for row in note_rows(bench.bench.model) if row.key == note_id(3))
    assert [item.text for item in row.content.bundled] == ["Kinderen vinden juist metaal het leukst."]
    assert row.people == "Sjoerd en Mirjam, bijval van Sjoerd, tegenspraak van Mirjam"
    assert bench.session.undo_label() == "notities bundelen"
    bench.key("b")
    assert bench.listed() == [note_id(number) for number in range(len(NOTES))]
    bench.undo()
    bench.undo()
    assert bench.listed() == [note_id(number) for number in range(len(NOTES))]
    assert bench.note(3).content.note.bundled_in is None


def test_alt_enter_splits_a_note_at_the_cursor_with_voices_and_labels(bench: Bench) -> None:
    bench.choose(3)
    bench.key(Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    cursor = editor.textCursor()  # type: ignore[union-attr]
    cursor.setPosition(editor.toPlainText().index("te weinig"))  # type: ignore[union-attr]
    editor.setTextCursor(cursor)  # type: ignore[union-attr]
    bench.key(Qt.Key.Key_Return, ALT)
    assert not bench.notes.editing
    rows = [
        row.content for row in note_rows(bench.bench.model) if row.content.question == bench.note(3).content.question
    ]
    assert [row.text for row in rows][:2] == ["Te veel metaal en hout,", "te weinig groen."]
    assert rows[1].note.split_from == note_id(3)
    assert {voice.stance for voice in rows[1].voices} == {Stance.SAYS, Stance.AGREES}
    assert bench.session.undo_label() == "notitie splitsen"
    bench.undo()
    assert bench.note(3).content.text == "Te veel metaal en hout, te weinig groen."
    assert len(bench.listed()) == len(NOTES)


def test_a_note_is_split_behind_words_that_were_written_after_its_speakers(bench: Bench) -> None:
    bench.choose(3)
    bench.key(Qt.Key.Key_Return)
    bench.key(Qt.Key.Key_End)
    bench.type(" en ook geen water.")
    for _ in "ook geen water.":
        bench.key(Qt.Key.Key_Left)
    bench.key(Qt.Key.Key_Return, ALT)
    rows = [row.content for row in note_rows(bench.bench.model)]
    assert [row.text for row in rows if row.question == bench.note(3).content.question][:2] == [
        "Te veel metaal en hout, te weinig groen. en",
        "ook geen water.",
    ]
    assert {voice.stance for voice in bench.note(3).content.voices} == {Stance.SAYS, Stance.AGREES}


def test_labels_are_put_on_many_notes_and_taken_off_in_one_step(bench: Bench) -> None:
    bench.choose(0, 1, 2)
    seen: list[tuple[str, Qt.CheckState]] = []

    def pick(dialog: QDialog) -> None:
        assert isinstance(dialog, LabelDialog)
        QTest.keyClicks(dialog.search, "robotica")
        QTest.keyClick(dialog.search, Qt.Key.Key_Space)
        lines = [(line.text(), line.checkState()) for line in map(dialog.list.item, range(dialog.list.count()))]
        seen.extend(lines)
        QTest.keyClick(dialog.search, Qt.Key.Key_Space)
        QTest.keyClick(dialog.search, Qt.Key.Key_Space)
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)

    in_dialog(pick)
    bench.key("l")
    come_back(bench)
    assert seen == [("#technolab", Qt.CheckState.PartiallyChecked), ("#robotica", Qt.CheckState.Checked)]
    assert [tags(bench, number) for number in (0, 1, 2)] == [["robotica"]] * 3
    assert bench.session.undo_label() == "labels kiezen"
    bench.undo()
    assert [tags(bench, number) for number in (0, 1, 2)] == [["technolab"], [], []]


def test_the_last_labels_have_a_key_each_that_turns_them(bench: Bench) -> None:
    def pick(dialog: QDialog) -> None:
        assert isinstance(dialog, LabelDialog)
        QTest.keyClicks(dialog.search, "groen")
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)

    in_dialog(pick)
    bench.choose(3)
    bench.key("l")
    come_back(bench)
    assert tags(bench, 3) == ["groen"]
    bench.choose(1, 2)
    bench.key("z")
    bench.key("x")
    assert [tags(bench, number) for number in (1, 2)] == [["groen", "technolab"]] * 2
    assert "#groen\tZ" in [action.text() for action in bench.notes.menu().actions()]
    bench.key("z")
    assert [tags(bench, number) for number in (1, 2)] == [["technolab"]] * 2


def test_who_said_notes_is_told_for_all_at_once(bench: Bench) -> None:
    bench.choose(3, 6)

    def pick(dialog: QDialog) -> None:
        assert isinstance(dialog, SpeakerDialog)
        QTest.keyClicks(dialog.search, "ahm")
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)

    in_dialog(pick)
    bench.key("w")
    come_back(bench)
    ahmet = next(member.id for member in bench.session.dossier.read.members.of_panel(panel.PANEL) if member.seat == 4)
    assert [bench.note(number).content.speakers for number in (3, 6)] == [(ahmet,), (ahmet,)]
    assert len(bench.note(3).content.panelists(Stance.AGREES)) == 1
    assert bench.session.undo_label() == "spreker kiezen"
    bench.undo()
    assert ahmet not in bench.note(3).content.speakers


def test_who_does_not_take_part_is_given_no_note_here_either(bench: Bench) -> None:
    ahmet = next(member for member in bench.session.dossier.read.members.of_panel(panel.PANEL) if member.seat == 4)
    bench.session.apply(change_panelist(ahmet.id, consent_participation=Consent.NO))
    before = bench.note(3).content
    bench.choose(3)

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, SpeakerDialog)
        assert not dialog.list.findItems("Ahmet", Qt.MatchFlag.MatchContains)
        dialog.reject()

    in_dialog(look)
    bench.key("w")
    come_back(bench)
    bench.key(Qt.Key.Key_Return)
    bench.type(" En duur. @4")
    bench.key(Qt.Key.Key_Return)
    # The words stay in the field, which is open again.
    bench.qtbot.waitUntil(lambda: bench.notes.editing)
    assert bench.note(3).content == before
    assert "En duur." in QApplication.focusWidget().toPlainText()  # type: ignore[union-attr]
    bench.type("+")
    bench.key(Qt.Key.Key_Return)
    assert bench.note(3).content.text.endswith("En duur.")
    assert ahmet.id not in bench.note(3).content.speakers


def name_it(name: str) -> None:
    """Give the answer to the next question."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, TextDialog | MergeLabelDialog):
            QTimer.singleShot(20, answer)
            return
        field = dialog.line if isinstance(dialog, TextDialog) else dialog.search
        field.clear()
        QTest.keyClicks(field, name)
        QTest.keyClick(field, Qt.Key.Key_Return)

    QTimer.singleShot(20, answer)


def test_labels_are_renamed_merged_coloured_and_deleted_and_each_is_undone(bench: Bench) -> None:
    bench.bench.pane.hands.deeds.label([note_id(2), note_id(3)], ["lab"])

    def manage(dialog: QDialog) -> None:
        manager = cast(LabelManager, dialog)
        # On 1366 × 768 at 225 %.
        assert manager.width() <= 607
        manager.list.setCurrentRow([tag.name for tag in manager._tags].index("lab"))
        name_it("werkplaats")
        manager.rename()
        assert [tags(bench, number) for number in (2, 3)] == [["werkplaats"]] * 2
        assert manager.tag().name == "werkplaats"  # type: ignore[union-attr]
        name_it("#technolab")
        QTest.mouseClick(manager.merge_button, Qt.MouseButton.LeftButton)
        assert [tags(bench, number) for number in (0, 2, 3)] == [["technolab"]] * 3
        assert [tag.name for tag in manager._tags] == ["technolab"]
        choose(manager.colours(), "paars")
        assert bench.note(0).content.tags[0].colour == "paars"
        QTest.keyClick(manager.list, Qt.Key.Key_Delete)
        assert tags(bench, 0) == []
        manager.reject()

    in_dialog(manage)
    choose(bench.bench.filters.menu(), "Labels beheren…")
    come_back(bench)
    for label in ("label verwijderen", "kleur van label kiezen", "labels samenvoegen", "label hernoemen"):
        assert bench.session.undo_label() == label
        bench.undo()
    assert [tags(bench, number) for number in (0, 2, 3)] == [["technolab"], ["lab"], ["lab"]]


@pytest.mark.parametrize("choice", [AppearanceChoice.LIGHT, AppearanceChoice.DARK])
@pytest.mark.parametrize("colour", ["", *COLOURS, "een andere"])
def test_every_colour_of_a_label_is_readable(theme: Appearance, choice: AppearanceChoice, colour: str) -> None:
    theme.set_choice(choice)
    for ground in (ColourRole.SURFACE, ColourRole.SUNKEN, ColourRole.PRIMARY_SOFT):
        assert contrast(label_ink(theme, colour), theme.color(ground)) >= 4.5


def test_the_pointer_says_that_the_program_is_at_work_on_a_thousand_notes(bench: Bench) -> None:
    question = bench.note(0).content.question
    assert question is not None
    made = [
        create("note", f"many-{number}", panel=PANEL, position=Position(question, "a0"), text=f"Nummer {number}")
        for number in range(MANY_EDITS)
    ]
    bench.session.apply(action("notities importeren", made))
    seen: list[bool] = []
    bench.session.changed.connect(lambda _changed: seen.append(QApplication.overrideCursor() is not None))
    bench.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    bench.key("o")
    assert seen == [True]
    assert QApplication.overrideCursor() is None
    content = bench.stage.material.content
    assert content is not None
    assert all(note.note.set_aside for note in content.notes)
    bench.notes.show_note(note_id(0))
    bench.key("s")
    assert seen == [True, False]
