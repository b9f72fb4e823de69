"""The ways in which somebody in a hurry writes a name: joined to words, in addresses, with signs."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from sto_desktop.domain.names.ordinary_words import is_word


@dataclass(frozen=True)
class Said:
    """A sentence of a panel. `written`: the form of a member's name in it. `sure`: it can only be the name. `likely`:
    it is rarely anything else, so it is replaced in outputs that nobody reviews.
    """

    text: str
    written: str = ""
    sure: bool = True
    likely: bool = False


def plain(text: str) -> str:
    """Return text in lower case, without accents and strokes."""
    parts = unicodedata.normalize("NFKD", text.casefold().translate(str.maketrans("łøıđ", "loid")))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def letters_of(name: str) -> str:
    """Return the letters of a name as in an address."""
    return "".join(sign for sign in plain(name) if sign.isalnum())


_DIMINISHED = {"n": "netje", "m": "metje", "b": "betje", "k": "je", "d": "je", "t": "je", "s": "je", "p": "je"}
_GLUED_TO = ("plan", "overleg", "techniek", "team", "project")


def of_first(first: str, sure: bool, draw: random.Random) -> Iterator[Said]:
    """Yield sentences with a first name in signs, joined to a word and in labels; not sure: it is also a word."""
    low, letters = first.lower(), letters_of(first)
    glued = draw.choice(_GLUED_TO)
    yield Said(f"#{glued}{letters} staat op de lijst", f"#{glued}{letters}", sure)
    yield Said(f"#{letters}{glued} ook", f"#{letters}{glued}", sure)
    yield Said(f"#{glued.capitalize()}{letters.capitalize()} graag", f"#{glued}{letters}", sure)
    yield Said(f"vraag het @{letters} even", f"@{letters}")
    yield Said(f"mail {letters}{glued}@school.example of bel", f"{letters}{glued}@school.example")
    if not sure:
        return
    for around in draw.sample(("({})", "[{}]", '"{}"', "‘{}’", "**{}**", "_{}_", "`{}`", "~~{}~~", "{}/Hanneke"), 4):
        yield Said(f"eerst {around.format(low)} vragen", low)
    yield Said(f"daarna {unicodedata.normalize('NFD', first)} gebeld", first)
    yield Said(f"toen {first[:2]}\u00ad{first[2:]} gesproken", f"{first[:2]}\u00ad{first[2:]}")
    if len(letters) > 2:
        yield Said(f"bij {low}1 nagevraagd", f"{low}1")
        yield Said(f"met 2{low} gebeld", f"2{low}")
    if letters[-1] in _DIMINISHED and len(letters) > 2:
        small = f"{low}{_DIMINISHED[letters[-1]]}"
        yield Said(f"dat was {small} weer", small)
    if letters[-1] in "bcdfgkmnprt" and "-" not in first and len(letters) > 2:
        many = f"{first}{letters[-1]}en"
        yield Said(f"alle drie de {many} waren er", many)
    if "ij" in letters or "y" in letters:
        for other in ("ij", "y", "ĳ"):
            name = low.replace("ij", "y").replace("y", other)
            yield Said(f"dus {name} regelt dat", plain(name))


def of_surname(surname: str, sure: bool) -> Iterator[Said]:
    """Yield sentences with a surname joined to a word, in addresses, and with particles that the member
    does not have.
    """
    low, bare, letters = surname.lower(), surname.split(" ")[-1].lower(), letters_of(surname)
    yield Said(f"zie www.{letters}.nl voor meer", f"www.{letters}.nl", sure or " " in surname)
    yield Said(f"zie https://school.example/{letters}/plan.", letters, sure or " " in surname)
    yield Said(f"mail {letters}techniek@x.example dus", f"{letters}techniek@x.example")
    yield Said(f"mail ri{letters}@x.example dus", f"ri{letters}@x.example")
    for particles in ("van der", "v.d.", "van den", "op de", "ter"):
        yield Said(f"dat zei mevrouw {particles} {bare} ook", particles)
    if sure:
        yield Said(f"volgens van der {low} dus", "der")
        yield Said(f"samen met {letters} gedaan", letters)
        yield Said(f"N.{letters.capitalize()} kwam later", letters)
        yield Said(f"{bare}1 stond op het bord", f"{bare}1")


def of_both(first: str, surname: str) -> Iterator[Said]:
    """Yield sentences with the whole name joined, reversed, and shortened to initials in an address."""
    given, letters = letters_of(first), letters_of(surname)
    initials = f"{given[0]}{letters[0]}"
    glued = f"{given}{letters}"
    yield Said(f"{glued.capitalize()} was er ook", glued)
    yield Said(f"ook {given.capitalize()}{letters.capitalize()} was er", glued)
    yield Said(f"met {given}_{letters} gepraat", f"{given}_{letters}")
    yield Said(f"met {given}.{letters} gepraat", f"{given}.{letters}")
    yield Said(f"lijst: {surname.lower()},{first.lower()} (nieuw)", f"{surname.lower()},{first.lower()}")
    yield Said(f"lijst: {surname.lower()} {first.lower()} (oud)", f"{surname.lower()} {first.lower()}")
    yield Said(f"van {first[0]}.{surname} gehoord", f"{first[0]}.{surname}")
    yield Said(f"van {first[0]}\u00a0{surname} gehoord", f"{first[0]}\u00a0{surname}")
    yield Said(f"mail {initials}@x.example dus", f"{initials}@x.example")
    yield Said(f"mail {initials[::-1]}@x.example dus", f"{initials[::-1]}@x.example")
    yield Said(f"bel {glued} op https://{glued}.example graag", glued)
    yield from _half_in_an_address(first.lower(), surname.lower())


def _half_in_an_address(first: str, surname: str) -> Iterator[Said]:
    """Yield sentences in which an account or a site ends inside a name."""
    bare = surname.split(" ")[-1]
    yield Said(f"dat vroeg @{first} {surname} ook", bare)
    yield Said(f"label #{first} {surname} erbij", bare)
    yield Said(f"profiel op linkedin.nl/{first} {surname} gezien", bare)
    yield Said(f"zie x.example/{surname} {first} voor meer", first)
    yield Said(f"toen kwam @{surname}, {first} binnen", first)
    yield Said(f"mail aan {first} {surname}@school.example sturen", first)


_WHERE_NAMES_STAND = (
    "actie: {}",
    "actie {}: rooster maken",
    "de inkoop ({})",
    "vraag {} maar",
    "bel {} even",
    "mail naar {} gestuurd",
    "met {} gebeld",
    "punt van {}, maandag",
    "nog mailen: {}",
    "dat komt van {}/bestuur",
    "- {}",
    "- {}: kan niet",
    "wie doet het? {}",
    "cc {} en de rest",
)


def of_very_common(first: str, other: str) -> Iterator[Said]:
    """Yield sentences in which a very common word is in the place of a name, alone or next to another name."""
    low = first.lower()
    yield Said(f"{low} zei nee", low)
    yield Said(f"volgens {low} niet", low)
    yield Said(f"{low}'s idee was goed", f"{low}'s")
    for form in _WHERE_NAMES_STAND:
        yield Said(form.format(low), low, sure=False, likely=True)
    for form in (
        "{0}, {1} en de rest",
        "eerst {1}, {0} en de rest",
        "{1} + {0}",
        "{0}/{1} regelen dat",
        "{1} en {0} gaan",
    ):
        yield Said(form.format(low, other.lower()), low, sure=False, likely=True)


def of_double(first: str, surname: str) -> Iterator[Said]:
    """Yield sentences with a first name of two words, joined in any way, and with its initials."""
    words = first.split(" ")
    low, last = [word.lower() for word in words], surname.lower()
    bare = last.split(" ")[-1]
    for joint in ("-", " ", "", "_", "."):
        name = joint.join(low)
        yield Said(f"overleg met {name} gehad", name)
        yield Said(f"{joint.join(words)} kwam later", low[0])
        yield Said(f"{name}'s idee was dat", low[-1] if joint else f"{name}'s")
    yield Said(f"het plan{'-'.join(low)} is af", f"plan{low[0]}")
    yield Said(f"het {'-'.join(low)}plan is af", f"{low[-1]}plan")
    letters = "".join(word[0] for word in words)
    yield Said(f"dat zei {letters.lower()} ook", letters, sure=False, likely=True)
    yield Said(f"volgens {letters} niet", letters)
    yield Said(f"gebeld met {letters} erover", letters, sure=False)
    for initials in (
        letters,
        letters.lower(),
        f"{'.'.join(letters)}.",
        f"{'. '.join(letters)}.",
        f"{'.-'.join(letters)}.",
    ):
        for written in (initials, bare):
            yield Said(f"mail van {initials} {surname} gekregen", written)


def of_initials(first: str, surname: str) -> Iterator[Said]:
    """Yield sentences with initials next to a name, which belong to it."""
    yield Said(f"mail van {first[0]}.X. {surname} gekregen", f"{first[0]}.X.")
    yield Said(f"mail van dhr. {first[0]}. {surname} gekregen", f"{first[0]}.")
    yield Said(f"mail van {surname}, {first[0]}. gekregen", f"{first[0]}.")
    yield Said(f"mail van {first} {surname.split(' ')[-1][0].upper()}. gekregen", f"{surname.split(' ')[-1][0]}.")


def of_user_names(first: str, surname: str) -> Iterator[Said]:
    """Yield sentences with names as in the accounts of a school."""
    given, last, bare = letters_of(first), letters_of(surname), letters_of(surname.split(" ")[-1])
    particles = "".join(letters_of(word)[:1] for word in surname.split(" ")[:-1])
    glued = (f"{given[0]}{last}", f"{given[0]}{bare}", f"{given[0]}{particles}{bare}", f"{bare}{given[0]}")
    for name in dict.fromkeys((*glued, f"{given}{bare}")):
        # "hoekstram" could consist of hoek and stram.
        yield Said(f"stuur het naar {name} door", name, sure=not is_word(name))
    for name in (f"{given[0]}.{last}", f"{given}.{bare}", f"{given}_{bare}"):
        yield Said(f"stuur het naar {name} door", bare)


def of_elision(surname: str) -> Iterator[Said]:
    """Yield sentences with a surname that has a particle and an apostrophe, written in all other ways."""
    particle, rest = surname.lower().split("'")
    for sign in ("'", "’", " ", "", "' ", "`"):
        name = f"{particle}{sign}{rest}"
        written = rest if sign else name
        yield Said(f"dat weet {name} ook", written)
        yield Said(f"dhr {name} belt", written)
    yield Said(f"volgens {rest} niet", rest)
    yield Said(f"{rest}s plan is dat", f"{rest}s")
