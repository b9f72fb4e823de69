"""A dossier in a shared place, in the window: its place, USB sticks, moved folders, weeks apart, a password."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.domain.log.change import action, change
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.shared_place import DossierPlace, PlaceKind
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.ui.base.saving import said_place
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.desk import Desk
from sto_desktop.ui.fields.file_questions import FileQuestions
from sto_desktop.ui.fields.password_field import PasswordDialog
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.together.password_dialog import DossierPasswordDialog
from sto_desktop.workplace import Workplace
from tests.passwords import set_password
from tests.storage.desk import REVISION_0001
from tests.ui.opened_desk import OLDENZAAL, noted, opened
from tests.ui.reading import newest, saved_status

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WORDS = "paarse fiets leunt stil"


class SavesIn(FileQuestions):
    """Answers «Opslaan als» with a path that the test sets."""

    target: Path

    def to_save(self, window: QWidget, path: Path) -> Path | None:
        """Return the path of the test."""
        return self.target


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that OneDrive synchronises."""
    made = tmp_path / "OneDrive - Twents Carmel" / "Panels"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def answers() -> SavesIn:
    """The path for «Opslaan als»."""
    return SavesIn()


@pytest.fixture
def desk(qtbot: QtBot, window: MainWindow, settings: SettingsStore, folder: Path, answers: SavesIn) -> Iterator[Desk]:
    """The window on a dossier in that folder."""
    with opened(qtbot, window, settings, folder / "Oldenzaal.sto", answers, *OLDENZAAL) as made:
        window.navigate(Stage.PREPARE)
        yield made


def _session(desk: Desk) -> Session:
    assert desk.session is not None
    return desk.session


def _piet(tmp_path: Path, path: Path, password: str | None = None) -> WorkingCopy:
    """Open a dossier as Piet, on another computer."""
    return WorkingCopies(tmp_path / "piet").open(path, Identity("Piet Bos", "laptop van Piet"), password)


def _text(desk: Desk, row: str) -> str | None:
    note = _session(desk).dossier.read.notes.get(row)
    return note.text if note else None


def _message(window: MainWindow) -> str:
    return newest(window.notices)


def _said(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def _published(qtbot: QtBot, desk: Desk) -> None:
    session = _session(desk)
    session.publishing.publish()
    qtbot.waitUntil(lambda: not session.publishing.busy and not session.copy.unpublished)
    assert session.publishing.save_status.problem is None


# Where it stands


def test_the_foot_says_where_the_dossier_stands_and_what_that_means(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    qtbot.waitUntil(lambda: window.status_line.text() == "Panel Oldenzaal · 1 notitie · in OneDrive")
    assert "Wie bij de map kan, kan meewerken" in window.status_line.toolTip()


def test_saving_elsewhere_says_what_the_new_place_means(
    qtbot: QtBot, window: MainWindow, desk: Desk, answers: SavesIn, tmp_path: Path
) -> None:
    answers.target = tmp_path / "Dropbox" / "Oldenzaal.sto"
    answers.target.parent.mkdir()
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_S, CTRL | SHIFT)
    qtbot.waitUntil(answers.target.exists)
    qtbot.waitUntil(lambda: "Dit dossier staat in Dropbox." in _message(window))
    assert window.status_line.text().endswith("· in Dropbox")
    answers.target = tmp_path / "Oldenzaal.sto"
    desk.save_as()
    qtbot.waitUntil(lambda: window.status_line.text() == "Panel Oldenzaal · 1 notitie")
    assert window.status_line.toolTip() == ""


def test_every_kind_of_place_is_said() -> None:
    assert said_place(DossierPlace(PlaceKind.LOCAL)) == ("", "")
    assert [said_place(DossierPlace(kind))[0] for kind in (PlaceKind.NETWORK, PlaceKind.REMOVABLE)] == [
        "op een netwerkschijf",
        "op een stick",
    ]
    assert "op deze computer" in said_place(DossierPlace(PlaceKind.REMOVABLE))[1]


# What happens to shared folders


def test_a_stick_that_is_pulled_out_and_comes_back_with_what_a_colleague_wrote(
    qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path, tmp_path: Path
) -> None:
    session = _session(desk)
    out = folder.rename(tmp_path / "stick van Piet")
    session.apply(noted("HERE", "terwijl de stick eruit was"))
    session.publishing.publish()
    qtbot.waitUntil(lambda: session.publishing.save_status.problem is not None)
    assert "niet bijgewerkt" in saved_status(window.status_line)
    assert "De map van «Oldenzaal.sto» is er niet meer." in _message(window)
    theirs = _piet(tmp_path, out / "Oldenzaal.sto")
    theirs.dossier.apply(noted("THERE", "intussen bij Piet"))
    theirs.close()
    out.rename(folder)
    _published(qtbot, desk)
    assert _text(desk, "THERE") == "intussen bij Piet"
    qtbot.waitUntil(lambda: "niet bijgewerkt" not in saved_status(window.status_line))
    opened = _piet(tmp_path, folder / "Oldenzaal.sto")
    assert opened.dossier.read.notes.get("HERE") is not None
    opened.close()


def test_a_folder_that_got_another_name_opens_from_there_with_all_that_was_typed(
    qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path
) -> None:
    session = _session(desk)
    renamed = folder.rename(folder.with_name("Panels 2024"))
    session.apply(noted("HERE", "na het hernoemen"))
    session.publishing.publish()
    qtbot.waitUntil(lambda: session.publishing.save_status.problem is not None)
    # As the message offers: the same file, at its new place.
    desk._files.target = renamed / "Oldenzaal.sto"  # type: ignore[attr-defined]
    desk.save_as()
    qtbot.waitUntil(lambda: session.publishing.save_status.problem is None and not session.copy.unpublished)
    assert session.path == renamed / "Oldenzaal.sto"
    assert not folder.exists()
    desk.put_away()
    desk.open(renamed / "Oldenzaal.sto")
    qtbot.waitUntil(lambda: desk.session is not None)
    assert _text(desk, "HERE") == "na het hernoemen"


def test_a_week_offline_while_both_go_on(
    qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path, tmp_path: Path
) -> None:
    """Each has a folder of their own for a week; then the client combines them, with a copy of what it
    can't combine.
    """
    path = folder / "Oldenzaal.sto"
    away = tmp_path / "folder of Piet"
    away.mkdir()
    theirs = _piet(tmp_path, Path(shutil.copyfile(path, away / path.name)))
    for day in range(7):
        theirs.dossier.apply(noted(f"P{day}", f"dag {day} bij Piet"))
        _session(desk).apply(noted(f"M{day}", f"dag {day} bij Marieke"))
    theirs.dossier.apply(action("wijzigen", change("note", "N", text="Technolab, zegt Piet")))
    _session(desk).apply(action("wijzigen", change("note", "N", text="Technolab, zegt Marieke")))
    theirs.close()
    _published(qtbot, desk)
    shutil.copyfile(path, folder / "Oldenzaal-LAPTOP-2.sto")
    shutil.copyfile(away / path.name, path)
    _session(desk).publishing.look_at_path()
    qtbot.waitUntil(lambda: all(_text(desk, f"P{day}") for day in range(7)))
    qtbot.waitUntil(lambda: "Van Piet Bos: Nieuw: 7 notities" in _message(window))
    assert all(_text(desk, f"M{day}") for day in range(7))
    assert "tegenstrijdigheid" in _message(window)
    (case,) = _session(desk).dossier.conflicts()
    assert {entry.person for entry in case.rivals} == {"Piet Bos", "Marieke Assink"}
    desk.together.look_for_copies()
    qtbot.waitUntil(lambda: "Oldenzaal-LAPTOP-2" in _message(window))
    _published(qtbot, desk)
    opened = _piet(tmp_path, path)
    assert opened.dossier.read.notes.count("P") == 15
    opened.close()


def test_an_older_version_of_the_program_in_between(
    qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path, tmp_path: Path
) -> None:
    """Somebody's older program put its dossier, with older tables, in the place of ours: it is merged, and nothing is
    lost.
    """
    path = folder / "Oldenzaal.sto"
    _session(desk).apply(noted("HERE", "van de nieuwe versie"))
    path.write_bytes(REVISION_0001.read_bytes())
    _session(desk).publishing.look_at_path()
    qtbot.waitUntil(lambda: _session(desk).dossier.read.notes.count("P") == 4)
    assert _text(desk, "HERE") == "van de nieuwe versie"
    _published(qtbot, desk)
    opened = _piet(tmp_path, path)
    texts = {
        note.text
        for panel in opened.dossier.read.panels.listed()
        for note in opened.dossier.read.notes.of_panel(panel.id)
    }
    assert {"Technolab trekt leerlingen", "Gastlessen vallen vaak uit", "van de nieuwe versie"} <= texts
    opened.close()


# A password for the dossier itself


def _password_dialog(qtbot: QtBot, window: MainWindow) -> DossierPasswordDialog:
    if QApplication.activeWindow() is not window:
        with qtbot.waitActive(window):
            window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_W, CTRL | SHIFT)
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in window.findChildren(DossierPasswordDialog)))
    return next(dialog for dialog in window.findChildren(DossierPasswordDialog) if dialog.isVisible())


@pytest.mark.long
def test_a_password_is_set_changed_and_removed_by_keys(
    qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path, tmp_path: Path
) -> None:
    path = folder / "Oldenzaal.sto"
    _session(desk).copy.backup()
    dialog = _password_dialog(qtbot, window)
    qtbot.keyClicks(dialog.password.edit, WORDS)
    qtbot.waitUntil(lambda: "Sterkte: zeer sterk." in _said(dialog))
    assert not dialog.set_button.isEnabled()
    qtbot.keyClicks(dialog.again, "paarse fiets leunt")
    assert "Twee keer hetzelfde" in _said(dialog)
    qtbot.keyClick(dialog.again, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.again, " stil")
    qtbot.keyClick(dialog.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Het dossier heeft nu dit wachtwoord." in _message(window))
    qtbot.waitUntil(lambda: not path.read_bytes().startswith(b"SQLite"))
    _session(desk).apply(noted("LATER", "na het wachtwoord"))
    assert window.undo_guide is not None
    assert _session(desk).undo_label() == "notitie toevoegen"
    files = [file for file in _session(desk).copy.file.folder.parents[1].rglob("*.sto") if file.is_file()]
    assert len(files) >= 2
    assert not [file for file in files if file.read_bytes().startswith(b"SQLite")]
    _published(qtbot, desk)
    opened = _piet(tmp_path, path, WORDS)
    assert opened.dossier.read.notes.get("LATER") is not None
    opened.close()
    dialog = _password_dialog(qtbot, window)
    assert "Wachtwoord wijzigen of verwijderen" in _said(dialog)
    qtbot.mouseClick(dialog.remove_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "heeft geen wachtwoord meer" in _message(window))
    qtbot.waitUntil(lambda: path.read_bytes().startswith(b"SQLite"))
    assert WORDS.encode() not in b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


@pytest.mark.long
def test_other_dossiers_with_the_same_content_are_named_when_a_password_is_set(
    qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path
) -> None:
    _published(qtbot, desk)
    archive = Path(shutil.copyfile(folder / "Oldenzaal.sto", folder / "Archief.sto"))
    other = Workplace.here("Marieke Assink").open(archive)
    other.dossier.apply(noted("ELSEWHERE", "in het archief"))
    other.close()
    dialog = _password_dialog(qtbot, window)
    qtbot.keyClicks(dialog.password.edit, WORDS)
    qtbot.waitUntil(lambda: "Sterkte: zeer sterk." in _said(dialog))
    qtbot.keyClicks(dialog.again, WORDS)
    qtbot.keyClick(dialog.again, Qt.Key.Key_Return)
    same = "dezelfde inhoud, zonder wachtwoord: «Archief.sto»"
    qtbot.waitUntil(lambda: same in _message(window), timeout=20_000)


@pytest.mark.long
def test_a_colleague_who_sets_a_password_locks_nobody_out(
    qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path, tmp_path: Path
) -> None:
    session, path = _session(desk), folder / "Oldenzaal.sto"
    theirs = _piet(tmp_path, path)
    theirs.dossier.apply(noted("THERE", "van Piet"))
    set_password(theirs, WORDS)
    theirs.close()
    session.apply(noted("HERE", "terwijl het op slot zat"))
    session.publishing.publish()
    qtbot.waitUntil(lambda: session.publishing.save_status.problem is not None)
    qtbot.waitUntil(lambda: "wachtwoord van een collega" in _message(window))
    give = next(
        button for button in window.notices.findChildren(QAbstractButton) if button.text() == "Wachtwoord geven…"
    )
    qtbot.mouseClick(give, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(PasswordDialog)))
    dialog = window.findChildren(PasswordDialog)[0]
    qtbot.keyClicks(dialog.password, WORDS)
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _text(desk, "THERE") == "van Piet")
    qtbot.waitUntil(lambda: session.publishing.save_status.problem is None and not session.copy.unpublished)
    assert session.copy.has_password
    opened = _piet(tmp_path, path, WORDS)
    assert opened.dossier.read.notes.get("HERE") is not None
    opened.close()


def test_a_password_that_is_shown_is_typed_once(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    dialog = _password_dialog(qtbot, window)
    assert not dialog.remove_button.isVisible()
    dialog.password.shown.click()
    assert not dialog.again.isVisible()
    qtbot.keyClicks(dialog.password.edit, WORDS)
    assert dialog.set_button.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not _session(desk).copy.has_password


@pytest.mark.long
def test_with_a_second_window_open_it_says_so_and_nothing_changes(
    qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path
) -> None:
    other = Workplace.here("Marieke Assink").open(folder / "Oldenzaal.sto")
    dialog = _password_dialog(qtbot, window)
    dialog.password.shown.click()
    qtbot.keyClicks(dialog.password.edit, WORDS)
    qtbot.keyClick(dialog.password.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "in nog een venster open" in _message(window))
    assert dialog.isVisible()
    other.close()
    assert _text(desk, "N") == "Technolab trekt leerlingen"
    assert not _session(desk).copy.has_password
    qtbot.keyClick(dialog.password.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _session(desk).copy.has_password)
    qtbot.waitUntil(lambda: "Het dossier heeft nu dit wachtwoord." in _message(window))
