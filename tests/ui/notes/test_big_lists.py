"""Lists of thousands of notes are looked up on a worker: the window reads little, and shows the right rows at last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from benchmarks import dossiers
from sto_desktop.app import make_window
from sto_desktop.domain.panel.note_filter import Grouping, NoteFilter, Ordering
from sto_desktop.domain.vocabulary import PanelStatus
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.log.log import extent
from sto_desktop.storage.working.check import check
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.ui.base.session import LONG_LOG, Session
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.conversation.stage import ConversationStage
from sto_desktop.ui.elaborate.notes.notes_pane import MOST_AT_ONCE, NotesPane
from sto_desktop.ui.elaborate.notes.notes_view import NotesView
from sto_desktop.ui.elaborate.stage import ElaborateStage
from sto_desktop.ui.notes.listing import Listing
from sto_desktop.ui.prepare.stage import PrepareStage
from sto_desktop.ui.shell.main_window import MainWindow
from tests.work import Work, counted

pytestmark = pytest.mark.long

EVERYTHING = replace(NoteFilter(), all_panels=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier with more notes than are looked up at once."""
    path = tmp_path_factory.mktemp("veel") / "veel.sto"
    dossiers.make(path, MOST_AT_ONCE + 500)
    return path


@pytest.fixture
def stage(
    qtbot: QtBot, qapp: QApplication, settings: SettingsStore, made: Path, tmp_path: Path
) -> Iterator[ElaborateStage]:
    """Uitwerken of a usual panel in that dossier."""
    path = tmp_path / "veel.sto"
    path.write_bytes(made.read_bytes())
    window, desk = make_window(qapp, settings)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    desk.open(path)
    qtbot.waitUntil(lambda: window.session is not None, timeout=20_000)
    assert window.session is not None
    window.session.show_panel(window.session.dossier.read.panels.listed()[-1].id)
    with qtbot.waitActive(window):
        window.show()
    window.navigate(Stage.ELABORATE)
    shown = window.stage_widget(Stage.ELABORATE)
    assert isinstance(shown, ElaborateStage)
    yield shown
    desk.put_away()


def dossier_of(stage: ElaborateStage) -> Dossier:
    """Return the open dossier."""
    return stage.work._session.dossier


def right(stage: ElaborateStage, wanted: NoteFilter, words: str = "") -> list[str]:
    """Return the notes that belong in the list, looked up anew."""
    listing = Listing(stage.material, dossier_of(stage).read)
    return [entry for entry in listing.entries(wanted, words) if isinstance(entry, str)]


def is_looking(pane: NotesPane) -> bool:
    """Return whether the pane says that it is looking."""
    return pane.filters.count.text() == "bezig met zoeken…"


def shown(qtbot: QtBot, pane: NotesPane) -> list[str]:
    """Wait for the list, and return its notes."""
    qtbot.waitUntil(lambda: not is_looking(pane), timeout=20_000)
    return pane.views.model.notes()


def assert_little(work: Work) -> None:
    """Assert that no statement went through all notes."""
    assert not [statement for statement in work.statements if "FROM note AS n" in statement or "MATCH" in statement]


def test_the_window_reads_only_what_it_shows(qtbot: QtBot, stage: ElaborateStage) -> None:
    pane, raw = stage.bench.pane, dossier_of(stage).raw
    before = pane.views.model.notes()
    for wanted in (
        EVERYTHING,
        replace(EVERYTHING, ordering=Ordering.TEXT),
        replace(EVERYTHING, grouping=Grouping.SPEAKER),
    ):
        with counted(raw) as work:
            pane.filters.set_filter(wanted)
            # What was there stays until the other rows are.
            assert is_looking(pane)
            assert pane.views.model.notes() == before
            before = shown(qtbot, pane)
            pane.grab()
        assert_little(work)
        # What the rows of many panels say is read together.
        assert len(work.statements) < 40
        assert before == right(stage, wanted)
    with counted(raw) as work:
        QTest.keyClicks(pane.filters.search, "t")
        found = shown(qtbot, pane)
        pane.grab()
    assert_little(work)
    assert found == right(stage, wanted, "t")
    assert 0 < len(found) < len(before)


def test_only_what_was_asked_last_is_shown(qtbot: QtBot, stage: ElaborateStage) -> None:
    pane = stage.bench.pane
    alone = pane.views.model.notes()
    pane.filters.set_filter(EVERYTHING)
    QTest.keyClicks(pane.filters.search, "tech")
    assert shown(qtbot, pane) == right(stage, EVERYTHING, "tech")
    pane.filters.set_filter(replace(EVERYTHING, ordering=Ordering.TEXT))
    # Left before it is there: the search by Esc, the other panels by the button.
    QTest.keyClick(pane.filters.search, Qt.Key.Key_Escape)
    QTest.mouseClick(pane.filters.clear, Qt.MouseButton.LeftButton)
    assert pane.views.model.notes() == alone
    qtbot.wait(300)
    assert pane.views.model.notes() == alone


def test_a_text_being_typed_outlives_the_rows_that_arrive(qtbot: QtBot, stage: ElaborateStage) -> None:
    pane = stage.bench.pane
    view = pane.views.view
    assert isinstance(view, NotesView)
    note = pane.views.model.notes()[0]
    pane.filters.set_filter(EVERYTHING)
    view.edit_note(note)
    view.type_over("Nog aan het typen")
    qtbot.waitUntil(lambda: pane._held is not None, timeout=20_000)
    assert view.editing
    view.finish_editing()
    assert shown(qtbot, pane) == right(stage, EVERYTHING)
    (kept,) = dossier_of(stage).read.notes.some([note])
    assert kept.text == "Nog aan het typen"


def test_after_notes_are_deleted_the_next_one_is_chosen(qtbot: QtBot, stage: ElaborateStage) -> None:
    pane = stage.bench.pane
    pane.filters.set_filter(EVERYTHING)
    notes = shown(qtbot, pane)
    pane.views.view.show_note(notes[10])
    pane.hands.command("delete")
    assert notes[10] not in shown(qtbot, pane)
    assert pane.views.selected() == [notes[11]]


def all_labelled(qtbot: QtBot, stage: ElaborateStage) -> tuple[NotesPane, Session]:
    """Choose all notes, and make a label that can be given to them by its key."""
    pane, session = stage.bench.pane, stage.work._session
    pane.filters.set_filter(EVERYTHING)
    notes = shown(qtbot, pane)
    pane.hands.deeds.label(notes[-1:], ["technolab"])
    shown(qtbot, pane)
    pane.views.take_keyboard()
    QTest.keyClick(pane.views.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    return pane, session


def labels(session: Session) -> int:
    """Return how many notes have a label, by another reader."""
    return session.copy.read_apart(lambda read: sum(read.tags.counts().values()))


def test_labelling_thousands_is_written_elsewhere_while_keys_wait(qtbot: QtBot, stage: ElaborateStage) -> None:
    pane, session = all_labelled(qtbot, stage)
    notes = len(pane.views.model.notes())
    pressed: list[int] = []

    def press(working: str) -> None:
        if working:
            QTest.keyClicks(pane.filters.search, "te")
            pressed.append(len(pane.filters.search.text()))

    session.working.connect(press)
    pane.filters.search.setFocus()
    with counted(session.dossier.raw) as work:
        pane.hands.command("label_1")
    assert labels(session) == notes
    assert not [statement for statement in work.statements if statement.startswith("INSERT")]
    # What is typed meanwhile comes after it.
    assert pressed == [0]
    qtbot.waitUntil(lambda: pane.filters.search.text() == "te")
    session.working.disconnect(press)
    with counted(session.dossier.raw) as work:
        undone = session.undo()
    assert undone is not None
    assert not undone.left
    assert labels(session) == 1
    assert session.redo_label() == "labels kiezen"
    assert not [statement for statement in work.statements if statement.startswith("INSERT")]
    session.redo()
    assert labels(session) == notes
    assert check(session.dossier).ok


def test_esc_leaves_what_is_being_written_and_nothing_changed(qtbot: QtBot, stage: ElaborateStage) -> None:
    pane, session = all_labelled(qtbot, stage)
    session.working.connect(lambda working: bool(working) and QTest.keyClick(pane.views.view, Qt.Key.Key_Escape))
    before = session.dossier.seq
    pane.hands.command("label_1")
    assert session.dossier.seq == before
    assert labels(session) == 1
    assert [line for line in said(pane) if "afgebroken" in line]
    assert check(session.dossier).ok
    assert QApplication.overrideCursor() is None


def test_a_hidden_stage_reads_nothing_when_the_conversation_begins(stage: ElaborateStage) -> None:
    window = stage.window()
    assert isinstance(window, MainWindow)
    window.navigate(Stage.PREPARE)
    window.navigate(Stage.CONVERSATION)
    conversation = window.stage_widget(Stage.CONVERSATION)
    assert isinstance(conversation, ConversationStage)
    assert conversation.page is not None
    with counted(dossier_of(stage).raw) as work:
        conversation.page.clock.begin()
    # Everybody's names and all panels are for the address book and the list of panels of Voorbereiden.
    every = [statement for statement in work.statements if "ORDER BY panelist.name" in statement]
    assert not every
    assert not [statement for statement in work.statements if "ORDER BY panel.date IS NULL" in statement]
    prepare = window.stage_widget(Stage.PREPARE)
    assert isinstance(prepare, PrepareStage)
    window.navigate(Stage.PREPARE)
    assert prepare._panel is not None
    assert prepare._panel.status is PanelStatus.RUNNING


def test_the_window_lives_while_a_big_dossier_is_published_at_closing(stage: ElaborateStage) -> None:
    session = stage.work._session
    assert session.dossier.seq >= LONG_LOG
    stage.bench.pane.hands.deeds.label(stage.bench.pane.views.model.notes()[:1], ["technolab"])
    lived: list[bool] = []
    QTimer.singleShot(0, stage, lambda: lived.append(True))
    assert session.settle() is None
    assert lived
    assert not session.publishing.is_behind
    # Backed up there too, so that closing need not.
    assert session.copy.backed_up == extent(session.dossier.raw)


def said(pane: NotesPane) -> list[str]:
    """Return the messages at the top of the window."""
    window = pane.window()
    assert isinstance(window, MainWindow)
    return [label.text() for label in window.notices.findChildren(QLabel)]
