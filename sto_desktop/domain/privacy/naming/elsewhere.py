"""Names of members of other panels that occur in the texts of one panel.

They are called "een panellid": their role may be mentioned in their own panel only. There can be thousands of them, so
only those whose name occurs in the texts are searched. A doubtful name is shown to a person and not replaced: every
common word is somebody's name somewhere. Where a text can mean a member of the panel itself, it does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.addresses import LABEL, names_in_pieces
from sto_desktop.domain.names.context import ACCORDING_TO, says, titled_initials
from sto_desktop.domain.names.forms import bare_of, initials_of, name_of
from sto_desktop.domain.names.grades import Grade, NameForm
from sto_desktop.domain.names.mentions import Mention, finder_of
from sto_desktop.domain.names.ordinary_words import ORDINARY, is_word
from sto_desktop.domain.names.persons import is_a_person
from sto_desktop.domain.names.spelling import HYPHEN, loose_key_of
from sto_desktop.domain.people import fold, is_label, squeeze
from sto_desktop.domain.privacy.naming.crowd import may_be_named, shown
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.patterns import lazy_re

_SHORTEST = 2
_SHORTEST_JOINED = 4
"""Minimum letters of a name for looking for it inside longer words: "femkesplan"."""
_ONE_WORD = (NameForm.FIRST, NameForm.SURNAME, NameForm.PART)
_NO_LETTERS = lazy_re(r"[\W_]+")
_PARTS = lazy_re(rf"[\s{HYPHEN}.]+")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Members of other panels who occur in the texts of one panel: those who may not be named there, and the rest.

    `own`: all members of the panel itself.
    """

    hidden: tuple[Panelist, ...] = ()
    named: tuple[Panelist, ...] = ()
    own: tuple[Panelist, ...] = ()

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the hidden names in a text that can't be anybody else's, in order."""
        finder = finder_of(self.hidden)
        # A label or note of one word is told even if it is an ordinary one: nothing beside it says what is meant.
        alone = LABEL.fullmatch(text) is not None
        mentions = [
            _graded(text, mention)
            for mention in finder.find(text)
            if mention.panelists and (alone or mention.grade is not Grade.UNLIKELY or _only_a_person(text, mention))
        ]
        if not mentions:
            return ()
        # "Piet Jansen" is not the hidden Piet. With two members called Piet nobody knows which one is meant.
        whole = [mention for mention in finder_of(self.named).find(text) if mention.form is NameForm.FULL]
        # An address that belongs to no member of this panel may well be one of theirs.
        ours = (mention for mention in finder_of(self.own).find(text) if mention.panelists)
        mentions_of_others = (*ours, *whole)
        return tuple(mention for mention in mentions if all(_is_apart(mention, other) for other in mentions_of_others))

    def may_name(self, texts: Sequence[str]) -> frozenset[int]:
        """Return the indexes of the texts that contain a possible name to hide."""
        return finder_of(self.hidden).may_name(texts)


NOBODY_ELSE = Elsewhere()
"""The value where all panels are together, or there is only one."""


def _graded(text: str, mention: Mention) -> Mention:
    """Return a name with its grade among thousands of names: any of our ordinary words may be one of them."""
    sure = mention.grade in (Grade.CERTAIN, Grade.LIKELY)
    one_word = mention.form in _ONE_WORD and mention.name.islower()
    # Behind a title, or as who speaks, it is no word.
    person = mention.titled or says(text, mention.end) or ACCORDING_TO.search(text, 0, mention.start)
    if sure and one_word and fold(mention.name) in ORDINARY and not (person or _only_a_person(text, mention)):
        return replace(mention, grade=Grade.DOUBTFUL)
    return mention


def _only_a_person(text: str, mention: Mention) -> bool:
    """Return whether only a person can stand where a name is that is also a word: "mail schilder even"."""
    return mention.form in _ONE_WORD and is_a_person(text, mention.start, mention.end, fold(mention.name))


def _is_apart(mention: Mention, other: Mention) -> bool:
    """Return whether a name is not that of somebody else: it does not overlap, or is longer, as "Femke de Wit" is
    longer than "Femke".
    """
    if mention.is_apart_from(other.start, other.end):
        return True
    longer = mention.end - mention.start > other.end - other.start
    return longer and mention.form is NameForm.FULL and other.form is not NameForm.FULL


def elsewhere_in(
    texts: Iterable[str], own: Sequence[Panelist], members: Sequence[Panelist], named: Collection[str]
) -> Elsewhere:
    """Return the members of other panels whose name occurs in texts; `named` (ids) may be named there.

    A name that a member of the panel itself has too means that member.
    """
    candidates = [member for member in others_than(own, members) if not is_label(member.name)]
    if not candidates:
        return NOBODY_ELSE
    words = _words_of(texts)
    hidden = _occurring((member for member in candidates if member.id not in named), words)
    whole = (member for member in candidates if member.id in named and words.holds(member.name))
    return Elsewhere(hidden, tuple(whole), tuple(own))


def others_than(own: Iterable[Panelist], members: Sequence[Panelist]) -> tuple[Panelist, ...]:
    """Return the members who are none of these people: a member with the same name counts as the same person."""
    if not members:
        return ()
    people = tuple(own)
    ids, names = {member.id for member in people}, {fold(member.name) for member in people}
    return tuple(member for member in members if member.id not in ids and fold(member.name) not in names)


def named_elsewhere(members: Iterable[Panelist]) -> frozenset[str]:
    """Return the members (ids) of several panels who may be named in documents of their own panel."""
    panels: dict[str | None, list[Panelist]] = defaultdict(list)
    withdrawn: dict[str | None, list[Panelist]] = defaultdict(list)
    for member in members:
        (withdrawn if member.consent_participation is Consent.NO else panels)[member.panel].append(member)
    named: set[str] = set()
    for panel, group in panels.items():
        present = [member for member in group if member.present]
        named |= shown(present, withdrawn[panel]).named
        named |= {member.id for member in group if not member.present and may_be_named(member)}
    return frozenset(named)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of texts. `pieces`: the keys of the words and, for words in no dictionary, of their first and last
    letters, which may contain a name. `joined`: one key of all text. `initials`: those behind a title.
    """

    pieces: frozenset[str]
    joined: str
    initials: frozenset[str] = frozenset()

    def holds(self, name: str) -> bool:
        """Return whether a whole name occurs."""
        return loose_key_of(name) in self.joined


def _words_of(texts: Iterable[str]) -> _Words:
    every = [text for text in texts if text]
    words = {part for text in every for word in text.split() for part in (word, *_NO_LETTERS.split(word)) if part}
    pieces: set[str] = set()
    for word in words:
        key = loose_key_of(word)
        pieces.update((key, key.removesuffix("s")))
        if len(key) > _SHORTEST_JOINED and not is_word(word.lower(), compound=False):
            sizes = range(_SHORTEST_JOINED, len(key))
            pieces.update(piece for size in sizes for piece in (key[:size], key[-size:]))
    joined = " ".join(every)
    pieces.update(loose_key_of(split) for split in names_in_pieces(joined))
    initials = frozenset(squeeze(written) for _, _, written, _ in titled_initials(joined))
    return _Words(frozenset(pieces), loose_key_of(joined), initials)


@lru_cache(maxsize=10_000)
def _keys_of(member: Panelist) -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys of a member's first names, and of the words of the surname."""
    name = name_of(member)
    firsts = {part for first in name.firsts or (name.whole,) for part in (first, *_PARTS.split(first))}
    lasts = {part for last in name.surnames for part in (bare_of(last), *_PARTS.split(bare_of(last)))}
    return _keys(firsts), _keys(lasts)


def _keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(loose_key_of(name) for name in names if len(squeeze(name)) >= _SHORTEST)


def _occurring(members: Iterable[Panelist], words: _Words) -> tuple[Panelist, ...]:
    """Return the members whose name occurs. Of many members with one first name or surname, only as many as are needed
    to find it.

    Building a finder for many names is slow.
    """
    firsts: dict[str, Panelist] = {}
    lasts: dict[tuple[str, str], Panelist] = {}
    for member in members:
        first_keys, last_keys = _keys_of(member)
        # With each initial before the surname: "W. Zandstra".
        for key in last_keys & words.pieces:
            lasts.setdefault((key, member.name[:1]), member)
        for key in first_keys & words.pieces:
            firsts.setdefault(key, member)
        for key in words.initials.intersection(map(str.lower, initials_of(member))) if words.initials else ():
            lasts.setdefault((key, ""), member)
    by_id = {member.id: member for member in lasts.values()}
    known_firsts = {key for member in by_id.values() for key in _keys_of(member)[0]}
    return (*by_id.values(), *(_first_of(member) for key, member in firsts.items() if key not in known_firsts))


def _first_of(member: Panelist) -> Panelist:
    """Return a member known by the first name alone."""
    name = name_of(member)
    return replace(member, name=name.firsts[0] if name.firsts else name.whole, first_name="")
