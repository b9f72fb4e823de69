"""The house style in the window: looks, colours, a logo, a template and what was recognised in it, and what
is refused.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.report.blocks.errors import ReportError
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.paper.files import Files
from sto_desktop.ui.paper.pages import Pages
from sto_desktop.ui.report.house_dialog import HouseDialog
from sto_desktop.workplace.house import HouseChoice
from tests.report.word.templates import LOGO, controls, landscape, old_document, rewritten
from tests.ui.reading import main_colour


class Answers:
    """The user's answers to questions for files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template: Path | None = None
        self.logo: Path | None = None

    def files(self) -> Files:
        """Return the dialog's way to files."""
        return Files(
            lambda _parent, suggested: suggested,
            lambda _parent, _folder: self.template,
            lambda _path: None,
            lambda: self.folder,
            lambda _parent, _sheets: None,
            lambda _parent, _folder: self.logo,
        )


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    return Answers(tmp_path)


def opened(qtbot: QtBot, theme: Appearance, answers: Answers, choice: HouseChoice | None = None) -> HouseDialog:
    dialog = HouseDialog(theme, choice or HouseChoice(), answers.files())
    qtbot.addWidget(dialog)
    dialog.show()
    read(qtbot, dialog)
    return dialog


def read(qtbot: QtBot, dialog: HouseDialog) -> None:
    """Wait until a template has been read."""
    qtbot.waitUntil(dialog.use.isEnabled)


def press(button: QWidget) -> None:
    assert isinstance(button, QPushButton) or hasattr(button, "click")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def said(dialog: HouseDialog) -> str:
    labels = [*dialog.stays.findChildren(QLabel), *dialog._recognised.findChildren(QLabel)]
    return "\n".join(label.text() for label in labels if not label.isHidden())


def shown(qtbot: QtBot, dialog: HouseDialog) -> str:
    """Return the colour of the title, once the pages are there."""
    return main_colour(made(qtbot, dialog))


def made(qtbot: QtBot, dialog: HouseDialog) -> Pages:
    """Return the pages, once they are there."""
    qtbot.waitUntil(lambda: dialog.pages.complete)
    assert dialog.pages.sheets is not None
    return dialog.pages.sheets


def test_each_look_shows_at_once_and_its_colours_can_be_changed(
    qtbot: QtBot, theme: Appearance, answers: Answers
) -> None:
    dialog = opened(qtbot, theme, answers)
    assert shown(qtbot, dialog) == "0F5C63"
    dialog.looks._segments[1].click()
    assert dialog.choice.look == "Sober"
    assert shown(qtbot, dialog) == "22303A"
    dialog.set_colour("primary", "#5b2c83")
    dialog.set_colour("accent", "#FFCC00")
    assert shown(qtbot, dialog) == "5B2C83"
    assert dialog.choice == HouseChoice("Sober", "5B2C83", "FFCC00")
    press(dialog.own_colours)
    assert shown(qtbot, dialog) == "22303A"
    press(dialog.use)
    assert dialog.result() == HouseDialog.DialogCode.Accepted


def test_a_colour_in_which_headings_cant_be_read_is_refused(qtbot: QtBot, theme: Appearance, answers: Answers) -> None:
    dialog = opened(qtbot, theme, answers)
    dialog.set_colour("primary", "#FFEE99")
    assert "te licht" in dialog.problem.text()
    assert dialog.choice.primary == ""


def test_a_logo_comes_along_and_what_is_none_is_said(qtbot: QtBot, theme: Appearance, answers: Answers) -> None:
    dialog = opened(qtbot, theme, answers)
    answers.logo = answers.folder / "logo.png"
    answers.logo.write_bytes(LOGO)
    press(dialog.choose_logo)
    assert dialog.logo_name.text() == "logo.png"
    assert dialog.choice.style().look.logo == LOGO
    wrong = answers.folder / "logo.svg"
    wrong.write_text("<svg/>")
    answers.logo = wrong
    press(dialog.choose_logo)
    assert "geen PNG of JPEG" in dialog.problem.text()
    assert dialog.choice.logo is not None
    assert dialog.choice.logo.name == "logo.png"
    press(dialog.no_logo)
    assert dialog.choice.logo is None


def test_a_template_shows_what_was_recognised(qtbot: QtBot, theme: Appearance, answers: Answers) -> None:
    dialog = opened(qtbot, theme, answers)
    answers.template = controls(answers.folder)
    press(dialog.choose_template)
    qtbot.waitUntil(lambda: "Herkend" in said(dialog))
    assert "Eigen omslag, met plek voor: titel, datum, versie en de plek van het verslag." in said(dialog)
    assert "1 koptekst blijft staan." in said(dialog)
    assert "staan ook in een PDF uit dit programma" in said(dialog)
    assert "Hoofdstuk: Kop 1, 14 pt" in said(dialog)
    assert "Komt erbij: inleiding van een hoofdstuk, inzicht, tabel en inhoudsopgave." in said(dialog)
    assert made(qtbot, dialog).text()
    assert "1.1" not in made(qtbot, dialog).text()
    press(dialog.no_template)
    assert dialog.choice.template is None
    assert not dialog._recognised.isVisible()


def test_a_lying_template_lies_in_the_preview(qtbot: QtBot, theme: Appearance, answers: Answers) -> None:
    dialog = opened(qtbot, theme, answers, HouseChoice(template=landscape(answers.folder)))
    sheets = made(qtbot, dialog)
    assert sheets.size.width() > sheets.size.height()
    assert "liggend" in said(dialog)


def test_what_is_no_template_is_said_and_nothing_changes(qtbot: QtBot, theme: Appearance, answers: Answers) -> None:
    dialog = opened(qtbot, theme, answers)
    answers.template = answers.folder / "brief.docx"
    answers.template.write_text("Geen Word.")
    dialog.looks._segments[3].click()
    read(qtbot, dialog)
    assert "brief.docx is geen Word-document" in dialog.problem.text()
    assert dialog.choice == HouseChoice()
    assert dialog.looks.value() == "STO Twente"


def test_a_template_that_unpacks_far_too_large_is_said_and_nothing_changes(
    qtbot: QtBot, theme: Appearance, answers: Answers
) -> None:
    dialog = opened(qtbot, theme, answers)
    answers.template = controls(answers.folder)
    with zipfile.ZipFile(answers.template, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/groot.bin", bytes(120_000_000))
    press(dialog.choose_template)
    read(qtbot, dialog)
    assert "wordt bij het uitpakken te groot" in dialog.problem.text()
    assert dialog.choice == HouseChoice()


@pytest.mark.parametrize("value", ["99999999999", "999999", "0", "abc", "-5"])
def test_a_template_whose_sizes_make_no_sense_shows_on_pages_that_can_be_read(
    qtbot: QtBot, theme: Appearance, answers: Answers, value: str
) -> None:
    def odd(text: str) -> str:
        return re.sub(r'(<w:sz w:val|w:before|w:after|w:line|w:w|w:h|w:left)="[^"]*"', rf'\1="{value}"', text)

    template = rewritten(landscape(answers.folder), {"word/styles.xml": odd, "word/document.xml": odd}, "raar.docx")
    dialog = opened(qtbot, theme, answers, HouseChoice(template=template))
    assert dialog.problem.text() == ""
    sheets = made(qtbot, dialog)
    assert sheets.count < 40
    assert sheets.size.width() < 2200
    dialog.grab()


def test_the_window_goes_on_while_a_template_is_read(qtbot: QtBot, theme: Appearance, answers: Answers) -> None:
    dialog = opened(qtbot, theme, answers)
    lines = "".join(f"<w:p><w:r><w:t>Regel {number}</w:t></w:r></w:p>" for number in range(3000))
    big = {"word/header1.xml": lambda text: text.replace("</w:hdr>", f"{lines}</w:hdr>")}
    answers.template = rewritten(controls(answers.folder), big, "groot.docx")
    press(dialog.choose_template)
    # Another choice before it is read, and this one counts.
    assert (dialog.choice, dialog.use.isEnabled()) == (HouseChoice(), False)
    dialog.looks._segments[1].click()
    assert dialog.choice.look == "Sober"
    press(dialog.choose_template)
    read(qtbot, dialog)
    assert dialog.choice.template == answers.template
    qtbot.waitUntil(lambda: "Regel 2" in said(dialog))
    # Closing does not wait either.
    press(dialog.choose_template)
    dialog.reject()
    assert not dialog.isVisible()


def test_a_logo_that_is_gone_is_said_on_opening(qtbot: QtBot, theme: Appearance, answers: Answers) -> None:
    dialog = opened(qtbot, theme, answers, HouseChoice(logo=answers.folder / "weg.png"))
    assert "weg.png kan niet worden gelezen" in dialog.problem.text()
    assert made(qtbot, dialog).count == 2


def test_the_settings_keep_what_was_chosen(tmp_path: Path) -> None:
    choice = HouseChoice("Grote letter", "5B2C83", "", tmp_path / "logo.png", tmp_path / "stijl.dotx", emptied=True)
    store = SettingsStore(tmp_path / "settings.json")
    store.change(**choice.settings())
    assert HouseChoice.of(SettingsStore(tmp_path / "settings.json").current) == choice
    assert choice.name == "stijl.dotx"
    assert HouseChoice().name == "STO Twente"
    with pytest.raises(ReportError, match="kan niet worden gelezen"):
        HouseChoice(logo=tmp_path / "logo.png").style()


def test_what_an_old_document_leaves_of_people_is_shown_and_goes_with_one_click(
    qtbot: QtBot, theme: Appearance, answers: Answers
) -> None:
    dialog = opened(qtbot, theme, answers, HouseChoice(template=old_document(answers.folder)))
    assert "Koptekst: «Opgesteld door H. Wessels», dat lijkt op een naam" in said(dialog)
    assert "Voettekst: «STO Twente, pagina»" in said(dialog)
    assert dialog.empty_template.text() == "5 rode regels weghalen uit documenten"
    dialog.side.ensureWidgetVisible(dialog.empty_template)
    press(dialog.empty_template)
    assert dialog.choice.emptied
    qtbot.waitUntil(lambda: "STO Twente, pagina" in said(dialog))
    assert "Wessels" not in said(dialog)
    press(dialog.empty_template)
    assert not dialog.choice.emptied
    qtbot.waitUntil(lambda: "Wessels" in said(dialog))
    # Another template is looked at anew.
    press(dialog.empty_template)
    answers.template = controls(answers.folder)
    press(dialog.choose_template)
    read(qtbot, dialog)
    assert not dialog.choice.emptied
    dialog.looks._segments[0].click()
    assert not dialog.empty_template.isVisible()
