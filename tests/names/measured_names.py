"""A thousand made-up panels, with the written forms of their members' names in sentences as people type them, and what
becomes of each: `python -m tests.names.measured_names` prints the table of docs/ARCHITECTURE.md.

The second kind of panel is written apart from the first: other names, other sentences, no word of the finders' lists.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.privacy.naming.naming import NameMode, Naming
from sto_desktop.domain.privacy.redaction import Redactor
from sto_desktop.domain.privacy.remaining import Watch
from sto_desktop.domain.privacy.to_check import to_check
from tests.names.name_shapes import letters_of, plain

CERTAIN, LIKELY, DOUBTFUL = "zeker", "waarschijnlijk", "twijfelachtig"

_FIRSTS_TEXT = """
    Sjoerd Mirjam Ahmet Truus Lieke Kees Fatima Jürgen Renée Ineke Gerrit Wouter Esra Łukasz Siobhán Daan Loes
    Noor Mohammed Zoë Klaas Hendrikje Anneloes Niek Thijs Lars Anne-Marie Jan-Willem Oeds Bartjan IJsbrand Ayşe
    Rienk Femke Jelle Hidde Marijke Bo Jo
"""
_FIRSTS = _FIRSTS_TEXT.split()
_WORDS = ["Roos", "Bas", "Mark", "Iris", "Merel", "Mees", "Wil", "Ben"]
_LASTS = """
    Hoekstra; de Vries; Engbers-Wientjes; ter Denge; el Amrani; Çelik; Oude Wessel; Sørensen; te Riele; Nijhuis;
    Lansink; van der Meulen; Yıldırım; Kowalczyk; van Duijvenbode; D'Angelo; Wiefferink; Oude Nijeweme;
    Reijmerink; Wu; Aa
"""
_WORD_LASTS = "de Boer; Bakker; Groen; van den Berg; Visser; de Groot; van 't Hof; de Wit; Kok; Brink; Post; Op"
LASTS, WORD_LASTS = ([name.strip() for name in text.split(";")] for text in (_LASTS, _WORD_LASTS))
_ORDINARY = (Path(__file__).parents[1] / "domain" / "data" / "ordinary_sentences.txt").read_text("utf-8").splitlines()


@dataclass(frozen=True)
class Written:
    """A sentence with a name in it as it is written; `grade` None: an ordinary sentence."""

    text: str
    name: str
    grade: str | None


@dataclass
class Measured:
    """How often names of each grade were written, stayed, and stayed without being shown; and what was spoilt."""

    written: Counter[str] = field(default_factory=Counter)
    stayed: Counter[str] = field(default_factory=Counter)
    unshown: Counter[str] = field(default_factory=Counter)
    ordinary: int = 0
    spoilt: list[str] = field(default_factory=list)
    doubts: int = 0
    left: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)

    def line(self, what: str) -> str:
        """Return a line of the table."""
        graded = (f"{self.stayed[grade]} van {self.written[grade]}" for grade in (CERTAIN, LIKELY))
        spoilt = f"{100 * len(self.spoilt) / self.ordinary:.2f} %"
        return f"| {' | '.join((what, *graded, str(sum(self.unshown.values())), spoilt))} |"


def first_kind(draw: random.Random) -> tuple[list[Panelist], list[Written]]:
    """Return a panel of eight, and sentences about them, of the kind that hurried note takers write."""
    firsts = draw.sample(_FIRSTS, 6) + draw.sample(_WORDS, 2)
    lasts = draw.sample(LASTS, 5) + draw.sample(WORD_LASTS, 3)
    draw.shuffle(lasts)
    members = _members(zip(firsts, lasts, strict=True))
    said = [Written(text, "", None) for text in draw.sample(_ORDINARY, 20)]
    for first, last in zip(firsts, lasts, strict=True):
        said += draw.sample(list(_of_one(first, last)), 6)
    return members, said


def _of_one(first: str, last: str) -> Iterator[Written]:
    low, bare, word, word_last = first.lower(), last.split(" ")[-1], first in _WORDS, last in WORD_LASTS
    account = f"{letters_of(first)}.{letters_of(last)}@school.example"
    yield Written(f"dat zei {first} {last} vorige week", f"{first} {last}", CERTAIN)
    yield Written(f"afspraak met {low} {last.lower()} gemaakt", f"{low} {last.lower()}", CERTAIN)
    yield Written(f"de lijst: {last}, {first} (nieuw)", first, CERTAIN)
    yield Written(f"volgens {first[0]}. {last} kan het niet", bare, CERTAIN)
    yield Written(f"mail naar {account} graag", account, CERTAIN)
    yield Written(f"{first} zei dat de bus te laat is", first, CERTAIN)
    yield Written(f"mevrouw {last} belt terug", bare, CERTAIN)
    yield Written(f"dhr. {last.lower()} belt terug", bare.lower(), CERTAIN)
    yield Written(f"familie {last} kwam kijken", bare, CERTAIN)
    if not word:
        yield Written(f"volgens {low} moet het rooster anders", low, CERTAIN)
        yield Written(f"de les ({low}) ging goed", low, CERTAIN)
        yield Written(f"#{letters_of(first)} moet nog bellen", letters_of(first), CERTAIN)
        yield Written(f"daar kwam {first[:2]}\u00ad{first[2:]} aan", first, CERTAIN)
        yield Written(f"**{first}** regelt dat", first, CERTAIN)
    if not word_last and len(bare) > 2:
        yield Written(f"volgens {last.lower()} kan het", bare.lower(), LIKELY)
        yield Written(f"het plan van {last} gaat door", bare, CERTAIN)
    if len(letters_of(first)) > 4 and "-" not in first and not word:
        swapped = f"{first[:2]}{first[3]}{first[2]}{first[4:]}"
        if first[2] != first[3]:
            yield Written(f"daar kwam {swapped} aan", swapped, LIKELY)
            yield Written(f"daar kwam {swapped.lower()} aan", swapped.lower(), DOUBTFUL)
    if word:
        yield Written(f"er stond een {low} in de tuin", low, DOUBTFUL)


_OTHER_FIRSTS_TEXT = """
    Gijsbert Aaltje Moniek Rachid Xander Wietske Quinten Yfke Bouke Tjeerd Aukje Sander Petra Marloes Ronald
    Ilse Jeroen Anouk Willemijn Berend Dorien Hylke Nynke Rutger Mustafa Zeynep Nadia Björn Chloé
"""
_OTHER_FIRSTS = _OTHER_FIRSTS_TEXT.split()
_OTHER_LASTS = """
    Kamphuis; van Leeuwen; Schuurmans; Dijkstra; ten Hoopen; van der Velde; Brouwers; Meijerink; Bouzid; Kaya;
    Oosterhuis; Wolters; van Essen; Hemmelder; Groeneveld; Terpstra; Pietersma; Assink; Vrielink; Böhm
"""
_FRAMES = """
    {} vond de opdracht te moeilijk
    we hebben {} gevraagd om mee te denken
    in de pauze vertelde {} over de werkplaats
    actiepunt voor {}: offerte opvragen
    {} en de anderen waren het eens
    dat heb ik van {} gehoord
    bedankt {}, goed verhaal
    {}: we moeten eerder beginnen
    de groep van {} had het druk
    vraag maar aan {} hoe dat zit
"""
_PLAIN = """
    De vaklokalen staan vrijdag leeg; Leerlingen kiezen vaak wat hun vrienden kiezen; De busverbinding is slecht
    Er is geld voor een lasrobot; Ouders denken bij techniek aan vieze handen; Wij missen een vast gezicht op school
    Een gastles duurt te kort; Meisjes haken af na de tweede klas; De stagemarkt is vol; Zet het in de jaarplanning
    Groep acht komt in maart; Niemand las de nieuwsbrief; Meer praktijk, minder papier; De Regenboog doet ook mee
    Er kwam veel op de open dag; Het Technolab is te ver fietsen; Saxion leverde studenten; In Almelo werkt het wel
    De wethouder was er ook; Een goed voorbeeld is de zomerschool; De docent natuurkunde heeft geen tijd
    Na de vakantie beginnen we opnieuw; Bouw en infra trekt weinig; De directeur vindt het te duur
"""


def second_kind(draw: random.Random) -> tuple[list[Panelist], list[Written]]:
    """Return a panel of twelve, and what an unhurried note taker writes."""
    firsts = draw.sample(_OTHER_FIRSTS, 12)
    lasts = draw.sample([name.strip() for name in _OTHER_LASTS.split(";")], 12)
    frames = [line.strip() for line in _FRAMES.strip().splitlines()]
    plain_sentences = [text.strip() for line in _PLAIN.strip().splitlines() for text in line.split(";")]
    said = [Written(text, "", None) for text in plain_sentences]
    for first, last in zip(firsts, lasts, strict=True):
        bare = last.split(" ")[-1]
        forms = ((first, CERTAIN), (first.lower(), CERTAIN), (f"{first} {last}", CERTAIN), (f"meneer {bare}", CERTAIN))
        for name, grade in (*forms, (f"mw. {last.lower()}", CERTAIN), (first.upper(), CERTAIN)):
            said.append(Written(draw.choice(frames).format(name), name.split(" ")[-1], grade))
        said.append(Written(draw.choice(frames).format(last.lower()), bare.lower(), LIKELY))
    return _members(zip(firsts, lasts, strict=True)), said


def _members(names: Iterator[tuple[str, str]] | zip[tuple[str, str]]) -> list[Panelist]:
    return [Panelist(f"m{at}", name=f"{first} {last}", first_name=first) for at, (first, last) in enumerate(names)]


MODES = (NameMode.ROLE, NameMode.PSEUDONYM)


def measure(
    panels: int, kind: Callable[[random.Random], tuple[list[Panelist], list[Written]]], seed: int = 1
) -> dict[NameMode, Measured]:
    """Write panels without names, in both modes; count what stayed."""
    measured = {mode: Measured() for mode in MODES}
    for number in range(panels):
        members, said = kind(random.Random(f"{seed}/{number}"))
        watch = Watch(members)
        for mode in MODES:
            redactor = Redactor(Naming(members, mode))
            for sentence in said:
                _count(measured[mode], redactor, watch, sentence)
    return measured


def _count(measured: Measured, redactor: Redactor, watch: Watch, sentence: Written) -> None:
    found = redactor.find(sentence.text)
    result = redactor.redact(sentence.text)
    measured.doubts += len(to_check(found)) if sentence.grade is None else 0
    if sentence.grade is None:
        measured.ordinary += 1
        if result != sentence.text:
            measured.spoilt.append(sentence.text)
        return
    measured.written[sentence.grade] += 1
    if plain(sentence.name) in plain(result.replace("\u00ad", "")):
        measured.stayed[sentence.grade] += 1
        measured.left.append(f"{sentence.grade}: {sentence.text}")
        if not any(name.is_doubt for name in found):
            measured.unshown[sentence.grade] += 1
    if sentence.grade == CERTAIN and not watch.remaining([("", sentence.text)]):
        measured.unseen.append(sentence.text)


if __name__ == "__main__":
    panels = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    print("| panels | zeker gebleven | waarschijnlijk gebleven | niet getoond | gewone zinnen veranderd |")
    print("|---|---|---|---|---|")
    for name, kind in (("eerste soort", first_kind), ("tweede soort", second_kind)):
        for mode, made in measure(panels, kind).items():
            print(made.line(f"{panels}, {name}, {mode.value.lower()}"), flush=True)
            print(
                f"{made.doubts} twijfels in {made.ordinary} gewone zinnen; de derde zag {len(made.unseen)} namen niet"
            )
            for what in (made.left, made.spoilt, made.unseen):
                print(Counter(what).most_common(8))
