"""Grades how certain it is that words in a text are a member's name, from their form and context.

A name that is not an ordinary word always counts as the member's. One that is ("Roos", "de Boer") is weighed: a capital
in mid-sentence, a title, a verb of saying or the lack of an article indicate a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, StrEnum

from sto_desktop.domain.people import fold, without_particles
from sto_desktop.domain.privacy.ordinary_words import ABBREVIATIONS, COUNTED, EVERYDAY, LENT, ORDINARY, PLACES
from sto_desktop.language import tr_later


class NameForm(StrEnum):
    """The form of a name in a text; the value is the term shown in the window. The fullest form comes first."""

    FULL = "hele naam"
    INITIALS = tr_later("voorletters en achternaam")
    SURNAME = "achternaam"
    FIRST = "voornaam"
    PART = tr_later("deel van de naam")
    ADDRESS = tr_later("adres of label")


class Grade(Enum):
    """How certain it is that a name is a member's, and what happens to it while nobody has decided.

    CERTAIN and LIKELY are replaced, DOUBTFUL only where no person will check, UNLIKELY never. All except CERTAIN are
    shown for checking.
    """

    CERTAIN = 1
    LIKELY = 2
    DOUBTFUL = 3
    UNLIKELY = 4


class Title(Enum):
    """The kind of title before a name: always one for "dhr.", usually one for "mevrouw" and "docent"."""

    SHORT = 1
    COURTESY = 2
    FUNCTION = 3


_SHORT = r"hr|mevr|mvr|mw|mej|juffr|dhr|fam|dr|drs|mr|ir|ing|prof|ds"
_COURTESY = (
    rf"{_SHORT}|de\s+heer|heer|meneer|mijnheer|mevrouw|mejuffrouw|juffrouw|juf|meester|familie|gezin|professor|dominee"
    r"|zuster|tante|oom|opa|oma"
)
_FUNCTION = (
    r"docent|docente|leraar|lerares|leerkracht|onderwijzer|onderwijzeres|instructeur|mentor|decaan|directeur|directrice"
    r"|rector|conrector|teamleider|schoolleider|afdelingsleider|projectleider|praktijkopleider|leermeester|opleider"
    r"|co[öo]rdinator|wethouder|burgemeester|gedeputeerde|raadslid|voorzitter|secretaris|penningmeester|bestuurder"
    r"|ondernemer|eigenaar|bedrijfsleider|collega|coach|begeleider|intern\s+begeleider"
)
_TITLE_BEFORE = re.compile(
    rf"(?<![^\W_])(?:(?P<article>de|een)\s+)?(?:(?P<courtesy>(?:(?:{_COURTESY})(?:\.\s*|\s+))+)"
    rf"|(?P<function>(?:{_FUNCTION})\s+))$",
    re.I,
)
_LAST_OF_TITLE = re.compile(r"[^\W\d_]+$")
TITLE_WORDS = frozenset(
    re.sub(r"\[öo\]", "o", title).split(r"\s+")[-1] for title in f"{_COURTESY}|{_FUNCTION}".split("|")
)
_SHORT_WORDS = frozenset(_SHORT.split("|"))
_AROUND = 60
"""Number of characters before and after a name that are examined."""

_SHORT_PARTICLE = r"v\.?\s?d\.?|v/d|vd[nr]|vnd"
_PARTICLES_BEFORE = re.compile(
    rf"(?<![^\W_])(?:(?:{_SHORT_PARTICLE}|aan|al|bij|d[aeiou]|de[lnrs]|dos|el|het|['’]t|in|la|le|onder|op|over|te|ten|ter|tot|uit"
    r"|van|vom|von|voor|zu|zum|zur)\s+)+$",
    re.I,
)
_ARTICLE_BEFORE = re.compile(
    rf"(?<![^\W_])(?:(?P<of>van|von)\s+)?(?P<article>(?P<particle>der|den|ter|ten)|{_SHORT_PARTICLE}|de)\s+$",
    re.I,
)
_DETERMINED = re.compile(
    r"(?<![^\W_])(?:de|den|het|een|['’]t|deze|die|geen|elke?|iedere?|welke?|mijn|jouw|onze?|uw|hun|zo['’]n|eigen|per"
    r"|twee|drie|vier|\d+)\s+(?:[^\W\d_]+e\s+)?$",
    re.I,
)
_ADJECTIVE_BEFORE = re.compile(r"(?<![^\W_])[a-zà-öø-þ]{2,}e\s+$")
_SAYS = (
    "zegt|zei|zeiden|vertelt|vertelde|vindt|vond|vroeg|vraagt|noemt|noemde|denkt|dacht|meldt|meldde|merkt|merkte|meent"
    "|meende|stelt|stelde|belt|belde|mailt|mailde|schrijft|schreef|appt|appte|antwoordt|antwoordde|reageert|reageerde"
    "|knikt|knikte|lacht|lachte|weet|wist|kent|kende|hoopt|hoopte|belooft|beloofde|bedoelt|bedoelde|beaamt|beaamde"
    "|pleit|pleitte|twijfelt|twijfelde|herkent|herkende|legde|gaf|stuurt|stuurde|regelt|regelde|wees|adviseert"
    "|adviseerde|benadrukt|benadrukte|wilde|wou|beschrijft|beschreef|herinnert|herinnerde|organiseert|organiseerde"
)
_DOES = "gaat|ging|komt|kwam|heeft|had|doet|deed|wil|moet|kan|mist|miste|neemt|nam|ziet|zag|hoort|hoorde|werkt|werkte"
_NO_SUBJECT = r"(?!\s+(?:(?i:hij|zij|ze|ik|je|jij|u|we|wij|jullie|men|het|er|iemand|iedereen|niemand)\b|[A-ZÀ-ÖØ-Þ]))"
_CLOSING = r"[*_\"”’')]*"
_SAYS_AFTER = re.compile(rf"{_CLOSING}\s+(?:(?:zelf|ook|net|dan|al)\s+)?(?i:{_SAYS})\b{_NO_SUBJECT}")
_DOES_AFTER = re.compile(rf"{_CLOSING}\s+(?:(?:zelf|ook|net|dan|al)\s+)?(?i:{_SAYS}|{_DOES})\b{_NO_SUBJECT}")
_IS_THERE = re.compile(r"\s+(?:is|was|heeft|had|zou|zal)\b(?!\s+(?:een|de|het|geen)\b)", re.I)
_NO_NAME_AFTER = re.compile(r"\.?\s+(?:(?:je|jij|u|uw|jouw|jullie)\b|\d)", re.I)
_IS_AFTER = re.compile(r"\s+(?:is|was|heeft|had|zou|zal|en|of)\b", re.I)
_ACCORDING_TO = re.compile(r"(?<![^\W_])(?:volgens|namens|aldus)\s+$", re.I)
_NAMES_PARTICLE = re.compile(
    r"(?:(?:van|von|in|op|aan|uit|over|onder)\s+)?(?:de[nr]|v\.?\s?d\.?|v/d|['’]?t|ten)(?:\s|(?<=\.))", re.I
)
"""Particles that often precede a name and rarely a word: "van der bos"."""
_TAKES_PEOPLE = re.compile(
    r"(?<![^\W_])(?:volgens|namens|aldus|door|met|bij|aan|tegen|van|voor|en|of|zegt|zei|vroeg|vindt|vond)\s+$", re.I
)
_INSTITUTION_BEFORE = re.compile(
    r"(?<![^\W_])(?:basisschool|obs|cbs|rkbs|kbs|pcb|pcbs|sbo|ikc|kindcentrum|kinderdagverblijf|stichting|caf[ée]"
    r"|restaurant|hotel|wijk|buurt|buurthuis|dorpshuis|sporthal|huize|kasteel|camping|locatie)\s+"
    r"(?:(?:de|het|den|['’]t)\s+)?$",
    re.I,
)
_NEUTER_BEFORE = re.compile(r"(?<![^\W_])(?:[Hh]et|['’]t)\s+$")
_CAPITAL_ARTICLE_BEFORE = re.compile(r"(?<![^\W_])(?:De|Den)\s+$")
_SURNAME_AFTER = re.compile(r" (?:(?:van|de|der|den|het|ter|ten|te|op|in|el|’t|'t) )*(?=[^\W\d_]{2})[A-ZÀ-ÖØ-Þ]")
_NAME_BEFORE = re.compile(r"(?<![\w-])[A-ZÀ-ÖØ-Þ][^\W\d_]+ $")
_STREET_AFTER = re.compile(
    r" (?:[A-ZÀ-ÖØ-Þ][^\W\d_]+ ){0,2}[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:straat|weg|laan|plein|kade|dijk|hof|park|singel|gracht"
    r"|school|college|stichting|fonds|lyceum)\b"
)
_SAYING = re.compile(
    r"\bjan (?:en alleman|met de pet|modaal|klaassen|publiek|boezeroen|rap|salie|splinter)\b|\bboven jan\b"
    r"|\bjantjes?[ -](?:van[ -]leiden|contrarie)\b|\b(?:zwarte|hoge|zielige) piet(?:en)?\b"
    r"|\bpiet(?:je)? (?:precies|snot)\b"
    r"|\b(?:sint|sinterklaas) (?:en|&) (?:zwarte )?piet(?:en)?\b|\bmalle pietje\b|\bjoost (?:mag|weet)\b"
    r"|\bklaas vaak\b|\bmagere hein\b|\b(?:brave|heilige) hendrik(?:en)?\b|\bmanus(?:je)?[ -]van[ -]alles\b"
    r"|\bnieuwsgierig aagje\b|\bhans(?:je)? (?:pansje|en grietje)\b|\bklaar is (?:kees|klara)\b|\bbert en ernie\b"
    r"|\bot en sien\b|\bjip en janneke(?:taal)?\b|\badam en eva\b|\bholle bolle gijs\b"
    r"|\b(?:sint|st\.?)[ -](?:jan|jans|maarten|martinus|nicolaas|joris|anna|jozef|maria|franciscus)\b",
    re.I,
)
"""Expressions, figures and saints with a first name that is not a participant's."""

_SHOUTED_BESIDE = re.compile(r"^\W*[A-ZÀ-ÖØ-Þ]{2,}\b|\b[A-ZÀ-ÖØ-Þ]{2,}\W*$")
_ENDS_SENTENCE = ".!?:\n"
_SHORTEST_PLAIN = 3
"""Minimum letters for finding a surname in lower case."""


def begins_sentence(text: str, at: int) -> bool:
    """Return whether a sentence begins at a position in a text."""
    before = text[max(0, at - _AROUND) : at].rstrip(" \t\"“„‘'(*_")
    return not before or before[-1] in _ENDS_SENTENCE


def title_before(text: str, at: int) -> tuple[Title | None, int]:
    """Return the kind of title directly before a position in a text, and where it starts."""
    start = max(0, at - _AROUND)
    # Checking the preceding word first nearly always avoids the long pattern.
    last = _LAST_OF_TITLE.search(text[start:at].rstrip(" \t\n.\u00a0"))
    if last is None or fold(last[0]) not in TITLE_WORDS:
        return None, at
    match = _TITLE_BEFORE.search(text[start:at])
    if match is None or (match["function"] and fold(match["article"] or "") == "een"):
        return None, at  # "een docent groen" is a subject taught
    kind = Title.FUNCTION if match["function"] else Title.SHORT if fold(last[0]) in _SHORT_WORDS else Title.COURTESY
    return kind, start + match.start()


def particles_before(text: str, at: int, *, all_of_them: bool = False) -> int:
    """Return where an article or particle directly before a position in a text starts, or that position: "de Visser" is
    one unit, and so is "van der Visser", whatever the member's own particles.

    `all_of_them`: also particles that are ordinary words, since after a title they belong to the name.
    """
    start = max(0, at - _AROUND)
    if all_of_them:
        match = _PARTICLES_BEFORE.search(text[start:at])
        return at if match is None else start + match.start()
    match = _ARTICLE_BEFORE.search(text[start:at])
    if match is None:
        return at
    first = start + match.start()
    if match["of"] is None:
        return first
    # "het plan van der Visser" is possessive; "Van der Visser zei" and "met van der Visser" are names.
    part_of_name = match["particle"] and (
        match["of"][0].isupper() or begins_sentence(text, first) or _TAKES_PEOPLE.search(text[start:first])
    )
    return first if part_of_name else start + match.start("article")


def does_something(text: str, at: int) -> bool:
    """Return whether a name that ends at a position in a text is the subject of a verb of saying or doing."""
    return _DOES_AFTER.match(text, at) is not None


@dataclass(frozen=True, slots=True)
class NameOccurrence:
    """A name in its text: from `start` to `end` without title, article or possessive s."""

    text: str
    start: int
    end: int
    form: NameForm
    title: Title | None = None

    @property
    def name(self) -> str:
        """The name as written."""
        return self.text[self.start : self.end]

    @property
    def core(self) -> str:
        """The folded name without particles, which may be an ordinary word."""
        return fold(without_particles(re.sub(r"[\s_]+", " ", self.name)))

    @property
    def before(self) -> str:
        """The text before it."""
        return self.text[max(0, self.start - _AROUND) : self.start]

    @property
    def after(self) -> str:
        """The text after it."""
        return self.text[self.end : self.end + _AROUND]

    @property
    def capital(self) -> bool:
        """Whether the name itself, not only its particle, has a significant capital."""
        last = re.split(r"[\s_.-]+", self.name.rstrip(".-_ "))[-1]
        shouted = last.isupper() and len(last) > 1
        if shouted and (_SHOUTED_BESIDE.match(self.after) or _SHOUTED_BESIDE.search(self.before)):
            return False
        return last != last.lower()

    @property
    def says(self) -> bool:
        """Whether it is the subject of a verb of saying."""
        return _SAYS_AFTER.match(self.text, self.end) is not None


def grade_of(place: NameOccurrence) -> Grade | None:
    """Return the grade of a name; None if it is not worth checking."""
    core = place.core
    # Two names together are hardly ever anything else.
    if place.form is NameForm.FULL or (place.form is not NameForm.INITIALS and len(core.split()) > 1):
        return Grade.CERTAIN
    # Figures and streets named after a first name are not the member.
    if place.form is NameForm.FIRST and (_stands_in_a_saying(place) or _STREET_AFTER.match(place.after)):
        return Grade.UNLIKELY
    if place.form is NameForm.INITIALS:
        plain = not place.capital and "." not in place.name and core.split()[-1] in ORDINARY
        return Grade.DOUBTFUL if plain else Grade.CERTAIN
    if place.title is not None:
        return _titled(place, core)
    # A label or a whole field has no sentence to weigh.
    if place.before[-1:] in ("#", "@") or place.text == place.name:
        return _marked(place, core)
    # A place name is only a person where it speaks.
    if core in PLACES:
        speaks = place.says or _ACCORDING_TO.search(place.before)
        return Grade.LIKELY if speaks else Grade.UNLIKELY
    if place.form is NameForm.FIRST and core in LENT and _reads_as_a_word(place, core):
        return Grade.DOUBTFUL
    return _capital(place, core) if place.capital else _lower(place, core)


def _reads_as_a_word(place: NameOccurrence, core: str) -> bool:
    """Return whether a name that is a word elsewhere reads as that word: pronoun "ge", or "joy" behind an adjective."""
    written = place.name if not begins_sentence(place.text, place.start) else place.name.lower()
    if written != core or place.says or _TAKES_PEOPLE.search(place.before):
        return False
    return core == "ge" or _ADJECTIVE_BEFORE.search(place.before) is not None


def grade_of_initials(text: str, start: int, end: int) -> Grade | None:
    """Return the grade of capitals as a member's initials; None if nothing indicates a person."""
    place = NameOccurrence(text, start, end, NameForm.INITIALS)
    if place.says or _ACCORDING_TO.search(place.before):
        return Grade.DOUBTFUL if fold(place.name) in ABBREVIATIONS else Grade.LIKELY
    noted = place.after.startswith(":") and begins_sentence(text, start)
    if fold(place.name) in ABBREVIATIONS or not ("." in place.name or noted):
        return None
    return Grade.DOUBTFUL


def _titled(place: NameOccurrence, core: str) -> Grade:
    bare = core == fold(place.name)
    if place.capital or core not in ORDINARY or place.title is Title.SHORT:
        return Grade.CERTAIN
    if core in EVERYDAY and bare:
        return Grade.LIKELY if place.says else Grade.UNLIKELY
    return Grade.CERTAIN if place.title is Title.COURTESY else Grade.LIKELY


def _marked(place: NameOccurrence, core: str) -> Grade:
    """Grade a label, or a text that consists of the name only."""
    if core not in ORDINARY and core not in PLACES:
        return Grade.CERTAIN
    return Grade.LIKELY if place.form is NameForm.FIRST else Grade.UNLIKELY


def _capital(place: NameOccurrence, core: str) -> Grade:
    first, ordinary = place.form is NameForm.FIRST, core in ORDINARY
    if (ordinary or not first) and _names_an_institution(place):
        return Grade.UNLIKELY if ordinary else Grade.LIKELY
    if ordinary and place.form is NameForm.PART:
        return Grade.LIKELY if place.says else Grade.UNLIKELY
    if ordinary and begins_sentence(place.text, particles_before(place.text, place.start)):
        if place.says or (first and core not in EVERYDAY and does_something(place.text, place.end)):
            return Grade.CERTAIN if first or core not in EVERYDAY else Grade.UNLIKELY
        if _NO_NAME_AFTER.match(place.text, place.end):
            return Grade.UNLIKELY  # "Mark je agenda", "Max. 20"
        alone = first or does_something(place.text, place.end) or _IS_THERE.match(place.text, place.end)
        return Grade.DOUBTFUL if alone and core not in EVERYDAY else Grade.UNLIKELY
    if _is_a_namesake(place):
        return Grade.DOUBTFUL
    if not first and len(core) < _SHORTEST_PLAIN:
        return Grade.LIKELY if place.says or _TAKES_PEOPLE.search(place.before) else Grade.DOUBTFUL
    return Grade.LIKELY if place.form is NameForm.PART else Grade.CERTAIN


def _lower(place: NameOccurrence, core: str) -> Grade | None:
    first = place.form is NameForm.FIRST
    if not first and len(core) < _SHORTEST_PLAIN:
        # Two letters have many other meanings: only a person can decide.
        return Grade.DOUBTFUL if len(core) > 1 and core not in ORDINARY else None
    if core not in ORDINARY:
        return Grade.CERTAIN if first else Grade.LIKELY
    if not first and _NAMES_PARTICLE.match(place.text, particles_before(place.text, place.start)):
        return Grade.LIKELY
    determined = _DETERMINED.search(place.before)
    speaks = not determined and (place.says or _ACCORDING_TO.search(place.before))
    if first and (speaks or (core in COUNTED and not determined)):
        return Grade.LIKELY
    if core in EVERYDAY:
        return Grade.UNLIKELY if first and _stands_as_a_name(place) else None
    return Grade.DOUBTFUL if speaks else Grade.UNLIKELY


def _stands_as_a_name(place: NameOccurrence) -> bool:
    """Return whether a very common word is where such a word rarely is: "met wil", "wil is er"."""
    return (
        _TAKES_PEOPLE.search(place.before) is not None
        or _IS_AFTER.match(place.after) is not None
        or does_something(place.text, place.end)
        or place.after.startswith("-")
    )


def _stands_in_a_saying(place: NameOccurrence) -> bool:
    begin = max(0, place.start - _AROUND)
    return any(
        begin + saying.start() <= place.start < begin + saying.end()
        for saying in _SAYING.finditer(place.text[begin : place.end + _AROUND])
    )


def _names_an_institution(place: NameOccurrence) -> bool:
    """Return whether it names a school, a house or a neighbourhood: "Basisschool De Roos", "Het Veld"."""
    before = place.before
    if place.after.startswith("-"):
        return False
    if _INSTITUTION_BEFORE.search(before) or _NEUTER_BEFORE.search(before):
        return True
    article = _CAPITAL_ARTICLE_BEFORE.search(before)
    return article is not None and not begins_sentence(place.text, particles_before(place.text, place.start))


def _is_a_namesake(place: NameOccurrence) -> bool:
    """Return whether a first name is followed, or a surname preceded, by a name that is not the member's."""
    if place.form is NameForm.FIRST:
        return _SURNAME_AFTER.match(place.text, place.end) is not None
    before = _NAME_BEFORE.search(place.before)
    return before is not None and not begins_sentence(place.text, place.start - len(before[0]))
