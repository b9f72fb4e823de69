"""Random keys, clicks and screens in Gesprek: no exception, no warning of Qt, and a dossier that `controleer` accepts.

`pytest --hypothesis-profile=thorough` makes thousands of steps.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.check import check_file
from sto_desktop.ui.base.power import BatteryWatch, Charge
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.commands.command import Place
from sto_desktop.ui.conversation.room import Surroundings
from sto_desktop.ui.conversation.room.screens import Screen
from sto_desktop.ui.look.theme import Appearance
from tests.ui.conversation_support import Room, make_dossier, window_on
from tests.ui.random_keys import MOVING, TEXTS, Hands, keys_of
from tests.ui.screens_support import BEAMER, LAPTOP, WALL, Desktop

THOROUGH_FROM = 1000
"""Number of examples from which a profile counts as thorough."""

_HERE = (
    Place.EVERYWHERE,
    Place.STAGES,
    Place.CONVERSATION,
    Place.CAPTURE,
    Place.NOTES,
)
KEYS = keys_of(_HERE)


class Leaning(RuleBasedStateMachine):
    """One conversation, and somebody who presses anything."""

    numbers = itertools.count()
    folder: Path
    theme: Appearance

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.desktop = Desktop(LAPTOP, BEAMER)
        self.charge: Charge | None = None
        self.room: Room | None = None
        self.hands: Hands | None = None
        self.path = Path()

    @initialize(people=st.booleans(), begun=st.booleans())
    def open(self, people: bool, begun: bool) -> None:
        folder = self.folder / str(next(self.numbers))
        folder.mkdir()
        self.path = folder / "o.sto"
        make_dossier(folder / "home", self.path, people=people)
        around = Surroundings(self.desktop, battery=BatteryWatch(lambda: self.charge))
        store = SettingsStore(folder / "settings.json")
        self.room = self.stack.enter_context(window_on(folder / "home", self.path, self.theme, store, around=around))
        self.hands = Hands(self.room.window)
        if begun:
            self.room.page.clock.begin()

    def _step(self, work: Callable[..., object], *arguments: object) -> None:
        assert self.hands is not None
        with capture_exceptions() as exceptions:
            self.hands.step(work, *arguments)
        assert not exceptions, exceptions

    @rule(keys=st.sampled_from(KEYS))
    def key_of_the_help_sheet(self, keys: str) -> None:
        assert self.hands is not None
        self._step(self.hands.press, keys)

    @rule(keys=st.sampled_from(MOVING))
    def key_of_the_keyboard(self, keys: str) -> None:
        assert self.hands is not None
        self._step(self.hands.press, keys)

    @rule(text=st.sampled_from(TEXTS))
    def some_text(self, text: str) -> None:
        assert self.hands is not None
        self._step(self.hands.type, text)

    @rule(number=st.integers(0, 10_000), x=st.floats(0, 1), y=st.floats(0, 1))
    def click(self, number: int, x: float, y: float) -> None:
        assert self.hands is not None
        self._step(self.hands.click, number, x, y)

    @rule(seconds=st.sampled_from((1, 30, 400, 4000)))
    def time_passes(self, seconds: int) -> None:
        self._step(self._pass, seconds)

    def _pass(self, seconds: int) -> None:
        assert self.room is not None
        self.room.clock.pass_time(seconds=seconds)
        if self.room.stage.page is not None:
            self.room.page.clock.tick()

    @rule(screen=st.sampled_from((BEAMER, WALL)), mirroring=st.booleans())
    def screens_come_and_go(self, screen: Screen, mirroring: bool) -> None:
        self._step(self._plug, screen, mirroring)

    def _plug(self, screen: Screen, mirroring: bool) -> None:
        self.desktop.mirroring = mirroring
        self.desktop.look()
        if screen in self.desktop.connected:
            self.desktop.pull(screen)
        else:
            self.desktop.plug(screen)

    @rule(percent=st.sampled_from((None, 80, 20, 9)))
    def the_battery(self, percent: int | None) -> None:
        self.charge = Charge(percent, False) if percent is not None else None
        assert self.room is not None
        self._step(self.room.stage.room.around.battery.look)

    @rule()
    def back_to_the_conversation(self) -> None:
        assert self.room is not None
        self._step(self.room.window.navigate, Stage.CONVERSATION)

    def teardown(self) -> None:
        if self.hands is None:
            return
        with capture_exceptions() as exceptions, self.hands.rescued():
            self.hands.close_all()
            self.stack.close()
        assert not exceptions, exceptions
        report = check_file(self.path)
        assert not report.findings, report.findings


@pytest.mark.long
def test_whoever_leans_on_the_keyboard_breaks_nothing(qtbot: QtBot, theme: Appearance, tmp_path: Path) -> None:
    thorough = settings().max_examples >= THOROUGH_FROM
    Leaning.folder, Leaning.theme = tmp_path, theme
    run_state_machine_as_test(
        Leaning,
        settings=settings(
            max_examples=40 if thorough else 4,
            stateful_step_count=250 if thorough else 60,
            suppress_health_check=list(HealthCheck),
        ),
    )
