"""Recognises the columns of a table of notes: by its headings, wherever they stand, or by what stands below them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from sto_desktop.domain.names.ordinary_words import is_persons_name
from sto_desktop.domain.people import squeeze
from sto_desktop.domain.seats import seats_in
from sto_desktop.domain.typed import whole_number
from sto_desktop.domain.vocabulary import Aspect, Consent
from sto_desktop.exchange.files.form import (
    HEADER_WITHIN,
    CellForm,
    filled,
    form_of,
    form_of_column,
    is_code_row,
    is_full_name,
    looks_like_headings,
    looks_like_name,
)
from sto_desktop.exchange.members.panelists_columns import consent, heading, named_column
from sto_desktop.exchange.notes.lines.spoken import MARK_WORDS
from sto_desktop.exchange.notes.lines.turns import name_like

ANSWER = "answer"
"""The meaning of a column of answers, of which there may be several: its heading is the question."""

COLUMNS: Mapping[str, str] = {
    "text": "notitie|notities|tekst|uitspraak|inbreng|opmerking|opmerkingen|antwoord|antwoorden|reactie|reacties|wat"
    "|bespreking|besproken|inhoud|bijdrage|quote|content|text|note|comment|body|message|bericht|answer|answers|response|responses",
    ANSWER: "",
    "action": "actie|acties|actiepunt|actiepunten|afspraak|afspraken|taak|action|to do",
    "panel": "panel|panelgesprek|gesprek",
    "subregion": "subregio|regio",
    "date": "datum",
    "time": "tijd|tijdstip|tijdstempel|timestamp|ingezonden op|ingevuld op|begintijd|starttijd|start time|time"
    "|startdate|start date|recorded date|datum ingestuurd|created at|posted at",
    "theme": "thema|onderwerp|hoofdstuk|agendapunt|section|topic|theme",
    "question": "vraag|deelvraag|question|poll question",
    "kind": "soort|type|categorie|aspect",
    "says": "zegt|spreker|wie|naam|panellid|deelnemer|respondent|wie bent u|uw naam|je naam|name|speaker|ingevuld door"
    "|door|hoe heet je|hoe heet u|wat is je naam|wat is uw naam|inbrenger|ingebracht door|wie zegt het|author|auteur"
    "|afzender|inzender|sender|wie zei het|wie zei dit|gezegd door|genoemd door|inbreng van|posted by|user name"
    "|opgemerkt door|reactie van|opmerking van|geuit door",
    "agrees": "bijval|eens|mee eens",
    "disagrees": "tegenspraak|oneens|niet mee eens",
    "about": "over|over wie|gaat over",
    "owner": "eigenaar|actiehouder|door wie|wie doet het|verantwoordelijk|verantwoordelijke|owner|uitvoerder",
    "due": "wanneer|deadline|voor wanneer|gereed|gereed op|klaar op|klaar|klaar voor|datum gereed|uiterlijk|due"
    "|vervaldatum",
    "outcome": "uitkomst|antwoord op de actie",
    "tags": "labels|label|tags|tag|trefwoorden|trefwoord",
    "star": "ster|belangrijk",
    "parked": "geparkeerd|parkeerplaats",
    "set_aside": "opzijgelegd|opzij",
}
"""Possible headings of each column, folded."""

_FIRST, _BETWEEN = ("voornaam", "first name"), ("tussenvoegsel", "tussenvoegsels")
_LAST = ("achternaam", "last name", "surname")
_INITIALS, _MOST_INITIALS = ("initialen", "initials"), 5
SEATS = ("stoel", "nr", "nummer", "plaats")
"""Headings under which a mere number may be a seat."""
_PERHAPS_SAYS = (
    "persoon", "person", "gebruiker", "user", "collega", "van", "from", *_FIRST, *_LAST, *_INITIALS, "e mail", "email",
    "e mailadres", "emailadres", "mail", "bron", *SEATS,
)  # fmt: skip
"""Headings of who says it where the cells below say who somebody is, the plainest first: "van" may be a time too."""

COLUMN_WORDS: Mapping[str, str] = {
    "text": "notitie", ANSWER: "antwoord op de kop", "action": "actie", "panel": "panel", "subregion": "subregio",
    "date": "datum", "time": "tijd", "theme": "thema", "question": "vraag", "kind": "soort", "says": "zegt",
    "agrees": "bijval", "disagrees": "tegenspraak", "about": "over", "owner": "eigenaar", "due": "wanneer klaar",
    "outcome": "uitkomst", "tags": "labels", **MARK_WORDS,
}  # fmt: skip
"""The word by which a user chooses each column."""

WORDS = ("text", ANSWER, "action")
"""The columns of which a table of notes has at least one."""

# Characters: answers in words are longer than names and codes.
_WORDY = 20
_SPOKEN = 12
_SHORT = 40
_LEAST_TURNS = 3
_LEAST_PEOPLE = 2
_OF_QUESTIONS = ("", "vraag", "vragen", "onderwerp", "thema")
_MOSTLY = 0.7
Rows = Sequence[Sequence[str]]


def meanings_of(rows: Rows, header: int | None, chosen: Mapping[str, str] | None = None) -> dict[int, str]:
    """Return the meaning of columns by index: as chosen, by their headings, or else by what stands below them.

    `chosen`: headings chosen by a person, by the keys of `COLUMNS`.
    """
    names = rows[header] if header is not None else ()
    body = [row for row in (rows if header is None else rows[header + 1 :]) if not is_code_row(row)]
    meanings = _by_words(names, chosen or {})
    _make_actions(meanings, names, body)
    if not {"says", "action"} & {*meanings.values(), *(chosen or {})}:
        meanings |= dict.fromkeys(_perhaps_says(names, body, meanings), "says")
    if chosen and not set(WORDS).isdisjoint(meanings.values()):
        return meanings
    if header is None and (spoken := _conversation(rows)):
        return spoken
    asked = [at for at, name in enumerate(names) if at not in meanings and asks(name)]
    asked = [at for at in asked if form_of_column(body, at) in (CellForm.TEXT, CellForm.NUMBER, CellForm.EMPTY)]
    asked = [at for at in _coded_questions(rows) or asked if not _is_about_people(names[at], body, at)]
    # "Wie vulde dit in?", and a yes or a mark out of ten, which is no note unless there is nothing else.
    people = [at for at in asked if "says" not in meanings.values() and _are_names(body, at)][:1]
    meanings |= dict.fromkeys(people, "says")
    closed = [at for at in asked if at not in people and _is_closed(body, at)]
    asking = [at for at in asked if at not in (*people, *closed)]
    # Beside questions and what was discussed, a column of long answers is one too: "Anders, namelijk", "Besluit".
    width = len(names) or max(map(len, rows), default=0)
    wordy = [at for at in range(width) if at not in (*meanings, *asked) and _is_wordy(body, at)]
    wordy = [at for at in wordy if not names or not _is_about_people(names[at], body, at)]
    if header is None and len(wordy) == 1:
        return meanings | {wordy[0]: "text"}
    if asking:
        meanings = {at: ANSWER if name == "text" else name for at, name in meanings.items()}
    meanings |= dict.fromkeys((*asking, *wordy), ANSWER)
    if set(WORDS).isdisjoint(meanings.values()):
        # Of questions that people asked, the question is what was said.
        meanings = {at: "text" if name == "question" else name for at, name in meanings.items()}
    if set(WORDS).isdisjoint(meanings.values()):
        meanings |= dict.fromkeys(closed, ANSWER)
    if ANSWER in meanings.values() and "time" not in meanings.values():
        moments = (at for at in range(len(names)) if at not in meanings and form_of_column(body, at) is CellForm.MOMENT)
        meanings |= dict.fromkeys(list(moments)[:1], "time")
    return meanings


_NUMBER = re.compile(r"\s*(?:(?:vraag|question)\s+|[VvQq])?[0-9]{1,3}[.:)]?\s+")
_ASKING = (
    "wat", "hoe", "welk", "welke", "waarom", "waar", "waarin", "waarmee", "waardoor", "noem", "geef", "beschrijf",
    "heeft", "hebt", "heb", "zijn", "is", "kunt", "kun", "kan", "what", "how", "why", "which", "where",
)  # fmt: skip
"""The first words of a question, where its mark is left out."""


_SUBJECTS = frozenset(f"{aspect.meaning.word}{ending}" for aspect in Aspect for ending in ("", "en"))


def asks(name: str) -> bool:
    """Return whether a heading is a question, with or without its mark: "Wat leverde het op", "Geef een voorbeeld"; or
    the subject of a central question: "Verbeterpunten".
    """
    asked = heading(_NUMBER.sub("", name))
    words = asked.split()
    return name.strip().endswith("?") or (len(words) > 2 and words[0] in _ASKING) or asked in _SUBJECTS


def _is_about_people(name: str, rows: Rows, column: int) -> bool:
    """Return whether a column says of what people are, in short, rather than what they said: their function, say."""
    found, cells = named_column(name), _cells(rows, column)
    if found is None or sum(map(len, cells)) >= _SHORT * len(cells):
        return False
    return found[1] or sum(map(looks_like_name, cells)) >= _MOSTLY * len(cells)


def by_person(rows: Rows) -> Rows:
    """Return a table that has a column for each person, and a row for each question, with a row for each answer."""
    head = next((row for row in rows if any(cell.strip() for cell in row)), ())
    people = [(at, cell) for at, cell in filled(head) if at]
    known = {name for names in COLUMNS.values() for name in names.split("|")}
    if len(people) < _LEAST_PEOPLE or not head or heading(head[0]) not in _OF_QUESTIONS:
        return rows
    if any(heading(cell) in known or not (name_like(cell) or seats_in(cell)) for _, cell in people):
        return rows
    if sum(is_full_name(cell) or is_persons_name(cell.strip()) for _, cell in people) * 2 <= len(people):
        return rows
    body = rows[list(rows).index(head) + 1 :]
    cells = [(row[0], name, row[at]) for row in body for at, name in people if at < len(row) and row[at].strip()]
    return [("Vraag", "Zegt", "Notitie"), *cells]


def _cells(rows: Rows, column: int) -> list[str]:
    return [row[column].strip() for row in rows if column < len(row) and row[column].strip()]


def _perhaps_says(names: Sequence[str], body: Rows, taken: Collection[int]) -> list[int]:
    """Return the column, if any, whose heading may mean who says it, and whose cells say who somebody is."""
    heads = {heading(name): at for at, name in reversed([*enumerate(names)]) if at not in taken}
    found = (heads[head] for head in _PERHAPS_SAYS if head in heads and _say_who(_cells(body, heads[head]), head))
    return list(found)[:1]


def _say_who(cells: Sequence[str], head: str) -> bool:
    # Numbers that only go up number the rows, and one for all is no seat either.
    counts = [whole_number(cell, -1) for cell in cells]
    numbered = -1 not in counts and all(first < second for first, second in pairwise(counts))
    if head in SEATS and head != "stoel" and (numbered or len(set(cells)) == 1):
        return False
    return bool(cells) and sum(_says_who(cell, head) for cell in cells) >= _MOSTLY * len(cells)


def _says_who(cell: str, head: str = "") -> bool:
    """Return whether a cell says who somebody is: by name, initials, address or seat, where the heading asks for it."""
    if head in (*_FIRST, *_LAST):
        return form_of(cell) is CellForm.TEXT
    if head in _INITIALS:
        return len(squeeze(cell)) <= _MOST_INITIALS
    if seats_in(cell, bare=head in SEATS):
        return True
    return form_of(cell) is CellForm.MAIL or name_like(cell)


def parts_of_name(names: Sequence[str], says: int | None) -> list[int]:
    """Return the columns that say together who says it: that with first names, and those with the rest of the name."""
    heads = [heading(name) for name in names]
    if says is None or says >= len(heads) or heads[says] not in _FIRST:
        return [] if says is None else [says]
    rest = [at for part in (_BETWEEN, _LAST) for at, head in enumerate(heads) if head in part]
    return [says, *rest]


def answers_below(rows: Rows) -> dict[int, str]:
    """Return the columns of a table in which each holds answers to its heading, as sheets on a wall; none for another.

    All cells are words, none of the columns holds the same few words, and each has its own heading. One may say who
    wrote the row; otherwise none holds names of people.
    """
    body = rows[1:]
    columns = {at: _cells(body, at) for at in range(max(map(len, rows), default=0))}
    columns = {at: cells for at, cells in columns.items() if cells}
    heads = [rows[0][at].strip() if at < len(rows[0]) else "" for at in columns]
    if len(columns) < 2 or len(set(heads)) < len(heads) or not all(heads):
        return {}
    says = [at for at, name in _by_words(rows[0], {}).items() if name == "says"][:1] or _perhaps_says(rows[0], body, ())
    answers = {at: cells for at, cells in columns.items() if at not in says}
    words = all(form_of_column(body, at) is CellForm.TEXT for at in answers)
    words = words and all(len(set(cells)) * 2 > len(cells) for cells in answers.values())
    named = any(sum(map(is_full_name, cells)) >= _MOSTLY * len(cells) for cells in answers.values())
    # "Naam;Team;Kleur" and "Wie;Functie;Organisatie" are lists of people.
    about = [at for at in answers if _is_about_people(rows[0][at], body, at)]
    listed = bool(says) and (_is_about_people(rows[0][says[0]], body, says[0]) or len(about) * 2 > len(answers))
    listed = listed and not any(_is_wordy(body, at) for at in answers)
    if not words or named or listed:
        return {}
    return dict.fromkeys(says, "says") | dict.fromkeys(answers, ANSWER)


def _are_names(rows: Rows, column: int) -> bool:
    cells = _cells(rows, column)
    return bool(cells) and all(map(is_full_name, cells)) and len(set(cells)) == len(cells)


def _is_closed(rows: Rows, column: int) -> bool:
    """Return whether all answers in a column are a yes, a no or a number."""
    cells = _cells(rows, column)
    yes_or_no = all(consent(cell) in (Consent.YES, Consent.NO) and len(cell.split()) == 1 for cell in cells)
    return bool(cells) and (yes_or_no or form_of_column(rows, column) is CellForm.NUMBER)


def _conversation(rows: Rows) -> dict[int, str]:
    """Return the columns of a table without headings in which each row is what one person says; none for another."""
    width = max(map(len, rows), default=0)
    if len(rows) < _LEAST_TURNS or width < 2:
        return {}
    lengths = {at: sum(map(len, _cells(rows, at))) / max(len(_cells(rows, at)), 1) for at in range(width)}
    text = max(lengths, key=lambda at: lengths[at])
    people = [at for at in range(text) if len(_cells(rows, at)) > 1 and all(map(_says_who, _cells(rows, at)))]
    wordy = lengths[text] >= _SPOKEN and form_of_column(rows, text) is CellForm.TEXT
    return {people[-1]: "says", text: "text"} if people and wordy else {}


def _is_wordy(rows: Rows, column: int) -> bool:
    cells = [row[column].strip() for row in rows if column < len(row) and row[column].strip()]
    if not cells or form_of_column(rows, column) is not CellForm.TEXT:
        return False
    return sum(map(len, cells)) / len(cells) >= _WORDY and len(set(cells)) * 2 > len(cells)


def _by_words(names: Sequence[str], chosen: Mapping[str, str]) -> dict[int, str]:
    by_choice = {heading(name): column for column, name in chosen.items()}
    words = {name: column for column, all_names in COLUMNS.items() for name in all_names.split("|") if name}
    words |= by_choice
    meanings: dict[int, str] = {}
    for at, cell in enumerate(names):
        column = words.get(heading(cell))
        if column == "says" and column in meanings.values() and "action" in meanings.values():
            # Who says it stands before the action, who does it behind.
            column = "owner"
        if column is None or (column in meanings.values() and column != ANSWER):
            continue
        if column not in chosen or heading(cell) in by_choice:
            meanings[at] = column
    return meanings


_DOERS = ("wie", "naam", "name", "door", "deelnemer", "panellid")


def _make_actions(meanings: dict[int, str], names: Sequence[str], body: Rows) -> None:
    """In a list of actions "wie" does it, and a date says by when; "ingebracht door" still says it, and so does who
    stands just before what was said.
    """
    marks = [at for at, name in meanings.items() if name == "action" and _is_closed(body, at)]
    if marks and "text" in meanings.values():
        # "Actie?" with a yes or a no is no action.
        del meanings[marks[0]]
    known = set(meanings.values())
    if "kind" in known:
        # The kind says which notes are actions.
        return
    if "action" not in known and not ({"due", "owner"} & known and "text" in known):
        return
    for at, name in list(meanings.items()):
        if name == "text" and "action" not in known:
            meanings[at] = "action"
        elif name == "says" and "owner" not in known and heading(names[at]) in _DOERS:
            behind = (meanings[other] for other in sorted(meanings) if other > at and meanings[other] in WORDS)
            if next(behind, "action") == "action" or "action" not in known:
                meanings[at] = "owner"
        elif name == "date" and "due" not in known:
            meanings[at] = "due"


def header_of(rows: Rows, chosen: Mapping[str, str] | None = None) -> int | None:
    """Return the row of headings: by words that are known, or by its form; None for a table without."""
    coded = _code_row(rows)
    if coded and not chosen:
        return coded - 1
    best: tuple[int, int] | None = None
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        meanings = _by_words(row, chosen or {})
        cells = len(filled(row))
        known = len(meanings) + any(heading(cell) in _PERHAPS_SAYS for cell in row)
        has_words = not set(WORDS).isdisjoint(meanings.values())
        # One known heading among other cells is probably a word in a text, unless the user chose the column.
        if has_words and (known > 1 or cells == 1 or chosen):
            return number if chosen else _last_header(rows, number)
        if _heads_people(rows, number, meanings):
            return number
        if best is None and looks_like_headings(rows, number):
            best = len(meanings), number
    if best is None or (not best[0] and _is_said(rows, best[1])):
        return None
    return _last_header(rows, best[1])


def _is_said(rows: Rows, number: int) -> bool:
    """Return whether a row is what a person says, as the others are, and names no columns."""
    says = next((at for at, name in _conversation(rows).items() if name == "says"), None)
    return says is not None and is_persons_name((rows[number][says].split() or [""])[0])


def _heads_people(rows: Rows, number: int, meanings: Mapping[int, str]) -> bool:
    """Return whether a row has a heading in each column, and below one for who says it stand people."""
    says = [at for at, name in meanings.items() if name == "says"]
    width = max(map(len, rows), default=0)
    if not says or width < 2 or len(filled(rows[number])) < width:
        return False
    return _say_who(_cells(rows[number + 1 :], says[0]), heading(rows[number][says[0]]))


def _code_row(rows: Rows) -> int:
    """Return the row of ids of questions that Qualtrics writes below the questions; 0 if there is none."""
    return next((at for at, row in enumerate(rows[:HEADER_WITHIN]) if is_code_row(row)), 0)


def _coded_questions(rows: Rows) -> list[int]:
    """Return the columns that such a row says to be questions, rather than what the program itself noted."""
    return [at for at, cell in filled(rows[_code_row(rows)]) if '"QID' in cell] if _code_row(rows) else []


def _last_header(rows: Rows, number: int) -> int:
    """Return the row of headings in which the questions stand: that of Qualtrics' second one, below its short names."""
    at = number + 1
    if at < len(rows):
        same = sum(squeeze(cell) == squeeze(above) for cell, above in zip(rows[at], rows[number], strict=False) if cell)
        if 1 < same < len(filled(rows[at])):
            return at
    return number
