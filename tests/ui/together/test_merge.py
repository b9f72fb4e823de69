"""Working with others in the window: merging, copies to send, conflicts, duplicates, incoming changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import Action, action, change, create, put
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.sharing import SharedScope
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.desk import Desk
from sto_desktop.ui.desk.kept_files import KeptFilesDialog
from sto_desktop.ui.fields.file_questions import FileQuestions
from sto_desktop.ui.fields.new_password import strength
from sto_desktop.ui.notes.conflict_dialog import ConflictDialog
from sto_desktop.ui.notes.names_dialog import NamesDialog
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.together.merge_dialog import MergeDialog
from sto_desktop.ui.together.same_dialog import SameDialog
from sto_desktop.ui.together.share_dialog import ShareDialog, file_name
from sto_desktop.workplace import Workplace
from tests.ui.opened_desk import OLDENZAAL, noted, opened
from tests.ui.reading import newest

NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Answers(FileQuestions):
    """Answers in place of the system's file dialogs."""

    def __init__(self) -> None:
        self.save: Path | None = None
        self.chosen: Sequence[Path] = ()
        self.opened: list[Path] = []

    def to_save(self, window: QWidget, path: Path) -> Path | None:
        """Return the path that the test set, or the suggested one."""
        return self.save or path

    def to_merge(self, window: QWidget, folder: Path) -> Sequence[Path]:
        """Return the paths that the test set."""
        return self.chosen

    def show_folder(self, path: Path) -> None:
        """Remember which file should be shown."""
        self.opened.append(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the dossiers of a test are."""
    made = tmp_path / "Documenten"
    made.mkdir()
    return made


@pytest.fixture
def answers() -> Answers:
    """The test's answers to questions for a file."""
    return Answers()


@pytest.fixture
def desk(qtbot: QtBot, window: MainWindow, settings: SettingsStore, folder: Path, answers: Answers) -> Iterator[Desk]:
    """The window on a dossier with one panel and one note."""
    with opened(qtbot, window, settings, folder / "Oldenzaal.sto", answers, *OLDENZAAL) as made:
        yield made


def _session(desk: Desk) -> Session:
    assert desk.session is not None
    return desk.session


def _piet(folder: Path, path: Path) -> WorkingCopy:
    """Open a dossier as Piet, on another computer."""
    home = folder.parent / "piet"
    workplace = Workplace.here("Piet Bos")
    return Workplace(Identity("Piet Bos", "laptop van Piet"), type(workplace.copies)(home)).open(path)


def _of_piet(folder: Path, desk: Desk, *actions: Action) -> Path:
    """Return a copy of the dossier in which Piet continued."""
    _session(desk).copy.publish()
    theirs = folder / "van Piet.sto"
    theirs.write_bytes((folder / "Oldenzaal.sto").read_bytes())
    opened = _piet(folder, theirs)
    for one in actions:
        opened.dossier.apply(one)
    opened.close()
    return theirs


def _press(qtbot: QtBot, window: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    if QApplication.activeWindow() is None:
        with qtbot.waitActive(window):
            window.activateWindow()
    qtbot.keyPress(QApplication.focusWidget() or window, key, modifier)


def _dialog(qtbot: QtBot, window: MainWindow, kind: type[QDialog]) -> QDialog:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(kind)))
    widget = next(one for one in window.findChildren(kind) if one.isVisible())
    if QApplication.activeWindow() is not widget:
        # Without a display nobody places a window.
        with qtbot.waitActive(widget):
            widget.activateWindow()
    qtbot.waitUntil(lambda: (focus := QApplication.focusWidget()) is not None and widget.isAncestorOf(focus))
    return widget


def _said(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def _message(window: MainWindow) -> str:
    return newest(window.notices)


def _click(qtbot: QtBot, inside: QWidget, text: str) -> None:
    buttons = [
        button for button in inside.findChildren(QAbstractButton) if button.isVisible() and button.text() == text
    ]
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)


def _merging(qtbot: QtBot, window: MainWindow) -> MergeDialog:
    dialog = _dialog(qtbot, window, MergeDialog)
    assert isinstance(dialog, MergeDialog)
    return dialog


def _looked(qtbot: QtBot, dialog: MergeDialog) -> None:
    def looked() -> bool:
        done = all(arriving.result or arriving.problem for arriving in dialog.incoming) and bool(dialog.incoming)
        return (
            done
            and not dialog.bar.isVisible()
            and all(arriving.path.stem in _said(dialog) for arriving in dialog.incoming)
        )

    qtbot.waitUntil(looked)


def test_merging_by_keys_shows_first_what_would_come(
    qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path, answers: Answers
) -> None:
    answers.chosen = [_of_piet(folder, desk, noted("NEW", "Ouders kwamen kijken"))]
    _press(qtbot, window, Qt.Key.Key_M, CTRL)
    dialog = _merging(qtbot, window)
    _press(qtbot, dialog, Qt.Key.Key_Return)
    _looked(qtbot, dialog)
    assert "Nieuw: 1 notitie. Van Piet Bos." in _said(dialog)
    assert _session(desk).dossier.read.notes.get("NEW") is None
    _press(qtbot, dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.done_merging)
    note = _session(desk).dossier.read.notes.get("NEW")
    assert note is not None
    assert note.text == "Ouders kwamen kijken"
    _press(qtbot, dialog, Qt.Key.Key_Escape)
    assert "Eén dossier samengevoegd." in _message(window)
    assert _session(desk).undo_label() is None


def test_the_backup_from_before_a_merge_is_there_to_be_opened_after_other_merges(
    qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path
) -> None:
    first, second = (
        _of_piet(folder, desk, noted(row, row)).rename(folder / f"{row}.sto") for row in ("FIRST", "SECOND")
    )
    _session(desk).copy.backup()
    for theirs in (first, second):
        dialog = desk.together.merge([theirs])
        assert dialog is not None
        _looked(qtbot, dialog)
        dialog.merge()
        qtbot.waitUntil(lambda dialog=dialog: dialog.done_merging)  # type: ignore[misc]
        assert "Vooraf is een reservekopie gemaakt" in _said(dialog)
        dialog.reject()
    _session(desk).copy.backup()
    session = _session(desk)
    desk.backups.restore()
    choice = _dialog(qtbot, window, KeptFilesDialog)
    assert isinstance(choice, KeptFilesDialog)
    lines = [choice.list.item(row).text() for row in range(choice.list.count())]
    promised = [row for row, line in enumerate(lines) if line.endswith(" · reservekopie van vóór het samenvoegen")]
    assert len(promised) == 2
    choice.list.setCurrentRow(promised[-1])
    _press(qtbot, choice, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.session is not None and desk.session is not session)
    read = _session(desk).dossier.read
    assert read.notes.get("N") is not None
    assert read.notes.get("FIRST") is None
    assert read.notes.get("SECOND") is None


def test_merging_again_says_that_there_is_nothing_new(
    qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path
) -> None:
    theirs = _of_piet(folder, desk)
    dialog = desk.together.merge([theirs])
    assert dialog is not None
    _looked(qtbot, dialog)
    assert "Niets nieuws: alles hieruit is er al." in _said(dialog)
    assert not dialog.merge_button.isEnabled()
    dialog.reject()


def test_a_wrong_file_says_why_and_stops_no_other(qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path) -> None:
    theirs = _of_piet(folder, desk, noted("NEW", "Nieuw van Piet"))
    wrong = folder / "brief.sto"
    wrong.write_text("Geachte heer, mevrouw")
    dialog = desk.together.merge([wrong, theirs])
    assert dialog is not None
    _looked(qtbot, dialog)
    assert "is geen dossier, maar tekst" in _said(dialog)
    _click(qtbot, dialog, "Samenvoegen")
    qtbot.waitUntil(lambda: dialog.done_merging)
    assert _session(desk).dossier.read.notes.get("NEW") is not None
    dialog.reject()


@pytest.mark.long
def test_a_dossier_with_a_password_asks_for_it(qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path) -> None:
    secret = folder / "geheim.sto"
    made = Workplace.here("Piet Bos").create(secret, "vier losse woorden")
    made.dossier.apply(noted("SECRET", "Achter slot"))
    made.close()
    dialog = desk.together.merge([secret])
    assert dialog is not None
    _looked(qtbot, dialog)
    _click(qtbot, dialog, "Wachtwoord geven…")
    qtbot.waitUntil(lambda: len(dialog.findChildren(QDialog)) == 1)
    asked = dialog.findChildren(QDialog)[0]
    qtbot.waitUntil(lambda: asked.isAncestorOf(QApplication.focusWidget() or dialog))
    qtbot.keyClicks(QApplication.focusWidget(), "vier losse woorden")
    _press(qtbot, asked, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.incoming[0].result is not None)
    _looked(qtbot, dialog)
    _click(qtbot, dialog, "Samenvoegen")
    qtbot.waitUntil(lambda: dialog.done_merging)
    assert _session(desk).dossier.read.notes.get("SECRET") is not None
    dialog.reject()


def test_a_dossier_that_is_dropped_on_an_open_one_is_offered_for_merging(
    qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path
) -> None:
    theirs = _of_piet(folder, desk, noted("NEW", "Nieuw van Piet"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(theirs))])
    window.dropEvent(QDropEvent(QPointF(400, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NONE))
    dialog = _merging(qtbot, window)
    _looked(qtbot, dialog)
    assert [arriving.path for arriving in dialog.incoming] == [theirs]
    dialog.reject()
    assert _session(desk).dossier.read.notes.get("NEW") is None


def test_a_conflict_shows_both_texts_and_one_click_chooses(
    qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path
) -> None:
    theirs = _of_piet(folder, desk, action("wijzigen", change("note", "N", text="Technolab trekt álle leerlingen")))
    _session(desk).apply(action("wijzigen", change("note", "N", text="Technolab trekt meisjes")))
    dialog = desk.together.merge([theirs])
    assert dialog is not None
    _looked(qtbot, dialog)
    assert "1 tegenstrijdigheid." in _said(dialog)
    dialog.merge()
    qtbot.waitUntil(lambda: dialog.done_merging)
    dialog.reject()
    _press(qtbot, window, Qt.Key.Key_M, CTRL | SHIFT)
    conflicts = _dialog(qtbot, window, ConflictDialog)
    label_texts = [label.accessibleName() for label in conflicts.findChildren(QLabel) if label.accessibleName()]
    assert {"Technolab trekt álle leerlingen", "Technolab trekt meisjes"} <= set(label_texts)
    marked = [label.text() for label in conflicts.findChildren(QLabel) if "underline" in label.text()]
    assert any(">álle" in text or "álle<" in text for text in marked)
    _press(qtbot, conflicts, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not _session(desk).dossier.conflicts())


def test_both_texts_can_be_kept(qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path) -> None:
    theirs = _of_piet(folder, desk, action("wijzigen", change("note", "N", text="van Piet")))
    _session(desk).apply(action("wijzigen", change("note", "N", text="van Marieke")))
    _session(desk).copy.merging.merge([theirs])
    desk.together.conflicts()
    conflicts = _dialog(qtbot, window, ConflictDialog)
    _click(qtbot, conflicts, "Beide houden")
    note = _session(desk).dossier.read.notes.get("N")
    assert note is not None
    assert sorted(note.text.splitlines()) == ["van Marieke", "van Piet"]
    assert _session(desk).dossier.conflicts() == []


def test_without_conflicts_it_says_so(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    desk.together.conflicts()
    assert "geen tegenstrijdigheden" in _message(window)


def test_a_copy_without_names_by_keys(qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path) -> None:
    _session(desk).apply(
        action(
            "panellid",
            create("panelist", "K", panel="P", name="Kees Visser", first_name="Kees", seat=1),
            change("note", "N", text="een visser was er ook. kees zei dat ook"),
            put("voice", derived_id("voice", "N", "K"), note="N", panelist="K"),
        )
    )
    _press(qtbot, window, Qt.Key.Key_L, CTRL)
    dialog = _dialog(qtbot, window, ShareDialog)
    assert isinstance(dialog, ShareDialog)
    _press(qtbot, dialog, Qt.Key.Key_Right)
    assert dialog.sharing().scope is SharedScope.PANEL
    assert dialog.sharing().naming is NameMode.ROLE
    assert "worden wijzigingen in zulke teksten voorstellen" in _said(dialog)
    assert "is niet vastgelegd of" in _said(dialog)
    assert "de enige vrouw in de bouw" in _said(dialog)
    _press(qtbot, dialog, Qt.Key.Key_Return)
    target = folder / "Panel Oldenzaal, zonder namen.sto"
    doubts = _dialog(qtbot, window, NamesDialog)
    assert isinstance(doubts, NamesDialog)
    assert "een visser was er ook." in _said(doubts)
    assert not target.exists()
    _press(qtbot, doubts, Qt.Key.Key_Return)
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: "De kopie staat klaar" in _message(window))
    assert "namen: rol" in _message(window)
    assert b"kees" not in target.read_bytes().lower()
    opened = _piet(folder, target)
    note = opened.dossier.read.notes.get("N")
    assert note is not None
    assert note.text.endswith("zei dat ook")
    opened.close()


def test_the_file_name_of_a_copy_that_is_offered_has_no_name_either(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    _session(desk).apply(
        action(
            "panellid",
            create("panelist", "K", panel="P", name="Kees Visser", first_name="Kees", seat=1),
            change("panel", "P", title="Panel bij Keesje Visser"),
        )
    )
    _press(qtbot, window, Qt.Key.Key_L, CTRL)
    dialog = _dialog(qtbot, window, ShareDialog)
    assert isinstance(dialog, ShareDialog)
    _press(qtbot, dialog, Qt.Key.Key_Right)
    assert dialog.name.text() == "Panel bij een panellid, zonder namen"
    _press(qtbot, dialog, Qt.Key.Key_Escape)


def test_a_password_shows_its_strength_and_protects_the_copy(
    qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path, answers: Answers
) -> None:
    answers.save = folder / "beveiligd.sto"
    desk.together.share()
    dialog = _dialog(qtbot, window, ShareDialog)
    assert isinstance(dialog, ShareDialog)
    assert "kan iedereen die het bestand heeft het lezen" in _said(dialog)
    qtbot.keyClicks(dialog.password, "wachtwoord")
    qtbot.waitUntil(lambda: "zwak" in _said(dialog))
    dialog.password.clear()
    qtbot.keyClicks(dialog.password, "paarse fiets leunt stil")
    qtbot.waitUntil(lambda: "Sterkte: zeer sterk." in _said(dialog))
    layout = dialog.layout()
    assert layout is not None
    # The message became longer: the dialog grows, and cuts nothing off.
    qtbot.waitUntil(lambda: dialog.height() >= layout.totalHeightForWidth(dialog.width()))
    _press(qtbot, dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(answers.save.exists, timeout=30_000)
    qtbot.waitUntil(lambda: "De kopie staat klaar" in _message(window), timeout=30_000)
    assert not answers.save.read_bytes().startswith(b"SQLite")
    settings = window.settings.path.read_text(encoding="utf-8")
    assert "paarse" not in settings


def test_strength_is_judged_as_people_choose_passwords() -> None:
    assert strength("") == 0
    assert strength("welkom01") < 3
    assert strength("paarse fiets leunt stil") == 4


def test_the_dossier_itself_is_never_written_over_by_a_copy(
    qtbot: QtBot, window: MainWindow, desk: Desk, answers: Answers
) -> None:
    answers.save = _session(desk).path
    desk.together.share()
    dialog = _dialog(qtbot, window, ShareDialog)
    _press(qtbot, dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "staat het dossier zelf" in _message(window))


def test_files_are_named_as_people_name_them() -> None:
    from sto_desktop.domain.privacy.sharing import Sharing

    assert file_name("Twente", "Panel Hengelo", Sharing()) == "Twente, met alle namen"
    assert file_name("Twente", "", Sharing(naming=NameMode.FULL)) == "Twente, kopie"
    panel = Sharing(SharedScope.PANEL, NameMode.ROLE, "P")
    assert file_name("Twente", "Panel Hengelo", panel) == "Panel Hengelo, zonder namen"
    assert file_name("Twente", "", Sharing(SharedScope.FINDINGS, NameMode.ROLE)) == "Twente, inzichten, zonder namen"


def test_a_conversation_that_two_laptops_kept_becomes_one_by_key(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    import datetime as dt

    day = dt.date(2023, 2, 14)
    _session(desk).apply(
        action(
            "panel",
            change("panel", "P", date=day),
            create("panel", "Q", title="Oldenzaal (laptop 2)", subregion="oldenzaal", date=day),
            create("note", "M", panel="Q", text="van de tweede laptop", position=Position(None, "a1")),
        )
    )
    _press(qtbot, window, Qt.Key.Key_L, CTRL | SHIFT)
    dialog = _dialog(qtbot, window, SameDialog)
    assert isinstance(dialog, SameDialog)
    assert "Hetzelfde panelgesprek?" in _said(dialog)
    _press(qtbot, dialog, Qt.Key.Key_Return)
    read = _session(desk).dossier.read
    qtbot.waitUntil(lambda: len(read.panels.listed()) == 1)
    assert {note.id for note in read.notes.of_panel(read.panels.listed()[0].id)} == {"N", "M"}
    qtbot.waitUntil(lambda: "Eén panelgesprek" in _said(dialog))
    _click(qtbot, dialog, "Losmaken")
    assert len(read.panels.listed()) == 2
    qtbot.waitUntil(lambda: "Hetzelfde panelgesprek?" in _said(dialog))
    _click(qtbot, dialog, "Dit is hetzelfde")
    dialog.accept()
    _press(qtbot, window, Qt.Key.Key_Z, CTRL)
    assert len(read.panels.listed()) == 2


def test_what_a_colleague_publishes_comes_in_by_itself_and_is_said(
    qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path
) -> None:
    session = _session(desk)
    opened = _piet(folder, folder / "Oldenzaal.sto")
    opened.dossier.apply(noted("NEW", "Nieuw van Piet"))
    opened.close()
    session.publishing.look_at_path()
    qtbot.waitUntil(lambda: session.dossier.read.notes.get("NEW") is not None)
    qtbot.waitUntil(lambda: _message(window) == "Van Piet Bos: Nieuw: 1 notitie.")


def test_half_a_file_of_a_sync_client_is_no_reason_to_bother_anybody(
    qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path
) -> None:
    session, path = _session(desk), folder / "Oldenzaal.sto"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    session.publishing.look_at_path()
    qtbot.waitUntil(lambda: not session.publishing.busy)
    assert _message(window) == ""
    path.write_bytes(whole)


def test_a_copy_that_a_sync_client_left_is_found_merged_and_cleared_away(
    qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path
) -> None:
    theirs = _of_piet(folder, desk, noted("NEW", "Nieuw van Piet"))
    left = theirs.rename(folder / "Oldenzaal (kopie van LAPTOP-2).sto")
    desk.together.look_for_copies()
    qtbot.waitUntil(lambda: "staat een kopie ervan" in _message(window))
    _click(qtbot, window.notices, "Samenvoegen")
    dialog = _merging(qtbot, window)
    _looked(qtbot, dialog)
    dialog.merge()
    qtbot.waitUntil(lambda: dialog.done_merging)
    dialog.reject()
    _click(qtbot, window.notices, "Kopie opruimen")
    qtbot.waitUntil(lambda: not left.exists())
    assert _session(desk).dossier.read.notes.get("NEW") is not None
    assert Workplace.here().backups_of(folder / "Oldenzaal.sto")
