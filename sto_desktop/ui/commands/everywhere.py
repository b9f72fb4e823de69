"""Commands that work on every screen, and those on the dossier as a whole."""

from __future__ import annotations

from sto_desktop.language import tr_later
from sto_desktop.ui.commands.command import Command, Need, Place

_SPEED = tr_later("Oefenen: hoe snel de klok loopt")

# fmt: off
EVERYWHERE: tuple[Command, ...] = (
    Command("palette", tr_later("Alles zoeken: opdrachten, vragen, panelleden, notities"), Place.EVERYWHERE,
            ("Ctrl+K",), words=tr_later("opdracht commando vinden waar menu")),
    Command("search", tr_later("Zoeken in dit scherm"), Place.EVERYWHERE, ("Ctrl+F",),
            words=tr_later("vinden zoek filter")),
    Command("undo", tr_later("Ongedaan maken"), Place.EVERYWHERE, ("Ctrl+Z",),
            words=tr_later("terug herstellen fout vergissing terugdraaien annuleren"), need=Need.UNDO),
    Command("redo", tr_later("Opnieuw"), Place.EVERYWHERE, ("Ctrl+Y", "Ctrl+Shift+Z"),
            words=tr_later("herhalen opnieuw vooruit"), need=Need.REDO),
    Command("leave_field", tr_later("Uit het veld, en bewaren wat er getypt is"), Place.EVERYWHERE,
            ("Ctrl+Return", "Ctrl+Enter"), words=tr_later("klaar invoer bevestigen"), need=Need.FIELD),
    Command("history", tr_later("Geschiedenis: terug naar een eerder moment"), Place.EVERYWHERE, ("Ctrl+H",),
            words=tr_later(
                "logboek versies eerder gisteren tijdlijn wijzigingen hierheen alleen deze ongedaan maken "
                "prullenbak terughalen verwijderd zoekgeraakt"),
            need=Need.DOSSIER),
    Command("help", tr_later("Sneltoetsen tonen"), Place.EVERYWHERE, ("F1",),
            words=tr_later("toetsen sneltoets handleiding uitleg hulp toetsenbord tekens toetscombinaties tutorial")),
    Command("new", tr_later("Nieuw panelgesprek"), Place.DOSSIER, ("Ctrl+N",),
            words=tr_later(
                "beginnen starten aanmaken dossier maken bijeenkomst subregio begin gespreksleider open nieuw")),
    Command("open", tr_later("Dossier openen"), Place.DOSSIER, ("Ctrl+O",),
            words=tr_later("bestand laden map openen onedrive sharepoint cloud netwerk")),
    Command("example", tr_later("Voorbeeld bekijken"), Place.DOSSIER, ("F3",),
            words=tr_later("demo voorbeeldpanels proberen")),
    Command("save", tr_later("Opslaan: nu bewaren op de eigen plek"), Place.DOSSIER, ("Ctrl+S",),
            words=tr_later("opslaan bestand autosave automatisch"), need=Need.DOSSIER),
    Command("save_as", tr_later("Opslaan als"), Place.DOSSIER, ("Ctrl+Shift+S",),
            words=tr_later(
                "kopie andere plek bestand map usb stick archief archiveren onedrive sharepoint"), need=Need.DOSSIER),
    Command("merge", tr_later("Samenvoegen met andere dossiers"), Place.DOSSIER, ("Ctrl+M",),
            words=tr_later(
                "mergen bijeen collega combineren binnenhalen dossiers toevoegen bundelen "
                "synchroniseren"), need=Need.DOSSIER),
    Command("share", tr_later("Delen: een kopie om te mailen of mee te geven"), Place.DOSSIER, ("Ctrl+L",),
            words=tr_later(
                "mailen versturen dit anoniem sturen e-mail zonder namen alles alleen panel inzichten aanbevelingen "
                "voluit rol pseudoniem kopiëren kopie outlook anonieme"), need=Need.DOSSIER),
    Command("export", tr_later("Exporteren naar Excel, csv, Markdown of REFI-QDA"), Place.DOSSIER, ("Ctrl+Shift+X",),
            words=tr_later(
                "excel csv spreadsheet gegevens tabel dit downloaden codeboek refi atlas nvivo markdown panels alles "
                "voluit rol pseudoniem namen"), need=Need.DOSSIER),
    Command("issuance", tr_later("Uitgifte: wat er gemaakt is, en voor wie"), Place.DOSSIER,
            words=tr_later("ontvanger verstuurd gedeeld gemaild wie kreeg lijst avg terugvragen"), need=Need.DOSSIER),
    Command("access_package", tr_later("Inzagepakket: alles over één persoon, als Word…"), Place.DOSSIER,
            words=tr_later("avg recht inzage inzien persoonsgegevens verzoek verder"), need=Need.DOSSIER),
    Command("erase_person", tr_later("Een persoon wissen: gegevens, woorden, vermeldingen…"), Place.DOSSIER,
            words=tr_later("avg vergeten recht vergetelheid verwijderen gespreksleider notulist wisbewijs verder"),
            need=Need.DOSSIER),
    Command("states", tr_later("Waar staat elk panel: stand, bewaartermijnen en wat weg moet"), Place.DOSSIER,
            words=tr_later(
                "voortgang overzicht termijn bewaren herinnering namen notities woorden formulieren zijn vernietigd "
                "vernietigen wissen avg"),
            need=Need.DOSSIER),
    Command("same", tr_later("Dit is hetzelfde: dubbele panels, thema's en panelleden"), Place.DOSSIER,
            ("Ctrl+Shift+L",),
            words=tr_later("dubbel duplicaat samen ontdubbelen thema's panelleden"), need=Need.DOSSIER),
    Command("conflicts", tr_later("Tegenstrijdigheden bekijken en kiezen"), Place.DOSSIER, ("Ctrl+Shift+M",),
            words=tr_later("conflict versies botsing verschillen beide houden deze kiezen"), need=Need.DOSSIER),
    Command("password", tr_later("Wachtwoord van dit dossier: instellen, wijzigen of verwijderen"), Place.DOSSIER,
            ("Ctrl+Shift+W",),
            words=tr_later(
                "beveiligen versleutelen slot code geheim verwijderen wachtwoorden instellen "
                "vertrouwelijk sleutel ontgrendelen"), need=Need.DOSSIER),
    Command("stage_start", tr_later("Start"), Place.STAGES, ("Ctrl+1",),
            words=tr_later("begin beginscherm home recent")),
    Command("stage_prepare", tr_later("Voorbereiden"), Place.STAGES, ("Ctrl+2",),
            words=tr_later("voorbereiding leidraad plannen")),
    Command("stage_conversation", tr_later("Gesprek"), Place.STAGES, ("Ctrl+3",),
            words=tr_later("opname bijeenkomst notuleren panelgesprek")),
    Command("stage_elaborate", tr_later("Uitwerken"), Place.STAGES, ("Ctrl+4",),
            words=tr_later("analyse analyseren ordenen inzichten")),
    Command("stage_report", tr_later("Verslag"), Place.STAGES, ("Ctrl+5",),
            words=tr_later("rapport document word eindverslag gespreksverslag")),
    Command("stage_overview", tr_later("Vogelvlucht"), Place.STAGES, ("Ctrl+6",),
            words=tr_later("overzicht alle panels vergelijken matrix")),
    Command("practise", tr_later("Oefenen op een wegwerpkopie"), Place.DOSSIER, ("Ctrl+F5",),
            words=tr_later("proberen training testen generale repetitie"), need=Need.DOSSIER),
    Command("practise_stop", tr_later("Stoppen met oefenen"), Place.DOSSIER,
            words=tr_later("oefening afsluiten klaar einde wegwerpkopie weggooien"), need=Need.PRACTICE),
    Command("practise_1", tr_later("Oefenen: de klok gewoon"), Place.DOSSIER,
            words=tr_later("snelheid langzamer vertragen trager tijd"), need=Need.PRACTICE, family=_SPEED),
    Command("practise_2", tr_later("Oefenen: de klok 2× zo snel"), Place.DOSSIER,
            words=tr_later("snelheid sneller versnellen vlugger tijd"), need=Need.PRACTICE, family=_SPEED),
    Command("practise_5", tr_later("Oefenen: de klok 5× zo snel"), Place.DOSSIER,
            words=tr_later("snelheid sneller versnellen vlugger tijd"), need=Need.PRACTICE, family=_SPEED),
    Command("practise_10", tr_later("Oefenen: de klok 10× zo snel"), Place.DOSSIER,
            words=tr_later("snelheid sneller versnellen vlugger tijd"), need=Need.PRACTICE, family=_SPEED),
    Command("practise_20", tr_later("Oefenen: de klok 20× zo snel"), Place.DOSSIER,
            words=tr_later("snelheid sneller versnellen vlugger tijd"), need=Need.PRACTICE, family=_SPEED),
    Command("preferences", tr_later("Instellingen"), Place.EVERYWHERE,
            words=tr_later(
                "voorkeuren opties taal naam weergave tekstgrootte huisstijl spelling geluid piep afkortingen "
                "afkorting groter kleiner vergroten verkleinen zoom schaal lettergrootte spellingcontrole donker "
                "licht systeem spreker blijft alleen automatisch account gebruiker alarm wekker")),
    Command("look_dark", tr_later("Weergave: donker"), Place.EVERYWHERE,
            words=tr_later("kleuren thema nacht zwart dark modus contrast donkere")),
    Command("look_light", tr_later("Weergave: licht"), Place.EVERYWHERE,
            words=tr_later("kleuren thema dag wit light modus lichte")),
    Command("look_system", tr_later("Weergave: zoals deze computer"), Place.EVERYWHERE,
            words=tr_later("kleuren thema automatisch")),
    Command("answer_message", tr_later("Doen wat het bericht voorstelt"), Place.EVERYWHERE,
            words=tr_later("melding antwoord"), need=Need.MESSAGE),
    Command("close_message", tr_later("Bericht sluiten"), Place.EVERYWHERE, words=tr_later("melding weg kruisje"),
            need=Need.MESSAGE),
    Command("calendar", tr_later("Kalender bij het datumveld"), Place.EVERYWHERE, words=tr_later("dag kiezen maand"),
            need=Need.DATE),
    Command("delete_panel", tr_later("Panelgesprek verwijderen…"), Place.DOSSIER,
            words=tr_later("weg weggooien panel wissen"), need=Need.PANEL),
    Command("restore", tr_later("Bestanden en reservekopieën…"), Place.DOSSIER,
            words=tr_later("backup terugzetten terughalen herstellen kwijt back-up quarantaine reservekopie openen wat "
                           "staat erin"),
            need=Need.DOSSIER),
    Command("recent", tr_later("Laatste dossier openen"), Place.START, words=tr_later("recent verder vorige"),
            need=Need.RECENT),
    Command("forget_recent", tr_later("Dossier van de lijst met recente halen"), Place.START,
            words=tr_later("recent verwijderen opschonen"), need=Need.RECENT),
)
