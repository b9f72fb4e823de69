"""The clock, the guide and the members during a conversation: start, move, pause, crash, finish, in the real window."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions import conversation as time_actions
from sto_desktop.domain.actions import panels as panel_actions
from sto_desktop.domain.errors import StoError
from sto_desktop.domain.live.schedule import minutes_used
from sto_desktop.domain.log.change import action, delete
from sto_desktop.domain.vocabulary import Agreement, PanelStatus
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.conversation.page.closing_sheet import ClosingSheet
from sto_desktop.ui.look.roles import ColourRole
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Banner, EmptyState, QuietButton
from tests.ui.conversation_support import ALT, PANEL, START, WHO, Clock, Room, make_dossier, window_on
from tests.ui.reading import at_question, press_answer, shown_with

pytestmark = pytest.mark.long


def used(room: Room) -> dict[tuple[str, str], int]:
    """Whole minutes used, by theme and question, as on disk."""
    spans = room.session.dossier.read.course.time_spans(PANEL)
    return {room.place(question): round(minutes) for question, minutes in minutes_used(spans).items()}


def side(room: Room, question: str) -> str:
    """The text that the guide shows next to the first question of that name."""
    return next(line.side for line in room.page.guide.lines if line.text == question)


def test_before_the_start_the_screen_invites_and_typing_works(room: Room) -> None:
    page = room.page
    assert page.start_card.isVisible()
    assert page.top.pill.text == "nog niet begonnen"
    assert room.focus() is page.line.edit
    room.note("Iedereen kent elkaar al.")
    assert room.place(room.notes[0].question) == ("Welkom", "Kennismaking")
    assert room.session.dossier.read.course.time_spans(PANEL) == []
    room.click(page.start_card.button)
    assert not page.start_card.isVisible()
    assert room.focus() is page.line.edit
    panel = room.session.dossier.read.panels.get(PANEL)
    assert panel is not None
    assert panel.status is PanelStatus.RUNNING
    assert room.current == "Welkom: Kennismaking"
    (span,) = room.session.dossier.read.course.time_spans(PANEL)
    assert (room.place(span.question)[1], span.stopped_at) == ("Kennismaking", None)


def test_time_goes_to_the_question_that_is_asked_and_not_to_a_pause(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=4)
    room.next()
    room.clock.pass_time(minutes=7)
    room.press(Qt.Key.Key_P, ALT)
    assert room.page.top.pill.text == "gepauzeerd op 0:11"
    room.clock.pass_time(minutes=30)
    room.next()
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=3)
    room.press(Qt.Key.Key_Up, ALT)
    room.clock.pass_time(minutes=1)
    room.press(Qt.Key.Key_F5)
    assert used(room) == {
        ("Welkom", "Kennismaking"): 4,
        ("Welkom", "Eerste beeld"): 8,
        ("Po en Technolab", "Opbrengst"): 3,
    }


def test_a_wall_clock_that_jumps_costs_no_time(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=2)
    room.clock.now -= dt.timedelta(hours=1)
    room.clock.pass_time(minutes=3)
    room.press(Qt.Key.Key_F5)
    assert used(room) == {("Welkom", "Kennismaking"): 5}


def test_a_closed_lid_costs_no_time_is_told_and_can_be_counted_after_all(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=2)
    room.page.clock.tick()
    assert room.banner == ""
    # Only the wall clock goes on while the computer sleeps.
    room.clock.now += dt.timedelta(minutes=12)
    room.clock.pass_time(seconds=1)
    room.page.clock.tick()
    assert room.banner.startswith("De computer sliep, of zijn klok is verzet: 12 minuten telt niet mee")
    assert room.page.top.pill.text == "gesprek loopt 0:02"
    press_answer(room.page.notices)
    assert room.page.top.pill.text == "gesprek loopt 0:14"
    room.clock.now -= dt.timedelta(minutes=12)
    room.page.clock.tick()
    assert room.banner.startswith("De klok van de computer ging 12 minuten terug.")
    room.clock.pass_time(minutes=1)
    room.press(Qt.Key.Key_F5)
    assert used(room) == {("Welkom", "Kennismaking"): 15}


def test_the_head_shows_clock_time_left_and_schedule(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=13, seconds=30)
    room.page.clock.tick()
    head = room.page.time
    assert (head.clock.value, head.clock.label) == ("15:48", "einde 17:25")
    assert (head.left.value, head.left.role) == ("3:30", ColourRole.INK)
    assert head.schedule.label == "precies op schema"
    room.clock.pass_time(minutes=1)
    room.page.clock.tick()
    assert (head.left.value, head.left.role) == ("2:30", ColourRole.WARN)
    room.clock.pass_time(minutes=2)
    room.page.clock.tick()
    assert (head.left.value, head.left.role) == ("0:30", ColourRole.LATE)
    room.clock.pass_time(minutes=5)
    room.page.clock.tick()
    assert (head.left.value, head.left.label, head.left.role) == ("4:30", "over tijd in dit thema", ColourRole.LATE)
    assert (head.schedule.value, head.schedule.label, head.schedule.role) == (
        "5 min",
        "achter op schema",
        ColourRole.WARN,
    )
    assert head.clock.label == "einde 17:25, verwacht 17:30"
    assert room.page.top.pill.text == "gesprek loopt 0:21"


def test_the_theme_bar_is_as_wide_as_its_minutes_and_fills(room: Room) -> None:
    bar = room.page.time.bar
    segments, rects = bar.segments, bar.rects()
    assert [segment.clock for segment in segments][:3] == ["15:35", "15:52", "16:12"]
    assert sum(segment.minutes for segment in segments) == 110
    wide = {item.title: rect.width() / item.minutes for item, rect in zip(segments, rects, strict=True)}
    assert max(wide.values()) - min(wide.values()) < 1.5
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=8.5)
    room.page.clock.tick()
    assert [(segment.filled, segment.current) for segment in bar.segments][:2] == [(0.5, True), (0.0, False)]
    room.click(bar, bar.rects()[2].center().toPoint())
    assert room.current == "Beeldvorming: Opbrengst"
    assert room.focus() is room.page.line.edit


def test_the_guide_counts_notes_and_shows_what_was_passed_as_open(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    room.next()
    room.note("Een moment.")
    room.note("Nog een moment.")
    qtbot.waitUntil(lambda: side(room, "Eerste beeld") == "2")
    assert side(room, "Kennismaking") == "open"
    assert side(room, "Opbrengst") == "–"
    room.click(
        room.page.guide.viewport(),
        at_question(room.page.guide, room.page.live.rows.guide.questions()[0][1].id),
    )
    assert room.current == "Welkom: Kennismaking"
    assert side(room, "Kennismaking") == "–"
    assert shown_with("Volgende", room.page.line) == "Volgende:"
    assert shown_with("Eerste beeld", room.page.line) == "Eerste beeld"


def test_alt_arrows_stop_at_the_ends(room: Room) -> None:
    room.press(Qt.Key.Key_Up, ALT)
    assert room.current == "Welkom: Kennismaking"
    room.next(40)
    assert room.current == "Afronding: Gemist"
    assert shown_with("laatste", room.page.line) == "Dit is de laatste vraag"


def test_a_skipped_question_is_passed_over_but_can_be_chosen(room: Room) -> None:
    question = room.page.live.rows.guide.questions()[1][1]
    room.session.apply(panel_actions.skip_question(PANEL, question, True))
    assert side(room, "Eerste beeld") == "vervalt"
    room.next()
    assert room.current == "Po en Technolab: Opbrengst"
    room.click(room.page.guide.viewport(), at_question(room.page.guide, question.id))
    assert room.current == "Welkom: Eerste beeld"
    room.next()
    assert room.current == "Po en Technolab: Opbrengst"


def test_f2_shows_all_probes(room: Room) -> None:
    head = room.page.head
    assert not head.all_probes.isVisible()
    room.press(Qt.Key.Key_F2)
    assert head.all_probes.isVisible()
    assert head.all_probes.text().count("\n") == 1
    room.press(Qt.Key.Key_F2)
    assert not head.all_probes.isVisible()


def test_who_is_quiet_stands_out_and_who_spoke_does_not(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    for seat in range(1, 7):
        room.note(f"Iets van stoel {seat}. @{seat}")
    room.clock.pass_time(minutes=12)
    room.note("En nog iets. @2")
    room.page.clock.tick()
    lines = {row.line.first_name: row.line for row in room.page.side.speakers.rows}
    assert [name for name, line in lines.items() if line.quiet] == ["Fatma"]
    assert (lines["Fatma"].side, lines["Jaap"].side, lines["Hilde"].side) == ("niet gehoord", "2 · nu", "1 · 14 min")
    assert lines["Jaap"].now
    room.clock.pass_time(minutes=10)
    room.page.clock.tick()
    quiet = [row.line.first_name for row in room.page.side.speakers.rows if row.line.quiet]
    assert quiet == ["Renée", "Annemarie", "Fatma"]


def test_the_summary_per_theme_is_kept_and_comes_back(room: Room, qtbot: QtBot) -> None:
    room.go_to("Beeldvorming", "Opbrengst")
    field = room.page.side.playback
    assert not field.agreed.isVisible()
    room.click(field.text.viewport())
    room.type("Zien en zelf maken verandert het beeld.")
    field.agreed.setFocus()
    room.press(Qt.Key.Key_Down)
    field.agreed.activated.emit(field.agreed.currentIndex())
    (kept,) = room.session.dossier.read.course.playbacks(PANEL)
    assert (kept.text, kept.agreed) == ("Zien en zelf maken verandert het beeld.", Agreement.YES)
    room.page.line.setFocus()
    room.go_to("Regionaal", "Opbrengst")
    assert field.text.toPlainText() == ""
    room.go_to("Welkom", "Kennismaking")
    assert not field.isVisible()
    room.go_to("Beeldvorming", "Wat kan beter")
    assert field.text.toPlainText() == "Zien en zelf maken verandert het beeld."
    assert len(room.session.dossier.read.course.playbacks(PANEL)) == 1


def test_f7_shows_the_moderator_one_large_question_and_typing_starts_a_note(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.press(Qt.Key.Key_F7)
    page = room.page
    assert page.moderator.isVisible()
    assert not page.line.isVisible()
    assert not page.guide.isVisible()
    assert page.moderator.question.text() == page.live.place.step.question.text  # type: ignore[union-attr]
    room.press(Qt.Key.Key_PageDown)
    assert room.current == "Welkom: Eerste beeld"
    room.press(Qt.Key.Key_PageUp)
    assert room.current == "Welkom: Kennismaking"
    room.click(page.moderator.next_button)
    assert room.current == "Welkom: Eerste beeld"
    page.moderator.setFocus()
    room.press(Qt.Key.Key_F2)
    assert not page.moderator.probes.isVisible()
    room.type("Toch")
    assert not page.moderating
    assert room.line == "Toch"
    room.type(" een notitie.")
    room.keep()
    assert [note.text for note in room.notes] == ["Toch een notitie."]


def test_page_keys_leave_the_question_alone_for_the_note_taker(room: Room) -> None:
    room.press(Qt.Key.Key_F7)
    room.press(Qt.Key.Key_F7)
    room.press(Qt.Key.Key_PageDown)
    assert room.current == "Welkom: Kennismaking"


def test_finishing_alone_stops_the_clock_and_offers_working_out(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    room.note("Hoi. @1")
    room.note("? Voor straks. @2")
    room.clock.pass_time(minutes=100)
    room.click(room.page.top.finish_button)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ClosingSheet))
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, ClosingSheet)
    room.click(sheet.only_finish)
    room.window.activateWindow()
    panel = room.session.dossier.read.panels.get(PANEL)
    assert panel is not None
    assert panel.status is PanelStatus.HELD
    assert room.page.top.pill.text == "gesprek gehouden 1:41"
    assert room.banner == "Het gesprek is afgerond: 1:41 uur, 2 notities."
    assert not room.page.top.finish_button.isVisible()
    press_answer(room.page.notices)
    assert room.window.stage is Stage.ELABORATE
    room.window.navigate(Stage.CONVERSATION)
    room.note("Achteraf nog iets.")
    assert len(room.notes) == 3
    assert used(room)[("Welkom", "Kennismaking")] == 101


def test_a_conversation_that_was_held_can_go_on(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=5)
    room.page.leading.finish()
    room.click(room.page.top.pause_button)
    assert room.page.clock.running
    panel = room.session.dossier.read.panels.get(PANEL)
    assert panel is not None
    assert panel.status is PanelStatus.RUNNING


def crash(home: Path, path: Path, *, minutes: float, alive: float) -> None:
    """Leave a conversation as a killed program does: running, last saved as running after this many minutes."""
    copy = WorkingCopies(home).open(path, WHO)
    guide = copy.dossier.read.guides.of_panel(PANEL)
    question = guide.questions()[1][1].id
    begin = START + dt.timedelta(minutes=minutes)
    copy.dossier.apply(time_actions.start_question(PANEL, question, (), begin, None, span="left"))
    (span,) = copy.dossier.read.course.time_spans(PANEL)
    copy.dossier.apply(time_actions.stay_alive(span, begin + dt.timedelta(minutes=alive)))
    copy.close()


def test_after_a_crash_it_goes_on_at_the_same_question_and_says_so(
    qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore
) -> None:
    home, path = tmp_path / "home", tmp_path / "o.sto"
    make_dossier(home, path)
    crash(home, path, minutes=0, alive=6)
    clock = Clock(START + dt.timedelta(minutes=9))
    with window_on(home, path, theme, settings, clock) as room:
        assert room.current == "Welkom: Eerste beeld"
        assert room.page.clock.running
        assert room.banner.startswith("Het programma stopte om 15:41")
        clock.pass_time(minutes=2)
        room.press(Qt.Key.Key_F5)
        assert used(room) == {("Welkom", "Eerste beeld"): 8}
        assert len(room.session.dossier.read.course.time_spans(PANEL)) == 2


def test_after_a_crash_and_a_clock_that_was_put_right_the_time_is_what_was_counted(
    qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore
) -> None:
    home, path = tmp_path / "home", tmp_path / "o.sto"
    make_dossier(home, path)
    copy = WorkingCopies(home).open(path, WHO)
    question = copy.dossier.read.guides.of_panel(PANEL).questions()[1][1].id
    copy.dossier.apply(time_actions.start_question(PANEL, question, (), START, None, span="left"))
    (span,) = copy.dossier.read.course.time_spans(PANEL)
    # Seven minutes passed; meanwhile the wall clock was set back an hour.
    copy.dossier.apply(time_actions.stay_alive(span, START - dt.timedelta(minutes=53), 7 * 60))
    copy.close()
    with window_on(home, path, theme, settings, Clock(START - dt.timedelta(minutes=50))) as room:
        assert room.current == "Welkom: Eerste beeld"
        room.clock.pass_time(minutes=2)
        room.press(Qt.Key.Key_F5)
        assert used(room) == {("Welkom", "Eerste beeld"): 9}


def test_a_second_window_leaves_the_running_clock_alone(
    qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore
) -> None:
    home, path = tmp_path / "home", tmp_path / "o.sto"
    make_dossier(home, path)
    crash(home, path, minutes=0, alive=6)
    clock = Clock(START + dt.timedelta(minutes=6, seconds=5))
    with window_on(home, path, theme, settings, clock) as room:
        assert room.banner == ""
        (span,) = room.session.dossier.read.course.time_spans(PANEL)
        assert (span.id, span.stopped_at) == ("left", None)
        clock.pass_time(seconds=55)
        room.press(Qt.Key.Key_F5)
        assert used(room) == {("Welkom", "Eerste beeld"): 7}


def test_two_windows_show_the_same_question(room: Room, tmp_path: Path) -> None:
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=3)
    room.type("Hier begonnen")
    other = WorkingCopies(room.home).open(room.session.path, WHO)
    try:
        spans = other.dossier.read.course.time_spans(PANEL)
        second = room.page.live.rows.guide.questions()[1][1].id
        other.dossier.apply(time_actions.start_question(PANEL, second, spans, room.clock.now, 180))
        room.session.dossier.poll()
        assert room.current == "Welkom: Eerste beeld"
        assert shown_with("Hoort bij", room.page.line) == "Hoort bij: Welkom · Kennismaking"
        room.clock.pass_time(minutes=2)
        room.press(Qt.Key.Key_F5)
        assert used(room) == {("Welkom", "Kennismaking"): 3, ("Welkom", "Eerste beeld"): 2}
    finally:
        other.close()


def test_choosing_another_panel_lets_the_clock_stand_still(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=3)
    room.session.apply(panel_actions.add_panel(room.page.live.rows.panel.guide, title="Panel Hengelo", panel="hengelo"))
    room.session.show_panel("hengelo")
    room.clock.pass_time(minutes=10)
    room.session.show_panel(PANEL)
    assert room.banner == ""
    assert room.page.top.pill.text == "gepauzeerd op 0:03"


def test_a_guide_that_goes_away_leaves_an_explanation(room: Room) -> None:
    room.session.apply(panel_actions.change_panel(PANEL, guide=None))
    (empty,) = room.stage.findChildren(EmptyState)
    assert empty.title.text() == "Er zijn nog geen vragen"


def test_a_question_that_goes_while_it_is_asked_gives_way_to_the_next_with_the_clock_and_the_words(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=2)
    room.go_to("Beeldvorming", "Succesfactoren")
    room.clock.pass_time(minutes=3)
    gone = room.page.live.place.current or ""
    room.type("Half getypt")
    room.session.apply(action("vraag weg", delete("question", gone)))
    assert room.current == "Beeldvorming: Wat kan beter"
    assert room.line == "Half getypt"
    room.clock.pass_time(minutes=4)
    room.press(Qt.Key.Key_F5)
    minutes = minutes_used(room.session.dossier.read.course.time_spans(PANEL))
    assert (round(minutes[gone]), round(minutes[room.page.live.place.current or ""])) == (3, 4)
    room.press(Qt.Key.Key_Return)
    assert room.notes[0].question == gone
    assert room.message == "De vraag is er niet meer. De notitie staat bij Uitwerken onder «Niet ingedeeld»."


def test_a_conversation_of_another_day_does_not_start_by_itself(
    qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore
) -> None:
    home, path = tmp_path / "home", tmp_path / "o.sto"
    make_dossier(home, path)
    crash(home, path, minutes=0, alive=6)
    with window_on(home, path, theme, settings, Clock(START + dt.timedelta(days=1))) as room:
        assert not room.page.clock.running
        assert room.banner.startswith("Dit gesprek is niet afgerond.")
        assert used(room) == {("Welkom", "Eerste beeld"): 6}
        press_answer(room.page.notices)
        panel = room.session.dossier.read.panels.get(PANEL)
        assert panel is not None
        assert panel.status is PanelStatus.HELD


def test_a_running_clock_is_kept_alive_on_disk(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    for _ in range(25):
        room.clock.pass_time(seconds=1)
        room.page.clock.tick()
    (span,) = room.session.dossier.read.course.time_spans(PANEL)
    assert span.alive_at == START + dt.timedelta(seconds=20)
    assert room.session.undo_label() is None


def test_without_panel_guide_or_members_the_screen_says_what_to_do(
    qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore
) -> None:
    for name, made, title in (
        ("leeg", {"panel": False}, "Er is nog geen panelgesprek"),
        ("zonder", {"guide": False}, "Er zijn nog geen vragen"),
    ):
        home, path = tmp_path / name, tmp_path / f"{name}.sto"
        make_dossier(home, path, **made)
        with window_on(home, path, theme, settings) as room:
            (empty,) = room.stage.findChildren(EmptyState)
            assert empty.title.text() == title
            assert empty.button is not None
            room.click(empty.button)
            assert room.window.stage is (Stage.START if name == "leeg" else Stage.PREPARE)
    make_dossier(tmp_path / "h", tmp_path / "n.sto", people=False)
    with window_on(tmp_path / "h", tmp_path / "n.sto", theme, settings) as room:
        room.note("Zonder namen kan het ook. @3")
        assert (room.notes[0].text, room.notes[0].note.said_by) == ("Zonder namen kan het ook.", "stoel 3")
        (fill_in,) = [button for button in room.page.side.findChildren(QuietButton) if button.isVisible()]
        room.click(fill_in)
        assert room.window.stage is Stage.PREPARE


def test_a_panel_that_is_made_meanwhile_comes_on_show(
    qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore
) -> None:
    make_dossier(tmp_path / "home", tmp_path / "o.sto", panel=False)
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings) as room:
        guide = room.session.dossier.read.guides.listed()[0].id
        room.session.apply(panel_actions.add_panel(guide, title="Panel Hengelo", panel=PANEL))
        assert room.page.live.rows.panel.title == "Panel Hengelo"
        room.note("Meteen bruikbaar.")
        assert len(room.notes) == 1


def test_going_to_a_question_or_note_from_elsewhere_shows_it(room: Room) -> None:
    room.go_to("Beeldvorming", "Opbrengst")
    room.note("Zoek mij.")
    note = room.notes[0]
    room.go_to("Welkom", "Kennismaking")
    room.stage.show_row("note", note.id)
    assert room.current == "Beeldvorming: Opbrengst"
    assert room.page.stream.view.current_note == note
    room.stage.show_row("question", room.page.live.rows.guide.questions()[-1][1].id)
    assert room.current == "Afronding: Gemist"


def test_with_twelve_members_all_are_in_sight(
    qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore
) -> None:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings) as room:
        for seat in range(8, 13):
            room.session.apply(panel_actions.add_panelist(PANEL, f"Panellid Nummer{seat}", seat, sector="mbo"))
        QApplication.processEvents()
        rows = room.page.side.speakers.rows
        assert len(rows) == 12
        bottom = rows[-1].mapTo(room.page.side, QPoint(0, rows[-1].height())).y()
        assert bottom < room.page.side.height()


def test_the_question_about_a_closed_lid_stays_until_it_is_answered(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=2)
    room.page.clock.tick()
    room.clock.now += dt.timedelta(minutes=12)
    room.clock.pass_time(seconds=1)
    room.page.clock.tick()
    asked = room.banner
    room.note("Een notitie.")
    room.press(Qt.Key.Key_F5, times=2)
    room.next()
    room.page.tell_error(StoError("Er was iets."))
    shown = [banner.accessibleName() for banner in room.page.notices.findChildren(Banner) if banner.isVisible()]
    assert asked in shown
    room.note("Nog een notitie.")
    assert room.banner == asked
    press_answer(room.page.notices)
    assert room.banner == "12 minuten is bij deze vraag meegeteld."
