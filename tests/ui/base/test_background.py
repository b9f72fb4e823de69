"""Work in the background reports to its caller, unless that was deleted."""

from __future__ import annotations

import threading
from functools import partial
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from sto_desktop.domain.errors import StoError
from sto_desktop.ui.base.background import Background


class Asker(QObject):
    """Asks for a number."""

    got = Signal(int)

    def take(self, number: int) -> None:
        self.got.emit(number)

    def answer(self, _: bool) -> None:
        self.got.emit(0)


def test_it_reports_to_who_asked(qtbot: QtBot) -> None:
    asker = Asker()
    work = Background(lambda: 3, asker.take, lambda _: None)
    with qtbot.waitSignal(asker.got) as signal:
        work.start()
    assert signal.args == [3]


def test_who_was_closed_meanwhile_is_told_nothing(qtbot: QtBot) -> None:
    ended: list[Exception] = []
    asker, may_end = Asker(), threading.Event()
    work = Background(lambda: may_end.wait(10), asker.answer, ended.append)
    work.start()
    shiboken6.delete(asker)
    may_end.set()
    work.wait()
    qtbot.wait(20)
    assert ended == []


def test_what_can_be_expected_is_told_and_a_bug_is_raised(qtbot: QtBot) -> None:
    def fail(error: Exception) -> None:
        raise error

    events: list[str] = []
    for error in (StoError("De schijf is vol."), ZeroDivisionError()):
        work: Background[Any] = Background(
            partial(fail, error),
            lambda _: None,
            lambda told: events.append(str(told)),
            ended=lambda: events.append("ended"),
        )
        work.start()
        if isinstance(error, StoError):
            work.wait()
        else:
            with pytest.raises(ZeroDivisionError):
                work.wait()
    assert events == ["ended", "De schijf is vol.", "ended"]
