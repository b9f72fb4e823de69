"""The room's own screen: its place, what it may never show, and what happens when a beamer is connected or removed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.notes import bundle_notes
from sto_desktop.domain.actions.panels import add_panel, change_panelist
from sto_desktop.domain.vocabulary import Agreement, Consent
from sto_desktop.exchange.guides import builtin_guide_id
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.power import BatteryWatch, Charge
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.conversation.live.live import REST_MS
from sto_desktop.ui.conversation.room import RoomButton, Surroundings
from sto_desktop.ui.conversation.room.content import RoomContent
from sto_desktop.ui.conversation.room.moderator_window import ModeratorWindow
from sto_desktop.ui.desk.finding import DossierFinder
from sto_desktop.ui.elaborate.stage import elaborate_stage
from sto_desktop.ui.look.roles import ColourRole
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.finding import PaletteItem
from sto_desktop.ui.shell.history import HistoryDialog
from sto_desktop.ui.shell.veil import Veil
from tests.ui.conversation_support import ALT, CTRL, PEOPLE, Room, make_dossier, type_text, window_on
from tests.ui.reading import moderator_window
from tests.ui.screens_support import BEAMER, LAPTOP, WALL, Desktop

ROOT = Path(__file__).parents[4]


@pytest.fixture
def desktop() -> Desktop:
    return Desktop(LAPTOP, BEAMER)


@pytest.fixture
def charges() -> list[Charge | None]:
    """The charge of the battery: the last of these values."""
    return [None]


@pytest.fixture
def room(
    qtbot: QtBot,
    tmp_path: Path,
    theme: Appearance,
    settings: SettingsStore,
    desktop: Desktop,
    charges: list[Charge | None],
) -> Iterator[Room]:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    around = Surroundings(desktop, battery=BatteryWatch(lambda: charges[-1]))
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings, around=around) as made:
        yield made


def shown(room: Room) -> RoomContent:
    """The text that the room reads, after the pause between a note and its screens."""
    QTest.qWait(2 * REST_MS)
    assert room.stage.room.room.isVisible()
    return room.stage.room.room.view.content


def found(room: Room, query: str) -> list[PaletteItem]:
    """What Ctrl+K finds in the dossier."""
    return DossierFinder(room.session, lambda *_: None)(query)


def every_word(room: Room) -> str:
    """All text on the room's screen, and in its title bar."""
    content = shown(room)
    bar = " ".join(segment.title for segment in content.bar)
    parts = (content.small, content.large, bar, content.time, content.summary, *content.notes)
    return " ".join((*parts, room.stage.room.room.windowTitle(), room.stage.room.room.view.accessibleName()))


def test_f9_fills_the_second_screen_and_leaves_the_keyboard_where_it_was(room: Room, settings: SettingsStore) -> None:
    room.press(Qt.Key.Key_F9)
    window = room.stage.room.room
    assert window.isFullScreen()
    assert window.geometry().size() != room.window.geometry().size()
    assert settings.current.room_screen == "beamer"
    room.note("@renée Alles wat ik typ komt gewoon in het dossier")
    assert len(room.notes) == 1
    assert room.focus() is room.page.line.edit
    assert not window.isActiveWindow()
    room.press(Qt.Key.Key_F9)
    assert not window.isVisible()


@pytest.mark.long
def test_the_room_sees_theme_and_question_and_follows(room: Room) -> None:
    room.press(Qt.Key.Key_F9)
    assert (shown(room).small, shown(room).large) == ("Panel Oldenzaal", "Welkom")
    room.press(Qt.Key.Key_F5)
    room.go_to("Beeldvorming", "Succesfactoren")
    step = room.page.live.place.step
    assert step is not None
    assert (shown(room).small, shown(room).large) == (step.theme.title, step.question.text)
    bar = shown(room).bar
    here = [segment.current for segment in bar].index(True)
    assert all(segment.filled == 1.0 for segment in bar[:here])
    assert all(segment.filled == 0.0 for segment in bar[here + 1 :])
    assert shown(room).time == ""
    room.press(Qt.Key.Key_F5)
    assert shown(room).large == "Pauze\nVerder om 15:40"
    room.page.live.clock.finish()
    assert shown(room).large == "Dank u wel"


def test_never_a_name_or_a_note_unless_switched_on(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.go_to("Beeldvorming", "Succesfactoren")
    room.press(Qt.Key.Key_F9)
    room.note("@fatma Het bezoek aan Technolab maakt indruk")
    room.note("(Jaap kijkt de hele tijd op zijn telefoon)")
    room.clock.pass_time(minutes=25)
    room.page.clock.tick()
    words = every_word(room)
    for name, *_ in PEOPLE:
        assert name.split()[0] not in words
    assert "Technolab maakt indruk" not in words
    assert "telefoon" not in words
    room.stage.room.set_shows(room_notes=True)
    assert shown(room).notes == ("Het bezoek aan Technolab maakt indruk",)
    assert "Fatma" not in every_word(room)
    room.stage.room.set_shows(room_names=True)
    assert shown(room).notes == ("Fatma: Het bezoek aan Technolab maakt indruk",)
    # Discreet mode overrides the room's settings.
    room.press(Qt.Key.Key_F8)
    assert shown(room).notes == ()
    assert "Fatma" not in every_word(room)


def test_the_room_never_sees_a_note_of_who_does_not_take_part(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.go_to("Beeldvorming", "Succesfactoren")
    room.press(Qt.Key.Key_F9)
    room.stage.room.set_shows(room_notes=True, room_names=True)
    for text in ("@jaap Dit mag iedereen zien @4+", "@4 Dit ziet niemand", "@2 @4 Dit zeiden zij samen", "Zonder naam"):
        room.note(text)
    assert len(shown(room).notes) == 3
    hilde = next(member for member in room.page.live.rows.panelists if member.seat == 4)
    room.session.apply(change_panelist(hilde.id, consent_participation=Consent.NO))
    assert shown(room).notes == ("Jaap: Dit mag iedereen zien", "Zonder naam")
    # A bundle shows its remaining notes.
    notes = {note.text: note for note in room.notes}
    room.session.apply(bundle_notes(notes["Dit ziet niemand"], [notes["Zonder naam"]]))
    assert shown(room).notes == ("Jaap: Dit mag iedereen zien", "Zonder naam")
    assert "niemand" not in every_word(room)


def test_time_and_summary_only_where_the_menu_says_so(room: Room, settings: SettingsStore) -> None:
    room.press(Qt.Key.Key_F5)
    room.go_to("Beeldvorming", "Succesfactoren")
    room.press(Qt.Key.Key_F9)
    step = room.page.live.place.step
    assert step is not None
    room.page.live.set_playback(step.theme.id, "Zien en zelf maken verandert het beeld.", Agreement.YES)
    room.page.live.clock.tick()
    (button,) = room.page.findChildren(RoomButton)
    assert button.isChecked()
    assert (shown(room).summary, shown(room).time) == ("", "")
    button.shows["room_summary"].trigger()
    button.shows["room_time"].trigger()
    assert shown(room).summary == "Zien en zelf maken verandert het beeld."
    assert shown(room).time.startswith("15:35 · nog ")
    assert settings.current.room_time
    assert not button.shows["room_names"].isEnabled()


def test_without_a_second_screen_the_window_is_small_and_says_why(room: Room, desktop: Desktop) -> None:
    desktop.pull(BEAMER)
    room.press(Qt.Key.Key_F9)
    window = room.stage.room.room
    assert window.isVisible()
    assert not window.isFullScreen()
    assert window.width() <= LAPTOP.rect.width() // 2
    assert "geen tweede scherm" in room.message
    desktop.plug(BEAMER)
    assert window.isFullScreen()


def test_a_beamer_that_is_pulled_out_leaves_ones_own_screen_alone_and_gets_its_window_back(
    room: Room, desktop: Desktop
) -> None:
    room.press(Qt.Key.Key_F9)
    window = room.stage.room.room
    desktop.pull(BEAMER)
    assert not window.isVisible()
    assert "tweede scherm is weg" in room.message
    room.note("Het gesprek gaat gewoon door")
    desktop.plug(WALL)
    assert window.isVisible()
    assert window.isFullScreen()
    desktop.pull(WALL)
    desktop.plug(BEAMER)
    room.press(Qt.Key.Key_F9)
    assert not window.isVisible()
    desktop.pull(BEAMER)
    desktop.plug(BEAMER)
    assert not window.isVisible()


def test_the_screen_of_last_time_is_found_again(room: Room, desktop: Desktop, settings: SettingsStore) -> None:
    desktop.plug(WALL)
    settings.change(room_screen="wall")
    room.press(Qt.Key.Key_F9)
    desktop.pull(BEAMER)
    assert room.stage.room.room.isVisible()
    assert settings.current.room_screen == "wall"


def test_closing_it_by_hand_is_taking_it_away(room: Room) -> None:
    room.press(Qt.Key.Key_F9)
    room.stage.room.room.close()
    assert not room.stage.room.room_shown
    room.press(Qt.Key.Key_F9)
    assert room.stage.room.room.isVisible()


def test_it_goes_with_the_dossier(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.press(Qt.Key.Key_F9)
    window, awake = room.stage.room.room, room.stage.room.around.awake
    assert awake.on
    room.window.navigate(Stage.START)
    assert window.isVisible()
    room.window.set_session(None)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    assert not awake.on


def test_a_mirrored_beamer_is_warned_for_and_one_press_hides_everything(room: Room, desktop: Desktop) -> None:
    desktop.mirroring = True
    desktop.look()
    assert "zelfde als dit scherm" in room.message
    assert "F8" in room.message
    room.press(Qt.Key.Key_F8)
    assert room.page.live.discreet
    room.window.notices.forget(room.message)
    desktop.mirroring = False
    desktop.look()
    desktop.mirroring = True
    desktop.look()
    assert room.message == ""


def test_discreet_hides_names_notes_and_silence_on_the_main_window_and_work_goes_on(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.note("@renée De bus rijdt niet")
    page = room.page
    before = page.grab().toImage()
    room.press(Qt.Key.Key_F8)
    covered = [veil for veil in page.findChildren(Veil) if veil.isVisible()]
    for hidden in (page.stream, page.side, page.line):
        assert [veil.geometry() == hidden.geometry() for veil in covered].count(True) == 1
    blank = page.grab().toImage()
    room.type("@re")
    assert page.line.edit.popup is None
    line = next(veil for veil in covered if veil.geometry() == page.line.geometry())
    assert "3 tekens" in line.accessibleName()
    room.press(Qt.Key.Key_A, CTRL)
    room.note("@jaap Ook dit staat nergens te lezen")
    assert "nog leeg" in line.accessibleName()
    room.clock.pass_time(minutes=30)
    page.clock.tick()
    room.press(Qt.Key.Key_R, ALT)
    assert page.round_bar.isVisible()
    assert page.round_bar.geometry() in [veil.geometry() for veil in page.findChildren(Veil) if veil.isVisible()]
    room.press(Qt.Key.Key_X, ALT)
    for rect in (page.stream.rect().translated(page.stream.mapTo(page, QPoint())),):
        assert page.grab(rect).toImage() == blank.copy(rect)
    assert [note.text for note in room.notes] == ["De bus rijdt niet", "Ook dit staat nergens te lezen"]
    assert "jaap" not in " ".join(item.text.lower() for item in found(room, "jaap"))
    room.press(Qt.Key.Key_F8)
    assert not any(veil.isVisible() for veil in page.findChildren(Veil))
    assert page.grab().toImage() != blank
    assert before != blank
    assert "Jaap ten Veldkamp" in [item.text for item in found(room, "jaap")]


@pytest.mark.parametrize("size", [(683, 384), (911, 512), (1366, 768)])
def test_what_the_covers_say_is_whole(room: Room, size: tuple[int, int]) -> None:
    room.press(Qt.Key.Key_F5)
    room.press(Qt.Key.Key_F8)
    # With the summary in focus the column of notes is narrowest.
    for keys in ((), (Qt.Key.Key_S, ALT)):
        if keys:
            room.press(*keys)
        room.window.resize(*size)
        QTest.qWait(50)
        covers = [veil for veil in room.page.findChildren(Veil) if veil.isVisible()]
        # A cover that is hardly higher than a line is wide enough for it.
        high = [cover for cover in covers if cover.height() > 40]
        assert high
        for cover in high:
            # Ink in the last line of pixels that text may use means that it goes on below.
            picture, last = cover.grab().toImage(), cover.height() - 9
            assert len({picture.pixel(x, last) for x in range(cover.width())}) == 1, cover.accessibleName()


def test_discreet_covers_the_other_stages_and_the_history_until_it_is_taken_off(
    qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore
) -> None:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    stages = {Stage.ELABORATE: elaborate_stage}
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings, stages=stages) as room:
        window = room.window
        room.note("@renée De bus rijdt niet")
        room.press(Qt.Key.Key_F8)
        room.press(Qt.Key.Key_4, CTRL)
        stage = window.stage_widget(Stage.ELABORATE)
        assert stage is not None
        assert stage.isVisible()
        (veil,) = (widget for widget in window.findChildren(Veil) if widget.isVisible())
        assert veil.geometry() == stage.geometry()
        assert "druk op F8" in veil.accessibleName()
        window.resize(1100, 700)
        assert veil.geometry() == stage.geometry()
        room.press(Qt.Key.Key_H, CTRL)
        assert not window.findChildren(HistoryDialog)
        assert room.message.startswith("Discreet")
        room.press(Qt.Key.Key_3, CTRL)
        room.press(Qt.Key.Key_F8)
        room.press(Qt.Key.Key_4, CTRL)
        assert not any(widget.isVisible() for widget in window.findChildren(Veil))


def test_discreet_stays_on_in_the_other_mode_and_in_the_next_panel(room: Room) -> None:
    room.press(Qt.Key.Key_F8)
    room.press(Qt.Key.Key_F7)
    assert any(veil.isVisible() for veil in room.page.findChildren(Veil))
    room.session.apply(add_panel(builtin_guide_id(), title="Panel Hengelo", panel="panel-hengelo"))
    room.session.show_panel("panel-hengelo")
    assert room.page.live.rows.panel.title == "Panel Hengelo"
    assert room.page.live.discreet
    assert any(veil.isVisible() for veil in room.page.findChildren(Veil))


def test_the_computer_stays_awake_just_as_long_as_the_clock_runs(room: Room) -> None:
    awake = room.stage.room.around.awake
    assert not awake.on
    room.press(Qt.Key.Key_F5)
    assert awake.on
    room.press(Qt.Key.Key_F5)
    assert not awake.on
    room.press(Qt.Key.Key_F5)
    room.page.live.clock.finish()
    assert not awake.on


def test_a_battery_at_20_percent_is_told_of_while_the_conversation_runs(
    room: Room, charges: list[Charge | None]
) -> None:
    battery = room.stage.room.around.battery
    room.press(Qt.Key.Key_F5)
    charges.append(Charge(20, False))
    battery.look()
    assert "De accu staat op 20 %" in room.message


def test_the_room_reads_the_whole_question_at_any_size(room: Room, theme: Appearance) -> None:
    room.press(Qt.Key.Key_F9)
    view = room.stage.room.room.view
    ground = theme.color(ColourRole.ROOM)
    for width, height in ((1920, 1080), (1024, 768), (640, 360), (320, 180)):
        view.resize(width, height)
        view.show_content(RoomContent("Bedrijven en mbo", "Hoe sluit het onderwijs aan bij wat bedrijven vragen? " * 3))
        picture = view.grab().toImage()
        edge = [picture.pixelColor(width - 2, y) == ground for y in range(0, height, 5)]
        assert all(edge)
        rows = range(height // 4, height // 2, 3)
        assert any(picture.pixelColor(x, y) != ground for x in range(0, width, 2) for y in rows)


def second() -> ModeratorWindow:
    """The moderator's second window."""
    window = moderator_window()
    assert window is not None
    return window


def test_the_moderator_has_a_window_of_their_own_that_shows_and_does_the_same(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.press(Qt.Key.Key_F9, CTRL)
    window = second()
    assert window.isVisible()
    assert not room.page.moderating
    room.note("@fatma De overstap lukt")
    step = room.page.live.place.step
    assert step is not None
    assert window.view.question.text() == step.question.text
    before = room.page.live.place.current
    QTest.keyClick(window.view, Qt.Key.Key_PageDown)
    assert room.page.live.place.current != before
    QTest.keyClick(window, Qt.Key.Key_Up, ALT)
    assert room.page.live.place.current == before
    assert window.view.question.text() == step.question.text
    # Typing there makes a note all the same.
    type_text(window.view, "W")
    assert room.line == "W"
    room.type("at daar getypt is")
    room.keep()
    assert [note.text for note in room.notes] == ["De overstap lukt", "Wat daar getypt is"]
    room.press(Qt.Key.Key_F8)
    assert [veil for veil in window.findChildren(Veil) if veil.isVisible()]
    assert all(not tile.look.name.startswith("Fatma") for tile in window.side.ring.tiles)
    room.press(Qt.Key.Key_F9, CTRL)
    assert moderator_window() is None


def test_the_room_has_the_first_say_about_a_screen(room: Room, desktop: Desktop) -> None:
    room.press(Qt.Key.Key_F9, CTRL)
    assert second().isMaximized()
    room.press(Qt.Key.Key_F9)
    assert room.stage.room.room.isFullScreen()
    assert second().isVisible()
    assert not second().isMaximized()
    desktop.plug(WALL)
    assert second().isMaximized()
    desktop.pull(WALL)
    assert moderator_window() is None
    assert "scherm van de gespreksleider is weg" in room.message


def test_the_moderators_window_goes_along_to_another_panel_and_away_with_the_dossier(room: Room) -> None:
    room.press(Qt.Key.Key_F9, CTRL)
    first = second()
    room.session.apply(add_panel(builtin_guide_id(), title="Panel Hengelo", panel="panel-hengelo"))
    room.session.show_panel("panel-hengelo")
    assert second() is not first
    assert "Hengelo" in second().windowTitle()
    window = second()
    room.window.set_session(None)
    for _ in range(2):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(window)


TWO = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sto_desktop.domain.actions.notes import bundle_notes
from sto_desktop.domain.actions.panels import add_panel, change_panelist
from sto_desktop.domain.vocabulary import Agreement, Consent
from sto_desktop.settings import AppearanceChoice, SettingsStore
from sto_desktop.ui.look.theme import Appearance
from tests.ui.screens_support import BEAMER, LAPTOP, WALL, Desktop
from tests.ui.conversation_support import make_dossier, window_on
folder = Path(sys.argv[1])
app = QApplication([])
make_dossier(folder / "home", folder / "o.sto")
theme, settings = Appearance(app, AppearanceChoice.LIGHT), SettingsStore(folder / "s.json")
with window_on(folder / "home", folder / "o.sto", theme, settings) as room:
    own = room.window.screen()
    room.press(Qt.Key.Key_F9)
    window = room.stage.room.room
    print(own.name(), window.screen().name(), window.geometry().getRect(), window.isFullScreen())
    room.press(Qt.Key.Key_F5)
    room.note("Ik typ op de laptop")
    print(len(room.notes), window.isActiveWindow())
"""


@pytest.mark.long
def test_on_a_computer_with_two_screens(tmp_path: Path) -> None:
    base = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    screens = [
        {"name": "laptop", "x": 0, "y": 0, "width": 1366, "height": 768, **base},
        {"name": "beamer", "x": 1366, "y": 0, "width": 1920, "height": 1080, **base},
    ]
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"screens": screens}), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", TWO, str(tmp_path)],
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    where, typed = done.stdout.splitlines()
    own, other = where.split()[:2]
    assert {own, other} == {"laptop", "beamer"}
    wanted = next(screen for screen in screens if screen["name"] == other)
    rect = tuple(wanted[name] for name in ("x", "y", "width", "height"))
    assert where == f"{own} {other} {rect} True"
    assert typed == "1 False"


def test_the_second_window_has_parking_lot_and_summary(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.go_to("Beeldvorming", "Wat kan beter")
    room.note("? Wie betaalt de bus?")
    room.press(Qt.Key.Key_F9, CTRL)
    window = second()
    window.resize(1366, 768)
    room.note("? En wie rijdt hem?")
    QTest.qWait(4 * REST_MS)
    assert len(window.side.parking.rows) == 2
    room.click(window.side.parking.rows[0].done)
    QTest.qWait(4 * REST_MS)
    assert [note.note.parked for note in room.notes] == [False, True]
    assert len(window.side.parking.rows) == len(room.page.side.parking.rows) == 1
    window.activateWindow()
    QTest.qWait(20)
    QTest.keyClick(window, Qt.Key.Key_S, ALT)
    assert window.side.playback.text.hasFocus()
    type_text(window.side.playback.text, "Techniek leeft.")
    QTest.keyClick(window.side.playback.text, Qt.Key.Key_Escape)
    assert window.view.hasFocus()
    assert room.page.side.playback.text.toPlainText() == "Techniek leeft."
    QTest.qWait(4 * REST_MS)
    assert window.view.playback.text.text() == "Techniek leeft."
    window.resize(640, 400)
    QTest.qWait(20)
    assert not window.side.isVisible()


def test_the_second_window_beside_the_main_one_has_room_for_parking_lot_and_summary(
    room: Room, desktop: Desktop
) -> None:
    desktop.pull(BEAMER)
    room.press(Qt.Key.Key_F9, CTRL)
    QTest.qWait(30)
    window = second()
    assert window.side.isVisible()
    assert window.width() < LAPTOP.rect.width()
