"""Names of people: first names, surnames with Dutch particles, and matching a typed name to a member."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, auto
from functools import lru_cache

from sto_desktop.domain.brackets import in_brackets, normalised
from sto_desktop.domain.model import Panelist
from sto_desktop.patterns import lazy_re

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060"
"""Soft hyphens, and characters of no width."""
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"} | dict.fromkeys(INVISIBLE, "")
)
"""Letters that don't decompose, and invisible characters."""
_PARTICLE = lazy_re(
    "aan|al|bij|d|da|de|den|der|des|die|dos|du|el|het|in|l|la|le|lo|onder|op|over|s|t|te|ten|ter|tot|uit|van|ver|vom"
    "|vd|vde|vden|vder|von|voor|zu|zum|zur"
)
"""Particles, including the short forms used in lists: "vd", "v.d.", "v/d"."""
_TITLE = lazy_re("dhr|heer|mevr|mevrouw|meneer|mw|dr|drs|ir|ing|prof|mr|bc")
_DEGREE = lazy_re("msc|bsc|ma|ba|med|bed|phd|mba|rc|ra|llm|llb")
_INITIALS = lazy_re(r"(?:[^\W\d_]{1,2}\.)+(?:-?[^\W\d_]\.)*|[^\W\d_]")
_NICKNAME = lazy_re(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]|\(([^()]+)\)(?=\s*\S)")
_GLUED = lazy_re(
    r"(?<=[^\W\d_]\.)(?=[A-ZÀ-ÖØ-Þ](?:[a-zà-öø-ÿ]{2}|[A-ZÀ-ÖØ-Þ]{2}))|(?<=[A-ZÀ-ÖØ-Þ]\.)(?=(?:van|vd|de[nr]?|te[nr]?)\s)"
)
"""Where a space is lacking behind initials or a title: "A.Jansen", "V.D.SLUIS", "W.van der Sluis"."""
_CLOSING_BRACKETS = lazy_re(r"\([^()]*\)\s*$")
# A longer number is not a seat.
_SEAT_DIGITS = 6


class Presence(Enum):
    """Whether a member is at the table now. ABSENT members may still arrive; GONE members were present and left."""

    HERE = auto()
    ABSENT = auto()
    GONE = auto()


def presence_of(panelist: Panelist) -> Presence:
    """Return whether a member is at the table."""
    if not panelist.present:
        return Presence.ABSENT
    return Presence.GONE if panelist.left_at is not None else Presence.HERE


def fold(text: str) -> str:
    """Return text folded for comparison: lower case, no diacritics or invisible characters, single spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    # Case folding can give characters that decompose once more (Unicode, 3.13, caseless matching).
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return " ".join(plain.translate(_LETTERS).split())


@lru_cache(maxsize=10_000)
def squeeze(text: str) -> str:
    """Return only the folded letters and digits: "J. ten Veldkamp" becomes "jtenveldkamp"."""
    return "".join(filter(str.isalnum, fold(text)))


def is_particle(word: str) -> bool:
    """Return whether a word is a particle of a Dutch surname."""
    return _PARTICLE.fullmatch(squeeze(word)) is not None


def _begins_surname(word: str, following: str = "") -> bool:
    """Return whether a name of these words lacks a first name; "A.-L." and "T." are initials, "t" is not, and Al is
    somebody before a particle: "Al de Vries".
    """
    if not following or (word == "Al" and not following[0].isupper()):
        return False
    return is_particle(word) and not (word[:1].isupper() and _INITIALS.fullmatch(word))


def _without_titles(words: list[str]) -> list[str]:
    remaining = list(words)
    if len(remaining) > 2 and [fold(word) for word in remaining[:2]] == ["de", "heer"]:
        remaining = remaining[2:]
    while (
        len(remaining) > 1
        and _TITLE.fullmatch(squeeze(remaining[0]))
        and (remaining[0].endswith(".") or len(remaining[0]) > 2)
    ):
        remaining = remaining[1:]
    return remaining


def in_order(full: str) -> str:
    """Return "J. ten Veldkamp" for "Veldkamp, J. ten", and for "Veldkamp;J.ten"; degrees after a comma are dropped."""
    full = _GLUED.sub(" ", full).replace(";", ",")
    last, comma, rest = full.partition(",")
    if not comma or not last.strip() or not rest.strip():
        return full.strip().strip(",").strip()
    if all(_DEGREE.fullmatch(squeeze(word)) for word in rest.replace(",", " ").split()):
        return last.strip()
    return f"{rest.strip()} {last.strip()}"


def unadorned(full: str) -> str:
    """Return a name in order, without titles and what stands in brackets behind it: "dhr. Jansen, T. (vmbo)"."""
    return " ".join(_without_titles(in_order(_CLOSING_BRACKETS.sub("", full) or full).split()))


@lru_cache(maxsize=10_000)
def _split(full: str) -> tuple[str, str, str]:
    """Return the name used in conversation, the formal first name or initials, and the surname."""
    full = normalised(full)
    ordered = in_order(_CLOSING_BRACKETS.sub("", full) or full)
    match = _NICKNAME.search(ordered)
    told = in_brackets(full)
    nickname = told.called[0] if told.called else ""
    if match:
        # What somebody is born as is not what they are called.
        nickname = nickname or ("" if told.born else (match[1] or match[2]).strip())
        ordered = f"{ordered[: match.start()]} {ordered[match.end() :]}"
    words = ordered.split()
    bare = _without_titles(words)
    if not bare:
        return nickname or full.strip(), "", ""
    if (len(bare) == 1 and len(words) > 1) or (_begins_surname(*bare[:2]) and not nickname):
        # Only the surname is known, so use the name as written.
        return nickname or " ".join(words), "", " ".join(bare)
    firsts = [bare[0]]
    for word, following in itertools.pairwise(bare[:-1]):
        if not (_INITIALS.fullmatch(word) and _INITIALS.fullmatch(following)):
            break
        firsts.append(following)
    formal = " ".join(firsts)
    if nickname and len(bare) == 1:
        return nickname, "", formal
    return nickname or formal, formal, " ".join(bare[len(firsts) :])


def first_name_of(full: str) -> str:
    """Return the name used in conversation: the name in quotes, the first name, or else the initials.

    "Renée Oude Wessel" gives "Renée", 'Niels "Nick" Wolter' gives "Nick", "Veldkamp, J. ten" gives "J.". If only a
    surname is known ("dhr. Jansen"), the whole name is returned.
    """
    return _split(full)[0]


def by_name_only(name: str) -> Panelist:
    """Return a member of whom only the name is known, for code that finds or removes names."""
    return Panelist("", name=name, first_name=first_name_of(name))


def surname_of(full: str) -> str:
    """Return the surname with its particles: "ten Veldkamp", "Oude Wessel"; empty for a single word."""
    return _split(full)[2]


def formal_name_of(full: str) -> str:
    """Return the formal first name or initials: "Niels" of 'Niels "Nick" Wolter'; empty if unknown."""
    return _split(full)[1]


def without_particles(surname: str) -> str:
    """Return a surname without its particles: "Veldkamp" of "ten Veldkamp"."""
    words = surname.split()
    while len(words) > 1 and is_particle(words[0]):
        words = words[1:]
    return " ".join(words)


_LABEL = lazy_re(r"een [^\W\d_].*|Panellid [A-Z]+", re.DOTALL)


def is_label(name: str) -> bool:
    """Return whether a name is a label that a copy without names uses: "een docent vmbo", "Panellid A"."""
    return _LABEL.fullmatch(name) is not None


def called(panelist: Panelist) -> str:
    """Return the name of a member for use in a sentence, never a bare initial: "Ten Veldkamp" of "J. ten Veldkamp"; the
    seat if no name is known."""
    names = (panelist.first_name.strip(), first_name_of(panelist.name))
    name = next((name for name in names if name and not _is_initials(name)), "")
    surname, seat = surname_of(panelist.name), f"stoel {panelist.seat or '?'}"
    initials = names[0] or names[1]
    return name or surname[:1].upper() + surname[1:] or (f"{initials} ({seat})" if initials else seat)


def _is_initials(name: str) -> bool:
    return all(_INITIALS.fullmatch(word) for word in name.split())


def told_apart(panelists: Iterable[Panelist]) -> dict[str, str]:
    """Return the names used at one table, by id. Two members with the same name get their surname too, or first name or
    initials; if these are equal as well, their seat.
    """
    members = tuple(panelists)
    names = {member.id: called(member) for member in members}
    for alike in _alike(names):
        names |= {member.id: _longer(member) for member in members if member.id in alike}
    for alike in _alike(names):
        names |= {
            member.id: f"{names[member.id]} (stoel {member.seat or '?'})" for member in members if member.id in alike
        }
    return names


def _alike(names: Mapping[str, str]) -> list[list[str]]:
    """Return the ids that have the same name, per name."""
    by_name: dict[str, list[str]] = {}
    for member, name in names.items():
        by_name.setdefault(fold(name), []).append(member)
    return [members for members in by_name.values() if len(members) > 1]


def _longer(panelist: Panelist) -> str:
    name, surname = called(panelist), surname_of(panelist.name)
    # If the name used is the surname itself, add the first name or initials.
    first = formal_name_of(panelist.name) if fold(name) == fold(surname) else name
    return f"{first} {surname}".strip() or name


def _keys_of(panelist: Panelist) -> set[str]:
    nickname, formal, surname = _split(panelist.name)
    words = [word for word in re.split(r"[\s'’/-]+", surname) if word]
    bracketed = in_brackets(panelist.name).own
    keys = {squeeze(name) for name in (panelist.first_name, panelist.name, nickname, formal, surname, *bracketed)}
    keys.update(squeeze(f"{name}{surname}") for name in (panelist.first_name, nickname, formal) if name)
    keys.update(squeeze("".join(words[start:])) for start, word in enumerate(words) if not is_particle(word))
    keys.update(squeeze(word) for word in words if not is_particle(word))
    keys.discard("")
    return keys


def _short_forms_of(panelist: Panelist) -> set[str]:
    """Return a member's names with initials, or with part of the surname: "J. ten Veldkamp", "Jaap Veldkamp", "Peter
    Schol" of Peter Schol in 't Hof, "Jan Peter" of Jan Peter Lansink, "Jan PL".
    """
    nickname, formal, surname = _split(panelist.name)
    firsts = {name for name in (panelist.first_name, nickname, formal) if name}
    firsts |= {name[:1] for name in firsts}
    words = re.split(r"[\s/-]+", surname)
    # A part of a surname ends with no particle.
    ends = [end for end, word in enumerate(words, 1) if not is_particle(word)]
    parts = {" ".join(words[start:end]) for end in ends for start in range(end)} | first_letters(surname)
    return {squeeze(f"{first}{last}") for first in firsts for last in (surname, *parts) if last}


_NOTED_INITIALS = lazy_re(r"(?:[^\W\d_][.-]?){2,6}")


def _noted_initials(name: str) -> set[str]:
    """Return the initials by which people note a name, with and without those of its particles: "ROMS" and "ROM" of Ria
    Olde Monnikhof-Scholten.
    """
    return {letters for letters in first_letters(unadorned(name)) if len(letters) > 1}


def first_letters(name: str) -> set[str]:
    """Return the first letters of the words of a name, with and without particles and halves of double names."""
    ways = (re.split(pattern, name) for pattern in (r"\s+", r"[\s/-]+"))
    chosen = (way for words in ways for way in (words, [word for word in words if not is_particle(word)]))
    return {"".join(squeeze(word)[:1] for word in words) for words in chosen} - {""}


class NameIndex:
    """Finds members by seat, first name, nickname, or surname with and without particles."""

    def __init__(self, panelists: Iterable[Panelist]) -> None:
        self.panelists = tuple(panelists)
        self._keys = {panelist.id: _keys_of(panelist) for panelist in self.panelists}
        self._short_forms = {panelist.id: _short_forms_of(panelist) for panelist in self.panelists}
        self._matches: dict[str, tuple[Panelist, ...]] = {}
        self._meanings: dict[str, tuple[Panelist, ...]] = {}
        self._called: Mapping[str, str] | None = None

    def called(self, member: Panelist) -> str:
        """Return the name of a member in a sentence, with more of it if another is called so too: "Jan Kok"."""
        if self._called is None:
            self._called = told_apart(self.panelists)
        return self._called[member.id]

    def find(self, key: str) -> tuple[Panelist, ...]:
        """Return the members that `key` matches: one if unambiguous, otherwise all candidates."""
        if key not in self._matches:
            self._matches[key] = self._search(key)
        return self._matches[key]

    def _search(self, key: str) -> tuple[Panelist, ...]:
        if key.isdecimal():
            seat = int(key) if len(key) <= _SEAT_DIGITS else None
            return tuple(panelist for panelist in self.panelists if panelist.seat is not None and panelist.seat == seat)
        wanted = squeeze(key)
        named = tuple(panelist for panelist in self.panelists if wanted in self._keys[panelist.id])
        return named or tuple(panelist for panelist in self.panelists if panelist.id.casefold() == key.casefold())

    def find_short(self, key: str) -> tuple[Panelist, ...]:
        """Return the members whose name with initials, or with part of the surname, `key` is."""
        wanted = squeeze(key)
        return tuple(panelist for panelist in self.panelists if wanted in self._short_forms[panelist.id])

    def meant(self, name: str) -> tuple[Panelist, ...]:
        """Return the members that a name in a list or transcript means: also "Horst, Anna ter", "J. ten Veldkamp", and
        initials ("AtH").
        """
        if name not in self._meanings:
            self._meanings[name] = self._meant(name)
        return self._meanings[name]

    def _meant(self, name: str) -> tuple[Panelist, ...]:
        bare = unadorned(name)
        found = self.find(name) or self.find(bare) or self.find_short(name) or self.find_short(bare)
        if found or not _NOTED_INITIALS.fullmatch(name.strip()):
            return found
        wanted = squeeze(name)
        return tuple(panelist for panelist in self.panelists if wanted in _noted_initials(panelist.name))

    def goes_on(self, word: str) -> bool:
        """Return whether a word is one of a surname after which more words of it follow: "Oude" of Oude Wessel."""
        wanted = squeeze(word)
        return any(
            wanted == squeeze(part) for member in self.panelists for part in surname_of(member.name).split()[:-1]
        )

    def complete(self, start: str) -> tuple[Panelist, ...]:
        """Return the members whose names start with `start`, exact matches first."""
        if start.isdecimal():
            digits = str(int(start[:_SEAT_DIGITS]))
            close = [panelist for panelist in self.panelists if str(panelist.seat).startswith(digits)]
        else:
            wanted = squeeze(start)
            close = [panelist for panelist in self.panelists if not wanted or self._starts(panelist, wanted)]
        exact = self.find(start) if start else ()
        return (*exact, *(member for member in close if member not in exact))

    def _starts(self, panelist: Panelist, wanted: str) -> bool:
        return any(key.startswith(wanted) for key in self._keys[panelist.id])

    def handle(self, panelist: Panelist, *, by_name: bool = False) -> str:
        """Return the text to type after `@` for this member only: the seat, else a name, else the id."""
        names = (panelist.first_name, first_name_of(panelist.name), surname_of(panelist.name), panelist.name)
        seat: tuple[str, ...] = () if panelist.seat is None or panelist.seat < 0 else (str(panelist.seat),)
        spelled: tuple[str, ...] = tuple(re.sub(r"[^\w\u0300-\u036f]+", "", name) for name in names)
        for key in (*spelled, *seat) if by_name else (*seat, *spelled):
            if key and key.casefold() != EVERYBODY and self.find(key) == (panelist,):
                return key
        return panelist.id


EVERYBODY = "allen"
"""The key for all present members."""


@lru_cache(maxsize=16)
def _index(panelists: tuple[Panelist, ...]) -> NameIndex:
    return NameIndex(panelists)


def name_index(panelists: Sequence[Panelist]) -> NameIndex:
    """Return the index of these members, cached per list."""
    return _index(tuple(panelists))
