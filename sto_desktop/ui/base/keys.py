"""The table of keyboard shortcuts, from which actions are bound and the help sheet (F1) is made.

Rules, checked by a test: no Ctrl with an arrow, no Ctrl+Alt, no bare letter or digit, and everything with an F-key can
be reached in another way. A held key does its work once. A stage that needs a new key adds a row here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from sto_desktop.language import tr, tr_later
from sto_desktop.ui.look import plain


class KeyContext(Enum):
    """Where a key works; the value is the heading on the help sheet."""

    EVERYWHERE = tr_later("Overal")
    DOSSIER = tr_later("Dossier")
    STAGES = tr_later("Naar een scherm")
    PREPARE = tr_later("Voorbereiden")
    CONVERSATION = tr_later("Tijdens het gesprek")
    CAPTURE = tr_later("In de invoerregel")
    NOTES = tr_later("Bij de gekozen of laatste notitie")
    ELABORATE = tr_later("Uitwerken")
    REPORT = tr_later("Verslag")
    OVERVIEW = tr_later("Vogelvlucht")


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One row of the table: `keys` in Qt's portable spelling, of which the first is displayed.

    If `bound` is False, the focused widget handles the key and the row exists only for the help sheet.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    context: KeyContext
    bound: bool = True
    family: str = ""
    """Rows of the same family share one line on the help sheet, which shows this text in place of their labels."""


_SEATS = tr_later("Spreker op stoel 1 tot en met 10")
_ATTACH = tr_later("Gekozen notities koppelen aan inzicht 1 tot en met 9")
_LAST = tr_later("Een van de laatste drie labels, aan of uit")
_CARD = tr_later("Bord: gekozen kaarten verplaatsen")
_CONTRADICT = tr_later("Gekozen notities koppelen als tegengeluid")
_E, _D, _S = KeyContext.EVERYWHERE, KeyContext.DOSSIER, KeyContext.STAGES
_P, _G, _C = KeyContext.PREPARE, KeyContext.CONVERSATION, KeyContext.CAPTURE
_N = KeyContext.NOTES
_U, _R, _V = KeyContext.ELABORATE, KeyContext.REPORT, KeyContext.OVERVIEW

SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut("palette", ("Ctrl+K",), tr_later("Alles zoeken: opdrachten, vragen, panelleden, notities"), _E),
    Shortcut("search", ("Ctrl+F",), tr_later("Zoeken in dit scherm"), _E),
    Shortcut("undo", ("Ctrl+Z",), tr_later("Ongedaan maken"), _E),
    Shortcut("redo", ("Ctrl+Y", "Ctrl+Shift+Z"), tr_later("Opnieuw"), _E),
    Shortcut("history", ("Ctrl+H",), tr_later("Geschiedenis: terug naar een eerder moment"), _E),
    Shortcut("help", ("F1",), tr_later("Sneltoetsen tonen"), _E),
    Shortcut("new", ("Ctrl+N",), tr_later("Nieuw panelgesprek"), _D),
    Shortcut("open", ("Ctrl+O",), tr_later("Dossier openen"), _D),
    Shortcut("example", ("F3",), tr_later("Voorbeeld bekijken"), _D),
    Shortcut("save", ("Ctrl+S",), tr_later("Nu bewaren op de eigen plek"), _D),
    Shortcut("save_as", ("Ctrl+Shift+S",), tr_later("Opslaan als"), _D),
    Shortcut("merge", ("Ctrl+M",), tr_later("Samenvoegen met andere dossiers"), _D),
    Shortcut("share", ("Ctrl+L",), tr_later("Delen: een kopie om te mailen of mee te geven"), _D),
    Shortcut("export", ("Ctrl+Shift+X",), tr_later("Exporteren naar Excel, csv, Markdown of REFI-QDA"), _D),
    Shortcut("same", ("Ctrl+Shift+L",), tr_later("Dit is hetzelfde: dubbele panels, thema's en panelleden"), _D),
    Shortcut("conflicts", ("Ctrl+Shift+M",), tr_later("Tegenstrijdigheden bekijken en kiezen"), _D),
    Shortcut(
        "password", ("Ctrl+Shift+W",), tr_later("Wachtwoord van dit dossier: instellen, wijzigen of verwijderen"), _D
    ),
    Shortcut("stage_start", ("Ctrl+1",), tr_later("Start"), _S),
    Shortcut("stage_prepare", ("Ctrl+2",), tr_later("Voorbereiden"), _S),
    Shortcut("stage_conversation", ("Ctrl+3",), tr_later("Gesprek"), _S),
    Shortcut("stage_elaborate", ("Ctrl+4",), tr_later("Uitwerken"), _S),
    Shortcut("stage_report", ("Ctrl+5",), tr_later("Verslag"), _S),
    Shortcut("stage_overview", ("Ctrl+6",), tr_later("Vogelvlucht"), _S),
    Shortcut("next_question", ("Alt+Down", "PgDown"), tr_later("Volgende vraag"), _G),
    Shortcut("previous_question", ("Alt+Up", "PgUp"), tr_later("Vorige vraag"), _G),
    Shortcut("probes", ("F2",), tr_later("Doorvragen tonen of verbergen"), _G),
    Shortcut("pause", ("F5", "Alt+P"), tr_later("Pauzeren of verdergaan"), _G),
    Shortcut("mode", ("F7", "Alt+K"), tr_later("Wisselen tussen notulist en gespreksleider"), _G),
    Shortcut(
        "alone", ("F4", "Ctrl+F7"), tr_later("Alleen: een persoon leidt en schrijft; na elk thema drie regels"), _G
    ),
    Shortcut("next_pane", ("F6",), tr_later("Naar het volgende deel van het scherm; Esc gaat terug naar de regel"), _G),
    Shortcut("previous_pane", ("Shift+F6",), tr_later("Naar het vorige deel van het scherm"), _G),
    Shortcut("seat_1", ("Alt+1",), tr_later("Spreker op stoel 1"), _G, family=_SEATS),
    Shortcut("seat_2", ("Alt+2",), tr_later("Spreker op stoel 2"), _G, family=_SEATS),
    Shortcut("seat_3", ("Alt+3",), tr_later("Spreker op stoel 3"), _G, family=_SEATS),
    Shortcut("seat_4", ("Alt+4",), tr_later("Spreker op stoel 4"), _G, family=_SEATS),
    Shortcut("seat_5", ("Alt+5",), tr_later("Spreker op stoel 5"), _G, family=_SEATS),
    Shortcut("seat_6", ("Alt+6",), tr_later("Spreker op stoel 6"), _G, family=_SEATS),
    Shortcut("seat_7", ("Alt+7",), tr_later("Spreker op stoel 7"), _G, family=_SEATS),
    Shortcut("seat_8", ("Alt+8",), tr_later("Spreker op stoel 8"), _G, family=_SEATS),
    Shortcut("seat_9", ("Alt+9",), tr_later("Spreker op stoel 9"), _G, family=_SEATS),
    Shortcut("seat_10", ("Alt+0",), tr_later("Spreker op stoel 10"), _G, family=_SEATS),
    Shortcut("round", ("Alt+R",), tr_later("Rondje langs de tafel: beginnen, of de volgende aan de beurt"), _G),
    Shortcut("round_back", ("Alt+L",), tr_later("Rondje: terug naar de vorige"), _G),
    Shortcut("round_end", ("Alt+X",), tr_later("Rondje stoppen"), _G),
    Shortcut("table", ("Alt+Z",), tr_later("Aan tafel: plaatsen, wie later komt of vertrekt, zitplan"), _G),
    Shortcut("arrival", ("Alt+J",), tr_later("Binnenkomst: wie er is, formulier, naam, citaat; gasten erbij"), _G),
    Shortcut("from_paper", ("Alt+Y",), tr_later("Van papier uittypen: zonder klok en zonder tijden"), _G),
    Shortcut("written", ("Alt+Q",), tr_later("Schriftelijke inbreng van wie er niet bij kon zijn"), _G),
    Shortcut("minutes", ("Alt+M",), tr_later("Minuten erbij of eraf, en wat dat kost"), _G),
    Shortcut("skip_now", ("Alt+O",), tr_later("Deze vraag overslaan, of toch stellen"), _G),
    Shortcut("go_open", ("Alt+G",), tr_later("Terug naar een vraag die open bleef"), _G),
    Shortcut("room", ("F9", "Alt+W"), tr_later("Scherm voor de zaal tonen of weghalen"), _G),
    Shortcut("moderator_window", ("Ctrl+F9",), tr_later("Tweede venster voor de gespreksleider"), _G),
    Shortcut("discreet", ("F8", "Alt+V"), tr_later("Discreet: namen, notities en stilte verbergen"), _G),
    Shortcut("practise", ("Ctrl+F5",), tr_later("Oefenen op een wegwerpkopie"), _G),
    Shortcut("star_note", ("Alt+B",), tr_later("Belangrijk: ster bij dit moment, of bij de gekozen notitie"), _G),
    Shortcut("park_note", ("Alt+T",), tr_later("Terugkomen: dit moment, of de notitie, naar de parkeerplaats"), _G),
    Shortcut("probe_note", ("Alt+D",), tr_later("Doorvragen: dit moment, of de notitie, naar de parkeerplaats"), _G),
    Shortcut("playback", ("Alt+S",), tr_later("Samenvatting voor het panel"), _G),
    Shortcut("finish", ("Alt+A",), tr_later("Gesprek afronden"), _G),
    Shortcut(
        "move_seat", ("Shift+Right", "Shift+Left"), tr_later("Van plaats wisselen (op een naam)"), _G, bound=False
    ),
    Shortcut("capture", ("Return",), tr_later("Notitie bewaren"), _C, bound=False),
    Shortcut("new_line", ("Shift+Return",), tr_later("Nieuwe regel in de notitie"), _C, bound=False),
    Shortcut("edit_last", ("Up",), tr_later("Laatste notitie wijzigen (vanuit een lege regel)"), _C, bound=False),
    Shortcut(
        "complete", ("Tab",), tr_later("Aanbod overnemen; anders blijft u in de tekst (F6 gaat eruit)"), _C, bound=False
    ),
    Shortcut("quote", ("Alt+C",), tr_later("Citaat: letterlijk gezegd"), _C),
    Shortcut("add_member", ("Alt+I",), tr_later("Iemand erbij: de onbekende naam achter @ als panellid toevoegen"), _C),
    Shortcut("to_notes", ("Alt+N",), tr_later("Naar de notities, en terug naar de regel"), _N),
    Shortcut("edit_in_place", ("Return",), tr_later("Notitie wijzigen; Enter of Esc bewaart"), _N, bound=False),
    Shortcut("split_note", ("Alt+Return",), tr_later("Tijdens het wijzigen: splitsen bij de cursor"), _N, bound=False),
    Shortcut("bundle_note", ("Alt+H",), tr_later("Hetzelfde: bundelen met de notitie erboven"), _N),
    Shortcut("unbundle_note", ("Alt+U",), tr_later("Uit elkaar: de bundel weer losse notities maken"), _N),
    Shortcut("move_note", ("Alt+E",), tr_later("Elders: verplaatsen naar een andere vraag"), _N),
    Shortcut("agree_note", ("Alt+F",), tr_later("Afspraak of open vraag: wie, voor wanneer, antwoord"), _N),
    Shortcut("delete_note", ("Del",), tr_later("Notitie verwijderen"), _N, bound=False),
    Shortcut("erase_note", ("Alt+Del",), tr_later("Buiten verslag: voorgoed wissen"), _N),
    Shortcut("details", ("Ctrl+D",), tr_later("Meer panelgegevens: verantwoording en persoonsgegevens"), _P),
    Shortcut(
        "papers",
        ("Ctrl+P",),
        tr_later("Papieren afdrukken of als Word bewaren; bij Verslag: het verslag afdrukken"),
        _P,
    ),
    Shortcut("skip_question", ("Space",), tr_later("Vraag overslaan of weer stellen"), _P, bound=False),
    Shortcut("reword_question", ("Return",), tr_later("Vraag anders verwoorden, of cel wijzigen"), _P, bound=False),
    Shortcut("more_minutes", ("+",), tr_later("Een minuut meer voor de vraag"), _P, bound=False),
    Shortcut("less_minutes", ("-",), tr_later("Een minuut minder voor de vraag"), _P, bound=False),
    Shortcut("add_question", ("Ctrl+Return",), tr_later("Vraag toevoegen onder de gekozen vraag"), _P, bound=False),
    Shortcut("add_theme", ("Ctrl+Shift+Return",), tr_later("Thema toevoegen"), _P, bound=False),
    Shortcut("question_details", ("Alt+Return",), tr_later("Vraag met doorvragen, of thema wijzigen"), _P, bound=False),
    Shortcut("move_up", ("Alt+Up",), tr_later("Vraag of thema omhoog"), _P, bound=False),
    Shortcut("move_down", ("Alt+Down",), tr_later("Vraag of thema omlaag"), _P, bound=False),
    Shortcut("remove_question", ("Del",), tr_later("Vraag of thema uit de leidraad halen"), _P, bound=False),
    Shortcut("erase_member", ("Alt+Del",), tr_later("Gegevens van een panellid voorgoed wissen"), _P, bound=False),
    Shortcut("paste_members", ("Ctrl+V",), tr_later("Panelleden plakken uit Excel of Word"), _P, bound=False),
    Shortcut("edit_note", ("Return",), tr_later("Notitie of inzicht wijzigen"), _U, bound=False),
    Shortcut("new_insight", ("I",), tr_later("Nieuw inzicht op de gekozen notities"), _U, bound=False),
    Shortcut("new_recommendation", ("A",), tr_later("Nieuwe aanbeveling op de gekozen notities"), _U, bound=False),
    Shortcut("confirm_kind", ("J",), tr_later("De soort klopt"), _U, bound=False),
    Shortcut("star_chosen", ("S",), tr_later("Ster bij de gekozen notities"), _U, bound=False),
    Shortcut("set_aside", ("O",), tr_later("Opzijleggen, of weer meenemen"), _U, bound=False),
    Shortcut("move_notes", ("V",), tr_later("Verplaatsen naar een andere vraag"), _U, bound=False),
    Shortcut("bundle_chosen", ("B",), tr_later("Gekozen notities bundelen, of de bundel uit elkaar"), _U, bound=False),
    Shortcut(
        "split_chosen", ("Alt+Return",), tr_later("Tijdens het wijzigen: splitsen bij de cursor"), _U, bound=False
    ),
    Shortcut("assign_speaker", ("W",), tr_later("Wie zei de gekozen notities"), _U, bound=False),
    Shortcut("label_chosen", ("L",), tr_later("Labels van de gekozen notities"), _U, bound=False),
    Shortcut("label_1", ("Z",), tr_later("Een van de laatste drie labels, aan of uit"), _U, bound=False, family=_LAST),
    Shortcut("label_2", ("X",), tr_later("Een van de laatste drie labels, aan of uit"), _U, bound=False, family=_LAST),
    Shortcut("label_3", ("C",), tr_later("Een van de laatste drie labels, aan of uit"), _U, bound=False, family=_LAST),
    Shortcut("agree_chosen", ("F",), tr_later("Afspraak of open vraag: wie, voor wanneer, antwoord"), _U, bound=False),
    Shortcut("note_history", ("H",), tr_later("Geschiedenis van de gekozen notitie"), _U, bound=False),
    Shortcut("card_left", ("Alt+Left",), tr_later("Bord: kaart naar de kolom ernaast"), _U, bound=False, family=_CARD),
    Shortcut(
        "card_right", ("Alt+Right",), tr_later("Bord: kaart naar de kolom ernaast"), _U, bound=False, family=_CARD
    ),
    Shortcut("card_up", ("Alt+Up",), tr_later("Bord: kaart hoger of lager"), _U, bound=False, family=_CARD),
    Shortcut("card_down", ("Alt+Down",), tr_later("Bord: kaart hoger of lager"), _U, bound=False, family=_CARD),
    Shortcut("attach_1", ("1",), tr_later("Koppelen aan het inzicht met dat nummer"), _U, bound=False, family=_ATTACH),
    Shortcut("attach_9", ("9",), tr_later("Koppelen aan het inzicht met dat nummer"), _U, bound=False, family=_ATTACH),
    Shortcut("contradict_1", ("Alt+1",), tr_later("Koppelen als tegengeluid"), _U, bound=False, family=_CONTRADICT),
    Shortcut("contradict_9", ("Alt+9",), tr_later("Koppelen als tegengeluid"), _U, bound=False, family=_CONTRADICT),
    Shortcut("attach_chosen", ("K",), tr_later("Op een inzicht: wat gekozen is eraan koppelen"), _U, bound=False),
    Shortcut("contradict_chosen", ("T",), tr_later("Op een inzicht: wat gekozen is als tegengeluid"), _U, bound=False),
    Shortcut("pick_insight", ("Space",), tr_later("Conclusies: inzicht kiezen of loslaten"), _U, bound=False),
    Shortcut("delete_chosen", ("Del",), tr_later("Verwijderen"), _U, bound=False),
    Shortcut("save_word", ("Ctrl+E",), tr_later("Verslag opslaan als Word; bij Vogelvlucht: de vogelvlucht"), _R),
    Shortcut("open_word", ("Ctrl+Shift+E",), tr_later("Verslag opslaan en openen in Word"), _R),
    Shortcut("copy_report", ("Ctrl+Shift+C",), tr_later("Verslag kopiëren als tekst"), _R),
    Shortcut("move_part", ("Alt+Up", "Alt+Down"), tr_later("Onderdeel omhoog of omlaag"), _R, bound=False),
    Shortcut("rename_part", ("Return",), tr_later("Onderdeel anders noemen"), _R, bound=False),
    Shortcut("open_cell", ("Return",), tr_later("In een vak: naar de inzichten die erachter zitten"), _V, bound=False),
    Shortcut("pick_finding", ("Space",), tr_later("Inzicht kiezen of loslaten"), _V, bound=False),
    Shortcut("finding_notes", ("Return",), tr_later("Op een inzicht: de notities tonen of verbergen"), _V, bound=False),
    Shortcut("finding_back", ("Esc",), tr_later("Terug naar het overzicht"), _V, bound=False),
    Shortcut("overall_insight", ("I",), tr_later("Nieuw inzicht over de panels, op wat gekozen is"), _V, bound=False),
    Shortcut("overall_recommendation", ("A",), tr_later("Nieuwe aanbeveling van het programma"), _V, bound=False),
    Shortcut(
        "attach_overall",
        ("1",),
        tr_later("Koppelen aan het inzicht met dat nummer (Alt: als tegengeluid)"),
        _V,
        bound=False,
    ),
    Shortcut("edit_line", ("Return",), tr_later("Plan: de gekozen aanbeveling invullen"), _V, bound=False),
    Shortcut("same_lines", ("G",), tr_later("Plan: de gekozen aanbevelingen zeggen hetzelfde"), _V, bound=False),
    Shortcut("apart_lines", ("L",), tr_later("Plan: weer losmaken wat hetzelfde zei"), _V, bound=False),
    Shortcut("order_lines", ("Alt+Up", "Alt+Down"), tr_later("Plan: aanbeveling hoger of lager"), _V, bound=False),
    Shortcut("drop_line", ("Del",), tr_later("Plan: uit het plan halen"), _V, bound=False),
)

AZERTY = dict(zip("1234567890", "&É\"'(§È!ÇÀ", strict=True))
"""What the digits of the row above the letters give without Shift on a Belgian keyboard: the same keys."""

_REPEATING = ("undo", "redo")
"""Shortcuts that repeat while the key is held: they stop by themselves (`undo`). Any other does its work once."""

BY_ID: dict[str, Shortcut] = {shortcut.id: shortcut for shortcut in SHORTCUTS}

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
    """Return a key sequence as printed on the keyboard: "Ctrl+N" becomes "Ctrl N", "Alt+Down" "Alt ↓"."""
    if keys == "+":
        return keys
    return " ".join(_SYMBOLS.get(part, part) for part in keys.split("+"))


def hint(shortcut_id: str) -> str:
    """Return the displayed first key of a row of the table."""
    return shown(BY_ID[shortcut_id].keys[0])


def sequences(shortcut_keys: Sequence[str]) -> list[str]:
    """Return the key sequences to bind for those of the table: a digit has a twin on a Belgian keyboard."""
    twins = (f"{keys[:-1]}{AZERTY[keys[-1]]}" for keys in shortcut_keys if keys[-1] in AZERTY and keys[-2:-1] == "+")
    return [*shortcut_keys, *twins]


def bind(
    shortcut_id: str,
    owner: QWidget,
    slot: Callable[[], object],
    *,
    text: str | None = None,
    everywhere: bool = False,
    keys: Sequence[str] | None = None,
) -> QAction:
    """Create the action of a table row and add it to `owner`; its keys work in `owner` and its children.

    `everywhere`: in the whole window. `keys`: only these of the row's keys. The action's text is the row's label unless
    `text` is given; the palette (Ctrl+K) offers every action of the window and of the stage on show.
    """
    line = BY_ID[shortcut_id]
    action = QAction(plain.word(tr(line.label) if text is None else text), owner)
    action.setObjectName(line.id)
    if line.bound:
        action.setShortcuts([QKeySequence(key) for key in sequences(line.keys if keys is None else keys)])
    action.setAutoRepeat(shortcut_id in _REPEATING)
    context = Qt.ShortcutContext.WindowShortcut if everywhere else Qt.ShortcutContext.WidgetWithChildrenShortcut
    action.setShortcutContext(context)
    action.triggered.connect(lambda _checked=False: slot())
    owner.addAction(action)
    return action
