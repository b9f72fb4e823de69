"""Problems and news found at opening are reported at once, in a message that stays until it is closed or obsolete."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.domain.log.change import action, change, create
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.sharing import Sharing
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.desk import Desk
from sto_desktop.ui.desk.kept_files import KeptFilesDialog
from sto_desktop.ui.fields.file_questions import FileQuestions
from sto_desktop.ui.fields.password_field import PasswordDialog
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.widgets import Banner
from sto_desktop.workplace import Workplace
from tests.passwords import set_password
from tests.storage.desk import other_program
from tests.ui.reading import newest, saved_status


class Answers(FileQuestions):
    """Answers «Opslaan als» with a path that the test sets, and records which folder was shown."""

    target: Path
    shown: Path | None = None

    def to_save(self, window: QWidget, path: Path) -> Path | None:
        """Return the path of the test."""
        return self.target

    def show_folder(self, path: Path) -> None:
        """Record what would be shown."""
        self.shown = path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A dossier with one note, published and closed."""
    copy = Workplace.here("Marieke Assink").create(tmp_path / "Oldenzaal.sto")
    copy.dossier.apply(action("panel toevoegen", create("panel", "P", title="Panel Oldenzaal")))
    _note(copy, "N", "Technolab trekt leerlingen")
    copy.close()
    return copy.path


@pytest.fixture
def answers() -> Answers:
    """What is answered to questions for files."""
    return Answers()


@pytest.fixture
def desk(window: MainWindow, settings: SettingsStore, tmp_path: Path, answers: Answers) -> Iterator[Desk]:
    """The desk of a window without a dossier."""
    settings.change(last_folder=str(tmp_path), user_name="Marieke Assink")
    made = Desk(window, answers)
    yield made
    made.put_away()


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk, path: Path) -> Callable[[], None]:
    """Opens the dossier in the window."""

    def open_it() -> None:
        desk.open(path)
        qtbot.waitUntil(lambda: desk.session is not None)

    return open_it


def _note(copy: WorkingCopy, row: str, text: str) -> None:
    values = {"panel": "P", "text": text, "position": Position(None, "a0")}
    copy.dossier.apply(action("notitie toevoegen", create("note", row, **values)))


def _crash(path: Path, text: str = "niet gepubliceerd") -> WorkingCopy:
    """Write a note that is not published, and stop like a program that crashed."""
    copy = Workplace.here("Marieke Assink").open(path)
    _note(copy, "M", text)
    copy.dossier.close()
    return copy


def _notices(window: MainWindow) -> list[str]:
    return [banner.accessibleName() for banner in window.findChildren(Banner) if banner.isVisible()]


def _button(window: MainWindow, text: str) -> QAbstractButton:
    (banner,) = [banner for banner in window.findChildren(Banner) if banner.isVisible()]
    return next(
        button
        for button in banner.findChildren(QAbstractButton)
        if text in (button.text(), button.accessibleName(), button.toolTip())
    )


def _put_elsewhere(path: Path) -> None:
    path.write_text("boodschappen: brood, melk", encoding="utf-8")


def test_nothing_is_said_where_nothing_was_found(window: MainWindow, opened: Callable[[], None]) -> None:
    opened()
    assert _notices(window) == []
    assert saved_status(window.status_line) == "Alles is bewaard"


def test_something_else_at_the_path_is_said_until_it_is_saved_elsewhere(
    qtbot: QtBot,
    window: MainWindow,
    desk: Desk,
    path: Path,
    opened: Callable[[], None],
    answers: Answers,
    tmp_path: Path,
) -> None:
    _crash(path)
    _put_elsewhere(path)
    opened()
    (notice,) = _notices(window)
    assert "Op de plek van «Oldenzaal.sto» staat iets anders" in notice
    assert "Alles staat veilig in de werkkopie" in notice
    assert saved_status(window.status_line) == "Bewaard op deze computer · het bestand zelf is niet bijgewerkt"
    session = desk.session
    assert session is not None
    session.publishing.publish()
    qtbot.waitUntil(lambda: not session.publishing.busy)
    window.notify("iets anders")
    window.navigate(Stage.ELABORATE)
    assert _notices(window) == [notice]
    answers.target = tmp_path / "elders.sto"
    _button(window, "Opslaan als…").click()
    qtbot.waitUntil(lambda: answers.target.exists() and not session.copy.unpublished)
    qtbot.waitUntil(lambda: _notices(window) == [])
    assert path.read_text(encoding="utf-8") == "boodschappen: brood, melk"


def test_what_another_program_put_at_the_path_is_said_once_after_a_crash_and_by_a_command(
    window: MainWindow, path: Path, opened: Callable[[], None]
) -> None:
    _crash(path)
    with other_program(path) as raw:
        raw.execute("CREATE TABLE agenda (dag)")
    sentence = "In «Oldenzaal.sto» staat iets van een ander programma: tabel «agenda»."
    with Workplace.here().reading(path) as copy:
        assert sentence in " ".join(copy.told)
    opened()
    assert " ".join(_notices(window)).count(sentence) == 1


def test_it_is_closed_by_the_keyboard(window: MainWindow, path: Path, opened: Callable[[], None]) -> None:
    _crash(path)
    _put_elsewhere(path)
    opened()
    close = _button(window, "Sluiten")
    close.setFocus()
    QTest.keyClick(close, Qt.Key.Key_Space)
    assert _notices(window) == []
    assert saved_status(window.status_line) == "Bewaard op deze computer · het bestand zelf is niet bijgewerkt"
    path.unlink()


def test_it_goes_with_the_dossier(window: MainWindow, desk: Desk, path: Path, opened: Callable[[], None]) -> None:
    _crash(path)
    _put_elsewhere(path)
    opened()
    path.unlink()
    assert desk.put_away()
    assert _notices(window) == []


@pytest.mark.long
def test_a_password_of_a_colleague_is_asked_for_at_once(
    qtbot: QtBot, window: MainWindow, desk: Desk, path: Path, opened: Callable[[], None], tmp_path: Path
) -> None:
    _crash(path)
    theirs = WorkingCopies(tmp_path / "piet").open(path, Identity("Piet Bos", "laptop van Piet"))
    _note(theirs, "P", "van Piet")
    set_password(theirs, "paarse fiets leunt stil")
    theirs.close()
    opened()
    (notice,) = _notices(window)
    assert "Op het bestand zit nu een wachtwoord van een collega." in notice
    _button(window, "Wachtwoord geven…").click()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(PasswordDialog)))
    dialog = window.findChildren(PasswordDialog)[0]
    qtbot.keyClicks(dialog.password, "paarse fiets leunt stil")
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    session = desk.session
    assert session is not None
    qtbot.waitUntil(lambda: session.dossier.read.notes.get("P") is not None, timeout=20_000)
    # Deriving a key from another password takes long.
    qtbot.waitUntil(
        lambda: session.publishing.save_status.problem is None and not session.copy.unpublished, timeout=20_000
    )
    assert _notices(window) == []


def test_a_damaged_working_copy_is_said_with_where_it_was_put(
    window: MainWindow, desk: Desk, path: Path, opened: Callable[[], None], answers: Answers
) -> None:
    copy = _crash(path)
    damaged = copy.file.folder / "dossier.sto"
    content = bytearray(damaged.read_bytes())
    content[8192:40960] = b"\xa5" * 32768
    damaged.write_bytes(content)
    opened()
    (notice,) = _notices(window)
    assert "beschadigd" in notice
    assert desk.session is not None
    assert desk.session.dossier.read.notes.get("M") is None
    assert desk.session.dossier.read.notes.get("N") is not None
    _button(window, "Wat staat erin?").click()
    (dialog,) = window.findChildren(KeptFilesDialog)
    assert "apart gezet" in "".join(dialog.list.item(row).text() for row in range(dialog.list.count()))
    dialog.reject()
    assert saved_status(window.status_line) == "Niet alles van de vorige keer was te lezen"


def test_what_a_colleague_published_since_is_said_with_what_disagrees(
    qtbot: QtBot, window: MainWindow, path: Path, opened: Callable[[], None], tmp_path: Path
) -> None:
    mine = Workplace.here("Marieke Assink").open(path)
    mine.dossier.apply(action("notitie wijzigen", change("note", "N", text="van mij")))
    mine.dossier.close()
    theirs = WorkingCopies(tmp_path / "piet").open(path, Identity("Piet Bos", "laptop van Piet"))
    theirs.dossier.apply(action("notitie wijzigen", change("note", "N", text="van Piet")))
    _note(theirs, "P", "nog een van Piet")
    theirs.close()
    opened()
    (notice,) = _notices(window)
    assert "kwam er iets van Piet Bos." in notice
    assert "Nieuw: 1 notitie." in notice
    assert "1 tegenstrijdigheid" in notice
    _button(window, "Bekijken en kiezen").click()
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in window.findChildren(QDialog)))
    next(dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()).reject()
    assert _notices(window) == []


def test_what_was_not_closed_is_offered_without_a_promise(window: MainWindow, desk: Desk, path: Path) -> None:
    _crash(path)
    desk.offer_abandoned()
    assert "«Oldenzaal» is de vorige keer niet afgesloten" in newest(window.notices)
    assert "Alles is bewaard" not in newest(window.notices)


REFUSER = "Ook wie niet genoemd wil worden, staat er met naam in. Alleen voor wie de namen mag weten."


@pytest.mark.parametrize(
    ("naming", "password", "told"),
    [
        (None, None, ("geen wachtwoord", REFUSER)),
        (None, "geheim woord", (REFUSER,)),
        (NameMode.FULL, None, ("geen wachtwoord",)),
        (NameMode.ROLE, None, ()),
    ],
)
def test_who_opens_a_copy_is_told_once_of_names_that_should_not_be_known(
    qtbot: QtBot,
    window: MainWindow,
    desk: Desk,
    path: Path,
    tmp_path: Path,
    naming: NameMode | None,
    password: str | None,
    told: tuple[str, ...],
) -> None:
    copy = Workplace.here("Marieke Assink").open(path)
    members = (("Jildou Hamstra", Consent.YES), ("Tjalling Roos", Consent.YES), ("Boukje Prins", Consent.NO),
               ("Sipke Vos", Consent.YES), ("Hidde Postma", Consent.YES))  # fmt: skip
    for seat, (name, answer) in enumerate(members, 1):
        asked = dict.fromkeys(("consent_name", "consent_quote"), answer)
        copy.dossier.apply(action("lid", create("panelist", name, panel="P", name=name, seat=seat, **asked)))
    shared = tmp_path / "kopie.sto"
    copy.share(shared, Sharing(naming=naming), password)
    copy.close()

    def said_on_opening() -> list[str]:
        desk.open(shared, password)
        qtbot.waitUntil(lambda: desk.session is not None)
        assert desk.session is not None
        if told:
            qtbot.waitUntil(lambda: told[0] in newest(window.notices) or not first)
        desk.session.settle()
        said = newest(window.notices)
        desk.put_away()
        return [part for part in ("geen wachtwoord", REFUSER) if part in said]

    first = True
    assert said_on_opening() == list(told)
    window.notices.clear()
    first = False
    assert said_on_opening() == []
