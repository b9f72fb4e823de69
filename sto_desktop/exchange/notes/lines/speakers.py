"""The one reader of who speaks in a whole text: which of its lines are somebody's, and whose."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.context import TITLE_WORDS
from sto_desktop.domain.names.ordinary_words import EVERYDAY, is_a_word, is_persons_name, is_word
from sto_desktop.domain.names.said_by import named_in, speakers_by_name, speakers_in_heading, speakers_in_words
from sto_desktop.domain.panel.matching import fold_title
from sto_desktop.domain.people import NameIndex, fold, squeeze, surname_of, without_particles
from sto_desktop.domain.seats import seats_in
from sto_desktop.exchange.files.form import (
    GUEST,
    are_turned_round,
    is_full_name,
    is_turned_round,
    looks_like_name,
    put_in_order,
)
from sto_desktop.exchange.notes.lines.chats import has_months_first, message_of
from sto_desktop.exchange.notes.lines.turns import (
    NOBODY,
    Turn,
    is_long,
    is_role,
    is_seat,
    is_voice,
    label_beside,
    may_stand_above,
    name_like,
    seat_beside,
    timed,
    turn_of,
    without_colon,
)

# A transcript begins with its first words; an agenda has times of the day.
_LEAST_TIMED = 2
_BEGINS_WITHIN = dt.timedelta(minutes=10)
# A label that occurs once is somebody where most lines have one.
_SHARE = 0.4
_LEAST_MESSAGES = 2
_SENTENCE_ENDS = (".", "!", "?", "…")
_LONGEST_VOICE = 30
"""Characters; longer lines are what somebody says."""
_INITIALS = re.compile(r"\s*\(([A-Za-z.]{1,5})\)$")
# Not within brackets: "(docent, ROC)".
_COMMAS = re.compile(r",(?![^(]*\))")
_BRACKETS_BEHIND = re.compile(r"\s*\([^)]*\)$")
# What stands beside a name in an address book, and whose a telephone is.
_BESIDE = re.compile(r"\s+[-–—]\s+|\s*[|\[(]\s*|,\s+(?=[^A-Z]*$)")
_OWNED = re.compile(
    r"(?P<first>.+?)(?:['’]s?)?\s+(?:iphone|ipad|galaxy|telefoon|phone|laptop|macbook|tablet|pc)\b.*"
    r"|(?:iphone|ipad|galaxy|telefoon|laptop|macbook|tablet|pc)\s+van\s+(?P<after>.+)",
    re.IGNORECASE,
)
# A symbol, a joiner or a variant of one, as in faces and flowers.
_SYMBOLS = ("So", "Sk", "Cs", "Cf")
_VARIANT = "\ufe0f"
_SHORTENED = re.compile(r"(.+?)\s+([^\W\d_])\.?")
_LEAST_LETTERS = 5
# The words are those of both.
_ON_BEHALF = re.compile(r"(?P<who>.*?[^\s,(\[])[\s,(\[]+namens\s+(?P<whom>[^()\[\]]+)[)\]]?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:/|&|\+|;|\n|\s+en\s+|\s+and\s+)\s*")


class SpeakerReader:
    """Who speaks in a text, and what stands before a colon but is nobody."""

    def __init__(
        self,
        texts: Sequence[str],
        known: NameIndex,
        named: Collection[str],
        titles: Collection[str],
        voices: Iterable[str] = (),
        leads: Iterable[str] = (),
    ) -> None:
        """`named`: those in a list of who is present; `titles`: folded titles of the guide, which are nobody.

        `voices`: who speaks where a file says so apart from the text. `leads`: who led and noted.
        """
        listed = [Panelist(f"listed {number}", name=listed_name(name)) for number, name in enumerate(named)]
        self._initials = {fold(own[1]): listed_name(name) for name in named if (own := _INITIALS.search(name))}
        self._members = known
        self._leads = list(map(fold, leads))
        self._listed = NameIndex(listed)
        self._known = NameIndex((*known.panelists, *listed))
        self._titles = titles
        self._contacts: dict[str, str] = {}
        self._spoken: dict[str, tuple[str, ...]] = {}
        self._month_first = has_months_first(filter(None, map(message_of, texts)))
        read = {text: turn_of(text, month_first=self._month_first) for text in texts}
        found = [turn for turn in map(read.__getitem__, texts) if turn is not None]
        self.is_chat = len([turn for turn in found if turn.message]) >= _LEAST_MESSAGES
        """Whether the text is a chat, in which a line without a stamp goes on with the message above it."""
        somebody = {id(turn) for turn in self._somebody(found)}
        loose = {text for text, turn in read.items() if turn and turn.loose and id(turn) not in somebody}
        self._turns = {text: timed(text) if text in loose else turn for text, turn in read.items()}
        turns = [turn for turn in map(self._turns.__getitem__, texts) if turn is not None and turn.speaker]
        self._count = Counter(fold(turn.speaker) for turn in turns)
        above = [turn for turn in turns if not turn.text]
        self._sure = {fold(turn.speaker) for turn in turns if turn.sure or turn.loose}
        self._turned = are_turned_round(GUEST.sub("", label) for label in (*(t.speaker for t in turns), *voices))
        alone = Counter(fold(name) for name in map(without_colon, texts) if is_full_name(name))
        if len(alone) > 1 and max(alone.values()) > 1:
            # Names on lines of their own, of which one comes back, stand above what they say.
            self._sure |= alone.keys() - set(titles)
        self._sure |= set(_names_above(texts)) - set(titles)
        voices_alone = {
            fold(name) for name in map(without_colon, texts) if len(name) < _LONGEST_VOICE and is_voice(name)
        }
        self._sure |= voices_alone if len(voices_alone) > 1 else set()
        if _is_transcript(above):
            self._sure |= {fold(turn.speaker) for turn in above}
        certain = sum(count for label, count in self._count.items() if self._is_somebody(label, alone=False))
        self._dashed, self._saying = False, set[str]()
        alone_ones = list(filter(self._is_name_alone, texts))
        # Where most lines have a name and a dash, no words stand below these.
        self._dashed = len(list(filter(label_beside, alone_ones))) * 2 > len(texts)
        self._several = len(alone_ones) > 1
        # "Anna – Bussen" is what she says where the next line has this form too, so that nothing stands below it.
        heads = {text for text in alone_ones if label_beside(text) is not None}
        for first, second in itertools.pairwise(texts) if heads else ():
            if first in heads and second in heads:
                self._saying |= {first, second}
        labelled = max(certain, sum(self._count.values()))
        self.talks = labelled >= 2 and labelled >= _SHARE * len(texts)
        """Whether the text is a conversation: most of its lines begin with who says it."""

    def turn(self, text: str, *, pointed: bool = False) -> Turn | None:
        """Return the turn in a line, if it is somebody who says it; `pointed`: points of a list stand below it."""
        turn = self._turns[text] if text in self._turns else turn_of(text, month_first=self._month_first)
        if turn is not None and turn.speaker:
            label = fold(turn.speaker)
            # A name and a time alone may be a line of an agenda.
            alone = self.talks and bool(turn.text)
            if (
                (turn.message and self.is_chat)
                or turn.sure
                or turn.loose
                or label in self._sure
                or self._is_somebody(label, alone=alone)
                or self._is_known(turn.speaker)
                or (pointed and self._may_be_somebody(turn.speaker))
            ):
                return turn
            turn = None
        if (seated := seat_beside(turn.text if turn else text)) is not None:
            return Turn(*seated, turn.since if turn else None, sure=True)
        beside = label_beside(turn.text if turn else text)
        if beside is not None and self._speak(beside[0]) and not self.above(text):
            return Turn(*beside, turn.since if turn else None, sure=True)
        return turn

    def _speak(self, label: str) -> bool:
        """Return whether a label is of somebody who is known, alone or between other names."""
        # A seat is read with its form ("stoel 2 – 4" are several), a number may be of an item.
        if label.isdecimal() or is_seat(label):
            return False
        if self._contact(label):
            return True
        parts = list(map(_without_brackets, speakers_in(label, self._known)))
        known = [part for part in parts if self._means(part) or self._are_alone(part)]
        return bool(known) and all(part in known or name_like(part) for part in parts)

    def above(self, text: str, *, pointed: bool = False) -> bool:
        """Return whether a line is only the name of somebody who is known to be there, so stands above their words.

        `pointed`: points of a list stand below it, so that it may be somebody's before the members are known too.
        """
        name = without_colon(text)
        if text in self._saying:
            return False
        if self._is_titled(name) or (pointed and self.is_member(name)):
            return True
        if (pointed or (name != text and _begins_as_person(name))) and self._may_be_somebody(name):
            return True
        if name_like(name) or (fold(name) in self._sure and not name.isdecimal()):
            return self._is_known(name) or fold(name) in self._sure
        return self._several and (self._is_name_alone(text) or self._are_alone(name))

    def is_sender(self, name: str) -> bool:
        """Return whether a text is nothing but the name, seat or mail address of a member, or of several; or the name
        of somebody who may come into the list of members later, and neither led nor noted.
        """
        if self.is_member(name) or "@" in name:
            return self.is_member(name)
        if self._members.panelists and self._speak(name):
            return True
        return self._may_be_somebody(name) and not any(fold(name) in lead for lead in self._leads)

    def may_sign(self, name: str) -> bool:
        """Return whether the last line of a text is who wrote all of it: a person's name, and the only one alone."""
        return not self._several and self.is_sender(name) and (self.is_member(name) or _begins_as_person(name))

    def sending(self, sent: Mapping[str, str]) -> Mapping[str, str]:
        """Return the lines that say who sent what follows, of those that may: of members, and of others where several
        lines say so; who mails minutes round did not say them.
        """
        members = {name for name in set(sent.values()) if self.is_sender(name)}
        others = {name for name in set(sent.values()) - members if name_like(name)}
        senders = members | others if members or len(others) > 1 else set()
        return {line: name for line, name in sent.items() if name in senders}

    @property
    def has_members(self) -> bool:
        """Whether the members of the panel are known."""
        return bool(self._members.panelists)

    def is_member(self, text: str) -> bool:
        """Return whether a text is nothing but a member's name, seat or mail address, or those of several."""
        name = without_colon(text)
        if "@" in name:
            return len(named_in(name, self._members.panelists)) == 1
        own = may_stand_above(name.rstrip(".")) and not name.isdecimal()
        return own and self.has_members and (self._is_known(name) or self._is_titled(name))

    def below_heading(self, text: str) -> str:
        """Return who says what stands below a heading that is a member's name or says whose words follow, or nobody."""
        if self.is_member(text):
            return without_colon(text)
        ids = speakers_in_heading(text, self._members.panelists)
        return " en ".join(member.name for member in self._members.panelists if member.id in ids)

    def _is_titled(self, name: str) -> bool:
        """Return whether a text is a member's name behind a title: "juf anna"."""
        return fold(name.split(" ")[0]).strip(".") in TITLE_WORDS and self._are_alone(name)

    def is_person(self, name: str) -> bool:
        """Return whether a name above words is surely somebody's, and no word that would be lost as a speaker."""
        return self.is_member(name) or self.above(name) or _begins_as_person(name)

    def _may_be_somebody(self, name: str) -> bool:
        """Return whether a text may be the name of a member, of whom there is no list yet."""
        if fold_title(name) in self._titles or not name_like(name) or is_role(name):
            return False
        if self._members.panelists:
            return is_persons_name(name.split(" ")[0])
        return _begins_as_person(name) or not _begins_as_word(name)

    def may_head(self, name: str) -> bool:
        """Return whether a title is the name of who may say all below it, and is no member yet."""
        return is_full_name(name) and self._may_be_somebody(name)

    def may_head_others(self, name: str) -> bool:
        """Return whether a line alone may be the name of somebody, in a text in which names stand above words."""
        if not (may_stand_above(name) and name_like(name)) or is_role(name) or self._is_known(name):
            return False
        return fold_title(name) not in self._titles and fold(name) not in EVERYDAY

    def begins_as_word(self, name: str) -> bool:
        """Return whether a name begins as a word does, which some names do too: "Piet" and "Opbrengst"."""
        return _begins_as_word(name) and not is_persons_name(name.split(" ")[0])

    def _are_alone(self, name: str) -> bool:
        return may_stand_above(name) and not name.isdecimal() and bool(self._members_in(name))

    def hear_above(self, firsts: Sequence[str]) -> None:
        """Take the first lines of what stands together for names, if each may be one and most of them are known."""
        known = [text for text in firsts if self.above(text)]
        if len(known) > 1 and len(known) * 2 > len(firsts) and all(map(may_stand_above, firsts)):
            self._sure |= {fold(without_colon(text)) for text in firsts}

    def _is_name_alone(self, text: str) -> bool:
        name = without_colon(text)
        if ":" in name or "\n" in name or name.isdecimal() or is_long(name) or text in self._saying:
            return False
        if self._contact(name) == "" and not (name_like(name) and self._is_known(name)):
            return False
        # "Anna – te duur." is what she says; "Anna – mbo" may stand above that.
        beside = label_beside(name)
        if beside is None or self._dashed or name[-1] in _SENTENCE_ENDS:
            return beside is None
        # "Anna – mbo", but not "Anna – de bus is laat".
        return may_stand_above(name) or (" " not in beside[1] and fold(beside[1]) not in EVERYDAY)

    def _somebody(self, found: Sequence[Turn]) -> Iterator[Turn]:
        """Yield the turns whose label has not the form of a name, but that are somebody's: a member's in a file in
        which others speak too, and between names with a time above their words what has a time between theirs.
        """
        ours = {id(turn) for turn in found if turn.loose and turn.speaker and self._members_in(turn.speaker)}
        names = len([turn for turn in found if turn.speaker and (not turn.loose or id(turn) in ours)])
        yield from self._above(found, ours)
        below = [turn for turn in found if turn.loose and not turn.above]
        numbers = [int(turn.speaker) for turn in below if id(turn) in ours and turn.speaker.isdecimal()]
        counted = len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        behind = [turn for turn in found if turn.sure and turn.speaker and not (turn.above or turn.message)]
        strange = [turn for turn in below if turn.coded and id(turn) not in ours]
        # Where names stand between most of the times and the words, one does in every line.
        coded = len(behind) > max(1, len(strange))
        for turn in below:
            strict = turn.message or (names > 1 and not (counted and turn.speaker.isdecimal()))
            if (turn.message and self.is_chat) or (turn.coded and coded) or (id(turn) in ours and strict):
                yield turn

    def _above(self, found: Sequence[Turn], ours: Collection[int]) -> Iterator[Turn]:
        above = [(turn, turn.since) for turn in found if turn.above and turn.since is not None]
        certain = [turn for turn, _ in above if turn.spaced or not turn.loose or id(turn) in ours]
        # A chat of a meeting has the time of the day, in brackets.
        if not _is_transcript(certain) and len([turn for turn in certain if turn.sure]) < _LEAST_MESSAGES:
            return
        later, following = dt.timedelta.max, list[dt.timedelta]()
        for turn, since in reversed(above):
            following.append(later)
            later = since if turn.spaced or not turn.loose or id(turn) in ours else later
        last = dt.timedelta()
        for (turn, since), until in zip(above, reversed(following), strict=True):
            fits = last <= since <= until
            if turn.loose and (fits or id(turn) in ours):
                yield turn
            last = max(last, since) if fits else last

    def who(self, label: str) -> tuple[str, ...]:
        """Return the names in a label, as the list of who is present has them."""
        name = put_in_order(GUEST.sub("", label), turned=self._turned)
        if len(both := on_behalf(name, self._known)) > 1:
            return tuple(dict.fromkeys(one for part in both for one in self.who(part)))
        if not self._known.meant(name) and (contact := self._contact(name)):
            return (self._as_listed(contact),)
        if (self._is_titled(name) or not looks_like_name(name)) and (members := self._members_in(name)):
            return members
        return tuple(map(self._as_listed, speakers_in(name, self._known)))

    def _as_listed(self, label: str) -> str:
        bare = _without_brackets(label)
        if fold(bare) in self._initials:
            return self._initials[fold(bare)]
        # "CS (als ouder)" is who is listed as CS.
        name = bare if self._known.meant(bare) else label
        found = () if self._members.meant(name) else self._listed.meant(name)
        return found[0].name if len(found) == 1 else name

    def _contact(self, label: str) -> str:
        """Return the name or seat of somebody known in a label, without what stands beside it in an address book;
        empty if there is none, or somebody else known stands beside it.
        """
        if label not in self._contacts:
            self._contacts[label] = self._in_address_book(label)
        return self._contacts[label]

    def _members_in(self, label: str) -> tuple[str, ...]:
        """Return the members whose words stand behind a label that has not the form of a name: "juf anna"."""
        if contact := self._contact(label):
            return (contact,)
        if label not in self._spoken:
            ids = speakers_in_words(f"{label}: …", self._members.panelists)
            # "Anna, collega van Bram" is not Bram.
            others = speakers_by_name(label, self._members.panelists) - ids
            members = [] if others else [member.name for member in self._members.panelists if member.id in ids]
            self._spoken[label] = tuple(members)
        return self._spoken[label]

    def _in_address_book(self, label: str) -> str:
        bare = "".join(
            letter for letter in label if unicodedata.category(letter) not in _SYMBOLS and letter != _VARIANT
        )
        bare = bare.strip(" ~:;" if "(" in bare else " ~:;)")
        owned = _OWNED.fullmatch(bare)
        bare = (owned["first"] or owned["after"]) if owned else bare
        if len(seats := seats_in(bare, roles=False)) == 1:
            bare = str(seats[0])
        if fold(bare) in NOBODY:
            return ""
        name, *beside = _BESIDE.split(bare)
        if self._means(bare) or not beside:
            return self._meaning(bare)
        return "" if any(map(self._means, beside)) else self._meaning(name.strip())

    def _meaning(self, name: str) -> str:
        """Return a name by which somebody known is found; "Anna H." is Anna ter Horst."""
        if self._means(name):
            return name
        shortened = _SHORTENED.fullmatch(name)
        found = self._known.find(shortened[1]) if shortened else ()
        fitting = [one for one in found if shortened and squeeze(shortened[2]) in _first_letters(one)]
        return fitting[0].name if len(fitting) == 1 else ""

    def _means(self, name: str) -> bool:
        # In lower case, a few letters are a word rather than initials.
        initials = name != name.casefold() or len(squeeze(name)) >= _LEAST_LETTERS
        return bool(self._known.find(name) or (initials and self._known.meant(name)))

    def may_be_a_word(self, label: str) -> bool:
        """Return whether a label that stands before words once may be of these: "Rooster: dat klopt niet"."""
        low = label.lower()
        return (
            self.count(label) < 2
            and is_a_word(low)
            and not is_persons_name(low.capitalize())
            and not (is_role(label) or self._is_known(label))
        )

    def says_who(self, text: str) -> bool:
        """Return whether the words themselves say which member says them: "Te duur, aldus Anna"."""
        return bool(speakers_in_words(text, self._members.panelists))

    def count(self, label: str) -> int:
        """Return in how many lines somebody stands before the words."""
        return self._count[fold(label)]

    def _is_known(self, label: str) -> bool:
        if self._contact(label):
            return True
        parts = list(map(_without_brackets, speakers_in(label, self._known)))
        return bool(parts) and all(fold(part) in self._initials or self._known.meant(part) for part in parts)

    def _is_somebody(self, label: str, *, alone: bool) -> bool:
        if label in self._titles:
            return False
        return self._count[label] > (0 if alone else 1)


def listed_name(text: str) -> str:
    """Return a name of a list in order, without the initials in brackets behind it."""
    return put_in_order(_INITIALS.sub("", text))


def _names_above(texts: Sequence[str]) -> list[str]:
    """Return the persons' names (folded) on lines of their own above words: several, or a full one above all; names
    under each other are a list of people.
    """
    names = [name if _is_persons(name) else "" for name in map(without_colon, texts)]
    beside = zip(("", *names), names, (*names[1:], "-"), strict=False)
    above = [fold(name) for before, name, after in beside if name and not (before or after)]
    whole = names[:1] if above and is_full_name(names[0]) else []
    return above if len(set(above)) > 1 else list(map(fold, whole))


def _is_persons(name: str) -> bool:
    return len(name) < _LONGEST_VOICE and name_like(name) and not is_role(name) and _begins_as_person(name)


def _begins_as_word(name: str) -> bool:
    return is_word(name.split(" ")[0].lower(), compound=False)


def _begins_as_person(name: str) -> bool:
    first = name.split(" ")[0]
    return is_persons_name(first) or fold(first).strip(".") in TITLE_WORDS


def _first_letters(member: Panelist) -> set[str]:
    surname = surname_of(member.name)
    return {squeeze(part)[:1] for part in (surname, without_particles(surname))}


def _without_brackets(label: str) -> str:
    return _BRACKETS_BEHIND.sub("", label) or label


def _is_transcript(above: Sequence[Turn]) -> bool:
    """Return whether lines with only a name and a time stand above what was said, rather than in an agenda: the time
    counts from the start, or somebody speaks again.
    """
    timed = [(turn.since, fold(turn.speaker)) for turn in above if turn.since is not None]
    times = [since for since, _ in timed]
    if len(times) < _LEAST_TIMED or times != sorted(times):
        return False
    return times[0] < _BEGINS_WITHIN or len({speaker for _, speaker in timed}) < len(timed)


def speakers_in(label: str, known: NameIndex) -> tuple[str, ...]:
    """Return the names in a label or cell: "Anna/Bram" are two, "Horst, Anna ter" is one."""
    names: list[str] = []
    for part in filter(None, (part.strip() for part in _BETWEEN.split(label.strip()))):
        names += _comma_parted(part, known)
    return tuple(dict.fromkeys(names))


def on_behalf(label: str, known: NameIndex) -> tuple[str, ...]:
    """Return the two names in a label of who speaks for somebody else, "Thijs (namens Aaltje)"; else the label."""
    both = _ON_BEHALF.fullmatch(label)
    whom = both["whom"] if both is not None else ""
    if both is None or not (known.meant(whom) or _begins_as_person(whom) or seats_in(whom)):
        return (label,)
    return both["who"], whom


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
