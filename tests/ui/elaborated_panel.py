"""A panel that was held, in a real dossier and window, for the tests of Uitwerken and Verslag."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.elaborate import add_insight
from sto_desktop.domain.actions.notes import capture_note
from sto_desktop.domain.actions.panels import add_panel
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.log.change import Writer, action, create
from sto_desktop.domain.people import first_name_of
from sto_desktop.domain.vocabulary import Aspect, Consent
from sto_desktop.exchange.guides import builtin_changes, builtin_guide_id, builtin_writer_id
from sto_desktop.own_files import write_whole
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.working_copies import Seed, WorkingCopies
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import Stage, StageFactory
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.main_window import MainWindow

PANEL = "panel-oldenzaal"
ME, COLLEAGUE = Identity("Guus Morssink", "laptop"), Identity("Wilma Zwiers", "tablet")
NOW = dt.datetime(2023, 2, 15, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
HELD = dt.datetime(2023, 2, 14, 15, 40, tzinfo=dt.timezone(dt.timedelta(hours=1)))

PEOPLE = (
    ("Truus Engbers", "po", "leerkracht", Consent.YES, Consent.YES),
    ("Sjoerd Hoekstra", "vmbo", "docent BWI", Consent.YES, Consent.YES),
    ("Mirjam Lansink", "vmbo", "docent groen", Consent.YES, Consent.YES),
    ("Ahmet Çelik", "Technolab", "coördinator", Consent.YES, Consent.YES),
    ("Geert-Jan op 't Ende", "gemeente", "beleidsmedewerker", Consent.NO, Consent.NO),
)
NOTES: tuple[tuple[str, Aspect | None, str], ...] = (
    ("Po en Technolab", Aspect.YIELD, "Alle scholen in de stad doen mee. @4 #technolab"),
    ("Po en Technolab", Aspect.YIELD, "Kinderen die moeite hebben met rekenen doen het hier voor. @1 @4+ @2+"),
    ("Po en Technolab", Aspect.SUCCESS_FACTOR, "Ahmet komt eerst zelf kijken in de klas. @1"),
    ("Po en Technolab", Aspect.IMPROVEMENT, "Te veel metaal en hout, te weinig groen. @3 @2+"),
    ("Po en Technolab", Aspect.IMPROVEMENT, "Kinderen vinden juist metaal het leukst. @2 @3-"),
    ("Beeldvorming", Aspect.YIELD, "“Opa wilde ook een robot bouwen.” @1"),
    ("Beeldvorming", Aspect.IMPROVEMENT, "Niemand vraagt of het beeld verandert. @5"),
)
"""Theme, aspect of the question, and the typed text."""


def note_id(number: int) -> str:
    """Return the id of a note by its index in `NOTES`."""
    return f"note-{number}"


def make_copy(folder: Path, *, panel: bool = True, notes: bool = True) -> WorkingCopy:
    """Make a dossier with the panel, its members and notes, and open it; written once per test process."""
    path = folder / "oldenzaal.sto"
    write_whole(path, _written(panel, notes))
    seed = Seed(builtin_changes(), Writer(builtin_writer_id(), "STO Twente", "", "1"))
    return WorkingCopies(folder / "home", lambda: NOW).open(path, ME, seed=seed)


@cache
def _written(panel: bool, notes: bool) -> bytes:
    with TemporaryDirectory() as place:
        copy = _make(Path(place), panel=panel, notes=notes)
        copy.publish()
        copy.close()
        return copy.path.read_bytes()


def _make(folder: Path, *, panel: bool, notes: bool) -> WorkingCopy:
    seed = Seed(builtin_changes(), Writer(builtin_writer_id(), "STO Twente", "", "1"))
    copy = WorkingCopies(folder / "home", lambda: NOW).create(folder / "oldenzaal.sto", ME, seed)
    dossier = copy.dossier
    if not panel:
        return copy
    dossier.apply(
        add_panel(
            builtin_guide_id(),
            title="Panel Oldenzaal",
            subregion="Oldenzaal",
            day=HELD.date(),
            moderator="Wilma Zwiers",
            note_taker="Guus Morssink",
            panel=PANEL,
        )
    )
    for seat, (name, sector, role, naming, quoting) in enumerate(PEOPLE, 1):
        consents = {"consent_name": naming, "consent_quote": quoting}
        values = {"panel": PANEL, "name": name, "first_name": first_name_of(name), "seat": seat}
        # Fixed ids, since the companion of a member who may not be named depends on them.
        member = create("panelist", f"lid-{seat}", sector=sector, role=role, **values, **consents)
        dossier.apply(action("panellid toevoegen", member))
    members = dossier.read.members.of_panel(PANEL)
    for number, (theme, aspect, typed) in enumerate(NOTES if notes else ()):
        at = HELD + dt.timedelta(minutes=2 * number)
        question = question_id(copy, theme, aspect)
        dossier.apply(capture_note(PANEL, question, parse(typed, members), at, note=note_id(number)))
    return copy


def add_first_insight(copy: WorkingCopy) -> None:
    """Write an insight on the first two notes."""
    question = question_id(copy, "Po en Technolab", Aspect.YIELD)
    text = "Iedereen doet mee."
    copy.dossier.apply(add_insight(PANEL, text, question=question, supports=[note_id(0), note_id(1)], insight="first"))


def question_id(copy: WorkingCopy, theme: str, aspect: Aspect | None) -> str:
    """Return the question of a theme (by its short title) that asks for an aspect."""
    guide = copy.dossier.read.guides.of_panel(PANEL)
    found = (item.id for one, item in guide.questions() if one.short_title == theme and item.aspect is aspect)
    return next(found)


def open_window(
    qtbot: QtBot, theme: Appearance, settings: SettingsStore, copy: WorkingCopy, stage: Stage, factory: StageFactory
) -> tuple[MainWindow, Session]:
    """Show the window on a stage of the dossier."""
    session = Session(copy, lambda: NOW)
    window = MainWindow(theme, settings, {stage: factory})
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
    window.set_session(session)
    window.navigate(stage)
    return window, session


def close_window(window: MainWindow, session: Session) -> None:
    """Close the dossier as the program does."""
    window.set_session(None)
    session.close()


def colleague_of(copy: WorkingCopy) -> WorkingCopy:
    """Open the same dossier in a second window, as another person."""
    return WorkingCopies(copy.file.folder.parents[1], lambda: NOW).open(copy.path, COLLEAGUE)


def in_dialog(do: Callable[[QDialog], None], tries: int = 200) -> None:
    """Run something in the dialog that opens next; on a busy computer that may take a while."""

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None and tries > 0:
            in_dialog(do, tries - 1)
            return
        assert isinstance(dialog, QDialog)
        do(dialog)

    QTimer.singleShot(50, act)
