"""Exporteren in the window, by keys: the questions, the files, and the message if it fails."""

from __future__ import annotations

import itertools
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.reports import AS_IT_IS
from sto_desktop.domain.log.change import action, change, create
from sto_desktop.domain.place import Position
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.privacy.sharing import SharedScope
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.desk import Desk
from sto_desktop.ui.fields.file_questions import FileQuestions
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.erasing import EraseDialog
from sto_desktop.ui.notes.names_dialog import NamesDialog
from sto_desktop.ui.report.stage import ReportStage, report_stage
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.together.export_dialog import ALL, CSV, MD, PANEL, QDC, QDPX, ExportDialog
from sto_desktop.ui.together.issuance_dialog import IssuanceDialog
from sto_desktop.ui.together.person_dialog import PersonDialog
from sto_desktop.ui.together.share_dialog import ShareDialog
from sto_desktop.ui.widgets import Segmented, TextLabel
from sto_desktop.workplace import Workplace
from tests.cli.answers import PANELS, answered_dossier, check_output, read_by_an_outsider
from tests.ui.conftest import NOW
from tests.ui.opened_desk import opened
from tests.ui.reading import newest, press_answer, shown_messages, shown_with

SHIFT_CTRL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Answers(FileQuestions):
    """Answers in place of the system's file dialog."""

    def __init__(self) -> None:
        self.save: Path | None = None
        self.offered: list[Path] = []

    def to_export(self, window: QWidget, path: Path, form: str) -> Path | None:
        """Return the path that the test set, or the suggested one."""
        self.offered.append(path)
        return self.save or path

    def to_save(self, window: QWidget, path: Path) -> Path | None:
        """Return the path that the test set, or the suggested one."""
        return self.save or path


@pytest.fixture
def window(qtbot: QtBot, theme: Appearance, settings: SettingsStore) -> MainWindow:
    """The window with the stage Verslag."""
    made = MainWindow(theme, settings, {Stage.REPORT: report_stage}, now=lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
    return made


@pytest.fixture
def answers() -> Answers:
    """The test's answers to questions for a file."""
    return Answers()


@pytest.fixture
def desk(qtbot: QtBot, window: MainWindow, settings: SettingsStore, tmp_path: Path, answers: Answers) -> Iterator[Desk]:
    """The window on a dossier with two panels, each with one note that contains a name."""
    two = (
        action(
            "panel toevoegen",
            create("panel", row, title=title),
            create("panelist", f"m{row}", panel=row, name="Kees de Wit", first_name="Kees", seat=1),
            create("note", f"n{row}", panel=row, text=f"Volgens Kees de Wit, {title}", position=Position(None, "a")),
        )
        for row, title in (("P", "Panel Oldenzaal"), ("Q", "Panel Hengelo"))
    )
    with opened(qtbot, window, settings, tmp_path / "Twente.sto", answers, *two) as made:
        assert made.session is not None
        made.session.show_panel("P")
        yield made


def names_asked(window: MainWindow) -> list[NamesDialog]:
    """Return the dialog about names, if it is shown."""
    return [one for one in window.findChildren(NamesDialog) if one.isVisible()]


def asked(qtbot: QtBot, window: MainWindow) -> ExportDialog:
    """Press the key and wait for the dialog."""
    if QApplication.activeWindow() is not window:
        with qtbot.waitActive(window):
            window.activateWindow()
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_X, SHIFT_CTRL)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(ExportDialog)))
    dialog = next(one for one in window.findChildren(ExportDialog) if one.isVisible())
    qtbot.waitUntil(lambda: (focus := QApplication.focusWidget()) is not None and dialog.isAncestorOf(focus))
    return dialog


def press(qtbot: QtBot, key: Qt.Key, times: int = 1) -> None:
    """Press a key where the keyboard is."""
    for _ in range(times):
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, key)


def message(window: MainWindow) -> str:
    return newest(window.notices)


def told(window: MainWindow, words: str) -> bool:
    """Return whether a message says this; beside it may stand what was found in the dossier after it was opened."""
    return any(words in text for text in shown_messages(window.notices))


def test_by_keys_alone_a_workbook_of_the_panel(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path, answers: Answers
) -> None:
    dialog = asked(qtbot, window)
    said = [label.text() for label in dialog.findChildren(TextLabel) if label.isVisible()]
    assert [text for text in said if text.startswith("Van 2 panelleden is niet vastgelegd of ze meedoen")]
    press(qtbot, Qt.Key.Key_Return)
    target = tmp_path / "Panel Oldenzaal, zonder namen.xlsx"
    qtbot.waitUntil(lambda: told(window, "staat klaar"))
    assert answers.offered == [target]
    assert message(window) == "«Panel Oldenzaal, zonder namen.xlsx» staat klaar, met 1 notitie van 1 panel; namen: rol."
    sheet = load_workbook(target)["Notities"]
    assert [sheet.cell(row, 8).value for row in range(1, sheet.max_row + 1)] == [
        "Notitie",
        "Volgens een panellid, Panel Oldenzaal",
    ]


def test_a_member_of_another_panel_has_no_name_in_the_workbook_of_this_one(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    assert desk.session is not None
    desk.session.dossier.apply(
        action(
            "lid",
            create("panelist", "other", panel="Q", name="Wobbe Zandstra", first_name="Wobbe", seat=2),
            create("note", "about", panel="P", text="Dat zei Wobbe Zandstra al", position=Position(None, "b")),
        )
    )
    asked(qtbot, window)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: told(window, "staat klaar"))
    sheet = load_workbook(tmp_path / "Panel Oldenzaal, zonder namen.xlsx")["Notities"]
    texts = {sheet.cell(row, 8).value for row in range(1, sheet.max_row + 1)}
    assert "Dat zei een panellid al" in texts


def test_by_keys_alone_a_project_of_all_panels_names_nobody(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    dialog = asked(qtbot, window)
    press(qtbot, Qt.Key.Key_Right, 3)
    assert dialog.form.value() == QDPX
    assert dialog.naming.value() is NameMode.ROLE
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Right)
    assert dialog.scope.value() == ALL
    press(qtbot, Qt.Key.Key_Return)
    target = tmp_path / "Twente, zonder namen.qdpx"
    qtbot.waitUntil(lambda: told(window, "met 2 notities"))
    with zipfile.ZipFile(target) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "Kees" not in everything
    assert "Panel Hengelo" in everything


def test_what_may_be_a_name_in_an_export_is_shown_with_its_sentence(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    assert desk.session is not None
    # Names as in the dossier are an explicit choice, and then there is nothing to check.
    desk.session.apply(action("notitie", change("note", "nP", text="Hij nam wit brood mee. volgens kees kan het.")))
    for steps, shown in ((0, True), (-2, False)):
        dialog = asked(qtbot, window)
        press(qtbot, Qt.Key.Key_Tab, 2)
        press(qtbot, Qt.Key.Key_Left, -steps)
        assert dialog.naming.value() == (AS_IT_IS if steps else NameMode.ROLE)
        window.notices.clear()
        press(qtbot, Qt.Key.Key_Return)
        if shown:
            # The first time the lists of words are read.
            qtbot.waitUntil(lambda: bool(names_asked(window)), timeout=30_000)
            (names,) = names_asked(window)
            assert [label.text() for label in names.findChildren(TextLabel) if "wit" in label.text()] == [
                "wit wordt «een panellid»",
                "Hij nam wit brood mee.",
            ]
            assert "staat klaar" not in message(window)
            press(qtbot, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: told(window, "staat klaar"))
        assert names_asked(window) == []


def test_what_does_not_go_with_a_form_can_not_be_chosen(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    dialog = asked(qtbot, window)
    assert not dialog.subject.isVisible()
    dialog.scope.set_value(ALL)
    for form, scope, subject in ((CSV, True, True), (MD, False, False), (QDC, True, False)):
        dialog.form.set_value(form)
        dialog.form.selected.emit(form)
        assert (dialog.scope.isEnabled(), dialog.subject.isVisible()) == (scope, subject)
        if form == MD:
            assert dialog.scope.value() == PANEL
    assert dialog.naming.value() is NameMode.ROLE
    assert dialog.answers().name == "Panel Oldenzaal, zonder namen"
    # The chosen names stay chosen, and the file name says so.
    dialog.naming.set_value(AS_IT_IS)
    dialog.naming.selected.emit(AS_IT_IS)
    assert dialog.answers().name == "Panel Oldenzaal, met alle namen"
    dialog.form.selected.emit(QDC)
    assert dialog.naming.value() == AS_IT_IS
    press(qtbot, Qt.Key.Key_Escape)


def test_no_file_name_that_is_offered_has_a_name_that_the_file_hides(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    assert desk.session is not None
    member, panel = "Geert Zandstra", desk.session.panel_id
    assert panel is not None
    titled = change("panel", panel, title=f"Gesprek met {member.lower()}")
    added = create("panelist", "geert", panel=panel, name=member, first_name="Geert")
    refused = change("panelist", "geert", consent_participation=Consent.NO)
    for changes in ([titled, added], [refused]):
        desk.session.apply(action("titel", changes))
        dialog = asked(qtbot, window)
        hidden = "Gesprek met een panellid"
        assert dialog.answers().name == f"{hidden}, zonder namen"
        dialog.naming.set_value(AS_IT_IS)
        whole = hidden if changes == [refused] else f"Gesprek met {member.lower()}"
        assert dialog.answers().name == f"{whole}, met alle namen"
        press(qtbot, Qt.Key.Key_Escape)


def test_a_place_that_cannot_be_written_to_is_told_and_a_dossier_is_never_written_over(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path, answers: Answers
) -> None:
    answers.save = tmp_path / "weg" / "uit.xlsx"
    asked(qtbot, window)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: told(window, "kan niet worden geschreven"))
    answers.save = tmp_path / "Twente.sto"
    before = answers.save.read_bytes()
    asked(qtbot, window)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: told(window, "Twente.sto.xlsx"))
    assert answers.save.read_bytes() == before


def test_the_ways_out_of_the_verslag_lead_there_too(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    window.navigate(Stage.REPORT)
    stage = window.stage_widget(Stage.REPORT)
    assert isinstance(stage, ReportStage)
    assert window.actions_by_id["export"] in stage.more.actions()


def test_what_was_made_is_listed_and_its_recipient_filled_in(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    qtbot.keyClicks(asked(qtbot, window).recipient, "de onderzoeker")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: told(window, "staat klaar"))
    window.notices.clear()
    window.actions_by_id["share"].trigger()
    share = next(one for one in window.findChildren(ShareDialog) if one.isVisible())
    share.accept()
    qtbot.waitUntil(lambda: told(window, "staat klaar"))
    window.actions_by_id["issuance"].trigger()
    listed = next(one for one in window.findChildren(IssuanceDialog) if one.isVisible())
    assert shown_with("Export, Excel · Panel Oldenzaal", listed)
    details = shown_with("Twente, zonder namen.sto · ", listed)
    assert details.endswith(" · namen rol · door Marieke Assink")
    assert sorted(field.text() for field in listed.recipients) == ["", "de onderzoeker"]
    empty = next(field for field in listed.recipients if not field.text())
    qtbot.keyClicks(empty, "Ineke")
    qtbot.keyClick(empty, Qt.Key.Key_Return)
    assert desk.session is not None
    assert {one.recipient for one in desk.session.dossier.read.course.all_issued()} == {"de onderzoeker", "Ineke"}
    # A slip of the pen is undone; that the copy was made is not.
    listed.reject()
    desk.session.undo()
    assert {one.recipient for one in desk.session.dossier.read.course.all_issued()} == {"de onderzoeker", ""}


def test_all_of_one_person_by_keys_as_word(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path, answers: Answers
) -> None:
    window.actions_by_id["access_package"].trigger()
    dialog = next(one for one in window.findChildren(PersonDialog) if one.isVisible())
    assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == [
        "Kees de Wit · Panel Oldenzaal en Panel Hengelo",
        "Marieke Assink · schreef in dit dossier",
    ]
    qtbot.keyClicks(dialog.search, "kees")
    assert dialog.person == "Kees de Wit"
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: told(window, "staat klaar"))
    assert answers.offered == [tmp_path / "Inzagepakket Kees de Wit.docx"]
    text = zipfile.ZipFile(answers.offered[0]).read("word/document.xml").decode()
    assert ("Volgens Kees de Wit, Panel Hengelo" in text, "Uw gegevens: Panel Oldenzaal" in text) == (True, True)
    assert desk.session is not None
    assert [one.recipient for one in desk.session.dossier.read.course.all_issued()] == ["Kees de Wit"]
    window.notices.clear()
    window.actions_by_id["access_package"].trigger()
    dialog = next(one for one in window.findChildren(PersonDialog) if one.isVisible())
    qtbot.keyClicks(dialog.search, "Piet Snot")
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: message(window) == "Het dossier bevat niets over «Piet Snot».")


def erase(qtbot: QtBot, window: MainWindow, name: str, *, words: bool = False, mentions: bool = True) -> None:
    """Erase a person by name, with these boxes on, until the wisbewijs is offered."""
    window.notices.clear()
    window.actions_by_id["erase_person"].trigger()
    person = next(one for one in window.findChildren(PersonDialog) if one.isVisible())
    qtbot.keyClicks(person.search, name)
    qtbot.keyClick(person.search, Qt.Key.Key_Return)
    dialog = next(one for one in window.findChildren(EraseDialog) if one.isVisible())
    qtbot.waitUntil(dialog.erase_button.isEnabled)
    assert (dialog.words_box.isChecked(), dialog.mentions_box.isChecked()) == (False, True)
    dialog.words_box.setChecked(words)
    dialog.mentions_box.setChecked(mentions)
    qtbot.keyClick(dialog, Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: told(window, "wisbewijs"))


def files_with(word: str, *folders: Path) -> list[Path]:
    """Return the files of this computer that hold a word."""
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return [path for path in files if word.encode() in path.read_bytes()]


def proof_of(window: MainWindow, folder: Path) -> str:
    """Save the wisbewijs that is offered; return what it says."""
    press_answer(window.notices, "wisbewijs")
    (target,) = folder.glob("Wisbewijs*.docx")
    text = "\n".join(paragraph.text for paragraph in Document(str(target)).paragraphs)
    target.unlink()
    return text


def test_who_asks_is_wiped_as_far_as_chosen_and_gets_proof(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    session = desk.session
    assert session is not None
    session.apply(
        action(
            "",
            create("note", "own", panel="P", text="Mijn eigen grote woord", position=Position(None, "b")),
            create("voice", "v", note="own", panelist="mP"),
            create("top_choice", "t", panelist="mP", rank=1, text="Dat grote woord"),
            change("panel", "P", moderator="Wilma Zwiers"),
            create("debrief", "d", panel="P", stood_out="Wilma Zwiers sprak veel"),
            create("note", "stays", panel="P", text="Iets anders", position=Position(None, "c")),
        )
    )
    session.copy.backup()
    window.actions_by_id["share"].trigger()
    share = next(one for one in window.findChildren(ShareDialog) if one.isVisible())
    share.recipient.setText("wethouder Vos")
    share.accept()
    qtbot.waitUntil(lambda: told(window, "staat klaar"))
    place = (tmp_path, Workplace.here().copies.home)
    # Data only: words and mentions stay, without a speaker.
    erase(qtbot, window, "Kees de Wit", mentions=False)
    notes = {note.text: note for note in session.dossier.read.notes.of_panel("P")}
    assert (notes["Mijn eigen grote woord"].voices, "Volgens Kees de Wit, Panel Oldenzaal" in notes) == ((), True)
    assert session.dossier.read.members.of_panel("P") == []
    said = proof_of(window, tmp_path)
    assert "Waar deze persoon genoemd wordt, is niets gewist." in said
    # A moderator, wherever the name stands.
    erase(qtbot, window, "Wilma Zwiers")
    panel = session.dossier.read.panels.get("P")
    assert panel is not None
    # The copy by role never had the name of who led; the proof lists it all the same.
    assert (panel.moderator, files_with("Zwiers", *place)) == ("", [])
    said = proof_of(window, tmp_path)
    assert "Vermeldingen: uit 1 tekst, ook in eerdere versies." in said
    assert "beslissingen over de naam): 1 gegeven." in said
    assert "doorzocht" in said
    assert " · Twente, zonder namen.sto · aan wethouder Vos" in said


def test_own_words_and_mentions_go_too_where_that_is_chosen(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    session = desk.session
    assert session is not None
    session.apply(
        action(
            "",
            create("note", "own", panel="P", text="Mijn eigen grote woord", position=Position(None, "b")),
            create("note", "both", panel="P", text="Wij samen", position=Position(None, "c")),
            create("panelist", "x", panel="P", name="Jan Bos"),
            create("voice", "v", note="own", panelist="mP"),
            create("voice", "w", note="both", panelist="mP"),
            create("voice", "y", note="both", panelist="x"),
            create("top_choice", "t", panelist="mP", rank=1, text="Dat grote woord"),
        )
    )
    session.copy.backup()
    session.copy.publish()
    erase(qtbot, window, "Kees de Wit", words=True)
    assert [note.text for note in session.dossier.read.notes.of_panel("P")] == [
        "Volgens …, Panel Oldenzaal",
        "Wij samen",
    ]
    place = (tmp_path, Workplace.here().copies.home)
    assert (files_with("Kees", *place), files_with("grote woord", *place)) == ([], [])
    said = proof_of(window, tmp_path)
    assert "Eigen woorden: 2 notities en keuzes." in said
    assert "Kees de Wit" in said


def test_without_a_dossier_there_is_nothing_to_export(window: MainWindow, answers: Answers) -> None:
    Desk(window, answers)
    assert not window.actions_by_id["export"].isEnabled()


NAMINGS = {AS_IT_IS: "alles", NameMode.FULL: "voluit", NameMode.ROLE: "rol", NameMode.PSEUDONYM: "pseudoniem"}


@pytest.mark.long
@pytest.mark.parametrize(
    ("command", "choices"), [("export", ("form", "subject", "naming")), ("share", ("scope", "naming"))]
)
@pytest.mark.parametrize("title", PANELS)
def test_no_file_of_the_window_holds_what_somebody_refused(
    qtbot: QtBot,
    window: MainWindow,
    settings: SettingsStore,
    tmp_path: Path,
    answers: Answers,
    command: str,
    choices: Sequence[str],
    title: str,
) -> None:
    settings.change(last_folder=str(tmp_path))
    desk = Desk(window, answers)
    desk.open(answered_dossier(tmp_path / "antwoorden.sto"))
    qtbot.waitUntil(lambda: desk.session is not None)
    assert desk.session is not None
    desk.session.show_panel(title)

    def opened() -> ExportDialog | ShareDialog:
        window.actions_by_id[command].trigger()
        dialogs: list[ExportDialog | ShareDialog] = [
            *window.findChildren(ExportDialog),
            *window.findChildren(ShareDialog),
        ]
        return next(dialog for dialog in dialogs if dialog.isVisible())

    first = opened()
    counts = [len(getattr(first, choice)._segments) for choice in choices]
    first.reject()
    for number, places in enumerate(itertools.product(*map(range, counts))):
        dialog = opened()
        for choice, place in zip(choices, places, strict=True):
            segmented: Segmented = getattr(dialog, choice)
            if segmented.isVisible():
                segmented._segments[place].click()
        form = str(dialog.form.value()) if isinstance(dialog, ExportDialog) else "sto"
        naming = NAMINGS[dialog.naming.value()]  # type: ignore[index]
        # A copy of the whole dossier contains the other panel too.
        of_panel = isinstance(dialog, ExportDialog) or dialog.scope.value() is SharedScope.PANEL
        answers.save = tmp_path / f"{number}.{form}"
        dialog.accept()
        qtbot.waitUntil(lambda: bool(names_asked(window)) or "staat klaar" in message(window), timeout=20_000)
        for names in names_asked(window):
            names.accept()
        qtbot.waitUntil(lambda: "staat klaar" in message(window), timeout=20_000)
        if of_panel:
            check_output((command, f".{form}"), read_by_an_outsider(answers.save), naming, PANELS[title])
        window.notices.clear()
    desk.put_away()
