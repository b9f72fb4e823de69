"""Removes names of members from the texts of a panel, after a person checked what was found.

Which names are removed follows from how people are called in the document (`domain.privacy.naming`): with full names,
those of members who may not be named; by role or pseudonym, everybody's. A name that was found is replaced unless a
person decided to keep it (an ordinary word, a namesake) or, while nobody has decided, it may well be one of these.
Uncertain names are reported with their sentence for checking.

Names of others ("leerling Kevin") and words that tell something special of a person (`domain.privacy.special`) are
found and decided likewise, however people are called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, TypeVar

from sto_desktop.domain.dutch import capital
from sto_desktop.domain.model import Note, Panel
from sto_desktop.domain.names.context import begins_sentence
from sto_desktop.domain.names.decisions import ADDED, Decisions, added_names
from sto_desktop.domain.names.doubts import doubts_of
from sto_desktop.domain.names.grades import Grade, NameForm
from sto_desktop.domain.names.mentions import Mention, beside, finder_of
from sto_desktop.domain.names.outsiders import LEFT_OUT, called, may_name_outsider, with_outsiders
from sto_desktop.domain.names.said_by import may_say, named_in
from sto_desktop.domain.names.unknown import unknown_in
from sto_desktop.domain.people import fold
from sto_desktop.domain.privacy.given import is_given
from sto_desktop.domain.privacy.naming.crowd import may_be_named, takes_part
from sto_desktop.domain.privacy.naming.leaders import is_office, leaders_beside
from sto_desktop.domain.privacy.naming.naming import NameMode, Naming, mentions_of_seats
from sto_desktop.domain.privacy.naming.roles import SOMEBODY
from sto_desktop.domain.privacy.naming.wording import Replacement, in_place, possessed
from sto_desktop.domain.privacy.special import may_be_special, special_in
from sto_desktop.domain.record import FieldType, spec_of
from sto_desktop.language import tr
from sto_desktop.patterns import lazy_re

ADDRESS = "een e-mailadres"
"""Replaces an e-mail address that matches no member's name but may be a member's all the same."""

R = TypeVar("R")
_AS_A_WORD = "/woord"
"""Suffix of the key of a name that looks like an ordinary word: "Roos" and "een roos" in one text are decided
separately.
"""

_SENTENCE_END = lazy_re(r"[.!?…](?=\s)|\n")
_LONGEST_SENTENCE = 200


def decision_key(row: str, field: str, name: str, grade: Grade = Grade.CERTAIN) -> str:
    """Return the key under which the decision about a name in one field of one row is stored."""
    return f"{row}/{field}/{fold(name)}{_AS_A_WORD if grade is Grade.UNLIKELY else ''}"


def key_of_mention(row: str, field: str, mention: Mention) -> str:
    """Return the key of the decision about a name; a function is decided once, for all its places."""
    if mention.form is NameForm.FUNCTION:
        return decision_key("", "", mention.name)
    return decision_key(row, field, mention.name, mention.grade)


_WORD = lazy_re(r"[^\W\d_]+")


def part_around(text: str, start: int, end: int) -> tuple[int, int, bool, bool]:
    """Return where the sentence around a position begins and ends, and whether it is cut there since it is long."""
    spare = max(0, _LONGEST_SENTENCE - (end - start)) // 2
    first, last = max(0, start - spare), min(len(text), end + spare)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, first, start)]
    after = _SENTENCE_END.search(text, end, last)
    is_cut = bool(first) and not ends, last < len(text) and after is None
    return ends[-1] if ends else first, after.end() if after else last, *is_cut


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence around a position, on one line; of a long sentence only the nearest part."""
    first, last, cut_before, cut_behind = part_around(text, start, end)
    return f"{'…' * cut_before}{' '.join(text[first:last].split())}{'…' * cut_behind}"


@dataclass(frozen=True, slots=True)
class Found:
    """A name in one text of a panel: its position, its text, its replacement, and whether it is replaced.

    `decided`: a person checked it. `must`: it is the name of somebody who has no name in the document at all;
    `refuses`: it is of somebody who does not take part, whose own words the text may be.
    `instead`: the part of the text that is replaced, and by what. `panel`: the panel (id) of the text.
    """

    row: str
    field: str
    text: str
    mention: Mention
    instead: Replacement
    replaced: bool
    decided: bool
    must: bool
    panel: str = ""
    refuses: bool = False

    @property
    def becomes(self) -> str:
        """What replaces the words."""
        return self.instead.words

    @property
    def key(self) -> str:
        """The key for `Decisions`."""
        return key_of_mention(self.row, self.field, self.mention)

    @property
    def words(self) -> str:
        """What is replaced: the name as it appears there, with its title, and with what it owns."""
        return self.text[self.instead.start : self.instead.end]

    @property
    def sentence(self) -> str:
        """The sentence that contains it."""
        return sentence_around(self.text, self.mention.start, self.mention.end)

    @property
    def is_doubt(self) -> bool:
        """Whether a person should check it: it is uncertain, or of who does not take part, and nobody decided."""
        return not self.decided and (self.refuses or self.mention.grade is not Grade.CERTAIN)


def once_each(names: Iterable[Found]) -> Iterator[Found]:
    """Yield the detected names, a function that only one member has at its first place only."""
    told: set[tuple[str, ...]] = set()
    for name in names:
        if name.mention.form is NameForm.FUNCTION:
            if name.mention.panelists in told:
                continue
            told.add(name.mention.panelists)
        yield name


class Redactor:
    """Finds and replaces names in texts of one panel, each with what its owner is called."""

    def __init__(
        self,
        naming: Naming,
        decisions: Decisions | None = None,
        *,
        among: Sequence[Naming] = (),
        doubtful: bool = False,
        own_data: bool = False,
        reader: str = "",
        tell: Callable[[Found], object] | None = None,
    ) -> None:
        """`among`: the namings of all panels, whose members the texts may name too. All are looked for at once: one
        panel after the other would find the Piet of one in "Piet Olde" of the other, and names in what was replaced.

        `doubtful`: also replace doubtful names that nobody has decided about, where nobody is told of them either.

        `own_data`: texts stay as in the dossier, but for the names that are hidden. `reader`: the name of the person
        who gets the texts; it stays, and so does what is said about them. `tell` is called with each name in a
        redacted text.
        """
        self._naming = naming
        self._own_data = own_data
        # Particles ("de Vries") are words of any sentence.
        self._reader = frozenset(fold(word) for word in _WORD.findall(reader) if word[0].isupper())
        self._tell = tell
        self._doubtful = doubtful
        self._decisions = decisions or {}
        self._naming_of = {member.id: one for one in among or (naming,) for member in one.hidden}
        added = added_names(self._decisions)
        hidden = (*(member for one in among or (naming,) for member in one.hidden), *added)
        self._hidden_members = tuple(
            one for one in hidden if one.id not in self._naming_of or not self._naming_of[one.id].leads(one.id)
        )
        self._finder = finder_of(hidden)
        about = tuple(text for one in (naming, *among) for text in one.about)
        known = tuple(member for one in among or (naming,) for member in one.members)
        self._doubts = None if own_data else doubts_of(hidden, known, about)
        self._known = known
        self._elsewhere = naming.elsewhere
        # Where people have their names, an unknown one says nothing of who refused.
        self._seeks_unknown = not own_data and naming.mode is not NameMode.FULL
        self._of_others = {member.id for member in naming.elsewhere.hidden}
        # With names in the document, all hidden members are treated alike: otherwise one whose name stays in doubtful
        # places would be distinguished from the others.
        all_alike = doubtful or naming.mode is NameMode.FULL
        never = (member.id for member in hidden if all_alike or not may_be_named(member))
        self._refusing = {member.id for member in hidden if not takes_part(member)}
        self._at_table = tuple({member.id: member for member in (*naming.members, *naming.hidden)}.values())
        """Of the panel itself: in another one somebody else has this seat."""
        self._seated = naming.hidden
        self._headings: dict[str, bool] = {}
        # Who led and who noted are no members, and stand on the cover.
        self._never = {one for one in never if one not in self._naming_of or not self._naming_of[one].leads(one)}

    def __bool__(self) -> bool:
        """Whether anything may have to be removed."""
        return not self._own_data or bool(self._finder) or bool(self._of_others)

    def panel_of(self, panel: Panel) -> Panel:
        """Return a panel without the hidden names. A document says on its cover who led and who noted; an export leaves
        that out (see `leaders`).
        """
        led = leaders_beside(panel, self._hidden_members)
        offices: dict[str, Any] = {name: getattr(led, name) for name in spec_of(Panel).fields if is_office(name)}
        unled: dict[str, Any] = dict.fromkeys(offices, "")
        return replace(with_texts(replace(panel, **unled), self.redact), **offices)

    def find(self, text: str, row: str = "", field: str = "") -> tuple[Found, ...]:
        """Return the names in the text of one field of one row."""
        return self._all_found(text, row, field, self._mentions(text))

    def may_name(self, texts: Sequence[str]) -> frozenset[int]:
        """Return the indexes of the texts that contain a possible name to remove."""
        names = self._finder.may_name(texts) | self._elsewhere.may_name(texts)
        if self._own_data:
            return names
        others = (
            at
            for at, text in enumerate(texts)
            if may_name_outsider(text) or may_be_special(text) or mentions_of_seats(text, self._seated)
        )
        doubts = self._doubts.may_doubt(texts) if self._doubts else ()
        unknown = (at for at, text in enumerate(texts) if "@" in text)
        speakers = (at for at, text in enumerate(texts) if self._refusing and may_say(text, self._at_table))
        return names.union(others, doubts, unknown, speakers)

    def is_below(self, note: Note, *, spoken: bool) -> bool:
        """Return whether a note that nobody says (`spoken`) stood below words of somebody who does not take part, or
        below a heading that names them.
        """
        if spoken or not self._refusing:
            return False
        return note.under in self._refusing or (bool(note.heading) and self._names_refusing(note.heading))

    def _names_refusing(self, heading: str) -> bool:
        if heading not in self._headings:
            silent = [member for member in self._at_table if member.id in self._refusing]
            self._headings[heading] = bool(named_in(heading, silent))
        return self._headings[heading]

    def below(self, text: str, row: str) -> Found:
        """Return such a note, for a person to check: it has no name to find, and stays until somebody decides that it
        goes.
        """
        mention = Mention(0, len(text), "", NameForm.BELOW, (), grade=Grade.DOUBTFUL)
        decided = self._decisions.get(key_of_mention(row, "text", mention))
        instead = Replacement(0, len(text), decided if isinstance(decided, str) else tr(LEFT_OUT))
        replaced, known = bool(decided), decided is not None
        return Found(row, "text", text, mention, instead, replaced, known, False, self._naming.panel, refuses=True)

    def redact_below(self, text: str, row: str, field: str) -> str:
        """Return a text of such a note with the names replaced, or what a person decided to put in its place."""
        found = self.below(text, row) if field == "text" else None
        if found is not None and self._tell is not None:
            self._tell(found)
        return found.becomes if found is not None and found.replaced else self.redact(text, row, field)

    def redact(self, text: str, row: str = "", field: str = "", *, but_addresses: bool = False) -> str:
        """Return a text with the names replaced; the same object if it contains none.

        `but_addresses`: keep an address that belongs to no hidden member, as in a member's own row.
        """
        mentions = self._mentions(text)
        if but_addresses:
            mentions = tuple(mention for mention in mentions if mention.panelists)
        if not mentions:
            return text
        names = self._all_found(text, row, field, mentions)
        if self._tell is not None:
            for name in names:
                self._tell(name)
        return in_place(text, [name.instead for name in names if name.replaced])

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        members = beside(self._finder.find(text), self._elsewhere.find(text))
        if self._own_data:
            return members
        names = with_outsiders(text, members)
        if self._doubts is not None:
            doubts = self._doubts.find(text)
            if self._seeks_unknown and "@" in text:
                known = [doubt for doubt in doubts if doubt.panelists]
                strangers = [doubt for doubt in doubts if not doubt.panelists]
                doubts = beside(beside(strangers, unknown_in(text)), known)
            names = beside(doubts, names) if names else doubts
        names = beside(may_say(text, self._at_table), names) if self._refusing else names
        names = beside(mentions_of_seats(text, self._seated), names)
        if not may_be_special(text):
            return names
        # What is special of somebody whose name may stand is so too.
        return beside(names, special_in(text, beside(names, finder_of(self._known).find(text))))

    def _all_found(self, text: str, row: str, field: str, mentions: Sequence[Mention]) -> tuple[Found, ...]:
        starts = [*(mention.start for mention in mentions), len(text)]
        return tuple(
            self._found(text, row, field, mention, until) for mention, until in zip(mentions, starts[1:], strict=True)
        )

    def _found(self, text: str, row: str, field: str, mention: Mention, until: int) -> Found:
        must = any(panelist in self._never for panelist in mention.panelists)
        refuses = not self._refusing.isdisjoint(mention.panelists)
        decided = self._decisions.get(key_of_mention(row, field, mention))
        sure = mention.grade in (Grade.CERTAIN, Grade.LIKELY)
        if mention.grade is Grade.DOUBTFUL and self._of_others.isdisjoint(mention.panelists):
            unsure = (NameForm.STRANGER, NameForm.FUNCTION, NameForm.SPEAKER)
            sure = self._doubtful and mention.form not in unsure
        replaced = decided is not False if decided is not None else sure and not self._is_about_reader(text, mention)
        instead = self._instead(text, mention, until)
        if isinstance(decided, str):
            instead = Replacement(instead.start, instead.end, decided, fixed=True)
        return Found(
            row, field, text, mention, instead, replaced, decided is not None, must, self._naming.panel, refuses
        )

    def _is_about_reader(self, text: str, mention: Mention) -> bool:
        if mention.form is NameForm.SPECIAL:
            about = sentence_around(text, mention.start, mention.end)
        else:
            about = mention.name if mention.form is NameForm.OUTSIDER else ""
        return not self._reader.isdisjoint(fold(word) for word in _WORD.findall(about))

    def _instead(self, text: str, mention: Mention, until: int) -> Replacement:
        """Return what replaces a name, and with it what it owns; the next name starts at `until`."""
        start, end = mention.start, mention.end
        if mention.form is NameForm.SPECIAL:
            return Replacement(start, end, tr(LEFT_OUT))
        outsider = mention.form is NameForm.OUTSIDER
        if mention.form in (NameForm.STRANGER, NameForm.UNKNOWN):
            label = SOMEBODY.singular
            return Replacement(start, end, capital(label) if begins_sentence(text, start) else label)
        if not mention.panelists and not outsider:
            return Replacement(start, end, ADDRESS)
        label, many = (called(text, mention), "") if outsider else self._in_text(mention.panelists)
        lead = ""
        if mention.possessive and not outsider:
            end, lead = possessed(text, start, end, until, label)
            label = label if lead else f"{label}s"
        # After a colon, a name that was in lower case does not start a sentence.
        goes_on = text[: mention.start].rstrip().endswith(":") and text[mention.start].islower()
        if begins_sentence(text, mention.start) and not goes_on:
            lead, label = (capital(lead), label) if lead else ("", capital(label))
        owners = frozenset(mention.panelists) if many else frozenset[str]()
        return Replacement(start, end, label, lead, many, mention.possessive, owners)

    def _in_text(self, owners: Sequence[str]) -> tuple[str, str]:
        """Return the replacement of a name of one of these members (ids), those of the panel itself first; and its
        plural, if it is known of whom it is.
        """
        if all(owner.startswith(ADDED) for owner in owners):
            return SOMEBODY.singular, ""
        own = [owner for owner in owners if self._naming_of.get(owner) is self._naming] or owners
        naming = self._naming_of.get(own[0], self._naming)
        if self._lead(own):
            # Whoever led several panels has one office in all, unless they noted in another.
            offices = {self._naming_of[owner].in_text(owner).singular for owner in own}
            return (offices.pop() if len(offices) == 1 else SOMEBODY.singular), ""
        # "Panellid A" of another panel would be taken for that of this one.
        is_strange = naming is not self._naming and naming.mode is NameMode.PSEUDONYM
        label = self._naming.in_text(None) if is_strange or len(own) > 1 else naming.in_text(own[0])
        return label.singular, label.plural if len(own) == 1 and label.plural != label.singular else ""

    def _lead(self, owners: Sequence[str]) -> bool:
        return all(owner in self._naming_of and self._naming_of[owner].leads(owner) for owner in owners)


@cache
def _text_fields(record: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record) if field.metadata.get("type") is FieldType.TEXT)


def texts_of(record: Any) -> tuple[str, ...]:
    """Return the names of the fields of a record that are texts."""
    kind: Any = type(record)
    return _text_fields(kind)


def with_texts(record: R, change: Callable[[str, str, str], str]) -> R:
    """Return a record with each text replaced by `change` (text, row, field); the same object if none changes.

    What is given with the built-in guide stays.
    """
    row = str(getattr(record, "id", ""))
    changed = {}
    for name in texts_of(record):
        old = getattr(record, name)
        if old and not is_given(record, old) and (new := change(old, row, name)) is not old:
            changed[name] = new
    return replace(record, **changed) if changed else record  # type: ignore[type-var]
