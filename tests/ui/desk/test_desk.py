"""Whole dossiers in the window: create, open, save elsewhere, close; by keys, with real files."""

from __future__ import annotations

import datetime as dt
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.panels import add_panel, add_panelist, change_panel
from sto_desktop.domain.errors import PasswordNeededError
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.desk import Desk
from sto_desktop.ui.fields.file_questions import FileQuestions
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.erasing import EraseDialog
from sto_desktop.ui.prepare import prepare_stage
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.together.password_dialog import DossierPasswordDialog
from sto_desktop.ui.widgets import Banner
from sto_desktop.workplace import Workplace
from sto_desktop.workplace.place import readers
from tests.storage.altered import CASES, alter
from tests.storage.desk import D89B78D, other_program
from tests.ui.reading import newest

DATA = Path(__file__).parents[2] / "storage" / "data"


class Answers(FileQuestions):
    """Answers in place of the system's file dialogs."""

    def __init__(self) -> None:
        self.path: Path | None = None

    def to_open(self, window: QWidget, folder: Path) -> Path | None:
        """Return the path that the test set."""
        return self.path

    def to_save(self, window: QWidget, path: Path) -> Path | None:
        """Return the path that the test set."""
        return self.path


@pytest.fixture
def answers() -> Answers:
    """The test's answers to questions for a file."""
    return Answers()


@pytest.fixture
def desk(window: MainWindow, settings: SettingsStore, tmp_path: Path, answers: Answers) -> Iterator[Desk]:
    """The desk of a window without stages, in a folder of the test."""
    folder = tmp_path / "Documenten"
    folder.mkdir()
    settings.change(last_folder=str(folder), user_name="Marieke Assink")
    made = Desk(window, answers)
    yield made
    made.put_away()


def _type(qtbot: QtBot, text: str) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    qtbot.keyClicks(widget, text)


def _press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()]
    if QApplication.activeWindow() is None:
        # Without a display nobody returns the focus to the window after a dialog.
        with qtbot.waitActive(shown[0]):
            shown[0].activateWindow()
    widget = QApplication.focusWidget() or shown[0]
    # No release: the key may have closed the focused widget.
    qtbot.keyPress(widget, key, modifier)


def _dialog(qtbot: QtBot, window: MainWindow) -> QDialog:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(QDialog)))
    dialog = next(one for one in window.findChildren(QDialog) if one.isVisible())
    qtbot.waitUntil(lambda: (focus := QApplication.focusWidget()) is not None and dialog.isAncestorOf(focus))
    return dialog


def _make_panel(qtbot: QtBot, window: MainWindow, desk: Desk, subregion: str) -> None:
    _press(qtbot, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    _dialog(qtbot, window)
    _type(qtbot, subregion)
    _press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.session is not None and desk.session.panel_id is not None)


def test_new_panel_by_keys_is_on_disk_with_the_built_in_guide(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    _make_panel(qtbot, window, desk, "Oldenzaal")
    assert desk.session is not None
    read = desk.session.dossier.read
    panel = read.panels.listed()[0]
    assert (panel.title, panel.subregion, panel.moderator) == ("Panel Oldenzaal", "Oldenzaal", "Marieke Assink")
    assert read.guides.of_panel(panel.id).minutes == 110
    assert window.stage is Stage.PREPARE
    path = desk.session.path
    assert desk.put_away()
    assert path.exists()
    assert path.stem.startswith("Panel Oldenzaal")


def test_a_dialog_about_a_dossier_closes_with_it(qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path) -> None:
    """It was opened while the next dossier was being read, and would write into one that is closed."""
    other = tmp_path / "ander.sto"
    Workplace.here().create(other).close()
    _make_panel(qtbot, window, desk, "Oldenzaal")
    desk.open(other)
    window.show_history()
    dialog = _dialog(qtbot, window)
    closed: list[int] = []
    dialog.finished.connect(closed.append)
    qtbot.waitUntil(lambda: desk.session is not None and desk.session.path == other)
    assert closed == [QDialog.DialogCode.Rejected]


def test_what_the_window_makes_is_for_the_user_alone_wherever_it_goes(
    qtbot: QtBot, window: MainWindow, desk: Desk, settings: SettingsStore, answers: Answers, tmp_path: Path
) -> None:
    before = os.umask(0)
    try:
        settings.change(last_folder="")
        _make_panel(qtbot, window, desk, "Oldenzaal")
        session = desk.session
        assert session is not None
        made = session.path
        answers.path = tmp_path / "elders.sto"
        desk.save_as()
        qtbot.waitUntil(lambda: session.path == answers.path and not session.copy.unpublished)
        qtbot.waitUntil(lambda: bool(Workplace.here().backups_of(answers.path or made)))
        assert desk.put_away()
    finally:
        os.umask(before)
    assert made.parent.name == "STO Desktop"
    files = [made, tmp_path / "elders.sto", settings.path, *Workplace.here().copies.home.rglob("*")]
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (made.parent, Workplace.here().copies.home, *files)}
    assert not {path for path, mode in modes.items() if mode != (0o700 if path.is_dir() else 0o600)}


def test_second_panel_goes_where_the_user_says(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    _make_panel(qtbot, window, desk, "Oldenzaal")
    assert desk.session is not None
    first = desk.session.path
    _press(qtbot, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = _dialog(qtbot, window)
    _type(qtbot, "Hengelo")
    choices = dialog.findChildren(QAbstractButton)
    here = next(one for one in choices if one.text() == "Het dossier dat open is")
    qtbot.mouseClick(here, Qt.MouseButton.LeftButton)
    _press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.session is not None and len(desk.session.dossier.read.panels.listed()) == 2)
    assert desk.session.path == first


def test_what_was_closed_is_opened_again_with_everything(
    qtbot: QtBot, window: MainWindow, desk: Desk, answers: Answers
) -> None:
    _make_panel(qtbot, window, desk, "Enschede")
    assert desk.session is not None
    assert desk.session.panel_id is not None
    desk.session.apply(change_panel(desk.session.panel_id, place="Aula «'t Zand»"))
    path = desk.session.path
    desk.put_away()
    answers.path = path
    _press(qtbot, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: desk.session is not None)
    assert desk.session.dossier.read.panels.listed()[0].place == "Aula «'t Zand»"
    assert window.settings.current.recent[0].path == path


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "leeg"),
        (b"PK\x03\x04 something", "Word-, Excel- of zipbestand"),
        (b"Aantekeningen van het panel\n" * 9, "tekst"),
        (b"SQLite format 3\x00" + bytes(84), "beschadigd"),
    ],
)
def test_wrong_file_is_refused_in_words_and_left_alone(
    qtbot: QtBot, window: MainWindow, desk: Desk, answers: Answers, tmp_path: Path, content: bytes, said: str
) -> None:
    answers.path = tmp_path / "fout.sto"
    answers.path.write_bytes(content)
    _press(qtbot, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(newest(window.notices)))
    assert said in newest(window.notices)
    assert desk.session is None
    assert answers.path.read_bytes() == content
    assert list(tmp_path.glob("fout.sto*")) == [answers.path]


@pytest.mark.long
def test_password_is_asked_until_it_fits(
    qtbot: QtBot, window: MainWindow, desk: Desk, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "geheim.sto"
    Workplace.here().create(path, "ui en prei").close()
    answers.path = path
    _press(qtbot, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    for word in ("fout", "ui en prei"):
        dialog = _dialog(qtbot, window)
        field = dialog.findChildren(QLineEdit)[0]
        assert field.echoMode() is QLineEdit.EchoMode.Password
        _type(qtbot, word)
        _press(qtbot, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda shown=dialog: not shown.isVisible())  # type: ignore[misc]
    qtbot.waitUntil(lambda: desk.session is not None)


def test_save_as_goes_on_at_the_new_place(
    qtbot: QtBot, window: MainWindow, desk: Desk, answers: Answers, tmp_path: Path
) -> None:
    _make_panel(qtbot, window, desk, "Almelo e.o.")
    assert desk.session is not None
    assert desk.session.panel_id is not None
    first = desk.session.path
    answers.path = tmp_path / "stick" / "panel.sto"
    answers.path.parent.mkdir()
    _press(qtbot, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(answers.path.exists)
    qtbot.waitUntil(lambda: desk.session is not None and desk.session.path == answers.path)
    desk.session.apply(change_panel(desk.session.panel_id, place="Technolab"))
    desk.put_away()
    opened = Workplace.here().open(answers.path)
    assert opened.dossier.read.panels.listed()[0].place == "Technolab"
    opened.close()
    assert first.exists(), "what was published before stays where it was"


def test_what_a_killed_program_left_is_offered_with_the_line_being_typed(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "Panel ’t Zand.sto"
    script = (
        "import os, sys; from pathlib import Path; from sto_desktop.domain.actions.panels import add_panel; "
        "from sto_desktop.workplace import Workplace; "
        "copy = Workplace.here().create(Path(sys.argv[1])); "
        "copy.dossier.apply(add_panel(None, title='Panel Hengelo')); copy.dossier.set_draft('regel', 'half get'); "
        "os.kill(os.getpid(), 9)"
    )
    root = Path(__file__).resolve().parents[3]
    assert subprocess.run([sys.executable, "-c", script, str(path)], cwd=root, check=False).returncode == -9
    desk.offer_abandoned()
    assert "Panel ’t Zand" in newest(window.notices)
    go_on = next(button for button in window.notices.findChildren(QAbstractButton) if "Verdergaan" in button.text())
    qtbot.mouseClick(go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.session is not None)
    assert desk.session is not None
    assert desk.session.dossier.read.panels.listed()[0].title == "Panel Hengelo"
    assert desk.session.dossier.draft("regel") == "half get"
    desk.put_away()
    opened = Workplace.here().open(path)
    assert opened.dossier.draft("regel") == "half get", "closing keeps what was not yet a note"
    opened.dossier.set_draft("regel", "")
    opened.close()
    desk.offer_abandoned()
    assert not Workplace.here().copies.leftovers()


def test_what_was_closed_with_a_line_half_typed_is_no_crash_and_not_offered(
    window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    opened = Workplace.here().create(tmp_path / "Panel Hengelo.sto")
    opened.dossier.set_draft("regel", "half get")
    opened.close()
    (left,) = Workplace.here().copies.leftovers()
    assert left.path == opened.path
    desk.offer_abandoned()
    assert newest(window.notices) == ""


@pytest.mark.parametrize("name", ["min-name-byte.sto", "flip3-136-before.sto"])
def test_a_damaged_dossier_is_refused_in_words_opened_or_merged_and_stays_as_it_is(
    qtbot: QtBot, window: MainWindow, desk: Desk, answers: Answers, tmp_path: Path, name: str
) -> None:
    damaged = tmp_path / "Panel.sto"
    damaged.write_bytes((DATA / name).read_bytes())
    _make_panel(qtbot, window, desk, "Enschede")
    session = desk.session
    answers.path = damaged
    _press(qtbot, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    said = "Het bestand «Panel.sto» is beschadigd."
    qtbot.waitUntil(lambda: said in newest(window.notices), timeout=20_000)
    assert "Maak een herstelde kopie" in newest(window.notices)
    assert desk.session is session
    dialog = desk.together.merge([damaged])
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.incoming[0].problem is not None, timeout=20_000)
    qtbot.waitUntil(lambda: any(said in label.text() for label in dialog.findChildren(QLabel)))
    assert not dialog.merge_button.isEnabled()
    dialog.reject()
    assert damaged.read_bytes() == (DATA / name).read_bytes()


def test_a_dossier_with_an_endless_view_for_a_log_does_not_hold_the_window_up(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    made = tmp_path / "Panel.sto"
    Workplace.here("Piet Bos").create(made).close()
    with other_program(made) as raw:
        columns = [row[1] for row in raw.execute("PRAGMA table_info(change)")]
        raw.execute("DROP TABLE change")
        raw.execute(
            "CREATE VIEW change AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT "
            + ", ".join(f"x AS {column}" for column in columns)
            + " FROM n"
        )
    desk.open(made)
    said = "«Panel.sto» is geen volledig dossier"
    qtbot.waitUntil(lambda: said in newest(window.notices), timeout=20_000)
    assert desk.session is None


def test_a_dossier_of_before_opens_and_goes_on_without_a_word(
    qtbot: QtBot, window: MainWindow, desk: Desk, answers: Answers, tmp_path: Path
) -> None:
    answers.path = tmp_path / "Panel.sto"
    answers.path.write_bytes(D89B78D.read_bytes())
    _press(qtbot, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: desk.session is not None)
    assert desk.session is not None
    assert "ander programma" not in newest(window.notices)
    assert [panel.title for panel in desk.session.dossier.read.panels.listed()] == ["Panel Hengelo"]
    assert len(desk.session.dossier.read.notes.of_panel("P")) == 2
    desk.session.apply(change_panel("P", place="Technolab"))
    desk.put_away()
    opened = Workplace.here().open(answers.path)
    assert [panel.place for panel in opened.dossier.read.panels.listed()] == ["Technolab"]
    opened.close()


def _banners(window: MainWindow) -> list[Banner]:
    return [banner for banner in window.findChildren(Banner) if banner.isVisible()]


def test_what_another_program_left_in_a_dossier_is_told_on_opening(
    qtbot: QtBot, window: MainWindow, desk: Desk, answers: Answers, tmp_path: Path
) -> None:
    answers.path = tmp_path / "Panel.sto"
    answers.path.write_bytes(D89B78D.read_bytes())
    with other_program(answers.path) as raw:
        raw.execute("CREATE TRIGGER val AFTER INSERT ON note BEGIN DELETE FROM note; END")
        raw.execute("CREATE TABLE agenda (dag)")
    _press(qtbot, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    said = "In «Panel.sto» staat iets van een ander programma: tabel «agenda» en trigger «val»."
    qtbot.waitUntil(lambda: any(said in banner.accessibleName() for banner in _banners(window)))
    assert desk.session is not None
    assert len(desk.session.dossier.read.notes.of_panel("P")) == 2


@pytest.mark.parametrize("name", ["log without actions, writers and erasures", "log under another name", "newer form"])
def test_a_dossier_whose_log_another_program_changed_is_opened_and_that_is_told(
    qtbot: QtBot, window: MainWindow, desk: Desk, answers: Answers, tmp_path: Path, name: str
) -> None:
    answers.path = tmp_path / "Panel.sto"
    answers.path.write_bytes(D89B78D.read_bytes())
    case = CASES[name]
    alter(answers.path, case)
    _press(qtbot, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    said = case.told or case.lacking
    qtbot.waitUntil(lambda: any(f": {said}." in banner.accessibleName() for banner in _banners(window)))
    assert desk.session is not None
    assert len(desk.session.dossier.read.notes.of_panel("P")) == 2


def test_a_backup_is_opened_as_a_dossier_of_its_own(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    _make_panel(qtbot, window, desk, "Enschede")
    session = desk.session
    assert session is not None
    assert session.panel_id is not None
    first = session.path
    session.publishing.publish()
    qtbot.waitUntil(lambda: bool(Workplace.here().backups_of(first)))
    session.apply(change_panel(session.panel_id, title="Later gewijzigd"))
    _press(qtbot, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    _type(qtbot, "reservekopie")
    _press(qtbot, Qt.Key.Key_Return)
    _dialog(qtbot, window)
    _press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.session is not None and desk.session is not session)
    assert desk.session is not None
    assert desk.session.path != first
    assert desk.session.path.parent == first.parent
    assert "Later gewijzigd" not in {panel.title for panel in desk.session.dossier.read.panels.listed()}
    desk.put_away()
    opened = Workplace.here().open(first)
    assert opened.dossier.read.panels.listed()[0].title == "Later gewijzigd"
    opened.close()


def test_a_term_that_is_over_is_said_on_opening_and_leads_to_where_names_are_wiped(
    qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path, answers: Answers
) -> None:
    settings.change(last_folder=str(tmp_path), user_name="Marieke Assink")
    window = MainWindow(theme, settings, {Stage.PREPARE: prepare_stage})
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    desk = Desk(window, answers)
    _make_panel(qtbot, window, desk, "Enschede")
    session = desk.session
    assert session is not None
    assert session.panel_id is not None
    over, path = session.panel_id, session.path
    session.apply(change_panel(over, retain_until=dt.date(2020, 1, 1), forms_until=dt.date(2999, 1, 1)))
    session.apply(add_panelist(over, "Renée Oude Wessel", 1))
    session.apply(add_panel(session.dossier.read.panels.get(over).guide, title="Ander", panel="p2"))  # type: ignore[union-attr]
    session.show_panel("p2")
    desk.put_away()
    desk.open(path)
    shown = window.notices
    qtbot.waitUntil(
        lambda: any("liep tot 1 januari 2020" in banner.accessibleName() for banner in shown.findChildren(Banner))
    )
    look = next(button for button in shown.findChildren(QAbstractButton) if button.text() == "Namen wissen…")
    qtbot.mouseClick(look, Qt.MouseButton.LeftButton)
    (dialog,) = (one for one in window.findChildren(EraseDialog) if one.isVisible())
    qtbot.waitUntil(dialog.erase_button.isEnabled)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    desk.put_away()


def test_a_dossier_with_names_is_proposed_a_password_once_with_who_can_read_it(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    _make_panel(qtbot, window, desk, "Hengelo")
    session = desk.session
    assert session is not None
    assert session.panel_id is not None
    path = session.path
    desk.put_away()

    def said_on_opening() -> list[str]:
        desk.open(path)
        qtbot.waitUntil(lambda: desk.session is not None)
        assert desk.session is not None
        desk.session.settle()
        return [said for said in (newest(window.notices),) if "geen wachtwoord" in said]

    # Nobody is in it yet.
    assert said_on_opening() == []
    assert desk.session is not None
    desk.session.apply(add_panelist(session.panel_id, "Renée Oude Wessel", 1))
    desk.put_away()
    desk.open(path)
    qtbot.waitUntil(lambda: "geen wachtwoord" in newest(window.notices))
    alone = "Het is te lezen voor u alleen op deze computer, en wie een kopie of de schijf in handen krijgt."
    assert alone in newest(window.notices)
    button = next(one for one in window.notices.findChildren(QAbstractButton) if "Wachtwoord" in one.text())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert any(dialog.isVisible() for dialog in window.findChildren(DossierPasswordDialog))
    next(iter(window.findChildren(DossierPasswordDialog))).reject()
    desk.put_away()
    assert said_on_opening() == []
    desk.put_away()


def test_who_can_open_a_file_follows_from_every_folder_above_it() -> None:
    with TemporaryDirectory() as home:
        folder, file = Path(home), Path(home) / "panel.sto"
        file.write_bytes(b"x")
        said = {}
        for modes in ((0o755, 0o644), (0o755, 0o640), (0o700, 0o644), (0o750, 0o600)):
            folder.chmod(modes[0])
            file.chmod(modes[1])
            said[modes] = readers(file)
        assert said[0o755, 0o644] == "iedereen op deze computer"
        assert said[0o755, 0o640] == "u, en wie in uw groep op deze computer zit"
        assert said[0o700, 0o644].startswith("u alleen")
        assert said[0o750, 0o600].startswith("u alleen")
        shared = folder / "OneDrive - De Bron"
        shared.mkdir()
        assert readers(shared / "panel.sto") == "u, en iedereen met wie u deze map van OneDrive deelt"


def test_a_dossier_is_left_when_its_password_is_set(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    _make_panel(qtbot, window, desk, "Hengelo")
    assert desk.session is not None
    path = desk.session.path
    desk.together.password()
    dialog = _dialog(qtbot, window)
    assert isinstance(dialog, DossierPasswordDialog)
    with capture_exceptions() as exceptions:
        dialog.chosen.emit("paarse fiets in de regen")
        assert desk.put_away()
        qtbot.waitUntil(lambda: not any(one.isVisible() for one in window.findChildren(QDialog)))
    assert not exceptions
    with pytest.raises(PasswordNeededError):
        Workplace.here().open(path)


def test_path_that_vanishes_loses_nothing(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    _make_panel(qtbot, window, desk, "Hengelo")
    session = desk.session
    assert session is not None
    assert session.panel_id is not None
    session.publishing.publish()
    qtbot.waitUntil(session.path.exists)
    folder = session.path.parent
    folder.rename(folder.with_name("weg"))
    session.apply(change_panel(session.panel_id, place="De Es"))
    _press(qtbot, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: session.publishing.save_status.problem is not None)
    assert "is er niet meer" in str(session.publishing.save_status.problem)
    folder.with_name("weg").rename(folder)
    session.publishing.publish()
    qtbot.waitUntil(lambda: session.publishing.save_status.problem is None)
    desk.put_away()
    opened = Workplace.here().open(session.path)
    assert opened.dossier.read.panels.listed()[0].place == "De Es"
    opened.close()


def test_the_window_can_be_closed_while_a_dossier_opens(window: MainWindow, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "Panel Hengelo.sto"
    Workplace.here().create(path).close()
    desk.open(path)
    assert window.close()
    assert desk.session is None
    assert Workplace.here().copies.leftovers() == []
