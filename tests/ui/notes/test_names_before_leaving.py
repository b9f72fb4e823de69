"""Namen nakijken: what may be a name is shown before a copy is made, answered with one key, and remembered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.cli import run
from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.naming.naming import Naming
from sto_desktop.domain.privacy.redaction import Redactor
from sto_desktop.domain.privacy.sharing import Sharing
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.desk import Desk
from sto_desktop.ui.fields.file_questions import FileQuestions
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.names_dialog import NamesDialog
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.together.export_dialog import ExportDialog
from sto_desktop.ui.together.share_dialog import ShareDialog
from sto_desktop.workplace import Workplace
from sto_desktop.workplace.issuing import copy_issued
from tests.names.hurried_panel import texts_of
from tests.ui.conftest import NOW
from tests.ui.reading import shown_with

NOTES = ("daar kwam Sjored aan", "een roos in de tuin", "toen kwam Henkjan binnen", "Tuinman belt nooit terug")


class Answers(FileQuestions):
    """Takes the path that is suggested."""

    def to_save(self, window: QWidget, path: Path) -> Path | None:
        """Return the suggested path."""
        return path


@pytest.fixture
def window(qtbot: QtBot, theme: Appearance, settings: SettingsStore) -> MainWindow:
    """The window without a stage."""
    made = MainWindow(theme, settings, {}, now=lambda: NOW)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


@pytest.fixture
def session(qtbot: QtBot, window: MainWindow, settings: SettingsStore, tmp_path: Path) -> Iterator[Session]:
    """The window on a panel whose notes hold what may be names."""
    settings.change(last_folder=str(tmp_path), user_name="Marieke Assink")
    copy = Workplace.here("Marieke Assink").create(tmp_path / "Oost.sto")
    members = (("s", "Sjoerd Hoekstra"), ("r", "Roos de Wit"))
    copy.dossier.apply(
        action(
            "panel",
            create("panel", "P", title="Panel Oost"),
            *(
                create("panelist", row, panel="P", name=name, first_name=name.split()[0], seat=seat)
                for seat, (row, name) in enumerate(members, 1)
            ),
            *(
                create("note", f"n{at}", panel="P", text=text, position=Position(None, f"a{at}"))
                for at, text in enumerate(NOTES)
            ),
        )
    )
    copy.close()
    desk = Desk(window, Answers())
    desk.open(tmp_path / "Oost.sto")
    qtbot.waitUntil(lambda: desk.session is not None)
    assert desk.session is not None
    desk.session.show_panel("P")
    yield desk.session
    desk.put_away()


def asked(qtbot: QtBot, window: MainWindow) -> NamesDialog:
    """Share with all defaults; return the dialog about names."""
    window.actions_by_id["share"].trigger()
    share = next(one for one in window.findChildren(ShareDialog) if one.isVisible())
    share.accept()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(NamesDialog)), timeout=30_000)
    return next(one for one in window.findChildren(NamesDialog) if one.isVisible())


def shared(qtbot: QtBot, path: Path) -> str:
    """Return all texts of a copy, once it is there."""
    qtbot.waitUntil(path.exists, timeout=30_000)
    return "\n".join(texts_of(path))


def test_what_may_be_a_name_is_answered_with_one_key_each(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    dialog = asked(qtbot, window)
    copy = tmp_path / "Oost, zonder namen.sto"
    assert not copy.exists()
    assert {key: box.isChecked() for key, box in dialog.boxes.items()} == {
        "n0/text/sjored": True,
        "n1/text/roos/woord": False,
        "n2/text/henkjan": False,
    }
    # V, L, V: the misspelled name goes, the flower stays, and so does nobody's name; each goes on to the next.
    for key in (Qt.Key.Key_V, Qt.Key.Key_L, Qt.Key.Key_V):
        box = QApplication.focusWidget()
        assert box in dialog.boxes.values()
        qtbot.keyClick(box, key)
    qtbot.keyClicks(dialog.added, "mevrouw Tuinman")
    qtbot.keyClick(dialog.added, Qt.Key.Key_Return)
    text = shared(qtbot, copy)
    for words in ("daar kwam een panellid aan", "een roos in de tuin", "toen kwam iemand binnen"):
        assert words in text
    assert not any(name in text for name in ("Sjored", "Henkjan", "Tuinman belt"))


def test_names_that_were_added_are_there_again_after_escape(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    dialog = asked(qtbot, window)
    dialog.added.setFocus()
    qtbot.keyClicks(dialog.added, "mevrouw Tuinman")
    qtbot.keyClick(dialog.added, Qt.Key.Key_Escape)
    assert not list(tmp_path.glob("*zonder namen*"))
    qtbot.waitUntil(lambda: not any(one.isVisible() for one in window.findChildren(NamesDialog)))
    assert asked(qtbot, window).added.text() == "mevrouw Tuinman"


def test_a_text_of_ones_own_is_used_and_remembered_and_undone_at_once(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dialog = asked(qtbot, window)
    answer = dialog.answers["n2/text/henkjan"]
    answer.text.clear()
    qtbot.keyClicks(answer.text, "een ouder")
    assert answer.box.isChecked()
    qtbot.keyClick(answer.text, Qt.Key.Key_Return)
    copy = tmp_path / "Oost, zonder namen.sto"
    assert "toen kwam een ouder binnen" in shared(qtbot, copy)
    assert "een ouder" not in "\n".join(texts_of(copy)).replace("toen kwam een ouder binnen", "")
    assert session.dossier.read.course.name_decisions() == {
        "n0/text/sjored": True,
        "n1/text/roos/woord": False,
        "n2/text/henkjan": "een ouder",
    }
    qtbot.waitUntil(lambda: bool(session.dossier.read.course.all_issued()))
    session.undo()
    assert session.dossier.read.course.name_decisions() == {}


def test_a_command_honours_what_was_decided_in_the_window(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    dialog = asked(qtbot, window)
    dialog.boxes["n2/text/henkjan"].click()
    dialog.boxes["n0/text/sjored"].click()
    dialog.accept()
    shared(qtbot, tmp_path / "Oost, zonder namen.sto")
    session.copy.publish()
    out = tmp_path / "uit.csv"
    assert run(["exporteer", str(tmp_path / "Oost.sto"), "--formaat", "csv", "-o", str(out)]) == 0
    text = out.read_text(encoding="utf-8-sig")
    assert "daar kwam Sjored aan" in text
    assert "toen kwam iemand binnen" in text


def test_that_a_copy_with_names_can_be_laid_beside_one_without_is_told_before_either_is_made(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    told = "Er is al 1 kopie of export met alle namen gemaakt (aan Ineke). Wie beide heeft"
    session.apply(copy_issued(Sharing(), session.now(), "alles.sto", "Ineke"))
    for command, kind in (("share", ShareDialog), ("export", ExportDialog)):
        window.actions_by_id[command].trigger()
        (dialog,) = (one for one in window.findChildren(kind) if one.isVisible())
        assert isinstance(dialog, ShareDialog | ExportDialog)
        assert shown_with(told, dialog)
        everybody = next(one for one in dialog.naming.findChildren(QAbstractButton) if one.text() == "Alles")
        qtbot.mouseClick(everybody, Qt.MouseButton.LeftButton)
        assert not shown_with(told, dialog)
        dialog.reject()


def test_a_note_below_words_of_who_does_not_take_part_is_left_unless_ticked(qtbot: QtBot, theme: Appearance) -> None:
    refusing = Panelist("s", name="Sjoerd Hoekstra", consent_participation=Consent.NO)
    found = Redactor(Naming((), withdrawn=(refusing,))).below("Timmerlui lukt ook niet", "n")
    assert found is not None
    dialog = NamesDialog(theme, [found])
    qtbot.addWidget(dialog)
    dialog.show()
    assert shown_with("Zijn het die woorden", dialog) == (
        "Onder woorden van wie niet meedoet. Zijn het die woorden, haal ze dan weg."
    )
    assert dialog.decisions == {found.key: False}
    dialog.boxes[found.key].setChecked(True)
    assert dialog.decisions == {found.key: True}
