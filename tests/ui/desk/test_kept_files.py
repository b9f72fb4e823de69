"""Bestanden en reservekopieën in the window, and what a person sees when a file is older, damaged or not stored."""

from __future__ import annotations

import gc
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from sto_desktop.domain.errors import DossierError
from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.place import Position
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.log.incoming import Incoming
from sto_desktop.storage.working import quarantine
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.ui.desk import Desk
from sto_desktop.ui.desk.kept_files import KeptFilesDialog
from sto_desktop.ui.fields.file_questions import FileQuestions
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.workplace import Workplace
from tests.storage.small_disk import small_disk
from tests.ui.reading import newest, saved_status


@pytest.fixture
def path(tmp_path: Path, settings: SettingsStore) -> Path:
    """A dossier that was worked in, with a note, and closed."""
    settings.change(last_folder=str(tmp_path), user_name="Marieke Assink")
    made = tmp_path / "Oldenzaal.sto"
    copy = Workplace.here("Marieke Assink").create(made)
    copy.dossier.apply(action("panel toevoegen", create("panel", "P", title="Panel Oldenzaal")))
    noted(copy, "N")
    copy.close()
    return made


def noted(copy: WorkingCopy, row: str) -> None:
    """Write a note."""
    copy.dossier.apply(action("notitie", create("note", row, panel="P", text=row, position=Position(None, "a0"))))


@pytest.fixture
def desk(window: MainWindow) -> Iterator[Desk]:
    made = Desk(window, FileQuestions())
    yield made
    made.put_away()


def opened(qtbot: QtBot, desk: Desk, path: Path) -> None:
    """Open the dossier in the window."""
    before = desk.session
    desk.open(path)
    qtbot.waitUntil(lambda: desk.session is not None and desk.session is not before, timeout=20_000)


def listed(window: MainWindow, desk: Desk) -> KeptFilesDialog:
    """Open the window of kept files by its command."""
    window.actions_by_id["restore"].trigger()
    return next(dialog for dialog in window.findChildren(KeptFilesDialog) if dialog.isVisible())


def lines(dialog: KeptFilesDialog) -> list[str]:
    """Return the list, without the times."""
    return [dialog.list.item(row).text().partition(" · ")[2] for row in range(dialog.list.count())]


def test_by_keys_alone_one_looks_inside_and_brings_back(
    qtbot: QtBot, window: MainWindow, desk: Desk, path: Path
) -> None:
    opened(qtbot, desk, path)
    first = desk.session
    dialog = listed(window, desk)
    assert lines(dialog) == ["reservekopie"]
    qtbot.keyClick(dialog.list, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "Panel Oldenzaal: 1 notitie" in dialog.inside.text(), timeout=20_000)
    assert "Laatst gewijzigd" in dialog.inside.text()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.session is not None and desk.session is not first, timeout=20_000)
    assert desk.session is not None
    assert desk.session.path.stem.startswith("Oldenzaal (")
    assert desk.session.dossier.read.notes.get("N") is not None


def test_what_was_damaged_is_told_at_opening_listed_and_brought_back(
    qtbot: QtBot, window: MainWindow, desk: Desk, path: Path
) -> None:
    copy = Workplace.here("Marieke Assink").open(path)
    for number in range(40):
        noted(copy, f"M{number}")
    copy.dossier.close()
    damaged = copy.file.folder / "dossier.sto"
    content = bytearray(damaged.read_bytes())
    # A byte of a name in the schema.
    content[content.index(b"CREATE TABLE recommendation") + 14] = 0xFF
    damaged.write_bytes(content)
    opened(qtbot, desk, path)
    assert desk.session is not None
    assert desk.session.dossier.read.notes.get("M39") is not None
    assert "gered" in newest(window.notices)
    dialog = listed(window, desk)
    dialog.list.setCurrentRow(lines(dialog).index("apart gezet: beschadigd, of niet op haar plek"))
    assert "gered" in dialog.inside.text()
    dialog.look_button.click()
    qtbot.waitUntil(lambda: "Nog te lezen: 1 panel" in dialog.inside.text(), timeout=20_000)
    before = desk.session
    dialog.back_button.click()
    qtbot.waitUntil(lambda: desk.session is not before, timeout=20_000)
    assert desk.session.dossier.read.notes.get("M39") is not None
    (item,) = quarantine.in_quarantine(Workplace.here().copies.home)
    assert item.file.read_bytes() == content


def test_an_older_file_that_was_put_back_is_said_and_nothing_is_gone(
    qtbot: QtBot, window: MainWindow, desk: Desk, path: Path
) -> None:
    old = path.read_bytes()
    copy = Workplace.here("Marieke Assink").open(path)
    noted(copy, "M")
    copy.close()
    path.write_bytes(old)
    opened(qtbot, desk, path)
    assert desk.session is not None
    assert desk.session.dossier.read.notes.get("M") is not None
    assert "is ouder dan wat deze computer daar bewaarde" in newest(window.notices)
    assert "ouder bestand dat op de plek stond" in lines(listed(window, desk))


def test_what_came_in_is_named_looked_into_and_brought_back(
    qtbot: QtBot, window: MainWindow, desk: Desk, path: Path
) -> None:
    theirs = shutil.copyfile(path, path.with_name("van Piet.sto"))
    colleague = Workplace.here("Piet Bos").open(theirs)
    noted(colleague, "M")
    colleague.close()
    members = path.with_name("leden.csv")
    members.write_text("naam\nTruus Engbers\n", encoding="utf-8")
    opened(qtbot, desk, path)
    assert desk.session is not None
    desk.session.copy.merging.merge_apart([Incoming(theirs)])
    desk.session.copy.keep_imported(members, "Daaruit: 1 panellid overgenomen.")
    for file in (theirs, members):
        file.unlink()
    dialog = listed(window, desk)
    named = ["binnengekomen: «leden.csv»", "binnengekomen: «van Piet.sto»"]
    qtbot.waitUntil(lambda: lines(dialog)[:2] == named, timeout=20_000)
    dialog.list.setCurrentRow(0)
    dialog.look_button.click()
    qtbot.waitUntil(lambda: "Daaruit: 1 panellid overgenomen." in dialog.inside.text(), timeout=20_000)
    dialog.back_button.click()
    qtbot.waitUntil(lambda: "«leden.csv» staat naast het dossier." in dialog.inside.text(), timeout=20_000)
    assert members.read_text(encoding="utf-8") == "naam\nTruus Engbers\n"
    dialog.list.setCurrentRow(1)
    dialog.look_button.click()
    qtbot.waitUntil(lambda: "Panel Oldenzaal: 2 notities" in dialog.inside.text(), timeout=20_000)
    before = desk.session
    dialog.back_button.click()
    qtbot.waitUntil(lambda: desk.session is not None and desk.session is not before, timeout=20_000)
    assert desk.session.dossier.read.notes.get("M") is not None


def test_another_password_is_said(qtbot: QtBot, window: MainWindow, desk: Desk, path: Path) -> None:
    other = Workplace.here("Marieke Assink").create(path.with_name("Almelo.sto"), "geheim")
    other.close()
    opened(qtbot, desk, path)
    dialog = listed(window, desk)
    assert lines(dialog)[-1] == "Almelo · reservekopie"
    dialog.list.setCurrentRow(dialog.list.count() - 1)
    dialog.look_button.click()
    qtbot.waitUntil(lambda: "ander wachtwoord" in dialog.inside.text(), timeout=20_000)
    dialog.reject()


def left_open() -> tuple[Counter[str], int]:
    """Return the Qt objects that Python holds, timers and workers among them, by class, and the number of threads."""
    gc.collect()
    objects = (held for held in gc.get_objects() if isinstance(held, QObject) and shiboken6.isValid(held))
    return Counter(type(held).__name__ for held in objects), threading.active_count()


@pytest.mark.long
def test_opening_one_after_another_leaves_no_thread_timer_or_file_behind(
    qtbot: QtBot, window: MainWindow, desk: Desk, path: Path
) -> None:
    paths = (path, shutil.copyfile(path, path.with_name("Hengelo.sto")))
    for time in range(12):
        opened(qtbot, desk, paths[time % 2])
        assert desk.session is not None
        desk.session.publishing.wait()
        if time == 3:
            objects, threads = left_open()

    def are_no_more() -> bool:
        now = left_open()
        return now[0] - objects == Counter() and now[1] <= threads

    # What looks further at the dossier that was opened last may be at work.
    qtbot.waitUntil(are_no_more)
    files = {file.parent.name for file in Workplace.here().copies.home.rglob("*.sto") if file.name == "dossier.sto"}
    assert len(files) == 1


@pytest.mark.long
def test_on_a_full_disk_nothing_says_that_all_is_kept(
    qtbot: QtBot, window: MainWindow, desk: Desk, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk(tmp_path / "schijf") as disk:
        if not disk.mounted:
            # The limit on files would hold for the whole test process, so for Qt's own too.
            return
        monkeypatch.setenv("XDG_DATA_HOME", str(disk.folder))
        own = shutil.copyfile(path, path.with_name("Hengelo.sto"))
        opened(qtbot, desk, own)
        session = desk.session
        assert session is not None
        session.publishing.wait()
        with disk.nearly_full(20_000):
            long = create("note", "X", panel="P", text="woorden " * 20_000, position=Position(None, "a1"))
            with pytest.raises(DossierError, match="De schijf is vol"):
                session.apply(action("notitie", long))
            assert saved_status(window.status_line) == "De laatste handeling is niet bewaard"
            session.publishing.publish()
            session.publishing.wait()
            problem = session.publishing.save_status.problem
            if problem is not None:
                assert "Alles staat veilig" not in str(problem)
                assert "De schijf van «Hengelo.sto»" not in str(problem)
        session.apply(action("notitie", create("note", "Y", panel="P", text="kort", position=Position(None, "a2"))))
        qtbot.waitUntil(lambda: saved_status(window.status_line).startswith("Bewaard op schijf"))
        desk.put_away()


def test_what_is_read_for_a_window_that_was_closed_meanwhile_is_told_nowhere(
    qtbot: QtBot, window: MainWindow, desk: Desk, path: Path
) -> None:
    opened(qtbot, desk, path)
    session = desk.session
    assert session is not None
    dialog = listed(window, desk)
    qtbot.keyClick(dialog, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))
    qtbot.wait(500)
