"""Puts what replaces a name into its sentence, as Dutch wants it: "de school van een panellid", "twee panelleden"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from sto_desktop.domain.dutch import number
from sto_desktop.domain.names.context import is_one
from sto_desktop.domain.names.ordinary_words import EVERYDAY
from sto_desktop.domain.privacy.naming.roles import MEMBER, SOMEBODY
from sto_desktop.language import tr_later
from sto_desktop.patterns import lazy_re

_HET_WORDS = """
    aanbod advies antwoord apparaat bedrijf begin beleid bericht bestuur bezoek bezwaar boek bord broertje budget
    bureau cijfer college commentaar computerlokaal contact contract diploma dochtertje document doel dorp einde
    examen experiment feest filmpje formulier gebied gebouw gedeelte gedrag gehoor geld geloof gereedschap gesprek
    gevoel gezicht gezin hoofd huis idee initiatief inzicht jaar jaarplan kantoor karakter kind lab leerjaar leven
    licht lijstje lokaal maatje mailadres materiaal mbo meisje moment netwerk niveau nummer onderwerp onderwijs
    onderzoek oordeel overzicht paard pakket papier plan platform podium praktijklokaal probleem product programma
    project punt rapport recept resultaat rooster schema schip schoolplan schrift soort standpunt systeem team
    technolab telefoonnummer tempo thema uitgangspunt uitje vak verhaal vermoeden vermogen verslag vertrouwen
    verzoek vmbo voorbeeld voordeel voorstel wensenlijstje werk werkstuk woord zoontje zusje
"""
_HET = frozenset(_HET_WORDS.split())
"""Nouns with "het" that people have or make; a compound has the article of its last word."""
_SHORTEST_HEAD = 4
_DIMINUTIVE = lazy_re(r"[^\W\d_]{2,}(?:je|ment|isme|um)$")
_ADJECTIVE = (
    r"nieuwe|oude|eigen|eerste|tweede|derde|laatste|goede|beste|betere|grote|kleine|mooie|hele|andere|vorige|volgende"
    r"|leuke|slimme|vaste|jonge|technische|praktische|lange|korte|huidige|vroegere"
)
_PHRASE = lazy_re(
    rf"\s+(?P<words>(?:(?:{_ADJECTIVE})\s+){{0,2}}(?P<noun>[^\W\d_]{{3,}}(?:-[^\W\d_]+)*))(?![\w’'-])", re.I
)
_NO_NOUN_WORDS = """
    is was zijn waren heeft had hebben hadden wordt werd gaat ging komt kwam doet deed zegt zei vindt vond moet
    moest mocht mag wilde vroeg zonder tegen omdat want terwijl als zoals sinds tijdens dus helaas eerder later
    vandaag morgen gisteren straks samen beter minder zeker zelf
"""
_NO_NOUN = EVERYDAY | frozenset(_NO_NOUN_WORDS.split())
_AND = lazy_re(r"\s*[/&+]\s*|,?\s+en\s+")
_BETWEEN = lazy_re(rf"\s*,\s*|{_AND.pattern}")
_ARTICLE = lazy_re(r"(?<![^\W_])(?:een|de)\s+$", re.I)
_DETERMINER = lazy_re(r"(?<![^\W_])(?P<word>die|deze|onze|mijn|jouw|jullie|hun|elke|iedere)\s+$", re.I)
_NEUTER = {"die": "dat", "deze": "dit", "onze": "ons", "elke": "elk", "iedere": "ieder"}
"""A panellid is "het", and so is what stands before it: "onze Sjoerd" is "ons panellid"."""
_IS = lazy_re(r"(?<![^\W_])(?:is|was|zijn|waren)\s+(?:niet\s+|ook\s+)?$", re.I)
_OF, _ONE_OF = "van ", "die van "
FEW = tr_later("enkele panelleden")


@dataclass(frozen=True, slots=True)
class Replacement:
    """A part of a text, from `start` to `end`, and what replaces it: `lead` ("de school van ") and `label`.

    `many`: the label for several people; empty where it is not known of whom the name is. `possessive`: whose something
    is. `owners`: whose name it may be. `fixed`: a person wrote what replaces it.
    """

    start: int
    end: int
    label: str
    lead: str = ""
    many: str = ""
    possessive: bool = False
    owners: frozenset[str] = frozenset()
    fixed: bool = False

    @property
    def words(self) -> str:
        """What replaces it."""
        return f"{self.lead}{self.label}"


def article_of(noun: str) -> str:
    """Return the article of a noun in the singular or plural, as far as its form tells."""
    low = noun.lower()
    heads = (low[at:] for at in range(len(low) - _SHORTEST_HEAD + 1))
    return "het" if low in _HET or _DIMINUTIVE.search(low) or any(head in _HET for head in heads) else "de"


def possessed(text: str, start: int, end: int, until: int, label: str) -> tuple[int, str]:
    """Return where the replacement of a name with a possessive s ends, and what stands before the label: of "Sjoerds
    nieuwe school" it is "de nieuwe school van ". `start`, `end`: of the name; `until`: where the next one starts.
    """
    if label == SOMEBODY.singular:
        return end, ""
    phrase = _PHRASE.match(text, end)
    if phrase is None or phrase.end() > until or phrase["noun"].lower() in _NO_NOUN:
        return end, _OF if _IS.search(text, 0, start) else _ONE_OF
    return phrase.end(), f"{article_of(phrase['noun'])} {phrase['words']} van "


def in_place(text: str, parts: Sequence[Replacement]) -> str:
    """Return a text with these parts of it, in order, replaced."""
    pieces: list[str] = []
    at, last = 0, None
    for part in _together(text, parts):
        between, words = text[at : part.start], part.words
        at = part.end
        if last is not None and between.isspace() and words.lower() == last.words.lower() and not part.fixed:
            continue  # "een panellid een panellid" would be two names of one member
        pieces += (between, words) if part.fixed else _determined(between, words)
        last = part
    return "".join((*pieces, text[at:]))


def _together(text: str, parts: Sequence[Replacement]) -> list[Replacement]:
    """Return the parts, those that are listed and called alike as one: "twee panelleden"."""
    kept: list[Replacement] = []
    listed: list[Replacement] = []
    for part in parts:
        between = text[listed[-1].end : part.start] if listed else ""
        if listed and _BETWEEN.fullmatch(between) and _is_alike(listed[-1], part):
            listed.append(part)
            if _AND.fullmatch(between) and not is_one(text, part.end):
                listed = [reduce(_both, listed)]
            continue
        kept += listed
        listed = [part]
    return [*kept, *listed]


def _is_alike(first: Replacement, second: Replacement) -> bool:
    if first.fixed or second.fixed or first.possessive is not second.possessive:
        return False
    if first.possessive:
        return first.lead.lower() in (_OF, _ONE_OF)
    countable = first.many and first.many == second.many and second.label.startswith("een ")
    return bool(countable) and first.owners.isdisjoint(second.owners) and _count(first) > 0


def _bare(part: Replacement) -> str:
    return part.label.lower()


def _count(part: Replacement) -> int:
    """Return how many people a part stands for; 0 if it can't be counted."""
    return max(1, len(part.owners)) if part.label[:4].lower() == "een " or len(part.owners) > 1 else 0


def _both(first: Replacement, second: Replacement) -> Replacement:
    owners = first.owners | second.owners
    if first.possessive:
        labels = (_bare(first), second.label)
        label = FEW if {*labels} <= {MEMBER.singular, FEW} else " en ".join(dict.fromkeys(labels))
        lead = second.lead[:1].upper() + second.lead[1:] if first.lead[0].isupper() else second.lead
        return Replacement(first.start, second.end, label, lead, "", True, owners)
    count = number(len(owners))
    label = f"{count.capitalize() if first.label[0].isupper() else count} {first.many}"
    return Replacement(first.start, second.end, label, "", first.many, False, owners)


def _determined(before: str, label: str) -> tuple[str, str]:
    """Return the text before a label, and the label, without an article that stood there for the name."""
    if label[:4].lower() != "een ":
        return before, label
    if article := _ARTICLE.search(before):
        capital = article[0][0].isupper()
        return before[: article.start()], f"{'E' if capital else 'e'}{label[1:]}"
    if determiner := _DETERMINER.search(before):
        word, noun = determiner["word"], label[4:]
        neuter = noun.startswith(MEMBER.singular.removeprefix("een "))
        fitting = _NEUTER.get(word.lower(), word) if neuter else word
        fitting = fitting.capitalize() if word[0].isupper() else fitting
        return f"{before[: determiner.start()]}{fitting} ", noun
    return before, label
