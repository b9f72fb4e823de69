"""Commands of Verslag."""

from __future__ import annotations

from sto_desktop.language import tr_later
from sto_desktop.ui.commands.command import Command, Need, Place

# fmt: off
REPORT: tuple[Command, ...] = (
    Command("save_word", tr_later("Verslag opslaan als Word"), Place.REPORT, ("Ctrl+E",),
            words=tr_later("docx document rapport opslaan eindverslag gespreksverslag"), need=Need.MATERIAL),
    Command("names_pseudonym", tr_later("Namen in het verslag: pseudoniem"), Place.REPORT,
            words=tr_later("anoniem anonimiseren schuilnaam"), need=Need.PANEL),
    Command("open_word", tr_later("Verslag opslaan en openen in Word"), Place.REPORT, ("Ctrl+Shift+E",),
            words=tr_later("docx bekijken"), need=Need.MATERIAL),
    Command("copy_report", tr_later("Verslag kopiëren als tekst"), Place.REPORT, ("Ctrl+Shift+C",),
            words=tr_later("klembord mail tekst"), need=Need.MATERIAL),
    Command("move_part", tr_later("Onderdeel omhoog of omlaag"), Place.REPORT, ("Alt+Up", "Alt+Down"),
            words=tr_later("volgorde hoofdstuk"), need=Need.PART, bound=False),
    Command("rename_part", tr_later("Onderdeel anders noemen"), Place.REPORT, ("Return",),
            words=tr_later("hoofdstuk titel"), need=Need.PART, bound=False),
    Command("print_report", tr_later("Verslag afdrukken"), Place.REPORT, ("Ctrl+P",),
            words=tr_later("printen printer papier"), need=Need.MATERIAL),
    Command("save_pdf", tr_later("Verslag opslaan als PDF"), Place.REPORT, need=Need.MATERIAL),
    Command("save_html", tr_later("Verslag opslaan als webpagina (HTML)…"), Place.REPORT,
            words=tr_later("site internet"), need=Need.MATERIAL),
    Command("save_markdown", tr_later("Verslag opslaan als Markdown…"), Place.REPORT, words=tr_later("md tekst"),
            need=Need.MATERIAL),
    Command("report_more", tr_later("Meer manieren om het verslag te gebruiken"), Place.REPORT, words=tr_later("menu"),
            need=Need.MATERIAL),
    Command("form_short", tr_later("Verslag: kort"), Place.REPORT, words=tr_later("vorm samenvatting beknopt"),
            need=Need.PANEL),
    Command("form_extended", tr_later("Verslag: uitgebreid"), Place.REPORT, words=tr_later("vorm volledig lang"),
            need=Need.PANEL),
    Command("form_minutes", tr_later("Verslag: notulen"), Place.REPORT, words=tr_later("vorm chronologisch"),
            need=Need.PANEL),
    Command("report_figures", tr_later("Verslag: met figuren"), Place.REPORT, words=tr_later("grafieken diagrammen"),
            need=Need.FORM),
    Command("report_counts", tr_later("Verslag: met aantallen notities"), Place.REPORT,
            words=tr_later("tellen cijfers"), need=Need.FORM),
    Command("names_full", tr_later("Namen in het verslag: voluit"), Place.REPORT, words=tr_later("anoniem"),
            need=Need.PANEL),
    Command("names_role", tr_later("Namen in het verslag: rol"), Place.REPORT, words=tr_later("anoniem functie sector"),
            need=Need.PANEL),
    Command("check_names", tr_later("Namen nakijken…"), Place.REPORT,
            words=tr_later("anoniem controleren tekst akkoord vinkje namen"),
            need=Need.NAMES),
    Command("report_draft", tr_later("Stand van het verslag: concept"), Place.REPORT,
            words=tr_later("status voorlopig conceptverslag"), need=Need.PANEL),
    Command("report_final", tr_later("Stand van het verslag: vastgesteld"), Place.REPORT,
            words=tr_later("status definitief goedkeuren accorderen"), need=Need.PANEL),
    Command("house_style", tr_later("Huisstijl wijzigen"), Place.REPORT,
            words=tr_later(
                "sjabloon logo kleuren lettertype opmaak template omslag grote letter sober eigen sto twente "
                "hoofdkleur steunkleur kiezen groter voorblad"), need=Need.PANEL),
    Command("house_reset", tr_later("Terug naar de huisstijl van STO Twente"), Place.REPORT,
            words=tr_later("sjabloon standaard"), need=Need.OWN_STYLE),
    Command("part_shown", tr_later("Onderdeel van het verslag meenemen of weglaten"), Place.REPORT,
            words=tr_later("hoofdstuk bijlage inhoud titelblad"), need=Need.PANEL),
    Command("part_own_name", tr_later("Onderdeel weer gewoon noemen"), Place.REPORT, words=tr_later("titel hoofdstuk"),
            need=Need.OWN_TITLE),
    Command("parts_order", tr_later("Onderdelen in de gewone volgorde"), Place.REPORT,
            words=tr_later("hoofdstukken herstellen"), need=Need.OWN_TITLE),
)
