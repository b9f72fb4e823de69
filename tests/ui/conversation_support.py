"""A panel on disk and a conversation on screen, for the tests, the shots and the measuring of the stage Gesprek."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sto_desktop.domain.actions.panels import add_panel, add_panelist
from sto_desktop.domain.change import Writer
from sto_desktop.exchange.guides import builtin_changes, builtin_guide_id, builtin_writer_id
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working_copy import Identity, Seed, WorkingCopies
from sto_desktop.ui.conversation.stage import ConversationStage
from sto_desktop.ui.session import Session
from sto_desktop.ui.stage import Stage, StageContext
from sto_desktop.ui.theme import Theme

WHO = Identity("Karin Nijhuis", "laptop")
PANEL = "panel-oldenzaal"
ZONE = dt.timezone(dt.timedelta(hours=1))
START = dt.datetime(2023, 2, 14, 15, 35, tzinfo=ZONE)

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
    """A wall clock that a test moves; `seconds` is what the clock that never jumps says."""

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
    """A session whose clock that never jumps is the test's own."""

    def __init__(self, copy: Any, clock: Clock) -> None:
        super().__init__(copy, clock)
        self._test_clock = clock

    def monotonic(self) -> float:
        return self._test_clock.seconds


def seed() -> Seed:
    """The built-in guide, as every new dossier holds it."""
    return Seed(builtin_changes(), Writer(builtin_writer_id(), "STO Twente", "", "1"))


def make_dossier(home: Path, path: Path, *, people: bool = True, panel: bool = True) -> None:
    """Make a dossier with one panel that follows the built-in guide, and close it."""
    copy = WorkingCopies(home).create(path, WHO, seed())
    if panel:
        copy.dossier.apply(
            add_panel(
                builtin_guide_id(),
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


def open_session(home: Path, path: Path, clock: Clock | None = None) -> Session:
    """Open a dossier as a window does."""
    copy = WorkingCopies(home).open(path, WHO)
    if clock is not None:
        return ClockedSession(copy, clock)
    return Session(copy, lambda: dt.datetime.now().astimezone())


class Told:
    """What the stage asked of the window: messages, and stages to go to."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, str, Callable[[], object] | None]] = []
        self.stages: list[Stage] = []

    def notify(
        self, text: str, *, action: str = "", on_action: Callable[[], object] | None = None, tone: str = ""
    ) -> None:
        """Keep a message."""
        self.messages.append((text, action, on_action))


def make_stage(
    session: Session, theme: Theme, settings: SettingsStore, told: Told, parent: QWidget | None = None
) -> ConversationStage:
    """Build the stage as the window does."""
    context = StageContext(session, theme, settings, told.stages.append, told.notify, {})
    return ConversationStage(context, parent)


def type_text(widget: QWidget, text: str) -> None:
    """Type a text key by key: also what no key of a plain keyboard gives by itself, such as é and “."""
    for letter in text:
        if letter.isascii():
            QTest.keyClick(widget, letter)
            continue
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
