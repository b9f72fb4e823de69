"""The one reader of who said what, and when: a name before a colon, a time code, a chat line, a name above its text."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import NameIndex, fold
from sto_desktop.domain.reach import PHONE
from sto_desktop.domain.typed import read_date, read_time
from sto_desktop.domain.vocabulary import NoteKind
from sto_desktop.exchange.files.form import (
    GUEST,
    IN_BRACKETS,
    are_turned_round,
    is_full_name,
    is_turned_round,
    looks_like_name,
    put_in_order,
)

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
_NOBODY = {*_HEADS.split("|"), *(fold(word) for kind in NoteKind for word in (kind.word, kind.meaning.plural))}

_CODE = r"(?:[0-9]{1,2}:)?[0-9]{1,2}:[0-9]{2}(?:[.,][0-9]{1,3})?"
_STARTS_WITH_CODE = re.compile(rf"[\[(]?({_CODE})[\])]?\s*(?:-->\s*{_CODE}\s*)?[-–—:|]?\s*(?=\S)")
_CHAT = re.compile(
    r"\[?([0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{2,4}),?\s+(?:om\s+)?([0-9]{1,2}[:.][0-9]{2})(?::[0-9]{2})?\]?\s*[-–]?\s*"
    r"(?:~\s*)?([^:\n]{1,60}):\s*(.*)",
    re.DOTALL,
)
_MEETING_CHAT = re.compile(
    rf"({_CODE})\s+(?:from|van)\s+(.{{1,60}}?)(?:\s+(?:to|aan)\s+[^:]{{1,60}})?\s*:\s*(.*)", re.DOTALL | re.I
)
_LABEL = re.compile(rf"([^:\n\[]{{1,60}}?)\s*(?:[\[(]({_CODE})[\])])?\s*:(?!//)\s*(?=\S)(.*)", re.DOTALL)
_ABOVE = re.compile(rf"([^:\n\[]{{2,60}}?)\s*(?:[-–|,]\s*)?[\[(]?({_CODE})[\])]?\s*:?\s*(?:\n(.*))?", re.DOTALL)
_NUMBERED_ROLE = re.compile(
    r"(?:spreker|speaker|panellid|deelnemer|respondent|persoon|stem|id|[irspmv])\s?[0-9]{1,2}", re.IGNORECASE
)
_TAGGED = re.compile(r"\[([^\]\n]{1,40})\]\s*:?\s+(?=\S)(.*)", re.DOTALL)
DIRECTIONS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202c"))
"""Marks for the direction of writing, which chats of a telephone have before and after a name."""
# What a program for meetings writes behind a name.
_MARKED = re.compile(r"^(\*\*|__|\*|_)([^*_:\n]{1,60}?)(?::\1|\1\s*:)\s*")
# A transcript begins with its first words; an agenda has times of the day.
_BEGINS_WITHIN = dt.timedelta(minutes=10)
# A label that occurs once is somebody where most lines have one.
_SHARE = 0.4
_INITIALS = re.compile(r"\s*\(([A-Za-z.]{1,5})\)$")
# Not within brackets: "(docent, ROC)".
_COMMAS = re.compile(r",(?![^(]*\))")
_BRACKETS_BEHIND = re.compile(r"\s*\([^)]*\)$")
_BETWEEN = re.compile(r"\s*(?:/|&|\+|;|\n|\s+en\s+|\s+and\s+)\s*")


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody said. `since`: since the start; `moment`: when, where the line states the day too.

    `sure`: the form of the line itself says that it is somebody's words. Without `text` it is a name above them.
    """

    speaker: str
    text: str
    since: dt.timedelta | None = None
    moment: dt.datetime | None = None
    sure: bool = False


def turn_of(line: str) -> Turn | None:
    """Return the turn in a line; None if no name and no time stand before its text."""
    text = _unmarked(line.translate(DIRECTIONS))
    if chat := _CHAT.fullmatch(text):
        day, time = read_date(chat[1]), read_time(chat[2])
        moment = dt.datetime.combine(day, time) if day and time else None
        who = chat[3].strip()
        if moment is not None and (name_like(who) or PHONE.fullmatch(who)):
            return Turn("" if PHONE.fullmatch(who) else who, chat[4].strip(), moment=moment, sure=True)
    if said := _MEETING_CHAT.fullmatch(text):
        return Turn(said[2].strip(), said[3].strip(), since_start(said[1]), sure=True)
    if (above := _ABOVE.fullmatch(text)) and name_like(above[1]):
        # "Inloop 15:30" alone may be a line of an agenda.
        words = (above[3] or "").strip()
        return Turn(above[1].strip(), words, since_start(above[2]), sure=bool(words))
    code = _STARTS_WITH_CODE.match(text)
    since = since_start(code[1]) if code else None
    rest = text[code.end() :] if code else text
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
        return Turn(tag[1].strip(), tag[2].strip(), since, sure=_NUMBERED_ROLE.fullmatch(tag[1].strip()) is not None)
    if code is None or not code[0].startswith(("[", "(")):
        return None
    alone = is_full_name(rest.strip()) or are_turned_round([GUEST.sub("", rest.strip())])
    return Turn(rest.strip() if alone else "", "" if alone else rest.strip(), since, sure=True)


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
    if _NUMBERED_ROLE.fullmatch(whole):
        return True
    bare_label = IN_BRACKETS.sub(" ", whole).strip()
    if fold(bare_label) in _NOBODY:
        return False
    words = bare_label.split()
    return looks_like_name(whole) or (bool(words) and len(words) <= 3 and fold(words[0]) in ROLES)


def is_role(label: str) -> bool:
    """Return whether a label names what somebody does, not who it is."""
    return _NUMBERED_ROLE.fullmatch(label.strip()) is not None or fold(label).split(" ")[0] in ROLES


class SpeakerReader:
    """Who speaks in a text, and what stands before a colon but is nobody."""

    def __init__(
        self,
        texts: Sequence[str],
        known: NameIndex,
        named: Collection[str],
        titles: Collection[str],
        voices: Iterable[str] = (),
    ) -> None:
        """`named`: those in a list of who is present; `titles`: folded titles of the guide, which are nobody.

        `voices`: who speaks where a file says so apart from the text.
        """
        listed = [Panelist(f"listed {number}", name=listed_name(name)) for number, name in enumerate(named)]
        self._initials = {fold(own[1]): listed_name(name) for name in named if (own := _INITIALS.search(name))}
        self._members = known
        self._listed = NameIndex(listed)
        self._known = NameIndex((*known.panelists, *listed))
        self._titles = titles
        self._turns = {text: turn_of(text) for text in texts}
        turns = [turn for turn in map(self._turns.__getitem__, texts) if turn is not None and turn.speaker]
        self._count = Counter(fold(turn.speaker) for turn in turns)
        above = [turn for turn in turns if not turn.text]
        self._sure = {fold(turn.speaker) for turn in turns if turn.sure}
        self._turned = are_turned_round(GUEST.sub("", label) for label in (*(t.speaker for t in turns), *voices))
        alone = Counter(fold(text) for text in texts if is_full_name(text))
        if len(alone) > 1 and max(alone.values()) > 1:
            # Names on lines of their own, of which one comes back, stand above what they say.
            self._sure |= alone.keys() - set(titles)
        if _is_transcript(above):
            self._sure |= {fold(turn.speaker) for turn in above}
        certain = sum(count for label, count in self._count.items() if self._is_somebody(label, alone=False))
        labelled = max(certain, sum(self._count.values()))
        self.talks = labelled >= 2 and labelled >= _SHARE * len(texts)
        """Whether the text is a conversation: most of its lines begin with who says it."""

    def turn(self, text: str) -> Turn | None:
        """Return the turn in a line, if it is somebody who says it."""
        turn = self._turns[text] if text in self._turns else turn_of(text)
        if turn is None or not turn.speaker:
            return turn
        label = fold(turn.speaker)
        # A name and a time alone may be a line of an agenda.
        alone = self.talks and bool(turn.text)
        if turn.sure or label in self._sure or self._is_somebody(label, alone=alone) or self._is_known(turn.speaker):
            return turn
        return None

    def above(self, text: str) -> bool:
        """Return whether a line is only the name of somebody who is known to be there, so stands above their words."""
        return name_like(text) and (self._is_known(text) or fold(text) in self._sure)

    def who(self, label: str) -> tuple[str, ...]:
        """Return the names in a label, as the list of who is present has them."""
        name = put_in_order(GUEST.sub("", label), turned=self._turned)
        return tuple(map(self._as_listed, speakers_in(name, self._known)))

    def _as_listed(self, label: str) -> str:
        bare = _without_brackets(label)
        if fold(bare) in self._initials:
            return self._initials[fold(bare)]
        # "CS (als ouder)" is who is listed as CS.
        name = bare if self._known.meant(bare) else label
        found = () if self._members.meant(name) else self._listed.meant(name)
        return found[0].name if len(found) == 1 else name

    def count(self, label: str) -> int:
        """Return in how many lines somebody stands before the words."""
        return self._count[fold(label)]

    def _is_known(self, label: str) -> bool:
        parts = list(map(_without_brackets, speakers_in(label, self._known)))
        return bool(parts) and all(fold(part) in self._initials or self._known.meant(part) for part in parts)

    def _is_somebody(self, label: str, *, alone: bool) -> bool:
        if label in self._titles:
            return False
        return self._count[label] > (0 if alone else 1)


def listed_name(text: str) -> str:
    """Return a name of a list in order, without the initials in brackets behind it."""
    return put_in_order(_INITIALS.sub("", text))


def _without_brackets(label: str) -> str:
    return _BRACKETS_BEHIND.sub("", label) or label


def _is_transcript(above: Sequence[Turn]) -> bool:
    """Return whether lines with only a name and a time stand above what was said, rather than in an agenda."""
    times = [turn.since for turn in above if turn.since is not None]
    return len(times) > 1 and times == sorted(times) and times[0] < _BEGINS_WITHIN


def speakers_in(label: str, known: NameIndex) -> tuple[str, ...]:
    """Return the names in a label or cell: "Anna/Bram" are two, "Horst, Anna ter" is one."""
    names: list[str] = []
    for part in filter(None, (part.strip() for part in _BETWEEN.split(label.strip()))):
        names += _comma_parted(part, known)
    return tuple(dict.fromkeys(names))


def _comma_parted(part: str, known: NameIndex) -> Iterator[str]:
    if "," not in part:
        yield part
        return
    if known.meant(part) or is_turned_round(part):
        yield put_in_order(part)
        return
    yield from filter(None, (piece.strip() for piece in part.split(",")))


def names_among(text: str) -> tuple[list[str], list[str]]:
    """Return the names in a list of who is present, and its other parts; no names if they are not most of it.

    Parted by commas, semicolons, lines or "en"; "Horst, Anna ter" is one name, and "(mbo)" behind it is none.
    """
    whole = [part.strip(" .-•*–\t") for part in re.split(r"[;\n]|\s+en\s+", text)]
    parts = [piece for part in whole for piece in _pieces(part)]
    bare = [re.sub(r"\s*\((?![A-Za-z.]{1,4}\))[^)]*\)", "", part).strip(" .-•*–\t") for part in parts]
    names = [name for name in bare if name and name_like(name) and not is_role(name)]
    others = [name for name in bare if name and name not in names]
    return (names, others) if len(names) > len(others) else ([], others)


def _pieces(part: str) -> list[str]:
    """Return what commas part, with a surname and the first name behind it in one."""
    pieces: list[str] = []
    for piece in _COMMAS.split(part):
        if pieces and is_turned_round(f"{pieces[-1]},{piece}"):
            pieces[-1] += f",{piece}"
        else:
            pieces.append(piece)
    return pieces


def distinct(names: Iterable[str]) -> list[str]:
    """Return names without those that are the same but for capitals and accents."""
    return list({fold(name): name for name in reversed(list(names))}.values())[::-1]
