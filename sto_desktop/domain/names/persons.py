"""Where a name that is also a word can only be a person, and where it can be none, by the words around it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from sto_desktop.domain.names.context import (
    ACCORDING_TO,
    AROUND,
    ASKED_BEFORE,
    DETERMINED,
    MANY_AFTER,
    MARK_AFTER,
    MARK_BEFORE,
    NAMES_PARTICLE,
    TAKES_PEOPLE,
    begins_sentence,
    does_something,
    may_end_here,
    particles_before,
    says,
    stands_alone,
)
from sto_desktop.domain.names.ordinary_words import COLOURS, DOTTED, EVERYDAY, LENT, MONTHS, ORDINARY, VERBS, is_word
from sto_desktop.domain.names.spelling import key_of
from sto_desktop.patterns import lazy_re

_BEGINS = r"(?:^|[\n.:;,!?(–-]\s*|(?<![^\W_])(?:en|of|dus|maar|dan)\s+)"
_THANKED_BEFORE = lazy_re(
    rf"(?<![^\W_])(?:bedankt|dankjewel|dank je|goed punt|goed idee|goede vraag|mooi gezegd|hoi|hallo|hey|sorry"
    rf"|groet|groeten|groetjes|(?<!de )(?<!het )(?:beste|lieve)|{_BEGINS}(?:ja|nee)"
    rf"|{_BEGINS}(?:vraag|zeg|vertel|geef|mail|app)\s+(?:het|dat|dit|['’]t)(?:\s+(?:maar|even|eens))?)\s+$",
    re.I,
)
_LET_BEFORE = lazy_re(rf"{_BEGINS}laat\s+$", re.I)
_IS_BEFORE = lazy_re(rf"{_BEGINS}(?:is|was|komt|kwam)\s+$", re.I)
_THERE_AFTER = lazy_re(r"\s+er\b", re.I)
_HAVE_BEFORE = lazy_re(r"(?<![^\W_])(?:heb|hebt|hebben|heeft|had|hadden)\s+(?:(?:ook|al|net|toen)\s+)?$", re.I)
_DONE_AFTER = lazy_re(
    r"\s+(?:(?:ook|al|net|nog|even|gisteren|vandaag)\s+)?(?:ge\w{2,}[dtn]|be\w{2,}[dt]|ver\w{2,}[dt])\b", re.I
)
_COMING = r"(?:doen|gaan|gingen|komen|kwamen|bellen|mailen|regelen)"
_AND_ME_AFTER = lazy_re(rf"\s+en\s+(?:ik|jij|hij|zij)\s+(?:{_COMING}|moeten|willen|hebben|zijn)\b", re.I)
_ME_AND_BEFORE = lazy_re(r"(?<![^\W_])(?:ik|jij|hij|zij)\s+en\s+$", re.I)
_AMONG_BEFORE = lazy_re(r"[^\W_],\s*$")
_AND_ANOTHER_AFTER = lazy_re(rf"\s+en\s+[^\W\d_]+\s+{_COMING}\b", re.I)

_SAID_BEFORE = lazy_re(
    r"(?:^|[\n.:;,!?(–-]\s*|(?<![^\W_])(?:dat|dit|zo|wat|hoe|waarom|daarom|toen|daarna|daarop|gisteren|vandaag|vanmorgen"
    r"|vanmiddag|eerder|net|ook|straks|dus|maar|en|hierover|daarover|erover"
    r"|(?:in|na|onder|tijdens|voor)\s+(?:de|het|een)\s+[^\W\d_]+)\s+)[\"“”„'’‘]?\s*"
    r"(?:zegt|zei|vertelt|vertelde|vindt|vond|vroeg|vraagt|denkt|dacht|meldt|meldde|merkte|meent|meende|antwoordt"
    r"|antwoordde|reageert|reageerde|roept|riep|schrijft|schreef|beaamt|beaamde|knikt|knikte|benadrukt|benadrukte"
    r"|oppert|opperde|klaagt|klaagde|bevestigt|bevestigde|belt|belde|mailt|mailde|appt|appte)\s+$",
    re.I,
)
"""A verb of saying of which the subject comes: "dat zei", but not "de les vond" or "ik vond"."""
_TIME = r"al|ook|nog|net|gisteren|vandaag|vanmorgen|vanmiddag|eerder|weer|zelf|toen|vorige|laatst|echter|terecht|straks"
_SAID_AFTER = lazy_re(rf"\s+(?:{_TIME}|dat|of|om|over|hoe|wat|waarom|wie|wel|niet|ervan|eens|er|het)\b", re.I)
_BRIEFLY_AFTER = lazy_re(rf"\s+(?:{_TIME})\b", re.I)
_TALKED = r"gesproken|besproken|besloten|gebeld|overlegd|gepraat|afgesproken|gemaild|geappt"
_WITH_BEFORE = lazy_re(
    rf"(?<![^\W_])(?:{_TALKED}|samen|overleg|afspraak|gesprek|contact|kennis)\s+(?:(?:gehad|gemaakt)\s+)?met\s+$", re.I
)
_BY_WITH_BEFORE = lazy_re(r"(?<![^\W_])met\s+$", re.I)
_TALKED_AFTER = lazy_re(rf"\s+(?:(?:{_TIME}|even)\s+)?(?:{_TALKED})\b", re.I)
_REACHED_BEFORE = lazy_re(
    r"(?<![^\W_])(?:belt|belde|belden|bellen|mailt|mailde|mailden|mailen|appt|appte|appten|appen|sprak|spraken)\s+$",
    re.I,
)
_REACHED_AFTER = lazy_re(rf"\s+(?:{_TIME}|even|morgen|terug|op|in|tijdens|bij|aan)\b", re.I)
_ASK_BEFORE = lazy_re(rf"{_BEGINS}(?:bel|mail|app|vraag|spreek)\s+$", re.I)
_ASK_AFTER = lazy_re(
    r"\s+(?:even|maar|nog|eens|terug|morgen|straks|vandaag|of|om|hoe|wat|wanneer|waarom|ook)\b|\s*(?:$|[.!,\n])", re.I
)
_TALKED_TO_AFTER = lazy_re(
    rf"\s+(?:(?:{_TIME}|even)\s+)?(?:gesproken|gebeld|gemaild|geappt|bedankt|uitgenodigd|ge[ïi]nformeerd"
    r"|gevraagd\s+(?:om|of|naar|te|wat|hoe|waarom))\b",
    re.I,
)
_TOLD_BEFORE = lazy_re(
    r"(?<![^\W_])(?:(?:vraag|vraagt|vroeg|gevraagd|zeg|zegt|zei|gezegd|vertel|vertelde|verteld|stuur|stuurde|gestuurd|mail"
    r"|mailde|gemaild|bericht|dank|complimenten|doorgegeven)\s+(?:(?:het|dat|dit|even|maar)\s+){0,2}(?:aan|tegen|naar)"
    r"|(?:mail|mailtje|bericht|reactie|opmerking|voorstel|antwoord)\s+van"
    r"|(?:actie|actiepunt|taak)\s+(?:van|voor))\s+$",
    re.I,
)
"""Who is told something, or tells it: "vraag het aan toon", "mail van toon", "actiepunt voor toon"."""
_OF_BEFORE = lazy_re(r"(?<![^\W_])van\s+$", re.I)
_HEARD_AFTER = lazy_re(r"\s+(?:gehoord|vernomen|begrepen)\b", re.I)
_GROUP_OF_BEFORE = lazy_re(r"(?<![^\W_])(?<!een )(?:klas|mentorklas|groep)\s+van\s+$", re.I)
_TO_BEFORE = lazy_re(r"(?<![^\W_])(?:aan|naar)\s+$", re.I)
_SENT_AFTER = lazy_re(r"\s+(?:gevraagd|gestuurd|doorgestuurd|gemaild|geappt|doorgegeven|voorgelegd|verteld)\b", re.I)
_AND_OTHERS_AFTER = lazy_re(
    r"\s+en\s+(?:(?:de|zijn|haar|hun|mijn|onze|andere)\s+){0,2}(?:collega['’]?s|anderen|leerlingen|studenten|docenten"
    r"|leraren|ouders|kinderen|mentoren|decanen|directie|directeur|teamleiders?)\b",
    re.I,
)
_LINE_BEFORE = lazy_re(r"(?:^|\n)[\s>*•–-]*(?:\d{1,2}[.)]\s*)?[*_]*$")
_SPEECH_AFTER = lazy_re(
    r"[*_]*\s?:[*_]*\s+[\"“„'‘]?(?:(?:ja|nee|klopt|inderdaad|jawel|natuurlijk|akkoord|mee eens|eens|oneens)\b"
    r"|(?P<clause>[^.!?\n]*?(?<![^\W_])(?:is|zijn|was|waren|heeft|heb|hebben|had|moet|moeten|kan|kunnen|wil|willen|gaat"
    r"|gaan|komt|komen|vind|vindt|wordt|worden|zou|zal|doet|denk|mag|ik|wij|we|je|jullie|hij|klopt)\b[^.!?\n]*))",
    re.I,
)
"""A colon with what somebody said behind it: a reaction, or a clause; "toon: vriendelijk" is a heading."""
_NUMERAL = (
    r"twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|(?:der|veer|vijf|zes|zeven|acht|negen)tien"
    r"|(?:twin|der|veer|vijf|zes|zeven|tach|negen)tig|honderd|duizend|half|halve|anderhalve?"
)
_AMOUNT_AFTER = lazy_re(
    rf"\s*[.:]?\s*(?:[€±~<>≤≥=\d]|(?:ca|circa|ongeveer|zo['’]n|een|[ée][ée]n|enkele|{_NUMERAL})\b)|\.\s+(?-i:[a-z])",
    re.I,
)
_HOLDS_NUMBER = lazy_re(rf"(?<![\d\[(])\d|\b(?:{_NUMERAL})\b", re.I)

_MONTH = "|".join(sorted(MONTHS))
_MONTH_BEFORE = lazy_re(
    rf"(?<![^\W_])(?:in|eind|begin|half|medio|vanaf|sinds|tot|rond|maand|komende|volgende|vorige|\d{{1,2}}|(?:{_MONTH})\s*"
    r"(?:en|of|t/m|tot|[,/–-]))\s*$",
    re.I,
)
_MONTH_AFTER = lazy_re(rf"\s+(?:\d{{4}}|['’]\d\d)\b|\s*(?:(?:en|of|t/m|tot)\s|[,/–-])\s*(?:{_MONTH})\b", re.I)
_COLOUR = "|".join(sorted(COLOURS))
_COLOURS = lazy_re(
    rf"(?<![^\W_])(?i:{_COLOUR})(?:(?:\s*[,/]\s*|\s+(?:en|of)\s+)(?:{_COLOUR})){{2,}}(?![^\W_])"
    rf"|\b[Kk]leur(?:en)?:?\s+(?:(?:is|zijn|wordt|worden)\s+)?(?:{_COLOUR})"
    rf"(?:(?:\s*[,/]\s*|\s+(?:en|of)\s+)(?:{_COLOUR}))*(?![^\W_])"
)
_SHINE_AFTER = lazy_re(r"\s+(?:staan|stonden|hangen|hingen|liggen|lagen|schijnen|schitteren|stralen|vallen)\b", re.I)
_LISTED_BEFORE = lazy_re(r"(?:[,/&+]|(?<![^\W_])(?:en|of))\s*$", re.I)
_ANY_BEFORE = lazy_re(r"(?<![^\W_])(?:een|geen|elke|iedere|zo['’]n)\s+$", re.I)
_TITLED_PART_BEFORE = lazy_re(
    r"(?<![^\W_])(?:kopje|rubriek|onderdeel|hoofdstuk|paragraaf|tabblad|knop|pagina|thema)\s+[\"“„'‘]?$", re.I
)
_AT_PART_BEFORE = lazy_re(r"(?<![^\W_])(?:bij|onder|zie|in|op)\s+[\"“„'‘]?$", re.I)
_ARTICLES = ("de", "het", "'t")
_AND_SUCH_AFTER = lazy_re(r"\s+en\s+(?:leerlingen|studenten|docenten|leraren|ouders|kinderen|mentoren|decanen)\b", re.I)
"""Follows a trade: "kuipers en docenten"."""
_CLAUSE_BEFORE = lazy_re(rf"{MARK_BEFORE.pattern}|(?<![^\W_])(?:dat|dus|maar|omdat|want|zoals)\s+$", re.I)
_VAN_BEFORE = lazy_re(r"(?<![^\W_])(?:door|met|bij|aan|tegen|van|voor|naar|zonder|behalve|nou|dat)\s+$", re.I)
_DETERMINER_AFTER = lazy_re(r"\s+(?:de|het|een|dit|deze|die|ons|onze|uw|je|jouw|welke|wie|wat|hoe)\b")


def takes_a_person(before: str, after: str, word: str) -> bool:
    """Return whether a person fits best between these words: "wil en ik gaan", "laat wil het doen", "bedankt wil".

    Adverbs and prepositions fit in more places than verbs: "stuur het door", "laat dan".
    """
    # These hold for any word; those below only for verbs.
    if _and_somebody(before, after):
        return True
    return not _is_adverb(word) and bool(
        _is_thanked(before, after)
        or _LET_BEFORE.search(before)
        or (_IS_BEFORE.search(before) and _THERE_AFTER.match(after))
        or (_HAVE_BEFORE.search(before) and _DONE_AFTER.match(after))
        or (_AMONG_BEFORE.search(before) and _AND_ANOTHER_AFTER.match(after))
    )


def is_a_person(text: str, start: int, end: int, word: str) -> bool:
    """Return whether only a person can stand here, though the name is a word: "dat zei max al", "ik sprak max", "max:
    de bus is te laat".
    """
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if _is_adverb(word) or is_an_amount(word, after):
        return False
    # A very common word may be a verb of the next clause: "wat ik zei wil ik herhalen".
    very_common = word in EVERYDAY
    goes_on = MARK_AFTER.match(after) or (_BRIEFLY_AFTER if very_common else _SAID_AFTER).match(after)
    said = goes_on and _SAID_BEFORE.search(text, max(0, start - AROUND), start)
    if said or _says_behind_colon(text, start, end, word) or _is_with_others(before, after):
        return True
    return not very_common and bool(
        _and_somebody(before, after)
        or _is_thanked(before, after)
        or (_TOLD_BEFORE.search(before) and (may_end_here(after) or _ASK_AFTER.match(after)))
        or (_OF_BEFORE.search(before) and _HEARD_AFTER.match(after))
        or _GROUP_OF_BEFORE.search(before)
        or (_TO_BEFORE.search(before) and _SENT_AFTER.match(after))
        or (_REACHED_BEFORE.search(before) and (MARK_AFTER.match(after) or _REACHED_AFTER.match(after)))
        or (_ASK_BEFORE.search(text, max(0, start - AROUND), start) and _ASK_AFTER.match(after))
    )


def is_a_surname(text: str, start: int, end: int, word: str) -> bool:
    """Return whether a surname in lower case that is a word can only be one here: "volgens leeuwen", "van der haren",
    "met van huizen"; not "het bouwen van huizen", and not behind an article of another ("de kuipers zeggen").
    """
    before = text[max(0, start - AROUND) : start]
    if DETERMINED.search(before) or _AND_SUCH_AFTER.match(text, end):
        return False
    if ACCORDING_TO.search(before) or is_a_person(text, start, end, word):
        return True
    if NAMES_PARTICLE.match(text, particles_before(text, start)):
        return True
    *particles, core = text[start:end].split()
    if not particles or particles[-1].lower() in _ARTICLES:
        return says(text, end)
    # "Van" may be a preposition: not in "met van huizen", but in "het bouwen van huizen gaat door".
    own = _VAN_BEFORE.search(before) or ASKED_BEFORE.search(before)
    does = _CLAUSE_BEFORE.search(before) and does_something(text, end)
    alone = stands_alone(before, text[end : end + AROUND])
    return bool(own or does or alone or is_a_person(text, end - len(core), end, word))


def _is_with_others(before: str, after: str) -> bool:
    """Return whether somebody was spoken with here, or goes with others: "met max gebeld", "max en de collega's"."""
    if _BY_WITH_BEFORE.search(before):
        talked = _TALKED_AFTER.match(after) or (_WITH_BEFORE.search(before) and may_end_here(after))
    else:
        talked = _HAVE_BEFORE.search(before) and _TALKED_TO_AFTER.match(after)
    placed = MARK_BEFORE.search(before) or TAKES_PEOPLE.search(before)
    return bool(talked or (placed and _AND_OTHERS_AFTER.match(after)))


def is_an_amount(word: str, after: str) -> bool:
    """Return whether an abbreviation that is also a name has an amount behind it: "max: 12 leerlingen"."""
    return word in DOTTED and _AMOUNT_AFTER.match(after) is not None


def is_no_person(text: str, start: int, end: int, word: str) -> bool:
    """Return whether a first name reads as a month, as one of many, or as a plural: "in April", "een Roos", "Sterre
    staan aan de hemel".
    """
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if word in MONTHS and (_MONTH_BEFORE.search(before) or _MONTH_AFTER.match(after)):
        return True
    lower = text[start:end].islower()
    # Of a very common word in lower case nobody is asked anything: "een wil".
    asked = word in LENT or (word in ORDINARY and not (lower and word in EVERYDAY))
    if asked and _ANY_BEFORE.search(before) and not does_something(text, end):
        return True
    starts = lower or begins_sentence(text, start)
    if word in ORDINARY and starts and is_an_amount(word, after):
        return True
    # A person alone takes no verb for several.
    several = _SHINE_AFTER.match(after) is not None and not _LISTED_BEFORE.search(before)
    return several and starts and word.endswith("e") and is_word(f"{word}n", compound=False)


def is_a_heading(before: str, after: str, word: str) -> bool:
    """Return whether an ordinary word with a capital begins a heading: "het kopje Open", "bij Over de bus"."""
    if _TITLED_PART_BEFORE.search(before):
        return True
    return word in EVERYDAY and bool(_AT_PART_BEFORE.search(before) and _DETERMINER_AFTER.match(after))


def colours_in(text: str, owners: Mapping[str, Collection[str]]) -> Iterator[tuple[int, int]]:
    """Yield where lists of colours start and end: "roos, wit en groen"; not one that names several people, given the
    owners of each name.
    """
    for match in _COLOURS.finditer(text):
        named = [set(owners[key]) for word in re.findall(r"\w+", match[0]) if (key := key_of(word)) in owners]
        if not any(one.isdisjoint(other) for one, other in combinations(named, 2)):
            yield match.span()


def _is_adverb(word: str) -> bool:
    return word in EVERYDAY and word not in VERBS


def _and_somebody(before: str, after: str) -> bool:
    return bool(
        (_AND_ME_AFTER.match(after) and MARK_BEFORE.search(before))
        or (_ME_AND_BEFORE.search(before) and MANY_AFTER.match(after))
    )


def _is_thanked(before: str, after: str) -> bool:
    return _THANKED_BEFORE.search(before) is not None and MARK_AFTER.match(after) is not None


def _says_behind_colon(text: str, start: int, end: int, word: str) -> bool:
    """Return whether a word begins a line and has a colon behind it, and then what somebody said."""
    if word in MONTHS or not _LINE_BEFORE.search(text, max(0, start - AROUND), start):
        return False
    speech = _SPEECH_AFTER.match(text, end)
    # "max: er kunnen 12 leerlingen in" tells an amount.
    return speech is not None and not (word in DOTTED and _HOLDS_NUMBER.search(speech["clause"] or ""))
