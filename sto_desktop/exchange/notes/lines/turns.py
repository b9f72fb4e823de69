"""Who says a line and when, as the line itself tells: before a colon, with a time code, in a chat, above the words."""

from __future__ import annotations

import datetime as dt
import re
import string
from dataclasses import dataclass

from sto_desktop.domain.names.context import TITLE_WORDS
from sto_desktop.domain.names.ordinary_words import EVERYDAY
from sto_desktop.domain.people import fold, squeeze
from sto_desktop.domain.seats import AT_TABLE, seat_name, seats_in
from sto_desktop.domain.vocabulary import NoteKind
from sto_desktop.exchange.files.form import (
    GUEST,
    IN_BRACKETS,
    are_turned_round,
    is_full_name,
    looks_like_name,
)
from sto_desktop.exchange.notes.lines.chats import DIRECTIONS, message_of

_SPEAKING = (
    "gespreksleider|moderator|notulist|interviewer|voorzitter|secretaris|presentator|panellid|deelnemer|spreker"
    "|speaker|onbekend|geinterviewde|respondent|i|r"
)
ROLES = frozenset(_SPEAKING.split("|"))
"""Words for a role that speak in a conversation, with or without a number."""

# What stands before a colon and is nobody.
_HEADS = (
    "actie|acties|actiepunt|actiepunten|afspraak|afspraken|agenda|besluit|besluiten|conclusie|samenvatting|let op"
    "|nb|ps|noot|vraag|antwoord|vragen|punt|punten|doel|kern|toelichting|voorbeeld|bijvoorbeeld|bijlage|bron|tip"
    "|advies|voordeel|nadeel|voordelen|nadelen|plus|min|plussen|minnen|onderwerp|betreft|aan|van|cc|datum|tijd"
    "|plaats|locatie|begin|einde|aanvang|aanwezig|afwezig|afgemeld|verhinderd|aanwezigen|afwezigen|subregio|titel"
    "|title|date|author|thema|hoofdstuk|opmerking|opmerkingen|notitie|notities|reactie|reacties|status|deadline"
    "|wie|wat|wanneer|waar|waarom|hoe|kortom|ook|dus|maar|en|allen|iedereen|ter info|besproken punten"
)
# What somebody says, or what a transcript says of the room.
_UTTERED = (
    "ja|jawel|nee|ok|oke|okay|nou|tja|ach|eh|uh|uhm|hmm|kijk|precies|inderdaad|goed|klopt|zeker|prima|sorry"
    "|gelach|lacht|lachen|applaus|muziek|stilte|pauze|rumoer|geroezemoes|onverstaanbaar|geluid|zucht|crosstalk"
    "|inaudible|laughter|laughs|music|applause|silence"
)
_INTERJECTIONS = frozenset(_UTTERED.split("|"))
NOBODY = {
    *_INTERJECTIONS,
    *_HEADS.split("|"),
    *(fold(word) for kind in NoteKind for word in (kind.word, kind.meaning.plural)),
}
"""Folded words before a colon that are nobody."""

_CODE = r"(?:[0-9]{1,2}:)?[0-9]{1,2}:[0-9]{2}(?:[.,][0-9]{1,3})?"
_STARTS_WITH_CODE = re.compile(rf"[\[(]?({_CODE})[\])]?\s*(?:-->\s*{_CODE}\s*)?[-–—:|]?\s*(?=\S)")
_MEETING_CHAT = re.compile(
    rf"({_CODE})\s+(?:from|van)\s+(.{{1,60}}?)(?:\s+(?:to|aan)\s+[^:]{{1,60}})?\s*:\s*(.*)", re.DOTALL | re.I
)
_LABEL = re.compile(rf"(?!\[)([^:\n]{{1,60}}?)\s*(?:[\[(]({_CODE})[\])])?\s*:(?!//)\s*(?=\S)(.*)", re.DOTALL)
_ABOVE = re.compile(
    rf"(?:\[([^\]:\n]{{1,60}})\]|([^:\n]{{1,60}}?))\s*(?:[-–|,]\s*)?[\[(]?({_CODE})[\])]?\s*:?\s*(?:\n(.*))?", re.DOTALL
)
_SPACED = re.compile(rf"[^\n]*\S(?:\s{{2,}}|\t)[\[(]?{_CODE}[\])]?\s*(?:\n|$)")
_CODE_ABOVE = re.compile(rf"[\[(]?({_CODE})[\])]?\s+([^:\n]{{1,60}})(?:\n(.*))?", re.DOTALL)
_PUNCTUATION = frozenset(".!?;,")
_BULLET_SIGNS = frozenset("-–—*•·+>")
_TIMES = frozenset((*string.digits, "[", "("))
# A number before a colon is a seat, but "2:1" is a score and "om 2:10" a clock.
_COUNTS = re.compile(r"[0-9]+\s*:\S|[^:]*[0-9]:[0-9]")
# What a program for transcripts calls a voice.
_VOICE = (
    r"(?:spreker|speaker|spk|panellid|deelnemer|participant|respondent|interviewee|persoon|person|stem|voice|gast|guest|man"
    r"|vrouw|male|female|id)"
)
_NUMBERED_ROLE = re.compile(
    rf"(?i:(?:onbekende?|unknown|unidentified)\s+)?(?i:{_VOICE})[\s_-]?(?:[0-9]{{1,3}}|[\s_-][A-Z])"
    r"|(?i:onbekende spreker|unknown speaker|unidentified speaker|[irspmv]\s?[0-9]{1,2})"
)
_TAGGED = re.compile(r"\[([^\]\n]{1,40})\]\s*:?\s+(?=\S)(.*)", re.DOTALL)
# What a program for meetings writes behind a name.
_MARKED = re.compile(r"^(\*\*|__|\*|_)([^*_:\n]{1,60}?)(?::\1|\1\s*:)\s*")
_SEATS_APART = rf"[\[(]\s*(?P<who>{AT_TABLE})\s*[\])]"
_BESIDE_SEATS = "[(–—-"
_SEAT_IN_FRONT = re.compile(
    # "Stoel 2 – 4" are seats themselves.
    rf"(?:{_SEATS_APART}\s*[:–—-]?|(?P<plain>{AT_TABLE})\s+[–—-](?=\s+[^0-9\s]))\s*(?P<words>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_SEAT_BEHIND = re.compile(
    rf"(?P<words>.*\S)\s*(?:{_SEATS_APART}|\s[–—-]\s+(?P<plain>{AT_TABLE}))\s*[.!?…]*", re.IGNORECASE | re.DOTALL
)
# In front of words: brackets or marks around who says them, or a dash and the like behind.
_BESIDE = re.compile(
    r"(?:[\[(<{](?P<within>[^\])>}\n]{1,60})[\])>}](?:\s*[:–—|]|\s+-(?=\s))?"
    # "*Anna* vindt het mooi" is a sentence about her.
    r"|(?P<mark>\*\*|__|\*|_)(?P<marked>[^*_:\n]{1,60})(?P=mark)(?=\s+[\"“„'‘]?[A-ZÀ-ÖØ-Þ0-9])"
    r"|(?P<before>[^:\n]{1,60}?)\s+(?:--?|[–—|>]|->)(?=\s))\s*(?P<words>\S.*)",
    re.DOTALL,
)
_MOST_NAME_WORDS = 6
_MOST_LABEL_WORDS = 5
# Behind these words a clock is the end of a sentence.
_BEFORE_CLOCK = re.compile(r".*(?<![^\W_])(?:om|tot|van|voor|na|rond|tegen|vanaf|naar|is|en|op|in|of)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody said. `since`: since the start; `moment`: when, where the line states the day too.

    `sure`: the form of the line itself says that it is somebody's words. Without `text` it is a name above them.
    `message`: it is one of a chat. `loose`: what stands there has not the form of a name, so it is somebody only where
    the rest of the file says so. `above`: it is a name with a time, `spaced` where programs put blanks between
    these. `coded`: a time in brackets stands before it.
    """

    speaker: str
    text: str
    since: dt.timedelta | None = None
    moment: dt.datetime | None = None
    sure: bool = False
    message: bool = False
    loose: bool = False
    above: bool = False
    spaced: bool = False
    coded: bool = False


def turn_of(line: str, *, month_first: bool = False) -> Turn | None:
    """Return the turn in a line; None if no name and no time stand before its text."""
    text = _unmarked(line.translate(DIRECTIONS))
    if (chat := message_of(line)) is not None and (chat.who or chat.numbered):
        moment, named = chat.moment(month_first=month_first), name_like(chat.who) or chat.numbered
        if chat.parted or (moment is not None and named):
            sure = chat.in_brackets or named
            return Turn(chat.who, chat.words, moment=moment, sure=sure, message=True, loose=not sure)
    if said := _MEETING_CHAT.fullmatch(text):
        return Turn(said[2].strip(), said[3].strip(), since_start(said[1]), sure=True, message=True)
    return _above(text) or _labelled(text)


def _above(text: str) -> Turn | None:
    """Return the turn in a line, or in the first of several, that is a name with a time."""
    if behind := _ABOVE.fullmatch(text):
        who, code, words = behind[1] or behind[2], behind[3], behind[4]
    elif text[:1] in _TIMES and (before := _CODE_ABOVE.fullmatch(text)):
        code, who, words = before[1], before[2], before[3]
    else:
        return None
    who, words = who.strip(), (words or "").strip()
    in_brackets = behind is None and text[0] in "[("
    named = name_like(who)
    if in_brackets and (is_full_name(who) or are_turned_round([GUEST.sub("", who)])):
        return Turn(who, words, since_start(code), sure=True, above=True)
    if not named and (is_long(who) or who[-1] in _PUNCTUATION or _BEFORE_CLOCK.fullmatch(who)):
        return None
    # "Inloop 15:30" alone may be a line of an agenda.
    spaced = _SPACED.match(text) is not None
    loose, sure = in_brackets or not named, bool(words) and named and not in_brackets
    return Turn(who, words, since_start(code), sure=sure, loose=loose, above=True, spaced=spaced)


def _labelled(text: str) -> Turn | None:
    """Return the turn in a line before whose words stand a name and a colon or brackets, or a time alone."""
    code = _STARTS_WITH_CODE.match(text)
    since = since_start(code[1]) if code else None
    rest = text[code.end() :] if code else text
    if rest[:1] in "([sSnNpPzZ" and (seated := seat_beside(rest, behind=False)) is not None:
        return Turn(*seated, since, sure=True)
    label = _LABEL.fullmatch(rest)
    if label and name_like(label[1]):
        return Turn(
            label[1].strip(),
            label[3].strip(),
            since_start(label[2]) if label[2] else since,
            sure=bool(code or label[2]),
        )
    tag = _TAGGED.fullmatch(rest)
    if tag and name_like(tag[1]):
        return Turn(tag[1].strip(), tag[2].strip(), since, sure=is_voice(tag[1]))
    # A bullet within a bullet begins no name.
    if (
        label
        and label[1][0] not in _BULLET_SIGNS
        and fold(label[1]) not in NOBODY
        and not _COUNTS.match(rest)
        and not is_long(label[1])
    ):
        return Turn(label[1].strip(), label[3].strip(), since, loose=True, coded=_in_brackets(code))
    return timed(text)


def _in_brackets(code: re.Match[str] | None) -> bool:
    return code is not None and code[0].startswith(("[", "("))


def timed(text: str) -> Turn | None:
    """Return the words of nobody behind a time in brackets."""
    code = _STARTS_WITH_CODE.match(text)
    if code is None or not _in_brackets(code):
        return None
    return Turn("", text[code.end() :].strip(), since_start(code[1]), sure=True)


def seat_beside(text: str, *, behind: bool = True) -> tuple[str, str] | None:
    """Return the seats that stand beside words, in brackets or with a dash, and the words: "(stoel 2) te duur"."""
    if not any(sign in text for sign in _BESIDE_SEATS):
        return None
    found = _SEAT_IN_FRONT.fullmatch(text) or (_SEAT_BEHIND.fullmatch(text) if behind else None)
    if found is None:
        return None
    seats = seats_in(found["who"] or found["plain"])
    return " en ".join(map(seat_name, seats)), found["words"]


def is_seat(label: str) -> bool:
    """Return whether a label is a seat, or several."""
    return bool(seats_in(label, roles=False))


def label_beside(text: str) -> tuple[str, str] | None:
    """Return what stands before words without a colon, and the words: "[Anna] ja", "Anna (mbo) – ja"; both may be words
    of a sentence, or names of places.
    """
    found = _BESIDE.fullmatch(text)
    if found is None:
        return None
    return (found["within"] or found["marked"] or found["before"]).strip(), found["words"]


def without_colon(text: str) -> str:
    """Return a line without the colon at its end, or the brackets around it: a name above what somebody says may have
    these.
    """
    if text[-1:] == ":":
        return text[:-1].rstrip()
    return text[1:-1].strip() if text[:1] == "[" and text.find("]") == len(text) - 1 else text


def may_stand_above(text: str) -> bool:
    """Return whether a line may be a name above what somebody says, perhaps with a function or a school beside it,
    though it has not the form of one.
    """
    name = without_colon(text)
    if is_long(name) or ":" in name or name[-1:] in _PUNCTUATION or "\n" in name:
        return False
    _, words = label_beside(text) or ("", "")
    first = words.split(" ")[0]
    # "Anna – docent PIE" and "Anna – ROC van Twente" are names; "Anna – te duur" and "Anna – De bus" are not.
    described = is_role(words) or fold(first) in TITLE_WORDS
    return not first or described or (first[:1].isupper() and fold(first) not in EVERYDAY)


def is_long(text: str) -> bool:
    """Return whether a text has more words than a name with what stands beside it."""
    words = text.split()
    return len(words) > _MOST_NAME_WORDS and len([word for word in words if squeeze(word)]) > _MOST_NAME_WORDS


def may_be_labelled(text: str) -> bool:
    """Return whether a few words and a colon, or a name in brackets or before a dash, stand before others, so that
    somebody may say these.
    """
    label = _LABEL.fullmatch(text)
    if label is not None:
        return len(label[1].split()) <= _MOST_LABEL_WORDS and fold(label[1]) not in _INTERJECTIONS
    beside = label_beside(text)
    return beside is not None and (is_full_name(beside[0]) or is_titled(beside[0]))


def is_headed(text: str) -> bool:
    """Return whether words such as "Actie:" stand before others, which are then of nobody who spoke before."""
    label = _LABEL.fullmatch(text)
    return label is not None and fold(label[1]) in NOBODY - _INTERJECTIONS


def _unmarked(text: str) -> str:
    """Return a line without the marks of Markdown around the name before it: "**Anna:** ja" is "Anna: ja"."""
    return _MARKED.sub(r"\2: ", text) if text.startswith(("*", "_")) else text


def since_start(code: str) -> dt.timedelta:
    """Return the time since the start of a code such as 00:01:05, 1:05 or 00:00:03.240."""
    *others, seconds = re.split(r"[:]", code.replace(",", "."))
    hours, minutes = ([0, 0] + [int(other) for other in others])[-2:]
    return dt.timedelta(hours=hours, minutes=minutes, seconds=int(float(seconds)))


def name_like(text: str) -> bool:
    """Return whether a text could be a name, or several: a few words, each with a capital, or particles."""
    whole = text.strip()
    if is_voice(whole):
        return True
    bare_label = IN_BRACKETS.sub(" ", whole).strip()
    if fold(bare_label) in NOBODY:
        return False
    words = bare_label.split()
    return looks_like_name(whole) or is_titled(whole) or (bool(words) and len(words) <= 3 and fold(words[0]) in ROLES)


def is_titled(text: str) -> bool:
    """Return whether a text is a name behind a title in lower case: "mw. Bakker"."""
    title, _, name = text.strip().partition(" ")
    return fold(title).strip(".") in TITLE_WORDS and looks_like_name(name)


def is_voice(label: str) -> bool:
    """Return whether a label is what a program for transcripts calls a voice: "Spreker 2", "SPEAKER_01", "P2"."""
    return _NUMBERED_ROLE.fullmatch(label.strip()) is not None


def is_role(label: str) -> bool:
    """Return whether a label names what somebody does, not who it is."""
    return is_voice(label) or fold(label).split(" ")[0] in ROLES
