"""Papers around a panel: previewed, printed, saved as Word and PDF, copied."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions import panels
from sto_desktop.domain.actions.reports import set_report_state
from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.model import Guide
from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.domain.panel.terms import after_final
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.report.blocks.document_texts import texts_of
from sto_desktop.report.blocks.issued import said_output
from sto_desktop.report.papers.kinds import AFTERWARDS, Paper
from sto_desktop.report.papers.papers import paper
from sto_desktop.report.writers.pdf_writer import make_one_page, make_pdf
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare.papers.papers_page import PapersPage
from sto_desktop.workplace.access import access_package
from tests.ui.paper.pdf_reading import text_of_pdf
from tests.ui.prepare_support import Desk, desk_on
from tests.ui.reading import newest


@pytest.fixture
def desk(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Desk]:
    with desk_on(qtbot, theme, settings, tmp_path) as made:
        made.session.apply(
            panels.change_panel(
                made.panel.id,
                title="Panel Oldenzaal",
                subregion="Oldenzaal",
                date=dt.date(2023, 2, 14),
                start=dt.time(15, 35),
                place="Technolab",
                moderator="M. Assink",
                note_taker="K. Nijhuis",
                retain_until=dt.date(2024, 7, 1),
            )
        )
        yield made


def papers(desk: Desk, name: str = "") -> PapersPage:
    """Open the page of papers by its key, and choose one by typing its first letters."""
    desk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    page = desk.stage.papers
    assert page.isVisible()
    assert desk.focus() is page.list
    if name:
        # On a busy machine letters come further apart than a person types them.
        pause = QApplication.keyboardInputInterval()
        QApplication.setKeyboardInputInterval(60_000)
        desk.type(name)
        QApplication.setKeyboardInputInterval(pause)
    return page


def words(file: Path) -> str:
    with zipfile.ZipFile(file) as archive:
        return re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())


def pages_of(file: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", file.read_bytes()))


def test_the_guide_is_printed_with_times_follow_ups_and_room(desk: Desk, tmp_path: Path) -> None:
    page = papers(desk)
    desk.qtbot.waitUntil(lambda: page.view.complete)
    assert page.view.pages >= 3
    target = tmp_path / "leidraad.pdf"
    desk.files.append(target)
    desk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.waitUntil(lambda: "naar de printer" in desk.message())
    assert pages_of(target) == page.view.pages
    assert desk.message() == f"Leidraad op papier: {page.view.pages} pagina's naar de printer."
    document = paper(Paper.GUIDE, desk.panel, desk.session.dossier.read.guides.of_panel(desk.panel.id))
    text = str(document.blocks)
    for _, item in desk.session.dossier.read.guides.of_panel(desk.panel.id).questions():
        assert item.text in text
        assert all(probe.text in text for probe in item.probes)
    assert "15.52" in text


def test_the_guide_goes_to_word(desk: Desk, tmp_path: Path) -> None:
    page = papers(desk)
    target = tmp_path / "leidraad"
    desk.files.append(target)
    desk.click(page.word)
    written = tmp_path / "leidraad.docx"
    desk.qtbot.waitUntil(lambda: bool(newest(desk.window.notices)) and written.exists())
    content = words(written)
    assert desk.question(2).text in content
    assert "Aantekeningen" in content
    assert "Tabel" not in content


@pytest.mark.long
def test_the_card_is_one_page_however_long_the_guide(desk: Desk, tmp_path: Path) -> None:
    guide = desk.session.dossier.read.guides.of_panel(desk.panel.id)
    longer = type(guide)(guide.guide, guide.themes * 3)
    document = paper(Paper.CARD, desk.panel, longer)
    assert make_pdf(document).pages > 1
    assert make_one_page(document).pages == 1
    page = papers(desk, "Leidraad op éé")
    target = tmp_path / "kaart.pdf"
    desk.files.append(target)
    desk.click(page.pdf)
    desk.qtbot.waitUntil(target.exists)
    assert pages_of(target) == 1


def test_name_cards_are_two_on_a_sheet_and_ask_for_members(desk: Desk, tmp_path: Path) -> None:
    page = papers(desk, "Naam")
    assert not page.print.isEnabled()
    assert "nog geen panelleden" in page.about.text()
    for seat, name in enumerate(("Renée Oude Wessel", "Jan", "Annemarie Bröring-van der Wal tot Westerflier"), 1):
        desk.session.apply(panels.add_panelist(desk.panel.id, name, seat, organisation="De Es", sector="po"))
    assert page.word.isHidden()
    target = tmp_path / "kaarten.pdf"
    desk.files.append(target)
    desk.click(page.print)
    desk.qtbot.waitUntil(lambda: "naar de printer" in desk.message())
    assert pages_of(target) == 2


def test_who_does_not_take_part_has_no_name_card_and_that_is_said(desk: Desk, tmp_path: Path) -> None:
    page = papers(desk, "Naam")
    for seat, name in enumerate(("Renée", "Jan", "Annemarie"), 1):
        desk.session.apply(panels.add_panelist(desk.panel.id, name, seat))
    assert "deelname" not in page.about.text()
    for seat in (2, 1, 3):
        member = next(one for one in desk.session.dossier.read.members.of_panel(desk.panel.id) if one.seat == seat)
        desk.session.apply(panels.change_panelist(member.id, consent_participation=Consent.NO))
        assert page.about.text().endswith("Wie niet meedoet (deelname: nee), heeft er geen.")
        assert page.pdf.isEnabled() is (seat != 3)
        if seat == 2:
            desk.files.append(tmp_path / "kaarten.pdf")
            desk.click(page.pdf)
            desk.qtbot.waitUntil(lambda: "kaarten.pdf" in desk.message())
            words = text_of_pdf((tmp_path / "kaarten.pdf").read_bytes())
            assert ["Renée" in words, "Jan" in words, "Annemarie" in words] == [True, False, True]


def test_the_invitation_is_copied(desk: Desk) -> None:
    page = papers(desk, "Uit")
    desk.click(page.copy)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Beste panellid,\n\nGraag nodigen we u uit")
    assert "- Wanneer: 14 februari 2023, van 15.35 tot 17.25 uur\n- Waar: Technolab" in text
    assert text.endswith("M. Assink")
    assert desk.message() == "De tekst is gekopieerd. Plak hem in uw mail."


def test_the_letter_says_ground_term_and_what_a_no_means(desk: Desk) -> None:
    document = paper(Paper.LETTER, desk.panel, desk.session.dossier.read.guides.of_panel(desk.panel.id))
    text = str(document.blocks)
    assert "De grondslag is …" in text
    assert "Verantwoordelijk voor uw gegevens is …" in text
    assert "uiterlijk op 1 juli 2024 gewist" in text
    assert "uiterlijk op 1 juli 2024 vernietigd" in text
    assert "Zegt u nee, dan heet u in het verslag ‘een panellid’." in text


def in_word(desk: Desk, kind: str, target: Path) -> str:
    """Save a paper as Word by its button, and return its words."""
    page = desk.stage.papers
    page.choose(Paper(kind))
    desk.files.append(target)
    desk.click(page.word)
    desk.qtbot.waitUntil(target.exists)
    return words(target)


def test_letter_and_form_say_who_is_responsible_and_ask_sound_only_where_it_is_recorded(
    desk: Desk, tmp_path: Path
) -> None:
    desk.session.apply(
        panels.change_panel(
            desk.panel.id,
            responsible="het bestuur van De Bron",
            privacy_contact="L. Vos, fg@debron.nl",
            processing_ground="een gerechtvaardigd belang (AVG, artikel 6, lid 1, onder f)",
            recipients="de stuurgroep van Oldenzaal",
        )
    )
    papers(desk)
    letter = in_word(desk, "Informatiebrief", tmp_path / "brief.docx")
    assert "Verantwoordelijk voor uw gegevens is het bestuur van De Bron." in letter
    assert "de functionaris gegevensbescherming: L. Vos, fg@debron.nl." in letter
    assert "onder f). Dat belang is: het techniekonderwijs in de regio verbeteren." in letter
    assert "Het verslag gaat naar de stuurgroep van Oldenzaal." in letter
    assert "U mag bezwaar maken" in letter
    assert "opname" not in letter
    form = in_word(desk, "Toestemmingsformulier", tmp_path / "formulier.docx")
    assert form.index("Ik doe mee aan het panelgesprek.") < form.index("Toestemming, per regel apart")
    assert "opname" not in form
    desk.session.apply(panels.change_panel(desk.panel.id, recording="Met een telefoon, alleen geluid."))
    assert "Opname: tot het verslag is nagekeken" in in_word(desk, "Informatiebrief", tmp_path / "met opname.docx")
    assert "mag worden opgenomen" in in_word(desk, "Toestemmingsformulier", tmp_path / "formulier met opname.docx")


def test_the_papers_of_the_organisation_are_filled_in_from_the_dossier(desk: Desk, tmp_path: Path) -> None:
    recording = "Met een telefoon."
    desk.session.apply(
        panels.change_panel(
            desk.panel.id,
            responsible="het bestuur van De Bron",
            privacy_contact="L. Vos, fg@debron.nl",
            processing_ground="een taak van algemeen belang (AVG, artikel 6, lid 1, onder e)",
            recording=recording,
        )
    )
    for seat, name in enumerate(("Renée Oude Wessel", "Jan Smit"), 1):
        desk.session.apply(panels.add_panelist(desk.panel.id, name, seat))
    papers(desk)
    register = in_word(desk, "Register van verwerkingen", tmp_path / "register.docx")
    for filled in ("het bestuur van De Bron", "L. Vos, fg@debron.nl", "onder e)", "twee panelleden", "een opname",
                   "uiterlijk op 1 juli 2024 gewist", "het dossier heeft geen wachtwoord"):  # fmt: skip
        assert filled in register, filled
    pretest = in_word(desk, "Pre-toets DPIA", tmp_path / "toets.docx")
    assert "Verantwoordelijk is het bestuur van De Bron." in pretest
    assert [f"{number}. " in pretest for number in range(1, 10)] == [True] * 9
    assert "één keer ja" in pretest
    agreement = in_word(desk, "Verwerkersovereenkomst", tmp_path / "overeenkomst.docx")
    assert "Tussen het bestuur van De Bron (verantwoordelijke) en M. Assink" in agreement
    assert "panelgesprek van 14 februari 2023" in agreement
    assert [f"({letter})" in agreement for letter in "abcdefgh"] == [True] * 8
    it = in_word(desk, "Voor IT en FG", tmp_path / "it.docx")
    assert "verstuurt niets" in it
    assert "Dit dossier heeft geen wachtwoord" in it
    for paper_text in (register, pretest, agreement, it):
        assert "Renée" not in paper_text
        assert "Smit" not in paper_text


def test_what_is_special_in_the_notes_is_in_the_register_and_the_test_before_a_dpia(desk: Desk, tmp_path: Path) -> None:
    for at, text in enumerate(
        ("Leerling Kevin heeft borstkanker", "Zijn Turkse ouders komen niet", "Autisme is gewoon")
    ):
        note = create("note", f"n{at}", panel=desk.panel.id, text=text, position=Position(None, f"a{at}"))
        desk.session.apply(action("notitie", note))
    papers(desk)
    told = "in twee notities staat iets over iemands gezondheid"
    assert told in in_word(desk, "Register van verwerkingen", tmp_path / "register.docx")
    pretest = in_word(desk, "Pre-toets DPIA", tmp_path / "toets.docx")
    assert told in pretest
    assert "twee keer ja. Een DPIA is dan in de regel nodig" in pretest
    assert "één keer ja" not in pretest


def test_with_a_password_the_papers_say_that_the_dossier_is_encrypted(desk: Desk) -> None:
    # Otherwise a worker that still reads the dossier holds it open.
    desk.session.pause()
    desk.session.copy.take_password("geheim genoeg")
    desk.session.resume()
    desk.stage.refresh()
    papers(desk, "Voor IT")
    desk.qtbot.waitUntil(lambda: desk.stage.papers.view.complete)
    desk.click(desk.stage.papers.copy)
    assert "Dit dossier heeft een wachtwoord." in QGuiApplication.clipboard().text()


def test_a_short_window_still_reaches_every_paper(desk: Desk) -> None:
    desk.window.resize(683, 384)
    page = papers(desk)
    desk.press(Qt.Key.Key_End)
    last = page.list.item(page.list.count() - 1)
    assert page.list.currentItem() is last
    assert page.list.viewport().rect().contains(page.list.visualItemRect(last).center())


def test_letter_and_form_say_the_term_as_it_is_kept(desk: Desk) -> None:
    def said(kind: Paper) -> str:
        blocks = paper(kind, desk.panel, desk.stage._guide or GuideContent(Guide("")), desk.people).blocks
        return " ".join(text for block in blocks for text in texts_of(block))

    letter, form = said(Paper.LETTER), said(Paper.FORM)
    assert "Naam, functie en organisatie: uiterlijk op 1 juli 2024 gewist, de naam ook in de notities." in letter
    rule = "nadat het verslag is vastgesteld (zonder vaststellen: {} jaar na het gesprek)"
    assert "Formulier: uiterlijk op 1 juli 2024 vernietigd." in letter
    assert f"Notities: uiterlijk twaalf maanden {rule.format('twee')} gewist." in letter
    assert "Dit formulier wordt uiterlijk op 1 juli 2024 vernietigd." in form
    desk.session.apply(panels.change_panel(desk.panel.id, retain_until=None))
    assert f"Dit formulier wordt uiterlijk drie maanden {rule.format('één')} vernietigd." in said(Paper.FORM)
    agreement = said(Paper.AGREEMENT)
    assert f"De opdracht eindigt uiterlijk drie maanden {rule.format('één')}." in agreement
    assert f"wist elke kopie, uiterlijk drie maanden {rule.format('één')}, en bevestigt dat schriftelijk" in agreement
    assert f"Notities: uiterlijk twaalf maanden {rule.format('twee')} gewist" in said(Paper.REGISTER)
    # Once it is final the letter has the days, as the list of what should be gone has them.
    desk.session.apply(set_report_state(desk.panel.id, final=True, terms=after_final(desk.panel, dt.date(2023, 3, 1))))
    letter = said(Paper.LETTER)
    assert "Formulier: uiterlijk op 1 juni 2023 vernietigd." in letter
    assert "Notities: uiterlijk op 1 maart 2024 gewist." in letter


def test_where_consent_is_the_ground_nobody_is_told_to_object(desk: Desk) -> None:
    ground = "toestemming van de panelleden (AVG, artikel 6, lid 1, onder a)"
    desk.session.apply(panels.change_panel(desk.panel.id, processing_ground=ground))
    guide = desk.session.dossier.read.guides.of_panel(desk.panel.id)
    assert "bezwaar" not in str(paper(Paper.LETTER, desk.panel, guide).blocks)


def test_every_paper_can_be_made_of_an_empty_panel_and_goes_to_word(desk: Desk, tmp_path: Path) -> None:
    from sto_desktop.domain.model import Guide, Panel
    from sto_desktop.domain.panel.content import GuideContent
    from sto_desktop.report.word.word import write_word

    for kind in set(Paper) - AFTERWARDS:
        document = paper(kind, Panel("leeg"), GuideContent(Guide("")))
        write_word(document, tmp_path / "leeg.docx")
        assert make_pdf(document).pages >= 1


def test_the_opening_text_has_the_panel_s_own_data(desk: Desk) -> None:
    page = papers(desk, "Ope")
    desk.click(page.copy)
    text = QGuiApplication.clipboard().text()
    assert "Mijn naam is M. Assink en ik leid" in text
    assert "Naast mij zit K. Nijhuis, die aantekeningen maakt" in text
    assert "in de subregio Oldenzaal" in text
    assert "Noem leerlingen niet bij naam" in text


def test_every_paper_that_leaves_is_in_the_list_of_what_was_made(desk: Desk, tmp_path: Path) -> None:
    desk.session.apply(panels.add_panelist(desk.panel.id, "Jan Oude Vrielink", 1))
    page = papers(desk, "Ope")
    desk.click(page.copy)
    page.choose(Paper.ATTENDANCE)
    desk.files.append(tmp_path / "lijst.docx")
    desk.click(page.word)
    desk.qtbot.waitUntil(lambda: "lijst.docx" in desk.message())
    desk.files.append(tmp_path / "lijst.pdf")
    desk.click(page.pdf)
    desk.qtbot.waitUntil(lambda: "lijst.pdf" in desk.message())
    made = desk.session.dossier.read.course.all_issued()
    assert sorted((said_output(one), one.file_name, one.naming) for one in made) == [
        ("papier, Openingstekst", "(klembord)", ""),
        ("papier, Presentielijst", "lijst.docx", "AS_IT_IS"),
        ("papier, Presentielijst", "lijst.pdf", "AS_IT_IS"),
    ]
    # Only the list has his name in it.
    desk.session.apply(panels.change_panelist(desk.people[0].id, consent_name=Consent.YES))
    package = access_package(desk.session.dossier, "Jan Oude Vrielink", dt.date(2023, 1, 9))
    assert [row[0] for row in package.recipients] == ["Papier, Presentielijst"] * 2


def test_a_file_that_can_not_be_written_is_said(desk: Desk, tmp_path: Path) -> None:
    page = papers(desk)
    desk.files.append(tmp_path / "weg" / "leidraad.pdf")
    desk.click(page.pdf)
    desk.qtbot.waitUntil(lambda: "bestaat niet (meer)" in desk.message())


def test_escape_goes_back_to_the_guide(desk: Desk) -> None:
    papers(desk)
    desk.press(Qt.Key.Key_Escape)
    assert desk.focus() is desk.stage.guide_page.table
