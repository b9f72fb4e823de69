"""The context of a name in a text: titles, particles, initials, verbs, punctuation, and sayings that contain a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from sto_desktop.domain.names.ordinary_words import DAYS, DOTTED, ORDINARY, is_listed, is_word
from sto_desktop.domain.people import fold
from sto_desktop.patterns import lazy_re

AROUND = 60
"""Number of characters before and after a name that are examined."""

_NEAR = 24
"""Number of characters before a name that may hold the last word of a title, or its particles. Kept small, because a
search in few characters is fast.
"""


class Title(Enum):
    """The kind of title before a name: always one for "dhr.", usually one for "mevrouw" and "docent"."""

    SHORT = 1
    COURTESY = 2
    FUNCTION = 3


_SHORT = r"hr|mevr|mvr|mw|mej|juffr|dhr|mnr|mijnh|mstr|weth|fam|dr|drs|mr|ir|ing|prof|ds|zr|br|jhr|mrs|mme|frau|herr"
_SEVERAL = r"dames|heren|mevrouwen|juffen|meesters|zusters|broeders|dokters|collega's|collega’s|collegas"
_COURTESY = (
    rf"{_SHORT}|de\s+heer|heer|meneer|mijnheer|mevrouw|mejuffrouw|juffrouw|juf|meester|familie|gezin|professor|dominee"
    r"|zuster|broeder|dame|dokter|pater|pastoor|pastor|kapelaan|imam|rabbijn|fr[äa]ulein|miss|mister|ms|sir|madam|madame"
    r"|mademoiselle|monsieur|se[ñn]or|se[ñn]ora|signor|signora|buurman|buurvrouw|tante|oom|ome|opa|oma"
    rf"|{_SEVERAL}"
)
_FUNCTION = (
    r"docent|docente|leraar|lerares|leerkracht|onderwijzer|onderwijzeres|instructeur|mentor|decaan|directeur|directrice"
    r"|rector|conrector|teamleider|schoolleider|afdelingsleider|projectleider|praktijkopleider|leermeester|opleider"
    r"|co[öo]rdinator|wethouder|burgemeester|gedeputeerde|raadslid|voorzitter|secretaris|penningmeester|bestuurder"
    r"|ondernemer|eigenaar|bedrijfsleider|collega|coach|begeleider|intern\s+begeleider|conci[ëe]rge|trainer|manager"
    r"|adviseur|agent|wijkagent|roostermaker|jobcoach|stagebegeleider|praktijkbegeleider|loopbaanbegeleider"
    r"|vertrouwenspersoon|minister|staatssecretaris|huisarts|psycholoog|orthopedagoog|logopedist|secretaresse|portier"
    r"|voorzitster|gespreksleider|panellid|bestuurslid|vakdocent|techniekdocent|praktijkdocent|gastdocent|locatiedirecteur"
    r"|stageco[öo]rdinator|teamco[öo]rdinator|zorgco[öo]rdinator|fractievoorzitter|ambtenaar|notulist|monteur|werkgever"
    r"|medewerker|beleidsmedewerker"
)
_GLUED_TITLE = lazy_re(
    r"(?:hr|mevr|mvr|mw|mej|juffr|dhr|fam|drs?|mrs?|ir|ing|prof|mevrouw|meneer|mijnheer|juf|frau|herr)"
    r"(?:de[nr]?|te[nr]?|van|von|vd|el|al)",
    re.I,
)
"""A title with the particle of the name behind it written as one: "dhrde wit"."""
_TITLE_BEFORE = lazy_re(
    rf"(?<![^\W_])(?:(?P<article>de|een)\s+)?(?:(?P<courtesy>(?:(?:{_COURTESY})(?:\.\s*|\s+))+)"
    rf"|(?P<function>(?:{_FUNCTION})\s+))$",
    re.I,
)
_SOMEBODY_OF = lazy_re(rf"(?<![^\W_])(?:opa|oma|oom|ome|tante|buurman|buurvrouw|dokter|{_FUNCTION})\s+van\s+$", re.I)
_LAST_OF_TITLE = lazy_re(r"[^\W\d_]+(?:['’]s)?$")
TITLE_WORDS = frozenset(
    re.sub(r"\[.(.)\]", r"\1", title).split(r"\s+")[-1] for title in f"{_COURTESY}|{_FUNCTION}".split("|")
) - {"ms"}
"""The last words of titles; not "ms", which is a title only before a name that is known."""
_TITLES_OF_KNOWN = TITLE_WORDS | {"ms"}
COURTESIES = frozenset(title for title in re.sub(r"\[.(.)\]", r"\1", _COURTESY).split("|") if title.isalpha())
"""Titles of one word that are no function."""
_SHORT_WORDS = frozenset(_SHORT.split("|"))
_SEVERAL_TITLED = lazy_re(rf"(?:de\s+)?(?:{_SEVERAL})\s", re.I)

_SHORT_PARTICLE = r"v\.?\s?d\.?|v/d|vd[nr]|vnd"
_PARTICLES_BEFORE = lazy_re(
    rf"(?<![^\W_])(?:(?:{_SHORT_PARTICLE}|aan|al|bij|d[aeiou]|de[lnrs]|dos|el|het|['’]t|in|la|le|onder|op|over|te|ten|ter|tot|uit"
    r"|van|vom|von|voor|zu|zum|zur)\s+)+$",
    re.I,
)
_ARTICLE_BEFORE = lazy_re(
    rf"(?<![^\W_])(?:(?P<of>van|von)\s+)?(?P<article>(?P<particle>der|den|ter|ten)|{_SHORT_PARTICLE}|de)\s+$",
    re.I,
)
_LONGEST_INITIALS = 16
_INITIALS_BEFORE = lazy_re(
    r"(?<![\w.'’-])(?:(?:[^\W\d_]{1,3}\.[ \u00a0]?[-‐‑]?)+|[^\W\d_]-[^\W\d_][ \u00a0]|[^\W\d_]{1,3}[ \u00a0]"
    r"|[^\W\d_](?: [^\W\d_]){1,2} )$"
)
_INITIALS_TITLED = lazy_re(r"(?:\.\s*|\s+)((?:[^\W\d_]\.[ \u00a0]?-?){0,2}[^\W\d_]\.?|[^\W\d_]{2,3})(?![\w'’-]|\.\w)")
_WORD = lazy_re(r"[^\W\d_]+(?:['’]s)?")
_DOTTED_WORD = lazy_re(r"([^\W\d_]+(?:\.[^\W\d_]+)*)\.\s*")
_NO_INITIALS = _SHORT_WORDS | DOTTED
_INITIALS_AFTER = lazy_re(
    r"(?:,[ \u00a0]?|[ \u00a0._])((?:[^\W\d_]{1,3}\. ?)*[^\W\d_]{1,3}\.|[^\W\d_]{1,4})(?![\w’'-])"
)
_DETERMINER = r"de|den|het|een|['’]t|deze|die|geen|elke?|iedere?|welke?|mijn|jouw|onze?|uw|hun|zo['’]n|eigen|per"
DETERMINED = lazy_re(rf"(?<![^\W_])(?:{_DETERMINER}|twee|drie|vier|\d+)\s+(?:[^\W\d_]+e\s+)?$", re.I)
NO_PERSON = lazy_re(r"(?<![^\W_])(?:een|geen|elke|iedere|zo['’]n|het|['’]t)\s+(?:[^\W\d_]+e\s+)?$", re.I)
"""Shows that a word of the dictionary is meant as that word, and not as one of the rarer names."""
ARTICLE = lazy_re(r"(?<![^\W_])(?:de|die|deze)\s+$", re.I)
ADJECTIVE_BEFORE = lazy_re(
    r"(?<![^\W_])(?!(?:beste|lieve|geachte|zie|onze|ene|behalve|vanwege|hoe|wie)\s)[^\W\d_]{2,}e\s+$", re.I
)
"""An adjective before a noun; those before a name, as in "beste Hope", tell nothing."""
_SAYS = (
    "zegt|zei|zeiden|vertelt|vertelde|vindt|vond|vroeg|vraagt|noemt|noemde|denkt|dacht|meldt|meldde|merkt|merkte|meent"
    "|meende|stelt|stelde|belt|belde|mailt|mailde|schrijft|schreef|appt|appte|antwoordt|antwoordde|reageert|reageerde"
    "|knikt|knikte|lacht|lachte|weet|wist|kent|kende|hoopt|hoopte|belooft|beloofde|bedoelt|bedoelde|beaamt|beaamde"
    "|pleit|pleitte|twijfelt|twijfelde|herkent|herkende|legde|gaf|stuurt|stuurde|regelt|regelde|wees|adviseert"
    "|adviseerde|benadrukt|benadrukte|wilde|wou|beschrijft|beschreef|herinnert|herinnerde|organiseert|organiseerde"
    r"|roept|riep|oppert|opperde|klaagt|klaagde|(?:geeft|vult)(?=\s+(?:\w+\s+)?aan\b)|legt(?=\s+(?:\w+\s+)?uit\b)"
)
_DOES = "gaat|ging|komt|kwam|heeft|had|doet|deed|wil|moet|kan|mist|miste|neemt|nam|ziet|zag|hoort|hoorde|werkt|werkte"
_SOMEBODY = "hij|zij|ze|ik|je|jij|u|we|wij|jullie|men|iemand|iedereen|niemand"
_PRONOUN = rf"{_SOMEBODY}|het|er"
_NO_OTHER = rf"(?!\s+(?:(?i:{_SOMEBODY})\b|[A-ZÀ-ÖØ-Þ]))"
_NO_SUBJECT = rf"(?!\s+(?:(?i:{_PRONOUN})\b|[A-ZÀ-ÖØ-Þ]))"
_CLOSING = r"[*_\"”’')]*"
_SAYS_AFTER = lazy_re(rf"{_CLOSING}\s+(?:(?:zelf|ook|net|dan|al)\s+)?(?i:{_SAYS})\b{_NO_OTHER}")
_DOES_AFTER = lazy_re(rf"{_CLOSING}\s+(?:(?:zelf|ook|net|dan|al)\s+)?(?i:{_SAYS}|{_DOES})\b{_NO_SUBJECT}")
IS_THERE = lazy_re(r"\s+(?:is|was|heeft|had|zou|zal)\b(?!\s+(?:een|de|het|geen)\b)", re.I)
IS_A_THING = lazy_re(
    r"\s+(?:is|was|zijn|of|en)\s+(?:een|het|de|geen)\b|\s+[^\W\d_]+en\b|-"
    r"|\s+zijn\s+(?:aan|al|bij|dat|er|hier|in|is|kan|maar|mag|met|moet|naar|niet|om|onder|ook|op|over|te|tegen|uit|van|voor|was|we|wel"
    r"|wij|ze|zonder)\b",
    re.I,
)
"""Follows the word that begins a sentence if it is no person: "Roos is een kleur", "Gul zijn met complimenten"."""
NO_NAME_AFTER = lazy_re(r"\.?\s+(?:(?:je|jij|u|uw|jouw|jullie)\b|\d)", re.I)
IS_AFTER = lazy_re(r"\s+(?:is|was|heeft|had|zou|zal)\b", re.I)
ACCORDING_TO = lazy_re(r"(?<![^\W_])(?:volgens|namens|aldus)\s+$", re.I)
NAMES_PARTICLE = lazy_re(
    r"(?:(?:van|von|in|op|aan|uit|over|onder)\s+)?(?:de[nr]|v\.?\s?d\.?|v/d|['’]?t|ten)(?:\s|(?<=\.))", re.I
)
"""Particles that often precede a name and rarely a word: "van der bos"."""
TAKES_PEOPLE = lazy_re(
    r"(?<![^\W_])(?:volgens|namens|aldus|door|met|bij|aan|tegen|van|voor|en|of|zegt|zei|vroeg|vindt|vond)\s+$", re.I
)
TAKES_NOBODY = lazy_re(r"(?<![^\W_])(?:in|op|uit|per|onder|te)\s+$", re.I)
INSTITUTION_BEFORE = lazy_re(
    r"(?<![^\W_])(?:basisschool|obs|cbs|rkbs|kbs|pcb|pcbs|sbo|ikc|kindcentrum|kinderdagverblijf|stichting|caf[ée]"
    r"|restaurant|hotel|wijk|buurt|buurthuis|dorpshuis|sporthal|huize|kasteel|camping|locatie)\s+"
    r"(?:(?:de|het|den|['’]t)\s+)?$",
    re.I,
)
NEUTER_BEFORE = lazy_re(r"(?<![^\W_])(?:[Hh]et|['’]t)\s+$")
CAPITAL_ARTICLE_BEFORE = lazy_re(r"(?<![^\W_])(?:De|Den)\s+$")
SURNAME_AFTER = lazy_re(r" (?:(?:van|de|der|den|het|ter|ten|te|op|in|el|’t|'t) )*(?=[^\W\d_]{2})[A-ZÀ-ÖØ-Þ]")
NAME_BEFORE = lazy_re(r"(?<![\w-])[A-ZÀ-ÖØ-Þ][^\W\d_]+ $")
STREET_AFTER = lazy_re(
    r" (?:[A-ZÀ-ÖØ-Þ][^\W\d_]+ ){0,2}[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:straat|weg|laan|plein|kade|dijk|hof|park|singel|gracht"
    r"|school|college|stichting|fonds|lyceum)\b"
)
COMPANY_AFTER = lazy_re(
    r"(?: [A-ZÀ-ÖØ-Þ][\w&-]*| &){0,3} (?:B\.?V\b|N\.?V\b|VOF\b|V\.O\.F|& Zn|& Zonen|Advies|Bouw|Electro|Elektro|Groep"
    r"|Holding|Installatie|Machine|Metaal|Techniek|Transport)"
)
"""Follows a surname in the name of a company: "De Vries Techniek", "Bakker Bouw B.V."."""
ENGLISH_AFTER = lazy_re(r" (?:my|your|our|the|this|that|these|you|it|is the)\b", re.I)
_SAYING = lazy_re(
    r"\bjan[ -](?:en[ -]alleman|met[ -]de[ -]pet|modaal|klaassen|publiek|boezeroen|rap|salie|splinter)\w*|\bboven jan\b"
    r"|\bjantjes?[ -](?:van[ -]leiden|contrarie)\b|\b(?:zwarte|hoge|zielige) piet(?:en)?\b"
    r"|\bpiet(?:je)?[ -](?:precies|snot)\b"
    r"|\b(?:sint|sinterklaas) (?:en|&) (?:zwarte )?piet(?:en)?\b|\bmalle pietje\b|\bjoost (?:mag|weet)\b"
    r"|\bklaas vaak\b|\bmagere hein\b|\b(?:brave|heilige) hendrik(?:en)?\b|\bmanus(?:je)?[ -]van[ -]alles\b"
    r"|\bnieuwsgierig aagje\b|\bhans(?:je)? (?:pansje|en grietje)\b|\bklaar is (?:kees|klara)\b|\bbert en ernie\b"
    r"|\bad (?:absurdum|fundum|hoc|infinitum|interim|rem|valvas)\b"
    r"|\bfrank en vrij\b|\bot en sien\b|\bjip[ -]en[ -]janneke\w*|\badam en eva\b|\bholle bolle gijs\b"
    r"|\bpim[ -]pam[ -]pet\b|\baap[ -]noot[ -]mies\b|\bbob de bouwer\b|\bwillie wortels?\b|\bdolle minas?\b"
    r"|\bhouten klaas\b|\bhuishouden van jan steen\b|\bjantje (?:lacht|huilt)\b|\bjut en jul\b|\btom poes\b"
    r"|\bjoris goedbloed\b|\bapril doet wat (?:hij|ze|zij|ie) wil\b"
    r"|\b(?:sint|st\.?)[ -](?:jan|jans|maarten|martinus|nicolaas|joris|anna|jozef|maria|franciscus)\b",
    re.I,
)
"""Sayings, fictional figures and saints with a first name that is not a participant's."""
_PREFIX = 2
_IN_SAYINGS = frozenset(word[:_PREFIX] for word in re.findall(r"(?<!\\)[a-z]{2,}", _SAYING.pattern))
"""First words of the sayings. They are searched first, because the whole pattern is slow."""
_SHOUTED_AFTER = lazy_re(r"\W*[A-ZÀ-ÖØ-Þ]{2,}\b")
_SHOUTED_BESIDE = lazy_re(r"^\W*[A-ZÀ-ÖØ-Þ]{2,}\b|\b[A-ZÀ-ÖØ-Þ]{2,}\W*$")
_HYPHENATED = lazy_re(r"[^\W\d_]+(?:-[a-zà-öø-þ]+)+(?!\w)")

SUBJECT_BEFORE = lazy_re(rf"(?<![^\W_])(?:{_PRONOUN}|die|dat|wat|wie|niet|wel|ook|zich)\s+$", re.I)
"""Makes a very common word a verb: "ik wil", "die wil"."""
MARK_BEFORE = lazy_re(r"(?:^|[\n.:;,?!(\[/+&*•→>=\"“”„]|(?<![^\W_])[-–])\s*$")
MARK_AFTER = lazy_re(r"\s*(?:$|[\n:;,.!?()\[\]/+&*=<–\"“”]|-(?!\w)|\d+[.)])")
ASKED_BEFORE = lazy_re(
    r"(?<![^\W_])(?:bel|belt|belde|bellen|mail|mailt|mailde|mailen|app|appt|appte|appen|vraag|vraagt|vragen|spreek"
    r"|spreekt|sprak|bedank|informeer|herinner|tik|actie|acties|actiepunt|todo|afspraak|taak|cc|bcc|notulist|vz|voorzitter|moderator"
    r"|gespreksleider|door|met|bij|aan|naar"
    r"|tegen|van|voor|over|via|zonder|zegt|zei|vroeg|vindt|vond|denkt|dacht|hoort|hoorde|zag|ziet)\s+$",
    re.I,
)
"""Words that are often followed by a person's name, and rarely by a very common word."""
HAS_BEFORE = lazy_re(r"(?<![^\W_])(?:heeft|had|komt|kwam|gaat|ging|dan|daarna|toen)\s+$", re.I)
"""Words that may be followed by a person's name, but in other sentences also by a very common word."""
_PERSON_BEFORE = lazy_re(
    rf"\s+(?:en|of|even|maar|nog|ook|zelf|terug|morgen|straks|vandaag|gisteren|daarna|eerst|erbij|erover|weer|niet|over|om|voor"
    rf"|ge\w+[dtn]|be\w+[dt]|ver\w+[dt]|afgesproken|overlegd|aan het|over de|over het|{_SAYS})\b(?!-)",
    re.I,
)
MANY_AFTER = lazy_re(
    r"\s+(?:gaan|gingen|komen|kwamen|hebben|hadden|zijn|waren|willen|wilden|moeten|doen|deden|zien|vinden|vonden|zeggen"
    r"|zeiden|denken|regelen|bellen|mailen|samen|ge\w+[dtn])\b",
    re.I,
)
_BETWEEN_NAMES = lazy_re(r"\s*(?:,(?:\s*(?:en|of))?|/|\+|&|\ben\b|\bof\b)\s*")
_DAY = "|".join(sorted(DAYS))
_DAY_BEFORE = lazy_re(
    rf"(?<![^\W_])(?:op|t/m|tot|tm|vanaf|elke|iedere|volgende|(?:{_DAY})\b[\s/,&+–-]*(?:en|of|t/m|tot)?)\s*$", re.I
)
_DAY_AFTER = lazy_re(
    rf"\s*(?:[/,&+–-]|en\b|of\b|t/m|tot\b)?\s*(?:(?:om\s*)?\d{{1,2}}(?!\d)|(?:{_DAY}|ochtend|middag|avond|januari|februari"
    r"|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\b)",
    re.I,
)
_ENDS_SENTENCE = ".!?:\n"
_LAST_TOKEN = lazy_re(r"(?<![^\W_])([^\W\d_]+(?:\.[^\W\d_]+)*)\.$")


def begins_sentence(text: str, at: int) -> bool:
    """Return whether a sentence starts at a position in a text."""
    before = text[max(0, at - AROUND) : at].rstrip(" \t\"“„‘'(*_")
    if not before:
        return True
    if before[-1] not in _ENDS_SENTENCE:
        return False
    token = _LAST_TOKEN.search(before[-_LONGEST_INITIALS:]) if before[-1] == "." else None
    return token is None or fold(token[1]) not in DOTTED


def title_before(text: str, at: int) -> tuple[Title | None, int]:
    """Return the kind of title directly before a position in a text, and where it starts."""
    start = max(0, at - AROUND)
    # Checking the preceding word first avoids the slow pattern in nearly all cases.
    near = max(0, at - _NEAR)
    last = _LAST_OF_TITLE.search(text[near:at].rstrip(" \t\n.\u00a0"))
    if last is None:
        return None, at
    if fold(last[0]) not in _TITLES_OF_KNOWN:
        # "Irene" and "drop" are no titles.
        glued = _GLUED_TITLE.fullmatch(last[0]) and not is_word(fold(last[0]))
        return (Title.SHORT, near + last.start()) if glued else (None, at)
    match = _TITLE_BEFORE.search(text[start:at])
    if match is None or (match["function"] and fold(match["article"] or "") == "een"):
        return None, at  # "een docent groen" is a subject taught
    kind = Title.FUNCTION if match["function"] else Title.SHORT if fold(last[0]) in _SHORT_WORDS else Title.COURTESY
    return kind, start + match.start()


def is_somebody_of(text: str, at: int) -> bool:
    """Return whether "van" before a position says whose somebody is: "de opa van Hoekstra" is not a name in full."""
    return _SOMEBODY_OF.search(text[max(0, at - AROUND) : at]) is not None


def several_titled(text: str, at: int) -> bool:
    """Return whether a name that starts at a position in a text has a title for several: "de heren vos en wit"."""
    return _SEVERAL_TITLED.match(text, at) is not None


def particles_before(text: str, at: int, *, all_of_them: bool = False) -> int:
    """Return where an article or particle directly before a position in a text starts, or that position: "de Visser" is
    one unit, and so is "van der Visser", whatever the member's own particles.

    `all_of_them`: also particles that are ordinary words, since after a title they belong to the name.
    """
    start = max(0, at - _NEAR)
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
        match["of"][0].isupper() or begins_sentence(text, first) or TAKES_PEOPLE.search(text[start:first])
    )
    return first if part_of_name else start + match.start("article")


def initials_before(text: str, at: int) -> tuple[str, int]:
    """Return what may be initials directly before a position in a text, and where they start: "J.W. ", "jw "."""
    start = max(0, at - _LONGEST_INITIALS)
    match = _INITIALS_BEFORE.search(text[start:at])
    first_letter = start + match.start() if match else at
    # Of "dhr. M. Smit" and "o.a. M. Smit" only the last letter is an initial.
    while (abbreviation := _DOTTED_WORD.match(text, first_letter, at)) and is_dotted(abbreviation[1]):
        first_letter = abbreviation.end()
    return text[first_letter:at], first_letter


def is_dotted(letters: str) -> bool:
    """Return whether letters before a full stop are an abbreviation or a title: "o.a", but not "O.A"."""
    return (letters if "." in letters else fold(letters)) in _NO_INITIALS


def initials_after(text: str, at: int) -> tuple[str, int]:
    """Return what may be initials directly after a position in a text, and where they end: "Teun V."."""
    match = _INITIALS_AFTER.match(text, at)
    return (match[1], match.end()) if match else ("", at)


def titled_initials(text: str) -> Iterator[tuple[int, int, str, Title]]:
    """Yield where a title with nothing but initials behind it starts and ends, the initials, and the kind of title:
    "mevrouw d.m.", "dhr. M.", "juf dm".
    """
    titles = {word for word in {*_WORD.findall(text)} if fold(word) in TITLE_WORDS}
    for title in sorted(titles):
        at = text.find(title)
        while at >= 0:
            behind = _INITIALS_TITLED.match(text, at + len(title))
            if behind is not None and _may_be_initials(behind[1]) and not SURNAME_AFTER.match(text, behind.end()):
                kind, start = title_before(text, behind.start(1))
                if kind is not None:
                    yield start, behind.end(), behind[1], kind
            at = text.find(title, at + 1)


def _may_be_initials(written: str) -> bool:
    if "." in written and len(written) > 1:
        return not is_dotted(written.rstrip("."))
    low = fold(written)
    return low not in ORDINARY and low not in TITLE_WORDS and low != "is"


def says(text: str, at: int) -> bool:
    """Return whether a name that ends at a position in a text is the subject of a verb of saying."""
    return _follows(_SAYS_AFTER, text, at)


def does_something(text: str, at: int) -> bool:
    """Return whether a name that ends at a position in a text is the subject of a verb of saying or doing."""
    return _follows(_DOES_AFTER, text, at)


def _follows(verb: re.Pattern[str], text: str, at: int) -> bool:
    """Return whether a verb follows; in a text in capitals, where a capital makes no other subject, in any case."""
    after = text[at : at + AROUND]
    return verb.match(after.lower() if _SHOUTED_AFTER.match(after) else after) is not None


def is_one(text: str, at: int) -> bool:
    """Return whether a verb behind a name tells of one person: in "ik bel Jan en Piet komt later" they are no pair."""
    return does_something(text, at) or IS_AFTER.match(text, at) is not None


def stands_in_a_saying(text: str, start: int, end: int) -> bool:
    """Return whether a name is part of a saying, or of a Dutch word with hyphens: "ad-hocbeleid"."""
    word = _HYPHENATED.match(text, start) if "-" in text else None
    if word is not None and word.end() > end and is_word(word[0].lower()):
        # "niet-" makes a word of anything, also of a name.
        first, _, _ = word[0].partition("-")
        return not is_listed(f"{first.lower()}-")
    if text[start : start + _PREFIX].lower() not in _IN_SAYINGS:
        return False
    from_start = max(0, start - AROUND)
    return any(
        from_start + saying.start() <= start < from_start + saying.end()
        for saying in _SAYING.finditer(text[from_start : end + AROUND])
    )


def is_shouted(before: str, after: str) -> bool:
    """Return whether the words next to a name are in capitals, so that capitals in the name mean nothing."""
    return _SHOUTED_BESIDE.match(after) is not None or _SHOUTED_BESIDE.search(before) is not None


def is_a_day(word: str, before: str, after: str) -> bool:
    """Return whether a short word is the name of a day: "op do", "ma t/m do", "do 12 mei"."""
    return word in DAYS and (_DAY_BEFORE.search(before) is not None or _DAY_AFTER.match(after) is not None)


def stands_alone(before: str, after: str) -> bool:
    """Return whether a word stands between punctuation only: "(ben)", "actie: ben", "wil, ", "- wil"."""
    return MARK_BEFORE.search(before) is not None and MARK_AFTER.match(after) is not None


def may_end_here(after: str) -> bool:
    """Return whether a name may end its part of a sentence here: "bel ben.", "naar an gemaild"."""
    return MARK_AFTER.match(after) is not None or _PERSON_BEFORE.match(after) is not None


def are_listed(text: str, end: int, start: int) -> bool:
    """Return whether a name that ends at `end` and a name that starts at `start` belong to one list: "wil, bas en
    roos".
    """
    return _BETWEEN_NAMES.fullmatch(text, end, start) is not None


def a_list_may_go_on_or_end(after: str) -> bool:
    """Return whether a name in a list may be the last one here, or be followed by another name."""
    return may_end_here(after) or MANY_AFTER.match(after) is not None
