"""Copies that a sync client left, in the window: only merged copies are put away, and only if they did not change."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.place import Position
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.whole_file.backup import Reason
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.desk import Desk
from sto_desktop.ui.fields.file_questions import FileQuestions
from sto_desktop.ui.fields.password_field import PasswordDialog
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.together.merge_dialog import MergeDialog
from sto_desktop.workplace import Workplace
from tests.storage.desk import other_program
from tests.ui.reading import newest

WORDS = "paarse fiets leunt stil"


class Folder:
    """The window on a dossier in a shared folder, with the copies beside it."""

    def __init__(self, qtbot: QtBot, window: MainWindow, path: Path, password: str | None = None) -> None:
        self.qtbot, self.window, self.path, self.password = qtbot, window, path, password
        copy = Workplace.here("Marieke Assink").create(path, password)
        copy.dossier.apply(action("panel toevoegen", create("panel", "P", title="Panel Oldenzaal")))
        copy.close()
        self.desk = Desk(window, FileQuestions())
        self.desk.open(path, password)
        qtbot.waitUntil(lambda: self.desk.session is not None)

    @property
    def session(self) -> Session:
        assert self.desk.session is not None
        return self.desk.session

    def left(self, number: int) -> Path:
        """Return a copy that a sync client left, in which Piet wrote a note."""
        copy = shutil.copyfile(self.path, self.path.with_name(f"{self.path.stem} ({number}).sto"))
        self.note(copy, f"N{number}")
        return copy

    def note(self, path: Path, row: str) -> None:
        """Let Piet write a note into a dossier, on his own computer."""
        copies = WorkingCopies(self.path.parents[1] / "thuis van Piet")
        opened = copies.open(path, Identity("Piet Bos", "laptop van Piet"), self.password)
        opened.dossier.apply(action("notitie", create("note", row, panel="P", text=row, position=Position(None, "a0"))))
        opened.close()

    def offered(self) -> MergeDialog:
        """Look for copies and accept merging them; returns the dialog when it shows what each would bring."""

        def seen() -> bool:
            # If the window is looking by itself at this moment, it does not look twice.
            self.desk.together.look_for_copies()
            return "Naast dit dossier" in self.message()

        self.qtbot.waitUntil(seen, timeout=20_000)
        click(self.qtbot, self.window.notices, "Samenvoegen")
        dialog = next(item for item in self.window.findChildren(MergeDialog) if item.isVisible())
        self.settled(dialog)
        return dialog

    def settled(self, dialog: MergeDialog) -> None:
        self.qtbot.waitUntil(lambda: not dialog.bar.isVisible(), timeout=20_000)

    def unlock(self, dialog: MergeDialog) -> None:
        """Give the password of the first dossier on the list that asks for one."""
        click(self.qtbot, dialog, "Wachtwoord geven…")
        asked = dialog.findChildren(PasswordDialog)[0]
        self.qtbot.keyClicks(asked.password, WORDS)
        self.qtbot.keyClick(asked.password, Qt.Key.Key_Return)
        self.settled(dialog)

    def merge(self, dialog: MergeDialog) -> None:
        """Merge what is on the list and close."""
        click(self.qtbot, dialog, "Samenvoegen")
        self.qtbot.waitUntil(lambda: dialog.done_merging, timeout=20_000)
        dialog.reject()

    def clear(self) -> None:
        """Accept the offer to put away copies, and wait for the message about it."""
        offer = self.message()
        click(self.qtbot, self.window.notices, "Kopie opruimen")
        self.qtbot.waitUntil(lambda: self.message() not in ("", offer), timeout=20_000)

    def message(self) -> str:
        return newest(self.window.notices)

    def has(self, row: str) -> bool:
        return self.session.dossier.read.notes.get(row) is not None

    def put_away(self) -> list[Path]:
        kept_backups = Workplace.here().backups_of(self.path)
        return [backup.path for backup in kept_backups if backup.reason is Reason.PUT_AWAY]


def click(qtbot: QtBot, inside: QWidget, name: str) -> None:
    """Click the button with this text or accessible name, as soon as it is there."""

    def shown() -> list[QAbstractButton]:
        buttons = [button for button in inside.findChildren(QAbstractButton) if button.isVisible()]
        return [button for button in buttons if name in (button.text(), button.accessibleName())]

    qtbot.waitUntil(lambda: bool(shown()), timeout=20_000)
    qtbot.mouseClick(shown()[0], Qt.MouseButton.LeftButton)


@pytest.fixture
def path(tmp_path: Path, settings: SettingsStore) -> Path:
    """The path of the dossier."""
    made = tmp_path / "OneDrive - Twents Carmel" / "Oldenzaal.sto"
    made.parent.mkdir()
    settings.change(last_folder=str(made.parent), user_name="Marieke Assink")
    return made


@pytest.fixture
def folder(qtbot: QtBot, window: MainWindow, path: Path) -> Iterator[Folder]:
    made = Folder(qtbot, window, path)
    yield made
    made.desk.put_away()


@pytest.fixture
def locked(qtbot: QtBot, window: MainWindow, path: Path) -> Iterator[Folder]:
    """The same, with a password on the dossier and so on its copies."""
    made = Folder(qtbot, window, path, WORDS)
    yield made
    made.desk.put_away()


def test_a_copy_that_was_merged_is_cleared_away_and_kept_as_a_backup(folder: Folder) -> None:
    left = folder.left(1)
    held = left.read_bytes()
    folder.merge(folder.offered())
    assert folder.message() == "Alles uit «Oldenzaal (1).sto» staat nu in dit dossier."
    folder.clear()
    assert folder.message() == "Opgeruimd. Er staat een reservekopie op deze computer."
    assert not left.exists()
    assert folder.has("N1")
    (kept,) = folder.put_away()
    assert kept.read_bytes() == held


def test_a_copy_with_something_of_another_program_that_does_not_go_along_stays(folder: Folder) -> None:
    left = folder.left(1)
    with closing(sqlite3.connect(left)) as raw, raw:
        raw.execute("CREATE TABLE sticker (id TEXT)")
        raw.execute("INSERT INTO sticker VALUES ('geel')")
    folder.merge(folder.offered())
    assert folder.message() == "«Oldenzaal (1).sto» is niet helemaal samengevoegd en blijft staan."
    assert folder.has("N1")
    assert left.exists()


def test_a_copy_that_was_taken_off_the_list_stays(folder: Folder) -> None:
    merged, off = folder.left(1), folder.left(2)
    dialog = folder.offered()
    click(folder.qtbot, dialog, f"«{off.name}» niet meenemen")
    folder.settled(dialog)
    folder.merge(dialog)
    assert "«Oldenzaal (2).sto» is niet helemaal samengevoegd en blijft staan." in folder.message()
    folder.clear()
    assert not merged.exists()
    assert off.exists()
    assert not folder.has("N2")


@pytest.mark.long
def test_copies_that_asked_for_a_password_and_got_none_stay(locked: Folder) -> None:
    opened, closed = locked.left(1), locked.left(2)
    dialog = locked.offered()
    locked.unlock(dialog)
    locked.merge(dialog)
    locked.clear()
    assert not opened.exists()
    assert closed.exists()
    (kept,) = locked.put_away()
    assert not kept.read_bytes().startswith(b"SQLite")


def test_a_copy_that_could_not_be_read_any_more_stays(folder: Folder) -> None:
    merged, broken = folder.left(1), folder.left(2)
    dialog = folder.offered()
    broken.write_bytes(broken.read_bytes()[:5000])
    folder.merge(dialog)
    folder.clear()
    assert not merged.exists()
    assert broken.exists()


def test_copies_for_which_it_was_not_the_turn_yet_stay(folder: Folder) -> None:
    copies = [folder.left(number) for number in range(1, 4)]
    dialog = folder.offered()
    click(folder.qtbot, dialog, "Samenvoegen")
    click(folder.qtbot, dialog, "Stoppen")
    folder.qtbot.waitUntil(lambda: dialog.done_merging)
    waiting = [arriving.path for arriving in dialog.incoming if arriving.result is None]
    assert waiting
    dialog.reject()
    assert "staan" in folder.message()
    if len(waiting) < len(copies):
        folder.clear()
    assert all(path.exists() for path in waiting)
    # They are offered again.
    again = folder.offered()
    assert {arriving.path for arriving in again.incoming} >= set(waiting)
    folder.merge(again)
    assert all(folder.has(f"N{number}") for number in range(1, 4))
    folder.clear()
    assert not any(path.exists() for path in waiting)


def test_a_copy_that_was_written_after_it_was_merged_stays_and_is_said(folder: Folder) -> None:
    merged, written = folder.left(1), folder.left(2)
    folder.merge(folder.offered())
    folder.note(written, "LATER")
    folder.clear()
    assert "1 van 2 kopieën opgeruimd. «Oldenzaal (2).sto» is na het samenvoegen nog gewijzigd" in folder.message()
    assert not merged.exists()
    assert written.exists()
    assert len(folder.put_away()) == 1
    # It is offered again, and then all its content is here.
    folder.merge(folder.offered())
    folder.clear()
    assert folder.has("LATER")
    assert not written.exists()


def test_a_copy_that_is_gone_already_is_said_to_be_gone(folder: Folder) -> None:
    left = folder.left(1)
    folder.merge(folder.offered())
    left.unlink()
    folder.clear()
    assert folder.message() == (
        "«Oldenzaal (1).sto» staat er niet meer. Wat erin stond, is al samengevoegd. U hoeft niets meer op te ruimen."
    )
    assert not folder.put_away()


def test_a_copy_that_somebody_has_open_stays(folder: Folder) -> None:
    left = folder.left(1)
    folder.merge(folder.offered())
    with other_program(left) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA user_version = 1")
        folder.clear()
        assert left.exists()
        assert folder.put_away() == []


def test_a_copy_of_which_a_line_of_the_log_was_left_out_stays(folder: Folder) -> None:
    left = folder.left(1)
    with other_program(left) as raw:
        raw.execute(
            "INSERT INTO change (stamp, writer, action, table_name, row_id, fields, supersedes)"
            " VALUES (1, 'w', 1, 'note', 'N', 'no JSON', '{}')"
        )
    folder.merge(folder.offered())
    assert folder.message() == "«Oldenzaal (1).sto» is niet helemaal samengevoegd en blijft staan."
    assert folder.has("N1")
    assert left.exists()


def test_another_dossier_that_was_merged_along_is_never_cleared_away(folder: Folder, tmp_path: Path) -> None:
    left = folder.left(1)
    other = left.rename(tmp_path / "van Piet.sto")
    copy = folder.left(2)
    dialog = folder.offered()
    dialog.add([other])
    folder.settled(dialog)
    folder.merge(dialog)
    folder.clear()
    assert folder.has("N1")
    assert other.exists()
    assert not copy.exists()


def test_what_was_wiped_here_is_wiped_in_what_is_put_away(folder: Folder) -> None:
    from sto_desktop.domain.log.change import Erasure

    session = folder.session
    session.apply(action("notitie", create("note", "E", panel="P", text="geheim", position=Position(None, "a1"))))
    session.copy.publish()
    left = folder.left(1)
    session.copy.erase([Erasure("note", "E", "text")])
    assert b"geheim" in left.read_bytes()
    folder.merge(folder.offered())
    folder.clear()
    assert not left.exists()
    (kept,) = folder.put_away()
    assert b"geheim" not in kept.read_bytes()


def test_a_copy_that_holds_nothing_new_can_be_cleared_away_too(folder: Folder) -> None:
    copy = shutil.copyfile(folder.path, folder.path.with_name(f"{folder.path.stem} (1).sto"))
    dialog = folder.offered()
    assert not dialog.merge_button.isEnabled()
    dialog.reject()
    folder.clear()
    assert not copy.exists()
    assert len(folder.put_away()) == 1


def test_of_copies_that_bring_something_none_is_offered_before_it_is_merged(folder: Folder) -> None:
    shutil.copyfile(folder.path, folder.path.with_name(f"{folder.path.stem} (1).sto"))
    folder.left(2)
    dialog = folder.offered()
    dialog.reject()
    assert "opruimen" not in folder.message()


def test_who_leaves_the_dialog_without_merging_is_offered_the_copies_again(folder: Folder) -> None:
    folder.left(1)
    folder.left(2)
    dialog = folder.offered()
    folder.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert "Naast dit dossier staan 2 kopieën ervan" in folder.message()
    folder.merge(folder.offered())
    folder.clear()
    assert (folder.has("N1"), folder.has("N2")) == (True, True)
    assert len(folder.put_away()) == 2


def test_a_dossier_that_is_dropped_while_others_are_merged_is_refused_in_words(folder: Folder, tmp_path: Path) -> None:
    copy = folder.left(1)
    later = shutil.copyfile(copy, tmp_path / "later.sto")
    dialog = folder.offered()
    click(folder.qtbot, dialog, "Samenvoegen")
    drop(dialog, later)
    assert any("Eerst wordt samengevoegd" in label.text() for label in dialog.findChildren(QLabel))
    folder.qtbot.waitUntil(lambda: dialog.done_merging, timeout=20_000)
    assert [arriving.path for arriving in dialog.incoming] == [copy]
    assert folder.has("N1")
    drop(dialog, later)
    folder.settled(dialog)
    assert len(dialog.incoming) == 2
    dialog.reject()


def drop(dialog: MergeDialog, path: Path) -> None:
    """Release a file above the dialog."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, buttons, none)
    dialog.dropEvent(event)
