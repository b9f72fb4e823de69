"""Grades how certain it is that words in a text are a member's name, from their form and context.

A name that is not an ordinary word counts as the member's, but for a surname that is in the dictionary ("leeuwen"): in
lower case that is doubtful unless only a person can stand there. One that is ("Roos", "de Boer") is weighed: a capital
in mid-sentence, a title, a verb of saying or the lack of an article indicate a name. So does the place of a very common
word ("ben"): between marks, behind "bel" or "actie", in a list of names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import lru_cache

from sto_desktop.domain.names import context
from sto_desktop.domain.names.context import (
    AROUND,
    Title,
    begins_sentence,
    does_something,
    may_end_here,
    particles_before,
    stands_alone,
    stands_in_a_saying,
)
from sto_desktop.domain.names.ordinary_words import (
    ABBREVIATIONS,
    COUNTED,
    DOTTED,
    EVERYDAY,
    LENT,
    ORDINARY,
    PLACES,
    SHORTENED,
    VERBS,
    is_rather_a_word,
    is_right,
    is_word,
)
from sto_desktop.domain.names.persons import is_a_heading, is_a_person, is_a_surname, is_no_person, takes_a_person
from sto_desktop.domain.people import fold, without_particles
from sto_desktop.language import tr_later
from sto_desktop.patterns import lazy_re


class NameForm(StrEnum):
    """The form of a name in a text; the value is the term shown in the window. The fullest form comes first."""

    FULL = tr_later("hele naam")
    INITIALS = tr_later("voorletters en achternaam")
    SURNAME = tr_later("achternaam")
    FIRST = tr_later("voornaam")
    PART = tr_later("deel van de naam")
    ADDRESS = tr_later("adres of label")
    OUTSIDER = tr_later("iemand die geen panellid is")
    SPECIAL = tr_later("bijzonder gegeven")
    MISSPELLED = tr_later("lijkt op een naam")
    STRANGER = tr_later("misschien iemand die op geen lijst staat")
    UNKNOWN = tr_later("achter een @, en niemand van de lijst")
    FUNCTION = tr_later("functie die er maar één heeft")
    BELOW = tr_later("onder woorden van wie niet meedoet")
    SPEAKER = tr_later("misschien wie het zegt")


class Grade(Enum):
    """How certain it is that a name is a member's, and what happens to it while nobody has decided.

    CERTAIN and LIKELY are replaced, DOUBTFUL and UNLIKELY stay. All except CERTAIN are shown for checking.
    """

    CERTAIN = 1
    LIKELY = 2
    DOUBTFUL = 3
    UNLIKELY = 4


_POSSESSIVE = ("'s", "’s")
_ARTICLES = ("de", "het", "'t")
_COMPOUND_AFTER = lazy_re(r"-[^\W\d_]{3}")
_SHORTEST_PLAIN = 3
"""Minimum letters for finding a surname in lower case."""


@dataclass(frozen=True, slots=True)
class NameOccurrence:
    """A name in its text: from `start` to `end` without title, article or possessive s.

    `stem`: the name or word from which it has grown, if it has an ending: "toon" of "toontje".
    """

    text: str
    start: int
    end: int
    form: NameForm
    title: Title | None = None
    stem: str = ""

    @property
    def name(self) -> str:
        """The name as written."""
        return self.text[self.start : self.end]

    @property
    def core(self) -> str:
        """The folded name without particles, which may be an ordinary word."""
        return self.stem or _core_of(self.name)

    @property
    def before(self) -> str:
        """The text before it."""
        return self.text[max(0, self.start - AROUND) : self.start]

    @property
    def after(self) -> str:
        """The text after it."""
        return self.text[self.end : self.end + AROUND]

    @property
    def capital(self) -> bool:
        """Whether the name itself, not only its particle, has a significant capital."""
        last = re.split(r"[\s_.-]+", self.name.rstrip(".-_ "))[-1]
        if last.isupper() and len(last) > 1 and context.is_shouted(self.before, self.after):
            return False
        return last != last.lower()

    @property
    def says(self) -> bool:
        """Whether it is the subject of a verb of saying."""
        return context.says(self.text, self.end)

    @property
    def speaks(self) -> bool:
        """Whether the name is the subject of a verb of saying: "bas zei", "volgens bas"."""
        return self.says or context.ACCORDING_TO.search(self.before) is not None


@lru_cache(maxsize=10_000)
def _core_of(name: str) -> str:
    return fold(without_particles(re.sub(r"[\s_]+", " ", name)))


def grade_of(place: NameOccurrence) -> Grade | None:
    """Return the grade of a name; None if it is not worth checking."""
    core = place.core
    # Two names together are rarely ordinary words.
    if place.form is NameForm.FULL or (place.form is not NameForm.INITIALS and len(core.split()) > 1):
        return _full(place, core)
    if _is_of_something_else(place, core):
        return Grade.UNLIKELY
    if place.form is NameForm.INITIALS:
        plain = not place.capital and "." not in place.name and core.split()[-1] in ORDINARY
        if not plain:
            return Grade.CERTAIN
        return Grade.DOUBTFUL if place.title is None else _titled(place, core)
    if place.title is not None:
        return _titled(place, core)
    # A label, or a field with only a name, has no sentence to judge by.
    if place.before[-1:] in ("#", "@") or place.text == place.name:
        return _marked(place, core)
    first = place.form is NameForm.FIRST
    if first and not place.speaks and is_no_person(place.text, place.start, place.end, core):
        return Grade.UNLIKELY
    if context.is_a_day(core, place.before, place.after):
        return Grade.UNLIKELY if place.capital or core not in EVERYDAY else None
    # A place name counts as a person only if it says something.
    if core in PLACES:
        return Grade.LIKELY if place.speaks else Grade.UNLIKELY
    if first and core in LENT and _reads_as_a_word(place, core):
        return Grade.UNLIKELY if context.NO_PERSON.search(place.before) else Grade.DOUBTFUL
    return _capital(place, core) if place.capital else _lower(place, core)


def _full(place: NameOccurrence, core: str) -> Grade:
    """Grade a full name, or a double first name: "ben de jager" is a name unless it reads as a sentence."""
    first, *later_words = core.split()
    last = re.split(r"[\s_.-]+", place.name.strip())[-1]
    if first not in EVERYDAY or not later_words or later_words[-1] not in ORDINARY or last != last.lower():
        return Grade.CERTAIN
    if context.SUBJECT_BEFORE.search(place.before):
        return Grade.UNLIKELY
    named = place.before.endswith(("#", "@", "/")) or context.ASKED_BEFORE.search(place.before)
    if (
        named
        or place.speaks
        or does_something(place.text, place.end)
        or stands_alone(place.before, place.after)
        or place.title is not None
    ):
        return Grade.CERTAIN
    return Grade.UNLIKELY if begins_sentence(place.text, place.start) else Grade.DOUBTFUL


def _is_of_something_else(place: NameOccurrence, core: str) -> bool:
    """Return whether a first name belongs to a fictional figure, a street or a saying."""
    if place.form not in (NameForm.FIRST, NameForm.PART):
        return False
    lent = (core in ORDINARY or core in LENT) and context.ENGLISH_AFTER.match(place.after)
    street = context.STREET_AFTER.match(place.after)
    return bool(lent or street) or stands_in_a_saying(place.text, place.start, place.end)


def _reads_as_a_word(place: NameOccurrence, core: str) -> bool:
    """Return whether a name that is also another word reads as that word: the pronoun "ge", or "joy" after an
    adjective.
    """
    written = place.name if not begins_sentence(place.text, place.start) else place.name.lower()
    if written != core or place.says or context.TAKES_PEOPLE.search(place.before):
        return False
    return core == "ge" or context.ADJECTIVE_BEFORE.search(place.before) is not None


def grade_of_initials(text: str, start: int, end: int) -> Grade | None:
    """Return the grade of capitals as a member's initials; None if nothing indicates a person."""
    place = NameOccurrence(text, start, end, NameForm.INITIALS)
    low = fold(place.name)
    if place.speaks:
        return Grade.DOUBTFUL if low in ABBREVIATIONS else Grade.LIKELY
    # "HdV: we moeten…" in minutes.
    noted = place.after.startswith(":") and begins_sentence(text, start)
    if low in ABBREVIATIONS:
        return None
    if "." in low or noted:
        return Grade.DOUBTFUL
    if is_short_word(low) or context.DETERMINED.search(place.before):
        return None
    # Letters of both cases, as in "SdV", are nothing else. Two letters can mean many other things.
    if len(place.name) > 2 and not place.name.isupper() and place.name[1:-1].islower() and "-" not in place.name:
        return Grade.CERTAIN
    return Grade.DOUBTFUL if len(low.replace("-", "")) > 2 else Grade.UNLIKELY


def is_short_word(letters: str) -> bool:
    """Return whether two or three letters, in lower case, are a word or a written form rather than initials."""
    listed = letters in ORDINARY or letters in ABBREVIATIONS or letters in SHORTENED
    # Nearly all combinations of two letters are in the dictionary.
    return listed or (len(letters) > 2 and is_word(letters, compound=False))


def _titled(place: NameOccurrence, core: str) -> Grade:
    bare = core == fold(place.name)
    if place.capital or core not in ORDINARY or place.title is Title.SHORT:
        return Grade.CERTAIN
    if core in EVERYDAY and bare:
        if place.says or does_something(place.text, place.end):
            return Grade.LIKELY
        # "Meneer wil" is half a sentence; "met juf an." names her.
        if core in VERBS:
            return Grade.UNLIKELY
        return Grade.LIKELY if may_end_here(place.after) else Grade.DOUBTFUL
    return Grade.CERTAIN if place.title is Title.COURTESY else Grade.LIKELY


def _marked(place: NameOccurrence, core: str) -> Grade:
    """Grade a label, or a text that consists of the name only."""
    if core not in ORDINARY and core not in PLACES:
        if place.form is not NameForm.FIRST and is_rather_a_word(core):
            return Grade.DOUBTFUL
        return Grade.CERTAIN
    return Grade.LIKELY if place.form is NameForm.FIRST else Grade.UNLIKELY


def _capital(place: NameOccurrence, core: str) -> Grade:
    first, ordinary = place.form is NameForm.FIRST, core in ORDINARY
    # A capital in the name of an institution says nothing about the member.
    if (ordinary or not first) and _names_an_institution(place):
        return Grade.UNLIKELY
    if ordinary and not first and not place.speaks and is_a_heading(place.before, place.after, core):
        return Grade.UNLIKELY
    if not first and context.COMPANY_AFTER.match(place.after):
        return Grade.UNLIKELY
    if ordinary and place.form is NameForm.PART:
        return Grade.LIKELY if place.says else Grade.UNLIKELY
    if ordinary and _owns_something(place):
        return Grade.LIKELY
    if ordinary and _begins_sentence(place):
        return _first_word(place, core)
    if _is_a_word_that_begins(place, core):
        somebody = does_something(place.text, place.end) or is_a_surname(place.text, place.start, place.end, core)
        return Grade.LIKELY if somebody else Grade.DOUBTFUL
    # Another name stands next to it, so it may be somebody else.
    if _is_a_namesake(place):
        return Grade.DOUBTFUL
    if not first and len(core) < _SHORTEST_PLAIN and fold(place.name).split()[0] in (*_ARTICLES, core):
        return Grade.LIKELY if place.says or context.TAKES_PEOPLE.search(place.before) else Grade.DOUBTFUL
    return Grade.LIKELY if place.form is NameForm.PART else Grade.CERTAIN


def _begins_sentence(place: NameOccurrence) -> bool:
    """Return whether the capital of a name may be that of its sentence: not in "De Roos-avond", which has its own."""
    begin = particles_before(place.text, place.start)
    behind = begin < place.end - len(place.core.split()[-1])
    return begins_sentence(place.text, begin) and not (behind and _COMPOUND_AFTER.match(place.after))


def _is_a_word_that_begins(place: NameOccurrence, core: str) -> bool:
    """Return whether a surname that is a word has the capital of its sentence: "Leeuwen slapen", not "Van Leeuwen"."""
    bare = place.form is not NameForm.FIRST and core == fold(place.name)
    return bare and begins_sentence(place.text, place.start) and is_rather_a_word(core)


def _owns_something(place: NameOccurrence) -> bool:
    """Return whether a name without an article has a possessive s: "Kuiper's plan", not "een bakker's zaak"."""
    return place.after.startswith(_POSSESSIVE) and not context.DETERMINED.search(place.before)


def _first_word(place: NameOccurrence, core: str) -> Grade:
    """Grade an ordinary word with the capital of its sentence."""
    first, everyday = place.form is NameForm.FIRST, core in EVERYDAY
    does = does_something(place.text, place.end)
    if place.says or (first and not everyday and does):
        return Grade.CERTAIN if first or not everyday else Grade.UNLIKELY
    if context.NO_NAME_AFTER.match(place.text, place.end):
        return Grade.UNLIKELY  # "Mark je agenda", "Max. 20"
    if first and (
        is_a_person(place.text, place.start, place.end, core)
        or takes_a_person(place.before, place.after, core)
        or _by_place(place, core) in (Grade.LIKELY, Grade.DOUBTFUL)
    ):
        return Grade.LIKELY
    if first and not everyday and not context.IS_A_THING.match(place.text, place.end):
        return Grade.LIKELY
    alone = first or does or context.IS_THERE.match(place.text, place.end)
    return Grade.DOUBTFUL if alone and not everyday else Grade.UNLIKELY


def _lower(place: NameOccurrence, core: str) -> Grade | None:
    first = place.form is NameForm.FIRST
    if not first and len(core) < _SHORTEST_PLAIN:
        # Two letters can mean many other things: only a person can decide.
        return Grade.DOUBTFUL if len(core) > 1 and core not in ORDINARY else None
    if core not in ORDINARY:
        return _no_ordinary_word(place, core)
    if first and is_a_person(place.text, place.start, place.end, core):
        return Grade.LIKELY
    if not first and context.NAMES_PARTICLE.match(place.text, particles_before(place.text, place.start)):
        return Grade.LIKELY
    if first and core not in COUNTED and takes_a_person(place.before, place.after, core):
        return Grade.DOUBTFUL
    determined = context.DETERMINED.search(place.before)
    if determined:
        return None if core in EVERYDAY and not place.after.startswith("-") else Grade.UNLIKELY
    counted = core in COUNTED and not context.TAKES_NOBODY.search(place.before) and not place.after.startswith("-")
    if first and (place.speaks or counted):
        return Grade.LIKELY
    if core in EVERYDAY:
        if first:
            return _by_place(place, core)
        return Grade.DOUBTFUL if is_a_surname(place.text, place.start, place.end, core) else None
    if place.speaks:
        return Grade.DOUBTFUL
    return (_by_place(place, core) if first else None) or Grade.UNLIKELY


def _no_ordinary_word(place: NameOccurrence, core: str) -> Grade:
    """Grade a name in lower case that is not among the ordinary words: "joke" may still be a word behind "een".

    Of a first name the spelling list does not decide: it takes "piet" and "rik" for words.
    """
    first = place.form is NameForm.FIRST
    if not first and is_rather_a_word(core):
        return Grade.LIKELY if is_a_surname(place.text, place.start, place.end, core) else Grade.DOUBTFUL
    if not place.says and not place.after.startswith("-"):
        if context.NO_PERSON.search(place.before):
            if not first and is_right(core):
                return Grade.DOUBTFUL
            return Grade.UNLIKELY if core in LENT else Grade.CERTAIN if first else Grade.LIKELY
        if core in LENT and context.ARTICLE.search(place.before):
            return Grade.DOUBTFUL
    return Grade.CERTAIN if first else Grade.LIKELY


def may_be_a_name(text: str, start: int) -> bool:
    """Return whether a very common word may be a name, judged by the word before it: not in "ik wil" or "de wil"."""
    before = text[max(0, start - AROUND) : start]
    return not (context.SUBJECT_BEFORE.search(before) or context.DETERMINED.search(before))


def _by_place(place: NameOccurrence, core: str) -> Grade | None:
    """Grade an ordinary word by its place: where a first name is common and such a word is rare ("bel ben")."""
    # After a subject ("ik wil") such a word is the verb.
    if context.SUBJECT_BEFORE.search(place.before):
        return None
    if place.after.startswith(_POSSESSIVE):
        return Grade.LIKELY
    shortened = place.after.startswith(".") and core in DOTTED
    if stands_alone(place.before, place.after) and not shortened:
        return Grade.DOUBTFUL
    if context.ASKED_BEFORE.search(place.before):
        return Grade.DOUBTFUL if may_end_here(place.after) else Grade.UNLIKELY
    if context.HAS_BEFORE.search(place.before) and may_end_here(place.after):
        return Grade.UNLIKELY
    # These point only weakly to a person: shown for checking, never replaced.
    acts = context.IS_AFTER.match(place.after) or does_something(place.text, place.end)
    return Grade.UNLIKELY if acts or re.match(r"-|s\b", place.after) else None


def _names_an_institution(place: NameOccurrence) -> bool:
    """Return whether the name is that of a school, house or neighbourhood: "Basisschool De Roos", "Het Veld"."""
    before = place.before
    if place.after.startswith("-"):
        return False
    if context.INSTITUTION_BEFORE.search(before) or context.NEUTER_BEFORE.search(before):
        return True
    article = context.CAPITAL_ARTICLE_BEFORE.search(before)
    return article is not None and not begins_sentence(place.text, particles_before(place.text, place.start))


def _is_a_namesake(place: NameOccurrence) -> bool:
    """Return whether a first name is followed, or a surname preceded, by a name that this member does not have."""
    if place.form is NameForm.FIRST:
        return context.SURNAME_AFTER.match(place.text, place.end) is not None
    before = context.NAME_BEFORE.search(place.before)
    return before is not None and not begins_sentence(place.text, place.start - len(before[0]))
