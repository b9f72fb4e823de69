"""Finds the names of panel members in texts: in full, by surname, first name or initials, possessive or not.

One pattern finds candidates, in any case; `grades` gives the certainty that each is a name.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, compress, pairwise

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.addresses import LABEL, Address, MemberAddresses
from sto_desktop.domain.names.context import (
    AROUND,
    a_list_may_go_on_or_end,
    are_listed,
    does_something,
    is_somebody_of,
    particles_before,
    several_titled,
    stands_in_a_saying,
    title_before,
)
from sto_desktop.domain.names.endings import GROWN, VOWEL_AT_END, is_a_family, is_another_word, is_rare_word, larger_of
from sto_desktop.domain.names.forms import written_forms
from sto_desktop.domain.names.grades import (
    Grade,
    NameForm,
    NameOccurrence,
    grade_of,
    may_be_a_name,
)
from sto_desktop.domain.names.initials import MemberInitials
from sto_desktop.domain.names.ordinary_words import (
    COLOURS,
    EVERYDAY,
    ORDINARY,
    ORGANISATIONS,
    SHORTENED,
    is_listed,
    is_right,
    is_word,
)
from sto_desktop.domain.names.persons import colours_in
from sto_desktop.domain.names.spelling import HYPHEN, as_searched, key_of, loose_key_of, pattern_of
from sto_desktop.domain.people import fold, is_label, without_particles
from sto_desktop.patterns import lazy_re


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text, from `start` to `end`, including initials, a preceding title or article, and a possessive "s".

    `panelists`: the members (ids) whose name it can be, several if they share it. `possessive`: it ends in a possessive
    s. `grade`: how certain it is that it is a name, and a member's. `titled`: a title stands before it.
    """

    start: int
    end: int
    name: str
    form: NameForm
    panelists: tuple[str, ...]
    possessive: bool = False
    grade: Grade = Grade.CERTAIN
    titled: bool = False

    def is_apart_from(self, start: int, end: int) -> bool:
        """Return whether it shares no character with a part of its text."""
        return self.end <= start or end <= self.start


def beside(mentions: Sequence[Mention], others: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return two kinds of names in a text in one order; where two overlap, that of the others."""
    if not others:
        return tuple(mentions)
    own = (mention for mention in mentions if all(mention.is_apart_from(other.start, other.end) for other in others))
    return tuple(sorted((*own, *others), key=lambda mention: mention.start))


_DOUBLE_AFTER = lazy_re(
    rf"[{HYPHEN}](?:(?i:van|von|de|den|der|d['’]|het|['’]t|ter|ten|te|op|in|el|al)\s*){{0,3}}(?<![^\W_])[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:['’]?s)?(?![^\W_])"
)
"""The other half, with its particles: "Haisma-van der Zee"."""
_DOUBLE_AFTER_LOW = lazy_re(rf"[{HYPHEN}](?P<word>[^\W\d_]{{3,}})(?![^\W_]|[{HYPHEN}])")
_DOUBLE_BEFORE = lazy_re(rf"(?<![^\W_])[A-ZÀ-ÖØ-Þ][^\W\d_]*[{HYPHEN}]$")
_LONGEST_NAME = 30
_MOST_DIGITS = 4
_DIGITS_BEFORE = lazy_re(rf"\d{{1,{_MOST_DIGITS}}}$")
_SHORTEST_NUMBERED = 3
"""Minimum letters of a name that is likely to be meant with a digit attached: "jan1"."""
_LAST = (NameForm.SURNAME, NameForm.PART)
_ONE_NAME = lazy_re(r"[ _.]|(?P<marks>[*_~`\"'”’]{1,3}) ")
"""Between a first name and the surname that belongs to it: "**Ahmet** Li"."""
_OPENING = lazy_re(r"[*_~`\"'“„‘]+")
_FORMS = list(NameForm)
_GRADES = list(Grade)


@dataclass(frozen=True, slots=True)
class _Extent:
    """The start and end of a name, with attached digits or the other half of a double name. `lead` and `end` are those
    with initials and a possessive s.
    """

    begin: int
    lead: int
    name_end: int
    end: int
    own_initials: bool
    double: bool
    numbered: bool
    initials_behind: bool = False


_APART = "\x00"
"""Separates texts: it occurs in no text and no name."""


class NameFinder:
    """Finds the names of these members in texts, searching each text once for all of them."""

    def __init__(self, panelists: Iterable[Panelist]) -> None:
        self._known: dict[str, dict[str, NameForm]] = {}
        self._apart: set[str] = set()
        self._accented: set[str] = set()
        members = tuple(panelists)
        names: set[str] = set()
        joined: set[str] = set()
        for panelist in members:
            for form, kind in written_forms(panelist):
                name = " ".join(form.split())
                key = key_of(name)
                if not key:
                    continue
                forms = self._known.setdefault(key, {})
                forms[panelist.id] = min(kind, forms.get(panelist.id, kind), key=_FORMS.index)
                names.add(name)
                if not name.isascii():
                    self._accented.add(_as_written(name))
                # Forms that count only when written with a space: joined they may be a word.
                (self._apart if " " in name else joined).add(key)
        self._apart -= joined
        self._loose: dict[str, dict[str, NameForm]] = defaultdict(dict)
        for key, owners in self._known.items():
            self._loose[loose_key_of(key)].update(owners)
        self._pattern = _pattern(names)
        bodies = {*ORGANISATIONS, *(member.organisation for member in members)}
        named = (body for body in bodies if any(key_of(word) in self._known for word in body.split()))
        self._bodies = _bodies_pattern(body for body in named if key_of(body) not in self._known)
        self._called_by_colour = not COLOURS.isdisjoint(self._known)
        self._initials = MemberInitials(members)
        self._addresses = MemberAddresses(members)

    def __bool__(self) -> bool:
        """Whether there is any name to find."""
        return self._pattern is not None

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the names in a text, in order, without overlap."""
        if self._pattern is None:
            return ()
        addresses = [_at_address(text, address) for address in self._addresses.find(text)]
        mentions: list[Mention] = []
        weak: list[Mention] = []
        at = end = 0
        searched = as_searched(text)
        while (match := self._pattern.search(searched, at)) is not None:
            start, at = match.span("name")
            touched = [address for address in addresses if address.start < at and start < address.end]
            if touched and touched[0].start <= start and at <= touched[-1].end:
                continue
            before = max((address.end for address in addresses if address.end <= start), default=0)
            mention, only_listed = self._mention(text, match, max(end, before)) or (None, False)
            if mention is None or only_listed:
                # If the match extends beyond an address, the words after the address may be a name by themselves.
                at = start + 1 if touched else match.end()
                if mention is not None and not touched:
                    weak.append(mention)
                continue
            addresses = [address for address in addresses if address not in touched]
            mentions.append(_united(text, mention, touched))
            at = end = mentions[-1].end
        mentions += addresses
        glued = (_at_address(text, address) for address in self._addresses.glued_in(text))
        weaker = (*self._initials_in(text, titled=True), *glued, *self._initials_in(text))
        # Weaker matches count only where no other name was found.
        for mention in weaker:
            if all(mention.is_apart_from(stronger.start, stronger.end) for stronger in mentions):
                mentions.append(mention)
        if not mentions and len(weak) < 2:
            return ()
        mentions.sort(key=lambda mention: mention.start)
        names = _behind_one_title(text, _with_listed(text, _joined(text, mentions), weak))
        return tuple(self._beside_bodies(text, names))

    def _beside_bodies(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """Return the mentions, those in the name of a body or a list of colours for a person to decide about."""
        bodies = [body.span() for body in self._bodies.finditer(text)] if self._bodies else []
        if self._called_by_colour:
            bodies += colours_in(text, self._known)
        return [
            replace(mention, grade=Grade.UNLIKELY)
            if any(start <= mention.start and mention.end <= end for start, end in bodies)
            else mention
            for mention in mentions
        ]

    def may_name(self, texts: Sequence[str]) -> frozenset[int]:
        """Return the indexes of the texts that contain a possible name: one search through all of them, several times
        as fast as one search per text.
        """
        if self._pattern is None:
            return frozenset()
        ends = list(accumulate(len(text) + 1 for text in texts))
        joined = _APART.join(texts)
        named = {bisect_right(ends, match.start()) for match in self._pattern.finditer(as_searched(joined))}
        named.update(bisect_right(ends, at) for at in self._addresses.may_be_at(joined))
        for titled in (False, True):
            named.update(bisect_right(ends, mention.start) for mention in self._initials_in(joined, titled=titled))
        return frozenset(named | {at for at, text in enumerate(texts) if LABEL.fullmatch(text) is not None})

    def _initials_in(self, text: str, *, titled: bool = False) -> Iterator[Mention]:
        for start, end, owners, grade in (self._initials.titled_in if titled else self._initials.alone_in)(text):
            yield Mention(start, end, text[start:end], NameForm.INITIALS, owners, grade=grade)

    def _owners(self, written: str) -> tuple[dict[str, NameForm], bool]:
        """Return the owners of a written name with its form, and whether it is spelled as in the list of members."""
        key = key_of(written)
        owners = self._known.get(key)
        return (owners, True) if owners else (self._loose[loose_key_of(key)], False)

    def _mention(self, text: str, match: re.Match[str], free_from: int) -> tuple[Mention, bool] | None:
        """Return the matched name, starting no earlier than `free_from`, and whether it counts only in a list with
        other names. None if it is not a name.
        """
        owners, exact = self._owners(match["name"])
        if not owners:
            return None
        form = min(owners.values(), key=_FORMS.index)
        extent = self._extent(text, match, form, owners, free_from)
        # "bos" is a word and not a form of Bo; "max10" is not a name.
        numbered = _numbered_grade(match["name"], form) if extent.numbered else Grade.CERTAIN
        if is_another_word(match, form) or numbered is None:
            return None
        title, front = title_before(text, extent.lead)
        # A title may stand before particles that belong to the name.
        if title is None and not is_somebody_of(text, extent.lead):
            title, front = title_before(text, particles_before(text, extent.lead, all_of_them=True))
        if title is None:
            front = particles_before(text, extent.lead)
        start, end = match.span("name")
        if extent.own_initials:
            form, start = NameForm.INITIALS, extent.lead
        # "Bakker, E." is a name, not a trade.
        graded_as = NameForm.INITIALS if extent.initials_behind else form
        stem = ""
        if match["grown"]:
            larger, end = larger_of(match), match.end("grown")
            stem = larger if larger in ORDINARY else fold(without_particles(match["name"]))
        elif form is not NameForm.FULL:
            stem = self._accented_core(text[start:end])
        place = NameOccurrence(text, start, end, graded_as, title, stem)
        grade, at_least = grade_of(place), self._at_least(match, exact)
        if at_least is None or (grade is None and form is not NameForm.FIRST):
            return None
        at_least = max(at_least, numbered, key=_GRADES.index)
        if extent.double and form in (NameForm.FIRST, NameForm.PART) and title is None:
            at_least = Grade.DOUBTFUL  # "Jan-Willem" is usually somebody other than Jan
        if grade is None and match["grown"] and not is_word(fold(match[0])):
            grade = Grade.UNLIKELY
        weaker = max(grade or Grade.UNLIKELY, at_least, key=_GRADES.index)
        possessive = match["whose"] is not None and not does_something(text, match.end())
        name = text[extent.begin : extent.name_end]
        # In "juf Dieuwke en meester Hulshof", with a member called Meester, the title already belongs to another name.
        begin = front if front >= free_from else extent.lead
        owner_ids = tuple(owners)
        return Mention(begin, extent.end, name, form, owner_ids, possessive, weaker, title is not None), grade is None

    def _accented_core(self, name: str) -> str:
        """Return a name without particles with the accents of the list, if they make it no word: "gül", but not "gul"
        or "dé". Empty if they don't.
        """
        written = _as_written(name)
        core = without_particles(written)
        known = not written.isascii() and written in self._accented
        return core if known and not core.isascii() and not is_right(core) else ""

    def _extent(
        self, text: str, match: re.Match[str], form: NameForm, owners: Collection[str], free_from: int
    ) -> _Extent:
        start = match.start("name")
        # A digit may be attached in front as well ("2jan"), and so may the other half of a double name.
        numbers = _DIGITS_BEFORE.search(text[max(free_from, start - _MOST_DIGITS) : start])
        before = _DOUBLE_BEFORE.search(text[max(free_from, start - _LONGEST_NAME) : start])
        begin = start - (len(before[0]) if before else len(numbers[0]) if numbers else 0)
        lead, own = begin, False
        if begin == start and form in _LAST:
            lead, own = self._initials.before(text, begin, owners, free_from)
        numbered = numbers is not None or bool(match["digits"])
        name_end = match.end("digits") if numbered else match.end("name")
        # After a possessive, an ending or a digit no initials can follow.
        if match["whose"] or match["grown"] or numbered:
            return _Extent(begin, lead, name_end, match.end(), own, before is not None, numbered)
        after = _DOUBLE_AFTER.match(text, match.end())
        # "haisma-jansen" and "mevrouw haisma-visser", not "haisma-metaal"
        low = _DOUBLE_AFTER_LOW.match(text, match.end()) if after is None and form in _LAST else None
        if low is not None and (not is_right(fold(low["word"])) or self._is_titled(text, lead)):
            after = low
        if after is not None:
            return _Extent(begin, lead, after.end(), after.end(), own, True, False)
        end, behind = match.end(), False
        if form is NameForm.FIRST:
            end = self._initials.behind_first(text, end, owners)
        elif form in _LAST:
            end = self._initials.behind_surname(text, end, owners)
            behind = end > match.end()
        return _Extent(begin, lead, name_end, end, own, before is not None, False, behind)

    def _is_titled(self, text: str, at: int) -> bool:
        return any(title_before(text, start)[0] for start in (at, particles_before(text, at, all_of_them=True)))

    def _at_least(self, match: re.Match[str], exact: bool) -> Grade | None:
        """Return the highest possible grade of a name not spelled as in the list of members; None if it is a word."""
        written = match["name"]
        glued = written.isalpha() and key_of(written) in self._apart
        # A diminutive, plural or number leaves some doubt.
        if exact and not glued:
            # After a vowel Dutch spelling requires an apostrophe: "Jos" is a name of its own, not the possessive of Jo.
            vowel = VOWEL_AT_END.search(fold(written)) is not None
            if fold(match["whose"] or "") == "s" and vowel and is_listed(fold(match[0]).capitalize()):
                return Grade.DOUBTFUL
            if match[0] != written and fold(match[0]) in ORDINARY:
                return Grade.DOUBTFUL  # "de Bergen" may be mountains
            if not match["grown"] or is_a_family(match):
                return Grade.CERTAIN
            return Grade.UNLIKELY if is_rare_word(match) else Grade.LIKELY
        if fold(written) in ORDINARY or is_word(fold(written), compound=False):
            return None if written.islower() or glued else Grade.DOUBTFUL
        return Grade.CERTAIN if exact else Grade.LIKELY


def _as_written(name: str) -> str:
    """Return a name in lower case with its accents, each one sign with its letter."""
    return unicodedata.normalize("NFC", " ".join(name.split()).lower())


def _at_address(text: str, address: Address) -> Mention:
    start, end = address.start, address.end
    grade = Grade.UNLIKELY if stands_in_a_saying(text, start, start) else address.grade
    return Mention(start, end, text[start:end], NameForm.ADDRESS, address.panelists, grade=grade)


def _united(text: str, mention: Mention, addresses: Sequence[Mention]) -> Mention:
    """Return a name together with the addresses that contain a part of it: "@bram veldhuis" and "bram veldhuis@x.nl"
    are one.
    """
    if not addresses:
        return mention
    start = min(mention.start, addresses[0].start)
    end = max(mention.end, addresses[-1].end)
    grade = min((mention.grade, *(address.grade for address in addresses)), key=_GRADES.index)
    return replace(mention, start=start, end=end, name=text[start:end], grade=grade)


def _numbered_grade(name: str, form: NameForm) -> Grade | None:
    """Return the highest grade of a name with digits attached; None if it is a word with a number: "max10", "blok2"."""
    core = fold(without_particles(name))
    if core in ORDINARY:
        listed = form is NameForm.FIRST and core not in EVERYDAY and core not in SHORTENED
        return Grade.UNLIKELY if listed else None
    return Grade.LIKELY if len(core) >= _SHORTEST_NUMBERED else Grade.UNLIKELY


def _joined(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return mentions in which a first name and an adjacent surname are one name, whoever owns them."""
    joined: list[Mention] = []
    for mention in mentions:
        first = joined[-1] if joined else mention
        between = text[first.end : mention.start]
        bracketed = between == " (" and text[mention.end :].startswith(")")
        one = _ONE_NAME.fullmatch(between)
        names = first.form is NameForm.FIRST and mention.form in _LAST and (one or bracketed)
        # "Wil de bakker dat?" may be two words.
        if names and not first.grade is mention.grade is Grade.UNLIKELY:
            owners = tuple(owner for owner in first.panelists if owner in mention.panelists)
            both = owners or (*first.panelists, *mention.panelists)
            name, form = f"{first.name} {mention.name}", NameForm.FULL
            before = first.start - len((one and one["marks"]) or "")
            start = before if _OPENING.fullmatch(text[max(0, before) : first.start]) else first.start
            joined[-1] = Mention(start, mention.end + bracketed, name, form, both, mention.possessive)
        else:
            joined.append(mention)
    return joined


def _with_listed(text: str, mentions: Sequence[Mention], weak: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, with those of `weak` that stand next to a name in a list: "wil, bas en roos"."""
    chain = sorted((*mentions, *weak), key=lambda mention: mention.start)
    accepted = [mention not in weak for mention in chain]
    pairs = list(pairwise(range(len(chain))))
    # Forward and then backward: a name makes its neighbours on both sides names.
    for at, beside in (*pairs, *((after, before) for before, after in reversed(pairs))):
        first, last = chain[min(at, beside)], chain[max(at, beside)]
        word = chain[beside]
        if word.grade is not Grade.UNLIKELY:
            continue
        # "dirk en hamer", but not "dirk en de bakker" or "dirk, bakker en vader".
        surname = word.form is NameForm.SURNAME and word.end - word.start == len(word.name)
        beside_it = word.form is NameForm.FIRST or (surname and text[first.end : last.start] == " en ")
        listed = beside_it and are_listed(text, first.end, last.start)
        if not listed or not may_be_a_name(text, word.start):
            continue
        ends = a_list_may_go_on_or_end(text[word.end : word.end + AROUND])
        accepted[beside] = accepted[beside] or accepted[at] or (ends and may_be_a_name(text, chain[at].start))
        if ends and accepted[at] and chain[at].grade is not Grade.UNLIKELY:
            chain[beside] = replace(word, grade=Grade.DOUBTFUL)
    return list(compress(chain, accepted))


def _behind_one_title(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, all names behind a title for several of them certain: "de heren vos en wit"."""
    kept: list[Mention] = []
    titled: Mention | None = None
    for mention in mentions:
        if titled is not None and are_listed(text, titled.end, mention.start):
            titled = replace(mention, grade=Grade.CERTAIN, titled=True)
        else:
            titled = mention if several_titled(text, mention.start) else None
        kept.append(titled or mention)
    return kept


@lru_cache(maxsize=16)
def finder_of(panelists: tuple[Panelist, ...]) -> NameFinder:
    """Return the finder for these members, cached. Labels that a copy without names uses are not names to find."""
    return NameFinder(tuple(panelist for panelist in panelists if not is_label(panelist.name)))


def _bodies_pattern(bodies: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern for the names of organisations in which a member's name occurs; None if there are none."""
    longest_first = sorted(bodies, key=lambda body: (-len(body), body))
    written = [r"\s+".join(map(re.escape, body.split())) for body in longest_first if body.strip()]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(written)})(?![^\W_])", re.I) if written else None


def _pattern(names: Collection[str]) -> re.Pattern[str] | None:
    if not names:
        return None
    # A character class in front lets the search skip positions that can't start a name: ten times as fast on long
    # texts.
    begins, rests = pattern_of(names)
    return re.compile(
        rf"(?P<name>[{begins}](?<![^\W\d_][\s\S])(?:{rests}))"
        rf"(?P<grown>{GROWN})?(?P<whose>['’]?[sS]|(?<=[sxzSXZ])['’](?=\s\w))?(?P<digits>\d{{0,4}})(?![^\W_])"
    )
