"""The data of a command: its name, where it works, its keys, other words for it, and what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from sto_desktop.language import tr_later


class Need(Enum):
    """What a command needs before it can be done; the value is the message if that is missing."""

    NOTHING = tr_later("Dat kan hier nu niet.")
    DOSSIER = tr_later("Er is nog geen dossier open. Begin met «Nieuw panelgesprek», of open er een.")
    OPENED = tr_later("Het dossier wordt nog geopend; daarna kan dit.")
    READ = tr_later("De panels worden nog gelezen; daarna kan dit.")
    PANEL = tr_later("Er is nog geen panelgesprek. Begin er een met «Nieuw panelgesprek».")
    UNDO = tr_later("Er is niets om ongedaan te maken.")
    REDO = tr_later("Er is niets om opnieuw te doen.")
    FIELD = tr_later("U staat niet in een veld.")
    DATE = tr_later("Op dit scherm staat geen datumveld.")
    PRACTICE = tr_later("U bent nu niet aan het oefenen. Begin met «Oefenen op een wegwerpkopie».")
    MESSAGE = tr_later("Er staat geen bericht.")
    RECENT = tr_later("Er zijn nog geen recente dossiers.")
    JOB = tr_later("Er is niets bezig.")
    GUIDE = tr_later("Dit panel heeft nog geen leidraad.")
    GUIDE_ROW = tr_later("Kies eerst een vraag of thema in de leidraad.")
    QUESTION = tr_later("Kies eerst een vraag in de leidraad.")
    REWORDED = tr_later("Kies eerst een vraag die voor dit panel anders is verwoord.")
    LEFT_OUT = tr_later("Er is geen vraag zonder ★ meer om over te slaan.")
    MEMBER = tr_later("Kies eerst een panellid in de lijst.")
    MEMBERS = tr_later("Er zijn nog geen panelleden.")
    OTHERS = tr_later("Er staan geen panelleden van andere panels in dit dossier.")
    PANELS = tr_later("In dit dossier staat maar één panelgesprek.")
    QUESTIONS = tr_later("Dit panelgesprek heeft nog geen vragen om te stellen.")
    BEGUN = tr_later("Er is nog geen gesprek begonnen.")
    NOT_BEGUN = tr_later("Het gesprek is al begonnen.")
    ROUND = tr_later("Er is geen rondje bezig.")
    PAUSE = tr_later("Er is geen pauze.")
    OPEN = tr_later("Er is geen vraag overgeslagen die nog open is.")
    SUMMARY = tr_later("Dat kan als de samenvatting wordt teruggelezen.")
    PARKED = tr_later("Er staat niets op de parkeerplaats.")
    ROOM_NOTES = tr_later("Toon eerst de laatste notities op het scherm voor de zaal.")
    ELSEWHERE = tr_later("De notitie die u typt, hoort al bij deze vraag.")
    UNKNOWN_NAME = tr_later("Typ eerst @ met een naam die nog niet bekend is.")
    SEAT = tr_later("Op die stoel zit niemand.")
    NOTE = tr_later("Er is nog geen notitie bij deze vraag.")
    EDITING = tr_later("Wijzig eerst een notitie; dan splitst dit haar bij de cursor.")
    NOTES = tr_later("Er zijn nog geen notities.")
    CHOSEN = tr_later("Kies eerst een of meer notities in de lijst.")
    LABELS = tr_later("Kies eerst notities, en geef een label; de laatste drie komen hier.")
    CARD = tr_later("Kies eerst een inzicht of aanbeveling.")
    NARROWED = tr_later("De lijst is niet gefilterd: alles is al te zien.")
    GAP = tr_later("Bij elke vraag met notities staat een inzicht.")
    MATERIAL = tr_later("Er is nog niets om over te schrijven: er zijn geen notities.")
    PAPER = tr_later("Kies eerst een papier met tekst; naamkaarten zijn er alleen om af te drukken.")
    EACH = tr_later("Kies eerst een papier waarvan ieder een eigen heeft: Panelcheck of Afspraken.")
    FORM = tr_later("Dat hoort niet bij deze vorm van het verslag.")
    PART = tr_later("Kies eerst een onderdeel in de lijst.")
    OWN_TITLE = tr_later("Dit onderdeel heet al zoals altijd.")
    OWN_STYLE = tr_later("Het verslag heeft al de huisstijl van STO Twente.")
    NAMES = tr_later("Er staan geen namen in de tekst om na te kijken.")
    YEARS = tr_later("Alle panels zijn van hetzelfde jaar.")
    CELL = tr_later("Kies eerst een vak in het overzicht.")
    FINDING = tr_later("Kies eerst een inzicht rechts van het overzicht.")
    LINE = tr_later("Kies eerst een aanbeveling in het plan.")
    LINES = tr_later("Kies eerst twee of meer aanbevelingen in het plan.")


class Place(Enum):
    """Where commands work: the heading on the help sheet, the code of the stage ("": any), and the view in it ("":
    any).
    """

    EVERYWHERE = (tr_later("Overal"), "", "")
    DOSSIER = (tr_later("Dossier"), "", "")
    STAGES = (tr_later("Naar een scherm"), "", "")
    START = (tr_later("Start"), "start", "")
    GUIDE = (tr_later("Voorbereiden"), "prepare", "guide")
    PREPARE = (tr_later("Voorbereiden"), "prepare", "")
    MEMBERS = (tr_later("Panelleden"), "prepare", "members")
    PAPERS = (tr_later("Papieren"), "prepare", "papers")
    DETAILS = (tr_later("Panelgegevens"), "prepare", "details")
    CAPTURE = (tr_later("In de invoerregel"), "conversation", "")
    CONVERSATION = (tr_later("Tijdens het gesprek"), "conversation", "")
    NOTES = (tr_later("Bij de gekozen of laatste notitie"), "conversation", "")
    ELABORATE = (tr_later("Uitwerken"), "elaborate", "")
    LIST = (tr_later("Uitwerken"), "elaborate", "notes")
    BOARD = (tr_later("Uitwerken: bord"), "elaborate", "board")
    CONCLUSIONS = (tr_later("Uitwerken: conclusies"), "elaborate", "conclusions")
    CROSSING = (tr_later("Uitwerken: matrix"), "elaborate", "matrix")
    DEBRIEF = (tr_later("Uitwerken: terugblik"), "elaborate", "debrief")
    REPORT = (tr_later("Verslag"), "report", "")
    OVERVIEW = (tr_later("Vogelvlucht"), "overview", "")
    MATRIX = (tr_later("Vogelvlucht"), "overview", "matrix")
    PLAN = (tr_later("Vogelvlucht: plan"), "overview", "plan")
    FIGURES = (tr_later("Vogelvlucht: figuren"), "overview", "figures")

    def __init__(self, heading: str, stage: str, view: str) -> None:
        self.heading = heading
        self.stage = stage
        self.view = view


@dataclass(frozen=True, slots=True)
class Command:
    """One command. Texts are source texts: pass them through `tr`.

    `keys` are in Qt's portable notation; the first is displayed. If `bound` is False, the focused widget handles them
    itself.
    `words`: other words by which people search for it. `need` says why it can't be done when it can't.
    Commands of the same `family` share one line on the help sheet, which shows this text in place of their names.
    """

    id: str
    name: str
    place: Place
    keys: tuple[str, ...] = ()
    words: str = ""
    need: Need = Need.NOTHING
    bound: bool = True
    family: str = ""
