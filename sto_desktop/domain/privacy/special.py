"""Finds words that may tell something special of a person: health, belief, origin, crime, union, politics, sexuality.

The words, with their source, are in `resources/special_categories/nl.txt`, which a person can extend. A word beside one
person ("hij", "de leerling", a name) tells something of that person, and is replaced; otherwise it is shown only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.context import TITLE_WORDS
from sto_desktop.domain.names.grades import Grade, NameForm
from sto_desktop.domain.names.mentions import Mention, finder_of
from sto_desktop.domain.names.outsiders import outsiders_in
from sto_desktop.domain.people import fold
from sto_desktop.language import counted
from sto_desktop.patterns import lazy_re
from sto_desktop.resources import resource

_SENTENCE_END = lazy_re(r"[.!?…](?=\s)|\n|;")
_ONE_PERSON = lazy_re(
    # "Zij" and "ze" are one person before a verb in the singular.
    rf"(?<![^\W_])(?:z(?:ij|e)\s+(?:is|was|heeft|had|wordt|werd|zit|zat|draagt|droeg|slikt|stemt|kreeg|krijgt|komt)"
    # "Zijn" is a verb too, but not before a relative.
    r"|zijn\s+(?:[^\W\d_]+e\s+)?(?:ouders|broers|zussen|kinderen|gezin|familie)"
    rf"|hij|hem|haar|ik|mij|mijn|m['’]n|iemand|leerlinge?|scholiere?|studente?|stagiaire?|zoon(?:tje)?"
    rf"|dochter(?:tje)?|kind|jongen|meisje|broer|zus|vader|moeder|man|vrouw|medewerker|werknemer"
    rf"|{'|'.join(sorted(word for word in TITLE_WORDS if word not in ('gezin', 'familie')))})(?![^\W_])",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of the list as one pattern, as one that is quick on text in lower case, and the category of each."""

    pattern: re.Pattern[str]
    quick: re.Pattern[str]
    categories: tuple[tuple[str, str], ...]


@cache
def _words() -> _Words:
    category, by_word = "", []
    for line in resource("special_categories", "nl.txt").read_text(encoding="utf-8").splitlines():
        entry = line.strip()
        if entry.startswith("["):
            category = entry.strip("[]")
        elif entry and not entry.startswith("#"):
            by_word.append((entry, category))
    pattern = "|".join(_pattern_of(word) for word, _ in sorted(by_word, key=lambda entry: -len(entry[0])))
    rests: dict[str, list[str]] = defaultdict(list)
    anywhere = []
    for word, _ in by_word:
        if word.startswith("*"):
            anywhere.append(_spelled(word.lower()))
        else:
            rests[word[0].lower()].append(_spelled(word.lower()[1:]))
    # By first letter and without regard to case: several times as quick where nothing is found.
    quick = "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in rests.items())
    return _Words(
        re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])"),
        re.compile("|".join((rf"(?<![^\W_])(?:{quick})", *anywhere))),
        tuple(by_word),
    )


def _spelled(entry: str) -> str:
    return re.escape(entry.strip("*")).replace(r"\ ", r"\s+").replace("'", "['’]")


def _pattern_of(entry: str) -> str:
    word = _spelled(entry)
    longer = r"[^\W\d_]*"
    word = f"{longer * entry.startswith('*')}{word}{longer * entry.endswith('*')}"
    return word if entry.isupper() else f"(?i:{word})"


def category_of(word: str) -> str:
    """Return the category of a special word, as in the list: "gezondheid"."""
    folded = fold(word.replace("’", "'"))
    for entry, category in _words().categories:
        key = fold(entry.strip("*"))
        at = folded.find(key)
        if at >= 0 and (not at or entry.startswith("*")) and (folded.endswith(key) or entry.endswith("*")):
            return category
    return ""


def may_be_special(text: str) -> bool:
    """Return whether a text has a special word."""
    words = _words()
    return words.quick.search(text.lower()) is not None and words.pattern.search(text) is not None


def tells_of_somebody(text: str, people: Iterable[Panelist]) -> bool:
    """Return whether a text has a special word about one person: one of these people, or anybody else."""
    if not may_be_special(text):
        return False
    return any(mention.grade is Grade.LIKELY for mention in special_in(text, finder_of(tuple(people)).find(text)))


def said_as_noted(texts: Iterable[str], people: Iterable[Panelist]) -> str:
    """Return in how many texts that go out as they were noted something special of one person stands, or the name of an
    outsider; empty if in none. `people`: the members.
    """
    members = tuple(people)
    amount = sum(tells_of_somebody(text, members) or bool(outsiders_in(text)) for text in texts)
    if not amount:
        return ""
    return counted(
        amount,
        "In {n} tekst staat iets bijzonders over iemand, of hoe een leerling of een ander heet die er niet bij is; "
        "met «alles» blijft dat staan.",
        "In {n} teksten staat iets bijzonders over iemand, of hoe een leerling of een ander heet die er niet bij is; "
        "met «alles» blijft dat staan.",
    )


def special_in(text: str, names: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the special words in a text, in order, that are no part of a name; `names`: the names found in it. A word
    with a capital that is on no list may look like a name: "hij is Molukker".
    """
    mentions: list[Mention] = []
    if not may_be_special(text):
        return ()
    matches = list(_words().pattern.finditer(text))
    names = [
        name
        for name in names
        if name.form is not NameForm.STRANGER or all(name.is_apart_from(*match.span()) for match in matches)
    ]
    for match in matches:
        if not all(name.is_apart_from(*match.span()) for name in names):
            continue
        ends = [end.end() for end in _SENTENCE_END.finditer(text, 0, match.start())]
        after = _SENTENCE_END.search(text, match.end())
        start, end = ends[-1] if ends else 0, after.start() if after else len(text)
        named = any(start <= name.start < end and name.grade is not Grade.UNLIKELY for name in names)
        about_somebody = named or _ONE_PERSON.search(text, start, end) is not None
        grade = Grade.LIKELY if about_somebody else Grade.UNLIKELY
        mentions.append(Mention(match.start(), match.end(), match[0], NameForm.SPECIAL, (), grade=grade))
    return tuple(mentions)
