"""Panels with made-up members, and sentences that a note taker in a hurry writes about them, drawn with a seed."""

from __future__ import annotations

import random
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import load_workbook

from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import action, create
from sto_desktop.domain.people import first_name_of
from sto_desktop.domain.place import Position, plain_keys
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.exchange.guides import builtin_guide
from sto_desktop.workplace import Workplace
from tests.names.name_shapes import (
    Said,
    letters_of,
    of_both,
    of_double,
    of_elision,
    of_first,
    of_initials,
    of_surname,
    of_user_names,
    of_very_common,
)

_FIRST_NAMES = """
    Sjoerd Mirjam Ahmet Truus Jan Lieke Bo Kees Fatima Jürgen Renée Ineke Gerrit Wouter Esra Łukasz Siobhán Daan Loes
    Noor Sam Tom Eva Mohammed Zoë Jo Piet Klaas Hendrikje Anneloes Niek Thijs Hans Lars Dirk Anne-Marie Jan-Willem
    Pim Oeds Bartjan IJsbrand Ysbrand Ayşe Johanna Rob Tim Elly Rienk
"""
_WORD_NAMES = "Roos Wil Mark Bas Iris Merel Ben Max Sep Mees Beer"
_VERY_COMMON_NAMES = "Wil Ben An Per Ken Do Door"
_DOUBLE_NAMES = "Pieter Jan; Gerlof Hein; Havva Nur; Jelle Wytze; Zeynep Gonca; Hidde Lourens"
_ELIDED_SURNAMES = "d'Hondt; l'Ecluse; O'Connell; M'Barek; D'Amico"
_SURNAMES = """
    Hoekstra; de Vries; Engbers-Wientjes; ter Denge; el Amrani; Çelik; Oude Wessel; Sørensen; Janssen; te Riele;
    Nijhuis; Lansink; Groot Koerkamp; van der Meulen; Yıldırım; Kowalczyk; Smit; Mulder; van Duijvenbode; D'Angelo;
    Wiefferink; Oude Nijeweme; Beld; Tsas; Reijmerink; van der Elst-Çelik
"""
_WORD_SURNAMES = """
    de Boer; Bakker; Groen; van den Berg; Bos; Visser; Dijk; de Groot; van 't Hof; Prins; de Wit; Kok; Brink; Post;
    Rij; Kluis; Bloem; Boom; ter Braak
"""
_TITLES = """
    mevrouw meneer juf meester mevr. mevr mw. mw dhr. dhr mej. mijnheer juffrouw docent docente leraar collega
    wethouder directeur
"""
FIRST_NAMES, WORD_NAMES, TITLES = _FIRST_NAMES.split(), _WORD_NAMES.split(), _TITLES.split()
SURNAMES, WORD_SURNAMES = ([name.strip() for name in names.split(";")] for names in (_SURNAMES, _WORD_SURNAMES))
_SHORTEST_OF_A_USER_NAME = 5
VERY_COMMON_NAMES = _VERY_COMMON_NAMES.split()
DOUBLE_NAMES, ELIDED_SURNAMES = _DOUBLE_NAMES.split("; "), _ELIDED_SURNAMES.split("; ")
SPOILT_NEVER = (
    "de bakker bezorgt elke dag brood",
    "er staat een roos in de tuin",
    "ik wil dat ook en wij willen meer",
    "Wil je dat echt?",
    "Die vindt dat goed.",
    "Het Bos is een wijk in het noorden.",
    "Basisschool De Roos doet mee.",
    "de boer en de visser zochten een stagiair",
    "de groene berg achter de post is groot",
    "Een prins van een vent, dat bos in de winter",
    "Ik ben er max tien minuten.",
    "wie wil mag mee naar de dijk",
    "meneer wil dat niet, de docent wil het wel",
    "een docent groen zou helpen",
    "De post komt laat.",
    "ik ben de bakker kwijt",
    "Wil de boer dat ook?",
    "per klas twintig euro, per leerling niets",
    "an sich klopt dat",
    "ken je dat, of ben je er nooit geweest",
    "dat komt door de bus",
    "op do en vr is het lokaal vrij",
    "ma t/m do, en do 12 mei",
    "geen ad-hocbesluit of jip-en-janneketaal",
    "mark my words",
    "de tuin staat in fleur",
    "een flauwe joke",
    "daar wil en kan niemand zijn",
)


@dataclass(frozen=True)
class Hurried:
    """A dossier with one panel, and its sentences, by the number at the end of each note."""

    path: Path
    said: dict[int, Said]
    members: tuple[tuple[str, str], ...]
    labels: tuple[str, ...]


def _of_first(first: str, sure: bool, draw: random.Random) -> Iterator[Said]:
    low = first.lower()
    around = (
        "volgens {} moet het rooster anders",
        "{} zei dat de bus te laat is",
        "gesprek met {} gehad over techniek",
        "dat zei {} vorige week al",
        "vraag is van {} en de rest",
        "{} was er niet bij",
        "dat hoorde ik ook van {}.",
        "**{}** belt terug",
        "de les ({}) ging goed",
        "de {}-avond beviel goed",
    )
    for form in draw.sample(around, 4):
        yield Said(form.format(low), low, sure)
    if sure:
        # After a vowel Dutch spelling requires an apostrophe: "jos" is a name of its own, not "jo's".
        whose = f"{low}'s" if low[-1] in "aeiouë" else f"{low}s"
        yield Said(f"{whose} idee was beter", whose)
        yield Said(f"{first.upper()} KOMT LATER", first)
        yield Said(f"goed plan van {first} zelf", first)
    yield Said(f"#{low} moet nog bellen", f"#{low}")


def _of_surname(surname: str, sure: bool, draw: random.Random) -> Iterator[Said]:
    low, bare = surname.lower(), surname.lower().split(" ")[-1]
    for title in draw.sample(TITLES, 4):
        for name in (low, bare):
            yield Said(f"{title} {name} belt het Technolab", f"{title} {name}")
            yield Said(f"dat is van {title} {name} gekomen", name)
    yield Said(f"volgens {low} kan het niet", low, sure)
    yield Said(f"daarna kwam {bare} met een plan", bare, sure)
    yield Said(f"Toen zei mevrouw {surname} niets", surname)
    if sure:
        yield Said(f"{low} heeft het druk", low)


def _together(first: str, surname: str, draw: random.Random) -> Iterator[Said]:
    low, glued, letters = f"{first} {surname}".lower(), letters_of(first), letters_of(surname)
    yield Said(f"afspraak met {low} gemaakt", low)
    yield Said(f"en {first[0].lower()}. {surname.lower()} ook", f"{first[0].lower()}. {surname.lower()}")
    yield Said(f"verslag naar {surname}, {first} sturen", f"{surname}, {first}")
    for local in draw.sample((f"{glued}.{letters}", f"{glued[0]}.{letters}", f"{glued}{letters}", glued, letters), 3):
        yield Said(f"mail naar {local}@school.example graag", f"{local}@school.example")
    yield Said(f"stuur @{glued}{letters[0]} een bericht", f"@{glued}{letters[0]}")
    yield Said(f"#{glued}_{letters} belt nog", f"#{glued}_{letters}")


def hurried_panel(path: Path, seed: int, members: int = 8) -> Hurried:
    """Make a dossier with a panel of this many members, some with ordinary words for names, and two more: one with a
    very common word and a surname with an apostrophe, one with a double first name.
    """
    draw = random.Random(seed)
    firsts = draw.sample(FIRST_NAMES, members - 3) + draw.sample(WORD_NAMES, 3)
    surnames = draw.sample(SURNAMES, members - 4) + draw.sample(WORD_SURNAMES, 4)
    draw.shuffle(surnames)
    people = tuple(zip(firsts, surnames, strict=True))
    said = [Said(text) for text in SPOILT_NEVER]
    for first, surname in people:
        said += _of_first(first, first in FIRST_NAMES, draw)
        said += _of_surname(surname, surname in SURNAMES, draw)
        said += _together(first, surname, draw)
        said += of_first(first, first in FIRST_NAMES, draw)
        said += of_surname(surname, surname in SURNAMES)
        said += of_both(first, surname)
        said += of_initials(first, surname)
        if surname in SURNAMES and len(letters_of(surname)) > _SHORTEST_OF_A_USER_NAME:
            said += of_user_names(first, surname)
    common, elided = draw.choice(VERY_COMMON_NAMES), draw.choice(ELIDED_SURNAMES)
    double, last = draw.choice(DOUBLE_NAMES), draw.choice([name for name in SURNAMES if name not in surnames])
    said += [*of_very_common(common, firsts[0]), *of_elision(elided), *of_double(double, last)]
    people += ((common, elided), (double, last))
    draw.shuffle(said)
    edits = [create("panel", "P", title="Panel Oost", guide=builtin_guide().guide.id)]
    for seat, (first, surname) in enumerate(people, 1):
        answers: dict[str, Any] = {
            "consent_participation": Consent.YES,
            "consent_name": draw.choice(list(Consent)),
            "consent_quote": draw.choice(list(Consent)),
        }
        traits: dict[str, Any] = {"sector": draw.choice(("vmbo", "mbo")), "role": draw.choice(("docent", "decaan"))}
        name = {"name": f"{first} {surname}", "first_name": first_name_of(f"{first} {surname}")}
        edits.append(create("panelist", f"m{seat}", panel="P", seat=seat, **name, **answers, **traits))
    theme, question = next(iter(builtin_guide().questions()))
    numbered = dict(enumerate(said, 1))
    for key, (number, item) in zip(plain_keys(len(numbered)), numbered.items(), strict=True):
        text = f"{item.text} [{number}]"
        edits.append(create("note", f"n{number}", panel="P", text=text, position=Position(question.id, key)))
        if number % 4 == 0:
            edits.append(create("insight", f"i{number}", panel="P", theme=theme.id, text=text))
        elif number % 4 == 1:
            edits.append(create("recommendation", f"r{number}", text=text, owner=text, position=Position("P", key)))
    labels = tuple(
        f"{form}{first.lower()}" for (first, _), form in zip(people, ("", "team-", "", "plan_") * 2, strict=False)
    )
    for number, label in enumerate(labels, 1):
        edits.append(create("tag", f"t{number}", name=label))
        edits.append(
            create("note_tag", derived_id("note_tag", f"n{number}", label), note=f"n{number}", tag=f"t{number}")
        )
    copy = Workplace.here("Marieke").create(path)
    copy.dossier.apply(action("panel", *edits))
    copy.close()
    return Hurried(path, numbered, people, labels)


def texts_of(path: Path) -> list[str]:
    """Return every text of a file as a reader gets it: each paragraph, cell or value."""
    match path.suffix:
        case ".docx":
            document = Document(str(path))
            cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
            return [paragraph.text for paragraph in document.paragraphs] + cells
        case ".xlsx":
            book = load_workbook(path)
            return [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
        case ".qdpx":
            with zipfile.ZipFile(path) as archive:
                return [line for name in archive.namelist() for line in archive.read(name).decode().splitlines()]
        case ".sto":
            raw = sqlite3.connect(path)
            tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            found = [str(cell) for table in tables for row in raw.execute(f'SELECT * FROM "{table}"') for cell in row]
            raw.close()
            return found
        case ".md":
            return [re.sub(r"\\([^\w\s])", r"\1", line) for line in path.read_text(encoding="utf-8").splitlines()]
        case _:
            return path.read_text(encoding="utf-8-sig").splitlines()
