"""The forms in which a member's name is written, as far as they follow from the list of members.

A name of three words may begin with a double first name ("Pieter Jan Zwart") or end in a double surname ("Renée Oude
Wessel"). The list does not say which, so both readings count.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sto_desktop.domain.brackets import in_brackets, normalised
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.grades import NameForm
from sto_desktop.domain.names.ordinary_words import (
    ABBREVIATIONS,
    DAYS,
    DESKS,
    EVERYDAY,
    MONTHS,
    ORDINARY,
    ORGANISATIONS,
    PLACES,
    is_persons_name,
    is_rather_a_word,
    is_right,
    is_word,
)
from sto_desktop.domain.names.spelling import HYPHEN, key_of, typed_with_two
from sto_desktop.domain.people import (
    by_name_only,
    first_letters,
    first_name_of,
    fold,
    formal_name_of,
    is_particle,
    squeeze,
    surname_of,
    without_particles,
)
from sto_desktop.patterns import lazy_re

_JOINED_PARTICLE = lazy_re(r"(?i)(?:vande[nr]|vande|van|de)(?=[^\W\d_]{4})")
"""A particle written as one with the surname: "Vandamme"."""
_VAN_DE = ("van de", "van den", "van der")
_SHORT_VAN_DE = ("vd", "vde", "vden", "vder")
"""How these are shortened in lists: "v.d. Molen"."""
_SHORTEST = 2
_SHORTEST_PART = 3
_SHORTEST_INITIALS = 3
_NICKNAME = lazy_re(r"[\"“”„«»][^\"“”„«»]*[\"“”„«»]|\([^()]*\)")
_NO_NAMES = frozenset(fold(name) for name in (*ORGANISATIONS, *PLACES, *ABBREVIATIONS, *DAYS, *MONTHS))
_LONGEST_WORD = 7
_LONGEST_NAME = 8
"""Longer words in brackets are functions or sectors: "Teamleider", "Roostermaker"; the speller takes "geertien" too."""
_VOWEL = lazy_re("[aeiouy]")
_SLASH = lazy_re(r"(?<=[^\W\d_]{3})\s*/\s*(?=[^\W\d_]{3})")
"""Between two surnames or first names: "Anna Temmink/Rouwhorst"."""
_INITIALS = lazy_re(r"(?:\w\.?)(?:[ -]?\w\.)*")
_WORDS = lazy_re(r"[^\W\d_]+")
_ELISION = lazy_re(r"[^\W\d_]{1,2}['’‘`´](?=[^\W\d_]{3})")
"""A particle attached to a surname: "d'Hondt", "O'Brien"."""
_TWO_LETTERS = ("ch", "ij", "ph", "sj", "th", "tj")
"""First letters of a first name that count as one initial: "Sj. Hoekstra"."""
_SECOND_NAME = lazy_re(
    r"(?<=[^\W\d_]{3})(?i:anna|anne|annie|bert|elise|els|hein|hendrik|jaap|jan|johan|joost|kees|lies|loes|louise|maria"
    r"|marie|marijn|mieke|paul|peter|piet|pieter|wil|willem|wim)$|(?<=[a-zà-öø-þ])(?=[A-ZÀ-ÖØ-Þ])"
)
"""The second of two first names that are written as one: "Gerritjan", "AnneMarie"."""


@dataclass(frozen=True, slots=True)
class MemberName:
    """The parts of a member's name: `firsts` are first names or initials, `surnames` include particles."""

    whole: str
    firsts: tuple[str, ...]
    surnames: tuple[str, ...]


def name_of(panelist: Panelist) -> MemberName:
    """Return the parts of a member's name, in each reading."""
    whole = _SLASH.sub("-", normalised(_with_capitals(panelist.name)))
    surname, formal = surname_of(whole), formal_name_of(whole)
    also_first, also_last = _from_brackets(panelist, formal)
    firsts = [_with_capitals(panelist.first_name), first_name_of(whole), formal, *also_first]
    surnames = [surname]
    words = surname.split()
    while len(words) > 1 and formal and not _INITIALS.fullmatch(formal) and _may_be_given(words):
        formal = f"{formal} {words.pop(0)}"
        firsts.append(formal)
        surnames.append(" ".join(words))
    surnames += [*_surnames_inside(surname), *also_last]
    # In lower case neither half is a name by itself: "Robbert" is not Rob.
    firsts += [
        f"{first[: cut.start()]} {first[cut.start() :]}".lower()
        for first in firsts
        if (cut := _SECOND_NAME.search(first))
    ]
    # A first name that equals the full name is not a separate form.
    first_names = tuple(first for first in dict.fromkeys(firsts) if first and first != whole)
    return MemberName(whole, first_names, tuple(filter(None, surnames)))


def _from_brackets(panelist: Panelist, formal: str) -> tuple[list[str], list[str]]:
    """Return the first names and surnames that brackets add: "Johanna Vos (Mia)", "Anna Temmink (geb. Rouwhorst)".

    A word that does not say which it is counts as both; behind initials or a title it is a first name.
    """
    told = in_brackets(panelist.name)
    initials = not formal or _INITIALS.fullmatch(formal) is not None
    firsts, surnames = list(told.called), list(told.born)
    for words in told.perhaps:
        bare, low = without_particles(words), fold(words)
        if not all(_may_be_called(word, panelist) for word in bare.split()):
            continue
        # An ordinary word is weighed better as a first name; one that only the dictionary has, as a surname.
        particle, ordinary = bare != words, low in ORDINARY
        a_word = is_rather_a_word(low) and (not initials or is_word(low, compound=False))
        if not particle and (ordinary or not a_word):
            firsts.append(words)
        if particle or (not ordinary and (a_word or not initials)):
            surnames.append(words)
    return [_with_capitals(first) for first in firsts], [_with_capitals(surname) for surname in surnames]


def called_in_list(full: str) -> str:
    """Return the name used in conversation, as `first_name_of` does, also if it stands behind initials or a title:
    "Dinie" of "B. Lubbers (Dinie)" and "mevrouw Lubbers (Dinie)".
    """
    formal = formal_name_of(full)
    if in_brackets(full).perhaps and (not formal or _INITIALS.fullmatch(formal)) and surname_of(full):
        firsts, _ = _from_brackets(by_name_only(full), formal)
        return next(filter(is_persons_name, firsts), "") or first_name_of(full)
    return first_name_of(full)


def _may_be_called(word: str, panelist: Panelist) -> bool:
    """Return whether a word in brackets may be a name, and says nothing else about the member."""
    low = fold(word)
    about = fold(f"{panelist.organisation} {panelist.sector} {panelist.role}")
    capitals = not (word[1:].islower() or panelist.name.isupper() or "-" in word)
    if not _NO_NAMES.isdisjoint((low, *low.split("-"))) or low in about or capitals or not _VOWEL.search(low):
        return False
    a_word = is_word(low, compound=False) or (len(low) > _LONGEST_NAME and is_right(low))
    if is_persons_name(word[:1].upper() + word[1:].lower()) or not a_word:
        return True
    # A word in lower case is no name where names have capitals; a long one is a function: "Teamleider".
    own = word[:1].isupper() or panelist.name.islower()
    return own and len(word) <= _LONGEST_WORD and low not in DESKS


def _with_capitals(name: str) -> str:
    """Return a name that was typed without capitals as it is written: they tell its halves from its particles."""
    if not name.islower():
        return name
    return _WORDS.sub(lambda word: word[0] if is_particle(word[0]) else word[0].capitalize(), name)


def _surnames_inside(surname: str) -> list[str]:
    """Return the surnames of several words, or with a particle, in a longer one: "de Ridder" of "Jansen-de Ridder", "da
    Silva" of "da Silva Pereira".
    """
    groups: list[list[str]] = [[]]
    for piece in re.split(rf"\s*[{HYPHEN}]\s*", surname):
        for at, word in enumerate(piece.split()):
            # "El-Amrani" is one surname: before the hyphen stands a particle only.
            ends = groups[-1] and not is_particle(groups[-1][-1])
            if ends and (at == 0 or is_particle(word)):
                groups.append([])
            groups[-1].append(word)
    # The first of two surnames that only the first particle is shared by.
    begins = [group[: end + 2] for group in groups if (end := _last_particle(group)) >= 0]
    inside = (" ".join(group) for group in (*groups, *begins) if group and (len(group) > 1 or _ELISION.match(group[0])))
    return [name for name in dict.fromkeys(inside) if key_of(name) != key_of(surname)]


def _last_particle(words: Sequence[str]) -> int:
    """Return the index of the last of the particles in front; -1 if there are none."""
    return next((at for at, word in enumerate(words) if not is_particle(word)), len(words)) - 1


def _given_names(name: MemberName) -> tuple[str, ...]:
    """Return the first names, which a name without a surname is too."""
    return name.firsts if name.surnames else (*name.firsts, name.whole)


def _may_be_given(words: Sequence[str]) -> bool:
    """Return whether the first of these words of a surname may be a second first name."""
    return words[0][:1].isupper() and without_particles(" ".join(words)) == " ".join(words)


def bare_of(surname: str) -> str:
    """Return a surname without its particles, also those attached to it: "Hondt" of "d'Hondt"."""
    return _ELISION.sub("", without_particles(surname), count=1)


def _particles_of(surname: str) -> str:
    return surname[: len(surname) - len(bare_of(surname))].strip()


def _short_particles(surname: str) -> str:
    """Return the particles of a surname as in lists: "v.d." of "van den Bruggen"."""
    words = map(squeeze, _particles_of(surname).split())
    return "".join(f"{word[0]}." for word in words if word)


def written_forms(panelist: Panelist) -> Iterator[tuple[str, NameForm]]:
    """Yield the forms of a name that may occur in a sentence."""
    name = name_of(panelist)
    if name.surnames and squeeze(name.surnames[0]) != squeeze(name.whole):
        yield name.whole, NameForm.FULL
        yield _NICKNAME.sub(" ", name.whole), NameForm.FULL
    for surname in name.surnames:
        yield from _with_surname(name.firsts, surname)
    for first in _given_names(name):
        if len(first) >= _SHORTEST and not _INITIALS.fullmatch(first):
            yield first, NameForm.FIRST
            yield from ((half, NameForm.PART) for half in _halves(first))


def _with_surname(firsts: Iterable[str], surname: str) -> Iterator[tuple[str, NameForm]]:
    bare, particles, short = bare_of(surname), _particles_of(surname), _short_particles(surname)
    if joined := _JOINED_PARTICLE.match(surname):
        yield f"{joined[0]} {surname[joined.end() :]}", NameForm.SURNAME
    for first in firsts:
        if first == surname:
            continue  # a word in brackets that may be either
        yield f"{first} {surname}", NameForm.FULL
        yield f"{first} {bare}", NameForm.FULL
        yield f"{surname}, {first}", NameForm.FULL
        yield f"{bare}, {first} {particles}".strip(), NameForm.FULL
        if not _INITIALS.fullmatch(first):
            yield f"{surname} {first}", NameForm.FULL
    # "d." would be half of "v.d."; in hurried typing the particle is attached to the surname: "vdbergh".
    shortened = (f"{short} {bare}", squeeze(short) + bare) if short not in ("", "d.") else ()
    full = [f"{particle} {bare}" for particle in _VAN_DE] if squeeze(particles) in _SHORT_VAN_DE else ()
    for written in (surname, bare, *shortened, *full):
        # In "'t Hoen" the apostrophe is part of the name, but people omit it.
        if len(squeeze(written)) >= _SHORTEST and written.lstrip("'’‘")[:1].isalpha():
            yield written, NameForm.SURNAME
    yield from ((half, NameForm.PART) for half in _halves(bare))


def _halves(name: str) -> list[str]:
    """Return the words of a name with several: a double name, or more than one surname."""
    words = re.split(rf"[\s{HYPHEN}]+", name)
    return [word for word in words if len(word) >= _SHORTEST_PART and word[:1].isupper()] if len(words) > 1 else []


def _words_of(first: str) -> list[str]:
    return [word for word in re.split(rf"[\s.{HYPHEN}]+", first) if word[:1].isalpha()]


def given_initials(panelist: Panelist) -> frozenset[str]:
    """Return the initials that may stand before a member's surname, in lower case: "s" and "sj", "p" and "pj"."""
    first_names = [[fold(word) for word in _words_of(first)] for first in _given_names(name_of(panelist))]
    return frozenset(
        letters
        for words in first_names
        if words
        for letters in (words[0][0], "".join(word[0] for word in words), *_two_letters(words[0]))
    )


def _two_letters(first: str) -> tuple[str, ...]:
    return (first[:2],) if first.startswith(_TWO_LETTERS) else ()


def surname_initials(panelist: Panelist) -> frozenset[str]:
    """Return the initials that may follow a member's first name, in lower case: "b" and "vdb"."""
    return frozenset(letters for surname in name_of(panelist).surnames for letters in _letters_of(surname))


def _letters_of(surname: str) -> Iterator[str]:
    yield from first_letters(surname)
    yield from (word[0] for word in fold(bare_of(surname)).split())
    # A particle with a capital, as in Belgian names, gives the first letter.
    if surname[0].isupper():
        yield fold(surname)[:1]


def _between(surname: str) -> Iterator[str]:
    """Yield the letters of particles between initials: "v" and "vt" of "van 't Veer", "vd" of "v.d. Molen", none."""
    words = _particles_of(surname).split()
    short = squeeze("".join(words)) in _SHORT_VAN_DE
    spoken = "vd" if short else "".join(word[0] for word in words if word[0].isalpha()).lower()
    for letters in (spoken, "vd" if short else "".join(squeeze(word)[:1] for word in words)):
        yield from (letters, letters.upper())
    yield ""


def initials_of(panelist: Panelist) -> Iterator[str]:
    """Yield a member's initials as used in minutes: "HdV", "HDV" and "HV", and "JW" for Jan-Willem."""
    name = name_of(panelist)
    for first_name in (words for first in _given_names(name) if len(first) > 1 and (words := _words_of(first))):
        letters = "".join(word[0] for word in first_name).upper()
        for surname in name.surnames:
            lasts = sorted(map(str.upper, first_letters(bare_of(surname))))
            for last, head in itertools.product(lasts, dict.fromkeys((letters[0], letters))):
                yield from dict.fromkeys(f"{head}{middle}{last}" for middle in _between(surname))
        if len(first_name) > 1:
            yield letters


def _keys(names: Iterable[str]) -> Iterator[str]:
    """Yield the letters of names, including their spelling on a keyboard without accented letters."""
    both = (form for name in names for form in (name, typed_with_two(name)))
    yield from dict.fromkeys(key for form in both if (key := key_of(form)))


def given_keys(panelist: Panelist) -> Iterator[str]:
    """Yield the letters of the first names, and of each half of a double one."""
    names = _given_names(name_of(panelist))
    yield from _keys(names)
    yield from (half for half in _keys(half for name in names for half in _halves(name)) if half not in EVERYDAY)


def _surname_keys(panelist: Panelist) -> Iterator[str]:
    surnames = name_of(panelist).surnames
    yield from _keys(form for surname in surnames for form in (surname, bare_of(surname), *_shortened_surname(surname)))


def _shortened_surname(surname: str) -> Iterator[str]:
    """Yield a surname with its particles as people shorten them, or write them in full: "vd Hof" and "van het Hof" of
    "van 't Hof".
    """
    particles, bare = fold(_particles_of(surname)).split(), bare_of(surname)
    if len(particles) > 1 and particles[0] == "van":
        yield from (f"vd {bare}", f"v{squeeze(particles[1])[:1]} {bare}")
        if squeeze(particles[1]) == "t":
            yield f"van het {bare}"


def _part_keys(panelist: Panelist) -> Iterator[str]:
    """Yield the words of a surname that has several."""
    parts = (word for surname in name_of(panelist).surnames for word in re.split(r"[\s-]+", bare_of(surname)))
    yield from (word for word in _keys(parts) if len(word) >= _SHORTEST_PART and word not in EVERYDAY)


def address_keys(panelist: Panelist) -> Iterator[str]:
    """Yield the letters of the names, alone and combined, that an address may contain."""
    yield from _surname_keys(panelist)
    yield from _part_keys(panelist)
    for first in given_keys(panelist):
        yield first
        for last in (*_surname_keys(panelist), *_part_keys(panelist)):
            yield from (first + last, last + first)


def two_initials(panelist: Panelist) -> Iterator[str]:
    """Yield the first letters of both names, in either order: enough to recognise an e-mail address, too little for a
    label.
    """
    for first in given_keys(panelist):
        for last in _surname_keys(panelist):
            yield from (first[0] + last[0], last[0] + first[0])


def _initial_keys(key: str) -> tuple[str, ...]:
    return ("ij", "i") if key.startswith("ij") else (key[:1],)


def surname_accounts(panelist: Panelist) -> Iterator[str]:
    """Yield user names of a surname with initials: "wvdbruggen", "zwartpj"."""
    initials = {*given_initials(panelist), *(head for first in given_keys(panelist) for head in _initial_keys(first))}
    surnames = [surname.split() for surname in name_of(panelist).surnames]
    shorts = ("".join((*(squeeze(word)[:1] for word in words[:-1]), words[-1])) for words in surnames if len(words) > 1)
    for last in (*_surname_keys(panelist), *_part_keys(panelist), *_keys(shorts)):
        for letters in sorted(initials):
            yield from (letters + last, last + letters)


def first_accounts(panelist: Panelist) -> Iterator[str]:
    """Yield user names of a first name with initials, or of initials only: "teunv", "wilvdb", "wvdb"."""
    name = name_of(panelist)
    for first in given_keys(panelist):
        for surname in name.surnames:
            letters = "".join(word[0] for word in fold(surname).split() if word[0].isalpha())
            lasts = _keys((surname, bare_of(surname)))
            yield from (first + tail for tail in (letters, *(key for last in lasts for key in _initial_keys(last))))
    for letters in map(str.lower, initials_of(panelist)):
        if len(letters) >= _SHORTEST_INITIALS:
            yield letters
