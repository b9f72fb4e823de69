"""The half-typed line: soon on disk, back after a crash, and never twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.notes import add_to_note, delete_notes
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.live.draft import CorrectionDraft, Draft
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.ui.base.stage import Stage, StageContext
from sto_desktop.ui.conversation.page.page import ConversationPage
from sto_desktop.ui.conversation.stage import ConversationStage
from sto_desktop.ui.look.theme import Appearance
from tests.ui import kill_capture
from tests.ui.conversation_support import (
    ALT,
    CTRL,
    PANEL,
    WHO,
    ClockedSession,
    Room,
    type_text,
)

pytestmark = pytest.mark.long


def draft(room: Room) -> Draft | None:
    """The draft on disk."""
    return Draft.decode(room.session.dossier.draft(f"capture:{PANEL}"))


def on_disk(room: Room) -> str:
    """The text of the draft on disk."""
    kept = draft(room)
    return kept.text if kept else ""


@contextmanager
def full_disk(room: Room) -> Iterator[None]:
    """Nothing can be written while this lasts."""
    room.session.copy._raw.execute("PRAGMA query_only = ON")
    yield
    room.session.copy._raw.execute("PRAGMA query_only = OFF")


def opened_beside(room: Room, theme: Appearance, settings: SettingsStore) -> tuple[ClockedSession, ConversationStage]:
    """The stage as another start of the program would show it, while the first one was never closed."""
    session = ClockedSession(WorkingCopies(room.home).open(room.session.path, WHO), room.clock)
    context = StageContext(session, theme, settings, lambda _stage: None, room.window.notify, {})
    return session, ConversationStage(context)


def test_the_draft_is_on_disk_soon_after_a_key_and_gone_after_enter(room: Room, qtbot: QtBot) -> None:
    room.type("Wat ik aan het typen")
    qtbot.waitUntil(lambda: on_disk(room) == "Wat ik aan het typen", timeout=1000)
    room.type(" ben.")
    qtbot.waitUntil(lambda: on_disk(room) == "Wat ik aan het typen ben.", timeout=1000)
    room.keep()
    qtbot.waitUntil(lambda: on_disk(room) == "", timeout=1000)


def test_the_draft_comes_back_with_its_question_speaker_and_quote(
    room: Room, qtbot: QtBot, theme: Appearance, settings: SettingsStore
) -> None:
    room.go_to("Beeldvorming", "Succesfactoren")
    room.press(Qt.Key.Key_6, ALT)
    room.type("Eén middag bij ons in de hal")
    room.press(Qt.Key.Key_C, ALT)
    room.next()
    qtbot.waitUntil(lambda: draft(room) is not None and draft(room).quote, timeout=1000)  # type: ignore[union-attr]
    # Never closed, as after a kill.
    session, stage = opened_beside(room, theme, settings)
    qtbot.addWidget(stage)
    assert stage.page is not None
    line = stage.page.line
    assert line.edit.toPlainText() == "Eén middag bij ons in de hal"
    assert [look.text for look in line.looks] == ["citaat", "@ Nick"]
    assert room.place(line.draft.question) == ("Beeldvorming", "Succesfactoren")
    line.save()
    stage.page.close_down()
    (note,) = session.dossier.read.notes.of_panel(PANEL)
    assert room.place(note.question) == ("Beeldvorming", "Succesfactoren")
    stage.hide()
    session.close()


def test_a_line_that_came_back_goes_on_with_its_last_name(
    room: Room, qtbot: QtBot, theme: Appearance, settings: SettingsStore
) -> None:
    room.type("De bus is vol @4 #roo")
    qtbot.waitUntil(lambda: on_disk(room) == "De bus is vol @4 #roo", timeout=1000)
    with after_a_kill(qtbot, room, theme, settings) as (session, page):
        assert page.line.edit.toPlainText() == "De bus is vol #roo"
        type_text(page.line.edit, "ster")
        QTest.keyClick(page.line.edit, Qt.Key.Key_Return)
        (note,) = session.dossier.read.notes.of_panel(PANEL)
        assert (note.text, room.voices(note)) == ("De bus is vol", {"Hilde": Stance.SAYS})
        assert [tag.name for tag in note.tags] == ["rooster"]


@pytest.mark.parametrize(
    "line", ["De bus is vol @4 #rooster", "Te duur @2+ voor ons", "volgens @jaap is #techniek goed"]
)
def test_a_line_goes_on_from_every_key_as_if_it_had_not_been_away(room: Room, line: str) -> None:
    edit = room.page.line.edit
    room.type(line)
    whole = edit.reading()
    for typed in range(1, len(line)):
        edit.set_text(line[:typed])
        room.type(line[typed:])
        read = edit.reading()
        assert (read.text, read.voices, read.tags) == (whole.text, whole.voices, whole.tags), line[:typed]
    edit.set_text("")


def test_a_draft_of_a_note_that_was_saved_does_not_come_back(
    room: Room, qtbot: QtBot, theme: Appearance, settings: SettingsStore
) -> None:
    room.type("Bewaard, en toen viel de stroom uit.")
    qtbot.waitUntil(lambda: on_disk(room) != "", timeout=1000)
    left = room.session.dossier.draft(f"capture:{PANEL}")
    room.keep()
    room.page.line.kept.keep()
    # The power went between the note and the forgetting of its draft.
    room.session.dossier.set_draft(f"capture:{PANEL}", left)
    session, stage = opened_beside(room, theme, settings)
    qtbot.addWidget(stage)
    assert stage.page is not None
    assert stage.page.line.edit.toPlainText() == ""
    stage.page.close_down()
    session.close()


def test_leaving_the_stage_keeps_the_draft_at_once(room: Room) -> None:
    room.type("Even iets opzoeken")
    room.window.navigate(Stage.START)
    assert on_disk(room) == "Even iets opzoeken"
    room.window.navigate(Stage.CONVERSATION)
    assert room.line == "Even iets opzoeken"


def test_emptying_the_line_forgets_the_draft(room: Room, qtbot: QtBot) -> None:
    room.type("Weg hiermee")
    qtbot.waitUntil(lambda: on_disk(room) != "", timeout=1000)
    room.press(Qt.Key.Key_A, CTRL)
    room.press(Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: on_disk(room) == "", timeout=1000)


def test_killed_at_random_moments_no_note_is_lost_or_doubled(tmp_path: Path) -> None:
    assert kill_capture.run(tmp_path, times=4) > 0


def test_between_keys_nothing_waits_for_the_disk_and_at_rest_the_line_is_on_it(room: Room, qtbot: QtBot) -> None:
    said: list[str] = []

    def heard() -> list[str]:
        words = ("NORMAL", "FULL", "INTO draft")
        return [word for line in said for word in words if word in line]

    room.session.dossier.raw.set_trace_callback(said.append)
    room.type("Half")
    qtbot.waitUntil(lambda: heard().count("INTO draft") == 2, timeout=3000)
    room.session.dossier.raw.set_trace_callback(None)
    # Written at once without waiting; the pause after typing, and every note, does wait for the disk.
    assert heard() == ["NORMAL", "INTO draft", "FULL", "INTO draft"]
    assert room.session.dossier.raw.execute("PRAGMA synchronous").fetchone()[0] == 2


# A correction


def corrected(room: Room) -> CorrectionDraft | None:
    """The correction on disk."""
    return CorrectionDraft.decode(room.session.dossier.draft(f"correction:{PANEL}"))


def begin_correction(room: Room, qtbot: QtBot) -> None:
    """Correct the last note: in its text, and with a chip more."""
    room.note("Kleine groepen @6 #rooster")
    room.press(Qt.Key.Key_Up)
    room.type(" werken volgens Nick beter @2+")
    qtbot.waitUntil(lambda: (corrected(room) or CorrectionDraft("", "")).text.endswith("@2+"), timeout=1000)


@contextmanager
def after_a_kill(
    qtbot: QtBot, room: Room, theme: Appearance, settings: SettingsStore
) -> Iterator[tuple[ClockedSession, ConversationPage]]:
    """The stage of the next start, in a window, while the first one was never closed."""
    session, stage = opened_beside(room, theme, settings)
    stage.show()
    QApplication.processEvents()
    assert stage.page is not None
    yield session, stage.page
    # A draft that is still to be kept must not find its dossier closed.
    stage.page.close_down()
    stage.hide()
    session.close()
    stage.deleteLater()


def test_a_correction_comes_back_after_a_kill_with_the_note_that_it_corrects(
    room: Room, qtbot: QtBot, theme: Appearance, settings: SettingsStore
) -> None:
    begin_correction(room, qtbot)
    room.clock.pass_time(minutes=1)
    with after_a_kill(qtbot, room, theme, settings) as (session, page):
        editor = page.stream.view.editor
        assert editor is not None
        # As it was: the name at the end is still being typed.
        assert editor.edit.toPlainText() == "Kleine groepen werken volgens Nick beter @2+"
        assert page.line.edit.toPlainText() == ""
        type_text(editor.edit, ".")
        QTest.keyClick(editor.edit, Qt.Key.Key_Return)
        (note,) = session.dossier.read.notes.of_panel(PANEL)
        assert note.text == "Kleine groepen werken volgens Nick beter."
        assert room.voices(note) == {"Nick": Stance.SAYS, "Jaap": Stance.AGREES}
        assert [tag.name for tag in note.tags] == ["rooster"]
        assert session.dossier.draft(f"correction:{PANEL}") == ""


def test_a_correction_that_came_back_can_be_taken_back(
    room: Room, qtbot: QtBot, theme: Appearance, settings: SettingsStore
) -> None:
    begin_correction(room, qtbot)
    with after_a_kill(qtbot, room, theme, settings) as (session, page):
        editor = page.stream.view.editor
        assert editor is not None
        QTest.keyClick(editor.edit, Qt.Key.Key_Z, CTRL)
        assert editor.edit.toPlainText() == "Kleine groepen"
        QTest.keyClick(editor.edit, Qt.Key.Key_Escape)
        (note,) = session.dossier.read.notes.of_panel(PANEL)
        assert (note.text, room.voices(note)) == ("Kleine groepen", {"Nick": Stance.SAYS})
        assert session.dossier.draft(f"correction:{PANEL}") == ""


def test_a_correction_is_found_where_its_note_stands(
    room: Room, qtbot: QtBot, theme: Appearance, settings: SettingsStore
) -> None:
    begin_correction(room, qtbot)
    there = room.current
    left = room.session.dossier.draft(f"correction:{PANEL}")
    room.press(Qt.Key.Key_Escape)
    room.next(4)
    room.session.dossier.set_draft(f"correction:{PANEL}", left)
    with after_a_kill(qtbot, room, theme, settings) as (_session, page):
        assert ": ".join(room.place(page.live.place.current)) == there
        assert page.stream.view.editor is not None


def test_a_correction_of_a_note_that_a_colleague_deleted_is_a_note(
    room: Room, qtbot: QtBot, theme: Appearance, settings: SettingsStore
) -> None:
    begin_correction(room, qtbot)
    left = room.session.dossier.draft(f"correction:{PANEL}")
    room.press(Qt.Key.Key_Escape)
    (note,) = room.notes
    room.session.apply(delete_notes([note.id]))
    room.session.dossier.set_draft(f"correction:{PANEL}", left)
    with after_a_kill(qtbot, room, theme, settings) as (session, page):
        (note,) = session.dossier.read.notes.of_panel(PANEL)
        assert (note.text, note.question) == ("Kleine groepen werken volgens Nick beter", page.live.place.current)
        assert room.voices(note) == {"Nick": Stance.SAYS, "Jaap": Stance.AGREES}
        assert session.dossier.draft(f"correction:{PANEL}") == ""


def test_what_a_colleague_added_to_the_note_is_in_the_correction_that_came_back(
    room: Room, qtbot: QtBot, theme: Appearance, settings: SettingsStore
) -> None:
    begin_correction(room, qtbot)
    left = room.session.dossier.draft(f"correction:{PANEL}")
    room.press(Qt.Key.Key_Z, CTRL, times=30)
    room.press(Qt.Key.Key_Escape)
    (note,) = room.notes
    assert note.text == "Kleine groepen"
    room.session.apply(add_to_note(note, parse("@fatma- #bus", room.page.live.rows.panelists)))
    room.session.dossier.set_draft(f"correction:{PANEL}", left)
    with after_a_kill(qtbot, room, theme, settings) as (session, page):
        page.stream.view.finish_editing()
        (note,) = session.dossier.read.notes.of_panel(PANEL)
        assert room.voices(note) == {"Nick": Stance.SAYS, "Jaap": Stance.AGREES, "Fatma": Stance.DISAGREES}
        assert {tag.name for tag in note.tags} == {"rooster", "bus"}


def test_a_correction_leaves_no_draft(room: Room, qtbot: QtBot) -> None:
    begin_correction(room, qtbot)
    room.press(Qt.Key.Key_Return)
    assert room.session.dossier.draft(f"correction:{PANEL}") == ""
    room.press(Qt.Key.Key_Up)
    qtbot.wait(300)
    assert room.session.dossier.draft(f"correction:{PANEL}") == ""


def test_who_types_on_after_a_refused_enter_keeps_two_notes(room: Room) -> None:
    room.note("De eerste.")
    with full_disk(room):
        room.press(Qt.Key.Key_6, ALT)
        room.note("Het rooster past niet @4+ #rooster")
        assert "De tekst staat nog in de regel." in room.banner
        room.note(" De bus rijdt te laat @2")
        assert room.line == " De bus rijdt te laat @2"
        assert "1 notitie van hiervoor wacht nog" in room.banner
        room.type("!")
        room.press(Qt.Key.Key_Backspace)
        room.type("En duur")
        assert "2 notities van hiervoor wachten nog" in room.banner
        room.keep()
        assert [note.text for note in room.notes] == ["De eerste."]
    room.keep()
    assert [note.text for note in room.notes] == [
        "De eerste.",
        "Het rooster past niet",
        "De bus rijdt te laat",
        "En duur",
    ]
    assert [room.voices(note) for note in room.notes[1:]] == [
        {"Nick": Stance.SAYS, "Hilde": Stance.AGREES},
        {"Jaap": Stance.SAYS},
        {},
    ]
    assert [tag.name for tag in room.notes[1].tags] == ["rooster"]
    assert (room.line, room.banner) == ("", "")


def test_an_edit_of_what_was_refused_stays_one_note(room: Room) -> None:
    with full_disk(room):
        room.note("Het rooster past niet")
        room.press(Qt.Key.Key_Backspace)
        room.type("t in de week")
    room.keep()
    assert [note.text for note in room.notes] == ["Het rooster past niet in de week"]


def test_notes_that_wait_are_saved_when_the_stage_is_left(room: Room) -> None:
    with full_disk(room):
        room.note("Het rooster past niet")
        room.type("De bus")
    room.page.put_away()
    assert [note.text for note in room.notes] == ["Het rooster past niet"]
    assert on_disk(room) == "De bus"


def test_notes_that_wait_come_back_with_the_draft(
    room: Room, qtbot: QtBot, theme: Appearance, settings: SettingsStore
) -> None:
    at = room.clock.now
    waiting = (
        Draft("Het rooster @6", note="bb", entered=at),
        Draft("De bus", note="aa", entered=at + dt.timedelta(seconds=1)),
    )
    room.session.dossier.set_draft(f"capture:{PANEL}", Draft("En duur", note="cc", waiting=waiting).encode())
    session, stage = opened_beside(room, theme, settings)
    qtbot.addWidget(stage)
    assert stage.page is not None
    assert stage.page.line.edit.toPlainText() == "En duur"
    stage.page.close_down()
    assert [note.text for note in session.dossier.read.notes.of_panel(PANEL)] == ["Het rooster", "De bus"]
    left = Draft.decode(session.dossier.draft(f"capture:{PANEL}"))
    assert left is not None
    assert (left.text, left.note, left.waiting) == ("En duur", "cc", ())
    session.close()


def test_a_dossier_that_closes_while_somebody_types_keeps_the_letters_and_wakes_nobody(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.type("half getypt")
    # As the program leaves a dossier: the page goes once the event loop runs, and neither its clock nor its draft may
    # come back to what is closed then.
    room.window.set_session(None)
    room.session.close()
    room.closed = True
    QTest.qWait(900)
    again = WorkingCopies(room.home).open(room.session.path, WHO)
    assert "half getypt" in again.dossier.draft(f"capture:{PANEL}")
    again.close()
