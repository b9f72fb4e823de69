"""At the table, in the round and in the room, members have the name by which they are called, never a bare initial."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPdfWriter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.panels import add_panelist
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.conversation.live.live import REST_MS
from sto_desktop.ui.conversation.stream.stream_row import speakers_of, stream_names
from sto_desktop.ui.conversation.table.table_dialog import TableDialog
from sto_desktop.ui.look.theme import Appearance
from tests.ui.conversation_support import ALT, PANEL, Room, make_dossier, window_on
from tests.ui.paper.pdf_reading import text_of_pdf

NAMES = ("J. ten Veldkamp", "Anna-Lena van den Berg", "Jan Bos", "Jan de Vries", "Nick Wolter")
CALLED = ["Ten Veldkamp", "Anna-Lena", "Jan Bos", "Jan de Vries", "Nick"]


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore) -> Iterator[Room]:
    make_dossier(tmp_path / "home", tmp_path / "o.sto", people=False)
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings) as made:
        for seat, name in enumerate(NAMES, 1):
            made.session.apply(add_panelist(PANEL, name, seat, sector="vmbo"))
        yield made


def test_at_the_table_and_in_the_list(room: Room) -> None:
    assert [row.line.first_name for row in room.page.side.speakers.rows] == CALLED
    details = [row.line.detail for row in room.page.side.speakers.rows]
    assert details == ["vmbo", "van den Berg · vmbo", "vmbo", "vmbo", "Wolter · vmbo"]
    room.press(Qt.Key.Key_F7)
    assert {tile.look.name for tile in room.page.side.ring.tiles} == set(CALLED)


def test_in_a_round_and_when_rounding_off(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    turns = []
    for _ in NAMES:
        room.press(Qt.Key.Key_R, ALT)
        turns.append(room.page.round_bar.turn.text())
        assert room.page.moderator.round_bar.turn.text() == turns[-1]
    assert turns == [f"Rondje: {name}" for name in CALLED]


def test_who_is_chosen_in_a_round_stays_chosen_until_the_turn_passes(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.press(Qt.Key.Key_R, ALT)
    room.press(Qt.Key.Key_5, ALT)
    room.clock.pass_time(seconds=2)
    room.page.clock.tick()
    QTest.qWait(2 * REST_MS)
    speaker = room.page.line.looks[-1].text
    room.note("Ik val even in")
    assert (speaker, list(room.voices(room.notes[-1]))) == ("@ Nick", ["Nick"])
    assert room.page.line.looks[-1].text == "@ Ten Veldkamp"
    room.press(Qt.Key.Key_5, ALT)
    room.press(Qt.Key.Key_R, ALT)
    assert room.page.line.looks[-1].text == "@ Anna-Lena"


def test_who_has_the_turn_is_not_called_silent(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.note("@2 Ouders weten er weinig van")
    room.clock.pass_time(minutes=15)
    room.press(Qt.Key.Key_R, ALT)
    room.page.clock.tick()
    QTest.qWait(2 * REST_MS)
    row = room.page.side.speakers.rows[0]
    (tile,) = [tile for tile in room.page.side.ring.tiles if tile.look.panelist == row.line.panelist]
    for look in (row.line, tile.look):
        assert (look.turn, look.quiet, look.side) == (True, False, "")
    assert "gehoord" not in row.accessibleName() + tile.accessibleName()
    assert room.page.side.speakers.rows[2].line.side == "niet gehoord"


def test_on_chips_and_in_the_stream(room: Room) -> None:
    for seat, called in enumerate(CALLED, 1):
        room.type(f"Te duur @{seat} ")
        assert room.page.line.understood == (f"@ {called}",)
        room.keep()
        assert speakers_of(room.notes[-1], stream_names(room.page.live.rows.panelists)) == called


def test_in_the_room_and_when_somebody_leaves(room: Room) -> None:
    room.stage.room.set_shows(room_notes=True, room_names=True)
    room.press(Qt.Key.Key_F9)
    room.press(Qt.Key.Key_F5)
    room.note("@1 De bus rijdt niet op tijd")
    room.note("@4 Ouders weten er weinig van")
    QTest.qWait(2 * REST_MS)
    assert room.stage.room.room.view.content.notes == (
        "Ten Veldkamp: De bus rijdt niet op tijd",
        "Jan de Vries: Ouders weten er weinig van",
    )


def test_on_the_printed_plan(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    writer = QPdfWriter(str(tmp_path / "plan.pdf"))
    dialog = TableDialog(room.window.theme, room.page.live, room.window, ask=lambda _parent: writer)
    qtbot.addWidget(dialog)
    room.click(dialog.plan_button)
    plan = " ".join(text_of_pdf((tmp_path / "plan.pdf").read_bytes()).split())
    assert all(f"{name} {seat} · vmbo" in plan for seat, name in enumerate(CALLED, 1)), plan


def test_nobody_is_called_unheard_before_somebody_was_heard(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.note("Een notitie zonder spreker")
    room.clock.pass_time(minutes=15)
    room.page.clock.tick()

    def look() -> list[tuple[str, bool]]:
        QTest.qWait(2 * REST_MS)
        lines = [(row.line.side, row.line.quiet) for row in room.page.side.speakers.rows]
        tiles = {tile.look.panelist: (tile.look.side, tile.look.quiet) for tile in room.page.side.ring.tiles}
        assert lines == [tiles[row.line.panelist] for row in room.page.side.speakers.rows]
        return lines

    assert look() == [("", False)] * 5
    room.note("@2 Ouders weten er weinig van")
    assert [side for side, _ in look()] == ["niet gehoord", "1 · nu", *["niet gehoord"] * 3]
    assert [quiet for _, quiet in look()] == [True, False, True, True, False]
    room.session.undo()
    assert look() == [("", False)] * 5
