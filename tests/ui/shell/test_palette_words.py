"""Words that Dutch moderators look for lead in Ctrl+K to what does it, or to the entry that opens its dialog."""

from __future__ import annotations

import pytest

from sto_desktop.language import tr
from sto_desktop.ui.commands.table import BY_ID
from sto_desktop.ui.look import plain
from sto_desktop.ui.shell.commanding import Commander
from sto_desktop.ui.shell.finding import rank
from sto_desktop.ui.shell.main_window import MainWindow

WORDS = """
    aanbeveling new_recommendation, aanbevelingen new_recommendation, aantekening capture,
    aantekeningen to_notes, aanvullen complete, aanwezig arrival, aanwezigheid arrival, actie agree_note,
    actielijst overview_plan, actiepunt agree_note, adresboek address_book, advies new_recommendation,
    afbeelding figure_save, afbreken cancel_job, afdrukken print_report, afkortingen preferences,
    afronden finish, afsluiten finish, afspraak agree_note, afwezig arrival, agenda prepare_guide,
    alfabet filter_more, analyse stage_elaborate, annuleren undo, anoniem share, anonimiseren names_pseudonym,
    avg erase_panel, back-up restore, backup restore, beamer room, beeldscherm room, begin begin,
    beginnen begin, beginscherm stage_start, bestand open, beurt round, beveiligen password,
    bewaartermijn details, bewaren save, bijlage part_shown, bijval to_notes, binnenkomst arrival,
    bord elaborate_board, brief paper_letter, bundelen bundle_chosen, camera details,
    chronologisch form_minutes, citaat quote, citeren members, coderen label_chosen, codeboek labels,
    collega merge, combineren merge, concept report_draft, conclusie new_conclusion,
    conclusies elaborate_conclusions, conflict conflicts, contact address_book, csv export, datum details,
    deadline agree_note, deelnemer members, deelnemers members, deelnemerslijst members,
    definitief report_final, delen share, discreet discreet, docx save_word, donker look_dark,
    doorvragen probes, dossier open, draaiboek prepare_guide, draagvlak elaborate_matrix, dubbel same,
    e-mail share, eigenaar agree_note, einde finish, enquête import_notes, evaluatie elaborate_debrief,
    excel export, exporteren export, figuur report_figures, filter filter_more, formulier paper_form,
    foto details, functie members, functietoetsen help, gast arrival, gasten arrival, gegevens details,
    geschiedenis history, gespreksleider mode, grafiek report_figures, groepen filter_more, grondslag details,
    groter preferences, handleiding help, handopsteken answer_summary, handtekening paper_form, help help,
    hernoemen guide_name, herstellen undo, hoofdstuk part_shown, huisstijl house_style, hulp help,
    importeren import_notes, informatiebrief paper_letter, inhoudsopgave part_shown, inkorten essentials,
    inloop arrival, instellingen preferences, invoeren capture, inzicht new_insight, inzichten stage_elaborate,
    kaart paper_card, kladblok park_note, kleiner preferences, kleur labels, kleuren house_style, klok pause,
    koffie pause, kolommen elaborate_board, kopie share, kopiëren copy_report, label label_chosen,
    labels labels, later park_note, leden members, leerpunt capture, leidraad prepare_guide,
    lettergrootte preferences, lettertype house_style, licht look_light, lijst members, locatie details,
    logboek history, logo house_style, losmaken unbundle_note, mail share, matrix elaborate_matrix,
    microfoon details, minuten minutes, moderator mode, naam members, naam~wijzigen members,
    naambordjes paper_cards, naamkaart paper_cards, nachtmodus look_dark, namen members, nieuw new,
    nieuwsbrief newsletter_copy, notitie capture, notulen form_minutes, notulist mode, oefenen practise,
    omdraaien swap_axes, ondertitels import_notes, ongedaan undo, onthouden park_note, openen open,
    opening check_opening, openingstekst check_opening, opmaak house_style, opname details, opslaan save,
    overslaan skip_now, overtypen from_paper, overzicht stage_overview, panel new, panelleden members,
    panellid~toevoegen members, papier papers, parkeerplaats park_note, pauze pause, pdf save_pdf,
    persoonsgegevens erase_panel, plaatsen table, plakken paste_members, plan overview_plan, plattegrond table,
    presentielijst paper_attendance, printen print_report, prioriteit overview_plan, privacy details,
    programma overview_plan, projector room, pseudoniem names_pseudonym, rapport save_word, refi export,
    reservekopie restore, ronde round, rondje round, samenvatting playback, samenvoegen merge,
    schriftelijk written, sector members, sjabloon house_style, slot password, sluiten finish, sneltoets help,
    sneltoetsen help, snelheid practise_1, sorteren filter_more, spelling preferences,
    spellingcontrole preferences, spreker speaker, start stage_start, starten begin, status report_draft,
    ster star_note, stilte to_notes, stoel table, stoelen table, stoppen finish, tabel elaborate_matrix,
    tafel table, tafelschikking table, taken agree_note, tegengeluid contradict_chosen,
    tegenspraak contradict_chosen, tekens help, tekst copy_report, tekstgrootte preferences, terugdraaien undo,
    terugblik elaborate_debrief, thema add_theme, thema~toevoegen add_theme, themas add_theme, tijd minutes,
    tijdlijn history, titelblad part_shown, toestemming members, toestemmingsformulier paper_form, toets help,
    toevoegen add_question, trefwoord label_chosen, uitloop minutes, uitnodigen paper_invitation,
    uitnodiging paper_invitation, uitprinten print_report, uittypen from_paper, uitwerken stage_elaborate,
    usb save_as, vergelijken stage_overview, vergroten preferences, verlaten finish, verplaatsen move_notes,
    verslag stage_report, verslag~maken save_word, versie guide_name, versleutelen password, versturen share,
    verwijderen delete_note, voorbeeld example, voorbereiden stage_prepare, voornaam members, voortgang gap,
    vraag~toevoegen add_question, vragen prepare_guide, vragenlijst prepare_guide, wachtwoord password,
    webpagina save_html, weggooien delete_panel, welkom check_opening, wie speaker, wissen erase_note,
    word save_word, zaal room, zelf alone,
    lunch pause, schorsen pause, hervatten pause, stopwatch pause, quote quote, peiling answer_summary,
    oneens answer_summary, audio details, autosave save, archiveren save_as, onedrive open, outlook share,
    prullenbak history, hashtag label_chosen, rubriek labels, statistiek elaborate_matrix, spreektijd speaker,
    vertraging minutes, account preferences, wekker preferences, privacyverklaring paper_letter,
    bedrijf members, achternaam members, toehoorder arrival, afmelding arrival, ziek arrival,
    besluit agree_note, vervolgstap agree_note, eindverslag save_word, conceptverslag report_draft,
    hdmi room, uitbreiden room, schermvullend room, voorzitter mode, tijdnood minutes, vervanger table, ruilen table,
    vertrouwelijk discreet, synchroniseren merge, ontgrendelen password, contrast look_dark, kennismaking round,
    introductie round, succes capture, observatie capture, knelpunt capture, off~the~record erase_note,
    script check_opening,
    volgende~thema next_question, koffiepauze pause, plaspauze pause, klok~stil pause, iemand~weg table,
    tafelindeling table, afwezig~melden arrival, tijd~bijstellen minutes, eindtijd minutes, tijdbewaking minutes,
    beamer~aan room, besluitenlijst agree_note, opmerking capture, pluspunt capture, typefout edit_last,
    verkeerde~spreker speaker, mee~eens speaker, telefoonnummer members, e-mailadres members,
    definitieve~versie report_final, goedkeuren report_final, accorderen report_final,
    dubbelscherm room, anonieme~kopie share, panel~verwijderen delete_panel, zitplan table, zoom preferences,
    aanwezigheidslijst arrival, gaat~eerder~weg arrival, vroeg~weg arrival, niet~citeren arrival, achterstand minutes,
    extra~tijd minutes, tijdschema minutes, todo agree_note, wie~doet~wat agree_note, begintijd details,
    starttijd details, geeltjes elaborate_board, whiteboard elaborate_board, flip-over elaborate_board,
    eerder~stoppen finish, prioriteren overview_plan, tutorial help, aantekeningen~overtypen from_paper,
    wie~ontbreekt arrival, cloud open
"""
"""Pairs of a word and a command that must be found by it; ~ is a space."""


def asked() -> list[tuple[str, str]]:
    pairs = [pair.split() for pair in WORDS.split(",")]
    return [(word.replace("~", " "), command) for word, command in pairs]


@pytest.mark.long
def test_words_that_moderators_look_for_lead_there(on_example: MainWindow) -> None:
    commander = Commander(on_example, on_example)
    commands = commander("")
    missed = []
    for word, command in asked():
        found = [item.text for item in rank(word, commands)]
        action = on_example.actions_by_id.get(command)
        names = {tr(BY_ID[command].name), *([plain.read_word(action.text())] if action is not None else [])}
        if not names & set(found):
            missed.append(f"{word}: {command}, not {found}")
    assert not missed, "\n".join(missed)
