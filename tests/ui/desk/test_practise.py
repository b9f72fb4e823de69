"""Oefenen: the same screen on a temporary copy, faster; the dossier itself never changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop import scratch
from sto_desktop.domain.actions.conversation import end_conversation, kept_plan, start_question
from sto_desktop.domain.actions.notes import capture_note
from sto_desktop.domain.actions.panels import add_panel, add_panelist
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.vocabulary import PanelStatus
from sto_desktop.exchange.guides import builtin_guide_id
from sto_desktop.own_files import program_folder
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.conversation import conversation_stage
from sto_desktop.ui.conversation.page.page import ConversationPage
from sto_desktop.ui.conversation.stage import ConversationStage
from sto_desktop.ui.desk import Desk
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.shell.practise import PractiseWindow
from sto_desktop.workplace import Workplace
from sto_desktop.workplace.practise import FASTEST, PractiseClock
from tests.ui.commanded import unnamed
from tests.ui.conversation_support import CTRL, type_text

pytestmark = pytest.mark.long

PANEL = "panel-oldenzaal"
DAY = dt.date(2023, 2, 14)
BEGIN = dt.datetime.combine(DAY, dt.time(15, 35)).astimezone()


@pytest.fixture(params=[None, "sesam open u"], ids=["plain", "password"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str | None]:
    """A dossier with a panel that was held: with a note and time used."""
    found: str | None = request.param
    target = tmp_path / "Panel Oldenzaal.sto"
    copy = Workplace.here().create(target, found)
    dossier = copy.dossier
    dossier.apply(add_panel(builtin_guide_id(), title="Panel Oldenzaal", day=DAY, start=dt.time(15, 35), panel=PANEL))
    dossier.apply(add_panelist(PANEL, "Fatma Yıldız", 1))
    guide = dossier.read.guides.of_panel(PANEL)
    (_, question), *_ = guide.questions()
    plan = kept_plan(PANEL, guide, BEGIN)
    dossier.apply(start_question(PANEL, question.id, [], BEGIN, None, plan=plan))
    dossier.apply(capture_note(PANEL, question.id, parse("Wat echt gezegd is"), BEGIN))
    dossier.apply(end_conversation(PANEL, dossier.read.course.time_spans(PANEL), BEGIN, 60))
    copy.close()
    return target, found


@pytest.fixture
def desk(qtbot: QtBot, theme: Appearance, settings: SettingsStore, path: tuple[Path, str | None]) -> Iterator[Desk]:
    window = MainWindow(theme, settings, {Stage.CONVERSATION: conversation_stage})
    window.resize(1366, 768)
    made = Desk(window)
    with qtbot.waitActive(window):
        window.show()
    made.open(*path)
    qtbot.waitUntil(lambda: made.session is not None)
    window.navigate(Stage.CONVERSATION)
    yield made
    made.put_away()
    window.close()
    window.deleteLater()


def session_of(desk: Desk) -> Session:
    assert desk.session is not None
    return desk.session


def practising(desk: Desk, qtbot: QtBot) -> tuple[PractiseWindow, ConversationPage]:
    """Press the key and wait for the window."""
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_F5, CTRL)

    def there() -> list[PractiseWindow]:
        return [
            widget
            for widget in QApplication.topLevelWidgets()
            if isinstance(widget, PractiseWindow) and widget.isVisible()
        ]

    qtbot.waitUntil(lambda: bool(there()) and there()[0].isActiveWindow())
    window = there()[0]
    stage = window.stage_widget(Stage.CONVERSATION)
    assert isinstance(stage, ConversationStage)
    assert stage.page is not None
    return window, stage.page


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)
    QApplication.processEvents()


def type_in_focus(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    type_text(focus, text)


def test_the_bar_is_commands_too_found_by_ctrl_k(desk: Desk, qtbot: QtBot) -> None:
    window, _ = practising(desk, qtbot)
    assert not {text for text in unnamed(window) if "QMenu" not in text}
    press(Qt.Key.Key_K, CTRL)
    type_in_focus("20× zo snel")
    press(Qt.Key.Key_Return)
    assert window.bar.speed.value() == FASTEST
    assert window.clock.speed == FASTEST
    window.activateWindow()
    press(Qt.Key.Key_K, CTRL)
    type_in_focus("stoppen met oef")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not any(isinstance(one, PractiseWindow) for one in QApplication.topLevelWidgets()))


def test_a_panel_is_practised_from_its_begin_and_nothing_of_it_reaches_the_dossier(
    desk: Desk, qtbot: QtBot, path: tuple[Path, str | None]
) -> None:
    session = session_of(desk)
    before = (
        session.dossier.read.notes.of_panel(PANEL),
        session.dossier.read.course.time_spans(PANEL),
        session.undo_label(),
    )
    window, page = practising(desk, qtbot)
    assert page.live.rows.panel.status is PanelStatus.PREPARING
    assert not page.live.rows.notes
    assert not page.clock.begun
    assert not page.session.dossier.read.course.plan(PANEL)
    # Alleen is tried here, and stays as it was in the conversation itself.
    press(Qt.Key.Key_F4)
    assert page._context.settings.current.alone
    assert (desk._settings.current.alone, SettingsStore(desk._settings.path).current.alone) == (False, False)
    press(Qt.Key.Key_F4)
    assert not window.actions_by_id["preferences"].isVisible()
    assert window.bar.isVisible()
    assert "wegwerpkopie" in window.bar.accessibleName()
    assert not window.rail.isVisible()
    assert abs(page.session.now() - BEGIN) < dt.timedelta(minutes=5)
    press(Qt.Key.Key_F5)
    type_text(page.line.edit, "@fatma Dit is maar een oefening")
    press(Qt.Key.Key_Return)
    assert [note.text for note in page.live.rows.notes.values()] == ["Dit is maar een oefening"]
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    type_text(page.line.edit, "En deze blijft half getypt")
    folder = program_folder() / scratch.FOLDER
    assert list(folder.glob("*/*.sto"))
    if path[1]:
        found = [one.read_bytes() for one in folder.rglob("*") if one.is_file()]
        assert not any("Yıldız".encode() in data or b"Wat echt gezegd is" in data for data in found)
    qtbot.mouseClick(window.bar.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not list(folder.iterdir()))
    after = (
        session.dossier.read.notes.of_panel(PANEL),
        session.dossier.read.course.time_spans(PANEL),
        session.undo_label(),
    )
    assert after == before
    assert "Oefening" not in [recent.title for recent in desk._settings.current.recent]
    # And once more, from the start.
    _, page = practising(desk, qtbot)
    assert not page.live.rows.notes
    assert page.line.edit.toPlainText() == ""
    page.window().close()


def test_the_clock_of_a_practice_runs_faster(desk: Desk, qtbot: QtBot) -> None:
    window, page = practising(desk, qtbot)
    press(Qt.Key.Key_F5)
    window.bar.speed.set_value(FASTEST)
    window.bar.speed_chosen.emit(FASTEST)
    assert window.clock.speed == FASTEST
    begun = page.session.monotonic()
    qtbot.wait(400)
    assert page.session.monotonic() - begun >= FASTEST * 0.3
    assert sum(page.clock.used().values()) * 60 >= FASTEST * 0.3
    window.close()


@given(st.lists(st.tuples(st.floats(0.5, 40), st.floats(0, 600)), max_size=12))
def test_a_faster_clock_never_jumps_and_never_goes_back(steps: list[tuple[float, float]]) -> None:
    real = 100.0
    clock = PractiseClock(BEGIN, lambda: real)
    played = 0.0
    for speed, length in steps:
        clock.set_speed(speed)
        assert clock.seconds() == pytest.approx(played)
        real += length
        played += length * min(float(FASTEST), max(1.0, speed))
        assert clock.seconds() == pytest.approx(played)
        assert (clock.now() - BEGIN).total_seconds() == pytest.approx(played, abs=1e-3)
