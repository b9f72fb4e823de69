"""Work in the background reports to its caller, unless that was deleted."""

from __future__ import annotations

import threading

import shiboken6
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

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
