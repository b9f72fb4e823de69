from __future__ import annotations

import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions import panels
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.exchange.files.look import Becomes
from sto_desktop.exchange.files.table_export import sheets_xlsx
from sto_desktop.exchange.members.panelists_rows import consent_in_short
from sto_desktop.exchange.out.outgoing import outgoing
from sto_desktop.exchange.refi.refi_out import project_qdpx
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.whole_file.backup import Backup, Reason, backups
from sto_desktop.storage.whole_file.came_in import came_in
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare.intake.account import ImportAccount
from sto_desktop.ui.prepare.intake.look_dialog import LookDialog
from tests.exchange.refi.refi_support import MOMENT, full_panel
from tests.ui.prepare_support import EXAMPLE, Desk, desk_on
from tests.ui.reading import newest

PASTED = (
    "Stoel\tNaam\tOrganisatie\tSector\n1\tRenée Oude Wessel\tBasisschool De Es\tpo\n8\tJan de Boer\tDe Boer\tbedrijf\n"
)


@pytest.fixture
def desk(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Desk]:
    with desk_on(qtbot, theme, settings, tmp_path) as made:
        yield made


def preview(desk: Desk) -> LookDialog:
    """Wait for the preview."""
    dialog = desk.dialog()
    assert isinstance(dialog, LookDialog)
    return dialog


def taken(desk: Desk) -> ImportAccount:
    """Take over what is shown by Enter, and wait for the account."""
    preview(desk)
    desk.press(Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ImportAccount))
    account = QApplication.activeModalWidget()
    assert isinstance(account, ImportAccount)
    return account


def test_a_list_of_members_comes_in_after_a_look(desk: Desk) -> None:
    desk.click(desk.stage.side.card)
    desk.files.append(EXAMPLE / "oldenzaal-panelleden.csv")
    desk.click(desk.stage.members.file)
    shown = preview(desk)
    found = names(shown)
    assert desk.people == []
    assert desk.focus() is shown.take
    desk.press(Qt.Key.Key_Return)
    assert [person.name for person in desk.people] == found
    assert len(found) > 5
    desk.qtbot.waitUntil(lambda: bool(newest(desk.window.notices)))
    assert desk.message() == f"{len(found)} panelleden overgenomen."
    assert desk.settings_folder() == str(EXAMPLE)
    desk.session.undo()
    assert desk.people == []


def test_a_file_that_came_in_is_kept_with_what_became_of_it(desk: Desk) -> None:
    desk.files.append(EXAMPLE / "oldenzaal-panelleden.csv")
    desk.click(desk.stage.side.card)
    desk.click(desk.stage.members.file)
    found = names(preview(desk))
    desk.press(Qt.Key.Key_Return)

    def kept() -> list[Backup]:
        made = backups(desk.session.copy.file.backups)
        return [backup for backup in made if backup.reason is Reason.CAME_IN]

    desk.qtbot.waitUntil(lambda: bool(kept()), timeout=20_000)
    came = came_in(kept()[0].path, None)
    assert came.name == "oldenzaal-panelleden.csv"
    assert came.account == f"Daaruit: {len(found)} panelleden overgenomen."
    assert came.content == (EXAMPLE / "oldenzaal-panelleden.csv").read_bytes()


def test_a_paste_from_excel_shows_what_is_new_and_what_changes(desk: Desk) -> None:
    desk.session.apply(panels.add_panelist(desk.panel.id, "Renée Oude Wessel", 1, organisation="De Esch", sector="po"))
    desk.click(desk.stage.side.card)
    QGuiApplication.clipboard().setText(PASTED)
    desk.ctrl(Qt.Key.Key_V)
    shown = preview(desk)
    assert results(shown) == [
        "Renée Oude Wessel, Basisschool De Es, po (gewijzigd)",
        "Jan de Boer, De Boer, bedrijf (nieuw)",
    ]
    assert shown.windowTitle() == "Panelleden overnemen"
    desk.press(Qt.Key.Key_Return)
    assert [(person.seat, person.name, person.organisation) for person in desk.people] == [
        (1, "Renée Oude Wessel", "Basisschool De Es"),
        (8, "Jan de Boer", "De Boer"),
    ]


def test_after_a_paste_one_goes_on_with_somebody_new(desk: Desk) -> None:
    desk.click(desk.stage.side.card)
    QGuiApplication.clipboard().setText(PASTED)
    desk.ctrl(Qt.Key.Key_V)
    preview(desk)
    desk.press(Qt.Key.Key_Return)
    desk.window.activateWindow()
    desk.stage.members.table.setFocus()
    desk.qtbot.waitUntil(lambda: QApplication.focusWidget() is desk.stage.members.table)
    desk.type("Truus Engbers")
    desk.press(Qt.Key.Key_Return)
    assert len(desk.people) == 3
    assert "Truus Engbers" in {person.name for person in desk.people}


def test_escape_takes_nothing_in(desk: Desk) -> None:
    QGuiApplication.clipboard().setText(PASTED)
    desk.click(desk.stage.side.paste)
    preview(desk)
    desk.press(Qt.Key.Key_Escape)
    assert desk.people == []


def test_names_from_a_mail_are_members_too(desk: Desk) -> None:
    QGuiApplication.clipboard().setText("Renée Oude Wessel\nFatma Yildiz\n")
    desk.click(desk.stage.side.paste)
    preview(desk)
    desk.press(Qt.Key.Key_Return)
    assert [person.first_name for person in desk.people] == ["Renée", "Fatma"]


def test_an_empty_clipboard_says_what_to_do(desk: Desk) -> None:
    QGuiApplication.clipboard().setText("")
    desk.click(desk.stage.side.paste)
    assert "Selecteer de lijst" in desk.message()


@pytest.mark.long
def test_the_same_list_twice_is_nothing_new(desk: Desk) -> None:
    for expected in (True, False):
        QGuiApplication.clipboard().setText(PASTED)
        desk.click(desk.stage.side.paste)
        shown = preview(desk)
        assert shown.take.isEnabled() is expected
        desk.press(Qt.Key.Key_Return if expected else Qt.Key.Key_Escape)
    assert len(desk.people) == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("lijst.csv", b"Auto\nrood\n", "«Auto»"),
        ("lijst.xlsx", b"PK\x03\x04 kapot", "lijst.xlsx"),
        ("leeg.csv", b"", "leeg"),
        # With a password, Excel puts the workbook into another kind of file, which starts like this.
        ("geheim.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "wachtwoord"),
    ],
)
def test_a_file_that_is_no_list_is_explained(desk: Desk, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    desk.files.append(path)
    desk.click(desk.stage.side.card)
    desk.click(desk.stage.members.file)
    desk.qtbot.waitUntil(lambda: bool(newest(desk.window.notices)))
    assert said in desk.message()
    assert desk.people == []


def test_asking_for_no_file_does_nothing(desk: Desk) -> None:
    desk.files.extend([None, None])
    desk.click(desk.stage.bar.import_notes)
    desk.click(desk.stage.side.card)
    desk.click(desk.stage.members.file)
    assert [question.title for question in desk.asked] == ["Notities importeren", "Panelleden importeren"]


def test_notes_come_in_as_one_step_with_a_report(desk: Desk, tmp_path: Path) -> None:
    text = (EXAMPLE / "oldenzaal.md").read_text(encoding="utf-8") + "\n## Iets heel anders\n\n- Past nergens\n"
    path = tmp_path / "aantekeningen.md"
    path.write_text(text, encoding="utf-8")
    desk.files.append(path)
    desk.click(desk.stage.bar.import_notes)
    report = taken(desk)
    assert report.placed[-1] == ("", 1)
    count = desk.session.dossier.read.notes.count(desk.panel.id)
    assert count == sum(number for _, number in report.placed) > 30
    desk.press(Qt.Key.Key_Return)
    assert desk.session.undo_label() == "notities importeren"
    desk.session.undo()
    assert desk.session.dossier.read.notes.count(desk.panel.id) == 0


def test_what_was_typed_is_kept_before_notes_come_in(desk: Desk) -> None:
    desk.stage.side.form.place.setFocus()
    desk.type("Technolab")
    desk.files.append(EXAMPLE / "oldenzaal.md")
    desk.stage.intake.notes_from_file()
    preview(desk)
    assert desk.panel.place == "Technolab"
    desk.press(Qt.Key.Key_Escape)


def test_a_job_that_takes_long_is_shown_and_can_be_cancelled(desk: Desk) -> None:
    go_on = threading.Event()
    done: list[bool] = []
    desk.stage.jobs.start("lijst.csv wordt gelezen…", lambda: go_on.wait(30), done.append)
    desk.qtbot.waitUntil(desk.stage.busy.isVisible)
    desk.stage.jobs.cancel()
    assert desk.stage.busy.isHidden()
    go_on.set()
    desk.stage.jobs.end()
    assert done == []


def test_a_job_never_outlives_its_stage(desk: Desk) -> None:
    go_on, over = threading.Event(), threading.Event()
    done: list[bool] = []

    def work() -> bool:
        go_on.wait(30)
        over.set()
        return True

    desk.stage.jobs.start("lijst.csv wordt gelezen…", work, done.append)
    with desk.qtbot.waitSignal(desk.stage.destroyed):
        desk.window.set_session(None)
        threading.Timer(0.2, go_on.set).start()
    assert over.is_set()
    assert done == []


def member(row: str, **values: object) -> Panelist:
    """A member with some fields."""
    return Panelist(row, "p", **values)  # type: ignore[arg-type]


@given(st.lists(st.sampled_from(Consent), min_size=4, max_size=4))
def test_consent_in_short_hides_no_refusal(answers: list[Consent]) -> None:
    names = ("consent_participation", "consent_name", "consent_quote", "consent_recording")
    short = consent_in_short(member("a", **dict(zip(names, answers, strict=True))))
    assert ("nee" in short) == (Consent.NO in answers)
    assert ("ja" in short) == (Consent.YES in answers)


def results(shown: LookDialog) -> list[str]:
    """What the lines become, as shown, without those of headings."""
    model = shown.view.model()
    return [
        model.index(row, 2).data() for row, line in enumerate(shown.model.lines) if line.becomes is not Becomes.HEADINGS
    ]


def names(shown: LookDialog) -> list[str]:
    """The names of the members that would come in."""
    return [line.text.split(",")[0].split(" ·")[0] for line in shown.model.lines if line.becomes is Becomes.MEMBER]


def test_a_column_that_was_guessed_wrong_is_put_right_by_key(desk: Desk) -> None:
    desk.click(desk.stage.side.card)
    QGuiApplication.clipboard().setText("Naam\tWie\tSchool\nDe Es\tRenée Oude Wessel\tpo\nHet Palet\tJan\tpo\n")
    desk.ctrl(Qt.Key.Key_V)
    shown = preview(desk)
    assert names(shown) == ["De Es", "Het Palet"]
    first, second, third = (shown.columns.choices[at] for at in range(3))
    assert [one.currentText() for one in (first, second, third)] == ["Naam", "niet overnemen", "Organisatie"]
    second.setFocus()
    desk.press(Qt.Key.Key_Down, times=2)
    assert second.currentText() == "Naam"
    assert first.currentText() == "niet overnemen"
    desk.qtbot.waitUntil(lambda: names(shown) == ["Renée Oude Wessel", "Jan"])
    third.setFocus()
    desk.press(Qt.Key.Key_Down)
    assert third.currentText() == "Sector"
    first.setFocus()
    desk.press(Qt.Key.Key_Down, times=6)
    assert first.currentText() == "Organisatie"
    desk.qtbot.waitUntil(lambda: results(shown)[0] == "Renée Oude Wessel, De Es, po (nieuw)")
    desk.click(shown.take)
    assert [(person.name, person.organisation, person.sector) for person in desk.people] == [
        ("Renée Oude Wessel", "De Es", "po"),
        ("Jan", "Het Palet", "po"),
    ]


def test_a_file_with_headings_that_nobody_knows_is_shown_to_be_put_right(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text("Wie;Waar\nRenée Oude Wessel;De Es\n", encoding="utf-8")
    desk.files.append(path)
    desk.click(desk.stage.side.card)
    desk.click(desk.stage.members.file)
    shown = preview(desk)
    assert names(shown) == ["Renée Oude Wessel"]
    assert [line.becomes for line in shown.model.lines] == [Becomes.HEADINGS, Becomes.MEMBER]
    assert len(shown.columns.choices) == 2
    desk.press(Qt.Key.Key_Escape)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_of_twenty_thousand_people_is_no_panel(desk: Desk, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"lijst.{kind}"
    rows = [("Naam", "School"), *((f"Lid {n}", "De Es") for n in range(19_998))]
    if kind == "csv":
        path.write_text("".join(f"{name};{school}\n" for name, school in rows), encoding="utf-8")
    else:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
        book.save(path)
    desk.files.append(path)
    desk.click(desk.stage.side.card)
    desk.click(desk.stage.members.file)
    desk.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), LookDialog), timeout=30_000)
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, LookDialog)
    assert shown.heading.text() == "19998 nieuwe panelleden"
    assert not shown.take.isEnabled()
    assert shown.view.model().rowCount() == 19_999
    desk.press(Qt.Key.Key_Escape)
    assert desk.people == []


def test_a_workbook_with_merged_cells_two_rows_of_headings_and_formulas_comes_in(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Deelnemer", None, "Werk", None), ("Voornaam", "Achternaam", "Organisatie", "Sector")):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("C1:D1")
    sheet.append(("Renée", "Oude Wessel", "De Es", "po"))
    sheet.append(("Jan", "de Boer", "De Es", '=IF(1=1,"bedrijf","")'))
    sheet.merge_cells("C3:C4")
    path = tmp_path / "lijst.xlsx"
    book.save(path)
    desk.files.append(path)
    desk.click(desk.stage.side.card)
    desk.click(desk.stage.members.file)
    preview(desk)
    desk.press(Qt.Key.Key_Return)
    # A formula that no program has computed has no result: that cell is empty.
    assert [(person.name, person.organisation, person.sector) for person in desk.people] == [
        ("Renée Oude Wessel", "De Es", "po"),
        ("Jan de Boer", "De Es", ""),
    ]


def test_notes_come_in_from_word_and_from_a_project_of_another_program(desk: Desk, tmp_path: Path) -> None:
    document = Document()
    document.add_heading(desk.session.dossier.read.guides.of_panel(desk.panel.id).themes[1].title, 1)
    document.add_paragraph("Uit Word")
    document.save(str(tmp_path / "notities.docx"))
    project = tmp_path / "ander.qdpx"
    project.write_bytes(project_qdpx("Ander", outgoing([full_panel()], None), MOMENT))
    desk.files.extend([tmp_path / "notities.docx", project])
    desk.click(desk.stage.bar.import_notes)
    report = taken(desk)
    assert [count for _, count in report.placed] == [1]
    assert desk.message() == "1 notitie overgenomen."
    desk.press(Qt.Key.Key_Escape)
    desk.put(desk.stage.bar.import_notes)
    desk.press(Qt.Key.Key_Space)
    report = taken(desk)
    assert report.placed == (("Panel Oost", 5),)
    desk.press(Qt.Key.Key_Escape)
    assert {panel.title for panel in desk.session.dossier.read.panels.listed()} == {desk.panel.title, "Panel Oost"}
    desk.session.undo()
    assert [panel.title for panel in desk.session.dossier.read.panels.listed()] == [desk.panel.title]


def test_a_file_with_macros_is_refused_in_words(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "notities.docm"
    Document().save(str(path))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    desk.files.append(path)
    desk.click(desk.stage.bar.import_notes)
    desk.qtbot.waitUntil(lambda: bool(newest(desk.window.notices)))
    assert "macro's" in desk.message()
    assert desk.session.dossier.read.notes.count(desk.panel.id) == 0


def test_one_says_in_which_column_of_a_table_the_notes_stand(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text("Blok;Woord\nBeeldvorming;Te duur\nBeeldvorming;Te ver\n", encoding="utf-8")
    desk.files.append(path)
    desk.click(desk.stage.bar.import_notes)
    shown = preview(desk)
    assert not shown.take.isEnabled()
    for column, meaning in ((0, "theme"), (1, "text")):
        choice = shown.columns.choices[column]
        choice.setCurrentIndex(choice.findData(meaning))
        choice.activated.emit(choice.currentIndex())
    desk.qtbot.waitUntil(lambda: shown.heading.text().startswith("3 nieuwe notities"))
    shown.view.setFocus()
    shown.view.selectRow(0)
    desk.type("k")
    desk.qtbot.waitUntil(lambda: shown.heading.text().startswith("2 nieuwe notities"))
    desk.click(shown.take)
    desk.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ImportAccount))
    assert {note.text for note in desk.session.dossier.read.notes.of_panel(desk.panel.id)} == {"Te duur", "Te ver"}
    desk.press(Qt.Key.Key_Escape)


def test_a_table_with_known_headings_comes_in_by_one_key(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "lijst.xlsx"
    path.write_bytes(sheets_xlsx([("Blad", [("Thema", "Notitie", "Soort"), ("", "=1+1", "opbrengst")])]))
    desk.files.append(path)
    desk.click(desk.stage.bar.import_notes)
    shown = preview(desk)
    assert desk.focus() is shown.take
    taken(desk)
    (note,) = desk.session.dossier.read.notes.of_panel(desk.panel.id)
    assert (note.text, note.kind) == ("=1+1", "YIELD")


def test_a_file_dropped_on_the_window_is_looked_at_first(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "gesprek.txt"
    path.write_text("Anna: De uren zijn te kort.\nBram: Bij ons ook.\n", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    desk.window.import_requested.connect(desk.stage.intake.dropped)
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    desk.window.dropEvent(QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, buttons, none))
    shown = preview(desk)
    assert results(shown) == ["Anna: De uren zijn te kort.", "Bram: Bij ons ook."]
    assert list(shown.newcomers) == ["Anna", "Bram"]
    assert desk.people == []
    desk.click(shown.newcomers["Anna"])
    desk.qtbot.waitUntil(lambda: shown.heading.text() == "1 nieuw panellid · 2 nieuwe notities")
    taken(desk)
    assert [person.name for person in desk.people] == ["Anna"]
    desk.press(Qt.Key.Key_Escape)
    desk.session.undo()
    assert desk.people == []
    assert desk.session.dossier.read.notes.count(desk.panel.id) == 0


def settled(desk: Desk, shown: LookDialog, heading: str) -> None:
    """Wait until a choice was read again."""
    desk.qtbot.waitUntil(lambda: shown.heading.text() == heading)


def test_lines_are_changed_by_key_many_at_once_and_remembered(desk: Desk, tmp_path: Path) -> None:
    document = Document()
    for text, bold in (("Beeldvorming", True), ("Eén notitie", False), ("Samenwerking", True), ("Nog een", False)):
        document.add_paragraph().add_run(text).bold = bold
    document.save(str(tmp_path / "notulen.docx"))
    for again in (False, True):
        desk.files.append(tmp_path / "notulen.docx")
        desk.put(desk.stage.bar.import_notes)
        desk.press(Qt.Key.Key_Space)
        shown = preview(desk)
        became = [line.becomes for line in shown.model.lines]
        if again:
            assert became == [Becomes.NOTE] * 4
            assert "vorige keer" in shown.about.text()
            break
        assert became == [Becomes.THEME, Becomes.NOTE] * 2
        shown.view.setFocus()
        shown.view.selectRow(0)
        shown.choose_alike(shown.model.lines[0].look)
        desk.type("n")
        settled(desk, shown, "4 nieuwe notities")
        shown.view.selectRow(3)
        desk.press(Qt.Key.Key_Delete)
        settled(desk, shown, "3 nieuwe notities")
        assert desk.session.dossier.read.notes.count(desk.panel.id) == 0
        shown.take.setFocus()
        taken(desk)
        assert desk.session.dossier.read.notes.count(desk.panel.id) == 3
        desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_Escape)
