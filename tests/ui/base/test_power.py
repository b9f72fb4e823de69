"""Keeping the computer awake while the conversation runs, and the message about the battery."""

import pytest
from pytestqt.qtbot import QtBot

from sto_desktop.ui.base.power import LOOK_AT_REQUEST_MS, BatteryWatch, Charge, KeepAwake, charge_here


def test_the_battery_is_told_of_once_at_each_step_and_again_after_the_charger_was_there(qtbot: QtBot) -> None:
    charges: list[Charge | None] = []
    watch = BatteryWatch(lambda: charges[-1])
    told: list[int] = []
    watch.low.connect(told.append)
    for percent, plugged in (
        (64, False), (21, False), (20, False), (18, False), (15, True), (19, False), (10, False), (9, False),
    ):  # fmt: skip
        charges.append(Charge(percent, plugged))
        watch.look()
    assert told == [20, 19, 10]


def test_a_computer_without_battery_says_nothing(qtbot: QtBot) -> None:
    watch = BatteryWatch(lambda: None)
    with qtbot.assertNotEmitted(watch.low):
        watch.look()


def test_this_computer_can_be_asked(qtbot: QtBot) -> None:
    found = charge_here()
    assert found is None or 0 <= found.percent <= 100


def test_the_computer_is_kept_awake_and_let_go_again(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    # wakepy's own way to be tested where there is no desktop.
    monkeypatch.setenv("WAKEPY_FAKE_SUCCESS", "yes")
    awake = KeepAwake()
    with qtbot.assertNotEmitted(awake.failed, wait=LOOK_AT_REQUEST_MS + 300):
        awake.set(True)
    assert awake.on
    request = awake.request
    assert request is not None
    awake.set(False)
    request.thread.join(10)
    assert not request.thread.is_alive()
    assert not awake.on


def test_a_system_that_does_not_allow_it_is_told_of_once(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAKEPY_FAKE_SUCCESS", "no")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    awake = KeepAwake()
    with qtbot.waitSignal(awake.failed, timeout=20_000):
        awake.set(True)
    awake.set(False)
    with qtbot.assertNotEmitted(awake.failed, wait=LOOK_AT_REQUEST_MS + 200):
        awake.set(True)
    awake.set(False)
