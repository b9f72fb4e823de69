"""The table in the moderator's mode: seats, changing places, presence, rounds, skipping and returning."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QMouseEvent, QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.panels import add_panelist, change_panelist
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.vocabulary import Consent, Output, Stance
from sto_desktop.ui.conversation.page.moderator import ModeratorView
from sto_desktop.ui.conversation.table.ring import NAME_STYLES, SeatTile
from sto_desktop.ui.conversation.table.seating_plan import page_layout, print_plan
from sto_desktop.ui.conversation.table.table_dialog import TableDialog
from tests.ui.conversation_support import ALT, PANEL, PLAIN, SHIFT, Room
from tests.ui.paper.pdf_reading import text_of_pdf
from tests.ui.reading import at_question

pytestmark = pytest.mark.long

MORE = ("Roel Hofstede", "Ilse van der Berg", "Mohammed El Amrani", "Truus Wevers", "Bartholomeus Kok")


def tiles(room: Room) -> dict[str, SeatTile]:
    return {tile.look.name: tile for tile in room.page.side.ring.tiles}


def seats(room: Room) -> list[str]:
    """Names by seat, as on disk."""
    return [member.first_name for member in room.session.dossier.read.members.of_panel(PANEL)]


def member(room: Room, name: str) -> Panelist:
    return next(item for item in room.session.dossier.read.members.of_panel(PANEL) if item.first_name == name)


def test_the_moderator_can_begin_from_the_table_and_sees_what_is_told(room: Room) -> None:
    room.press(Qt.Key.Key_F7)
    page = room.page
    assert page.top.pause_button.isVisible()
    assert page.top.pause_button.word() == "Begin het gesprek"
    room.click(page.top.pause_button)
    assert page.clock.running
    assert page.top.pause_button.word() == "Pauze"
    page.leading.finish()
    QApplication.processEvents()
    assert room.banner
    assert page.notices.isVisible()


def lead(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.press(Qt.Key.Key_F7)


def table_dialog(room: Room, qtbot: QtBot) -> TableDialog:
    room.press(Qt.Key.Key_Z, ALT)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), TableDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, TableDialog)
    return dialog


def test_the_table_shows_every_seat_clockwise_with_who_speaks_and_who_is_quiet(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    for seat in range(1, 7):
        room.note(f"Iets van stoel {seat}. @{seat}")
    room.clock.pass_time(minutes=12)
    room.note("En nog iets. @2")
    assert not room.page.side.ring.isVisible()
    room.press(Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: tiles(room)["Jaap"].look.speaking)
    assert list(tiles(room)) == ["Renée", "Jaap", "Annemarie", "Hilde", "Peter", "Nick", "Fatma"]
    assert [name for name, tile in tiles(room).items() if tile.look.quiet] == ["Fatma"]
    assert (tiles(room)["Jaap"].look.side, tiles(room)["Fatma"].look.side) == ("2 · nu", "niet gehoord")
    middles = [tile.geometry().center() for tile in room.page.side.ring.tiles]
    assert middles[0].x() < middles[1].x() < middles[2].x()
    assert middles[3].x() > middles[6].x()
    assert middles[4].y() > middles[3].y() > middles[0].y()


def test_twelve_names_stand_whole_and_large_and_clear_of_each_other(room: Room) -> None:
    for number, name in enumerate(MORE, 8):
        room.session.apply(add_panelist(PANEL, name, number, sector="bedrijfsvakschool"))
    lead(room)
    ring = room.page.side.ring
    assert len(ring.tiles) == 12
    boxes = [tile.geometry() for tile in ring.tiles]
    assert all(ring.rect().contains(box) for box in boxes)
    assert not any(one.intersects(other) for at, one in enumerate(boxes) for other in boxes[:at])
    large = [tile for tile in ring.tiles if name_fits(room, tile, 0)]
    # Only the longest name of all gets a smaller style.
    assert {tile.look.name for tile in ring.tiles} - {tile.look.name for tile in large} <= {"Bartholomeus", "Mohammed"}
    assert all(name_fits(room, tile, len(NAME_STYLES) - 1) for tile in ring.tiles)
    # Capitals of 4 mm at 96 dots an inch: 7 minutes of arc at two metres, where good eyes need 5.
    assert NAME_STYLES[0].size >= 20
    area = room.page.side.rect()
    assert all(area.contains(tile.mapTo(room.page.side, tile.rect().bottomRight())) for tile in ring.tiles)


def name_fits(room: Room, tile: SeatTile, step: int) -> bool:
    font = room.window.theme.font(NAME_STYLES[step])
    return QFontMetricsF(font).horizontalAdvance(tile.look.name) <= tile.width() - 8


def test_a_seat_dragged_onto_another_changes_places_and_ctrl_z_brings_it_back(room: Room) -> None:
    lead(room)
    first, last = tiles(room)["Renée"], tiles(room)["Fatma"]
    ring, target, start = room.page.side.ring, last.geometry().center(), first.rect().center()
    QTest.mousePress(first, Qt.MouseButton.LeftButton, PLAIN, start)
    for at in (start + QPoint(30, 30), first.mapFrom(ring, target)):
        drag(first, at)
    assert ring.dragging
    # The seat itself moved, so the same place on the screen is another one inside it.
    QTest.mouseRelease(first, Qt.MouseButton.LeftButton, PLAIN, first.mapFrom(ring, target))
    assert seats(room) == ["Fatma", "Jaap", "Annemarie", "Hilde", "Peter", "Nick", "Renée"]
    assert room.page.moderating
    room.page.moderator.setFocus()
    room.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert seats(room)[0] == "Renée"
    assert next(iter(tiles(room))) == "Renée"


def drag(tile: SeatTile, at: QPoint) -> None:
    """Move the mouse with its button held, which QTest can't do."""
    point, held = QPointF(at), Qt.MouseButton.LeftButton
    event = QMouseEvent(QEvent.Type.MouseMove, point, tile.mapToGlobal(point), held, held, PLAIN)
    QApplication.sendEvent(tile, event)


def test_arrows_go_along_the_table_and_shift_changes_places(room: Room) -> None:
    lead(room)
    tiles(room)["Renée"].setFocus()
    room.press(Qt.Key.Key_Right)
    assert room.focus() is tiles(room)["Jaap"]
    room.press(Qt.Key.Key_Right, SHIFT)
    assert seats(room)[:3] == ["Renée", "Annemarie", "Jaap"]
    assert room.focus() is tiles(room)["Jaap"]
    room.press(Qt.Key.Key_Return)
    room.type("Vanaf de stoel gekozen.")
    room.keep()
    assert room.voices(room.notes[-1]).keys() == {"Jaap"}


def test_who_leaves_early_or_comes_late_is_noted_with_the_time(room: Room, qtbot: QtBot) -> None:
    lead(room)
    room.clock.pass_time(minutes=40)
    nick = tiles(room)["Nick"]
    room.page.side.ring.offer(nick, nick.mapToGlobal(nick.rect().center()))
    menu = room.page.side.ring.findChild(QMenu)
    assert menu is not None
    qtbot.waitUntil(menu.isVisible)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(menu, key)
    assert member(room, "Nick").left_at == room.clock.now
    assert member(room, "Nick").present
    assert room.message == "Nick vertrok om 16:15."
    assert (tiles(room)["Nick"].look.away, tiles(room)["Nick"].look.side) == (True, "vertrokken")
    dialog = table_dialog(room, qtbot)
    row = next(one for one in dialog.rows if one.panelist == member(room, "Nick").id)
    assert row.about == "bedrijf · tot 16:15"
    first = dialog.rows[0]
    assert dialog.isAncestorOf(room.focus())
    segments = first.presence.findChildren(QAbstractButton)
    room.click(segments[1])
    assert not member(room, "Renée").present
    room.clock.pass_time(minutes=5)
    room.click(segments[0])
    assert (member(room, "Renée").present, member(room, "Renée").arrived_at) == (True, room.clock.now)
    assert first.about == "po · sinds 16:20"


def test_the_note_taker_has_the_same_menu_on_a_name(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    row = room.page.side.speakers.rows[5]
    at = row.rect().center()
    QApplication.sendEvent(row, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, row.mapToGlobal(at)))
    menu = room.page.side.speakers.findChild(QMenu)
    assert menu is not None
    qtbot.waitUntil(menu.isVisible)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(menu, key)
    assert member(room, "Nick").left_at == room.clock.now
    assert row.line.side == "vertrokken"


def test_places_change_by_key_in_the_list_and_the_keyboard_stays_there(room: Room, qtbot: QtBot) -> None:
    dialog = table_dialog(room, qtbot)
    row = dialog.rows[1]
    row.down.setFocus()
    room.press(Qt.Key.Key_Return)
    assert seats(room)[:4] == ["Renée", "Annemarie", "Jaap", "Hilde"]
    assert room.focus() is row.down
    room.press(Qt.Key.Key_Return)
    assert seats(room)[:4] == ["Renée", "Annemarie", "Hilde", "Jaap"]
    assert dialog.rows.index(row) == 3
    room.press(Qt.Key.Key_Escape)
    room.window.activateWindow()


def test_the_seating_plan_prints_on_one_page(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    writer = QPdfWriter(str(tmp_path / "zitplan.pdf"))
    writer.setPageLayout(page_layout())
    dialog = table_dialog(room, qtbot)
    dialog.ask_paper = lambda _parent: writer
    room.click(dialog.plan_button)
    (listed,) = room.session.dossier.read.course.all_issued()
    assert (listed.output, listed.form, listed.file_name) == (Output.PAPER, "Zitplan", "(afgedrukt)")
    dialog.accept()
    made = (tmp_path / "zitplan.pdf").read_bytes()
    assert made.startswith(b"%PDF")
    assert made.count(b"/Type /Page\n") == 1
    assert "deelname" not in dialog.about.text()
    room.session.apply(change_panelist(member(room, "Hilde").id, consent_participation=Consent.NO))
    without = QPdfWriter(str(tmp_path / "zonder.pdf"))
    without.setPageLayout(page_layout())
    dialog = TableDialog(room.window.theme, room.page.live, room.window, ask=lambda _parent: without)
    qtbot.addWidget(dialog)
    room.click(dialog.plan_button)
    printed = text_of_pdf((tmp_path / "zonder.pdf").read_bytes())
    assert ["Renée" in printed, "Hilde" in printed] == [True, False]
    assert dialog.about.text().endswith("Wie niet meedoet (deelname: nee), staat niet op het zitplan.")
    many = QPdfWriter(str(tmp_path / "veel.pdf"))
    many.setPageLayout(page_layout())
    people = [Panelist(str(seat), PANEL, seat, f"Lid {seat}", f"Lid {seat}") for seat in range(1, 21)]
    assert print_plan(many, "Zitplan", "", people)


def test_a_round_passes_every_seat_once_and_writes_who_spoke(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    bar = room.page.round_bar
    assert not bar.isVisible()
    room.press(Qt.Key.Key_R, ALT)
    assert bar.isVisible()
    assert (bar.turn.text(), bar.after.text()) == ("Rondje: Renée", "1 van 7 · daarna Jaap")
    assert [row.line.first_name for row in room.page.side.speakers.rows if row.line.turn] == ["Renée"]
    room.note("Dat wat Renée vindt.")
    room.note("En nog iets van haar.")
    room.press(Qt.Key.Key_R, ALT)
    room.note("Dat wat Jaap vindt.")
    room.press(Qt.Key.Key_L, ALT)
    assert bar.turn.text() == "Rondje: Renée"
    room.press(Qt.Key.Key_R, ALT, times=6)
    assert (bar.turn.text(), bar.forward.word()) == ("Rondje: Fatma", "Klaar")
    room.press(Qt.Key.Key_R, ALT)
    assert not bar.isVisible()
    assert room.message.startswith("Het rondje is klaar")
    room.note("Van niemand in het bijzonder.")
    assert [list(room.voices(note)) for note in room.notes] == [["Renée"], ["Renée"], ["Jaap"], []]


def test_in_a_round_a_speaker_in_the_line_is_who_says_it(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.press(Qt.Key.Key_R, ALT)
    room.note("@jaap Dat geloof ik niet.")
    room.note("Te vol @4")
    room.note("Dat vindt Jaap ook @2+")
    fourth = room.page.side.speakers.rows[3].line.first_name
    assert [room.voices(note) for note in room.notes] == [
        {"Jaap": Stance.SAYS},
        {fourth: Stance.SAYS},
        {"Renée": Stance.SAYS, "Jaap": Stance.AGREES},
    ]


def test_a_round_is_left_by_key_and_by_going_on(room: Room) -> None:
    lead(room)
    room.press(Qt.Key.Key_R, ALT)
    assert tiles(room)["Renée"].look.turn
    room.press(Qt.Key.Key_X, ALT)
    assert not tiles(room)["Renée"].look.turn
    room.press(Qt.Key.Key_R, ALT, times=2)
    assert tiles(room)["Renée"].look.had_turn
    room.next()
    assert room.page.live.round is None


def test_a_question_is_skipped_gives_its_minutes_and_comes_back(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    planned = room.page.clock.timing().schedule.planned
    room.next(2)
    room.press(Qt.Key.Key_O, ALT)
    assert room.current == "Po en Technolab: Succesfactoren"
    assert room.message.startswith("«Opbrengst» vervalt; dat geeft ")
    assert room.page.clock.timing().schedule.planned < planned
    room.press(Qt.Key.Key_Up, ALT)
    assert room.current == "Welkom: Eerste beeld"
    room.next()
    room.press(Qt.Key.Key_G, ALT)
    assert room.current == "Welkom: Kennismaking"
    room.press(Qt.Key.Key_G, ALT)
    assert room.current == "Welkom: Eerste beeld"
    room.click(
        room.page.guide.viewport(),
        at_question(room.page.guide, room.page.live.rows.guide.questions()[2][1].id),
    )
    room.press(Qt.Key.Key_O, ALT)
    assert room.current == "Po en Technolab: Opbrengst"
    assert room.page.clock.timing().schedule.planned == planned


def test_the_table_is_in_sight_when_somebody_begins_to_lead_in_a_low_window(room: Room) -> None:
    room.window.resize(911, 512)
    room.press(Qt.Key.Key_F5)
    room.next()
    room.note("@renée Leerlingen zien techniek al in groep 7")
    room.note("? @jaap wie betaalt de bus na 2025, en wie rijdt hem dan eigenlijk")
    room.go_to("Beeldvorming", "Succesfactoren")
    room.note("@fatma Het bezoek aan Technolab maakt indruk")
    # The focus passes what is beside the line on its way to the question.
    room.press(Qt.Key.Key_F7)
    QTest.qWait(50)
    assert isinstance(room.focus(), ModeratorView)
    first = room.page.side.ring.tiles[0]
    assert first.visibleRegion().boundingRect() == first.rect()
