"""The real window in a process of its own: damaged and hostile dossiers in it, and random keys and clicks.

`python -m tests.torture.window` is that process: it reads a line of JSON for each run, and answers with one. It builds
the window once for many dossiers; if it crashes, the run that it was asked for last is the one that failed.
"""

from __future__ import annotations

import ctypes
import faulthandler
import gc
import json
import os
import random
import resource
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QEvent, QMessageLogContext, QObject, QtMsgType, QUrl, Slot, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from sto_desktop.app import FACTORIES, application
from sto_desktop.domain.errors import PasswordNeededError, StoError
from sto_desktop.settings import AppearanceChoice, SettingsStore
from sto_desktop.storage.working.check import check_file
from sto_desktop.ui.base import qt_language as language
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.base.garbage import collect_due
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.commands.command import Place
from sto_desktop.ui.desk import Desk
from sto_desktop.ui.fields.file_questions import FileQuestions
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.widgets import Dialog
from sto_desktop.workplace import Workplace
from sto_desktop.workplace.example import make_example
from tests.ui.conversation_support import Clock, make_dossier
from tests.ui.random_keys import MOVING, TEXTS, Hands, keys_of
from tests.ui.reading import shown_messages

PATIENCE = 60
_KEYS = keys_of(set(Place))


class _NoBrowser(QObject):
    """Gets what the window would open in another program."""

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        """Leave it."""


class _Answers(FileQuestions):
    """Somebody who gives a file of a folder to any question, or none."""

    def __init__(self, drawn: random.Random, folder: Path) -> None:
        self._drawn, self._folder = drawn, folder

    def _one(self, end: str) -> Path | None:
        return self._drawn.choice((None, self._folder / f"bestand {self._drawn.randrange(4)}.{end}"))

    def to_open(self, window: QWidget, folder: Path) -> Path | None:
        return self._one("sto")

    def to_save(self, window: QWidget, path: Path) -> Path | None:
        return self._one("sto")

    def to_merge(self, window: QWidget, folder: Path) -> Sequence[Path]:
        return [path for path in [self._one("sto")] if path is not None and path.exists()]

    def to_export(self, window: QWidget, path: Path, form: str) -> Path | None:
        return self._one(form)


class _Watch:
    """Exceptions that nothing handles, and warnings of Qt."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def install(self) -> None:
        """Listen to Python and Qt."""
        sys.excepthook = self._exception
        threading.excepthook = lambda told: self._exception(told.exc_type, told.exc_value, told.exc_traceback)
        sys.unraisablehook = lambda told: self._exception(told.exc_type, told.exc_value, told.exc_traceback)
        qInstallMessageHandler(self._qt)

    def _exception(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        # What the world refuses is told at the foot of the window, also if nothing else expected it.
        if not issubclass(kind, StoError):
            self.seen.append("".join(traceback.format_exception(kind, error, trace))[-3000:])

    def _qt(self, kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and not message.startswith("This plugin does not"):
            self.seen.append(f"Qt: {message}")


class _Place:
    """The program in this process: its application, its looks, and what went wrong."""

    def __init__(self) -> None:
        self.app = application()
        self.watch = _Watch()
        self.watch.install()
        language.install("nl")
        self.theme = Appearance(self.app, AppearanceChoice.LIGHT)
        self.browser = _NoBrowser()
        for scheme in ("file", "mailto", "http", "https"):
            QDesktopServices.setUrlHandler(scheme, self.browser, "take")  # type: ignore[arg-type]
        # Qt's own dialog for files can delete them, anywhere on this computer.
        QFileDialog.getOpenFileName = QFileDialog.getSaveFileName = lambda *_, **__: ("", "")  # type: ignore[method-assign]
        QFileDialog.getOpenFileNames = lambda *_, **__: ([], "")  # type: ignore[method-assign]
        self.open: _Open | None = None
        self.example = b""


class _Open:
    """A window with its desk."""

    def __init__(self, place: _Place, folder: Path, drawn: random.Random) -> None:
        self.clock = Clock()
        self.window = MainWindow(place.theme, SettingsStore(folder / "settings.json"), FACTORIES)
        self.desk = Desk(self.window, _Answers(drawn, folder), clock=self.clock, monotonic=lambda: self.clock.seconds)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self.hands = Hands(self.window)
        QApplication.processEvents()

    def begin(self, path: Path) -> None:
        """Open a dossier, and wait until it is shown, refused, or asked about."""
        self.desk.open(path)
        end = time.monotonic() + PATIENCE
        while self.window.opening:
            QTest.qWait(5)
            assert time.monotonic() < end, "it is still being opened"
        QApplication.processEvents()

    def put_away(self) -> None:
        """Close the dossier, whatever is asked."""
        with self.hands.rescued():
            self.hands.close_all()
            for _ in range(3):
                if self.desk.put_away():
                    break
        _delete_now()

    def end(self) -> None:
        """Close the window."""
        self.put_away()
        self.window.may_close = lambda: True
        self.window.close()
        self.window.deleteLater()
        _delete_now()


def _delete_now() -> None:
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
    collect_due()


@contextmanager
def _at_home(folder: Path) -> Iterator[None]:
    """Let the program keep its files in this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "HOME")
    os.environ.update({name: str(folder / "thuis") for name in names})
    yield


# A dossier


def _dossier(place: _Place, seed: int, folder: Path) -> None:
    from tests.torture.hostile import hostile_dossier

    drawn = random.Random(seed)
    path = folder / "Panel.sto"
    hostile_dossier(path, (folder.parent / "goed.sto").read_bytes(), drawn)
    content = path.read_bytes()
    if place.open is None:
        place.open = _Open(place, folder.parent, drawn)
    opened = place.open
    opened.begin(path)
    if opened.desk.session is None:
        asked = [one for one in opened.window.findChildren(Dialog) if one.isVisible()]
        assert shown_messages(opened.window.notices) or asked, "not opened, and no word of it"
        assert path.read_bytes() == content, "refused, and written"
    else:
        for stage in Stage:
            # Also some time for what is read on workers.
            opened.hands.step(lambda to=stage: attempt(opened.window.tell_error, opened.window.navigate, to))
            QTest.qWait(30)
    opened.put_away()
    opened.window.navigate(Stage.START)
    opened.window.notices.clear()


# Keys


def _keys(place: _Place, seed: int, folder: Path, events: int) -> None:
    drawn = random.Random(seed)
    path = folder / "bestand 0.sto"
    if drawn.random() < 0.5:
        path.write_bytes(_example(place, folder))
    else:
        make_dossier(folder / "home", path)
    opened = _Open(place, folder, drawn)
    opened.begin(path)
    recent: deque[str] = deque(maxlen=40)
    try:
        for _ in range(events):
            _event(opened, drawn, recent)
            assert not place.watch.seen, ""
            collect_due()
            if not opened.window.isVisible():
                opened.window.show()
                opened.window.activateWindow()
            if opened.desk.session is None and not opened.window.opening and drawn.random() < 0.2:
                opened.begin(path)
        opened.end()
    except BaseException as error:
        raise AssertionError(f"{error}\nlast: {list(recent)}") from error
    for file in sorted(folder.glob("*.sto")):
        try:
            report = check_file(file)
        except PasswordNeededError:
            continue
        assert report.ok, (file.name, report.sentences)


def _example(place: _Place, folder: Path) -> bytes:
    if not place.example:
        made = folder / "voorbeeld" / "voorbeeld.sto"
        made.parent.mkdir()
        copy = make_example(Workplace.here("Renée"), made)
        copy.publish()
        copy.close()
        place.example = made.read_bytes()
    return place.example


def _event(opened: _Open, drawn: random.Random, recent: deque[str]) -> None:
    hands = opened.hands
    kind = drawn.random()
    work: Callable[..., object]
    given: tuple[Any, ...]
    if kind < 0.25:
        work, given = hands.press, (drawn.choice(_KEYS),)
    elif kind < 0.5:
        work, given = hands.press, (drawn.choice(MOVING),)
    elif kind < 0.65:
        work, given = hands.type, (drawn.choice(TEXTS),)
    elif kind < 0.95:
        work, given = hands.click, (drawn.randrange(10_000), drawn.random(), drawn.random())
    elif kind < 0.98:
        work, given = opened.window.actions_by_id[f"stage_{drawn.choice(list(Stage)).value}"].trigger, ()
    else:
        seconds = drawn.choice((1, 30, 400, 4000))
        work, given = (lambda passed: opened.clock.pass_time(seconds=passed)), (seconds,)
    recent.append(f"{opened.window.stage.value}: {getattr(work, '__name__', '')} {given}")
    hands.step(work, *given)


# The process


def _rss(name: str = "VmRSS") -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0


def _serve() -> None:
    faulthandler.enable()
    gc.disable()
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    place = _Place()
    answers.write("ready\n")
    answers.flush()
    for line in sys.stdin:
        told = json.loads(line)
        folder = Path(told["folder"])
        place.watch.seen.clear()
        # From here on the peak of the memory is counted anew.
        Path("/proc/self/clear_refs").write_text("5")
        before = resource.getrusage(resource.RUSAGE_SELF)
        wrong = ""
        try:
            with _at_home(folder):
                if told["kind"] == "keys":
                    _keys(place, told["seed"], folder, told["events"])
                else:
                    _dossier(place, told["seed"], folder)
        except BaseException:
            wrong = traceback.format_exc()[-4000:]
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
        wrong = "\n".join([*place.watch.seen, *([wrong] if wrong else [])])
        gc.collect()
        # What is free goes back first, so that only what is held counts.
        ctypes.CDLL(None).malloc_trim(0)
        answer = {"wrong": wrong, "seconds": seconds, "peak": _rss("VmHWM"), "rss": _rss()}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    _serve()
