"""What the brackets of a name in a list of members say: what somebody is called, is born as, or whom they stand for.

Only the words are read here. Whether a word without more ("(Mia)", "(Demcon)") may be a name tells the dictionary, in
`domain/names/forms.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sto_desktop.patterns import lazy_re

_BRACKETS = lazy_re(r"\(([^()]*)\)")
_SQUARE = lazy_re(r"(\([^()]*\))|\[([^\[\]]*)\]|(?<![^\W_])['‘]([A-ZÀ-ÖØ-Þ][^\W\d_]+)['’](?![^\W_])")
"""Square brackets, and single quotation marks around one word: not the apostrophe of "van 't Hof"."""
_AROUND_ALL = lazy_re(r"[(\[]([^()\[\]]+)[)\]]")
_FOOTNOTE = lazy_re(r"^[-–—*†‡?!~_@•·>\s]+|[*†‡¹²³⁰-⁹!?:/…~_\s]+$")
"""Signs that a list puts before or behind a name, which are no part of it."""
_PIECES = lazy_re(r"[,;|&+]|\s[-–—]\s|(?<=[^\W\d_]{2})\s*/\s*(?=[^\W\d_]{2})")
_MARKS = "\"'“”„‘’«»`*_!?.:= "
_CALLED = lazy_re(
    r"(?:(?:ook\s+)?(?:roepnaam|roepn|roepnm|rn|wel|alias|bijgenaamd|bijnaam|genaamd|genoemd|zeg\s+maar|noemt\s+zich|heet"
    r"|a\.?k\.?a|oftewel|voornaam|bekend\s+als|nickname)\b[.:]?(?:\s+is)?\s*|r:\s*)+(?=\W*\w)",
    re.I,
)
_CALLED_BEHIND = lazy_re(r"^(?:wil\s+(?:graag\s+)?)?(?P<name>.+?)\s+(?:genoemd|genaamd|heten)$", re.I)
_BORN = lazy_re(
    r"(?:(?:geb|geboren|meisjesnaam|mn|e\.?v|echtgeno(?:te|ot)(?:\s+van)?|wed|weduwe(?:\s+van)?|voorheen|vroeger|gehuwd"
    r"|getrouwd|achternaam|was)\b[.:]?\s*)+(?=\W*\w)",
    re.I,
)
_PERHAPS_CALLED = lazy_re(r"(?:of|ook|eig|eigenlijk|voluit|liever)\b[.:]?\s+", re.I)
_SOMEBODY_ELSE = lazy_re(
    r"(?<![^\W_])(?:vervang\w*|plv|plaatsvervang\w*|waarnem\w*|invaller|invalster|valt\s+in|namens|i\.?p\.?v|in\s+plaats|plaats|duo\w*|samen|collega"
    r"|partner|man|vrouw|moeder|vader|ouder|opa|oma|zoon|dochter|zus|broer|opvolg\w*|voorgang\w*|assistent\w*|met|voor)"
    r"\b\.?(?:\s+(?:van|met|voor))?\s+(?=\w)",
    re.I,
)
_WORD = lazy_re(r"[^\W\d_]{2,}(?:['’-][^\W\d_]{2,})*")
_PARTICLE = lazy_re(r"(?i:van|de[nr]?|te[nr]?|vd|v\.d|v/d|in|op|het|el|al|la|le|da|du|t)")
_MOST_WORDS = 2
_UNDERSCORES = lazy_re(r"(?<=[^\W_])_+(?=[^\W_])")
_GLUED_PARTICLE = lazy_re("van|vd|op|in|aan|uit|de[nr]?|te[nr]?|het")
_CAPITAL, _SMALL = "A-ZÀ-ÖØ-Þ", "a-zà-öø-ÿ"
_GLUED_PARTICLES = lazy_re(rf"(?<![^\W_])(?:{_GLUED_PARTICLE.pattern})+(?=[{_CAPITAL}][{_SMALL}])")
_ACCOUNT = lazy_re(
    # A first name has three letters at least: "McDonald" is one name.
    rf"(?!IJ)(?:(?P<initials>[{_CAPITAL}]{{1,3}})|(?P<first>[{_CAPITAL}][{_SMALL}]{{2,}}?))"
    rf"(?P<particles>(?:{_GLUED_PARTICLE.pattern})*)(?P<surname>[{_CAPITAL}][{_SMALL}]{{2,}})"
)
"""First name or initials and surname in one: "JanJansen", "WvdSluis"."""

_NO_NAMES_LISTED = """
    aanwezig adj adjunct afgemeld afwezig agrarisch alleen anders anoniem april arts augustus auto baas bbl bedrijf
    bedrijven beleid bellen belt bestuur bestuurslid bol bouw bpv buiten chef cluster coach college contact cvb dag
    dagdeel dagen decaan december deels digitaal dinsdag dir directeur directie docent docente donderdag duo economie
    econoom eerste eigenaar elektro examens extern februari foto fulltime gast gemeente groen groep haag halve handel
    haven havo hbo hele hij horeca hub hybride ict infra ing installatie instelling intern invaller januari jr juli
    juni junior jurist kanaal klas klinker kort kwaliteit laat laatste lab later leerling leraar lerares lid locatie
    logistiek lokaal loodgieter ma maakt maandag maart mail mailt man mavo mbo media mei mentor metaal midden mobiel
    moeder monteur morgen nieuw noord notulist november nvt of oktober onderwijs online oost opleider oud ouder ouders
    overleg parttime pedagoog plv po pro provincie rector reserve school schoolbestuur secr secretaris sector senior
    september sport sr staf stage stagiair stagiaire student studente talent team teams tech techniek telefoon thuis
    tijdelijk toerisme trainer tweede uitval uren uur vader vakman vast vega verhinderd verkoop vervanger vervangster
    via vmbo vo volgend volgt voor voorzitter vrij vrijdag vrouw vso vwo vz wacht weg welzijn werk west wethouder wo
    woensdag zelf ziek zij zoom zorg zuid zzp
"""
_SCHOOLS = """
    avila bataafs bonhoeffer canisius carmel carmelcollege demcon erasmus greijdanus ichthus innova kottenpark lyceum
    lyceumstraat marianum noordik pius potskampstraat reggesteyn saxion stedelijk stork thales thij twickel waerdenborch
    windesheim zwijsen
"""
"""Schools and companies of the region by the one word that people use."""
_NO_NAMES = frozenset((*_NO_NAMES_LISTED.split(), *_SCHOOLS.split()))
"""What else stands there as one word: functions, sectors, whether somebody comes."""


@dataclass(frozen=True, slots=True)
class Bracketed:
    """`called` and `born`: given names and surnames that are told as such; `perhaps`: words that may be either;
    `others`: names of somebody else.
    """

    called: tuple[str, ...] = ()
    born: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def own(self) -> tuple[str, ...]:
        """The names by which the member can be meant: not what is no name by its capitals, as "(SLO)"."""
        perhaps = (words for words in self.perhaps if not words.islower() and not words.isupper())
        return (*self.called, *self.born, *perhaps)


def _apart(full: str) -> str:
    """Return a name with spaces between parts that are joined, as in the name of an account: "Wim_van_der_Sluis",
    "vanderSluis, Wim", "ARouwhorst".
    """
    full = _UNDERSCORES.sub(" ", full)
    if " " not in full:
        parts = re.split("[.-]", full)
        # A hyphen parts two names too: only with a particle between is it one of an account.
        particles = any(map(_PARTICLE.fullmatch, parts[1:-1]))
        if len(parts) > 1 and all(part.isalpha() and len(part) > 1 for part in parts):
            full = " ".join(parts) if particles or "-" not in full else full
        if (account := _ACCOUNT.fullmatch(full)) is not None:
            initials = "".join(f"{letter}." for letter in account["initials"] or "")
            first = initials or account["first"] or ""
            full = f"{first} {account['particles']}{account['surname']}".strip()
    return _GLUED_PARTICLES.sub(lambda glued: " ".join((*_GLUED_PARTICLE.findall(glued[0]), "")), full)


def normalised(full: str) -> str:
    """Return a name with round brackets for other signs that mean the same: "Berendina 'Dinie' Lubbers"; without those
    around all of it, without the sign of a footnote, and with spaces between its parts.
    """
    full = _apart(_FOOTNOTE.sub("", full))
    if (around := _AROUND_ALL.fullmatch(full)) is not None:
        full = _FOOTNOTE.sub("", around[1])
    return _SQUARE.sub(lambda match: match[1] or f"({match[2] or match[3] or ''})", full)


@lru_cache(maxsize=10_000)
def in_brackets(full: str) -> Bracketed:
    """Return what the brackets of a name say."""
    read: dict[str, list[str]] = {"called": [], "born": [], "perhaps": [], "others": []}
    for content in _BRACKETS.findall(normalised(full)):
        for piece in () if "t/m" in content else _PIECES.split(content):
            for kind, words in _read(piece.strip(_MARKS), lower=full.islower()):
                read[kind].append(words)
    return Bracketed(**{kind: tuple(dict.fromkeys(words)) for kind, words in read.items()})


def _read(piece: str, *, lower: bool) -> Iterator[tuple[str, str]]:
    """Yield the names in one part of what stands in brackets, each with its kind."""
    if (somebody := _SOMEBODY_ELSE.search(piece)) is not None:
        others = (word for word in _WORD.findall(piece, somebody.end()) if lower or word[0].isupper())
        yield from (("others", word) for word in others if word.lower() not in _NO_NAMES)
        piece = piece[: somebody.start()].strip(_MARKS)
    behind, mark, born = _CALLED_BEHIND.match(piece), _CALLED.match(piece), _BORN.match(piece)
    front = mark or born or _PERHAPS_CALLED.match(piece)
    rest = behind["name"] if behind else piece[front.end() :] if front else piece
    words = [word for part in rest.split() if (word := part.strip(_MARKS))]
    if (behind or mark) and len(words) > _MOST_WORDS:
        words = words[:1]
    cores = [word for at, word in enumerate(words) if at == len(words) - 1 or not _PARTICLE.fullmatch(word)]
    told = behind or mark or born
    if not cores or len(cores) > _MOST_WORDS or not all(map(_WORD.fullmatch, cores)):
        return
    # A word is no name of which a mark tells it, as in "vroeger docent".
    if any(word.lower() in _NO_NAMES and (not told or word.islower()) for word in cores):
        return
    if born and not (lower or cores[-1][0].isupper()):
        return
    yield "called" if behind or mark else "born" if born else "perhaps", " ".join(words)
