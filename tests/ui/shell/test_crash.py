import datetime as dt
import os
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from sto_desktop.domain.errors import DossierError
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.crash import MOST_REPORTS, CrashReporter, report_text
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.widgets import TextLabel

WHEN = dt.datetime(2023, 2, 14, 16, 22, 41)
WORDS: dict[str, str] = {}
SECRET = "Fatma zei dat de directeur moet opstappen"


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def reporter(theme: Appearance, window: MainWindow, tmp_path: Path, told: list[str]) -> Iterator[CrashReporter]:
    made = CrashReporter(theme, tmp_path / "log", tell=told.append, now=lambda: WHEN)
    yield made
    if made.dialog is not None:
        made.dialog.close()


def fail(error: Exception, reporter: CrashReporter) -> None:
    """Raise in a slot that nothing guards."""
    try:
        raise error
    except Exception as caught:
        reporter.excepthook(type(caught), caught, caught.__traceback__)


def reports(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "log").glob("*.txt"))


def test_a_fault_leaves_a_report_and_a_dialog_that_says_the_notes_are_safe(
    qtbot: QtBot, reporter: CrashReporter, tmp_path: Path
) -> None:
    fail(AttributeError("'NoneType' object has no attribute 'text'"), reporter)
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    assert reporter.dialog is not None
    [path] = reports(tmp_path)
    report = path.read_text(encoding="utf-8")
    assert "STO Desktop" in report
    assert "PySide6" in report
    assert "Traceback" in report
    assert "no attribute 'text'" in report
    assert "tests/ui/shell/test_crash.py" in report
    words = " ".join(label.text() for label in reporter.dialog.findChildren(TextLabel))
    assert "notities zijn veilig" in words
    assert str(path) in words


def test_a_report_is_for_the_user_alone(qtbot: QtBot, reporter: CrashReporter, tmp_path: Path) -> None:
    before = os.umask(0)
    fail(AttributeError("text"), reporter)
    qtbot.waitUntil(lambda: bool(reports(tmp_path)))
    os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "log", *reports(tmp_path))] == [0o700, 0o600]


def test_the_report_has_nothing_of_what_was_written(theme: Appearance) -> None:
    try:
        try:
            int(SECRET)
        except ValueError as cause:
            raise KeyError(SECRET) from cause
    except KeyError as error:
        report = report_text(error, WHEN)
    assert SECRET not in report
    assert "Fatma" not in report
    assert report.index("ValueError") < report.index("KeyError")


def test_of_a_file_only_the_reason_is_kept_not_its_name(theme: Appearance) -> None:
    try:
        Path(f"/nowhere/{SECRET}").read_text(encoding="utf-8")
    except OSError as error:
        report = report_text(error, WHEN)
    assert "No such file" in report
    assert SECRET not in report


def test_the_report_can_be_copied_and_the_work_goes_on(
    qtbot: QtBot, reporter: CrashReporter, window: MainWindow
) -> None:
    fail(ValueError("x"), reporter)
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    dialog = reporter.dialog
    assert dialog is not None
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == dialog.report
    qtbot.mouseClick(dialog.continue_button, Qt.MouseButton.LeftButton)
    assert reporter.dialog is None
    assert window.isVisible()


def test_closing_closes_the_window(qtbot: QtBot, reporter: CrashReporter, window: MainWindow) -> None:
    fail(ValueError("x"), reporter)
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    assert reporter.dialog is not None
    qtbot.mouseClick(reporter.dialog.quit_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.isVisible())


def test_a_fault_that_repeats_opens_one_dialog_and_fills_no_disk(
    qtbot: QtBot, reporter: CrashReporter, tmp_path: Path
) -> None:
    for _ in range(MOST_REPORTS + 15):
        fail(ValueError("again"), reporter)
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    QApplication.processEvents()
    assert len(reports(tmp_path)) == MOST_REPORTS
    assert (
        len([widget for widget in QApplication.topLevelWidgets() if widget.windowTitle() == "Fout in het programma"])
        == 1
    )


def test_an_error_of_the_world_is_a_sentence_and_no_crash(
    qtbot: QtBot, reporter: CrashReporter, told: list[str], tmp_path: Path
) -> None:
    fail(DossierError("De schijf is vol.", "Alles is bewaard.", "Maak ruimte."), reporter)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["De schijf is vol. Alles is bewaard. Maak ruimte."]
    assert reporter.dialog is None
    assert not reports(tmp_path)


def test_without_a_disk_there_is_still_a_dialog(
    qtbot: QtBot, theme: Appearance, window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "log").write_text("a file where the folder should be")
    reporter = CrashReporter(theme, tmp_path / "log", now=lambda: WHEN)
    fail(ValueError("x"), reporter)
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    assert reporter.dialog is not None
    assert not reporter.dialog.folder_button.isVisible()
    reporter.dialog.close()


def test_a_thread_that_fails_is_reported_too(qtbot: QtBot, reporter: CrashReporter, tmp_path: Path) -> None:
    before = sys.excepthook, threading.excepthook
    threading.excepthook = reporter._thread_hook
    try:
        thread = threading.Thread(target=lambda: [][1], name="zoeken")
        thread.start()
        thread.join()
    finally:
        sys.excepthook, threading.excepthook = before
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    assert "In thread zoeken" in reports(tmp_path)[0].read_text(encoding="utf-8")


def test_a_slot_that_fails_reaches_the_reporter(qtbot: QtBot, reporter: CrashReporter, tmp_path: Path) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    button.clicked.connect(lambda: WORDS["no such key"])
    before = sys.excepthook
    sys.excepthook = reporter.excepthook
    try:
        with qtbot.captureExceptions() as caught:
            sys.excepthook = reporter.excepthook
            button.click()
    finally:
        sys.excepthook = before
    assert caught == []
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    assert len(reports(tmp_path)) == 1
