"""Finds names of people who are no members of the panel: a pupil, somebody's child, whoever is "uit groep 6".

There is no list of their names. A name is what stands where one stands in Dutch, beside a word for a child or a group,
unless it is a word or a place; first names are known from the dictionary, in which they have a capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sto_desktop.domain.names.context import TITLE_WORDS, begins_sentence, does_something
from sto_desktop.domain.names.grades import Grade, NameForm
from sto_desktop.domain.names.mentions import Mention, beside
from sto_desktop.domain.names.ordinary_words import (
    ABBREVIATIONS,
    EVERYDAY,
    ORDINARY,
    ORGANISATIONS,
    PLACES,
    is_listed,
    is_persons_name,
    is_word,
)
from sto_desktop.domain.people import fold
from sto_desktop.language import tr, tr_later
from sto_desktop.patterns import lazy_re

_PUPIL = (
    r"(?:oud-|ex-|mede)?(?:leerlinge?|scholiere?|studente?|stagiaire?|pupil)"
    r"|(?:brug|eerste|tweede|derde|vierde|vijfde|zesde)klasser|kleuter|peuter"
)
_CHILD = (
    r"(?:klein|pleeg|stief)?(?:zoontje|dochtertje|zoon|dochter|kind)|neefje|nichtje|neef|nicht"
    r"|(?:half|pleeg|stief)?(?:broertje|zusje|broer|zus)|jongen|meisje"
)
_PARENT = r"(?:pleeg|stief|groot)?(?:ouders?|moeder|vader)|opa|oma|voogd|verzorgers?"
_SEVERAL = (
    r"leerlingen|scholieren|studenten|stagiaires|stagiairs|pupillen|kinderen|jongens|meisjes|zoons|zonen|dochters"
    r"|broers|broertjes|zussen|zusjes|neven|nichten"
)
_NAME = r"[^\W\d_][^\W\d_'’-]+(?:-[^\W\d_]+)?"
_SURNAME = r"(?:\s(?i:van|de|der|den|ten|ter|te|el|al|’t|'t|in|op))*\s[A-ZÀ-ÖØ-Þ][^\W\d_’'-]+(?:-[^\W\d_]+)?"
# "zei Noah": only behind a capital can a surname follow.
_FULL = rf"(?P<big>(?=[A-ZÀ-ÖØ-Þ]))?(?P<name>{_NAME})(?(big)(?P<rest>{_SURNAME})?)"
_AND = r"(?:,\s+|,?\s+(?:en|of)\s+)"
_GROUP = r"(?:(?i:groep|klas|leerjaar|brugklas)\s*\d\w*|(?i:brugklas)|[1-6](?:[A-Ha-h]|[HhVvBbKkTtMm]\w?)\b)"

_BESIDE_NOUN = lazy_re(
    rf"(?<![^\W_])(?P<noun>(?i:{_PUPIL}|{_CHILD}))"
    r"(?:\s+(?i:genaamd|(?P<called>heet|heette)|met\s+de\s+naam))?(?P<comma>,)?\s+"
    rf"(?P<name>{_NAME})(?P<rest>{_SURNAME})?(?P<whose>['’]s)?(?![^\W_])"
)
_CHILD_OF = lazy_re(
    rf"(?<![^\W_])(?i:{_CHILD}|{_PARENT})\s+van\s+(?P<name>{_NAME})(?P<rest>{_SURNAME})?(?P<whose>['’]s)?(?![^\W_])"
)
_BESIDE_SEVERAL = lazy_re(
    rf"(?<![^\W_])(?P<noun>(?i:{_SEVERAL}))(?:,|:|\s+(?i:als|zoals))?\s+(?P<name>{_NAME})(?P<rest>{_SURNAME})?(?P<whose>['’]s)?(?![^\W_])"
)
_CHILDREN_OF = lazy_re(
    rf"(?<![^\W_])(?i:{_SEVERAL})\s+van\s+(?P<name>{_NAME})(?P<rest>{_SURNAME})?(?P<whose>['’]s)?(?![^\W_])"
)
_YEAR = r"(?i:de\s+(?:eerste|tweede|derde|vierde|vijfde|zesde))(?=\s*(?:[.,;:!?)]|$|(?i:is|was|heeft|wil|kan|mag)\b))"
_BEFORE_GROUP = lazy_re(
    rf"(?<![^\W_@#]){_FULL}"
    rf"(?=\s*[,(]?\s*(?:(?:die\s+)?(?:zit\s+)?(?P<link>(?i:uit|van|in))\s+)?{_GROUP}|\s+uit\s+(?P<year>{_YEAR}))"
)
_BEHIND_GROUP = lazy_re(rf"(?<![^\W_]){_GROUP}:\s+(?P<name>{_NAME})(?P<rest>{_SURNAME})?(?![^\W_])")
_WHOSE_FAMILY = lazy_re(
    rf"(?<![^\W_@#])(?P<name>[A-ZÀ-ÖØ-Þ][^\W\d_]+?)(?P<rest>)(?P<whose>['’]?s)(?=\s+(?i:{_PARENT}|{_CHILD})(?![^\W_]))"
)
_NOUN_BEHIND = lazy_re(
    rf"(?:,\s+|\s+is\s+|\s+was\s+|\s*\()(?:(?:een|de|onze|mijn|zijn|haar|twee|drie|vier|beide)\s+)?"
    rf"(?i:{_SEVERAL}|{_PUPIL}|{_CHILD})(?![^\W_])"
)
_BEFORE_NOUN = lazy_re(rf"(?<![^\W_@#]){_FULL}(?={_NOUN_BEHIND.pattern})")
_AND_BEFORE = lazy_re(rf"(?<![^\W_@#])(?P<name>{_NAME}){_AND}$")
_AND_BEHIND = lazy_re(rf"{_AND}(?P<name>{_NAME})(?P<rest>{_SURNAME})?(?![^\W_])")
_MAY_BE = lazy_re(rf"(?<![^\W_])(?i:{_SEVERAL}|{_PUPIL}|{_CHILD}|{_PARENT})(?![^\W_])|{_GROUP}|{_YEAR}")
_NOUN = lazy_re(rf"(?i:(?P<several>{_SEVERAL})|{_PUPIL}|{_CHILD})(?![^\W_])")
_CHILD_BEFORE = lazy_re(rf"(?<![^\W_])(?i:{_CHILD}|{_SEVERAL}|{_PARENT})\s+van\s+$")
_PARENT_BEFORE = lazy_re(rf"(?<![^\W_])(?i:{_PARENT})\s+van\s+$")
_FAMILY_BEHIND = lazy_re(rf"\s+(?i:{_PARENT}|{_CHILD})(?![^\W_])")
_CALLED_BEFORE = lazy_re(r"\s(?i:heet|heette)\s+$")
_PARTS = (
    "leerling", "scholier", "student", "stagiair", "pupil", "zoon", "dochter", "kind", "neef", "nicht", "broer", "zus",
    "jongen", "meisje", "groep", "klas", "leerjaar", "zonen", "neven", "kleuter", "peuter", "ouder", "moeder", "vader",
    "opa", "oma", "voogd", "verzorger", "uit de ",
)  # fmt: skip
_CLASS = lazy_re("[1-6][a-z]")
_DETERMINED = lazy_re(
    r"(?<![^\W_])(?:de|het|een|die|deze|dat|dit|mijn|onze|ons|uw|zijn|haar|hun|jouw|je|elke|iedere|geen)\s+"
    r"(?:(?:[^\W\d_]+e|jong|klein|oud|ander|stil)\s+)?$",
    re.I,
)

_FIRST_NAMES = frozenset(
    (
        "amber",
        "bink",
        "bram",
        "eva",
        "fleur",
        "jet",
        "job",
        "julie",
        "madelief",
        "merel",
        "nova",
        "piet",
        "storm",
        "vlinder",
        "wende",
        "zonne",
    )
)
"""First names that the word list has only as words."""

_DETERMINERS = frozenset(("mijn", "jouw", "onze", "zijn", "jullie", "elk", "elke", "ieder", "iedere", "welke"))
"""Before a group they make it one ("Mijn groep 7"); with a capital some are in the list as surnames."""

_BODIES = frozenset(body.lower() for body in ORGANISATIONS)

LEFT_OUT = tr_later("[weggelaten]")
"""Replaces a word where no label fits: it fits in every sentence, and says that something was there."""

SOMEBODY = "iemand"
SEVERAL = "enkelen"
PUPIL = "een leerling"
PUPILS = "enkele leerlingen"


def may_name_outsider(text: str) -> bool:
    """Return whether a text has a word beside which the name of an outsider may stand."""
    low = text.lower()
    # Of thousands of texts few hold any of these letters: the pattern takes ten times as long.
    if not any(part in low for part in _PARTS) and _CLASS.search(low) is None:
        return False
    return _MAY_BE.search(text) is not None


def outsiders_in(text: str) -> tuple[Mention, ...]:
    """Return the names of outsiders in a text, in order, without overlap; "leerling Kevin" is one with its noun."""
    if not may_name_outsider(text):
        return ()
    mentions: list[Mention] = []
    for mention in (*_beside_noun(text), *_apart(text)):
        if all(mention.is_apart_from(other.start, other.end) for other in mentions):
            mentions.append(mention)
    return tuple(sorted(mentions, key=lambda mention: mention.start))


def with_outsiders(text: str, members: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the names of members and those of outsiders in a text in one order; "leerling Kevin" is an outsider, also
    where a member is called Kevin.
    """
    outsiders = (mention for mention in outsiders_in(text) if not _is_a_members(text, mention, members))
    return beside(members, [_over(mention, members) for mention in outsiders])


def _is_a_members(text: str, outsider: Mention, members: Sequence[Mention]) -> bool:
    """Return whether a name behind "de opa van" is the surname of a member: the member has that grandfather."""
    if _PARENT_BEFORE.search(text, 0, outsider.start) is None:
        return False
    whole = (NameForm.FULL, NameForm.INITIALS, NameForm.SURNAME)
    return any(member.form in whole and not member.is_apart_from(outsider.start, outsider.end) for member in members)


def _over(outsider: Mention, members: Sequence[Mention]) -> Mention:
    """Return the name of an outsider with all of the member's name that it overlaps, so that nothing of that stays."""
    touched = [mention for mention in members if not mention.is_apart_from(outsider.start, outsider.end)]
    if not touched:
        return outsider
    start = min(outsider.start, *(mention.start for mention in touched))
    end = max(outsider.end, *(mention.end for mention in touched))
    return replace(outsider, start=start, end=end)


def called(text: str, mention: Mention) -> str:
    """Return what replaces the name of an outsider: "een leerling", or the noun if something else determines it."""
    noun = _NOUN.match(text, mention.start, mention.end)
    if noun is None:
        if _CALLED_BEFORE.search(text, 0, mention.start):
            return tr(LEFT_OUT)
        behind = _NOUN_BEHIND.match(text, mention.end) or _FAMILY_BEHIND.match(text, mention.end)
        is_told = behind or _CHILD_BEFORE.search(text, 0, mention.start)
        several = re.search(_AND, text[mention.start : mention.end])
        pupil = PUPIL.split()[-1] if _DETERMINED.search(text, 0, mention.start) else PUPIL
        label = (SEVERAL if several else SOMEBODY) if is_told else PUPILS if several else pupil
    elif noun["several"]:
        label = noun[0]
    else:
        label = noun[0] if _DETERMINED.search(text, 0, mention.start) else f"een {noun[0].lower()}"
    return f"{label}s" if mention.possessive else label


def _beside_noun(text: str) -> Iterator[Mention]:
    for match in _BESIDE_NOUN.finditer(text):
        grade = _grade(text, match)
        if grade is not None:
            mention = _mention(text, match, match.start("name" if match["called"] else "noun"), grade)
            # "De jongen, Omar, durfde" loses both commas.
            closes = match["comma"] and text.startswith(",", mention.end)
            yield replace(mention, end=mention.end + 1) if closes else mention
    for match in _BESIDE_SEVERAL.finditer(text):
        if _is_first_name(match["name"]):
            yield _with_those_behind(text, _mention(text, match, match.start("noun"), Grade.CERTAIN))


def _apart(text: str) -> Iterator[Mention]:
    for pattern in (_BEFORE_GROUP, _CHILD_OF, _BEFORE_NOUN):
        at = 0
        while (match := pattern.search(text, at)) is not None:
            # "Technolab in groep 7" is a thing, "Jayden uit groep 7" is somebody.
            sure = pattern is _BEFORE_GROUP and (match["link"] or "uit").lower() == "uit"
            # "Uit de derde" is of a class only behind a first name.
            other = pattern is _BEFORE_GROUP and match["year"] is not None and not _is_first_name(match["name"])
            grade = None if other else _grade(text, match, sure=sure)
            if grade is not None:
                mention = _mention(text, match, match.start("name"), grade)
                yield mention if pattern is _CHILD_OF else _with_those_before(text, mention)
            # In "kwam Jayden uit groep 7" the first word is no name, and the second may be one.
            at = match.end("name") if grade is None else match.end()
    for match in _BEHIND_GROUP.finditer(text):
        if _is_first_name(match["name"]):
            yield _with_those_behind(text, _mention(text, match, match.start("name"), Grade.CERTAIN))
    for match in _WHOSE_FAMILY.finditer(text):
        if _is_first_name(match["name"]):
            yield _mention(text, match, match.start("name"), Grade.CERTAIN)
    for match in _CHILDREN_OF.finditer(text):
        if _is_first_name(match["name"]) or _is_title(match):
            yield _mention(text, match, match.start("name"), Grade.CERTAIN)


def _with_those_before(text: str, mention: Mention) -> Mention:
    """Return the name with those listed before it: "Eva, Bram en Sanne uit groep 7"."""
    start = mention.start
    while (match := _AND_BEFORE.search(text, 0, start)) and _is_first_name(match["name"]):
        start = match.start("name")
    return replace(mention, start=start, name=text[start : mention.end])


def _with_those_behind(text: str, mention: Mention) -> Mention:
    """Return the name with those listed behind it: "de leerlingen Kevin en Daan"."""
    end = mention.end
    while (match := _AND_BEHIND.match(text, end)) and _is_first_name(match["name"]):
        end = match.end()
    return replace(mention, end=end, name=f"{mention.name}{text[mention.end : end]}")


def _is_first_name(name: str) -> bool:
    return name[0].isupper() and fold(name) not in PLACES and (is_persons_name(name) or name.lower() in _FIRST_NAMES)


def _is_title(match: re.Match[str]) -> bool:
    return match["rest"] is not None and fold(match["name"]) in TITLE_WORDS


def _mention(text: str, match: re.Match[str], start: int, grade: Grade) -> Mention:
    end = match.end("rest") if match["rest"] else match.end("name")
    whose = "whose" in match.re.groupindex and match["whose"] is not None
    end = match.end("whose") if whose else end
    return Mention(start, end, text[match.start("name") : end], NameForm.OUTSIDER, (), whose, grade)


def _grade(text: str, match: re.Match[str], *, sure: bool = False) -> Grade | None:
    """Return the grade of a word where a name may stand; None: it is a word or a place."""
    name = match["name"]
    low = name.lower()
    capital, known = name[0].isupper(), is_listed(low.capitalize()) or low in _FIRST_NAMES
    if _is_title(match):
        return Grade.CERTAIN
    is_place = any(fold(part) in PLACES for part in (name, name.split("-")[0]))
    if (
        is_place
        or low in EVERYDAY
        or low in _DETERMINERS
        or low in _BODIES
        or fold(name) in ABBREVIATIONS
        or name.isupper()
    ):
        return None
    acts = sure or does_something(text, match.end("name"))
    if is_word(low):
        if low in _FIRST_NAMES and low in ORDINARY:
            return Grade.LIKELY if capital and (sure or "noun" in match.re.groupindex) else None
        if known and capital:
            return Grade.CERTAIN
        sits = capital and acts and low not in ORDINARY and not begins_sentence(text, match.start("name"))
        return Grade.LIKELY if sits else None
    if known or (capital and (sure or match["rest"])):
        return Grade.CERTAIN
    if "noun" not in match.re.groupindex:
        return None
    return Grade.CERTAIN if capital else Grade.LIKELY if acts else None
