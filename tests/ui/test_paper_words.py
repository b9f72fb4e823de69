"""What goes on paper is whole: every word of the Word file is in the PDF, the preview and the print, in one piece."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPdfWriter
from pytestqt.qtbot import QtBot

from sto_desktop.report.blocks import (
    Cover,
    Document,
    Emphasis,
    Figure,
    FigureKind,
    Heading,
    Paragraph,
    Quote,
    Role,
    Series,
    Span,
    Table,
)
from sto_desktop.report.dress import dress_of
from sto_desktop.report.look import STO_TWENTE
from sto_desktop.ui.conversation.seating_plan import page_layout, print_plan
from sto_desktop.ui.prepare.sheets import CardSheets, print_sheets
from sto_desktop.ui.prepare.sheets import Sheets as PaperSheets
from sto_desktop.ui.report.paper import pdf_bytes
from tests.report.panels import MEMBERS
from tests.ui.pdf_reading import letters_that_share_a_sign, text_of_pdf, words

LIGATURES = "fiets vlot effen officieel koffer affluit ijzer fjord attitude actie 10x10 -> => != Ærø"


# Letters


@pytest.mark.parametrize("family", ["Calibri", "Inter"])
def test_every_letter_is_a_sign_of_its_own_in_text_headings_tables_and_figures(qtbot: QtBot, family: str) -> None:
    figure = Figure(
        FigureKind.BARS, LIGATURES, "Sector", ("officieel", "vlot"), (Series("affluit", (2, 3)),), "leden", "Iets."
    )
    blocks = (
        Cover(LIGATURES, LIGATURES, "officieel", (("fiets", LIGATURES),)),
        Heading(1, LIGATURES),
        Heading(2, LIGATURES),
        Paragraph((Span(LIGATURES, Emphasis.STRONG), LIGATURES), Role.LEAD),
        Quote(LIGATURES, LIGATURES),
        Table(LIGATURES, ("fiets", "vlot"), ((LIGATURES, LIGATURES),), (1, 1), "Iets."),
        figure,
    )
    pdf = pdf_bytes(Document(LIGATURES, blocks), dress_of(replace(STO_TWENTE, font=family)))
    assert not letters_that_share_a_sign(pdf)
    found = words(text_of_pdf(pdf))
    assert {word for word in words(LIGATURES) if found[word] < len(blocks)} == set()


# Other papers


def _of_paper(sheets: PaperSheets) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    print_sheets(sheets, QPdfWriter(buffer))
    return bytes(buffer.data().data())


def test_name_cards_and_the_seating_plan_have_single_letters(qtbot: QtBot) -> None:
    people = [replace(member, name="Fien Effing", organisation="Afflux 10x10") for member in MEMBERS]
    cards = _of_paper(CardSheets(people))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(page_layout())
    assert print_plan(writer, "Officieel", "Fjord", people)
    plan = bytes(buffer.data().data())
    for pdf in (cards, plan):
        # The other side of a card stands on its head, and is read backwards.
        assert words(text_of_pdf(pdf))["afflux"] == len(people)
        assert not letters_that_share_a_sign(pdf)
