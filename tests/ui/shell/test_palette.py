from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sto_desktop.language import tr
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.commands.command import Need
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.shell.palette import CommandPalette, PaletteGroup, PaletteItem, rank

CTRL = Qt.KeyboardModifier.ControlModifier


def item(group: PaletteGroup, text: str, *, detail: str = "", ranked: bool = False) -> PaletteItem:
    return PaletteItem(group, text, lambda: None, detail, ranked=ranked)


ITEMS = [
    item(PaletteGroup.NOTES, "Eén middag bij ons in de hal doet meer dan tien folders", ranked=True),
    item(PaletteGroup.COMMANDS, "Nieuw panelgesprek"),
    item(PaletteGroup.COMMANDS, "Verslag opslaan als Word"),
    item(PaletteGroup.QUESTIONS, "Wat zijn de succesfactoren?", detail="Beeldvorming"),
    item(PaletteGroup.PANELISTS, "Renée Oude Wessel", detail="po"),
]


def texts(query: str) -> list[str]:
    return [result.text for result in rank(query, ITEMS) if not result.ranked]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("word", "Verslag opslaan als Word"),
        ("nieu", "Nieuw panelgesprek"),
        ("verlsag", "Verslag opslaan als Word"),
        ("wesel", "Renée Oude Wessel"),
        ("sucesfactor", "Wat zijn de succesfactoren?"),
        ("beeldv", "Wat zijn de succesfactoren?"),
        ("wessel", "Renée Oude Wessel"),
        ("RENÉE", "Renée Oude Wessel"),
        ("panelgespek", "Nieuw panelgesprek"),
    ],
)
def test_what_looks_like_it_is_found(query: str, first: str) -> None:
    assert texts(query)[0] == first


def test_what_does_not_look_like_it_is_not_found() -> None:
    assert texts("xyzzy") == []


@given(st.text(max_size=20))
def test_groups_stay_together_whatever_is_typed(query: str) -> None:
    found = [result.group for result in rank(query, ITEMS)]
    changes = sum(1 for one, other in pairwise(found) if one is not other)
    assert changes == len(set(found)) - 1
    assert ITEMS[0] in rank(query, ITEMS)


def test_without_a_query_everything_is_offered_in_the_order_of_the_groups() -> None:
    assert [result.group for result in rank(" ", ITEMS)] == [
        PaletteGroup.COMMANDS,
        PaletteGroup.COMMANDS,
        PaletteGroup.QUESTIONS,
        PaletteGroup.PANELISTS,
        PaletteGroup.NOTES,
    ]


@pytest.fixture
def palette(qtbot: QtBot, window: MainWindow) -> Iterator[CommandPalette]:
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    made = window.findChild(CommandPalette)
    assert made is not None
    qtbot.waitUntil(made.isVisible)
    yield made
    made.close()


def test_typing_and_enter_do_the_command(qtbot: QtBot, window: MainWindow, palette: CommandPalette) -> None:
    qtbot.keyClicks(palette.field, "vogel")
    assert palette.items()[0].text == "Naar Vogelvlucht"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert window.stage is Stage.OVERVIEW


def test_arrows_choose_and_pass_over_headings(qtbot: QtBot, window: MainWindow, palette: CommandPalette) -> None:
    window.add_palette_provider(lambda query: [item(PaletteGroup.QUESTIONS, "Naar de vraag")])
    qtbot.keyClicks(palette.field, "naar")
    count = len(palette.items())
    seen = []
    for _ in range(count + 1):
        current = palette.list.currentItem()
        seen.append(current.text())
        assert current.data(Qt.ItemDataRole.UserRole) is not None
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert seen[0] == seen[-1]
    assert set(seen) == {one.text for one in palette.items()}
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentItem().text() == seen[0]


def test_a_click_does_it_too(qtbot: QtBot, window: MainWindow, palette: CommandPalette) -> None:
    qtbot.keyClicks(palette.field, "nieuw panel")
    rect = palette.list.visualItemRect(palette.list.item(1))
    with qtbot.waitSignal(window.new_requested):
        qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def test_esc_closes_and_the_next_time_it_is_empty(qtbot: QtBot, window: MainWindow, palette: CommandPalette) -> None:
    qtbot.keyClicks(palette.field, "word")
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    window.show_palette()
    assert palette.field.text() == ""
    assert palette.field.hasFocus()


def test_nothing_found_is_said(qtbot: QtBot, palette: CommandPalette) -> None:
    qtbot.keyClicks(palette.field, "xyzzy")
    assert palette.nothing.isVisible()
    assert palette.nothing.text() == "Niets gevonden voor “xyzzy”."
    assert palette.height() < 160
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_every_command_of_the_window_that_can_be_done_is_offered(window: MainWindow, palette: CommandPalette) -> None:
    offered = {one.text for one in palette.items()}
    able = {
        action.text()
        for name, action in window.actions_by_id.items()
        if action.isEnabled() and name not in ("palette", "search")
    }
    assert able
    assert able <= offered
    (save_as,) = (one for one in palette.items() if one.text == "Opslaan als")
    assert (save_as.able, save_as.detail) == (False, tr(Need.DOSSIER.value))


def test_a_provider_can_be_taken_out_again(window: MainWindow, palette: CommandPalette) -> None:
    out = window.add_palette_provider(lambda query: [item(PaletteGroup.THEMES, "Beeldvorming")])
    window.show_palette()
    assert "Beeldvorming" in {one.text for one in palette.items()}
    out()
    window.show_palette()
    assert "Beeldvorming" not in {one.text for one in palette.items()}
