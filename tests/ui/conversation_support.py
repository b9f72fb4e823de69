"""A panel on disk with its conversation in the real window, and short names for what a person does in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sto_desktop.domain.actions.panels import add_panel, add_panelist
from sto_desktop.domain.live.steps import step_of, steps
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.exchange.guides import builtin_guide_id
from sto_desktop.own_files import write_whole
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import Stage, StageFactory
from sto_desktop.ui.conversation.page.page import ConversationPage
from sto_desktop.ui.conversation.room import Surroundings
from sto_desktop.ui.conversation.stage import ConversationStage
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.workplace.place import builtin_seed
from tests.ui.reading import newest

WHO = Identity("Karin Nijhuis", "laptop")
PANEL = "panel-oldenzaal"
ZONE = dt.timezone(dt.timedelta(hours=1))
START = dt.datetime(2023, 2, 14, 15, 35, tzinfo=ZONE)
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier

PEOPLE = (
    ("Renée Oude Wessel", "po", "Leerkracht"),
    ("Jaap ten Veldkamp", "vmbo", "Docent"),
    ("Annemarie Bröring", "Technolab", "Coördinator"),
    ("Hilde Kuipers", "vmbo", "Teamleider"),
    ("Peter Schol in 't Hof", "gemeente", "Adviseur"),
    ("Nick Wolter", "bedrijf", "Eigenaar"),
    ("Fatma Yıldız", "mbo", "Opleider"),
)


class Clock:
    """A wall clock that a test moves; `seconds` is the monotonic clock."""

    def __init__(self, now: dt.datetime = START) -> None:
        self.now = now
        self.seconds = 0.0

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_time(self, **length: float) -> None:
        """Let time pass."""
        passed = dt.timedelta(**length)
        self.now += passed
        self.seconds += passed.total_seconds()


class ClockedSession(Session):
    """A session whose monotonic clock is set by the test."""

    def __init__(self, copy: WorkingCopy, clock: Clock) -> None:
        super().__init__(copy, clock)
        self._test_clock = clock

    def monotonic(self) -> float:
        return self._test_clock.seconds


def make_dossier(home: Path, path: Path, *, people: bool = True, panel: bool = True, guide: bool = True) -> None:
    """Make a dossier with one panel that uses the built-in guide; written once per test process."""
    home.mkdir(parents=True, exist_ok=True)
    write_whole(path, _written(people, panel, guide))


@cache
def _written(people: bool, panel: bool, guide: bool) -> bytes:
    with TemporaryDirectory() as place:
        path = Path(place) / "o.sto"
        _make(Path(place) / "home", path, people=people, panel=panel, guide=guide)
        return path.read_bytes()


def _make(home: Path, path: Path, *, people: bool, panel: bool, guide: bool) -> None:
    copy = WorkingCopies(home).create(path, WHO, builtin_seed())
    if panel:
        copy.dossier.apply(
            add_panel(
                builtin_guide_id() if guide else None,
                title="Panel Oldenzaal",
                subregion="Oldenzaal",
                day=START.date(),
                start=START.time(),
                note_taker="K. Nijhuis",
                panel=PANEL,
            )
        )
        for seat, (name, sector, role) in enumerate(PEOPLE, 1) if people else ():
            copy.dossier.apply(add_panelist(PANEL, name, seat, sector=sector, role=role))
    copy.close()


def type_text(widget: QWidget, text: str) -> None:
    """Type a text key by key, also characters that no key of a plain keyboard gives, such as é and “."""
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(widget, letter)
            continue
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, PLAIN, letter))


@dataclass
class Room:
    """The window with Gesprek shown, and the wall clock; `closed`: the test closed the dossier itself."""

    window: MainWindow
    session: Session
    clock: Clock
    home: Path
    closed: bool = False

    @property
    def stage(self) -> ConversationStage:
        """The stage."""
        widget = self.window.stage_widget(Stage.CONVERSATION)
        assert isinstance(widget, ConversationStage)
        return widget

    @property
    def page(self) -> ConversationPage:
        """The conversation."""
        page = self.stage.page
        assert page is not None
        return page

    @property
    def line(self) -> str:
        """The text in the capture line."""
        return self.page.line.edit.toPlainText()

    @property
    def notes(self) -> list[NoteContent]:
        """The notes of the panel on disk, in the order in which they were made."""
        found = self.session.dossier.read.notes.of_panel(PANEL)
        return sorted(found, key=lambda note: (note.note.captured_at or START, note.note.position.key))

    def voices(self, note: NoteContent) -> dict[str, Stance]:
        """The voices in a note, by first name."""
        names = {member.id: member.first_name for member in self.page.live.rows.panelists}
        return {names[voice.panelist or ""]: voice.stance for voice in note.voices}

    def place(self, question: str | None) -> tuple[str, str]:
        """The short names of a question and its theme."""
        step = step_of(self.page.live.rows.guide, question)
        assert step is not None
        return step.theme.short_title, step.question.short_text

    @property
    def current(self) -> str:
        """The current question: theme and question, in few words."""
        return ": ".join(self.place(self.page.live.place.current))

    @property
    def message(self) -> str:
        """The text of the message in the strip of the window."""
        return newest(self.window.notices)

    @property
    def banner(self) -> str:
        """The text of the message in the page."""
        return newest(self.page.notices)

    def focus(self) -> QWidget:
        """The focused widget."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN, times: int = 1) -> None:
        """Press a key in the focused widget."""
        for _ in range(times):
            QTest.keyClick(self.focus(), key, modifier)
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type in the focused widget."""
        for letter in text:
            type_text(self.focus(), letter)
        QApplication.processEvents()

    def note(self, text: str) -> None:
        """Type a note and save it; half a minute passes."""
        self.type(text)
        self.keep()

    def keep(self) -> None:
        """Press Enter; half a minute passes."""
        self.press(Qt.Key.Key_Return)
        self.clock.pass_time(seconds=30)

    def next(self, times: int = 1) -> None:
        """Go to the next question."""
        self.press(Qt.Key.Key_Down, ALT, times)

    def go_to(self, theme: str, question: str) -> None:
        """Go to a question by Alt and arrows."""
        wanted = next(
            number
            for number, step in enumerate(steps(self.page.live.rows.guide))
            if (step.theme.short_title, step.question.short_text) == (theme, question)
        )
        self.press(Qt.Key.Key_Up, ALT, 40)
        self.next(wanted)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click on a widget."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, PLAIN, at or widget.rect().center())
        QApplication.processEvents()


def back(room: Room) -> None:
    """Delete a dialog that was closed, and return the keyboard to the window."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    room.window.activateWindow()
    QApplication.processEvents()


@contextmanager
def window_on(
    home: Path,
    path: Path,
    theme: Appearance,
    settings: SettingsStore,
    clock: Clock | None = None,
    *,
    around: Surroundings | None = None,
    stages: Mapping[Stage, StageFactory] | None = None,
) -> Iterator[Room]:
    """Open a dossier in the real window, at Gesprek, and close both at the end; `around`: other screens and power;
    `stages`: further stages of the window.
    """
    clock = clock or Clock()
    session = ClockedSession(WorkingCopies(home).open(path, WHO), clock)
    window = MainWindow(
        theme,
        settings,
        {Stage.CONVERSATION: lambda context: ConversationStage(context, around=around), **(stages or {})},
        now=lambda: clock.now.replace(tzinfo=None),
    )
    window.resize(1366, 768)
    window.set_session(session)
    window.navigate(Stage.CONVERSATION)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    room = Room(window, session, clock, home)
    try:
        yield room
    finally:
        window.set_session(None)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if not room.closed:
            session.close()
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
