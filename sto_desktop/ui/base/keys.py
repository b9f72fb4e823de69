"""The one table of keys, from which actions are bound and the help sheet (F1) is made.

Rules, held by a test: never Ctrl with an arrow, never Ctrl+Alt, never a bare letter or digit, and whatever has an
F-key can be reached in another way. A stage that gets a new key adds a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from sto_desktop.language import tr
from sto_desktop.ui.look import plain


class KeyContext(Enum):
    """Where a key works; the value is the heading on the help sheet."""

    EVERYWHERE = "Overal"
    DOSSIER = "Dossier"
    STAGES = "Naar een scherm"
    PREPARE = "Voorbereiden"
    CONVERSATION = "Tijdens het gesprek"
    CAPTURE = "In de invoerregel"
    NOTES = "Bij de gekozen of laatste notitie"
    ELABORATE = "Uitwerken"
    REPORT = "Verslag"
    OVERVIEW = "Vogelvlucht"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One line of the table: `keys` in Qt's portable spelling, the first is the one that is shown.

    Without `bound` the key is handled by the widget that has the focus and stands here for the help sheet.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    context: KeyContext
    bound: bool = True
    family: str = ""
    """Lines with the same family are one line on the help sheet, which shows this in place of their labels."""


_SEATS = "Spreker op stoel 1 tot en met 10"
_ATTACH = "Gekozen notities koppelen aan inzicht 1 tot en met 9"
_LAST = "Een van de laatste drie labels, aan of uit"
_CARD = "Bord: gekozen kaarten verplaatsen"
_CONTRADICT = "Gekozen notities koppelen als tegengeluid"
_E, _D, _S = KeyContext.EVERYWHERE, KeyContext.DOSSIER, KeyContext.STAGES
_P, _G, _C = KeyContext.PREPARE, KeyContext.CONVERSATION, KeyContext.CAPTURE
_N = KeyContext.NOTES
_U, _R, _V = KeyContext.ELABORATE, KeyContext.REPORT, KeyContext.OVERVIEW

SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut("palette", ("Ctrl+K",), "Alles zoeken: opdrachten, vragen, panelleden, notities", _E),
    Shortcut("search", ("Ctrl+F",), "Zoeken in dit scherm", _E),
    Shortcut("undo", ("Ctrl+Z",), "Ongedaan maken", _E),
    Shortcut("redo", ("Ctrl+Y", "Ctrl+Shift+Z"), "Opnieuw", _E),
    Shortcut("history", ("Ctrl+H",), "Geschiedenis: terug naar een eerder moment", _E),
    Shortcut("help", ("F1",), "Sneltoetsen tonen", _E),
    Shortcut("new", ("Ctrl+N",), "Nieuw panelgesprek", _D),
    Shortcut("open", ("Ctrl+O",), "Dossier openen", _D),
    Shortcut("example", ("F3",), "Voorbeeld bekijken", _D),
    Shortcut("save", ("Ctrl+S",), "Nu bewaren op de eigen plek", _D),
    Shortcut("save_as", ("Ctrl+Shift+S",), "Opslaan als", _D),
    Shortcut("merge", ("Ctrl+M",), "Samenvoegen met andere dossiers", _D),
    Shortcut("share", ("Ctrl+L",), "Delen: een kopie om te mailen of mee te geven", _D),
    Shortcut("export", ("Ctrl+Shift+X",), "Exporteren naar Excel, csv, Markdown of REFI-QDA", _D),
    Shortcut("same", ("Ctrl+Shift+L",), "Dit is hetzelfde: dubbele panels, thema's en panelleden", _D),
    Shortcut("conflicts", ("Ctrl+Shift+M",), "Tegenstrijdigheden bekijken en kiezen", _D),
    Shortcut("password", ("Ctrl+Shift+W",), "Wachtwoord van dit dossier: instellen, wijzigen of verwijderen", _D),
    Shortcut("stage_start", ("Ctrl+1",), "Start", _S),
    Shortcut("stage_prepare", ("Ctrl+2",), "Voorbereiden", _S),
    Shortcut("stage_conversation", ("Ctrl+3",), "Gesprek", _S),
    Shortcut("stage_elaborate", ("Ctrl+4",), "Uitwerken", _S),
    Shortcut("stage_report", ("Ctrl+5",), "Verslag", _S),
    Shortcut("stage_overview", ("Ctrl+6",), "Vogelvlucht", _S),
    Shortcut("next_question", ("Alt+Down", "PgDown"), "Volgende vraag", _G),
    Shortcut("previous_question", ("Alt+Up", "PgUp"), "Vorige vraag", _G),
    Shortcut("probes", ("F2",), "Doorvragen tonen of verbergen", _G),
    Shortcut("pause", ("F5", "Alt+P"), "Pauzeren of verdergaan", _G),
    Shortcut("mode", ("F6",), "Wisselen tussen notulist en gespreksleider", _G),
    Shortcut("seat_1", ("Alt+1",), "Spreker op stoel 1", _G, family=_SEATS),
    Shortcut("seat_2", ("Alt+2",), "Spreker op stoel 2", _G, family=_SEATS),
    Shortcut("seat_3", ("Alt+3",), "Spreker op stoel 3", _G, family=_SEATS),
    Shortcut("seat_4", ("Alt+4",), "Spreker op stoel 4", _G, family=_SEATS),
    Shortcut("seat_5", ("Alt+5",), "Spreker op stoel 5", _G, family=_SEATS),
    Shortcut("seat_6", ("Alt+6",), "Spreker op stoel 6", _G, family=_SEATS),
    Shortcut("seat_7", ("Alt+7",), "Spreker op stoel 7", _G, family=_SEATS),
    Shortcut("seat_8", ("Alt+8",), "Spreker op stoel 8", _G, family=_SEATS),
    Shortcut("seat_9", ("Alt+9",), "Spreker op stoel 9", _G, family=_SEATS),
    Shortcut("seat_10", ("Alt+0",), "Spreker op stoel 10", _G, family=_SEATS),
    Shortcut("round", ("Alt+R",), "Rondje langs de tafel: beginnen, of de volgende aan de beurt", _G),
    Shortcut("round_back", ("Alt+L",), "Rondje: terug naar de vorige", _G),
    Shortcut("round_end", ("Alt+X",), "Rondje stoppen", _G),
    Shortcut("table", ("Alt+Z",), "Aan tafel: plaatsen, wie later komt of vertrekt, zitplan", _G),
    Shortcut("minutes", ("Alt+M",), "Minuten erbij of eraf, en wat dat kost", _G),
    Shortcut("skip_now", ("Alt+O",), "Deze vraag overslaan, of toch stellen", _G),
    Shortcut("go_open", ("Alt+G",), "Terug naar een vraag die open bleef", _G),
    Shortcut("room", ("F9", "Alt+W"), "Scherm voor de zaal tonen of weghalen", _G),
    Shortcut("moderator_window", ("Ctrl+F9",), "Tweede venster voor de gespreksleider", _G),
    Shortcut("discreet", ("F8", "Alt+V"), "Discreet: namen, notities en stilte verbergen", _G),
    Shortcut("practise", ("Ctrl+F5",), "Oefenen op een wegwerpkopie", _G),
    Shortcut("star_note", ("Alt+B",), "Belangrijk: ster bij dit moment, of bij de gekozen notitie", _G),
    Shortcut("park_note", ("Alt+T",), "Terugkomen: dit moment, of de notitie, naar de parkeerplaats", _G),
    Shortcut("probe_note", ("Alt+D",), "Doorvragen: dit moment, of de notitie, naar de parkeerplaats", _G),
    Shortcut("playback", ("Alt+S",), "Samenvatting voor het panel", _G),
    Shortcut("finish", ("Alt+A",), "Gesprek afronden", _G),
    Shortcut("move_seat", ("Shift+Right", "Shift+Left"), "Van plaats wisselen (op een naam)", _G, bound=False),
    Shortcut("capture", ("Return",), "Notitie bewaren", _C, bound=False),
    Shortcut("new_line", ("Shift+Return",), "Nieuwe regel in de notitie", _C, bound=False),
    Shortcut("edit_last", ("Up",), "Laatste notitie wijzigen (vanuit een lege regel)", _C, bound=False),
    Shortcut("complete", ("Tab",), "Aanbod overnemen; anders blijft u in de tekst (F6 gaat eruit)", _C, bound=False),
    Shortcut("quote", ("Alt+C",), "Citaat: letterlijk gezegd", _C),
    Shortcut("add_member", ("Alt+I",), "Iemand erbij: de onbekende naam achter @ als panellid toevoegen", _C),
    Shortcut("to_notes", ("Alt+N",), "Naar de notities, en terug naar de regel", _N),
    Shortcut("edit_in_place", ("Return",), "Notitie wijzigen; Enter of Esc bewaart", _N, bound=False),
    Shortcut("split_note", ("Alt+Return",), "Tijdens het wijzigen: splitsen bij de cursor", _N, bound=False),
    Shortcut("bundle_note", ("Alt+H",), "Hetzelfde: bundelen met de notitie erboven", _N),
    Shortcut("unbundle_note", ("Alt+U",), "Uit elkaar: de bundel weer losse notities maken", _N),
    Shortcut("move_note", ("Alt+E",), "Elders: verplaatsen naar een andere vraag", _N),
    Shortcut("delete_note", ("Del",), "Notitie verwijderen", _N, bound=False),
    Shortcut("erase_note", ("Alt+Del",), "Buiten verslag: voorgoed wissen", _N),
    Shortcut("details", ("Ctrl+D",), "Meer panelgegevens: verantwoording en persoonsgegevens", _P),
    Shortcut("papers", ("Ctrl+P",), "Papieren afdrukken of als Word bewaren; bij Verslag: het verslag afdrukken", _P),
    Shortcut("skip_question", ("Space",), "Vraag overslaan of weer stellen", _P, bound=False),
    Shortcut("reword_question", ("Return",), "Vraag anders verwoorden, of cel wijzigen", _P, bound=False),
    Shortcut("more_minutes", ("+",), "Een minuut meer voor de vraag", _P, bound=False),
    Shortcut("less_minutes", ("-",), "Een minuut minder voor de vraag", _P, bound=False),
    Shortcut("add_question", ("Ctrl+Return",), "Vraag toevoegen onder de gekozen vraag", _P, bound=False),
    Shortcut("add_theme", ("Ctrl+Shift+Return",), "Thema toevoegen", _P, bound=False),
    Shortcut("question_details", ("Alt+Return",), "Vraag met doorvragen, of thema wijzigen", _P, bound=False),
    Shortcut("move_up", ("Alt+Up",), "Vraag of thema omhoog", _P, bound=False),
    Shortcut("move_down", ("Alt+Down",), "Vraag of thema omlaag", _P, bound=False),
    Shortcut("remove_question", ("Del",), "Vraag of thema uit de leidraad halen", _P, bound=False),
    Shortcut("erase_member", ("Alt+Del",), "Gegevens van een panellid voorgoed wissen", _P, bound=False),
    Shortcut("paste_members", ("Ctrl+V",), "Panelleden plakken uit Excel of Word", _P, bound=False),
    Shortcut("edit_note", ("Return",), "Notitie of inzicht wijzigen", _U, bound=False),
    Shortcut("new_insight", ("I",), "Nieuw inzicht op de gekozen notities", _U, bound=False),
    Shortcut("new_recommendation", ("A",), "Nieuwe aanbeveling op de gekozen notities", _U, bound=False),
    Shortcut("confirm_kind", ("J",), "De soort klopt", _U, bound=False),
    Shortcut("star_chosen", ("S",), "Ster bij de gekozen notities", _U, bound=False),
    Shortcut("set_aside", ("O",), "Opzijleggen, of weer meenemen", _U, bound=False),
    Shortcut("move_notes", ("V",), "Verplaatsen naar een andere vraag", _U, bound=False),
    Shortcut("bundle_chosen", ("B",), "Gekozen notities bundelen, of de bundel uit elkaar", _U, bound=False),
    Shortcut("split_chosen", ("Alt+Return",), "Tijdens het wijzigen: splitsen bij de cursor", _U, bound=False),
    Shortcut("assign_speaker", ("W",), "Wie zei de gekozen notities", _U, bound=False),
    Shortcut("label_chosen", ("L",), "Labels van de gekozen notities", _U, bound=False),
    Shortcut("label_1", ("Z",), "Een van de laatste drie labels, aan of uit", _U, bound=False, family=_LAST),
    Shortcut("label_2", ("X",), "Een van de laatste drie labels, aan of uit", _U, bound=False, family=_LAST),
    Shortcut("label_3", ("C",), "Een van de laatste drie labels, aan of uit", _U, bound=False, family=_LAST),
    Shortcut("note_history", ("H",), "Geschiedenis van de gekozen notitie", _U, bound=False),
    Shortcut("card_left", ("Alt+Left",), "Bord: kaart naar de kolom ernaast", _U, bound=False, family=_CARD),
    Shortcut("card_right", ("Alt+Right",), "Bord: kaart naar de kolom ernaast", _U, bound=False, family=_CARD),
    Shortcut("card_up", ("Alt+Up",), "Bord: kaart hoger of lager", _U, bound=False, family=_CARD),
    Shortcut("card_down", ("Alt+Down",), "Bord: kaart hoger of lager", _U, bound=False, family=_CARD),
    Shortcut("attach_1", ("1",), "Koppelen aan het inzicht met dat nummer", _U, bound=False, family=_ATTACH),
    Shortcut("attach_9", ("9",), "Koppelen aan het inzicht met dat nummer", _U, bound=False, family=_ATTACH),
    Shortcut("contradict_1", ("Alt+1",), "Koppelen als tegengeluid", _U, bound=False, family=_CONTRADICT),
    Shortcut("contradict_9", ("Alt+9",), "Koppelen als tegengeluid", _U, bound=False, family=_CONTRADICT),
    Shortcut("attach_chosen", ("K",), "Op een inzicht: wat gekozen is eraan koppelen", _U, bound=False),
    Shortcut("contradict_chosen", ("T",), "Op een inzicht: wat gekozen is als tegengeluid", _U, bound=False),
    Shortcut("pick_insight", ("Space",), "Conclusies: inzicht kiezen of loslaten", _U, bound=False),
    Shortcut("delete_chosen", ("Del",), "Verwijderen", _U, bound=False),
    Shortcut("save_word", ("Ctrl+E",), "Verslag opslaan als Word; bij Vogelvlucht: de vogelvlucht", _R),
    Shortcut("open_word", ("Ctrl+Shift+E",), "Verslag opslaan en openen in Word", _R),
    Shortcut("copy_report", ("Ctrl+Shift+C",), "Verslag kopiëren als tekst", _R),
    Shortcut("move_part", ("Alt+Up", "Alt+Down"), "Onderdeel omhoog of omlaag", _R, bound=False),
    Shortcut("rename_part", ("Return",), "Onderdeel anders noemen", _R, bound=False),
    Shortcut("open_cell", ("Return",), "In een vak: naar de inzichten die erachter zitten", _V, bound=False),
    Shortcut("pick_finding", ("Space",), "Inzicht kiezen of loslaten", _V, bound=False),
    Shortcut("finding_notes", ("Return",), "Op een inzicht: de notities tonen of verbergen", _V, bound=False),
    Shortcut("finding_back", ("Esc",), "Terug naar het overzicht", _V, bound=False),
    Shortcut("overall_insight", ("I",), "Nieuw inzicht over de panels, op wat gekozen is", _V, bound=False),
    Shortcut("overall_recommendation", ("A",), "Nieuwe aanbeveling van het programma", _V, bound=False),
    Shortcut(
        "attach_overall", ("1",), "Koppelen aan het inzicht met dat nummer (Alt: als tegengeluid)", _V, bound=False
    ),
    Shortcut("edit_line", ("Return",), "Plan: de gekozen aanbeveling invullen", _V, bound=False),
    Shortcut("same_lines", ("G",), "Plan: de gekozen aanbevelingen zeggen hetzelfde", _V, bound=False),
    Shortcut("apart_lines", ("L",), "Plan: weer losmaken wat hetzelfde zei", _V, bound=False),
    Shortcut("order_lines", ("Alt+Up", "Alt+Down"), "Plan: aanbeveling hoger of lager", _V, bound=False),
    Shortcut("drop_line", ("Del",), "Plan: uit het plan halen", _V, bound=False),
)

BY_ID: dict[str, Shortcut] = {one.id: one for one in SHORTCUTS}

_SYMBOLS = {
    "Down": "↓",
    "Up": "↑",
    "Left": "←",
    "Right": "→",
    "Return": "Enter",
    "PgDown": "PgDn",
    "Del": "Delete",
    "Space": "spatie",
}


def shown(keys: str) -> str:
    """Return a key sequence as people read it on the keyboard: "Ctrl+N" becomes "Ctrl N", "Alt+Down" "Alt ↓"."""
    if keys == "+":
        return keys
    return " ".join(_SYMBOLS.get(part, part) for part in keys.split("+"))


def hint(shortcut_id: str) -> str:
    """Return the shown first key of a line of the table."""
    return shown(BY_ID[shortcut_id].keys[0])


def bind(
    shortcut_id: str,
    owner: QWidget,
    slot: Callable[[], object],
    *,
    text: str | None = None,
    everywhere: bool = False,
    keys: Sequence[str] | None = None,
) -> QAction:
    """Make the action of a line of the table and add it to `owner`, in and below which its keys work.

    `everywhere`: in the whole window. `keys`: only these of the line's keys. The action's text is the line's label
    unless `text` says otherwise; the palette (Ctrl+K) offers every action of the window and of the stage on show.
    """
    line = BY_ID[shortcut_id]
    action = QAction(plain.word(tr(line.label) if text is None else text), owner)
    action.setObjectName(line.id)
    if line.bound:
        action.setShortcuts([QKeySequence(one) for one in (line.keys if keys is None else keys)])
    context = Qt.ShortcutContext.WindowShortcut if everywhere else Qt.ShortcutContext.WidgetWithChildrenShortcut
    action.setShortcutContext(context)
    action.triggered.connect(lambda _checked=False: slot())
    owner.addAction(action)
    return action
