"""The window on a small laptop at 150 %: 911 x 512 px for everything, without overlaps."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.conversation.stream.stream_row import SIDE, TEXT_LEFT, set_row, stream_names
from sto_desktop.ui.elaborate import elaborate_stage
from sto_desktop.ui.elaborate.notes.filter_bar import NARROW_KIND, FilterBar, ThemeChoice
from sto_desktop.ui.look.roles import TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare import prepare_stage
from sto_desktop.ui.shell.stage_area import LEAST, StageArea
from sto_desktop.ui.widgets import FootButton, KeyHints
from sto_desktop.ui.widgets.text import ElidedLabel
from tests.ui.conversation_support import PANEL, Room, make_dossier, window_on
from tests.ui.prepare_support import desk_on

SMALL, USUAL = (911, 512), (1366, 768)
PAIRS = (("Enter", "bewaren"), ("@", "spreker"), ("#", "label"))


def test_the_window_takes_the_size_of_a_small_screen_and_the_guide_gives_way(room: Room, qtbot: QtBot) -> None:
    room.window.resize(*SMALL)
    qtbot.waitUntil(lambda: not room.page.guide.isVisible())
    assert (room.window.width(), room.window.height()) == SMALL
    assert room.page.width() <= SMALL[0]
    assert room.page.head.isVisible()
    room.note("@renée De bus rijdt niet op tijd")
    assert [note.text for note in room.notes] == ["De bus rijdt niet op tijd"]
    room.window.resize(*USUAL)
    qtbot.waitUntil(room.page.guide.isVisible)


def test_names_keep_clear_of_the_words(room: Room, theme: Appearance) -> None:
    room.note("@renée + @jaap De overstap van het mbo naar werk; iedereen praat over instroom")
    note = room.session.dossier.read.notes.of_panel(PANEL)[0]
    names = stream_names(room.page.live.rows.panelists)
    for width in (240, 300, 420, 560, 900):
        row = set_row(theme, note, width, names)
        assert row.speakers.width > 0
        assert TEXT_LEFT + row.text.width <= width - SIDE - row.speakers.width


def test_key_hints_are_there_whole_or_not_at_all(qtbot: QtBot, theme: Appearance) -> None:
    hints = KeyHints(theme, PAIRS)
    qtbot.addWidget(hints)
    hints.resize(hints.sizeHint())
    assert hints.fitting() == PAIRS
    hints.resize(hints.width() - 1, hints.height())
    assert hints.fitting() == PAIRS[:2]
    hints.resize(10, hints.height())
    assert hints.fitting() == ()


def test_the_themes_of_a_narrow_list_have_a_line_to_themselves(qtbot: QtBot, theme: Appearance) -> None:
    bar = FilterBar(theme, "Ctrl F")
    qtbot.addWidget(bar)
    titles = ("1 Po en Technolab", "2 Beeldvorming", "3 Bedrijven en mbo", "4 Regionaal")
    choices = [ThemeChoice(title, title, title, title[0]) for title in titles]
    bar.show_themes(choices, 0)
    bar.resize(480, 100)
    bar.show()
    qtbot.waitUntil(lambda: bar.search.y() > bar.button(titles[0]).y())
    assert min(bar.button(title).width() for title in titles) > 80
    bar.search.setText("techniek")
    bar.show_count("3 van 64 notities", narrowed=True)
    qtbot.waitUntil(bar.clear.isVisible)
    words = bar.search.fontMetrics().horizontalAdvance("techniek")
    assert bar.search.width() - bar.search.textMargins().left() - bar.search.textMargins().right() > words
    assert bar.kind.width() == NARROW_KIND
    line = (bar.search, bar.kind, bar.starred, bar.todo, bar.more, bar.clear)
    assert all(one.geometry().right() < other.geometry().left() for one, other in pairwise(line))
    assert bar.clear.geometry().right() < bar.width()
    bar.show_count("64 notities", narrowed=False)
    bar.resize(900, 100)
    qtbot.waitUntil(lambda: bar.search.y() == bar.button(titles[0]).y())


def test_in_a_narrow_window_the_title_and_the_keys_stay_whole(room: Room, qtbot: QtBot, theme: Appearance) -> None:
    room.press(Qt.Key.Key_F5)
    room.note("@1 Een notitie")
    title, subtitle = (room.page.top.findChildren(ElidedLabel)[place] for place in (0, 1))
    feet = room.window.status_line.findChildren(FootButton)
    room.window.resize(*USUAL)
    qtbot.waitUntil(subtitle.isVisible)
    assert not any(one.short for one in feet)
    room.window.resize(*SMALL)
    qtbot.waitUntil(lambda: not subtitle.isVisible())
    qtbot.waitUntil(lambda: title.width() >= title.sizeHint().width())
    assert room.page.top.pill.text == "loopt 0:00"
    # Texts disappear from the right, each as a whole; the keys stay. What Ctrl+Z does is the last to lose its words.
    for width, words in ((1024, True), (683, False)):
        room.window.resize(width, 600)
        qtbot.waitUntil(lambda shown=words: (feet[0].short, feet[-1].short) == (not shown, True))  # type: ignore[misc]
        assert [one.short for one in feet] == sorted([one.short for one in feet])
        qtbot.waitUntil(lambda: all(one.width() >= one.sizeHint().width() for one in feet))


def test_a_speakers_first_name_is_there_whole_beside_how_long_ago_they_spoke(room: Room, theme: Appearance) -> None:
    room.press(Qt.Key.Key_F5)
    room.note("@1 De bus rijdt niet op tijd")
    room.clock.pass_time(minutes=20)
    room.page.clock.tick()
    row = next(one for one in room.page.side.speakers.rows if one.line.first_name == "Annemarie")
    assert row.line.side == "niet gehoord"
    for width in (160, 200, 236, 268):
        assert row.name_width(width) >= QFontMetricsF(theme.font(TextStyle.BODY)).horizontalAdvance("Annemarie")


def test_the_form_of_a_panel_fits_beside_its_guide_on_a_small_screen(
    qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path
) -> None:
    with desk_on(qtbot, theme, settings, tmp_path) as desk:
        desk.window.resize(*SMALL)
        side, page = desk.stage.side, desk.stage.guide_page
        viewport = side._scroll.viewport()
        qtbot.waitUntil(lambda: viewport.width() < 400)
        for field in (side.form.end, side.form.place, side.form.note_taker, side.card, side.details):
            assert field.mapTo(viewport, field.rect().topRight()).x() < viewport.width()
        qtbot.waitUntil(lambda: page.total.width() >= page.total.sizeHint().width())


def test_the_buttons_above_the_members_keep_their_words(
    qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path
) -> None:
    with desk_on(qtbot, theme, settings, tmp_path) as desk:
        desk.window.resize(*SMALL)
        desk.stage.show_members()
        page = desk.stage.members
        qtbot.waitUntil(page.isVisible)
        buttons = (page.back, page.remove, page.erase, page.book, page.paste, page.file)
        qtbot.waitUntil(lambda: all(button.width() >= button.sizeHint().width() for button in buttons))
        desk.window.resize(*USUAL)
        qtbot.waitUntil(lambda: page.paste.hint == "Ctrl V")


@pytest.mark.parametrize("stage", [Stage.PREPARE, Stage.ELABORATE])
def test_in_the_smallest_window_a_stage_scrolls_and_nothing_overlaps(
    qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore, stage: Stage
) -> None:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    stages = {Stage.PREPARE: prepare_stage, Stage.ELABORATE: elaborate_stage}
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings, stages=stages) as room:
        room.window.resize(683, 384)
        room.window.navigate(stage)
        qtbot.wait(50)
        assert (room.window.width(), room.window.height()) == (683, 384)
        area = room.window.findChild(StageArea)
        widget = room.window.stage_widget(stage)
        assert area is not None
        assert widget is not None
        assert widget.width() >= LEAST.width()
        assert area.horizontalScrollBar().maximum() > 0
        assert area.horizontalScrollBar().value() == 0
        room.window.navigate(Stage.CONVERSATION)
        qtbot.wait(50)
        assert area.horizontalScrollBar().maximum() == 0
        assert room.page.width() == area.width()


def test_messages_on_a_small_laptop_leave_a_stage_its_width(
    qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path
) -> None:
    with desk_on(qtbot, theme, settings, tmp_path) as desk:
        desk.window.resize(*SMALL)
        area = desk.window.findChild(StageArea)
        assert area is not None
        for topic in ("term", "names"):
            desk.window.notices.tell(
                "Dit dossier heeft geen wachtwoord, en het is te lezen voor u alleen. " * 2, topic=topic
            )
        qtbot.waitUntil(lambda: area.viewport().width() < area.width())
        assert area.horizontalScrollBar().maximum() == 0
